import X86Interp

extension DebuggedGuest {
    /// Where the guest is and in which mode: `0000:7C00, real mode, 16-bit code`.
    var description: String { "\(guest.place), \(state.modeText)" }

    /// Windows of read-only memory, by physical address.
    var roms: [ClosedRange<UInt32>] { guest.machine.memory.roms }

    /// The chips in the order in which they were built, in words.
    var devices: String { DeviceReport(guest: guest).text() }

    /// Which ports are served where.
    var tiers: String {
        let rows = guest.machine.ports.claims.sorted { $0.ports.lowerBound < $1.ports.lowerBound }.map { claim in
            let first = claim.ports.lowerBound.hex
            let ports = claim.ports.count == 1 ? first : "\(first)-\(claim.ports.upperBound.hex)"
            return [ports, claim.tier.rawValue, claim.device.name]
        }
        return Table(columns: ["ports", "tier", "device"], rows: rows).plain
    }

    /// The last port transactions, oldest first.
    func transactions(last count: Int) -> String {
        let rows = debugger.ledger.last(count).map { transaction in
            let digits = transaction.width.bytes * 2
            return [
                "\(transaction.instructions)", "\(transaction.cs.hex):\(transaction.eip.hex(digits: 4))",
                String(describing: transaction.operation), transaction.port.hex, transaction.value.hex(digits: digits),
                transaction.tier?.rawValue ?? "-", transaction.device ?? "nobody",
            ]
        }
        guard !rows.isEmpty else { return "no port was accessed yet\n" }
        return Table(columns: ["icount", "place", "insn", "port", "value", "tier", "device"], rows: rows).plain
    }
}
