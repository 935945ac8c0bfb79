import Devices

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// What the program needs of the system that it runs on; tests bring their own.
struct Host {
    /// Standard output.
    var output: any ByteSink
    /// Standard error.
    var errors: any ByteSink
    /// Whether standard error is a terminal, where a progress line makes sense.
    let errorsAreTerminal: Bool
    /// Nanoseconds of a clock that never goes back.
    let now: () -> UInt64
    /// Has Ctrl-C reported by `interrupted` from now on, instead of ending the process.
    let holdInterrupts: () -> Void
    /// Whether the user has asked to stop (Ctrl-C).
    let interrupted: () -> Bool
    /// Forgets a Ctrl-C and lets the next one end the process again.
    var releaseInterrupts: () -> Void = {}
    /// Standard input, for sessions.
    var console: any Console = SilentConsole()
    /// A variable of the environment, or nil if it is unset.
    var environment: (String) -> String? = { _ in nil }
    /// Whether standard output is a terminal.
    var outputIsTerminal = false
    /// Where a guest's key strokes come from.
    var keys: any KeySource = KeyList()
    /// Standard input as bytes, for a guest's serial line.
    var bytes: any ByteSource = MemorySource([])
    /// Sleeps for so many nanoseconds at least, or until one of the inputs has something.
    var sleep: (UInt64, [any LiveInput]) -> Void = { _, _ in }
    /// The terminal that a guest's screen may take.
    var terminal: (any ScreenTerminal)?
    /// Where a passing text may be shown, if standard error is a terminal.
    var statusLine: StatusLine?

    /// One line on standard error, behind whatever the guest has written so far.
    func complain(_ line: String) {
        output.flush()
        errors.write("x86sim: \(line)\n")
        errors.flush()
    }
}

extension Host {
    /// The process's own streams, clock and Ctrl-C.
    static func process() -> Host {
        Host(
            output: FileSink(descriptor: 1, name: "standard output"),
            errors: FileSink(descriptor: 2, name: "standard error"),
            errorsAreTerminal: isatty(2) == 1, now: monotonicNanoseconds,
            holdInterrupts: blockInterrupts, interrupted: interruptIsPending, releaseInterrupts: releaseInterrupts,
            console: Terminal(), environment: environmentVariable, outputIsTerminal: isatty(1) == 1,
            keys: StandardInputKeys(), bytes: StandardInput(), sleep: sleep, terminal: LiveTerminal())
    }

    /// A blocked signal stays pending: that needs no handler and no shared flag.
    private static func blockInterrupts() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        sigprocmask(SIG_BLOCK, &set, nil)
    }

    private static func interruptIsPending() -> Bool {
        var set = sigset_t()
        sigemptyset(&set)
        sigpending(&set)
        return sigismember(&set, SIGINT) == 1
    }

    private static func monotonicNanoseconds() -> UInt64 {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) &* 1_000_000_000 &+ UInt64(time.tv_nsec)
    }

    /// Ends the process.
    static func exit(_ status: Int32) -> Never {
        #if canImport(Glibc)
            Glibc.exit(status)
        #elseif canImport(Musl)
            Musl.exit(status)
        #elseif canImport(Darwin)
            Darwin.exit(status)
        #endif
    }
}
