import Testing

@testable import X86Interp

/// Loads, stores, exchanges and constants of the x87: each row by example.
///
/// A number is sign and exponent, then the significand: 1 is 3FFF:8, 2 is 4000:8, 3 is 4000:C, -1 is BFFF:8.
@Suite struct X87TransferTests {
    static let cases: [Case] = [loads, stores, integers, decimals, exchanges, conditional, constants].flatMap { $0 }

    static let loads: [Case] = [
        Case("D9 07", "fld single [bx]", "bx=10 ds:0010=3FC00000", "top=7 st0=3FFF:C"),
        Case("D9 07", "fld single: denormal", "bx=10 ds:0010=00000001", "top=7 st0=3F6A:8 DE"),
        Case("D9 07", "fld single: signalling", "bx=10 ds:0010=7F800001", "top=7 st0=7FFF:C000010 IE"),
        Case("D9 07", "fld single: unmasked", "fcw=37E bx=10 ds:0010=7F800001", "IE ES"),
        Case("DD 07", "fld double [bx]", "bx=10 ds:0010=C008000000000000", "top=7 st0=C000:C"),
        Case("DB 2F", "fld [bx]", "bx=10 ds:0010=01.02.03.04.05.06.07.88.FF.7F", "top=7 st0=7FFF:8807060504030201"),
        Case(
            "DB 2F", "fld [bx] wraps behind its significand", "bx=FFF8 ds:FFFF=80.00 ds:0000=3FFF", "top=7 st0=3FFF:8"),
        Case("DB 2F", "fld [bx] beyond the limit", "bx=FFF9", "#GP"),
        Case("D9 C1", "fld st(1)", "st1=4000:C", "top=7 st0=4000:C"),
        Case("D9 C1", "fld st(1): empty", "C1", "top=7 st0=FFFF:C IE STF c1"),
        Case("D9 C1", "fld st(1): no room", "st1=4000:C st7=3FFF:8", "top=7 st0=FFFF:C IE STF C1"),
        Case("D9 C1", "fld st(1): no room, unmasked", "fcw=37E st1=4000:C st7=3FFF:8", "IE STF C1 ES"),
        Case("D9 03", "fld single [ebx]", "ebx=10 ds:0010=3F800000", "top=7 st0=3FFF:8", in: .user),
    ]

    static let stores: [Case] = [
        Case("D9 17", "fst single [bx]", "bx=10 st0=3FFF:C", "ds:0010=3FC00000"),
        Case("D9 17", "fst single: inexact, away from zero", "bx=10 st0=3FFF:800000F", "ds:0010=3F800001 PE C1"),
        Case("D9 17", "fst single: empty", "bx=10", "ds:0010=FFC00000 IE STF"),
        Case("D9 17", "fst single: empty, unmasked", "fcw=37E bx=10", "IE STF ES"),
        Case("D9 17", "fst single: too large, unmasked", "fcw=377 bx=10 st0=4800:8", "OE ES"),
        Case("D9 17", "fst single: inexact, unmasked", "fcw=35F bx=10 st0=3FFF:8000001", "ds:0010=3F800000 PE ES"),
        Case("D9 17", "fst single beyond the limit", "bx=FFFD st0=3FFF:8", "#GP"),
        Case("DD 17", "fst double [bx]", "bx=10 st0=C000:C", "ds:0010=C008000000000000"),
        Case("DD D1", "fst st(1)", "st0=4000:C", "st1=4000:C"),
        Case("DD D1", "fst st(1): empty", "", "st1=FFFF:C IE STF"),
        Case("D9 1F", "fstp single [bx]", "bx=10 st0=3FFF:C", "ds:0010=3FC00000 pop"),
        Case("D9 1F", "fstp single: unmasked", "fcw=37E bx=10 st0=7FFF:8000001", "IE ES"),
        Case("DD 1F", "fstp double [bx]", "bx=10 st0=C000:C", "ds:0010=C008000000000000 pop"),
        Case("DB 3F", "fstp [bx]", "bx=10 st0=7FFF:8807060504030201", "ds:0010=01.02.03.04.05.06.07.88.FF.7F pop"),
        Case("DB 3F", "fstp [bx] wraps", "bx=FFF8 st0=3FFF:8", "ds:FFF8=8000000000000000 ds:0000=3FFF pop"),
        Case("DD D9", "fstp st(1)", "st0=4000:C", "st1=4000:C pop"),
        Case("DD D8", "fstp st(0)", "st0=4000:C", "pop"),
        Case("D9 D9", "fstp st(1) by D9", "st0=4000:C", "st1=4000:C pop"),
        Case("D9 D9", "fstp st(1) by D9: empty, and nothing is raised", "st1=3FFF:8 C1", "c1 pop"),
        Case("DF D1", "fstp st(1) by DF D0", "st0=4000:C", "st1=4000:C pop"),
        Case("DF D9", "fstp st(1) by DF D8: empty", "", "st1=FFFF:C pop IE STF"),
    ]

    static let integers: [Case] = [
        Case("DF 07", "fild word [bx]", "bx=10 ds:0010=FFFF", "top=7 st0=BFFF:8"),
        Case("DB 07", "fild dword [bx]", "bx=10 ds:0010=80000000", "top=7 st0=C01E:8"),
        Case("DF 2F", "fild qword [bx]", "bx=10 ds:0010=7FFFFFFFFFFFFFFF", "top=7 st0=403D:FFFFFFFFFFFFFFFE"),
        Case("DF 17", "fist word [bx]", "bx=10 st0=4000:A", "ds:0010=0002 PE"),
        Case("DF 17", "fist word: up", "fcw=B7F bx=10 st0=4000:A", "ds:0010=0003 PE C1"),
        Case("DF 17", "fist word: too large", "bx=10 st0=400E:8", "ds:0010=8000 IE"),
        Case("DF 17", "fist word: empty", "bx=10", "ds:0010=8000 IE STF"),
        Case("DB 17", "fist dword [bx]", "bx=10 st0=C01E:8", "ds:0010=80000000"),
        Case("DF 1F", "fistp word [bx]", "bx=10 st0=BFFF:8", "ds:0010=FFFF pop"),
        Case("DB 1F", "fistp dword [bx]", "bx=10 st0=7FFF:8", "ds:0010=80000000 IE pop"),
        Case("DB 1F", "fistp dword: unmasked", "fcw=37E bx=10 st0=7FFF:8", "IE ES"),
        Case("DF 3F", "fistp qword [bx]", "bx=10 st0=403D:FFFFFFFFFFFFFFFE", "ds:0010=7FFFFFFFFFFFFFFF pop"),
    ]

    static let decimals: [Case] = [
        Case("DF 27", "fbld [bx]", "bx=10 ds:0010=10.00.00.00.00.00.00.00.00.80", "top=7 st0=C002:A"),
        Case("DF 37", "fbstp [bx]", "bx=10 st0=C002:A", "ds:0010=10.00.00.00.00.00.00.00.00.80 pop"),
        Case("DF 37", "fbstp [bx]: empty", "bx=10", "ds:0010=00.00.00.00.00.00.00.C0.FF.FF IE STF pop"),
    ]

    static let exchanges: [Case] = [
        Case("D9 C9", "fxch st(1)", "st0=3FFF:8 st1=4000:C C1", "st0=4000:C st1=3FFF:8 c1"),
        Case("D9 C9", "fxch st(1): empty", "st0=3FFF:8", "st0=FFFF:C st1=3FFF:8 IE STF"),
        Case("D9 C9", "fxch st(1): empty, unmasked", "fcw=37E st0=3FFF:8", "IE STF ES"),
        Case("DD C9", "fxch st(1) by DD C8", "st0=3FFF:8 st1=4000:C", "st0=4000:C st1=3FFF:8"),
        Case("DF C9", "fxch st(1) by DF C8", "st0=3FFF:8 st1=4000:C", "st0=4000:C st1=3FFF:8"),
    ]

    static let conditional: [Case] = [
        Case("DA C1", "fcmovb st,st(1)", "CF C1 st0=3FFF:8 st1=4000:C", "CF st0=4000:C"),
        Case("DA C1", "fcmovb st,st(1): above", "cf st0=3FFF:8 st1=4000:C", ""),
        Case("DA C1", "fcmovb st,st(1): empty", "cf st0=3FFF:8", "st0=FFFF:C IE STF"),
        Case("DA C9", "fcmove st,st(1)", "ZF st0=3FFF:8 st1=4000:C", "ZF st0=4000:C"),
        Case("DA D1", "fcmovbe st,st(1)", "cf ZF st0=3FFF:8 st1=4000:C", "cf ZF st0=4000:C"),
        Case("DA D9", "fcmovu st,st(1)", "PF st0=3FFF:8 st1=4000:C", "PF st0=4000:C"),
        Case("DB C1", "fcmovnb st,st(1)", "cf st0=3FFF:8 st1=4000:C", "st0=4000:C"),
        Case("DB C9", "fcmovne st,st(1)", "ZF st0=3FFF:8 st1=4000:C", "ZF"),
        Case("DB D1", "fcmovnbe st,st(1)", "cf zf st0=3FFF:8 st1=4000:C", "st0=4000:C"),
        Case("DB D9", "fcmovnu st,st(1)", "pf st0=3FFF:8 st1=4000:C", "st0=4000:C"),
        Case("DA C1", "fcmovb on the pentium", "CF", "CF #UD", on: .pentium),
    ]

    static let constants: [Case] = [
        Case("D9 E8", "fld1", "C1", "top=7 st0=3FFF:8 c1"),
        Case("D9 E9", "fldl2t", "", "top=7 st0=4000:D49A784BCD1B8AFE"),
        Case("D9 E9", "fldl2t: up", "fcw=B7F", "top=7 st0=4000:D49A784BCD1B8AFF"),
        Case("D9 EA", "fldl2e", "", "top=7 st0=3FFF:B8AA3B295C17F0BC"),
        Case("D9 EB", "fldpi", "", "top=7 st0=4000:C90FDAA22168C235"),
        Case("D9 EB", "fldpi: down", "fcw=77F", "top=7 st0=4000:C90FDAA22168C234"),
        Case("D9 EC", "fldlg2", "", "top=7 st0=3FFD:9A209A84FBCFF799"),
        Case("D9 ED", "fldln2", "", "top=7 st0=3FFE:B17217F7D1CF79AC"),
        Case("D9 EE", "fldz", "", "top=7 st0=0000:0"),
        Case("D9 EE", "fldz: no room", "st7=3FFF:8", "top=7 st0=FFFF:C IE STF C1"),
    ]

    @Test(arguments: loads) func loadCases(example: Case) { example.check() }
    @Test(arguments: stores) func storeCases(example: Case) { example.check() }
    @Test(arguments: integers) func integerCases(example: Case) { example.check() }
    @Test(arguments: decimals) func decimalCases(example: Case) { example.check() }
    @Test(arguments: exchanges) func exchangeCases(example: Case) { example.check() }
    @Test(arguments: conditional) func conditionalCases(example: Case) { example.check() }
    @Test(arguments: constants) func constantCases(example: Case) { example.check() }
}
