import X86Interp

/// One client's session: takes bytes, makes bytes, and says when the guest is to run.
///
/// It knows no socket.
///
///     session.receive(bytes)
///     while session.isRunning { session.advance() }
///     send(session.takeOutput())
final class GDBSession {
    /// How a session ends.
    enum Ending: Equatable {
        /// The client has left; the guest runs on.
        case detached
        /// The client wants the guest to end.
        case killed
        /// The run is over.
        case exited(RunEnd)
        /// The client does not keep to the protocol.
        case broken
    }

    /// So many packets in a row that a client wants to see again are enough.
    private static let patience = 8

    /// What is debugged.
    let guest: DebuggedGuest
    /// Why the session is over, or nil.
    private(set) var ending: Ending?
    /// The answer to `?`.
    private(set) var lastStop: Reply = .none
    /// How the guest runs now, or nil.
    private(set) var motion: Motion?

    private var reader = PacketReader()
    private var output: [UInt8] = []
    private var lastPacket: [UInt8] = []
    private var acknowledges = true
    private var refusals = 0
    private var isInterrupted = false
    private var reportsCodePoints = false

    /// A session with a guest that stands still.
    init(_ guest: DebuggedGuest) {
        self.guest = guest
        lastStop = reply(to: .stepped)
    }

    /// Whether the guest is to run: by calls of `advance`.
    var isRunning: Bool { motion != nil && ending == nil }

    // MARK: The line

    /// Takes what the client has sent.
    func receive(_ bytes: some Sequence<UInt8>) {
        for byte in bytes where ending == nil {
            if let event = reader.take(byte) { handle(event) }
        }
    }

    /// What is to be sent; it is not told again.
    func takeOutput() -> [UInt8] {
        defer { output.removeAll(keepingCapacity: true) }
        return output
    }

    private func handle(_ event: PacketEvent) {
        switch event {
        case .packet(let payload):
            if acknowledges { output.append(UInt8(ascii: "+")) }
            // While the guest runs, the only answer that a client expects is that it has stopped.
            if motion == nil || payload.starts(with: "k".utf8) || payload.starts(with: "v".utf8) {
                send(PacketRow.reply(to: payload, in: self))
            }
        case .oversized:
            if acknowledges { output.append(UInt8(ascii: "+")) }
            if motion == nil { send(.failure(.argument)) }
        case .damaged:
            if acknowledges { output.append(UInt8(ascii: "-")) } else if motion == nil { send(.failure(.argument)) }
        case .acknowledged: refusals = 0
        case .refused: repeatLastPacket()
        case .interrupt: interrupt()
        }
    }

    private func send(_ reply: Reply) {
        guard let payload = reply.payload else { return }
        lastPacket = PacketWriter.packet(payload)
        output += lastPacket
    }

    private func repeatLastPacket() {
        guard acknowledges else { return }
        refusals += 1
        guard refusals <= Self.patience else { return end(.broken) }
        output += lastPacket
    }

    /// Text for the user, which gdb shows while it waits for an answer.
    func say(_ text: String) {
        var rest = Array(text.utf8)[...]
        while !rest.isEmpty {
            let piece = rest.prefix(PacketReader.limit / 4)
            rest = rest.dropFirst(piece.count)
            send(.bytes([UInt8(ascii: "O")] + PacketWriter.hex(piece)))
        }
    }

    // MARK: What packets ask for

    /// No more acknowledgements, from the next packet on.
    func startWithoutAcknowledgements() { acknowledges = false }

    /// Notes what the client says that it understands.
    func note(feature: ArraySlice<UInt8>) {
        if feature.elementsEqual("swbreak+".utf8) { reportsCodePoints = true }
    }

    /// Lets the guest run; the answer comes when it stops.
    func resume(_ motion: Motion) -> Reply {
        isInterrupted = false
        self.motion = motion
        return .none
    }

    /// Stops the guest if it runs.
    func interrupt() { isInterrupted = motion != nil }

    /// Whether a run that is under way is to stop.
    var wantsToStop: Bool { isInterrupted || !isRunning }

    /// Ends the session.
    func end(_ ending: Ending) {
        self.ending = self.ending ?? ending
        motion = nil
    }

    // MARK: Running

    /// Lets the guest run for a moment; the answer is in the output if it has stopped.
    func advance() {
        guard isRunning, let motion else { return }
        if isInterrupted { return stop(.interrupted) }
        if let reason = guest.advance(motion) { stop(reason) }
    }

    /// Has the guest stand still, as a client expects that connects.
    func stop(_ reason: GuestStop) {
        motion = nil
        isInterrupted = false
        lastStop = reply(to: reason)
        if case .ended(let end) = reason { say("\(end.text)\n") }
        send(lastStop)
        if case .ended(.guestExit) = reason, case .ended(let end) = reason { self.end(.exited(end)) }
    }

    private func reply(to stop: GuestStop) -> Reply {
        if case .ended(.guestExit(let code)) = stop {
            return .bytes([UInt8(ascii: "W")] + PacketWriter.hex([UInt8(truncatingIfNeeded: code)]))
        }
        let state = guest.state
        var payload = [UInt8(ascii: "T")] + PacketWriter.hex([stop.signal])
        for number in Registers.expedited {
            payload += PacketWriter.hex([UInt8(number)]) + [UInt8(ascii: ":")]
            payload += PacketWriter.hex(guest.registers.all[number].bytes(of: state)) + [UInt8(ascii: ";")]
        }
        payload += Array("thread:1;".utf8)
        // gdb takes "swbreak" for an error unless it has said that it knows it.
        if case .breakpoint = stop, !reportsCodePoints { return .bytes(payload) }
        return .bytes(payload + Array(stop.reason.utf8))
    }
}
