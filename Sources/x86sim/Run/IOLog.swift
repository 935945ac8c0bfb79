import X86Interp

/// Writes a line for each port transaction.
final class IOLog: PortLedger {
    /// How a line looks.
    enum Format {
        /// A JSON object a line, numbers in decimal.
        case jsonLines
        /// A header and comma-separated values; addresses, ports and values in hexadecimal.
        case csv
    }

    private let sink: any ByteSink
    private let format: Format
    private var line = ByteLine()
    /// What names look like in the log: looking that up is cheaper than making it for each line.
    private var operations: [Operation: [UInt8]] = [:]
    private var devices: [String: [UInt8]] = [:]

    /// A log to `sink`; CSV starts with its header.
    init(to sink: any ByteSink, format: Format) {
        self.sink = sink
        self.format = format
        if format == .csv {
            sink.write("icount,cs,ip,insn,element,remaining,tier,width,dir,port,value,device\n")
        }
    }

    /// Writes the transaction's line.
    func record(_ transaction: PortTransaction) {
        line.clear()
        switch format {
        case .jsonLines: appendJSON(transaction)
        case .csv: appendCSV(transaction)
        }
        sink.write(line.bytes)
    }

    /// Writes the line of a cycle at a memory device: as that of a port, with a physical address in its place.
    func record(_ transaction: MemoryTransaction) {
        line.clear()
        switch format {
        case .jsonLines: appendJSON(transaction)
        case .csv: appendCSV(transaction)
        }
        sink.write(line.bytes)
    }

    private func appendJSON(_ transaction: MemoryTransaction) {
        let cycle = transaction.cycle
        line.append(#"{"icount":"#, decimal: transaction.instructions)
        line.append(#","cs":"#, decimal: UInt64(transaction.cs))
        line.append(#","ip":"#, decimal: UInt64(transaction.eip))
        if let operation = transaction.operation {
            line.append(#","insn":""#, name(of: operation))
            line.append("\"")
        } else {
            line.append(#","insn":null"#)
        }
        line.append(#","element":"#, decimal: UInt64(cycle.element))
        line.append(#","remaining":"#, decimal: UInt64(cycle.remaining))
        line.append(#","tier":"#)
        if let tier = transaction.tier { line.append("\"", tier.rawValue, "\"") } else { line.append("null") }
        line.append(#","width":"#, decimal: UInt64(cycle.width.bytes))
        line.append(#","dir":""#, cycle.direction.rawValue)
        line.append(#"","address":"#, decimal: cycle.address)
        line.append(#","value":"#, decimal: UInt64(cycle.value))
        line.append(#","device":"#, name(of: transaction.device))
        line.append("}\n")
    }

    private func appendCSV(_ transaction: MemoryTransaction) {
        let cycle = transaction.cycle
        line.append("", decimal: transaction.instructions)
        line.append(",", hex: UInt32(transaction.cs), digits: 4)
        line.append(",", hex: transaction.eip, digits: 4)
        line.append(",", transaction.operation.map { name(of: $0) } ?? [])
        line.append(",", decimal: UInt64(cycle.element))
        line.append(",", decimal: UInt64(cycle.remaining))
        line.append(",", transaction.tier?.rawValue ?? "none")
        line.append(",", decimal: UInt64(cycle.width.bytes))
        line.append(",", cycle.direction.rawValue)
        line.append(",", hex: UInt32(truncatingIfNeeded: cycle.address), digits: 8)
        line.append(",", hex: cycle.value, digits: cycle.width.bytes * 2)
        line.append(",", name(of: transaction.device))
        line.append("\n")
    }

    /// Writes what is held back.
    ///
    /// - Throws: `CommandError` if any line could not be written.
    func finish() throws(CommandError) {
        sink.flush()
        if let failure = sink.failure { throw .load("--io-log: \(failure); make room or choose another file") }
    }

    private func appendJSON(_ transaction: PortTransaction) {
        line.append(#"{"icount":"#, decimal: transaction.instructions)
        line.append(#","cs":"#, decimal: UInt64(transaction.cs))
        line.append(#","ip":"#, decimal: UInt64(transaction.eip))
        line.append(#","insn":""#, name(of: transaction.operation))
        line.append(#"","element":"#, decimal: UInt64(transaction.element))
        line.append(#","remaining":"#, decimal: UInt64(transaction.remaining))
        line.append(#","tier":"#)
        if let tier = transaction.tier { line.append("\"", tier.rawValue, "\"") } else { line.append("null") }
        line.append(#","width":"#, decimal: UInt64(transaction.width.bytes))
        line.append(#","dir":""#, transaction.direction.rawValue)
        line.append(#"","port":"#, decimal: UInt64(transaction.port))
        line.append(#","value":"#, decimal: UInt64(transaction.value))
        line.append(#","device":"#, name(of: transaction.device))
        line.append("}\n")
    }

    private func appendCSV(_ transaction: PortTransaction) {
        line.append("", decimal: transaction.instructions)
        line.append(",", hex: UInt32(transaction.cs), digits: 4)
        line.append(",", hex: transaction.eip, digits: 4)
        line.append(",", name(of: transaction.operation))
        line.append(",", decimal: UInt64(transaction.element))
        line.append(",", decimal: UInt64(transaction.remaining))
        line.append(",", transaction.tier?.rawValue ?? "none")
        line.append(",", decimal: UInt64(transaction.width.bytes))
        line.append(",", transaction.direction.rawValue)
        line.append(",", hex: UInt32(transaction.port), digits: 4)
        line.append(",", hex: transaction.value, digits: transaction.width.bytes * 2)
        line.append(",", name(of: transaction.device))
        line.append("\n")
    }

    private func name(of operation: Operation) -> [UInt8] {
        if let known = operations[operation] { return known }
        let name = Array(String(describing: operation).utf8)
        operations[operation] = name
        return name
    }

    /// The device's name, for JSON in quotes; nobody's is null, in CSV nothing.
    private func name(of device: String?) -> [UInt8] {
        let device = device ?? ""
        if let known = devices[device] { return known }
        let json = device.isEmpty ? JSON.null : .string(device)
        let name = Array((format == .csv ? device : json.text).utf8)
        devices[device] = name
        return name
    }
}

/// Hands each transaction to several ledgers.
final class LedgerTee: PortLedger {
    private let ledgers: [any PortLedger]

    /// A tee to `ledgers`, in that order.
    init(_ ledgers: [any PortLedger]) { self.ledgers = ledgers }

    /// Hands it to each ledger.
    func record(_ transaction: PortTransaction) {
        for ledger in ledgers { ledger.record(transaction) }
    }

    /// Hands it to each ledger.
    func record(_ transaction: MemoryTransaction) {
        for ledger in ledgers { ledger.record(transaction) }
    }
}

/// Says on standard error which ports nobody claims, each port and direction once.
final class UnmappedNotes: PortLedger {
    private let host: Host
    private var seen: Set<UInt32> = []

    /// Notes on the standard error of `host`.
    init(_ host: Host) { self.host = host }

    /// Notes a port that nobody claims.
    func record(_ transaction: PortTransaction) {
        guard transaction.device == nil else { return }
        let direction: UInt32 = transaction.direction == .in ? 0 : 1 << 16
        guard seen.insert(UInt32(transaction.port) | direction).inserted else { return }
        let place = transaction.cs.hex + ":" + transaction.eip.hex(digits: 4)
        let port = transaction.port.hex(digits: 2)
        host.complain("unmapped port \(port) (\(transaction.direction.rawValue)) at \(place), not said again")
    }
}
