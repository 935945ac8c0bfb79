import Devices
import X86Interp

/// Something that must hold at the end of a case.
struct CaseExpectation: Equatable, Sendable {
    /// The line of the case.
    var line: Int
    /// What must hold.
    var what: What

    /// What must hold.
    enum What: Equatable, Sendable {
        /// Why the run ends: a word, and detail where it matters.
        case end(String)
        /// Values of registers.
        case registers([RegisterValue])
        /// Bits of EFLAGS.
        case flags([FlagName], set: [Bool])
        /// Bytes from a linear address; nil is any.
        case memory(UInt32, [UInt8?])
        /// All writes to the ports that are named here; none at all anywhere if it is empty.
        case writes([PortWrite])
        /// All text of the debug console and the serial line.
        case text([UInt8])
        /// Texts that the serial line has sent, in this order, whatever stood between them.
        case serial([[UInt8]])
        /// Texts that rows of the screen show.
        case screen([String])
        /// The instruction count.
        case instructions(UInt64)
        /// A hash of all RAM.
        case memoryHash(UInt64)
        /// The sectors of a drive that were written, with their contents' hashes, and no others.
        case sectors(CaseDisk.Drive, [UInt64: UInt64])
    }

    /// What did not hold.
    struct Failure: Equatable, Sendable {
        /// The line of the case.
        var line: Int
        /// What was looked at, such as `eax`.
        var what: String
        /// What the case says.
        var expected: String
        /// What is so.
        var found: String
    }

    /// How many bytes the line stands for.
    var byteCount: Int {
        if case .memory(_, let bytes) = what { return bytes.count }
        return 0
    }

    /// What does not hold; of memory at most 16 bytes.
    func failures(_ outcome: CaseOutcome) -> [Failure] {
        switch what {
        case .end(let end): one("end", end, outcome.end.matches(end) ? end : outcome.end.caseText)
        case .registers(let values):
            values.flatMap { value in
                let bits = value.register.bits
                let found = value.register.value(in: outcome.state)
                return one(value.register.name, value.value.hex(bits: bits), found.hex(bits: bits))
            }
        case .flags(let flags, let set):
            zip(flags, set).flatMap { flag, isSet in
                one(flag.name, isSet ? "1" : "0", outcome.state.eflags.contains(flag.bit) ? "1" : "0")
            }
        case .memory(let address, let bytes): memoryFailures(address, bytes, outcome.ram)
        case .writes(let writes): writeFailures(writes, outcome.writes)
        case .text(let text): textFailures(text, outcome.text)
        case .serial(let texts): serialFailures(texts, outcome.serial)
        case .screen(let texts): screenFailures(texts, outcome.guest.board.screen)
        case .instructions(let count): one("instructions", String(count), String(outcome.state.instructions))
        case .sectors(let drive, let sectors): sectorFailures(drive, sectors, outcome)
        case .memoryHash(let hash): one("memory-hash", hash.hex, MemoryHash.of(outcome.ram).hex)
        }
    }

    private func one(_ what: String, _ expected: String, _ found: String) -> [Failure] {
        expected == found ? [] : [Failure(line: line, what: what, expected: expected, found: found)]
    }

    private func sectorFailures(
        _ drive: CaseDisk.Drive, _ sectors: [UInt64: UInt64], _ outcome: CaseOutcome
    ) -> [Failure] {
        let written = outcome.guest.board.drives[drive.number]?.state.written ?? [:]
        var failures: [Failure] = []
        for number in Set(sectors.keys).union(written.keys).sorted() where failures.count < 16 {
            let expected = sectors[number]?.hex ?? "not written"
            let found = written[number].map { MemoryHash.of($0).hex } ?? "not written"
            failures += one("sector \(number) of \(drive.rawValue)", expected, found)
        }
        return failures
    }

    private func memoryFailures(
        _ address: UInt32, _ bytes: [UInt8?], _ ram: UnsafeRawBufferPointer
    ) -> [Failure] {
        var failures: [Failure] = []
        for (index, byte) in bytes.enumerated() where failures.count < 16 {
            guard let byte else { continue }
            let place = UInt64(address) + UInt64(index)
            let found = place < UInt64(ram.count) ? ram[Int(place)].hex : "no RAM"
            failures += one("mem \(place.hex(digits: 8))", byte.hex, found)
        }
        return failures
    }

    /// Shows 40 bytes of each text, from shortly before the first difference.
    private func textFailures(_ expected: [UInt8], _ found: [UInt8]) -> [Failure] {
        let same = zip(expected, found).prefix { $0 == $1 }.count
        guard same < max(expected.count, found.count) else { return [] }
        let start = same < 20 ? 0 : same - 8
        let what = start == 0 ? "text" : "text from byte \(start)"
        let shown = { (text: [UInt8]) in
            CaseText.quote(text.dropFirst(start).prefix(40)) + (text.count > start + 40 ? "..." : "")
        }
        return one(what, shown(expected), shown(found))
    }

    /// The first text that is missing, and what was sent behind the one before it.
    private func serialFailures(_ texts: [[UInt8]], _ sent: [UInt8]) -> [Failure] {
        var rest = sent[...]
        for text in texts {
            let starts = rest.indices.lazy.filter { rest[$0...].starts(with: text) }
            guard let start = starts.first else {
                return one("serial", CaseText.quote(text[...]), CaseText.quote(rest.suffix(80)))
            }
            rest = rest[(start + text.count)...]
        }
        return []
    }

    /// The texts that are not to be seen, and the last rows that are.
    private func screenFailures(_ texts: [String], _ screen: TextScreen) -> [Failure] {
        let found = screen.lines.suffix(2).joined(separator: " / ")
        return texts.filter { !screen.shows($0) }.flatMap { one("screen", $0.quoted, found.quoted) }
    }

    /// Compares the writes to the named ports, up to the first that differs.
    private func writeFailures(_ writes: [PortWrite], _ found: PortWrites) -> [Failure] {
        let ports = Set(writes.map(\.port))
        let relevant = writes.isEmpty ? found.all : found.all.filter { ports.contains($0.port) }
        for index in 0..<max(writes.count, relevant.count) {
            let expected = index < writes.count ? writes[index].text : "none"
            let actual = index < relevant.count ? relevant[index].text : "none"
            guard expected == actual else { return one("write \(index + 1)", expected, actual) }
        }
        return found.isTruncated ? one("writes", "at most \(PortWrites.limit)", "more") : []
    }
}

/// One row: something that can be expected.
struct ExpectationRow: Sendable {
    /// The word behind `expect`.
    let name: String
    /// What stands behind that.
    let form: String
    /// What it means, for the documentation.
    let summary: String
    /// Reads the words behind the name.
    let body: @Sendable (CaseLine) throws(CaseError) -> CaseExpectation.What

    private init(
        _ name: String, _ form: String, _ summary: String,
        _ body: @escaping @Sendable (CaseLine) throws(CaseError) -> CaseExpectation.What
    ) {
        self.name = name
        self.form = form
        self.summary = summary
        self.body = body
    }

    /// Everything that can be expected.
    static let all: [ExpectationRow] = [
        ExpectationRow("end", RunEnd.caseForms.joined(separator: ", "), "why the run ends") {
            line throws(CaseError) in
            guard let first = line.words.first?.text,
                let end = RunEnd.caseText(first, line.words.dropFirst().map(\.text))
            else { throw line.error("expect end: write \(RunEnd.caseForms.joined(separator: ", "))") }
            return .end(end)
        },
        ExpectationRow("regs", "REG=VALUE ...", "registers, x87 and SSE included; of segment registers the selector") {
            line throws(CaseError) in .registers(try CaseKeyword.registers(line))
        },
        ExpectationRow("flags", "FLAG=0|1 ...", "flags") { line throws(CaseError) in
            let flags = try CaseKeyword.flags(line)
            return .flags(flags.map(\.flag), set: flags.map(\.isSet))
        },
        ExpectationRow("mem", "ADDRESS BYTES", "RAM; ?? is any byte") { line throws(CaseError) in
            let (address, bytes) = try CaseKeyword.memory(line, allowsAny: true)
            return .memory(address, bytes)
        },
        ExpectationRow(
            "writes", "PORT[/BYTES]=VALUE ..., or none",
            "all writes to the ports that the line names, in order; none: nowhere any"
        ) { line throws(CaseError) in .writes(try writes(line)) },
        ExpectationRow("text", "\"TEXT\" ...", "all text of the debug console and the serial line") {
            line throws(CaseError) in
            guard !line.words.isEmpty, line.words.allSatisfy(\.isQuoted) else {
                throw line.error("expect text: write the text in quotes, such as \"Hello\\n\"")
            }
            return .text(line.words.flatMap(\.bytes))
        },
        ExpectationRow(
            "serial", "\"TEXT\" ...", "texts that the serial line has sent, in this order"
        ) { line throws(CaseError) in .serial(try texts(line, "serial", "\"login: \"").map(\.bytes)) },
        ExpectationRow("screen", "\"TEXT\" ...", "texts that rows of the screen show") { line throws(CaseError) in
            .screen(try texts(line, "screen", "\"A:\\\\>\"").map(\.text))
        },
        ExpectationRow("instructions", "N", "the instruction count, in decimal") { line throws(CaseError) in
            guard let count = UInt64(line.text) else { throw line.error("expect instructions: write a decimal number") }
            return .instructions(count)
        },
        ExpectationRow(
            "sectors", "fda|fdb|hda|...|hdd NUMBER=HASH ...", "all sectors that were written, and their hashes"
        ) {
            line throws(CaseError) in
            guard let drive = line.words.first.flatMap({ CaseDisk.Drive(rawValue: $0.text) }) else {
                throw line.error("expect sectors: write fda, fdb or hda to hdd, then NUMBER=HASH")
            }
            var sectors: [UInt64: UInt64] = [:]
            for word in line.words.dropFirst() {
                let parts = word.text.split(separator: "=").map(String.init)
                guard parts.count == 2, let number = UInt64(parts[0]), let hash = UInt64(parts[1], radix: 16) else {
                    throw line.error(
                        "expect sectors: \(word.text.quoted) is no NUMBER=HASH, a decimal and a hexadecimal number")
                }
                sectors[number] = hash
            }
            return .sectors(drive, sectors)
        },
        ExpectationRow("memory-hash", "HASH", "a hash of all RAM, as --record writes it") { line throws(CaseError) in
            guard let hash = UInt64(line.text, radix: 16) else {
                throw line.error("expect memory-hash: write 16 hexadecimal digits")
            }
            return .memoryHash(hash)
        },
    ]

    /// Texts in quotes, none of them empty.
    private static func texts(
        _ line: CaseLine, _ name: String, _ example: String
    ) throws(CaseError) -> [CaseWord] {
        guard !line.words.isEmpty, line.words.allSatisfy({ $0.isQuoted && !$0.bytes.isEmpty }) else {
            throw line.error("expect \(name): write texts in quotes, such as \(example)")
        }
        return line.words
    }

    private static func writes(_ line: CaseLine) throws(CaseError) -> [PortWrite] {
        if line.text == "none" { return [] }
        var writes: [PortWrite] = []
        for word in line.words {
            guard let write = PortWrite(word.text) else {
                throw line.error("expect writes: \(word.text.quoted) is no PORT[/BYTES]=VALUE such as e9=48 or 510/2=0")
            }
            writes.append(write)
        }
        guard !writes.isEmpty else { throw line.error("expect writes: write PORT=VALUE ..., or none") }
        return writes
    }
}

extension PortWrite {
    /// Reads `e9=48` or `510/2=0`, all in hexadecimal but the width.
    init?(_ text: String) {
        let pair = text.split(separator: "=", omittingEmptySubsequences: false)
        guard pair.count == 2 else { return nil }
        let place = pair[0].split(separator: "/", omittingEmptySubsequences: false)
        guard let first = place.first, let port = Values.hexadecimal(first).flatMap({ UInt16(exactly: $0) }),
            place.count < 3,
            let width = place.count == 1 ? Width.byte : Width.allCases.first(where: { String($0.bytes) == place[1] }),
            let value = Values.hexadecimal(pair[1]), value <= UInt64(width.mask)
        else { return nil }
        self.init(port: port, width: width, value: UInt32(truncatingIfNeeded: value))
    }
}

extension RegisterName {
    /// The name, in lower case.
    var name: String {
        switch self {
        case .general(let register, let width): register.name(width)
        case .segment(let register): register.name
        case .instructionPointer(let width): width == .word ? "ip" : "eip"
        case .flags(let width): width == .word ? "flags" : "eflags"
        case .floatingPoint(let register): Self.floatingPoint.first { $0.register == register }?.name ?? "?"
        case .wide(let register): WideRegister.all.first { $0.register == register }?.name ?? "?"
        }
    }
}

extension RunEnd {
    /// The ends that a case can expect; what follows the word may be left out.
    static let caseForms = [
        "halted", "no-keys", "coprocessor", "unhandled VECTOR", "exit CODE", "triple-fault", "fault #GP(0)",
        "unmapped-port PORT",
        "unmapped-memory ADDRESS", "fuel", "output-limit", "timeout", "reboot",
    ]

    /// The end as a case writes it.
    var caseText: String {
        switch self {
        case .guestExit(let code): "exit " + String(code, radix: 16)
        case .fault(let fault): "fault " + fault.text
        case .unhandled(let found, _): "unhandled " + String(found.vector, radix: 16)
        case .unmappedPort(let request): "unmapped-port " + String(request.port, radix: 16)
        case .unmappedMemory(let request): "unmapped-memory " + String(request.address, radix: 16)
        case .halted, .noKeys, .coprocessor, .shutdown, .reboot, .userDevice, .fuel, .timeout, .outputLimit,
            .interrupted, .outputFailure:
            name
        }
    }

    /// Whether this is the end that a case expects.
    func matches(_ text: String) -> Bool { text == caseText || text == name }

    /// The end that words of a case mean, spelled as `caseText` spells it; nil if they mean none.
    static func caseText(_ name: String, _ detail: [String]) -> String? {
        guard let form = caseForms.first(where: { $0.prefix { $0 != " " } == name }), detail.count < 2 else {
            return nil
        }
        guard let detail = detail.first else { return name }
        guard form != name else { return nil }
        if name == "fault" { return detail.hasPrefix("#") ? "fault " + detail.uppercased() : nil }
        return Values.hexadecimal(detail).map { name + " " + String($0, radix: 16) }
    }
}
