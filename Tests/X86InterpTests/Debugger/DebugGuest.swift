import Devices
import TestSupport

@testable import X86Interp

/// A random guest on a board with every device, made anew as often as a test wants, all alike.
///
/// Of four two are busy programs, one is bytes or instructions of any kind, and one is that with random tables of
/// protected mode.
struct DebugGuest: CustomStringConvertible {
    let number: Int
    let model: CPUModel
    private let pieces: [(bytes: [UInt8], address: UInt32)]
    private let state: CPUState
    /// Half of the guests have their devices in the user tier.
    let tier: Tier
    /// Whether translations of addresses may be in play.
    let isProtected: Bool

    static let ramSize = RandomGuest.ramSize

    init(_ number: Int) {
        self.number = number
        tier = number / 4 % 2 == 0 ? .kernel : .user
        isProtected = number % 4 == 1
        guard number % 2 == 1 else {
            let model = CPUModel.all[number / 2 % CPUModel.all.count]
            let busy = BusyGuest(number: number, model: model)
            self.model = model
            pieces = [(busy.tables, 0), (busy.code, BusyGuest.start)]
            var state = CPUState()
            state.segments = SegmentRegisters()
            state.eflags = model.fixedFlags
            state.eip = BusyGuest.start
            state.gpr.esp = 0x7000
            self.state = state
            return
        }
        let guest =
            number % 4 == 1
            ? RandomGuest(protected: number, size: 4096) : RandomGuest(number: number / 4, size: 4096)
        model = guest.model
        pieces = [(guest.tables, 0), (guest.bytes, guest.address)]
        state = guest.state
    }

    var description: String { "guest \(number), \(model.name)" }

    /// `tier` is for all devices, instead of the guest's own; without input the serial line receives nothing.
    func makeMachine(tier: Tier? = nil, hasInput: Bool = true) throws -> Machine {
        let machine = try Machine(model: model, ramSize: Self.ramSize)
        var options = BoardOptions()
        if number % 10 == 7 { options.machine = MachineCatalog.xt }
        options.devices = options.machine.others
        options.tiers = [TierOption("all", tier ?? self.tier)]
        options.serial = BufferStream(input: hasInput ? Array("serial input of some length".utf8) : [])
        options.console = BufferStream(input: hasInput ? Array("console".utf8) : [])
        _ = try Board(machine: machine, options: options)
        for piece in pieces { machine.memory.load(piece.bytes, at: piece.address) }
        machine.state = state
        return machine
    }
}

/// The reference: steps one instruction after the other, and knows nothing of debuggers.
final class NaiveRun {
    let machine: Machine
    /// All boundaries between instructions, the first before the first one.
    private(set) var positions: [UInt64]
    private(set) var isOver = false

    init(_ machine: Machine) {
        self.machine = machine
        positions = [machine.state.instructions]
    }

    /// Runs one instruction with what is delivered behind it; what stops without an end is passed over.
    func step() throws {
        let before = machine.state.instructions
        try run(until: before + 1)
        while !isOver, machine.state.halted {
            try run(until: max(machine.clock.nextDeadline ?? 0, machine.state.instructions + 1))
        }
        if machine.state.instructions > before { positions.append(machine.state.instructions) }
    }

    private func run(until limit: UInt64) throws {
        var entry = Entry.resume
        while true {
            let exit = try machine.cpu.run(entry, until: limit)
            entry = .resume
            switch exit {
            case .port(let request): entry = .complete(machine.ports.serve(request))
            case .memory(let request): entry = .completeMemory(machine.serve(request))
            case .stopped where machine.state.instructions < limit: continue
            case .budget, .stopped: return
            case .halted, .shutdown:
                isOver = true
                return
            }
        }
    }
}
