extension SSEArithmetic {
    /// What conversions to 32-bit integers give for NaNs and what does not fit ("integer indefinite").
    static let integerIndefinite: UInt32 = 0x8000_0000

    /// CVTSS2SD, and a lane of CVTPS2PD; exact.
    @inline(__always) mutating func convertToDouble(_ single: UInt32) -> UInt64 {
        guard Self.isSpecial(single.absolute).isNegative else { return UInt64(host: Double(single.host)) }
        return convertSpecial(single)
    }

    /// A denormal, an infinity or a NaN to double precision; the bits of a NaN stay leftmost.
    @inline(never) private mutating func convertSpecial(_ single: UInt32) -> UInt64 {
        let sign = UInt64(single & UInt32.signBit) &<< 32
        if single.isNaN {
            if single.isSignalling { raise(.invalid) }
            return sign | UInt64.infinity | UInt64.quietBit | UInt64(single & 0x7F_FFFF) &<< 29
        }
        var denormal = false
        let value = operand(single, denormal: &denormal)
        if denormal { raise(.denormal) }
        if value.absolute == 0 { return sign }
        if value.absolute == UInt32.infinity { return sign | UInt64.infinity }
        return pack(parts(value))
    }

    /// CVTSD2SS, and a lane of CVTPD2PS.
    @inline(__always) mutating func convertToSingle(_ double: UInt64) -> UInt32 {
        let result = UInt32(host: Float(double.host))
        let isSpecial = Self.isSpecial(double.absolute).isNegative || Self.isNotNormal(result.absolute).isNegative
        guard roundsAsHost && !isSpecial else { return convertExactly(double) }
        if !ignoresInexact && Double(result.host) != double.host { raise(.inexact) }
        return result
    }

    /// Any double precision number to single precision.
    @inline(never) private mutating func convertExactly(_ double: UInt64) -> UInt32 {
        let sign = UInt32(truncatingIfNeeded: double &>> 32) & UInt32.signBit
        if double.isNaN {
            if double.isSignalling { raise(.invalid) }
            let fraction = UInt32(truncatingIfNeeded: double &>> 29) & 0x7F_FFFF
            return sign | UInt32.infinity | UInt32.quietBit | fraction
        }
        var denormal = false
        let value = operand(double, denormal: &denormal)
        if denormal { raise(.denormal) }
        if value.absolute == 0 { return sign }
        if value.absolute == UInt64.infinity { return sign | UInt32.infinity }
        return pack(parts(value))
    }

    /// CVTSI2SS and CVTPI2PS, and a lane of CVTDQ2PS: from a 32-bit integer, rounded.
    @inline(__always) mutating func convertToSingle(integer: UInt32) -> UInt32 {
        let value = Int32(bitPattern: integer)
        let result = UInt32(host: Float(value))
        if Double(result.host) == Double(value) { return result }
        guard roundsAsHost else { return packInteger(value) }
        raise(.inexact)
        return result
    }

    /// An integer other than zero in single precision, in any rounding mode.
    @inline(never) private mutating func packInteger(_ value: Int32) -> UInt32 {
        let magnitude = UInt64(value.magnitude)
        let shift = magnitude.leadingZeroBitCount
        return pack(
            SSEParts(
                isNegative: value < 0, exponent: 63 &- shift,
                significand: magnitude &<< UInt64(truncatingIfNeeded: shift)))
    }

    /// CVTSI2SD and CVTPI2PD, and a lane of CVTDQ2PD: from a 32-bit integer, exact.
    @inline(__always) func convertToDouble(integer: UInt32) -> UInt64 {
        UInt64(host: Double(Int32(bitPattern: integer)))
    }

    /// CVTSS2SI, CVTSD2SI and the like: to a 32-bit integer in the rounding mode.
    @inline(__always) mutating func convertToInteger<Bits: SSEFormat>(_ a: Bits) -> UInt32 {
        convertToInteger(a, rounding: rounding)
    }

    /// CVTTSS2SI, CVTTSD2SI and the like: to a 32-bit integer, without its fraction.
    @inline(__always) mutating func truncateToInteger<Bits: SSEFormat>(_ a: Bits) -> UInt32 {
        convertToInteger(a, rounding: .zero)
    }

    /// To a 32-bit integer; denormals raise no exception of their own (SDM volume 2, CVTSS2SI).
    @inline(__always) private mutating func convertToInteger<Bits: SSEFormat>(
        _ a: Bits, rounding: RoundingMode
    ) -> UInt32 {
        let field = Int(truncatingIfNeeded: a.absolute &>> Bits(truncatingIfNeeded: Bits.fractionBits))
        let exponent = field &- Bits.bias
        if exponent > 31 { return indefiniteInteger() }
        if exponent < -1 {
            if a.absolute == 0 || (field == 0 && denormalsAreZero) { return 0 }
            raise(.inexact)
            switch rounding {
            case .nearestEven, .zero: return 0
            case .down: return a.isNegative ? UInt32.max : 0
            case .up: return a.isNegative ? 0 : 1
            }
        }
        // The integer is in the upper 32 bits of 64, its fraction in the lower ones, what is below them in bit 0.
        let aligned = UInt64(truncatingIfNeeded: a.significand) &<< UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let fixed = aligned.shiftedRightSticky(by: 31 &- exponent)
        let (whole, isInexact) = Self.wholePart(fixed, isNegative: a.isNegative, rounding: rounding)
        if whole > (a.isNegative ? 0x8000_0000 : 0x7FFF_FFFF) { return indefiniteInteger() }
        if isInexact { raise(.inexact) }
        let result = UInt32(truncatingIfNeeded: whole)
        return a.isNegative ? 0 &- result : result
    }

    /// Rounds a number with 32 bits of fraction to a whole one.
    @inline(__always) private static func wholePart(
        _ fixed: UInt64, isNegative: Bool, rounding: RoundingMode
    ) -> (whole: UInt64, isInexact: Bool) {
        let whole = fixed &>> 32
        let rest = fixed & 0xFFFF_FFFF
        let up =
            switch rounding {
            case .nearestEven: rest > 0x8000_0000 || rest == 0x8000_0000 && whole & 1 != 0
            case .down: isNegative && rest != 0
            case .up: !isNegative && rest != 0
            case .zero: false
            }
        return (up ? whole &+ 1 : whole, rest != 0)
    }

    /// The integer indefinite.
    @inline(__always) private mutating func indefiniteInteger() -> UInt32 {
        raise(.invalid)
        return Self.integerIndefinite
    }
}
