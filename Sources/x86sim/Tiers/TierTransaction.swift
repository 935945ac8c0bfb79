import X86Interp

/// A cycle at a device, as two lanes are compared by.
enum TierTransaction {
    /// At a port.
    case port(PortTransaction)
    /// In memory.
    case memory(MemoryTransaction)

    /// Whether it is one in memory.
    var isInMemory: Bool {
        if case .memory = self { true } else { false }
    }

    /// The device's name; nil if nobody has answered.
    var device: String? {
        switch self {
        case .port(let transaction): transaction.device
        case .memory(let transaction): transaction.device
        }
    }

    /// Guest time of the cycle.
    var instructions: UInt64 {
        switch self {
        case .port(let transaction): transaction.instructions
        case .memory(let transaction): transaction.instructions
        }
    }

    /// CS of its instruction.
    var cs: UInt16 {
        switch self {
        case .port(let transaction): transaction.cs
        case .memory(let transaction): transaction.cs
        }
    }

    /// EIP of its instruction.
    var eip: UInt32 {
        switch self {
        case .port(let transaction): transaction.eip
        case .memory(let transaction): transaction.eip
        }
    }

    /// Whether another is the same but for its tier.
    func isSame(as other: TierTransaction) -> Bool {
        switch (self, other) {
        case (.port(var a), .port(let b)):
            a.tier = b.tier
            return a == b
        case (.memory(var a), .memory(let b)):
            a.tier = b.tier
            return a == b
        case (.port, .memory), (.memory, .port): return false
        }
    }

    /// The cycle in words.
    var text: String {
        switch self {
        case .port(let transaction):
            let value = transaction.value.hex(digits: transaction.width.bytes * 2)
            let device = transaction.device ?? "nobody"
            return "'\(transaction.operation) port \(transaction.port.hex(digits: 2)) = \(value) (\(device))'"
        case .memory(let transaction):
            let cycle = transaction.cycle
            let value = cycle.value.hex(digits: cycle.width.bytes * 2)
            let address = UInt32(truncatingIfNeeded: cycle.address).hex
            return "'\(cycle.direction.rawValue) memory \(address) = \(value) (\(transaction.device ?? "nobody"))'"
        }
    }
}
