import Testing

@testable import X86Interp

/// Ports and the debugger: breakpoints, the ledger, answers from the log.
@Suite(.timeLimit(.minutes(30))) struct DebuggerPortTests {
    /// A guest that reads five bytes by REP INSB and writes one back.
    private static func guest(_ setting: TierSetting) throws -> PortGuest {
        let guest = try PortGuest(setting, hasLedger: false)
        // rep insb; mov al,55; out dx,al
        guest.code = [0xF3, 0x6C, 0xB0, 0x55, 0xEE]
        guest.set(\.ecx, 5)
        guest.set(\.edi, 0x600)
        guest.start()
        return guest
    }

    @Test("I14 the host's breakpoint on a REP fires once, on arrival", arguments: TierSetting.all)
    func breakpointOnce(_ setting: TierSetting) throws {
        let guest = try Self.guest(setting)
        let debugger = try Debugger(guest.machine)
        let number = debugger.add(.code(.linear(0x7C00)))
        #expect(debugger.resume().reason == .halted)
        debugger.go(to: 0)
        debugger.edit { $0.state.eip = 0x7BFF }
        guest.machine.memory.load([0x90], at: 0x7BFF)
        #expect(debugger.resume().reason == .breakpoint(number) && guest.machine.state.gpr.ecx == 5)
        #expect(debugger.resume().reason == .halted && debugger.breakpoint(number)?.hits == 1)
    }

    @Test("T17 a step back over one iteration of REP INS: memory, index, count and device", arguments: TierSetting.all)
    func stepBackOverIteration(_ setting: TierSetting) throws {
        let guest = try Self.guest(setting)
        let debugger = try Debugger(guest.machine)
        debugger.step(2)
        let hash = guest.machine.hash()
        let state = guest.probe.state
        debugger.step()
        #expect(guest.machine.state.gpr.ecx == 2 && guest.probe.state != state)
        #expect(debugger.reverseStep().reason == .done)
        #expect(guest.machine.hash() == hash && guest.probe.state == state && guest.machine.memory.peek(0x602) == 0)
        #expect(debugger.ledger.transactions.map(\.element) == [0, 1])
        #expect(debugger.resume().reason == .halted)
        #expect(guest.bytes(0x600, 6) == [1, 2, 3, 4, 5, 0])
        #expect(debugger.ledger.transactions.count == 6)
    }

    @Test("T16 replay without devices: memory, ledger, hash are the same") func replayWithoutDevices() throws {
        let machine = try Machine(ramSize: 0x2_0000)
        let probe = ProbePort()
        // Not one of the machine's chips: its answers come from outside.
        try machine.ports.claim(0x300...0x30F, for: probe, widths: .all, tier: .user)
        machine.memory.load([0xF3, 0x6C, 0xED, 0x66, 0xED, 0xF4], at: 0x7C00)
        var state = machine.state
        state.segments = SegmentRegisters()
        state.eip = 0x7C00
        state.gpr.ecx = 6
        state.gpr.edx = 0x300
        state.gpr.edi = 0x600
        machine.state = state
        var asked = 0
        let debugger = try Debugger(machine) { request in
            asked += 1
            return machine.ports.serve(request)
        }
        #expect(debugger.resume().reason == .halted)
        let (hash, ledger, count) = (machine.hash(), debugger.ledger.transactions, asked)
        #expect(count == 8 && ledger.count == 8)
        #expect(debugger.go(to: 0).reason == .done && debugger.ledger.transactions.isEmpty)
        #expect(machine.memory.peek(0x600) == 0)
        machine.ports.withdraw(probe)
        try machine.ports.claim(0x300...0x30F, for: ProbePort("absent"), widths: .all, tier: .user)
        #expect(debugger.resume().reason == .halted)
        #expect(asked == count && machine.hash() == hash)
        #expect(debugger.ledger.transactions.map(\.value) == ledger.map(\.value))
        #expect(debugger.ledger.transactions.map(\.instructions) == ledger.map(\.instructions))
    }

    @Test(arguments: TierSetting.all) func portBreakpoints(_ setting: TierSetting) throws {
        let guest = try Self.guest(setting)
        let debugger = try Debugger(guest.machine)
        let reads = debugger.add(
            .port(PortWatch(0x300...0x3FF, direction: .in)), if: .binary(.equal, .event(.value), .number(3)))
        let writes = debugger.add(.device("probe"), if: .binary(.greater, .event(.value), .number(0x50)))
        guard case .port(reads, let transaction) = debugger.resume().reason else {
            Issue.record("no stop at the read")
            return
        }
        #expect(transaction.value == 3 && transaction.element == 2 && guest.machine.state.gpr.ecx == 2)
        #expect(debugger.resume().hits == [writes] && guest.machine.state.eip == 0x7C05)
        #expect(debugger.resume().reason == .halted)
        #expect(debugger.reverseResume().hits == [writes] && guest.machine.state.eip == 0x7C04)
        #expect(debugger.reverseResume().hits == [reads] && guest.machine.state.gpr.ecx == 3)
        #expect(debugger.reverseResume().reason == .startOfHistory && debugger.position == 0)
        #expect(debugger.resume(until: 6).hits == [reads])
        #expect(debugger.lastTransaction(at: 0x300...0x300)?.value == 3)
    }

    @Test func anAnswerThatFailsIsAskedAgain() throws {
        let guest = try Self.guest(.user)
        var fails = true
        let debugger = try Debugger(guest.machine) { [machine = guest.machine] request throws(Debugger.Unanswered) in
            if fails, request.element == 3 { throw Debugger.Unanswered("the cable is cut") }
            return machine.ports.serve(request)
        }
        guard case .unanswered(let request, message: "the cable is cut") = debugger.resume().reason else {
            Issue.record("no stop")
            return
        }
        #expect(request.element == 3)
        fails = false
        #expect(debugger.resume().reason == .halted && guest.bytes(0x600, 5) == [1, 2, 3, 4, 5])
        debugger.go(to: 3)
        #expect(debugger.resume().reason == .halted && guest.bytes(0x600, 5) == [1, 2, 3, 4, 5])
    }
}
