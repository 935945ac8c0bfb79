import X86Interp

/// Runs files of tests on a model: what applies, in groups, with a check that nothing else was written.
struct Conformance: ~Copyable {
    /// Which files are run; nil for all.
    let kind: VectorKind?
    private var runner: VectorRunner
    private let rules: Applicability
    private var suites: [String: Suite] = [:]
    private var pending: [Work] = []
    private var pendingTests = 0

    /// What stands beside the files of a directory.
    private struct Suite {
        var masks = FlagMasks()
        var revoked: Set<String> = []
    }

    private struct Work {
        let file: MOOFile
        let decisions: [Applicability.Decision]
        var verdicts: [Verdict] = []
    }

    /// Runs on a model; with `allBits`, what differs in undefined bits has failed, too.
    ///
    /// Most tests are one instruction, which the engine runs by its handler unless another one is asked for.
    ///
    /// - Throws: `CommandError` if the host has no memory for the machine.
    init(
        _ model: CPUModel, kind: VectorKind? = nil, allBits: Bool = false, engine: CPU.Engine = .stepping
    ) throws(CommandError) {
        self.kind = kind
        runner = try VectorRunner(model, allBits: allBits, engine: engine)
        rules = Applicability(model)
    }

    /// Runs a file, and returns the results that are ready, in order.
    ///
    /// `flush` returns the last ones.
    ///
    /// - Throws: `CommandError` if what stands beside the file cannot be read.
    mutating func take(_ file: MOOFile, from path: String) throws(CommandError) -> [FileResult] {
        let suite = try suite(of: file, path)
        var file = file
        if file.cpu.isEmpty { file.cpu = suite.masks.cpu ?? file.likelyCPU }
        var work = Work(file: file, decisions: file.tests.map { decide($0, file, suite) })
        run(&work)
        pending.append(work)
        pendingTests += file.tests.count
        return pendingTests >= Self.groupSize ? flush() : []
    }

    /// The results of the files that are still held back.
    mutating func flush() -> [FileResult] {
        findStrayWrites()
        defer {
            pending = []
            pendingTests = 0
        }
        return pending.map { result(of: $0) }
    }

    /// Memory is checked as a whole only so often: it takes as long as a thousand tests.
    private static let groupSize = 4096

    private func decide(_ test: MOOTest, _ file: MOOFile, _ suite: Suite) -> Applicability.Decision {
        let kind = VectorKind(file)
        if let wanted = self.kind, wanted != kind { return .skip("\(kind.rawValue) form: not asked for") }
        if !test.hash.isEmpty, suite.revoked.contains(test.hash) { return .skip("revoked by the suite") }
        return rules.decide(test, of: file, suite.masks)
    }

    private mutating func run(_ work: inout Work) {
        for (test, decision) in zip(work.file.tests, work.decisions) {
            work.verdicts.append(verdict(test, decision, work.file))
        }
    }

    private mutating func verdict(_ test: MOOTest, _ decision: Applicability.Decision, _ file: MOOFile) -> Verdict {
        switch decision {
        case .skip(let reason): .skipped(reason)
        case .run(let allowances): runner.run(test, of: file, allowances)
        }
    }

    /// Looks for writes that no test of the group lists; if there are, runs the tests again, cleaning up behind each.
    ///
    /// Again and again, as a stray write may have led others astray; three times find all but the contrived.
    private mutating func findStrayWrites() {
        var pages: Set<Int> = []
        for _ in 0..<3 {
            let suspects = runner.takeSuspectPages()
            let dirty = runner.machine.memoryIsZero ? [] : runner.machine.dirtyPages()
            if suspects.isEmpty, dirty.isEmpty { return }
            pages.formUnion(suspects)
            pages.formUnion(dirty)
            _ = runner.machine.clean(dirty)
            rerun(cleaning: pages.sorted())
        }
        _ = runner.takeSuspectPages()
        _ = runner.machine.clean(runner.machine.dirtyPages())
    }

    private mutating func rerun(cleaning pages: [Int]) {
        for item in pending.indices {
            let file = pending[item].file
            for (number, test) in file.tests.enumerated() {
                var verdict = verdict(test, pending[item].decisions[number], file)
                if let stray = runner.machine.clean(pages) {
                    let others: [Difference] = if case .failed(let differences) = verdict { differences } else { [] }
                    verdict = .failed(others + [.stray(stray.address, got: stray.value)])
                }
                pending[item].verdicts[number] = verdict
            }
        }
    }

    private func result(of work: Work) -> FileResult {
        var result = FileResult(file: work.file)
        result.file.tests = []
        for (position, verdict) in work.verdicts.enumerated() {
            result.score.count(verdict, VectorKind(work.file))
            if case .failed(let differences) = verdict {
                let test = work.file.tests[position]
                result.failures.append(VectorFailure(test: test, position: position, differences: differences))
            }
        }
        return result
    }

    private mutating func suite(of file: MOOFile, _ path: String) throws(CommandError) -> Suite {
        guard file.oracle == nil else { return Suite() }
        let directory = FlagMasks.directory(of: path)
        if let known = suites[directory] { return known }
        var suite = Suite()
        suite.masks = try FlagMasks(beside: path)
        for place in [directory, directory + "../"] where HostDirectory.exists(place + "revocation_list.txt") {
            // An empty list is as good as none.
            let text = String(decoding: (try? HostFile.read(place + "revocation_list.txt")) ?? [], as: UTF8.self)
            suite.revoked.formUnion(text.lowercased().split { !$0.isHexDigit }.map(String.init))
        }
        suites[directory] = suite
        return suite
    }
}
