import Testing

@testable import X86Interp

/// Comparisons and tests of the x87: each row by example; C3 C2 C0 are 000 above, 001 below, 100 equal, 111 unordered.
@Suite struct X87ComparisonTests {
    static let cases: [Case] = [ordered, unordered, flags, tests].flatMap { $0 }

    static let ordered: [Case] = [
        Case("D8 17", "fcom single [bx]", "bx=10 ds:0010=40000000 st0=3FFF:8 C3 C1", "C0 c3 c1"),
        Case("DC 17", "fcom double [bx]", "bx=10 ds:0010=3FF0000000000000 st0=3FFF:8", "C3"),
        Case("D8 D1", "fcom st(1)", "st0=4000:8 st1=3FFF:8 C3 C2 C0", "c3 c2 c0"),
        Case("D8 D1", "fcom st(1): a NaN", "st0=4000:8 st1=7FFF:C", "C3 C2 C0 IE"),
        Case("D8 D1", "fcom st(1): empty", "st0=4000:8", "C3 C2 C0 IE STF"),
        Case("DC D1", "fcom st(1) by DC", "st0=3FFF:8 st1=4000:8", "C0"),
        Case("D8 1F", "fcomp single [bx]", "bx=10 ds:0010=40000000 st0=3FFF:8", "C0 pop"),
        Case("D8 1F", "fcomp single: unmasked", "fcw=37E bx=10 ds:0010=7FC00000 st0=3FFF:8", "C3 C2 C0 IE ES"),
        Case("DC 1F", "fcomp double [bx]", "bx=10 ds:0010=3FF0000000000000 st0=3FFF:8", "C3 pop"),
        Case("D8 D9", "fcomp st(1)", "st0=3FFF:8 st1=4000:8", "C0 pop"),
        Case("DC D9", "fcomp st(1) by DC", "st0=3FFF:8 st1=4000:8", "C0 pop"),
        Case("DE D1", "fcomp st(1) by DE", "st0=3FFF:8 st1=4000:8", "C0 pop"),
        Case("DE D9", "fcompp", "st0=3FFF:8 st1=4000:8", "C0 pop pop"),
        Case("DE D9", "fcompp: empty", "st0=3FFF:8", "C3 C2 C0 IE STF pop pop"),
        Case("DE D9", "fcompp: empty, unmasked", "fcw=37E st0=3FFF:8", "C3 C2 C0 IE STF ES"),
        Case("DE 17", "ficom word [bx]", "bx=10 ds:0010=0002 st0=3FFF:8", "C0"),
        Case("DA 17", "ficom dword [bx]", "bx=10 ds:0010=00000001 st0=3FFF:8", "C3"),
        Case("DE 1F", "ficomp word [bx]", "bx=10 ds:0010=0002 st0=3FFF:8", "C0 pop"),
        Case("DA 1F", "ficomp dword [bx]", "bx=10 ds:0010=00000001 st0=3FFF:8", "C3 pop"),
    ]

    static let unordered: [Case] = [
        Case("DD E1", "fucom st(1): a quiet NaN", "st0=4000:8 st1=7FFF:C", "C3 C2 C0"),
        Case("DD E1", "fucom st(1): a signalling NaN", "st0=4000:8 st1=7FFF:8000001", "C3 C2 C0 IE"),
        Case("DD E9", "fucomp st(1)", "st0=4000:8 st1=4000:8", "C3 pop"),
        Case("DA E9", "fucompp", "st0=4000:8 st1=4000:8", "C3 pop pop"),
    ]

    static let flags: [Case] = [
        Case("DB E9", "fucomi st,st(1): a quiet NaN", "OF SF AF st0=4000:8 st1=7FFF:C", "of sf af ZF PF CF"),
        Case("DB F1", "fcomi st,st(1)", "C1 st0=3FFF:8 st1=4000:8", "CF"),
        Case("DB F1", "fcomi st,st(1): a quiet NaN", "st0=3FFF:8 st1=7FFF:C", "ZF PF CF IE"),
        Case("DB F1", "fcomi st,st(1): empty", "C1 st0=3FFF:8", "ZF PF CF IE STF c1"),
        Case("DF E9", "fucomip st,st(1)", "st0=3FFF:8 st1=3FFF:8", "ZF pop"),
        Case("DF F1", "fcomip st,st(1)", "st0=4000:8 st1=3FFF:8", "pop"),
        Case("DF F1", "fcomip st,st(1): unmasked", "fcw=37E st0=4000:8 st1=7FFF:C", "ZF PF CF IE ES"),
        Case("DB F1", "fcomi on the pentium", "", "#UD", on: .pentium),
    ]

    static let tests: [Case] = [
        Case("D9 E4", "ftst", "st0=BFFF:8", "C0"),
        Case("D9 E4", "ftst: zero", "st0=8000:0", "C3"),
        Case("D9 E4", "ftst: denormal", "st0=0000:0000001", "DE"),
        Case("D9 E5", "fxam: normal", "st0=BFFF:8", "C2 C1"),
        Case("D9 E5", "fxam: empty", "st0=3FFF:8 st0=empty C1", "C3 C0 c1"),
        Case("D9 E5", "fxam: unsupported", "st0=3FFF:4 C3 C2 C0", "c3 c2 c0"),
        Case("D9 E5", "fxam: infinity", "st0=7FFF:8", "C2 C0"),
        Case("D9 E5", "fxam: a NaN", "st0=7FFF:8000001", "C0"),
        Case("D9 E5", "fxam: zero", "st0=0000:0", "C3"),
        Case("D9 E5", "fxam: denormal", "st0=0000:0000001", "C3 C2"),
    ]

    @Test(arguments: ordered) func orderedCases(example: Case) { example.check() }
    @Test(arguments: unordered) func unorderedCases(example: Case) { example.check() }
    @Test(arguments: flags) func flagCases(example: Case) { example.check() }
    @Test(arguments: tests) func testCases(example: Case) { example.check() }
}
