import X86Interp

/// Runs a guest and serves gdb clients, one after the other, until the run is over.
final class GDBServer {
    private let guest: DebuggedGuest
    private let host: Host
    private let listener: any ChannelListener
    /// When the run has taken too long, on the host's clock; time in which the guest stands still counts too.
    private let deadline: UInt64
    /// A client that came while the guest ran.
    private var waiting: (any ByteChannel)?
    private let pacer: Pacer

    /// So long, in milliseconds, the server sleeps at most between looks at Ctrl-C.
    private static let nap = 100

    /// A server for clients that come to `listener`.
    init(
        _ guest: DebuggedGuest, host: Host, listener: any ChannelListener, timeout: Double? = nil,
        speed: Speed = .max
    ) {
        self.guest = guest
        self.host = host
        self.listener = listener
        pacer = Pacer(guest.guest, host, speed: speed, from: host.now())
        deadline = timeout.map { host.now() &+ UInt64($0 * 1e9) } ?? .max
    }

    /// Serves until the run is over; `isRunning` says whether the guest runs before the first client comes.
    ///
    /// A client that detaches lets the guest run on. If one is cut off, the guest stands still until the next comes.
    func serve(isRunning: Bool) -> RunEnd {
        var isRunning = isRunning
        while true {
            if isRunning, let end = runAlone() { return end }
            if waiting == nil, let end = waitForClient() { return end }
            guard let channel = waiting else { continue }
            waiting = nil
            let ending = attend(channel)
            guest.removePoints()
            switch ending {
            case .detached: isRunning = true
            case .killed: return .interrupted
            case .exited(let end): return end
            case .broken: isRunning = false
            }
        }
    }

    // MARK: Without a client

    /// Runs the guest until the run is over, or until a client comes: nil.
    private func runAlone() -> RunEnd? {
        beginPolling { [unowned self] in
            if waiting == nil { waiting = listener.accept(waiting: 0) }
            return hostEnd() != nil || waiting != nil
        }
        defer { guest.debugger.poll = { false } }
        while true {
            if let stop = guest.advance(.run) {
                if case .ended(let end) = stop { return end }
            }
            if let end = hostEnd() { return end }
            if waiting != nil { return nil }
        }
    }

    /// Asks `body` from time to time while the guest runs.
    private func beginPolling(_ body: @escaping () -> Bool) {
        pacer.begin(at: host.now())
        guest.debugger.pollInterval = pacer.instructions
        guest.debugger.poll = { [unowned self] in
            let isOver = body()
            if !isOver { pacer.look(at: host.now()) }
            guest.debugger.pollInterval = pacer.instructions
            return isOver
        }
    }

    /// The end that the host wants, if it does.
    private func hostEnd() -> RunEnd? {
        host.output.flush()
        guest.guest.lines.flush()
        if host.output.failure != nil { return .outputFailure }
        if host.interrupted() { return .interrupted }
        return host.now() >= deadline ? .timeout : nil
    }

    /// Waits for a client, who is then in `waiting`, or for an end.
    private func waitForClient() -> RunEnd? {
        while waiting == nil {
            if let end = hostEnd() { return end }
            if listener.isClosed { return .interrupted }
            waiting = listener.accept(waiting: Self.nap)
        }
        return nil
    }

    // MARK: With a client

    /// Serves one client until its session is over.
    private func attend(_ channel: any ByteChannel) -> GDBSession.Ending {
        let session = GDBSession(guest)
        beginPolling { [unowned self] in
            listen(to: channel, session, waiting: 0)
            if let end = hostEnd() { session.end(.exited(end)) }
            return session.wantsToStop
        }
        defer { guest.debugger.poll = { false } }
        while session.ending == nil {
            if session.isRunning { session.advance() } else { listen(to: channel, session, waiting: Self.nap) }
            if let end = hostEnd() { session.end(.exited(end)) }
            flush(session, to: channel)
        }
        flush(session, to: channel)
        return session.ending ?? .broken
    }

    private func listen(to channel: any ByteChannel, _ session: GDBSession, waiting milliseconds: Int) {
        switch channel.receive(waiting: milliseconds) {
        case .bytes(let bytes): session.receive(bytes)
        case .nothing: break
        case .closed: session.end(.broken)
        }
        flush(session, to: channel)
    }

    private func flush(_ session: GDBSession, to channel: any ByteChannel) {
        let bytes = session.takeOutput()
        if !bytes.isEmpty, !channel.send(bytes) { session.end(.broken) }
    }
}
