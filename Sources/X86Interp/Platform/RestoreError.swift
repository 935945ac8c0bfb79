/// Why a machine's state cannot be put back: it is another kind of machine's.
///
/// Nothing has changed then.
public enum RestoreError: Error, Equatable, CustomStringConvertible {
    /// The snapshot is of another processor.
    case processor(snapshot: String, machine: String)
    /// The snapshot has RAM of another size.
    case ramSize(snapshot: Int, machine: Int)
    /// One of the two has other blocks of RAM besides that from 0 on, by name.
    case ramBlocks(snapshot: [String], machine: [String])
    /// The snapshot's clock has another number of ticks a second.
    case clockRate(snapshot: UInt64, machine: UInt64)
    /// Devices that only one of the two has, by name.
    case devices(snapshotOnly: [String], machineOnly: [String])
    /// A device of one name is of another kind.
    case kind(device: String, snapshot: String, machine: String)
    /// Something that is neither a device nor a property of one has asked the snapshot's clock for a call, so that
    /// only the machine that the snapshot is of can have it back.
    case clockRequest(time: UInt64)
    /// A device wants to restore the machine that is calling it.
    case running

    private static func list(_ names: [String]) -> String { names.isEmpty ? "none" : names.joined(separator: ", ") }

    /// What differs, in one line.
    public var description: String {
        switch self {
        case .processor(let snapshot, let machine):
            "the snapshot is of a machine with processor \(snapshot), this one has \(machine)"
        case .ramSize(let snapshot, let machine):
            "the snapshot has \(snapshot) bytes of RAM, the machine has \(machine)"
        case .ramBlocks(let snapshot, let machine):
            "the snapshot has \(Self.list(snapshot)) as blocks of RAM, the machine has \(Self.list(machine))"
        case .clockRate(let snapshot, let machine):
            "the snapshot's clock has \(snapshot) ticks a second, the machine's has \(machine)"
        case .devices(let snapshotOnly, let machineOnly):
            snapshotOnly.isEmpty && machineOnly.isEmpty
                ? "the snapshot has a device twice"
                : [("snapshot", snapshotOnly), ("machine", machineOnly)].filter { !$0.1.isEmpty }
                    .map { "only the \($0.0) has \($0.1.joined(separator: ", "))" }.joined(separator: "; ")
        case .kind(let device, let snapshot, let machine):
            "device \(device): the snapshot has the state of another kind, \(snapshot) instead of \(machine)"
        case .clockRequest(let time):
            "the call at tick \(time) was asked for by no device, so that only the snapshot's own machine can have it"
        case .running: "a running machine cannot be restored: do it when its run has returned"
        }
    }
}
