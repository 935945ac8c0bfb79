/// The constants of the x87 that need rounding.
enum X87Constant: UInt8, Sendable, CaseIterable {
    case log2of10
    case log2ofE
    case pi
    case log10of2
    case logEof2

    /// The number rounded towards zero.
    ///
    /// The significands are the first 64 bits of the numbers' binary expansions.
    var truncated: Extended {
        switch self {
        case .log2of10: Extended(signExponent: 0x4000, significand: 0xD49A_784B_CD1B_8AFE)
        case .log2ofE: Extended(signExponent: 0x3FFF, significand: 0xB8AA_3B29_5C17_F0BB)
        case .pi: Extended(signExponent: 0x4000, significand: 0xC90F_DAA2_2168_C234)
        case .log10of2: Extended(signExponent: 0x3FFD, significand: 0x9A20_9A84_FBCF_F798)
        case .logEof2: Extended(signExponent: 0x3FFE, significand: 0xB172_17F7_D1CF_79AB)
        }
    }

    /// More than one half of a unit follows the 64 bits: the next bit of the expansion, 0 only for log2(10), is 1.
    var isAboveHalf: Bool { self != .log2of10 }
}

extension X87Arithmetic {
    /// A constant by the rounding mode, as the 387 and later load it; the 8087 and 80287 always round to the nearest.
    ///
    /// No exception tells that it is inexact (measured).
    func constant(_ constant: X87Constant) -> Extended {
        var value = constant.truncated
        if rounding == .up || rounding == .nearestEven && constant.isAboveHalf { value.significand &+= 1 }
        return value
    }
}
