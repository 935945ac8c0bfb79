import X86Interp

/// Writes a line for each port transaction.
final class IOLog: Observer {
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

    /// What a line says of a cycle, at a port or in memory.
    private struct Row {
        let instructions: UInt64
        let cs: UInt16
        let eip: UInt32
        let operation: Operation?
        let element: UInt32
        let remaining: UInt32
        let tier: Tier?
        let width: Width
        let direction: String
        /// What the place is called in JSON, and how many digits it has.
        let key: String
        let place: UInt64
        let digits: Int
        let value: UInt32
        let device: String?

        init(_ transaction: PortTransaction) {
            instructions = transaction.instructions
            (cs, eip) = (transaction.cs, transaction.eip)
            operation = transaction.operation
            (element, remaining) = (transaction.element, transaction.remaining)
            (tier, width) = (transaction.tier, transaction.width)
            direction = transaction.direction.rawValue
            (key, place, digits) = ("port", UInt64(transaction.port), 4)
            (value, device) = (transaction.value, transaction.device)
        }

        init(_ transaction: MemoryTransaction) {
            let cycle = transaction.cycle
            instructions = transaction.instructions
            (cs, eip) = (transaction.cs, transaction.eip)
            operation = transaction.operation
            (element, remaining) = (cycle.element, cycle.remaining)
            (tier, width) = (transaction.tier, cycle.width)
            direction = cycle.direction.rawValue
            (key, place, digits) = ("address", cycle.address, 8)
            (value, device) = (cycle.value, transaction.device)
        }
    }

    /// Writes the transaction's line.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        write(Row(transaction))
        return .goOn
    }

    /// Writes the line of a cycle at a memory device: as that of a port, with a physical address in its place.
    func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
        write(Row(transaction))
        return .goOn
    }

    private func write(_ row: Row) {
        line.clear()
        switch format {
        case .jsonLines: appendJSON(row)
        case .csv: appendCSV(row)
        }
        sink.write(line.bytes)
    }

    private func appendJSON(_ row: Row) {
        line.append(#"{"icount":"#, decimal: row.instructions)
        line.append(#","cs":"#, decimal: UInt64(row.cs))
        line.append(#","ip":"#, decimal: UInt64(row.eip))
        if let operation = row.operation {
            line.append(#","insn":""#, name(of: operation))
            line.append("\"")
        } else {
            line.append(#","insn":null"#)
        }
        line.append(#","element":"#, decimal: UInt64(row.element))
        line.append(#","remaining":"#, decimal: UInt64(row.remaining))
        line.append(#","tier":"#)
        if let tier = row.tier { line.append("\"", tier.rawValue, "\"") } else { line.append("null") }
        line.append(#","width":"#, decimal: UInt64(row.width.bytes))
        line.append(#","dir":""#, row.direction)
        line.append(#"",""#, row.key)
        line.append(#"":"#, decimal: row.place)
        line.append(#","value":"#, decimal: UInt64(row.value))
        line.append(#","device":"#, name(of: row.device))
        line.append("}\n")
    }

    private func appendCSV(_ row: Row) {
        line.append("", decimal: row.instructions)
        line.append(",", hex: UInt32(row.cs), digits: 4)
        line.append(",", hex: row.eip, digits: 4)
        line.append(",", row.operation.map { name(of: $0) } ?? [])
        line.append(",", decimal: UInt64(row.element))
        line.append(",", decimal: UInt64(row.remaining))
        line.append(",", row.tier?.rawValue ?? "none")
        line.append(",", decimal: UInt64(row.width.bytes))
        line.append(",", row.direction)
        line.append(",", hex: UInt32(truncatingIfNeeded: row.place), digits: row.digits)
        line.append(",", hex: row.value, digits: row.width.bytes * 2)
        line.append(",", name(of: row.device))
        line.append("\n")
    }

    /// Writes what is held back.
    ///
    /// - Throws: `CommandError` if any line could not be written.
    func finish() throws(CommandError) {
        sink.flush()
        if let failure = sink.failure { throw .load("--io-log: \(failure); make room or choose another file") }
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

/// Says on standard error which ports nobody claims and at which pages of memory nothing is, each once a direction.
final class UnmappedNotes: Observer {
    private let host: Host
    private let interests: [Interest]
    private var seen: Set<UInt64> = []

    /// No more places are named than these: guests that are lost in empty memory go everywhere.
    private static let most = 1000

    /// Notes on the standard error of `host` what the settings ask for; nil if that is nothing.
    init?(_ host: Host, _ settings: Settings) {
        self.host = host
        interests =
            (settings.unmapped == .log ? [.allPorts] : []) + (settings.unmappedMemory == .log ? [.allMemoryCycles] : [])
        if interests.isEmpty { return nil }
    }

    /// Hears of a guest from now on.
    func observe(_ guest: Guest) { guest.machine.cpu.observe(with: self, interests) }

    /// Notes a port that nobody claims.
    func didTransfer(_ transaction: PortTransaction) -> ObserverVerdict {
        guard transaction.device == nil else { return .goOn }
        note(
            "port \(transaction.port.hex(digits: 2)) (\(transaction.direction.rawValue))",
            UInt64(transaction.port) << 1 | (transaction.direction == .in ? 0 : 1), transaction.cs, transaction.eip)
        return .goOn
    }

    /// Notes a page at which nothing is, by its first address that was used.
    func didTransfer(_ transaction: MemoryTransaction) -> ObserverVerdict {
        guard transaction.device == nil else { return .goOn }
        let cycle = transaction.cycle
        note(
            "memory \(cycle.address.hex(digits: 8)) (\(cycle.direction.rawValue))",
            1 << 40 | (cycle.address >> 12) << 1 | (cycle.direction == .read ? 0 : 1), transaction.cs, transaction.eip)
        return .goOn
    }

    private func note(_ what: String, _ key: UInt64, _ cs: UInt16, _ eip: UInt32) {
        guard seen.count < Self.most, seen.insert(key).inserted else { return }
        host.complain("unmapped \(what) at \(cs.hex):\(eip.hex(digits: 4)), not said again")
        if seen.count == Self.most { host.complain("no more of what is unmapped is named") }
    }
}
