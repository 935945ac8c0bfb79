#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A TCP port of this computer, reachable from this computer only.
final class SocketListener: ChannelListener {
    private let socket: Int32
    /// The port's number.
    let port: UInt16

    /// Listens at a port of 127.0.0.1; 0 is any that is free.
    ///
    /// `option` is what has asked for it.
    ///
    /// - Throws: `CommandError` that names the port and the reason.
    init(port: UInt16, option: String = "--gdb") throws(CommandError) {
        let opened = Socket.make()
        guard opened >= 0 else { throw .load("cannot open a socket: \(HostFile.reason(errno))") }
        var yes: Int32 = 1
        setsockopt(opened, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
        HostDescriptor.closeOnExec(opened)
        guard Socket.bind(opened, port), listen(opened, 1) == 0 else {
            let reason = HostFile.reason(errno)
            close(opened)
            throw .load("cannot listen at 127.0.0.1:\(port): \(reason); choose another port with \(option)")
        }
        socket = opened
        self.port = Socket.port(of: opened) ?? port
    }

    deinit { close(socket) }

    /// Readable when a client has come.
    var descriptor: Int32? { socket }

    /// Waits so many milliseconds at most for a client.
    func accept(waiting milliseconds: Int) -> (any ByteChannel)? {
        guard HostDescriptor.wait(socket, POLLIN, milliseconds) else { return nil }
        let client = Socket.accept(socket)
        return client >= 0 ? SocketChannel(descriptor: client) : nil
    }
}

/// A TCP connection.
final class SocketChannel: ByteChannel {
    /// So long, in milliseconds, a client may not take what it has asked for.
    private static let patience = 10_000

    private let socket: Int32

    /// Takes over an open connection.
    init(descriptor: Int32) {
        socket = descriptor
        var yes: Int32 = 1
        // Packets are small, and each waits for an answer.
        setsockopt(descriptor, Int32(IPPROTO_TCP), TCP_NODELAY, &yes, socklen_t(MemoryLayout<Int32>.size))
        #if canImport(Darwin)
            setsockopt(descriptor, SOL_SOCKET, SO_NOSIGPIPE, &yes, socklen_t(MemoryLayout<Int32>.size))
        #endif
        HostDescriptor.closeOnExec(descriptor)
    }

    /// What was sent still arrives: a connection that is closed while bytes wait in it is reset.
    deinit {
        shutdown(socket, Int32(truncatingIfNeeded: Int(SHUT_WR)))
        for _ in 0..<64 {
            guard case .bytes = receive(waiting: 0) else { break }
        }
        close(socket)
    }

    /// Readable when bytes have come.
    var descriptor: Int32? { socket }

    /// Waits so many milliseconds at most for bytes.
    func receive(waiting milliseconds: Int) -> ChannelInput {
        guard milliseconds == 0 || HostDescriptor.wait(socket, POLLIN, milliseconds) else { return .nothing }
        return HostDescriptor.receive { recv(socket, $0, $1, Socket.doNotWait) }
    }

    /// Sends all bytes; false if the client is gone or does not take them.
    func send(_ bytes: [UInt8]) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            guard let sent = offer(rest, waiting: Self.patience), sent > 0 else { return false }
            rest = rest.dropFirst(sent)
        }
        return true
    }

    /// Sends as many bytes as are taken, waiting so many milliseconds at most for room; nil if the client is gone.
    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int? {
        HostDescriptor.offer(bytes, socket, waiting: milliseconds) { Socket.send(socket, $0, $1) }
    }
}

/// The system's calls, which differ a little from library to library.
private enum Socket {
    static let doNotWait = Int32(truncatingIfNeeded: Int(MSG_DONTWAIT))

    static func make() -> Int32 {
        #if canImport(Glibc)
            socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        #else
            socket(AF_INET, SOCK_STREAM, 0)
        #endif
    }

    static func bind(_ descriptor: Int32, _ port: UInt16) -> Bool {
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        // `sockaddr_in` is a `sockaddr` of the family that it names.
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { bindSystem(descriptor, $0, size) == 0 }
        }
    }

    private static func bindSystem(
        _ descriptor: Int32, _ address: UnsafePointer<sockaddr>, _ size: socklen_t
    ) -> Int32 {
        #if canImport(Glibc)
            Glibc.bind(descriptor, address, size)
        #elseif canImport(Musl)
            Musl.bind(descriptor, address, size)
        #elseif canImport(Darwin)
            Darwin.bind(descriptor, address, size)
        #endif
    }

    static func port(of descriptor: Int32) -> UInt16? {
        var address = sockaddr_in()
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let result = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(descriptor, $0, &size) }
        }
        return result == 0 ? UInt16(bigEndian: address.sin_port) : nil
    }

    static func accept(_ descriptor: Int32) -> Int32 {
        #if canImport(Glibc)
            Glibc.accept(descriptor, nil, nil)
        #elseif canImport(Musl)
            Musl.accept(descriptor, nil, nil)
        #elseif canImport(Darwin)
            Darwin.accept(descriptor, nil, nil)
        #endif
    }

    static func send(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.send(descriptor, bytes, count, doNotWait | Int32(truncatingIfNeeded: MSG_NOSIGNAL))
        #elseif canImport(Musl)
            Musl.send(descriptor, bytes, count, doNotWait | MSG_NOSIGNAL)
        #elseif canImport(Darwin)
            Darwin.send(descriptor, bytes, count, doNotWait)
        #endif
    }
}
