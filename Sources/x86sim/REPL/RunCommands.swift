import X86Interp

/// Forwards: steps, runs, and a new start.
enum RunCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "step", ["s", "si", "stepi", "t"], "[N]", .run, "run one instruction, or one iteration of a repeated one",
            details: "A call is stepped into; 'next' runs what is called as a whole.\n",
            examples: [.init("s 5", "runs five")], body: step),
        Command(
            "next", ["n", "ni"], "[N]", .run, "run one instruction whole: a repetition, a call, an INT",
            details: "Breakpoints on the way stop it.\n",
            examples: [.init("p", "alone does the same, as in DEBUG"), .init("p ax", "prints")],
            bareAliases: ["p"], body: next),
        Command(
            "finish", ["fin"], "", .run, "run until the procedure or handler at hand has returned"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.run { [limit = session.limit] in $0.finish(until: limit) }
        },
        Command(
            "until", [], "[A]", .run, "run to an address, or past the end of a loop",
            details: "Without an address: to the instruction behind this one, however often this jumps back.\n",
            completion: .expression, body: until),
        Command(
            "continue", ["c", "g"], "[A]", .run, "run until something stops the guest, or to an address",
            details: "Breakpoints, the guest's end, Ctrl-C.\n",
            examples: [.init("g 7c23", "runs to there, as in DEBUG")], completion: .expression, repetition: .onward,
            body: resume),
        Command(
            "advance", [], "N", .run, "run N instructions, iterations counted each"
        ) { session, arguments throws(CommandError) in
            guard !arguments.isEmpty else { throw arguments.missing("a number of instructions") }
            let count = try arguments.count("a number of instructions", default: 1)
            try arguments.end()
            let (sum, overflow) = session.debugger.position.addingReportingOverflow(count)
            session.run { [limit = session.limit] in $0.resume(until: overflow ? limit : min(sum, limit)) }
        },
        Command(
            "run", [], "", .run, "run from the start: 'continue', behind a 'restart' if the guest has run"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            if session.debugger.position > 0 { try session.restart() }
            session.run { [limit = session.limit] in $0.resume(until: limit) }
        },
        Command(
            "restart", [], "", .run, "load the guest anew; breakpoints stay", repetition: .never
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            try session.restart()
            session.showPlace()
        },
        Command("quit", ["q", "exit"], "", .run, "end the session", repetition: .never) {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.isOver = true
        },
    ]

    private static func step(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let count = try arguments.count("a number of steps", default: 1)
        try arguments.end()
        guard count > 0 else { return }
        session.run(quietly: count == 1, showsEffect: count == 1) { [limit = session.limit] in
            $0.step(count, until: limit)
        }
    }

    private static func next(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let count = try arguments.count("a number of steps", default: 1)
        try arguments.end()
        guard count > 0 else { return }
        session.run(quietly: count == 1) { [limit = session.limit] debugger in
            var event = debugger.next(until: limit)
            var left = count - 1
            while left > 0, event.reason == .done {
                event = debugger.next(until: limit)
                left -= 1
            }
            return event
        }
    }

    private static func until(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if arguments.isEmpty {
            let length = session.instruction(at: session.currentLinear)?.length ?? 1
            let behind = session.currentLinear &+ UInt32(length)
            return session.run { [limit = session.limit] in $0.run(to: .linear(behind), until: limit) }
        }
        let place = try arguments.place("an address", session)
        try arguments.end()
        session.run { [limit = session.limit] in $0.run(to: place.address, until: limit) }
    }

    private static func resume(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        guard arguments.isEmpty else { return try until(session, &arguments) }
        if case .guestExit = session.debugger.lastStop?.reason {
            session.say("the guest had ended; 'restart' loads it anew")
        }
        session.run { [limit = session.limit] in $0.resume(until: limit) }
    }
}

extension Session {
    /// The guest time that `--fuel` allows.
    var limit: UInt64 { guest.limit(ofFuel: settings.fuel) }

    /// Shows the next instruction.
    func showPlace() {
        if let name = symbols.exactName(at: currentLinear) { say(name + ":") }
        let nothing = place(state.segments.cs.selector, state.eip) + "  no memory"
        say(codeLine(at: currentLinear)?.text ?? nothing)
    }

    /// Writes the next instruction to the trace.
    func traceInstruction() {
        let nothing = place(state.segments.cs.selector, state.eip) + "  no memory"
        (trace as? LineTracker)?.startLine()
        trace?.write("\(debugger.position)  \(codeLine(at: currentLinear)?.text ?? nothing)\n")
    }
}
