/// Whether and how the way back is kept.
public struct HistoryOptions: Sendable, Equatable {
    /// Instructions between two checkpoints.
    public var interval: UInt64 = 1 << 23
    /// The bound of what checkpoints and logged input take, in bytes.
    public var memoryLimit = 256 << 20
    /// The bound of checkpoints.
    public var checkpointLimit = 1024

    /// The defaults: every 8 million instructions, 256 MiB.
    public init() {}
}

/// The way back: checkpoints and logged input.
public final class History {
    /// Its options.
    public let options: HistoryOptions
    /// The oldest moment that can be gone to.
    public private(set) var start: UInt64
    /// The newest moment that has been run; behind the present one when the guest stands in its past.
    public private(set) var end: UInt64
    /// What checkpoints and log take at present, in bytes.
    public private(set) var memoryUse = 0

    private let machine: Machine

    init(_ machine: Machine, _ options: HistoryOptions) {
        self.machine = machine
        self.options = options
        start = machine.state.instructions
        end = start
    }

    /// Forgets everything before the present moment, as after a reload or restart.
    public func restart() {
        start = machine.state.instructions
        end = start
    }

    func willEdit() {}

    func didEdit() {}
}

/// The last time that something was written, as `Debugger.lastWrite` and its kin find it.
public struct Provenance: Sendable, Equatable {
    /// Guest time at the start of the instruction.
    public var instructions: UInt64
    /// Where the instruction is: CS.
    public var cs: UInt16
    /// Where the instruction is: its offset in CS.
    public var eip: UInt32
    /// The value before.
    public var oldValue: UInt64
    /// The value that was written.
    public var newValue: UInt64
}
