/// What a host wants to hear of while the guest runs, such as a debugger's breakpoints.
///
/// Nothing here is seen by the guest, and what is not marked runs at full speed.
public struct CPUMarks: Sendable, Equatable {
    /// Linear addresses of instructions.
    public var code: Set<UInt32> = []
    /// Physical addresses of instructions.
    public var physicalCode: Set<UInt32> = []
    /// Linear ranges whose reads and writes by instructions are told.
    public var data: [ClosedRange<UInt32>] = []
    /// Physical ranges whose reads and writes by instructions are told.
    public var physicalData: [ClosedRange<UInt32>] = []
    /// Interrupts and exceptions.
    public var deliveries = false
    /// Changes of PE, PG, VM and the code size.
    public var modes = false

    /// Nothing is marked.
    public init() {}
}

/// Hears of what is marked; called while the guest runs, so it must not enter the CPU.
///
/// To stop behind the present instruction call `ControlBus.stop(.monitor)`. It may set `CPU.state`; what that means is
/// told there.
public protocol CPUMonitor: AnyObject {
    /// A marked instruction is about to run; true makes `run` return `.stopped(.monitor)` before it.
    ///
    /// Not asked again between the iterations of a repeated instruction, nor behind `CPU.passMark`. Where it moves CS:EIP
    /// the instruction is not run; the one at the new place is, and if that is marked too this is asked about it.
    func willExecute(linear: UInt32, physical: UInt32) -> Bool
    /// An instruction has accessed marked memory: for a write the bytes have changed, `value` is what was there (for a
    /// read: what is there), little-endian.
    func didAccess(linear: UInt32, physical: UInt32, size: Int, isWrite: Bool, value: UInt32)
    /// An interrupt or exception is about to be delivered; true makes `run` return `.stopped(.monitor)` before it.
    ///
    /// The state is then that of the instruction that raises it, or of the boundary at which it comes in. Where CS:EIP is
    /// moved, what the instruction raises is dropped with it; what comes in between two instructions is delivered, and
    /// returns to the new place.
    func willDeliver(vector: UInt8, isSoftware: Bool, errorCode: UInt16?) -> Bool
    /// The mode has changed.
    func modeChanged()
}

extension CPU {
    /// What the host wants to hear of; nothing unless set.
    public var marks: CPUMarks {
        get { watch.marks }
        nonmutating set {
            watch.marks = newValue
            refreshWatch()
        }
    }

    /// Who hears of it.
    public var monitor: (any CPUMonitor)? {
        get { watch.monitor }
        nonmutating set { watch.monitor = newValue }
    }

    /// The next run passes what is marked at the present instruction, once.
    public func passMark() { watch.passed = core.pointee.state.instructions }
}
