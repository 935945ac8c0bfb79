/// The last line of a terminal that standard output and standard error share: a passing text may stand on it.
///
/// The text is on a line of its own, and is gone before anything else is written: the two sinks go through here.
final class StatusLine {
    private let errors: any ByteSink
    /// Whether the text of standard output is to be seen where the errors are, so that they begin lines of their own.
    private let sharesTerminal: Bool
    private var isShown = false
    /// Whether the last line has text that no line feed has ended.
    private var hasText = false

    /// A line of the terminal that `errors` goes to.
    init(errors: any ByteSink, sharesTerminal: Bool) {
        self.errors = errors
        self.sharesTerminal = sharesTerminal
    }

    /// Shows a text until something else is written; not while other text stands on the line.
    ///
    /// What was written before must have been flushed.
    func show(_ text: String) {
        guard !hasText else { return }
        errors.write("\r\(text)\u{1B}[K")
        errors.flush()
        isShown = true
    }

    /// Wipes the text away.
    func clear() {
        guard isShown else { return }
        isShown = false
        errors.write("\r\u{1B}[K")
        errors.flush()
    }

    /// Makes room for an error.
    fileprivate func beginError() {
        clear()
        guard hasText, sharesTerminal else { return }
        errors.write(byte: 0x0A)
        hasText = false
    }

    /// Text has been written.
    fileprivate func note(_ byte: UInt8) {
        switch byte {
        case 0x0A: hasText = false
        case 0x00, 0x07, 0x0D: break
        default: hasText = true
        }
    }
}

/// Standard output or standard error of a terminal with a status line.
private final class StatusLineSink: ByteSink {
    private let sink: any ByteSink
    private let line: StatusLine
    private let isError: Bool

    init(_ sink: any ByteSink, _ line: StatusLine, isError: Bool = false) {
        self.sink = sink
        self.line = line
        self.isError = isError
    }

    func write(_ bytes: [UInt8]) {
        guard let last = bytes.last else { return }
        if isError { line.beginError() } else { line.clear() }
        sink.write(bytes)
        if last == 0x0A { return line.note(last) }
        for byte in bytes { line.note(byte) }
    }

    func write(byte: UInt8) { write([byte]) }

    func flush() { sink.flush() }

    var failure: String? { sink.failure }
}

extension Host {
    /// The same host with a status line if its standard error is a terminal.
    func withStatusLine() -> Host {
        guard errorsAreTerminal, statusLine == nil else { return self }
        let line = StatusLine(errors: errors, sharesTerminal: outputIsTerminal)
        var host = self
        host.output = StatusLineSink(output, line)
        host.errors = StatusLineSink(errors, line, isError: true)
        host.statusLine = line
        return host
    }
}
