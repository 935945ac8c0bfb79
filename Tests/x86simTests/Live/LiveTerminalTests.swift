import Foundation
import TestSupport
import Testing

@testable import x86sim

/// A terminal of its own within tmux, in which commands run.
final class Tmux {
    /// Where tmux is, or nil: then the tests that want it are skipped.
    static let path = HostTool.path("tmux")
    /// Where Python is, which starts it.
    static let python = HostTool.path("python3")
    /// The program that belongs to these tests, or nil if it was not built with them.
    static let program: String? = {
        let bundle = CommandLine.arguments.first { $0.contains(".xctest") } ?? ""
        let folder = bundle.range(of: "/x86simPackageTests.xctest").map { String(bundle[..<$0.lowerBound]) }
        let path = (folder ?? "") + "/x86sim"
        return FileManager.default.isExecutableFile(atPath: path) ? path : nil
    }()

    private let folder: URL

    /// A terminal of 80 by 25 in which a command is run.
    init(_ command: String, in folder: URL) throws {
        self.folder = folder
        try tmux(["new-session", "-d", "-x", "80", "-y", "25", command])
    }

    /// Ends all that runs in it.
    func end() { _ = try? tmux(["kill-server"]) }

    /// Has tmux do something; returns what it prints.
    @discardableResult
    func tmux(_ arguments: [String]) throws -> String {
        let socket = folder.appendingPathComponent("tmux").path
        // Foundation knows the end of a process by a descriptor that the server of tmux would keep open, and its threads
        // hold signals back, which the server and all in it would inherit.
        let script = """
            import os, signal, sys
            os.closerange(3, 256)
            signal.pthread_sigmask(signal.SIG_SETMASK, [])
            os.execv(sys.argv[1], sys.argv[1:])
            """
        let command = [try #require(Self.path), "-S", socket, "-f", "/dev/null"] + arguments
        let (output, _, _) = try HostTool.run(try #require(Self.python), ["-c", script] + command, in: folder)
        return String(decoding: output, as: UTF8.self)
    }

    /// Types keys by tmux's names.
    func type(_ keys: String...) throws { try tmux(["send-keys"] + keys) }

    /// What is on the screen once it has a text; fails if it does not come.
    func screen(with text: String, colors: Bool = false) throws -> String {
        var screen = ""
        for _ in 0..<600 {
            screen = try tmux(["capture-pane", "-p"] + (colors ? ["-e"] : []))
            if screen.contains(text) { return screen }
            Thread.sleep(forTimeInterval: 0.05)
        }
        Issue.record("\(text) is not on the screen: \(screen)")
        return screen
    }
}

/// `--screen live` on a real terminal: what it shows, and that it is as it was behind it.
@Suite(
    "Live screen in tmux", .serialized, .timeLimit(.minutes(30)),
    .enabled(
        if: Tmux.path != nil && Tmux.python != nil && Tmux.program != nil,
        "tmux, python3, and the program beside the tests"))
struct LiveTerminalTests {
    private static let fixtures = SourceTree.root.appendingPathComponent("fixtures/boot").path

    /// Runs a fixture in a shell that notes the terminal's settings before and after.
    private func session(_ fixture: String, _ folder: URL) throws -> Tmux {
        let program = try #require(Tmux.program)
        let command =
            "cd '\(folder.path)'; stty -a >before; "
            + "'\(program)' run '\(Self.fixtures)/\(fixture).bin' -m 2M --screen live; "
            + "echo status=$?; stty -a >after; echo done; sleep 600"
        return try Tmux(command, in: folder)
    }

    /// The terminal is as it was: its settings, its screen, its cursor, its modes.
    private func expectRestored(_ tmux: Tmux, _ folder: URL) throws {
        _ = try tmux.screen(with: "done")
        let settings = ["before", "after"].map { folder.appendingPathComponent($0) }
        #expect(try Data(contentsOf: settings[0]) == (try Data(contentsOf: settings[1])))
        let modes = try tmux.tmux(["display-message", "-p", "#{alternate_on}#{cursor_flag}#{wrap_flag}"])
        #expect(modes == "011\n")
    }

    @Test func textKeysAndMenu() throws {
        try HostTool.inTemporaryDirectory { folder in
            let tmux = try session("typed", folder)
            defer { tmux.end() }
            #expect(try tmux.screen(with: "typed").hasPrefix("╔═ typed ♥ ═╗\n"))
            try tmux.type("a", "F5", "C-c", "M-x", "Up", "Escape")
            _ = try tmux.screen(with: "1E61 3F00 2E03 2D00 4800 011B")
            try tmux.type("C-]")
            let menu = try tmux.screen(with: "q quit")
            #expect(menu.split(separator: "\n", omittingEmptySubsequences: false)[24].hasPrefix(" s screenshot"))
            try tmux.type("s")
            _ = try tmux.screen(with: "wrote x86sim-1.png")
            try tmux.type("C-]", "w")
            _ = try tmux.screen(with: "wrote x86sim-1.snap")
            let files = ["x86sim-1.png", "x86sim-1.snap"].map { folder.appendingPathComponent($0).path }
            #expect(try HostFile.read(files[0]).starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(try HostFile.read(files[1]).count > 1000)
            try tmux.type("Enter")
            let end = try tmux.screen(with: "status=0")
            #expect(end.contains("1E61 3F00 2E03 2D00 4800 011B 1C0D"))
            try expectRestored(tmux, folder)
        }
    }

    @Test func theDebuggerLooksAtTheGuest() throws {
        try HostTool.inTemporaryDirectory { folder in
            let tmux = try session("typed", folder)
            defer { tmux.end() }
            _ = try tmux.screen(with: "typed")
            try tmux.type("a")
            _ = try tmux.screen(with: "1E61")
            try tmux.type("C-]", "d")
            _ = try tmux.screen(with: "(x86)")
            try tmux.type("quit", "Enter")
            _ = try tmux.screen(with: "1E61")
            try tmux.type("b")
            _ = try tmux.screen(with: "3062")
            try tmux.type("C-]", "q")
            _ = try tmux.screen(with: "status=130")
            try expectRestored(tmux, folder)
        }
    }

    @Test func pixelsAndAnotherSize() throws {
        try HostTool.inTemporaryDirectory { folder in
            let tmux = try session("fade", folder)
            defer { tmux.end() }
            let first = try tmux.screen(with: "any key goes back", colors: true)
            #expect(first.contains("\u{1B}[48;2;"))
            // 320x200 in 40 columns is as high as 25 half blocks.
            try tmux.tmux(["resize-window", "-x", "40", "-y", "20"])
            var rows = 0
            for _ in 0..<200 where rows != 13 {
                rows = try tmux.tmux(["capture-pane", "-p", "-e"]).split(separator: "\n").count { $0.contains("8;2;") }
                Thread.sleep(forTimeInterval: 0.05)
            }
            #expect(rows == 13)
            try tmux.type("x")
            _ = try tmux.screen(with: "status=0")
        }
    }

    /// Signals and traps: the shell says what ended the program, on a terminal that is as it was.
    @Test(
        .enabled(if: HostTool.path("python3") != nil), arguments: ["TERM", "HUP", "INT", "QUIT", "ILL", "SEGV", "ABRT"])
    func whateverEndsItTheTerminalIsAsItWas(signal: String) throws {
        try HostTool.inTemporaryDirectory { folder in
            let tmux = try session("typed", folder)
            defer { tmux.end() }
            _ = try tmux.screen(with: "typed")
            let panes = try tmux.tmux(["list-panes", "-F", "#{pane_pid}"]).split(separator: "\n")
            let shell = try #require(panes.first)
            let found = try HostTool.run("/bin/cat", ["/proc/\(shell)/task/\(shell)/children"], in: folder)
            let child = String(decoding: found.output, as: UTF8.self).split { $0 == " " || $0 == "\n" }.first
            _ = try HostTool.run("/bin/sh", ["-c", "kill -\(signal) \(try #require(child))"], in: folder)
            let numbers = ["TERM": 15, "HUP": 1, "INT": 2, "QUIT": 3, "ILL": 4, "SEGV": 11, "ABRT": 6]
            _ = try tmux.screen(with: "status=\(128 + (numbers[signal] ?? 0))")
            try expectRestored(tmux, folder)
        }
    }
}
