// Packed operations: by the host for all lanes at once, if no lane has a special operand or result; lane by lane
// otherwise, with the same results and flags. Products, quotients and roots of which inexact has to be known go by
// lanes too.

extension SSEArithmetic {
    /// Whether the host may compute all lanes, none of which has its sign bit set in `special`, and nobody asks for
    /// inexact.
    @inline(__always) private func mayUseHost<Lanes: SSELanes>(_ special: Lanes) -> Bool {
        roundsAsHost && ignoresInexact && !special.hasSign
    }

    /// Raises inexact unless all sums are exact.
    @inline(never) private mutating func noteInexact<Lanes: SSELanes>(sum: Lanes, of a: Lanes, and b: Lanes) {
        if a.hostErrorOfSum(sum, b).notZero.hasSign { raise(.inexact) }
    }

    /// ADDPS, ADDPD.
    @inline(__always) mutating func add<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        let sum = a.hostSum(b)
        guard roundsAsHost && !(a.special | b.special | sum.special).hasSign else { return slowAdd(a, b) }
        if !ignoresInexact { noteInexact(sum: sum, of: a, and: b) }
        return sum
    }

    /// SUBPS, SUBPD.
    @inline(__always) mutating func subtract<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        let difference = a.hostDifference(b)
        guard roundsAsHost && !(a.special | b.special | difference.special).hasSign else { return slowSubtract(a, b) }
        if !ignoresInexact { noteInexact(sum: difference, of: a, and: b.negated) }
        return difference
    }

    /// MULPS, MULPD.
    ///
    /// A product of zero is by the host if a factor is zero.
    @inline(__always) mutating func multiply<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        let product = a.hostProduct(b)
        guard mayUseHost(a.special | b.special | product.notNormal & a.notZero & b.notZero) else {
            return slowMultiply(a, b)
        }
        return product
    }

    /// DIVPS, DIVPD: `a` by `b`.
    ///
    /// A quotient of zero is by the host if the dividend is zero.
    @inline(__always) mutating func divide<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        let quotient = a.hostQuotient(b)
        guard mayUseHost(a.special | b.notNormal | quotient.notNormal & a.notZero) else { return slowDivide(a, b) }
        return quotient
    }

    /// SQRTPS, SQRTPD.
    @inline(__always) mutating func squareRoot<Lanes: SSELanes>(_ a: Lanes) -> Lanes {
        guard mayUseHost(a.special | a & a.notZero) else { return slowSquareRoot(a) }
        return a.hostRoot()
    }

    /// MINPS, MINPD.
    @inline(__always) mutating func minimum<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        guard !(a.special | b.special).hasSign else { return slowMinimum(a, b) }
        return a.hostMinimum(b)
    }

    /// MAXPS, MAXPD.
    @inline(__always) mutating func maximum<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        guard !(a.special | b.special).hasSign else { return slowMaximum(a, b) }
        return a.hostMaximum(b)
    }

    /// CMPPS, CMPPD.
    @inline(__always) mutating func compare<Lanes: SSELanes>(
        _ a: Lanes, _ b: Lanes, predicate: SSEPredicate
    ) -> Lanes {
        guard !(a.special | b.special).hasSign else { return slowCompare(a, b, predicate: predicate) }
        return a.hostCompare(b, predicate)
    }

    /// CVTDQ2PS: from 32-bit integers, rounded.
    @inline(__always) mutating func convertToSingles(integers: SIMD4<UInt32>) -> SIMD4<UInt32> {
        guard roundsAsHost && ignoresInexact else { return slowConvertToSingles(integers) }
        let floats = SIMD4<Float>(SIMD4<Int32>(truncatingIfNeeded: integers))
        return unsafeBitCast(floats, to: SIMD4<UInt32>.self)
    }

    /// CVTPS2PD: the low two singles to doubles.
    @inline(__always) mutating func convertToDoubles(_ singles: SIMD2<UInt32>) -> SIMD2<UInt64> {
        SIMD2(convertToDouble(singles[0]), convertToDouble(singles[1]))
    }

    /// CVTPD2PS: two doubles to singles; the caller clears the rest of the register.
    @inline(__always) mutating func convertToSingles(_ doubles: SIMD2<UInt64>) -> SIMD2<UInt32> {
        SIMD2(convertToSingle(doubles[0]), convertToSingle(doubles[1]))
    }

    /// CVTPS2DQ and CVTTPS2DQ: four singles to 32-bit integers.
    @inline(__always) mutating func convertToIntegers(_ singles: SIMD4<UInt32>, truncating: Bool) -> SIMD4<UInt32> {
        var result = singles
        for lane in 0..<4 {
            result[lane] = truncating ? truncateToInteger(singles[lane]) : convertToInteger(singles[lane])
        }
        return result
    }

    /// CVTPD2DQ, CVTTPD2DQ, CVTPD2PI and CVTTPD2PI: two doubles to 32-bit integers.
    @inline(__always) mutating func convertToIntegers(_ doubles: SIMD2<UInt64>, truncating: Bool) -> SIMD2<UInt32> {
        truncating
            ? SIMD2(truncateToInteger(doubles[0]), truncateToInteger(doubles[1]))
            : SIMD2(convertToInteger(doubles[0]), convertToInteger(doubles[1]))
    }
}

extension SSEArithmetic {
    @inline(never) private mutating func slowConvertToSingles(_ integers: SIMD4<UInt32>) -> SIMD4<UInt32> {
        var result = integers
        for lane in 0..<4 { result[lane] = convertToSingle(integer: integers[lane]) }
        return result
    }

    @inline(never) private mutating func slowAdd<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = add(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowSubtract<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = subtract(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowMultiply<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = multiply(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowDivide<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = divide(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowSquareRoot<Lanes: SSELanes>(_ a: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = squareRoot(a[lane]) }
        return result
    }

    @inline(never) private mutating func slowMinimum<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = minimum(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowMaximum<Lanes: SSELanes>(_ a: Lanes, _ b: Lanes) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = maximum(a[lane], b[lane]) }
        return result
    }

    @inline(never) private mutating func slowCompare<Lanes: SSELanes>(
        _ a: Lanes, _ b: Lanes, predicate: SSEPredicate
    ) -> Lanes {
        var result = a
        for lane in 0..<Lanes.scalarCount { result[lane] = compare(a[lane], b[lane], predicate: predicate) }
        return result
    }
}
