import Testing
import X86Interp

@testable import x86sim

/// Every integer form against what a processor did: the sample of the silicon set in `fixtures/silicon`.
struct ConformSampleTests {
    private static var fixtures: String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/fixtures/silicon/"
    }

    /// Forms with undefined results that no rule explains: PUSHA and POPA that fault half-way, SHLD by exactly 16.
    private static let notExact: Set<String> = ["60", "6660", "61", "6661", "0FA4", "660FA4"]

    @Test(arguments: ["seg16", "seg32"])
    func sample(_ segment: String) throws {
        let files = try VectorFiles.read(Self.fixtures + segment + ".moo.gz")
        #expect(files.count > 1000)
        for result in try conform(files) {
            let score = result.score
            if score.passed != score.total {
                let texts = result.failures.prefix(2).map { FailureText(failure: $0, file: result.file).lines }
                Issue.record("\(result.file.name): \(score.failed) failed\n\(texts.joined())")
            } else if score.exact != score.total, !Self.notExact.contains(result.file.form) {
                Issue.record("\(result.file.name): \(score.total - score.exact) differ in undefined bits")
            }
        }
    }
}
