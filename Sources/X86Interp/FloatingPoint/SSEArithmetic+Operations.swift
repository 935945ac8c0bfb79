// The operations in integers, for all operands, rounding modes and masks. What is common and rounded to nearest is
// done by the host, in SSEArithmetic+Scalar.swift, with the same results.

extension SSEArithmetic {
    /// The sum, or the difference, of any operands.
    @inline(never) mutating func exactSum<Bits: SSEFormat>(_ a: Bits, _ b: Bits, subtracting: Bool) -> Bits {
        if let nan = nan(a, b) { return nan }
        var denormal = false
        let x = operand(a, denormal: &denormal)
        let y = operand(b, denormal: &denormal) ^ (subtracting ? Bits.signBit : 0)
        if x.absolute == Bits.infinity && y.absolute == Bits.infinity && x != y { return invalid() }
        if denormal { raise(.denormal) }
        if x.absolute == Bits.infinity { return x }
        if y.absolute == Bits.infinity { return y }
        if x.absolute == 0 && y.absolute == 0 { return x == y ? x : zeroOfDifference() }
        if x.absolute == 0 { return pack(parts(y)) }
        if y.absolute == 0 { return pack(parts(x)) }
        guard x.absolute >= y.absolute else { return sum(parts(y), parts(x)) }
        return sum(parts(x), parts(y))
    }

    /// The zero that a difference of equals gives (SDM volume 1, 4.8.3.1 by way of IEEE 754).
    @inline(__always) private func zeroOfDifference<Bits: SSEFormat>() -> Bits {
        rounding == .down ? Bits.signBit : 0
    }

    /// The sum of numbers of which the first is not the smaller one in magnitude.
    private mutating func sum<Bits: SSEFormat>(_ large: SSEParts, _ small: SSEParts) -> Bits {
        var result = large
        let addend = small.significand.shiftedRightSticky(by: large.exponent &- small.exponent)
        if large.isNegative == small.isNegative {
            let (sum, carries) = large.significand.addingReportingOverflow(addend)
            result.significand = carries ? sum.shiftedRightSticky(by: 1) | 1 &<< 63 : sum
            result.exponent = carries ? large.exponent &+ 1 : large.exponent
            return pack(result)
        }
        let difference = large.significand &- addend
        guard difference != 0 else { return zeroOfDifference() }
        let shift = difference.leadingZeroBitCount
        result.significand = difference &<< UInt64(truncatingIfNeeded: shift)
        result.exponent = large.exponent &- shift
        return pack(result)
    }

    /// The product of any operands.
    @inline(never) mutating func exactProduct<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        if let nan = nan(a, b) { return nan }
        var denormal = false
        let x = operand(a, denormal: &denormal)
        let y = operand(b, denormal: &denormal)
        let sign = (x ^ y) & Bits.signBit
        let isZero = x.absolute == 0 || y.absolute == 0
        let isInfinite = x.absolute == Bits.infinity || y.absolute == Bits.infinity
        if isZero && isInfinite { return invalid() }
        if denormal { raise(.denormal) }
        if isZero { return sign }
        if isInfinite { return sign | Bits.infinity }
        let left = parts(x)
        let right = parts(y)
        var (high, low) = left.significand.multipliedFullWidth(by: right.significand)
        var exponent = left.exponent &+ right.exponent &+ 1
        if high &>> 63 == 0 {
            high = high &<< 1 | low &>> 63
            low = low &<< 1
            exponent = exponent &- 1
        }
        return pack(SSEParts(isNegative: sign != 0, exponent: exponent, significand: high | (low == 0 ? 0 : 1)))
    }

    /// The quotient of any operands.
    @inline(never) mutating func exactQuotient<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        if let nan = nan(a, b) { return nan }
        var denormal = false
        let x = operand(a, denormal: &denormal)
        let y = operand(b, denormal: &denormal)
        let sign = (x ^ y) & Bits.signBit
        if x.absolute == Bits.infinity {
            if y.absolute == Bits.infinity { return invalid() }
            if denormal { raise(.denormal) }
            return sign | Bits.infinity
        }
        if y.absolute == 0 {
            if x.absolute == 0 { return invalid() }
            raise(.zeroDivide)
            return sign | Bits.infinity
        }
        if denormal { raise(.denormal) }
        if x.absolute == 0 || y.absolute == Bits.infinity { return sign }
        let left = parts(x)
        let right = parts(y)
        let isBelow = left.significand < right.significand
        // The quotient is made to have 64 bits; the dividend's upper half is below the divisor.
        let (quotient, remainder) = right.significand.dividingFullWidth(
            isBelow ? (left.significand, 0) : (left.significand &>> 1, left.significand &<< 63))
        let exponent = left.exponent &- right.exponent &- (isBelow ? 1 : 0)
        return pack(
            SSEParts(isNegative: sign != 0, exponent: exponent, significand: quotient | (remainder == 0 ? 0 : 1)))
    }

    /// The square root of any operand.
    @inline(never) mutating func exactRoot<Bits: SSEFormat>(_ a: Bits) -> Bits {
        if let nan = nan(a, a) { return nan }
        var denormal = false
        let x = operand(a, denormal: &denormal)
        if x.absolute == 0 { return x }
        if x.isNegative { return invalid() }
        if denormal { raise(.denormal) }
        if x == Bits.infinity { return x }
        let square = parts(x)
        let isOdd = square.exponent & 1 != 0
        // 124 bits at most, so that the root has 62 and is above the upper half. At least 8 bits of the operand are
        // zero.
        let high = square.significand &>> (isOdd ? 4 : 5)
        let low = square.significand &<< (isOdd ? 60 : 59)
        let (root, isExact) = squareRoot(high, low)
        return pack(
            SSEParts(isNegative: false, exponent: square.exponent &>> 1, significand: root &<< 2 | (isExact ? 0 : 1)))
    }

    /// The root of a square of 123 or 124 bits, rounded down, and whether it is exact.
    ///
    /// The host's estimate is good to 50 bits, a step of Newton's to all but the last; then the remainder decides.
    private func squareRoot(_ high: UInt64, _ low: UInt64) -> (root: UInt64, isExact: Bool) {
        let estimate = UInt64(Double(high).squareRoot() * 0x1p32)
        let quotient = estimate.dividingFullWidth((high, low)).quotient
        var root = (estimate &+ quotient) &>> 1
        var remainder = Int64(truncatingIfNeeded: low &- root &* root)
        while remainder < 0 {
            root &-= 1
            remainder &+= Int64(truncatingIfNeeded: root &* 2 &+ 1)
        }
        while remainder > Int64(truncatingIfNeeded: root &* 2) {
            remainder &-= Int64(truncatingIfNeeded: root &* 2 &+ 1)
            root &+= 1
        }
        return (root, remainder == 0)
    }
}
