/// Why the program cannot do what was asked: one line for standard error, and the exit status.
struct CommandError: Error, Equatable {
    /// What is wrong and what helps, without the program's name and without a line break.
    let message: String
    /// The process's exit status.
    let status: Int32

    /// The command line is wrong.
    static func usage(_ message: String) -> CommandError { CommandError(message: message, status: ExitStatus.usage) }

    /// A file cannot be read, written or run.
    static func load(_ message: String) -> CommandError { CommandError(message: message, status: ExitStatus.load) }
}

/// The exit statuses of the program; a guest's own code becomes one by `ExitMap`, which knows these.
enum ExitStatus {
    /// The guest reported success, or halted for good.
    static let success: Int32 = 0
    /// The command line is wrong.
    static let usage: Int32 = 1
    /// A file cannot be read, written or run.
    static let load: Int32 = 2
    /// The guest ended in a triple fault.
    static let tripleFault: Int32 = 10
    /// Stopped at a fault, as `--fault stop` asks.
    static let fault: Int32 = 11
    /// `--fuel` or `--max-output` is used up.
    static let fuel: Int32 = 12
    /// `--timeout` is used up, or the guest waits for what never comes.
    static let timeout: Int32 = 13
    /// Stopped at an unmapped port, as `--unmapped stop` asks.
    static let unmappedPort: Int32 = 14
    /// A user-tier device failed.
    static let userDevice: Int32 = 15
    /// An expectation failed: tiers differ, vectors fail, or none was run.
    static let expectation: Int32 = 20
    /// Ctrl-C, as shells report it: 128 plus the signal's number.
    static let interrupted: Int32 = 130

    /// All of them.
    static let all = [
        success, usage, load, tripleFault, fault, fuel, timeout, unmappedPort, userDevice, expectation, interrupted,
    ]
}

extension String {
    /// The text in quotes, with control characters shown as `?` and long texts cut: safe in a one-line message.
    var quoted: String {
        let shown = String(String.UnicodeScalarView(unicodeScalars.prefix(200))).oneLine
        return "'" + shown + (unicodeScalars.count > 200 ? "..." : "") + "'"
    }

    /// The text with `?` for each control character.
    var oneLine: String {
        unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }.joined()
    }
}
