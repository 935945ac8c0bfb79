import Testing

@testable import X86Interp

/// How the generations differ beyond the rows that they have (80386 manual, 14.7, and the lists before it).
@Suite(.timeLimit(.minutes(30))) struct ModelTests {
    private static let fourteen = [String](repeating: "2E", count: 14).joined(separator: " ")

    static let cases: [Case] = [
        // Offsets wrap at 64 KiB on the 8086; later chips fault there.
        Case("90", "nop at FFFF", "ip=FFFF", "ip=0", on: .i8086),
        Case("B8 34 12", "mov ax,1234 across FFFF", "ip=FFFE", "ax=1234 ip=1", on: .i8086),
        Case("B8 34 12", "mov ax,1234 across FFFF", "ip=FFFE", "ax=1234 ip=1", on: .i80186),
        Case("B8 34 12", "mov ax,1234 across FFFF", "ip=FFFE", "#GP", on: .i80286),
        Case("B8 34 12", "mov ax,1234 across FFFF", "ip=FFFE", "#GP"),
        Case("90", "nop at FFFF: the next fetch faults", "ip=FFFF", "ip=10000"),
        Case("E8 00 00", "call at FFFD", "ip=FFFD", "ip=0 sp=7FE ss:07FE=0000", on: .i8086),
        // A failed division counts as done on the 8086.
        Case("F6 F3", "div bl by zero", "bl=0", "ip=102 #DE", on: .i8086),
        Case("D4 00", "aam 0", "", "ip=102 ZF PF sf #DE", on: .i8086),
        Case("F6 F3", "div bl by zero", "bl=0", "#DE", on: .i80286),
        // The length limit.
        Case(fourteen + " 90", "fifteen bytes", "", ""),
        Case(fourteen + " 2E 90", "sixteen bytes", "", "#GP"),
        Case(fourteen + " 2E 90", "sixteen bytes", "", "#GP(0)", in: .user),
        // Bits 12 to 15 of the flags.
        Case("9C", "pushf", "cf pf af zf sf of", "sp=7FE ss:07FE=F002", on: .i80186),
        Case("9C", "pushf", "cf pf af zf sf of", "sp=7FE ss:07FE=0002", on: .i80286),
        // LOCK is a hint that nobody refuses before the 80386.
        Case("F0 90", "lock nop", "", "", on: .i80286),
        Case("F1 90", "lock nop by its alias", "", "", on: .i8086),
    ]

    @Test(arguments: cases) func differences(example: Case) { example.check() }

    @Test func endlessPrefixesUseUpFuelOnTheOldChips() throws {
        let bench = try Bench(code: "90", on: CPUModel.all[0])
        bench.memory.load([UInt8](repeating: 0x2E, count: 0x10000), at: 0x10000)
        #expect(try bench.run(1000) == .budget)
    }

    @Test func nmiInterruptsAnotherOnThe8086() throws {
        for model in CPUModel.all {
            let bench = try Bench(code: "90", "@8=20003000 @23000=90.90.90", on: model)
            bench.bus.raiseNMI()
            _ = try bench.cpu.step()
            bench.bus.raiseNMI()
            _ = try bench.cpu.step()
            #expect(bench.state.gpr.esp & 0xFFFF == (model.generation < .i80286 ? 0x7F4 : 0x7FA), "\(model.name)")
        }
    }

    @Test func resetStateOfEachModel() throws {
        for model in CPUModel.all {
            let bench = try Bench(code: "90", on: model)
            bench.cpu.reset()
            let state = bench.state
            let start = state.segments.cs.base &+ state.eip
            let expected: UInt32 = model.is32Bit ? 0xFFFF_FFF0 : model.generation == .i80286 ? 0xFF_FFF0 : 0xF_FFF0
            #expect(start == expected, "\(model.name)")
            #expect(state.gpr.edx == model.signature && state.eflags == model.fixedFlags, "\(model.name)")
            #expect(state.idtr == TableRegister(base: 0, limit: 0x3FF) && state.cpl == 0, "\(model.name)")
        }
    }
}
