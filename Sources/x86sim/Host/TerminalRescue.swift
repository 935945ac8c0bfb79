#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Gives a terminal that was taken back, whatever ends the process: its own end, a signal, a trap.
///
/// A signal may come in the middle of anything, so that its handler only writes bytes that are there already and sets
/// what was saved: `write`, `tcsetattr`, `signal` and `raise` are safe in handlers (POSIX, 2.4.3 Signal Actions).
enum TerminalRescue {
    private typealias Handler = @convention(c) (Int32) -> Void

    /// What a handler needs, in memory that neither moves nor goes.
    private struct State {
        /// The terminal is taken.
        var isArmed = false
        /// Its settings as they were.
        var settings = termios()
        /// What puts its screen back.
        let bytes: UnsafeMutableBufferPointer<UInt8>
    }

    /// Ends what was being sent, pictures, colours and the other screen; wraps lines and shows the cursor.
    private static let leave: StaticString =
        "\u{1B}\\\u{1B}[?2026l\u{1B}[0m\u{1B}[2J\u{1B}_Ga=d,d=A,q=2\u{1B}\\\u{1B}[?7h\u{1B}[?25h\u{1B}[?1049l"

    /// Signals that end a process unless somebody handles them: what users and systems send, and traps.
    private static let signals = [
        SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV,
    ]

    // One thread and its own handlers look at it.
    nonisolated(unsafe) private static let state: UnsafeMutablePointer<State> = {
        let bytes = leave.withUTF8Buffer { text in
            let copy = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: text.count)
            _ = copy.initialize(from: text)
            return copy
        }
        let state = UnsafeMutablePointer<State>.allocate(capacity: 1)
        state.initialize(to: State(bytes: bytes))
        atexit { TerminalRescue.restore() }
        return state
    }()

    /// Puts a terminal back at the end of the process, if `restore` has not done so before.
    static func arm(_ settings: termios) {
        state.pointee.settings = settings
        state.pointee.isArmed = true
        let handler: Handler = { number in
            TerminalRescue.restore()
            signal(number, SIG_DFL)
            raise(number)
        }
        for number in signals {
            let before = signal(number, handler)
            // What ignores hang-ups goes on ignoring them.
            if unsafeBitCast(before, to: Int.self) == unsafeBitCast(SIG_IGN, to: Int.self) { signal(number, SIG_IGN) }
        }
    }

    /// Puts the terminal back, unless that has been done.
    static func restore() {
        guard state.pointee.isArmed else { return }
        state.pointee.isArmed = false
        let bytes = UnsafeRawBufferPointer(state.pointee.bytes)
        var start = 0
        while start < bytes.count, let first = bytes.baseAddress {
            let sent = write(1, first + start, bytes.count - start)
            guard sent > 0 || (sent < 0 && errno == EINTR) else { break }
            start += max(0, sent)
        }
        tcsetattr(0, TCSANOW, &state.pointee.settings)
    }
}
