import Testing

@testable import X86Interp

/// Powers, logarithms and angles of the x87: each row by example.
@Suite struct X87TranscendentalTests {
    static let cases: [Case] = [
        Case("D9 F0", "f2xm1: one", "st0=3FFF:8", "st0=3FFF:8 PE"),
        Case("D9 F0", "f2xm1: empty", "", "st0=FFFF:C IE STF"),
        Case("D9 F1", "fyl2x: three times the logarithm of 8", "st0=4002:8 st1=4000:C", "st1=4002:9 PE pop"),
        Case("D9 F1", "fyl2x: zero", "st0=0000:0 st1=3FFF:8", "st1=FFFF:8 ZE pop"),
        Case("D9 F1", "fyl2x: zero, unmasked", "fcw=37B st0=0000:0 st1=3FFF:8", "ZE ES"),
        Case("D9 F1", "fyl2x: empty", "st0=3FFF:8", "st1=FFFF:C IE STF pop"),
        Case("D9 F9", "fyl2xp1: zero", "st0=8000:0 st1=3FFF:8", "st1=8000:0 pop"),
        Case("D9 F2", "fptan: zero", "st0=8000:0 C2", "top=7 st0=3FFF:8 c2"),
        Case("D9 F2", "fptan: out of range", "st0=403E:8", "C2"),
        Case("D9 F2", "fptan: no room", "st0=3FFF:8 st7=3FFF:8", "st0=FFFF:C top=7 st0=FFFF:C IE STF C1"),
        Case("D9 F3", "fpatan: one over zero", "st0=0000:0 st1=3FFF:8", "st1=3FFF:C90FDAA22168C235 pop PE C1"),
        Case("D9 FB", "fsincos: zero", "st0=0000:0", "top=7 st0=3FFF:8"),
        Case("D9 FE", "fsin: zero", "st0=8000:0", "st0=8000:0"),
        Case("D9 FE", "fsin: out of range", "st0=C03E:8", "C2"),
        Case("D9 FE", "fsin: infinity", "st0=7FFF:8", "st0=FFFF:C IE"),
        Case("D9 FF", "fcos: zero", "st0=0000:0 C2", "st0=3FFF:8 c2"),
        Case("D9 FF", "fcos: empty", "", "st0=FFFF:C IE STF"),
    ]

    @Test(arguments: cases) func transcendentalCases(example: Case) { example.check() }
}
