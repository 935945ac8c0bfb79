/// The ten bytes of a packed decimal: 18 digits from the lowest, and a byte with the sign.
struct PackedDecimal: Sendable, Hashable {
    /// Sixteen digits.
    var low: UInt64
    /// Two digits, and bit 15, the sign.
    var high: UInt16

    /// What a masked invalid FBSTP stores.
    static let indefinite = PackedDecimal(low: 0xC000_0000_0000_0000, high: 0xFFFF)
}

// Packed decimals.
extension X87Arithmetic {
    /// What FBLD loads, exactly; digits above nine count by their value, the other bits of the sign byte do not matter.
    static func extended(_ decimal: PackedDecimal) -> Extended {
        var magnitude: UInt64 = UInt64(decimal.high &>> 4 & 15) &* 10 &+ UInt64(decimal.high & 15)
        var digits = decimal.low
        for _ in 0..<16 {
            magnitude = magnitude &* 10 &+ digits &>> 60
            digits &<<= 4
        }
        var result = extended(Int64(bitPattern: magnitude))
        result.signExponent |= decimal.high & 0x8000
        return result
    }

    /// What FBSTP stores: the number rounded to an integer of 18 digits.
    mutating func storeDecimal(_ value: Extended) -> PackedDecimal? {
        guard let result = integral(value), result.bits < 1_000_000_000_000_000_000 else {
            return goesOn(after: .invalid) ? .indefinite : nil
        }
        note(result)
        var rest = result.bits
        var low: UInt64 = 0
        for shift in 0..<UInt64(16) {
            low |= (rest % 10) &<< (4 &* shift)
            rest /= 10
        }
        let high = UInt16(truncatingIfNeeded: (rest / 10) &<< 4 | rest % 10)
        return PackedDecimal(low: low, high: high | value.sign)
    }
}
