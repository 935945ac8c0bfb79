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
        switch format {
        case .jsonLines: sink.write(Self.json(transaction).text + "\n")
        case .csv: sink.write(Self.csv(transaction) + "\n")
        }
    }

    /// Writes what is held back.
    ///
    /// - Throws: `CommandError` if any line could not be written.
    func finish() throws(CommandError) {
        sink.flush()
        if let failure = sink.failure { throw .load("--io-log: \(failure); make room or choose another file") }
    }

    private static func json(_ transaction: PortTransaction) -> JSON {
        .object([
            "icount": .number(transaction.instructions),
            "cs": .number(UInt64(transaction.cs)),
            "ip": .number(UInt64(transaction.eip)),
            "insn": .string(String(describing: transaction.operation)),
            "element": .number(UInt64(transaction.element)),
            "remaining": .number(UInt64(transaction.remaining)),
            "tier": transaction.tier.map { .string($0.rawValue) } ?? .null,
            "width": .number(UInt64(transaction.width.bytes)),
            "dir": .string(transaction.direction.rawValue),
            "port": .number(UInt64(transaction.port)),
            "value": .number(UInt64(transaction.value)),
            "device": transaction.device.map { .string($0) } ?? .null,
        ])
    }

    private static func csv(_ transaction: PortTransaction) -> String {
        let fields: [String] = [
            String(transaction.instructions), transaction.cs.hex, transaction.eip.hex(digits: 4),
            String(describing: transaction.operation), String(transaction.element), String(transaction.remaining),
            transaction.tier?.rawValue ?? "none", String(transaction.width.bytes), transaction.direction.rawValue,
            transaction.port.hex, transaction.value.hex(digits: transaction.width.bytes * 2),
            transaction.device ?? "",
        ]
        return fields.joined(separator: ",")
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
