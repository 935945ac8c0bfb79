import Devices
import X86Interp

/// `x86sim run`.
enum RunCommand {
    /// The end of its help.
    static var notes: String {
        var text = "Formats (--boot; auto takes the first that fits):\n"
        text += Help.columns(Loader.all.flatMap { Self.rows($0) })
        text += "\nThe guest's debug console and serial line go to standard output, the summary to standard error.\n"
        text += "Where several of debug console, serial line and INT 10h speak, lines stay whole and are named.\n"
        text += "With --json they are fields of the result instead, at most 16 MiB each.\n"
        text += "A snapshot (--save-snapshot, --load-snapshot) has processor, RAM, devices, guest time and what was\n"
        text += "written to disks; not the images, ROMs, keys and streams: these are the command line's, which has to\n"
        text += "make the same machine. --fuel counts from there.\n"
        text += "--io-log writes numbers in decimal to .jsonl, in hexadecimal to .csv.\n"
        text += "Text that a guest prints by INT 10h or 21h goes to standard output too, then the last screen if it\n"
        text += "shows more; INT 16h reads standard input. The BIOS's clock starts where --rtc says, in guest time.\n"
        text += "Without a BIOS the last screen is shown if there is text in B8000.\n"
        text += "BLOB - is standard input. A serial port receives nothing unless --serial says what: a guest that\n"
        text += "only waits for some is halted. With --serial stdio, what is typed goes there and not to INT 16h;\n"
        text += "--keys still does. Without --fuel and --timeout a run goes on until the guest ends it.\n"
        text += serialNotes + speedNotes
        text += "--screen live takes the terminal: pixels by kitty's graphics, sixels or half blocks. Keys are the\n"
        text += "guest's, Ctrl-C too; Ctrl-] opens a menu: screenshot, snapshot, debugger, reset, quit. Time in which\n"
        text += "the guest is halted passes on the host as well. What it prints elsewhere is shown at the end.\n"
        text += "\nExit status:\n"
        text += Help.columns([
            ("  0", "guest code 0, or halted for good with IF=0 (with --halt-ok also with IF=1)"),
            ("  1, 2", "wrong usage, cannot load"),
            ("  10, 11", "triple fault; a fault (--fault stop), an interrupt that nobody has installed"),
            ("  12", "--fuel or --max-output used up"),
            ("  13", "--timeout used up, or halted with IF=1 and nothing that would ever interrupt"),
            ("  14, 15", "stopped at an unmapped port or address (--unmapped stop), a user-tier device failed"),
            ("  64+n", "guest code n from 1 to 60; --exit-map qemu: 2n+1, but not 1, 11, 13, 15"),
            ("  125", "any other guest code; the summary and --json have it"),
            ("  130", "Ctrl-C"),
        ])
        return text
    }

    /// What `--serial` can be.
    static let serialNotes = """

        Serial ports (--serial, one each; without comN= the first that is not connected yet):
          stdio             standard input, as one who types; its text goes to standard output
          file:FILE         it receives what the file has; its text goes to standard output
          tcp:127.0.0.1:N   a client of this port, from this computer only; 0 is any port that is free. The
                            guest does not wait: what it sends before is lost; tcp:127.0.0.1:N,wait does
          pty               a terminal that other programs open; standard error says which
          none              it receives nothing; its text goes to standard output
        Of ports that are not named only COM1's text is shown. A client that goes away may come back.

        """

    /// What `--speed` does.
    static let speedNotes = """

        Guest time is 100 million ticks a second, an instruction is one. By default it passes as fast as the
        host can run, and at once while the guest is halted. With --speed real it never runs ahead of the
        host's time, with 50% of half of it: a halted guest sleeps. What the guest computes is the same.
        A guest that waits for a terminal, tcp or pty sleeps at any speed.

        """

    private static func rows(_ loader: Loader) -> [(left: String, right: String)] {
        loader.summary.split(separator: "\n").enumerated().map { number, line in
            (number == 0 ? "  " + loader.name : "", String(line))
        }
    }

    /// Loads, runs, reports; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        var host = host
        let image = try image(settings)
        let live = try liveScreen(settings, &host)
        defer { live?.close() }
        let text = settings.json ? MemorySink(limit: 16 << 20) : host.output
        let streams = TextStreams(to: text)
        if !settings.json { host.output = streams }
        let recording = settings.record.map { _ in MemorySink(limit: CaseRunner.textLimit) }
        let typed = live?.keys ?? keySource(settings, host)
        let keys = KeyRecorder(typed)
        let console = tee(streams.stream(named: "debugcon"), recording)
        let lines = try SerialLines(settings, host, standardInput: host.bytes) { port in
            let kept = settings.json ? MemorySink(limit: 16 << 20) : nil
            return tee(kept ?? streams.stream(named: SerialLines.name(port), group: port + 1), recording)
        }
        let guest = try image.makeGuest(
            console: console, lines: lines, screen: tee(streams.stream(named: "screen"), recording),
            keys: recording == nil ? typed : keys)
        if recording != nil { try CaseWriter.check(image, guest) }
        let log = try settings.ioLog.map { path throws(CommandError) in
            IOLog(to: try FileSink(path: path), format: path.hasSuffix(".csv") ? .csv : .jsonLines)
        }
        let recorder = recording.map { _ in CaseRecorder(guest) }
        if let log { guest.machine.cpu.observe(with: log, [.allPorts, .allMemoryCycles]) }
        UnmappedNotes(host, settings)?.observe(guest)
        if let recorder { guest.machine.cpu.observe(with: recorder, [.allPorts]) }
        if !settings.quiet { guest.reboots.announce = RebootNotes(host).note }
        host.holdInterrupts()
        live?.open()
        let end = try run(guest, settings, host, live)
        let status = end.status(settings)
        streams.finish()
        live?.close()
        // First of all that is written: nothing else can make up for it.
        if let path = settings.savedSnapshot {
            try SnapshotFile.write(guest.machine.snapshot(), to: path, "--save-snapshot")
        }
        var screen = ScreenOutput(guest, host, settings)
        try screen.finish()
        try image.disks?.write(guest.board.drives, writesImages: settings.writesDisks)
        try log?.finish()
        if let path = settings.record, let recorder, let recording {
            recording.write(guest.board.bios?.untoldRows(of: guest.machine) ?? [])
            let writer = CaseWriter(
                image: image, guest: guest, end: end, recorder: recorder, console: recording, keys: keys, path: path)
            try writer.write(host)
        }
        if settings.json {
            host.output.write(RunReport(guest: guest, end: end, status: status).json(text).text + "\n")
        }
        // A failed output has its own line.
        if !settings.quiet, end != .outputFailure { tell(guest, end, status, host) }
        if settings.countsOps, !settings.json {
            host.errors.write(OpProfile(counts: guest.machine.cpu.opCounts).text)
        }
        return status
    }

    /// The guest's image, if all that the options ask for can be done.
    private static func image(_ settings: Settings) throws(CommandError) -> GuestImage {
        guard !settings.startsStopped || settings.gdbPort != nil else {
            throw .usage("-S waits for gdb, but none is served; add -s or --gdb PORT")
        }
        let image = try GuestImage(settings)
        try checkOutputs(settings, image)
        return image
    }

    /// What types on the keyboard where nobody is at a terminal.
    private static func keySource(_ settings: Settings, _ host: Host) -> any KeySource {
        if let steps = settings.keys { return KeyScript(steps) }
        // Whoever types to a serial port does not type on the keyboard.
        return settings.serial.portOfStandardInput != nil ? KeyList() : host.keys
    }

    /// Says how the run has ended, and what it may have hung on.
    private static func tell(_ guest: Guest, _ end: RunEnd, _ status: Int32, _ host: Host) {
        let count = guest.machine.cpu.state.instructions
        let counted = count == 1 ? "1 instruction" : "\(count) instructions"
        host.complain("\(end.text) at \(guest.endPlace), \(counted), status \(status) (\(guest.loaded))")
        for report in end.reports(guest) { host.complain(report.text) }
        for missing in guest.missing { host.complain("\(missing) is not provided") }
        for line in RunNotes(guest: guest, end: end).lines { host.complain(line) }
    }

    /// Tries what is written when the run is over, which may be much later.
    private static func checkOutputs(_ settings: Settings, _ image: GuestImage) throws(CommandError) {
        guard !settings.countsOps || settings.engine == nil else {
            throw .usage("--profile ops counts on an engine of its own; leave out --engine")
        }
        if settings.record != nil, let port = settings.serial.livePort {
            let isStandard = port == settings.serial.portOfStandardInput
            let what = isStandard ? "standard input" : "what comes to \(SerialRequests.name(port))"
            throw .usage("--record: a case cannot hold \(what); use --serial file:FILE")
        }
        if settings.servesStandardIO, settings.serial.portOfStandardInput != nil {
            throw .usage("--serial stdio: standard input is gdb's under --stdio; use tcp or pty")
        }
        for path in settings.pictures { try HostFile.checkWritable(path, "--screen") }
        if let path = settings.savedSnapshot { try HostFile.checkReplaceable(path, "--save-snapshot") }
        if let path = settings.record { try HostFile.checkWritable(path, "--record") }
        for output in image.disks?.outputs(writesImages: settings.writesDisks) ?? [] {
            if output.option == "--overlay" {
                try HostFile.checkReplaceable(output.path, output.option)
            } else {
                try HostFile.checkWritable(output.path, output.option)
            }
        }
    }

    /// The terminal as the guest's screen, if the settings want that.
    private static func liveScreen(_ settings: Settings, _ host: inout Host) throws(CommandError) -> LiveScreen? {
        guard settings.screen == .live else { return nil }
        let outside = host
        let live = try LiveScreen(settings, &host)
        live.debug = { DebugVisit.run($0, settings, outside) }
        return live
    }

    private static func run(
        _ guest: Guest, _ settings: Settings, _ host: Host, _ live: LiveScreen?
    ) throws(CommandError) -> RunEnd {
        guard let port = settings.gdbPort else {
            return Runner(guest: guest, host: host, settings: settings, live: live).run()
        }
        let debugged = try DebuggedGuest(guest, fuel: guest.limit(ofFuel: settings.fuel))
        if settings.servesStandardIO {
            return GDBServer(
                debugged, host: host, listener: StandardListener(), timeout: settings.timeout, speed: settings.speed
            ).serve(isRunning: false)
        }
        let listener = try SocketListener(port: port)
        if !settings.quiet || port == 0 {
            let what = settings.startsStopped ? "waiting for gdb" : "serving gdb"
            host.complain("\(what) at 127.0.0.1:\(listener.port); in gdb: target remote :\(listener.port)")
        }
        return GDBServer(
            debugged, host: host, listener: listener, timeout: settings.timeout, speed: settings.speed
        ).serve(isRunning: !settings.startsStopped)
    }

    private static func tee(_ sink: any ByteSink, _ recording: MemorySink?) -> any ByteSink {
        recording.map { SinkTee(sink, $0) } ?? sink
    }
}
