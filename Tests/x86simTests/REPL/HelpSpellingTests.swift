import Foundation
import TestSupport
import Testing

@testable import x86sim

/// What help and documents spell out is what the debugger takes.
@Suite("Spellings of the debugger's help")
struct HelpSpellingTests {
    private static let blob = SourceTree.root.appendingPathComponent("fixtures/fwcfg.bin").path

    /// A session behind a few instructions, with a breakpoint, a snapshot and a symbol.
    private static func session() throws -> (session: Session, output: MemorySink) {
        let map = """
            - NASM Map file ---
            -- Symbols --
            ---- Section .text ---
            Real              Virtual           Name
                        7C00              7C00  start

            """
        let symbols = try TemporaryFile(Array(map.utf8), extension: "map")
        let (session, output) = try SessionRunner.session(
            [blob, "-m", "1M", "--cpu", "80386", "--fuel", "100000", "--symbols", symbols.path])
        for line in ["b 7c02", "snap a", "s 7"] { session.execute(line) }
        return (session, output)
    }

    @Test(arguments: Command.all.map(\.name)) func examplesWork(name: String) throws {
        for example in try Command.named(name).examples {
            let (session, output) = try Self.session()
            #expect(session.execute(example.line), "\(example.line): \(output.text)")
            #expect(CommandHelp.text(for: try Command.named(name)).contains(example.line))
        }
    }

    /// Each form that the usage line of a command stands for.
    @Test(arguments: Command.all.map(\.name)) func usagesWork(name: String) throws {
        let command = try Command.named(name)
        let file = try TemporaryFile(Array("p 1\n".utf8), extension: "x")
        let picture = file.sibling(".jsonl")
        let forms = UsageForms(command: name, file: name == "source" ? file.path : picture)
        for form in Set(forms.all(command.arguments)) {
            let (session, output) = try Self.session()
            let line = form.isEmpty ? name : name + " " + form
            if ["load", "fork"].contains(name) { session.execute("snap " + picture) }
            #expect(session.execute(line), "\(line): \(output.text)")
        }
    }

    /// Sessions that documents show are of this blob.
    @Test(arguments: ["README.md", "Sources/X86Interp/X86Interp.docc/Debugger.md"]) func documentsWork(
        path: String
    ) throws {
        let session = try SessionRunner.session([Self.blob, "--cpu", "80386"]).session
        for line in try SourceTree.file(path).text.split(separator: "\n") {
            guard let prompt = line.range(of: "(x86) ") else { continue }
            #expect(session.execute(String(line[prompt.upperBound...])), "\(line)")
        }
    }

    @Test func aFormatIsRefusedWhereThereIsNone() throws {
        let (session, output) = try Self.session()
        #expect(!session.execute("step/5"))
        #expect(output.text.contains("error: 'step' takes no format '/5'; usage: step [N]"))
        #expect(session.execute("x /2xb 7c00") && session.execute("x/2xb 7c00"))
    }

    @Test(arguments: ["h", "?", "help"]) func helpHasShortNames(word: String) throws {
        let (session, output) = try Self.session()
        #expect(session.execute(word))
        #expect(output.text.contains("Numbers are hexadecimal for addresses"))
    }
}

/// Expands a usage line: `[may be left out]`, `(one | another)`, `word|word`, names of what is to be filled in.
private struct UsageForms {
    let command: String
    let file: String

    func all(_ text: String) -> [String] {
        alternatives(text).flatMap { sequence($0[...]) }.map {
            $0.split(separator: " ").joined(separator: " ")
        }
    }

    /// The parts between ` | ` outside of brackets.
    private func alternatives(_ text: String) -> [String] {
        var parts = [""]
        var depth = 0
        for word in text.split(separator: " ") {
            if word == "|", depth == 0 {
                parts.append("")
                continue
            }
            depth += word.filter { "[(".contains($0) }.count - word.filter { "])".contains($0) }.count
            parts[parts.count - 1] += parts[parts.count - 1].isEmpty ? String(word) : " " + word
        }
        return parts
    }

    private func sequence(_ text: Substring) -> [String] {
        guard let first = text.first else { return [""] }
        if "[(".contains(first) {
            var depth = 0
            let end = text.firstIndex { character in
                depth += "[(".contains(character) ? 1 : "])".contains(character) ? -1 : 0
                return depth == 0
            }
            guard let end else { return [String(text)] }
            let inner = all(String(text[text.index(after: text.startIndex)..<end]))
            let rest = sequence(text[text.index(after: end)...])
            return ((first == "[" ? [""] : []) + inner).flatMap { part in rest.map { part + $0 } }
        }
        if first == " " { return sequence(text.dropFirst()).map { " " + $0 } }
        let word = text.prefix { !"[( ".contains($0) }
        let rest = sequence(text.dropFirst(word.count))
        return word.split(separator: "|").flatMap { part in rest.map { filled(String(part)) + $0 } }
    }

    private func filled(_ word: String) -> String {
        var text = ""
        var name = ""
        func close() {
            text += name.count == 0 ? "" : value(name)
            name = ""
        }
        for character in word.replacingOccurrences(of: "...", with: "") {
            if character.isUppercase {
                name.append(character)
            } else {
                close()
                text.append(character)
            }
        }
        close()
        return text
    }

    private func value(_ name: String) -> String {
        switch name {
        case "A", "B": "7c00"
        case "BYTES": "31 c0"
        case "C": "print ax"
        case "COMMAND": "step"
        case "COUNT": "2"
        case "E": "1"
        case "FILE": file
        case "ICOUNT": "3"
        case "LEN": "2"
        case "MEM": "word [600]"
        case "N", "V": "1"
        case "P": "80"
        case "NAME": ["break", "tbreak", "tier"].contains(command) ? "uart" : "a"
        case "NFU": "2xb"
        case "REG": "ax"
        case "SCRIPT": "seq 8,0"
        case "SNAPSHOT": "a"
        case "TEXT": "hello"
        case "TO": "610"
        case "TOPIC": "cpu"
        case "W": "1"
        default: name
        }
    }
}
