import Foundation

/// Programs of the host that tests compare with; a test that needs one is skipped where it is missing.
public enum HostTool {
    /// Where a program is, or nil.
    public static func path(_ name: String) -> String? {
        let directories = (ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin").split(separator: ":")
        return directories.map { "\($0)/\(name)" }.first(where: FileManager.default.isExecutableFile)
    }

    /// Runs a program to its end; returns what it wrote to its standard output and error, and its exit status.
    public static func run(
        _ path: String, _ arguments: [String], in directory: URL
    ) throws -> (output: [UInt8], errors: String, status: Int32) {
        let output = directory.appendingPathComponent("output")
        let errors = directory.appendingPathComponent("errors")
        for file in [output, errors] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = URL(fileURLWithPath: path)
        process.arguments = arguments
        process.standardOutput = try FileHandle(forWritingTo: output)
        process.standardError = try FileHandle(forWritingTo: errors)
        try process.run()
        process.waitUntilExit()
        let text = String(decoding: try Data(contentsOf: errors), as: UTF8.self)
        return ([UInt8](try Data(contentsOf: output)), text, process.terminationStatus)
    }

    /// Gives `body` a directory that is gone afterwards.
    public static func inTemporaryDirectory<Result>(_ body: (URL) throws -> Result) throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        return try body(directory)
    }
}
