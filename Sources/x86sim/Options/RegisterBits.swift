import X86Interp

/// The value of a register of up to 128 bits.
struct RegisterBits: Equatable, Sendable {
    /// The lowest 64 bits.
    var low: UInt64
    /// The rest: of ST sign and exponent.
    var high: UInt64 = 0

    /// A value.
    init(low: UInt64, high: UInt64 = 0) {
        self.low = low
        self.high = high
    }

    /// A value as the library has it.
    init(_ value: (low: UInt64, high: UInt64)) { self.init(low: value.low, high: value.high) }

    /// The value of a hexadecimal text, of a decimal one behind `0d`, or of two with a colon between them, which are
    /// the rest and the lowest 64 bits: `3fff:8000000000000000`; nil if it is none of these.
    init?(_ text: some StringProtocol) {
        let halves = text.split(separator: ":", omittingEmptySubsequences: false)
        if halves.count == 2 {
            guard let high = Values.hexadecimal(halves[0]), let low = Values.hexadecimal(halves[1]) else { return nil }
            self.init(low: low, high: high)
            return
        }
        if let low = Values.hexadecimal(text) {
            self.init(low: low)
            return
        }
        let lower = text.lowercased()
        let digits = lower.hasPrefix("0x") ? lower.dropFirst(2) : Substring(lower)
        guard (17...32).contains(digits.count), digits.allSatisfy({ $0.isHexDigit && $0.isASCII }),
            let low = UInt64(digits.suffix(16), radix: 16), let high = UInt64(digits.dropLast(16), radix: 16)
        else { return nil }
        self.init(low: low, high: high)
    }

    /// Whether so many bits are enough for it.
    func fits(_ bits: Int) -> Bool {
        guard bits < 128 else { return true }
        return bits > 64 ? high >> UInt64(bits - 64) == 0 : high == 0 && (bits == 64 || low >> UInt64(bits) == 0)
    }

    /// All digits of a register of so many bits: `3FFF:8000000000000000` of 80, as numbers are written otherwise.
    func hex(bits: Int) -> String {
        guard bits > 64 else { return low.hex(digits: (bits + 3) / 4) }
        return high.hex(digits: (bits - 61) / 4) + ":" + low.hex
    }
}
