import X86Interp

/// Memory as numbers, as text, as code.
enum MemoryCommands {
    /// The rows.
    static let rows: [Command] = [
        Command(
            "x", [], "[/NFU] [A]", .look, "N units of memory: format F (x d u o t a c s i), size U (b h w g)",
            details: "Sizes are gdb's: b 1, h 2, w 4, g 8 bytes. Enter goes on.\n",
            examples: [.init("x/4i cs:ip"), .init("x /4xb 7c00"), .init("x/s si+ds.base")],
            takesFormat: true, completion: .expression, repetition: .onward
        ) { session, arguments throws(CommandError) in try examine(session, &arguments, isPhysical: false) },
        Command(
            "xp", [], "[/NFU] [A]", .look, "the same at a physical address", examples: [.init("xp/2xw 7c00")],
            takesFormat: true, completion: .expression, repetition: .onward
        ) { session, arguments throws(CommandError) in try examine(session, &arguments, isPhysical: true) },
        Command(
            "dump", ["d"], "[A [LEN]]", .look, "memory as bytes and characters (80 bytes)",
            details: "Enter goes on. ?? stands for bytes that only a device could tell.\n",
            examples: [.init("d es:di 20")],
            completion: .expression, repetition: .onward, body: dump),
        Command(
            "disassemble", ["u"], "[/16|/32] [A [N]]", .look, "N instructions from A on (8 from here on)",
            details:
                "With the code size that they ran with, else that of the code at hand. Enter goes on.\n"
                + "?? stands for code that only a device could tell.\n",
            examples: [.init("u cs:ip 4"), .init("u /32 7c00 3", "as 32-bit code")],
            takesFormat: true, completion: .expression, repetition: .onward, body: disassemble),
        Command(
            "search", [], "A LEN BYTES|\"TEXT\"", .look, "where bytes or a text occur in memory",
            examples: [.init("search 0 100000 55 aa"), .init("search ds:0 1000 \"QEMU\"")],
            completion: .expression, body: search),
    ]

    private static func examine(
        _ session: Session, _ arguments: inout Arguments, isPhysical: Bool
    ) throws(CommandError) {
        var format = session.memoryFormat
        if !arguments.format.isEmpty || !arguments.isEmpty { try format.apply(arguments.format) }
        if !arguments.isEmpty {
            session.examined = try arguments.place("an address", session).linear
            try arguments.end()
        }
        session.memoryFormat = format
        let read: (UInt32) -> UInt8? = isPhysical ? session.physicalByte : session.byte
        switch format.style {
        case .instruction:
            guard !isPhysical else { throw .usage("xp shows no instructions; use x/i with a linear address") }
            session.examined = list(session.examined, format.count, nil, session)
        case .string:
            for _ in 0..<format.count { session.examined = string(session.examined, session, read) }
        case .hex, .decimal, .unsigned, .octal, .binary, .address, .character:
            units(format, session, read)
        }
    }

    private static func units(_ format: MemoryFormat, _ session: Session, _ read: (UInt32) -> UInt8?) {
        var left = format.count
        var rows: [(start: UInt32, cells: [String])] = []
        while left > 0 {
            let count = min(left, format.unitsPerLine)
            var cells: [String] = []
            let start = session.examined
            for _ in 0..<count {
                let bytes = (0..<UInt32(format.unit)).map { read(session.examined &+ $0) }
                session.examined = session.examined &+ UInt32(format.unit)
                guard !bytes.contains(nil) else {
                    cells.append(String(repeating: "?", count: format.unit * 2))
                    continue
                }
                let value = bytes.reversed().reduce(0 as UInt64) { $0 << 8 | UInt64($1 ?? 0) }
                let symbol = format.style == .address ? UInt32(exactly: value).map(session.symbolNote) ?? "" : ""
                cells.append(format.text(value) + symbol)
            }
            rows.append((start, cells))
            left -= count
        }
        let labels = rows.map { session.label($0.start) }
        let (label, width) = (labels.map(\.count).max() ?? 0, rows.flatMap { $0.cells.map(\.count) }.max() ?? 0)
        for (row, name) in zip(rows, labels) {
            let cells = row.cells.map { format.isNumber ? $0.aligned(to: width) : $0.padded(to: width) }
            var line = name.padded(to: label) + "  " + cells.joined(separator: "  ")
            while line.last == " " { line.removeLast() }
            session.say(line)
        }
    }

    /// A zero-terminated text; returns the address behind it.
    private static func string(_ start: UInt32, _ session: Session, _ read: (UInt32) -> UInt8?) -> UInt32 {
        var text = ""
        var address = start
        while text.count < 200, let byte = read(address) {
            address = address &+ 1
            guard byte != 0 else {
                session.say(session.label(start) + "  \"" + text + "\"")
                return address
            }
            text += Self.character(byte)
        }
        session.say(session.label(start) + "  \"" + text + "\"...")
        return max(address, start &+ 1)
    }

    private static func character(_ byte: UInt8) -> String {
        0x20...0x7E ~= byte ? String(Character(Unicode.Scalar(byte))) : "\\x" + byte.hex
    }

    private static func dump(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        var length: UInt32 = 0x80
        if !arguments.isEmpty {
            let place = try arguments.place("an address", session)
            session.dumped = place.linear
            session.dumpLabel = place.segment.map { ($0.selector, place.linear &- $0.offset) }
            if !arguments.isEmpty { length = try session.length(&arguments) }
            try arguments.end()
        }
        guard length <= 0x10000 else {
            throw .usage("a dump of \(session.length(length)) is too long; use \(session.number(0x10000)) or less")
        }
        var left = length
        while left > 0 {
            let start = session.dumped & ~15
            let first = session.dumped & 15
            let count = min(left, 16 - first)
            session.say(line(start, first..<first + count, session))
            session.dumped = session.dumped &+ count
            left -= count
        }
    }

    /// A line such as `0000:7C00  FC 31 C0 8E ...  .1..`.
    private static func line(_ start: UInt32, _ range: Range<UInt32>, _ session: Session) -> String {
        var bytes = ""
        var characters = ""
        for column in 0..<16 as Range<UInt32> {
            let separator = column == 8 ? "-" : " "
            guard range.contains(column) else {
                bytes += separator + "  "
                characters += " "
                continue
            }
            let byte = session.byte(at: start &+ column)
            bytes += separator + (byte?.hex ?? "??")
            let isPrintable = byte.map { 0x20...0x7E ~= $0 } ?? false
            characters += isPrintable ? byte.map { String(Character(Unicode.Scalar($0))) } ?? "." : "."
        }
        var label = start.hex
        if let (selector, base) = session.dumpLabel, start &- base <= 0xFFFF {
            label = selector.hex + ":" + UInt16(truncatingIfNeeded: start &- base).hex
        }
        while characters.last == " " { characters.removeLast() }
        return label + " " + bytes + "  " + characters
    }

    private static func disassemble(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        if arguments.isEmpty, !session.isContinuing { session.listed = session.currentLinear }
        if !arguments.isEmpty { session.listed = try arguments.place("an address", session).linear }
        let count = try arguments.count("a number of instructions", default: 8)
        try arguments.end()
        guard 1...4096 ~= count else { throw .usage("\(count) instructions are no number from 1 to 4096") }
        guard ["", "16", "32"].contains(arguments.format) else {
            throw .usage("\("/\(arguments.format)".quoted) is no code size; use /16 or /32")
        }
        let code32 = arguments.format.isEmpty ? nil : arguments.format == "32"
        session.listed = list(session.listed, Int(count), code32, session)
    }

    /// Lists instructions, of one code size if one is given; returns the address behind them.
    private static func list(_ start: UInt32, _ count: Int, _ code32: Bool?, _ session: Session) -> UInt32 {
        var lines: [(label: String?, mark: String, code: CodeLine)] = []
        var address = start
        var missing: String?
        // What lies behind code that has run and has not run itself is most likely code of the same size.
        let size = code32 ?? session.is32BitCode(at: start)
        for number in 0..<count {
            guard let line = session.codeLine(at: address, code32: size) else {
                let isMapped = session.machine.cpu.pageWalk(address).physical != nil
                missing = session.codePlace(address) + (isMapped ? "  ??" : "  no memory")
                break
            }
            let symbols = session.symbols
            let label = number == 0 ? symbols.text(for: address) : symbols.exactName(at: address)
            lines.append((label, session.mark(at: address), line))
            address = address &+ UInt32(line.instruction.length)
        }
        let width = lines.map(\.code.width).max() ?? 0
        for line in lines {
            if let label = line.label { session.say(label + ":") }
            session.say(line.mark + line.code.text(width: width))
        }
        if let missing { session.say(missing) }
        return address
    }

    private static func search(_ session: Session, _ arguments: inout Arguments) throws(CommandError) {
        let place = try arguments.place("an address", session)
        let length = try session.length(&arguments)
        let wanted = try session.bytes(&arguments)
        guard let first = wanted.first else { throw arguments.missing("what to search for") }
        guard length <= 64 << 20 else {
            throw .usage("\(session.length(length)) are too many; search at most \(session.number(64 << 20))")
        }
        var found = 0
        var offset: UInt32 = 0
        while offset < length, Int(length - offset) >= wanted.count {
            let address = place.linear &+ offset
            offset += 1
            guard session.byte(at: address) == first,
                wanted.enumerated().allSatisfy({ session.byte(at: address &+ UInt32($0.offset)) == $0.element })
            else { continue }
            session.say(session.label(address))
            found += 1
            guard found < 256 else { return session.say("and perhaps more") }
        }
        if found == 0 { session.say("not found") }
    }
}
