import TestSupport
import Testing

@testable import x86sim

@Suite("The line editor")
struct LineEditorTests {
    /// What the bytes of a terminal make of a line, with two earlier lines.
    private static func type(_ bytes: String) -> (editor: LineEditor, outcome: LineEditor.Outcome) {
        let reader = KeyReader(ScriptedConsole(bytes))
        var editor = LineEditor(prompt: "> ", history: ["step 5", "break 7c00"])
        editor.complete = { before in
            let word = before.split(separator: " ").last.map(String.init) ?? ""
            return (["delete", "disable", "disassemble"].filter { $0.hasPrefix(word) }, word.count)
        }
        var outcome = LineEditor.Outcome.editing
        while let key = reader.next(), outcome == .editing { outcome = editor.take(key) }
        return (editor, outcome)
    }

    /// Bytes, the line that comes of them, and where the cursor is.
    private static let edits: [(String, String, Int)] = [
        ("abc", "abc", 3), ("abc\u{1B}[D\u{1B}[DX", "aXbc", 2), ("abc\u{01}X", "Xabc", 1),
        ("abc\u{01}\u{05}X", "abcX", 4),
        ("abc\u{7F}", "ab", 2), ("abc\u{1B}[H\u{1B}[3~", "bc", 0), ("abc\u{1B}[D\u{0B}", "ab", 2),
        ("abc\u{1B}[D\u{15}", "c", 0), ("ab cd\u{17}", "ab ", 3), ("ab cd\u{17}\u{19}\u{19}", "ab cdcd", 7),
        ("ab cd\u{1B}b\u{1B}bX", "Xab cd", 1), ("ab cd\u{01}\u{1B}fX", "abX cd", 3), ("x\u{1B}[A", "break 7c00", 10),
        ("x\u{1B}[A\u{1B}[A", "step 5", 6), ("x\u{1B}[A\u{1B}[B", "x", 1), ("x\u{10}\u{10}\u{10}", "step 5", 6),
        ("\u{12}ste", "step 5", 6), ("\u{12}b\u{01}X", "Xbreak 7c00", 1), ("del\t", "delete ", 7), ("di\t", "disa", 4),
        ("ä€", "ä€", 2), ("\u{1B}[1;5Da\u{1B}[99999999999999999999~b", "ab", 2), ("\u{1B}Oa\u{1B}", "", 0),
        ("\u{7F}\u{7F}\u{04}", "", 0), ("ab\u{01}\u{04}", "b", 0),
    ]

    @Test(arguments: edits) func keysEditTheLine(bytes: String, text: String, cursor: Int) {
        let (editor, _) = Self.type(bytes)
        #expect(String(editor.text) == text)
        #expect(editor.cursor == cursor)
    }

    @Test func keysEndTheLine() {
        #expect(Self.type("abc\r").outcome == .line("abc"))
        #expect(Self.type("abc\u{03}").outcome == .cancelled)
        #expect(Self.type("\u{04}").outcome == .end)
        #expect(Self.type("\u{0C}").outcome == .clear)
        #expect(Self.type("disa\t").outcome == .choices(["disable", "disassemble"]))
    }

    @Test func thePictureFitsTheTerminal() {
        let (editor, _) = Self.type(String(repeating: "x", count: 300))
        let picture = editor.picture(columns: 40)
        #expect(picture.hasPrefix("\r> xxxx"))
        #expect(picture.filter { $0 == "x" }.count < 40)
        #expect(Self.type("ab\u{1B}[D").editor.picture(columns: 80) == "\r> ab\u{1B}[K\r\u{1B}[3C")
    }

    @Test func randomKeysNeverTrap() {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let scalars = (0..<60).map { _ in
                Unicode.Scalar(
                    [UInt8](arrayLiteral: 0x1B, 0x5B, 0x01, 0x0B, 0x12, 0x41, 0x7F, 0x09).randomElement(using: &random)
                        ?? 1)
            }
            let (editor, _) = Self.type(String(String.UnicodeScalarView(scalars)))
            #expect(editor.cursor <= editor.text.count)
            #expect(!editor.picture(columns: 20).isEmpty)
        }
    }

    @Test func historyIsKeptBetweenSessions() throws {
        let folder = "/tmp/x86sim-history-\(UInt64.random(in: 0 ... .max))"
        let environment = ["XDG_STATE_HOME": folder]
        var history = LineHistory { environment[$0] }
        #expect(history.lines.isEmpty)
        for line in ["step", "step", "", "b 7c00"] { history.add(line) }
        history.save()
        let path = folder + "/x86sim/history"
        let file = TemporaryPath(path, folders: [folder + "/x86sim", folder])
        #expect(LineHistory { environment[$0] }.lines == ["step", "b 7c00"])
        #expect(LineHistory { ["HOME": folder + "/none"][$0] }.lines.isEmpty)
        #expect(file.path == path)
    }

    @Test func aTerminalSessionEditsAndCompletes() throws {
        let file = try TemporaryFile([0x90, 0xF4])
        let tester = TestHost()
        var host = tester.host
        // "ste<Tab>" and Enter, an empty line that repeats, Ctrl-D.
        let console = ScriptedConsole("ste\t\r\r\u{04}", isTerminal: true)
        host.console = console
        host.environment = { ["NO_COLOR": "1"][$0] }
        #expect(X86Sim.run(["debug", file.path, "--boot", "flat"], host: host) == 0)
        #expect(tester.output.text.contains("(x86) step "))
        #expect(tester.output.text.contains("halted for good"))
        #expect(!tester.output.text.contains("\u{1B}[1m"))
        #expect(console.keyModes.last == false)
    }

    @Test func colourIsForTerminalsWithoutNOCOLOR() throws {
        let file = try TemporaryFile([0x90, 0xF4])
        for (isTerminal, variables, isColoured) in [
            (true, [:], true), (true, ["NO_COLOR": "1"], false), (false, [:], false),
        ] as [(Bool, [String: String], Bool)] {
            let tester = TestHost()
            var host = tester.host
            host.console = ScriptedConsole(isTerminal ? "s\r" : "s\n", isTerminal: isTerminal)
            host.environment = { variables[$0] }
            #expect(X86Sim.run(["debug", file.path, "--boot", "flat"], host: host) == 0)
            #expect(tester.output.text.contains("\u{1B}[1m") == isColoured)
        }
    }
}
