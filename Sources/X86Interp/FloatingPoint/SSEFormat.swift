/// The bits of a number of SSE: `UInt32` for single precision, `UInt64` for double precision.
///
/// One generic body serves both; the compiler specialises it.
protocol SSEFormat: FixedWidthInteger, UnsignedInteger, Sendable {
    /// The host's type of the same format; IEEE 754 on every host that Swift has.
    associatedtype Host: BinaryFloatingPoint
    /// Bits of the fraction that are stored: 23 or 52.
    static var fractionBits: Int { get }
    /// What is added to exponents: 127 or 1023.
    static var bias: Int { get }
    /// The number as the host's.
    var host: Host { get }
    /// The bits of the host's number.
    init(host: Host)
    /// Whether `product`, which is nearest to `a` times `b` and normal as they are, equals it.
    static func isExact(product: Self, of a: Self, by b: Self) -> Bool
    /// Whether `quotient`, which is nearest to `a` by `b` and normal as they are, equals it.
    static func isExact(quotient: Self, of a: Self, by b: Self) -> Bool
    /// Whether `root`, which is nearest to the square root of `a`, equals it; both are normal.
    static func isExact(root: Self, of a: Self) -> Bool
}

extension SSEFormat {
    /// The top bit.
    @inline(__always) static var signBit: Self { 1 &<< Self(truncatingIfNeeded: bitWidth &- 1) }

    /// The smallest normal number; also the exponent's lowest bit and the significand's integer bit.
    @inline(__always) static var smallestNormal: Self { 1 &<< Self(truncatingIfNeeded: fractionBits) }

    /// Infinity; also the exponent field.
    @inline(__always) static var infinity: Self { signBit &- smallestNormal }

    /// The top bit of the fraction, which makes a NaN quiet.
    @inline(__always) static var quietBit: Self { smallestNormal &>> 1 }

    /// The NaN that masked invalid operations give ("QNaN floating-point indefinite", SDM volume 1, 4.8.3.7).
    @inline(__always) static var defaultNaN: Self { signBit | infinity | quietBit }

    /// All bits but the sign.
    @inline(__always) var absolute: Self { self & ~Self.signBit }

    /// Whether the sign bit is set, of zeros and NaNs too.
    @inline(__always) var isNegative: Bool { self & Self.signBit != 0 }

    /// Whether this is a NaN of either kind.
    @inline(__always) var isNaN: Bool { absolute > Self.infinity }

    /// Whether this is a signalling NaN.
    @inline(__always) var isSignalling: Bool { isNaN && self & Self.quietBit == 0 }

    /// Whether this is a denormal number; zero is none.
    @inline(__always) var isDenormal: Bool { absolute != 0 && absolute < Self.smallestNormal }

    /// The significand of a normal number, with its integer bit.
    @inline(__always) var significand: Self { self & (Self.smallestNormal &- 1) | Self.smallestNormal }

    /// Whether the sum `sum`, nearest to `a` plus `b`, equals it: the error of a sum is a number itself (Knuth's
    /// TwoSum).
    @inline(__always) static func isExact(sum: Self, of a: Self, and b: Self) -> Bool {
        let first = a.host
        let second = b.host
        let part = sum.host - first
        return (first - (sum.host - part)) + (second - part) == 0
    }
}

extension UInt32: SSEFormat {
    typealias Host = Float
    @inline(__always) static var fractionBits: Int { 23 }
    @inline(__always) static var bias: Int { 127 }
    @inline(__always) var host: Float { Float(bitPattern: self) }
    @inline(__always) init(host: Float) { self = host.bitPattern }

    @inline(__always) static func isExact(product: UInt32, of a: UInt32, by b: UInt32) -> Bool {
        Double(a.host) * Double(b.host) == Double(product.host)
    }

    @inline(__always) static func isExact(quotient: UInt32, of a: UInt32, by b: UInt32) -> Bool {
        Double(quotient.host) * Double(b.host) == Double(a.host)
    }

    @inline(__always) static func isExact(root: UInt32, of a: UInt32) -> Bool {
        Double(root.host) * Double(root.host) == Double(a.host)
    }
}

extension UInt64: SSEFormat {
    typealias Host = Double
    @inline(__always) static var fractionBits: Int { 52 }
    @inline(__always) static var bias: Int { 1023 }
    @inline(__always) var host: Double { Double(bitPattern: self) }
    @inline(__always) init(host: Double) { self = host.bitPattern }

    /// Counts zeros at the end, of which a product has as many as its factors together.
    ///
    /// It has 105 or 106 bits, of which the last 52 or 53 must be zero.
    @inline(__always) static func isExact(product: UInt64, of a: UInt64, by b: UInt64) -> Bool {
        let exponents = (a &>> 52 & 0x7FF) &+ (b &>> 52 & 0x7FF) &- 1023
        let dropped = product &>> 52 & 0x7FF == exponents ? 52 : 53
        return a.significand.trailingZeroBitCount &+ b.significand.trailingZeroBitCount >= dropped
    }

    /// Multiplies back, in 64 bits: quotient times divisor is less than 2^53 away from the dividend, shifted.
    @inline(__always) static func isExact(quotient: UInt64, of a: UInt64, by b: UInt64) -> Bool {
        let shift: UInt64 = a.significand >= b.significand ? 52 : 53
        return quotient.significand &* b.significand == a.significand &<< shift
    }

    /// Multiplies back, in 64 bits: the square is less than 2^53 away from the operand, shifted.
    @inline(__always) static func isExact(root: UInt64, of a: UInt64) -> Bool {
        let shift = 53 &- (a &>> 52 & 1)
        return root.significand &* root.significand == a.significand &<< shift
    }
}
