#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Something whose input may come at any time: who sleeps is woken by it.
protocol LiveInput: AnyObject {
    /// Whether input may still come.
    var isOpen: Bool { get }
    /// What the system tells by that input has come; nil if some waits already, if none will come, or if it cannot.
    var descriptor: Int32? { get }
    /// How much has gone to and from the guest: while that grows, the guest does not wait.
    var traffic: UInt64 { get }
    /// Takes what has come, without waiting.
    func fill()
}

extension Host {
    /// Sleeps for so many nanoseconds, up to a millisecond longer, or until input has come, which is taken.
    static func sleep(_ nanoseconds: UInt64, inputs: [any LiveInput]) {
        let milliseconds = Int32(clamping: (nanoseconds &+ 999_999) / 1_000_000)
        guard milliseconds > 0 else { return }
        let events = Int16(truncatingIfNeeded: POLLIN)
        var entries = inputs.compactMap(\.descriptor).map { pollfd(fd: $0, events: events, revents: 0) }
        guard poll(&entries, nfds_t(entries.count), milliseconds) > 0 else { return }
        for input in inputs { input.fill() }
    }
}
