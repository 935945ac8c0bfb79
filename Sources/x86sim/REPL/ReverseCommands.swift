import X86Interp

/// Backwards, by the engine's history.
enum ReverseCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "rstep", ["rs", "rsi"], "[N]", .reverse, "go back one instruction, or one iteration of a repeated one"
        ) { session, arguments throws(CommandError) in
            let count = try arguments.count("a number of steps", default: 1)
            try arguments.end()
            if count > 0 { session.run(quietly: true) { $0.reverseStep(count) } }
        },
        Command(
            "rnext", ["rn"], "", .reverse, "go back over one instruction whole: a repetition, a call, an INT"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.run(quietly: true) { $0.reverseNext() }
        },
        Command(
            "rfinish", ["rf"], "", .reverse, "go back to where the procedure or handler at hand was called"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.run { $0.reverseFinish() }
        },
        Command(
            "rcontinue", ["rc"], "", .reverse, "go back to the last hit of a breakpoint or watchpoint"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.run { $0.reverseResume() }
        },
        Command(
            "goto", [], "ICOUNT", .reverse, "go to an instruction count, back or forth", repetition: .never
        ) { session, arguments throws(CommandError) in
            guard !arguments.isEmpty else { throw arguments.missing("an instruction count") }
            let count = try arguments.count("an instruction count", default: 0)
            try arguments.end()
            session.run { [limit = session.limit] in $0.go(to: min(count, limit)) }
        },
        Command(
            "who", [], "A[,LEN] | REG | port P", .reverse, "which instruction last wrote memory, a register, a port",
            details: "Looks back through the history.\n",
            examples: [.init("who 600,2"), .init("who ax"), .init("who port 3f8")], completion: .expression,
            body: who),
    ]

    private static func who(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if arguments.take("port") {
            let (port, _) = try arguments.port(session)
            try arguments.end()
            guard let found = session.debugger.lastTransaction(at: port...port) else {
                return session.say("nobody, as far as the history goes")
            }
            return session.say(
                "\(session.text(of: found)) by \(session.place(found.cs, found.eip)), \(found.instructions) instructions"
            )
        }
        if let register = RegisterReference.named(arguments.nextWord.lowercased()) {
            _ = arguments.word()
            try arguments.end()
            return session.say(session.text(of: session.debugger.lastChange(of: register)))
        }
        if let wide = WideRegister.named(arguments.nextWord.lowercased()) {
            _ = arguments.word()
            try arguments.end()
            return session.say(session.text(of: session.debugger.lastChange(of: wide)))
        }
        let place = try arguments.place("an address", session)
        let length: UInt32 = arguments.take(character: ",") ? try arguments.number("a length", session) : 1
        try arguments.end()
        guard length > 0, place.linear.addingReportingOverflow(length - 1).overflow == false else {
            throw .usage("\(session.length(length)) at \(place.text) are no range")
        }
        let range = place.linear...place.linear + (length - 1)
        session.say(session.text(of: session.debugger.lastWrite(to: range)))
    }
}

extension Session {
    /// Who wrote something, in words.
    func text(of provenance: Provenance?) -> String {
        guard let found = provenance else { return "nobody, as far as the history goes" }
        let isWide = found.oldHigh | found.newHigh != 0
        func text(_ high: UInt64, _ low: UInt64) -> String {
            isWide ? high.hex(digits: 4) + ":" + low.hex : low.hex(digits: 2)
        }
        let values = text(found.oldHigh, found.oldValue) + " -> " + text(found.newHigh, found.newValue)
        let instruction = instruction(at: found.code, code32: found.code32, base: found.code &- found.eip)
        let code = instruction.map { "  " + $0.text } ?? ""
        let place = place(found.cs, found.eip) + symbolNote(found.code)
        return "\(values) by \(place)\(code), at instruction \(found.instructions)"
    }
}
