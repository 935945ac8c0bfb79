import Devices
import X86Interp

/// A machine with a BIOS and a program at 0000:7C00.
final class BIOSGuest {
    let machine: Machine
    let board: Board
    let bios: BIOS
    let console = BufferStream(limit: 1 << 16)

    init(
        _ program: [UInt8], keys: [KeyStroke] = [], drives: [UInt8: Drive] = [:], time: Int64 = BIOS.defaultTime,
        tier: Tier = .kernel, on row: MachineRow = MachineCatalog.isapc, devices: [DeviceOption] = []
    ) throws {
        machine = try Machine(model: row.model ?? .newest, ramSize: 2 << 20)
        var options = BoardOptions()
        options.machine = row
        options.devices = devices
        options.console = console
        var found = BIOS.Options()
        options.keys = KeyList(keys)
        options.drives = drives
        found.startTime = time
        options.bios = found
        board = try Board(machine: machine, options: options)
        guard let bios = board.bios else { preconditionFailure("a board with BIOS options has a BIOS") }
        self.bios = bios
        try bios.install(in: machine)
        _ = machine.ports.setTier(tier, ofDevice: "bios")
        machine.memory.load(program, at: 0x7C00)
        machine.state.segments.cs = Segment(realMode: 0)
        machine.state.eip = 0x7C00
        machine.state.gpr.esp = 0x7C00
    }

    /// Runs to a stop, answering the user tier's requests as the host does.
    @discardableResult
    func run(fuel: UInt64 = 10_000_000) throws -> Exit {
        var exit = try machine.run(.resume, until: fuel)
        while case .port(let request) = exit {
            exit = try machine.run(.complete(machine.serve(request)), until: fuel)
        }
        return exit
    }

    /// Registers as after a run of `int vector; setc dl; cli; hlt`, which started with these.
    static func call(
        _ vector: UInt8, ax: UInt16 = 0, bx: UInt16 = 0, cx: UInt16 = 0, dx: UInt16 = 0, on guest: BIOSGuest
    ) throws -> CPUState {
        guest.machine.memory.load([0xCD, vector, 0xFA, 0xF4], at: 0x7C00)
        var state = guest.machine.state
        state.halted = false
        state.eip = 0x7C00
        state.segments.cs = Segment(realMode: 0)
        state.gpr.eax = UInt32(ax)
        state.gpr.ebx = UInt32(bx)
        state.gpr.ecx = UInt32(cx)
        state.gpr.edx = UInt32(dx)
        guest.machine.state = state
        try guest.run(fuel: guest.machine.state.instructions + 500_000_000)
        return guest.machine.state
    }

    /// Writes to the display's memory as a program does.
    func show(_ bytes: [UInt8], at address: UInt32) { bytes.withUnsafeBytes { machine.memory.write($0, at: address) } }

    func word(_ address: UInt32) -> Int {
        let bytes = machine.memory.peek(address, count: 2)
        return Int(bytes[0]) | Int(bytes[1]) << 8
    }
}

extension CPUState {
    var ax: UInt32 { gpr.eax & 0xFFFF }
    var carry: Bool { eflags.contains(.carry) }
}
