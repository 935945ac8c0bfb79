/// What FPREM and FPREM1 leave.
struct PartialRemainder: Sendable, Hashable {
    /// The remainder so far; nil if ST(0) is left alone, as an unmasked exception wants.
    var value: Extended?
    /// The lowest three bits of the quotient; 0 if the reduction is incomplete.
    var quotient: UInt8
    /// The exponents were too far apart: the program has to repeat the instruction (C2).
    var isIncomplete: Bool
    /// NaNs, invalid operands or an unmasked exception decided: C0 and C3 stay (measured).
    var isSpecial = false

    /// The bits of FSW that change.
    var changedCodes: UInt16 { isSpecial ? 0x0600 : 0x4700 }

    /// C0, C3 and C1 with bits 2, 1 and 0 of the quotient, and C2, at their places in FSW.
    var conditionCodes: UInt16 {
        let bits = UInt16(quotient)
        return (bits & 4) &<< 6 | (bits & 2) &<< 13 | (bits & 1) &<< 9 | (isIncomplete ? 0x0400 : 0)
    }
}

// FPREM and FPREM1.
extension X87Arithmetic {
    /// The remainder of a division whose quotient is rounded towards zero, FPREM, or to the nearest integer, FPREM1.
    mutating func remainder(_ a: Extended, by b: Extended, isNearest: Bool) -> PartialRemainder {
        guard a.isNormal, b.isNormal else { return specialRemainder(a, b, isNearest: isNearest) }
        return remainder(NormalizedNumber(normal: a), NormalizedNumber(normal: b), isNearest: isNearest)
    }

    @inline(never)
    private mutating func specialRemainder(_ a: Extended, _ b: Extended, isNearest: Bool) -> PartialRemainder {
        if case .decided(let result) = specialOperands(a, b) { return Self.special(result) }
        if a.isInfinity || b.isZero { return Self.special(invalidResult()) }
        guard denormalsGoOn(a, b, denormalOperand: false) else { return Self.special(nil) }
        if a.isZero { return Self.finished(a) }
        // Measured: an infinite divisor leaves a denormal as it is, even if underflow is unmasked.
        if b.isInfinity { return Self.finished(a.withValidExponent) }
        return remainder(NormalizedNumber(a), NormalizedNumber(b), isNearest: isNearest)
    }

    private static func finished(_ value: Extended) -> PartialRemainder {
        PartialRemainder(value: value, quotient: 0, isIncomplete: false)
    }

    private static func special(_ value: Extended?) -> PartialRemainder {
        PartialRemainder(value: value, quotient: 0, isIncomplete: false, isSpecial: true)
    }

    private mutating func remainder(
        _ a: NormalizedNumber, _ b: NormalizedNumber, isNearest: Bool
    ) -> PartialRemainder {
        let distance = a.exponent &- b.exponent
        // Below one half of the divisor there is nothing to take away; FPREM leaves what is below the divisor.
        if distance < (isNearest ? -1 : 0) { return delivered(a, a.significand, quotient: 0) }
        let isComplete = distance < 64
        // Measured: the exponents come closer by 32 to 63, so that the distance left is a multiple of 32.
        let step = isComplete ? max(distance, 0) : 32 | distance & 31
        var (quotient, rest) = Self.divided(a.significand, by: b.significand, shift: step)
        var place = NormalizedNumber(sign: a.sign, exponent: a.exponent &- step, significand: b.significand)
        if distance == -1 {
            // The dividend is counted in halves of the divisor's last bit.
            (quotient, rest) = (0, a.significand)
        }
        guard isComplete else {
            return delivered(place, rest, quotient: 0, isIncomplete: true)
        }
        if isNearest {
            let missing = (distance == -1 ? b.significand &<< 1 : b.significand) &- rest
            let isAbove =
                distance == -1
                ? a.significand > b.significand : rest > missing || rest == missing && quotient & 1 != 0
            if isAbove {
                place.sign ^= 0x8000
                rest = missing
                quotient &+= 1
            }
        }
        return delivered(place, rest, quotient: UInt8(truncatingIfNeeded: quotient & 7))
    }

    /// Quotient and remainder of significands, the dividend being shifted left by 0 to 63.
    private static func divided(_ a: UInt64, by b: UInt64, shift: Int32) -> (quotient: UInt64, remainder: UInt64) {
        guard shift > 0 else { return a < b ? (0, a) : (1, a &- b) }
        let count = UInt64(truncatingIfNeeded: shift)
        return b.dividingFullWidth((a &>> (64 &- count), a &<< count))
    }

    /// The remainder as a number: always exact, so only an unmasked underflow needs a word.
    private mutating func delivered(
        _ place: NormalizedNumber, _ rest: UInt64, quotient: UInt8, isIncomplete: Bool = false
    ) -> PartialRemainder {
        var value: Extended? = .zero(sign: place.sign)
        if rest != 0 {
            let shift = rest.leadingZeroBitCount
            let exponent = place.exponent &- Int32(truncatingIfNeeded: shift)
            if exponent >= 1 {
                value = Extended(
                    signExponent: place.sign | UInt16(truncatingIfNeeded: exponent), significand: rest &<< shift)
            } else {
                value = extremeResult(sign: place.sign, exponent: exponent, rest &<< shift, 0, dropped: 0)
            }
        }
        return PartialRemainder(value: value, quotient: quotient, isIncomplete: isIncomplete)
    }
}
