/// What a debugger wants to hear of; nothing marked costs nothing.
public struct CPUMarks: Sendable, Equatable {
    /// Linear addresses of instructions.
    public var code: Set<UInt32> = []
    /// Physical addresses of instructions.
    public var physicalCode: Set<UInt32> = []
    /// Linear ranges whose data accesses are told.
    public var data: [ClosedRange<UInt32>] = []
    /// Physical ranges whose data accesses are told.
    public var physicalData: [ClosedRange<UInt32>] = []
    /// Interrupts and exceptions are told.
    public var deliveries = false
    /// Changes of CR0.PE and PG, EFLAGS.VM and CS.D are told.
    public var modes = false

    /// Nothing marked.
    public init() {}
}

/// Hears of what `CPUMarks` marks.
public protocol CPUMonitor: AnyObject {
    /// A marked instruction is next; true stops before it.
    func willExecute(linear: UInt32, physical: UInt32) -> Bool
    /// A marked address was accessed; `bus.stop(.monitor)` stops behind the instruction.
    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, oldValue: UInt32)
    /// An interrupt or exception is about to be delivered; true stops before it.
    func willDeliver(vector: UInt8, isSoftware: Bool, errorCode: UInt16?) -> Bool
    /// The mode has changed.
    func modeChanged()
}

extension CPU {
    /// What the monitor hears of.
    public var marks: CPUMarks {
        get { options.marks }
        nonmutating set { options.marks = newValue }
    }

    /// Who hears of what is marked.
    public var monitor: (any CPUMonitor)? {
        get { options.monitor }
        nonmutating set { options.monitor = newValue }
    }

    /// Lets the instruction at hand run once although it is marked.
    public func passMark() {}

    /// The physical address behind a linear one, without side effects; nil if no page is there.
    public func linearToPhysical(_ linear: UInt32) -> UInt32? { linear & core.pointee.physicalMask }
}

extension CPU {
    /// Halted by HLT.
    var isHalted: Bool { core.pointee.state.halted }
    /// The stack pointer's bits under SS.B.
    var stackMask: UInt32 { core.pointee.stackMask }
    /// What is being delivered is an exception.
    var isDeliveringException: Bool { true }
    /// Guest time at which something was last delivered that no instruction called.
    var lastDelivery: UInt64? { nil }
}

extension PhysicalMemory {
    /// Numbers of pages of RAM written since the last call, maybe more.
    func takeDirtyPages() -> [UInt32] { (0..<UInt32(ramSize / 4096)).map { $0 } }
}
