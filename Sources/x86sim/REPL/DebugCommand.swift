import X86Interp

/// `x86sim debug`.
enum DebugCommand {
    /// The end of its help.
    static let notes = """
        Commands come from -x FILE and -ex CMD, in that order, then from standard input; 'help' lists them.
        On a terminal lines are edited (arrows, Ctrl-A E K U W R, Tab) and kept in
        $XDG_STATE_HOME/x86sim/history. On a pipe there is no prompt. NO_COLOR turns colour off.
        -batch ends behind the scripts, and prints no greeting; the exit status is then that of 'run' for
        the last stop, or 1 if a command was wrong. Ctrl-C stops the guest, not the program.
        --json prints a JSON line for each stop and each command, and at the end the result, as run does.

        """

    /// Debugs the blob; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        guard settings.operands.first != "-" else {
            throw .usage("debug reads commands from standard input; give the blob as a file")
        }
        let session = try Session(settings, host)
        if !settings.isBatch, session.lines == nil { session.say(session.greeting) }
        for path in settings.scripts where !session.isOver {
            guard session.succeeds({ session throws(CommandError) in try session.runScript(path) }) else {
                session.hasFailed = true
                break
            }
        }
        for line in settings.commands where !session.isOver {
            if !session.execute(line) { session.hasFailed = true }
        }
        if !settings.isBatch, !session.isOver { Prompt(session).run() }
        session.trace?.flush()
        session.output.startLine()
        if let lines = session.lines { session.output.write(session.result(lines).text + "\n") }
        guard settings.isBatch else { return ExitStatus.success }
        return session.hasFailed ? ExitStatus.usage : session.status
    }
}

extension Session {
    /// What the user sees first.
    var greeting: String {
        let model = machine.cpu.model.name
        let size = HostFile.sizeText(machine.memory.ramSize)
        return "x86sim: \(model), \(size), \(image.plan.description). "
            + "Numbers are hex, 0d10 is decimal. 'help' lists commands."
    }

    /// Does something, and complains if it fails.
    func succeeds(_ body: (Session) throws(CommandError) -> Void) -> Bool {
        do throws(CommandError) {
            try body(self)
            return true
        } catch {
            complain(error.message)
            return false
        }
    }

    /// Does the lines of a file, up to the first that is wrong.
    ///
    /// - Throws: `CommandError` that names the line.
    func runScript(_ path: String) throws(CommandError) {
        guard scriptDepth < 16 else { throw .usage("scripts are nested too deeply; does one call itself?") }
        scriptDepth += 1
        defer { scriptDepth -= 1 }
        let text = String(decoding: try HostFile.read(path, limit: 1 << 20), as: UTF8.self)
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            // In a script an empty line is one; only a person's repeats.
            let line = line.last == "\r" ? line.dropLast() : line
            guard !isOver, !line.allSatisfy({ $0 == " " || $0 == "\t" }) else { continue }
            guard execute(String(line)) else { throw .usage("\(path.quoted) ends at line \(number + 1)") }
        }
    }
}

/// Reads lines and has them done, until the end.
struct Prompt {
    private let session: Session
    private static let text = "(x86) "

    /// A prompt of a session.
    init(_ session: Session) { self.session = session }

    /// Reads to the end of input or `quit`.
    func run() {
        if session.host.console.isTerminal, session.lines == nil { edit() } else { readLines() }
    }

    private func readLines() {
        while !session.isOver, session.output.failure == nil {
            session.output.flush()
            guard let line = session.host.console.readLine() else { return }
            if !session.execute(line) { session.hasFailed = true }
        }
    }

    private func edit() {
        let console = session.host.console
        let reader = KeyReader(console)
        var history = LineHistory(environment: session.host.environment)
        while !session.isOver {
            console.beginKeys()
            let line = readLine(reader, history.lines)
            console.endKeys()
            guard let line else { break }
            history.add(line)
            // After each line, so that a session that is killed loses nothing.
            history.save()
            session.execute(line)
        }
    }

    /// One line with editing; nil at the end of input.
    private func readLine(_ reader: KeyReader, _ history: [String]) -> String? {
        var editor = LineEditor(prompt: Self.text, history: history)
        let session = session
        editor.complete = { Completer(session).words(before: $0) }
        session.output.startLine()
        func show(_ text: String) {
            session.host.output.write(text)
            session.host.output.flush()
        }
        show(editor.picture(columns: session.host.console.columns))
        while let key = reader.next() {
            let outcome = editor.take(key)
            switch outcome {
            case .editing: break
            case .line(let line):
                show("\r\n")
                return line
            case .cancelled:
                show("^C\r\n")
                editor = LineEditor(prompt: Self.text, history: history)
                editor.complete = { Completer(session).words(before: $0) }
            case .end:
                show("\r\n")
                return nil
            case .clear: show("\u{1B}[H\u{1B}[2J")
            case .choices(let words):
                show("\r\n" + words.prefix(100).joined(separator: "  ") + (words.count > 100 ? " ..." : "") + "\r\n")
            }
            show(editor.picture(columns: session.host.console.columns))
        }
        show("\r\n")
        return nil
    }
}

/// What Tab offers, by the rows.
struct Completer {
    private let session: Session

    /// Completions in a session.
    init(_ session: Session) { self.session = session }

    /// The words that may stand where the text ends, and how much of them is there already.
    func words(before text: String) -> (words: [String], length: Int) {
        let separators: Set<Character> = [" ", "[", "(", "+", "-", "*", ":", ",", "=", "&", "|", "!", "<", ">"]
        let word = String(text.reversed().prefix { !separators.contains($0) }.reversed())
        guard let parts = Arguments.split(text), !parts.rest.isEmpty else {
            let names = Command.all.map(\.name).filter { $0.hasPrefix(word.lowercased()) }
            return (names.sorted(), word.count)
        }
        guard let command = try? Command.named(parts.name) else { return ([], 0) }
        let candidates = Set(candidates(command.completion)).filter { $0.hasPrefix(word) }
        return (candidates.sorted(), word.count)
    }

    private func candidates(_ completion: Command.Completion) -> [String] {
        switch completion {
        case .none: []
        case .expression:
            RegisterReference.all.map(\.name) + WideRegister.all.map(\.name) + session.symbols.symbols.map(\.name)
        case .topics: InfoTopic.names
        case .commands: Command.all.map(\.name)
        case .devices: session.guest.board.devices.map(\.name) + ["all"]
        case .snapshots: session.snapshots.keys.map { $0 }
        case .words(let words): words
        }
    }
}
