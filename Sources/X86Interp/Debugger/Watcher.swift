/// The debugger's ear in the CPU: hears of what is marked and decides what stops.
final class Watcher: CPUMonitor, PortLedger {
    weak var debugger: Debugger?

    func willExecute(linear: UInt32, physical: UInt32) -> Bool { false }

    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, oldValue: UInt32) {}

    func willDeliver(vector: UInt8, isSoftware: Bool, errorCode: UInt16?) -> Bool { false }

    func modeChanged() {}

    func record(_ transaction: PortTransaction) {
        debugger?.ledger.append(transaction)
        debugger?.transactions?.record(transaction)
    }
}
