import Devices

/// Key strokes from standard input: a terminal is read key by key, anything else byte by byte.
final class StandardInputKeys: KeySource, LiveInput {
    private static let limit = 1 << 20
    private var strokes: [KeyStroke] = []
    private var bytes: [UInt8] = []
    private let input = StandardInput()
    private var isAtEnd = false
    /// The guest has asked for a stroke that was not there.
    private var isMissed = false

    /// Whether a person may still type.
    var isOpen: Bool { input.isTerminal && !isAtEnd }

    /// How many strokes there have been.
    var traffic: UInt64 { UInt64(strokes.count) }

    /// The terminal, while the guest waits for a stroke.
    var descriptor: Int32? { isOpen && isMissed ? 0 : nil }

    /// Takes what has been typed.
    func fill() {
        guard isOpen else { return }
        let count = strokes.count
        bytes += input.take(milliseconds: 0)
        isAtEnd = !input.isOpen || strokes.count > Self.limit
        translate()
        if strokes.count > count { isMissed = false }
    }

    /// The stroke with a number; waits up to a tenth of a second for a terminal if asked to, for a pipe always.
    func key(at number: Int, waits: Bool) -> KeyInput {
        if number < strokes.count { return .key(strokes[number]) }
        if !isAtEnd {
            bytes += input.take(milliseconds: waits ? 50 : input.patience)
            isAtEnd = input.isAtEnd || strokes.count > Self.limit
            translate()
        }
        isMissed = number >= strokes.count
        if number < strokes.count { return .key(strokes[number]) }
        return isAtEnd ? .atEnd : .notYet
    }

    /// Bytes to strokes: ANSI sequences of cursor keys, UTF-8, characters.
    private func translate() {
        var rest = bytes[...]
        while let first = rest.first {
            if first == 0x1B, let (name, length) = Self.sequence(rest) {
                if let stroke = KeyStroke.named.first(where: { $0.name == name })?.stroke { strokes.append(stroke) }
                rest = rest.dropFirst(length)
            } else if first < 0x80 {
                strokes.append(KeyStroke(typing: first))
                rest = rest.dropFirst()
            } else {
                let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
                guard rest.count >= length || isAtEnd else { break }
                let scalar = String(decoding: rest.prefix(length), as: UTF8.self).unicodeScalars.first
                if let byte = scalar.flatMap(CodePage437.byte) { strokes.append(KeyStroke(typing: byte)) }
                rest = rest.dropFirst(length)
            }
        }
        bytes = Array(rest)
    }

    private static func sequence(_ bytes: ArraySlice<UInt8>) -> (name: String, length: Int)? {
        let names: [String: String] = [
            "[A": "up", "[B": "down", "[C": "right", "[D": "left", "[H": "home", "[F": "end", "[5~": "pgup",
            "[6~": "pgdn", "[2~": "ins", "[3~": "del", "OP": "f1", "OQ": "f2", "OR": "f3", "OS": "f4", "[15~": "f5",
            "[17~": "f6", "[18~": "f7", "[19~": "f8", "[20~": "f9", "[21~": "f10", "[23~": "f11", "[24~": "f12",
        ]
        for length in 2...4 where bytes.count > length {
            let text = String(decoding: bytes.dropFirst().prefix(length), as: UTF8.self)
            if let name = names[text] { return (name, length + 1) }
        }
        return nil
    }
}
