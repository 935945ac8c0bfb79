/// A significand after rounding.
struct RoundedSignificand {
    /// Zero below the bits that were to be kept; the top bit is set.
    var bits: UInt64
    /// 1 if rounding up ran into the next power of two.
    var carry: Int32
    /// Some bits were lost.
    var isInexact: Bool
    /// It was rounded away from zero.
    var isUp: Bool
}

// Rounding: results arrive with a significand of 128 bits, the lowest of which may stand for all that follow.
extension X87Arithmetic {
    /// How many bits of a significand lie below those that the precision keeps.
    ///
    /// The reserved value acts as the extended one (measured).
    @inline(__always)
    var droppedBits: UInt64 {
        switch precision {
        case .single: 40
        case .double: 11
        case .reserved, .extended: 0
        }
    }

    /// Whether to round away from zero, by what lies below the last bit kept: `rest`, whose top bit is one half.
    @inline(__always)
    func isRoundedUp(_ rest: UInt64, isOdd: Bool, sign: UInt16) -> Bool {
        switch rounding {
        case .nearestEven: rest > Extended.integerBit &- (isOdd ? 1 : 0)
        case .down: sign != 0 && rest != 0
        case .up: sign == 0 && rest != 0
        case .zero: false
        }
    }

    /// A significand rounded to 64 bits less those dropped; `high` may have any number of leading zeros.
    @inline(__always)
    func rounded(_ high: UInt64, _ low: UInt64, sign: UInt16, dropped: UInt64) -> RoundedSignificand {
        var bits = high
        var rest = low
        let unit: UInt64 = 1 &<< dropped
        if dropped != 0 {
            rest = high &<< (64 &- dropped) | (low == 0 ? 0 : 1)
            bits &= ~(unit &- 1)
        }
        let isUp = isRoundedUp(rest, isOdd: bits & unit != 0, sign: sign)
        let (sum, isCarry) = bits.addingReportingOverflow(isUp ? unit : 0)
        bits = sum | (isCarry ? Extended.integerBit : 0)
        let carry: Int32 = isCarry ? 1 : 0
        return RoundedSignificand(bits: bits, carry: carry, isInexact: rest != 0, isUp: isUp)
    }

    /// Reports how a significand was rounded.
    @inline(__always)
    mutating func note(_ result: RoundedSignificand) {
        raised.formUnion(result.isInexact ? .inexact : [])
        roundedUp = result.isUp
    }

    /// The result with a sign, exponent and 128-bit significand whose top bit is set, rounded as the precision says.
    @inline(__always)
    mutating func result(sign: UInt16, exponent: Int32, _ high: UInt64, _ low: UInt64) -> Extended? {
        result(sign: sign, exponent: exponent, high, low, dropped: droppedBits)
    }

    /// The result of an operation that ignores the precision: rounded to 64 bits.
    @inline(__always)
    mutating func result64(sign: UInt16, exponent: Int32, _ high: UInt64, _ low: UInt64) -> Extended? {
        result(sign: sign, exponent: exponent, high, low, dropped: 0)
    }

    @inline(__always)
    private mutating func result(
        sign: UInt16, exponent: Int32, _ high: UInt64, _ low: UInt64, dropped: UInt64
    ) -> Extended? {
        guard UInt32(bitPattern: exponent &- 1) < 0x7FFD else {
            return extremeResult(sign: sign, exponent: exponent, high, low, dropped: dropped)
        }
        let result = rounded(high, low, sign: sign, dropped: dropped)
        note(result)
        return Extended(
            signExponent: sign | UInt16(truncatingIfNeeded: exponent &+ result.carry), significand: result.bits)
    }

    /// The result whose exponent is at the ends of the range or beyond.
    ///
    /// It is first rounded as if exponents had no limits; this decides if it is tiny, or too large.
    @inline(never)
    mutating func extremeResult(
        sign: UInt16, exponent: Int32, _ high: UInt64, _ low: UInt64, dropped: UInt64
    ) -> Extended? {
        let free = rounded(high, low, sign: sign, dropped: dropped)
        let freeExponent = exponent &+ free.carry
        var outcome = Extended(
            signExponent: sign | UInt16(truncatingIfNeeded: freeExponent) & 0x7FFF, significand: free.bits)
        if freeExponent > 0x7FFE {
            guard !goesOn(after: .overflow) else { return overflowResult(sign: sign, dropped: dropped) }
            outcome = wrappedResult(sign: sign, exponent: freeExponent &- 0x6000, free.bits)
        } else if freeExponent < 1 {
            guard !masked.contains(.underflow) else {
                return denormalResult(sign: sign, exponent: exponent, high, low, dropped: dropped)
            }
            raised.formUnion(.underflow)
            outcome = wrappedResult(sign: sign, exponent: freeExponent &+ 0x6000, free.bits)
        }
        note(free)
        return outcome
    }

    /// The result of an unmasked overflow or underflow: the exponent is moved by 24576 for the handler.
    private func wrappedResult(sign: UInt16, exponent: Int32, _ significand: UInt64) -> Extended {
        Extended(signExponent: sign | UInt16(truncatingIfNeeded: exponent) & 0x7FFF, significand: significand)
    }

    /// The result of a masked overflow: infinity, or the largest number if that is the direction of rounding.
    private mutating func overflowResult(sign: UInt16, dropped: UInt64) -> Extended {
        raised.formUnion(.inexact)
        roundedUp = isRoundedUp(.max, isOdd: true, sign: sign)
        guard !roundedUp else { return .infinity(sign: sign) }
        return Extended(signExponent: sign | 0x7FFE, significand: ~((1 &<< dropped) &- 1))
    }

    /// The result of a masked underflow: rounded once, at the place where a denormal ends.
    private mutating func denormalResult(
        sign: UInt16, exponent: Int32, _ high: UInt64, _ low: UInt64, dropped: UInt64
    ) -> Extended {
        let shifted = shiftedRight(high, low, by: 1 &- exponent)
        let result = rounded(shifted.high, shifted.low, sign: sign, dropped: dropped)
        if result.isInexact {
            raised.formUnion([.underflow, .inexact])
            roundedUp = result.isUp
        }
        let isNormal = result.bits >= Extended.integerBit
        return Extended(signExponent: sign | (isNormal ? 1 : 0), significand: result.bits)
    }

    /// A 128-bit significand moved to the right; bits that fall out leave a trace in the lowest one.
    @inline(__always)
    func shiftedRight(_ high: UInt64, _ low: UInt64, by distance: Int32) -> (high: UInt64, low: UInt64) {
        let count = UInt64(truncatingIfNeeded: min(distance, 127)) & 63
        let whole = high &>> count
        let fraction = (high &<< 1) &<< (63 &- count)
        let lost = (low &<< 1) &<< (63 &- count)
        if distance < 64 { return (whole, fraction | low &>> count | (lost == 0 ? 0 : 1)) }
        return (0, whole | (fraction | low == 0 ? 0 : 1))
    }
}
