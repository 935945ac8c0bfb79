/// The lanes of a packed operation: `SIMD4<UInt32>` for single and `SIMD2<UInt64>` for double precision.
///
/// What the host does for all lanes is written out per type, since the compiler makes one instruction of that.
protocol SSELanes: SIMD where Scalar: SSEFormat {
    /// Sums by the host.
    func hostSum(_ other: Self) -> Self
    /// What sums by the host are wrong by: zero where a sum is exact (Knuth's TwoSum). Of numbers that are normal or
    /// zero.
    func hostErrorOfSum(_ sum: Self, _ other: Self) -> Self
    /// Differences by the host.
    func hostDifference(_ other: Self) -> Self
    /// Products by the host.
    func hostProduct(_ other: Self) -> Self
    /// Quotients by the host.
    func hostQuotient(_ other: Self) -> Self
    /// Square roots by the host.
    func hostRoot() -> Self
    /// This lane where it is less, else the other; no NaNs.
    func hostMinimum(_ other: Self) -> Self
    /// This lane where it is greater, else the other; no NaNs.
    func hostMaximum(_ other: Self) -> Self
    /// All ones where the predicate is true; no NaNs.
    func hostCompare(_ other: Self, _ predicate: SSEPredicate) -> Self
    /// The sign bit of a lane is set unless it is normal or zero.
    var special: Self { get }
    /// The sign bit of a lane is set unless it is normal and not the smallest normal number, which tiny results may
    /// round to.
    var notNormal: Self { get }
    /// The sign bit of a lane is set unless it is zero.
    var notZero: Self { get }
    /// Whether the sign bit of any lane is set.
    var hasSign: Bool { get }
}

extension SSELanes {
    /// All lanes with the other sign.
    @inline(__always) var negated: Self { self ^ Self(repeating: Scalar.signBit) }
}

extension SIMD4<UInt32>: SSELanes {
    @inline(__always) private var floats: SIMD4<Float> { unsafeBitCast(self, to: SIMD4<Float>.self) }
    @inline(__always) private init(_ floats: SIMD4<Float>) {
        self = unsafeBitCast(floats, to: SIMD4<UInt32>.self)
    }

    @inline(__always) func hostSum(_ other: Self) -> Self { Self(floats + other.floats) }
    @inline(__always) func hostErrorOfSum(_ sum: Self, _ other: Self) -> Self {
        let part = sum.floats - floats
        return Self((floats - (sum.floats - part)) + (other.floats - part))
    }
    @inline(__always) func hostDifference(_ other: Self) -> Self { Self(floats - other.floats) }
    @inline(__always) func hostProduct(_ other: Self) -> Self { Self(floats * other.floats) }
    @inline(__always) func hostQuotient(_ other: Self) -> Self { Self(floats / other.floats) }
    @inline(__always) func hostRoot() -> Self { Self(floats.squareRoot()) }
    @inline(__always) func hostMinimum(_ other: Self) -> Self {
        other.replacing(with: self, where: floats .< other.floats)
    }
    @inline(__always) func hostMaximum(_ other: Self) -> Self {
        other.replacing(with: self, where: floats .> other.floats)
    }

    @inline(__always) func hostCompare(_ other: Self, _ predicate: SSEPredicate) -> Self {
        let left = floats
        let right = other.floats
        let ones = Self(repeating: .max)
        return switch predicate {
        case .equal: Self().replacing(with: ones, where: left .== right)
        case .less: Self().replacing(with: ones, where: left .< right)
        case .lessOrEqual: Self().replacing(with: ones, where: left .<= right)
        case .unordered: Self()
        case .notEqual: Self().replacing(with: ones, where: left .!= right)
        case .notLess: Self().replacing(with: ones, where: left .>= right)
        case .notLessOrEqual: Self().replacing(with: ones, where: left .> right)
        case .ordered: ones
        }
    }

    @inline(__always) var special: Self {
        let magnitude = self & 0x7FFF_FFFF
        return (magnitude &- 0x80_0000) & (0 &- magnitude) | (0x7F7F_FFFF &- magnitude)
    }

    @inline(__always) var notNormal: Self {
        let magnitude = self & 0x7FFF_FFFF
        return (magnitude &- 0x80_0001) | (0x7F7F_FFFF &- magnitude)
    }

    @inline(__always) var notZero: Self { 0 &- (self & 0x7FFF_FFFF) }

    @inline(__always) var hasSign: Bool {
        let pairs = unsafeBitCast(self, to: SIMD2<UInt64>.self)
        return (pairs[0] | pairs[1]) & 0x8000_0000_8000_0000 != 0
    }
}

extension SIMD2<UInt64>: SSELanes {
    @inline(__always) private var doubles: SIMD2<Double> { unsafeBitCast(self, to: SIMD2<Double>.self) }
    @inline(__always) private init(_ doubles: SIMD2<Double>) {
        self = unsafeBitCast(doubles, to: SIMD2<UInt64>.self)
    }

    @inline(__always) func hostSum(_ other: Self) -> Self { Self(doubles + other.doubles) }
    @inline(__always) func hostErrorOfSum(_ sum: Self, _ other: Self) -> Self {
        let part = sum.doubles - doubles
        return Self((doubles - (sum.doubles - part)) + (other.doubles - part))
    }
    @inline(__always) func hostDifference(_ other: Self) -> Self { Self(doubles - other.doubles) }
    @inline(__always) func hostProduct(_ other: Self) -> Self { Self(doubles * other.doubles) }
    @inline(__always) func hostQuotient(_ other: Self) -> Self { Self(doubles / other.doubles) }
    @inline(__always) func hostRoot() -> Self { Self(doubles.squareRoot()) }
    @inline(__always) func hostMinimum(_ other: Self) -> Self {
        other.replacing(with: self, where: doubles .< other.doubles)
    }
    @inline(__always) func hostMaximum(_ other: Self) -> Self {
        other.replacing(with: self, where: doubles .> other.doubles)
    }

    @inline(__always) func hostCompare(_ other: Self, _ predicate: SSEPredicate) -> Self {
        let left = doubles
        let right = other.doubles
        let ones = Self(repeating: .max)
        return switch predicate {
        case .equal: Self().replacing(with: ones, where: left .== right)
        case .less: Self().replacing(with: ones, where: left .< right)
        case .lessOrEqual: Self().replacing(with: ones, where: left .<= right)
        case .unordered: Self()
        case .notEqual: Self().replacing(with: ones, where: left .!= right)
        case .notLess: Self().replacing(with: ones, where: left .>= right)
        case .notLessOrEqual: Self().replacing(with: ones, where: left .> right)
        case .ordered: ones
        }
    }

    @inline(__always) var special: Self {
        let magnitude = self & 0x7FFF_FFFF_FFFF_FFFF
        return (magnitude &- 0x10_0000_0000_0000) & (0 &- magnitude) | (0x7FEF_FFFF_FFFF_FFFF &- magnitude)
    }

    @inline(__always) var notNormal: Self {
        let magnitude = self & 0x7FFF_FFFF_FFFF_FFFF
        return (magnitude &- 0x10_0000_0000_0001) | (0x7FEF_FFFF_FFFF_FFFF &- magnitude)
    }

    @inline(__always) var notZero: Self { 0 &- (self & 0x7FFF_FFFF_FFFF_FFFF) }

    @inline(__always) var hasSign: Bool { (self[0] | self[1]) &>> 63 != 0 }
}
