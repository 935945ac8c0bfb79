import Devices

/// What the user of a live screen does.
enum TypedInput: Equatable, Sendable {
    /// A key of the guest's keyboard.
    case stroke(KeyStroke)
    /// Ctrl-]: the menu.
    case menu
}

/// Makes strokes of a guest's keyboard of the bytes of a terminal, which may come in any pieces.
///
/// Sources: xterm's control sequences, "PC-Style Function Keys" and its table of modifiers; the Linux console's F1 to
/// F5; rxvt's Home and End. What is none of them is passed over.
struct TerminalKeys {
    /// What may be the beginning of something.
    private var pending: [UInt8] = []

    /// The longest sequence that a terminal sends for a key; answers to questions may be longer.
    private static let limit = 256

    /// Nothing is pending.
    init() {}

    /// Bytes have come that more may follow.
    ///
    /// Escape alone is a key, too; see `flush`.
    var isWaiting: Bool { !pending.isEmpty }

    /// Takes bytes.
    mutating func take(_ bytes: [UInt8]) -> [TypedInput] {
        pending += bytes
        return translate(isAtEnd: false)
    }

    /// Nothing has followed for a while: what is pending stands for itself.
    mutating func flush() -> [TypedInput] { translate(isAtEnd: true) }

    private mutating func translate(isAtEnd: Bool) -> [TypedInput] {
        var inputs: [TypedInput] = []
        var rest = pending[...]
        while !rest.isEmpty {
            guard let found = Self.next(rest, isAtEnd: isAtEnd) else { break }
            if let input = found.input { inputs.append(input) }
            rest = rest.dropFirst(max(1, found.length))
        }
        pending = Array(rest)
        return inputs
    }

    /// The key at the start and the number of its bytes; nil if more may belong to it.
    private typealias Found = (input: TypedInput?, length: Int)

    private static func next(_ bytes: ArraySlice<UInt8>, isAtEnd: Bool) -> Found? {
        guard let first = bytes.first else { return nil }
        if first >= 0x80 { return character(bytes, isAtEnd: isAtEnd) }
        guard first == 0x1B else { return (plain(first), 1) }
        guard let second = bytes.dropFirst().first else {
            return isAtEnd ? (.stroke(KeyStroke(typing: 0x1B)), 1) : nil
        }
        switch second {
        case UInt8(ascii: "["): return sequence(bytes, isAtEnd: isAtEnd)
        case UInt8(ascii: "O"):
            guard let third = bytes.dropFirst(2).first else { return isAtEnd ? (alt(second), 2) : nil }
            return (keypad(third), 3)
        // An answer of kitty's that comes late.
        case UInt8(ascii: "_"):
            guard let third = bytes.dropFirst(2).first else { return isAtEnd ? (alt(second), 2) : nil }
            return third == UInt8(ascii: "G") ? answer(bytes, isAtEnd: isAtEnd) : (alt(second), 2)
        // Behind Escape something else begins.
        case 0x1B, 0x1D: return (.stroke(KeyStroke(typing: 0x1B)), 1)
        case 0x80...: return (nil, 1)
        default: return (alt(second), 2)
        }
    }

    // MARK: Characters

    /// A byte of ASCII: a character, or Ctrl with one.
    private static func plain(_ byte: UInt8) -> TypedInput {
        /// A key together with Ctrl, as an American keyboard has it.
        func control(_ scan: UInt8) -> TypedInput {
            .stroke(KeyStroke(pressing: scan, shift: false, control: true, alt: false))
        }
        switch byte {
        case 0x1D: return .menu
        case 0x00: return .stroke(KeyStroke(scan: 0x03, character: 0))
        case 0x1C: return control(0x2B)
        case 0x1E: return control(0x07)
        case 0x1F: return control(0x0C)
        default: return .stroke(KeyStroke(typing: byte))
        }
    }

    /// A character together with Alt: the number of its key.
    private static func alt(_ byte: UInt8) -> TypedInput? {
        let scan = KeyStroke(typing: byte).scan
        guard scan != 0 else { return nil }
        return .stroke(KeyStroke(pressing: scan, shift: false, control: false, alt: true))
    }

    /// A character in UTF-8, if code page 437 has it.
    private static func character(_ bytes: ArraySlice<UInt8>, isAtEnd: Bool) -> Found? {
        guard let first = bytes.first else { return nil }
        let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
        let tail = bytes.dropFirst().prefix(length - 1).prefix { 0x80...0xBF ~= $0 }
        if tail.count < length - 1, tail.count == bytes.count - 1, !isAtEnd { return nil }
        let whole = bytes.prefix(tail.count + 1)
        let scalars = String(validating: whole, as: UTF8.self)?.unicodeScalars
        guard let byte = scalars?.first.flatMap(CodePage437.byte) else { return (nil, whole.count) }
        return (.stroke(KeyStroke(typing: byte)), whole.count)
    }

    // MARK: Sequences

    /// Keys by the letter that ends their sequence.
    private static let letters: [UInt8: UInt8] = [
        UInt8(ascii: "A"): 0x48, UInt8(ascii: "B"): 0x50, UInt8(ascii: "C"): 0x4D, UInt8(ascii: "D"): 0x4B,
        UInt8(ascii: "F"): 0x4F, UInt8(ascii: "H"): 0x47, UInt8(ascii: "P"): 0x3B, UInt8(ascii: "Q"): 0x3C,
        UInt8(ascii: "R"): 0x3D, UInt8(ascii: "S"): 0x3E,
    ]

    /// Keys by the number in front of a tilde.
    private static let numbers: [Int: UInt8] = [
        1: 0x47, 2: 0x52, 3: 0x53, 4: 0x4F, 5: 0x49, 6: 0x51, 7: 0x47, 8: 0x4F, 11: 0x3B, 12: 0x3C, 13: 0x3D, 14: 0x3E,
        15: 0x3F, 17: 0x40, 18: 0x41, 19: 0x42, 20: 0x43, 21: 0x44, 23: 0x57, 24: 0x58,
    ]

    /// ESC O and a letter.
    private static func keypad(_ letter: UInt8) -> TypedInput? {
        if letter == UInt8(ascii: "M") { return .stroke(KeyStroke(typing: 0x0D)) }
        return letters[letter].map { .stroke(KeyStroke(pressing: $0, shift: false, control: false, alt: false)) }
    }

    /// ESC [ , numbers with semicolons between them, and what ends them.
    private static func sequence(_ bytes: ArraySlice<UInt8>, isAtEnd: Bool) -> Found? {
        let body = bytes.dropFirst(2)
        // The Linux console's F1 to F5.
        if body.first == UInt8(ascii: "["), let letter = body.dropFirst().first {
            guard 0x41...0x45 ~= letter else { return (nil, 2) }
            return (.stroke(KeyStroke(pressing: letter - 0x41 + 0x3B, shift: false, control: false, alt: false)), 4)
        }
        let parameters = body.prefix { 0x20...0x3F ~= $0 }
        guard let final = body.dropFirst(parameters.count).first else {
            if parameters.isEmpty, isAtEnd { return (alt(UInt8(ascii: "[")), 2) }
            return isAtEnd || parameters.count > limit ? (nil, bytes.count) : nil
        }
        if body.count == 1, final == UInt8(ascii: "["), !isAtEnd { return nil }
        let length = parameters.count + 3
        // Something else begins in the middle of it.
        guard 0x40...0x7E ~= final else { return (nil, length - 1) }
        return (key(parameters, final), length)
    }

    private static func key(_ parameters: ArraySlice<UInt8>, _ final: UInt8) -> TypedInput? {
        guard parameters.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x3B }) else { return nil }
        let values = parameters.split(separator: 0x3B, omittingEmptySubsequences: false).map { digits in
            digits.prefix(4).reduce(0) { $0 * 10 + Int($1 & 15) }
        }
        // 1 and a bit each for Shift, Alt and Ctrl.
        let modifiers = values.count > 1 ? max(1, values[1]) - 1 : 0
        if final == UInt8(ascii: "Z") { return .stroke(KeyStroke(scan: 0x0F, character: 0)) }
        let isNumbered = final == UInt8(ascii: "~")
        guard let scan = isNumbered ? values.first.flatMap({ numbers[$0] }) : letters[final] else { return nil }
        return .stroke(
            KeyStroke(
                pressing: scan, shift: modifiers & 1 != 0, control: modifiers & 4 != 0, alt: modifiers & 2 != 0))
    }

    /// A text between ESC _ and ESC \, which nobody has typed.
    private static func answer(_ bytes: ArraySlice<UInt8>, isAtEnd: Bool) -> Found? {
        let body = bytes.dropFirst(2)
        guard let end = body.firstIndex(of: 0x1B) else {
            return isAtEnd || body.count > limit ? (nil, bytes.count) : nil
        }
        guard end + 1 < body.endIndex else { return isAtEnd ? (nil, bytes.count) : nil }
        return (nil, end - bytes.startIndex + (body[end + 1] == 0x5C ? 2 : 0))
    }
}
