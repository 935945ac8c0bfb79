import Testing

@testable import X86Interp

/// Bit tests, bit scans and SETcc: each row by example.
@Suite struct BitOperationsTests {
    static let cases: [Case] = bt + bts + btr + btc + bsf + bsr + setcc

    static let bt: [Case] = [
        Case("0F A3 D8", "bt ax,bx", "ax=8000 bx=F", "CF"),
        Case("0F A3 D8", "bt ax,bx: modulo 16", "ax=FFFE bx=10", ""),
        Case("0F A3 D8", "bt eax,ebx", "eax=80000000 ebx=1F", "CF", in: .kernel),
        Case("0F A3 07", "bt [bx],ax: a bit beyond the word", "bx=100 ax=14 ds:0102=0010", "CF"),
        Case("0F A3 07", "bt [bx],ax: a bit before the word", "bx=100 ax=FFFF ds:00FE=8000", "CF"),
        Case("0F A3 03", "bt [ebx],eax", "ebx=100 eax=FFFFFFE0 ds:00FC=00000001", "CF", in: .kernel),
        Case("0F A3 03", "bt [ebx],eax beyond the limit", "ebx=FFFC eax=20", "#GP(0)", in: .kernel),
        Case("0F A3 03", "bt [ebx],eax reads read-only data", "ds=50 ebx=10 eax=0", "", in: .kernel),
        Case("0F BA E0 07", "bt ax,7", "ax=80", "CF"),
        Case("0F BA 27 11", "bt word [bx],11: modulo 16", "bx=10 ds:0010=0002", "CF"),
        Case("0F A3 D8", "bt ax,bx: OF as behind ROR by the bit", "ax=8000 bx=F of", "CF of", on: .i80386),
        Case("0F A3 D8", "bt ax,bx: the two bits below it differ", "ax=4 bx=4 of", "OF", on: .i80386),
        Case("0F A3 D8", "bt ax,bx: the two bits below it differ", "ax=4 bx=3 of", "OF", on: .i80386),
        Case("0F A3 D8", "bt ax,bx: bits F and E behind bit 0", "ax=8000 bx=0 of", "OF", on: .i80386),
        Case("0F BA 23 01", "bt dword [ebx],1", "ebx=10 ds:0010=80000000 of", "OF", in: .kernel, on: .i80386),
        Case("0F AB D8", "bts ax,bx: OF by the old value", "ax=4 bx=4 of", "ax=14 OF", on: .i80386),
        Case("0F BB D8", "btc ax,bx: equal bits clear OF", "ax=6 bx=3 OF", "ax=E of", on: .i80386),
        Case("0F A3 D8", "bt ax,bx keeps OF", "ax=4 bx=4 of", "of"),
        Case("F0 0F A3 07", "lock bt [bx],ax", "", "#UD"),
        Case("F0 0F BA 27 01", "lock bt word [bx],1", "", "#UD"),
    ]

    static let bts: [Case] = [
        Case("0F AB D8", "bts ax,bx", "ax=0 bx=F", "ax=8000"),
        Case("0F AB D8", "bts eax,ebx", "eax=1 ebx=20", "CF", in: .kernel),
        Case("0F AB 07", "bts [bx],ax", "bx=100 ax=10", "ds:0102=0001"),
        Case("0F AB 03", "bts [ebx],eax", "ebx=100 eax=FFFFFFFF", "ds:00FC=80000000", in: .kernel),
        Case("0F BA E8 00", "bts ax,0", "ax=0", "ax=1"),
        Case("0F BA 2F 0F", "bts word [bx],0F", "bx=10 ds:0010=8000", "CF"),
        Case("0F AB 07", "bts [bx],ax straddles the limit", "bx=FFFF ax=0", "#GP"),
        Case("F0 0F AB 07", "lock bts [bx],ax", "bx=100 ax=0", "ds:0100=0001"),
        Case("F0 0F BA E8 00", "lock bts ax,0", "", "#UD"),
    ]

    static let btr: [Case] = [
        Case("0F B3 D8", "btr ax,bx", "ax=FFFF bx=F", "ax=7FFF CF"),
        Case("0F B3 03", "btr [ebx],eax", "ebx=100 eax=20 ds:0104=00000003", "ds:0104=00000002 CF", in: .kernel),
        Case("0F BA F0 04", "btr ax,4", "ax=EF", ""),
        Case("0F BA 33 1F", "btr dword [ebx],1F", "ebx=10 ds:0010=80000000", "ds:0010=00000000 CF", in: .kernel),
        Case("0F BA 33 1F", "btr dword [ebx],1F in read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("F0 0F BA 37 00", "lock btr word [bx],0", "bx=10 ds:0010=0001", "ds:0010=0000 CF"),
        Case("F0 0F B3 D8", "lock btr ax,bx", "", "#UD"),
    ]

    static let btc: [Case] = [
        Case("0F BB D8", "btc ax,bx", "ax=1 bx=0", "ax=0 CF"),
        Case("0F BB 07", "btc [bx],ax", "bx=100 ax=FFF0 ds:00FE=0000", "ds:00FE=0001"),
        Case("0F BA F8 0F", "btc ax,0F", "ax=0", "ax=8000"),
        Case("0F BA 3B 00", "btc dword [ebx],0", "ebx=10 ds:0010=FFFFFFFF", "ds:0010=FFFFFFFE CF", in: .kernel),
        Case("0F BB 46 00", "btc [bp],ax straddles the stack's limit", "bp=FFFF ax=0", "#SS"),
        Case("F0 0F BB 07", "lock btc [bx],ax", "bx=100 ax=1 ds:0100=0002", "ds:0100=0000 CF"),
        Case("F0 0F BA F8 0F", "lock btc ax,0F", "", "#UD"),
    ]

    static let bsf: [Case] = [
        Case("0F BC C3", "bsf ax,bx", "bx=8000", "ax=F"),
        Case("0F BC C3", "bsf ax,bx of 0 leaves ax", "bx=0", "ZF"),
        Case("0F BC C3", "bsf eax,ebx", "ebx=80000100", "eax=8", in: .kernel),
        Case("0F BC 07", "bsf ax,[bx]", "bx=10 ds:0010=0001", "ax=0"),
        Case("0F BC 07", "bsf ax,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 0F BC C3", "lock bsf ax,bx", "", "#UD"),
    ]

    static let bsr: [Case] = [
        Case("0F BD C3", "bsr ax,bx", "bx=8001", "ax=F"),
        Case("0F BD C3", "bsr ax,bx of 0 leaves ax", "bx=0", "ZF"),
        Case("0F BD C3", "bsr eax,ebx", "ebx=1", "eax=0", in: .kernel),
        Case("0F BD 03", "bsr eax,[ebx]", "ebx=10 ds:0010=7FFFFFFF", "eax=1E", in: .kernel),
        Case("0F BD 07", "bsr ax,[bx] straddles the limit", "bx=FFFF", "#GP"),
        Case("F0 0F BD C3", "lock bsr ax,bx", "", "#UD"),
    ]

    static let setcc: [Case] = [
        Case("0F 90 C0", "seto al", "OF", "al=1"),
        Case("0F 91 C0", "setno al", "OF", "al=0"),
        Case("0F 92 C4", "setb ah", "CF", "ah=1"),
        Case("0F 93 C4", "setae ah", "CF", "ah=0"),
        Case("0F 94 07", "sete [bx]", "bx=10 ZF", "ds:0010=01"),
        Case("0F 95 07", "setne [bx]", "bx=10 ZF ds:0010=FF", "ds:0010=00"),
        Case("0F 96 C3", "setbe bl", "CF", "bl=1"),
        Case("0F 96 C3", "setbe bl", "ZF", "bl=1"),
        Case("0F 97 C3", "seta bl", "", "bl=1"),
        Case("0F 98 C3", "sets bl", "SF", "bl=1"),
        Case("0F 99 C3", "setns bl", "SF", "bl=0"),
        Case("0F 9A C3", "setp bl", "PF", "bl=1"),
        Case("0F 9B C3", "setnp bl", "PF", "bl=0"),
        Case("0F 9C C3", "setl bl", "SF OF", "bl=0"),
        Case("0F 9C C3", "setl bl", "SF of", "bl=1"),
        Case("0F 9D C3", "setge bl", "SF OF", "bl=1"),
        Case("0F 9E C3", "setle bl", "ZF", "bl=1"),
        Case("0F 9E 03", "setle [ebx]", "ebx=10 OF", "ds:0010=01", in: .kernel),
        Case("0F 9F C3", "setg bl", "", "bl=1"),
        Case("0F 9F C3", "setg bl", "ZF SF OF", "bl=0"),
        Case("0F 94 03", "sete [ebx] in read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
        Case("F0 0F 94 07", "lock sete [bx]", "", "#UD"),
    ]

    @Test(arguments: bt) func btCases(example: Case) { example.check() }
    @Test(arguments: bts) func btsCases(example: Case) { example.check() }
    @Test(arguments: btr) func btrCases(example: Case) { example.check() }
    @Test(arguments: btc) func btcCases(example: Case) { example.check() }
    @Test(arguments: bsf) func bsfCases(example: Case) { example.check() }
    @Test(arguments: bsr) func bsrCases(example: Case) { example.check() }
    @Test(arguments: setcc) func setccCases(example: Case) { example.check() }
}
