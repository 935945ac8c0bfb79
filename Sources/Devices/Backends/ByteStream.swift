/// The host's end of a byte-wise device: what the guest sends goes in, what the guest receives comes out.
///
/// The host decides what it is: a terminal, a file, a socket, a buffer in a test. Never blocks, never fails: bytes
/// that cannot be delivered are lost, as on a cable that nobody holds.
public protocol ByteStream: AnyObject {
    /// Takes a byte from the guest.
    func write(_ byte: UInt8)
    /// Takes bytes from the guest, in order; acts as one `write` for each.
    func write(contentsOf bytes: UnsafeRawBufferPointer)
    /// Hands the guest the next byte and removes it; nil when no byte waits.
    func read() -> UInt8?
    /// What `read` would return, without removing it.
    func peek() -> UInt8?
    /// Whether `read` will never return a byte again; a chip need not wait for one then.
    var isAtEnd: Bool { get }
}

extension ByteStream {
    /// Takes bytes one at a time; a stream that can do better has its own.
    public func write(contentsOf bytes: UnsafeRawBufferPointer) {
        for byte in bytes { write(byte) }
    }

    /// A stream that does not know its end may always have another byte.
    public var isAtEnd: Bool { false }
}

/// Nobody at the other end: what is sent is lost, and nothing ever comes.
package final class NoStream: ByteStream {
    /// A cable that ends nowhere.
    package init() {}

    /// Loses a byte.
    package func write(_ byte: UInt8) {}
    /// Loses bytes.
    package func write(contentsOf bytes: UnsafeRawBufferPointer) {}
    /// Nothing.
    package func read() -> UInt8? { nil }
    /// Nothing.
    package func peek() -> UInt8? { nil }
    /// From the start.
    package var isAtEnd: Bool { true }
}

/// A stream in memory, for tests and for output that is wanted as a whole.
public final class BufferStream: ByteStream {
    /// Bytes that wait for the guest, next one first.
    public var input: [UInt8] {
        get { Array(waiting[next...]) }
        set {
            waiting = newValue
            next = 0
        }
    }
    /// What the guest has sent, as far as it was kept.
    public private(set) var output: [UInt8] = []
    /// How many bytes of output are kept; later ones are counted and dropped.
    public let limit: Int
    /// How many bytes were dropped.
    public private(set) var dropped: UInt64 = 0

    private var waiting: [UInt8]
    private var next = 0

    /// A stream with bytes for the guest to read, which keeps at most `limit` bytes of output.
    public init(input: [UInt8] = [], limit: Int = .max) {
        guard limit >= 0 else { fatalError("a stream cannot keep \(limit) bytes of output: use 0 for none") }
        waiting = input
        self.limit = limit
    }

    /// Takes a byte, or drops it when the limit is reached.
    public func write(_ byte: UInt8) {
        if output.count < limit { output.append(byte) } else { dropped &+= 1 }
    }

    /// Takes as many bytes as the limit leaves room for.
    public func write(contentsOf bytes: UnsafeRawBufferPointer) {
        let room = min(limit - output.count, bytes.count)
        output.append(contentsOf: bytes[..<room])
        dropped &+= UInt64(bytes.count - room)
    }

    /// The next byte of the input, or nil.
    public func read() -> UInt8? {
        guard next < waiting.count else { return nil }
        next += 1
        return waiting[next - 1]
    }

    /// The next byte of the input, or nil, left where it is.
    public func peek() -> UInt8? { next < waiting.count ? waiting[next] : nil }

    /// The output as text, for messages; bytes that are no UTF-8 are replaced.
    public var text: String { String(decoding: output, as: UTF8.self) }
}
