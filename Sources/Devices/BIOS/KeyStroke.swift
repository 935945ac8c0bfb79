/// A key stroke as INT 16h reports it.
///
/// Source: IBM PC AT technical reference, keyboard encoding.
public struct KeyStroke: Equatable, Sendable, Codable {
    /// The key's number, set 1.
    public var scan: UInt8
    /// The character in code page 437, 0 for keys without one.
    public var character: UInt8

    /// A stroke of a key.
    public init(scan: UInt8, character: UInt8) {
        self.scan = scan
        self.character = character
    }

    /// AX of INT 16h.
    public var word: UInt16 { UInt16(scan) << 8 | UInt16(character) }

    /// The keys of an American keyboard by scan code from 02 on, plain and with Shift; a space is a key without one.
    private static let rows: [(first: UInt8, plain: StaticString, shifted: StaticString)] = [
        (0x02, "1234567890-=", "!@#$%^&*()_+"), (0x10, "qwertyuiop[]", "QWERTYUIOP{}"),
        (0x1E, "asdfghjkl;'`", "ASDFGHJKL:\"~"), (0x2B, "\\zxcvbnm,./", "|ZXCVBNM<>?"), (0x39, " ", " "),
    ]

    /// The stroke that types an ASCII character, LF and CR being the Enter key; others have scan code 0, as typed
    /// by Alt and digits.
    public init(typing character: UInt8) {
        switch character {
        case 0x0A, 0x0D: self.init(scan: 0x1C, character: 0x0D)
        case 0x08, 0x7F: self.init(scan: 0x0E, character: 0x08)
        case 0x09: self.init(scan: 0x0F, character: 0x09)
        case 0x1B: self.init(scan: 0x01, character: 0x1B)
        case 0x01...0x1A:
            // Ctrl and a letter: the letter's key.
            self.init(scan: Self.scan(of: character | 0x60) ?? 0, character: character)
        default: self.init(scan: Self.scan(of: character) ?? 0, character: character)
        }
    }

    /// The stroke that a key makes together with shift keys.
    init(pressing scan: UInt8, shift: Bool, control: Bool, alt: Bool) {
        let editing: [UInt8: UInt8] = [0x01: 0x1B, 0x0E: 0x08, 0x0F: 0x09, 0x1C: 0x0D]
        var character = editing[scan] ?? 0
        for row in Self.rows where scan >= row.first {
            let text = shift ? row.shifted : row.plain
            text.withUTF8Buffer { bytes in
                if Int(scan - row.first) < bytes.count { character = bytes[Int(scan - row.first)] }
            }
        }
        if control { character &= 0x1F }
        self.init(scan: scan, character: alt ? 0 : character)
    }

    private static func scan(of character: UInt8) -> UInt8? {
        for row in rows {
            for text in [row.plain, row.shifted] {
                let place = text.withUTF8Buffer { $0.firstIndex(of: character) }
                if let place { return row.first + UInt8(place) }
            }
        }
        return nil
    }

    /// Keys that have a name in `--keys`, such as `{up}`.
    public static let named: [(name: String, stroke: KeyStroke)] = [
        ("up", .init(scan: 0x48, character: 0)), ("down", .init(scan: 0x50, character: 0)),
        ("left", .init(scan: 0x4B, character: 0)), ("right", .init(scan: 0x4D, character: 0)),
        ("home", .init(scan: 0x47, character: 0)), ("end", .init(scan: 0x4F, character: 0)),
        ("pgup", .init(scan: 0x49, character: 0)), ("pgdn", .init(scan: 0x51, character: 0)),
        ("ins", .init(scan: 0x52, character: 0)), ("del", .init(scan: 0x53, character: 0)),
        ("esc", .init(scan: 0x01, character: 0x1B)), ("enter", .init(scan: 0x1C, character: 0x0D)),
        ("tab", .init(scan: 0x0F, character: 0x09)), ("backtab", .init(scan: 0x0F, character: 0)),
        ("bs", .init(scan: 0x0E, character: 0x08)), ("space", .init(scan: 0x39, character: 0x20)),
        ("f1", .init(scan: 0x3B, character: 0)), ("f2", .init(scan: 0x3C, character: 0)),
        ("f3", .init(scan: 0x3D, character: 0)), ("f4", .init(scan: 0x3E, character: 0)),
        ("f5", .init(scan: 0x3F, character: 0)), ("f6", .init(scan: 0x40, character: 0)),
        ("f7", .init(scan: 0x41, character: 0)), ("f8", .init(scan: 0x42, character: 0)),
        ("f9", .init(scan: 0x43, character: 0)), ("f10", .init(scan: 0x44, character: 0)),
        ("f11", .init(scan: 0x85, character: 0)), ("f12", .init(scan: 0x86, character: 0)),
    ]

    /// Strokes from text: characters, `{name}` for other keys, `{{` for a brace, `\n`, `\t`, `\e` and `\\`.
    ///
    /// Returns nil and the part that is not understood if there is one.
    public static func parse(_ text: String) -> (strokes: [KeyStroke]?, error: String) {
        var strokes: [KeyStroke] = []
        var rest = Substring(text)
        while let character = rest.popFirst() {
            if character == "{", rest.first == "{" {
                rest.removeFirst()
                strokes.append(.init(typing: 0x7B))
            } else if character == "{" {
                let name = rest.prefix { $0 != "}" }
                rest = rest.dropFirst(name.count)
                guard rest.popFirst() != nil, let stroke = stroke(named: name.lowercased()) else {
                    return (nil, "{" + name + "}")
                }
                strokes.append(stroke)
            } else if character == "\\" {
                let escapes: [Character: UInt8] = ["n": 0x0D, "r": 0x0D, "t": 0x09, "e": 0x1B, "b": 0x08, "\\": 0x5C]
                guard let next = rest.popFirst(), let byte = escapes[next] else { return (nil, "\\") }
                strokes.append(.init(typing: byte))
            } else {
                for scalar in character.unicodeScalars {
                    guard let byte = CodePage437.byte(for: scalar) else { return (nil, String(character)) }
                    strokes.append(.init(typing: byte))
                }
            }
        }
        return (strokes, "")
    }

    /// A key by its name, or `ctrl-x` and `alt-x` with a letter.
    private static func stroke(named name: String) -> KeyStroke? {
        if let row = named.first(where: { $0.name == name }) { return row.stroke }
        guard let letter = name.utf8.last, name.utf8.dropLast().last == UInt8(ascii: "-"),
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(letter), let scan = scan(of: letter)
        else { return nil }
        switch name.dropLast(2) {
        case "ctrl": return KeyStroke(scan: scan, character: letter & 0x1F)
        case "alt": return KeyStroke(scan: scan, character: 0)
        default: return nil
        }
    }
}
