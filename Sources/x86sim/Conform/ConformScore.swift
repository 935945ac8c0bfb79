/// A failed test and what was wrong.
struct VectorFailure: Equatable {
    /// The test.
    let test: MOOTest
    /// Its place in the file, from 0.
    let position: Int
    /// The differences in defined bits.
    let differences: [Difference]
}

/// The counts of one file, or of all.
struct ConformScore: Equatable {
    /// Tests that agree in all defined bits.
    var passed = 0
    /// Tests that agree in all bits, undefined ones included.
    var exact = 0
    /// Tests of approximations that agree in all defined bits.
    var exactApproximations = 0
    /// Tests of approximations that agree within what is allowed.
    var approximations = 0
    /// Tests that do not agree.
    var failed = 0
    /// Tests that were not run, by reason.
    var skipped: [String: Int] = [:]

    /// Tests that were not run.
    var skippedCount: Int { skipped.values.reduce(0, +) }
    /// All tests.
    var total: Int { passed + failed + skippedCount }

    /// Counts a verdict.
    mutating func count(_ verdict: Verdict, _ kind: VectorKind) {
        switch verdict {
        case .passed(let isExact):
            passed += 1
            exact += isExact ? 1 : 0
            if kind == .approx {
                approximations += 1
                exactApproximations += 1
            }
        case .near:
            passed += 1
            approximations += 1
        case .failed: failed += 1
        case .skipped(let reason): skipped[reason, default: 0] += 1
        }
    }

    /// Adds the counts of another file.
    mutating func add(_ other: ConformScore) {
        passed += other.passed
        exact += other.exact
        approximations += other.approximations
        exactApproximations += other.exactApproximations
        failed += other.failed
        skipped.merge(other.skipped, uniquingKeysWith: +)
    }

    /// The counts for JSON.
    var json: [JSON.Member] {
        let reasons = skipped.sorted { $0.key < $1.key }.map {
            JSON.Member(name: $0.key, value: .number(UInt64($0.value)))
        }
        return [
            JSON.Member(name: "total", value: .number(UInt64(total))),
            JSON.Member(name: "passed", value: .number(UInt64(passed))),
            JSON.Member(name: "failed", value: .number(UInt64(failed))),
            JSON.Member(name: "skipped", value: .number(UInt64(skippedCount))),
            JSON.Member(name: "exact", value: .number(UInt64(exact))),
            JSON.Member(name: "approximations", value: .number(UInt64(approximations))),
            JSON.Member(name: "exact_approximations", value: .number(UInt64(exactApproximations))),
            JSON.Member(name: "reasons", value: .object(reasons)),
        ]
    }
}

/// The outcome of one file.
struct FileResult {
    /// The file without its tests.
    var file: MOOFile
    /// The counts.
    var score = ConformScore()
    /// The first failures, as many as are wanted.
    var failures: [VectorFailure] = []
}
