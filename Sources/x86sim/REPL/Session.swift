import Devices
import X86Interp

/// A place in the guest that has been looked up.
struct Place {
    /// Linear address.
    let linear: UInt32
    /// Selector and offset, if it was named so.
    let segment: (selector: UInt16, offset: UInt32)?

    /// `0000:7C23`, or the linear address.
    var text: String {
        guard let segment else { return linear.hex }
        let digits = segment.offset > 0xFFFF ? 8 : 4
        return segment.selector.hex + ":" + segment.offset.hex(digits: digits)
    }

    /// The place as the engine names it.
    var address: Address {
        guard let segment else { return .linear(linear) }
        return .segmented(selector: segment.selector, offset: segment.offset)
    }
}

/// A guest that is debugged by commands: what they look at, what they change, and what they print.
final class Session {
    /// The machine, its devices, its limits.
    private(set) var guest: Guest
    /// What runs it.
    private(set) var debugger: Debugger
    /// Where it runs.
    let host: Host
    /// Where commands print, and the guest's consoles too.
    let output: LineTracker
    /// Where the guest's debug console and BIOS print: lines that stay whole.
    private let consoles: [any ByteSink]
    /// What its serial ports are connected to, as long as the session lasts.
    private let serial: SerialLines
    /// What was loaded; makes the guest anew for `restart`.
    let image: GuestImage
    /// Options of the command line.
    let settings: Settings
    /// Names of places.
    var symbols = SymbolTable()
    /// How code is spelled.
    var syntax = Disassembler.Syntax.nasm
    /// 16, or 10: what numbers mean without a prefix.
    var radix = 16
    /// How `x` shows memory if it is not told.
    var memoryFormat = MemoryFormat()
    /// Where `x` goes on.
    var examined: UInt32 = 0
    /// Where `dump` goes on.
    var dumped: UInt32 = 0
    /// The selector and base that `dump` labels its lines with.
    var dumpLabel: (selector: UInt16, base: UInt32)?
    /// Where `disassemble` goes on.
    var listed: UInt32 = 0
    /// The command at hand is Enter behind another: it goes on where that ended.
    private(set) var isContinuing = false
    /// Named states of the machine.
    var snapshots: [String: Snapshot] = [:]
    /// Where instructions are written to as they run; nil does not trace.
    var trace: (any ByteSink)? {
        didSet { connectTrace() }
    }
    /// What is typed at the guest's keyboard.
    private(set) var keys: KeyScript
    /// The registers at the last stop, and at the one before it: what has changed is marked.
    private var registersSeen: (now: CPUState, before: CPUState)?
    /// A command is only tried: it must neither print nor do anything.
    private(set) var isChecking = false
    /// Stops and results are JSON lines; nil prints text.
    let lines: JSONLines?
    /// Why the guest's run is over, if the last stop was its end.
    var end: RunEnd?
    /// What Enter repeats.
    private var last: (name: String, format: String, rest: String)?
    /// The user has asked to end.
    var isOver = false
    /// A command was wrong.
    var hasFailed = false
    /// Scripts that are being done within each other.
    var scriptDepth = 0
    /// Why the last run was asked to stop, if it was: by Ctrl-C or a limit.
    var request = RunEnd.interrupted
    /// When the command at hand began to run the guest.
    private var started: UInt64 = 0
    private var pacer: Pacer
    /// The exit status of the process when the session ends.
    var status = ExitStatus.success
    /// Colour may be used.
    let usesColor: Bool

    /// A session with a guest before its first instruction.
    ///
    /// - Throws: `CommandError` if the guest cannot be loaded.
    init(_ settings: Settings, _ host: Host) throws(CommandError) {
        self.settings = settings
        self.host = host
        let streams = TextStreams(to: host.output, usesNames: false)
        output = LineTracker(streams)
        lines = settings.json ? JSONLines() : nil
        image = try GuestImage(settings)
        let debugConsole = lines?.console ?? streams.stream(named: "debugcon")
        serial = try SerialLines(settings, host, standardInput: nil) { [lines] port in
            lines.map { _ in MemorySink(limit: JSONLines.limit) } ?? streams.stream(named: SerialLines.name(port))
        }
        consoles = [debugConsole, lines?.console ?? streams.stream(named: "screen")]
        keys = KeyScript(settings.keys ?? [])
        guest = try image.makeGuest(console: consoles[0], lines: serial, screen: consoles[1], keys: keys)
        pacer = Pacer(guest, host, speed: settings.speed, from: host.now())
        debugger = try guest.makeDebugger()
        usesColor = host.console.isTerminal && (host.environment("NO_COLOR") ?? "").isEmpty
        // Those that the program itself has come first, so that named files overrule them.
        var symbols = SymbolTable(image.plan.symbols)
        let named = try SymbolFile.table(settings.symbols, at: image.plan.place) { host.complain($0) }
        symbols.add(named.symbols)
        self.symbols = symbols
        connect()
    }

    private func connect() {
        debugger.pollInterval = pacer.instructions
        debugger.poll = { [unowned self] in
            output.flush()
            pacer.look(at: host.now())
            debugger.pollInterval = pacer.instructions
            return host.interrupted() || output.failure != nil || isTimeUp
        }
        connectTrace()
        debugger.onReboot = { [unowned self] in guest.reboots.note(.jump) }
        guest.reboots.announce = { [unowned self] reboot in say("the guest reboots: \(reboot.text)") }
        debugger.onLog = { [unowned self] breakpoint, event in report(logged: breakpoint, event) }
        examined = debugger.instructionPointer
        dumped = guest.machine.state.segments.ds.base
        listed = debugger.instructionPointer
        registersSeen = (state, state)
    }

    private func connectTrace() {
        debugger.onInstruction = trace == nil ? nil : { [unowned self] in traceInstruction() }
    }

    /// `--timeout` is for each command that runs the guest.
    var isTimeUp: Bool { settings.timeout.map { Double(host.now() &- started) >= $0 * 1e9 } ?? false }

    /// The guest is about to run.
    func startTimer() {
        started = host.now()
        pacer.begin(at: started)
        debugger.pollInterval = pacer.instructions
    }

    /// Loads the guest anew; breakpoints stay.
    func restart() throws(CommandError) {
        let kept = debugger.breakpoints
        keys = KeyScript(settings.keys ?? [])
        guest = try image.makeGuest(console: consoles[0], lines: serial, screen: consoles[1], keys: keys)
        pacer = Pacer(guest, host, speed: settings.speed, from: host.now())
        debugger = try guest.makeDebugger()
        end = nil
        for breakpoint in kept {
            let number = debugger.add(
                breakpoint.kind, if: breakpoint.condition, isTemporary: breakpoint.isTemporary,
                action: breakpoint.action, isLogOnly: breakpoint.isLogOnly)
            debugger.change(number) { $0.isEnabled = breakpoint.isEnabled }
        }
        connect()
    }

    // MARK: State

    /// What is debugged.
    var machine: Machine { guest.machine }
    /// The processor's state.
    var state: CPUState { guest.machine.state }
    /// The registers as text; those that changed on the way to where the guest stands are marked.
    var registerView: RegisterView {
        RegisterView(state: state, model: machine.cpu.model, before: registersSeen?.before)
    }

    /// The guest stands still at another place: what its registers were before is what changes are told from.
    func noteRegisters() { registersSeen = (state, registersSeen?.now ?? state) }
    /// What words in expressions mean.
    var names: ExpressionParser.Names { .init(symbols: symbols, width: isCode32 ? .dword : .word) }

    /// The byte at a linear address, or nil where there is no page or only a device could tell.
    func byte(at linear: UInt32) -> UInt8? {
        // Only a selector could be wrong.
        guard let bytes = try? machine.peek(.linear(linear), count: 1) else { return nil }
        return bytes.first ?? nil
    }

    /// The byte at a physical address, or nil where only a device could tell.
    func physicalByte(at physical: UInt32) -> UInt8? { machine.memory.peek(physical) }

    // MARK: Lines

    /// Prints a line, on a line of its own even if the guest has left the last one open.
    func say(_ text: String, end: String = "\n") {
        guard !isChecking else { return }
        if let lines { return lines.keep(text + end) }
        output.startLine()
        output.write(text + end)
    }

    /// Prints an error; the session goes on.
    func complain(_ message: String) {
        say(usesColor ? "\u{1B}[31merror:\u{1B}[0m \(message)" : "error: \(message)")
    }

    /// Does what a line says; an empty one repeats the last command.
    ///
    /// False if it was wrong.
    @discardableResult
    func execute(_ line: String) -> Bool {
        var isDone = true
        do throws(CommandError) {
            try perform(line)
        } catch {
            complain(error.message)
            isDone = false
        }
        if let lines { output.write(lines.command(line, isDone: isDone).text + "\n") }
        return isDone
    }

    /// Does the action of a log-only breakpoint: the guest stands in the middle of a run, so that looking is all it may.
    func executeAction(_ line: String) {
        let kept = last
        defer { last = kept }
        do throws(CommandError) {
            try act(line)
        } catch {
            complain(error.message)
        }
    }

    private func act(_ line: String) throws(CommandError) {
        guard let parts = Arguments.split(line) else { return }
        let command = try Command.meant(by: parts)
        guard [.look, .explain, .ports, .output].contains(command.group), !command.changesGuest else {
            throw .usage("an action may look but not change or run anything, as \(command.name.quoted) does")
        }
        var arguments = try Arguments(command, parts)
        if command.name == "registers", arguments.rest.contains("=") {
            throw .usage("an action may look but not change anything; leave out '='")
        }
        try command.body(self, &arguments)
    }

    /// Tries the action of a breakpoint without printing anything.
    ///
    /// - Throws: `CommandError` for what would be wrong with it wherever it is hit.
    func check(action: String) throws(CommandError) {
        let kept = (memoryFormat, examined, dumped, dumpLabel, listed)
        isChecking = true
        defer {
            isChecking = false
            (memoryFormat, examined, dumped, dumpLabel, listed) = kept
        }
        for line in Self.actions(action) { try act(line) }
    }

    /// The commands of a breakpoint's action.
    static func actions(_ text: String) -> [String] { text.split(separator: ";").map(String.init) }

    private func perform(_ line: String) throws(CommandError) {
        isContinuing = false
        let line = line.first { $0 != " " && $0 != "\t" } == "#" ? "" : line
        guard let parts = Arguments.split(line) ?? last else { return }
        isContinuing = Arguments.split(line) == nil
        let command = try Command.meant(by: parts)
        var arguments = try Arguments(command, parts)
        switch command.repetition {
        case .same: last = parts
        case .onward: last = (parts.name, parts.format, "")
        case .never: last = nil
        }
        try command.body(self, &arguments)
    }
}

/// Passes bytes on and knows whether the last one ended a line.
final class LineTracker: ByteSink {
    private let sink: any ByteSink
    private var isAtStart = true

    /// A tracker in front of `sink`.
    init(_ sink: any ByteSink) { self.sink = sink }

    /// Ends the line that is open, if one is; the guest's text before it is passed on.
    func startLine() {
        write(isAtStart ? "" : "\n")
    }

    /// Passes bytes on.
    func write(_ bytes: [UInt8]) {
        if let last = bytes.last { isAtStart = last == 0x0A }
        sink.write(bytes)
    }

    /// Passes a byte on.
    func write(byte: UInt8) {
        isAtStart = byte == 0x0A
        sink.write(byte: byte)
    }

    /// Passes on what is held back.
    func flush() { sink.flush() }

    /// What went wrong.
    var failure: String? { sink.failure }
}
