import Devices
import X86Interp

/// Everything of a guest that is read once from files; makes any number of equal machines.
struct GuestImage {
    /// Where everything goes and how the processor starts.
    var plan: BootPlan
    /// The blob's contents; nil without one.
    private(set) var blob: [UInt8]?
    /// The drives of the BIOS, if there is one.
    private(set) var disks: Disks?
    /// What the serial ports receive, COM1 first; nil for nothing, and for what comes while they run.
    private let serialInputs: [[UInt8]?]
    /// Files for fw_cfg.
    var firmwareFiles: [FirmwareConfig.File]
    /// A snapshot's bytes that machines go on from; nil to start at the beginning.
    private let snapshot: [UInt8]?
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
        var large: FileDisk?
        if blob == nil, let path = settings.operands.first {
            large = try Self.largeDisk(path, settings)
            if let large { blob = Disks.start(of: large) } else { blob = try HostFile.read(path) }
        }
        firmwareFiles = []
        if let firmware = try Firmware(settings.firmware) {
            (plan, disks) = try Self.plan(of: firmware, settings, blob, large, pieces)
            firmwareFiles = Self.hasFirmwareConfig(settings) ? firmware.files : []
        } else {
            (plan, disks) = try Self.plan(settings, blob, large, pieces)
        }
        for file in settings.firmwareFiles {
            let contents: [UInt8]
            switch file.source {
            case .file(let path): contents = try HostFile.read(path)
            case .text(let text): contents = Array(text.utf8)
            }
            firmwareFiles.append(.init(name: file.name, contents: contents))
        }
        var inputs: [[UInt8]?] = []
        for choice in settings.serial.choices {
            if case .file(let path) = choice { inputs.append(try HostFile.read(path)) } else { inputs.append(nil) }
        }
        serialInputs = inputs
        let ramSize = disks == nil ? settings.ramSize : max(settings.ramSize, 1 << 20)
        snapshot = try settings.loadedSnapshot.map { path throws(CommandError) in
            try SnapshotFile.bytes(path, ramSize: ramSize)
        }
        for value in settings.registers where !value.register.exists(on: settings.model) {
            throw .usage("--regs: the \(settings.model.name) has \(value.register.absence)")
        }
    }

    /// The blob as a disk that is read as it is needed, if it is too large for anything else.
    private static func largeDisk(_ path: String, _ settings: Settings) throws(CommandError) -> FileDisk? {
        let isSector = [Loader.automatic, Loader.sector.name, Loader.anySector.name, Loader.cd.name].contains(
            settings.boot)
        guard isSector, let size = HostFile.size(path), size > UInt64(HostFile.limit) else { return nil }
        return try FileDisk(path: path)
    }

    private static func plan(
        _ settings: Settings, _ bytes: [UInt8]?, _ file: FileDisk?, _ pieces: [BootPlan.Piece]
    ) throws(CommandError) -> (BootPlan, Disks?) {
        if settings.operands.isEmpty, !settings.disks.isEmpty {
            let disks = try Disks(settings.disks, blob: nil, bootsAny: settings.bootsAnySector)
            return (booting(disks, "drive \(disks.bootNumber.hex)", pieces), disks)
        }
        guard let path = settings.operands.first, let bytes else {
            guard let place = settings.entry ?? settings.loads.first?.far else {
                throw .usage("--load alone does not say where to start; add --entry CS:IP or load at SEG:OFF")
            }
            return (Loader.bare(at: place, pieces: pieces), nil)
        }
        let size = file.map { Int(clamping: $0.sectorCount) * 512 }
        let blob = Blob(path: path, bytes: bytes, size: size)
        var context = LoadingContext(model: settings.model, ramSize: settings.ramSize, entry: settings.entry)
        context.arguments = settings.arguments ?? []
        context.hasBIOS = settings.hasBIOS
        context.drives = settings.disks.letters
        try settings.enterKernel(in: &context)
        var plan = try Loader.plan(blob, format: settings.boot, context)
        guard settings.arguments == nil || plan.surroundings == .dos else {
            throw .usage("--args: only DOS programs have a command line; leave it out, or use --boot com or exe")
        }
        try settings.checkKernel(plan)
        if plan.surroundings == .disk, settings.hasBIOS {
            let disk: any DiskBackend = file ?? MemoryDisk(blob.bytes)
            let disks = try Disks(
                settings.disks, blob: (path, disk), bootsAny: settings.bootsAnySector,
                isCD: plan.format == Loader.cd.name)
            var booted = booting(disks, path, pieces)
            (booted.format, booted.why) = (plan.format, plan.why)
            return (booted, disks)
        }
        if plan.surroundings == .dos || plan.surroundings == .firmware, settings.hasBIOS {
            plan.pieces += pieces
            return (plan, try Disks(settings.disks))
        }
        if let number = settings.disks.images.keys.min() {
            throw .usage(
                "-\(DiskDrive.name(of: number)): without a BIOS nothing reads it; leave it out, or run a boot sector")
        }
        plan.pieces += pieces
        return (plan, nil)
    }

    /// What a BIOS does at the end of its self test.
    private static func booting(_ disks: Disks, _ name: String, _ pieces: [BootPlan.Piece]) -> BootPlan {
        if let disc = disks.compactDisc, let disk = disks.drives[disks.boot]?.disk {
            return booting(disc, disk, name, pieces)
        }
        let place = FarAddress(segment: 0, offset: 0x7C00)
        let sector = disks.drives[disks.boot]?.disk.read(sector: 0) ?? []
        var registers = GeneralRegisters()
        registers.edx = UInt32(disks.bootNumber)
        return BootPlan(
            description: "boot sector \(disks.boot < 0x80 ? "" : "of a hard disk ")at \(place.text)",
            pieces: [.init(address: place.linear, bytes: sector, name: name)] + pieces, surroundings: .disk,
            enablesInterrupts: true, start: .init(code: place, stack: place, registers: registers),
            place: .init(start: place, size: 512, isWhole: false))
    }

    /// The same from a CD: at 0000:7C00, or at the start of the segment that its entry names.
    private static func booting(
        _ disc: ElTorito, _ disk: any DiskBackend, _ name: String, _ pieces: [BootPlan.Piece]
    ) -> BootPlan {
        let isUsual = disc.segment == 0x7C0
        let place = FarAddress(segment: isUsual ? 0 : disc.segment, offset: isUsual ? 0x7C00 : 0)
        let image = disc.image(on: disk)
        var registers = GeneralRegisters()
        registers.edx = UInt32(disc.bootDrive)
        let how = disc.isFloppy ? "CD as a floppy, boot sector" : "CD, boot image"
        return BootPlan(
            description: "\(how) at \(place.text)",
            pieces: [.init(address: place.linear, bytes: image, name: name)] + pieces, surroundings: .disk,
            enablesInterrupts: true,
            start: .init(code: place, stack: FarAddress(segment: 0, offset: 0x7C00), registers: registers),
            place: .init(start: place, size: image.count, isWhole: false))
    }

    /// A ROM at the reset vector, and the drives that it may find; a blob is one of them.
    private static func plan(
        of firmware: Firmware, _ settings: Settings, _ bytes: [UInt8]?, _ file: FileDisk?, _ pieces: [BootPlan.Piece]
    ) throws(CommandError) -> (BootPlan, Disks?) {
        let context = LoadingContext(model: settings.model, ramSize: settings.ramSize, entry: settings.entry)
        var plan = try firmware.plan(context, cards: !hasFirmwareConfig(settings))
        plan.pieces += pieces
        guard let path = settings.operands.first, let bytes else {
            return (plan, settings.disks.isEmpty ? nil : try Disks(settings.disks))
        }
        let blob = Blob(path: path, bytes: bytes, size: file.map { Int(clamping: $0.sectorCount) * 512 })
        let format = Loader.format(of: blob, settings.boot)
        guard file != nil || [Loader.sector.name, Loader.anySector.name, Loader.cd.name].contains(format) else {
            throw .usage("firmware in ROM boots disks, and \(path.quoted) is none (\(format)); leave out the firmware")
        }
        let disk: any DiskBackend = file ?? MemoryDisk(bytes)
        let isCD = format == Loader.cd.name
        return (plan, try Disks(settings.disks, blob: (path, disk), bootsAny: true, isCD: isCD))
    }

    /// Whether the guest will find fw_cfg.
    private static func hasFirmwareConfig(_ settings: Settings) -> Bool {
        let option = settings.devices.last { $0.kind == "fw_cfg" && $0.base == nil }
        return option.map { !$0.off } ?? settings.machine.devices.contains("fw_cfg")
    }

    /// A machine with everything loaded, before its first instruction.
    ///
    /// Text of all serial ports goes to `serial`.
    ///
    /// - Throws: `CommandError` if RAM or the board cannot be had as asked for, or if a port is to receive what comes
    ///   from outside.
    func makeGuest(
        console: any ByteSink, serial: any ByteSink, screen: (any ByteSink)? = nil, keys: (any KeySource)? = nil
    ) throws(CommandError) -> Guest {
        let lines = try SerialLines(settings.serial) { _ in serial }
        return try makeGuest(console: console, lines: lines, screen: screen, keys: keys)
    }

    /// A machine with everything loaded, before its first instruction.
    ///
    /// Text of the BIOS goes to `console` as well unless it has a sink of its own.
    ///
    /// - Throws: `CommandError` if RAM or the board cannot be had as asked for.
    func makeGuest(
        console: any ByteSink, lines: SerialLines, screen: (any ByteSink)? = nil, keys: (any KeySource)? = nil
    ) throws(CommandError) -> Guest {
        let bus = ControlBus()
        let limit = settings.maximumOutput.map { OutputLimit($0) { [weak bus] in bus?.stop(.requested) } }
        let machine: Machine
        do {
            machine = try Machine(
                model: settings.model, ramSize: ramSize, clock: VirtualClock(), ports: PortMap(), bus: bus,
                engine: settings.countsOps ? .counting : settings.engine ?? .threaded)
        } catch {
            throw .load("the host has no memory for \(HostFile.sizeText(settings.ramSize)) of RAM; use a smaller -m")
        }
        var options = boardOptions
        options.keys = keys ?? KeyScript(settings.keys ?? [])
        options.console = GuestConsole(to: console, limit: limit)
        options.screenText = screen.map { GuestConsole(to: $0, limit: limit) }
        let ports = lines.lines.enumerated().map { port, line -> any ByteStream in
            guard let line else { return NoStream() }
            let input = line.source ?? serialInputs[port].map { MemorySource($0) }
            return GuestConsole(to: line.sink, limit: limit, input: input)
        }
        (options.serial, options.serialPorts) = (ports[0], Array(ports[1...]))
        let board: Board
        do {
            board = try Board(machine: machine, options: options)
        } catch {
            throw .usage(error.description.oneLine)
        }
        try checkSerialPorts(of: board)
        machine.ports.busWidth = settings.busWidth
        machine.bus.setA20(settings.a20)
        do {
            try board.bios?.install(in: machine)
        } catch {
            throw .load("the host has no memory for the BIOS; use a smaller -m")
        }
        try plan.load(into: machine.memory)
        start(machine)
        try goOn(machine)
        let reboots = RebootWatch(machine, ends: settings.endsAtReboot)
        return Guest(
            machine: machine, board: board, limit: limit, reboots: reboots, lines: lines,
            inputs: lines.inputs + [options.keys].compactMap { $0 as? any LiveInput },
            script: options.keys as? KeyScript, start: machine.state.instructions, loaded: plan.description,
            format: plan.format, why: plan.why)
    }

    /// Whether the ports are there that something is connected to.
    private func checkSerialPorts(of board: Board) throws(CommandError) {
        for (port, choice) in settings.serial.choices.enumerated() where choice ?? .none != .none {
            let chip = port == 0 ? "uart" : "uart\(port + 1)"
            guard board[chip] == nil else { continue }
            let name = SerialRequests.name(port)
            throw .usage("--serial: this machine has no \(name); add --device \(chip), or choose another port")
        }
    }

    /// A BIOS needs the first MiB, for its ROM and the screen, whatever it tells the guest.
    private var ramSize: Int { disks == nil ? settings.ramSize : max(settings.ramSize, 1 << 20) }

    private var biosOptions: BIOS.Options? {
        guard let disks, !settings.firmware.isROM else { return nil }
        var options = BIOS.Options()
        options.bootDrive = disks.bootNumber
        options.compactDisc = disks.compactDisc
        options.bootsAnySector = settings.bootsAnySector
        options.hasDOS = plan.surroundings == .dos
        options.echoes = settings.screen == .text
        options.startTime = settings.startTime
        options.ramSize = settings.ramSize
        return options
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
        options.bios = biosOptions
        options.drives = disks?.drives ?? [:]
        options.startTime = settings.startTime
        options.cmos.ramSize = UInt64(clamping: settings.ramSize)
        if let disks { options.cmos.bootOrder = disks.bootOrder(settings.disks.order) }
        return options
    }

    private func start(_ machine: Machine) {
        var state = machine.cpu.state
        let resetPlace = (state.segments.cs.base, state.eip)
        plan.apply(to: &state)
        // What is started elsewhere finds the x87 as firmware leaves it, after FNINIT.
        let isElsewhere = (state.segments.cs.base, state.eip) != resetPlace
        if settings.model.x87 == .integrated, isElsewhere { state.x87 = X87State() }
        if let entry = settings.entry {
            state.segments.cs = Segment(realMode: entry.segment)
            state.eip = UInt32(entry.offset)
        }
        for value in settings.registers { value.register.set(value.value, in: &state, of: settings.model) }
        machine.cpu.state = state
        machine.cpu.faultPolicy = settings.stopsAtFault ? .stop : .deliver
        machine.cpu.shutdownPolicy = settings.resetsAtTripleFault ? .reset : .stop
        machine.cpu.unhandledPolicy = settings.goesOnUnhandled ? .deliver : .stop
        machine.cpu.unmappedPolicy = settings.unmapped == .stop ? .stop : .float
        switch settings.unmappedMemory {
        case .floating: machine.cpu.unmappedMemoryPolicy = .float
        case .log: machine.cpu.unmappedMemoryPolicy = .log
        case .stop: machine.cpu.unmappedMemoryPolicy = .stop
        }
    }
}

extension GuestImage {
    /// Puts the snapshot into a machine, if there is one.
    private func goOn(_ machine: Machine) throws(CommandError) {
        guard let snapshot, let path = settings.loadedSnapshot else { return }
        let found = try SnapshotFile.snapshot(snapshot, path, for: machine)
        do {
            try machine.restore(found)
        } catch {
            throw .load("cannot use \(path.quoted): \(error.description.oneLine)")
        }
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
    /// How often it has begun anew.
    let reboots: RebootWatch
    /// What its serial ports are connected to.
    let lines: SerialLines
    /// Where input may come from at any time.
    let inputs: [any LiveInput]
    /// What types, if that is a script.
    var script: KeyScript?
    /// Guest time at the start: 0 unless it goes on from a snapshot.
    var start: UInt64 = 0

    /// What was recognised and where it is: `boot sector at 0000:7C00`.
    var loaded = ""
    /// The name of the format; empty without a blob.
    var format = ""
    /// By what the format was recognised.
    var why = ""

    /// Services that the guest has asked for and that are not there: `INT 21h AH=3D`.
    var missing: [String] {
        board.bios?.state.missingDOSFunctions.map { "INT 21h AH=\($0.hex)" } ?? []
    }

    /// The guest time at which fuel is used up; nil is fuel without end.
    func limit(ofFuel fuel: UInt64?) -> UInt64 {
        let (sum, isBeyond) = start.addingReportingOverflow(fuel ?? .max)
        return isBeyond ? .max : sum
    }

    /// Where the program has ended, if DOS has ended it, else where the processor is.
    var endPlace: String {
        board.bios?.state.processEnd.map { FarAddress(segment: $0.cs, offset: $0.ip).text } ?? place
    }

    /// A debugger of its machine, the only one.
    func makeDebugger() throws(CommandError) -> Debugger {
        do { return try Debugger(machine) } catch { throw .usage(error.description) }
    }

    /// Where the processor is: `0000:7C05`, with an EIP above FFFF in full.
    var place: String {
        let state = machine.cpu.state
        return state.segments.cs.selector.hex + ":" + state.eip.hex(digits: state.eip > 0xFFFF ? 8 : 4)
    }
}
