/// How `CPU.run` is entered: the mirror image of `Exit`.
public enum Entry: Sendable, Equatable {
    /// Go on. With a user-tier request pending, the same request comes back.
    case resume
    /// Go on with the answer to the pending request.
    case complete(PortResponse)
    /// Go on with the answer to the pending request at memory.
    case completeMemory(MemoryResponse)
}

/// Why `CPU.run` returned; the machine is consistent and can be snapshotted at each.
public enum Exit: Sendable, Equatable {
    /// A user-tier port cycle waits for `Entry.complete`.
    case port(PortRequest)
    /// A user-tier memory cycle waits for `Entry.completeMemory`.
    case memory(MemoryRequest)
    /// HLT, and nothing inside the machine will end it: IF is 0, or no chip has anything scheduled.
    case halted
    /// The instruction count that was asked for is reached.
    case budget
    /// A device, a policy or the host stopped the run.
    case stopped(StopReason)
    /// Triple fault, or exceptions without end: the exceptions that led to it, in order. Only RESET leaves this state.
    case shutdown([Fault])
}

/// Why `CPU.run` refused to be entered; nothing has changed.
public enum EntryError: Error, Equatable {
    /// The response answers another request than the pending one, which stays pending.
    case mismatch(pending: PortRequest, response: PortResponse)
    /// No request is pending.
    case nothingPending(response: PortResponse)
    /// The response answers another memory request than the pending one, which stays pending.
    case memoryMismatch(pending: MemoryRequest, response: MemoryResponse)
    /// No memory request is pending.
    case noMemoryPending(response: MemoryResponse)
    /// A device called back into the CPU that is running it.
    case reentered
    /// Another CPU lives on the same `PhysicalMemory`, `ControlBus` or `VirtualClock`: give this one its own, or let the
    /// other go first.
    case shared(SharedPart)

    /// What serves one CPU at a time, since it tells that one of changes.
    public enum SharedPart: String, Sendable {
        case memory, bus, clock
    }
}
