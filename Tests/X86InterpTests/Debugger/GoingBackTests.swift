import Devices
import TestSupport
import Testing

@testable import X86Interp

/// A chip that raises NMI once.
private final class NMITimer: Device, PortDevice, ClockEvent {
    struct State: Codable, Equatable, Sendable {
        var time: UInt64?
    }

    let name = "nmi"
    private unowned let machine: Machine
    var state = State() {
        didSet { state.time.map { machine.clock.schedule(self, at: $0) } }
    }

    init(_ machine: Machine, at time: UInt64) {
        self.machine = machine
        state.time = time
        machine.clock.schedule(self, at: time)
    }

    func clockFired(now: UInt64) {
        state.time = nil
        machine.bus.raiseNMI()
    }
    func reset() { state = State() }
    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0 }
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {}
}

/// The ends of the past, interruptions of the way there, and what must not be lost on it; on short programs by hand.
@Suite(.timeLimit(.minutes(30))) struct GoingBackTests {
    // MARK: The oldest moment

    @Test func manyStepsBackEndAtTheOldestMoment() throws {
        let machine = try DebugMachine.real([0x40, 0x40, 0x40, 0x40, 0x40, 0xF4])
        let debugger = try Debugger(machine)
        let hash = machine.hash()
        debugger.step(4)
        #expect(debugger.reverseStep(4).reason == .done && debugger.position == 0)
        for count in [5, 6, 100, UInt64.max] {
            debugger.go(to: 4)
            #expect(debugger.reverseStep(count).reason == .startOfHistory)
            #expect(debugger.position == 0 && machine.hash() == hash, "\(count) steps")
        }
        #expect(debugger.reverseStep().reason == .startOfHistory && debugger.position == 0)
    }

    @Test func theWayToTheCallerEndsAtTheOldestMoment() throws {
        let machine = try DebugMachine.real([0x40, 0x40, 0x40, 0x40, 0x40, 0xF4])
        let debugger = try Debugger(machine)
        debugger.step(4)
        #expect(debugger.reverseFinish().reason == .startOfHistory)
        #expect(debugger.position == 0 && machine.state.eip == 0x7C00)
    }

    @Test func theWayBackOutOfACutWaitDoesNotRunOn() throws {
        // sti; hlt: the timer would wake it far behind the limit.
        let machine = try DebugMachine.real([0xFB, 0xF4, 0x90, 0xF4])
        try machine.add(NMITimer(machine, at: 1_000_000))
        let debugger = try Debugger(machine)
        #expect(debugger.resume(until: 1000).reason == .limit)
        #expect(debugger.reverseStep(2).reason == .done && machine.state.eip == 0x7C00)
        #expect(debugger.history?.end == 1000)
    }

    // MARK: Ctrl-C

    /// A guest that runs for long: a loop of three instructions.
    private static func longRun() throws -> Debugger {
        // inc ax; push ax; pop bx; jmp $-5
        let debugger = try Debugger(try DebugMachine.real([0x40, 0x50, 0x5B, 0xEB, 0xFB]))
        debugger.pollInterval = 1 << 16
        debugger.resume(until: 3_000_000)
        return debugger
    }

    /// Each way back, long enough to be interrupted.
    enum WayBack: CaseIterable {
        case step, finish, resume, go, write, change, transaction

        func take(_ debugger: Debugger) -> StopEvent? {
            switch self {
            case .step: return debugger.reverseStep(2_000_000)
            case .finish: return debugger.reverseFinish()
            case .resume: return debugger.reverseResume()
            // The longest way from a checkpoint.
            case .go: return debugger.go(to: 1_999_999)
            case .write: _ = debugger.lastWrite(to: 0x9000...0x9000)
            case .change: _ = debugger.lastChange(of: .dword(.ecx))
            case .transaction: _ = debugger.lastTransaction(at: 0...1)
            }
            return nil
        }
    }

    /// One guest for all ways: it takes seconds to get there.
    @Test func anInterruptedWayBackLeavesTheGuestWhereItStood() throws {
        let debugger = try Self.longRun()
        debugger.go(to: 2_500_000)
        let hash = debugger.machine.hash()
        for way in WayBack.allCases {
            var asked = 0
            debugger.poll = {
                asked += 1
                return asked == 3
            }
            let event = way.take(debugger)
            #expect(event.map { $0.reason == .requested } ?? debugger.isSearchInterrupted, "\(way)")
            // Promptly, and once.
            #expect(asked == 3, "\(way)")
            #expect(debugger.position == 2_500_000 && debugger.machine.hash() == hash, "\(way)")
            // It goes on as if nothing had been.
            debugger.poll = { false }
            #expect(debugger.reverseStep().reason == .done && debugger.position == 2_499_999, "\(way)")
            #expect(debugger.step().reason == .done && debugger.machine.hash() == hash, "\(way)")
        }
        #expect(debugger.resume(until: 3_000_000).reason == .limit && debugger.position == 3_000_000)
    }

    @Test func stepsAskSeldom() throws {
        let debugger = try Debugger(try DebugMachine.real([0x40, 0x50, 0x5B, 0xEB, 0xFB]))
        var asked = 0
        debugger.poll = {
            asked += 1
            return false
        }
        debugger.step(10_000)
        #expect(asked < 100)
        debugger.poll = { true }
        #expect(debugger.step(100_000).reason == .requested && debugger.position < 20_000)
        #expect(debugger.finish().reason == .requested)
        // A long interval is one of time: single steps take more of it.
        debugger.pollInterval = 1 << 25
        #expect(debugger.step(100_000).reason == .requested && debugger.position < 50_000)
    }

    /// What one debugger has taken note of is no secret to the next.
    @Test func anotherDebuggerKnowsWhatWasWrittenBeforeIt() throws {
        // inc ax; mov [9000],ax; jmp $-4
        let machine = try DebugMachine.real([0x40, 0xA3, 0x00, 0x90, 0xEB, 0xFA])
        do {
            let first = try Debugger(machine)
            first.step(30)
            first.step(30)
        }
        let start = machine.state.instructions
        let hash = machine.hash()
        let second = try Debugger(machine)
        second.step(30)
        #expect(second.go(to: start).reason == .done && machine.hash() == hash)
        #expect(machine.memory.peek(0x9000) == 20)
    }

    @Test(arguments: [0, 1 << 20, .max - 100, .max - (1 << 62)] as [UInt64])
    func aRunWithoutLimitEndsAtNone(start: UInt64) throws {
        // mov cx,20; loop $; hlt
        let machine = try DebugMachine.real([0xB9, 20, 0, 0xE2, 0xFE, 0xF4])
        machine.state.instructions = start
        #expect(try machine.run(.resume, until: .max) == .halted)
        #expect(machine.state.instructions == start + 22)
    }

    // MARK: What ends the guest

    @Test func goingOnToTheGuestsEndSaysSo() throws {
        // inc ax; out f4,al; inc ax; hlt
        let machine = try DebugMachine.real([0x40, 0xE6, 0xF4, 0x40, 0xF4])
        let exit = DebugExit(bus: machine.bus)
        try machine.add(exit)
        try machine.ports.claim(0xF4...0xF4, for: exit, tier: .kernel)
        let debugger = try Debugger(machine)
        #expect(debugger.go(to: 100).reason == .guestExit(code: 1) && debugger.position == 2)
        // What has been is no end: the guest was let go on.
        #expect(debugger.go(to: 3).reason == .done)
        debugger.go(to: 0)
        #expect(debugger.go(to: 3).reason == .done && debugger.position == 3)
    }

    // MARK: Other times

    @Test func aStateOfAnotherTimeIsANewBeginning() throws {
        let machine = try DebugMachine.real([0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0x40, 0xF4])
        let debugger = try Debugger(machine)
        debugger.step(2)
        let early = machine.snapshot()
        debugger.step(4)
        let late = machine.snapshot()
        try debugger.edit { try $0.restore(early) }
        #expect(debugger.position == 2 && debugger.history?.start == 2 && debugger.history?.end == 2)
        #expect(debugger.reverseStep().reason == .startOfHistory && debugger.position == 2)
        #expect(debugger.step().reason == .done && machine.state.gpr.eax & 0xFF == 3)
        #expect(debugger.reverseStep().reason == .done && machine.state.gpr.eax & 0xFF == 2)
        try debugger.edit { try $0.restore(late) }
        #expect(debugger.position == 6 && debugger.history?.start == 6)
        #expect(debugger.go(to: 3).reason == .startOfHistory && debugger.position == 6)
        debugger.step()
        #expect(machine.state.gpr.eax & 0xFF == 7)
        #expect(debugger.reverseStep(2).reason == .startOfHistory && debugger.position == 6)
        #expect(machine.state.gpr.eax & 0xFF == 6)
    }

    // MARK: Checkpoints

    @Test func checkpointsAreSeldomWhereEachHasManyPages() throws {
        // 16 MiB of RAM, a word written to each page over and over; then the same with 16 pages.
        func count(mask: UInt32) throws -> Int {
            // add edi,1000; and edi,mask; mov [edi+400000],ecx; inc ecx; jmp $-22
            var code: [UInt8] = [0x81, 0xC7, 0, 0x10, 0, 0, 0x81, 0xE7]
            code += RandomGuest.little(mask, 4) + [0x89, 0x8F, 0, 0, 0x40, 0, 0x41, 0xEB, 0xEB]
            let machine = try DebugMachine.flat(code)
            var options = HistoryOptions()
            options.interval = 20_000
            let debugger = try Debugger(machine, history: options)
            debugger.resume(until: 400_000)
            #expect(machine.memory.peek(0x7C00) == 0x81 && machine.state.gpr.ecx == 80_000)
            debugger.go(to: 300_000)
            #expect(debugger.position == 300_000 && machine.state.gpr.ecx == 60_000)
            return debugger.history?.checkpointCount ?? 0
        }
        #expect(try count(mask: 0xF000) == 20)
        // 2048 pages: the distance doubles while a checkpoint has more than 1024 for each time that it was doubled.
        let many = try count(mask: 0x7F_F000)
        #expect(many > 5 && many < 15)
    }

    /// Endless loops, and the checkpoints of 40,000 of their instructions: one in 8000, or in a part of that.
    @Test(
        arguments: [
            // inc ax; jmp $-1
            ([0x40, 0xEB, 0xFD], 5),
            // inc byte [7c05]; mov al,0; jmp $-7: a block of three is decoded each time
            ([0xFE, 0x06, 0x05, 0x7C, 0xB0, 0x00, 0xEB, 0xF8], 40),
            // div cl, by zero, over and over; the handler at 7c02: nop; iret
            ([0xF6, 0xF1, 0x90, 0xCF], 20),
            // nop; nop; int 1; jmp $-4; the handler at 7c06: iret
            ([0x90, 0x90, 0xCD, 0x01, 0xEB, 0xFA, 0xCF], 10),
            // in al,61; jmp $-2: the user tier is asked
            ([0xE4, 0x61, 0xEB, 0xFC], 80),
        ] as [([UInt8], Int)])
    func checkpointsAreFrequentWhereInstructionsTakeLong(code: [UInt8], count: Int) throws {
        let machine = try DebugMachine.real(code)
        machine.memory.load([0x02, 0x7C, 0, 0, 0x06, 0x7C, 0, 0], at: 0)
        var board = BoardOptions()
        board.tiers = [TierOption("all", .user)]
        _ = try Board(machine: machine, options: board)
        var options = HistoryOptions()
        options.interval = 8_000
        let debugger = try Debugger(machine, history: options)
        debugger.resume(until: 40_000)
        #expect(debugger.history?.checkpointCount == count)
        let hash = machine.hash()
        debugger.go(to: 12_617)
        debugger.resume(until: 40_000)
        #expect(machine.hash() == hash && debugger.history?.checkpointCount == count)
    }

    // MARK: ROM

    @Test func changesOfROMAreUndoneAndMadeAgain() throws {
        // jmp f000:0; there: inc ax; inc ax; inc ax; jmp $-3
        let machine = try DebugMachine.real([0xEA, 0, 0, 0, 0xF0])
        try machine.memory.mapROM([0x40, 0x40, 0x40, 0xEB, 0xFB], at: 0xF_0000, name: "rom")
        let debugger = try Debugger(machine)
        debugger.step(6)
        // inc bx in its place, in code that has run.
        try debugger.edit { (machine: Machine) throws(LookError) in try machine.poke([0x43], at: .linear(0xF_0000)) }
        debugger.step(4)
        #expect(machine.state.gpr.eax & 0xFF == 6 && machine.state.gpr.ebx & 0xFF == 1)
        let hash = machine.hash()
        debugger.go(to: 3)
        #expect(machine.memory.peek(0xF_0000) == 0x40)
        debugger.go(to: 0)
        #expect(machine.memory.peek(0xF_0000) == 0x40)
        debugger.go(to: 10)
        #expect(machine.memory.peek(0xF_0000) == 0x43 && machine.hash() == hash)
        #expect(machine.state.gpr.eax & 0xFF == 6 && machine.state.gpr.ebx & 0xFF == 1)
        debugger.go(to: 2)
        #expect(debugger.lastTransaction(at: 0...1) == nil && machine.memory.peek(0xF_0000) == 0x40)
    }

    // MARK: Handlers

    @Test func backOverAnInterruptHandlerIsBackOverTheInterruptedInstruction() throws {
        // sti; nop; inc bx; inc ax; inc cx; hlt; the NMI comes behind INC AX.
        let machine = try DebugMachine.real([0xFB, 0x90, 0x43, 0x40, 0x41, 0xF4])
        // The handler: push ax; pop ax; iret
        machine.memory.load([0x50, 0x58, 0xCF], at: 0x500)
        try machine.add(NMITimer(machine, at: 4))
        let debugger = try Debugger(machine)
        debugger.run(to: .linear(0x7C04))
        #expect(machine.state.gpr.eax & 0xFF == 1 && machine.state.gpr.esp == 0x7000)
        #expect(debugger.reverseNext().reason == .done)
        #expect(machine.state.eip == 0x7C03 && machine.state.gpr.eax & 0xFF == 0)
    }

    @Test func backOverAFaultHandlerIsBackToTheFirstTry() throws {
        // div bl; inc cx; hlt; the handler of #DE makes BL 1: mov bl,1; iret
        let machine = try DebugMachine.real([0xF6, 0xF3, 0x41, 0xF4])
        machine.memory.load([0xB3, 1, 0xCF], at: 0x500)
        let debugger = try Debugger(machine)
        debugger.step(3)
        #expect(machine.state.eip == 0x7C00 && machine.state.gpr.ebx & 0xFF == 1)
        let position = debugger.position
        #expect(debugger.reverseNext().reason == .done)
        #expect(machine.state.eip == 0x7C00 && debugger.position < position && machine.state.gpr.ebx & 0xFF == 0)
    }

    // MARK: Deliveries that are watched

    /// int 40h; inc ax; int 20h; hlt, with vectors up to 2F: the first one raises #GP, whose handler skips it.
    private static func refusedCall() throws -> Debugger {
        let machine = try DebugMachine.real([0xCD, 0x40, 0x40, 0xCD, 0x20, 0xF4]) { $0.idtr.limit = 0x30 * 4 - 1 }
        // push bp; mov bp,sp; add word [bp+2],2; pop bp; iret
        machine.memory.load([0x55, 0x89, 0xE5, 0x83, 0x46, 2, 2, 0x5D, 0xCF], at: 0x600)
        machine.memory.load([0x00, 0x06, 0, 0], at: 13 * 4)
        return try Debugger(machine)
    }

    @Test func watchingDeliveriesChangesNoTime() throws {
        let plain = try Self.refusedCall()
        #expect(plain.resume(until: 100).reason == .halted && plain.machine.state.gpr.eax & 0xFF == 1)
        let watched = try Self.refusedCall()
        watched.add(.interrupt(0...255), if: .number(0))
        #expect(watched.resume(until: 100).reason == .halted)
        #expect(watched.position == plain.position && watched.machine.hash() == plain.machine.hash())
    }

    @Test func deliveriesAreStoppedAtBeforeTheirInstruction() throws {
        let debugger = try Self.refusedCall()
        let machine = debugger.machine
        let number = debugger.add(.interrupt(0...255))
        for (vector, isSoftware) in [(0x40, true), (13, false)] as [(UInt8, Bool)] {
            let event = debugger.resume(until: 100)
            #expect(event.reason == .interrupt(number, vector: vector, isSoftware: isSoftware))
            #expect(debugger.position == 0 && machine.state.eip == 0x7C00 && machine.state.gpr.esp == 0x7000)
        }
        #expect(debugger.resume(until: 100).reason == .interrupt(number, vector: 0x20, isSoftware: true))
        #expect(machine.state.eip == 0x7C03)
        #expect(debugger.resume(until: 100).reason == .halted && machine.state.gpr.eax & 0xFF == 1)
    }

    @Test func aFaultWithinTheDeliveryOfAnotherLeavesTheDebugRegisters() throws {
        // mov dr0,eax with GD set, and no room for what #DB pushes.
        let machine = try DebugMachine.real([0x0F, 0x23, 0xC0, 0xF4]) {
            $0.dr7 = 0x2400
            $0.gpr.esp = 3
        }
        let debugger = try Debugger(machine)
        let before = machine.state
        let number = debugger.add(.interrupt(12...12))
        #expect(debugger.resume(until: 100).hits == [number])
        #expect(machine.state.dr6 == before.dr6 && machine.state.dr7 == before.dr7 && debugger.position == 0)
        #expect(machine.state.eip == 0x7C00 && machine.state.gpr.esp == 3)
        // It is raised again.
        guard case .shutdown(let chain) = debugger.resume(until: 100).reason else {
            Issue.record("no shutdown")
            return
        }
        #expect(chain.map(\.vector) == [.debug, .stackFault, .stackFault, .doubleFault, .stackFault])
    }
}
