import X86Interp

/// Registers, code, stack, pages: looking changes nothing.
enum LookCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "registers", ["r"], "[REG[=V]]", .look, "the registers, one of them, or set one",
            details:
                "Those that the last command which ran the guest has changed are marked: * behind the value. Names are\n"
                + "those of instructions: al, ax, eax, es, eip, eflags, cr0, dr7, and single flags (cf zf if df),\n"
                + "es.base, gdtr.base, icount. Of x87, MMX and SSE there are fcw fsw ftw fop fip fcs fdp fds, st0 with its\n"
                + "parts st0.exp and st0.sig, mm0 with mm0.d0 and mm0.d1, mxcsr, xmm0 with xmm0.d0 to d3, q0 and q1.\n"
                + "Whole, st0 and xmm0 have two numbers, the high bits first: 3fff:8000000000000000 is 1.\n",
            examples: [
                .init("r ax", "shows AX"), .init("r ax=1234", "sets it"), .init("r fcw=27f"),
                .init("r st0=3fff:8000000000000000", "ST0 is 1, and in use"),
            ],
            completion: .expression, body: registers),
        Command("sreg", [], "", .look, "segment and table registers with their hidden parts") {
            session, arguments throws(CommandError) in
            try arguments.end()
            session.say(session.registerView.segments, end: "")
        },
        Command("creg", [], "", .look, "control registers, bit by bit") { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(session.registerView.control, end: "")
        },
        Command("dreg", [], "", .look, "debug registers and what they arm") { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(session.registerView.debug, end: "")
        },
        Command(
            "fpu", [], "", .look, "the floating-point unit: its words, its stack with values, the MMX registers",
            details:
                "The decimal value is rounded to 19 digits, the hexadecimal one is exact: sign and exponent, significand.\n"
                + "Tags are those of the full tag word. fcs:fip is the last instruction but control ones, fds:fdp its\n"
                + "operand in memory, fop its opcode. * marks what the last command that ran the guest has changed.\n"
        ) { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(session.registerView.fpu, end: "")
        },
        Command(
            "sse", ["xmm"], "[/s|/d|/b]", .look, "MXCSR and the XMM registers: as singles, doubles or bytes",
            details: "The register is written as a number, its parts in braces the lowest first, as in memory.\n",
            examples: [.init("sse"), .init("sse/d")], takesFormat: true
        ) { session, arguments throws(CommandError) in
            guard let lanes = RegisterView.Lanes(rawValue: arguments.format.isEmpty ? "s" : arguments.format) else {
                throw .usage("sse has no format \(arguments.format.quoted); use s (singles), d (doubles), b (bytes)")
            }
            try arguments.end()
            session.say(session.registerView.sse(lanes), end: "")
        },
        Command("flags", [], "", .look, "the flags by name") { session, arguments throws(CommandError) in
            try arguments.end()
            session.say(flags(session.state, session.machine.cpu.model))
        },
        Command(
            "print", ["p", "?", "h"], "[/x|/d|/t|/c] E", .look, "the value of an expression",
            details: expressionHelp,
            examples: [.init("print /x ax"), .init("p [bp-2]+1"), .init("? 2*3"), .init("p es:di+4")],
            takesFormat: true, completion: .expression, body: print),
        Command(
            "stack", [], "[N]", .look, "the topmost N entries of the stack (8)", body: stack),
        Command(
            "bt", [], "[N]", .look, "the chain of calls by (E)BP, as far as it goes",
            details: "Frames that do not begin with 'push bp; mov bp, sp' are not in the chain.\n", body: backtrace),
        Command(
            "page", [], "A", .look, "how a linear address becomes a physical one, level by level",
            completion: .expression, body: page),
    ]

    /// What expressions are; part of several helps.
    static let expressionHelp = """
        Numbers are hexadecimal; 0d10 is decimal, 0x always works, 'A' is a character's code. A word that
        begins with a letter is a register or symbol if there is one: the number CF is written 0cf.
        Operators are C's: + - * / % << >> < <= > >= == != & ^ | && || ~ !
        [bp-2], byte [es:di+4], dword [7c00] is memory: with BP or SP in SS, with another register in DS,
        else linear. Addresses are linear, SEG:OFF, es:di+4, or symbols.

        """

    private static func registers(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        guard !arguments.isEmpty else { return session.say(session.registerView.general, end: "") }
        if arguments.rest.contains("=") { return try ChangeCommands.set(session, &arguments) }
        while let word = arguments.word() {
            if let wide = WideRegister.named(word.lowercased()) {
                session.say("\(word.lowercased()) = \(session.registerView.text(of: wide))")
                continue
            }
            guard let register = RegisterReference.named(word.lowercased()) else {
                throw .usage("no register \(word.quoted); there are eax, ax, al, ds, eip, cr0, st0, xmm0 and so on")
            }
            session.say("\(word.lowercased()) = \(session.text(of: session.state.value(of: register)))")
        }
    }

    private static func flags(_ state: CPUState, _ model: CPUModel) -> String {
        let rows: [(EFLAGS, String, String)] = [
            (.carry, "CF", "carry"), (.parity, "PF", "even parity"), (.auxiliary, "AF", "carry out of bit 3"),
            (.zero, "ZF", "zero"), (.sign, "SF", "negative"), (.trap, "TF", "single-step trap"),
            (.interrupt, "IF", "interrupts enabled"), (.direction, "DF", "strings go down"),
            (.overflow, "OF", "signed overflow"), (.nestedTask, "NT", "nested task"),
            (.resume, "RF", "breakpoints passed over once"), (.virtual8086, "VM", "virtual-8086 mode"),
            (.alignmentCheck, "AC", "alignment checked"),
        ]
        let set = rows.filter { state.eflags.contains($0.0) }.map { "\($0.1) (\($0.2))" }
        let view = RegisterView(state: state, model: model)
        return view.flags + "\nset: " + (set.isEmpty ? "none" : set.joined(separator: ", "))
    }

    private static func print(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let format = arguments.format
        guard ["", "x", "d", "t", "c"].contains(format) else {
            throw .usage("print has no format \(format.quoted); use x (hex), d (decimal), t (binary), c (character)")
        }
        if let wide = WideRegister.named(arguments.rest.lowercased().filter { $0 != " " && $0 != "\t" && $0 != "$" }) {
            return session.say(session.registerView.text(of: wide))
        }
        let place = try arguments.placeExpression("an expression", session)
        try arguments.end()
        guard case .linear(let expression) = place else {
            let found = try session.resolve(place)
            return session.say("\(found.text) = linear \(found.linear.hex)" + session.symbolNote(found.linear))
        }
        let value = try session.evaluate(expression)
        session.say(text(value, format: format, session))
    }

    private static func text(_ value: UInt64, format: String, _ session: Session) -> String {
        switch format {
        case "x": return value.hex(digits: 1)
        case "d": return String(value)
        case "t": return String(value, radix: 2)
        case "c": return character(value)
        default:
            let symbol = UInt32(exactly: value).map(session.symbolNote) ?? ""
            return session.text(of: value) + symbol
        }
    }

    private static func character(_ value: UInt64) -> String {
        guard 0x20...0x7E ~= value else { return "\(value.hex(digits: 2)) (no character)" }
        return "'\(Character(Unicode.Scalar(UInt8(value))))'"
    }

    private static func stack(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let count = min(256, try arguments.count("a number of entries", default: 8))
        try arguments.end()
        let state = session.state
        let stack = state.segments.ss
        let is32 = stack.access.contains(.big) && session.machine.cpu.model.is32Bit
        let size = session.isCode32 ? 4 : 2
        var offset = is32 ? state.gpr.esp : state.gpr.esp & 0xFFFF
        for _ in 0..<count {
            let place = stack.selector.hex + ":" + offset.hex(digits: is32 ? 8 : 4)
            guard let value = session.value(at: stack.base &+ offset, bytes: size) else {
                session.say("\(place)  no memory")
                return
            }
            let target = UInt32(value, radix: 16) ?? 0
            session.say("\(place)  \(value)" + session.symbolNote(state.segments.cs.base &+ target))
            offset = offset &+ UInt32(size)
            if !is32 { offset &= 0xFFFF }
        }
    }

    private static func backtrace(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let count = min(256, try arguments.count("a number of frames", default: 16))
        try arguments.end()
        let state = session.state
        let size = session.isCode32 ? 4 : 2
        let mask: UInt32 = session.isCode32 ? .max : 0xFFFF
        var frame = state.gpr.ebp & mask
        session.say("#0  " + session.codePlace(session.currentLinear) + session.symbolNote(session.currentLinear))
        for number in 1...max(1, Int(count)) {
            let base = state.segments.ss.base
            guard frame != 0, let saved = session.value(at: base &+ frame, bytes: size),
                let back = session.value(at: base &+ frame &+ UInt32(size), bytes: size),
                let next = UInt32(saved, radix: 16), let target = UInt32(back, radix: 16)
            else { return }
            let linear = state.segments.cs.base &+ target
            session.say("#\(number)  " + session.codePlace(linear) + session.symbolNote(linear))
            // Callers' frames lie above.
            guard next > frame else { return }
            frame = next
        }
    }

    private static func page(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let place = try arguments.place("an address", session)
        try arguments.end()
        session.say(session.pageWalk(place.linear), end: "")
    }
}
