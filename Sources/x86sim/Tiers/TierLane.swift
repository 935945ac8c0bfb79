import X86Interp

/// A machine in one tier setting that is run from one transaction, at a port or in memory, to the next.
final class TierLane {
    /// How its devices are served.
    let setting: TierSetting
    /// The machine.
    let machine: Machine
    /// Its devices that have a state, each once.
    let devices: [any Device]
    /// The exit that ended the run, or nil while it goes on.
    private(set) var end: Exit?
    private let loop: HostLoop
    private let recorder = Recorder()

    /// A lane for a machine before its first instruction.
    init(_ machine: Machine, _ setting: TierSetting) {
        self.machine = machine
        self.setting = setting
        loop = HostLoop(machine: machine, delays: { setting.delays($0) }, memoryDelays: { setting.delays($0) })
        let claimed: [any AnyObject] = machine.ports.claims.map(\.device) + machine.memory.claims.map(\.device)
        let added: [any AnyObject] = machine.devices.sorted { $0.key < $1.key }.map(\.value)
        var devices: [any Device] = []
        for device in claimed + added {
            guard let device = device as? any Device, !devices.contains(where: { $0 === device }) else { continue }
            devices.append(device)
        }
        self.devices = devices
        machine.setTier(setting.tier)
        machine.cpu.observe(with: recorder, [.allPorts, .allMemoryCycles])
    }

    /// The machine's instruction count.
    var instructions: UInt64 { machine.cpu.state.instructions }

    /// The transactions since the last comparison.
    var transactions: [TierTransaction] { recorder.transactions }

    /// Keeps transactions, and stops the machine behind the instruction of each when one step is wanted.
    private final class Recorder: Observer {
        var transactions: [TierTransaction] = []
        var stopsAtTransaction = false

        func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict { keep(.port(transaction)) }
        func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict { keep(.memory(transaction)) }

        private func keep(_ transaction: TierTransaction) -> ObserverVerdict {
            transactions.append(transaction)
            return stopsAtTransaction ? .stop : .goOn
        }
    }

    /// Runs to the end of the next instruction or iteration that accesses a device, or to the count `until`.
    func runToTransaction(until: UInt64) throws(HostLoop.Failure) {
        guard end == nil else { return }
        recorder.stopsAtTransaction = true
        defer { recorder.stopsAtTransaction = false }
        note(try loop.run(until: until))
    }

    /// Runs to exactly the count `until`, whatever happens at devices.
    func run(until: UInt64) throws(HostLoop.Failure) {
        while end == nil, instructions < until { note(try loop.run(until: until)) }
    }

    /// Forgets the transactions that have been compared.
    func forget() { recorder.transactions.removeAll(keepingCapacity: true) }

    private func note(_ exit: Exit) {
        switch exit {
        case .budget, .port, .memory, .stopped(.requested), .stopped(.observer): break
        case .halted, .shutdown, .stopped(.guestExit), .stopped(.unmappedPort), .stopped(.fault), .stopped(.unhandled),
            .stopped(.unmappedMemory):
            end = exit
        }
    }
}
