import Devices
import TestSupport
import Testing

@testable import x86sim

/// A terminal of the test's: what is drawn is kept, what is typed comes from a function.
final class FakeTerminal: ScreenTerminal {
    var isTerminal = true
    var size = TerminalSize(columns: 80, rows: 25)
    /// What was drawn.
    private(set) var output: [UInt8] = []
    /// How often the terminal was taken and given back.
    private(set) var (begins, ends) = (0, 0)
    /// Waits longer than none.
    private(set) var waits = 0
    /// Asked at each read, with what is to be seen: what is typed, or nil for a terminal that is gone.
    var typed: (ScreenReader) -> String? = { _ in "" }
    private var reader = ScreenReader(columns: 80, rows: 25)

    /// What was drawn.
    var text: String { String(decoding: output, as: UTF8.self) }

    func begin() { begins += 1 }

    func end() { ends += 1 }

    func write(_ bytes: [UInt8]) -> Bool {
        output += bytes
        reader.draw(bytes)
        return true
    }

    func read(milliseconds: Int32) -> [UInt8]? {
        if milliseconds > 0 { waits += 1 }
        return typed(reader).map { Array($0.utf8) }
    }
}

/// `--screen live`, with a terminal of the test's.
@Suite("Live screen", .timeLimit(.minutes(30))) struct LiveScreenTests {
    private static let program = SourceTree.root.appendingPathComponent("fixtures/boot/typed.bin").path

    /// Runs with a terminal; returns the exit status.
    private func run(_ arguments: [String], _ terminal: FakeTerminal?, _ test: TestHost) -> Int32 {
        var host = test.host
        host.terminal = terminal
        // A look at the clock takes 30 ms: what does not come ends the run.
        return X86Sim.run(["run", "--screen", "live", "--timeout", "600"] + arguments, host: host)
    }

    /// A user who types each text behind the first as soon as the one before it is to be seen.
    private static func user(_ steps: [(sees: String, types: String)]) -> (ScreenReader) -> String? {
        var steps = steps[...]
        var isAsked = false
        return { screen in
            if !isAsked {
                isAsked = true
                return "\u{1B}[?62;22c"
            }
            // What is not to be seen, with a mark in front of it.
            guard let step = steps.first else { return "" }
            let isSeen = step.sees.hasPrefix("~") ? !screen.shows(step.sees.dropFirst()) : screen.shows(step.sees)
            guard isSeen else { return "" }
            steps = steps.dropFirst()
            return step.types
        }
    }

    @Test func whatIsTypedIsTheGuests() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = Self.user([("typed", "aB"), ("3042", "\u{3}\u{1B}[A"), ("4800", "\r")])
        #expect(run([Self.program], terminal, test) == 0)
        #expect(terminal.text.contains("\u{1B}[0;38;5;11;48;5;4m╔═ typed ♥"))
        #expect(terminal.begins == 1 && terminal.ends == 1 && terminal.waits > 0)
        // The debug console's text, the last screen, and on standard error the summary.
        #expect(test.output.text.hasPrefix("1E61 3042 2E03 4800 1C0D \n\u{1B}["))
        #expect(test.output.text.contains("╔═ typed ♥"))
        #expect(test.errors.text.contains("ended with code 0"))
    }

    @Test func theMenuIsOnTheLastRow() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = Self.user([
            ("typed", "\u{1D}"), ("q quit", "\u{1B}"), ("~q quit", "x\u{1D}"), ("q quit", "\u{1D}"),
            ("1B1D", "\u{1D}q"),
        ])
        #expect(run([Self.program], terminal, test) == 130)
        #expect(terminal.text.contains("\u{1B}[25;1H\u{1B}[0;38;5;15;48;5;4m s screenshot"))
        #expect(test.output.text.hasPrefix("2D78 1B1D "))
        #expect(test.errors.text.contains("interrupted"))
    }

    @Test func aResetBeginsAnew() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = Self.user([("typed", "a"), ("1E61", "\u{1D}r"), ("~1E61", "\r")])
        #expect(run([Self.program], terminal, test) == 0)
        #expect(test.output.text.hasPrefix("1E61 1C0D \n"))
        #expect(test.errors.text.contains("the guest reboots: RESET"))
    }

    @Test func aScriptTypesFirst() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = Self.user([("3062", "\r")])
        #expect(run([Self.program, "--keys", "ab"], terminal, test) == 0)
        #expect(test.output.text.hasPrefix("1E61 3062 1C0D \n"))
    }

    @Test func aTerminalThatGoesEndsTheRun() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = { $0.shows("typed") ? nil : "" }
        #expect(run([Self.program], terminal, test) == 130)
        #expect(terminal.ends == 1)
    }

    /// A picture stays until somebody has seen it.
    @Test func aPictureStaysAtTheEnd() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        terminal.typed = Self.user([("any key goes back", "x")])
        let fade = SourceTree.root.appendingPathComponent("fixtures/boot/fade.bin").path
        #expect(run([fade, "-m", "2M"], terminal, test) == 0)
        #expect(
            terminal.text.contains("\u{1B}[0;48;2;") && terminal.text.contains("the guest ended with code 0; any key"))
    }

    @Test func timeAndCtrlCEndIt() {
        let (terminal, test) = (FakeTerminal(), TestHost())
        #expect(run([Self.program, "--timeout", "3"], terminal, test) == 13)
        terminal.typed = Self.user([("typed", "\u{1D}")])
        #expect(run([Self.program, "--timeout", "3"], terminal, test) == 13)
        test.wantsToStop = true
        #expect(run([Self.program], terminal, test) == 130)
        #expect(terminal.ends == 3)
    }

    @Test(arguments: [
        ["--gdb", "0"], ["-s"], ["--serial", "stdio"],
    ]) func whatElseWantsTheTerminalIsRefused(arguments: [String]) {
        let (terminal, test) = (FakeTerminal(), TestHost())
        #expect(run([Self.program] + arguments, terminal, test) == 1)
        #expect(test.errors.text.hasPrefix("x86sim: --screen live: "))
        #expect(test.errors.text.split(separator: "\n").count == 1)
        #expect(terminal.begins == 0)
    }

    @Test func withoutATerminalItIsRefused() {
        for terminal in [FakeTerminal(), nil] {
            terminal?.isTerminal = false
            let test = TestHost()
            #expect(run([Self.program], terminal, test) == 1)
            #expect(test.errors.text.contains("--screen live: standard input and output have to be a terminal"))
        }
    }

    @Test func whatIsHeldIsShownAndNotObeyed() {
        let sink = MemorySink()
        let held = HeldText(for: sink, isGuests: true, limit: 16)
        held.write("a\u{1B}[2Jé\t\n\u{9B}b")
        held.flush()
        #expect(sink.bytes.isEmpty)
        held.write("too much of it")
        held.release()
        #expect(sink.text == "a?[2Jé\t\n?btoo \n(10 bytes more are not shown)\n")
        held.write("\u{1B}[0m")
        #expect(sink.text.hasSuffix("\u{1B}[0m"))
        // What is no UTF-8 is taken byte by byte.
        let other = MemorySink()
        let bytes = HeldText(for: other, isGuests: true)
        bytes.write([0x41, 0x9B, 0xFF, 0x07, 0x0A])
        bytes.release()
        #expect(other.text == "A???\n")
        let plain = MemorySink()
        let errors = HeldText(for: plain, isGuests: false)
        errors.write("x86sim: ...\n")
        errors.release()
        #expect(plain.text == "x86sim: ...\n")
    }
}
