import Devices
import X86Interp

/// Everything of a guest that is read once from files; makes any number of equal machines.
struct GuestImage {
    /// Where everything goes and how the processor starts.
    var plan: BootPlan
    /// The blob's contents; nil without one.
    private(set) var blob: [UInt8]?
    /// Files for fw_cfg.
    var firmwareFiles: [FirmwareConfig.File]
    /// What the command line asks for.
    let settings: Settings

    /// Reads the blob and all other files that the settings name.
    ///
    /// - Throws: `CommandError` that names the file or option and the remedy.
    init(_ settings: Settings) throws(CommandError) {
        self.settings = settings
        var pieces: [BootPlan.Piece] = []
        for load in settings.loads {
            pieces.append(.init(address: load.address, bytes: try HostFile.read(load.path), name: load.path))
        }
        blob = settings.blobContents
        if blob == nil, let path = settings.operands.first { blob = try HostFile.read(path) }
        plan = try Self.plan(settings, blob, pieces)
        firmwareFiles = []
        for file in settings.firmwareFiles {
            let contents: [UInt8]
            switch file.source {
            case .file(let path): contents = try HostFile.read(path)
            case .text(let text): contents = Array(text.utf8)
            }
            firmwareFiles.append(.init(name: file.name, contents: contents))
        }
        for value in settings.registers where value.register.needs32Bit && !settings.model.is32Bit {
            let model = settings.model.name
            throw .usage("--regs: the \(model) has neither 32-bit registers nor FS and GS; use --cpu 80386 or later")
        }
    }

    private static func plan(
        _ settings: Settings, _ bytes: [UInt8]?, _ pieces: [BootPlan.Piece]
    ) throws(CommandError) -> BootPlan {
        guard let path = settings.operands.first, let bytes else {
            guard let place = settings.entry ?? settings.loads.first?.far else {
                throw .usage("--load alone does not say where to start; add --entry CS:IP or load at SEG:OFF")
            }
            return Loader.bare(at: place, pieces: pieces)
        }
        let blob = Blob(path: path, bytes: bytes)
        let context = LoadingContext(model: settings.model, ramSize: settings.ramSize, entry: settings.entry)
        var plan = try Loader.plan(blob, format: settings.boot, context)
        plan.pieces += pieces
        return plan
    }

    /// A machine with everything loaded, before its first instruction.
    ///
    /// - Throws: `CommandError` if RAM or the board cannot be had as asked for.
    func makeGuest(console: any ByteSink, serial: any ByteSink) throws(CommandError) -> Guest {
        let bus = ControlBus()
        let limit = settings.maximumOutput.map { OutputLimit($0) { [weak bus] in bus?.stop(.requested) } }
        let machine: Machine
        do {
            machine = try Machine(
                model: settings.model, ramSize: settings.ramSize, clock: VirtualClock(), ports: PortMap(), bus: bus)
        } catch {
            throw .load("the host has no memory for \(HostFile.sizeText(settings.ramSize)) of RAM; use a smaller -m")
        }
        var options = boardOptions
        options.console = GuestConsole(to: console, limit: limit)
        options.serial = GuestConsole(to: serial, limit: limit)
        let board: Board
        do {
            board = try Board(machine: machine, options: options)
        } catch {
            throw .usage(error.description.oneLine)
        }
        machine.ports.busWidth = settings.busWidth
        machine.bus.setA20(settings.a20)
        try plan.load(into: machine.memory)
        start(machine)
        return Guest(machine: machine, board: board, limit: limit)
    }

    private var boardOptions: BoardOptions {
        var options = BoardOptions()
        options.machine = settings.machine
        options.devices = settings.devices
        options.ports = settings.scriptedPorts
        options.files = firmwareFiles
        options.debugConsolePorts = settings.debugConsole
        options.debugExitPort = settings.debugExit
        options.tiers = settings.tiers
        return options
    }

    private func start(_ machine: Machine) {
        var state = machine.cpu.state
        plan.apply(to: &state)
        if let entry = settings.entry {
            state.segments.cs = Segment(realMode: entry.segment)
            state.eip = UInt32(entry.offset)
        }
        for value in settings.registers { value.register.set(value.value, in: &state, of: settings.model) }
        machine.cpu.state = state
        machine.cpu.faultPolicy = settings.stopsAtFault ? .stop : .deliver
        machine.cpu.unmappedPolicy = settings.unmapped == .stop ? .stop : .float
    }
}

/// A machine that is ready to run, its devices, and the limit of its output.
struct Guest {
    /// What runs.
    let machine: Machine
    /// Its devices.
    let board: Board
    /// How much text it may still write; nil is without limit.
    let limit: OutputLimit?

    /// Where the processor is: `0000:7C05`, with an EIP above FFFF in full.
    var place: String {
        let state = machine.cpu.state
        return state.segments.cs.selector.hex + ":" + state.eip.hex(digits: state.eip > 0xFFFF ? 8 : 4)
    }
}
