import Testing

@testable import X86Interp

/// Conversions of SSE: each row by example.
///
/// Results are those of an Intel processor, measured.
@Suite struct SSEConversionsTests: VectorCases {
    static let cases: [Case] = vectors + mmx + registers

    static let vectors: [Case] = [[Case]]([
        sse(
            "0F 5A", "cvtps2pd", 8, "00000000000000000000000000000000", "4080000040400000FF8000003DCCCCCD",
            "FFF00000000000003FB99999A0000000"),
        sse(
            "66 0F 5A", "cvtpd2ps", 16, "80000000000000000000000000000000", "7E37E43C8800759C3FB999999999999A",
            "00000000000000007F8000003DCCCCCD", "mxcsr=1FA8"),
        sse(
            "F3 0F 5A", "cvtss2sd", 4, "4022000000000000401C000000000000", "3F8000003F8000003F8000003DCCCCCD",
            "40220000000000003FB99999A0000000"),
        sse(
            "F2 0F 5A", "cvtsd2ss", 8, "41200000411000004100000040E00000", "3FF000000000000001A56E1FC2F8F359",
            "41200000411000004100000000000000", "mxcsr=1FB0"),
        sse(
            "0F 5B", "cvtdq2ps", 16, "00000000000000000000000000000000", "7FFFFFFFFFFFFFFF0000000001000003",
            "4F000000BF800000000000004B800002", "mxcsr=1FA0"),
        sse(
            "66 0F 5B", "cvtps2dq", 16, "00000000000000000000000000000000", "501502F9C02000003FC000003F000000",
            "80000000FFFFFFFE0000000200000000", "mxcsr=1FA1"),
        sse(
            "F3 0F 5B", "cvttps2dq", 16, "00000000000000000000000000000000", "7FC00000C02000003FC000003F000000",
            "80000000FFFFFFFE0000000100000000", "mxcsr=1FA1"),
        sse(
            "66 0F E6", "cvttpd2dq", 16, "80000000000000000000000000000000", "41E65A0BC0000000BFFE666666666666",
            "000000000000000080000000FFFFFFFF", "mxcsr=1FA1"),
        sse(
            "F3 0F E6", "cvtdq2pd", 8, "00000000000000000000000000000000", "1111111122222222800000007FFFFFFF",
            "C1E000000000000041DFFFFFFFC00000"),
        sse(
            "F2 0F E6", "cvtpd2dq", 16, "80000000000000000000000000000000", "4004000000000000BFF8000000000000",
            "000000000000000000000002FFFFFFFE", "mxcsr=1FA0"),
    ]).flatMap { $0 }

    static let mmx: [Case] = [
        .sse(
            "0F 2A CA", "cvtpi2ps xmm1,mm2", "xmm1=40E00000410000004110000041100000 mm2=8000000001000001",
            "xmm1=40E0000041000000CF0000004B800000 mxcsr=1FA0"),
        .sse(
            "0F 2A 0F", "cvtpi2ps xmm1,[bx]", "bx=10 xmm1=40E00000410000004110000041100000 ds:0010=8000000001000001",
            "xmm1=40E0000041000000CF0000004B800000 mxcsr=1FA0"),
        .sse(
            "66 0F 2A CA", "cvtpi2pd xmm1,mm2", "xmm1=40E00000410000004110000041100000 mm2=8000000001000001",
            "xmm1=C1E00000000000004170000010000000"),
        .sse(
            "66 0F 2A 0F", "cvtpi2pd xmm1,[bx]",
            "bx=10 xmm1=40E00000410000004110000041100000 ds:0010=8000000001000001",
            "xmm1=C1E00000000000004170000010000000"),
        .sse(
            "0F 2D CA", "cvtps2pi mm1,xmm2", "xmm2=3F8000003F800000C06CCCCD40200000 mm1=0",
            "mm1=FFFFFFFC00000002 mxcsr=1FA0"),
        .sse(
            "0F 2D 0F", "cvtps2pi mm1,[bx]", "bx=10 mm1=0 ds:0010=C06CCCCD40200000",
            "mm1=FFFFFFFC00000002 mxcsr=1FA0"),
        .sse(
            "66 0F 2D CA", "cvtpd2pi mm1,xmm2", "xmm2=C202A05F20000000400C000000000000 mm1=0",
            "mm1=8000000000000004 mxcsr=1FA1"),
        .sse(
            "66 0F 2D 0F", "cvtpd2pi mm1,[bx]",
            "bx=10 mm1=0 ds:0010=400C000000000000 ds:0018=C202A05F20000000",
            "mm1=8000000000000004 mxcsr=1FA1"),
        .sse(
            "0F 2C CA", "cvttps2pi mm1,xmm2", "xmm2=3F8000003F800000C06CCCCD40200000 mm1=0",
            "mm1=FFFFFFFD00000002 mxcsr=1FA0"),
        .sse(
            "0F 2C 0F", "cvttps2pi mm1,[bx]", "bx=10 mm1=0 ds:0010=C06CCCCD40200000",
            "mm1=FFFFFFFD00000002 mxcsr=1FA0"),
        .sse(
            "66 0F 2C CA", "cvttpd2pi mm1,xmm2", "xmm2=C202A05F20000000400C000000000000 mm1=0",
            "mm1=8000000000000003 mxcsr=1FA1"),
        .sse(
            "66 0F 2C 0F", "cvttpd2pi mm1,[bx]",
            "bx=10 mm1=0 ds:0010=400C000000000000 ds:0018=C202A05F20000000",
            "mm1=8000000000000003 mxcsr=1FA1"),
    ]

    static let registers: [Case] = [
        .sse(
            "F3 0F 2A C8", "cvtsi2ss xmm1,eax", "xmm1=41200000411000004100000040E00000 eax=FFFFFFFF",
            "xmm1=412000004110000041000000BF800000"),
        .sse(
            "F2 0F 2A C8", "cvtsi2sd xmm1,eax", "xmm1=4020000000000000401C000000000000 eax=80000000",
            "xmm1=4020000000000000C1E0000000000000"),
        .sse("F3 0F 2D C2", "cvtss2si eax,xmm2", "xmm2=000000000000000000000000C0200000", "eax=FFFFFFFE mxcsr=1FA0"),
        .sse("F2 0F 2D C2", "cvtsd2si eax,xmm2", "xmm2=0000000000000000400C000000000000", "eax=00000004 mxcsr=1FA0"),
        .sse(
            "F2 0F 2D C2", "cvtsd2si eax,xmm2 that does not fit", "xmm2=000000000000000041E0000000000000",
            "eax=80000000 mxcsr=1F81"),
        .sse("F3 0F 2C C2", "cvttss2si eax,xmm2", "xmm2=000000000000000000000000C0200000", "eax=FFFFFFFE mxcsr=1FA0"),
        .sse("F2 0F 2C C2", "cvttsd2si eax,xmm2", "xmm2=0000000000000000400C000000000000", "eax=00000003 mxcsr=1FA0"),
        .sse(
            "F2 0F 2C C2", "cvttsd2si eax,xmm2 that does not fit", "xmm2=000000000000000041E0000000000000",
            "eax=80000000 mxcsr=1F81"),
    ]

    @Test(arguments: vectors) func vectorsCases(example: Case) { example.check() }
    @Test(arguments: mmx) func mmxCases(example: Case) { example.check() }
    @Test(arguments: registers) func registersCases(example: Case) { example.check() }
}
