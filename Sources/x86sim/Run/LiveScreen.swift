import Devices
import X86Interp

/// A terminal as screen and keyboard of a guest: `--screen live`.
///
/// The guest runs in short stretches; between them what has changed is drawn and what was typed is taken. Time that it
/// spends halted passes on the host as well, in a wait for keys, so that a guest that waits costs nothing.
final class LiveScreen {
    /// The guest's keyboard.
    let keys: LiveKeys
    /// Lets the user look at the guest with the debugger; the terminal is theirs meanwhile.
    var debug: (Guest) -> Void = { _ in }
    private let terminal: any ScreenTerminal
    private let host: Host
    private let held: [HeldText]
    private var painter = LivePainter(.halfBlocks)
    private var parser = TerminalKeys()
    private var answers = TerminalAnswers()
    /// What has been typed and not been looked at.
    private var inputs: [TypedInput] = []
    private var isOpen = false
    private var lastFrame: UInt64?
    /// A text on the last row, and when it goes.
    private var note: (text: String, end: UInt64)?
    private var lastIdle: UInt64 = 0
    /// Time that the guest has spent halted and the host has not, in nanoseconds.
    private var idle: UInt64 = 0

    /// The shortest time between two frames.
    private static let frame: UInt64 = 33_000_000
    private static let second: UInt64 = 1_000_000_000
    private static let menu =
        "s screenshot  w snapshot  d debugger  r reset  q quit  Esc back  ^] to guest"

    /// A screen on a terminal that is not taken yet; `host` loses standard output and standard error to it until `close`.
    ///
    /// - Throws: `CommandError` if there is no terminal, or if somebody else wants it too.
    init(_ settings: Settings, _ host: inout Host) throws(CommandError) {
        guard let terminal = host.terminal, terminal.isTerminal else {
            throw .usage(
                "--screen live: standard input and output have to be a terminal; use --screen text or png:FILE")
        }
        guard settings.gdbPort == nil, !settings.servesStandardIO else {
            throw .usage("--screen live: gdb runs the guest then; leave one of them out")
        }
        guard settings.serial.portOfStandardInput == nil else {
            throw .usage("--screen live: keys go to the guest's keyboard; leave out --serial stdio")
        }
        self.terminal = terminal
        keys = LiveKeys(after: settings.keys.map { KeyScript($0) })
        let output = HeldText(for: host.output, isGuests: true)
        host.output = output
        var held = [output]
        if host.errorsAreTerminal {
            let errors = HeldText(for: host.errors, isGuests: false)
            host.errors = errors
            held.append(errors)
        }
        self.held = held
        host.statusLine = nil
        self.host = host
    }

    deinit { close() }

    /// Takes the terminal.
    func open() {
        guard !isOpen else { return }
        isOpen = true
        terminal.begin()
        if lastFrame == nil { ask() }
        painter = LivePainter(answers.graphics)
    }

    /// Gives the terminal back, and what was to be printed meanwhile is printed.
    func close() {
        leave()
        host.output.flush()
        for text in held { text.release() }
    }

    private func leave() {
        guard isOpen else { return }
        isOpen = false
        terminal.end()
    }

    /// Asks the terminal what it can show; one that does not answer has a moment.
    private func ask() {
        guard terminal.write(TerminalAnswers.question) else { return }
        var bytes: [UInt8] = []
        let end = host.now() &+ Self.second / 2
        while !answers.isComplete, host.now() < end {
            guard let more = terminal.read(milliseconds: 50) else { break }
            bytes += more
            // An answer may come in pieces.
            var tried = answers
            let rest = tried.take(from: bytes)
            if tried.isComplete { (answers, bytes) = (tried, rest) }
        }
        inputs += parser.take(bytes)
    }

    // MARK: Between two stretches

    /// The longest time that the guest may run between two looks: a thirtieth of a second of its own.
    func longestStretch(_ guest: Guest) -> UInt64 { max(1000, guest.machine.clock.ticksPerSecond / 30) }

    /// Draws, takes what was typed, and lets time pass that the guest has spent halted; non-nil ends the run.
    func step(_ guest: Guest, deadline: UInt64?) -> RunEnd? {
        let total = guest.machine.cpu.idleTime
        let ticks = total >= lastIdle ? total - lastIdle : 0
        lastIdle = total
        let rate = max(1, guest.machine.clock.ticksPerSecond)
        // A stretch is short, so that this is no large number.
        idle &+= min(ticks, rate) &* Self.second / rate
        guard draw(guest) else { return .interrupted }
        let wait = min(idle, Self.frame) / 1_000_000
        let before = host.now()
        guard read(milliseconds: Int32(wait)) else { return .interrupted }
        idle = wait == 0 ? idle : idle &- min(idle, max(host.now() &- before, 1))
        // Time that was missed is not made up for.
        idle = min(idle, Self.frame)
        while let input = nextInput() {
            switch input {
            case .stroke(let stroke):
                note = nil
                keys.add(stroke)
            case .menu: if let end = openMenu(guest, deadline) { return end }
            }
        }
        return nil
    }

    private func nextInput() -> TypedInput? { inputs.isEmpty ? nil : inputs.removeFirst() }

    /// Takes what is typed within so long; false if the terminal is gone.
    private func read(milliseconds: Int32) -> Bool {
        guard let bytes = terminal.read(milliseconds: milliseconds) else {
            keys.isAtEnd = true
            return false
        }
        inputs += parser.take(bytes)
        // The rest of a sequence comes at once; a key of its own stays alone.
        if parser.isWaiting {
            inputs += parser.take(terminal.read(milliseconds: 25) ?? [])
            inputs += parser.flush()
        }
        return true
    }

    /// Draws a frame if it is time, or at once; false if the terminal is gone.
    private func draw(_ guest: Guest, line: String? = nil, atOnce: Bool = false) -> Bool {
        let now = host.now()
        if let lastFrame, !atOnce, now &- lastFrame < Self.frame { return true }
        lastFrame = now
        if let note, now >= note.end { self.note = nil }
        var size = terminal.size
        if size.cellWidth == 0 || size.cellHeight == 0 {
            (size.cellWidth, size.cellHeight) = (answers.cellWidth, answers.cellHeight)
        }
        let frame = LiveFrame(screen: guest.board.screen, line: (line ?? note?.text).map { " " + $0 })
        let bytes = painter.bytes(frame, on: size)
        return bytes.isEmpty || terminal.write(bytes)
    }

    /// Shows the picture that a guest has left when it ended, until a key is typed: text goes to the other screen.
    func finish(_ guest: Guest, _ end: RunEnd, deadline: UInt64?) {
        let isHosts = [.interrupted, .timeout, .outputFailure].contains(end)
        guard !isHosts, guest.board.screen.graphics != nil else { return }
        let line = end.text + "; any key goes back"
        inputs = []
        while draw(guest, line: line, atOnce: true), read(milliseconds: 100), inputs.isEmpty {
            if host.interrupted() { return }
            if let deadline, host.now() >= deadline { return }
        }
    }

    // MARK: The menu

    /// Shows the menu, with the guest standing, until something is chosen; non-nil ends the run.
    private func openMenu(_ guest: Guest, _ deadline: UInt64?) -> RunEnd? {
        while true {
            let wait: Int32 = inputs.isEmpty ? 100 : 0
            guard draw(guest, line: Self.menu, atOnce: true), read(milliseconds: wait) else { return .interrupted }
            if host.interrupted() { return .interrupted }
            if let deadline, host.now() >= deadline { return .timeout }
            guard let input = nextInput() else { continue }
            note = nil
            switch input {
            case .menu: keys.add(KeyStroke(pressing: 0x1B, shift: false, control: true, alt: false))
            case .stroke(let stroke):
                guard Unicode.Scalar(stroke.character) != "q" else { return .interrupted }
                choose(stroke, guest)
            }
            lastFrame = nil
            return nil
        }
    }

    private func choose(_ stroke: KeyStroke, _ guest: Guest) {
        switch Unicode.Scalar(stroke.character) {
        case "s": tell { () throws(CommandError) in try self.takePicture(guest) }
        case "w": tell { () throws(CommandError) in try self.save(guest) }
        case "r":
            guest.machine.bus.pulseReset()
            show("the guest begins anew")
        case "d":
            leave()
            debug(guest)
            host.holdInterrupts()
            open()
            lastIdle = guest.machine.cpu.idleTime
        default: break
        }
    }

    /// Does something and shows what has come of it.
    private func tell(_ body: () throws(CommandError) -> String) {
        do throws(CommandError) { show(try body()) } catch { show(error.message) }
    }

    private func show(_ text: String) { note = (text, host.now() &+ 3 * Self.second) }

    private func takePicture(_ guest: Guest) throws(CommandError) -> String {
        let path = try Self.free("png")
        try HostFile.write(path, with: guest.board.screen.png(), "screenshot")
        return "wrote \(path)"
    }

    private func save(_ guest: Guest) throws(CommandError) -> String {
        let path = try Self.free("snap")
        try SnapshotFile.write(guest.machine.snapshot(), to: path, "snapshot")
        return "wrote \(path)"
    }

    /// The first name of its kind that no file of the present folder has.
    private static func free(_ suffix: String) throws(CommandError) -> String {
        for number in 1...9999 {
            let name = "x86sim-\(number).\(suffix)"
            if !HostDirectory.exists(name) { return name }
        }
        throw .load("all names x86sim-N.\(suffix) are taken; remove some files")
    }
}
