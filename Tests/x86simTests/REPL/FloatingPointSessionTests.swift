import TestSupport
import Testing
import X86Interp

@testable import x86sim

/// The debugger shows, sets and explains what x87, MMX and SSE have.
@Suite struct FloatingPointSessionTests {
    private static let registers =
        "fsw=3800,st0=4000:c90fdaa22168c235,st1=0:1,st2=1234:5,fcs=0,fip=7c00,fop=1c1,"
        + "xmm1=400921fb54442d18:3f8000003dcccccd"

    private static func transcript(_ lines: [String], _ options: [String] = []) throws -> String {
        // nop; nop; hlt
        let file = try TemporaryFile([0x90, 0x90, 0xF4])
        return try SessionRunner.transcript([file.path, "--boot", "flat"] + options, lines)
    }

    /// Commands with the registers above, and what they print.
    private static let outputs: [([String], [String])] = [
        (
            ["fpu"],
            [
                "fcw=037F round to nearest, 64-bit significands, masked: all\n",
                "fsw=3800 top=7 C3=0 C2=0 C1=0 C0=0, raised: none\n",
                "ftw=3FFA fop=1C1 fcs=0000 fip=00007C00 fds=0000 fdp=00000000\n",
                "st0  mm7  4000:C90FDAA22168C235  valid  3.141592653589793239\n",
                "st1  mm0  0000:0000000000000001  special  3.645199531882474603e-4951 (denormal)\n",
                "st2  mm1  1234:0000000000000005  special  unnormal\n", "st3  mm2  0000:0000000000000000  empty\n",
            ]
        ),
        (
            ["set fcw = f70", "set fsw = 3c45", "fpu"],
            [
                "fcw=0F70* round towards zero, 64-bit significands, masked: UM PM\n",
                "top=7 C3=0 C2=1 C1=0 C0=0, raised: IE ZE, a stack fault: the register was empty, #MF pends for IE ZE\n",
            ]
        ),
        (["r fcw=17f", "fpu"], ["a precision that is reserved"]),
        (
            ["sse"],
            [
                "mxcsr=00001F80 round to nearest, masked: all, raised: none\nCR4.OSFXSR is clear",
                "xmm1  400921FB54442D18:3F8000003DCCCCCD   {0.100000001, 1, 3.37028055e+12, 2.142699}\n",
            ]
        ),
        (["sse/d"], ["{0.0078125017986167226, 3.1415926535897931}"]),
        (["xmm /b"], ["{CD CC CC 3D 00 00 80 3F 18 2D 44 54 FB 21 09 40}"]),
        (["sse/q"], ["error: sse has no format 'q'"]),
        (
            ["r mxcsr=e0c1", "set cr4=200", "sse"],
            [
                "mxcsr=0000E0C1* round towards zero, masked: IM, raised: IE, FTZ: denormal results are 0, DAZ: denormal "
                    + "operands are 0\nxmm0"
            ]
        ),
        (
            ["p st0", "p $xmm1"],
            [
                "4000:C90FDAA22168C235 = 3.141592653589793239\n",
                "= {0.100000001, 1, 3.37028055e+12, 2.142699} = {0.0078125017986167226, 3.1415926535897931}\n",
            ]
        ),
        (["p st3"], ["0000:0000000000000000 = 0 (empty)\n"]),
        (
            ["p st0.exp", "p st0.sig >> 0d32", "p xmm1.d1 + 1", "p mm7 == st0.sig"],
            [
                "4000 = 0d16384", "C90FDAA2", "3F800001", "\n1\n",
            ]
        ),
        (["p st0+1"], ["error: st0 has 80 bits, a value has 64; name a part: st0.exp, st0.sig"]),
        (["b 7c01 if xmm1.d1 == 3f800000 && fsw & 3800", "c"], ["stopped: breakpoint 1 at 0000:7C01"]),
        (
            ["r st7=bfff:8000000000000000, fcw=27f", "r st7 fcw ftw"],
            [
                "st7 = BFFF:8000000000000000 = -1\n", "fcw = 27F", "ftw = FFA",
            ]
        ),
        (["set xmm0 = 1:2", "r xmm0.q0 xmm0.q1"], ["xmm0.q0 = 2", "xmm0.q1 = 1"]),
        (
            ["set mm2.d1 = 5", "r mm2 st3", "r ftw"],
            ["mm2 = 500000000", "FFFF:0000000500000000 = -pseudo-NaN", "3FEA"]
        ),
        (
            ["r st0=1:2:3", "r st0=10000:0", "r fop=800", "set xmm0.d1 = 100000000"],
            [
                "error: '1:2:3' is no value of st0", "error: 10000:0 does not fit into st0",
                "error: 800 does not fit into fop", "error: 100000000 does not fit into xmm0.d1",
            ]
        ),
        (
            ["snap a", "r st0=0:0, xmm7=7:8, mxcsr=1f81", "compare a"],
            [
                "mxcsr: 1F80 -> 1F81\n", "st0: 4000:C90FDAA22168C235 -> 0000:0000000000000000\n",
                "xmm7: 0000000000000000:0000000000000000 -> 0000000000000007:0000000000000008\n",
            ]
        ),
        (["snap a", "s", "load a", "compare a"], ["no difference"]),
        (["who st0", "who xmm1", "who fcw"], ["nobody, as far as the history goes"]),
        (["r xmm1"], ["xmm1 = 400921FB54442D18:3F8000003DCCCCCD = {"]),
        (["set cr4 = 600", "creg"], ["OSXMMEXCPT OSFXSR"]),
    ]

    @Test(arguments: outputs) func commandsPrint(lines: [String], parts: [String]) throws {
        let text = try Self.transcript(lines, ["--regs", Self.registers])
        for part in parts { #expect(text.contains(part), "\(part) is not in \(text)") }
    }

    @Test func processorsWithoutTheRegistersSaySo() throws {
        #expect(try Self.transcript(["fpu"], ["--cpu", "80386"]).contains("there is no floating-point unit"))
        #expect(try Self.transcript(["sse"], ["--cpu", "p6"]).contains("the p6 has no SSE; --cpu pentium3"))
        // Without MMX the registers have numbers of their own and no other name.
        #expect(try Self.transcript(["fpu"], ["--cpu", "p6"]).contains("st7  r7  0000:"))
    }

    /// The text of a session with any state: no trap, and lines of a sane length.
    @Test func anyStateIsShown() throws {
        let file = try TemporaryFile([0x90, 0xF4])
        for seed in 0..<UInt64(LongTests.count(short: 20)) {
            let (session, output) = try SessionRunner.session([file.path, "--boot", "flat"])
            let decoder = RandomDecoder(seed: seed, texts: [])
            let (x87, sse) = (try decoder.value(X87State.self), try decoder.value(SSEState.self))
            session.debugger.edit { machine in
                machine.state.x87 = x87
                machine.state.sse = sse
            }
            for line in ["fpu", "sse", "sse/d", "sse/b", "p st7", "p xmm7", "why"] { session.execute(line) }
            for vector in [ExceptionVector.floatingPoint, .simdFloatingPoint, .deviceNotAvailable, .invalidOpcode] {
                let report = FaultReport(
                    fault: Fault(vector), rule: .coprocessorMissing, cs: UInt16(truncatingIfNeeded: seed), eip: 0x7C00,
                    instructions: 0)
                _ = FloatingPointFault(report, session).lines
            }
            session.output.flush()
            #expect(output.text.split(separator: "\n").allSatisfy { $0.count < 200 })
        }
    }

    // MARK: Why

    private static func session(_ code: [UInt8], _ options: [String], _ lines: [String]) throws -> Session {
        let file = try TemporaryFile(code)
        let (session, _) = try SessionRunner.session([file.path, "--boot", "flat", "--entry", "0:7c00"] + options)
        for line in lines { session.execute(line) }
        return session
    }

    private static func report(_ vector: ExceptionVector) -> FaultReport {
        FaultReport(fault: Fault(vector), rule: .coprocessorMissing, cs: 0, eip: 0x7C00, instructions: 0)
    }

    @Test func bitsOfControlRegistersAreNamed() throws {
        let bits: [(String, [String])] = [
            ("set cr0 = 8", ["CR0.TS is set", "CLTS"]), ("set cr0 = 4", ["CR0.EM is set"]),
            ("set cr0 = c", ["CR0.EM is set", ", and CR0.TS is set"]),
        ]
        for (line, parts) in bits {
            let session = try Self.session([0xD8, 0xC0], [], [line])
            let lines = FloatingPointFault(Self.report(.deviceNotAvailable), session).lines
            for part in parts { #expect(lines.joined().contains(part)) }
        }
    }

    /// Code, FCW at its start, and what `why` says of its #MF.
    private static let errors: [(code: [UInt8], control: String, parts: [String])] = [
        (
            // fadd st0,st1; wait
            [0xD8, 0xC1, 0x9B, 0xF4], "37e",
            [
                "flag: IE (invalid operation) in FSW ", "FCW 037E does not mask it (IM=0)",
                "stack fault: the register was empty", "operand: st0 = 0000:0000000000000000 = 0 (empty)",
                "operand: st1 = ",
            ]
        ),
        (
            // fld1; fadd st0,st0; fsqrt; wait
            [0xD9, 0xE8, 0xD8, 0xC0, 0xD9, 0xFA, 0x9B, 0xF4], "35f",
            [
                "flag: PE (inexact result) in FSW ", "FCW 035F does not mask it (PM=0)",
                "instruction: fsqrt at 0000:7C04",
                "since then: st0 = 3FFF:B504F333F9DE6484 = 1.414213562373095049",
            ]
        ),
        (
            // fld1; fdiv dword [7c10]; wait; and 0.0 there
            [0xD9, 0xE8, 0xD8, 0x36, 0x10, 0x7C, 0x9B, 0xF4] + [UInt8](repeating: 0, count: 16), "37b",
            ["flag: ZE", "operand: st0 = 3FFF:8000000000000000 = 1\n", "operand: [0000:7C10] = 00000000 = 0\n"]
        ),
        (
            // fld1; fldz; fdivp; wait
            [0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0x9B, 0xF4], "40",
            ["flag: ZE", "operand: st1 = 3FFF:8000000000000000 = 1", "hint: FPU used before FNINIT: FCW is 0040"]
        ),
    ]

    @Test(arguments: errors) func anErrorOfTheFPUIsExplained(code: [UInt8], control: String, parts: [String]) throws {
        let file = try TemporaryFile(code)
        let arguments = [
            file.path, "--boot", "flat", "--entry", "0:7c00", "--fault", "stop", "--regs", "fcw=" + control,
        ]
        let text = try SessionRunner.transcript(arguments, ["set cr0 = 30", "c", "why"])
        for part in parts { #expect(text.contains(part), "\(part) is not in \(text)") }
    }

    /// The report of an exception has what the handler may have cleared.
    @Test func anErrorOfTheFPUIsExplainedBehindItsHandler() throws {
        // fld1; fldz; fdivp; wait; and at 7C10 the handler: fnclex; fninit; hlt
        let code: [UInt8] = [0xD9, 0xE8, 0xD9, 0xEE, 0xDE, 0xF9, 0x9B, 0xF4] + [UInt8](repeating: 0x90, count: 8)
        let file = try TemporaryFile(code + [0xDB, 0xE2, 0xDB, 0xE3, 0xF4])
        let arguments = [file.path, "--boot", "flat", "--entry", "0:7c00", "--regs", "fcw=37b"]
        let text = try SessionRunner.transcript(arguments, ["set cr0 = 30", "set dword [40] = 7c10", "c", "why"])
        for part in [
            "flag: ZE (division by zero) in FSW ", "instruction: fdivp",
            "operands: the x87 has gone on since then; 'goto 3'",
        ] {
            #expect(text.contains(part), "\(part) is not in \(text)")
        }
    }

    private static let vectors =
        "mxcsr=1d80,xmm0=3f80000040000000:3f80000040000000,xmm1=3f80000000000000:3f8000003f800000,xmm2=0:3ff0000000000000"

    /// Code with the registers above, CR4 or CR0, and what `why` says: divps xmm0,xmm1, or divsd xmm2,[7c10].
    private static let vectorErrors: [(code: [UInt8], control: String, parts: [String])] = [
        (
            [0x0F, 0x5E, 0xC1], "cr4 = 600",
            [
                "last fault: #XM at 0000:7C00",
                "flag: ZE (division by zero) in MXCSR 00001D84, which does not mask it (ZM=0)\n",
                "operand: xmm0 = 3F800000400000003F80000040000000 = {2, 1, 2, 1}\n",
                "operand: xmm1 = 3F800000000000003F8000003F800000 = {1, 1, 0, 1}\n", "'who mxcsr'",
            ]
        ),
        (
            [0xF2, 0x0F, 0x5E, 0x16, 0x10, 0x7C] + [UInt8](repeating: 0, count: 24), "cr4 = 600",
            [
                "operand: xmm2 = 00000000000000003FF0000000000000 = {1, 0}\n",
                "operand: [7C10] = 0000000000000000 = {0}\n",
            ]
        ),
        ([0x0F, 0x5E, 0xC1], "cr4 = 200", ["last fault: #UD", "hint: CR4.OSXMMEXCPT is clear"]),
        ([0x0F, 0x5E, 0xC1], "cr4 = 0", ["last fault: #UD", "hint: CR4.OSFXSR is clear: SSE wants a system"]),
        ([0x0F, 0x5E, 0xC1], "cr0 = 4", ["last fault: #UD", "hint: CR0.EM is set: SSE cannot be emulated"]),
    ]

    /// Whether the opcode table has SSE.
    private static let hasSSE =
        Disassembler(code32: false).disassemble([0x0F, 0x5E, 0xC1], at: 0).encoding?.needs == .sse

    @Test(.enabled(if: hasSSE), arguments: vectorErrors)
    func anErrorOfSSEIsExplained(code: [UInt8], control: String, parts: [String]) throws {
        let file = try TemporaryFile(code)
        let options = ["--boot", "flat", "--entry", "0:7c00", "--fault", "stop", "--regs", Self.vectors]
        let text = try SessionRunner.transcript([file.path] + options, ["set " + control, "c", "why"])
        for part in parts { #expect(text.contains(part), "\(part) is not in \(text)") }
    }

    @Test(.enabled(if: hasSSE)) func whySSEIsNoInstructionIsToldAtTheEnd() throws {
        let file = try TemporaryFile([0x0F, 0x5E, 0xC1])
        let clear = TestHost()
        #expect(clear.run(["run", file.path, "--boot", "flat"]) == 11)
        #expect(clear.errors.text.contains("x86sim: CR4.OSFXSR is clear: SSE wants a system that saves its registers"))
        let old = TestHost()
        #expect(old.run(["run", file.path, "--boot", "flat", "--cpu", "p6"]) == 11)
        #expect(old.errors.text.contains("x86sim: the p6 has no SSE, which divps is of"))
    }

    @Test func anFPUWithoutFNINITIsToldAtTheEnd() throws {
        // fld1; hlt
        let file = try TemporaryFile([0xD9, 0xE8, 0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--boot", "flat", "--regs", "fcw=40"]) == 0)
        #expect(host.errors.text.contains("x86sim: FPU used before FNINIT: FCW is 0040 as RESET left it"))
        let initialised = TestHost()
        #expect(initialised.run(["run", file.path, "--boot", "flat"]) == 0)
        #expect(!initialised.errors.text.contains("FNINIT"))
        // A ROM that starts as RESET left it, and uses no FPU: cli; hlt at the reset vector.
        let rom = try TemporaryFile(
            [UInt8](repeating: 0x90, count: 0xFFF0) + [0xFA, 0xF4] + [UInt8](repeating: 0, count: 14))
        let idle = TestHost()
        #expect(idle.run(["run", rom.path, "--boot", "rom"]) == 0)
        #expect(!idle.errors.text.contains("FNINIT"))
    }

    /// An ESC of a processor that has none beside it, really run: `why` and the summary name the bit.
    @Test func aTaskSwitchIsNamedByARun() throws {
        // mov eax, cr0; or al, 8; mov cr0, eax; fninit
        let file = try TemporaryFile([0x0F, 0x20, 0xC0, 0x0C, 0x08, 0x0F, 0x22, 0xC0, 0xDB, 0xE3])
        let arguments = [file.path, "--boot", "flat", "--cpu", "80386", "--fault", "stop"]
        let text = try SessionRunner.transcript(arguments, ["c", "why"])
        #expect(text.contains("hint: CR0.TS is set") && text.contains("look at: CR0.EM, TS and MP ('creg')"))
        let host = TestHost()
        #expect(host.run(["run"] + arguments) == 11)
        #expect(host.errors.text.contains("x86sim: CR0.TS is set: the FPU's state may be another task's"))
        let json = TestHost()
        #expect(json.run(["run"] + arguments + ["--json"]) == 11)
        #expect(json.output.text.contains(#""hints":["CR0.TS is set"#))
    }

    @Test func theResultOfARunHasThem() throws {
        let file = try TemporaryFile([0xFA, 0xF4])
        let host = TestHost()
        #expect(host.run(["run", file.path, "--boot", "flat", "--json", "--regs", Self.registers]) == 0)
        let text = host.output.text
        #expect(text.contains(#""x87":{"fcw":895,"fsw":14336,"ftw":16378,"fop":449,"fip":31744,"#))
        #expect(text.contains(#"{"bits":"4000:C90FDAA22168C235","tag":"valid","value":"3.141592653589793239"}"#))
        #expect(text.contains(#""sse":{"mxcsr":8064,"xmm":["0000000000000000:0000000000000000","400921FB54442D18:"#))
        let old = TestHost()
        #expect(old.run(["run", file.path, "--boot", "flat", "--json", "--cpu", "80386"]) == 0)
        #expect(old.output.text.contains(#""x87":null,"sse":null"#))
    }

    @Test func numbersInMemoryHaveTheirTexts() {
        let texts: [(OperandForm, [UInt8], String?)] = [
            (.m32r, [0, 0, 0x80, 0xBF], "BF800000 = -1"), (.m64r, [0, 0, 0, 0, 0, 0, 8, 0x40], "4008000000000000 = 3"),
            (.m80r, [0, 0, 0, 0, 0, 0, 0, 0x80, 0xFF, 0x3F], "3FFF:8000000000000000 = 1"),
            (.m16i, [0xFE, 0xFF], "FFFE = 0d-2"), (.m32i, [5, 0, 0, 0], "00000005 = 0d5"),
            (.m64i, [1, 0, 0, 0, 0, 0, 0, 0], "0000000000000001 = 0d1"), (.m32r, [0], nil), (.eb, [0], nil),
        ]
        for (form, bytes, text) in texts { #expect(FloatingPointFault.text(bytes, form) == text) }
    }
}
