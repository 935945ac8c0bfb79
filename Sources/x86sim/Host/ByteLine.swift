/// A line of text that is put together from pieces, in one buffer for all lines.
struct ByteLine {
    /// The pieces so far, as UTF-8.
    private(set) var bytes: [UInt8] = []

    /// Starts a new line in the same buffer.
    mutating func clear() { bytes.removeAll(keepingCapacity: true) }

    /// Appends texts.
    mutating func append(_ texts: String...) {
        for text in texts { bytes.append(contentsOf: text.utf8) }
    }

    /// Appends a text and another that is UTF-8 already.
    mutating func append(_ text: String, _ name: [UInt8]) {
        bytes.append(contentsOf: text.utf8)
        bytes.append(contentsOf: name)
    }

    /// Appends a text and a number in decimal.
    mutating func append(_ text: String, decimal value: UInt64) {
        bytes.append(contentsOf: text.utf8)
        let start = bytes.count
        var rest = value
        repeat {
            bytes.append(UInt8(truncatingIfNeeded: rest % 10) &+ 0x30)
            rest /= 10
        } while rest > 0
        bytes[start...].reverse()
    }

    /// Appends a text and a number in at least `digits` hexadecimal digits, upper case.
    mutating func append(_ text: String, hex value: UInt32, digits: Int) {
        bytes.append(contentsOf: text.utf8)
        let needed = (35 - value.leadingZeroBitCount) / 4
        for digit in (0..<max(digits, needed)).reversed() {
            let nibble = digit < 8 ? UInt8(truncatingIfNeeded: value >> (UInt32(digit) * 4)) & 0xF : 0
            bytes.append(nibble < 10 ? nibble &+ 0x30 : nibble &+ 0x37)
        }
    }
}
