#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Standard input of the process: a terminal whose keys come one at a time, or a pipe or file.
final class Terminal: Console {
    /// Whether standard input and standard output both are a terminal.
    let isTerminal = isatty(0) == 1 && isatty(1) == 1
    /// The terminal's settings as they were; nil while they are in force.
    private var saved: termios?
    private var buffer: [UInt8] = []
    private var next = 0

    deinit { endKeys() }

    /// Cells of a line as the terminal reports them, else 80.
    var columns: Int {
        var size = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &size) == 0, size.ws_col >= 20 else { return 80 }
        return Int(size.ws_col)
    }

    /// Turns off line mode, echo and signals by keys; output is processed as before.
    func beginKeys() {
        guard isTerminal, saved == nil else { return }
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return }
        saved = settings
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        settings.c_iflag &= ~tcflag_t(IXON | ICRNL)
        // One byte at a time, without a time limit.
        withUnsafeMutableBytes(of: &settings.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        tcsetattr(0, TCSADRAIN, &settings)
    }

    /// Puts the settings back.
    func endKeys() {
        guard var settings = saved else { return }
        saved = nil
        tcsetattr(0, TCSADRAIN, &settings)
    }

    /// The next byte of standard input.
    func readByte() -> UInt8? {
        if next >= buffer.count, !fill() { return nil }
        next += 1
        return buffer[next - 1]
    }

    private func fill() -> Bool {
        // `read` fills at most the capacity that it is given and reports how much that was.
        buffer = [UInt8](unsafeUninitializedCapacity: 4096) { space, count in
            var got = -1
            repeat { got = read(0, space.baseAddress, 4096) } while got < 0 && errno == EINTR
            count = max(0, got)
        }
        next = 0
        return !buffer.isEmpty
    }

    /// Asks the system, unless a byte is in the buffer.
    func hasByte(within milliseconds: Int32) -> Bool {
        if next < buffer.count { return true }
        var request = pollfd(fd: 0, events: Int16(POLLIN), revents: 0)
        return poll(&request, 1, milliseconds) > 0
    }
}

extension Host {
    /// A variable of the process's environment, or nil if it is unset.
    static func environmentVariable(_ name: String) -> String? {
        getenv(name).map { String(cString: $0) }
    }

    /// Forgets a Ctrl-C that was held and lets later ones end the process again.
    static func releaseInterrupts() {
        var set = sigset_t()
        sigemptyset(&set)
        sigaddset(&set, SIGINT)
        var pending = sigset_t()
        sigpending(&pending)
        if sigismember(&pending, SIGINT) == 1 {
            var number: Int32 = 0
            sigwait(&set, &number)
        }
        sigprocmask(SIG_UNBLOCK, &set, nil)
    }

    /// Creates a folder and those above it; true if it is there afterwards.
    static func makeFolder(_ path: String) -> Bool {
        var place = path.startIndex
        while let slash = path[place...].firstIndex(of: "/") {
            if slash > path.startIndex { mkdir(String(path[..<slash]), 0o700) }
            place = path.index(after: slash)
        }
        mkdir(path, 0o700)
        return HostDirectory.isDirectory(path)
    }
}
