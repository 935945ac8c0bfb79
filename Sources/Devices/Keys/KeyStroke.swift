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

    /// Keys without a character, and what they report alone, with Shift, Ctrl and Alt.
    private static let special: [SpecialKeys] = [
        .init(0x3B...0x44, 0x3B, 0x54, 0x5E, 0x68), .init(0x57...0x58, 0x85, 0x87, 0x89, 0x8B),
        .init(0x47...0x47, 0x47, 0x47, 0x77, 0x97), .init(0x48...0x48, 0x48, 0x48, 0x8D, 0x98),
        .init(0x49...0x49, 0x49, 0x49, 0x84, 0x99), .init(0x4B...0x4B, 0x4B, 0x4B, 0x73, 0x9B),
        .init(0x4D...0x4D, 0x4D, 0x4D, 0x74, 0x9D), .init(0x4F...0x4F, 0x4F, 0x4F, 0x75, 0x9F),
        .init(0x50...0x50, 0x50, 0x50, 0x91, 0xA0), .init(0x51...0x51, 0x51, 0x51, 0x76, 0xA1),
        .init(0x52...0x53, 0x52, 0x52, 0x92, 0xA2),
    ]

    /// Keys in a row, and the number of the first one with each shift key.
    private struct SpecialKeys {
        let keys: ClosedRange<UInt8>
        let plain: UInt8
        let shifted: UInt8
        let control: UInt8
        let alt: UInt8

        init(_ keys: ClosedRange<UInt8>, _ plain: UInt8, _ shifted: UInt8, _ control: UInt8, _ alt: UInt8) {
            self.keys = keys
            self.plain = plain
            self.shifted = shifted
            self.control = control
            self.alt = alt
        }

        func first(shift: Bool, control isControl: Bool, alt isAlt: Bool) -> UInt8 {
            isAlt ? alt : isControl ? control : shift ? shifted : plain
        }
    }

    /// The key that reports a number together with a shift key; the number itself if there is none.
    static func key(of scan: UInt8, _ modifier: UInt8?) -> UInt8 {
        if modifier == ScanCodes.alt, 0x78...0x83 ~= scan { return scan - 0x76 }
        for row in special {
            let first = row.first(
                shift: modifier == ScanCodes.shift, control: modifier == ScanCodes.control,
                alt: modifier == ScanCodes.alt)
            let distance = scan &- first
            if distance < UInt8(row.keys.count) { return row.keys.lowerBound + distance }
        }
        return scan
    }

    /// The stroke that a key makes together with shift keys; Caps Lock changes letters only.
    package init(pressing scan: UInt8, shift: Bool, control: Bool, alt: Bool, capsLock: Bool = false) {
        if let row = Self.special.first(where: { $0.keys.contains(scan) }) {
            let first = row.first(shift: shift, control: control, alt: alt)
            self.init(scan: first + (scan - row.keys.lowerBound), character: 0)
            return
        }
        let editing: [UInt8: UInt8] = [
            0x01: 0x1B, 0x0E: 0x08, 0x0F: 0x09, 0x1C: 0x0D, 0x37: 0x2A, 0x4A: 0x2D, 0x4E: 0x2B,
        ]
        var character = editing[scan] ?? 0
        if scan == 0x0F, shift { character = 0 }
        for row in Self.rows where scan >= row.first {
            func text(_ shifted: Bool) -> UInt8? {
                (shifted ? row.shifted : row.plain).withUTF8Buffer { bytes in
                    Int(scan - row.first) < bytes.count ? bytes[Int(scan - row.first)] : nil
                }
            }
            guard let plain = text(false) else { continue }
            let isLetter = (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(plain)
            character = text(shift != (capsLock && isLetter)) ?? plain
        }
        if alt {
            // The digits of the upper row have numbers of their own.
            self.init(scan: 0x02...0x0D ~= scan ? scan + 0x76 : scan, character: 0)
            return
        }
        if control { character = Self.control(character) }
        self.init(scan: scan, character: character)
    }

    /// What Ctrl makes of a character.
    private static func control(_ character: UInt8) -> UInt8 {
        switch character {
        case 0x08: 0x7F
        case 0x0D: 0x0A
        case 0x36: 0x1E
        case 0x2D: 0x1F
        case 0x1B, 0x20: character
        case 0x40...: character & 0x1F
        default: 0
        }
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

    /// A key by its name, or `ctrl-x` and `alt-x` with a letter.
    static func named(_ name: String) -> KeyStroke? {
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
