/// A data access that a watchpoint was hit by.
public struct WatchedAccess: Sendable, Equatable {
    /// Linear address of the first byte.
    public var linear: UInt32
    /// Its physical address.
    public var physical: UInt32
    /// Bytes: 1, 2 or 4.
    public var size: Int
    /// A write, as opposed to a read.
    public var isWrite: Bool
    /// What was there before.
    public var oldValue: UInt32
    /// What is there now; of a read the same.
    public var newValue: UInt32
    /// Guest time at the start of the instruction.
    public var instructions: UInt64
    /// Where the instruction is: CS.
    public var cs: UInt16
    /// Where the instruction is: its offset in CS.
    public var eip: UInt32
    /// Where the instruction is: its linear address.
    public var code: UInt32
    /// Whether it was 32-bit code.
    public var code32: Bool
}

/// Why the guest stands still, and when.
public struct StopEvent: Sendable, Equatable {
    /// What stopped it.
    public enum Reason: Sendable, Equatable {
        /// What was asked for is done: a step, `finish`, `run(to:)`, `go(to:)`.
        case done
        /// A breakpoint on code, before the instruction.
        case breakpoint(Int)
        /// A watchpoint: behind the access going forward, before it going back.
        case watchpoint(Int, WatchedAccess)
        /// A breakpoint on a port or device: behind the access going forward, before it going back.
        case port(Int, PortTransaction)
        /// A breakpoint on an interrupt, before its delivery.
        case interrupt(Int, vector: UInt8, isSoftware: Bool)
        /// A breakpoint on an exception, before its delivery.
        case exception(Int, vector: UInt8, errorCode: UInt16?)
        /// A breakpoint on changes of mode.
        case modeSwitch(Int)
        /// A breakpoint on guest time.
        case instructions(Int)
        /// A condition has no value; the breakpoint's number.
        case condition(Int, EvaluationError)
        /// The limit of the run is reached.
        case limit
        /// HLT that nothing will end.
        case halted
        /// Triple fault or exceptions without end, with the exceptions that led to it.
        case shutdown([Fault])
        /// The guest reported a code.
        case guestExit(code: UInt32)
        /// Somebody asked for it, such as Ctrl-C.
        case requested
        /// An access to a port that nobody claims, under that policy.
        case unmappedPort(PortRequest)
        /// An access to a physical address at which nothing is, under that policy; going on asks again.
        case unmappedMemory(MemoryRequest)
        /// An exception, under the policy that stops there.
        case fault(Fault)
        /// An interrupt that nobody handles, under the policy that stops there.
        case unhandled(UnhandledInterrupt)
        /// The user tier could not answer this request; going on asks again.
        case unanswered(PortRequest, message: String)
        /// Going back: the oldest moment that is remembered.
        case startOfHistory
        /// Going back is not possible: no history is kept.
        case noHistory
        /// Nothing was run: it was asked for while the guest runs, from a device or from `onInstruction`, `poll`, `onLog`
        /// or the user tier's answer.
        case busy
    }

    /// What stopped it; the first of several.
    public var reason: Reason
    /// Numbers of all breakpoints that were hit at once, in ascending order.
    public var hits: [Int] = []
    /// Guest time.
    public var instructions: UInt64

    /// A stop.
    public init(_ reason: Reason, hits: [Int] = [], instructions: UInt64) {
        self.reason = reason
        self.hits = hits
        self.instructions = instructions
    }
}
