// Scalar operations: by the host, if the rounding mode, the operands and the result allow; exactly otherwise.
//
// The host computes for operands that are normal or zero and results that are, when nothing but inexact can be
// raised. Each condition is a difference whose sign bit tells; they are combined and tested once.

extension SSEArithmetic {
    /// The sign bit is set unless a number is normal or zero.
    @inline(__always) static func isSpecial<Bits: SSEFormat>(_ magnitude: Bits) -> Bits {
        (magnitude &- Bits.smallestNormal) & (0 &- magnitude) | (Bits.infinity &- 1 &- magnitude)
    }

    /// The sign bit is set unless a number is normal and not the smallest of these, which tiny results may round to.
    @inline(__always) static func isNotNormal<Bits: SSEFormat>(_ magnitude: Bits) -> Bits {
        (magnitude &- Bits.smallestNormal &- 1) | (Bits.infinity &- 1 &- magnitude)
    }

    /// The sign bit is set unless a number is zero.
    @inline(__always) private static func isNotZero<Bits: SSEFormat>(_ magnitude: Bits) -> Bits { 0 &- magnitude }

    /// ADDSS, ADDSD, and a lane of ADDPS, ADDPD.
    @inline(__always) mutating func add<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let sum = Bits(host: a.host + b.host)
        let special: Bits =
            Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute) | Self.isSpecial(sum.absolute)
        guard roundsAsHost && !special.isNegative else { return exactSum(a, b, subtracting: false) }
        if !ignoresInexact && !Bits.isExact(sum: sum, of: a, and: b) { raise(.inexact) }
        return sum
    }

    /// SUBSS, SUBSD, and a lane of SUBPS, SUBPD.
    @inline(__always) mutating func subtract<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let difference = Bits(host: a.host - b.host)
        let special: Bits =
            Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute) | Self.isSpecial(difference.absolute)
        guard roundsAsHost && !special.isNegative else { return exactSum(a, b, subtracting: true) }
        if !ignoresInexact && !Bits.isExact(sum: difference, of: a, and: b ^ Bits.signBit) { raise(.inexact) }
        return difference
    }

    /// MULSS, MULSD, and a lane of MULPS, MULPD.
    @inline(__always) mutating func multiply<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let product = Bits(host: a.host * b.host)
        let hasNoZero: Bits = Self.isNotZero(a.absolute) & Self.isNotZero(b.absolute)
        let isBad: Bits = Self.isNotNormal(product.absolute) & hasNoZero
        let special: Bits = Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute) | isBad
        guard roundsAsHost && !special.isNegative else { return exactProduct(a, b) }
        if ignoresInexact || product.absolute == 0 { return product }
        if !Bits.isExact(product: product, of: a, by: b) { raise(.inexact) }
        return product
    }

    /// DIVSS, DIVSD, and a lane of DIVPS, DIVPD: `a` by `b`.
    @inline(__always) mutating func divide<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let quotient = Bits(host: a.host / b.host)
        let isBad: Bits = Self.isNotNormal(quotient.absolute) & Self.isNotZero(a.absolute)
        let special: Bits = Self.isSpecial(a.absolute) | Self.isNotNormal(b.absolute) | isBad
        guard roundsAsHost && !special.isNegative else { return exactQuotient(a, b) }
        if ignoresInexact || quotient.absolute == 0 { return quotient }
        if !Bits.isExact(quotient: quotient, of: a, by: b) { raise(.inexact) }
        return quotient
    }

    /// SQRTSS, SQRTSD, and a lane of SQRTPS, SQRTPD.
    @inline(__always) mutating func squareRoot<Bits: SSEFormat>(_ a: Bits) -> Bits {
        guard roundsAsHost && !(Self.isNotNormal(a.absolute) | a).isNegative else { return exactRoot(a) }
        let root = Bits(host: a.host.squareRoot())
        if !ignoresInexact && !Bits.isExact(root: root, of: a) { raise(.inexact) }
        return root
    }
}
