#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// The system's calls on descriptors of files, terminals and sockets, and what all who use them do around them.
enum HostDescriptor {
    /// Reads at most so many bytes; the system's result.
    static func read(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.read(descriptor, buffer, count)
        #elseif canImport(Musl)
            Musl.read(descriptor, buffer, count)
        #elseif canImport(Darwin)
            Darwin.read(descriptor, buffer, count)
        #endif
    }

    /// Writes at most so many bytes; the system's result.
    static func write(_ descriptor: Int32, _ bytes: UnsafeRawPointer, _ count: Int) -> Int {
        #if canImport(Glibc)
            Glibc.write(descriptor, bytes, count)
        #elseif canImport(Musl)
            Musl.write(descriptor, bytes, count)
        #elseif canImport(Darwin)
            Darwin.write(descriptor, bytes, count)
        #endif
    }

    /// Other programs that this one starts do not get the descriptor.
    static func closeOnExec(_ descriptor: Int32) { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }

    /// Whether a call may be tried again.
    static func isTemporary(_ number: Int32) -> Bool {
        number == EAGAIN || number == EWOULDBLOCK || number == EINTR
    }

    /// Whether a descriptor is ready, or in error, within so many milliseconds.
    static func wait(_ descriptor: Int32, _ events: Int32, _ milliseconds: Int) -> Bool {
        var entry = pollfd(fd: descriptor, events: Int16(truncatingIfNeeded: events), revents: 0)
        return poll(&entry, 1, Int32(truncatingIfNeeded: milliseconds)) > 0
    }

    /// What a call reads, at most so many bytes, and its result.
    static func bytes(
        upTo count: Int, by call: (UnsafeMutableRawPointer?, Int) -> Int
    ) -> (bytes: [UInt8], result: Int) {
        var result = 0
        // The call fills at most the capacity that it is given and reports how much that was.
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            result = call(buffer.baseAddress, count)
            filled = max(0, result)
        }
        return (bytes, result)
    }

    // MARK: Channels

    /// So many bytes of a channel are read at once: what they can ask for in answers stays small.
    private static let chunk = 1024

    /// What has come on a channel that does not block.
    static func receive(by call: (UnsafeMutableRawPointer?, Int) -> Int) -> ChannelInput {
        let (bytes, result) = bytes(upTo: chunk, by: call)
        if result > 0 { return .bytes(bytes) }
        return result < 0 && isTemporary(errno) ? .nothing : .closed
    }

    /// Sends as many bytes as a channel that does not block takes, waiting so many milliseconds at most for room; nil if
    /// nobody is there.
    static func offer(
        _ bytes: ArraySlice<UInt8>, _ descriptor: Int32, waiting milliseconds: Int,
        by call: (UnsafeRawPointer, Int) -> Int
    ) -> Int? {
        guard !bytes.isEmpty else { return 0 }
        for wait in [milliseconds, 0] {
            // The pointer is used within the closure only.
            let sent = bytes.withUnsafeBytes { buffer in buffer.baseAddress.map { call($0, buffer.count) } ?? 0 }
            if sent > 0 { return sent }
            guard sent < 0, isTemporary(errno) else { return nil }
            guard wait > 0, Self.wait(descriptor, POLLOUT, wait) else { return 0 }
        }
        return 0
    }
}
