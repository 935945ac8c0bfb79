import Devices
import Foundation
import TestSupport
import Testing
import X86Interp

/// Random guests end with a defined exit, and in both tiers alike: nothing that a guest does is a Swift trap.
///
/// By default a few short ones; with `X86SIM_LONG_TESTS=1`, in a release build, 10,000 of 64 KiB with 200,000
/// instructions of fuel each. `X86SIM_BLOBS=17-17` runs that one in its long form and says so before it starts.
@Suite(.serialized) struct RobustnessTests {
    private static let isLong = LongTests.areWanted || LongTests.blobs != nil
    private static let size = isLong ? 65536 : 4096
    private static let fuel: UInt64 = isLong ? 200_000 : 3000
    private static let numbers = LongTests.blobs ?? (LongTests.areWanted ? 0...9999 : 0...41)
    private static let partSize = 1000

    /// The numbers in parts, each for a process of its own: a trap fails one part.
    static let parts: [ClosedRange<Int>] = stride(from: numbers.lowerBound, through: numbers.upperBound, by: partSize)
        .map { $0...min($0 + partSize - 1, numbers.upperBound) }

    @Test(.timeLimit(.minutes(20)), arguments: parts)
    func randomBytesEndInADefinedExitAndInBothTiersAlike(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "guest") { number in
            let guest = RandomGuest(number: number, size: size)
            let kernel = try RandomRun(guest, tier: .kernel, fuel: fuel)
            let user = try RandomRun(guest, tier: .user, fuel: fuel)
            #expect(kernel.differences(from: user) == [], "guest \(number), \(guest.model.name)")
            #expect(kernel.hasEnded(fuel: fuel), "guest \(number): \(kernel.exit)")
        }
    }
}

/// A random guest on a board with every device, run to its end.
struct RandomRun {
    let machine: Machine
    let board: Board
    private(set) var exit = Exit.budget

    /// Runs a guest with all devices in a tier, past stops by devices, so that the guest gets further.
    init(_ guest: RandomGuest, tier: Tier, fuel: UInt64) throws {
        machine = try Machine(model: guest.model, ramSize: RandomGuest.ramSize)
        var options = BoardOptions()
        options.devices = DeviceCatalog.rows.filter { !options.machine.devices.contains($0.name) }
            .map { DeviceOption($0.name) }
        options.tiers = [TierOption("all", tier)]
        board = try Board(
            memory: machine.memory, ports: machine.ports, bus: machine.bus, clock: machine.clock, options: options)
        for device in board.devices { machine.add(device) }
        machine.memory.load(guest.tables, at: 0)
        machine.memory.load(guest.bytes, at: guest.address)
        machine.state = guest.state
        try goOn(fuel)
    }

    /// Runs on for some instructions, past stops by devices.
    mutating func goOn(_ fuel: UInt64) throws {
        let until = machine.state.instructions &+ fuel
        exit = try machine.run(.resume, until: until)
        while true {
            switch exit {
            case .port(let request): exit = try machine.run(.complete(machine.ports.serve(request)), until: until)
            case .stopped(.guestExit): exit = try machine.run(.resume, until: until)
            case .stopped, .budget, .halted, .shutdown: return
            }
        }
    }

    /// Whether the exit is one that a guest without policies can end with, and the state fits it.
    func hasEnded(fuel: UInt64) -> Bool {
        let state = machine.state
        switch exit {
        // An instruction that ends in a handler takes a tick more, for the delivery.
        case .budget: return state.instructions == fuel || state.instructions == fuel + 1
        case .halted: return state.halted
        case .shutdown(let chain): return !chain.isEmpty && state.shutdown == chain
        case .port, .stopped: return false
        }
    }

    /// What differs from the same guest's run in the other tier.
    func differences(from other: RandomRun) -> [String] {
        var differences = board.differences(from: other.board)
        if machine.state != other.machine.state { differences.append("processor") }
        if exit != other.exit { differences.append("exit") }
        if machine.clock.now != other.machine.clock.now { differences.append("time") }
        let (a, b) = (machine.memory.ramBytes, other.machine.memory.ramBytes)
        if let first = a.baseAddress, let second = b.baseAddress, memcmp(first, second, a.count) != 0 {
            differences.append("memory")
        }
        return differences
    }
}
