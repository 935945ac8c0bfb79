import Foundation
import Testing

@testable import x86sim

/// Debian's gdb as a client of a server within the test.
enum GDBTool {
    /// Where gdb is, or nil: then the tests that want it are skipped.
    static let path: String? = {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return directories.map { "\($0)/gdb" }.first(where: FileManager.default.isExecutableFile)
    }()

    /// What came of a session.
    struct Outcome {
        /// What gdb has printed.
        let text: String
        /// Why the run is over.
        let end: RunEnd
        /// What the guest has printed.
        let console: String
    }

    /// Runs gdb's commands, behind `target remote`, against a guest that stands before its first instruction.
    static func debug(
        _ blob: String, options: [String] = [], before: [String] = [], _ commands: [String]
    ) throws -> Outcome {
        let settings = try OptionParser(subcommand: X86Sim.named("gdb")).parse([blob] + options)
        let console = MemorySink()
        let guest = try GuestImage(settings).makeGuest(console: console, serial: console)
        let listener = try SocketListener(port: 0)
        let output = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try Data().write(to: output)
        defer { try? FileManager.default.removeItem(at: output) }
        let handle = try FileHandle(forWritingTo: output)

        let gdb = Process()
        gdb.executableURL = URL(fileURLWithPath: try #require(path))
        let script =
            ["set confirm off", "set pagination off"] + before + ["target remote :\(listener.port)"] + commands
        gdb.arguments = ["-nx", "-batch"] + script.flatMap { ["-ex", $0] }
        gdb.standardInput = FileHandle.nullDevice
        gdb.standardOutput = handle
        gdb.standardError = handle
        try gdb.run()
        let start = Date()
        let host = Host(
            output: console, errors: MemorySink(), errorsAreTerminal: false,
            now: { UInt64(Date().timeIntervalSince(start) * 1e9) }, holdInterrupts: {},
            interrupted: { !gdb.isRunning })
        let server = GDBServer(try DebuggedGuest(guest), host: host, listener: listener, timeout: 60)
        let end = server.serve(isRunning: false)
        gdb.waitUntilExit()
        return Outcome(
            text: String(decoding: try Data(contentsOf: output), as: UTF8.self), end: end, console: console.text)
    }
}
