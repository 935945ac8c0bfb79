// Integers, and rounding to them.
extension X87Arithmetic {
    /// What FILD loads; shorter integers are sign-extended first.
    @inline(__always)
    static func extended(_ integer: Int64) -> Extended {
        guard integer != 0 else { return .zero(sign: 0) }
        let shift = integer.magnitude.leadingZeroBitCount
        let sign: UInt16 = integer < 0 ? 0x8000 : 0
        return Extended(
            signExponent: sign | UInt16(truncatingIfNeeded: 0x3FFF + 63 &- shift),
            significand: integer.magnitude &<< shift)
    }

    /// What FIST m16 stores.
    mutating func storeInt16(_ value: Extended) -> Int16? {
        guard let integer = integer(value, bits: 16) else { return nil }
        return Int16(truncatingIfNeeded: integer)
    }

    /// What FIST m32 stores.
    mutating func storeInt32(_ value: Extended) -> Int32? {
        guard let integer = integer(value, bits: 32) else { return nil }
        return Int32(truncatingIfNeeded: integer)
    }

    /// What FISTP m64 stores.
    mutating func storeInt64(_ value: Extended) -> Int64? { integer(value, bits: 64) }

    /// An integer of some width by the rounding mode; the smallest one, "integer indefinite", on a masked invalid.
    ///
    /// Denormals raise nothing but the inexact exception (measured).
    @inline(__always)
    private mutating func integer(_ value: Extended, bits: UInt64) -> Int64? {
        let limit: UInt64 = 1 &<< (bits &- 1)
        guard let result = integral(value), result.bits <= limit &- (value.sign == 0 ? 1 : 0) else {
            return goesOn(after: .invalid) ? Int64(bitPattern: 0 &- limit) : nil
        }
        note(result)
        return Int64(bitPattern: value.sign == 0 ? result.bits : 0 &- result.bits)
    }

    /// The magnitude of a number rounded to an integer, or nil if it does not fit into 64 bits or is no number.
    @inline(__always)
    func integral(_ value: Extended) -> RoundedSignificand? {
        let exponent = value.exponent &- Extended.bias
        guard exponent < 64, !value.isUnsupported else { return nil }
        if exponent == 63 || value.significand == 0 {
            return RoundedSignificand(bits: value.significand, carry: 0, isInexact: false, isUp: false)
        }
        let shifted = shiftedRight(value.significand, 0, by: 63 &- exponent)
        let isUp = isRoundedUp(shifted.low, isOdd: shifted.high & 1 != 0, sign: value.sign)
        return RoundedSignificand(
            bits: shifted.high &+ (isUp ? 1 : 0), carry: 0, isInexact: shifted.low != 0, isUp: isUp)
    }

    /// What FRNDINT leaves: an integer of the same sign.
    @inline(__always)
    mutating func roundToInteger(_ value: Extended) -> Extended? {
        guard value.isNormal else { return specialInteger(value) }
        return rounded(value)
    }

    @inline(__always)
    private mutating func rounded(_ value: Extended) -> Extended? {
        guard value.exponent &- Extended.bias < 63, let result = integral(value) else { return value }
        note(result)
        guard result.bits != 0 else { return .zero(sign: value.sign) }
        let shift = result.bits.leadingZeroBitCount
        return Extended(
            signExponent: value.sign | UInt16(truncatingIfNeeded: 0x3FFF + 63 &- shift),
            significand: result.bits &<< shift)
    }

    @inline(never)
    private mutating func specialInteger(_ value: Extended) -> Extended? {
        if case .decided(let result) = specialOperand(value) { return result }
        if value.isZero { return value }
        guard denormalsGoOn(value, value, denormalOperand: false) else { return nil }
        return rounded(value)
    }
}
