import Testing

@testable import x86sim

@Suite("Progress on a terminal")
struct StatusLineTests {
    /// What a terminal shows of text with CR, LF and "erase to the end of the line": its lines.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        var lines: [[Character]] = [[]]
        var column = 0
        let text = String(decoding: bytes, as: UTF8.self).replacing("\u{1B}[K", with: "\u{1}")
        for character in text.unicodeScalars {
            switch character {
            case "\n":
                lines.append([])
                column = 0
            case "\r": column = 0
            case "\u{1}": lines[lines.count - 1].removeLast(lines[lines.count - 1].count - column)
            default:
                var line = lines[lines.count - 1]
                while line.count <= column { line.append(" ") }
                line[column] = Character(character)
                lines[lines.count - 1] = line
                column += 1
            }
        }
        return lines.map { String($0) }
    }

    /// A host whose standard output and standard error are one terminal.
    private static func terminal(_ screen: MemorySink, tick: UInt64 = 400_000_000) -> Host {
        let test = TestHost()
        test.tick = tick
        return Host(
            output: screen, errors: screen, errorsAreTerminal: true, now: test.host.now, holdInterrupts: {},
            interrupted: { false }, outputIsTerminal: true)
    }

    /// Prints `text`, goes 3000 times around, and again.
    private static func guest(_ text: String) throws -> TemporaryFile {
        // again: mov si, text; next: lodsb; cmp al, 0; je wait; out e9, al; jmp next
        // wait: mov ecx, 3000; loop $ (32 bits); jmp again
        let code: [UInt8] = [
            0xBE, 0x19, 0x7C, 0xAC, 0x3C, 0x00, 0x74, 0x04, 0xE6, 0xE9, 0xEB, 0xF7,
            0x66, 0xB9, 0xB8, 0x0B, 0x00, 0x00, 0x67, 0xE2, 0xFD, 0xEB, 0xE9, 0x90, 0x90,
        ]
        return try TemporaryFile(code + Array(text.utf8) + [0])
    }

    @Test func textIsNeverOverwritten() throws {
        let screen = MemorySink()
        let file = try Self.guest("line\n")
        #expect(X86Sim.run(["run", file.path, "--timeout", "30"], host: Self.terminal(screen)) == 13)
        #expect(screen.text.contains("MIPS"))
        let lines = Self.lines(screen.bytes)
        #expect(lines.count > 4)
        #expect(lines.dropLast(2).allSatisfy { $0 == "line" }, "\(lines)")
        #expect(lines.dropLast().last?.hasPrefix("x86sim: the time is used up") == true)
    }

    @Test func aLineWithTextIsLeftAlone() throws {
        let screen = MemorySink()
        let file = try Self.guest("name? ")
        #expect(X86Sim.run(["run", file.path, "--timeout", "30"], host: Self.terminal(screen)) == 13)
        #expect(!screen.text.contains("MIPS"))
        let lines = Self.lines(screen.bytes)
        #expect(lines.first?.hasPrefix("name? name? ") == true)
        // The summary has a line of its own.
        #expect(lines.dropFirst().first?.hasPrefix("x86sim: the time is used up") == true)
    }

    @Test func aWarningIsNotWrittenOverIt() throws {
        let screen = MemorySink()
        var host = Self.terminal(screen)
        host = host.withStatusLine()
        host.statusLine?.show("12 MIPS")
        host.complain("beware")
        host.output.write("text")
        host.output.flush()
        host.statusLine?.show("13 MIPS")
        host.complain("again")
        #expect(Self.lines(screen.bytes) == ["x86sim: beware", "text", "x86sim: again", ""])
    }

    @Test func aGuestThatWaitsIsNotFast() throws {
        // again: sti; hlt; jmp again, with the timer's interrupt 18 times a second of guest time
        let code: [UInt8] = [0xFB, 0xF4, 0xEB, 0xFC]
        let padding = [UInt8](repeating: 0, count: 510 - code.count)
        let file = try TemporaryFile(code + padding + [0x55, 0xAA], extension: "img")
        let screen = MemorySink()
        #expect(X86Sim.run(["run", file.path, "--timeout", "20"], host: Self.terminal(screen)) == 13)
        let shown = screen.text.split(separator: "\r").filter { $0.contains("million instructions") }
        #expect(!shown.isEmpty)
        for line in shown {
            let rate = line.split(separator: " ").firstIndex(of: "MIPS,").map { line.split(separator: " ")[$0 - 1] }
            #expect(rate.map { Int($0) ?? .max < 1000 } ?? line.contains("waiting"), "\(line)")
        }
        #expect(shown.contains { $0.contains("waiting") })
    }
}
