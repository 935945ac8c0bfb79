import X86Interp

/// What a session prints under `--json`: a line for each stop, for each command, and at the end the result.
///
/// Numbers are decimal, texts are those of a session without `--json`. What the guest writes is part of the result.
final class JSONLines {
    /// What the guest's debug console has written.
    let console = MemorySink(limit: limit)
    /// What the command at hand has printed.
    private var text = ""
    /// The most text of one command, or of one console, that is kept.
    static let limit = 16 << 20

    /// Keeps a text of the command at hand.
    func keep(_ more: String) {
        if text.utf8.count < Self.limit { text += more }
    }

    /// The line of a command that is done; empty lines and comments too.
    func command(_ line: String, isDone: Bool) -> JSON {
        defer { text = "" }
        return .object([
            "event": .string("command"), "command": .string(line), "ok": .bool(isDone), "text": .string(text),
        ])
    }
}

extension Session {
    /// The line of a stop.
    func json(_ event: StopEvent, code: CodeLine?) -> JSON {
        .object([
            "event": .string("stop"),
            "stop": .string(end?.name ?? Self.name(of: event.reason)),
            "reason": .string(reason(event)),
            "breakpoints": .array(event.hits.map { .number(UInt64($0)) }),
            "cs": .number(UInt64(state.segments.cs.selector)),
            "eip": .number(UInt64(state.eip)),
            "instructions": .number(state.instructions),
            "next": code.map { .string($0.instruction.text) } ?? .null,
        ])
    }

    /// The line of the result: that of `run` if the guest's run is over.
    func result(_ lines: JSONLines) -> JSON {
        let end = end ?? .interrupted
        let report = RunReport(guest: guest, end: end, status: status).json(lines.console)
        guard case .object(var members) = report else { return report }
        if self.end == nil {
            let quit: [String: JSON] = ["stop": .string("quit"), "reason": .string("the session is over")]
            members = members.map { .init(name: $0.name, value: quit[$0.name] ?? $0.value) }
        }
        return .object([JSON.Member(name: "event", value: .string("result"))] + members)
    }

    /// One word for a stop that is no end of the run.
    private static func name(of reason: StopEvent.Reason) -> String {
        switch reason {
        case .done: "done"
        case .breakpoint: "breakpoint"
        case .watchpoint: "watchpoint"
        case .port: "port"
        case .interrupt: "interrupt"
        case .exception: "exception"
        case .modeSwitch: "mode"
        case .instructions: "icount"
        case .condition: "condition"
        case .startOfHistory: "start-of-history"
        case .noHistory: "no-history"
        case .busy: "busy"
        case .limit: "fuel"
        case .halted: "halted"
        case .shutdown: "triple-fault"
        case .guestExit: "exit"
        case .requested: "interrupted"
        case .unmappedPort: "unmapped-port"
        case .unmappedMemory: "unmapped-memory"
        case .fault: "fault"
        case .unhandled: "unhandled"
        case .unanswered: "user-device"
        }
    }
}
