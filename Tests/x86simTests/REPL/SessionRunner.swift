import Foundation
import TestSupport
import Testing

@testable import x86sim

/// A console whose input is known beforehand.
final class ScriptedConsole: Console {
    let isTerminal: Bool
    var columns = 80
    private(set) var keyModes: [Bool] = []
    private var input: ArraySlice<UInt8>

    init(_ text: String, isTerminal: Bool = false) {
        input = ArraySlice(text.utf8)
        self.isTerminal = isTerminal
    }

    func beginKeys() { keyModes.append(true) }
    func endKeys() { keyModes.append(false) }
    func readByte() -> UInt8? { input.popFirst() }
    func hasByte(within milliseconds: Int32) -> Bool { !input.isEmpty }
}

/// Sessions of the debugger within tests.
enum SessionRunner {
    /// What a session prints for lines on a pipe, and its exit status.
    static func run(
        _ arguments: [String], lines: [String] = [], environment: [String: String] = [:]
    ) -> (text: String, errors: String, status: Int32) {
        let tester = TestHost()
        var host = tester.host
        host.console = ScriptedConsole(lines.map { $0 + "\n" }.joined())
        host.environment = { environment[$0] }
        let status = X86Sim.run(["debug"] + arguments, host: host)
        return (tester.output.text, tester.errors.text, status)
    }

    /// A session, to be given one line after the other.
    static func session(_ arguments: [String]) throws -> (session: Session, output: MemorySink) {
        let tester = TestHost()
        let settings = try OptionParser(subcommand: try X86Sim.named("debug")).parse(arguments)
        return (try Session(settings, tester.host), tester.output)
    }

    /// The transcript of a session: each line behind the prompt, what came of it below.
    static func transcript(_ arguments: [String], _ lines: [String]) throws -> String {
        let (session, output) = try session(arguments)
        session.say(session.greeting)
        for line in lines {
            session.say("(x86) " + line)
            session.execute(line)
        }
        session.output.startLine()
        return output.text
    }
}

/// A committed text that a test compares with, or writes anew if `X86SIM_UPDATE_DOCS` is 1.
struct TextFile {
    let text: String
    private let path: String

    init(_ path: String) throws {
        self.path = path
        text = SourceTree.exists(path) ? try SourceTree.file(path).text : ""
    }

    func updateIfAsked(_ text: String) throws {
        guard ProcessInfo.processInfo.environment["X86SIM_UPDATE_DOCS"] == "1" else { return }
        let file = SourceTree.root.appendingPathComponent(path)
        try text.write(to: file, atomically: true, encoding: .utf8)
    }
}
