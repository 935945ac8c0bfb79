import Testing

@testable import X86Interp

/// EMMS, MXCSR, FXSAVE, fences; and what stops instructions of MMX and SSE: each row by example.
@Suite struct SIMDControlTests {
    static let cases: [Case] = control + alignment + enabling + exceptions + denormals

    static let control: [Case] = [
        Case("0F 77", "emms", "", ""),
        Case("66 0F 77", "emms behind 66 is no instruction", "", "#UD"),
        Case("F3 0F 77", "emms behind F3 is no instruction", "", "#UD"),
        .sse("0F AE 17", "ldmxcsr [bx]", "bx=10 ds:0010=0000FFC0", "mxcsr=FFC0"),
        .sse("0F AE 17", "ldmxcsr [bx] with reserved bits", "bx=10 ds:0010=00010000", "#GP"),
        .sse("0F AE 1F", "stmxcsr [bx]", "bx=11 mxcsr=1FA5", "ds:0011=00001FA5"),
        .sse("66 0F AE 1F", "stmxcsr behind 66 is no instruction", "bx=10", "#UD"),
        .sse(
            "0F AE 07", "fxsave [bx]", "bx=200 xmm1=112233445566778899AABBCCDDEEFF00 mm2=1234 mxcsr=1FA0",
            "ds:0200=037F ds:0204=FF ds:0218=00001FA0 ds:021C=0000FFFF ds:0240=1234 ds:0248=FFFF "
                + "ds:02B0=99AABBCCDDEEFF00 ds:02B8=1122334455667788"),
        Case(
            "0F AE 07", "fxsave [bx] without OSFXSR", "bx=200 xmm1=1234",
            "ds:0200=037F ds:0218=00001F80 ds:021C=0000FFFF"),
        .sse("0F AE 07", "fxsave [bx] misaligned", "bx=208", "#GP"),
        .sse("0F AE 07", "fxsave [bx] without the task's registers", "cr0=18 bx=200", "#NM"),
        .sse("0F AE 07", "fxsave [bx] with EM", "cr0=14 bx=200", "#NM"),
        .sse(
            "0F AE 07", "fxsave [bx] wraps at 64 KiB", "bx=FFF0",
            "ds:FFF0=037F ds:FFF4=00 ds:0008=00001F80 ds:000C=0000FFFF"),
        .sse("0F AE 03", "fxsave [ebx] beyond the limit", "ebx=FE80", "#GP(0)", in: .kernel),
        .sse("0F AE C0", "fxsave of a register is no instruction", "", "#UD"),
        .sse(
            "0F AE 0F", "fxrstor [bx]",
            "bx=200 ds:0200=037F ds:0204=FF ds:0218=00001FA0 ds:0250=1234567812345678 ds:0258=FFFF "
                + "ds:02C0=99AABBCCDDEEFF00 ds:02C8=1122334455667788",
            "mm3=1234567812345678 xmm2=112233445566778899AABBCCDDEEFF00 mxcsr=1FA0"),
        .sse("0F AE 0F", "fxrstor [bx] with reserved bits", "bx=200 ds:0200=037F ds:0218=80001FA0", "#GP"),
        Case("0F AE E8", "lfence"),
        Case("0F AE F0", "mfence"),
        Case("0F AE F8", "sfence"),
        Case("F2 0F AE F8", "sfence behind F2 is no instruction", "", "#UD"),
        Case("0F AE 3F", "clflush [bx]", "bx=10"),
        Case("0F AE 3B", "clflush [ebx] beyond the limit", "ebx=10000", "#GP", in: .kernel),
        Case("0F 18 07", "prefetchnta [bx] reads nothing", "bx=10"),
        Case("0F 18 0B", "prefetcht0 [ebx] beyond the limit", "ebx=10000", "", in: .kernel),
        Case("F3 90", "pause"),
    ]

    static let alignment: [Case] = [
        .sse("0F 28 07", "movaps xmm0,[bx] misaligned", "bx=18", "#GP"),
        .sse("0F 29 07", "movaps [bx],xmm0 misaligned", "bx=11", "#GP"),
        .sse("66 0F FC 07", "paddb xmm0,[bx] misaligned", "bx=14", "#GP"),
        .sse("66 0F E7 07", "movntdq [bx],xmm0 misaligned", "bx=18", "#GP"),
        .sse("0F 28 45 01", "movaps xmm0,[ebp+1] is #GP on the stack, too", "ebp=20000", "#GP(0)", in: .kernel),
        .sse("0F 28 45 00", "movaps xmm0,[ebp] beyond the limit", "ebp=20000", "#SS(0)", in: .kernel),
        .sse(
            "0F 28 07", "movaps xmm0,[bx]: the linear address counts", "ds.base=20008 bx=18 @20020=1234", "xmm0=1234"),
        .sse("F3 0F 10 07", "movss xmm0,[bx] may be anywhere", "bx=11 ds:0011=12345678", "xmm0=12345678"),
        .sse("0F 10 03", "movups xmm0,[ebx] with AC", "cr0=50011 AC ebx=13 ds:0013=1234", "xmm0=1234", in: .user),
        .sse("0F 28 03", "movaps xmm0,[ebx] with AC", "cr0=50011 AC ebx=13", "#GP(0)", in: .user),
        .sse("0F 12 03", "movlps xmm0,[ebx] with AC", "cr0=50011 AC ebx=14", "#AC(0)", in: .user),
        Case("0F 6F 03", "movq mm0,[ebx] with AC", "cr0=50011 AC ebx=11", "#AC(0)", in: .user),
        .sse("0F 11 03", "movups [ebx],xmm0 to read-only data", "ds=50 ebx=10", "#GP(0)", in: .kernel),
    ]

    static let enabling: [Case] = [
        Case("0F 58 CA", "addps without OSFXSR", "", "#UD"),
        .sse("0F 58 CA", "addps with TS", "cr0=18", "#NM"),
        .sse("0F 58 CA", "addps with EM", "cr0=14", "#UD"),
        .sse("0F 58 CA", "addps with EM and TS", "cr0=1C", "#UD"),
        Case("0F FC CA", "paddb mm1,mm2 with TS", "cr0=18", "#NM"),
        Case("0F FC CA", "paddb mm1,mm2 with EM", "cr0=14", "#UD"),
        Case("0F 77", "emms with TS", "cr0=18", "#NM"),
        Case("0F E0 CA", "pavgb mm1,mm2 of SSE, but without OSFXSR", "mm1=1 mm2=3", "mm1=2"),
        Case("0F 2A CA", "cvtpi2ps xmm1,mm2 without OSFXSR", "", "#UD"),
        Case("0F AE F8", "sfence with EM and TS", "cr0=1C"),
        Case("0F C3 07", "movnti [bx],eax with EM and TS", "cr0=1C bx=10 eax=1", "ds:0010=00000001"),
    ]

    static let exceptions: [Case] = [
        .sse("F3 0F 58 CA", "addss: invalid", "mxcsr=1F00 xmm1=7F800000 xmm2=FF800000", "#XM mxcsr=1F01"),
        Case(
            "F3 0F 58 CA", "addss: invalid, and nobody told of #XM", "cr4=200 mxcsr=1F00 xmm1=7F800000 xmm2=FF800000",
            "#UD mxcsr=1F01"),
        .sse("F3 0F 5E CA", "divss by zero", "mxcsr=1D80 xmm1=3F800000", "#XM mxcsr=1D84"),
        .sse("F3 0F 59 CA", "mulss: overflow", "mxcsr=1B80 xmm1=7F7FFFFF xmm2=7F7FFFFF", "#XM mxcsr=1BA8"),
        .sse("F3 0F 59 CA", "mulss: tiny", "mxcsr=1780 xmm1=00800000 xmm2=3F000000", "#XM mxcsr=1790"),
        .sse("F3 0F 5E CA", "divss: inexact", "mxcsr=0F80 xmm1=3F800000 xmm2=40400000", "#XM mxcsr=0FA0"),
        .sse("F3 0F 58 CA", "addss: denormal", "mxcsr=1E80 xmm1=00000001", "#XM mxcsr=1E82"),
        .sse(
            "0F 5E CA", "divps: what is found before dividing hides the rest",
            "mxcsr=1D80 xmm1=3F8000003F800000 xmm2=4040000000000000", "#XM mxcsr=1D85"),
        .sse("0F 2F CA", "comiss: a quiet NaN", "mxcsr=1F00 xmm1=7FC00000 CF", "#XM mxcsr=1F01"),
        .sse("0F 2E CA", "ucomiss: a quiet NaN raises nothing", "mxcsr=1F00 xmm1=7FC00000", "ZF PF CF"),
        .sse("F3 0F 2D C2", "cvtss2si: too large", "mxcsr=1F00 xmm2=4F000000", "#XM mxcsr=1F01"),
        .sse("0F 2D CA", "cvtps2pi: too large", "mxcsr=1F00 mm1=1 xmm2=4F000000", "#XM mxcsr=1F01"),
    ]

    static let denormals: [Case] = [
        .sse("F3 0F 59 CA", "mulss: exact and tiny", "xmm1=00800000 xmm2=3F000000", "xmm1=00400000"),
        .sse("F3 0F 59 CA", "mulss with FTZ", "mxcsr=9F80 xmm1=00800000 xmm2=3F000000", "xmm1=0 mxcsr=9FB0"),
        .sse(
            "F3 0F 59 CA", "mulss with FTZ keeps the sign", "mxcsr=9F80 xmm1=80800000 xmm2=3F000000",
            "xmm1=80000000 mxcsr=9FB0"),
        .sse("F3 0F 58 CA", "addss", "xmm1=00000001", "mxcsr=1F82"),
        .sse("F3 0F 58 CA", "addss with DAZ", "mxcsr=1FC0 xmm1=00000001", "xmm1=0"),
        .sse(
            "F3 0F 58 CA", "addss, rounded down", "mxcsr=3F80 xmm1=3F800000 xmm2=80000001", "xmm1=3F7FFFFF mxcsr=3FA2"),
        .sse("F3 0F 58 CA", "addss, rounded up", "mxcsr=5F80 xmm1=3F800000 xmm2=00000001", "xmm1=3F800001 mxcsr=5FA2"),
        .sse("F3 0F 5C CA", "subss to zero, rounded down", "mxcsr=3F80 xmm1=3F800000 xmm2=3F800000", "xmm1=80000000"),
    ]

    @Test(arguments: control) func controlCases(example: Case) { example.check() }
    @Test(arguments: alignment) func alignmentCases(example: Case) { example.check() }
    @Test(arguments: enabling) func enablingCases(example: Case) { example.check() }
    @Test(arguments: exceptions) func exceptionCases(example: Case) { example.check() }
    @Test(arguments: denormals) func denormalCases(example: Case) { example.check() }

    // MARK: The x87 below MMX

    /// Every instruction with an MMX register makes TOP 0 and all registers used, EMMS none; memory alone does not.
    @Test func instructionsOfMMXTakeTheX87() throws {
        var count = 0
        for example in OpcodeCoverageTests.cases where !example.expect.contains("#") {
            guard let row = example.row, row.needs == .mmx || Self.namesMMX(example) else { continue }
            count += 1
            var before = try example.scene()
            before.state.x87.top = 5
            before.state.x87.inUse = 0x81
            var after = try before.expectation(example.expect)
            after.state.x87.top = 0
            after.state.x87.inUse = row.operation == .emms ? 0 : 0xFF
            after.state.eip &+= UInt32(example.bytes.count)
            let bench = try Bench(before, model: example.model)
            let problems = try bench.step(expecting: after, ignoring: [])
            #expect(problems.isEmpty, "\(example.testDescription)")
        }
        #expect(count > 150)
    }

    /// Whether a register of MMX is named, not only memory where one might be.
    private static func namesMMX(_ example: Case) -> Bool {
        example.text.split { " ,".contains($0) }.contains { $0.hasPrefix("mm") && $0.count == 3 }
    }

    /// An exception that the x87 has not delivered comes before MMX, not before SSE.
    @Test func pendingExceptionsComeBeforeMMX() throws {
        let examples: [(Case, Fault?)] = [
            (Case("0F FC CA", "paddb mm1,mm2"), Fault(.floatingPoint)),
            (Case("0F 77", "emms"), Fault(.floatingPoint)),
            (.sse("0F 2D CA", "cvtps2pi mm1,xmm2"), Fault(.floatingPoint)),
            (.sse("0F 2A CA", "cvtpi2ps xmm1,mm2"), Fault(.floatingPoint)),
            (.sse("0F 28 CA", "movaps xmm1,xmm2"), nil),
        ]
        for (example, fault) in examples {
            var before = try example.scene()
            before.state.cr0 |= ControlBits.numericError
            before.state.x87.control = 0x37E
            before.state.x87.status = 0x8081
            var after = before
            after.fault = fault
            if fault == nil { after.state.eip &+= UInt32(example.bytes.count) }
            let problems = try Bench(before, model: example.model).step(expecting: after, ignoring: [])
            #expect(problems.isEmpty, "\(example.testDescription)")
        }
    }

    // MARK: Models

    /// The Pentium III has no DAZ, and tells so in the image of FXSAVE; the Pentium II has no MXCSR.
    @Test func bitsOfMXCSRDependOnTheModel() throws {
        for (name, mask) in [("pentium2", 0), ("pentium3", 0xFFBF), ("pentium4", 0xFFFF)] as [(String, UInt64)] {
            let model = try #require(CPUModel.named(name))
            var scene = Scene(.real, model)
            try scene.apply("cr4=200 bx=200")
            scene.put(code: [0x0F, 0xAE, 0x07])
            let bench = try Bench(scene, model: model)
            _ = try bench.cpu.step()
            let image = bench.bytes[0x20218..<0x20220].reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1) }
            #expect(image == mask << 32 | (mask == 0 ? 0 : 0x1F80), "\(name)")
        }
    }

    /// CPUID tells which of it there is, and of the line of CLFLUSH.
    @Test func modelsTellWhatTheyHave() throws {
        let leaves: [(name: String, ebx: UInt32, edx: UInt32, caches: UInt32)] = [
            ("pentium", 0, 0x1BF, 0), ("pentium-mmx", 0, 0x80_01BF, 0), ("p6", 0, 0x3_F9FF, 0x0604_0A43),
            ("pentium2", 0, 0x183_F9FF, 0x0C04_0843), ("pentium3", 0, 0x383_F9FF, 0x0C04_0843),
            ("pentium4", 0x800, 0x78B_F9FF, 0x007A_7040),
        ]
        for leaf in leaves {
            let model = try #require(CPUModel.named(leaf.name))
            var scene = Scene(.real, model)
            scene.put(code: [0x0F, 0xA2, 0xB8, 2, 0, 0x0F, 0xA2])
            scene.state.gpr.eax = 1
            let bench = try Bench(scene, model: model)
            _ = try bench.cpu.step()
            let first = bench.cpu.state.gpr
            #expect(first.eax == model.signature && first.ebx == leaf.ebx && first.edx == leaf.edx, "\(leaf.name)")
            guard leaf.caches != 0 else { continue }
            scene.state = bench.cpu.state
            scene.state.gpr.eax = 2
            let second = try Bench(scene, model: model)
            second.cpu.state.eip = 0x105
            _ = try second.cpu.step()
            #expect(second.cpu.state.gpr.edx == leaf.caches, "\(leaf.name)")
        }
    }

    /// What the extension brought is no instruction, or another one, without it.
    @Test func noRowExistsWithoutItsExtension() throws {
        var count = 0
        for example in OpcodeCoverageTests.cases {
            guard let row = example.row, row.isVector || row.needs == .fxsr else { continue }
            for model in CPUModel.all where model.is32Bit && !model.has(row.needs) {
                count += 1
                var scene = Scene(example.mode, model)
                scene.put(code: example.bytes)
                let bench = try Bench(scene, model: model)
                #expect(
                    try bench.cpu.step() == .stopped(.fault(Fault(.invalidOpcode))), "\(example.text), \(model.name)")
            }
        }
        #expect(count > 1000)
    }
}
