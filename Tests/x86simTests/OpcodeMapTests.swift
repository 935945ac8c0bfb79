import Foundation
import TestSupport
import Testing

@testable import x86sim

/// The opcode map among the documents is the one that the rows make.
@Suite struct OpcodeMapTests {
    private static let path = "Sources/X86Interp/X86Interp.docc/OpcodeMap.md"

    /// Set `X86SIM_UPDATE_DOCS=1` to write the map anew instead of comparing it.
    @Test func committedOpcodeMapIsCurrent() throws {
        let page = try SourceTree.file(Self.path).text
        let start = try #require(page.range(of: "\n| opcode |")).lowerBound
        let current = page[...start] + ListCommands.opcodeTable.markdown
        if ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] == "1" {
            try current.write(to: SourceTree.root.appendingPathComponent(Self.path), atomically: true, encoding: .utf8)
        }
        #expect(try SourceTree.file(Self.path).text == current, "run this test with X86SIM_UPDATE_DOCS=1")
    }
}
