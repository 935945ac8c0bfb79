// Addition and subtraction. The operand of a memory form comes widened, see `widened(single:)`: it says itself if it was
// a denormal, which an `Extended` no longer shows.
extension X87Arithmetic {
    /// The sum.
    @inline(__always)
    mutating func add(_ a: Extended, _ b: Extended, denormalOperand: Bool = false) -> Extended? {
        guard a.isNormal, b.isNormal, !denormalOperand else {
            return specialSum(a, b, flip: 0, denormalOperand: denormalOperand)
        }
        return sum(NormalizedNumber(normal: a), NormalizedNumber(normal: b))
    }

    /// The difference `a - b`.
    @inline(__always)
    mutating func subtract(_ a: Extended, _ b: Extended, denormalOperand: Bool = false) -> Extended? {
        guard a.isNormal, b.isNormal, !denormalOperand else {
            return specialSum(a, b, flip: 0x8000, denormalOperand: denormalOperand)
        }
        return sum(NormalizedNumber(normal: a), NormalizedNumber(normal: b.negated))
    }

    @inline(__always)
    private mutating func sum(_ a: NormalizedNumber, _ b: NormalizedNumber) -> Extended? {
        let isSwapped = a.exponent < b.exponent || a.exponent == b.exponent && a.significand < b.significand
        let large = isSwapped ? b : a
        let small = isSwapped ? a : b
        let aligned = shiftedRight(small.significand, 0, by: large.exponent &- small.exponent)
        guard large.sign != small.sign else {
            let (high, isCarry) = large.significand.addingReportingOverflow(aligned.high)
            guard isCarry else { return result(sign: large.sign, exponent: large.exponent, high, aligned.low) }
            let low = aligned.low &>> 1 | aligned.low & 1 | high &<< 63
            return result(
                sign: large.sign, exponent: large.exponent &+ 1, high &>> 1 | Extended.integerBit, low)
        }
        let low = 0 &- aligned.low
        let high = large.significand &- aligned.high &- (aligned.low == 0 ? 0 : 1)
        if high >= Extended.integerBit { return result(sign: large.sign, exponent: large.exponent, high, low) }
        return cancelled(large, high, low)
    }

    /// The difference after leading bits have vanished.
    @inline(__always)
    private mutating func cancelled(_ large: NormalizedNumber, _ high: UInt64, _ low: UInt64) -> Extended? {
        guard high != 0 else {
            guard low != 0 else { return .zero(sign: rounding == .down ? 0x8000 : 0) }
            let shift = low.leadingZeroBitCount
            return result(
                sign: large.sign, exponent: large.exponent &- 64 &- Int32(truncatingIfNeeded: shift), low &<< shift, 0)
        }
        let shift = UInt64(truncatingIfNeeded: high.leadingZeroBitCount)
        return result(
            sign: large.sign, exponent: large.exponent &- Int32(truncatingIfNeeded: shift),
            high &<< shift | low &>> (64 &- shift), low &<< shift)
    }

    @inline(never)
    private mutating func specialSum(
        _ a: Extended, _ b: Extended, flip: UInt16, denormalOperand: Bool
    ) -> Extended? {
        if case .decided(let result) = specialOperands(a, b) { return result }
        let signB = b.sign ^ flip
        if a.isInfinity && b.isInfinity && (a.sign != signB || !affineInfinity) { return invalidResult() }
        guard denormalsGoOn(a, b, denormalOperand: denormalOperand) else { return nil }
        if a.isInfinity { return a }
        if b.isInfinity { return .infinity(sign: signB) }
        if a.isZero && b.isZero {
            return .zero(sign: a.sign == signB ? a.sign : rounding == .down ? 0x8000 : 0)
        }
        if a.isZero || b.isZero {
            let number = NormalizedNumber(a.isZero ? b : a)
            return result(
                sign: a.isZero ? signB : a.sign, exponent: number.exponent, number.significand, 0)
        }
        var addend = NormalizedNumber(b)
        addend.sign = signB
        return sum(NormalizedNumber(a), addend)
    }
}
