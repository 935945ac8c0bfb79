import X86Interp

/// What stops the guest.
enum BreakpointCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "break", ["b", "bp", "vb", "lb", "pb"], kinds, .stop,
            "stop at an address, a port, an interrupt, an exception and more", details: breakHelp,
            examples: breakExamples, completion: .expression
        ) { session, arguments throws(CommandError) in try add(session, &arguments, isTemporary: false) },
        Command(
            "tbreak", [], kinds, .stop, "the same, once", completion: .expression
        ) { session, arguments throws(CommandError) in try add(session, &arguments, isTemporary: true) },
        Command(
            "watch", [], "A[,LEN] [if E] [do C]", .stop, "stop behind a write that changes memory",
            details: "LEN is the operand size of the code at hand unless told.\n",
            examples: [.init("watch 600,2"), .init("watch word [bp-2]")], completion: .expression
        ) { session, arguments throws(CommandError) in try watch(session, &arguments, .write, onlyChanges: true) },
        Command(
            "rwatch", [], "A[,LEN] [if E] [do C]", .stop, "stop behind a read", completion: .expression
        ) { session, arguments throws(CommandError) in try watch(session, &arguments, .read, onlyChanges: false) },
        Command(
            "awatch", [], "A[,LEN] [if E] [do C]", .stop, "stop behind a read or write", completion: .expression
        ) { session, arguments throws(CommandError) in try watch(session, &arguments, .access, onlyChanges: false) },
        Command("blist", ["bl"], "", .stop, "the breakpoints, as 'info break'") {
            session, arguments throws(CommandError) in
            try arguments.end()
            list(session)
        },
        Command(
            "delete", ["bc"], "[N...]", .stop, "remove breakpoints, all without a number", repetition: .never
        ) { session, arguments throws(CommandError) in
            for number in try numbers(session, &arguments) {
                let text = session.text(ofBreakpoint: number)
                session.debugger.remove(number)
                session.say("\(text) deleted")
            }
        },
        Command("enable", ["be"], "[N...]", .stop, "let breakpoints stop again") {
            session, arguments throws(CommandError) in
            for number in try numbers(session, &arguments) { enable(number, true, session) }
        },
        Command("disable", ["bd"], "[N...]", .stop, "keep breakpoints without effect") {
            session, arguments throws(CommandError) in
            for number in try numbers(session, &arguments) { enable(number, false, session) }
        },
        Command("ignore", [], "N COUNT", .stop, "pass over the next COUNT hits of breakpoint N") {
            session, arguments throws(CommandError) in
            let number = try number(session, &arguments)
            let count = try arguments.count("a count", default: 0)
            try arguments.end()
            session.debugger.change(number) { $0.ignoreCount = count }
            session.say("\(session.text(ofBreakpoint: number)) passes over \(count) hits")
        },
        Command(
            "condition", [], "N [E]", .stop, "give breakpoint N a condition, or none", completion: .expression
        ) { session, arguments throws(CommandError) in
            let number = try number(session, &arguments)
            let expression = arguments.isEmpty ? nil : try arguments.expression("a condition", session)
            try arguments.end()
            session.debugger.change(number) { $0.condition = expression }
            let text = expression.map { "if " + $0.text } ?? "has no condition"
            session.say("\(session.text(ofBreakpoint: number)) \(text)")
        },
    ]

    /// How the help writes what stops.
    private static let kinds =
        "(A | io P[-P] [r|w] [w1|w2|w4] | int V | exc [gp] | mode | icount N | device NAME) [if E] [do C]"

    private static let breakHelp = """
        A is linear, SEG:OFF or a symbol; lb means a linear address, pb a physical one, vb SEG:OFF.
        if E: only where E is not 0; value, old, address, width, vector and errorcode are the event's.
        do C: does not stop but does C, a command that looks; several with ; between them.

        """

    private static let breakExamples: [Command.Example] = [
        .init("b 7c23", "at an instruction"), .init("b 0000:7c23"), .init("b start"), .init("b cs:ip+4"),
        .init("pb 7c23", "at a physical address"),
        .init("b io 3f8-3ff w w1 if value == 41", "behind a port access: r reads, w writes; w1 w2 w4 its width"),
        .init("b io 302/2", "behind accesses of two bytes"),
        .init("b int 10 if ah == 0e", "before an interrupt or INT"), .init("b exc gp", "before an exception"),
        .init("b mode", "behind a change of mode"), .init("b icount 1000", "at an instruction count"),
        .init("b device uart", "behind an access to a device's ports"),
        .init("b 7c23 do print ax; io last 1", "looks and goes on"),
    ]

    // MARK: Adding

    private static func add(
        _ session: Session, _ arguments: inout Arguments, isTemporary: Bool
    ) throws(CommandError) {
        let kind = try kind(session, &arguments)
        try add(kind, session, &arguments, isTemporary: isTemporary)
    }

    /// The rest of every such command: condition, action, the number that comes of it.
    private static func add(
        _ kind: Breakpoint.Kind, _ session: Session, _ arguments: inout Arguments, isTemporary: Bool = false
    ) throws(CommandError) {
        var condition: Expression?
        var action: String?
        if arguments.take("if") { condition = try arguments.expression("a condition", session) }
        if arguments.take("do") {
            action = arguments.remainder()
            if Session.actions(action ?? "").isEmpty { throw arguments.missing("a command behind 'do'") }
            try session.check(action: action ?? "")
        }
        try arguments.end()
        guard session.debugger.breakpoints.count < 1000 else {
            throw .usage("1000 breakpoints are enough; delete some")
        }
        let number = session.debugger.add(
            kind, if: condition, isTemporary: isTemporary, action: action, isLogOnly: action != nil)
        session.say(session.text(ofBreakpoint: number))
        if case .code(let address) = kind, let note = session.noteInsideInstruction(address) { session.say(note) }
    }

    private static func enable(_ number: Int, _ isEnabled: Bool, _ session: Session) {
        session.debugger.change(number) { $0.isEnabled = isEnabled }
        session.say("\(session.text(ofBreakpoint: number)) is \(isEnabled ? "enabled" : "disabled")")
    }

    private static func kind(_ session: Session, _ arguments: inout Arguments) throws(CommandError) -> Breakpoint.Kind {
        if arguments.isEmpty || ["if", "do"].contains(arguments.nextWord) {
            let state = session.state
            return .code(.segmented(selector: state.segments.cs.selector, offset: state.eip))
        }
        if arguments.take("io") { return .port(try ports(session, &arguments)) }
        if arguments.take("int") { return .interrupt(try vectors(session, &arguments)) }
        if arguments.take("exc") { return .exception(try exception(session, &arguments)) }
        if arguments.take("mode") { return .modeSwitch }
        if arguments.take("icount") {
            guard !arguments.isEmpty else { throw arguments.missing("an instruction count") }
            return .instructions(try arguments.count("an instruction count", default: 0))
        }
        if arguments.take("device") {
            let name = try arguments.word("a device")
            let names = session.guest.board.devices.map(\.name)
            guard names.contains(name) else {
                throw .usage("no device \(name.quoted); there are \(names.joined(separator: ", "))")
            }
            return .device(name)
        }
        let place = try arguments.place("an address", session)
        return .code(arguments.name == "pb" ? .physical(place.linear) : place.address)
    }

    private static func ports(_ session: Session, _ arguments: inout Arguments) throws(CommandError) -> PortWatch {
        var watch: PortWatch
        if arguments.nextWord.contains("/") {
            let (port, width) = try arguments.port(session)
            watch = PortWatch(port...port)
            watch.width = width
        } else {
            watch = PortWatch(try range("a port", UInt16.self, session, &arguments))
        }
        while !arguments.isEmpty {
            if arguments.take("r") {
                watch.direction = .in
            } else if arguments.take("w") {
                watch.direction = .out
            } else if arguments.take("rw") {
                watch.direction = nil
            } else if let width = Width.allCases.first(where: { arguments.nextWord.lowercased() == "w\($0.bytes)" }) {
                _ = arguments.word()
                watch.width = width
            } else {
                break
            }
        }
        return watch
    }

    private static func vectors(
        _ session: Session, _ arguments: inout Arguments
    ) throws(CommandError) -> ClosedRange<UInt8> {
        if arguments.isEmpty || ["if", "do"].contains(arguments.nextWord) { return 0...255 }
        return try range("a vector", UInt8.self, session, &arguments)
    }

    /// `P` or `P-P`: a difference is no use here, so that the dash is a range's.
    static func range<Number: FixedWidthInteger>(
        _ what: String, _ type: Number.Type, _ session: Session, _ arguments: inout Arguments
    ) throws(CommandError) -> ClosedRange<Number> {
        let word = try arguments.word(what)
        var ends: [Number] = []
        for part in word.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false) {
            var parser = ExpressionParser(part, radix: session.radix, names: session.names)
            let value = try session.evaluate(try parser.expression())
            guard parser.rest.isEmpty, let end = Number(exactly: value) else {
                throw .usage("\(String(part).quoted) is not \(what), 0 to \(String(Number.max, radix: 16))")
            }
            ends.append(end)
        }
        guard let first = ends.first, let last = ends.last, first <= last else {
            throw .usage("\(word.quoted) is no range; write the lower number first")
        }
        return first...last
    }

    private static func exception(
        _ session: Session, _ arguments: inout Arguments
    ) throws(CommandError) -> ExceptionVector? {
        if arguments.isEmpty || ["if", "do"].contains(arguments.nextWord) { return nil }
        let word = arguments.nextWord.lowercased()
        if let named = ExceptionVector.allCases.first(where: {
            $0.mnemonic.lowercased().drop { $0 == "#" } == word.drop { $0 == "#" }
        }) {
            _ = arguments.word()
            return named
        }
        let number: UInt8 = try arguments.number("an exception", session)
        guard let vector = ExceptionVector(rawValue: number) else {
            throw .usage("\(number.hex) is no exception; use one such as gp or 0d, or 'break int \(number.hex)'")
        }
        return vector
    }

    private static func watch(
        _ session: Session, _ arguments: inout Arguments, _ access: WatchAccess, onlyChanges: Bool
    ) throws(CommandError) {
        var target = try arguments.placeExpression("an address", session)
        var length: UInt32 = session.isCode32 ? 4 : 2
        if case .linear(let address) = target {
            switch address.form {
            case .memory(let address, let width): (target, length) = (.linear(address), UInt32(width.bytes))
            case .segmentMemory(let segment, let offset, let width):
                (target, length) = (.segment(segment, offset), UInt32(width.bytes))
            case .farMemory(let selector, let offset, let width):
                (target, length) = (.far(selector: selector, offset: offset), UInt32(width.bytes))
            case .number, .register, .physicalMemory, .event, .unary, .binary, .tooComplex: break
            }
        }
        let place = try session.resolve(target)
        if arguments.take(character: ",") { length = try arguments.number("a length", session) }
        guard 1...0x10000 ~= length else {
            throw .usage("\(session.length(length)) are no length from 1 to \(session.number(0x10000))")
        }
        let kind = Breakpoint.Kind.watch(.linear(place.linear), length: length, access, onlyChanges: onlyChanges)
        try add(kind, session, &arguments)
    }

    // MARK: The list

    /// Takes the number of a breakpoint.
    private static func number(_ session: Session, _ arguments: inout Arguments) throws(CommandError) -> Int {
        let word = try arguments.word("a breakpoint's number")
        guard let number = Int(word), session.debugger.breakpoint(number) != nil else {
            throw .usage("no breakpoint \(word.quoted); 'info break' lists them")
        }
        return number
    }

    /// Takes numbers to the end; all if there is none.
    private static func numbers(_ session: Session, _ arguments: inout Arguments) throws(CommandError) -> [Int] {
        guard !arguments.isEmpty else { return session.debugger.breakpoints.map(\.number) }
        var numbers: [Int] = []
        while !arguments.isEmpty { numbers.append(try number(session, &arguments)) }
        return numbers
    }

    /// Prints the breakpoints.
    static func list(_ session: Session) {
        guard !session.debugger.breakpoints.isEmpty else { return session.say("no breakpoints") }
        let rows = session.debugger.breakpoints.map { breakpoint in
            var notes: [String] = []
            if !breakpoint.isEnabled { notes.append("disabled") }
            if breakpoint.isTemporary { notes.append("once") }
            if breakpoint.ignoreCount > 0 { notes.append("passes over \(breakpoint.ignoreCount) more") }
            if let condition = breakpoint.condition { notes.append("if \(condition.text)") }
            if let action = breakpoint.action { notes.append("do \(action)") }
            return [
                "\(breakpoint.number)", session.text(of: breakpoint.kind), "\(breakpoint.hits)",
                notes.joined(separator: ", "),
            ]
        }
        session.say(Table(columns: ["number", "where", "hits", "notes"], rows: rows).plain, end: "")
    }
}

extension Session {
    /// `breakpoint 1 at 0000:7C23 <start>`, `watchpoint 2: change of 2 bytes at 00000600`.
    func text(ofBreakpoint number: Int) -> String {
        guard let breakpoint = debugger.breakpoint(number) else { return "breakpoint \(number)" }
        switch breakpoint.kind {
        case .code(let address): return "breakpoint \(number) at \(text(of: address))"
        case .watch: return "watchpoint \(number): \(text(of: breakpoint.kind))"
        case .port, .device, .interrupt, .exception, .modeSwitch, .instructions:
            return "breakpoint \(number): \(text(of: breakpoint.kind))"
        }
    }

    /// That a breakpoint will not be met where code that has been decoded has an instruction around it; nil if it may.
    func noteInsideInstruction(_ address: Address) -> String? {
        let physical: UInt32
        switch address {
        case .physical(let place): physical = place
        case .linear, .segmented:
            guard let linear = (try? machine.linear(of: address)).flatMap({ $0 }),
                let place = machine.cpu.pageWalk(linear).physical
            else { return nil }
            physical = UInt32(truncatingIfNeeded: place)
        }
        let decoded = machine.cpu.decodedInstructions(at: physical)
        guard !decoded.contains(where: { $0.address == physical }), let around = decoded.first else { return nil }
        let offset = physical &- around.address
        return "note: this is \(length(offset)) inside an instruction that has run from \(around.address.hex)"
    }

    /// Where or when a breakpoint stops, in words.
    func text(of kind: Breakpoint.Kind) -> String {
        switch kind {
        case .code(let address): text(of: address)
        case .watch(let address, let length, let access, let onlyChanges):
            (onlyChanges ? "change" : access.rawValue) + " of \(self.length(length)) at " + text(of: address)
        case .port(let watch):
            "port " + Self.text(watch.ports.lowerBound, watch.ports.upperBound, digits: 2)
                + (watch.direction.map { ", \($0.rawValue)" } ?? "") + (watch.width.map { ", \($0.bits) bits" } ?? "")
        case .device(let name): "device \(name)"
        case .interrupt(let vectors): "interrupt " + Self.text(vectors.lowerBound, vectors.upperBound, digits: 2)
        case .exception(let vector): vector.map { "exception \($0.mnemonic)" } ?? "any exception"
        case .modeSwitch: "mode switch"
        case .instructions(let count): "instruction count \(count)"
        }
    }

    private static func text<Number: UnsignedInteger & FixedWidthInteger>(
        _ first: Number, _ last: Number, digits: Int
    ) -> String {
        first == last ? first.hex(digits: digits) : first.hex(digits: digits) + "-" + last.hex(digits: digits)
    }

    private func text(of address: Address) -> String {
        switch address {
        case .linear(let linear): label(linear)
        case .segmented(let selector, let offset):
            place(selector, offset)
                + ((try? machine.linear(of: address)).flatMap { $0 }.map { symbolNote($0) } ?? "")
        case .physical(let physical): "physical \(physical.hex)"
        }
    }
}
