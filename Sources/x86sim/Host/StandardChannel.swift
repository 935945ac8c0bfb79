#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The one client that has started the process and talks to it by standard input and output.
final class StandardListener: ChannelListener {
    /// The client has come, and no other will.
    private(set) var isClosed = false

    /// The client, the first time.
    func accept(waiting milliseconds: Int) -> (any ByteChannel)? {
        guard !isClosed else { return nil }
        isClosed = true
        return StandardChannel()
    }
}

/// Standard input and output as a connection.
final class StandardChannel: ByteChannel {
    private static let chunk = 1024

    /// Waits so many milliseconds at most for bytes.
    func receive(waiting milliseconds: Int) -> ChannelInput {
        var entry = pollfd(fd: 0, events: Int16(truncatingIfNeeded: POLLIN), revents: 0)
        guard poll(&entry, 1, Int32(truncatingIfNeeded: milliseconds)) > 0 else { return .nothing }
        var result = 0
        // `read` fills at most the capacity that it is given and reports how much that was.
        let bytes = [UInt8](unsafeUninitializedCapacity: Self.chunk) { buffer, count in
            result = read(0, buffer.baseAddress, Self.chunk)
            count = max(0, result)
        }
        if result > 0 { return .bytes(bytes) }
        return result < 0 && (errno == EINTR || errno == EAGAIN) ? .nothing : .closed
    }

    /// Sends all bytes; false if the client is gone.
    func send(_ bytes: [UInt8]) -> Bool {
        var start = 0
        while start < bytes.count {
            // The pointer is used within the closure only.
            let sent = bytes.withUnsafeBytes { buffer in
                buffer.baseAddress.map { write(1, $0 + start, buffer.count - start) } ?? 0
            }
            guard sent > 0 || errno == EINTR else { return false }
            start += max(0, sent)
        }
        return true
    }
}
