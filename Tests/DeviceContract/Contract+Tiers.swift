import X86Interp

/// The rule about tiers.
extension Contract {
    /// How a program was run.
    private enum Setting: String, CaseIterable {
        case kernel = "the kernel tier"
        case user = "the user tier"
        /// Each question is asked twice, and the machine saved and restored while it is open.
        case delayed = "the user tier with answers that are put off"

        var tier: Tier { self == .kernel ? .kernel : .user }
    }

    /// What a program has done.
    private struct Trace: Equatable {
        var accesses: [Access]
        var exits: [Exit]
        var hash: UInt64
        var outside: String
    }

    func checkTiers() throws {
        let bench = try bench()
        let name = bench.device.name
        let machine = bench.specimen.machine
        let ports = Set(machine.ports.claims.filter { $0.device.name == name }.flatMap(\.ports)).sorted()
        // Without paging a guest reaches the first 4 GiB.
        let memory = machine.memory.claims.filter { $0.device.name == name && $0.region.start < 1 << 32 }.map {
            let last = $0.region.start + $0.region.size - 1
            return UInt32($0.region.start)...UInt32(clamping: last)
        }
        guard !ports.isEmpty || !memory.isEmpty else { return }
        for number in 0..<6 as Range<UInt64> {
            let program = AccessProgram(ports: ports, memory: memory, seed: number)
            let kernel = try trace(program, .kernel)
            for setting in Setting.allCases.dropFirst() {
                let other = try trace(program, setting)
                let pairs = zip(kernel.accesses, other.accesses)
                if let (step, pair) = pairs.enumerated().first(where: { $0.element.0 != $0.element.1 }) {
                    throw Broken(
                        sentence: "in \(setting.rawValue) access \(step) is \(pair.1), in the kernel tier \(pair.0)")
                }
                let (count, others) = (kernel.accesses.count, other.accesses.count)
                try demand(
                    count == others, "in \(setting.rawValue) there are \(others) accesses, in the kernel tier \(count)")
                try demand(
                    kernel.exits == other.exits,
                    "in \(setting.rawValue) the program ends by \(other.exits), in the kernel tier by \(kernel.exits)")
                try demand(kernel == other, "in \(setting.rawValue) the machine ends in another state")
            }
        }
    }

    /// Runs a program to its end: HLT, or so many instructions where the device has led it astray.
    private func trace(_ program: AccessProgram, _ setting: Setting) throws -> Trace {
        let bench = try bench(0, setting.tier)
        let machine = bench.specimen.machine
        let ledger = AccessList()
        machine.cpu.observe(with: ledger, [.allPorts, .allMemoryCycles])
        machine.setTier(setting.tier, ofDevice: bench.device.name)
        program.load(into: machine)
        var exits: [Exit] = []
        var entry = Entry.resume
        while exits.count < 100 {
            let exit = try machine.run(entry, until: 20_000)
            entry = .resume
            switch exit {
            case .port(let request):
                if setting == .delayed { try putOff(exit, machine) }
                entry = .complete(machine.serve(request))
            case .memory(let request):
                if setting == .delayed { try putOff(exit, machine) }
                entry = .completeMemory(machine.serve(request))
            case .stopped: exits.append(exit)
            case .halted, .budget, .shutdown:
                exits.append(exit)
                return Trace(
                    accesses: ledger.accesses, exits: exits, hash: machine.hash(), outside: bench.specimen.outside())
            }
        }
        throw Broken(sentence: "it stops the run without end")
    }

    private func putOff(_ request: Exit, _ machine: Machine) throws {
        try machine.restore(machine.snapshot())
        let again = try machine.run(.resume, until: 20_000)
        try demand(again == request, "asked again, a pending request has become \(again)")
    }
}

/// Keeps what ports and memory have seen.
private final class AccessList: Observer {
    private(set) var accesses: [Access] = []

    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        let place =
            "\(transaction.width) at port \(String(transaction.port, radix: 16)), tick \(transaction.instructions)"
        accesses.append(Access(place: place, isRead: transaction.direction == .in, value: transaction.value))
        return .goOn
    }

    func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
        let cycle = transaction.cycle
        let place = "\(cycle.width) at \(String(cycle.address, radix: 16)), tick \(transaction.instructions)"
        accesses.append(Access(place: place, isRead: cycle.direction == .read, value: cycle.value))
        return .goOn
    }
}
