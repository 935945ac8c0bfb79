import Devices
import X86Interp

/// Keeps what a case needs of a run: the answers of devices that a script can stand in for, and all port writes.
final class CaseRecorder: Observer {
    /// A port at one width.
    struct Place: Hashable {
        /// The port.
        var port: UInt16
        /// The width in bytes.
        var width: UInt8
    }

    /// The most runs of equal answers that are kept of one port.
    static let answerLimit = 1 << 16
    /// Writes in order, but those to consoles, whose text says more.
    let writes = PortWrites()
    /// What ports of the scripted devices have answered; empty for ports that were only written.
    private(set) var answers: [Place: ScriptedPort.Answers] = [:]
    /// Whether a port gave more answers than are kept.
    private(set) var isTruncated = false
    /// Devices that scripts stand in for and that the guest has accessed, by name.
    private(set) var scripted: Set<String> = []
    private let candidates: Set<String>
    private let consoles: Set<String>

    /// A recorder for a guest before its first instruction.
    init(_ guest: Guest) {
        let user = guest.machine.ports.claims.filter { $0.tier == .user }.map { $0.device }
        candidates = Set(user.filter { $0 is any PortOnlyDevice }.map(\.name))
        consoles = Set(guest.board.devices.filter { $0 is DebugConsole || $0 is UART16550 }.map(\.name))
    }

    /// Keeps a transaction.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        keep(transaction)
        return .goOn
    }

    private func keep(_ transaction: PortTransaction) {
        if transaction.device.map({ !consoles.contains($0) }) ?? true { writes.keep(transaction) }
        guard let device = transaction.device, candidates.contains(device) else { return }
        scripted.insert(device)
        let place = Place(port: transaction.port, width: UInt8(transaction.width.bytes))
        guard transaction.direction == .in else {
            answers[place] = answers[place] ?? ScriptedPort.Answers()
            return
        }
        if (answers[place]?.runs.count ?? 0) >= Self.answerLimit {
            isTruncated = true
        } else {
            answers[place, default: ScriptedPort.Answers()].append(transaction.value)
        }
    }
}
