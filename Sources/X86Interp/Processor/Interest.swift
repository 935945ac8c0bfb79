/// Which memory accesses an observer or a watchpoint is about.
public enum WatchAccess: String, Sendable, Hashable, CaseIterable {
    case read, write
    /// Reads and writes.
    case access
}

/// Addresses of either kind.
public enum AddressRange: Sendable, Hashable {
    /// What segments and offsets make, before paging.
    case linear(ClosedRange<UInt32>)
    /// What goes to memory and devices.
    case physical(ClosedRange<UInt32>)

    /// All linear addresses.
    public static let all = AddressRange.linear(0...UInt32.max)
}

/// One thing that an observer wants to hear of.
///
/// What nobody wants to hear of runs at full speed. A watched page of data, and a page with watched code, take a slower
/// way; the pages beside them do not.
public enum Interest: Sendable, Hashable {
    /// Instructions whose first byte is in a range: `Observer.willExecute`.
    case instructions(AddressRange)
    /// Blocks that begin in a range: `Observer.willEnterBlock`.
    ///
    /// A block begins where control arrives by a transfer, a delivery or a return, behind each instruction that may
    /// transfer control, that repeats, or that changes how code is understood, and with the first instruction in a page;
    /// wherever the host puts the guest one begins too.
    case blocks(AddressRange)
    /// Accesses of instructions to data that touch a range: `Observer.didAccess`.
    case data(AddressRange, WatchAccess)
    /// Port cycles that touch a range, nil of either direction: `Observer.didTransfer`.
    case ports(ClosedRange<UInt16>, PortDirection? = nil)
    /// Cycles at memory devices that touch a range of physical addresses: `Observer.didTransfer`.
    case memoryCycles(ClosedRange<UInt64>)
    /// Deliveries of interrupts and exceptions by their vectors, INT n too: `Observer.willDeliver`.
    case interrupts(ClosedRange<UInt8>)
    /// Changes of PE, PG, VM and the code size: `Observer.didChangeMode`.
    case modes

    /// All port cycles.
    public static let allPorts = Interest.ports(0...UInt16.max)
    /// All cycles at memory devices.
    public static let allMemoryCycles = Interest.memoryCycles(0...UInt64.max)
    /// All deliveries.
    public static let allInterrupts = Interest.interrupts(0...UInt8.max)
}

/// Addresses of both kinds, as what is looked up.
struct AddressSet: Sendable, Equatable {
    private(set) var linear = RangeList<UInt32>()
    private(set) var physical = RangeList<UInt32>()

    init(_ ranges: [AddressRange] = []) {
        guard !ranges.isEmpty else { return }
        linear = RangeList(
            ranges.compactMap { if case .linear(let range) = $0 { range } else { nil } })
        physical = RangeList(
            ranges.compactMap { if case .physical(let range) = $0 { range } else { nil } })
    }

    var isEmpty: Bool { linear.isEmpty && physical.isEmpty }

    func contains(_ linear: UInt32, _ physical: UInt32?) -> Bool {
        self.linear.contains(linear) || physical.map(self.physical.contains) ?? false
    }

    func overlaps(_ linear: ClosedRange<UInt32>, _ physical: ClosedRange<UInt32>?) -> Bool {
        self.linear.overlaps(linear) || physical.map(self.physical.overlaps) ?? false
    }

    /// Whether anything in a page is meant.
    func touches(page linear: UInt32, _ physical: UInt64) -> Bool {
        let frame = UInt32(truncatingIfNeeded: physical)
        return overlaps(linear & ~4095...linear | 4095, frame & ~4095...frame | 4095)
    }

    /// A bit for bits 9 to 4 of each address, which paging does not change.
    var places: UInt64 {
        (linear.ranges + physical.ranges).reduce(0) { places, range in
            guard range.upperBound - range.lowerBound < 1024 - 16 else { return .max }
            let (first, last) = (range.lowerBound >> 4, range.upperBound >> 4)
            return (first...last).reduce(places) { $0 | 1 << UInt64($1 & 63) }
        }
    }
}

/// What one observer, or all of them together, want to hear of, as what is looked up.
struct Interests: Sendable, Equatable {
    private(set) var instructions = AddressSet()
    private(set) var blocks = AddressSet()
    private(set) var reads = AddressSet()
    private(set) var writes = AddressSet()
    private(set) var portReads = RangeList<UInt16>()
    private(set) var portWrites = RangeList<UInt16>()
    private(set) var cycles = RangeList<UInt64>()
    private(set) var vectors = RangeList<UInt8>()
    private(set) var modes = false

    init(_ list: [Interest] = []) {
        guard !list.isEmpty else { return }
        var (instructions, blocks, reads, writes) = (
            [AddressRange](), [AddressRange](), [AddressRange](), [AddressRange]()
        )
        var (portReads, portWrites) = ([ClosedRange<UInt16>](), [ClosedRange<UInt16>]())
        var (cycles, vectors) = ([ClosedRange<UInt64>](), [ClosedRange<UInt8>]())
        for interest in list {
            switch interest {
            case .instructions(let range): instructions.append(range)
            case .blocks(let range): blocks.append(range)
            case .data(let range, let access):
                if access != .write { reads.append(range) }
                if access != .read { writes.append(range) }
            case .ports(let range, let direction):
                if direction != .out { portReads.append(range) }
                if direction != .in { portWrites.append(range) }
            case .memoryCycles(let range): cycles.append(range)
            case .interrupts(let range): vectors.append(range)
            case .modes: modes = true
            }
        }
        self.instructions = AddressSet(instructions)
        self.blocks = AddressSet(blocks)
        self.reads = AddressSet(reads)
        self.writes = AddressSet(writes)
        self.portReads = RangeList(portReads)
        self.portWrites = RangeList(portWrites)
        self.cycles = RangeList(cycles)
        self.vectors = RangeList(vectors)
    }

    var watchesCode: Bool { !instructions.isEmpty || !blocks.isEmpty }
    var watchesData: Bool { !reads.isEmpty || !writes.isEmpty }
    /// Instructions and blocks are looked for by physical addresses too.
    var watchesPhysicalCode: Bool { !instructions.physical.isEmpty || !blocks.physical.isEmpty }
    /// Ports of either direction.
    var ports: RangeList<UInt16> { RangeList(portReads.ranges + portWrites.ranges) }

    /// Whether accesses of a kind touch a range.
    func data(isWrite: Bool) -> AddressSet { isWrite ? writes : reads }

    func wants(_ port: UInt16, _ width: Width, _ direction: PortDirection) -> Bool {
        let last = port.addingReportingOverflow(UInt16(width.bytes - 1))
        return (direction == .in ? portReads : portWrites).overlaps(port...(last.overflow ? .max : last.partialValue))
    }

    func wants(_ cycle: MemoryRequest) -> Bool {
        let last = cycle.address.addingReportingOverflow(UInt64(cycle.width.bytes - 1))
        return cycles.overlaps(cycle.address...(last.overflow ? .max : last.partialValue))
    }
}
