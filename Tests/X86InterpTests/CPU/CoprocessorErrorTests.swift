import Testing

@testable import X86Interp

/// Exceptions of the x87 that FCW does not mask: #MF, or FERR# and a processor that stands still (SDM volume 1, 8.7).
@Suite struct CoprocessorErrorTests {
    /// A division by zero that FCW does not mask, then FNOP and a NOP.
    private static let division = "D8 F1 D9 D0 90"
    private static let operands = "fcw=37B st0=3FFF:8 st1=0000:0"

    /// The levels that the bus was told of.
    private final class Levels {
        var seen: [Bool] = []
    }

    private func bench(
        _ code: String = division, _ given: String, on model: CPUModel = .newest, levels: Levels? = nil
    ) throws -> Bench {
        let bench = try Bench(code: code, given, on: model)
        if let levels { bench.bus.coprocessorError = { levels.seen.append($0) } }
        return bench
    }

    @Test func numericErrorRaisesAnException() throws {
        let bench = try bench("D8 F1 D9 D0 90", Self.operands + " cr0=30")
        bench.cpu.faultPolicy = .stop
        #expect(try bench.cpu.step() == .budget)
        #expect(bench.state.x87.status & 0x8084 == 0x8084)
        #expect(try bench.cpu.step() == .stopped(.fault(Fault(.floatingPoint))))
        #expect(bench.state.eip == 0x102)
        let last = bench.cpu.lastFault
        let report = try #require(last)
        #expect(report.rule == .floatingPointError)
        #expect(report.text.hasSuffix("; ZE unmasked by FCW 037B, of D8 F1 at 1000:00000100"))
    }

    @Test func theReportTellsStackFaults() throws {
        let bench = try bench("D9 E8 D9 D0", "fcw=37E st7=3FFF:8 cr0=30")
        bench.cpu.faultPolicy = .stop
        try bench.run(2)
        let text = bench.cpu.lastFault?.text
        #expect(text?.contains("IE (stack overflow) unmasked") == true)
    }

    @Test func waitMeetsTheExceptionAndOthersDoNot() throws {
        // FNSTSW AX, FNCLEX, WAIT.
        let bench = try bench("D8 F1 DF E0 DB E2 9B 90", Self.operands + " cr0=30")
        bench.cpu.faultPolicy = .stop
        #expect(try bench.run(5) == .budget)
        #expect(bench.state.gpr.eax & 0xFFFF == 0x8084)
        let other = try self.bench("D8 F1 9B 90", Self.operands + " cr0=30")
        other.cpu.faultPolicy = .stop
        #expect(try other.run(2) == .stopped(.fault(Fault(.floatingPoint))))
    }

    @Test func withoutNumericErrorTheProcessorStandsStill() throws {
        let levels = Levels()
        let bench = try bench(Self.division, Self.operands + " cr0=10", levels: levels)
        #expect(try bench.run(10) == .halted)
        #expect(levels.seen == [true])
        let isAsserted = bench.cpu.isCoprocessorErrorAsserted
        #expect(isAsserted && bench.state.eip == 0x102 && bench.state.awaitsCoprocessor)
    }

    @Test func ignoringTheErrorLetsItGoOn() throws {
        let levels = Levels()
        let bench = try bench("D8 F1 D9 D0 DB E2 90", Self.operands + " cr0=10", levels: levels)
        #expect(try bench.run(10) == .halted)
        bench.bus.setIGNNE(true)
        #expect(try bench.run(3) == .budget)
        #expect(bench.state.eip == 0x107 && !bench.state.awaitsCoprocessor)
        #expect(levels.seen == [true, false])
    }

    @Test func anInterruptEndsTheWait() throws {
        // The handler clears the exceptions; FNOP is begun anew.
        let bench = try bench(
            Self.division, Self.operands + " cr0=10 IF @1D4=0400 @1D6=1000 @10400=DB.E2.CF ss:0800=00", levels: Levels()
        )
        bench.bus.acknowledge = { [bus = bench.bus] in
            bus.setINTR(false)
            return 0x75
        }
        bench.bus.coprocessorError = { [bus = bench.bus] in if $0 { bus.setINTR(true) } }
        #expect(try bench.run(6) == .budget)
        #expect(bench.state.eip == 0x105 && !bench.state.awaitsCoprocessor && !bench.state.x87.isPending)
    }

    @Test func anUnmaskedWordRaisesWhatIsThere() throws {
        let levels = Levels()
        let bench = try bench("D9 2F DB E2", "bx=10 ds:0010=037E IE cr0=10", levels: levels)
        try bench.run(2)
        #expect(levels.seen == [true, false])
    }

    /// A trap of a single step comes behind the instruction that is held, not before it.
    @Test func aSingleStepEndsBehindTheHeldInstruction() throws {
        let bench = try bench("D9 D0 90", "fcw=37E IE cr0=10 TF", levels: Levels())
        bench.cpu.faultPolicy = .stop
        bench.cpu.state.x87.load(status: 1)
        #expect(try bench.run(5) == .halted)
        #expect(bench.state.eip == 0x100 && !bench.state.trapArmed)
        bench.bus.setIGNNE(true)
        #expect(try bench.run(5) == .stopped(.fault(Fault(.debug))))
        #expect(bench.state.eip == 0x102)
    }

    /// The trap of the instruction that raised the exception comes before the next one is held.
    @Test func aSingleStepEndsBeforeTheNextInstructionIsHeld() throws {
        let bench = try bench(Self.division, Self.operands + " cr0=10 TF", levels: Levels())
        bench.cpu.faultPolicy = .stop
        #expect(try bench.run(5) == .stopped(.fault(Fault(.debug))))
        #expect(bench.state.eip == 0x102 && !bench.state.awaitsCoprocessor)
    }

    @Test func aStateThatIsSetDrivesTheLine() throws {
        let levels = Levels()
        let bench = try bench("90", "fcw=37E cr0=10", levels: levels)
        let idle = bench.state
        bench.cpu.state.x87.load(status: 1)
        bench.cpu.state.gpr.eax = 5
        #expect(levels.seen == [true])
        bench.cpu.state.cr0 |= 0x20
        #expect(levels.seen == [true, false])
        bench.cpu.state.cr0 &= ~0x20
        bench.cpu.state = idle
        #expect(levels.seen == [true, false, true, false])
        bench.cpu.state.x87.load(status: 1)
        bench.cpu.reset()
        #expect(levels.seen.suffix(2) == [true, false])
    }

    /// Devices in a snapshot have seen the level.
    @Test func aSnapshotDrivesNoLine() throws {
        let machine = try Machine(ramSize: 4096)
        machine.state.cr0 = 0x10
        machine.state.x87.load(control: 0x37E)
        let idle = machine.snapshot()
        machine.state.x87.load(status: 1)
        let pending = machine.snapshot()
        let levels = Levels()
        machine.cpu.bus.coprocessorError = { levels.seen.append($0) }
        try machine.restore(idle)
        try machine.restore(pending)
        let isAsserted = machine.cpu.isCoprocessorErrorAsserted
        #expect(isAsserted && levels.seen.isEmpty)
    }

    // MARK: Models

    private func model(_ name: String, _ chip: X87Model) throws -> CPUModel {
        try #require(CPUModel.named(name)).with(chip)
    }

    @Test func earlierChipsRaiseTheExceptionUnlessTheBusTakesTheError() throws {
        for (name, chip) in [("80286", X87Model.i80287), ("80386", .i80287), ("80386", .i80387)] {
            let direct = try bench(Self.division, Self.operands, on: model(name, chip))
            direct.cpu.faultPolicy = .stop
            #expect(try direct.run(5) == .stopped(.fault(Fault(.floatingPoint))))
            let levels = Levels()
            let wired = try bench(Self.division, Self.operands, on: model(name, chip), levels: levels)
            #expect(try wired.run(5) == .halted)
            #expect(levels.seen == [true])
        }
    }

    /// The 8087 asks for an interrupt, and only WAIT waits (8087 data sheet; 8086 family user's manual, S-82).
    @Test func the8087Interrupts() throws {
        let levels = Levels()
        let given = "fcw=37B st0=3FFF:8 st1=0000:0"
        let bench = try bench("D8 F1 D9 D0 9B 90", given, on: model("8086", .i8087), levels: levels)
        #expect(try bench.run(5) == .halted)
        #expect(bench.state.eip == 0x104 && levels.seen == [true])
        // FNDISI keeps the request back, and WAIT goes on.
        let quiet = try self.bench("DB E1 D8 F1 9B 90", given, on: model("8086", .i8087), levels: levels)
        #expect(try quiet.run(4) == .budget)
        let isQuiet = !quiet.cpu.isCoprocessorErrorAsserted
        #expect(isQuiet && quiet.state.x87.control == 0x3FB)
        // FNENI lets it out.
        let open = try self.bench("DB E1 D8 F1 DB E0", given, on: model("8086", .i8087), levels: levels)
        try open.run(3)
        let isOut = open.cpu.isCoprocessorErrorAsserted
        #expect(isOut)
    }

    // MARK: Reset

    @Test func resetDiffersFromInitialization() throws {
        let bench = try bench("DB E3", "")
        bench.cpu.reset()
        #expect(bench.state.x87.control == 0x40 && bench.state.x87.inUse == 0xFF && bench.state.x87.fullTags == 0x5555)
        let old = try self.bench("DB E3", "", on: model("80386", .i80387))
        old.cpu.reset()
        #expect(old.state.x87 == X87State())
    }
}
