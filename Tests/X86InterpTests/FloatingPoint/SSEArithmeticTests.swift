import DeviceContract
import TestSupport
import Testing

@testable import X86Interp

/// SSE arithmetic against what a processor gave, the host's arithmetic against the exact one, lanes against single
/// numbers.
struct SSEArithmeticTests {
    @Test(arguments: SSECases.Kind.allCases) func resultsAndFlagsAreThoseOfAProcessor(kind: SSECases.Kind) {
        for row in kind.rows {
            var sse = SSEArithmetic(mxcsr: row.mxcsr)
            let result = Self.result(of: row, &sse)
            #expect(sse.faults == (row.result == nil), "\(row.testDescription)")
            if let wanted = row.result { #expect(result == wanted, "\(row.testDescription)") }
            #expect(sse.mxcsrAfter == row.mxcsrAfter, "\(row.testDescription)")
        }
    }

    private static func result(of row: SSECases.Row, _ sse: inout SSEArithmetic) -> UInt64 {
        let (first, second) = (UInt32(truncatingIfNeeded: row.first), UInt32(truncatingIfNeeded: row.second))
        switch row.operation {
        case .toDouble: return sse.convertToDouble(second)
        case .toSingle: return UInt64(sse.convertToSingle(row.second))
        case .fromInteger: return UInt64(sse.convertToSingle(integer: second))
        case .toInteger where row.isDouble: return UInt64(sse.convertToInteger(row.second))
        case .toInteger: return UInt64(sse.convertToInteger(second))
        case .truncated where row.isDouble: return UInt64(sse.truncateToInteger(row.second))
        case .truncated: return UInt64(sse.truncateToInteger(second))
        case .ordered, .unordered:
            var signalling = false
            if case .ordered = row.operation { signalling = true }
            return UInt64(
                row.isDouble
                    ? sse.compareFlags(row.first, row.second, signalling: signalling)
                    : sse.compareFlags(first, second, signalling: signalling))
        default:
            return row.isDouble
                ? number(row.operation, row.first, row.second, &sse)
                : UInt64(number(row.operation, first, second, &sse))
        }
    }

    private static func number<Bits: SSEFormat>(
        _ operation: SSECases.Operation, _ first: Bits, _ second: Bits, _ sse: inout SSEArithmetic
    ) -> Bits {
        switch operation {
        case .addition: sse.add(first, second)
        case .subtraction: sse.subtract(first, second)
        case .multiplication: sse.multiply(first, second)
        case .division: sse.divide(first, second)
        case .root: sse.squareRoot(second)
        case .minimum: sse.minimum(first, second)
        case .maximum: sse.maximum(first, second)
        case .comparison(let predicate): sse.compare(first, second, predicate: predicate)
        default: 0
        }
    }

    private static func exactNumber<Bits: SSEFormat>(
        _ operation: SSECases.Operation, _ first: Bits, _ second: Bits, _ sse: inout SSEArithmetic
    ) -> Bits {
        switch operation {
        case .addition: sse.exactSum(first, second, subtracting: false)
        case .subtraction: sse.exactSum(first, second, subtracting: true)
        case .multiplication: sse.exactProduct(first, second)
        case .division: sse.exactQuotient(first, second)
        default: sse.exactRoot(second)
        }
    }

    private static let inBothWays: [SSECases.Operation] = [.addition, .subtraction, .multiplication, .division, .root]

    /// A number of a kind that matters, or any: with few bits set, near the ends of the exponents, or near one.
    private static func operand<Bits: SSEFormat>(_ random: inout SeededGenerator) -> Bits {
        let any = Bits.random(in: 0...Bits.max, using: &random)
        let fraction =
            switch random.next() % 4 {
            case 0: any & (Bits.smallestNormal &- 1)
            case 1: any & (Bits.smallestNormal &- 1) & ~(Bits.smallestNormal &>> 9 &- 1)
            case 2: Bits(0)
            default: Bits.smallestNormal &- 1 &- (any & 3)
            }
        let last = Bits.infinity &>> Bits(Bits.fractionBits)
        let step = Bits(truncatingIfNeeded: random.next() % 4)
        let exponent =
            switch random.next() % 6 {
            case 0: step
            case 1: last &- step
            case 2: last / 4 &+ step &* 8
            case 3: any &>> Bits(Bits.fractionBits) & last
            default: last / 2 &+ step
            }
        return any & Bits.signBit | exponent &<< Bits(Bits.fractionBits) | fraction
    }

    /// The host's results are the exact ones, to the bit and to the flag: by default some thousand numbers of each
    /// operation.
    @Test(arguments: [false, true]) func hostAndExactArithmeticAgree(isDouble: Bool) {
        var random = SeededGenerator(seed: 5)
        var differences: [String] = []
        for _ in 0..<LongTests.count(short: 200) * 10 where differences.count < 10 {
            differences +=
                isDouble ? Self.differences(UInt64.self, &random) : Self.differences(UInt32.self, &random)
        }
        #expect(differences == [])
    }

    private static func differences<Bits: SSEFormat>(
        _ format: Bits.Type, _ random: inout SeededGenerator
    ) -> [String] {
        let (first, second): (Bits, Bits) = (operand(&random), operand(&random))
        var differences: [String] = []
        for operation in inBothWays {
            for mxcsr: UInt32 in [0x1F80, 0x1FA0, 0x9FC0, 0x0F80, 0x1780] {
                var (fast, exact) = (SSEArithmetic(mxcsr: mxcsr), SSEArithmetic(mxcsr: mxcsr))
                let result = number(operation, first, second, &fast)
                let wanted = exactNumber(operation, first, second, &exact)
                if result == wanted && fast.mxcsrAfter == exact.mxcsrAfter { continue }
                differences.append("\(operation) \(first) \(second) \(mxcsr)")
            }
        }
        return differences
    }

    /// Packed operations give the lanes' results; an unmasked invalid lane keeps inexact of the others from being
    /// flagged.
    @Test func packedOperationsAreThoseOfTheirLanes() {
        var random = SeededGenerator(seed: 6)
        var differences: [String] = []
        for _ in 0..<LongTests.count(short: 100) * 10 where differences.count < 10 {
            var (first, second) = (SIMD4<UInt32>(), SIMD4<UInt32>())
            for lane in 0..<4 { (first[lane], second[lane]) = (Self.operand(&random), Self.operand(&random)) }
            for mxcsr: UInt32 in [0x1F80, 0x1FA0, 0x3FA0] {
                var (packed, single) = (SSEArithmetic(mxcsr: mxcsr), SSEArithmetic(mxcsr: mxcsr))
                let (sums, products) = (packed.add(first, second), packed.multiply(first, second))
                var (wantedSums, wantedProducts) = (sums, products)
                for lane in 0..<4 {
                    wantedSums[lane] = single.add(first[lane], second[lane])
                    wantedProducts[lane] = single.multiply(first[lane], second[lane])
                }
                let isAlike = sums == wantedSums && products == wantedProducts
                if isAlike && packed.mxcsrAfter == single.mxcsrAfter { continue }
                differences.append("\(first) \(second) \(mxcsr)")
            }
        }
        #expect(differences == [])
        var sse = SSEArithmetic(mxcsr: 0x1F00)
        _ = sse.divide(SIMD4<UInt32>(0, 0x3F80_0000, 1, 0x7F7F_FFFF), SIMD4(0, 0x4040_0000, 0x4000_0000, 1))
        #expect(sse.faults && sse.mxcsrAfter == 0x1F03)
    }

    @Test func approximationsAreWithinTheirBound() {
        var worst = 0.0
        for index in UInt32(0)..<4096 {
            for operand in [0x3F80_0000 | index << 11, 0x3F80_07FF | index << 11, 0x4000_0000 | index << 11] {
                let number = Double(operand.host)
                let reciprocal = Double(SSEApproximation.reciprocal(operand).host)
                let root = Double(SSEApproximation.reciprocalRoot(operand).host)
                worst = max(worst, abs(reciprocal * number - 1), abs(root * number.squareRoot() - 1))
            }
        }
        #expect(worst < 1.5 / 4096)
    }

    /// Operands with their reciprocals and reciprocal roots, as recorded from a Zen 4.
    ///
    /// These are zeros, denormals, infinities, NaNs, tiny results, and numbers on which the tables agree with it.
    private static let approximations: [(UInt32, UInt32, UInt32)] = [
        (0x4020_0000, 0x3ECC_C000, 0x3F21_E800), (0x4049_0FDB, 0x3EA2_F800, 0x3F10_7000),
        (0, 0x7F80_0000, 0x7F80_0000), (0x8000_0001, 0xFF80_0000, 0xFF80_0000), (0x7F80_0000, 0, 0),
        (0xFF80_0000, 0x8000_0000, 0xFFC0_0000), (0x7FA0_0000, 0x7FE0_0000, 0x7FE0_0000),
        (0x7F7F_FFFF, 0, 0x1F80_0000), (0x3F80_0000, 0x3F7F_F000, 0x3F7F_F800),
        (0x0080_0000, 0x7E7F_F000, 0x5EFF_F800), (0xFE80_0000, 0x8000_0000, 0xFFC0_0000),
    ]

    @Test(arguments: approximations)
    func approximationsOfSpecialOperands(operand: UInt32, reciprocal: UInt32, root: UInt32) {
        #expect(SSEApproximation.reciprocal(operand) == reciprocal)
        #expect(SSEApproximation.reciprocalRoot(operand) == root)
    }
}
