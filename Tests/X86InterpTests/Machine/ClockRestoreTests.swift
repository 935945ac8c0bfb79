import Testing
import X86Interp

/// A device with a timer whose author knows nothing of restoring; subclasses differ in who asks the clock.
///
/// A write to it starts the timer, which goes on by itself; a read tells how often it has gone off.
private class Timer: Device, PortDevice, ClockEvent {
    struct State: Codable, Equatable, Sendable {
        var count: UInt32 = 0
        var last: UInt64 = 0
    }

    let name: String
    let clock: VirtualClock
    var state = State()
    var onFire: (String) -> Void = { _ in }

    init(_ name: String, _ clock: VirtualClock) {
        self.name = name
        self.clock = clock
    }

    func start(at time: UInt64) { clock.schedule(self, at: time) }

    func clockFired(now: UInt64) {
        state.count &+= 1
        state.last = now
        onFire(name)
        start(at: now + 701)
    }

    func reset() { state = State() }
    func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { state.count & 0xFF }
    func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { state.count & 0xFF }
    func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) { start(at: clock.now + UInt64(value)) }
}

/// Has others ask: one that it has, one within a value, some in a list; they take turns.
private final class HelpedTimer: Timer {
    final class Helper: ClockEvent {
        var action: (UInt64) -> Void = { _ in }
        func clockFired(now: UInt64) { action(now) }
    }

    struct Pair {
        var size = 2
        var helper: Helper?
    }

    private let first = Helper()
    private let pair = (1, Pair(helper: Helper()))
    private let others = [Helper(), Helper()]

    override init(_ name: String, _ clock: VirtualClock) {
        super.init(name, clock)
        for helper in helpers { helper.action = { [unowned self] in clockFired(now: $0) } }
    }

    private var helpers: [Helper] { [first] + [pair.1.helper].compactMap { $0 } + others }

    override func start(at time: UInt64) { clock.schedule(helpers[Int(state.count) % helpers.count], at: time) }
}

/// Asks anew whenever its state is set, and not for the right time.
private final class EagerTimer: Timer {
    override var state: State {
        didSet { clock.schedule(self, at: clock.now + 5) }
    }
}

/// Restoring a machine restores what its clock was asked for, whoever asked.
@Suite struct ClockRestoreTests {
    enum Kind: CaseIterable {
        case own, helped, eager
    }

    /// A machine whose guest starts three timers and writes down how often each has gone off.
    private static func machine(_ kind: Kind) throws -> Machine {
        let machine = try Machine(ramSize: 0x1_0000)
        for number in 0..<3 as Range<UInt16> {
            let name = "timer\(number)"
            let timer: Timer =
                switch kind {
                case .own: Timer(name, machine.clock)
                case .helped: HelpedTimer(name, machine.clock)
                case .eager: EagerTimer(name, machine.clock)
                }
            try machine.add(timer)
            try machine.ports.claim(0x60 + number...0x60 + number, for: timer)
        }
        // mov al,200; out 60h,al; mov al,150; out 61h,al; mov al,199; out 62h,al; mov di,500h
        // again: in al,60h; stosb; in al,61h; stosb; in al,62h; stosb; and di,7FFh; or di,400h; jmp again
        machine.memory.load(
            [
                0xB0, 200, 0xE6, 0x60, 0xB0, 150, 0xE6, 0x61, 0xB0, 199, 0xE6, 0x62, 0xBF, 0x00, 0x05,
                0xE4, 0x60, 0xAA, 0xE4, 0x61, 0xAA, 0xE4, 0x62, 0xAA, 0x81, 0xE7, 0xFF, 0x07, 0x81, 0xCF, 0x00, 0x04,
                0xEB, 0xED,
            ], at: 0x7C00)
        machine.state.segments = SegmentRegisters()
        machine.state.eip = 0x7C00
        return machine
    }

    private static func run(_ machine: Machine, to time: UInt64) throws {
        #expect(try machine.run(.resume, until: time) == .budget)
    }

    @Test(arguments: Kind.allCases) func restoredMachinesGoOnAlike(kind: Kind) throws {
        let machine = try Self.machine(kind)
        try Self.run(machine, to: 1000)
        let snapshot = machine.snapshot()
        try Self.run(machine, to: 10_000)
        let end = machine.hash()
        try machine.restore(snapshot)
        try Self.run(machine, to: 10_000)
        #expect(machine.hash() == end, "the same machine")
        let other = try Self.machine(kind)
        try other.restore(snapshot)
        try Self.run(other, to: 10_000)
        #expect(other.hash() == end, "another machine")
        let third = try Self.machine(kind)
        try third.restore(try Snapshot(decoding: try snapshot.encoded(), for: third))
        try Self.run(third, to: 10_000)
        #expect(third.hash() == end, "by way of bytes")
    }

    @Test(arguments: Kind.allCases) func aDebuggedPastIsTheSame(kind: Kind) throws {
        var options = HistoryOptions()
        options.interval = 500
        let debugger = try Debugger(try Self.machine(kind), history: options)
        debugger.resume(until: 1234)
        let early = debugger.machine.hash()
        debugger.resume(until: 10_000)
        let late = debugger.machine.hash()
        debugger.go(to: 1234)
        #expect(debugger.machine.hash() == early)
        debugger.go(to: 10_000)
        #expect(debugger.machine.hash() == late)
    }

    @Test func callsAtOneTickComeInTheSameOrder() throws {
        func machine(_ heard: @escaping (String) -> Void) throws -> (Machine, [Timer]) {
            let machine = try Machine(ramSize: 4096)
            let timers = ["a", "b", "c"].map { Timer($0, machine.clock) }
            for timer in timers {
                timer.onFire = heard
                try machine.add(timer)
            }
            return (machine, timers)
        }
        var (first, second) = ("", "")
        let (one, timers) = try machine { first += $0 }
        for timer in [timers[1], timers[2], timers[0]] { timer.start(at: 100) }
        let (other, _) = try machine { second += $0 }
        try other.restore(one.snapshot())
        one.clock.advance(to: 900)
        other.clock.advance(to: 900)
        #expect(first == "bcabca" && second == first)
    }

    @Test func whatNoDeviceHasAskedForComesBackOnlyToItsOwnMachine() throws {
        final class Host: ClockEvent {
            var calls: [UInt64] = []
            func clockFired(now: UInt64) { calls.append(now) }
        }
        let machine = try Self.machine(.own)
        let host = Host()
        machine.clock.schedule(host, at: 50)
        let snapshot = machine.snapshot()
        try Self.run(machine, to: 60)
        try machine.restore(snapshot)
        try Self.run(machine, to: 60)
        #expect(host.calls == [50, 50])
        let other = try Self.machine(.own)
        let before = other.hash()
        #expect(throws: RestoreError.clockRequest(time: 50)) { try other.restore(snapshot) }
        #expect(other.hash() == before && other.clock.nextDeadline == nil)
    }
}
