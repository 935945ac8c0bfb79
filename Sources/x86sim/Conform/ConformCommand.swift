import X86Interp

/// `x86sim conform`: runs hardware test vectors and says how many a model passes.
enum ConformCommand {
    /// More lines for the help.
    static let notes = """
        Reads the SingleStepTests suites (.MOO, .json, plain or .gz) and the silicon set. A suite's own
        metadata.json or 80386.csv, beside its files or above them, says which flags are undefined.
        A line for each file with failures, then why tests were skipped, how many agree in the undefined
        bits too, and the sum. Failures are named by file and place in it, from 0.
        Instructions run by their handlers, with --engine reference by the complete switch.
        Exit status 0 if tests were run and none failed, 20 otherwise.

        """

    /// Runs the subcommand; returns the exit status.
    static func run(_ settings: Settings, _ host: Host) throws(CommandError) -> Int32 {
        let paths = try VectorFiles.find(settings.operands)
        let report = ConformReport(host: host, show: settings.show, json: settings.json, model: settings.model)
        var conformance = try Conformance(
            settings.model, kind: VectorKind(rawValue: settings.kind), allBits: settings.allBits,
            engine: settings.engine ?? .stepping)
        var progress = ConformProgress(host: host, total: paths.count)
        for path in paths {
            let files: [MOOFile]
            do throws(CommandError) {
                files = try VectorFiles.read(path)
            } catch {
                progress.clear()
                throw error
            }
            for file in files {
                let results = try conformance.take(file, from: path)
                if !results.isEmpty { progress.clear() }
                for result in results { report.add(result) }
            }
            progress.step()
        }
        progress.clear()
        for result in conformance.flush() { report.add(result) }
        report.finish()
        guard report.total.passed + report.total.failed > 0 else {
            host.complain("no test was run, so nothing is shown; choose another --cpu or --kind, or other files")
            return ExitStatus.expectation
        }
        return report.total.failed == 0 ? ExitStatus.success : ExitStatus.expectation
    }
}

/// A line on a terminal that says how far a long run is.
private struct ConformProgress {
    let host: Host
    let total: Int
    var done = 0
    var shownAt: UInt64 = 0

    init(host: Host, total: Int) {
        self.host = host
        self.total = total
        shownAt = host.now()
    }

    mutating func step() {
        done += 1
        let now = host.now()
        guard let line = host.statusLine, now &- shownAt > 200_000_000 else { return }
        shownAt = now
        host.output.flush()
        line.show("x86sim: \(done) of \(total) files")
    }

    func clear() { host.statusLine?.clear() }
}
