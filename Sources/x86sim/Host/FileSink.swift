#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Writes to a file descriptor, 64 KiB at a time.
final class FileSink: ByteSink {
    private static let capacity = 65536
    private let descriptor: Int32
    private let name: String
    private let closes: Bool
    private var buffer: [UInt8] = []
    /// What went wrong first, with the name of the file.
    private(set) var failure: String?

    /// Writes to an open descriptor, which stays open; `name` is for messages.
    init(descriptor: Int32, name: String) {
        self.descriptor = descriptor
        self.name = name
        closes = false
        buffer.reserveCapacity(Self.capacity)
    }

    /// Creates or empties a file.
    ///
    /// - Throws: `CommandError` that names the file and the reason.
    init(path: String) throws(CommandError) {
        let opened = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o666)
        guard opened >= 0 else {
            throw .load("cannot write \(path.quoted): \(HostFile.reason(errno)); choose another file")
        }
        descriptor = opened
        name = path.quoted
        closes = true
        buffer.reserveCapacity(Self.capacity)
    }

    deinit {
        flush()
        if closes { close(descriptor) }
    }

    /// Buffers bytes; passes them on when 64 KiB are there.
    func write(_ bytes: [UInt8]) {
        buffer += bytes
        if buffer.count >= Self.capacity { flush() }
    }

    /// Buffers a byte; passes on when 64 KiB are there.
    func write(byte: UInt8) {
        buffer.append(byte)
        if buffer.count >= Self.capacity { flush() }
    }

    /// Passes everything on, however often the system takes only a part.
    func flush() {
        var start = 0
        while start < buffer.count, failure == nil {
            // The pointer is used within the closure only.
            let written = buffer.withUnsafeBytes { bytes in
                bytes.baseAddress.map { HostDescriptor.write(descriptor, $0 + start, bytes.count - start) } ?? 0
            }
            if written > 0 {
                start += written
            } else if written == 0 || errno != EINTR {
                failure = "cannot write \(name): \(HostFile.reason(errno))"
            }
        }
        buffer.removeAll(keepingCapacity: true)
    }
}
