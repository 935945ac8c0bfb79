import Foundation
import TestSupport
import Testing

@testable import X86Interp

extension ProtectionCase {
    /// Every case.
    static let all =
        instructions + ports + debugging + control + memory + tables + stackLoads + dataLoads + systemLoads + transfers
        + innerStacks + returns + interrupts + doubleFaults + tasks + pages
}

/// Each check of the manual that raises an exception, by rule: exception, error code, and that nothing else happened.
@Suite(.timeLimit(.minutes(30))) struct ProtectionTests {
    @Test(arguments: ProtectionCase.all) func ruleRaises(_ example: ProtectionCase) throws {
        let problems = try example.problems()
        #expect(problems.isEmpty)
    }

    @Test(arguments: PermittedCase.all) func isPermitted(_ example: PermittedCase) throws {
        let problems = try example.problems()
        #expect(problems.isEmpty)
    }

    @Test(arguments: Rule.allCases) func ruleHasACase(_ rule: Rule) {
        #expect(ProtectionCase.all.contains { $0.rule == rule })
    }

    @Test func namesAreUnique() {
        let names = ProtectionCase.all.map(\.testDescription)
        #expect(Set(names).count == names.count, "\(Dictionary(grouping: names) { $0 }.filter { $0.value.count > 1 })")
        #expect(Set(PermittedCase.all.map(\.name)).count == PermittedCase.all.count)
    }

    // MARK: The page among the documents

    private static let path = "Sources/X86Interp/X86Interp.docc/ProtectionRules.md"

    private static var table: String {
        let rows = Rule.allCases.map { rule in
            let cases = ProtectionCase.all.filter { $0.rule == rule }
            let lines = cases.map { "\($0.name): \($0.exception)" }.joined(separator: "<br>")
            let exceptions = Set(cases.map { String($0.exception.prefix { $0 != "(" }) }).sorted().joined(
                separator: ", ")
            return "| `\(rule.rawValue)` | \(rule.summary) | \(rule.chapter) | \(exceptions) | \(lines) |\n"
        }
        return "\n| rule | demands | manual | exception | cases: exception(error code) |\n|---|---|---|---|---|\n"
            + rows.joined() + "\n## What is permitted\n\n" + PermittedCase.all.map { "- \($0.name)\n" }.joined()
    }

    /// Set `X86SIM_UPDATE_DOCS=1` to write the page anew instead of comparing it.
    @Test func committedPageIsCurrent() throws {
        let page = try SourceTree.file(Self.path).text
        let start = try #require(page.range(of: "\n| rule |")).lowerBound
        let current = page[..<start] + Self.table
        if ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] == "1" {
            try current.write(to: SourceTree.root.appendingPathComponent(Self.path), atomically: true, encoding: .utf8)
        }
        #expect(try SourceTree.file(Self.path).text == current, "run this test with X86SIM_UPDATE_DOCS=1")
    }
}
