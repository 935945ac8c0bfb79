import Testing

@testable import X86Interp

/// Moves of MMX and SSE: each row by example.
@Suite struct SIMDMovesTests {
    static let cases: [Case] = whole + parts + mmx + signs + selected

    private static let pattern = "0F0E0D0C0B0A09080706050403020100"
    private static let inMemory = "ds:0010=0706050403020100 ds:0018=0F0E0D0C0B0A0908"

    /// A move of 16 bytes to a register and from it.
    private static func move(_ load: String, _ store: String, _ name: String) -> [Case] {
        [
            .sse("\(load) CA", "\(name) xmm1,xmm2", "xmm2=\(pattern)", "xmm1=\(pattern)"),
            .sse("\(load) 0F", "\(name) xmm1,[bx]", "bx=10 \(inMemory)", "xmm1=\(pattern)"),
            .sse("\(store) CA", "\(name) xmm2,xmm1", "xmm1=\(pattern)", "xmm2=\(pattern)"),
            .sse("\(store) 0F", "\(name) [bx],xmm1", "bx=10 xmm1=\(pattern)", inMemory),
        ]
    }

    static let whole: [Case] = [[Case]]([
        move("0F 28", "0F 29", "movaps"), move("66 0F 28", "66 0F 29", "movapd"),
        move("66 0F 6F", "66 0F 7F", "movdqa"), move("0F 10", "0F 11", "movups"),
        move("66 0F 10", "66 0F 11", "movupd"), move("F3 0F 6F", "F3 0F 7F", "movdqu"),
        [
            .sse("0F 2B 0F", "movntps [bx],xmm1", "bx=10 xmm1=\(pattern)", inMemory),
            .sse("66 0F 2B 0F", "movntpd [bx],xmm1", "bx=10 xmm1=\(pattern)", inMemory),
            .sse("66 0F E7 0F", "movntdq [bx],xmm1", "bx=10 xmm1=\(pattern)", inMemory),
            .sse("0F 10 47 01", "movups xmm0,[bx+1]", "bx=0F \(inMemory)", "xmm0=\(pattern)"),
            .sse("F3 0F 7F 47 03", "movdqu [bx+3],xmm0", "bx=0D xmm0=\(pattern)", inMemory),
        ],
    ]).flatMap { $0 }

    static let parts: [Case] = [
        .sse("F3 0F 10 CA", "movss xmm1,xmm2", "xmm1=FF xmm2=123456789ABCDEF0", "xmm1=9ABCDEF0"),
        .sse(
            "F3 0F 10 0F", "movss xmm1,[bx] clears the rest", "bx=10 xmm1=\(pattern) ds:0010=12345678", "xmm1=12345678"),
        .sse("F3 0F 11 CA", "movss xmm2,xmm1", "xmm2=AAAAAAAABBBBBBBB xmm1=12345678", "xmm2=AAAAAAAA12345678"),
        .sse("F3 0F 11 0F", "movss [bx],xmm1", "bx=10 xmm1=123456789ABCDEF0", "ds:0010=9ABCDEF0"),
        .sse("F2 0F 10 CA", "movsd xmm1,xmm2", "xmm1=\(pattern) xmm2=1", "xmm1=0F0E0D0C0B0A09080000000000000001"),
        .sse(
            "F2 0F 10 0F", "movsd xmm1,[bx] clears the rest", "bx=10 xmm1=\(pattern) ds:0010=123456789ABCDEF0",
            "xmm1=123456789ABCDEF0"),
        .sse("F2 0F 11 CA", "movsd xmm2,xmm1", "xmm2=\(pattern) xmm1=1", "xmm2=0F0E0D0C0B0A09080000000000000001"),
        .sse("F2 0F 11 0F", "movsd [bx],xmm1", "bx=10 xmm1=123456789ABCDEF0", "ds:0010=123456789ABCDEF0"),
        .sse(
            "0F 12 0F", "movlps xmm1,[bx]", "bx=10 xmm1=\(pattern) ds:0010=1111111111111111",
            "xmm1=0F0E0D0C0B0A09081111111111111111"),
        .sse("0F 13 0F", "movlps [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=0706050403020100"),
        .sse(
            "66 0F 12 0F", "movlpd xmm1,[bx]", "bx=10 xmm1=\(pattern) ds:0010=1111111111111111",
            "xmm1=0F0E0D0C0B0A09081111111111111111"),
        .sse("66 0F 13 0F", "movlpd [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=0706050403020100"),
        .sse(
            "0F 16 0F", "movhps xmm1,[bx]", "bx=10 xmm1=\(pattern) ds:0010=1111111111111111",
            "xmm1=11111111111111110706050403020100"),
        .sse("0F 17 0F", "movhps [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=0F0E0D0C0B0A0908"),
        .sse(
            "66 0F 16 0F", "movhpd xmm1,[bx]", "bx=10 xmm1=\(pattern) ds:0010=1111111111111111",
            "xmm1=11111111111111110706050403020100"),
        .sse("66 0F 17 0F", "movhpd [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=0F0E0D0C0B0A0908"),
        .sse("0F 12 CA", "movhlps xmm1,xmm2", "xmm1=1 xmm2=\(pattern)", "xmm1=0F0E0D0C0B0A0908"),
        .sse("0F 16 CA", "movlhps xmm1,xmm2", "xmm1=1 xmm2=\(pattern)", "xmm1=07060504030201000000000000000001"),
        .sse("66 0F 12 CA", "movlpd of a register is no instruction", "", "#UD"),
        .sse("66 0F 6E C8", "movd xmm1,eax", "eax=12345678 xmm1=\(pattern)", "xmm1=12345678"),
        .sse("66 0F 6E 0F", "movd xmm1,[bx]", "bx=10 ds:0010=12345678", "xmm1=12345678"),
        .sse("66 0F 7E C8", "movd eax,xmm1", "xmm1=\(pattern)", "eax=03020100"),
        .sse("66 0F 7E 0F", "movd [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=03020100"),
        .sse("F3 0F 7E CA", "movq xmm1,xmm2", "xmm1=\(pattern) xmm2=\(pattern)", "xmm1=0706050403020100"),
        .sse(
            "F3 0F 7E 0F", "movq xmm1,[bx]", "bx=10 xmm1=\(pattern) ds:0010=1111111111111111", "xmm1=1111111111111111"),
        .sse("66 0F D6 CA", "movq xmm2,xmm1", "xmm2=\(pattern) xmm1=\(pattern)", "xmm2=0706050403020100"),
        .sse("66 0F D6 0F", "movq [bx],xmm1", "bx=10 xmm1=\(pattern)", "ds:0010=0706050403020100"),
        Case("0F C3 07", "movnti [bx],eax", "bx=10 eax=12345678", "ds:0010=12345678"),
        Case("0F C3 C0", "movnti to a register is no instruction", "", "#UD"),
        Case("66 0F C3 07", "movnti behind 66 is no instruction", "bx=10", "#UD"),
    ]

    static let mmx: [Case] = [
        Case("0F 6E C8", "movd mm1,eax", "eax=12345678 mm1=FFFFFFFFFFFFFFFF", "mm1=12345678"),
        Case("0F 6E 0F", "movd mm1,[bx]", "bx=10 ds:0010=12345678", "mm1=12345678"),
        Case("0F 7E C8", "movd eax,mm1", "mm1=0706050403020100", "eax=03020100"),
        Case("0F 7E 0F", "movd [bx],mm1", "bx=10 mm1=0706050403020100", "ds:0010=03020100"),
        Case("0F 6F CA", "movq mm1,mm2", "mm2=0706050403020100", "mm1=0706050403020100"),
        Case("0F 6F 0F", "movq mm1,[bx]", "bx=10 ds:0010=0706050403020100", "mm1=0706050403020100"),
        Case("0F 7F CA", "movq mm2,mm1", "mm1=0706050403020100", "mm2=0706050403020100"),
        Case("0F 7F 0F", "movq [bx],mm1", "bx=10 mm1=0706050403020100", "ds:0010=0706050403020100"),
        Case("0F 6F 0F", "movq mm1,[bx] beyond the limit", "bx=FFF9", "#GP"),
        Case("0F E7 0F", "movntq [bx],mm1", "bx=10 mm1=0706050403020100", "ds:0010=0706050403020100"),
        Case("0F E7 CA", "movntq to a register is no instruction", "", "#UD"),
        .sse("F3 0F D6 CA", "movq2dq xmm1,mm2", "xmm1=\(pattern) mm2=1", "xmm1=1 mm2=1"),
        .sse("F2 0F D6 CA", "movdq2q mm1,xmm2", "xmm2=\(pattern)", "mm1=0706050403020100"),
        Case("F3 0F 6F CA", "movdqu without OSFXSR", "", "#UD"),
        Case("F2 0F 6F CA", "no instruction", "", "#UD"),
    ]

    static let signs: [Case] = [
        .sse("0F 50 C2", "movmskps eax,xmm2", "xmm2=8000000000000000FFFFFFFF7FFFFFFF", "eax=A"),
        .sse("66 0F 50 C2", "movmskpd eax,xmm2", "xmm2=80000000000000007FFFFFFFFFFFFFFF", "eax=2"),
        Case("0F D7 C2", "pmovmskb eax,mm2", "mm2=80FF7F0001FE0081", "eax=C5"),
        .sse("66 0F D7 C2", "pmovmskb eax,xmm2", "xmm2=FF00000000000080FF80017F00000080", "eax=81C1"),
    ]

    static let selected: [Case] = [
        Case(
            "0F F7 CA", "maskmovq mm1,mm2", "di=10 mm1=0706050403020100 mm2=FF00007F80000080",
            "mm2=FF00007F80000080 ds:0010=00 ds:0013=03 ds:0017=07"),
        Case("26 0F F7 CA", "maskmovq mm1,mm2 to es", "di=10 mm1=0706050403020100 mm2=8000", "mm2=8000 es:0011=01"),
        .sse(
            "66 0F F7 CA", "maskmovdqu xmm1,xmm2", "di=11 xmm1=\(pattern) xmm2=80000000000000800000000000008000",
            "ds:0012=01 ds:0019=08 ds:0020=0F"),
        .sse("66 0F F7 CA", "maskmovdqu xmm1,xmm2 of nothing", "di=10 xmm1=\(pattern)", ""),
        Case("0F F7 0F", "maskmovq with memory is no instruction", "bx=10", "#UD"),
    ]

    @Test(arguments: whole) func wholeCases(example: Case) { example.check() }
    @Test(arguments: parts) func partsCases(example: Case) { example.check() }
    @Test(arguments: mmx) func mmxCases(example: Case) { example.check() }
    @Test(arguments: signs) func signsCases(example: Case) { example.check() }
    @Test(arguments: selected) func selectedCases(example: Case) { example.check() }
}
