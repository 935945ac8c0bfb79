import Testing

@testable import X86Interp

/// What the 8087, the 80287, the 80387 and those of later processors differ in.
///
/// A test for each row of the table in the page FloatingPoint; what becomes of exceptions is in `CoprocessorErrorTests`.
@Suite struct X87ModelTests {
    /// An example on each chip, with what it leaves there; nil for a chip on which it is not run.
    private func check(
        _ bytes: String, _ given: String, i8087: String?, i80287: String?, i80387: String?, integrated: String?
    ) {
        let chips: [(Generation, X87Model?, String?)] = [
            (.i8086, .i8087, i8087), (.i80286, .i80287, i80287), (.i80386, .i80387, i80387), (.i486, nil, integrated),
        ]
        for (generation, chip, expect) in chips {
            guard let expect else { continue }
            Case(bytes, "on \(chip.map { "\($0)" } ?? "the i486")", given, expect, on: generation, fpu: chip).check()
        }
    }

    @Test func initialControlWord() {
        check(
            "DB E3", "fcw=0", i8087: "fcw=3FF", i80287: "fcw=37F", i80387: "fcw=37F", integrated: "fcw=37F")
    }

    @Test func interruptEnable() {
        check("DB E1", "", i8087: "fcw=3FF", i80287: "", i80387: "", integrated: "")
        check("DB E0", "fcw=3FF", i8087: "fcw=37F", i80287: "", i80387: "", integrated: "")
        let load = "bx=10 ds:0010=00C0"
        check("D9 2F", load, i8087: "fcw=C0", i80287: "fcw=40", i80387: "fcw=40", integrated: "fcw=40")
    }

    @Test func statusWordInAX() {
        check("DF E0", "fsw=3800", i8087: "", i80287: "ax=3800", i80387: "ax=3800", integrated: "ax=3800")
    }

    /// In real mode: the 80287 lays out what FSETPM asked for.
    @Test func protectedMode() throws {
        let model = try #require(CPUModel.named("80286")).with(.i80287)
        let protected = try Bench(code: "DB E4 D9 37", "bx=10 fip=2345 fcs=1230", on: model)
        try protected.run(2)
        #expect(protected.word(0x20018) == 0x1230 && protected.word(0x20016) == 0x2345)
        let real = try Bench(code: "DB E2 D9 37", "bx=10 fip=2345 fcs=1230", on: model)
        try real.run(2)
        #expect(real.word(0x20018) == 0x1000 && real.word(0x20016) == 0x4645)
        check("DB E4", "", i8087: nil, i80287: nil, i80387: "", integrated: "")
    }

    /// With IC clear the 8087 and 80287 have one infinity without a sign.
    @Test func infinity() {
        let given = "st0=7FFF:8 st1=FFFF:8"
        let invalid = "C3 C2 C0 IE"
        check("D8 D1", given, i8087: "C3", i80287: "C3", i80387: "", integrated: "")
        check(
            "D8 C1", "st0=7FFF:8 st1=7FFF:8", i8087: "st0=FFFF:C IE", i80287: "st0=FFFF:C IE", i80387: "",
            integrated: "")
        check("D8 D1", "st0=3FFF:8 st1=FFFF:8", i8087: invalid, i80287: invalid, i80387: "", integrated: "")
        check("D8 D1", "fcw=137F " + given, i8087: "", i80287: "", i80387: "", integrated: "")
    }

    @Test func stackFaults() {
        let old = "st0=FFFF:C IE C1"
        let new = "st0=FFFF:C IE STF c1"
        check("D9 E0", "C1", i8087: old, i80287: old, i80387: new, integrated: new)
    }

    @Test func constants() {
        let nearest = "top=7 st0=4000:C90FDAA22168C235"
        let down = "top=7 st0=4000:C90FDAA22168C234"
        check("D9 EB", "fcw=77F", i8087: nearest, i80287: nearest, i80387: down, integrated: down)
    }

    @Test func laterInstructions() {
        // FSIN, FUCOM, FPREM1: what a chip does not know does nothing.
        check("D9 FE", "st0=8000:0 C2", i8087: "", i80287: "", i80387: "c2", integrated: "c2")
        check("DD E1", "st0=3FFF:8 st1=3FFF:8", i8087: "", i80287: "", i80387: "C3", integrated: "C3")
        check(
            "D9 F5", "st0=4001:A st1=4000:C", i8087: "", i80287: "", i80387: "st0=BFFF:8 C3",
            integrated: "st0=BFFF:8 C3")
        // FCMOVB is #UD where the x87 is on the chip.
        check("DA C1", "", i8087: "", i80287: "", i80387: "", integrated: "#UD")
        check("D9 D1", "", i8087: "", i80287: "", i80387: "", integrated: "#UD")
    }

    @Test func withoutACoprocessorNothingHappens() {
        for generation in [Generation.i8086, .i80286, .i80386] {
            Case("DB E3", "fninit without a coprocessor", "fcw=0", "", on: generation).check()
        }
    }
}
