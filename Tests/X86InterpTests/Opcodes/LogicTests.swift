import Testing

@testable import X86Interp

/// AND, OR, XOR, TEST, NOT: each row by example.
///
/// CF and OF are cleared, AF is undefined.
@Suite struct LogicTests {
    static let cases: [Case] = or + and + xor + test + not

    static let or: [Case] = [
        Case("08 D8", "or al,bl", "al=80 bl=1", "al=81 SF PF"),
        Case("08 07", "or [bx],al", "bx=10 al=0 ds:0010=00", "PF ZF"),
        Case("09 D8", "or ax,bx", "ax=8000 bx=7FFF", "ax=FFFF SF PF"),
        Case("09 D8", "or eax,ebx", "eax=0 ebx=0", "PF ZF", in: .kernel),
        Case("09 47 FE", "or [bx-2],ax", "bx=12 ax=F0F ds:0010=F0F0", "ds:0010=FFFF SF PF"),
        Case("0A D8", "or bl,al", "bl=2 al=1", "bl=3 PF"),
        Case("0A 0F", "or cl,[bx]", "bx=10 cl=0 ds:0010=7F", "cl=7F"),
        Case("0B 07", "or ax,[bx]", "bx=10 ax=1 ds:0010=0100", "ax=101"),
        Case("66 0B 07", "or eax,[bx]", "bx=10 eax=0 ds:0010=80000000", "eax=80000000 SF PF"),
        Case("0C 01", "or al,1", "al=0", "al=1"),
        Case("0D 00 80", "or ax,8000", "ax=0", "ax=8000 SF PF"),
        Case("0D 00 00 00 80", "or eax,80000000", "eax=1", "eax=80000001 SF", in: .kernel),
        Case("80 C8 10", "or al,10", "al=1", "al=11 PF"),
        Case("81 0F FF 00", "or word [bx],FF", "bx=10 ds:0010=FF00", "ds:0010=FFFF SF PF"),
        Case("82 CA 01", "or dl,1", "dl=0", "dl=1"),
        Case("83 C8 FF", "or ax,-1", "ax=0", "ax=FFFF SF PF"),
        Case("83 0B FF", "or dword [ebx],-1", "ebx=10", "ds:0010=FFFFFFFF SF PF", in: .kernel),
        Case("09 07", "or [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 09 07", "lock or [bx],ax", "bx=10 ax=2", "ds:0010=0002"),
        Case("F0 09 D8", "lock or ax,bx", "", "#UD"),
    ]

    static let and: [Case] = [
        Case("20 D8", "and al,bl", "al=F0 bl=8F", "al=80 SF"),
        Case("20 07", "and [bx],al", "bx=10 al=F ds:0010=F0", "ds:0010=00 PF ZF"),
        Case("21 D8", "and ax,bx", "ax=FF00 bx=8FFF", "ax=8F00 SF PF"),
        Case("21 D8", "and eax,ebx", "eax=FFFFFFFF ebx=80000001", "eax=80000001 SF", in: .kernel),
        Case("21 04", "and [si],ax", "si=20 ax=FF ds:0020=1234", "ds:0020=0034"),
        Case("22 D8", "and bl,al", "bl=3 al=5", "bl=1"),
        Case("22 0F", "and cl,[bx]", "bx=10 cl=FF ds:0010=18", "cl=18 PF"),
        Case("23 07", "and ax,[bx]", "bx=10 ax=FFFF ds:0010=0000", "ax=0 PF ZF"),
        Case("26 23 07", "and ax,es:[bx]", "bx=10 ax=FFFF es:0010=0101", "ax=101"),
        Case("24 0F", "and al,0F", "al=A5", "al=5 PF"),
        Case("25 F0 F0", "and ax,F0F0", "ax=FFFF", "ax=F0F0 SF PF"),
        Case("66 25 FF FF 00 00", "and eax,FFFF", "eax=12340000", "eax=0 PF ZF"),
        Case("80 E0 7F", "and al,7F", "al=FF", "al=7F"),
        Case("81 27 00 80", "and word [bx],8000", "bx=10 ds:0010=FFFF", "ds:0010=8000 SF PF"),
        Case("82 E2 0F", "and dl,0F", "dl=F0", "dl=0 PF ZF"),
        Case("83 E0 F0", "and ax,-10", "ax=FFFF", "ax=FFF0 SF PF"),
        Case("83 23 01", "and dword [ebx],1", "ebx=10 ds:0010=FFFFFFFF", "ds:0010=00000001", in: .kernel),
        Case("21 46 00", "and [bp],ax straddles the stack's limit", "bp=FFFF", "#SS"),
        Case("F0 21 03", "lock and [ebx],eax", "ebx=10", "PF ZF", in: .kernel),
        Case("F0 23 03", "lock and eax,[ebx]", "", "#UD", in: .kernel),
    ]

    static let xor: [Case] = [
        Case("30 C0", "xor al,al", "", "al=0 PF ZF"),
        Case("30 07", "xor [bx],al", "bx=10 al=FF ds:0010=7F", "ds:0010=80 SF"),
        Case("31 D8", "xor ax,bx", "ax=FFFF bx=7FFE", "ax=8001 SF"),
        Case("31 C0", "xor eax,eax", "", "eax=0 PF ZF", in: .kernel),
        Case("31 03", "xor [ebx],eax", "ebx=10 eax=3 ds:0010=00000001", "ds:0010=00000002", in: .kernel),
        Case("32 D8", "xor bl,al", "bl=81 al=80", "bl=1"),
        Case("32 0F", "xor cl,[bx]", "bx=10 cl=1 ds:0010=01", "cl=0 PF ZF"),
        Case("33 07", "xor ax,[bx]", "bx=10 ax=8000 ds:0010=0003", "ax=8003 SF PF"),
        Case("34 FF", "xor al,FF", "al=7F", "al=80 SF"),
        Case("35 FF FF", "xor ax,FFFF", "ax=FFFF", "ax=0 PF ZF"),
        Case("35 FF FF FF FF", "xor eax,FFFFFFFF", "eax=0", "eax=FFFFFFFF SF PF", in: .kernel),
        Case("80 F0 01", "xor al,1", "al=0", "al=1"),
        Case("81 37 34 12", "xor word [bx],1234", "bx=10 ds:0010=1234", "ds:0010=0000 PF ZF"),
        Case("82 F2 03", "xor dl,3", "dl=0", "dl=3 PF"),
        Case("83 F0 FF", "xor ax,-1", "ax=5555", "ax=AAAA SF PF"),
        Case("83 33 80", "xor dword [ebx],-80", "ebx=10", "ds:0010=FFFFFF80 SF", in: .kernel),
        Case("33 07", "xor ax,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 80 37 01", "lock xor byte [bx],1", "bx=10", "ds:0010=01"),
        Case("F0 34 01", "lock xor al,1", "", "#UD"),
    ]

    static let test: [Case] = [
        Case("84 D8", "test al,bl", "al=80 bl=FF", "SF"),
        Case("84 07", "test [bx],al", "bx=10 al=F ds:0010=F0", "PF ZF"),
        Case("85 D8", "test ax,bx", "ax=8000 bx=8000", "SF PF"),
        Case("85 C0", "test eax,eax", "eax=80000000", "SF PF", in: .kernel),
        Case("85 07", "test [bx],ax", "bx=10 ax=2 ds:0010=0003", ""),
        Case("85 03", "test [ebx],eax reads read-only data", "ds=50 ebx=10", "PF ZF", in: .kernel),
        Case("A8 01", "test al,1", "al=1", ""),
        Case("A9 00 80", "test ax,8000", "ax=8000", "SF PF"),
        Case("A9 00 00 00 80", "test eax,80000000", "eax=7FFFFFFF", "PF ZF", in: .kernel),
        Case("F6 C3 03", "test bl,3", "bl=7", "PF"),
        Case("F6 07 80", "test byte [bx],80", "bx=10 ds:0010=80", "SF"),
        Case("F7 C3 00 01", "test bx,100", "bx=FEFF", "PF ZF"),
        Case("F7 03 01 00 00 00", "test dword [ebx],1", "ebx=10 ds:0010=00000001", "", in: .kernel),
        Case("F6 CB 03", "test bl,3 (alias /1)", "bl=1", ""),
        Case("F7 0F 00 80", "test word [bx],8000 (alias /1)", "bx=10 ds:0010=FFFF", "SF PF"),
        Case("85 07", "test [bx],ax straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 85 07", "lock test [bx],ax", "", "#UD"),
    ]

    static let not: [Case] = [
        Case("F6 D0", "not al", "al=0", "al=FF"),
        Case("F6 17", "not byte [bx]", "bx=10 ds:0010=F0", "ds:0010=0F"),
        Case("F7 D0", "not ax", "ax=FFFF", "ax=0"),
        Case("F7 D3", "not ebx", "ebx=12345678", "ebx=EDCBA987", in: .kernel),
        Case("66 F7 D3", "not ebx", "ebx=FFFFFFFF", "ebx=0"),
        Case("F7 17", "not word [bx]", "bx=10 ds:0010=00FF", "ds:0010=FF00"),
        Case("F7 13", "not dword [ebx] in read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("F7 17", "not word [bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 F7 17", "lock not word [bx]", "bx=10", "ds:0010=FFFF"),
        Case("F0 F7 D0", "lock not ax", "", "#UD"),
    ]

    @Test(arguments: or) func orCases(example: Case) { example.check() }
    @Test(arguments: and) func andCases(example: Case) { example.check() }
    @Test(arguments: xor) func xorCases(example: Case) { example.check() }
    @Test(arguments: test) func testCases(example: Case) { example.check() }
    @Test(arguments: not) func notCases(example: Case) { example.check() }
}
