import X86Interp

/// One row: a command that gdb's `monitor` hands on, and its body.
struct MonitorRow: Sendable {
    /// One or two words.
    let name: String
    /// What it wants besides, as the help writes it.
    let arguments: String
    /// One line, without a full stop.
    let summary: String
    /// Does it; returns what is shown.
    let body: @Sendable (GDBSession, [Substring]) -> String

    /// A row.
    init(
        _ name: String, _ arguments: String = "", _ summary: String,
        _ body: @escaping @Sendable (GDBSession, [Substring]) -> String
    ) {
        self.name = name
        self.arguments = arguments
        self.summary = summary
        self.body = body
    }

    /// Every command.
    static let all: [MonitorRow] = [
        MonitorRow("help", "", "this list") { _, _ in help },
        MonitorRow("info cpu", "", "mode, place and segments") { session, _ in cpu(session.guest.state) },
        MonitorRow("info devices", "", "the chips: ports, tiers, masks, counters and the like") { session, _ in
            session.guest.devices
        },
        MonitorRow("info tiers", "", "who serves which ports") { session, _ in session.guest.tiers },
        MonitorRow("io", "[N]", "the last N port transactions (default 16)") { session, arguments in
            guard let count = arguments.first.map({ Int($0) }) ?? 16, count > 0 else {
                return "io: give the number of lines, such as 16\n"
            }
            return session.guest.transactions(last: count)
        },
        MonitorRow("reset", "", "RESET: processor and chips; RAM and time stay") { session, _ in
            session.guest.reset()
            return "the processor is at \(session.guest.description)\n"
        },
    ]

    /// The name and its arguments.
    var usage: String { arguments.isEmpty ? name : "\(name) \(arguments)" }

    private static var help: String { Help.columns(all.map { ($0.usage, $0.summary) }) }

    /// Runs a line; its output comes first.
    static func run(_ line: String, _ session: GDBSession) -> Reply {
        let words = line.split { $0 == " " || $0 == "\t" }
        for row in all {
            let name = row.name.split(separator: " ")
            if words.starts(with: name) {
                session.say(row.body(session, Array(words.dropFirst(name.count))))
                return .ok
            }
        }
        let nearest = Nearest.name(to: words.joined(separator: " "), in: all.map(\.name))
        let remedy = nearest.map { "did you mean '\($0)'?" } ?? "'monitor help' lists them"
        session.say("there is no \(line.quoted); \(remedy)\n")
        return .ok
    }

    private static func cpu(_ state: CPUState) -> String {
        var rows = [["", "selector", "base", "limit", "access"]]
        for register in SegmentRegister.allCases { rows.append(line(register.name, state.segments[register])) }
        rows += [line("ldtr", state.ldtr), line("tr", state.tr)]
        rows.append(["gdtr", "", state.gdtr.base.hex, state.gdtr.limit.hex, ""])
        rows.append(["idtr", "", state.idtr.base.hex, state.idtr.limit.hex, ""])
        return "\(state.modeText), CPL \(state.cpl), \(state.instructions) instructions\n"
            + Table(columns: rows[0], rows: Array(rows.dropFirst())).plain
    }

    private static func line(_ name: String, _ segment: Segment) -> [String] {
        [name, segment.selector.hex, segment.base.hex, segment.limit.hex, segment.access.rawValue.hex]
    }
}

extension CPUState {
    /// The mode in words: `real mode, 16-bit code`.
    var modeText: String {
        let isProtected = cr0 & 1 == 1
        let mode = isProtected ? eflags.contains(.virtual8086) ? "virtual-8086 mode" : "protected mode" : "real mode"
        let code = runs32BitCode ? "32-bit code" : "16-bit code"
        let paging = cr0 >> 31 == 1 ? ", paging" : ""
        return "\(mode), \(code)\(paging)\(halted ? ", halted" : "")"
    }
}
