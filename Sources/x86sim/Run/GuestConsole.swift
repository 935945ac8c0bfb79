import Devices
import X86Interp

/// How much text a guest may write on all its consoles together; reaching the limit stops the run.
final class OutputLimit {
    /// Whether the guest wanted to write more.
    private(set) var isExceeded = false
    private var left: Int
    private let stop: () -> Void

    /// A limit in bytes; `stop` is called once, when the guest writes more.
    init(_ bytes: Int, stop: @escaping () -> Void) {
        left = bytes
        self.stop = stop
    }

    /// How many of `count` further bytes may pass.
    func admit(_ count: Int) -> Int {
        guard count > left else {
            left -= count
            return count
        }
        let admitted = left
        left = 0
        if !isExceeded {
            isExceeded = true
            stop()
        }
        return admitted
    }
}

/// A console or serial line whose other end is a sink of the host, and maybe a source.
final class GuestConsole: ByteStream {
    private let sink: any ByteSink
    private let limit: OutputLimit?
    private let input: (any ByteSource)?

    /// A line to `sink`, within `limit` if there is one, that receives what `input` has.
    init(to sink: any ByteSink, limit: OutputLimit?, input: (any ByteSource)? = nil) {
        self.sink = sink
        self.limit = limit
        self.input = input
    }

    /// Passes on a byte, unless the limit is reached.
    func write(_ byte: UInt8) {
        guard limit?.admit(1) ?? 1 == 1 else { return }
        sink.write(byte: byte)
    }

    /// Passes on as many bytes as the limit admits.
    func write(contentsOf bytes: UnsafeRawBufferPointer) {
        let count = limit?.admit(bytes.count) ?? bytes.count
        sink.write([UInt8](bytes[..<count]))
    }

    /// The next byte of the input.
    func read() -> UInt8? { input?.read() }

    /// The next byte of the input, left where it is.
    func peek() -> UInt8? { input?.peek() }

    /// Whether there will be no more input: a guest that waits for some is halted for good.
    var isAtEnd: Bool { input?.isAtEnd ?? true }
}
