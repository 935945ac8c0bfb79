import X86Interp

/// Writes the results of `x86sim conform`, as text or as JSON.
final class ConformReport {
    /// The counts of all files.
    private(set) var total = ConformScore()
    private let host: Host
    private let json: Bool
    private let model: CPUModel
    private var remaining: Int
    private var files: [JSON] = []

    /// A report that shows up to `show` failures in words.
    init(host: Host, show: Int, json: Bool, model: CPUModel) {
        self.host = host
        self.json = json
        self.model = model
        remaining = show
    }

    /// Takes a file's result; writes its line if it has failures.
    func add(_ result: FileResult) {
        total.add(result.score)
        let shown = result.failures.prefix(max(0, remaining)).map { FailureText(failure: $0, file: result.file) }
        remaining -= shown.count
        if json {
            files.append(Self.json(result, shown))
        } else if result.score.failed > 0 {
            host.output.write(Self.line(result) + "\n" + shown.map(\.lines).joined())
            host.output.flush()
        }
    }

    /// Writes what comes behind the files.
    func finish() {
        guard !json else {
            let head = [JSON.Member(name: "cpu", value: .string(model.name))]
            let tail = [JSON.Member(name: "files", value: .array(files))]
            host.output.write(JSON.object(head + total.json + tail).text + "\n")
            return
        }
        for (reason, count) in total.skipped.sorted(by: { ($0.value, $1.key) > ($1.value, $0.key) }) {
            host.output.write("skipped \(count): \(reason)\n")
        }
        host.output.write("\(total.exact) of \(total.passed) agree in the undefined bits too\n")
        if total.approximations > 0 {
            host.output.write(
                "\(total.exactApproximations) of \(total.approximations) approximations agree to the last bit\n")
        }
        host.output.write(
            "conform: \(total.passed) passed, \(total.failed) failed, \(total.skippedCount) skipped of \(total.total)\n"
        )
    }

    private static func line(_ result: FileResult) -> String {
        let name = result.file.name
        let mnemonic = result.file.mnemonic
        let first = result.failures.first.map { failure in
            let difference = failure.differences.first?.text(wide: result.file.isWide) ?? ""
            return "; #\(failure.position) \(failure.test.name): \(difference)"
        }
        return "\(name) (\(mnemonic)): \(result.score.failed) of \(result.score.total) failed" + (first ?? "")
    }

    private static func json(_ result: FileResult, _ shown: [FailureText]) -> JSON {
        let head = [
            JSON.Member(name: "file", value: .string(result.file.name)),
            JSON.Member(name: "mnemonic", value: .string(result.file.mnemonic)),
            JSON.Member(name: "recorded_on", value: .string(result.file.cpu)),
            JSON.Member(name: "processor", value: .string(result.file.oracle?.processor ?? "")),
            JSON.Member(name: "kind", value: .string(VectorKind(result.file).rawValue)),
        ]
        let tail = [JSON.Member(name: "failures", value: .array(shown.map(\.json)))]
        return .object(head + result.score.json + tail)
    }
}

/// A failure in words.
struct FailureText {
    /// The failure.
    let failure: VectorFailure
    /// The file that the test is from.
    let file: MOOFile

    /// Some lines: file, place in the file and instruction, the state before it, the differences.
    var lines: String {
        let bytes = failure.test.bytes.map(\.hex).joined(separator: " ")
        var text = "  \(file.name) #\(failure.position) \(failure.test.name)  [\(bytes)]"
        // Samples keep the numbers of the whole suite; some suites number no test.
        let number = failure.test.index
        text += number == 0 || number == failure.position ? "\n" : "  (number \(number) of the suite)\n"
        text += "     before: " + registers.map { "\($0)=\($1)" }.joined(separator: " ") + "\n"
        if !segments.isEmpty { text += "     segments: " + segments + "\n" }
        for difference in failure.differences { text += "     " + difference.text(wide: file.isWide) + "\n" }
        return text
    }

    /// The same for programs.
    var json: JSON {
        .object([
            "position": .number(UInt64(failure.position)), "index": .number(UInt64(failure.test.index)),
            "name": .string(failure.test.name),
            "bytes": .string(failure.test.bytes.map(\.hex).joined(separator: " ")),
            "before": .object(registers.map { JSON.Member(name: $0, value: .string($1)) }),
            "differences": .array(failure.differences.map { .string($0.text(wide: file.isWide)) }),
        ])
    }

    private var registers: [(String, String)] {
        (VectorRegister.general + [.eflags]).compactMap { register in
            failure.test.initial.registers[register].map { value in
                let name = register.name(wide: file.isWide)
                guard register == .eflags else { return (name, value.hex(digits: file.isWide ? 8 : 4)) }
                return (name, value.hex(digits: 4) + " " + EFLAGS(rawValue: value).text)
            }
        }
    }

    private var segments: String {
        VectorRegister.segments.compactMap { register -> String? in
            guard let value = failure.test.initial.registers[register] else { return nil }
            let selector = UInt16(truncatingIfNeeded: value)
            guard let oracle = file.oracle?.segments[selector] else { return "\(register)=\(selector.hex)" }
            return "\(register)=\(selector.hex)(\(oracle.base.hex(digits: 6))+\(oracle.limit.hex(digits: 6)) "
                + "\(Self.kind(oracle.kind)))"
        }.joined(separator: " ")
    }

    private static func kind(_ bits: UInt16) -> String {
        let access = bits & 1 != 0 ? (bits & 4 != 0 ? "code" : "execute-only") : (bits & 4 != 0 ? "data" : "read-only")
        return access + (bits & 2 != 0 ? "32" : "16") + (bits & 8 != 0 ? " expand-down" : "")
    }
}
