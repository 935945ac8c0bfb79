/// What the packed shifts compute; counts beyond the width leave nothing but signs.
enum PackedShifts {
    @inline(__always)
    static func leftWords(_ a: Vector, _ count: UInt64) -> Vector {
        count > 15 ? Vector() : Vector(bits: a.words &<< UInt16(truncatingIfNeeded: count))
    }

    @inline(__always)
    static func leftDwords(_ a: Vector, _ count: UInt64) -> Vector {
        count > 31 ? Vector() : Vector(bits: a.dwords &<< UInt32(truncatingIfNeeded: count))
    }

    @inline(__always)
    static func leftQwords(_ a: Vector, _ count: UInt64) -> Vector { count > 63 ? Vector() : a &<< count }

    @inline(__always)
    static func rightWords(_ a: Vector, _ count: UInt64) -> Vector {
        count > 15 ? Vector() : Vector(bits: a.words &>> UInt16(truncatingIfNeeded: count))
    }

    @inline(__always)
    static func rightDwords(_ a: Vector, _ count: UInt64) -> Vector {
        count > 31 ? Vector() : Vector(bits: a.dwords &>> UInt32(truncatingIfNeeded: count))
    }

    @inline(__always)
    static func rightQwords(_ a: Vector, _ count: UInt64) -> Vector { count > 63 ? Vector() : a &>> count }

    @inline(__always)
    static func signedRightWords(_ a: Vector, _ count: UInt64) -> Vector {
        Vector(bits: a.signedWords &>> Int16(truncatingIfNeeded: min(count, 15)))
    }

    @inline(__always)
    static func signedRightDwords(_ a: Vector, _ count: UInt64) -> Vector {
        Vector(bits: a.signedDwords &>> Int32(truncatingIfNeeded: min(count, 31)))
    }

    /// All 128 bits, by bytes.
    @inline(__always)
    static func leftBytes(_ a: Vector, _ count: UInt64) -> Vector {
        switch count {
        case 0: a
        case 1...7: Vector(a.x &<< (8 * count), a.y &<< (8 * count) | a.x &>> (64 - 8 * count))
        case 8...15: Vector(0, a.x &<< (8 * (count - 8)))
        default: Vector()
        }
    }

    /// All 128 bits, by bytes.
    @inline(__always)
    static func rightBytes(_ a: Vector, _ count: UInt64) -> Vector {
        switch count {
        case 0: a
        case 1...7: Vector(a.x &>> (8 * count) | a.y &<< (64 - 8 * count), a.y &>> (8 * count))
        case 8...15: Vector(a.y &>> (8 * (count - 8)), 0)
        default: Vector()
        }
    }
}

/// How vectors are put together from parts of others.
enum PackedShuffles {
    // MARK: Lanes of two vectors in turn: the low halves'

    @inline(__always)
    static func lowBytes(_ a: Vector, _ b: Vector) -> Vector {
        var result = SIMD16<UInt8>()
        result.evenHalf = a.bytes.lowHalf
        result.oddHalf = b.bytes.lowHalf
        return Vector(bits: result)
    }

    @inline(__always)
    static func lowWords(_ a: Vector, _ b: Vector) -> Vector {
        var result = SIMD8<UInt16>()
        result.evenHalf = a.words.lowHalf
        result.oddHalf = b.words.lowHalf
        return Vector(bits: result)
    }

    @inline(__always)
    static func lowDwords(_ a: Vector, _ b: Vector) -> Vector {
        let (a, b) = (a.dwords, b.dwords)
        return Vector(bits: SIMD4(a[0], b[0], a[1], b[1]))
    }

    @inline(__always)
    static func lowQwords(_ a: Vector, _ b: Vector) -> Vector { Vector(a.x, b.x) }

    // MARK: The high halves'

    @inline(__always)
    static func highBytes(_ a: Vector, _ b: Vector) -> Vector { lowBytes(Vector(a.y, 0), Vector(b.y, 0)) }
    @inline(__always)
    static func highWords(_ a: Vector, _ b: Vector) -> Vector { lowWords(Vector(a.y, 0), Vector(b.y, 0)) }
    @inline(__always)
    static func highDwords(_ a: Vector, _ b: Vector) -> Vector { lowDwords(Vector(a.y, 0), Vector(b.y, 0)) }
    @inline(__always)
    static func highQwords(_ a: Vector, _ b: Vector) -> Vector { Vector(a.y, b.y) }

    // MARK: Both vectors' numbers in half the width, as near as that can come

    @inline(__always)
    static func packWords(_ a: Vector, _ b: Vector) -> Vector {
        let wide = SIMD16<Int16>(lowHalf: a.signedWords, highHalf: b.signedWords)
        let clamped: SIMD16<Int16> = wide.clamped(
            lowerBound: SIMD16(repeating: -0x80), upperBound: SIMD16(repeating: 0x7F))
        return Vector(bits: SIMD16<Int8>(truncatingIfNeeded: clamped))
    }

    @inline(__always)
    static func packWordsUnsigned(_ a: Vector, _ b: Vector) -> Vector {
        let wide = SIMD16<Int16>(lowHalf: a.signedWords, highHalf: b.signedWords)
        let clamped: SIMD16<Int16> = wide.clamped(
            lowerBound: SIMD16(repeating: 0), upperBound: SIMD16(repeating: 0xFF))
        return Vector(bits: SIMD16<UInt8>(truncatingIfNeeded: clamped))
    }

    @inline(__always)
    static func packDwords(_ a: Vector, _ b: Vector) -> Vector {
        let wide = SIMD8<Int32>(lowHalf: a.signedDwords, highHalf: b.signedDwords)
        let clamped: SIMD8<Int32> = wide.clamped(
            lowerBound: SIMD8(repeating: -0x8000), upperBound: SIMD8(repeating: 0x7FFF))
        return Vector(bits: SIMD8<Int16>(truncatingIfNeeded: clamped))
    }

    // MARK: Lanes by number, two bits each from the lowest on

    /// Four words of 64 bits.
    @inline(__always)
    static func words(_ a: UInt64, _ order: UInt32) -> UInt64 {
        func word(_ place: UInt32) -> UInt64 {
            (a &>> UInt64(16 * (order >> (2 * place) & 3)) & 0xFFFF) << UInt64(16 * place)
        }
        return word(0) | word(1) | word(2) | word(3)
    }

    /// Two doublewords of `a`, and two of `b` above them.
    @inline(__always)
    static func dwords(_ a: Vector, _ b: Vector, _ order: UInt32) -> Vector {
        let (a, b) = (a.dwords, b.dwords)
        func number(_ place: UInt32) -> Int { Int(order >> (2 * place) & 3) }
        return Vector(bits: SIMD4(a[number(0)], a[number(1)], b[number(2)], b[number(3)]))
    }

    /// A half of `a` by bit 0, and one of `b` above it by bit 1.
    @inline(__always)
    static func qwords(_ a: Vector, _ b: Vector, _ order: UInt32) -> Vector {
        Vector(order & 1 == 0 ? a.x : a.y, order & 2 == 0 ? b.x : b.y)
    }

    // MARK: Signs

    /// The signs of the eight bytes of a half.
    @inline(__always)
    static func byteSigns(_ a: UInt64) -> UInt32 {
        // The product gathers bit 7 of each byte in the highest byte.
        UInt32(truncatingIfNeeded: ((a & 0x8080_8080_8080_8080) &* 0x0002_0408_1020_4081) >> 56)
    }
}
