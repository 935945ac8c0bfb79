/// One key as a terminal reports it.
enum Key: Equatable, Sendable {
    /// A printable character.
    case character(Character)
    /// Enter.
    case enter
    /// Tab.
    case tab
    /// The key that deletes to the left.
    case backspace
    /// The key that deletes under the cursor.
    case delete
    case left, right, up, down, home, end
    /// A word to the left and to the right: Alt-B and Alt-F, or Ctrl with an arrow.
    case wordLeft, wordRight
    /// Ctrl and a letter, in lower case.
    case control(Character)
    /// A sequence that means nothing here.
    case unknown
}

/// Makes keys of a terminal's bytes: UTF-8, control characters, and the sequences behind Escape.
struct KeyReader {
    private let console: any Console
    /// How long after Escape the rest of a sequence may take, in milliseconds.
    private static let escapeTime: Int32 = 50

    /// Keys from `console`.
    init(_ console: any Console) { self.console = console }

    /// The next key, waiting for it; nil at the end of input.
    func next() -> Key? {
        guard let byte = console.readByte() else { return nil }
        switch byte {
        case 0x0A, 0x0D: return .enter
        case 0x09: return .tab
        case 0x08, 0x7F: return .backspace
        case 0x1B: return escape()
        case 0x01...0x1A: return .control(Character(Unicode.Scalar(byte + 0x60)))
        case 0x00, 0x1C...0x1F: return .unknown
        case 0x20...0x7E: return .character(Character(Unicode.Scalar(byte)))
        default: return text(from: byte)
        }
    }

    /// The rest of a character in UTF-8.
    private func text(from first: UInt8) -> Key {
        let count = first >= 0xF0 ? 3 : first >= 0xE0 ? 2 : first >= 0xC0 ? 1 : 0
        var bytes = [first]
        for _ in 0..<count {
            guard console.hasByte(within: Self.escapeTime), let byte = console.readByte() else { return .unknown }
            bytes.append(byte)
        }
        guard let text = String(validating: bytes, as: UTF8.self), let character = text.first else { return .unknown }
        return .character(character)
    }

    private func escape() -> Key {
        guard console.hasByte(within: Self.escapeTime), let byte = console.readByte() else { return .unknown }
        switch byte {
        case 0x5B, 0x4F: return sequence()
        case 0x62: return .wordLeft
        case 0x66: return .wordRight
        case 0x7F: return .control("w")
        default: return .unknown
        }
    }

    /// The rest of `ESC [` or `ESC O`: parameters, then a letter or `~`.
    private func sequence() -> Key {
        var parameters: [UInt8] = []
        while console.hasByte(within: Self.escapeTime), let byte = console.readByte() {
            guard 0x40...0x7E ~= byte else {
                // No sequence that means something is so long; the rest of one belongs to it all the same.
                if parameters.count < 16 { parameters.append(byte) }
                continue
            }
            let text = String(decoding: parameters, as: UTF8.self)
            let withControl = text.hasSuffix(";5")
            switch byte {
            case UInt8(ascii: "A"): return .up
            case UInt8(ascii: "B"): return .down
            case UInt8(ascii: "C"): return withControl ? .wordRight : .right
            case UInt8(ascii: "D"): return withControl ? .wordLeft : .left
            case UInt8(ascii: "H"): return .home
            case UInt8(ascii: "F"): return .end
            case UInt8(ascii: "~"):
                switch text {
                case "1", "7": return .home
                case "4", "8": return .end
                case "3": return .delete
                default: return .unknown
                }
            default: return .unknown
            }
        }
        return .unknown
    }
}
