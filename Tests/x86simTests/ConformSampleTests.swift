import Testing
import X86Interp

@testable import x86sim

/// Every integer form against what a processor did: the sample of the silicon set in `fixtures/silicon`.
struct ConformSampleTests {
    private static var fixtures: String {
        let root = #filePath.split(separator: "/").dropLast(3).joined(separator: "/")
        return "/\(root)/fixtures/silicon/"
    }

    @Test(arguments: ["seg16", "seg32"])
    func sample(_ segment: String) throws {
        let files = try VectorFiles.read(Self.fixtures + segment + ".moo.gz")
        #expect(files.count > 1000)
        for result in try conform(files) where result.score.passed != result.score.total {
            let texts = result.failures.prefix(2).map { FailureText(failure: $0, file: result.file).lines }
            Issue.record("\(result.file.name): \(result.score.failed) failed\n\(texts.joined())")
        }
    }
}
