extension Extended {
    /// What is subtracted from a biased exponent.
    static let bias: Int32 = 16383

    /// The explicit integer bit of a significand.
    static let integerBit: UInt64 = 1 << 63

    /// Bit 62 of a significand: a NaN that has it is quiet.
    static let quietBit: UInt64 = 1 << 62

    /// The NaN that invalid operations give, "real indefinite".
    static let indefinite = Extended(signExponent: 0xFFFF, significand: 0xC000_0000_0000_0000)

    /// One.
    static let one = Extended(signExponent: 0x3FFF, significand: integerBit)

    /// Zero with a sign (bit 15).
    @inline(__always)
    static func zero(sign: UInt16) -> Extended { Extended(signExponent: sign, significand: 0) }

    /// Infinity with a sign (bit 15).
    @inline(__always)
    static func infinity(sign: UInt16) -> Extended { Extended(signExponent: sign | 0x7FFF, significand: integerBit) }

    /// Bit 15 alone: 8000 if negative.
    @inline(__always)
    var sign: UInt16 { signExponent & 0x8000 }

    /// The biased exponent, 0 to 7FFF.
    @inline(__always)
    var exponent: Int32 { Int32(signExponent & 0x7FFF) }

    /// A finite number with an exponent and the integer bit: no zero, no denormal, nothing special.
    @inline(__always)
    var isNormal: Bool { (signExponent & 0x7FFF) &- 1 < 0x7FFE && significand >= Extended.integerBit }

    /// Plus or minus zero.
    @inline(__always)
    var isZero: Bool { significand == 0 && signExponent & 0x7FFF == 0 }

    /// Plus or minus infinity.
    @inline(__always)
    var isInfinity: Bool { significand == Extended.integerBit && signExponent & 0x7FFF == 0x7FFF }

    /// A NaN, quiet or signalling; pseudo-NaNs are not.
    @inline(__always)
    var isNaN: Bool { significand > Extended.integerBit && signExponent & 0x7FFF == 0x7FFF }

    /// A NaN that raises the invalid exception when it is an operand.
    var isSignallingNaN: Bool { isNaN && significand & Extended.quietBit == 0 }

    /// Denormals and pseudo-denormals: exponent 0 and a significand, with or without the integer bit.
    @inline(__always)
    var isDenormal: Bool { signExponent & 0x7FFF == 0 && significand != 0 }

    /// Unnormals, pseudo-infinities and pseudo-NaNs: an exponent without the integer bit, which the 387 and later do not
    /// know (SDM volume 1, 8.2.2).
    var isUnsupported: Bool { signExponent & 0x7FFF != 0 && significand < Extended.integerBit }

    /// The number with its sign changed.
    @inline(__always)
    var negated: Extended { Extended(signExponent: signExponent ^ 0x8000, significand: significand) }

    /// The number without its sign.
    @inline(__always)
    var magnitude: Extended { Extended(signExponent: signExponent & 0x7FFF, significand: significand) }

    /// The number, a pseudo-denormal as the normal one that it equals: with exponent 1.
    var withValidExponent: Extended {
        guard signExponent & 0x7FFF == 0, significand >= Extended.integerBit else { return self }
        return Extended(signExponent: signExponent | 1, significand: significand)
    }

    /// The NaN made quiet.
    var quieted: Extended { Extended(signExponent: signExponent, significand: significand | Extended.quietBit) }
}
