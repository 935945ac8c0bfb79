import Devices
import TestSupport
import Testing
import X86Interp

/// An XT with both adapters under programs that do anything to its ports and to the adapters' memory.
@Suite("XT robustness", .serialized) struct XTRobustnessTests {
    private static let count = LongTests.count(short: 12)

    /// The same program in both tiers leaves the same machine.
    @Test func tiersAgreeOnAnyProgram() async throws {
        for number in 0..<Self.count {
            let machines = try [Tier.kernel, .user].map { tier in
                let (machine, _) = try Self.machine(number, tier)
                try Self.run(machine, fuel: 5000)
                return machine
            }
            #expect(machines[0].state == machines[1].state, "program \(number)")
            #expect(machines[0].hash() == machines[1].hash(), "program \(number)")
        }
    }

    /// A snapshot's file may hold anything for the devices.
    @Test func anyStateRuns() async {
        await #expect(processExitsWith: .success) {
            ThrowHook.remove()
            for number in 0..<min(XTRobustnessTests.count, 2000) { try XTRobustnessTests.runAnyState(number) }
        }
    }

    static func runAnyState(_ number: Int) throws {
        let texts = [PIC8259.Phase.uninitialised, .vectorBase, .cascade, .mode, .ready].map(\.rawValue)
        let decoder = RandomDecoder(seed: UInt64(number), texts: texts)
        let (machine, board) = try machine(number, number % 2 == 0 ? .kernel : .user)
        var snapshot = machine.snapshot()
        snapshot.now = number % 3 == 0 ? .max - UInt64(number) : 0
        for device in board.devices where ["xtpic", "xtdma", "nmi", "ppi", "cga", "mda", "pit"].contains(device.name) {
            snapshot.devices[device.name] = try state(device, decoder)
        }
        try machine.restore(snapshot)
        try run(machine, fuel: 5000)
        for device in board.devices {
            for field in device.fields { _ = "\(field)" }
        }
        let screen = board.screen
        _ = (screen.lines, screen.ansi, screen.picture(showsCursor: true))
        if let color = board["cga"] as? Display6845 {
            let other = TextScreen(memory: machine.memory, adapter: color)
            _ = (other.lines, other.picture(showsCursor: true))
        }
        machine.reset()
    }

    private static func state<D: Device>(_ device: D, _ decoder: RandomDecoder) throws -> any Sendable {
        try decoder.value(D.State.self)
    }

    /// An XT with an MDA beside its CGA, before a random program at 0000:7C00.
    private static func machine(_ number: Int, _ tier: Tier) throws -> (Machine, Board) {
        let machine = try Machine(model: MachineCatalog.xt.model ?? .newest, ramSize: 1 << 20)
        var options = BoardOptions()
        options.machine = MachineCatalog.xt
        options.devices = [DeviceOption("mda")]
        options.keys = KeyList(KeyStroke.parse("Typed {up}").strokes ?? [])
        options.drives = [0: Drive(floppy: MemoryDisk([UInt8](repeating: 0x11, count: 368_640)))]
        options.tiers = [TierOption("all", tier)]
        let board = try Board(machine: machine, options: options)
        machine.memory.load(program(number), at: 0x7C00)
        // Every vector: iret.
        machine.memory.load([0xCF], at: 0x600)
        machine.memory.load((0..<256).flatMap { _ in [0x00, 0x06, 0x00, 0x00] as [UInt8] }, at: 0)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.segments.es = Segment(realMode: number % 2 == 0 ? 0xB000 : 0xB800)
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7000
        return (machine, board)
    }

    /// Accesses to ports of the board's chips and to memory at ES, in a loop.
    private static func program(_ number: Int) -> [UInt8] {
        var random = SeededGenerator(seed: UInt64(number) &* 31 &+ 8086)
        let kinds: Set<String> = ["xtpic", "xtdma", "pit", "nmi", "ppi", "cga", "mda", "fdc", "uart", "lpt"]
        let ports = DeviceCatalog.rows.filter { kinds.contains($0.name) }.flatMap(\.claims).map(\.ports)
        var code: [UInt8] = [0xFB]
        for _ in 0..<300 {
            let range = ports.randomElement(using: &random) ?? 0x60...0x63
            let port = UInt16.random(in: range, using: &random)
            code += [0xBA, UInt8(port & 0xFF), UInt8(port >> 8)]
            switch Int.random(in: 0..<8, using: &random) {
            case 0...2: code += [0xB0, UInt8.random(in: 0...255, using: &random), 0xEE]
            case 3...5: code += [0xEC]
            // mov ax, ...; out dx, ax
            case 6: code += [0xB8, UInt8.random(in: 0...255, using: &random), 0x55, 0xEF]
            // mov di, ...; xchg es:[di], ax
            default: code += [0xBF, UInt8.random(in: 0...255, using: &random), 0x3F, 0x26, 0x87, 0x05]
            }
        }
        // jmp to the start
        let back = -(code.count + 3)
        return code + [0xE9, UInt8(truncatingIfNeeded: back), UInt8(truncatingIfNeeded: back >> 8)]
    }

    private static func run(_ machine: Machine, fuel: UInt64) throws {
        let until = machine.state.instructions &+ fuel
        var exit = try machine.run(.resume, until: until)
        while true {
            switch exit {
            case .port(let request): exit = try machine.run(.complete(machine.serve(request)), until: until)
            case .memory(let request): exit = try machine.run(.completeMemory(machine.serve(request)), until: until)
            default: return
            }
        }
    }
}
