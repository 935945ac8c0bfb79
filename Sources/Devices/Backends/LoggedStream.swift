import X86Interp

/// A stream that goes through a machine's input log: its input can be replayed, its output is not shown twice.
public final class LoggedStream: ByteStream {
    private let stream: any ByteStream
    private let log: InputLog
    private let source: Int
    /// Stands for the end of input, which no byte does.
    private static let end: Int64 = -1

    /// A stream to and from `stream`; `name` is for messages.
    public init(_ stream: any ByteStream, _ log: InputLog, name: String) {
        self.stream = stream
        self.log = log
        source = log.addSource(name)
    }

    private func ask() -> Int64? { stream.read().map { Int64($0) } ?? (stream.isAtEnd ? Self.end : nil) }

    private func look() -> UInt8? { log.peek(source, host: ask).flatMap { UInt8(exactly: $0) } }

    /// Passes a byte on, unless the past is run again.
    public func write(_ byte: UInt8) {
        if !log.isReplaying { stream.write(byte) }
    }

    /// Passes bytes on, unless the past is run again.
    public func write(contentsOf bytes: UnsafeRawBufferPointer) {
        if !log.isReplaying { stream.write(contentsOf: bytes) }
    }

    /// The next byte, from the host or from the log.
    public func read() -> UInt8? {
        guard let byte = look() else { return nil }
        _ = log.take(source, host: ask)
        return byte
    }

    /// What `read` would return.
    public func peek() -> UInt8? { look() }

    /// Whether there will never be another byte, as was noted when it was first asked.
    public var isAtEnd: Bool { log.peek(source, host: ask) == Self.end }
}
