/// What the packed instructions compute: of two vectors, lane by lane, for MMX in the low halves.
enum PackedIntegers {
    // MARK: Bits

    @inline(__always)
    static func and(_ a: Vector, _ b: Vector) -> Vector { a & b }
    @inline(__always)
    static func andNot(_ a: Vector, _ b: Vector) -> Vector { ~a & b }
    @inline(__always)
    static func or(_ a: Vector, _ b: Vector) -> Vector { a | b }
    @inline(__always)
    static func xor(_ a: Vector, _ b: Vector) -> Vector { a ^ b }

    // MARK: Sums and differences that wrap

    @inline(__always)
    static func addBytes(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.bytes &+ b.bytes) }
    @inline(__always)
    static func addWords(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.words &+ b.words) }
    @inline(__always)
    static func addDwords(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.dwords &+ b.dwords) }
    @inline(__always)
    static func addQwords(_ a: Vector, _ b: Vector) -> Vector { a &+ b }
    @inline(__always)
    static func subtractBytes(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.bytes &- b.bytes) }
    @inline(__always)
    static func subtractWords(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.words &- b.words) }
    @inline(__always)
    static func subtractDwords(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.dwords &- b.dwords) }
    @inline(__always)
    static func subtractQwords(_ a: Vector, _ b: Vector) -> Vector { a &- b }

    // MARK: Sums and differences that saturate

    @inline(__always)
    static func addSaturatingBytes(_ a: Vector, _ b: Vector) -> Vector {
        let sum: SIMD16<UInt8> = a.bytes &+ b.bytes
        return Vector(bits: sum.replacing(with: UInt8.max, where: sum .< a.bytes))
    }

    @inline(__always)
    static func addSaturatingWords(_ a: Vector, _ b: Vector) -> Vector {
        let sum: SIMD8<UInt16> = a.words &+ b.words
        return Vector(bits: sum.replacing(with: UInt16.max, where: sum .< a.words))
    }

    @inline(__always)
    static func subtractSaturatingBytes(_ a: Vector, _ b: Vector) -> Vector {
        let difference: SIMD16<UInt8> = a.bytes &- b.bytes
        return Vector(bits: difference.replacing(with: 0, where: a.bytes .< b.bytes))
    }

    @inline(__always)
    static func subtractSaturatingWords(_ a: Vector, _ b: Vector) -> Vector {
        let difference: SIMD8<UInt16> = a.words &- b.words
        return Vector(bits: difference.replacing(with: 0, where: a.words .< b.words))
    }

    // A signed sum overflows if its sign is that of neither operand, a difference if the operands' signs differ and its
    // own is not the first one's; what it becomes then has the sign of the first.

    @inline(__always)
    static func addSignedBytes(_ a: Vector, _ b: Vector) -> Vector {
        let (a, b) = (a.signedBytes, b.signedBytes)
        let sum: SIMD16<Int8> = a &+ b
        let overflow: SIMD16<Int8> = (sum ^ a) & (sum ^ b)
        let limit: SIMD16<Int8> = (a &>> 7) ^ 0x7F
        return Vector(bits: sum.replacing(with: limit, where: overflow .< 0))
    }

    @inline(__always)
    static func addSignedWords(_ a: Vector, _ b: Vector) -> Vector {
        let (a, b) = (a.signedWords, b.signedWords)
        let sum: SIMD8<Int16> = a &+ b
        let overflow: SIMD8<Int16> = (sum ^ a) & (sum ^ b)
        let limit: SIMD8<Int16> = (a &>> 15) ^ 0x7FFF
        return Vector(bits: sum.replacing(with: limit, where: overflow .< 0))
    }

    @inline(__always)
    static func subtractSignedBytes(_ a: Vector, _ b: Vector) -> Vector {
        let (a, b) = (a.signedBytes, b.signedBytes)
        let difference: SIMD16<Int8> = a &- b
        let overflow: SIMD16<Int8> = (a ^ b) & (difference ^ a)
        let limit: SIMD16<Int8> = (a &>> 7) ^ 0x7F
        return Vector(bits: difference.replacing(with: limit, where: overflow .< 0))
    }

    @inline(__always)
    static func subtractSignedWords(_ a: Vector, _ b: Vector) -> Vector {
        let (a, b) = (a.signedWords, b.signedWords)
        let difference: SIMD8<Int16> = a &- b
        let overflow: SIMD8<Int16> = (a ^ b) & (difference ^ a)
        let limit: SIMD8<Int16> = (a &>> 15) ^ 0x7FFF
        return Vector(bits: difference.replacing(with: limit, where: overflow .< 0))
    }

    // MARK: Comparisons, minima, maxima, averages

    @inline(__always)
    static func equalBytes(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD16<UInt8>().replacing(with: UInt8.max, where: a.bytes .== b.bytes))
    }

    @inline(__always)
    static func equalWords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD8<UInt16>().replacing(with: UInt16.max, where: a.words .== b.words))
    }

    @inline(__always)
    static func equalDwords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD4<UInt32>().replacing(with: UInt32.max, where: a.dwords .== b.dwords))
    }

    @inline(__always)
    static func greaterBytes(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD16<Int8>().replacing(with: -1, where: a.signedBytes .> b.signedBytes))
    }

    @inline(__always)
    static func greaterWords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD8<Int16>().replacing(with: -1, where: a.signedWords .> b.signedWords))
    }

    @inline(__always)
    static func greaterDwords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: SIMD4<Int32>().replacing(with: -1, where: a.signedDwords .> b.signedDwords))
    }

    @inline(__always)
    static func minimumBytes(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: b.bytes.replacing(with: a.bytes, where: a.bytes .< b.bytes))
    }

    @inline(__always)
    static func maximumBytes(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: b.bytes.replacing(with: a.bytes, where: a.bytes .> b.bytes))
    }

    @inline(__always)
    static func minimumWords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: b.signedWords.replacing(with: a.signedWords, where: a.signedWords .< b.signedWords))
    }

    @inline(__always)
    static func maximumWords(_ a: Vector, _ b: Vector) -> Vector {
        Vector(bits: b.signedWords.replacing(with: a.signedWords, where: a.signedWords .> b.signedWords))
    }

    /// Half of the sum, rounded up.
    @inline(__always)
    static func averageBytes(_ a: Vector, _ b: Vector) -> Vector {
        let different: SIMD16<UInt8> = a.bytes ^ b.bytes
        return Vector(bits: (a.bytes | b.bytes) &- (different &>> 1))
    }

    /// Half of the sum, rounded up.
    @inline(__always)
    static func averageWords(_ a: Vector, _ b: Vector) -> Vector {
        let different: SIMD8<UInt16> = a.words ^ b.words
        return Vector(bits: (a.words | b.words) &- (different &>> 1))
    }

    // MARK: Products and sums of differences

    /// The low halves of the products.
    @inline(__always)
    static func multiplyLow(_ a: Vector, _ b: Vector) -> Vector { Vector(bits: a.words &* b.words) }

    /// The high halves of the products of signed words.
    @inline(__always)
    static func multiplyHigh(_ a: Vector, _ b: Vector) -> Vector {
        let product: SIMD8<Int32> =
            SIMD8<Int32>(truncatingIfNeeded: a.signedWords)
            &* SIMD8<Int32>(truncatingIfNeeded: b.signedWords)
        return Vector(bits: SIMD8<Int16>(truncatingIfNeeded: product &>> 16))
    }

    /// The high halves of the products of words without a sign.
    @inline(__always)
    static func multiplyHighUnsigned(_ a: Vector, _ b: Vector) -> Vector {
        let product: SIMD8<UInt32> =
            SIMD8<UInt32>(truncatingIfNeeded: a.words)
            &* SIMD8<UInt32>(truncatingIfNeeded: b.words)
        return Vector(bits: SIMD8<UInt16>(truncatingIfNeeded: product &>> 16))
    }

    /// The products of the lower doublewords of each half.
    @inline(__always)
    static func multiplyDwords(_ a: Vector, _ b: Vector) -> Vector { (a & 0xFFFF_FFFF) &* (b & 0xFFFF_FFFF) }

    /// Sums of two products each.
    @inline(__always)
    static func multiplyAdd(_ a: Vector, _ b: Vector) -> Vector {
        let product: SIMD8<Int32> =
            SIMD8<Int32>(truncatingIfNeeded: a.signedWords)
            &* SIMD8<Int32>(truncatingIfNeeded: b.signedWords)
        return Vector(bits: product.evenHalf &+ product.oddHalf)
    }

    /// The sum of the distances of the bytes, of each half.
    @inline(__always)
    static func sumOfDistances(_ a: Vector, _ b: Vector) -> Vector {
        let (low, high) = (minimumBytes(a, b).bytes, maximumBytes(a, b).bytes)
        let distance: SIMD16<UInt16> = SIMD16<UInt16>(truncatingIfNeeded: high &- low)
        return Vector(UInt64(distance.lowHalf.wrappedSum()), UInt64(distance.highHalf.wrappedSum()))
    }
}
