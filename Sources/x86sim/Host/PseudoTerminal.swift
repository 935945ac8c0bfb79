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
        HostDescriptor.closeOnExec(opened)
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
    /// Keeps the descriptor open.
    private let terminal: PseudoTerminal
    private let master: Int32

    init(_ terminal: PseudoTerminal, descriptor: Int32) {
        self.terminal = terminal
        master = descriptor
    }

    var descriptor: Int32? { master }

    func receive(waiting milliseconds: Int) -> ChannelInput {
        guard HostDescriptor.wait(master, POLLIN, milliseconds) else { return .nothing }
        return HostDescriptor.receive { HostDescriptor.read(master, $0, $1) }
    }

    func send(_ bytes: [UInt8]) -> Bool { offer(bytes[...], waiting: 0) == bytes.count }

    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int? {
        // The last one may have closed it, which writing does not tell.
        guard terminal.accept(waiting: 0) != nil else { return nil }
        return HostDescriptor.offer(bytes, master, waiting: milliseconds) { HostDescriptor.write(master, $0, $1) }
    }
}
