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
    var answers: [Place: ScriptedPort.Answers] { kept.filter { owners[$0.key].map(scripted.contains) ?? false } }
    private var kept: [Place: ScriptedPort.Answers] = [:]
    private var owners: [Place: String] = [:]
    /// Whether a port gave more answers than are kept.
    private(set) var isTruncated = false
    /// Devices that scripts stand in for and that the guest has accessed, by name.
    ///
    /// A device that has done more than answer, such as a transfer to RAM, is not among them.
    var scripted: Set<String> { accessed.filter { candidates[$0]?.hasOnlyAnswered ?? false } }
    private var accessed: Set<String> = []
    private let candidates: [String: any PortOnlyDevice]
    private let consoles: Set<String>

    /// A recorder for a guest before its first instruction.
    init(_ guest: Guest) {
        let user = guest.machine.ports.claims.filter { $0.tier == .user }.map { $0.device }
        candidates = Dictionary(
            user.compactMap { $0 as? any PortOnlyDevice }.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first }
        )
        consoles = Set(guest.board.devices.filter { $0 is DebugConsole || $0 is UART16550 }.map(\.name))
    }

    /// Keeps a transaction.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        keep(transaction)
        return .goOn
    }

    private func keep(_ transaction: PortTransaction) {
        if transaction.device.map({ !consoles.contains($0) }) ?? true { writes.keep(transaction) }
        guard let device = transaction.device, candidates[device] != nil else { return }
        accessed.insert(device)
        let place = Place(port: transaction.port, width: UInt8(transaction.width.bytes))
        owners[place] = device
        guard transaction.direction == .in else {
            kept[place] = kept[place] ?? ScriptedPort.Answers()
            return
        }
        if (kept[place]?.runs.count ?? 0) >= Self.answerLimit {
            isTruncated = true
        } else {
            kept[place, default: ScriptedPort.Answers()].append(transaction.value)
        }
    }
}
