/// The binary logarithm, not 0, of a number.
struct BinaryLogarithm {
    /// The sign.
    private(set) var isNegative: Bool
    /// The magnitude.
    private(set) var magnitude: WideNumber
    /// It is a whole number.
    private(set) var isExact = false

    /// The logarithm of a significand in units of 2^-127, from 1 to 2, times a power of two; together they are not 1.
    ///
    /// Significands above the square root of 2 count as halves of the next power. The logarithm of the significand is
    /// that of the nearest multiple c of 1/64, which a table has, plus 2 atanh((f - c) / (f + c)) / ln 2.
    init(_ significand: UInt128, exponent: Int32) {
        let isHalved = significand > BinaryLogarithm.rootOfTwo
        let whole = exponent &+ (isHalved ? 1 : 0)
        // The shifts keep the units: 2^-127, or 2^-128 of what is halved.
        let shift: UInt128 = isHalved ? 122 : 121
        let index = (significand >> (shift &- 1) &+ 1) >> 1
        let center = index &<< shift
        let isAbove = !(isHalved && index == 64) && significand >= center
        let difference = isAbove ? significand &- center : center &- significand
        var terms = LogarithmTerms(whole: whole, index: index)
        if difference != 0 {
            let sum = significand >> 1 &+ index &<< (shift &- 1)
            let quotient = WideNumber(difference, fractionBits: 128).divided(by: WideNumber(sum, fractionBits: 127))
            terms.rest = Self.ofQuotient(quotient)
            terms.isRestNegative = !isAbove
        }
        (isNegative, magnitude) = terms.sum
        isExact = difference == 0 && index == 64
    }

    /// A logarithm that is known.
    private init(isNegative: Bool, magnitude: WideNumber) {
        self.isNegative = isNegative
        self.magnitude = magnitude
    }

    /// The logarithm of 1 plus a number above -1.
    init(onePlus x: NormalizedNumber) {
        let number = WideNumber(x)
        let one: UInt128 = 1 &<< 127
        if number.exponent < -7 {
            // Near 1 the rest alone is the result: its numerator is the number itself, its denominator 2 plus it.
            let half = number.units(fractionBits: 126)
            let sum = x.sign == 0 ? one &+ half : one &- half
            let quotient = number.divided(by: WideNumber(sum, fractionBits: 126))
            self.init(isNegative: x.sign != 0, magnitude: Self.ofQuotient(quotient))
            return
        }
        let exponent = number.exponent
        if x.sign != 0 {
            let left = one &- number.units(fractionBits: 127)
            let shift = left.leadingZeroBitCount
            self.init(left &<< UInt128(truncatingIfNeeded: shift), exponent: 0 &- Int32(truncatingIfNeeded: shift))
        } else if exponent < 0 {
            self.init(one &+ number.units(fractionBits: 127), exponent: 0)
        } else {
            // In units of half the last bit, the sum may be a power of two more.
            let isOneLost = exponent > 126
            let addend = isOneLost ? 0 : one &>> UInt128(truncatingIfNeeded: exponent &+ 1)
            let sum = number.significand &>> 1 &+ addend
            let isMore = sum >= one
            self.init(isMore ? sum : sum &<< 1, exponent: isMore ? exponent &+ 1 : exponent)
            if isOneLost { isExact = false }
        }
    }

    /// The square root of 2, in units of 2^-127, about: it only decides between two ways to the same result.
    private static let rootOfTwo: UInt128 = 0xB504_F333_F9DE_6484 << 64

    /// The binary logarithm of (1 + q) / (1 - q), which is 2 atanh(q) / ln 2, for q below 2^-7.
    private static func ofQuotient(_ quotient: WideNumber) -> WideNumber {
        let x = quotient.units(fractionBits: 128)
        let square = x.timesFraction(x)
        let sum = FractionSeries(
            head: TranscendentalTables.oddHead, tail: TranscendentalTables.oddTail, tailShift: 0
        ).value(at: square, alternating: false)
        let factor = WideNumber(1 &<< 127 | square.timesFraction(sum) >> 1, fractionBits: 127)
        let scale = WideNumber(TranscendentalTables.twoOverNaturalLogOf2, fractionBits: 126)
        return quotient.times(factor).times(scale)
    }
}

/// The parts that a logarithm is the sum of.
private struct LogarithmTerms {
    /// The power of two.
    var whole: Int32
    /// The place in the table: a multiple of 1/64.
    var index: UInt128
    /// What the table leaves, if anything.
    var rest: WideNumber?
    /// It is to be subtracted.
    var isRestNegative = false

    /// Sign and magnitude of the sum.
    var sum: (isNegative: Bool, magnitude: WideNumber) {
        if whole == 0 && index == 64, let rest { return (isRestNegative, rest) }
        // Up to 16446, or below 1: signed numbers in units that leave room for both.
        let fractionBits: Int32 = whole == 0 ? 126 : 112
        var total = Int128(whole) &<< 112
        let table = TranscendentalTables.logarithms[Int(truncatingIfNeeded: index) &- 45]
        let tablePart = Int128(truncatingIfNeeded: table >> UInt128(truncatingIfNeeded: 128 &- fractionBits))
        total = index < 64 ? total &- tablePart : total &+ tablePart
        if let rest {
            let restPart = Int128(truncatingIfNeeded: rest.units(fractionBits: fractionBits))
            total = isRestNegative ? total &- restPart : total &+ restPart
        }
        return (total < 0, WideNumber(total.magnitude, fractionBits: fractionBits))
    }
}
