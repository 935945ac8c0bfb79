/// One port cycle, as observers are told of it.
public struct PortTransaction: Sendable, Equatable {
    /// Guest time of the cycle.
    public var instructions: UInt64
    /// Where the instruction is.
    public var cs: UInt16
    /// Offset of the instruction in CS.
    public var eip: UInt32
    /// IN, OUT, INS or OUTS.
    public var operation: Operation
    /// Number of the element within the instruction's run, from 0.
    public var element: UInt32
    /// Elements that remain, this one included.
    public var remaining: UInt32
    /// Who served it; nil is nobody.
    public var tier: Tier?
    /// Port and width of the cycle, after splitting.
    public var port: UInt16
    /// Width of the cycle, after splitting.
    public var width: Width
    /// Read or write.
    public var direction: PortDirection
    /// What was transferred.
    public var value: UInt32
    /// The device's name; nil is nobody.
    public var device: String?

    /// A transaction; see the properties.
    public init(
        instructions: UInt64, cs: UInt16, eip: UInt32, operation: Operation, element: UInt32, remaining: UInt32,
        tier: Tier?, port: UInt16, width: Width, direction: PortDirection, value: UInt32, device: String?
    ) {
        self.instructions = instructions
        self.cs = cs
        self.eip = eip
        self.operation = operation
        self.element = element
        self.remaining = remaining
        self.tier = tier
        self.port = port
        self.width = width
        self.direction = direction
        self.value = value
        self.device = device
    }
}

/// One memory cycle at a device, as observers are told of it.
public struct MemoryTransaction: Sendable, Equatable {
    /// Guest time of the cycle.
    public var instructions: UInt64
    /// Where the instruction is.
    public var cs: UInt16
    /// Offset of the instruction in CS.
    public var eip: UInt32
    /// The instruction; nil for what the processor does between two, or for an instruction that is still fetched.
    public var operation: Operation?
    /// Who served it; nil is nobody.
    public var tier: Tier?
    /// The cycle, after splitting, with what was transferred as its value.
    public var cycle: MemoryRequest
    /// The device's name; nil is nobody.
    public var device: String?

    /// A transaction; see the properties.
    public init(
        instructions: UInt64, cs: UInt16, eip: UInt32, operation: Operation?, tier: Tier?, cycle: MemoryRequest,
        device: String?
    ) {
        self.instructions = instructions
        self.cs = cs
        self.eip = eip
        self.operation = operation
        self.tier = tier
        self.cycle = cycle
        self.device = device
    }
}
