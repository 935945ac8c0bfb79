import Testing

@testable import X86Interp

/// Sums, products, quotients, roots, remainders of the x87: each row by example; 6 is 4001:C, 1.5 is 3FFF:C.
@Suite struct X87BasicTests {
    static let cases: [Case] = [sums, products, differences, quotients, stackFaults, others].flatMap { $0 }

    static let sums: [Case] = [
        Case("D8 07", "fadd single [bx]", "bx=10 ds:0010=40000000 st0=3FFF:8", "st0=4000:C"),
        Case("D8 07", "fadd single beyond the limit", "bx=FFFE st0=3FFF:8", "#GP"),
        Case("DC 07", "fadd double [bx]", "bx=10 ds:0010=4000000000000000 st0=3FFF:8", "st0=4000:C"),
        Case("D8 C1", "fadd st,st(1)", "st0=3FFF:8 st1=4000:8", "st0=4000:C"),
        Case("D8 C1", "fadd st,st(1): single precision", "fcw=7F st0=3FFF:8 st1=3FE7:C", "st0=3FFF:800001 PE C1"),
        Case("D8 C1", "fadd st,st(1): infinities", "st0=7FFF:8 st1=FFFF:8", "st0=FFFF:C IE"),
        Case("DC C1", "fadd st(1),st", "st0=3FFF:8 st1=4000:8", "st1=4000:C"),
        Case("DE C1", "faddp st(1),st", "st0=3FFF:8 st1=4000:8", "st1=4000:C pop"),
        Case("DE C1", "faddp st(1),st: unmasked", "fcw=37E st0=7FFF:8 st1=FFFF:8", "IE ES"),
        Case("DE 07", "fiadd word [bx]", "bx=10 ds:0010=0002 st0=3FFF:8", "st0=4000:C"),
        Case("DA 07", "fiadd dword [bx]", "bx=10 ds:0010=FFFFFFFF st0=3FFF:8", "st0=0000:0"),
    ]

    static let products: [Case] = [
        Case("D8 0F", "fmul single [bx]", "bx=10 ds:0010=40000000 st0=4000:C", "st0=4001:C"),
        Case("DC 0F", "fmul double [bx]", "bx=10 ds:0010=4000000000000000 st0=4000:C", "st0=4001:C"),
        Case("D8 C9", "fmul st,st(1)", "st0=4000:C st1=4000:8", "st0=4001:C"),
        Case("D8 C9", "fmul st,st(1): overflow", "st0=7FFE:8 st1=4000:8", "st0=7FFF:8 OE PE C1"),
        Case("D8 C9", "fmul st,st(1): overflow, unmasked", "fcw=377 st0=7FFE:8 st1=4000:8", "st0=1FFF:8 OE ES"),
        Case("DC C9", "fmul st(1),st", "st0=4000:C st1=4000:8", "st1=4001:C"),
        Case("DE C9", "fmulp st(1),st", "st0=4000:C st1=4000:8", "st1=4001:C pop"),
        Case("DE 0F", "fimul word [bx]", "bx=10 ds:0010=0002 st0=4000:C", "st0=4001:C"),
        Case("DA 0F", "fimul dword [bx]", "bx=10 ds:0010=00000002 st0=4000:C", "st0=4001:C"),
    ]

    static let differences: [Case] = [
        Case("D8 27", "fsub single [bx]", "bx=10 ds:0010=40000000 st0=4000:C", "st0=3FFF:8"),
        Case("DC 27", "fsub double [bx]", "bx=10 ds:0010=4000000000000000 st0=4000:C", "st0=3FFF:8"),
        Case("D8 E1", "fsub st,st(1)", "st0=4000:C st1=4000:8", "st0=3FFF:8"),
        Case("DC E9", "fsub st(1),st", "st0=4000:C st1=4000:8", "st1=BFFF:8"),
        Case("DE E9", "fsubp st(1),st", "st0=4000:C st1=4000:8", "st1=BFFF:8 pop"),
        Case("DE 27", "fisub word [bx]", "bx=10 ds:0010=0002 st0=4000:C", "st0=3FFF:8"),
        Case("DA 27", "fisub dword [bx]", "bx=10 ds:0010=00000002 st0=4000:C", "st0=3FFF:8"),
        Case("D8 2F", "fsubr single [bx]", "bx=10 ds:0010=40000000 st0=4000:C", "st0=BFFF:8"),
        Case("DC 2F", "fsubr double [bx]", "bx=10 ds:0010=4000000000000000 st0=4000:C", "st0=BFFF:8"),
        Case("D8 E9", "fsubr st,st(1)", "st0=4000:C st1=4000:8", "st0=BFFF:8"),
        Case("DC E1", "fsubr st(1),st", "st0=4000:C st1=4000:8", "st1=3FFF:8"),
        Case("DE E1", "fsubrp st(1),st", "st0=4000:C st1=4000:8", "st1=3FFF:8 pop"),
        Case("DE 2F", "fisubr word [bx]", "bx=10 ds:0010=0002 st0=4000:C", "st0=BFFF:8"),
        Case("DA 2F", "fisubr dword [bx]", "bx=10 ds:0010=00000002 st0=4000:C", "st0=BFFF:8"),
    ]

    static let quotients: [Case] = [
        Case("D8 37", "fdiv single [bx]", "bx=10 ds:0010=40000000 st0=4001:C", "st0=4000:C"),
        Case("DC 37", "fdiv double [bx]", "bx=10 ds:0010=4000000000000000 st0=4001:C", "st0=4000:C"),
        Case("D8 F1", "fdiv st,st(1)", "st0=4001:C st1=4000:8", "st0=4000:C"),
        Case("D8 F1", "fdiv st,st(1): by zero", "st0=BFFF:8 st1=0000:0", "st0=FFFF:8 ZE"),
        Case("D8 F1", "fdiv st,st(1): by zero, unmasked", "fcw=37B st0=BFFF:8 st1=0000:0", "ZE ES"),
        Case("DC F9", "fdiv st(1),st", "st0=4000:8 st1=4001:C", "st1=4000:C"),
        Case("DE F9", "fdivp st(1),st", "st0=4000:8 st1=4001:C", "st1=4000:C pop"),
        Case("DE 37", "fidiv word [bx]", "bx=10 ds:0010=0002 st0=4001:C", "st0=4000:C"),
        Case("DA 37", "fidiv dword [bx]", "bx=10 ds:0010=00000002 st0=4001:C", "st0=4000:C"),
        Case("D8 3F", "fdivr single [bx]", "bx=10 ds:0010=40C00000 st0=4000:8", "st0=4000:C"),
        Case("DC 3F", "fdivr double [bx]", "bx=10 ds:0010=4018000000000000 st0=4000:8", "st0=4000:C"),
        Case("D8 F9", "fdivr st,st(1)", "st0=4000:8 st1=4001:C", "st0=4000:C"),
        Case("DC F1", "fdivr st(1),st", "st0=4001:C st1=4000:8", "st1=4000:C"),
        Case("DE F1", "fdivrp st(1),st", "st0=4001:C st1=4000:8", "st1=4000:C pop"),
        Case("DE 3F", "fidivr word [bx]", "bx=10 ds:0010=0006 st0=4000:8", "st0=4000:C"),
        Case("DA 3F", "fidivr dword [bx]", "bx=10 ds:0010=00000006 st0=4000:8", "st0=4000:C"),
    ]

    static let stackFaults: [Case] = [
        Case("D8 07", "fadd single [bx]: empty", "bx=10 C1", "st0=FFFF:C IE STF c1"),
        Case("D8 C1", "fadd st,st(1): empty", "st0=3FFF:8", "st0=FFFF:C IE STF"),
        Case("D8 C1", "fadd st,st(1): empty, unmasked", "fcw=37E st0=3FFF:8", "IE STF ES"),
        Case("DC C1", "fadd st(1),st: empty", "st0=3FFF:8", "st1=FFFF:C IE STF"),
        Case("DE C1", "faddp st(1),st: empty", "st1=3FFF:8", "st1=FFFF:C pop IE STF"),
        Case("DE C1", "faddp st(1),st: empty, unmasked", "fcw=37E st1=3FFF:8", "IE STF ES"),
        Case("D9 E0", "fchs: empty", "", "st0=FFFF:C IE STF"),
        Case("D9 FA", "fsqrt: empty", "", "st0=FFFF:C IE STF"),
        Case("D9 FD", "fscale: empty", "st0=3FFF:8", "st0=FFFF:C IE STF"),
        Case("D9 F8", "fprem: empty", "st0=3FFF:8", "st0=FFFF:C IE STF"),
        Case("D9 F4", "fxtract: empty", "", "st0=FFFF:C top=7 st0=FFFF:C IE STF"),
        Case("D9 F4", "fxtract: no room", "st0=4000:C st7=3FFF:8", "st0=FFFF:C top=7 st0=FFFF:C IE STF C1"),
    ]

    static let others: [Case] = [
        Case("D9 E0", "fchs", "st0=7FFF:8000001 C1", "st0=FFFF:8000001 c1"),
        Case("D9 E1", "fabs", "st0=C000:C", "st0=4000:C"),
        Case("D9 F4", "fxtract", "st0=C001:C", "st0=4000:8 top=7 st0=BFFF:C"),
        Case("D9 F4", "fxtract: zero", "st0=8000:0", "st0=FFFF:8 top=7 st0=8000:0 ZE"),
        Case("D9 F5", "fprem1", "st0=4001:E st1=4000:C", "st0=3FFF:8 C3"),
        Case("D9 F5", "fprem1: rounds up", "st0=4001:A st1=4000:C", "st0=BFFF:8 C3"),
        Case("D9 F8", "fprem", "st0=4001:A st1=4000:C", "st0=4000:8 C1"),
        Case("D9 F8", "fprem: quotient 7", "st0=4001:E st1=3FFF:8", "st0=0000:0 C0 C1 C3"),
        Case("D9 F8", "fprem: incomplete", "st0=4100:8 st1=4000:C", "C2 st0=40E0:8"),
        Case("D9 FA", "fsqrt", "st0=4002:9", "st0=4000:C"),
        Case("D9 FA", "fsqrt: negative", "st0=BFFF:8", "st0=FFFF:C IE"),
        Case("D9 FC", "frndint", "st0=4000:A", "st0=4000:8 PE"),
        Case("D9 FC", "frndint: up", "fcw=B7F st0=4000:A", "st0=4000:C PE C1"),
        Case("D9 FD", "fscale", "st0=3FFF:C st1=4000:C", "st0=4002:C"),
        Case("D9 FD", "fscale: underflow", "st0=3FFF:8 st1=C00D:FA", "st0=0000:0 UE PE"),
    ]

    @Test(arguments: sums) func sumCases(example: Case) { example.check() }
    @Test(arguments: products) func productCases(example: Case) { example.check() }
    @Test(arguments: differences) func differenceCases(example: Case) { example.check() }
    @Test(arguments: quotients) func quotientCases(example: Case) { example.check() }
    @Test(arguments: stackFaults) func stackFaultCases(example: Case) { example.check() }
    @Test(arguments: others) func otherCases(example: Case) { example.check() }
}
