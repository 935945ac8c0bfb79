/// Byte registers by number, as a value; numbers that there are not read 0 and take nothing.
///
/// Eight share a word, so that a snapshot of a palette is short.
package struct RegisterFile: Codable, Equatable, Sendable {
    private var words: [UInt64]

    /// Room for at least `count` registers, all 0; at most a million.
    package init(count: Int) {
        guard count <= 1_000_000 else { fatalError("a file of \(count) registers: a million is the most") }
        words = [UInt64](repeating: 0, count: max(0, count + 7) / 8)
    }

    /// Registers with these values.
    package init(_ values: [UInt8]) {
        self.init(count: values.count)
        for (number, value) in values.enumerated() { self[number] = value }
    }

    /// A register.
    package subscript(number: Int) -> UInt8 {
        get {
            guard number >= 0, number >> 3 < words.count else { return 0 }
            return UInt8(truncatingIfNeeded: words[number >> 3] >> (UInt64(number & 7) * 8))
        }
        set {
            guard number >= 0, number >> 3 < words.count else { return }
            let shift = UInt64(number & 7) * 8
            words[number >> 3] = words[number >> 3] & ~(0xFF << shift) | UInt64(newValue) << shift
        }
    }
}
