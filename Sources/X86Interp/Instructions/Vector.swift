/// The contents of an XMM register; those of an MMX register are its low half.
///
/// Numbers of all widths lie in it as in the guest's memory, the lowest first.
typealias Vector = SIMD2<UInt64>

extension Vector {
    /// The same bits in other lanes.
    @inline(__always)
    init(bits: SIMD16<UInt8>) { self = unsafeBitCast(bits, to: Vector.self) }
    @inline(__always)
    init(bits: SIMD16<Int8>) { self = unsafeBitCast(bits, to: Vector.self) }
    @inline(__always)
    init(bits: SIMD8<UInt16>) { self = unsafeBitCast(bits, to: Vector.self) }
    @inline(__always)
    init(bits: SIMD8<Int16>) { self = unsafeBitCast(bits, to: Vector.self) }
    @inline(__always)
    init(bits: SIMD4<UInt32>) { self = unsafeBitCast(bits, to: Vector.self) }
    @inline(__always)
    init(bits: SIMD4<Int32>) { self = unsafeBitCast(bits, to: Vector.self) }

    /// 16 bytes without a sign.
    @inline(__always)
    var bytes: SIMD16<UInt8> { unsafeBitCast(self, to: SIMD16<UInt8>.self) }
    /// 16 bytes with a sign.
    @inline(__always)
    var signedBytes: SIMD16<Int8> { unsafeBitCast(self, to: SIMD16<Int8>.self) }
    /// 8 words without a sign.
    @inline(__always)
    var words: SIMD8<UInt16> { unsafeBitCast(self, to: SIMD8<UInt16>.self) }
    /// 8 words with a sign.
    @inline(__always)
    var signedWords: SIMD8<Int16> { unsafeBitCast(self, to: SIMD8<Int16>.self) }
    /// 4 doublewords without a sign.
    @inline(__always)
    var dwords: SIMD4<UInt32> { unsafeBitCast(self, to: SIMD4<UInt32>.self) }
    /// 4 doublewords with a sign.
    @inline(__always)
    var signedDwords: SIMD4<Int32> { unsafeBitCast(self, to: SIMD4<Int32>.self) }

    /// The lowest doubleword, which is the operand of the scalar instructions of single precision.
    @inline(__always)
    var low32: UInt32 {
        get { UInt32(truncatingIfNeeded: x) }
        set { x = x & ~0xFFFF_FFFF | UInt64(newValue) }
    }

    /// Two doublewords in the low half, and zeros.
    @inline(__always)
    init(low: SIMD2<UInt32>) { self.init(UInt64(low.x) | UInt64(low.y) << 32, 0) }

    /// The two doublewords of the low half.
    @inline(__always)
    var lowDwords: SIMD2<UInt32> { SIMD2<UInt32>(UInt32(truncatingIfNeeded: x), UInt32(truncatingIfNeeded: x >> 32)) }
}
