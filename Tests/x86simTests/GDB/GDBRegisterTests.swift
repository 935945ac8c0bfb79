import Testing
import X86Interp

@testable import x86sim

@Suite("Registers as gdb reads and writes them")
struct GDBRegisterTests {
    private let code: [UInt8] = [0x90, 0xB0, 0x42, 0xF4]

    /// gdb's manual, G.5.6, and its i386 numbering.
    @Test func theCoreIsInGDBsOrder() {
        let wanted =
            "eax ecx edx ebx esp ebp esi edi eip eflags cs ss ds es fs gs st0 st1 st2 st3 st4 st5 st6 st7 "
            + "fctrl fstat ftag fiseg fioff foseg fooff fop"
        #expect(Registers.full.core.map(\.name).joined(separator: " ") == wanted)
        for model in CPUModel.all {
            let registers = Registers.of(model)
            #expect(registers.core.map(\.name) == Registers.full.core.map(\.name))
            #expect(Registers.expedited.map { registers.all[$0].name } == ["ebp", "esp", "eip"])
            #expect(Set(registers.all.map(\.name)).count == registers.all.count)
            let sse = "xmm0 xmm1 xmm2 xmm3 xmm4 xmm5 xmm6 xmm7 mxcsr"
            #expect(registers.sse.map(\.name).joined(separator: " ") == (model.has(.sse) ? sse : ""))
        }
        #expect(Registers.full.all.map(\.name).firstIndex(of: "mxcsr") == 40)
    }

    @Test func allRegistersAtOnceAreTheSameAsOneByOne() throws {
        let bench = try GDBBench(code, ["--regs", "eax=11223344,ebx=55667788,es=1234,eflags=246"])
        let all = try #require(try bench.ask("g"))
        let single = try bench.guest.registers.all.indices.map {
            try #require(try bench.ask("p" + String($0, radix: 16)))
        }
        #expect(all == single.joined())
        #expect(all.hasPrefix("44332211"))
        #expect(all.utf8.count == bench.guest.registers.all.map { $0.bits / 4 }.reduce(0, +))
        // Writing back what was read changes nothing.
        let before = bench.guest.state
        #expect(try bench.ask("G" + all) == "OK")
        #expect(bench.guest.state == before)
        #expect(try bench.ask("G78563412") == "OK")
        #expect(bench.guest.state.gpr.eax == 0x1234_5678)
        #expect(try bench.ask("G" + all + "00")?.hasPrefix("E") == true)
    }

    @Test func everyRegisterThatCanBeWrittenReadsAsWritten() throws {
        let bench = try GDBBench(code)
        for row in bench.guest.registers.all where row.parts.isEmpty && row.name != "ftag" {
            let value: UInt64 = row.name.hasSuffix("access") ? 0x93 : row.name == "eip" ? 0x1234 : 0x46
            guard try bench.setRegister(row.name, value) == "OK" else {
                let fixed = ["ip", "stack", "cpl", "icount"]
                #expect(fixed.contains(row.name), "\(row.name)")
                continue
            }
            #expect(try bench.register(row.name) == value, "\(row.name)")
        }
    }

    @Test func theProgramCounterIsLinearAndEIPIsNot() throws {
        let bench = try GDBBench(code, ["--entry", "1234:0010"])
        #expect(try bench.register("eip") == 0x12350)
        #expect(try bench.register("ip") == 0x10)
        #expect(try bench.ask("m12350,4") == "90b042f4")
        #expect(try bench.setRegister("eip", 0x12351) == "OK")
        #expect(bench.guest.state.eip == 0x11)
        #expect(bench.guest.state.segments.cs.selector == 0x1234)
        #expect(try bench.setRegister("eip", 0x22340)?.hasPrefix("E.") == true)
        #expect(try bench.setRegister("eip", 0x1233F)?.hasPrefix("E.") == true)
        #expect(try bench.setRegister("eip", 0x2233F) == "OK")
        #expect(try bench.setRegister("cs", 0x2000) == "OK")
        #expect(try bench.register("eip") == 0x2FFFF)
    }

    @Test func theStackPointerIsTheGuestsAndStackIsLinear() throws {
        let bench = try GDBBench(code, ["--regs", "ss=2000,esp=12340100"])
        #expect(try bench.register("esp") == 0x1234_0100)
        #expect(try bench.register("stack") == 0x20100)
        #expect(try bench.setRegister("esp", 0x200) == "OK")
        #expect(try bench.register("stack") == 0x20200)
    }

    @Test(arguments: ["8086", "80386"]) func whereThereIsNoCoprocessorItsRegistersAreZero(cpu: String) throws {
        let bench = try GDBBench(code, ["--cpu", cpu])
        #expect(!TargetDescription.target(bench.guest.state, of: bench.guest.model).contains("xmm0"))
        #expect(try bench.register("st0") == 0)
        #expect(try bench.setRegister("st0", 0) == "OK")
        #expect(try bench.setRegister("st0", 1)?.hasPrefix("E.") == true)
        #expect(try bench.ask("P10=00000000000000000080")?.hasPrefix("E.") == true)
    }

    @Test func theCoprocessorIsReadAndWritten() throws {
        let bench = try GDBBench(code)
        #expect(try bench.setRegister("fstat", 0x3800) == "OK")
        // ST0 is physical register 7; the tag of 1 is 0, all others are empty.
        #expect(try bench.ask("P10=" + "0000000000000080" + "ff3f") == "OK")
        #expect(bench.guest.state.x87.registers.r7 == Extended(signExponent: 0x3FFF, significand: 1 << 63))
        #expect(try bench.ask("p10") == "0000000000000080ff3f")
        #expect(try bench.register("ftag") == 0xFFFF)
        #expect(try bench.setRegister("ftag", 0x3FFF) == "OK")
        #expect(try bench.register("ftag") == 0x3FFF && bench.guest.state.x87.inUse == 0x80)
        #expect(try bench.setRegister("fctrl", 0x27F) == "OK" && bench.guest.state.x87.control == 0x27F)
        #expect(try bench.setRegister("fop", 0x800) == "E.fop has 11 bits")
        #expect(try bench.setRegister("fioff", 0x1234_5678) == "OK")
        #expect(bench.guest.state.x87.instructionOffset == 0x1234_5678)
        // xmm1, lowest byte first; MXCSR.
        #expect(try bench.ask("P21=000102030405060708090a0b0c0d0e0f") == "OK")
        #expect(bench.guest.state.sse.xmm1 == SIMD2(0x0706_0504_0302_0100, 0x0F0E_0D0C_0B0A_0908))
        #expect(try bench.ask("p21") == "000102030405060708090a0b0c0d0e0f")
        #expect(try bench.ask("p28") == "801f0000")
        #expect(try bench.setRegister("mxcsr", 0x1_0000)?.hasPrefix("E.") == true)
    }

    @Test func flagsThatTheProcessorLacksStayOff() throws {
        let bench = try GDBBench(code, ["--cpu", "8086"])
        #expect(try bench.setRegister("eflags", 0xFFFF_FFFF) == "OK")
        #expect(try bench.register("eflags") == 0xFFD7)
        #expect(try bench.setRegister("eax", 0xFFFF_1234) == "OK")
        #expect(try bench.register("eax") == 0x1234)
    }

    /// A GDT at 800 with code at 8, data at 10, a page that is not present at 18, a TSS at 20.
    private func protectedBench() throws -> GDBBench {
        let bench = try GDBBench(code)
        let table =
            "0000000000000000ffff0000009acf00ffff00000192cf00ffff000000124000ffff000000890000"
        #expect(try bench.ask("M800,28:" + table) == "OK")
        #expect(try bench.setRegister("gdtr_base", 0x800) == "OK")
        #expect(try bench.setRegister("gdtr_limit", 0x27) == "OK")
        #expect(try bench.setRegister("cr0", 0x11) == "OK")
        return bench
    }

    @Test func inProtectedModeASelectorBringsItsDescriptor() throws {
        let bench = try protectedBench()
        #expect(try bench.setRegister("cs", 8) == "OK")
        #expect(try bench.register("cs_limit") == 0xFFFF_FFFF)
        #expect(bench.guest.state.runs32BitCode)
        #expect(
            TargetDescription.target(bench.guest.state, of: bench.guest.model).contains(
                "<architecture>i386</architecture>"))
        #expect(try bench.setRegister("ds", 0x10) == "OK")
        #expect(try bench.register("ds_base") == 0x1_0000)
        #expect(try bench.setRegister("es", 3) == "OK")
        #expect(try bench.register("es_access") == 0)
    }

    @Test(arguments: [
        ("cs", 0x10), ("cs", 0), ("ss", 0), ("ss", 8), ("ds", 0x18), ("ds", 0x20), ("es", 0x28), ("fs", 0xC),
    ])
    func selectorsThatDoNotSuitAreRefused(register: String, selector: UInt64) throws {
        let bench = try protectedBench()
        // From anything but the selector that is wanted.
        bench.guest.state.segments.cs.selector = 0xF000
        bench.guest.state.segments.ss.selector = 0xF000
        let before = bench.guest.state
        #expect(try bench.setRegister(register, selector)?.hasPrefix("E.") == true)
        #expect(bench.guest.state == before)
    }

    /// A halted guest that is sent elsewhere runs there.
    @Test func aNewProgramCounterEndsAHalt() throws {
        let bench = try GDBBench([0xF4, 0x90, 0xB0, 0x42, 0xF4])
        #expect(try bench.ask("c")?.hasPrefix("T05") == true)
        #expect(try bench.setRegister("eip", 0x7C02) == "OK")
        #expect(try bench.ask("c")?.hasPrefix("T05") == true)
        #expect(try bench.register("eax") == 0x42)
    }
}
