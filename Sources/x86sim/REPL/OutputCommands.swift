import Devices
import X86Interp

/// What is written, and the help.
enum OutputCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "info", ["i"], "TOPIC", .look, "tables and lists: " + InfoTopic.names.joined(separator: " "),
            details: InfoTopic.helpText, completion: .topics
        ) { session, arguments throws(CommandError) in
            guard !arguments.isEmpty else { return session.say(InfoTopic.helpText, end: "") }
            let name = try arguments.choice(InfoTopic.names, "topic")
            try InfoTopic.all.first { $0.name == name }?.body(session, &arguments)
        },
        Command(
            "trace", [], "on | off | to FILE", .output, "write each instruction before it runs",
            completion: .words(["on", "off", "to"]), changesGuest: true, body: trace),
        Command(
            "screen", [], "", .output, "the guest's screen as text, in colour on a terminal"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            let screen = session.guest.board.screen
            let lines = screen.lines
            guard !lines.isEmpty else { return session.say("the screen is empty") }
            session.say(session.usesColor ? screen.ansi : lines.joined(separator: "\n"))
        },
        Command(
            "shot", [], "FILE", .output, "write the guest's screen to a file, as PNG or, if it ends in .txt, as text"
        ) { session, arguments throws(CommandError) in
            let path = arguments.remainder()
            guard !path.isEmpty else { throw arguments.missing("a file") }
            guard !session.isChecking else { return }
            let screen = session.guest.board.screen
            let isText = path.hasSuffix(".txt")
            let bytes = isText ? Array((screen.lines.joined(separator: "\n") + "\n").utf8) : screen.png()
            try HostFile.write(path, with: bytes, "shot")
        },
        Command(
            "source", [], "FILE", .output, "do the commands of a file", repetition: .never, changesGuest: true
        ) { session, arguments throws(CommandError) in
            let path = arguments.remainder()
            guard !path.isEmpty else { throw arguments.missing("a file") }
            try session.runScript(path)
        },
        Command(
            "echo", [], "TEXT", .output, "print a text"
        ) { session, arguments throws(CommandError) in session.say(arguments.remainder()) },
        Command(
            "help", [], "[COMMAND]", .output, "the commands, or one of them", examples: [.init("help break")],
            bareAliases: ["h", "?"], completion: .commands, body: help),
    ]

    private static func trace(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        switch try arguments.choice(["on", "off", "to"], "form") {
        case "on":
            try arguments.end()
            session.trace = session.output
        case "to":
            let path = arguments.remainder()
            guard !path.isEmpty else { throw arguments.missing("a file") }
            session.trace = try FileSink(path: path)
        default:
            try arguments.end()
            session.trace?.flush()
            session.trace = nil
        }
    }

    private static func help(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        guard let word = arguments.word() else { return session.say(CommandHelp.overview, end: "") }
        try arguments.end()
        session.say(CommandHelp.text(for: try Command.named(word)), end: "")
    }
}

/// Makes the help and the documentation from the rows.
enum CommandHelp {
    /// All commands by group.
    static var overview: String {
        var text = "Numbers are hexadecimal for addresses, ports and data; 0d10 is decimal, 0x always works,\n"
        text += "'set radix 10' changes it. Counts (step 10) are decimal. Enter repeats the last command.\n"
        for group in Command.Group.allCases {
            let rows = Command.all.filter { $0.group == group }.map { ("  " + $0.title, $0.summary) }
            text += "\n\(group.rawValue):\n" + Help.columns(rows)
        }
        return text + "\n'help COMMAND' says more; unique beginnings of names will do.\n"
    }

    /// One command.
    static func text(for command: Command) -> String {
        var text = "\(command.usage)\n  \(command.summary)\n"
        if !command.aliases.isEmpty { text += "  also: \(command.aliases.joined(separator: " "))\n" }
        for line in command.details.split(separator: "\n") { text += "  \(line)\n" }
        guard !command.examples.isEmpty else { return text }
        text += "  for example:\n"
        let width = command.examples.filter { !$0.note.isEmpty }.map(\.line.count).max() ?? 0
        for example in command.examples {
            text +=
                "    " + (example.note.isEmpty ? example.line : example.line.padded(to: width) + "  " + example.note)
                + "\n"
        }
        return text
    }

    /// The table of the documentation.
    static var table: Table {
        Table(
            columns: ["group", "command", "arguments", "what"],
            rows: Command.all.sorted { $0.group < $1.group }.map { command in
                [command.group.rawValue, command.title, command.arguments, command.summary]
            })
    }
}

extension Command.Group: Comparable {
    /// In the order of the help.
    static func < (a: Self, b: Self) -> Bool {
        (allCases.firstIndex(of: a) ?? 0) < (allCases.firstIndex(of: b) ?? 0)
    }
}
