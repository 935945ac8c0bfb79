/// A finite number other than zero, taken apart: significand times 2 to the exponent, between 1 and 2.
struct SSEParts {
    /// Whether the number is below zero.
    var isNegative: Bool
    /// The power of two.
    var exponent: Int
    /// The bits, with the integer bit at 63; bit 0 of a result stands for all lower ones ("sticky").
    var significand: UInt64
}

extension UInt64 {
    /// Shifts right; what falls out stays known in bit 0.
    @inline(__always) func shiftedRightSticky(by count: Int) -> UInt64 {
        guard count > 0 else { return self }
        guard count < 64 else { return self == 0 ? 0 : 1 }
        let lost = self &<< UInt64(truncatingIfNeeded: 64 &- count)
        return self &>> UInt64(truncatingIfNeeded: count) | (lost == 0 ? 0 : 1)
    }
}

extension SSEArithmetic {
    /// The operand as it counts: a denormal is zero under DAZ, and is remembered in `denormal` otherwise.
    @inline(__always) func operand<Bits: SSEFormat>(_ bits: Bits, denormal: inout Bool) -> Bits {
        guard bits.isDenormal else { return bits }
        if denormalsAreZero { return bits & Bits.signBit }
        denormal = true
        return bits
    }

    /// The result if an operand is a NaN: the first one's, if it is one, made quiet (SDM volume 1, table 4-7).
    @inline(__always) mutating func nan<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits? {
        guard a.isNaN || b.isNaN else { return nil }
        if a.isSignalling || b.isSignalling { raise(.invalid) }
        return (a.isNaN ? a : b) | Bits.quietBit
    }

    /// The result of an invalid operation.
    @inline(__always) mutating func invalid<Bits: SSEFormat>() -> Bits {
        raise(.invalid)
        return Bits.defaultNaN
    }

    /// Takes a finite number other than zero apart.
    @inline(__always) func parts<Bits: SSEFormat>(_ bits: Bits) -> SSEParts {
        let fraction = UInt64(truncatingIfNeeded: bits & (Bits.smallestNormal &- 1))
        let aligned = fraction &<< UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let exponent = Int(truncatingIfNeeded: bits.absolute &>> Bits(truncatingIfNeeded: Bits.fractionBits))
        guard exponent == 0 else {
            return SSEParts(
                isNegative: bits.isNegative, exponent: exponent &- Bits.bias, significand: aligned | 1 &<< 63)
        }
        let shift = aligned.leadingZeroBitCount
        return SSEParts(
            isNegative: bits.isNegative, exponent: 1 &- Bits.bias &- shift,
            significand: aligned &<< UInt64(truncatingIfNeeded: shift))
    }

    /// Drops bits in the rounding mode.
    @inline(__always) func round(
        _ significand: UInt64, dropping count: Int, isNegative: Bool
    ) -> (kept: UInt64, isInexact: Bool) {
        let kept = significand &>> UInt64(truncatingIfNeeded: count)
        let rest = significand &<< UInt64(truncatingIfNeeded: 64 &- count)
        guard rest != 0 else { return (kept, false) }
        let up =
            switch rounding {
            case .nearestEven: rest > 1 &<< 63 || rest == 1 &<< 63 && kept & 1 != 0
            case .down: isNegative
            case .up: !isNegative
            case .zero: false
            }
        return (up ? kept &+ 1 : kept, true)
    }

    /// Rounds an exact result to the format, with overflow and underflow.
    ///
    /// A result is tiny if it is below the smallest normal number after it was rounded as if exponents had no limit
    /// (SDM volume 1, 4.9.1.5). It raises underflow if that is unmasked, or if it is inexact as well.
    mutating func pack<Bits: SSEFormat>(_ parts: SSEParts) -> Bits {
        let dropped = 63 &- Bits.fractionBits
        let sign = parts.isNegative ? Bits.signBit : 0
        let biased = parts.exponent &+ Bits.bias
        let (kept, isInexact) = round(parts.significand, dropping: dropped, isNegative: parts.isNegative)
        let carries = kept &>> UInt64(truncatingIfNeeded: Bits.fractionBits) > 1
        let exponent = carries ? biased &+ 1 : biased
        if exponent >= 2 &* Bits.bias &+ 1 { return overflow(isNegative: parts.isNegative, isInexact: isInexact) }
        if exponent < 1 { return underflow(parts, biased: biased, isInexact: isInexact) }
        if isInexact { raise(.inexact) }
        // The integer bit, or the carry past it, adds one to the exponent.
        let field = Bits(truncatingIfNeeded: biased &- 1) &<< Bits(truncatingIfNeeded: Bits.fractionBits)
        return sign | (field &+ Bits(truncatingIfNeeded: kept))
    }

    /// Infinity or the largest number, by the rounding mode (SDM volume 1, table 4-10).
    private mutating func overflow<Bits: SSEFormat>(isNegative: Bool, isInexact: Bool) -> Bits {
        raise(.overflow)
        if isInexact || masked.contains(.overflow) { raise(.inexact) }
        let sign = isNegative ? Bits.signBit : 0
        let isInfinite =
            switch rounding {
            case .nearestEven: true
            case .down: isNegative
            case .up: !isNegative
            case .zero: false
            }
        return sign | (isInfinite ? Bits.infinity : Bits.infinity &- 1)
    }

    /// A denormal number or zero.
    private mutating func underflow<Bits: SSEFormat>(_ parts: SSEParts, biased: Int, isInexact: Bool) -> Bits {
        let sign = parts.isNegative ? Bits.signBit : 0
        guard masked.contains(.underflow) else {
            raise(isInexact ? [.underflow, .inexact] : .underflow)
            return sign
        }
        if flushToZero {
            raise([.underflow, .inexact])
            return sign
        }
        let shifted = parts.significand.shiftedRightSticky(by: 1 &- biased)
        let (kept, isInexact) = round(shifted, dropping: 63 &- Bits.fractionBits, isNegative: parts.isNegative)
        if isInexact { raise([.underflow, .inexact]) }
        return sign | Bits(truncatingIfNeeded: kept)
    }
}
