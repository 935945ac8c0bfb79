import Foundation
import TestSupport
import Testing

@testable import x86sim

/// The tables in the page about gdb are the ones that the rows make.
@Suite struct GDBDocumentTests {
    private static let path = "Sources/X86Interp/X86Interp.docc/GDB.md"

    private static let tables: [(name: String, table: Table)] = [
        (
            "monitor",
            Table(
                columns: ["command", "what"], rows: MonitorRow.all.map { ["`monitor \($0.usage)`", $0.summary] })
        ),
        ("packets", Table(columns: ["packet", "what"], rows: PacketRow.all.map { ["`\($0.name)`", $0.summary] })),
    ]

    /// Set `X86SIM_UPDATE_DOCS=1` to write the tables anew instead of comparing them.
    @Test func committedTablesAreCurrent() throws {
        var page = try SourceTree.file(Self.path).text
        for (name, table) in Self.tables {
            let start = try #require(page.range(of: "<!-- generated: \(name) -->\n")).upperBound
            let end = try #require(page.range(of: "<!-- end -->", range: start..<page.endIndex)).lowerBound
            page.replaceSubrange(start..<end, with: "\n" + table.markdown + "\n")
        }
        if ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] == "1" {
            try page.write(to: SourceTree.root.appendingPathComponent(Self.path), atomically: true, encoding: .utf8)
        }
        #expect(try SourceTree.file(Self.path).text == page, "run this test with X86SIM_UPDATE_DOCS=1")
    }

    /// Registers that the page names exist.
    @Test func registersOnThePageExist() throws {
        let page = try SourceTree.file(Self.path).text
        let names = page.split { " `(),|:\n".contains($0) }.filter { $0.hasPrefix("$") && $0.count > 2 }.map {
            $0.dropFirst()
        }
        let known = Set(Registers.full.all.map(\.name) + ["pc", "sp", "mm0", "mm7"])
        #expect(names.count > 15)
        for name in names { #expect(known.contains(String(name)), "\(name)") }
    }
}
