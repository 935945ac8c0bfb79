/// The program: subcommands, and the way from arguments to an exit status.
enum X86Sim {
    /// Which one this is: the first number of CHANGELOG.md, which a test compares.
    static let version = "0.4.0"

    /// Every subcommand, in the order of the help.
    static let subcommands: [Subcommand] = [
        Subcommand(
            "run", .blob, "run to a stop; the exit status says why",
            topics: Option.Topic.guest + [.snapshot, .speed, .output, .server],
            notes: RunCommand.notes, body: RunCommand.run),
        Subcommand(
            "debug", .blob, "step, break and look at a guest, forwards and backwards",
            topics: Option.Topic.guest + [.snapshot, .speed, .symbols, .commands], notes: DebugCommand.notes,
            body: DebugCommand.run),
        Subcommand(
            "gdb", .blob, "the same under gdb, stopped before the first instruction",
            topics: Option.Topic.guest + [.snapshot, .speed, .output, .server, .pipe], notes: GDBCommand.notes,
            body: GDBCommand.run),
        Subcommand(
            "tiers", .blob, "run in each tier and with delayed answers; compare after each I/O",
            topics: Option.Topic.guest + [.snapshot], notes: TiersCommand.notes, body: TiersCommand.run),
        Subcommand(
            "dis", .blob, "a file as assembly text", topics: [.disassembly, .symbols, .processor],
            notes: DisCommand.notes,
            body: DisCommand.run),
        Subcommand(
            "conform", .paths, "run hardware test vectors and say how many a processor passes",
            topics: [.processor, .engine, .vectors], notes: ConformCommand.notes, body: ConformCommand.run),
        Subcommand(
            "check", .cases, "executable bug reports: run cases and say whether what they expect holds",
            notes: CheckCommand.notes, body: CheckCommand.run),
        Subcommand("opcodes", .none, "the opcode table", topics: [.table], body: ListCommands.opcodes),
        Subcommand("cpus", .none, "the processors that --cpu takes", topics: [.table], body: ListCommands.cpus),
        Subcommand("devices", .none, "the devices that --device takes", topics: [.table], body: ListCommands.devices),
        Subcommand("machines", .none, "the boards that --machine takes", topics: [.table], body: ListCommands.machines),
        Subcommand("version", .none, "which x86sim this is") { _, host in printVersion(host) },
        Subcommand("help", .topic, "this overview, or the options of a subcommand", body: help),
    ]

    /// Runs the program with the arguments behind its name; returns the exit status.
    static func run(_ arguments: [String], host: Host) -> Int32 {
        let host = host.withStatusLine()
        let status: Int32
        do throws(CommandError) {
            status = try dispatch(arguments, host)
        } catch {
            host.complain(error.message)
            return error.status
        }
        host.output.flush()
        if let failure = host.output.failure {
            host.complain(failure)
            return ExitStatus.load
        }
        return status
    }

    private static func dispatch(_ arguments: [String], _ host: Host) throws(CommandError) -> Int32 {
        guard let first = arguments.first else {
            throw .usage("no subcommand is named; 'x86sim --help' lists them")
        }
        if ["--help", "-help", "-h"].contains(first) {
            host.output.write(Help.overview)
            return ExitStatus.success
        }
        if ["--version", "-version", "-V"].contains(first) { return printVersion(host) }
        let subcommand = try named(first)
        let settings = try OptionParser(subcommand: subcommand).parse(Array(arguments.dropFirst()))
        guard !settings.wantsHelp else {
            host.output.write(Help.text(for: subcommand))
            return ExitStatus.success
        }
        if settings.wantsVersion { return printVersion(host) }
        return try subcommand.body(settings, host)
    }

    private static func printVersion(_ host: Host) -> Int32 {
        host.output.write("x86sim \(version)\n")
        return ExitStatus.success
    }

    /// The subcommand with a name.
    ///
    /// - Throws: `CommandError` that suggests the nearest one.
    static func named(_ name: String) throws(CommandError) -> Subcommand {
        if let subcommand = subcommands.first(where: { $0.name == name }) { return subcommand }
        let nearest = Nearest.name(to: name, in: subcommands.map(\.name))
        let all = "'x86sim --help' lists them, 'x86sim run BLOB' runs a file"
        let remedy = nearest.map { "did you mean '\($0)'?" } ?? all
        throw .usage("unknown subcommand \(name.quoted); \(remedy)")
    }

    private static func help(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        guard let name = settings.operands.first else {
            host.output.write(Help.overview)
            return ExitStatus.success
        }
        host.output.write(Help.text(for: try named(name)))
        return ExitStatus.success
    }
}

extension Help {
    /// The overview: all subcommands.
    static var overview: String {
        var text = "x86sim: runs x86 programs, from 8086 to P6, without hardware or an operating system.\n\n"
        text += "usage: x86sim SUBCOMMAND [operands] [options]\n\n"
        text += columns(
            X86Sim.subcommands.map { ("  " + [$0.name, $0.operands.text].joined(separator: " "), $0.summary) })
        text += "\n'x86sim SUBCOMMAND --help' lists the options. Addresses, ports and register values are\n"
        text += "hexadecimal, counts are decimal; 0x and 0d say otherwise.\n"
        return text
    }
}
