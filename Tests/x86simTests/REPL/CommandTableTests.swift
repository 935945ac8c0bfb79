import Foundation
import TestSupport
import Testing

@testable import x86sim

@Suite("The debugger's command table")
struct CommandTableTests {
    @Test func namesAndAliasesAreUnique() {
        let words = Command.all.flatMap { [$0.name] + $0.aliases }
        #expect(words.count > 70)
        #expect(Set(words).count == words.count)
    }

    /// `p` alone proceeds, as DEBUG's; with an expression it prints.
    @Test func aBareAliasIsAnotherCommandsName() throws {
        let names = Set(Command.all.flatMap { [$0.name] + $0.aliases })
        for command in Command.all {
            for word in command.bareAliases {
                #expect(names.contains(word))
                #expect(try Command.named(word, isBare: true).name == command.name)
                #expect(try Command.named(word).name != command.name)
            }
        }
        #expect(try Command.named("p", isBare: true).name == "next" && Command.named("p").name == "print")
    }

    @Test(arguments: Command.all.map(\.name)) func aRowHasHelp(name: String) throws {
        let command = try Command.named(name)
        #expect(command.name == name)
        #expect(!command.summary.isEmpty && !command.summary.hasSuffix("."))
        #expect(command.details.isEmpty || command.details.hasSuffix("\n"))
        #expect(CommandHelp.text(for: command).contains(command.usage))
        #expect(CommandHelp.overview.contains("  \(command.title)  "))
        for line in (CommandHelp.overview + CommandHelp.text(for: command)).split(separator: "\n") {
            #expect(line.count <= 130, "\(line)")
        }
    }

    @Test func beginningsOfNamesAreEnough() throws {
        #expect(try Command.named("disas").name == "disassemble")
        #expect(try Command.named("cont").name == "continue")
        #expect(try Command.named("WATCH").name == "watch")
        // An alias wins over names that begin so.
        #expect(try Command.named("s").name == "step")
        #expect(try Command.named("d").name == "dump")
        #expect(try Command.named("c").name == "continue")
    }

    @Test(arguments: [
        ("co", "continue, condition, compare"), ("re", "restart, registers"), ("di", "disable, disassemble"),
    ])
    func ambiguousBeginningsAreErrors(word: String, candidates: String) {
        let names = Set(candidates.split(separator: ", ").map(String.init))
        do {
            _ = try Command.named(word)
            Issue.record("\(word) means something")
        } catch {
            #expect(error.message.contains("type more of it"))
            for name in names { #expect(error.message.contains(name), "\(error.message)") }
        }
    }

    @Test func everyBeginningIsExactUniqueOrRefused() {
        for command in Command.all {
            for count in 1...command.name.count {
                let start = String(command.name.prefix(count))
                let exact = Command.all.filter { $0.name == start || $0.aliases.contains(start) }
                let fitting = Command.all.filter { $0.name.hasPrefix(start) }
                let found = try? Command.named(start)
                #expect(found?.name == (exact.first ?? (fitting.count == 1 ? fitting.first : nil))?.name, "\(start)")
            }
        }
    }

    @Test func aSlipOfTheFingerGetsASuggestion() {
        #expect(throws: CommandError.usage("no command 'contiune'; did you mean 'continue'?")) {
            try Command.named("contiune")
        }
    }

    private static let path = "Sources/X86Interp/X86Interp.docc/DebuggerCommands.md"

    /// Set `X86SIM_UPDATE_DOCS=1` to write the table anew instead of comparing it.
    @Test func committedTableIsCurrent() throws {
        let page = try SourceTree.file(Self.path).text
        let start = try #require(page.range(of: "\n| group |")).lowerBound
        let current = page[...start] + CommandHelp.table.markdown
        if ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] == "1" {
            try current.write(to: SourceTree.root.appendingPathComponent(Self.path), atomically: true, encoding: .utf8)
        }
        #expect(try SourceTree.file(Self.path).text == current, "run this test with X86SIM_UPDATE_DOCS=1")
    }
}
