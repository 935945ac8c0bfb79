import X86Interp

@testable import x86sim

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Runs the program within the test and keeps what it prints.
final class TestHost {
    let output = MemorySink()
    let errors = MemorySink()
    /// What the host's clock says, in nanoseconds; each look adds `tick`.
    var time: UInt64 = 0
    var tick: UInt64 = 30_000_000
    var isTerminal = false
    var wantsToStop = false
    /// For how long the program has slept; the clock moves on, nobody waits.
    private(set) var slept: UInt64 = 0
    /// What happens while it sleeps.
    var whileAsleep: () -> Void = {}

    func run(_ arguments: [String]) -> Int32 {
        X86Sim.run(arguments, host: host)
    }

    var host: Host {
        var host = awakeHost
        host.sleep = { [self] nanoseconds, _ in
            time += nanoseconds
            slept += nanoseconds
            whileAsleep()
        }
        return host
    }

    private var awakeHost: Host {
        Host(
            output: output, errors: errors, errorsAreTerminal: isTerminal,
            now: { [self] in
                time += tick
                return time
            }, holdInterrupts: {}, interrupted: { [self] in wantsToStop })
    }
}

/// A file that is gone with its owner.
final class TemporaryFile {
    let path: String

    init(_ bytes: [UInt8], extension suffix: String = "bin") throws {
        path = "/tmp/x86sim-test-\(getpid())-\(UInt64.random(in: 0 ... .max)).\(suffix)"
        let sink = try FileSink(path: path)
        sink.write(bytes)
        sink.flush()
    }

    /// Another file beside this one, which is removed as well.
    func sibling(_ suffix: String) -> String { path + suffix }

    deinit {
        for suffix in ["", ".jsonl", ".csv"] { unlink(path + suffix) }
    }
}

/// A file and its folders that are gone with their owner.
final class TemporaryPath {
    let path: String
    private let folders: [String]

    /// `folders` are removed if they are empty, innermost first.
    init(_ path: String, folders: [String]) {
        self.path = path
        self.folders = folders
    }

    deinit {
        unlink(path)
        for folder in folders { rmdir(folder) }
    }
}
