import Testing

@testable import X86Interp

/// Scaling, remainders, conversions and constants: the results of an x87 (Intel Xeon).
@Suite struct X87ConversionTests {
    static let cases: [X87Case] = scaling + remainders + stores + decimals + loads

    static let scaling: [X87Case] = [
        X87Case("scale 37F 1 3FFE:FFFFFFFFFFFFFFFF", "1", "below one: nothing"),
        X87Case("scale 37F 3 C000:FFFFFFFFFFFFFFFF", "3FFD:C000000000000000", "-3.99 counts as -3"),
        X87Case("scale 377 1 400D:8000000000000000", "1FFF:8000000000000000 O", "unmasked: wrapped"),
        X87Case("scale 377 1 400F:8000000000000000", "inf up OP", "unmasked, beyond wrapping"),
        X87Case("scale 36F 1 C00F:8000000000000000", "0 UP", "unmasked, beyond wrapping"),
        X87Case("scale 36D 1 denormal", "none D"),
        X87Case("scale 36F denormal 0", "denormal D", "a scale of zero raises no underflow"),
        X87Case("extract 37F 4005:F000000000000000", "4001:C000000000000000 3FFF:F000000000000000"),
        X87Case("roundToInteger 37F 4000:A000000000000000", "2 P", "2.5"),
        X87Case("roundToInteger 37F C000:E000000000000000", "C001:8000000000000000 up P", "-3.5"),
        X87Case("roundToInteger 77F BFFC:8000000000000000", "-1 up P"),
    ]

    static let remainders: [X87Case] = [
        X87Case("remainder 37F 10 3", "1 C3 C1"),
        X87Case("remainderNearest 37F 10 3", "1 C3 C1"),
        X87Case("remainderNearest 37F 4001:A000000000000000 2", "1 C3", "2.5: the even quotient"),
        X87Case("remainderNearest 37F 1 2", "1", "0.5: the even quotient"),
        X87Case("remainder 37F 403E:FFFFFFFFFFFFFFFF 3FFF:C000000000000001", "3FFC:AAAAAAAAAAAAAAB8 C1", "complete"),
        X87Case("remainder 37F 403F:FFFFFFFFFFFFFFFF 3FFF:C000000000000001", "401D:FFFFFFF6AAAAAAAC C2", "32 less"),
        X87Case("remainderNearest 37F 405E:C000000000000000 3FFF:C000000000000001", "401E:8000000000000002 C2", "63"),
        X87Case("remainder 37F 7F3F:C90FDAA22168C234 7EE0:A000000000000001", "7EFD:F9342258C3C7F1F0 C2", "a chain"),
        X87Case("remainder 37F 7EFD:F9342258C3C7F1F0 7EE0:A000000000000001", "7EDF:F0F1FC7B9C518BDE C1"),
        X87Case("remainder 36F 1:8000000000000001 least", "5FC2:8000000000000000 C1 U", "tiny and exact"),
    ]

    static let stores: [X87Case] = [
        X87Case("storeSingle 37F 3FFF:8000008000000000", "3F800000 P"),
        X87Case("storeSingle B7F 3FFF:8000008000000000", "3F800001 up P"),
        X87Case("storeSingle 37F max", "7F800000 up OP"),
        X87Case("storeSingle 377 max", "none O", "unmasked: nothing is stored"),
        X87Case("storeSingle 37F 407E:FFFFFF8000000000", "7F800000 up OP"),
        X87Case("storeSingle 37F 3F80:FFFFFFFFFFFFFFFF", "800000 up P", "not tiny after rounding"),
        X87Case("storeSingle 36F 3F70:8000000000000000", "none U", "exact, but tiny and unmasked"),
        X87Case("storeSingle 35F 3FFF:8000008000000000", "3F800000 P", "an unmasked inexact stores"),
        X87Case("storeDouble 37F 3FFF:8000000000000400", "3FF0000000000000 P"),
        X87Case("storeDouble 37F 3BCC:8000000000000000", "0 UP", "half of the least: to even"),
        X87Case("storeInt16 37F 400D:FFFE000000000000", "7FFF", "32767"),
        X87Case("storeInt16 37F 400D:FFFF000000000000", "8000 I", "32767.5"),
        X87Case("storeInt16 37F C00E:8000800000000000", "8000 P", "-32768.5"),
        X87Case("storeInt32 37F 401D:FFFFFFFE00000000", "7FFFFFFF"),
        X87Case("storeInt32 37E 401E:8000000000000000", "none I"),
        X87Case("storeInt64 37F C03E:8000000000000000", "8000000000000000"),
        X87Case("storeInt64 37F 403E:8000000000000000", "8000000000000000 I"),
    ]

    static let decimals: [X87Case] = [
        X87Case("storeDecimal 37F 403A:DE0B6B3A763FFFF0", "999999999999999999", "999999999999999999"),
        X87Case("storeDecimal 37F 403A:DE0B6B3A763FFFF8", "FFFFC000000000000000 I", "999999999999999999.5"),
        X87Case("storeDecimal 37F C005:F600000000000000", "80000000000000000123", "-123"),
        X87Case("storeDecimal 37F -0", "80000000000000000000"),
        X87Case("storeDecimal 37E inf", "none I"),
        X87Case("loadDecimal 37F 123456789012345678", "4037:DB4DA5D31879A700"),
        X87Case("loadDecimal 37F 7F00000000000000000F", "4002:F000000000000000", "a digit of fifteen"),
    ]

    static let loads: [X87Case] = [
        X87Case("log2of10 37F", "4000:D49A784BCD1B8AFE"),
        X87Case("log2of10 B7F", "4000:D49A784BCD1B8AFF"),
        X87Case("log2ofE 37F", "3FFF:B8AA3B295C17F0BC"),
        X87Case("pi 37F", "4000:C90FDAA22168C235"),
        X87Case("pi B7F", "4000:C90FDAA22168C235"),
        X87Case("log10of2 37F", "3FFD:9A209A84FBCFF799"),
        X87Case("logEof2 37F", "3FFE:B17217F7D1CF79AC"),
        X87Case("loadDouble 37F BFF0000000000001", "BFFF:8000000000000800"),
    ]

    @Test(arguments: cases) func operationsMatchSilicon(row: X87Case) {
        #expect(row.outcome == row.expected, "\(row.operation): \(row.why)")
    }
}
