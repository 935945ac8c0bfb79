#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// How large a terminal is.
struct TerminalSize: Equatable, Sendable {
    /// Cells of a row.
    var columns: Int
    /// Rows.
    var rows: Int
    /// Dots of a cell; 0 if the terminal does not say.
    var cellWidth = 0
    /// Lines of a cell; 0 if the terminal does not say.
    var cellHeight = 0
}

/// A terminal that is drawn on as a whole and whose keys come as they are typed.
protocol ScreenTerminal: AnyObject {
    /// Whether there is one: keys and picture need the same.
    var isTerminal: Bool { get }
    /// How large it is now.
    var size: TerminalSize { get }
    /// Takes the terminal: no lines, echo or signals by keys, another screen than the shell's.
    func begin()
    /// Gives it back as it was.
    func end()
    /// Draws; false if the terminal is gone.
    func write(_ bytes: [UInt8]) -> Bool
    /// What has been typed, waiting so many milliseconds for it; empty if nothing, nil if nothing will ever come.
    func read(milliseconds: Int32) -> [UInt8]?
}

/// The process's terminal, by standard input and output.
final class LiveTerminal: ScreenTerminal {
    /// Whether standard input and standard output both are a terminal.
    let isTerminal = isatty(0) == 1 && isatty(1) == 1
    private var isTaken = false

    /// The other screen, no line wrap, no cursor (xterm's control sequences).
    private static let enter: StaticString = "\u{1B}[?1049h\u{1B}[?7l\u{1B}[?25l\u{1B}[2J"

    deinit { end() }

    /// As the terminal says; 80 by 24 if it does not.
    var size: TerminalSize {
        var found = winsize()
        guard ioctl(1, UInt(TIOCGWINSZ), &found) == 0, found.ws_col > 0, found.ws_row > 0 else {
            return TerminalSize(columns: 80, rows: 24)
        }
        let (columns, rows) = (Int(found.ws_col), Int(found.ws_row))
        return TerminalSize(
            columns: columns, rows: rows, cellWidth: Int(found.ws_xpixel) / columns,
            cellHeight: Int(found.ws_ypixel) / rows)
    }

    /// Takes the terminal; whatever ends the process from now on gives it back.
    func begin() {
        var settings = termios()
        guard isTerminal, !isTaken, tcgetattr(0, &settings) == 0 else { return }
        isTaken = true
        TerminalRescue.arm(settings)
        settings.c_lflag &= ~tcflag_t(ICANON | ECHO | ISIG | IEXTEN)
        settings.c_iflag &= ~tcflag_t(IXON | ICRNL | INLCR | IGNCR | ISTRIP | BRKINT)
        settings.c_oflag &= ~tcflag_t(OPOST)
        withUnsafeMutableBytes(of: &settings.c_cc) { characters in
            characters[Int(VMIN)] = 1
            characters[Int(VTIME)] = 0
        }
        tcsetattr(0, TCSADRAIN, &settings)
        _ = write(Self.enter.withUTF8Buffer { Array($0) })
    }

    /// Gives the terminal back.
    func end() {
        guard isTaken else { return }
        isTaken = false
        TerminalRescue.restore()
    }

    /// Writes all bytes, however slow the terminal is.
    func write(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            // The pointer is used within the closure only.
            let sent = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { HostDescriptor.write(1, $0 + start, buffer.count - start) } ?? 0
            }
            if sent > 0 {
                start += sent
            } else if sent < 0, errno == EAGAIN {
                _ = HostDescriptor.wait(1, POLLOUT, 1000)
            } else if sent == 0 || errno != EINTR {
                return false
            }
        }
        return true
    }

    /// Waits for a key, unless one has been typed already.
    func read(milliseconds: Int32) -> [UInt8]? {
        guard HostDescriptor.wait(0, POLLIN, Int(milliseconds)) else { return [] }
        let (bytes, result) = HostDescriptor.bytes(upTo: 4096) { HostDescriptor.read(0, $0, $1) }
        if result < 0, HostDescriptor.isTemporary(errno) { return [] }
        return result > 0 ? bytes : nil
    }
}
