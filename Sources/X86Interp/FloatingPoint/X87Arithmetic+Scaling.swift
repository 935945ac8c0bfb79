/// What FXTRACT takes a number apart into.
struct ExtractedParts: Sendable, Hashable {
    /// The exponent, as a number.
    var exponent: Extended
    /// The significand, with the number's sign and an exponent of zero.
    var significand: Extended
}

// FSCALE and FXTRACT.
extension X87Arithmetic {
    /// `value` times two to the power of `scale`, which is rounded towards zero to an integer: FSCALE.
    @inline(__always)
    mutating func scale(_ value: Extended, by scale: Extended) -> Extended? {
        let exponent = value.exponent &+ Self.exponentChange(scale)
        guard value.isNormal, scale.isNormal, UInt32(bitPattern: exponent &- 1) < 0x7FFE else {
            return specialScaled(value, by: scale)
        }
        return Extended(
            signExponent: value.sign | UInt16(truncatingIfNeeded: exponent), significand: value.significand)
    }

    @inline(never)
    private mutating func specialScaled(_ value: Extended, by scale: Extended) -> Extended? {
        if case .decided(let result) = specialOperands(value, scale) { return result }
        if scale.isInfinity {
            let isShrunk = scale.sign != 0
            if isShrunk ? value.isInfinity : value.isZero { return invalidResult() }
            guard denormalsGoOn(value, scale, denormalOperand: false) else { return nil }
            return isShrunk ? .zero(sign: value.sign) : .infinity(sign: value.sign)
        }
        guard denormalsGoOn(value, scale, denormalOperand: false) else { return nil }
        if value.isInfinity || value.isZero { return value }
        // Measured: a scale of zero leaves a denormal as it is, even if underflow is unmasked.
        if scale.isZero { return value.withValidExponent }
        let number = NormalizedNumber(value)
        let exponent = number.exponent &+ Self.exponentChange(scale)
        return beyondWrapping(number, exponent)
            ?? extremeResult(sign: number.sign, exponent: exponent, number.significand, 0, dropped: 0)
    }

    /// Measured: what even an exponent moved by 24576 can't hold is infinity or zero, unmasked as it may be.
    private mutating func beyondWrapping(_ number: NormalizedNumber, _ exponent: Int32) -> Extended? {
        if exponent &- 0x6000 > 0x7FFE && !masked.contains(.overflow) {
            raised.formUnion([.overflow, .inexact])
            roundedUp = true
            return .infinity(sign: number.sign)
        }
        guard exponent &+ 0x6000 < 1, !masked.contains(.underflow) else { return nil }
        raised.formUnion([.underflow, .inexact])
        return .zero(sign: number.sign)
    }

    /// A finite scale as an integer; beyond 2^16 it makes no difference how large it is.
    private static func exponentChange(_ scale: Extended) -> Int32 {
        let exponent = scale.exponent &- Extended.bias
        guard exponent >= 0, !scale.isZero else { return 0 }
        let integer = scale.significand &>> UInt64(truncatingIfNeeded: 63 &- exponent)
        let magnitude = exponent > 16 ? 0x1_FFFF : Int32(truncatingIfNeeded: integer)
        return scale.sign == 0 ? magnitude : 0 &- magnitude
    }

    /// The exponent and the significand of a number: FXTRACT.
    mutating func extract(_ value: Extended) -> ExtractedParts? {
        if case .decided(let result) = specialOperand(value) {
            guard let result else { return nil }
            return ExtractedParts(exponent: result, significand: result)
        }
        if value.isInfinity { return ExtractedParts(exponent: .infinity(sign: 0), significand: value) }
        if value.isZero {
            guard goesOn(after: .zeroDivide) else { return nil }
            return ExtractedParts(exponent: .infinity(sign: 0x8000), significand: value)
        }
        guard denormalsGoOn(value, value, denormalOperand: false) else { return nil }
        let number = NormalizedNumber(value)
        return ExtractedParts(
            exponent: Self.extended(Int64(number.exponent &- Extended.bias)),
            significand: Extended(signExponent: number.sign | 0x3FFF, significand: number.significand))
    }
}
