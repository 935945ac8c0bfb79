import Testing

@testable import X86Interp

/// Packed shifts: each row by example.
///
/// Results are those of an Intel processor, measured.
@Suite struct SIMDShiftsTests: VectorCases {
    static let cases: [Case] = byRegister + byImmediate

    static let byRegister: [Case] = [[Case]]([
        packed(
            "F1", "psllw", "80007FFFFFFF00011234ABCD00FF8001", "FFFFFFFFFFFFFFFF0000000000000004",
            "0000FFF0FFF000102340BCD00FF00010"),
        packed(
            "F1", "psllw", "80007FFFFFFF00011234ABCD00FF8001", "FFFFFFFFFFFFFFFF0000000000000010",
            "00000000000000000000000000000000"),
        packed(
            "F2", "pslld", "800000007FFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF000000000000001F",
            "00000000800000000000000000000000"),
        packed(
            "F3", "psllq", "FFFFFFFFFFFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF0000000000000024",
            "FFFFFFF000000000ABCDEF0000000000"),
        packed(
            "D1", "psrlw", "80007FFFFFFF00011234ABCD00FF8001", "FFFFFFFFFFFFFFFF0000000000000004",
            "080007FF0FFF000001230ABC000F0800"),
        packed(
            "D2", "psrld", "800000007FFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF0000000000000008",
            "00800000007FFFFF00123456009ABCDE"),
        packed(
            "D2", "psrld", "800000007FFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF0000000100000000",
            "00000000000000000000000000000000"),
        packed(
            "D3", "psrlq", "FFFFFFFFFFFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF000000000000003F",
            "00000000000000010000000000000000"),
        packed(
            "E1", "psraw", "80007FFFFFFF00011234ABCD00FF8001", "FFFFFFFFFFFFFFFF0000000000000003",
            "F0000FFFFFFF00000246F579001FF000"),
        packed(
            "E1", "psraw", "80007FFFFFFF00011234ABCD00FF8001", "FFFFFFFFFFFFFFFF8000000000000000",
            "FFFF0000FFFF00000000FFFF0000FFFF"),
        packed(
            "E2", "psrad", "800000007FFFFFFF123456789ABCDEF0", "FFFFFFFFFFFFFFFF000000000000000C",
            "FFF800000007FFFF00012345FFF9ABCD"),
    ]).flatMap { $0 }

    static let byImmediate: [Case] = [
        Case("0F 71 D1 05", "psrlw mm1,5", "mm1=1234ABCD00FF8001", "mm1=0091055E00070400"),
        .sse(
            "66 0F 71 D1 0C", "psrlw xmm1,C", "xmm1=80007FFFFFFF00011234ABCD00FF8001",
            "xmm1=00080007000F00000001000A00000008"),
        Case("0F 71 E1 05", "psraw mm1,5", "mm1=1234ABCD00FF8001", "mm1=0091FD5E0007FC00"),
        .sse(
            "66 0F 71 E1 0C", "psraw xmm1,C", "xmm1=80007FFFFFFF00011234ABCD00FF8001",
            "xmm1=FFF80007FFFF00000001FFFA0000FFF8"),
        Case("0F 71 F1 05", "psllw mm1,5", "mm1=1234ABCD00FF8001", "mm1=468079A01FE00020"),
        .sse(
            "66 0F 71 F1 0C", "psllw xmm1,C", "xmm1=80007FFFFFFF00011234ABCD00FF8001",
            "xmm1=0000F000F00010004000D000F0001000"),
        Case("0F 72 D1 05", "psrld mm1,5", "mm1=123456789ABCDEF0", "mm1=0091A2B304D5E6F7"),
        .sse(
            "66 0F 72 D1 0C", "psrld xmm1,C", "xmm1=800000007FFFFFFF123456789ABCDEF0",
            "xmm1=000800000007FFFF000123450009ABCD"),
        Case("0F 72 E1 05", "psrad mm1,5", "mm1=123456789ABCDEF0", "mm1=0091A2B3FCD5E6F7"),
        .sse(
            "66 0F 72 E1 0C", "psrad xmm1,C", "xmm1=800000007FFFFFFF123456789ABCDEF0",
            "xmm1=FFF800000007FFFF00012345FFF9ABCD"),
        Case("0F 72 F1 05", "pslld mm1,5", "mm1=123456789ABCDEF0", "mm1=468ACF00579BDE00"),
        .sse(
            "66 0F 72 F1 0C", "pslld xmm1,C", "xmm1=800000007FFFFFFF123456789ABCDEF0",
            "xmm1=00000000FFFFF00045678000CDEF0000"),
        Case("0F 73 D1 05", "psrlq mm1,5", "mm1=123456789ABCDEF0", "mm1=0091A2B3C4D5E6F7"),
        .sse(
            "66 0F 73 D1 0C", "psrlq xmm1,C", "xmm1=FFFFFFFFFFFFFFFF123456789ABCDEF0",
            "xmm1=000FFFFFFFFFFFFF000123456789ABCD"),
        Case("0F 73 F1 05", "psllq mm1,5", "mm1=123456789ABCDEF0", "mm1=468ACF13579BDE00"),
        .sse(
            "66 0F 73 F1 0C", "psllq xmm1,C", "xmm1=FFFFFFFFFFFFFFFF123456789ABCDEF0",
            "xmm1=FFFFFFFFFFFFF000456789ABCDEF0000"),
        Case("0F 71 D1 10", "psrlw mm1,10: nothing is left", "mm1=1234ABCD00FF8001", "mm1=0"),
        .sse(
            "66 0F 71 E1 FF", "psraw xmm1,FF: signs are left", "xmm1=80007FFFFFFF00011234ABCD00FF8001",
            "xmm1=FFFF0000FFFF00000000FFFF0000FFFF"),
        .sse("66 0F 73 D9 00", "psrldq xmm1,0", "xmm1=0F0E0D0C0B0A09080706050403020100", ""),
        .sse(
            "66 0F 73 D9 03", "psrldq xmm1,3", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=0000000F0E0D0C0B0A09080706050403"),
        .sse(
            "66 0F 73 D9 08", "psrldq xmm1,8", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=00F0E0D0C0B0A0908"),
        .sse(
            "66 0F 73 D9 0D", "psrldq xmm1,D", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=000000000000F0E0D"),
        .sse(
            "66 0F 73 D9 10", "psrldq xmm1,10", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=00000000000000000"),
        .sse("66 0F 73 F9 00", "pslldq xmm1,0", "xmm1=0F0E0D0C0B0A09080706050403020100", ""),
        .sse(
            "66 0F 73 F9 03", "pslldq xmm1,3", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=0C0B0A09080706050403020100000000"),
        .sse(
            "66 0F 73 F9 08", "pslldq xmm1,8", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=07060504030201000000000000000000"),
        .sse(
            "66 0F 73 F9 0D", "pslldq xmm1,D", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=02010000000000000000000000000000"),
        .sse(
            "66 0F 73 F9 10", "pslldq xmm1,10", "xmm1=0F0E0D0C0B0A09080706050403020100",
            "xmm1=00000000000000000"),
    ]

    @Test(arguments: byRegister) func byRegisterCases(example: Case) { example.check() }
    @Test(arguments: byImmediate) func byImmediateCases(example: Case) { example.check() }
}
