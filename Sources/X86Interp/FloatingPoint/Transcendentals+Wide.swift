/// A positive number with 128 significant bits, in which transcendental functions are computed.
struct WideNumber {
    /// The exponent of the top bit, not biased.
    var exponent: Int32
    /// Bit 127 is set.
    var significand: UInt128

    /// A number from its parts.
    @inline(__always)
    init(exponent: Int32, significand: UInt128) {
        self.exponent = exponent
        self.significand = significand
    }

    /// The magnitude of an operand.
    @inline(__always)
    init(_ number: NormalizedNumber) {
        exponent = number.exponent &- Extended.bias
        significand = UInt128(number.significand) &<< 64
    }

    /// A number of units of 2^-`fractionBits`, which is not 0.
    @inline(__always)
    init(_ units: UInt128, fractionBits: Int32) {
        let shift = Int32(truncatingIfNeeded: units.leadingZeroBitCount)
        exponent = 127 &- shift &- fractionBits
        significand = units &<< UInt128(truncatingIfNeeded: shift)
    }

    /// The number in units of 2^-`fractionBits`, without the rest; it must fit.
    @inline(__always)
    func units(fractionBits: Int32) -> UInt128 {
        let shift = 127 &- exponent &- fractionBits
        return shift > 127 ? 0 : significand &>> UInt128(truncatingIfNeeded: shift)
    }

    /// The product, short of the exact one by less than one unit of 128 bits.
    @inline(__always)
    func times(_ other: WideNumber) -> WideNumber {
        let product = significand.multipliedFullWidth(by: other.significand)
        let sum = exponent &+ other.exponent
        guard product.high >> 127 == 0 else { return WideNumber(exponent: sum &+ 1, significand: product.high) }
        return WideNumber(exponent: sum, significand: product.high &<< 1 | UInt128(product.low >> 127))
    }

    /// The product with a factor of at least one half in units of 2^-128.
    @inline(__always)
    func times(fraction: UInt128) -> WideNumber { times(WideNumber(exponent: -1, significand: fraction)) }

    /// The quotient, short of the exact one by less than one unit of 128 bits.
    func divided(by other: WideNumber) -> WideNumber {
        let isSmaller = significand < other.significand
        let quotient = Self.quotient(isSmaller ? significand : significand &>> 1, other.significand)
        return WideNumber(exponent: exponent &- other.exponent &- (isSmaller ? 1 : 0), significand: quotient)
    }

    /// 2^128 times a fraction below 1; the divisor has its top bit.
    private static func quotient(_ numerator: UInt128, _ divisor: UInt128) -> UInt128 {
        var rest = numerator
        let high = digit(&rest, divisor)
        let low = digit(&rest, divisor)
        return UInt128(high) &<< 64 | UInt128(low)
    }

    /// The next 64 bits of a quotient, estimated with the divisor's upper half and then corrected, and the rest.
    @inline(__always)
    private static func digit(_ rest: inout UInt128, _ divisor: UInt128) -> UInt64 {
        let upper = UInt64(truncatingIfNeeded: divisor >> 64)
        let lower = UInt64(truncatingIfNeeded: divisor)
        let restUpper = UInt64(truncatingIfNeeded: rest >> 64)
        var digit = UInt64.max
        if restUpper < upper {
            digit = upper.dividingFullWidth((restUpper, UInt64(truncatingIfNeeded: rest))).quotient
        }
        // What is left after subtracting digit * upper, and what digit * lower still takes from it.
        var left = rest &- UInt128(upper.multipliedFullWidth(by: digit))
        var taken = UInt128(lower.multipliedFullWidth(by: digit))
        while left >> 64 == 0 && left &<< 64 < taken {
            digit &-= 1
            left &+= UInt128(upper)
            taken &-= UInt128(lower)
        }
        rest = left &<< 64 &- taken
        return digit
    }
}

extension UInt128 {
    /// A 128-bit number from the two halves of a product.
    @inline(__always)
    fileprivate init(_ halves: (high: UInt64, low: UInt64)) {
        self = UInt128(halves.high) &<< 64 | UInt128(halves.low)
    }

    /// The upper half of a product: the product of two fractions in units of 2^-128.
    @inline(__always)
    func timesFraction(_ other: UInt128) -> UInt128 { multipliedFullWidth(by: other).high }
}

/// A power series, its first coefficients with 128 bits and the rest, which count for less, with 64.
struct FractionSeries {
    /// The first coefficients, in units of 2^-128.
    let head: [UInt128]
    /// The coefficients that follow, in units of 2^-64 and smaller by `tailShift` bits.
    let tail: [UInt64]
    /// How much finer the unit of the tail is.
    let tailShift: UInt128

    /// head[0] ± head[1] x + head[2] x² ± ..., in units of 2^-128.
    ///
    /// Coefficients fall so fast that no sum on the way is negative, or 1 and more.
    @inline(__always)
    func value(at x: UInt128, alternating: Bool) -> UInt128 {
        let upper = UInt64(truncatingIfNeeded: x >> 64)
        var short: UInt64 = 0
        for coefficient in tail.reversed() {
            let product = upper.multipliedFullWidth(by: short).high
            short = alternating ? coefficient &- product : coefficient &+ product
        }
        var sum = UInt128(short) &<< (64 &- tailShift)
        for coefficient in head.reversed() {
            let product = x.timesFraction(sum)
            sum = alternating ? coefficient &- product : coefficient &+ product
        }
        return sum
    }
}

// How results leave.
extension X87Arithmetic {
    /// Rounds an infinite binary fraction that begins with a number's bits to 64 bits; FCW.PC plays no part.
    ///
    /// Results are inexact even if, as for the logarithms of powers of two, they happen to be exact (measured).
    mutating func transcendentalResult(sign: UInt16, _ number: WideNumber, isExact: Bool = false) -> Extended? {
        let exponent = number.exponent &+ Extended.bias
        let high = UInt64(truncatingIfNeeded: number.significand >> 64)
        let low = UInt64(truncatingIfNeeded: number.significand) | (isExact ? 0 : 1)
        guard exponent > 0 && exponent < 0x7FFE else {
            let result = extremeResult(sign: sign, exponent: exponent, high, low, dropped: 0)
            if let result, masked.contains(.underflow), result.isDenormal { raised.formUnion(.underflow) }
            raised.formUnion(.inexact)
            return result
        }
        let result = rounded(high, low, sign: sign, dropped: 0)
        raised.formUnion(.inexact)
        roundedUp = result.isUp
        return Extended(
            signExponent: sign | UInt16(truncatingIfNeeded: exponent &+ result.carry), significand: result.bits)
    }
}
