/// The host's end of a serial line at which a client comes and goes: a TCP connection, a pseudo-terminal.
///
/// It waits for nobody: what is sent while there is no client is lost, as on a cable that nobody holds. A client that
/// takes nothing is waited for once, then it loses what does not fit into a buffer. One that goes away may come back.
final class LiveLine: ByteSink, ByteSource, LiveInput {
    /// So many bytes are gathered before they are sent, and as many wait for a client that takes none.
    private static let capacity = 4096
    private static let largest = 1 << 16
    /// So long, in milliseconds, a client is waited for that takes nothing.
    private static let patience = 1000
    /// So long, in nanoseconds, the system is not asked again: guests that wait look thousands of times a second.
    private static let pause: UInt64 = 200_000

    private let listener: any ChannelListener
    private var client: (any ByteChannel)?
    private var input: ArraySlice<UInt8> = []
    private var output: [UInt8] = []
    /// The client has taken nothing for long.
    private var isStalled = false

    /// How many bytes have been sent and read.
    private(set) var traffic: UInt64 = 0
    private let now: () -> UInt64
    private var lookedAt: UInt64 = 0

    /// A line for clients that come to `listener`, one after the other; `now` is the host's clock, in nanoseconds.
    init(_ listener: any ChannelListener, now: @escaping () -> UInt64) {
        self.listener = listener
        self.now = now
    }

    /// Waits for a client.
    func waitForClient() {
        while !hasClient(waiting: 100) {}
    }

    /// Whether there is a client now.
    private func hasClient(waiting milliseconds: Int = 0) -> Bool {
        if client == nil {
            client = listener.accept(waiting: milliseconds)
            isStalled = false
        }
        return client != nil
    }

    private func loseClient() {
        client = nil
        isStalled = false
    }

    // MARK: From the guest

    /// Buffers a byte; sends when many are there.
    func write(byte: UInt8) {
        traffic &+= 1
        if output.count >= Self.capacity, !isStalled { flush() }
        if output.count < Self.largest { output.append(byte) }
    }

    /// Buffers bytes; sends when many are there.
    func write(_ bytes: [UInt8]) {
        for byte in bytes { write(byte: byte) }
    }

    /// Sends what there is, as far as there is somebody to take it.
    func flush() {
        guard !output.isEmpty else { return }
        guard hasClient(), let client else { return output.removeAll(keepingCapacity: true) }
        var rest = output[...]
        while !rest.isEmpty {
            guard let count = client.offer(rest, waiting: isStalled ? 0 : Self.patience) else {
                loseClient()
                rest = []
                break
            }
            rest = rest.dropFirst(count)
            isStalled = count == 0
            if isStalled { break }
        }
        output.removeFirst(output.count - rest.count)
    }

    /// Whoever is away may come back: nothing that ends a run.
    var failure: String? { nil }

    // MARK: To the guest

    /// The next byte, if one has come.
    func read() -> UInt8? {
        look()
        if !input.isEmpty { traffic &+= 1 }
        return input.popFirst()
    }

    /// The next byte, left where it is.
    func peek() -> UInt8? {
        look()
        return input.first
    }

    /// Who asks for an answer has said all before: the question goes out now.
    private func look() {
        guard input.isEmpty else { return }
        let time = now()
        guard time &- lookedAt >= Self.pause else { return }
        lookedAt = time
        flush()
        fill()
    }

    /// Never: a client may come.
    var isAtEnd: Bool { false }

    // MARK: While nobody asks

    /// A client may come and send something.
    var isOpen: Bool { true }

    /// The client, or else where one comes; nil while bytes wait.
    var descriptor: Int32? { input.isEmpty ? client.map { $0.descriptor } ?? listener.descriptor : nil }

    /// Takes what has come.
    func fill() {
        guard input.isEmpty, hasClient(), let client else { return }
        switch client.receive(waiting: 0) {
        case .bytes(let bytes): input = bytes[...]
        case .nothing: break
        case .closed: loseClient()
        }
    }
}
