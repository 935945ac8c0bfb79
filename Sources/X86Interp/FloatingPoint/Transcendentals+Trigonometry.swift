/// What FSIN, FCOS, FSINCOS and FPTAN do to the stack.
enum TrigonometricResult: Sendable, Hashable {
    /// ST(0) becomes this number.
    case value(Extended)
    /// ST(0) becomes the first number; then the second is pushed.
    case pair(Extended, pushed: Extended)
    /// The operand is 2^63 or larger: it stays, and C2 is set.
    case outOfRange
    /// An unmasked exception: the operand stays.
    case withheld
}

/// A positive angle as a multiple of pi / 2 plus or minus a rest of at most pi / 4, which is never 0.
private struct ReducedAngle {
    /// The multiple, modulo 4.
    var quadrant: UInt64
    /// The rest is to be subtracted.
    var isRestNegative: Bool
    /// The magnitude of the rest.
    var rest: WideNumber

    /// Reduces an angle below 2^63.
    ///
    /// The x87 takes pi as a number of 66 bits (SDM volume 1, 8.3.8), so the rest of the division is exact. AMD's does
    /// the same for every angle above pi / 4, however small (measured).
    init(_ angle: NormalizedNumber) {
        let halfPi = TranscendentalTables.reductionPi
        let exponent = angle.exponent &- Extended.bias
        let isBelow = exponent < -1 || (exponent == -1 && angle.significand <= UInt64(truncatingIfNeeded: halfPi >> 2))
        guard !isBelow else {
            quadrant = 0
            isRestNegative = false
            rest = WideNumber(angle)
            return
        }
        // In units of 2^-65 the angle has at most 128 bits, and pi / 2 is an odd number of 66 bits.
        let units = UInt128(angle.significand) &<< UInt128(truncatingIfNeeded: exponent &+ 2)
        let divisor = UInt64(truncatingIfNeeded: halfPi >> 2)
        let upper = units >> 2
        let halves = (high: UInt64(truncatingIfNeeded: upper >> 64), low: UInt64(truncatingIfNeeded: upper))
        quadrant = divisor.dividingFullWidth(halves).quotient
        var left = units &- halfPi &* UInt128(quadrant)
        // The divisor was rounded down, so that the quotient may be too large by 1.
        if left >> 127 != 0 {
            quadrant &-= 1
            left &+= halfPi
        }
        isRestNegative = left &<< 1 > halfPi
        if isRestNegative {
            quadrant &+= 1
            left = halfPi &- left
        }
        rest = WideNumber(left, fractionBits: 65)
    }
}

// Sine, cosine and tangent.
extension X87Arithmetic {
    /// FSIN.
    mutating func sine(_ angle: Extended) -> TrigonometricResult {
        if let decided = specialAngle(angle, atZero: .value(angle), ofNaN: { .value($0) }) { return decided }
        let number = NormalizedNumber(angle)
        let reduced = ReducedAngle(number)
        return Self.delivered(sine(reduced, sign: number.sign))
    }

    /// FCOS.
    mutating func cosine(_ angle: Extended) -> TrigonometricResult {
        if let decided = specialAngle(angle, atZero: .value(.one), ofNaN: { .value($0) }) { return decided }
        return Self.delivered(cosine(ReducedAngle(NormalizedNumber(angle))))
    }

    /// FSINCOS: ST(0) becomes the sine, and the cosine is pushed.
    ///
    /// C1 tells how the sine was rounded (measured on AMD's; on Intel's it is the cosine).
    mutating func sineAndCosine(_ angle: Extended) -> TrigonometricResult {
        let both: (Extended) -> TrigonometricResult = { .pair($0, pushed: $0) }
        if let decided = specialAngle(angle, atZero: .pair(angle, pushed: .one), ofNaN: both) { return decided }
        let number = NormalizedNumber(angle)
        let reduced = ReducedAngle(number)
        guard let cosine = cosine(reduced), let sine = sine(reduced, sign: number.sign) else { return .withheld }
        return .pair(sine, pushed: cosine)
    }

    /// FPTAN: ST(0) becomes the tangent, and 1 is pushed.
    mutating func tangent(_ angle: Extended) -> TrigonometricResult {
        let both: (Extended) -> TrigonometricResult = { .pair($0, pushed: $0) }
        if let decided = specialAngle(angle, atZero: .pair(angle, pushed: .one), ofNaN: both) { return decided }
        let number = NormalizedNumber(angle)
        guard let tangent = tangent(number) else { return .withheld }
        return .pair(tangent, pushed: .one)
    }

    /// What angles other than numbers within the range give; nil for those that have to be computed.
    @inline(__always)
    private mutating func specialAngle(
        _ angle: Extended, atZero: TrigonometricResult, ofNaN: (Extended) -> TrigonometricResult
    ) -> TrigonometricResult? {
        if angle.isNormal {
            return angle.exponent >= Extended.bias &+ 63 ? .outOfRange : nil
        }
        if angle.isZero { return atZero }
        if angle.isDenormal { return goesOn(after: .denormal) ? nil : .withheld }
        var result: Extended?
        if angle.isInfinity {
            result = invalidResult()
        } else if case .decided(let decided) = specialOperand(angle) {
            result = decided
        }
        return result.map(ofNaN) ?? .withheld
    }

    /// One number as a result.
    private static func delivered(_ result: Extended?) -> TrigonometricResult {
        result.map { .value($0) } ?? .withheld
    }

    /// The rounded sine.
    private mutating func sine(_ angle: ReducedAngle, sign: UInt16) -> Extended? {
        let isOdd = angle.quadrant & 1 != 0
        var isNegative = angle.quadrant & 2 != 0
        if !isOdd && angle.isRestNegative { isNegative.toggle() }
        let magnitude = isOdd ? Self.cosine(angle.rest) : Self.sine(angle.rest)
        return transcendentalResult(sign: sign ^ (isNegative ? 0x8000 : 0), magnitude)
    }

    /// The rounded cosine.
    private mutating func cosine(_ angle: ReducedAngle) -> Extended? {
        let isOdd = angle.quadrant & 1 != 0
        var isNegative = (angle.quadrant &+ 1) & 2 != 0
        if isOdd && angle.isRestNegative { isNegative.toggle() }
        let magnitude = isOdd ? Self.sine(angle.rest) : Self.cosine(angle.rest)
        return transcendentalResult(sign: isNegative ? 0x8000 : 0, magnitude)
    }

    /// The rounded tangent.
    ///
    /// For tiny angles it is taken a trace below the angle, as the sine is, and not above, as would be right. So it is
    /// on AMD's below 2^-100, and right above 2^-19 (measured in directed modes); where it changes is not known. Of the
    /// smallest normal number the tangent is that number: below it there would be an underflow that the tangent has not
    /// (measured on Intel's).
    private mutating func tangent(_ angle: NormalizedNumber) -> Extended? {
        if angle.exponent == 1, angle.significand == 1 << 63 {
            return transcendentalResult(sign: angle.sign, WideNumber(angle), isExact: true)
        }
        if angle.exponent < Extended.bias &- 60 {
            return transcendentalResult(sign: angle.sign, WideNumber(angle).traceBelow)
        }
        let reduced = ReducedAngle(angle)
        let isOdd = reduced.quadrant & 1 != 0
        var magnitude = reduced.rest
        // The tangent of what is nearly a multiple of pi is a trace above the rest, which rounding adds.
        if isOdd || magnitude.exponent >= -60 {
            let sine = Self.sine(reduced.rest)
            let cosine = Self.cosine(reduced.rest)
            magnitude = isOdd ? cosine.divided(by: sine) : sine.divided(by: cosine)
        }
        let isNegative = isOdd != reduced.isRestNegative
        return transcendentalResult(sign: angle.sign ^ (isNegative ? 0x8000 : 0), magnitude)
    }

    /// The sine of at most pi / 4, always below the angle.
    private static func sine(_ angle: WideNumber) -> WideNumber {
        let x = angle.units(fractionBits: 128)
        let square = x.timesFraction(x)
        let sum = FractionSeries(
            head: TranscendentalTables.sineHead, tail: TranscendentalTables.sineTail, tailShift: 40
        ).value(at: square, alternating: true)
        return angle.times(fraction: ~square.timesFraction(sum))
    }

    /// The cosine of at most pi / 4, always below 1.
    private static func cosine(_ angle: WideNumber) -> WideNumber {
        let x = angle.units(fractionBits: 128)
        let square = x.timesFraction(x)
        let sum = FractionSeries(
            head: TranscendentalTables.cosineHead, tail: TranscendentalTables.cosineTail, tailShift: 36
        ).value(at: square, alternating: true)
        return WideNumber(exponent: -1, significand: ~square.timesFraction(sum))
    }
}

extension WideNumber {
    /// The number less the smallest amount.
    var traceBelow: WideNumber {
        guard significand << 1 == 0 else { return WideNumber(exponent: exponent, significand: significand &- 1) }
        return WideNumber(exponent: exponent &- 1, significand: .max)
    }
}
