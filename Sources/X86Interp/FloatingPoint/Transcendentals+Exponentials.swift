// Powers and logarithms of base 2: F2XM1, FYL2X and FYL2XP1.
extension X87Arithmetic {
    /// F2XM1: 2^x - 1 for x from -1 to 1; other numbers are results themselves, inexact (measured).
    mutating func powerOfTwoLessOne(_ x: Extended) -> Extended? {
        if !x.isNormal {
            if case .decided(let result) = specialOperand(x) { return result }
            if x.isZero { return x }
            if x.isInfinity { return x.sign == 0 ? x : Extended.one.negated }
            guard goesOn(after: .denormal) else { return nil }
        }
        let number = NormalizedNumber(x)
        let exponent = number.exponent &- Extended.bias
        guard exponent < 0 else {
            raised.formUnion(.inexact)
            let isMinusOne = x == Extended.one.negated
            return isMinusOne ? Extended(signExponent: 0xBFFE, significand: Extended.integerBit) : x
        }
        return transcendentalResult(sign: number.sign, Self.powerOfTwoLessOne(number))
    }

    /// The magnitude of 2^x - 1 for a number between -1 and 1.
    ///
    /// With x = i / 32 + d it is (2^(i/32) - 1) + 2^(i/32) (2^d - 1), where the powers come from a table.
    private static func powerOfTwoLessOne(_ x: NormalizedNumber) -> WideNumber {
        let number = WideNumber(x)
        let logarithm = TranscendentalTables.naturalLogOf2
        let units = number.units(fractionBits: 128)
        let index = (units >> 122 &+ 1) >> 1
        guard index != 0 else {
            let product = number.times(fraction: logarithm)
            let quotient = exponentialQuotient(product.units(fractionBits: 128), isNegative: x.sign != 0)
            return product.times(WideNumber(quotient, fractionBits: 127))
        }
        let difference = units &- index &<< 123
        let isBelow = difference >> 127 != 0
        let distance = (isBelow ? 0 &- difference : difference).timesFraction(logarithm)
        let quotient = exponentialQuotient(distance, isNegative: isBelow != (x.sign != 0))
        let change = distance.timesFraction(quotient) &<< 1
        let one: UInt128 = 1 &<< 127
        if x.sign == 0 {
            let power = index == 32 ? 0 : TranscendentalTables.powersOfTwo[Int(truncatingIfNeeded: index)]
            let part = index == 32 ? change : power.timesFraction(change)
            // 2 is out of the table's range: with 0 in its stead the subtraction wraps to 1.
            let base = power &- one
            return WideNumber(isBelow ? base &- part : base &+ part, fractionBits: 127)
        }
        let power = TranscendentalTables.powersOfTwo[Int(truncatingIfNeeded: 32 &- index)]
        let part = power.timesFraction(change) >> 1
        let base = one &- power >> 1
        return WideNumber(isBelow ? base &- part : base &+ part, fractionBits: 127)
    }

    /// (e^x - 1) / x in units of 2^-127, for x of at most ln 2 / 64 in magnitude, in units of 2^-128.
    private static func exponentialQuotient(_ magnitude: UInt128, isNegative: Bool) -> UInt128 {
        let series = FractionSeries(
            head: TranscendentalTables.exponentialHead, tail: TranscendentalTables.exponentialTail, tailShift: 12)
        let one: UInt128 = 1 &<< 127
        if isNegative {
            return one &- magnitude.timesFraction(series.value(at: magnitude, alternating: true)) >> 1
        }
        return one &+ magnitude.timesFraction(series.value(at: magnitude, alternating: false)) >> 1
    }

    /// FYL2X: `factor` (ST(1)) times the binary logarithm of `x` (ST(0)).
    ///
    /// Special operands: SDM volume 2, FYL2X.
    mutating func logarithm(of x: Extended, times factor: Extended) -> Extended? {
        if !(x.isNormal && factor.isNormal && x.sign == 0) {
            if case .decided(let result) = specialOperands(x, factor) { return result }
            if x.isZero {
                if factor.isZero { return invalidResult() }
                if !factor.isInfinity {
                    guard goesOn(after: .zeroDivide) else { return nil }
                }
                return .infinity(sign: factor.sign ^ 0x8000)
            }
            let isInvalid =
                x.sign != 0 || (x.isInfinity && factor.isZero) || (x == .one && factor.isInfinity)
            if isInvalid { return invalidResult() }
            guard denormalsGoOn(x, factor, denormalOperand: false) else { return nil }
            let isBelowOne = x.exponent < Extended.bias
            if x.isInfinity || factor.isInfinity {
                return .infinity(sign: factor.sign ^ (isBelowOne ? 0x8000 : 0))
            }
            if factor.isZero { return .zero(sign: factor.sign ^ (isBelowOne ? 0x8000 : 0)) }
        }
        guard x != .one else { return .zero(sign: factor.sign) }
        let number = NormalizedNumber(x)
        let logarithm = BinaryLogarithm(
            UInt128(number.significand) &<< 64, exponent: number.exponent &- Extended.bias)
        return product(logarithm, factor)
    }

    /// FYL2XP1: `factor` (ST(1)) times the binary logarithm of `x` (ST(0)) plus 1.
    ///
    /// `x` may be any number above -1; below, it is the result itself, inexact (measured, as is minus infinity being
    /// invalid). Other special operands: SDM volume 2, FYL2XP1.
    mutating func logarithmPlusOne(of x: Extended, times factor: Extended) -> Extended? {
        if !(x.isNormal && factor.isNormal) {
            if case .decided(let result) = specialOperands(x, factor) { return result }
            let isInvalid =
                (x.isZero && factor.isInfinity) || (x.isInfinity && (factor.isZero || x.sign != 0))
            if isInvalid { return invalidResult() }
            guard denormalsGoOn(x, factor, denormalOperand: false) else { return nil }
            if x.isInfinity || factor.isInfinity { return .infinity(sign: x.sign ^ factor.sign) }
            if x.isZero || factor.isZero { return .zero(sign: x.sign ^ factor.sign) }
        }
        guard x.sign == 0 || x.exponent < Extended.bias else {
            raised.formUnion(.inexact)
            return x
        }
        return product(BinaryLogarithm(onePlus: NormalizedNumber(x)), factor)
    }

    /// A logarithm times a number, rounded.
    private mutating func product(_ logarithm: BinaryLogarithm, _ factor: Extended) -> Extended? {
        let number = NormalizedNumber(factor)
        let sign = number.sign ^ (logarithm.isNegative ? 0x8000 : 0)
        let product = logarithm.magnitude.times(WideNumber(number))
        return transcendentalResult(sign: sign, product, isExact: logarithm.isExact)
    }
}
