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
            "trace", [], "on|off|to FILE", .output, "write each instruction before it runs",
            completion: .words(["on", "off", "to"]), changesGuest: true, body: trace),
        Command("screen", [], "", .output, "the guest's screen as text") { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(ScreenText.text(of: session), end: "")
        },
        Command("shot", [], "FILE", .output, "write the guest's screen to a file") {
            session, arguments throws(CommandError) in
            let path = arguments.remainder()
            guard !path.isEmpty else { throw arguments.missing("a file") }
            let sink = try FileSink(path: path)
            sink.write(ScreenText.text(of: session))
            sink.flush()
            if let failure = sink.failure { throw .load("\(failure); choose another file") }
        },
        Command(
            "source", [], "FILE", .output, "do the commands of a file", repetition: .never
        ) { session, arguments throws(CommandError) in
            let path = arguments.remainder()
            guard !path.isEmpty else { throw arguments.missing("a file") }
            try session.runScript(path)
        },
        Command(
            "echo", [], "TEXT", .output, "print a text"
        ) { session, arguments throws(CommandError) in session.say(arguments.remainder()) },
        Command(
            "help", [], "[COMMAND]", .output, "the commands, or one of them", completion: .commands, body: help),
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

/// The text screen of a PC.
enum ScreenText {
    /// 25 lines of 80 characters at B8000, without blanks at their ends.
    static func text(of session: Session) -> String {
        var lines: [String] = []
        for row in 0..<25 as Range<UInt32> {
            var line = ""
            for column in 0..<80 as Range<UInt32> {
                let byte = session.physicalByte(at: 0xB8000 + (row * 80 + column) * 2) ?? 0x20
                line += 0x20...0x7E ~= byte ? String(Character(Unicode.Scalar(byte))) : byte == 0 ? " " : "."
            }
            while line.last == " " { line.removeLast() }
            lines.append(line)
        }
        while lines.last == "" { lines.removeLast() }
        return lines.isEmpty ? "the screen is empty\n" : lines.joined(separator: "\n") + "\n"
    }
}
