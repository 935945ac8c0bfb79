import TestSupport
import Testing
import X86Interp

/// A machine with a probe at ports 300-30F, a short program at 0000:7C00, and handlers that just halt.
final class PortGuest {
    let setting: TierSetting
    let machine: Machine
    let probe: ProbePort
    /// All probes, for the comparison of settings.
    private(set) var probes: [ProbePort] = []
    /// The processor's state: before the run what it starts with, behind it what it ended with.
    var state: CPUState
    /// Put at 7C00, with a HLT behind it.
    var code: [UInt8] = []
    /// Where the program is and starts, as a linear address with CS = 0.
    var origin: UInt32 = 0x7C00
    /// The run ends at this instruction count if nothing ends it before.
    var fuel: UInt64 = 10_000
    /// How often a request is put off in the delayed setting, by element.
    var yields: (PortRequest) -> Int = { Int($0.element % 3) + 1 }
    /// Runs in pieces of so many instructions; 0 is in one go.
    var slice: UInt64 = 0
    /// All requests of the user tier, each once.
    private(set) var requests: [PortRequest] = []
    private(set) var exit: Exit?
    private let ledger = Ledger()

    /// Ports of the probe.
    static let base: UInt16 = 0x300

    private final class Ledger: Observer {
        var transactions: [PortTransaction] = []
        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
            transactions.append(transaction)
            return .goOn
        }
    }

    init(
        _ setting: TierSetting, model: CPUModel = .p6, probe: ProbePort = ProbePort(), widths: WidthSet = .all,
        hasLedger: Bool = true
    ) throws {
        self.setting = setting
        self.probe = probe
        machine = try Machine(model: model, ramSize: 0x12_0000)
        state = machine.state
        state.segments = SegmentRegisters()
        state.eip = 0
        state.gpr.esp = 0x7000
        state.gpr.edx = UInt32(Self.base)
        if hasLedger { machine.cpu.observe(with: ledger, [.allPorts]) }
        let vectors = (UInt8.min...UInt8.max).flatMap { (vector: UInt8) -> [UInt8] in [vector, 0x05, 0, 0] }
        machine.memory.load(vectors, at: 0)
        machine.memory.load([UInt8](repeating: 0xF4, count: 256), at: 0x500)
        try claim(Self.base...Self.base + 15, probe, widths: widths)
    }

    // MARK: Before the run

    /// Wires a probe; it becomes part of resets, snapshots and comparisons.
    func claim(
        _ ports: ClosedRange<UInt16>, _ probe: ProbePort, bank: UInt8 = 0, widths: WidthSet = .all,
        narrow: NarrowAccess = .lane
    ) throws {
        try machine.ports.claim(ports, for: probe, bank: bank, widths: widths, narrow: narrow)
        guard !probes.contains(where: { $0 === probe }) else { return }
        if !(probe is BlockProbePort) { probe.clock = machine.clock }
        try machine.add(probe)
        probes.append(probe)
    }

    /// Makes an interrupt vector point to 0000:`offset`.
    func setVector(_ vector: UInt8, to offset: UInt16) {
        machine.memory.load(
            [UInt8(truncatingIfNeeded: offset), UInt8(offset >> 8), 0, 0], at: UInt32(vector) * 4)
    }

    /// Puts a handler at 0000:`offset` and points a vector there.
    func setHandler(_ vector: UInt8, _ bytes: [UInt8], at offset: UInt16 = 0x1000) {
        machine.memory.load(bytes, at: UInt32(offset))
        setVector(vector, to: offset)
    }

    func load(_ bytes: [UInt8], at address: UInt32) { machine.memory.load(bytes, at: address) }

    /// Sets ECX, EDI or ESI and so on in one line.
    func set(_ register: WritableKeyPath<GeneralRegisters, UInt32>, _ value: UInt32) {
        state.gpr[keyPath: register] = value
    }

    /// Flat 32-bit protected mode at ring 0 by hidden state; exceptions end the run.
    func enterProtectedMode(code32: Bool = true) {
        state.cr0 |= 1
        let data: SegmentAccess = [.realMode, .big, .granular]
        for register in SegmentRegister.allCases {
            state.segments[register] = Segment(selector: 0x10, base: 0, limit: 0xFFFF_FFFF, access: data)
        }
        state.segments.cs.selector = 8
        state.segments.cs.access = code32 ? data.union(.code) : data.union(.code).subtracting(.big)
        machine.cpu.faultPolicy = .stop
    }

    // MARK: The run

    /// Loads the program and the state; `run` goes on from there.
    func start() {
        machine.memory.load(code + [0xF4], at: origin)
        state.eip = origin
        machine.state = state
        machine.ports.setTier(setting.tier)
    }

    /// Runs to an exit that is no port request.
    @discardableResult
    func run() throws -> Exit {
        var exit = Exit.budget
        while exit == .budget, machine.state.instructions < fuel {
            let until = slice == 0 ? fuel : min(fuel, machine.state.instructions + slice)
            exit = try run(.resume, until: until)
            while case .port(let request) = exit {
                requests.append(request)
                if setting == .delayed { try putOff(request, until: until) }
                exit = try run(.complete(machine.ports.serve(request)), until: until)
            }
        }
        self.exit = exit
        state = machine.state
        return exit
    }

    private func run(_ entry: Entry, until: UInt64) throws -> Exit { try machine.run(entry, until: until) }

    /// Comes back without an answer: the same request must come again, and nothing may change.
    private func putOff(_ request: PortRequest, until: UInt64) throws {
        let before = machine.state
        for _ in 0..<yields(request) {
            let again = try run(.resume, until: until)
            #expect(again == .port(request))
        }
        #expect(machine.state == before)
    }

    // MARK: Behind the run

    var gpr: GeneralRegisters { state.gpr }
    /// What the ledger has.
    var transactions: [PortTransaction] { ledger.transactions }

    /// Memory at a linear address.
    func bytes(_ address: UInt32, _ count: Int) -> [UInt8] { machine.memory.peek(address, count: count) }

    /// A word on the real-mode stack, counted from SP.
    func stackWord(_ index: UInt32) -> UInt16 {
        let bytes = bytes(state.segments.ss.base + state.gpr.esp & 0xFFFF + 2 * index, 2)
        return UInt16(bytes[0]) | UInt16(bytes[1]) << 8
    }

    /// The vector whose halting handler ended the run, or nil.
    var vectorReached: UInt8? {
        guard exit == .halted, (0x501...0x600).contains(state.eip) else { return nil }
        return UInt8(truncatingIfNeeded: state.eip - 0x501)
    }

    /// EIP when the program has ended at its HLT.
    var endEIP: UInt32 { origin + UInt32(code.count) + 1 }
    /// Whether the program has ended at its HLT.
    var isAtEnd: Bool { exit == .halted && state.eip == endEIP }

    /// The names of the things that a guest can see and that differ from another run's.
    func differences(from other: PortGuest, ledger: Bool) -> [String] {
        var found: [String] = []
        if exit != other.exit { found.append("exit") }
        if state != other.state { found.append("processor") }
        if firstDifference(machine.memory.ramBytes, other.machine.memory.ramBytes) != nil { found.append("memory") }
        if machine.clock.now != other.machine.clock.now { found.append("time") }
        if machine.bus.lines != other.machine.bus.lines { found.append("lines") }
        for (mine, theirs) in zip(probes, other.probes) where mine.state != theirs.state { found.append(mine.name) }
        func tierless(_ guest: PortGuest) -> [PortTransaction] {
            guest.transactions.map {
                var transaction = $0
                transaction.tier = nil
                return transaction
            }
        }
        if ledger, tierless(self) != tierless(other) { found.append("ledger") }
        return found
    }
}

/// Sets a guest up and runs it; then does the same in the kernel tier and expects an equal end.
///
/// The kernel tier is compared with itself without a ledger, which is the fast path.
@discardableResult
func portGuest(
    _ setting: TierSetting, model: CPUModel = .p6, widths: WidthSet = .all, probe kind: ProbeKind = .plain,
    sourceLocation: SourceLocation = #_sourceLocation, _ setUp: (PortGuest) throws -> Void
) throws -> PortGuest {
    func finished(_ setting: TierSetting, hasLedger: Bool) throws -> PortGuest {
        let guest = try PortGuest(setting, model: model, probe: kind.make(), widths: widths, hasLedger: hasLedger)
        try setUp(guest)
        guest.start()
        try guest.run()
        return guest
    }
    let guest = try finished(setting, hasLedger: true)
    let twin = try finished(.kernel, hasLedger: setting != .kernel)
    let differences = guest.differences(from: twin, ledger: setting != .kernel)
    #expect(differences == [], "against the kernel tier", sourceLocation: sourceLocation)
    return guest
}
