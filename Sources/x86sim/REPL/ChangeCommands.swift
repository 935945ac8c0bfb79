import Devices
import X86Interp

/// Registers, memory and settings.
enum ChangeCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "set", [], "REG = E | MEM = E | radix 10|16 | syntax nasm|intel|att", .change,
            "set a register, memory, or how the debugger reads and spells",
            examples: [
                .init("set ax = 1234"), .init("set word [bp-2] = ax+1"), .init("set cf = 1"), .init("set radix 10"),
                .init("set syntax intel"),
            ],
            completion: .expression, body: set),
        Command(
            "enter", ["e"], "A BYTES|\"TEXT\"", .change, "put bytes and texts into memory",
            details: "RAM and ROM can be changed, devices not.\n", examples: [.init("e 7c23 90 90 \"ok\" 0")],
            completion: .expression
        ) { session, arguments throws(CommandError) in
            let place = try arguments.place("an address", session)
            let bytes = try session.bytes(&arguments)
            guard !bytes.isEmpty else { throw arguments.missing("what to put there") }
            try session.poke(bytes, at: place.linear)
        },
        Command(
            "fill", ["f"], "A LEN BYTES|\"TEXT\"", .change, "fill memory with a pattern", completion: .expression
        ) { session, arguments throws(CommandError) in
            let place = try arguments.place("an address", session)
            let length = try checkedLength(session, &arguments)
            let pattern = try session.bytes(&arguments)
            guard !pattern.isEmpty else { throw arguments.missing("what to fill with") }
            try session.poke((0..<length).map { pattern[$0 % pattern.count] }, at: place.linear)
        },
        Command(
            "move", ["m"], "A LEN TO", .change, "copy memory; the ranges may overlap", completion: .expression
        ) { session, arguments throws(CommandError) in
            let place = try arguments.place("an address", session)
            let length = try checkedLength(session, &arguments)
            let target = try arguments.place("where to", session)
            try arguments.end()
            try session.poke(try session.read(place.linear, length), at: target.linear)
        },
        Command(
            "keys", [], "TEXT", .change, "type at the guest's keyboard, as --keys does",
            details:
                "With {up}, {f1}, {esc}, {alt-x}, \\n. A guest that waits for a key (INT 16h) takes it by 'continue'.\n",
            examples: [.init("keys dir\\n"), .init("keys {f1}")], repetition: .never, body: type),
        Command(
            "compare", [], "A LEN B | SNAPSHOT [SNAPSHOT]", .change,
            "what differs between two ranges of memory, or two snapshots",
            details: "The name or file of one snapshot alone is compared with the present.\n",
            examples: [.init("compare 600 20 ds:0", "two ranges of memory")],
            completion: .snapshots, body: compare),
    ]

    /// The most bytes that one command changes or compares.
    private static let limit = 16 << 20

    private static func checkedLength(
        _ session: Session, _ arguments: inout Arguments
    ) throws(CommandError) -> Int {
        let length = try session.length(&arguments)
        guard 1...limit ~= Int(length) else {
            throw .usage("\(session.length(length)) are no length from 1 to \(session.number(limit))")
        }
        return Int(length)
    }

    private static func type(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let text = arguments.remainder()
        guard !text.isEmpty else { throw arguments.missing("what to type") }
        let steps = try Values.keys(text)
        guard session.keys.append(steps) else {
            throw .usage("\(KeyScript.limit) keys are enough for a session; 'restart' begins anew")
        }
        session.debugger.edit { session.guest.board.keysHaveCome(on: $0) }
        session.say(steps.count == 1 ? "1 key is typed" : "\(steps.count) keys are typed")
    }

    /// `set` and `r REG=V`.
    static func set(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if arguments.take("radix") {
            let word = try arguments.choice(["10", "16"], "radix")
            try arguments.end()
            session.radix = word == "10" ? 10 : 16
            return
        }
        if arguments.take("syntax") {
            let names = Disassembler.Syntax.allCases.map(\.rawValue)
            let word = try arguments.choice(names, "syntax")
            try arguments.end()
            session.syntax = Disassembler.Syntax(rawValue: word) ?? .nasm
            return
        }
        repeat {
            if try setWide(session, &arguments) { continue }
            let target = try arguments.expression("what to set", session)
            _ = arguments.take(character: "=")
            let value = try arguments.value("a value", session)
            try assign(value, to: target, session)
        } while arguments.take(character: ",")
        try arguments.end()
        session.listed = session.currentLinear
    }

    /// Takes `st0 = 3fff:8000000000000000`; false, and nothing taken, if another register is next.
    private static func setWide(_ session: Session, _ arguments: inout Arguments) throws(CommandError) -> Bool {
        let name = arguments.rest.prefix { $0 != " " && $0 != "\t" && $0 != "=" }.lowercased()
        guard let register = WideRegister.named(name) else { return false }
        arguments.replace(rest: String(arguments.rest.dropFirst(name.count)))
        _ = arguments.take(character: "=")
        let text = String(arguments.rest.prefix { $0 != "," && $0 != " " && $0 != "\t" })
        guard let value = RegisterBits(text) else {
            throw .usage("\(text.quoted) is no value of \(name); write its high and low bits in hex: 3fff:80000000")
        }
        guard value.fits(register.bits) else { throw .usage("\(text) does not fit into \(name)") }
        arguments.replace(rest: String(arguments.rest.dropFirst(text.count)))
        session.debugger.setRegister(register, low: value.low, high: value.high)
        return true
    }

    private static func assign(_ value: UInt64, to target: Expression, _ session: Session) throws(CommandError) {
        switch target.form {
        case .register(.instructions): throw .usage("icount cannot be set; 'goto \(value)' goes there")
        case .register(let register):
            guard value <= width(of: register) else {
                throw .usage("\(value.hex(digits: 1)) does not fit into \(target.text)")
            }
            session.debugger.setRegister(register, value)
        case .memory(let address, let width):
            try store(value, width, try session.resolve(.linear(address)), session)
        case .segmentMemory(let segment, let offset, let width):
            try store(value, width, try session.resolve(.segment(segment, offset)), session)
        case .farMemory(let selector, let offset, let width):
            try store(value, width, try session.resolve(.far(selector: selector, offset: offset)), session)
        case .number, .physicalMemory, .event, .unary, .binary, .tooComplex:
            throw .usage("\(target.text.quoted) can be no target; set a register or memory such as word [bp-2]")
        }
    }

    /// The largest value of a register.
    private static func width(of register: RegisterReference) -> UInt64 {
        switch register {
        case .byte: 0xFF
        case .x87(let word): 1 << UInt64(word.bits) - 1
        case .stackSignificand, .mmx, .xmmQword: .max
        case .stackExponent, .word, .selector, .ip, .flags, .gdtLimit, .idtLimit, .ldtr, .tr: 0xFFFF
        case .flag(.iopl), .cpl: 3
        case .flag: 1
        case .dword, .base, .limit, .eip, .eflags, .control, .debug, .gdtBase, .idtBase, .mmxDword, .xmmDword,
            .mxcsr:
            0xFFFF_FFFF
        case .instructions: .max
        }
    }

    private static func store(
        _ value: UInt64, _ width: Width, _ place: Place, _ session: Session
    ) throws(CommandError) {
        guard value <= UInt64(width.mask) else {
            throw .usage("\(value.hex(digits: 1)) does not fit into \(width.bytes) byte\(width == .byte ? "" : "s")")
        }
        try session.poke(Array(value.bytes.prefix(width.bytes)), at: place.linear)
    }

    private static func compare(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if session.isSnapshot(arguments.nextWord) { return try TimeCommands.compare(session, &arguments) }
        let first = try arguments.place("an address", session)
        let length = try checkedLength(session, &arguments)
        let second = try arguments.place("another address", session)
        try arguments.end()
        let a = try session.read(first.linear, length)
        let b = try session.read(second.linear, length)
        var count = 0
        for offset in 0..<length where a[offset] != b[offset] {
            count += 1
            guard count <= 256 else { return session.say("and more") }
            let places = (first.linear &+ UInt32(offset), second.linear &+ UInt32(offset))
            session.say("\(places.0.hex)  \(a[offset].hex)  \(b[offset].hex)  \(places.1.hex)")
        }
        if count == 0 { session.say("no difference") }
    }
}

extension Session {
    /// Bytes of memory, all of which can be told.
    func read(_ linear: UInt32, _ count: Int) throws(CommandError) -> [UInt8] {
        do throws(LookError) {
            return try machine.read(.linear(linear), count: count)
        } catch {
            throw .usage(Self.text(of: error))
        }
    }
}
