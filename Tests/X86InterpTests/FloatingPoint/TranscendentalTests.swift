import Testing

@testable import X86Interp

/// The x87's transcendental functions: correctly rounded results, special operands, exceptions.
@Suite struct TranscendentalTests {
    /// The instructions; of those with two results, the one that is not pushed.
    enum Function: Sendable {
        case fsin
        case fcos
        case fptan
        case fpatan
        case f2xm1
        case fyl2x
        case fyl2xp1

        /// The function of ST(0) and ST(1); nil if there is no result.
        func callAsFunction(_ x: Extended, _ y: Extended, _ arithmetic: inout X87Arithmetic) -> Extended? {
            switch self {
            case .fsin: Self.first(arithmetic.sine(x))
            case .fcos: Self.first(arithmetic.cosine(x))
            case .fptan: Self.first(arithmetic.tangent(x))
            case .fpatan: arithmetic.arctangent(y, over: x)
            case .f2xm1: arithmetic.powerOfTwoLessOne(x)
            case .fyl2x: arithmetic.logarithm(of: x, times: y)
            case .fyl2xp1: arithmetic.logarithmPlusOne(of: x, times: y)
            }
        }

        /// What ST(0) becomes.
        private static func first(_ result: TrigonometricResult) -> Extended? {
            switch result {
            case .value(let value), .pair(let value, _): value
            case .outOfRange, .withheld: nil
            }
        }
    }

    /// Operands and a result, of which the exact one lies between it and the next number away from zero.
    struct Row: Sendable {
        let function: Function
        let x: Extended
        let y: Extended
        let truncated: Extended
        let isNearestUp: Bool

        init(
            _ function: Function, _ x: String, and y: String = "3FFF 8000000000000000", _ truncated: String, up: Bool
        ) {
            self.function = function
            self.x = extended(x)
            self.y = extended(y)
            self.truncated = extended(truncated)
            isNearestUp = up
        }
    }

    /// Computed with 400 bits (mpmath, GNU MPFR), the pi of FSIN, FCOS and FPTAN being that of 66 bits.
    static let rows: [Row] = [
        Row(.fsin, "3FFF 8000000000000000", "3FFE D76AA47848677020", up: true),
        Row(.fsin, "BFFE 8000000000000000", "BFFD F57743A2582F7F43", up: true),
        Row(.fsin, "3FFE C90FDAA22168C235", "3FFE B504F333F9DE6484", up: true),
        Row(.fsin, "4000 C90FDAA22168C235", "BFBE FFFFFFFFFFFFFFFF", up: true),
        Row(.fsin, "4027 8000000000000001", "BFFD CFB894EBC4737F3F", up: false),
        Row(.fsin, "403D FFFFFFFFFFFFFFFF", "3FFE E0AB9300DA6D2684", up: false),
        Row(.fsin, "3FD7 DEADBEEFCAFEF00D", "3FD7 DEADBEEFCAFEF00C", up: true),
        Row(.fcos, "3FFF 8000000000000000", "3FFE 8A51407DA8345C91", up: true),
        Row(.fcos, "3FFE C90FDAA22168C235", "3FFE B504F333F9DE6484", up: false),
        Row(.fcos, "4000 C90FDAA22168C235", "BFFE FFFFFFFFFFFFFFFF", up: true),
        Row(.fcos, "4008 FFFFFFFFFFFFFFFE", "3FFE FCC334EBD76DBAC9", up: true),
        Row(.fcos, "403D FFFFFFFFFFFFFFFF", "3FFD F56EC1E0A37C4176", up: false),
        Row(.fcos, "3FD7 DEADBEEFCAFEF00D", "3FFE FFFFFFFFFFFFFFFF", up: true),
        Row(.fptan, "3FFF 8000000000000000", "3FFF C75922E5F71D2DC5", up: false),
        Row(.fptan, "BFFE 8000000000000000", "BFFE 8BDA7ADF9A3A5218", up: true),
        Row(.fptan, "3FFE C90FDAA22168C235", "3FFF 8000000000000000", up: false),
        Row(.fptan, "4000 C90FDAA22168C235", "3FBF 8000000000000000", up: false),
        Row(.fptan, "4027 8000000000000001", "3FFD E343CFBAF3F57E68", up: true),
        Row(.fptan, "403D FFFFFFFFFFFFFFFF", "3FFF EA57F75B8BFEBB70", up: false),
        Row(.fptan, "3FD7 DEADBEEFCAFEF00D", "3FD7 DEADBEEFCAFEF00D", up: false),
        Row(.fpatan, "3FFF 8000000000000000", and: "3FFF 8000000000000000", "3FFE C90FDAA22168C234", up: true),
        Row(.fpatan, "4000 C000000000000000", and: "C000 8000000000000000", "BFFE 968756B0331CAB69", up: false),
        Row(.fpatan, "4009 9876543210FEDCBA", and: "3FF0 ABCDEF0123456789", "3FE6 903D217E15EA7F6D", up: true),
        Row(.fpatan, "C009 9876543210FEDCBA", and: "3FF0 ABCDEF0123456789", "4000 C90FDA7E122062AF", up: false),
        Row(.fpatan, "3FE0 9000000000000000", and: "BFFF B000000000000000", "BFFF C90FDAA14FF4651D", up: false),
        Row(.fpatan, "7FFE FFFFFFFFFFFFFFFF", and: "FFFE FFFFFFFFFFFFFFFE", "BFFE C90FDAA22168C234", up: false),
        Row(.f2xm1, "3FFE 8000000000000000", "3FFD D413CCCFE7799211", up: false),
        Row(.f2xm1, "BFFE 8000000000000000", "BFFD 95F619980C4336F7", up: false),
        Row(.f2xm1, "3FFE FFFFFFFFFFFFFFFF", "3FFE FFFFFFFFFFFFFFFE", up: true),
        Row(.f2xm1, "BFFE FFFFFFFFFFFFFFFF", "BFFD FFFFFFFFFFFFFFFF", up: false),
        Row(.f2xm1, "3FF9 FEDCBA9876543210", "3FF9 B29358292949E77A", up: false),
        Row(.f2xm1, "BFFA 8111111111111111", "BFF9 B0FC0C7354BC9EAF", up: false),
        Row(.f2xm1, "1234 C000000000000000", "1234 851591F9DD5B9B40", up: true),
        Row(.fyl2x, "4000 C000000000000000", and: "3FFF 8000000000000000", "3FFF CAE00D1CFDEB43CF", up: true),
        Row(.fyl2x, "3FFE FFFFFFFFFFFFFFFF", and: "BFFF C000000000000000", "3FC0 8A7FAC5F0511F48D", up: false),
        Row(.fyl2x, "3FFF 8000000000000001", and: "7000 9000000000000000", "6FC1 CFBF828E879AEED2", up: false),
        Row(.fyl2x, "3FFF B504F333F9DE6485", and: "3FFF 8000000000000000", "3FFE 8000000000000001", up: false),
        Row(.fyl2x, "7FFE FFFFFFFFFFFFFFFF", and: "3FFD A000000000000000", "400B 9FFFFFFFFFFFFFFF", up: true),
        Row(.fyl2x, "0001 8000000000000005", and: "4004 FEEDFACECAFEBEEF", "C012 FEE6035EF48866F9", up: false),
        Row(.fyl2x, "3FFB CCCCCCCCCCCCCCCD", and: "C000 C000000000000000", "4002 9F73DA38D9D4A83E", up: true),
        Row(.fyl2xp1, "3FFD D413CCCFE7799211", and: "3FFF 8000000000000000", "3FFD FFFFFFFFFFFFFFFF", up: true),
        Row(.fyl2xp1, "BFFD 95F619980C4336F7", and: "BFFF C000000000000000", "3FFE BFFFFFFFFFFFFFFF", up: true),
        Row(.fyl2xp1, "3FC0 9000000000000000", and: "4000 E000000000000000", "3FC2 B5C7923CB6A790F8", up: false),
        Row(.fyl2xp1, "3FF8 8123456789ABCDEF", and: "3FFF 8000000000000000", "3FF8 B99377433FCB9F35", up: true),
        Row(.fyl2xp1, "0100 9000000000000000", and: "4100 F000000000000000", "0202 C2C38A659F213FE6", up: false),
        Row(.fyl2xp1, "BFFE FFFFFFFFFFFFFFFD", and: "3FFF 8000000000000000", "C004 F9A8FF971810A5E1", up: true),
        Row(.fyl2xp1, "4050 A000000000000000", and: "3FFF 8000000000000000", "4005 A2A4D3C25E68DC57", up: true),
    ]

    @Test(arguments: rows) func isRoundedCorrectly(row: Row) {
        let isNegative = row.truncated.signExponent & 0x8000 != 0
        let directions: [(RoundingMode, Bool)] = [
            (.nearestEven, row.isNearestUp), (.down, isNegative), (.up, !isNegative), (.zero, false),
        ]
        for (mode, isUp) in directions {
            var expected = row.truncated
            if isUp {
                expected.significand &+= 1
                if expected.significand == 0 {
                    expected = Extended(signExponent: expected.signExponent + 1, significand: 1 << 63)
                }
            }
            // Single precision, which only the basic operations heed.
            var arithmetic = X87Arithmetic(rounding: mode, precision: .single, masked: .all)
            #expect(row.function(row.x, row.y, &arithmetic) == expected, "\(mode)")
            #expect(arithmetic.raised == .inexact)
            #expect(arithmetic.roundedUp == isUp)
        }
    }

    /// Special operands as ST(0), ST(1), result and exceptions, all masked, to nearest.
    static let specials: [(Function, String, String, String, FloatExceptions)] = [
        (.fsin, zero, one, zero, []),
        (.fsin, "8000 0000000000000123", one, "8000 0000000000000123", [.denormal, .underflow, .inexact]),
        (.fsin, inf, one, indefinite, .invalid),
        (.fsin, "4000 4000000000000000", one, indefinite, .invalid),
        (.fcos, zero, one, one, []),
        (.fcos, "0000 0000000000000123", one, one, [.denormal, .inexact]),
        (.fptan, "8000 0000000000000000", one, "8000 0000000000000000", []),
        (.fpatan, zero, zero, zero, []),
        (.fpatan, "8000 0000000000000000", zero, "4000 C90FDAA22168C235", .inexact),
        (.fpatan, "FFFF 8000000000000000", inf, "4000 96CBE3F9990E91A8", .inexact),
        (.fpatan, inf, minusOne, "8000 0000000000000000", []),
        (.fpatan, largest, one, "0000 2000000000000000", [.underflow, .inexact]),
        (.fpatan, signalling, "7FFF C000000000000000", "7FFF C000000000000000", .invalid),
        (.f2xm1, one, one, one, .inexact),
        (.f2xm1, "4000 C000000000000000", one, "4000 C000000000000000", .inexact),
        (.f2xm1, "FFFF 8000000000000000", one, minusOne, []),
        (.f2xm1, "8000 0000000000000123", one, "8000 00000000000000CA", [.denormal, .underflow, .inexact]),
        (.fyl2x, one, minusOne, "8000 0000000000000000", []),
        (.fyl2x, "4001 8000000000000000", one, "4000 8000000000000000", .inexact),
        (.fyl2x, zero, minusOne, inf, .zeroDivide),
        (.fyl2x, zero, inf, "FFFF 8000000000000000", []),
        (.fyl2x, zero, zero, indefinite, .invalid),
        (.fyl2x, one, inf, indefinite, .invalid),
        (.fyl2x, inf, zero, indefinite, .invalid),
        (.fyl2x, "3FFE 8000000000000000", inf, "FFFF 8000000000000000", []),
        (.fyl2x, "4001 8000000000000000", largest, inf, [.overflow, .inexact]),
        (.fyl2x, "4000 4000000000000000", signalling, indefinite, .invalid),
        (.fyl2xp1, zero, minusOne, "8000 0000000000000000", []),
        (.fyl2xp1, zero, inf, indefinite, .invalid),
        (.fyl2xp1, one, one, one, .inexact),
        (.fyl2xp1, minusOne, one, minusOne, .inexact),
        (.fyl2xp1, "FFFF 8000000000000000", one, indefinite, .invalid),
        (.fyl2xp1, inf, minusOne, "FFFF 8000000000000000", []),
        (.fyl2xp1, "C000 C000000000000000", inf, "FFFF 8000000000000000", []),
        (.fyl2xp1, "0000 0000000000000123", one, "0000 00000000000001A4", [.denormal, .underflow, .inexact]),
    ]

    @Test(arguments: specials) func specialOperands(
        function: Function, x: String, y: String, result: String, raised: FloatExceptions
    ) {
        var arithmetic = X87Arithmetic(controlWord: 0x37F)
        #expect(function(extended(x), extended(y), &arithmetic) == extended(result))
        #expect(arithmetic.raised == raised)
    }

    @Test func unmaskedExceptionsBeforeTheResultWithholdIt() {
        let denormal = "0000 0000000000000001"
        let cases: [(Function, String, String, FloatExceptions)] = [
            (.fsin, inf, one, .invalid), (.fcos, signalling, one, .invalid), (.fptan, denormal, one, .denormal),
            (.fpatan, one, signalling, .invalid), (.fpatan, one, denormal, .denormal),
            (.f2xm1, denormal, one, .denormal), (.fyl2x, zero, one, .zeroDivide),
            (.fyl2x, minusOne, one, .invalid), (.fyl2xp1, zero, inf, .invalid),
        ]
        for (function, x, y, raised) in cases {
            var arithmetic = X87Arithmetic(
                rounding: .nearestEven, precision: .extended, masked: .all.subtracting(raised))
            #expect(function(extended(x), extended(y), &arithmetic) == nil, "\(function) \(x) \(y)")
            #expect(arithmetic.raised == raised)
        }
    }

    @Test func unmaskedUnderflowAndOverflowMoveTheExponent() {
        var arithmetic = X87Arithmetic(controlWord: 0x36F)
        let sine = arithmetic.sine(extended("8000 0000000000001D0C"))
        #expect(sine == .value(extended("DFCE E860000000000000")))
        #expect(arithmetic.raised == [.denormal, .underflow, .inexact])
        arithmetic = X87Arithmetic(controlWord: 0x377)
        let product = arithmetic.logarithm(of: extended("4001 8000000000000000"), times: extended(largest))
        #expect(product == extended("1FFF FFFFFFFFFFFFFFFF"))
        #expect(arithmetic.raised == [.overflow, .inexact])
    }

    @Test(arguments: ["403E 8000000000000000", "C03E 8000000000000001", "7FFE FFFFFFFFFFFFFFFF"])
    func largeAnglesAreOutOfRange(angle: String) {
        var arithmetic = X87Arithmetic(controlWord: 0x340)
        #expect(arithmetic.sine(extended(angle)) == .outOfRange)
        #expect(arithmetic.cosine(extended(angle)) == .outOfRange)
        #expect(arithmetic.sineAndCosine(extended(angle)) == .outOfRange)
        #expect(arithmetic.tangent(extended(angle)) == .outOfRange)
        #expect(arithmetic.raised == [])
    }

    @Test func pairsPushTheCosineOrOne() {
        var arithmetic = X87Arithmetic(controlWord: 0x37F)
        let both = arithmetic.sineAndCosine(extended(one))
        #expect(both == .pair(extended("3FFE D76AA47848677021"), pushed: extended("3FFE 8A51407DA8345C92")))
        let tangent = arithmetic.tangent(extended(one))
        #expect(tangent == .pair(extended("3FFF C75922E5F71D2DC5"), pushed: extended(one)))
        #expect(arithmetic.tangent(extended(inf)) == .pair(extended(indefinite), pushed: extended(indefinite)))
        let quieted = extended("7FFF C000000000000001")
        #expect(arithmetic.sineAndCosine(extended(signalling)) == .pair(quieted, pushed: quieted))
    }

    /// The tangent is above its argument: nothing underflows, in no rounding mode.
    @Test(arguments: [0x37F, 0x77F, 0xB7F, 0xF7F] as [UInt16], ["0001 8000000000000000", "8001 8000000000000000"])
    func theTangentOfTheSmallestNormalNumberIsThatNumber(controlWord: UInt16, number: String) {
        var arithmetic = X87Arithmetic(controlWord: controlWord)
        let tangent = arithmetic.tangent(extended(number))
        #expect(tangent == .pair(extended(number), pushed: extended(one)))
        #expect(arithmetic.raised == .inexact)
    }

    @Test func tinyTangentsAndArctangentsAreTakenBelowTheArgument() {
        var arithmetic = X87Arithmetic(controlWord: 0xB7F)
        let tangent = arithmetic.tangent(extended("BF8E 956A7698692C116C"))
        #expect(tangent == .pair(extended("BF8E 956A7698692C116B"), pushed: extended(one)))
        let angle = arithmetic.arctangent(
            extended("0022 C0BE198C84B093E9"), over: extended("4000 C781CA0F86331BFF"))
        #expect(angle == extended("0020 F751F5C2437203A8"))
    }
}

private let zero = "0000 0000000000000000"
private let one = "3FFF 8000000000000000"
private let minusOne = "BFFF 8000000000000000"
private let inf = "7FFF 8000000000000000"
private let largest = "7FFE FFFFFFFFFFFFFFFF"
private let signalling = "7FFF 8000000000000001"
private let indefinite = "FFFF C000000000000000"

/// A number from the hexadecimal digits of sign with exponent, and significand.
private func extended(_ text: String) -> Extended {
    let parts = text.split(separator: " ")
    return Extended(
        signExponent: UInt16(parts[0], radix: 16) ?? 0, significand: UInt64(parts[1], radix: 16) ?? 0)
}
