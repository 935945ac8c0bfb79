import Testing

@testable import X86Interp

/// Calls that would run the guest, from within a call that runs it.
@Suite struct BusyDebuggerTests {
    /// mov al,1; out E9,al; inc bx; inc bx; jmp to the start.
    private static let code: [UInt8] = [0xB0, 0x01, 0xE6, 0xE9, 0x43, 0x43, 0xEB, 0xF8]

    private final class Port: PortDevice {
        let name = "port"
        var onWrite: () -> Void = {}
        func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
        func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { onWrite() }
        func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { nil }
    }

    /// What each running call answers.
    private func refusals(_ debugger: Debugger) -> [StopEvent.Reason] {
        let calls: [() -> StopEvent] = [
            { debugger.step() }, { debugger.step(0) }, { debugger.resume() }, { debugger.next() },
            { debugger.finish() }, { debugger.run(to: .linear(0x7C00)) }, { debugger.go(to: 0) },
            { debugger.go(to: 1 << 40) }, { debugger.reverseStep() }, { debugger.reverseStep(0) },
            { debugger.reverseNext() }, { debugger.reverseFinish() }, { debugger.reverseResume() },
        ]
        #expect(debugger.lastWrite(to: 0...1) == nil && debugger.ledger.transactions.count >= 0)
        return calls.map { $0().reason }
    }

    /// Runs some steps with a callback that tries everything; the guest ends as it does without.
    private func check(tier: Tier, _ install: (Debugger, Port, @escaping () -> Void) -> Void) throws {
        func run(_ tries: Bool) throws -> (state: CPUState, calls: Int, events: [StopEvent]) {
            let machine = try DebugMachine.real(Self.code)
            let port = Port()
            try machine.ports.claim(0xE9...0xE9, for: port, tier: tier)
            let debugger = try Debugger(machine)
            var calls = 0
            if tries {
                install(debugger, port) { [unowned debugger] in
                    calls += 1
                    let found = refusals(debugger)
                    #expect(found.allSatisfy { $0 == .busy } && found.count == 13)
                }
            }
            let events = [debugger.step(3), debugger.resume(until: 20), debugger.reverseStep(2)]
            withExtendedLifetime(port) {}
            return (machine.state, calls, events)
        }
        let (plain, tried) = (try run(false), try run(true))
        #expect(tried.calls > 0 && tried.state == plain.state && tried.events == plain.events)
    }

    @Test func fromOnInstruction() throws {
        try check(tier: .kernel) { debugger, _, body in debugger.onInstruction = body }
    }

    @Test func fromPoll() throws {
        try check(tier: .kernel) { debugger, _, body in
            debugger.pollInterval = 1
            debugger.poll = {
                body()
                return false
            }
        }
    }

    @Test func fromALogOnlyBreakpoint() throws {
        try check(tier: .kernel) { debugger, _, body in
            debugger.add(.code(.linear(0x7C05)), isLogOnly: true)
            debugger.onLog = { _, _ in body() }
        }
    }

    @Test(arguments: Tier.allCases) func fromADevice(tier: Tier) throws {
        try check(tier: tier) { _, port, body in port.onWrite = body }
    }
}
