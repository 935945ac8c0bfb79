/// Where the user of a session types: a terminal, a pipe, or a list of lines in tests.
protocol Console: AnyObject {
    /// Whether a person sits there: then lines are edited, and keys come one at a time.
    var isTerminal: Bool { get }
    /// Cells of a line of the terminal; at least 20.
    var columns: Int { get }
    /// Takes keys as they are typed, without echo, from now on.
    func beginKeys()
    /// Gives the terminal back as it was.
    func endKeys()
    /// The next byte, waiting for it; nil at the end of input.
    func readByte() -> UInt8?
    /// Whether a byte is there within the given milliseconds: tells the Escape key from a sequence.
    func hasByte(within milliseconds: Int32) -> Bool
}

extension Console {
    /// The next line without its end, waiting for it; nil at the end of input.
    ///
    /// Of a line that is longer than `limit` bytes the rest is dropped.
    func readLine(limit: Int = 65536) -> String? {
        var bytes: [UInt8] = []
        while true {
            guard let byte = readByte() else {
                return bytes.isEmpty ? nil : String(decoding: bytes, as: UTF8.self)
            }
            if byte == 0x0A { break }
            if bytes.count < limit { bytes.append(byte) }
        }
        if bytes.last == 0x0D { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}

/// Nobody types: the end of input is there from the start.
final class SilentConsole: Console {
    /// No terminal.
    var isTerminal: Bool { false }
    /// The usual width.
    var columns: Int { 80 }
    /// Nothing to change.
    func beginKeys() {}
    /// Nothing to change.
    func endKeys() {}
    /// The end.
    func readByte() -> UInt8? { nil }
    /// The end can be read at once.
    func hasByte(within milliseconds: Int32) -> Bool { true }
}
