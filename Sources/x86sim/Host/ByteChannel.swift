/// A connection to a client: bytes in, bytes out.
protocol ByteChannel: AnyObject {
    /// Waits so many milliseconds at most for bytes.
    func receive(waiting milliseconds: Int) -> ChannelInput
    /// Sends all bytes; false if the client is gone or does not take them.
    func send(_ bytes: [UInt8]) -> Bool
    /// Sends as many bytes as are taken, waiting so many milliseconds at most for room; nil if the client is gone.
    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int?
    /// What the system tells by that bytes have come, or nil if it cannot.
    var descriptor: Int32? { get }
}

extension ByteChannel {
    /// A channel that cannot do better sends all.
    func offer(_ bytes: ArraySlice<UInt8>, waiting milliseconds: Int) -> Int? {
        send(Array(bytes)) ? bytes.count : nil
    }

    /// Has to be asked from time to time.
    var descriptor: Int32? { nil }
}

/// What came over a connection.
enum ChannelInput: Equatable {
    /// Some bytes.
    case bytes([UInt8])
    /// Nothing in the given time.
    case nothing
    /// The client is gone.
    case closed
}

/// A door at which clients knock.
protocol ChannelListener: AnyObject {
    /// Waits so many milliseconds at most for a client.
    func accept(waiting milliseconds: Int) -> (any ByteChannel)?
    /// No further client will come.
    var isClosed: Bool { get }
    /// What the system tells by that a client has come, or nil if it cannot.
    var descriptor: Int32? { get }
}

extension ChannelListener {
    /// There is no telling who comes.
    var isClosed: Bool { false }

    /// Has to be asked from time to time.
    var descriptor: Int32? { nil }
}
