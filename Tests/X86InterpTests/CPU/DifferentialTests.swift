import Testing

@testable import X86Interp

/// What single-instruction vectors cannot show, found by comparing programs with other processors and the manual.
@Suite struct DifferentialTests {
    private func none(_ problems: [String], sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(problems.isEmpty, sourceLocation: sourceLocation)
    }

    // MARK: Flags

    /// RF lasts for the one instruction that IRET returns to (SDM volume 3, 17.3.1.1).
    @Test func resumeFlagLastsOneInstruction() throws {
        let bench = try Bench(
            code: "CF", "eip=100 ss:0800=0000000800001234 ss:0808=00010002 cs:1234=90.90", in: .kernel)
        none(try bench.step(expecting: "eip=1234 RF esp=80C"))
        none(try bench.step(expecting: "eip=1235 rf"))
    }

    /// IRET with 16 bits of flags brings no RF: the one that it ran under ends with it.
    @Test func resumeFlagEndsBehindANarrowReturn() throws {
        let bench = try Bench(code: "66 CF", "RF ss:0800=00081234 ss:0804=00000002", in: .kernel)
        none(try bench.step(expecting: "eip=1234 rf esp=806"))
    }

    @Test func resumeFlagLastsThroughARepetition() throws {
        let bench = try Bench(
            code: "CF", "ecx=3 esi=0 edi=0 ss:0800=0000000800001234 ss:0808=00010002 cs:1234=F3.A4", in: .kernel)
        try bench.run(2)
        #expect(bench.state.gpr.ecx == 2 && bench.state.eflags.contains(.resume))
        try bench.run(2)
        #expect(bench.state.gpr.ecx == 0 && !bench.state.eflags.contains(.resume))
    }

    /// A software interrupt right behind IRET pushes RF as 0; a fault pushes 1.
    @Test func softwareInterruptBehindIRETPushesNoResumeFlag() throws {
        let bench = try Bench(
            code: "CF",
            "@71108=00008F0000083000 ss:0800=0000000800001234 ss:0808=00010002 cs:1234=CD.21", in: .kernel)
        try bench.run(2)
        #expect(bench.state.eip == 0x3000 && bench.dword(0x40000 + bench.state.gpr.esp + 8) == 2)
    }

    /// IRETD in real mode leaves VIF and VIP alone (SDM volume 2, IRET).
    @Test func returnInRealModeKeepsVirtualInterrupts() throws {
        let clear = try Bench(code: "66 CF", "ss:0800=0000100000001234 ss:0808=001A0002")
        none(try clear.step(expecting: "eip=1234 sp=80C"))
        let set = try Bench(code: "66 CF", "VIF VIP ss:0800=0000100000001234 ss:0808=00000002")
        none(try set.step(expecting: "eip=1234 sp=80C"))
    }

    // MARK: Stacks

    /// A return to a stack of 16 bits keeps the upper half that ESP had before the return, not that behind its pops.
    @Test(arguments: ["CB", "CF"]) func returnToANarrowStackKeepsTheUpperHalf(code: String) throws {
        let bench = try Bench(code: code, "gdtr=70000/1FF @70100=0000F3040000FFFF esp=1FFF4", in: .kernel)
        var state = bench.cpu.state
        state.segments.ss.limit = 0xF_FFFF
        bench.cpu.state = state
        let frame: [UInt32] = [0x2000, 0x2B] + (code == "CF" ? [2] : []) + [0x700, 0x103]
        for (number, value) in frame.enumerated() {
            bench.memory.load(
                (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) }, at: 0x5FFF4 + 4 * UInt32(number))
        }
        #expect(try bench.cpu.step() == .budget)
        #expect(bench.state.segments.ss.selector == 0x103 && bench.state.gpr.esp == 0x10700)
    }

    // MARK: Hidden parts

    /// Up to the i486 a real-mode load of CS brings limit and rights of real mode; later chips keep them.
    @Test(arguments: ["EA 34 12 00 20", "9A 34 12 00 20"], [Generation.i80386, .i486, .pentium, .p6])
    func realModeLoadOfCS(code: String, generation: Generation) throws {
        let model = try #require(CPUModel.all.first { $0.generation == generation })
        let bench = try Bench(code: code, "cs.limit=FFFFFFFF", on: model)
        try bench.run(1)
        #expect(bench.state.segments.cs.base == 0x20000)
        #expect(bench.state.segments.cs.limit == (generation < .pentium ? 0xFFFF : 0xFFFF_FFFF))
    }

    /// A segment register that held a null selector serves again when real mode loads it.
    @Test func nullSegmentIsUsableInRealMode() throws {
        // mov ds,cx; mov cr0,eax; jmp 1000:010F; nop; mov ds,dx; mov byte [5],12
        let bench = try Bench(
            code: "8E D9 0F 22 C0 EA 0B 01 00 10 90 8E DA C6 06 05 00 12", "eax=10 ecx=0 edx=2000", in: .kernel16)
        try bench.run(5)
        #expect(bench.memory.peek(0x20005) == 0x12)
        #expect(bench.state.eip == 0x112)
    }

    /// The 80286 has 24-bit bases and no sizes: a descriptor's last word is ignored.
    @Test func descriptorsOfThe80286EndBeforeTheirLastWord() throws {
        let bench = try Bench(
            code: "8E D8", "ax=10 @70014=02.93.CF.FF", in: .kernel16, on: CPUModel.all[2])
        try bench.run(1)
        let ds = bench.state.segments.ds
        #expect(ds.base == 0x20000 && ds.limit == 0xFFFF && ds.access.rawValue == 0x93)
    }

    // MARK: Older chips

    /// The 8086 pushes the address behind a division that fails; the 80286 that of the division.
    @Test(arguments: ["F6 F3", "F6 FB", "D4 00"], [Generation.i8086, .i80286])
    func divideErrorPushes(code: String, generation: Generation) throws {
        let model = try #require(CPUModel.all.first { $0.generation == generation })
        let bench = try Bench(code: code, "bl=0 @0=20003000", on: model)
        try bench.run(1)
        #expect(bench.state.eip == 0x3000)
        #expect(bench.word(0x40000 + bench.state.gpr.esp & 0xFFFF) == (generation == .i8086 ? 0x102 : 0x100))
    }

    /// No byte is an invalid opcode to the 8086.
    @Test func theEighthySixKnowsNoInvalidOpcode() throws {
        for opcode in UInt8.min...UInt8.max {
            for modRM in stride(from: UInt8(0xC0), through: 0xF8, by: 8) {
                let scene = "al=1 bl=1 @18=60005000"
                let digits = [opcode, modRM].map { String($0, radix: 16) }.joined(separator: " ")
                let bench = try Bench(code: digits, scene, on: CPUModel.all[0])
                try bench.run(1)
                #expect(bench.state.segments.cs.selector != 0x6000, "\(digits)")
            }
        }
    }

    /// IP is 16 bits wide: behind FFFF comes 0.
    @Test func instructionPointerOfThe8086Wraps() throws {
        let bench = try Bench(code: "90", "ip=FFFF cs:FFFF=90", on: CPUModel.all[0])
        try bench.run(1)
        #expect(bench.state.eip == 0)
    }
}
