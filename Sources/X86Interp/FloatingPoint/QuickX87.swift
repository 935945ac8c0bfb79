/// Arithmetic of the x87 on what is frequent: normal numbers, rounded to nearest at 64 bits, whose result is normal.
///
/// The results and flags are those of `X87Arithmetic`, which does all the rest. Inlined whole, without a call.
enum QuickX87 {
    /// A result, and what FSW gets of it.
    struct Result {
        var value: Extended
        /// PE and C1.
        var flags: UInt16
        /// Whether there is a result at all.
        var isQuick: Bool
    }

    /// FSW's PE, and C1 behind an inexact result that was rounded away from zero.
    static let inexact: UInt16 = 1 << 5
    static let roundedUp: UInt16 = 1 << 9

    @inline(__always)
    static var none: Result { Result(value: .zero, flags: 0, isQuick: false) }

    /// A significand of 128 bits, its top bit set, with sign and exponent.
    @inline(__always)
    private static func rounded(_ sign: UInt16, _ exponent: Int32, _ high: UInt64, _ low: UInt64) -> Result {
        let isUp = low > Extended.integerBit &- (high & 1)
        let (sum, isCarry) = high.addingReportingOverflow(isUp ? 1 : 0)
        let value = Extended(
            signExponent: sign | UInt16(truncatingIfNeeded: exponent &+ (isCarry ? 1 : 0)),
            significand: sum | (isCarry ? Extended.integerBit : 0))
        let flags = (low == 0 ? 0 : inexact) | (isUp ? roundedUp : 0)
        return Result(value: value, flags: flags, isQuick: UInt32(bitPattern: exponent &- 1) < 0x7FFD)
    }

    /// `a + b`.
    @inline(__always)
    static func sum(_ a: Extended, _ b: Extended) -> Result {
        guard a.isNormal, b.isNormal else { return none }
        let isSwapped = a.exponent < b.exponent || a.exponent == b.exponent && a.significand < b.significand
        let large = isSwapped ? b : a
        let small = isSwapped ? a : b
        let distance = large.exponent &- small.exponent
        let count = UInt64(truncatingIfNeeded: distance) & 63
        let isNear = distance < 64
        let shifted = small.significand &>> count
        let aligned = isNear ? shifted : 0
        // What falls out, down to a trace of what is beyond 64 more places.
        let out = (small.significand &<< 1) &<< (63 &- count)
        let beyond = UInt64(truncatingIfNeeded: min(distance &- 64, 63)) & 63
        let trace: UInt64 = (small.significand &<< 1) &<< (63 &- beyond) == 0 ? 0 : 1
        let rest = isNear ? out : small.significand &>> beyond | trace
        guard large.sign != small.sign else {
            let (high, isCarry) = large.significand.addingReportingOverflow(aligned)
            guard isCarry else { return rounded(large.sign, large.exponent, high, rest) }
            let low = rest &>> 1 | rest & 1 | high &<< 63
            return rounded(large.sign, large.exponent &+ 1, high &>> 1 | Extended.integerBit, low)
        }
        let low = 0 &- rest
        let high = large.significand &- aligned &- (rest == 0 ? 0 : 1)
        guard high != 0 else { return none }
        let shift = UInt64(truncatingIfNeeded: high.leadingZeroBitCount)
        let filled = high &<< shift | (low &>> 1) &>> (63 &- shift)
        return rounded(large.sign, large.exponent &- Int32(truncatingIfNeeded: shift), filled, low &<< shift)
    }

    /// `a - b`.
    @inline(__always)
    static func difference(_ a: Extended, _ b: Extended) -> Result { sum(a, b.negated) }

    /// `a * b`.
    @inline(__always)
    static func product(_ a: Extended, _ b: Extended) -> Result {
        guard a.isNormal, b.isNormal else { return none }
        let (high, low) = a.significand.multipliedFullWidth(by: b.significand)
        let exponent = a.exponent &+ b.exponent &- Extended.bias
        let shift: UInt64 = (high &>> 63) ^ 1
        return rounded(
            a.sign ^ b.sign, exponent &+ 1 &- Int32(truncatingIfNeeded: shift),
            high &<< shift | (low &>> 63) & shift, low &<< shift)
    }

    /// A single or double in memory, if it is normal or zero.
    @inline(__always)
    static func load<Bits: SSEFormat>(_ bits: Bits) -> Result {
        let magnitude = bits.absolute
        let isSpecial = SSEArithmetic.isSpecial(magnitude).isNegative
        let sign = UInt16(truncatingIfNeeded: bits &>> Bits(truncatingIfNeeded: Bits.bitWidth &- 1)) &<< 15
        let exponent = Int32(truncatingIfNeeded: magnitude &>> Bits(truncatingIfNeeded: Bits.fractionBits))
        let fraction = UInt64(truncatingIfNeeded: magnitude) &<< UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let isZero = magnitude == 0
        let value = Extended(
            signExponent: sign
                | (isZero
                    ? 0
                    : UInt16(truncatingIfNeeded: exponent &+ Extended.bias &- Int32(truncatingIfNeeded: Bits.bias))),
            significand: isZero ? 0 : fraction | Extended.integerBit)
        return Result(value: value, flags: 0, isQuick: !isSpecial)
    }

    /// The bits of a single or double that a number is rounded to, if that is normal, or zero of zero.
    @inline(__always)
    static func store<Bits: SSEFormat>(_ value: Extended, _ type: Bits.Type) -> (
        bits: Bits, flags: UInt16, isQuick: Bool
    ) {
        let dropped = UInt64(truncatingIfNeeded: 63 &- Bits.fractionBits)
        let exponent = value.exponent &- Extended.bias &+ Int32(truncatingIfNeeded: Bits.bias)
        let kept = value.significand &>> dropped
        let rest = value.significand &<< (64 &- dropped)
        let isUp = rest > Extended.integerBit &- (kept & 1)
        // The integer bit adds one to the exponent, a carry another.
        let magnitude =
            UInt64(truncatingIfNeeded: exponent &- 1) &<< UInt64(truncatingIfNeeded: Bits.fractionBits)
            &+ kept &+ (isUp ? 1 : 0)
        let isZero = value.isZero
        let last = Int32(truncatingIfNeeded: Bits.bias) &* 2
        let isQuick = value.significand >= Extended.integerBit && exponent >= 1 && exponent < last || isZero
        let sign = Bits(truncatingIfNeeded: value.sign &>> 15) &<< Bits(truncatingIfNeeded: Bits.bitWidth &- 1)
        let flags = (rest == 0 ? 0 : inexact) | (isUp ? roundedUp : 0)
        return (sign | (isZero ? 0 : Bits(truncatingIfNeeded: magnitude)), flags, isQuick)
    }

    /// How two numbers that are normal or zero compare.
    @inline(__always)
    static func order(_ a: Extended, _ b: Extended) -> (isEqual: Bool, isLess: Bool, isQuick: Bool) {
        let isEqual = a == b || a.isZero && b.isZero
        let isBelow = a.exponent < b.exponent || a.exponent == b.exponent && a.significand < b.significand
        let isLess = a.sign != b.sign ? a.sign != 0 : (a.sign != 0) != isBelow && a != b
        return (isEqual, isLess && !isEqual, (a.isNormal || a.isZero) && (b.isNormal || b.isZero))
    }
}
