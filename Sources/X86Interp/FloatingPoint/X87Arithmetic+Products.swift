// Multiplication, division and the square root.
extension X87Arithmetic {
    /// The product.
    @inline(__always)
    mutating func multiply(_ a: Extended, _ b: Extended, denormalOperand: Bool = false) -> Extended? {
        guard a.isNormal, b.isNormal, !denormalOperand else {
            return specialProduct(a, b, denormalOperand: denormalOperand)
        }
        return product(NormalizedNumber(normal: a), NormalizedNumber(normal: b))
    }

    /// The quotient `a / b`.
    @inline(__always)
    mutating func divide(_ a: Extended, by b: Extended, denormalOperand: Bool = false) -> Extended? {
        guard a.isNormal, b.isNormal, !denormalOperand else {
            return specialQuotient(a, b, denormalOperand: denormalOperand)
        }
        return quotient(NormalizedNumber(normal: a), NormalizedNumber(normal: b))
    }

    /// The square root.
    @inline(__always)
    mutating func squareRoot(_ a: Extended) -> Extended? {
        guard a.isNormal, a.sign == 0 else { return specialRoot(a) }
        return root(NormalizedNumber(normal: a))
    }

    @inline(__always)
    private mutating func product(_ a: NormalizedNumber, _ b: NormalizedNumber) -> Extended? {
        let (high, low) = a.significand.multipliedFullWidth(by: b.significand)
        let exponent = a.exponent &+ b.exponent &- Extended.bias
        if high >= Extended.integerBit { return result(sign: a.sign ^ b.sign, exponent: exponent &+ 1, high, low) }
        return result(sign: a.sign ^ b.sign, exponent: exponent, high &<< 1 | low &>> 63, low &<< 1)
    }

    @inline(__always)
    private mutating func quotient(_ a: NormalizedNumber, _ b: NormalizedNumber) -> Extended? {
        // The dividend's upper half has to be below the divisor: then the quotient has 64 bits, the top one set.
        let isLess = a.significand < b.significand
        let exponent = a.exponent &- b.exponent &+ Extended.bias &- (isLess ? 1 : 0)
        let dividend = isLess ? (a.significand, 0) : (a.significand &>> 1, a.significand &<< 63)
        let (digits, remainder) = b.significand.dividingFullWidth(dividend)
        // One more bit, and a trace of the others: the remainder is compared with half the divisor.
        let half = b.significand &- remainder
        let rest: UInt64 = remainder == 0 ? 0 : remainder >= half ? (remainder == half ? 2 : 3) : 1
        return result(sign: a.sign ^ b.sign, exponent: exponent, digits, rest &<< 62)
    }

    @inline(__always)
    private mutating func root(_ a: NormalizedNumber) -> Extended? {
        // An even power of two is taken out, so that the radicand has 127 or 128 bits and its root 64.
        let isOdd = (a.exponent ^ Extended.bias) & 1 != 0
        let (high, low) = isOdd ? (a.significand, 0) : (a.significand &>> 1, a.significand &<< 63)
        let (digits, rest) = IntegerRoot.root(high, low)
        let exponent = (a.exponent &- Extended.bias &- (isOdd ? 1 : 0)) / 2 &+ Extended.bias
        return result(sign: 0, exponent: exponent, digits, rest &<< 62)
    }

    @inline(never)
    private mutating func specialProduct(_ a: Extended, _ b: Extended, denormalOperand: Bool) -> Extended? {
        if case .decided(let result) = specialOperands(a, b) { return result }
        if a.isInfinity && b.isZero || a.isZero && b.isInfinity { return invalidResult() }
        guard denormalsGoOn(a, b, denormalOperand: denormalOperand) else { return nil }
        let sign = a.sign ^ b.sign
        if a.isInfinity || b.isInfinity { return .infinity(sign: sign) }
        if a.isZero || b.isZero { return .zero(sign: sign) }
        return product(NormalizedNumber(a), NormalizedNumber(b))
    }

    @inline(never)
    private mutating func specialQuotient(_ a: Extended, _ b: Extended, denormalOperand: Bool) -> Extended? {
        if case .decided(let result) = specialOperands(a, b) { return result }
        if a.isInfinity && b.isInfinity || a.isZero && b.isZero { return invalidResult() }
        let sign = a.sign ^ b.sign
        if b.isZero && !a.isInfinity { return goesOn(after: .zeroDivide) ? .infinity(sign: sign) : nil }
        guard denormalsGoOn(a, b, denormalOperand: denormalOperand) else { return nil }
        if a.isInfinity { return .infinity(sign: sign) }
        if a.isZero || b.isInfinity { return .zero(sign: sign) }
        return quotient(NormalizedNumber(a), NormalizedNumber(b))
    }

    @inline(never)
    private mutating func specialRoot(_ a: Extended) -> Extended? {
        if case .decided(let result) = specialOperand(a) { return result }
        if a.isZero { return a }
        if a.sign != 0 || a.isInfinity && !affineInfinity { return invalidResult() }
        if a.isInfinity { return a }
        guard denormalsGoOn(a, a, denormalOperand: false) else { return nil }
        return root(NormalizedNumber(a))
    }
}

/// Square roots of 128-bit integers.
enum IntegerRoot {
    /// The root of an integer of 127 or 128 bits, rounded down, and what is left: 0 if nothing, 1 if less than one half,
    /// 3 if more.
    ///
    /// The host's root of a Double gives 52 bits of it, one step of Newton's method the others; the remainder then
    /// corrects the last unit, so that the end does not depend on how the host rounds.
    @inline(__always)
    static func root(_ high: UInt64, _ low: UInt64) -> (digits: UInt64, rest: UInt64) {
        let approximation = (Double(Int64(bitPattern: high &>> 1)) * 2).squareRoot()
        return root(high, low, guess: approximation, inverse: 1 / approximation)
    }

    /// The same by a guess that is right to about 50 bits, of the root of the upper half, and one by it.
    @inline(__always)
    static func root(
        _ high: UInt64, _ low: UInt64, guess: Double, inverse: Double
    ) -> (digits: UInt64, rest: UInt64) {
        var digits = UInt64(bitPattern: Int64(min(guess * 0x1p31, 0x1.fffffffffffffp62))) &<< 1
        let error = remainder(high, low, digits)
        let step = Double(Int64(truncatingIfNeeded: error &>> 32)) * 0.5 * inverse
        // The step is below 2^15; moved into the positive, it is rounded down.
        digits &+= UInt64(bitPattern: Int64(step + 0x1p20)) &- 0x10_0000
        var left = remainder(high, low, digits)
        while left < 0 {
            digits &-= 1
            left &+= Int128(digits) &<< 1 &+ 1
        }
        while left > Int128(digits) &<< 1 {
            left &-= Int128(digits) &<< 1 &+ 1
            digits &+= 1
        }
        return (digits, left == 0 ? 0 : left > Int128(digits) ? 3 : 1)
    }

    /// The radicand less the square of an approximation.
    @inline(__always)
    private static func remainder(_ high: UInt64, _ low: UInt64, _ digits: UInt64) -> Int128 {
        let square = digits.multipliedFullWidth(by: digits)
        let (difference, isBorrow) = low.subtractingReportingOverflow(square.low)
        let upper = Int64(bitPattern: high &- square.high &- (isBorrow ? 1 : 0))
        return Int128(upper) &<< 64 | Int128(difference)
    }
}
