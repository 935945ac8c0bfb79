import Devices
import TestSupport

@testable import X86Interp

/// A random guest on a board with every device, made anew as often as a test wants, all alike.
struct DebugGuest {
    let guest: RandomGuest
    /// Every other guest has its devices in the user tier.
    var tier: Tier { guest.number % 4 < 2 ? .kernel : .user }

    init(_ number: Int) { guest = RandomGuest(number: number, size: 4096) }

    func makeMachine() throws -> Machine {
        let machine = try Machine(model: guest.model, ramSize: RandomGuest.ramSize)
        var options = BoardOptions()
        options.devices = DeviceCatalog.rows.filter { !options.machine.devices.contains($0.name) }
            .map { DeviceOption($0.name) }
        options.tiers = [TierOption("all", tier)]
        options.serial = BufferStream(input: Array("serial input of some length".utf8))
        options.console = BufferStream(input: Array("console".utf8))
        _ = try Board(machine: machine, options: options)
        machine.memory.load(guest.tables, at: 0)
        machine.memory.load(guest.bytes, at: guest.address)
        machine.state = guest.state
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
            let exit = try machine.run(entry, until: limit)
            entry = .resume
            switch exit {
            case .port(let request): entry = .complete(machine.ports.serve(request))
            case .stopped where machine.state.instructions < limit: continue
            case .budget, .stopped: return
            case .halted, .shutdown:
                isOver = true
                return
            }
        }
    }
}
