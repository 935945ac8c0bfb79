import Testing

/// Rows of the checklist that wait for something that is not built yet.
///
/// Each fails as soon as it is enabled unwritten.
@Suite("Port I/O: rows that wait")
struct PortWaitingTests {
    private static let paging: Comment = "needs paging"
    private static let bitmap: Comment = "needs the TSS's permission bitmap, which comes with rings"
    private static let breakpoints: Comment = "needs breakpoints in debug registers"
    private static let longMode: Comment = "needs 64-bit mode"
    private static let errata: Comment = "needs --errata"

    private func unwritten() { Issue.record("this row of the checklist has no test yet") }

    @Test("R15 count 0 with 32-bit addresses in 64-bit mode", .disabled(longMode)) func r15() { unwritten() }
    @Test("F1 #PF in the middle of REP INS", .disabled(paging)) func f1() { unwritten() }
    @Test("F2 the handler maps the page and the rest completes", .disabled(paging)) func f2() { unwritten() }
    @Test("F3 #PF of OUTS comes before the port", .disabled(paging)) func f3() { unwritten() }
    @Test("F4 a word over two pages, the second absent", .disabled(paging)) func f4() { unwritten() }
    @Test("F5 error codes of #PF", .disabled(paging)) func f5() { unwritten() }
    @Test("F6 accessed and dirty bits", .disabled(paging)) func f6() { unwritten() }
    @Test("F8 #AC before the port is read", .disabled("needs the alignment check of ring 3")) func f8() { unwritten() }
    @Test("F11 #PF while the permission bitmap is read", .disabled(paging)) func f11() { unwritten() }
    @Test("P3 all bits clear: allowed beyond IOPL", .disabled(bitmap)) func p3() { unwritten() }
    @Test("P4 any of the width's bits refuses", .disabled(bitmap)) func p4() { unwritten() }
    @Test("P5 V86 asks the bitmap whatever IOPL says", .disabled("needs V86")) func p5() { unwritten() }
    @Test("P6 a 286's TSS has no bitmap", .disabled(bitmap)) func p6() { unwritten() }
    @Test("P7 a TSS too short for a bitmap", .disabled(bitmap)) func p7() { unwritten() }
    @Test("P8 a bitmap that begins behind the limit", .disabled(bitmap)) func p8() { unwritten() }
    @Test("P9 the last byte within the limit is read with the one behind it", .disabled(bitmap)) func p9() {
        unwritten()
    }
    @Test("P10 a width over two bytes of the bitmap", .disabled(bitmap)) func p10() { unwritten() }
    @Test("P11 bits behind port FFFF", .disabled(bitmap)) func p11() { unwritten() }
    @Test("P13 a handler changes the bitmap between iterations", .disabled(bitmap)) func p13() { unwritten() }
    @Test("I9 an I/O breakpoint traps behind the access", .disabled(breakpoints)) func i9() { unwritten() }
    @Test("I10 without CR4.DE an I/O breakpoint never fires", .disabled(breakpoints)) func i10() { unwritten() }
    @Test("I11 an I/O breakpoint by length and alignment", .disabled(breakpoints)) func i11() { unwritten() }
    @Test("I12 a data breakpoint on the destination of INS", .disabled(breakpoints)) func i12() { unwritten() }
    @Test("G10 REX.W does not widen INS", .disabled(longMode)) func g10() { unwritten() }
    @Test("G11 the 80386 that leaves CX at -1", .disabled(errata)) func g11() { unwritten() }
    @Test("G12 the 80286 that points past a faulting INS", .disabled(errata)) func g12() { unwritten() }
}
