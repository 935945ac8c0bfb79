import X86Interp

/// One row: a keyword of a case and what it does.
struct CaseKeyword: Sendable {
    /// The first word of the line.
    let name: String
    /// What stands behind it.
    let form: String
    /// What it means, for the documentation.
    let summary: String
    /// Enters the line into the case.
    let body: @Sendable (inout CheckCase, CaseLine) throws(CaseError) -> Void

    init(
        _ name: String, _ form: String, _ summary: String,
        _ body: @escaping @Sendable (inout CheckCase, CaseLine) throws(CaseError) -> Void
    ) {
        self.name = name
        self.form = form
        self.summary = summary
        self.body = body
    }

    /// Every keyword that is no option of `run`.
    static let all: [CaseKeyword] = [
        CaseKeyword("name", "TEXT", "what the case is called; else its file's name") { report, line throws(CaseError) in
            guard !line.words.isEmpty else { throw line.error("name: there is no name; write name TEXT") }
            report.name = line.text.oneLine
        },
        CaseKeyword("blob", "FILE, or BYTES", "what runs: a file beside the case, or bytes") {
            report, line throws(CaseError) in try blob(&report, line)
        },
        CaseKeyword("mem", "ADDRESS BYTES", "memory at the start; ADDRESS is linear or SEG:OFF") {
            report, line throws(CaseError) in
            let (address, bytes) = try memory(line, allowsAny: false)
            report.byteCount += bytes.count
            report.memory.append(.init(address: address, bytes: bytes.compactMap { $0 }, name: "mem \(address.hex)"))
        },
        CaseKeyword(
            "disk", "fda|fdb|hda|...|hdd|cdrom FILE [HASH]", "a drive's image: a file beside the case, and what it is"
        ) {
            report, line throws(CaseError) in
            report.disks.append(try CaseDisk.read(line))
        },
        CaseKeyword("mode", "real|flat32", "real mode (default), or 32-bit protected mode with flat segments") {
            report, line throws(CaseError) in
            guard ["real", "flat32"].contains(line.text) else {
                throw line.error("mode: \(line.text.quoted) is neither real nor flat32")
            }
            report.isFlat = line.text == "flat32"
        },
        CaseKeyword("regs", "REG=VALUE ...", "registers at the start") { report, line throws(CaseError) in
            report.settings.registers += try registers(line)
        },
        CaseKeyword("flags", "FLAG=0|1 ...", "flags at the start") { report, line throws(CaseError) in
            report.flags += try flags(line)
        },
        CaseKeyword("port", "PORT[/BYTES] SCRIPT", "a port without code: stub busy 3 then 50, seq:08,00, echo") {
            report, line throws(CaseError) in
            guard let port = line.words.first else { throw line.error("port: write port PORT[/BYTES] SCRIPT") }
            let script = line.words.dropFirst().map(\.text).joined(separator: " ")
            let value = port.text.contains("=") ? line.text : "\(port.text)=\(script)"
            try option("port", value, &report, line)
        },
        CaseKeyword("tiers", "kernel|user|delayed|all ...", "where devices are served; all runs the case in each") {
            report, line throws(CaseError) in
            report.tiers = try tiers(line)
        },
        CaseKeyword("expect", "WHAT ...", "what holds at the end; see the next table") {
            report, line throws(CaseError) in
            guard let expected = line.dropped else {
                throw line.error("expect: write expect and one of \(names(of: ExpectationRow.all.map(\.name)))")
            }
            guard let row = ExpectationRow.all.first(where: { $0.name == expected.keyword }) else {
                let all = names(of: ExpectationRow.all.map(\.name))
                throw line.error("expect: \(expected.keyword.quoted) is none of \(all)")
            }
            let expectation = CaseExpectation(line: line.number, what: try row.body(expected))
            report.byteCount += expectation.byteCount
            report.expectations.append(expectation)
        },
    ]

    /// Names in a row of text.
    static func names(of names: [String]) -> String { names.joined(separator: ", ") }

    /// Enters an option of `run`, named without dashes.
    static func option(
        _ key: String, _ value: String, _ report: inout CheckCase, _ line: CaseLine
    ) throws(CaseError) {
        let options = Option.all.filter { Option.Topic.guest.contains($0.topic) }
        guard let option = options.first(where: { $0.key == key }) else {
            let known = all.map(\.name) + options.map { String($0.key) }
            let remedy = Nearest.name(to: key, in: known).map { "did you mean '\($0)'?" }
            let otherwise = "there are \(names(of: all.map(\.name))), and the options of run without dashes"
            throw line.error("\(key.quoted) is no keyword; \(remedy ?? otherwise)")
        }
        guard (option.argument == nil) == value.isEmpty else {
            throw line.error("\(key): write \(key)" + (option.argument.map { " " + $0 } ?? " alone"))
        }
        do { try option.enter(value, in: &report.settings) } catch { throw line.error(error.message) }
    }

    private static func blob(_ report: inout CheckCase, _ line: CaseLine) throws(CaseError) {
        guard report.settings.operands.isEmpty else { throw line.error("blob: there is one already; use mem or load") }
        if line.words.count == 1, let path = line.words.first, isPath(path) {
            report.settings.operands = [HostPath.path(path.text, besides: report.path)]
            return
        }
        let bytes = try Bytes.read(line.words, allowsAny: false).compactMap { $0 }
        guard !bytes.isEmpty else { throw line.error("blob: write blob FILE or blob BYTES") }
        report.settings.operands = ["the blob of \(report.path)"]
        report.settings.blobContents = bytes
    }

    /// A single word that has a dot or a slash is a file.
    private static func isPath(_ word: CaseWord) -> Bool {
        !word.isQuoted && (word.text.contains(".") || word.text.contains("/"))
    }

    /// An address and bytes behind it.
    static func memory(_ line: CaseLine, allowsAny: Bool) throws(CaseError) -> (address: UInt32, bytes: [UInt8?]) {
        guard let first = line.words.first, let address = address(first.text) else {
            throw line.error("mem: write mem ADDRESS BYTES, the address linear or SEG:OFF in hexadecimal")
        }
        let bytes = try Bytes.read(line.words.dropFirst(), allowsAny: allowsAny)
        guard !bytes.isEmpty else { throw line.error("mem: there are no bytes behind the address") }
        return (address, bytes)
    }

    private static func address(_ text: String) -> UInt32? {
        if let far = try? Values.far(text, "mem") { return far.linear }
        return try? Values.address(text, "mem")
    }

    /// `REG=VALUE` words.
    static func registers(_ line: CaseLine) throws(CaseError) -> [RegisterValue] {
        do {
            return try Values.registers(line.words.map(\.text).joined(separator: ","), "regs")
        } catch {
            throw line.error(error.message)
        }
    }

    /// `FLAG=0|1` words.
    static func flags(_ line: CaseLine) throws(CaseError) -> [(flag: FlagName, isSet: Bool)] {
        var flags: [(flag: FlagName, isSet: Bool)] = []
        for word in line.words {
            let parts = word.text.lowercased().split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, let flag = FlagName.all.first(where: { $0.name == parts[0] }),
                parts[1] == "0" || parts[1] == "1"
            else {
                let all = names(of: FlagName.all.map(\.name))
                throw line.error("flags: \(word.text.quoted) is no FLAG=0|1; there are \(all)")
            }
            flags.append((flag, parts[1] == "1"))
        }
        guard !flags.isEmpty else { throw line.error("flags: write FLAG=0|1, such as cf=1") }
        return flags
    }

    private static func tiers(_ line: CaseLine) throws(CaseError) -> [TierSetting] {
        var settings: [TierSetting] = []
        for word in line.words {
            switch word.text {
            case "all": settings += TierSetting.allCases
            case "kernel": settings.append(.kernel)
            case "user": settings.append(.user)
            case "delayed": settings.append(.delayed)
            case _: throw line.error("tiers: \(word.text.quoted) is none of kernel, user, delayed, all")
            }
        }
        guard !settings.isEmpty else { throw line.error("tiers: write kernel, user, delayed or all") }
        return TierSetting.allCases.filter(settings.contains)
    }
}
