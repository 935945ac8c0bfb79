import Devices
import X86Interp

/// One row of the command line: an option, what it is called, what it does.
struct Option: Sendable {
    /// The subcommands' interests; an option belongs to one.
    enum Topic: String, Sendable, CaseIterable {
        /// What is loaded, and where.
        case loading = "Loading"
        /// Where a guest goes on.
        case snapshot = "Snapshot"
        /// The CPU model.
        case processor = "Processor"
        /// How instructions are executed.
        case engine = "Engine"
        /// Defects of the chip.
        case errata = "Errata"
        /// RAM, A20, port bus.
        case memory = "Memory and bus"
        /// The board, its devices and ports.
        case devices = "Devices"
        /// How fast guest time passes.
        case speed = "Speed"
        /// What ends a run.
        case limits = "Limits and stops"
        /// What is written besides the guest's text.
        case output = "Output"
        /// The gdb server.
        case server = "gdb server"
        /// gdb as the parent process.
        case pipe = "gdb by a pipe"
        /// How a table is printed.
        case table = "Table"
        /// How code is disassembled.
        case disassembly = "Disassembly"
        /// What addresses are called.
        case symbols = "Symbols"
        /// Which vectors are run.
        case vectors = "Test vectors"
        /// Where the debugger's commands come from.
        case commands = "Commands"
        /// Options of every subcommand.
        case general = "General"
    }

    /// The name with its dashes, as documentation writes it; one and two dashes mean the same.
    let name: String
    /// What the argument is called in the help, or nil for a switch.
    let argument: String?
    /// Which subcommands have it: those with this topic.
    let topic: Topic
    /// One line for the help.
    let help: String
    /// Enters the argument (empty for a switch) into the settings.
    let apply: @Sendable (inout Settings, String) throws(CommandError) -> Void

    /// A row, in the order in which the help shows it.
    init(
        _ name: String, _ argument: String? = nil, _ topic: Topic, _ help: String,
        _ apply: @escaping @Sendable (inout Settings, String) throws -> Void
    ) {
        self.name = name
        self.argument = argument
        self.topic = topic
        self.help = help
        self.apply = { settings, text throws(CommandError) in
            do {
                try apply(&settings, text)
            } catch let error as BoardError {
                throw .usage(error.description.oneLine)
            } catch {
                throw error as? CommandError ?? .usage("\(name): \(error)")
            }
        }
    }

    /// The name without dashes, which is what is compared.
    var key: Substring { name.drop { $0 == "-" } }

    /// Enters the argument, and notes that it was given.
    func enter(_ argument: String, in settings: inout Settings) throws(CommandError) {
        try apply(&settings, argument)
        settings.given.append(GivenOption(key: String(key), value: argument))
    }
}

extension Option {
    /// Every option of every subcommand.
    static let all: [Option] =
        loading + disks + snapshot + processor + devices + [speed] + limits + output + server + others

    private static let speed = Option(
        "--speed", "real|max|N%", .speed, "guest time as the host's, as fast as can be (default), or part of it"
    ) { $0.speed = try Values.speed($1, "--speed") }

    private static let loading: [Option] = [
        Option("--boot", "FORMAT|order=acd", .loading, "what the blob is, as listed below, or which drives to try") {
            if !Loader.names.contains($1.lowercased()), let order = BootDevice.order($1) {
                $0.disks.order = order
            } else {
                $0.boot = try Values.name($1, "--boot", of: Loader.names)
            }
        },
        Option("--args", "TEXT", .loading, "the command line of a DOS program, at 80h of its prefix") {
            $0.arguments = try Values.commandLine($1, "--args")
        },
        Option("-kernel", "FILE", .loading, "a kernel, instead of BLOB: ELF, multiboot or Linux") {
            $0.operands.append($1)
            $0.wantsKernel = true
        },
        Option("-append", "TEXT", .loading, "the command line of a kernel") { $0.commandLine = $1 },
        Option("-initrd", "FILE,...", .loading, "RAM disk of Linux, or multiboot modules: \"a,b arguments\"") {
            $0.modules = try Values.modules($1, "-initrd")
        },
        Option("--linux-entry", "16|32", .loading, "real-mode code (default with the BIOS), or the 32-bit entry") {
            $0.linuxEntry = try Values.name($1, "--linux-entry", of: ["16", "32"]) == "16" ? 16 : 32
        },
        Option("--load", "FILE@SEG:OFF|LINEAR", .loading, "also put a file there (repeatable)") {
            $0.loads.append(try Values.load($1, "--load"))
        },
        Option("-bios", "FILE|none", .loading, "a ROM image instead of the BIOS (and DOS) that is built in, or none") {
            $0.firmware.isNone = $1 == "none"
            $0.firmware.bios = $1 == "none" ? nil : $1
        },
        Option("-vgabios", "FILE|none", .loading, "the display's ROM, for such a BIOS; SeaBIOS has its own unless told")
        {
            $0.firmware.display = $1
        },
        Option("--option-rom", "FILE", .loading, "a card's ROM, for such a BIOS (repeatable)") {
            $0.firmware.options.append($1)
        },
        Option("--firmware", "builtin|seabios", .loading, "the BIOS that is built in, or SeaBIOS, as ROM") {
            $0.firmware.choice = try Values.choice($1, "--firmware")
        },
        Option(
            "--keys", "TEXT", .loading,
            "what is typed: a{f1}{wait:2s}{wait:TEXT}{click:left} (default stdin)"
        ) { $0.keys = try Values.keys($1, "--keys") },
        Option("--rtc", "host|TIME", .loading, "what the clock shows at the start (default 2026-01-01T00:00:00)") {
            $0.startTime = $1 == "host" ? Host.secondsFrom1970() : try Values.time($1, "--rtc")
        },
        Option("--entry", "CS:IP", .loading, "start there; a flat blob is loaded there as well") {
            $0.entry = try Values.far($1, "--entry")
        },
        Option("--regs", "REG=VALUE,...", .loading, "registers at the start: ax=1,es=1000,st0=3fff:8000000000000000") {
            $0.registers += try Values.registers($1, "--regs")
        },
    ]

    private static let disks: [Option] = [
        drive("fda", .floppy, "drive A; BLOB is A or the first hard disk"),
        drive("fdb", .floppy, "drive B"),
        drive("hda", .hardDisk, "first hard disk, of any size, at the first ATA channel"),
        drive("hdb", .hardDisk, "hard disk, the other one there"),
        drive("hdc", .hardDisk, "hard disk at the second ATA channel"),
        drive("hdd", .hardDisk, "hard disk, the other one there"),
        Option("-cdrom", "IMAGE", .loading, "a CD, in place of -hdc") {
            try $0.disks.add(DiskRequest(path: $1, kind: .cd, isReadOnly: true), at: Disks.usualCD, "-cdrom")
        },
        Option(
            "-drive", "file=IMAGE,...", .loading, "a drive as QEMU has it: if=ide|floppy,index=N,media=disk|cdrom,ro"
        ) { try $0.disks.addDrive($1, "-drive") },
        Option("--geometry", "DRIVE=C,H,S", .loading, "cylinders, heads and sectors: hda=615,4,17 (repeatable)") {
            try $0.disks.addGeometry($1, "--geometry")
        },
        Option("--overlay", "[DRIVE=]FILE", .loading, "keep what is written to the drive (booted unless named) there") {
            try $0.disks.addOverlay($1, "--overlay")
        },
        Option("--disk-write", nil, .loading, "write changed sectors into the images at the end (else they are lost)") {
            settings, _ in settings.writesDisks = true
        },
    ]

    /// An option for the image of a drive.
    private static func drive(_ name: String, _ kind: Drive.Kind, _ help: String) -> Option {
        Option("-" + name, "IMAGE", .loading, help) { settings, path in
            guard let number = DiskRequests.number(name) else { return }
            try settings.disks.add(DiskRequest(path: path, kind: kind), at: number, "-" + name)
        }
    }

    private static let snapshot: [Option] = [
        Option("--load-snapshot", "FILE", .snapshot, "go on from a snapshot of the same blob and options") {
            $0.loadedSnapshot = $1
        }
    ]

    private static let processor: [Option] = [
        Option("--cpu", "MODEL", .processor, "processor, as 'x86sim cpus' lists them (default pentium4; xt: 8086)") {
            guard let model = CPUModel.named($1) else {
                throw Values.unknown($1, "--cpu", CPUModel.all.map(\.name))
            }
            $0.chosenModel = model
        },
        Option("--fpu", "none|8087|287|387", .processor, "the x87 beside an 8086 to 80386 (default none)") {
            let chips: KeyValuePairs<String, X87Model> = [
                "none": .none, "8087": .i8087, "287": .i80287, "387": .i80387,
            ]
            let name = try Values.name($1, "--fpu", of: chips.map(\.key))
            $0.chosenX87 = chips.first { $0.key == name }?.value
        },
        Option("--errata", "286|386", .errata, "the 80286 or 80386 with its documented defects of INS") {
            $0.defectiveModel = CPUModel.named("80" + (try Values.name($1, "--errata", of: ["286", "386"])))?
                .withErrata()
        },
        Option("--engine", "threaded|stepping|reference", .engine, "by handlers, or only by the complete switch") {
            // What counts has an option of its own.
            let engines = CPU.Engine.allCases.map(\.rawValue).filter { $0 != CPU.Engine.counting.rawValue }
            $0.engine = CPU.Engine(rawValue: try Values.name($1, "--engine", of: engines))
        },
        Option("-m", "SIZE", .memory, "RAM, such as 640K or 16M; a bare number is MiB (default 16M)") {
            $0.ramSize = try Values.size($1, "-m")
        },
        Option("--a20", "on|off", .memory, "address line 20 at the start (default on)") {
            $0.a20 = try Values.name($1, "--a20", of: ["on", "off"]) == "on"
        },
        Option("--bus", "16|32", .memory, "width of the port bus: wider accesses are split (default 32)") {
            $0.busWidth = try Values.name($1, "--bus", of: ["16", "32"]) == "16" ? .word : .dword
        },
    ]

    private static let devices: [Option] = [
        Option("--machine", "NAME", .devices, "the board, as 'x86sim machines' lists them: isapc (default), xt") {
            guard let row = MachineCatalog.row(named: $1) else {
                throw Values.unknown($1, "--machine", MachineCatalog.rows.map(\.name))
            }
            $0.machine = row
        },
        Option("--device", "NAME,KEY=VALUE,...", .devices, "add or change a device: uart,base=3f8,irq=4,tier=user") {
            $0.devices.append(try DeviceOption(parsing: $1))
        },
        Option("--tier", "NAME=kernel|user", .devices, "who serves a device; NAME all means each (repeatable)") {
            $0.tiers.append(try TierOption(parsing: $1))
        },
        Option("--port", "PORT=SCRIPT", .devices, "a port without code, such as 3da=seq:08,00 (repeatable)") {
            $0.scriptedPorts.append(try PortOption(parsing: $1))
        },
        Option("--fw-cfg", "NAME=FILE|string:TEXT", .devices, "a file that the guest finds by fw_cfg (repeatable)") {
            $0.firmwareFiles.append(try Values.firmwareFile($1, "--fw-cfg"))
        },
        Option("--unmapped", "ff|log|stop", .devices, "ports that nobody claims: all ones, say so too, or stop (14)") {
            $0.unmapped = try Values.choice($1, "--unmapped")
        },
        Option("--unmapped-memory", "ff|log|stop", .devices, "the same for addresses at which no memory is") {
            $0.unmappedMemory = try Values.choice($1, "--unmapped-memory")
        },
        Option("--debugcon", "PORT", .devices, "port of the debug console (default e9, and 402)") {
            $0.debugConsole = [try Values.port($1, "--debugcon")]
        },
        Option("--debug-exit", "PORT", .devices, "port that ends the run with the guest's code (default f4)") {
            $0.debugExit = try Values.port($1, "--debug-exit")
        },
        Option(
            "--serial", "[comN=]stdio|file:FILE|tcp:HOST:PORT|pty|none", .devices,
            "a port's input, and by tcp and pty output (default com1=none)"
        ) {
            let (port, choice) = try Values.serial($1, "--serial")
            try $0.serial.add(choice, at: port, "--serial")
        },
        Option("--exit-map", "raw|qemu", .devices, "guest code n: 0 for 0, else 64+n (raw, default), or 2n+1 (qemu)") {
            $0.exitMap = try Values.choice($1, "--exit-map")
        },
    ]

    private static let limits: [Option] = [
        Option("--fuel", "N", .limits, "at most N instructions, iterations counted each: 1000, 10M (status 12)") {
            $0.fuel = try Values.positive($1, "--fuel")
        },
        Option("--timeout", "SECONDS", .limits, "at most so long (status 13)") {
            $0.timeout = try Values.seconds($1, "--timeout")
        },
        Option("--max-output", "BYTES", .limits, "at most so much text from the guest (status 12)") {
            $0.maximumOutput = Int(clamping: try Values.positive($1, "--max-output"))
        },
        Option("--halt-ok", nil, .limits, "HLT with IF=1 that nothing will end is success, as HLT with IF=0 is") {
            settings, _ in settings.acceptsAnyHalt = true
        },
        Option("--no-reboot", nil, .limits, "RESET and a jump to FFFF:0000 end the run (status 0)") { settings, _ in
            settings.endsAtReboot = true
        },
        Option("--triple-fault", "stop|reset", .limits, "the end (default, status 10), or RESET as on a PC") {
            $0.resetsAtTripleFault = try Values.name($1, "--triple-fault", of: ["stop", "reset"]) == "reset"
        },
        Option(
            "--unhandled", "stop|iret", .limits, "an interrupt that nobody has installed: stop (11), or go on as a PC"
        ) { $0.goesOnUnhandled = try Values.name($1, "--unhandled", of: ["stop", "iret"]) == "iret" },
        Option("--fault", "stop|deliver", .limits, "stop before an exception is delivered (status 11)") {
            $0.stopsAtFault = try Values.name($1, "--fault", of: ["stop", "deliver"]) == "stop"
        },
    ]

    private static let output: [Option] = [
        Option("--io-log", "FILE.jsonl|FILE.csv", .output, "write a line for each port transaction") {
            guard $1.hasSuffix(".jsonl") || $1.hasSuffix(".csv") else {
                throw CommandError.usage("--io-log: \($1.quoted) tells no format; end the name in .jsonl or .csv")
            }
            $0.ioLog = $1
        },
        Option("--record", "CASE", .output, "write a case for 'x86sim check' from the run") { $0.record = $1 },
        Option(
            "--screen", "text|ansi|live|none|png:FILE", .output,
            "text (default), in colour, screen and keys, nothing; also a picture"
        ) {
            if $1.hasPrefix("png:"), $1.count > 4 {
                $0.pictures.append(String($1.dropFirst(4)))
            } else {
                $0.screen = try Values.choice($1, "--screen")
            }
        },
        Option("--save-snapshot", "FILE", .output, "write the whole machine at the end of the run, to go on from") {
            $0.savedSnapshot = $1
        },
        Option("--profile", "ops", .output, "count the ops by form, and tell how the engine runs each; slower") {
            _ = try Values.name($1, "--profile", of: ["ops"])
            $0.countsOps = true
        },
        Option("--quiet", nil, .output, "no summary and no progress on standard error") { settings, _ in
            settings.quiet = true
        },
    ]

    private static let server: [Option] = [
        Option("-s", nil, .server, "serve gdb at 127.0.0.1:\(Settings.usualGDBPort)") { settings, _ in
            settings.gdbPort = settings.gdbPort ?? Settings.usualGDBPort
        },
        Option("--gdb", "PORT", .server, "serve gdb at this port (decimal) of 127.0.0.1; 0 is any that is free") {
            guard let port = UInt16(exactly: try Values.count($1, "--gdb")) else {
                throw CommandError.usage("--gdb: \($1.quoted) is no port; give a decimal number from 0 to 65535")
            }
            $0.gdbPort = port
        },
        Option("-S", nil, .server, "wait for gdb before the first instruction") { settings, _ in
            settings.startsStopped = true
        },
    ]

    private static let others: [Option] = [
        Option("--stdio", nil, .pipe, "serve the gdb that has started this: target remote | x86sim gdb --stdio BLOB") {
            settings, _ in settings.servesStandardIO = true
        },
        Option("--markdown", nil, .table, "as a Markdown table") { settings, _ in settings.markdown = true },
        Option("--mode", "16|32", .disassembly, "code size in bits (default 16)") {
            $0.mode = try Values.name($1, "--mode", of: ["16", "32"]) == "16" ? 16 : 32
        },
        Option("--org", "ADDRESS", .disassembly, "address of the first byte (default 0)") {
            $0.origin = try Values.address($1, "--org")
        },
        Option("--syntax", "intel|att|nasm", .disassembly, "spelling (default intel)") {
            $0.syntax = try Values.name($1, "--syntax", of: ["intel", "att", "nasm"])
        },
        Option(
            "--symbols", "FILE[@BASE]", .symbols, "names from a NASM listing or map, or ELF, BASE added (repeatable)"
        ) {
            $0.symbols.append(try Values.symbols($1, "--symbols"))
        },
        Option("--kind", "int|x87|simd|approx|all", .vectors, "which files of a set (default all)") {
            $0.kind = try Values.name($1, "--kind", of: ["int", "x87", "simd", "approx", "all"])
        },
        Option("--all-bits", nil, .vectors, "undefined bits count: a test passes if all agree") { settings, _ in
            settings.allBits = true
        },
        Option("--show", "N", .vectors, "show N failures in words") {
            $0.show = Int(clamping: try Values.count($1, "--show"))
        },
        Option("-x", "FILE", .commands, "do the commands of a file first (repeatable)") { $0.scripts.append($1) },
        Option("-ex", "CMD", .commands, "do a command first (repeatable)") { $0.commands.append($1) },
        Option("-batch", nil, .commands, "end behind those instead of reading standard input") { settings, _ in
            settings.isBatch = true
        },
        Option("--json", nil, .general, "the result as JSON on standard output") { settings, _ in
            settings.json = true
        },
        Option("--version", nil, .general, "which x86sim this is") { settings, _ in settings.wantsVersion = true },
        Option("--help", nil, .general, "this text") { settings, _ in settings.wantsHelp = true },
    ]
}
