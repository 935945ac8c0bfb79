/// A connection to a client: bytes in, bytes out.
protocol ByteChannel: AnyObject {
    /// Waits so many milliseconds at most for bytes.
    func receive(waiting milliseconds: Int) -> ChannelInput
    /// Sends all bytes; false if the client is gone or does not take them.
    func send(_ bytes: [UInt8]) -> Bool
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
}

extension ChannelListener {
    /// There is no telling who comes.
    var isClosed: Bool { false }
}
