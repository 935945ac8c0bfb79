import X86Interp

/// A machine in one tier setting that is run from one port transaction to the next.
final class TierLane: PortLedger {
    /// How its devices are served.
    let setting: TierSetting
    /// The machine.
    let machine: Machine
    /// Its devices, one entry a device, in the order of their claims.
    let devices: [any PortDevice]
    /// The transactions since the last comparison.
    private(set) var transactions: [PortTransaction] = []
    /// The exit that ended the run, or nil while it goes on.
    private(set) var end: Exit?
    private let loop: HostLoop
    private var stopsAtTransaction = false

    /// A lane for a machine before its first instruction.
    init(_ machine: Machine, _ setting: TierSetting) {
        self.machine = machine
        self.setting = setting
        loop = HostLoop(machine: machine) { setting.delays($0) }
        var devices: [any PortDevice] = []
        for claim in machine.ports.claims where !devices.contains(where: { $0 === claim.device }) {
            devices.append(claim.device)
        }
        self.devices = devices
        machine.ports.setTier(setting.tier)
        machine.ledger = self
    }

    /// The machine's instruction count.
    var instructions: UInt64 { machine.cpu.state.instructions }

    /// Keeps the transaction, and stops the machine behind its instruction when one step is wanted.
    func record(_ transaction: PortTransaction) {
        transactions.append(transaction)
        if stopsAtTransaction { machine.bus.stop(.requested) }
    }

    /// Runs to the end of the next instruction or iteration that accesses a port, or to the count `until`.
    func runToTransaction(until: UInt64) throws(HostLoop.Failure) {
        guard end == nil else { return }
        stopsAtTransaction = true
        defer { stopsAtTransaction = false }
        note(try loop.run(until: until))
    }

    /// Runs to exactly the count `until`, whatever happens at ports.
    func run(until: UInt64) throws(HostLoop.Failure) {
        while end == nil, instructions < until { note(try loop.run(until: until)) }
    }

    /// Forgets the transactions that have been compared.
    func forget() { transactions.removeAll(keepingCapacity: true) }

    private func note(_ exit: Exit) {
        switch exit {
        case .budget, .port, .stopped(.requested), .stopped(.monitor): break
        case .halted, .shutdown, .stopped(.guestExit), .stopped(.unmappedPort), .stopped(.fault), .stopped(.unhandled):
            end = exit
        }
    }
}
