// The arctangent of a quotient: FPATAN.
extension X87Arithmetic {
    /// FPATAN: the angle of the point (x, y), -pi to pi; `y` is ST(1), `x` is ST(0).
    ///
    /// Special operands: SDM volume 2, FPATAN.
    mutating func arctangent(_ y: Extended, over x: Extended) -> Extended? {
        if !(y.isNormal && x.isNormal) {
            if case .decided(let result) = specialOperands(x, y) { return result }
            guard denormalsGoOn(x, y, denormalOperand: false) else { return nil }
            if y.isZero || x.isZero || y.isInfinity || x.isInfinity { return limitAngle(y, x) }
        }
        let ordinate = NormalizedNumber(y)
        let abscissa = NormalizedNumber(x)
        let difference = ordinate.exponent &- abscissa.exponent
        let isSteep = difference > 0 || (difference == 0 && ordinate.significand > abscissa.significand)
        if !isSteep && abscissa.sign == 0 && difference < -64 {
            return transcendentalResult(sign: y.sign, Self.tinyAngle(ordinate, abscissa))
        }
        let smaller = isSteep ? abscissa : ordinate
        let larger = isSteep ? ordinate : abscissa
        let angle = Self.octantAngle(smaller, larger)
        if !isSteep && abscissa.sign == 0 { return transcendentalResult(sign: y.sign, angle) }
        let units = angle.units(fractionBits: 126)
        let whole = isSteep ? TranscendentalTables.halfPi : TranscendentalTables.pi
        let isSum = isSteep && abscissa.sign != 0
        let sum = isSum ? whole &+ units : whole &- units
        return transcendentalResult(sign: y.sign, WideNumber(sum, fractionBits: 126))
    }

    /// The angle where an operand is zero or infinite: some quarters of pi, or zero.
    private mutating func limitAngle(_ y: Extended, _ x: Extended) -> Extended? {
        let quarter = TranscendentalTables.halfPi >> 1
        let isNegative = x.sign != 0
        var units: UInt128
        if y.isInfinity && x.isInfinity {
            units = isNegative ? TranscendentalTables.pi &- quarter : quarter
        } else if y.isZero || x.isInfinity {
            guard isNegative else { return .zero(sign: y.sign) }
            units = TranscendentalTables.pi
        } else {
            units = TranscendentalTables.halfPi
        }
        return transcendentalResult(sign: y.sign, WideNumber(units, fractionBits: 126))
    }

    /// The arctangent of a tiny quotient: a trace less than the quotient's first 68 bits.
    ///
    /// Measured on AMD's in directed modes, whose results have an error that numbers of 68 bits, a few more or less,
    /// explain. It is so below 2^-1000, and right above 2^-27; where it changes is not known.
    private static func tinyAngle(_ y: NormalizedNumber, _ x: NormalizedNumber) -> WideNumber {
        var quotient = WideNumber(y).divided(by: WideNumber(x))
        quotient.significand &= ~((1 &<< 60) &- 1)
        return quotient.traceBelow
    }

    /// The arctangent of a quotient of at most 1.
    ///
    /// It is that of the nearest multiple c of 1/32, which a table has, plus that of (q - c) / (1 + q c).
    private static func octantAngle(_ y: NormalizedNumber, _ x: NormalizedNumber) -> WideNumber {
        let shift = x.exponent &- y.exponent
        guard shift < 7 else { return smallArctangent(WideNumber(y).divided(by: WideNumber(x))) }
        let distance = UInt64(truncatingIfNeeded: shift)
        let ratio = (y.significand >> 26 & ~63) &>> distance / (x.significand >> 32)
        let index = (ratio &+ 1) >> 1
        guard index != 0 else { return smallArctangent(WideNumber(y).divided(by: WideNumber(x))) }
        // In units of y's last bit divided by 32, the numerator and the denominator have less than 78 bits.
        let multiple = UInt128(index)
        let scaledY = UInt128(y.significand) &<< 5
        let center = (multiple &* UInt128(x.significand)) &<< UInt128(distance)
        let denominator = UInt128(x.significand) &<< (5 &+ UInt128(distance)) &+ multiple &* UInt128(y.significand)
        let table = TranscendentalTables.arctangents[Int(truncatingIfNeeded: index)]
        guard scaledY != center else { return WideNumber(table, fractionBits: 128) }
        let isAbove = scaledY > center
        let numerator = isAbove ? scaledY &- center : center &- scaledY
        let quotient = WideNumber(numerator, fractionBits: 0).divided(by: WideNumber(denominator, fractionBits: 0))
        let rest = smallArctangent(quotient).units(fractionBits: 128)
        return WideNumber(isAbove ? table &+ rest : table &- rest, fractionBits: 128)
    }

    /// The arctangent of at most 1/64, always below the argument.
    private static func smallArctangent(_ tangent: WideNumber) -> WideNumber {
        let x = tangent.units(fractionBits: 128)
        let square = x.timesFraction(x)
        let sum = FractionSeries(
            head: TranscendentalTables.oddHead, tail: TranscendentalTables.oddTail, tailShift: 0
        ).value(at: square, alternating: true)
        return tangent.times(fraction: ~square.timesFraction(sum))
    }
}
