import Testing

@testable import X86Interp

/// Special operands, rounding, precision, overflow and underflow: the results of an x87 (Intel Xeon).
@Suite struct X87ArithmeticTests {
    static let cases: [X87Case] = nans + invalid + denormals + ties + precision + extremes

    static let nans: [X87Case] = [
        X87Case("add 37F qnan 1", "qnan", "a quiet NaN passes"),
        X87Case("add 37F snan 1", "7FFF:E000000000000000 I", "a signalling NaN is made quiet"),
        X87Case("add 37F snan qnan", "qnan I", "quiet before signalling"),
        X87Case("add 37F qnan snan", "qnan I", "quiet before signalling"),
        X87Case("add 37F qnan -qnan", "qnan", "equal significands: the positive one"),
        X87Case("add 37F -qnan qnan", "qnan", "equal significands: the positive one"),
        X87Case("add 37F indefinite qnan", "qnan", "the larger significand"),
        X87Case("add 37F snan 7FFF:A000000000000001", "7FFF:E000000000000001 I", "the larger of two that signal"),
        X87Case("add 37F unnormal qnan", "indefinite I", "unsupported before NaN"),
        X87Case("add 37F pseudonan 1", "indefinite I"),
        X87Case("add 37F denormal qnan", "qnan", "no denormal exception"),
        X87Case("add 37E snan 1", "none I", "unmasked: no result"),
        X87Case("add 37E unnormal 1", "none I"),
        X87Case("scale 37F 1 unnormal", "indefinite I"),
        X87Case("storeSingle 37F snan", "7FE00000 I", "the top 23 bits stay"),
        X87Case("storeDouble 37F 7FFF:8000000000000001", "7FF8000000000000 I", "quiet: not turned into an infinity"),
        X87Case("loadDouble 37E 7FF0000000000001", "none I"),
        X87Case("addSingle 37F qnan 7FBFFFFF", "qnan I", "an operand in memory still signals: the quiet one wins"),
        X87Case("compare 37F qnan 1", "unordered I"),
        X87Case("compareQuietly 37F qnan 1", "unordered"),
        X87Case("compareQuietly 37F snan 1", "unordered I"),
        X87Case("compare 37E qnan 1", "unordered I", "unordered even if unmasked"),
    ]

    static let invalid: [X87Case] = [
        X87Case("divide 37F 0 -0", "indefinite I"),
        X87Case("squareRoot 37F -1", "indefinite I"),
        X87Case("squareRoot 37F 8000:1", "indefinite I", "no denormal exception beside invalid"),
        X87Case("scale 37F 0 inf", "indefinite I"),
        X87Case("remainder 37F inf 1", "indefinite I"),
        X87Case("remainder 37F 1 0", "indefinite I"),
        X87Case("divide 37F -1 0", "-inf Z"),
        X87Case("divide 37B 1 0", "none Z"),
        X87Case("divide 37F inf 0", "inf", "exact"),
        X87Case("divide 37F denormal 0", "inf Z", "zero divide hides the denormal"),
        X87Case("extract 37F -0", "-inf -0 Z"),
    ]

    static let denormals: [X87Case] = [
        X87Case("add 37F denormal 0", "denormal D"),
        X87Case("add 37D denormal 1", "none D"),
        X87Case("compare 37F denormal 8000:1", "greater D"),
        X87Case("compare 37D denormal 1", "less D", "the order is told all the same"),
        X87Case("compare 37F pseudodenormal 1:8000000000000001", "equal D", "equal numbers"),
        X87Case("extract 37F denormal", "C00D:807A000000000000 1 D"),
        X87Case("loadSingle 37F 1", "3F6A:8000000000000000 D"),
        X87Case("loadSingle 37D 1", "3F6A:8000000000000000 D", "loaded although unmasked"),
        X87Case("loadDouble 37F 800FFFFFFFFFFFFF", "BC00:FFFFFFFFFFFFF000 D"),
        X87Case("divideDouble 37F 1 1", "4431:8000000000000000 D"),
        X87Case("storeInt32 77F 8000:1", "FFFFFFFF up P", "stores raise no denormal exception"),
    ]

    static let ties: [X87Case] = [
        X87Case("add 37F 1 3FBF:8000000000000000", "1 P", "to even"),
        X87Case("add 77F 1 3FBF:8000000000000000", "1 P"),
        X87Case("add B7F 1 3FBF:8000000000000000", "3FFF:8000000000000001 up P"),
        X87Case("add F7F 1 3FBF:8000000000000000", "1 P"),
        X87Case("add 37F 3FFF:8000000000000001 3FBF:8000000000000000", "3FFF:8000000000000002 up P", "to even"),
        X87Case("add 37F 1 3FBF:8000000000000001", "3FFF:8000000000000001 up P", "just above a tie"),
        X87Case("add 37F 1 3F3F:8000000000000001", "1 P", "a trace beyond 128 bits"),
        X87Case("subtract 77F -1 3C00:8000000000000000", "BFFF:8000000000000001 up P"),
        X87Case("subtract F7F -1 3C00:8000000000000000", "-1 P"),
        X87Case("subtract 37F 1 1", "0"),
        X87Case("subtract 77F 1 1", "-0", "zero is negative when rounding down"),
        X87Case("subtract 37F 3FFF:8000000000000000 3FFE:FFFFFFFFFFFFFFFF", "3FBF:8000000000000000"),
        X87Case("add 37F 3FFF:FFFFFFFFFFFFFFFF 3FBF:8000000000000000", "2 up P", "rounding carries into the exponent"),
        X87Case("divide 37F 1 3", "3FFD:AAAAAAAAAAAAAAAB up P"),
        X87Case("divide B7F 1 3", "3FFD:AAAAAAAAAAAAAAAB up P"),
        X87Case("squareRoot 37F 2", "3FFF:B504F333F9DE6484 P"),
        X87Case("squareRoot 37F 3FFF:FFFFFFFFFFFFFFFF", "3FFF:B504F333F9DE6484 up P"),
        X87Case("multiply 37F 3FFF:FFFFFFFFFFFFFFFF 3FFF:FFFFFFFFFFFFFFFF", "4000:FFFFFFFFFFFFFFFE P"),
    ]

    static let precision: [X87Case] = [
        X87Case("divide 7F 1 3", "3FFD:AAAAAB0000000000 up P"),
        X87Case("divide 17F 1 3", "3FFD:AAAAAAAAAAAAAAAB up P", "the reserved precision is the extended one"),
        X87Case("divide 27F 1 3", "3FFD:AAAAAAAAAAAAA800 P"),
        X87Case("divide 37F 1 3", "3FFD:AAAAAAAAAAAAAAAB up P"),
        X87Case("add 7F 3FFF:8000008000000000 0", "1 P", "a tie at 24 bits"),
        X87Case("add 27F 3FFF:8000000000000400 0", "1 P", "a tie at 53 bits"),
        X87Case("multiply C7F max 2", "7FFE:FFFFFF0000000000 OP", "the largest number of 24 bits"),
        X87Case("multiply 7F least 3FFE:FFFFFF8000000000", "least up P", "not tiny: rounded up"),
        X87Case("multiply 7F least 3FFE:FFFFFF0000000000", "least up UP", "tiny, and inexact where it ends"),
        X87Case("multiply 7F least 3FFC:FFFFFF8000000000", "0:2000000000000000 up UP", "rounded once"),
        X87Case("scale 7F 3FFF:FFFFFFFFFFFFFFFF 1", "4000:FFFFFFFFFFFFFFFF", "precision is ignored"),
    ]

    static let extremes: [X87Case] = [
        X87Case("multiply 37F max 2", "inf up OP"),
        X87Case("multiply 77F max 2", "max OP"),
        X87Case("add 77F max max", "max OP"),
        X87Case("multiply 377 max max", "5FFE:FFFFFFFFFFFFFFFE OP", "unmasked: the exponent is less by 6000"),
        X87Case("multiply 36F least least", "2003:8000000000000000 U", "unmasked: the exponent is more by 6000"),
        X87Case("multiply 37F least 3FFE:8000000000000000", "0:4000000000000000", "tiny but exact"),
        X87Case("multiply 36F least 3FFE:8000000000000000", "6000:8000000000000000 U", "tiny but exact, unmasked"),
        X87Case("multiply 37F denormal 3FFE:8000000000000000", "0 DUP", "half of the least denormal"),
        X87Case("multiply 37F least 3FFE:FFFFFFFFFFFFFFFF", "least up UP", "tiny: exact but for the exponent"),
    ]

    @Test(arguments: cases) func operationsMatchSilicon(row: X87Case) {
        #expect(row.outcome == row.expected, "\(row.operation): \(row.why)")
    }
}
