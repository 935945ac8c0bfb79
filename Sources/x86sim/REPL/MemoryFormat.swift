import X86Interp

/// What `x/NFU` asks for: count, format and unit.
struct MemoryFormat: Equatable {
    /// How a unit is shown.
    enum Style: Character, CaseIterable {
        case hex = "x"
        case decimal = "d"
        case unsigned = "u"
        case octal = "o"
        case binary = "t"
        case address = "a"
        case character = "c"
        case string = "s"
        case instruction = "i"
    }

    /// How many units, from 1.
    var count = 1
    /// How they are shown.
    var style = Style.hex
    /// Bytes of a unit.
    var unit = 2

    /// The most units that one command shows.
    static let limit = 4096

    /// Changes what the text names: digits, one letter of style, one of size (b, h, w, g).
    ///
    /// - Throws: `CommandError` that names the letter.
    mutating func apply(_ text: String) throws(CommandError) {
        let digits = text.prefix { ("0"..."9").contains($0) }
        if !digits.isEmpty {
            guard let number = Int(digits), 1...Self.limit ~= number else {
                throw .usage("\(String(digits).quoted) is no count from 1 to \(Self.limit)")
            }
            count = number
        } else {
            count = 1
        }
        for letter in text.dropFirst(digits.count) {
            switch letter {
            case "b": unit = 1
            case "h": unit = 2
            case "w": unit = 4
            case "g": unit = 8
            default:
                guard let style = Style(rawValue: letter) else {
                    throw .usage("x has no format \(String(letter).quoted); use x d u o t a c s i, sizes b h w g")
                }
                self.style = style
                if style == .character || style == .string { unit = 1 }
            }
        }
    }

    /// One unit's value as text.
    func text(_ value: UInt64) -> String {
        switch style {
        case .hex, .address, .instruction, .string: return value.hex(digits: unit * 2)
        case .decimal:
            let shift = UInt64(64 - unit * 8)
            return String(Int64(bitPattern: value << shift) >> Int64(shift))
        case .unsigned: return String(value)
        case .octal: return String(value, radix: 8)
        case .binary:
            let text = String(value, radix: 2)
            return String(repeating: "0", count: unit * 8 - text.count) + text
        case .character:
            let isPrintable = 0x20...0x7E ~= value
            return value.hex(digits: 2) + (isPrintable ? " '\(Character(Unicode.Scalar(UInt8(value))))'" : "")
        }
    }

    /// Numbers stand at the right of their column.
    var isNumber: Bool { [.decimal, .unsigned, .octal].contains(style) }

    /// Units of a line.
    var unitsPerLine: Int {
        switch style {
        case .hex, .unsigned, .decimal, .octal, .character: max(2, 16 / (unit * (style == .hex ? 1 : 2)))
        case .binary: max(1, 8 / unit)
        case .address, .string, .instruction: 1
        }
    }
}
