import TestSupport
import Testing

@testable import X86Interp

#if canImport(Glibc)
    import Glibc
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the bits of floating-point numbers mean, in words and in decimal.
@Suite struct BinaryFloatTests {
    private static let extended: [(UInt16, UInt64, String)] = [
        (0x0000, 0, "0"), (0x8000, 0, "-0"), (0x3FFF, 1 << 63, "1"), (0xBFFF, 1 << 63, "-1"),
        (0x4000, 0xC90F_DAA2_2168_C235, "3.141592653589793239"), (0x3FFB, 0xCCCC_CCCC_CCCC_CCCD, "0.1"),
        (0x4002, 0xA000_0000_0000_0000, "10"), (0x403E, 0x8AC7_2304_89E8_0000, "1e+19"),
        (0x403A, 0xDE0B_6B3A_763F_FFF0, "999999999999999999"), (0x3FF1, 0xA7C5_AC47_1B47_8423, "0.00008"),
        (0x3FF0, 1 << 63, "0.000030517578125"), (0x3FEC, 1 << 63, "1.9073486328125e-06"),
        (0x7FFE, .max, "1.189731495357231765e+4932"), (0x0001, 1 << 63, "3.362103143112093506e-4932"),
        (0, 1, "3.645199531882474603e-4951 (denormal)"), (0, 1 << 63, "3.362103143112093506e-4932 (pseudo-denormal)"),
        (0x7FFF, 1 << 63, "+infinity"), (0xFFFF, 1 << 63, "-infinity"),
        (0xFFFF, 3 << 62, "indefinite"), (0x7FFF, 3 << 62, "quiet NaN"), (0xFFFF, 3 << 62 | 1, "-quiet NaN"),
        (0x7FFF, 1 << 63 | 1, "signalling NaN"), (0x7FFF, 0, "+pseudo-infinity"), (0x7FFF, 1, "pseudo-NaN"),
        (0x4000, 1, "unnormal"), (0x4000, 0, "unnormal"), (0xC000, .max >> 1, "-unnormal"),
    ]

    @Test(arguments: extended) func anExtendedNumberHasItsText(signExponent: UInt16, significand: UInt64, text: String)
    {
        #expect(BinaryFloat(Extended(signExponent: signExponent, significand: significand)).text == text)
    }

    @Test func numbersOfMemoryHaveTheirTexts() {
        let singles: [(UInt32, String)] = [
            (0x3F80_0000, "1"), (0x3DCC_CCCD, "0.100000001"), (0x8000_0001, "-1.40129846e-45 (denormal)"),
            (0x7F7F_FFFF, "3.40282347e+38"), (0x7F80_0000, "+infinity"), (0xFFC0_0000, "indefinite"),
            (0x7FC0_0000, "quiet NaN"), (0x7F80_0001, "signalling NaN"), (0x4B80_0000, "16777216"),
        ]
        for (bits, text) in singles { #expect(BinaryFloat(single: bits).text == text) }
        let doubles: [(UInt64, String)] = [
            (0x3FF0_0000_0000_0000, "1"), (0x3FB9_9999_9999_999A, "0.10000000000000001"),
            (1, "4.9406564584124654e-324 (denormal)"), (0x7FEF_FFFF_FFFF_FFFF, "1.7976931348623157e+308"),
            (0xFFF8_0000_0000_0000, "indefinite"), (0x7FF0_0000_0000_0001, "signalling NaN"),
            (0xC008_0000_0000_0000, "-3"), (0x8000_0000_0000_0000, "-0"),
        ]
        for (bits, text) in doubles { #expect(BinaryFloat(double: bits).text == text) }
    }

    /// Enough digits are there to tell any two numbers apart, and none is wrong.
    @Test func whatIsPrintedReadsBackAsTheSameNumber() throws {
        var random = SeededGenerator(seed: 87)
        for _ in 0..<LongTests.count(short: 200) {
            let double = UInt64.random(in: 0 ... .max, using: &random)
            let (wide, narrow) = (BinaryFloat(double: double), BinaryFloat(single: UInt32(double >> 32)))
            if wide.isFinite { #expect(Double(Self.number(wide))?.bitPattern == double) }
            if narrow.isFinite { #expect(Float(Self.number(narrow))?.bitPattern == UInt32(double >> 32)) }
        }
    }

    private static func number(_ value: BinaryFloat) -> String { String(value.text.prefix { $0 != " " }) }

    /// Whatever the bits are, there is a text of one line.
    @Test func anyBitsHaveAText() {
        var random = SeededGenerator(seed: 80)
        var kinds: Set<BinaryFloat.Kind> = []
        // One in so many thousands by chance.
        kinds.insert(BinaryFloat(.indefinite).kind)
        for _ in 0..<LongTests.count(short: 40) {
            let powers: [UInt16] = [0, 0x7FFF, .random(in: 0..<0x7FFF, using: &random)]
            let fractions: [UInt64] = [0, 1, 1 << 62, .random(in: 0 ... .max >> 1, using: &random)]
            let power = powers[Int.random(in: 0..<3, using: &random)]
            let fraction = fractions[Int.random(in: 0..<4, using: &random)]
            let bits = Extended(
                signExponent: power | (Bool.random(using: &random) ? 0x8000 : 0),
                significand: fraction | (Bool.random(using: &random) ? 1 << 63 : 0))
            let value = BinaryFloat(bits)
            kinds.insert(value.kind)
            #expect(!value.text.isEmpty && !value.text.contains("\n") && value.text.count < 60)
        }
        #expect(kinds == Set(BinaryFloat.Kind.allCases))
    }

    #if arch(x86_64) && canImport(Glibc)
        /// The C library of this host prints the same digits.
        @Test func theDigitsAreThoseOfTheHost() {
            var random = SeededGenerator(seed: 19)
            for _ in 0..<LongTests.count(short: 60) {
                let power = UInt16.random(in: 1..<0x7FFF, using: &random)
                let bits = Extended(
                    signExponent: power, significand: UInt64.random(in: 0 ... .max, using: &random) | 1 << 63)
                let host = Float80(
                    sign: .plus, exponentBitPattern: UInt(power), significandBitPattern: bits.significand)
                var buffer = [CChar](repeating: 0, count: 64)
                withVaList([host]) { _ = vsnprintf(&buffer, 64, "%.18Le", $0) }
                let expected = String(decoding: buffer.prefix { $0 != 0 }.map { UInt8($0) }, as: UTF8.self)
                #expect(Self.scientific(BinaryFloat(bits)) == expected, "\(bits)")
            }
        }

        /// All 19 digits with an exponent, as C writes them.
        private static func scientific(_ value: BinaryFloat) -> String {
            let (digits, power) = DecimalDigits(value.significand, value.exponent).rounded(to: 19)
            let all = digits + [String](repeating: "0", count: 19 - digits.count)
            let e = String(power.magnitude)
            return all[0] + "." + all.dropFirst().joined() + "e" + (power < 0 ? "-" : "+") + (e.count < 2 ? "0" + e : e)
        }
    #endif
}
