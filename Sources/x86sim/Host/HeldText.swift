/// Keeps text back while somebody else has the terminal, and passes it on behind that.
///
/// What is kept has its control characters replaced if it may be a guest's, so that the terminal shows it and does not
/// obey it.
final class HeldText: ByteSink {
    private let sink: any ByteSink
    private let isGuests: Bool
    private let limit: Int
    private var kept: [UInt8] = []
    private var dropped = 0
    private var isHeld = true

    /// Text for `sink`, of which `limit` bytes are kept at most; `isGuests` replaces control characters.
    init(for sink: any ByteSink, isGuests: Bool, limit: Int = 1 << 20) {
        self.sink = sink
        self.isGuests = isGuests
        self.limit = limit
    }

    /// Keeps the bytes, or passes them on.
    func write(_ bytes: [UInt8]) {
        guard isHeld else { return sink.write(bytes) }
        let room = limit - kept.count
        kept += bytes.prefix(room)
        dropped += max(0, bytes.count - room)
    }

    /// Keeps the byte, or passes it on.
    func write(byte: UInt8) { write([byte]) }

    /// Passes on what the sink holds back.
    func flush() { if !isHeld { sink.flush() } }

    /// What went wrong with the sink.
    var failure: String? { sink.failure }

    /// Passes on what was kept, and all that comes from now on as it comes.
    func release() {
        guard isHeld else { return }
        isHeld = false
        sink.write(isGuests ? Self.harmless(kept) : kept)
        if dropped > 0 { sink.write("\n(\(dropped) bytes more are not shown)\n") }
        kept = []
        sink.flush()
    }

    /// The text without control characters other than tabs and line ends; what is no UTF-8 is taken byte by byte.
    private static func harmless(_ bytes: [UInt8]) -> [UInt8] {
        func isHarmless(_ value: UInt32) -> Bool {
            value >= 0x20 && value < 0x7F || value >= 0xA0 || value == 0x09 || value == 0x0A || value == 0x0D
        }
        guard let text = String(validating: bytes, as: UTF8.self) else {
            return bytes.map { $0 < 0x80 && isHarmless(UInt32($0)) ? $0 : 0x3F }
        }
        let scalars = text.unicodeScalars.map { isHarmless($0.value) ? $0 : "?" }
        return Array(String(String.UnicodeScalarView(scalars)).utf8)
    }
}
