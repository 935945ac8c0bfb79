import Foundation
import TestSupport
import Testing

/// Random protected-mode programs on this program and on Bochs: state and memory after each instruction are the same.
struct DifferentialRunTests {
    private static let script = SourceTree.root.appendingPathComponent("Tests/differential/compare.py")
    /// The program under test stands beside the tests.
    private static let program = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
        .appendingPathComponent("x86sim")
    private static let hasTools = ["python3", "nasm", "bochs"].allSatisfy(isInstalled)
    /// Instructions to compare, beside the cases that once found a mistake.
    private static let steps = 50_000

    private static func isInstalled(_ name: String) -> Bool {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.contains { FileManager.default.isExecutableFile(atPath: "\($0)/\(name)") }
    }

    @Test(
        .enabled(if: LongTests.areWanted, "takes a minute: X86SIM_LONG_TESTS=1"),
        .enabled(if: hasTools, "needs python3, nasm and bochs"))
    func everyStepIsAsBochsDoesIt() throws {
        try #require(FileManager.default.isExecutableFile(atPath: Self.program.path), "\(Self.program.path)")
        let output = Pipe()
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["python3", Self.script.path, "--kept", "--trace", "--ours", Self.program.path]
        process.arguments? += ["--steps", "\(Self.steps)", "--workers", "2"]
        process.standardOutput = output
        try process.run()
        let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        #expect(process.terminationStatus == 0, "\(text)")
        #expect(text.contains(" steps in "))
    }
}
