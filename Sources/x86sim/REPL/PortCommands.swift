import Devices
import X86Interp

/// Ports and interrupt lines.
enum PortCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "io", [], "[P[-P]] [last N]", .ports, "the last port accesses (16)",
            details: "iter is the element of a repetition; w the width in bytes.\n",
            examples: [.init("io 3f8-3ff last 100"), .init("io 302/2", "accesses of two bytes")], body: ledger),
        Command(
            "in", [], "[/b|/w|/d] P[/W]", .ports, "read a port as the guest would, live",
            details: "W is the width in bytes, as in --port.\n", examples: [.init("in /w 302"), .init("in 302/2")],
            takesFormat: true, changesGuest: true, body: input),
        Command(
            "out", [], "[/b|/w|/d] P[/W] V", .ports, "write a port as the guest would, live",
            examples: [.init("out 80 1"), .init("out 302/2 1234")], takesFormat: true, changesGuest: true,
            body: output),
        Command(
            "peek", [], "[/b|/w|/d] P[/W]", .ports, "what a read would return, without its side effects",
            takesFormat: true
        ) { session, arguments throws(CommandError) in
            let (port, width) = try access(session, &arguments)
            try arguments.end()
            let value = session.machine.ports.peek(port, width)
            let text = value?.hex(digits: width.bytes * 2) ?? "only a read could tell"
            session.say("\(session.portText(port)): \(text)")
        },
        Command(
            "port", [], "P[/W] [stub SCRIPT]", .ports, "who answers at a port, or let a script answer",
            details: "Values are hexadecimal. The port of a device becomes the script's until 'restart'.\n",
            examples: [
                .init("port 1f7 stub busy 3 then 50"), .init("port 3da stub seq 8,0"),
                .init("port 302/2 stub const 1234", "two bytes wide"), .init("port 80 stub echo"),
            ],
            completion: .words(["stub"]), changesGuest: true, body: port),
        Command(
            "tier", [], "NAME kernel|user", .ports, "move a device to a tier, or all of them",
            examples: [.init("tier uart user"), .init("tier all kernel")], completion: .devices, changesGuest: true,
            body: tier),
        Command(
            "irq", [], "N|nmi", .ports, "pulse an interrupt request (decimal 0 to 15) or NMI", changesGuest: true,
            body: irq),
    ]

    // MARK: Ledger

    private static func ledger(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        var ports: ClosedRange<UInt16> = 0...0xFFFF
        var count = 16
        var width: Width?
        if arguments.nextWord.contains("/") {
            let (port, wanted) = try arguments.port(session)
            (ports, width) = (port...port, wanted)
        } else if !arguments.isEmpty, arguments.nextWord != "last" {
            ports = try BreakpointCommands.range("a port", UInt16.self, session, &arguments)
        }
        if arguments.take("last") { count = Int(clamping: try arguments.count("a count", default: 16)) }
        try arguments.end()
        // A wider access that only touches the port has its own number.
        let rows = session.debugger.ledger.transactions.filter {
            ports.contains($0.port) && $0.width == width ?? $0.width
        }.suffix(count)
        guard !rows.isEmpty else { return session.say("no port access yet") }
        session.say(ledgerText(Array(rows), session), end: "")
    }

    /// The accesses as a table.
    private static func ledgerText(_ transactions: [PortTransaction], _ session: Session) -> String {
        var rows = [["icount", "cs:ip", "insn", "iter", "tier", "w", "dir", "value"]]
        let severalPorts = Set(transactions.map(\.port)).count > 1
        if severalPorts { rows[0].insert("port", at: 7) }
        for transaction in transactions {
            let place = session.place(transaction.cs, transaction.eip)
            var row = [
                "\(transaction.instructions)", place, name(transaction), iteration(transaction),
                transaction.tier?.rawValue ?? "none", "\(transaction.width.bytes)", transaction.direction.rawValue,
                transaction.value.hex(digits: transaction.width.bytes * 2),
            ]
            if severalPorts { row.insert(transaction.port.hex(digits: 2), at: 7) }
            rows.append(row)
        }
        let widths = rows[0].indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            let cells = row.enumerated().map { column, cell in
                column == 0
                    ? cell.aligned(to: max(6, widths[0]))
                    : column == row.count - 1 ? cell : cell.padded(to: widths[column])
            }
            return "  " + cells.joined(separator: "  ") + "\n"
        }.joined()
    }

    /// `rep insb`, `out`.
    private static func name(_ transaction: PortTransaction) -> String {
        let base = String(describing: transaction.operation)
        guard [.ins, .outs].contains(transaction.operation) else { return base }
        let sized = base + ["", "b", "w", "", "d"][transaction.width.bytes]
        return transaction.remaining + transaction.element > 1 ? "rep " + sized : sized
    }

    private static func iteration(_ transaction: PortTransaction) -> String {
        let total = transaction.element + transaction.remaining
        return [.ins, .outs].contains(transaction.operation) ? "\(transaction.element + 1)/\(total)" : "-"
    }

    // MARK: Live

    /// Takes a port and the width that its word or the command's format names; a byte if neither does.
    private static func access(
        _ session: Session, _ arguments: inout Arguments
    ) throws(CommandError) -> (port: UInt16, width: Width) {
        let format = arguments.format.isEmpty ? nil : try Arguments.width(arguments.format)
        let (port, width) = try arguments.port(session)
        return (port, width ?? format ?? .byte)
    }

    private static func input(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let (port, width) = try access(session, &arguments)
        try arguments.end()
        let value = session.debugger.edit { access($0.ports, port, width, nil) }
        session.say("\(session.portText(port)): \(value.hex(digits: width.bytes * 2)) (live)")
    }

    private static func output(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let (port, width) = try access(session, &arguments)
        let value: UInt32 = try arguments.number("a value", session)
        try arguments.end()
        guard value <= width.mask else {
            throw .usage("\(value.hex(digits: 1)) does not fit into \(width.bits) bits; write out/w or out/d")
        }
        _ = session.debugger.edit { access($0.ports, port, width, value) }
        session.say("\(session.portText(port)) <- \(value.hex(digits: width.bytes * 2)) (live)")
    }

    /// A read, or a write of `value`, split into bus cycles as an instruction's is.
    private static func access(_ ports: PortMap, _ port: UInt16, _ width: Width, _ value: UInt32?) -> UInt32 {
        var result: UInt32 = 0
        var done = 0
        while done < width.bytes {
            let cycle = ports.nextCycle(port: UInt32(port) + UInt32(done), bytes: width.bytes - done)
            let lane = UInt32(cycle.lane ?? 0) * 8
            let piece = (value ?? 0) >> UInt32(8 * done)
            let request = PortRequest(
                port: cycle.port, width: cycle.width, direction: value == nil ? .in : .out,
                value: cycle.lane == nil ? piece & cycle.width.mask : (piece & 0xFF) << lane)
            let response = cycle.claim == nil ? PortResponse.floating(for: request) : ports.serve(request)
            let answer = cycle.lane == nil ? response.value & cycle.width.mask : response.value >> lane & 0xFF
            result |= answer << UInt32(8 * done)
            done += cycle.lane == nil ? cycle.width.bytes : 1
        }
        return result
    }

    // MARK: Devices

    private static func port(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let (port, width) = try arguments.port(session)
        guard !arguments.isEmpty else { return session.say("port " + session.portText(port)) }
        guard arguments.take("stub") else { throw arguments.missing("'stub'") }
        let words = arguments.remainder().split(separator: " ").map(String.init)
        guard !words.isEmpty else { throw arguments.missing("a script") }
        let script: ScriptedPort.Script
        do {
            script = try ScriptedPort.Script(words: words)
        } catch {
            throw .usage(error.description.oneLine)
        }
        let board = session.guest.board
        do throws(BoardError) {
            try session.debugger.edit { machine throws(BoardError) in
                _ = try board.stub(PortOption(port, width: width, script), replacing: true, on: machine)
            }
        } catch {
            throw .usage(error.description.oneLine)
        }
        session.say("port \(session.portText(port)) answers \(script.text)")
    }

    private static func tier(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let name = try arguments.word("a device")
        let tier: Tier = try arguments.choice(Tier.allCases.map(\.rawValue), "tier") == "user" ? .user : .kernel
        try arguments.end()
        let found = session.debugger.edit { $0.setTier(tier, ofDevice: name) }
        guard found else {
            let names = session.guest.board.devices.map(\.name).joined(separator: ", ")
            throw .usage("no device \(name.quoted); there are \(names), and 'all'")
        }
    }

    private static func irq(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if arguments.take("nmi") {
            try arguments.end()
            return session.debugger.edit { $0.bus.raiseNMI() }
        }
        let word = try arguments.word("an interrupt request")
        try arguments.end()
        guard let number = Int(word), 0...15 ~= number else {
            throw .usage("\(word.quoted) is no interrupt request; use 0 to 15 in decimal, or nmi")
        }
        guard let controller = session.guest.board.devices.lazy.compactMap({ $0 as? any InterruptSink }).first else {
            throw .usage("this machine has no interrupt controller; use --machine isapc, or 'irq nmi'")
        }
        guard controller.hasInput(number) else {
            throw .usage("interrupt request \(number) has no wire to the controller's outside; use another")
        }
        session.debugger.edit { _ in
            controller.lineChanged(number, level: false)
            controller.lineChanged(number, level: true)
        }
    }
}
