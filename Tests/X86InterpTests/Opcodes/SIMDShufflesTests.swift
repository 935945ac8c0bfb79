import Testing

@testable import X86Interp

/// Interleaving, packing and shuffling: each row by example.
///
/// Results are those of an Intel processor, measured.
@Suite struct SIMDShufflesTests: VectorCases {
    static let cases: [Case] = interleaving + shuffles + words

    static let interleaving: [Case] = [[Case]]([
        packed(
            "60", "punpcklbw", "807F01FF00FE7FC07F80FF0001028081", "01018002FF017F407F80010101FE7F80",
            "7F7F808001FF01000101FE027F808081"),
        packed(
            "61", "punpcklwd", "80007FFFFFFF00011234ABCD00FF8001", "80000001FFFF7FFF4321123400028001",
            "432112341234ABCD000200FF80018001"),
        packed(
            "62", "punpckldq", "800000007FFFFFFF123456789ABCDEF0", "80000000000000010F0F0F0FF0000000",
            "0F0F0F0F12345678F00000009ABCDEF0"),
        packed(
            "68", "punpckhbw", "807F01FF00FE7FC07F80FF0001028081", "01018002FF017F407F80010101FE7F80",
            "0180017F800102FFFF0001FE7F7F40C0", mmx: "7F7F808001FF0100"),
        packed(
            "69", "punpckhwd", "80007FFFFFFF00011234ABCD00FF8001", "80000001FFFF7FFF4321123400028001",
            "8000800000017FFFFFFFFFFF7FFF0001", mmx: "432112341234ABCD"),
        packed(
            "6A", "punpckhdq", "800000007FFFFFFF123456789ABCDEF0", "80000000000000010F0F0F0FF0000000",
            "8000000080000000000000017FFFFFFF", mmx: "0F0F0F0F12345678"),
        packed(
            "63", "packsswb", "7FFF8000007F0080FF80FF7F01000001", "00FE00FFFFFF01008001004012345678",
            "7F7FFF7F80407F7F7F807F7F80807F01", mmx: "80407F7F80807F01"),
        packed(
            "67", "packuswb", "7FFF8000007F0080FF80FF7F01000001", "00FE00FFFFFF01008001004012345678",
            "FEFF00FF0040FFFFFF007F800000FF01", mmx: "0040FFFF0000FF01"),
        packed(
            "6B", "packssdw", "7FFFFFFF8000000000007FFF00008000", "FFFF8000FFFF7FFF0000000112345678",
            "8000800000017FFF7FFF80007FFF7FFF", mmx: "00017FFF7FFF7FFF"),
    ]).flatMap { $0 }

    static let shuffles: [Case] = [[Case]]([
        sse(
            "66 0F 70", "pshufd", 16, "00000000000000000000000000000000", "0F0E0D0C0B0A09080706050403020100",
            "03020100070605040B0A09080F0E0D0C", immediate: "1B"),
        sse(
            "F3 0F 70", "pshufhw", 16, "00000000000000000000000000000000", "0F0E0D0C0B0A09080706050403020100",
            "09080F0E0D0C0B0A0706050403020100", immediate: "39"),
        sse(
            "F2 0F 70", "pshuflw", 16, "00000000000000000000000000000000", "0F0E0D0C0B0A09080706050403020100",
            "0F0E0D0C0B0A09080504030201000706", immediate: "93"),
        sse(
            "0F C6", "shufps", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "1B1A19181F1E1D1C0706050403020100", immediate: "B4"),
        sse(
            "66 0F C6", "shufpd", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "17161514131211100F0E0D0C0B0A0908", immediate: "01"),
        sse(
            "0F 14", "unpcklps", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "17161514070605041312111003020100"),
        sse(
            "66 0F 14", "unpcklpd", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "17161514131211100706050403020100"),
        sse(
            "0F 15", "unpckhps", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "1F1E1D1C0F0E0D0C1B1A19180B0A0908"),
        sse(
            "66 0F 15", "unpckhpd", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "1F1E1D1C1B1A19180F0E0D0C0B0A0908"),
        sse(
            "66 0F 6C", "punpcklqdq", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "17161514131211100706050403020100"),
        sse(
            "66 0F 6D", "punpckhqdq", 16, "0F0E0D0C0B0A09080706050403020100", "1F1E1D1C1B1A19181716151413121110",
            "1F1E1D1C1B1A19180F0E0D0C0B0A0908"),
    ]).flatMap { $0 }

    static let words: [Case] = [
        Case("0F 70 CA 1B", "pshufw mm1,mm2,1B", "mm1=0 mm2=0706050403020100", "mm1=0100030205040706"),
        Case(
            "0F 70 0F 1B", "pshufw mm1,[bx],1B", "bx=10 mm1=0 ds:0010=0706050403020100",
            "mm1=0100030205040706"),
        Case("0F C4 C8 02", "pinsrw mm1,eax,2", "mm1=0706050403020100 eax=1234ABCD", "mm1=0706ABCD03020100"),
        .sse(
            "66 0F C4 C8 0D", "pinsrw xmm1,eax,D: as 5", "xmm1=0F0E0D0C0B0A09080706050403020100 eax=1234ABCD",
            "xmm1=0F0E0D0CABCD09080706050403020100"),
        Case("0F C5 C2 03", "pextrw eax,mm2,3", "mm2=0706050403020100 eax=FFFFFFFF", "eax=00000706"),
        .sse(
            "66 0F C5 C2 0F", "pextrw eax,xmm2,F: as 7", "xmm2=1F1E1D1C1B1A19181716151413121110 eax=FFFFFFFF",
            "eax=00001F1E"),
        Case("0F C4 0F 01", "pinsrw mm1,[bx],1", "bx=10 mm1=0706050403020100 ds:0010=ABCD", "mm1=07060504ABCD0100"),
        .sse(
            "66 0F C4 0F 07", "pinsrw xmm1,[bx],7", "bx=10 xmm1=0F0E0D0C0B0A09080706050403020100 ds:0010=ABCD",
            "xmm1=ABCD0D0C0B0A09080706050403020100"),
        Case("0F C4 0F 01", "pinsrw mm1,[bx],1 takes a word", "bx=FFFE mm1=0 ds:FFFE=ABCD", "mm1=ABCD0000"),
        Case("0F C5 07 00", "pextrw from memory is no instruction", "bx=10", "#UD"),
    ]

    @Test(arguments: interleaving) func interleavingCases(example: Case) { example.check() }
    @Test(arguments: shuffles) func shufflesCases(example: Case) { example.check() }
    @Test(arguments: words) func wordsCases(example: Case) { example.check() }
}
