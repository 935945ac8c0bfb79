import X86Interp

/// `x86sim check`.
enum CheckCommand {
    /// The end of its help.
    static var notes: String {
        var text = "A case is a text file: how a machine starts, and 'expect' lines for its end. A directory stands\n"
        text += "for its .case files. The result is TAP, a test for each case and tier setting.\n\nKeywords:\n"
        text += Help.columns(CaseKeyword.all.map { ("  \($0.name)", $0.summary) })
        text += "  and the options of run about loading, processor, memory, devices and limits, without dashes\n"
        text += "\nExpectations:\n"
        text += Help.columns(ExpectationRow.all.map { ("  expect \($0.name)", $0.summary) })
        text += "\nExit status: 0 all hold, 20 one does not, 1 wrong usage, 2 a case cannot be read, 130 Ctrl-C.\n"
        return text
    }

    /// A case in one tier setting, and what did not hold.
    struct Result {
        /// The case.
        var report: CheckCase
        /// How devices were served.
        var setting: TierSetting
        /// What did not hold; empty if all did.
        var failures: [CaseExpectation.Failure]

        /// One line for it.
        var title: String { "\(report.name.oneLine) (\(setting.rawValue))" }
    }

    /// Reads all cases, runs them, reports; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        var reports: [CheckCase] = []
        for path in try CaseReader.find(settings.operands) { reports.append(try CaseReader.read(path)) }
        host.holdInterrupts()
        let count = reports.reduce(0) { $0 + $1.tiers.count }
        if !settings.json { host.output.write("TAP version 13\n1..\(count)\n") }
        var results: [Result] = []
        for report in reports {
            for setting in report.tiers {
                guard let result = try result(report, setting, host) else {
                    if !settings.json { host.output.write("Bail out! Interrupted\n") }
                    return ExitStatus.interrupted
                }
                results.append(result)
                if !settings.json { host.output.write(tap(result, number: results.count)) }
            }
        }
        if settings.json { host.output.write(json(results).text + "\n") }
        return results.allSatisfy(\.failures.isEmpty) ? ExitStatus.success : ExitStatus.expectation
    }

    /// Runs a case; nil if the user has asked to stop.
    static func result(
        _ report: CheckCase, _ setting: TierSetting, _ host: Host
    ) throws(CommandError) -> Result? {
        let outcome: CaseOutcome
        do {
            outcome = try CaseRunner(report: report, host: host).run(setting)
        } catch {
            throw .load("\(report.path.quoted): \(error.message)")
        }
        guard outcome.end != .interrupted else { return nil }
        return Result(
            report: report, setting: setting, failures: report.expectations.flatMap { $0.failures(outcome) })
    }

    /// The lines of TAP 13 for a result.
    static func tap(_ result: Result, number: Int) -> String {
        // In TAP a number sign starts a directive.
        let title = result.title.split(separator: "#", omittingEmptySubsequences: false).joined(separator: "\\#")
        guard !result.failures.isEmpty else { return "ok \(number) - \(title)\n" }
        var text = "not ok \(number) - \(title)\n  ---\n  file: \(JSON.string(result.report.path).text)\n  failures:\n"
        for failure in result.failures {
            text += "    - line: \(failure.line)\n      what: \(JSON.string(failure.what).text)\n"
            text += "      expected: \(JSON.string(failure.expected).text)\n"
            text += "      found: \(JSON.string(failure.found).text)\n"
        }
        return text + "  ...\n"
    }

    private static func json(_ results: [Result]) -> JSON {
        .array(
            results.map { result in
                .object([
                    "file": .string(result.report.path), "name": .string(result.report.name),
                    "setting": .string(result.setting.rawValue), "ok": .bool(result.failures.isEmpty),
                    "failures": .array(
                        result.failures.map {
                            .object([
                                "line": .number(UInt64($0.line)), "what": .string($0.what),
                                "expected": .string($0.expected), "found": .string($0.found),
                            ])
                        }),
                ])
            })
    }
}
