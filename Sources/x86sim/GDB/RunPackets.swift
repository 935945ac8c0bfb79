extension PacketRow {
    /// The packets that let the guest run.
    static let runControl: [PacketRow] = [
        PacketRow("?", "why the guest is stopped") { session, _ in session.lastStop },
        PacketRow("c", "continue") { session, fields in resume(.run, at: &fields, session) },
        PacketRow("s", "run one instruction, or one iteration of a repeated one") { session, fields in
            resume(.step, at: &fields, session)
        },
        PacketRow("C", "continue; the signal is dropped") { session, fields in
            guard skipSignal(&fields) else { return .failure(.argument) }
            return resume(.run, at: &fields, session)
        },
        PacketRow("S", "run one instruction; the signal is dropped") { session, fields in
            guard skipSignal(&fields) else { return .failure(.argument) }
            return resume(.step, at: &fields, session)
        },
        PacketRow("bc", "continue backwards") { session, fields in
            fields.isAtEnd ? session.resume(.runBackwards) : .failure(.argument)
        },
        PacketRow("bs", "go back one instruction or iteration") { session, fields in
            fields.isAtEnd ? session.resume(.stepBackwards) : .failure(.argument)
        },
        PacketRow("vCont?", "which actions vCont has") { _, _ in .text("vCont;c;C;s;S;t;r") },
        PacketRow("vCont", "continue, step, stop, or step while in a range") { session, fields in
            action(&fields, session)
        },
        PacketRow("vCtrlC", "stop the guest") { session, _ in
            session.interrupt()
            return .ok
        },
        PacketRow("D", "detach: the guest runs on without the debugger") { session, _ in
            session.end(.detached)
            return .ok
        },
        PacketRow("k", "end the guest") { session, _ in
            session.end(.killed)
            return .none
        },
        PacketRow("vKill", "end the guest, with an answer") { session, _ in
            session.end(.killed)
            return .ok
        },
    ]

    /// `signal` and a semicolon if an address follows.
    private static func skipSignal(_ fields: inout PacketFields) -> Bool {
        guard fields.number() != nil else { return false }
        return fields.isAtEnd || fields.take(";")
    }

    /// Goes on, at an address if there is one.
    private static func resume(_ motion: Motion, at fields: inout PacketFields, _ session: GDBSession) -> Reply {
        guard !fields.isAtEnd else { return session.resume(motion) }
        guard let address = fields.address(), fields.isAtEnd else { return .failure(.argument) }
        var state = session.guest.state
        let offset = address &- state.segments.cs.base
        guard offset <= state.segments.cs.limit else { return .failure(.address) }
        state.jump(to: offset)
        session.guest.state = state
        return session.resume(motion)
    }

    /// The first action that is for the processor.
    private static func action(_ fields: inout PacketFields, _ session: GDBSession) -> Reply {
        while !fields.isAtEnd {
            var action = PacketFields(fields.text(before: ";"))
            var threads = action
            let verb = action.text(before: ":")
            _ = threads.text(before: ":")
            if !threads.isAtEnd {
                guard let thread = threads.thread(), threads.isAtEnd else { return .failure(.argument) }
                guard thread.isProcessor else { continue }
            }
            return perform(PacketFields(verb), session)
        }
        return .failure(.argument)
    }

    private static func perform(_ action: PacketFields, _ session: GDBSession) -> Reply {
        var action = action
        if action.take("c") { return action.isAtEnd ? session.resume(.run) : .failure(.argument) }
        if action.take("s") { return action.isAtEnd ? session.resume(.step) : .failure(.argument) }
        if action.take("C") { return skipSignal(&action) ? session.resume(.run) : .failure(.argument) }
        if action.take("S") { return skipSignal(&action) ? session.resume(.step) : .failure(.argument) }
        if action.take("t") { return action.isAtEnd ? session.lastStop : .failure(.argument) }
        guard action.take("r"), let first = action.address(), action.take(","), let end = action.address(),
            action.isAtEnd
        else { return .failure(.argument) }
        return session.resume(first < end ? .stepWithin(first..<end) : .step)
    }
}
