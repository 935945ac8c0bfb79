/// Several streams of text that share a sink: lines stay whole, and are named where one would not know who speaks.
///
/// That is once streams of two groups have spoken, or two streams at the same time. What a guest prints line by line on
/// its screen and its debug console is one text.
///
/// A line is passed on when it ends, or when the sink is flushed in between, so that a prompt is seen in time. While a
/// line that has been begun stands on the sink, the lines of other streams wait, but not for longer than from one flush
/// to the next.
final class TextStreams: ByteSink {
    private struct Stream {
        var name: String
        var group: Int
        /// What it has written since its last line feed and is not on the sink.
        var text: [UInt8] = []
        var hasSpoken = false

        /// Takes a byte within a line, which no question is about; false if there is more to it.
        mutating func goesOn(_ byte: UInt8) -> Bool {
            guard byte != 0x0A, !text.isEmpty, text.count < TextStreams.lineLimit - 1 else { return false }
            text.append(byte)
            return true
        }
    }

    /// Longer lines, and more bytes that wait, are passed on before their time.
    private static let lineLimit = 4096
    private static let waitingLimit = 1 << 16

    private let sink: any ByteSink
    private var streams: [Stream] = []
    /// Lines that wait, in the order in which they ended.
    private var waiting: [(stream: Int, line: [UInt8])] = []
    private var waitingBytes = 0
    /// Whose line stands on the sink without its end, now and at the last flush.
    private var standing: Int?
    private var stoodBefore: Int?
    private var hasNames = false
    private let usesNames: Bool

    /// Streams to `sink`; without names where the reader knows what speaks.
    init(to sink: any ByteSink, usesNames: Bool = true) {
        self.sink = sink
        self.usesNames = usesNames
    }

    /// A further stream.
    func stream(named name: String, group: Int = 0) -> any ByteSink {
        streams.append(Stream(name: name, group: group))
        return TextStream(self, streams.count - 1)
    }

    /// Takes a byte of a stream.
    fileprivate func write(_ byte: UInt8, of number: Int) {
        if streams[number].goesOn(byte) { return }
        if !streams[number].hasSpoken {
            streams[number].hasSpoken = true
            let group = streams[number].group
            if usesNames, streams.contains(where: { $0.hasSpoken && $0.group != group }) { hasNames = true }
        }
        if usesNames, !hasNames { hasNames = isInterrupted(by: number) }
        streams[number].text.append(byte)
        if byte == 0x0A || streams[number].text.count >= Self.lineLimit { endLine(of: number) }
    }

    /// Whether another stream has begun a line that has not ended.
    private func isInterrupted(by number: Int) -> Bool {
        if let standing, standing != number { return true }
        return streams.indices.contains { $0 != number && !streams[$0].text.isEmpty }
    }

    private func endLine(of number: Int) {
        let line = streams[number].text
        streams[number].text.removeAll(keepingCapacity: true)
        guard let standing, standing != number else {
            put(line, of: number)
            return putWaiting()
        }
        waiting.append((number, line))
        waitingBytes += line.count
        if waitingBytes > Self.waitingLimit { breakLine() }
    }

    private func put(_ line: [UInt8], of number: Int) {
        if hasNames, standing != number { sink.write(streams[number].name + ": ") }
        sink.write(line)
        standing = line.last == 0x0A ? nil : number
    }

    /// Passes on the lines that wait, as far as none stands in their way.
    private func putWaiting() {
        while let place = waiting.firstIndex(where: { standing == nil || $0.stream == standing }) {
            let next = waiting.remove(at: place)
            waitingBytes -= next.line.count
            put(next.line, of: next.stream)
        }
    }

    /// Ends the line that stands, and passes on what waits.
    private func breakLine() {
        if standing != nil { sink.write(byte: 0x0A) }
        standing = nil
        putWaiting()
    }

    /// Passes on what there is, whole or not; a line that stood before makes room for others.
    private func pass() {
        let others = streams.indices.contains { $0 != standing && !streams[$0].text.isEmpty } || !waiting.isEmpty
        if others, standing != nil, standing == stoodBefore { breakLine() }
        let next = standing ?? streams.indices.first { !streams[$0].text.isEmpty }
        if let next, !streams[next].text.isEmpty {
            put(streams[next].text, of: next)
            streams[next].text.removeAll(keepingCapacity: true)
        }
        stoodBefore = standing
    }

    /// Passes on everything: the run is over.
    func finish() {
        for _ in streams {
            pass()
            stoodBefore = standing
        }
        if !waiting.isEmpty { breakLine() }
        sink.flush()
    }

    // MARK: Text of the program itself

    /// Takes bytes that are none of the streams'; they begin a line.
    func write(_ bytes: [UInt8]) {
        finish()
        breakLine()
        sink.write(bytes)
    }

    /// Takes a byte that is none of the streams'.
    func write(byte: UInt8) { write([byte]) }

    /// Passes on what there is.
    func flush() {
        pass()
        sink.flush()
    }

    /// What went wrong with the sink.
    var failure: String? { sink.failure }
}

/// One of several streams.
private final class TextStream: ByteSink {
    private let streams: TextStreams
    private let number: Int

    init(_ streams: TextStreams, _ number: Int) {
        self.streams = streams
        self.number = number
    }

    func write(_ bytes: [UInt8]) {
        for byte in bytes { streams.write(byte, of: number) }
    }

    func write(byte: UInt8) { streams.write(byte, of: number) }

    func flush() { streams.flush() }

    var failure: String? { streams.failure }
}
