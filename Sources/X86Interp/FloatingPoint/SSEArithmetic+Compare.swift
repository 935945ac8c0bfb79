/// What two numbers are to each other.
enum SSEOrder: Sendable, Hashable {
    case less
    case equal
    case greater
    case unordered

    /// ZF, PF and CF as COMISS and the like set them in EFLAGS, where OF, SF and AF are cleared.
    @inline(__always) var eflags: UInt32 {
        switch self {
        case .less: 0x01
        case .equal: 0x40
        case .greater: 0
        case .unordered: 0x45
        }
    }
}

/// The predicate of CMPPS, CMPPD, CMPSS and CMPSD: the low three bits of the immediate byte.
enum SSEPredicate: UInt8, Sendable, CaseIterable {
    case equal
    case less
    case lessOrEqual
    case unordered
    case notEqual
    case notLess
    case notLessOrEqual
    case ordered

    /// The predicate that an immediate byte asks for; bits above the third are ignored.
    @inline(__always) init(immediate: UInt8) {
        self = Self(rawValue: immediate & 7) ?? .equal
    }

    /// Whether quiet NaNs are invalid too (SDM volume 2, CMPPS, table 3-1: "signals #IA on QNaN").
    @inline(__always) var isSignalling: Bool {
        switch self {
        case .less, .lessOrEqual, .notLess, .notLessOrEqual: true
        case .equal, .unordered, .notEqual, .ordered: false
        }
    }

    /// Whether it is true of numbers in this order.
    @inline(__always) func isTrue(of order: SSEOrder) -> Bool {
        switch self {
        case .equal: order == .equal
        case .less: order == .less
        case .lessOrEqual: order == .less || order == .equal
        case .unordered: order == .unordered
        case .notEqual: order != .equal
        case .notLess: order != .less
        case .notLessOrEqual: order == .greater || order == .unordered
        case .ordered: order != .unordered
        }
    }
}

extension SSEArithmetic {
    /// Compares any operands; with `signalling`, quiet NaNs are invalid as well as signalling ones.
    @inline(never) private mutating func compareSpecial<Bits: SSEFormat>(
        _ a: Bits, _ b: Bits, signalling: Bool
    ) -> SSEOrder {
        if a.isNaN || b.isNaN {
            if signalling || a.isSignalling || b.isSignalling { raise(.invalid) }
            return .unordered
        }
        var denormal = false
        let x = operand(a, denormal: &denormal)
        let y = operand(b, denormal: &denormal)
        if denormal { raise(.denormal) }
        if x.absolute | y.absolute == 0 || x == y { return .equal }
        guard x.isNegative == y.isNegative else { return x.isNegative ? .less : .greater }
        return x.absolute < y.absolute ? (x.isNegative ? .greater : .less) : (x.isNegative ? .less : .greater)
    }

    /// CMPSS, CMPSD, and a lane of CMPPS, CMPPD: all ones if the predicate is true, else zero.
    @inline(__always) mutating func compare<Bits: SSEFormat>(
        _ a: Bits, _ b: Bits, predicate: SSEPredicate
    ) -> Bits {
        let special = Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute)
        guard !special.isNegative else {
            return predicate.isTrue(of: compareSpecial(a, b, signalling: predicate.isSignalling)) ? Bits.max : 0
        }
        let left = a.host
        let right = b.host
        let isTrue =
            switch predicate {
            case .equal: left == right
            case .less: left < right
            case .lessOrEqual: left <= right
            case .unordered: false
            case .notEqual: left != right
            case .notLess: left >= right
            case .notLessOrEqual: left > right
            case .ordered: true
            }
        return isTrue ? Bits.max : 0
    }

    /// COMISS and COMISD (signalling), UCOMISS and UCOMISD: ZF, PF and CF as in EFLAGS, where OF, SF and AF are
    /// cleared.
    @inline(__always) mutating func compareFlags<Bits: SSEFormat>(_ a: Bits, _ b: Bits, signalling: Bool) -> UInt32 {
        let special = Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute)
        guard !special.isNegative else { return compareSpecial(a, b, signalling: signalling).eflags }
        // By the difference, which is zero for equals only (IEEE 754 has denormals for that), and without branches,
        // which hosts would guess as badly as guests.
        let difference = Bits(host: a.host - b.host)
        let notEqual = 0 &- difference.absolute
        let top = Bits(truncatingIfNeeded: Bits.bitWidth &- 1)
        let below = UInt32(truncatingIfNeeded: (difference & notEqual) &>> top)
        return below | (UInt32(truncatingIfNeeded: notEqual &>> top) ^ 1) &<< 6
    }

    /// MINSS, MINSD, and a lane of MINPS, MINPD: the second operand if either is a NaN or both are zero.
    ///
    /// Any NaN is invalid, quiet or not, and is given as it is (SDM volume 2, MINPS).
    @inline(__always) mutating func minimum<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let special = Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute)
        guard !special.isNegative else { return extremum(a, b, if: .less) }
        return a.host < b.host ? a : b
    }

    /// MAXSS, MAXSD, and a lane of MAXPS, MAXPD: the second operand if either is a NaN or both are zero.
    @inline(__always) mutating func maximum<Bits: SSEFormat>(_ a: Bits, _ b: Bits) -> Bits {
        let special = Self.isSpecial(a.absolute) | Self.isSpecial(b.absolute)
        guard !special.isNegative else { return extremum(a, b, if: .greater) }
        return a.host > b.host ? a : b
    }

    /// The first operand if it is in this order to the second, else the second; denormals become zeros under DAZ.
    @inline(never) private mutating func extremum<Bits: SSEFormat>(_ a: Bits, _ b: Bits, if order: SSEOrder) -> Bits {
        let isFirst = compareSpecial(a, b, signalling: true) == order
        var ignored = false
        return operand(isFirst ? a : b, denormal: &ignored)
    }
}
