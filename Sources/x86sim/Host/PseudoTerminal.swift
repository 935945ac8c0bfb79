#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A terminal that other programs open as a device of the host's: those who have it open are one client.
final class PseudoTerminal: ChannelListener {
    private let master: Int32
    /// The name of the device that clients open: `/dev/pts/3`.
    let name: String

    /// Opens a new one, which changes no byte on its way.
    ///
    /// - Throws: `CommandError` with the reason.
    init() throws(CommandError) {
        guard let (opened, name) = Self.openMaster() else {
            throw .load("cannot open a pseudo-terminal: \(HostFile.reason(errno)); use --serial tcp:127.0.0.1:0")
        }
        self.name = name
        master = opened
        _ = fcntl(opened, F_SETFD, FD_CLOEXEC)
        _ = fcntl(opened, F_SETFL, fcntl(opened, F_GETFL) | O_NONBLOCK)
        makeRaw()
    }

    /// The descriptor and the name of a new one, or nil and `errno`.
    private static func openMaster() -> (Int32, String)? {
        #if canImport(Glibc)
            // Its module hides `posix_openpt`.
            var (master, device): (Int32, Int32) = (-1, -1)
            guard openpty(&master, &device, nil, nil, nil) == 0 else { return nil }
            defer { close(device) }
            if let name = ttyname(device) { return (master, String(cString: name)) }
        #else
            let master = posix_openpt(O_RDWR | O_NOCTTY)
            guard master >= 0 else { return nil }
            if grantpt(master) == 0, unlockpt(master) == 0, let name = ptsname(master) {
                return (master, String(cString: name))
            }
        #endif
        close(master)
        return nil
    }

    deinit {
        if isOpen { waitForReaders() }
        close(master)
    }

    /// What has not been read when a terminal goes is lost: gives those who read it a second.
    private func waitForReaders() {
        let device = open(name, O_RDWR | O_NOCTTY)
        guard device >= 0 else { return }
        var left: Int32 = 1
        for _ in 0..<100 where left > 0 {
            poll(nil, 0, 10)
            if ioctl(device, UInt(FIONREAD), &left) != 0 { left = 0 }
        }
        close(device)
    }

    /// No echo, no lines, no signals: a serial line has none of them.
    ///
    /// Besides, only a terminal that was open once says that nobody has it open.
    private func makeRaw() {
        let device = open(name, O_RDWR | O_NOCTTY)
        guard device >= 0 else { return }
        var settings = termios()
        if tcgetattr(device, &settings) == 0 {
            cfmakeraw(&settings)
            tcsetattr(device, TCSANOW, &settings)
        }
        close(device)
    }

    /// Whoever has the device open now; not waited for, since the system does not tell when it is opened.
    func accept(waiting milliseconds: Int) -> (any ByteChannel)? {
        isOpen ? PseudoTerminalChannel(self, descriptor: master) : nil
    }

    /// Whether somebody has the device open.
    private var isOpen: Bool {
        var entry = pollfd(fd: master, events: Int16(truncatingIfNeeded: POLLIN), revents: 0)
        // What was typed before it was closed is still to be read.
        return poll(&entry, 1, 0) == 0 || entry.revents & Int16(truncatingIfNeeded: POLLHUP) == 0
            || entry.revents & Int16(truncatingIfNeeded: POLLIN) != 0
    }
}

/// Those who have opened a pseudo-terminal.
private final class PseudoTerminalChannel: ByteChannel {
    private static let chunk = 1024
    /// Keeps the descriptor open.
    private let terminal: PseudoTerminal
    private let master: Int32

    init(_ terminal: PseudoTerminal, descriptor: Int32) {
        self.terminal = terminal
        master = descriptor
    }

    var descriptor: Int32? { master }

    func receive(waiting milliseconds: Int) -> ChannelInput {
        guard wait(POLLIN, milliseconds) else { return .nothing }
        var result = 0
        // `read` fills at most the capacity that it is given and reports how much that was.
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
            result = read(master, buffer.baseAddress, Self.chunk)
            count = max(0, result)
        }
        if result > 0 { return .bytes(bytes) }
        return result < 0 && Self.isTemporary(errno) ? .nothing : .closed
    }

    func send(_ bytes: [UInt8]) -> Bool { offer(bytes[...], waiting: 0) == bytes.count }

    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int? {
        // The last one may have closed it, which writing does not tell.
        guard terminal.accept(waiting: 0) != nil else { return nil }
        for time in [milliseconds, 0] {
            // The pointer is used within the closure only.
            let sent = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(master, $0, buffer.count) } ?? 0
            }
            if sent > 0 { return sent }
            guard sent < 0, Self.isTemporary(errno) else { return nil }
            guard time > 0, wait(POLLOUT, time) else { return 0 }
        }
        return 0
    }

    private func wait(_ events: Int32, _ milliseconds: Int) -> Bool {
        var entry = pollfd(fd: master, events: Int16(truncatingIfNeeded: events), revents: 0)
        return poll(&entry, 1, Int32(truncatingIfNeeded: milliseconds)) > 0
    }

    private static func isTemporary(_ number: Int32) -> Bool {
        number == EAGAIN || number == EWOULDBLOCK || number == EINTR
    }
}
