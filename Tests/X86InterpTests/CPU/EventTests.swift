import Testing

@testable import X86Interp

/// Interrupts, shadows, single steps, HLT and RESET between instructions.
///
/// Handlers are at 2000:3000, and start with IRET (CF) where a test returns.
@Suite(.timeLimit(.minutes(30))) struct EventTests {
    private let handlers = "@4=20003000 @8=20003000 @80=20003000 @23000=CF IF"

    private func bench(_ code: String, _ given: String = "", on model: CPUModel = .p6) throws -> Bench {
        let bench = try Bench(code: code, handlers + " " + given, on: model)
        bench.bus.acknowledge = { 0x20 }
        return bench
    }

    /// The IP that the last interrupt pushed, or nil if the handler has not been entered.
    private func pushedIP(_ bench: Bench) -> UInt16? {
        guard bench.state.segments.cs.selector == 0x2000 else { return nil }
        return bench.word(bench.state.segments.ss.base + bench.state.gpr.esp & 0xFFFF)
    }

    // MARK: INTR and its shadow

    @Test func interruptComesBeforeTheNextInstruction() throws {
        let bench = try bench("40")
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x100)
        #expect(bench.state.gpr.eax == 0x1111_1111)
        #expect(!bench.state.eflags.contains(.interrupt))
    }

    @Test func interruptWaitsForIF() throws {
        let bench = try bench("90 90", "if")
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x101)
    }

    @Test func stiHoldsInterruptsForOneInstruction() throws {
        let bench = try bench("FB 90 90", "if")
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x101)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x102)
    }

    @Test func stiWithIFSetHoldsNothing() throws {
        let bench = try bench("FB 90")
        _ = try bench.cpu.step()
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101)
    }

    @Test func stiThenCLILetsNothingIn() throws {
        let bench = try bench("FB FA 90 90", "if")
        bench.bus.setINTR(true)
        for _ in 0..<4 { _ = try bench.cpu.step() }
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x104)
    }

    @Test func stiThenHLTWakes() throws {
        let bench = try bench("FB F4", "if")
        bench.bus.setINTR(true)
        try bench.run(10)
        #expect(bench.state.instructions >= 3)
        #expect(bench.word(0x407FA) == 0x102)
    }

    @Test func loadsOfSSHoldInterruptsForOneInstruction() throws {
        for code in ["FB 8E D0 90 90", "FB 17 90 90"] {
            let bench = try bench(code, "if ax=4000 ss:0800=4000")
            bench.bus.setINTR(true)
            try bench.run(2)
            #expect(pushedIP(bench) == nil)
            try bench.run(1)
            #expect(pushedIP(bench) == (code.hasPrefix("FB 8E") ? 0x104 : 0x103))
        }
    }

    @Test func loadsOfSSHoldNMIToo() throws {
        let bench = try bench("8E D0 90 90", "ax=4000")
        _ = try bench.cpu.step()
        bench.bus.raiseNMI()
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x103)
    }

    @Test func popfLetsAnInterruptInAtOnce() throws {
        let bench = try bench("9D 90", "if ss:0800=0202")
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101)
    }

    // MARK: NMI

    @Test func nmiIgnoresIFAndBlocksTheNextUntilIRET() throws {
        let bench = try bench("90 90", "if")
        bench.bus.raiseNMI()
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x100 && bench.state.nmiBlocked)
        bench.bus.raiseNMI()
        _ = try bench.cpu.step()
        // The handler's IRET ends the block; the second NMI comes at once.
        #expect(pushedIP(bench) == 0x100 && bench.state.nmiBlocked)
    }

    @Test func nmiComesBeforeINTR() throws {
        let bench = try bench("90", "@8=20004000")
        bench.bus.setINTR(true)
        bench.bus.raiseNMI()
        _ = try bench.cpu.step()
        #expect(bench.state.eip == 0x4000 && pushedIP(bench) == 0x100)
    }

    // MARK: Single step

    @Test func tfTrapsBehindEachInstruction() throws {
        let bench = try bench("90 90", "TF")
        let before = bench.state.dr6
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101)
        #expect(bench.state.dr6 == before | 0x4000)
        #expect(!bench.state.eflags.contains(.trap))
        #expect(bench.word(0x407FE) & 0x100 != 0)
        // IRET restores TF: the next instruction traps, not IRET itself.
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x101)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x102)
    }

    @Test func popfArmsTheTrapForTheNextInstruction() throws {
        let bench = try bench("9D 90 90", "ss:0800=0102")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x101)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x102)
    }

    @Test func popfThatClearsTFStillTraps() throws {
        let bench = try bench("9D 90", "TF ss:0800=0002")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101)
    }

    @Test func loadsOfSSHoldTheTrap() throws {
        let bench = try bench("8E D0 90 90", "TF ax=4000")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == nil && bench.state.eip == 0x102)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x103)
    }

    @Test func intClearsTFWithoutATrap() throws {
        let bench = try bench("CD 20 90", "TF")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x102 && bench.state.eip == 0x3000)
        #expect(bench.word(0x407FE) & 0x100 != 0)
        #expect(bench.state.gpr.esp & 0xFFFF == 0x7FA)
    }

    @Test func faultTakesThePlaceOfTheTrap() throws {
        let bench = try bench("0F 0B", "TF @18=20003000")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x100 && bench.state.gpr.esp & 0xFFFF == 0x7FA)
        #expect(bench.state.dr6 & 0x4000 == 0)
    }

    @Test func tfTrapsBehindEachIteration() throws {
        let bench = try bench("F3 AA 90", "TF cx=3 di=10")
        for count in [2, 1] as [UInt32] {
            _ = try bench.cpu.step()
            #expect(pushedIP(bench) == 0x100 && bench.state.gpr.ecx & 0xFFFF == count)
            _ = try bench.cpu.step()
        }
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x102 && bench.state.gpr.ecx & 0xFFFF == 0)
    }

    @Test func theTrapWakesFromHLT() throws {
        let bench = try bench("F4 90", "TF")
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101 && !bench.state.halted)
    }

    @Test func theTrapComesBeforeNMIAndINTR() throws {
        let bench = try bench("E6 80", "TF @8=20004000")
        _ = try bench.cpu.step()
        #expect(bench.state.eip == 0x3000)
    }

    // MARK: HLT and RESET

    @Test func hltWithNothingToComeHalts() throws {
        let bench = try bench("F4")
        #expect(try bench.run(10) == .halted)
        #expect(bench.state.eip == 0x101 && bench.state.instructions == 1)
        #expect(try bench.run(10) == .halted)
    }

    @Test func interruptWakesFromHLT() throws {
        let bench = try bench("F4 40")
        #expect(try bench.run(10) == .halted)
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101 && !bench.state.halted)
    }

    @Test func maskedInterruptDoesNotWake() throws {
        let bench = try bench("F4 40", "if")
        bench.bus.setINTR(true)
        #expect(try bench.run(10) == .halted)
        bench.bus.raiseNMI()
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x101)
    }

    @Test func resetRestartsAtTheResetVector() throws {
        let bench = try bench("90")
        bench.bus.pulseReset()
        #expect(try bench.run(0) == .budget)
        #expect(bench.state.eip == 0xFFF0 && bench.state.segments.cs.base == 0xFFFF_0000)
        #expect(bench.state.eflags == .alwaysOne && bench.state.cr0 == 0x6000_0010)
        #expect(bench.state.gpr.edx == CPUModel.p6.signature && bench.state.gpr.eax == 0)
    }

    // MARK: Repeated instructions

    @Test func interruptComesBetweenIterations() throws {
        let bench = try bench("26 F3 A4 90", "cx=5 si=10 di=20")
        #expect(try bench.run(2) == .budget)
        #expect(bench.state.gpr.ecx & 0xFFFF == 3 && bench.state.eip == 0x100)
        bench.bus.setINTR(true)
        _ = try bench.cpu.step()
        #expect(pushedIP(bench) == 0x100)
        bench.bus.setINTR(false)
        _ = try bench.cpu.step()
        #expect(bench.state.eip == 0x100)
        _ = try bench.cpu.step()
        #expect(bench.state.gpr.ecx & 0xFFFF == 0 && bench.state.eip == 0x103)
    }

    @Test(arguments: ["F3 A4", "F3 AA", "F3 AC", "F3 A6", "F2 AE", "F3 A5", "F3 AB", "F3 AD"])
    func repeatsPauseExactlyAtTheBudget(code: String) throws {
        let given = "cx=9 si=10 di=1000 al=1 ax=1"
        let whole = try bench(code, given)
        _ = try whole.cpu.step()
        let parts = try bench(code, given)
        for count in UInt64(1)...9 {
            #expect(try parts.run(1) == .budget)
            #expect(parts.state.instructions == count)
            #expect(parts.state.gpr.ecx & 0xFFFF == 9 - UInt32(count))
            #expect(parts.state.eip == (count == 9 ? 0x102 : 0x100))
        }
        #expect(parts.state == whole.state)
        #expect(parts.bytes == whole.bytes)
    }
}
