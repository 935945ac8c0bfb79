/// Hexadecimal digits for the text forms of architectural values.
enum HexText {
    /// A number in upper-case hexadecimal, padded with zeros to `count` digits.
    static func digits(_ value: UInt32, _ count: Int) -> String { digits(UInt64(value), count) }

    /// A number in upper-case hexadecimal, padded with zeros to `count` digits.
    static func digits(_ value: UInt64, _ count: Int) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
