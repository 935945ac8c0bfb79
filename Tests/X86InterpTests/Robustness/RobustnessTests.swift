import Devices
import Foundation
import TestSupport
import Testing

@testable import X86Interp

/// Random guests end with a defined exit, and in both tiers alike: nothing that a guest does is a Swift trap.
///
/// By default a few short ones; with `X86SIM_LONG_TESTS=1`, in a release build, 10,000 of 64 KiB with 200,000
/// instructions of fuel each. `X86SIM_BLOBS=17-17` runs that one in its long form and says so before it starts.
@Suite(.serialized) struct RobustnessTests {
    private static let isLong = LongTests.areWanted || LongTests.blobs != nil
    private static let size = isLong ? 65536 : 4096
    private static let fuel: UInt64 = isLong ? 200_000 : 3000

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 28))
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

/// Random guests of the x87, MMX and SSE on every model end with a defined exit, alike by handlers, by the complete switch
/// and step by step.
///
/// By default some short ones; with `X86SIM_LONG_TESTS=1` 10,000.
@Suite(.serialized) struct FloatingPointRobustnessTests {
    private static let isLong = LongTests.areWanted || LongTests.blobs != nil
    private static let size = isLong ? 8192 : 4096
    private static let fuel: UInt64 = isLong ? 20_000 : 2000

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 14))
    func randomFloatingPointIsAlikeOnAllEngines(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "floating-point guest") { number in
            let guest = RandomGuest(floatingPoint: number, size: size)
            try ThreeWays.compare(fuel: fuel) { try guest.cpu($0) }
        }
    }

    /// They do use what they are made for, on every model that has it.
    @Test func guestsComeToCompute() throws {
        var retired: UInt64 = 0
        var (x87, vectors): (Set<String>, Set<String>) = ([], [])
        for number in 0..<8 * RandomGuest.floatingPointModels.count {
            let guest = RandomGuest(floatingPoint: number, size: 4096)
            let cpu = try guest.cpu(.threaded)
            _ = try cpu.run(.resume, until: 2000)
            retired += cpu.state.instructions - cpu.idleTime
            let name = "\(guest.model.name), \(guest.model.x87)"
            if cpu.state.x87.registers != guest.state.x87.registers { x87.insert(name) }
            if cpu.state.sse != guest.state.sse { vectors.insert(name) }
        }
        let models = RandomGuest.floatingPointModels
        #expect(retired > 10_000)
        #expect(x87.count == models.filter { $0.has(.x87) }.count, "\(x87.sorted())")
        #expect(vectors.count == models.filter { $0.has(.sse) }.count, "\(vectors.sorted())")
    }
}

/// Random guests at every privilege level and in virtual-8086 mode, with random descriptors, gates, task states, page
/// tables, debug registers and control bits: the same holds for them.
///
/// By default some hundred short ones; with `X86SIM_LONG_TESTS=1` 10,000.
@Suite(.serialized) struct ProtectedRobustnessTests {
    private static let isLong = LongTests.areWanted || LongTests.blobs != nil
    private static let size = isLong ? 16384 : 4096
    private static let fuel: UInt64 = isLong ? 30_000 : 2000

    @Test(.timeLimit(.minutes(30)), arguments: LongTests.parts(short: 40))
    func randomTablesEndInADefinedExitAndInAllTiersAlike(part: ClosedRange<Int>) async {
        guard LongTests.blobs == nil else { return await Self.run(part) }
        await #expect(processExitsWith: .success) { [part] in
            ThrowHook.remove()
            await Self.run(part)
        }
    }

    private static func run(_ part: ClosedRange<Int>) async {
        await LongTests.forEach(in: part, name: "protected guest") { number in
            let guest = RandomGuest(protected: number, size: size)
            let kernel = try RandomRun(guest, tier: .kernel, fuel: fuel)
            let user = try RandomRun(guest, tier: .user, fuel: fuel)
            let differences = kernel.differences(from: user)
            #expect(differences == [], "protected guest \(number), \(guest.model.name): \(differences)")
            #expect(kernel.hasEnded(fuel: fuel), "protected guest \(number): \(kernel.exit)")
            try compareForms(guest, fuel: min(fuel, 5000))
        }
    }

    /// Ring 3 pushes with AC set, so by the page tables as they are, of which the first push has just changed its own: so it
    /// must be where a journal is kept, too.
    @Test func aPushThatChangesItsOwnPageIsAlikeInEitherTier() throws {
        let guest = RandomGuest(protected: 770, size: 16384)
        let kernel = try RandomRun(guest, tier: .kernel, fuel: 6000)
        let user = try RandomRun(guest, tier: .user, fuel: 6000)
        #expect(kernel.differences(from: user) == [])
    }

    /// Fast forms, the complete switch and single steps end alike.
    private static func compareForms(_ guest: RandomGuest, fuel: UInt64) throws {
        let fast = try BareRun(guest, engine: .threaded)
        let slow = try BareRun(guest, engine: .reference)
        let steps = try BareRun(guest, engine: .stepping)
        let exit = try fast.cpu.run(.resume, until: fuel)
        let other = try slow.cpu.run(.resume, until: fuel)
        #expect(exit == other, "protected guest \(guest.number), complete switch")
        let differences = fast.differences(from: slow)
        #expect(differences == [], "protected guest \(guest.number), complete switch: \(differences)")
        var last = Exit.budget
        while last == .budget, steps.cpu.state.instructions < fuel {
            last = try steps.cpu.run(.resume, until: steps.cpu.state.instructions + 1)
        }
        let stepDifferences = fast.differences(from: steps)
        #expect(stepDifferences == [], "protected guest \(guest.number), step by step: \(stepDifferences)")
    }

    /// The guests do get somewhere: to every ring and virtual-8086 mode, with and without paging, by many instructions.
    @Test func guestsGetSomewhere() throws {
        var rings: Set<String> = []
        var retired: UInt64 = 0
        var pageFaults = 0
        for number in 0..<200 {
            let run = try BareRun(RandomGuest(protected: number, size: 4096), engine: .threaded)
            for _ in 0..<40 {
                let state = run.cpu.state
                let isVirtual = state.eflags.contains(.virtual8086)
                let mode = isVirtual ? "V86" : state.cr0 & 1 == 0 ? "real" : "ring \(state.cpl)"
                rings.insert(mode + (state.cr0 >> 31 == 1 ? " paging" : ""))
                guard try run.cpu.run(.resume, until: state.instructions + 10) == .budget else { break }
            }
            retired += run.cpu.state.instructions
            if run.cpu.state.cr2 != 0 { pageFaults += 1 }
        }
        for mode in ["ring 0", "ring 1", "ring 2", "ring 3", "V86"] {
            #expect(rings.isSuperset(of: [mode, mode + " paging"]), "\(rings)")
        }
        #expect(retired > 10_000 && pageFaults > 20, "\(retired) \(pageFaults)")
    }
}

/// A random guest on a processor without devices.
final class BareRun {
    let memory: PhysicalMemory
    let cpu: CPU

    init(_ guest: RandomGuest, engine: CPU.Engine) throws {
        cpu = try guest.cpu(engine)
        memory = cpu.memory
    }

    /// What differs from another run of the same guest.
    func differences(from other: BareRun) -> [String] {
        var differences = Bench.differences(cpu.state, other.cpu.state)
        if cpu.state.instructions != other.cpu.state.instructions { differences.append("time") }
        if let first = memory.ramBytes.baseAddress, let second = other.memory.ramBytes.baseAddress,
            memcmp(first, second, memory.ramSize) != 0
        {
            differences.append("memory")
        }
        return differences
    }
}

extension RandomGuest {
    /// A processor without devices that is about to run it.
    func cpu(_ engine: CPU.Engine) throws -> CPU {
        let memory = try PhysicalMemory(ramSize: Self.ramSize)
        let cpu = CPU(model: model, memory: memory, engine: engine)
        memory.load(tables, at: 0)
        memory.load(bytes, at: address)
        cpu.state = state
        return cpu
    }
}

/// A random guest on a board with every device, run to its end.
struct RandomRun {
    let machine: Machine
    let board: Board
    private(set) var exit = Exit.budget
    /// What is on the drives, made once.
    private static let contents = (0..<1 << 16).map { UInt8(truncatingIfNeeded: $0) }

    /// Runs a guest with all devices in a tier, past stops by devices, so that the guest gets further.
    init(_ guest: RandomGuest, tier: Tier, fuel: UInt64) throws {
        machine = try Machine(model: guest.model, ramSize: RandomGuest.ramSize)
        var options = BoardOptions()
        if guest.number % 5 == 4 { options.machine = MachineCatalog.xt }
        options.devices = options.machine.others
        options.tiers = [TierOption("all", tier)]
        let disk = MemoryDisk(Self.contents)
        options.drives = [0: Drive(floppy: disk), 0x80: Drive(hardDisk: disk), 0x82: Drive(cd: disk)]
        board = try Board(
            memory: machine.memory, ports: machine.ports, bus: machine.bus, clock: machine.clock, options: options)
        for part in board.parts { try machine.add(part) }
        machine.memory.load(guest.tables, at: 0)
        machine.memory.load(guest.bytes, at: guest.address)
        machine.state = guest.state
        try goOn(fuel)
    }

    /// Runs on for some instructions, past stops by devices.
    mutating func goOn(_ fuel: UInt64) throws { exit = try machine.goOn(fuel) }

    /// Whether the exit is one that a guest without policies can end with, and the state fits it.
    func hasEnded(fuel: UInt64) -> Bool {
        let state = machine.state
        switch exit {
        // An instruction that ends in a handler takes a tick more, for the delivery.
        case .budget: return state.instructions == fuel || state.instructions == fuel + 1
        case .halted: return state.halted || state.awaitsCoprocessor
        case .shutdown(let chain): return !chain.isEmpty && state.shutdown == chain
        case .port, .memory, .stopped: return false
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

extension Machine {
    /// Runs on for some instructions, past stops by devices.
    func goOn(_ fuel: UInt64) throws -> Exit {
        let until = state.instructions &+ fuel
        var exit = try run(.resume, until: until)
        while true {
            switch exit {
            case .port(let request): exit = try run(.complete(ports.serve(request)), until: until)
            case .memory(let request): exit = try run(.completeMemory(serve(request)), until: until)
            case .stopped(.guestExit): exit = try run(.resume, until: until)
            case .stopped, .budget, .halted, .shutdown: return exit
            }
        }
    }
}
