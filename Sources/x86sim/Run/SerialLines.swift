import X86Interp

/// The host's ends of a guest's serial ports: where their bytes go, and where bytes come from.
///
/// A port's text goes where the text of consoles goes, unless a client is at the other end.
struct SerialLines {
    /// One port's line.
    struct Line {
        /// What the port sends goes there.
        let sink: any ByteSink
        /// What it receives while the guest runs; nil for nothing, and for a file's contents.
        let source: (any ByteSource)?
        /// What the line is called beside others: `serial`, `serial2`.
        let name: String
    }

    /// A line for each port, COM1 first; nil has nobody at its end.
    private(set) var lines: [Line?] = []
    /// Those with clients.
    private(set) var live: [LiveLine] = []

    /// A port's name in texts, as those of a board's chips: the first has no number.
    static func name(_ port: Int) -> String { port == 0 ? "serial" : "serial\(port + 1)" }

    /// Lines without clients; `text` gives the sink of a port's text.
    ///
    /// - Throws: `CommandError` if a port is to receive what comes from outside.
    init(_ requests: SerialRequests, text: (Int) -> any ByteSink) throws(CommandError) {
        for choice in requests.choices where choice?.isLive ?? false {
            guard choice != .standardInput else { throw Self.noStandardInput }
            throw .usage("--serial: only 'run', 'gdb' and 'debug' have clients; use --serial file:FILE")
        }
        lines = requests.choices.enumerated().map { port, choice in
            port == 0 || choice != nil ? Line(sink: text(port), source: nil, name: Self.name(port)) : nil
        }
    }

    private static let noStandardInput = CommandError.usage(
        "--serial stdio: only 'run' and 'gdb' can lend standard input; use --serial file:FILE")

    /// Opens all lines that are asked for, and says where they are; `standardInput` is lent if there is one.
    ///
    /// - Throws: `CommandError` if one cannot be had.
    init(
        _ settings: Settings, _ host: Host, standardInput: (any ByteSource)?, text: (Int) -> any ByteSink
    ) throws(CommandError) {
        for (port, choice) in settings.serial.choices.enumerated() {
            let name = Self.name(port)
            switch choice {
            case .tcp(let number, let waits):
                let listener = try SocketListener(port: number, option: "--serial")
                let place = "\(SerialRequests.name(port)) is at 127.0.0.1:\(listener.port)"
                if !settings.quiet || number == 0 { host.complain(place + (waits ? ", waiting for a client" : "")) }
                add(LiveLine(listener, now: host.now), name)
                if waits { live.last?.waitForClient() }
            case .terminal:
                let terminal = try PseudoTerminal()
                // There is no other way to know.
                host.complain("\(SerialRequests.name(port)) is \(terminal.name)")
                add(LiveLine(terminal, now: host.now), name)
            case .standardInput:
                guard let standardInput else { throw Self.noStandardInput }
                lines.append(Line(sink: text(port), source: standardInput, name: name))
            case .file, SerialChoice.none?: lines.append(Line(sink: text(port), source: nil, name: name))
            case nil: lines.append(port == 0 ? Line(sink: text(port), source: nil, name: name) : nil)
            }
        }
    }

    private mutating func add(_ line: LiveLine, _ name: String) {
        lines.append(Line(sink: line, source: line, name: name))
        live.append(line)
    }

    /// Where bytes may come from at any time.
    var inputs: [any LiveInput] { lines.compactMap { $0?.source as? any LiveInput } }

    /// What the ports have sent, as far as it was kept: members of a result, the first one always.
    var json: [JSON.Member] {
        lines.compactMap { line in
            line.map { .init(name: $0.name, value: RunReport.text(of: $0.sink)) }
        }
    }

    /// Passes on what clients have not been sent yet.
    func flush() {
        for line in live { line.flush() }
    }
}
