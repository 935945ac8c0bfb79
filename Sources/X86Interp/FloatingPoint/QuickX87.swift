/// Arithmetic of the x87 on what is frequent: numbers that are normal or zero, rounded to nearest at 64 bits, whose result
/// is normal or exactly zero.
///
/// The results and flags are those of `X87Arithmetic`, which does all the rest. Inlined whole, without a call, and without
/// branches on digits, which no host can foretell: selections are made by masks.
enum QuickX87 {
    /// What FSW gets of a result.
    struct Rounding: Equatable {
        /// PE in the low byte.
        var inexact: UInt8 = 0
        /// C1 in the high byte.
        var up: UInt8 = 0

        /// By a significand before and after, and what was cut off.
        @inline(__always)
        init(_ before: UInt64, _ after: UInt64, rest: UInt64) {
            inexact = rest == 0 ? 0 : QuickX87.inexact
            up = UInt8(truncatingIfNeeded: (before ^ after) & 1) &<< 1
        }

        /// Nothing was lost.
        @inline(__always)
        init() {}
    }

    /// What comes out of an operation.
    struct Result {
        var value: Extended
        var rounding = Rounding()
        /// Whether there is a result at all.
        var isQuick: Bool
    }

    /// FSW's PE, in the low byte, and C1, in the high one, behind an inexact result that was rounded away from zero.
    static let inexact: UInt8 = 1 << 5
    static let roundedUp: UInt8 = 1 << 1
    /// C0 to C3 in the high byte.
    static let codes: UInt8 = 0x47

    @inline(__always)
    static var none: Result { Result(value: .zero, isQuick: false) }

    /// A significand of 128 bits, its top bit set, with sign and exponent, which is far enough from its ends.
    @inline(__always)
    private static func rounded(_ place: UInt64, _ number: UInt128) -> Result {
        let high = UInt64(truncatingIfNeeded: number &>> 64)
        let low = UInt64(truncatingIfNeeded: number)
        // Half a unit less one, or half of one for an odd number, carries where it is to be rounded up.
        let half = (Extended.integerBit &- 1) &+ (high & 1)
        let sum = UInt64(truncatingIfNeeded: (number &+ UInt128(half)) &>> 64)
        // All bits were set: the top one is not only then.
        let carry = ~sum &>> 63
        let value = Extended(
            signExponent: UInt16(truncatingIfNeeded: place &+ carry), significand: sum | Extended.integerBit)
        return Result(value: value, rounding: Rounding(high, sum, rest: low), isQuick: true)
    }

    /// Whether both are normal.
    @inline(__always)
    private static func areNormal(_ a: Extended, _ b: Extended) -> Bool {
        // An exponent of 0 or 7FFF, and no other, has nothing but bit 0 or 15 set when one is added.
        Int64(bitPattern: a.significand & b.significand) < 0 && (UInt32(a.signExponent) &+ 1) & 0x7FFE != 0
            && (UInt32(b.signExponent) &+ 1) & 0x7FFE != 0
    }

    /// `a + b`, or of a sign for `b`, 8000 or 0, `a - b`.
    @inline(__always)
    private static func sum(_ a: Extended, _ b: Extended, change: UInt16) -> Result {
        let (first, second) = (UInt64(a.signExponent), UInt64(b.signExponent ^ change))
        let (exponent, other) = (first & 0x7FFF, second & 0x7FFF)
        guard exponent != 0, other != 0, Int64(bitPattern: a.significand & b.significand) < 0 else {
            return sumOfZero(a, Extended(signExponent: b.signExponent ^ change, significand: b.significand))
        }
        let difference = Int64(bitPattern: exponent &- other)
        // All ones if the second is larger.
        let swap = UInt64(bitPattern: (difference &- (a.significand < b.significand ? 1 : 0)) &>> 63)
        let swapped = (a.significand ^ b.significand) & swap
        let large = a.significand ^ swapped
        let small = b.significand ^ swapped
        let place = first ^ (first ^ second) & swap
        // Nothing special, and neither does the result come to an end of the range.
        guard place & 0x7FFF &- 64 < 0x7FFD &- 64 else { return none }
        let distance = (UInt64(bitPattern: difference) ^ swap) &- swap
        // Both one place to the right, so that nothing is carried out.
        var high = (small &>> 1) &>> distance
        var low = small &<< ~distance
        if distance > 63 {
            // What falls out beyond 64 more places leaves a trace.
            let count = min(distance &- 63, 63)
            high = 0
            low = small &>> count | (small &<< (64 &- count) == 0 ? 0 : 1)
        }
        let isDifference = ((first ^ second) &>> 15) & 1
        let mask = 0 &- isDifference
        let addend = UInt128(high ^ mask) &<< 64 | UInt128(low ^ mask)
        let total = (UInt128(large) &<< 63 | UInt128(isDifference)) &+ addend
        let top = UInt64(truncatingIfNeeded: total &>> 64)
        let bottom = UInt64(truncatingIfNeeded: total)
        guard top != 0 else { return Result(value: .zero, isQuick: bottom == 0) }
        let shift = UInt64(truncatingIfNeeded: top.leadingZeroBitCount)
        return rounded(
            place &+ 1 &- shift,
            UInt128(top &<< shift | (bottom &>> 1) &>> (63 &- shift)) &<< 64 | UInt128(bottom &<< shift))
    }

    /// `a + b` where either is zero and the other normal or zero.
    @inline(__always)
    private static func sumOfZero(_ a: Extended, _ b: Extended) -> Result {
        guard b.isZero else { return Result(value: b, isQuick: a.isZero && b.isNormal) }
        guard a.isZero else { return Result(value: a, isQuick: a.isNormal) }
        return Result(value: .zero(sign: a.signExponent & b.signExponent), isQuick: true)
    }

    /// `a + b`.
    @inline(__always)
    static func sum(_ a: Extended, _ b: Extended) -> Result { sum(a, b, change: 0) }

    /// `a + a`.
    @inline(__always)
    static func twice(_ a: Extended) -> Result {
        guard a.isNormal else { return Result(value: a, isQuick: a.isZero) }
        let value = Extended(signExponent: a.signExponent &+ 1, significand: a.significand)
        return Result(value: value, isQuick: a.signExponent & 0x7FFF != 0x7FFE)
    }

    /// `a - b`.
    @inline(__always)
    static func difference(_ a: Extended, _ b: Extended) -> Result { sum(a, b, change: 0x8000) }

    /// `a * b`.
    @inline(__always)
    static func product(_ a: Extended, _ b: Extended) -> Result {
        guard areNormal(a, b) else { return productOfZero(a, b) }
        let (high, low) = a.significand.multipliedFullWidth(by: b.significand)
        let (first, second) = (UInt64(a.signExponent), UInt64(b.signExponent))
        let exponent = first & 0x7FFF &+ second & 0x7FFF &- UInt64(Extended.bias)
        // Twice as much if the top bit is not set.
        let missing = (high &>> 63) &- 1
        let number = UInt128(high) &<< 64 | UInt128(low)
        let twice = number &+ (UInt128(high & missing) &<< 64 | UInt128(low & missing))
        guard exponent &+ missing < 0x7FFD else { return none }
        return rounded((first ^ second) & 0x8000 | exponent &+ 1 &+ missing, twice)
    }

    /// `a * b` where either is zero and the other normal or zero.
    @inline(__always)
    private static func productOfZero(_ a: Extended, _ b: Extended) -> Result {
        let isQuick = a.isZero && (b.isNormal || b.isZero) || b.isZero && a.isNormal
        return Result(value: .zero(sign: (a.signExponent ^ b.signExponent) & 0x8000), isQuick: isQuick)
    }

    /// `a / b`.
    @inline(__always)
    static func quotient(_ a: Extended, _ b: Extended) -> Result {
        guard areNormal(a, b) else { return none }
        // The dividend's upper half is made less than the divisor: then the quotient has 64 bits, the top one set.
        let isLarger: UInt64 = a.significand < b.significand ? 0 : 1
        let dividend = (UInt128(a.significand) &<< 64) &>> UInt128(isLarger)
        let (first, second) = (UInt64(a.signExponent), UInt64(b.signExponent))
        let exponent = first & 0x7FFF &- second & 0x7FFF &+ UInt64(Extended.bias) &- 1 &+ isLarger
        let (digits, rest) = divided(dividend, by: b.significand)
        // No quotient lies halfway between two numbers, so that more than half and a trace is all there is to know.
        let low: UInt64 = (b.significand &- rest < rest ? 1 : 0) &<< 63 | (rest == 0 ? 0 : 1)
        guard exponent &- 1 < 0x7FFD else { return none }
        return rounded((first ^ second) & 0x8000 | exponent, UInt128(digits) &<< 64 | UInt128(low))
    }

    /// The quotient of a number and one with the top bit set that is more than its upper half, and what is left.
    ///
    /// As of roots (`IntegerRoot`): the host's Double gives 51 bits, once more the others, and what is left corrects
    /// the last unit, so that the end does not depend on how the host rounds. Without a call, which a division of 128
    /// bits would be.
    @inline(__always)
    private static func divided(_ dividend: UInt128, by divisor: UInt64) -> (digits: UInt64, rest: UInt64) {
        let inverse = 1 / Double(Int64(bitPattern: divisor &>> 1))
        let approximation = Double(Int64(truncatingIfNeeded: dividend &>> 65)) * inverse
        var digits = UInt64(bitPattern: Int64(min(approximation * 0x1p63, 0x1.fffffffffffffp62))) &<< 1
        let error = Int128(truncatingIfNeeded: dividend &- UInt128(digits) &* UInt128(divisor))
        let step = Double(Int64(truncatingIfNeeded: error &>> 32)) * inverse * 0x1p31
        // The step is below 2^15; moved into the positive, it is rounded down.
        let whole = Int64(step + 0x1p20) &- 0x10_0000
        digits &+= UInt64(bitPattern: whole)
        var rest = error &- Int128(whole) &* Int128(divisor)
        while rest < 0 {
            digits &-= 1
            rest &+= Int128(divisor)
        }
        while rest >= Int128(divisor) {
            digits &+= 1
            rest &-= Int128(divisor)
        }
        return (digits, UInt64(truncatingIfNeeded: rest))
    }

    /// The square root.
    @inline(__always)
    static func root(_ a: Extended) -> Result {
        guard a.signExponent &- 1 < 0x7FFE, a.significand >= Extended.integerBit else { return none }
        let exponent = UInt64(a.signExponent)
        // An even power of two is taken out, so that the radicand has 127 or 128 bits and its root 64.
        let isEven = exponent & 1
        let high = a.significand &>> isEven
        let low = (a.significand &<< 63) & (0 &- isEven)
        let (guess, inverse) = guessedRoot(high)
        let (digits, rest) = IntegerRoot.root(high, low, guess: guess, inverse: inverse)
        let place = (exponent &+ UInt64(Extended.bias)) &>> 1
        return rounded(place, UInt128(digits) &<< 64 | UInt128(rest &<< 62))
    }

    /// About the square root of a number of 62 to 64 bits, and one by it: the host's square root would be a call.
    @inline(__always)
    private static func guessedRoot(_ number: UInt64) -> (root: Double, inverse: Double) {
        let value = Double(Int64(bitPattern: number &>> 1)) * 2
        // Half the exponent, negated, and a part of the fraction that is 3 % off at most; Newton's method squares the
        // error in each step: 2e-3, 4e-6, 3e-11, and less than a Double has digits for.
        var inverse = Double(bitPattern: 0x5FE6_EB50_C7B5_37A9 &- value.bitPattern &>> 1)
        let half = value * 0.5
        inverse *= 1.5 - half * inverse * inverse
        inverse *= 1.5 - half * inverse * inverse
        inverse *= 1.5 - half * inverse * inverse
        inverse *= 1.5 - half * inverse * inverse
        return (value * inverse, inverse)
    }

    /// A single or double in memory, if it is normal or zero.
    @inline(__always)
    static func load<Bits: SSEFormat>(_ bits: Bits) -> Result {
        let sign = UInt16(truncatingIfNeeded: bits &>> Bits(truncatingIfNeeded: Bits.bitWidth &- 16)) & 0x8000
        let field = UInt32(truncatingIfNeeded: bits.absolute &>> Bits(truncatingIfNeeded: Bits.fractionBits))
        let bias = UInt32(truncatingIfNeeded: Bits.bias)
        guard field &- 1 < bias &* 2 else {
            return Result(value: .zero(sign: sign), isQuick: bits.absolute == 0)
        }
        let exponent = UInt16(truncatingIfNeeded: field &+ UInt32(Extended.bias) &- bias)
        let fraction = UInt64(truncatingIfNeeded: bits) &<< UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let value = Extended(signExponent: sign | exponent, significand: fraction | Extended.integerBit)
        return Result(value: value, isQuick: true)
    }

    /// The bits of a single or double that a number is rounded to, if that is normal, or zero of zero.
    @inline(__always)
    static func store<Bits: SSEFormat>(_ value: Extended, _ type: Bits.Type) -> (
        bits: Bits, rounding: Rounding, isQuick: Bool
    ) {
        let dropped = UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let exponent = UInt64(value.signExponent & 0x7FFF)
        // Less one, since the integer bit adds one.
        let biased = exponent &- UInt64(truncatingIfNeeded: Int(Extended.bias) &- Bits.bias &+ 1)
        let sign = Bits(truncatingIfNeeded: value.signExponent &>> 15) &<< Bits(truncatingIfNeeded: Bits.bitWidth &- 1)
        guard value.significand >= Extended.integerBit, biased < UInt64(truncatingIfNeeded: Bits.bias &* 2 &- 1) else {
            return (sign, Rounding(), value.isZero)
        }
        // The number and what is cut off of it; a carry adds another to the exponent.
        let number =
            UInt128(biased) &<< UInt128(64 &+ Bits.fractionBits)
            &+ UInt128(value.significand) &<< UInt128(64 &- dropped)
        let low = UInt64(truncatingIfNeeded: number)
        let high = UInt64(truncatingIfNeeded: number &>> 64)
        let half = (Extended.integerBit &- 1) &+ (high & 1)
        let sum = UInt64(truncatingIfNeeded: (number &+ UInt128(half)) &>> 64)
        let rounding = Rounding(high, sum, rest: low)
        return (sign | Bits(truncatingIfNeeded: sum), rounding, true)
    }

    /// The bits of a number as an integer of 32 bits, cut off or to nearest, if there are any and they fit.
    @inline(__always)
    static func integer(_ value: Extended, isCut: Bool) -> (bits: UInt64, rounding: Rounding, isQuick: Bool) {
        let places = UInt64(bitPattern: Int64(Extended.bias) &+ 63 &- Int64(value.exponent))
        // 1 to 2^31, so that the shifts below are by 33 to 63 places.
        guard value.significand >= Extended.integerBit, places &- 33 < 31 else { return (0, Rounding(), value.isZero) }
        let whole = value.significand &>> places
        let rest = value.significand &<< (0 &- places)
        let half = isCut ? 0 : (Extended.integerBit &- 1) &+ (whole & 1)
        let sum = UInt64(truncatingIfNeeded: ((UInt128(whole) &<< 64 | UInt128(rest)) &+ UInt128(half)) &>> 64)
        let sign = 0 &- UInt64(value.signExponent &>> 15)
        return ((sum ^ sign) &- sign, Rounding(whole, sum, rest: rest), sum < 1 << 31)
    }

    /// How two numbers compare.
    struct Order {
        var isEqual: Bool
        var isLess: Bool
        /// Whether both are normal or zero.
        var isQuick: Bool

        /// C3 and C0 in FSW's high byte; C2 is that of NaNs.
        @inline(__always)
        var codes: UInt8 { (isEqual ? 1 &<< 6 : 0) | (isLess ? 1 : 0) }
    }

    /// How two numbers that are normal or zero compare.
    @inline(__always)
    static func order(_ a: Extended, _ b: Extended) -> Order {
        guard areNormal(a, b) else {
            let isQuick = (a.isNormal || a.isZero) && (b.isNormal || b.isZero)
            return orderOfNormal(a.isZero ? .zero : a, b.isZero ? .zero : b, isQuick: isQuick)
        }
        return orderOfNormal(a, b, isQuick: true)
    }

    /// How two numbers compare that are normal or plus zero: all bits of negative ones changed, the others as they are.
    @inline(__always)
    private static func orderOfNormal(_ a: Extended, _ b: Extended, isQuick: Bool) -> Order {
        let first = Int64(Int16(bitPattern: a.signExponent)) &>> 15
        let second = Int64(Int16(bitPattern: b.signExponent)) &>> 15
        let difference = (Int64(a.signExponent & 0x7FFF) ^ first) &- (Int64(b.signExponent & 0x7FFF) ^ second)
        let (left, right) = (a.significand ^ UInt64(bitPattern: first), b.significand ^ UInt64(bitPattern: second))
        let rest = (left ^ right) | UInt64(bitPattern: difference)
        return Order(isEqual: rest == 0, isLess: difference &- (left < right ? 1 : 0) < 0, isQuick: isQuick)
    }
}
