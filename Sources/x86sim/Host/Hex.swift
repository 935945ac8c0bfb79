extension FixedWidthInteger where Self: UnsignedInteger {
    /// All of the value's hexadecimal digits, upper case: two for a byte, four for a word.
    var hex: String { hex(digits: Self.bitWidth / 4) }

    /// At least `digits` hexadecimal digits, upper case.
    func hex(digits: Int) -> String {
        let text = String(self, radix: 16, uppercase: true)
        return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
    }
}

extension String {
    /// The text with spaces behind it, up to `width` characters.
    func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }

    /// The text with spaces before it, up to `width` characters.
    func aligned(to width: Int) -> String { String(repeating: " ", count: max(0, width - count)) + self }
}
