#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Bytes that come from outside, such as what is typed to a serial line.
protocol ByteSource: AnyObject {
    /// The next byte, which is removed, or nil if none is there now.
    func read() -> UInt8?
    /// What `read` would return.
    func peek() -> UInt8?
    /// Whether there will never be another byte.
    var isAtEnd: Bool { get }
}

/// Bytes in memory.
final class MemorySource: ByteSource {
    private var bytes: ArraySlice<UInt8>

    /// These bytes, then the end.
    init(_ bytes: [UInt8]) { self.bytes = bytes[...] }

    /// The next byte.
    func read() -> UInt8? { bytes.popFirst() }

    /// The next byte, left where it is.
    func peek() -> UInt8? { bytes.first }

    /// Whether all have been read.
    var isAtEnd: Bool { bytes.isEmpty }
}

/// Standard input while a guest runs: a terminal without lines and echo, a pipe or a file.
final class StandardInput: ByteSource, LiveInput {
    private var bytes: ArraySlice<UInt8> = []
    private var isOver = false
    /// How many bytes have been read.
    private(set) var traffic: UInt64 = 0
    private var saved: termios?
    /// A pipe is waited for even when the guest only looks, until it has once not answered.
    private var isPatient: Bool
    /// Whether somebody types.
    let isTerminal: Bool

    /// The process's.
    init() {
        isTerminal = isatty(0) == 1
        isPatient = !isTerminal
    }

    deinit {
        if var saved { tcsetattr(0, TCSANOW, &saved) }
    }

    /// The next byte, if there is one now.
    func read() -> UInt8? {
        look()
        if !bytes.isEmpty { traffic &+= 1 }
        return bytes.popFirst()
    }

    /// The next byte, left where it is.
    func peek() -> UInt8? {
        look()
        return bytes.first
    }

    /// Whether the end has been seen and all before it been read.
    var isAtEnd: Bool { isOver && bytes.isEmpty }

    /// Whether the end has not been seen.
    var isOpen: Bool { !isOver }

    /// Standard input, while nothing of it waits.
    var descriptor: Int32? { isOver || !bytes.isEmpty ? nil : 0 }

    /// Takes what is there.
    func fill() {
        if bytes.isEmpty, !isOver { bytes = take(milliseconds: 0)[...] }
    }

    private func look() {
        if bytes.isEmpty, !isOver { bytes = take(milliseconds: isPatient ? 100 : 0)[...] }
    }

    /// All bytes that are there within so much time; none at the end, too.
    func take(milliseconds: Int32) -> [UInt8] {
        if isTerminal, saved == nil { takeTerminal() }
        guard !isOver, HostDescriptor.wait(0, POLLIN, Int(milliseconds)) else {
            isPatient = false
            return []
        }
        let (bytes, result) = HostDescriptor.bytes(upTo: 4096) { HostDescriptor.read(0, $0, $1) }
        isOver = result <= 0
        return bytes
    }

    /// How long a look may take that nobody waits for.
    var patience: Int32 { isPatient ? 100 : 0 }

    /// No echo, no lines; Ctrl-C still interrupts.
    private func takeTerminal() {
        var settings = termios()
        guard tcgetattr(0, &settings) == 0 else { return }
        saved = settings
        settings.c_lflag &= ~tcflag_t(ECHO | ICANON)
        settings.c_iflag &= ~tcflag_t(ICRNL)
        tcsetattr(0, TCSANOW, &settings)
    }
}
