/// Somewhere bytes go: standard output, a file, or memory.
protocol ByteSink: AnyObject {
    /// Takes bytes; they may be held back until `flush`.
    func write(_ bytes: [UInt8])
    /// Takes one byte; it may be held back until `flush`.
    func write(byte: UInt8)
    /// Passes on what is held back.
    func flush()
    /// What went wrong, in words, or nil; later writes are dropped.
    var failure: String? { get }
}

extension ByteSink {
    /// Takes text as UTF-8.
    func write(_ text: String) { write(Array(text.utf8)) }
}

/// Keeps what is written, up to a limit.
final class MemorySink: ByteSink {
    /// What was written, at most `limit` bytes.
    private(set) var bytes: [UInt8] = []
    /// Whether more than `limit` bytes were written.
    private(set) var truncated = false
    /// The most that is kept.
    let limit: Int

    /// An empty sink.
    init(limit: Int = .max) { self.limit = limit }

    /// What was written as text: as UTF-8 where it is that, else a character a byte.
    var text: String {
        String(validating: bytes, as: UTF8.self) ?? String(String.UnicodeScalarView(bytes.map { Unicode.Scalar($0) }))
    }

    /// Keeps the bytes that still fit.
    func write(_ bytes: [UInt8]) {
        let room = limit - self.bytes.count
        truncated = truncated || bytes.count > room
        self.bytes += bytes.prefix(room)
    }

    /// Keeps the byte if it still fits.
    func write(byte: UInt8) {
        if bytes.count < limit { bytes.append(byte) } else { truncated = true }
    }

    /// Nothing is held back.
    func flush() {}

    /// Memory never fails.
    var failure: String? { nil }
}

/// Hands what is written to a sink and to memory.
final class SinkTee: ByteSink {
    /// The sink; the memory gets the same.
    let sink: any ByteSink
    private let memory: MemorySink

    /// A tee; what fails is what fails of `sink`.
    init(_ sink: any ByteSink, _ memory: MemorySink) {
        self.sink = sink
        self.memory = memory
    }

    /// Hands the bytes on.
    func write(_ bytes: [UInt8]) {
        sink.write(bytes)
        memory.write(bytes)
    }

    /// Hands the byte on.
    func write(byte: UInt8) {
        sink.write(byte: byte)
        memory.write(byte: byte)
    }

    /// Passes on what the sink holds back.
    func flush() { sink.flush() }

    /// What went wrong with the sink.
    var failure: String? { sink.failure }
}
