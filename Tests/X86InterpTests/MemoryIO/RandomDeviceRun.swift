import TestSupport
import Testing

@testable import X86Interp

/// A random guest with random devices in one setting.
final class RandomDeviceRun {
    enum Setting: CaseIterable {
        case kernel, user, delayed
        /// Each device is in a tier of its own, which changes between two runs.
        case mixed
    }

    let setting: Setting
    let machine: Machine
    private(set) var devices: [RandomDevice] = []
    private(set) var exit = Exit.budget
    /// How many requests were answered.
    private(set) var requests = 0
    let cycles = CycleHash()
    /// Decides what only this setting does.
    private var random = SeededGenerator(seed: 77)

    /// RAM, of which two places of devices take a part.
    private static let ramSize = 0x1_4000
    /// Over RAM, behind it, and at the end of the address space.
    private static let places: [UInt64] = [0x1_0000, 0x1_1000, 0x1_4000, 0x40_0000, 0x40_1000, 0xFFFF_F000]

    init(_ number: Int, _ setting: Setting) throws {
        self.setting = setting
        machine = try Machine(model: .p6, ramSize: Self.ramSize)
        machine.cpu.observe(with: cycles, [.allPorts, .allMemoryCycles])
        let bus = machine.bus
        bus.acknowledge = { [unowned bus] in
            bus.setINTR(false)
            return 0x21
        }
        var random = SeededGenerator(seed: UInt64(number) &* 31_337 &+ 3)
        let count = Int.random(in: 1...3, using: &random)
        for index in 0..<count {
            let places = Self.places.indices.filter { $0 % count == index }.map { Self.places[$0] }
            let device = RandomDevice("device\(index)", machine, places: places, &random)
            try machine.add(device)
            let first = UInt16(0x300 + 16 * index)
            try machine.ports.claim(
                first...first + 15, for: device, widths: Bool.random(using: &random) ? .all : [.byte, .word])
            device.tier = setting == .kernel ? .kernel : .user
            device.go(to: 0)
            devices.append(device)
        }
        machine.setTier(setting == .kernel ? .kernel : .user)
        DeviceGuest(places: Self.places, ports: 0x300...0x300 + UInt16(16 * count - 1), &random).load(into: machine)
    }

    private func mixTiers() {
        for device in devices {
            device.tier = Bool.random(using: &random) ? .kernel : .user
            machine.setTier(device.tier, ofDevice: device.name)
        }
    }

    /// Runs to a guest time, or to an end.
    func goOn(until: UInt64) throws {
        if setting == .mixed { mixTiers() }
        exit = try machine.run(.resume, until: until)
        while true {
            switch exit {
            case .port(let request):
                try putOff(until)
                exit = try machine.run(.complete(machine.serve(request)), until: until)
            case .memory(let request):
                try putOff(until)
                exit = try machine.run(.completeMemory(machine.serve(request)), until: until)
            case .halted, .budget, .stopped, .shutdown: return
            }
        }
    }

    /// Comes back without an answer, or by way of a snapshot.
    private func putOff(_ until: UInt64) throws {
        requests += 1
        guard setting == .delayed else { return }
        if requests % 5 == 0 { try machine.restore(machine.snapshot()) }
        for _ in 0..<requests % 3 {
            let again = try machine.run(.resume, until: until)
            #expect(again == exit)
        }
    }

    /// What differs from another setting's run.
    func differences(from other: RandomDeviceRun) -> [String] {
        var found: [String] = []
        if exit != other.exit { found.append("exit \(exit) against \(other.exit)") }
        if cycles.hash.value != other.cycles.hash.value { found.append("cycles") }
        guard machine.hash() != other.machine.hash() || !found.isEmpty else { return [] }
        for (mine, theirs) in zip(devices, other.devices) where mine.state != theirs.state { found.append(mine.name) }
        return found + Bench.differences(machine.state, other.machine.state)
            + ["hash at \(String(machine.state.eip, radix: 16)), \(machine.state.instructions) instructions"]
    }
}

/// Hears of all cycles, and keeps a number that stands for them, in order.
final class CycleHash: Observer {
    private(set) var memory = 0
    private(set) var ports = 0
    private(set) var hash = ValueHash()

    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        ports += 1
        note(
            transaction.instructions, UInt64(transaction.eip), UInt64(transaction.port),
            UInt64(transaction.width.bytes), transaction.direction == .in ? 1 : 2, UInt64(transaction.value),
            UInt64(transaction.element), UInt64(transaction.remaining), transaction.device == nil ? 0 : 1)
        return .goOn
    }

    func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
        memory += 1
        let cycle = transaction.cycle
        note(
            transaction.instructions, UInt64(transaction.eip), cycle.address, UInt64(cycle.width.bytes),
            cycle.direction == .read ? 3 : 4, UInt64(cycle.value), UInt64(cycle.element), UInt64(cycle.remaining),
            transaction.device == nil ? 0 : 1)
        return .goOn
    }

    private func note(_ words: UInt64...) {
        for word in words { hash.combine(word) }
    }
}
