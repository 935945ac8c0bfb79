/// One of the four breakpoints of the debug registers (SDM volume 3, 17.2.4).
struct DebugBreakpoint: Equatable {
    /// What it watches.
    enum Kind: UInt32 { case execute, write, port, readWrite }

    /// Its bit in DR6.
    let bit: UInt32
    let address: UInt32
    let kind: Kind
    let size: UInt32
    let isEnabled: Bool

    /// Breakpoint `number` as DR0 to DR3 and DR7 have it; without CR4.DE none watches ports.
    init?(_ number: UInt32, _ state: CPUState) {
        let kind = Kind(rawValue: state.dr7 >> (16 + 4 * number) & 3) ?? .execute
        guard kind != .port || state.cr4 & ControlBits.de != 0 else { return nil }
        let sizes: [UInt32] = [1, 2, 8, 4]
        size = kind == .execute ? 1 : sizes[Int(state.dr7 >> (18 + 4 * number) & 3)]
        let address = [state.dr0, state.dr1, state.dr2, state.dr3][Int(number & 3)]
        self.address = address & ~(size - 1)
        self.kind = kind
        bit = 1 << number
        isEnabled = state.dr7 >> (2 * number) & 3 != 0
    }

    /// The first and last byte that it watches.
    var range: ClosedRange<UInt32> { address...address + (size - 1) }

    /// What it is to hear of; nil of nothing.
    var interest: Interest? {
        guard isEnabled else { return nil }
        switch kind {
        case .execute: return .instructions(.linear(range))
        case .write: return .data(.linear(range), .write)
        case .readWrite: return .data(.linear(range), .access)
        case .port:
            guard let first = UInt16(exactly: address) else { return nil }
            return .ports(first...UInt16(truncatingIfNeeded: min(range.upperBound, 0xFFFF)))
        }
    }
}

extension CPU {
    // MARK: Code

    /// Whether a page has watched instructions or blocks: its blocks are its own, and end before watched instructions.
    func isCodeMarked(page linear: UInt32, _ physical: UInt64) -> Bool {
        watch.interests.instructions.touches(page: linear, physical)
            || watch.interests.blocks.touches(page: linear, physical)
    }

    /// Whether an instruction is watched.
    func isCodeMarked(_ linear: UInt32, _ physical: UInt32) -> Bool {
        watch.interests.instructions.contains(linear, physical)
    }

    /// Before the instruction at CS:EIP: code breakpoints of the debug registers, which RF holds back, then observers.
    ///
    /// Where one moves CS:EIP they are told of the new place too, of none twice.
    func checkCodeMarks() throws(Interruption) {
        let first = nextLinear
        try checkCodeMarks(first)
        if nextLinear != first {
            var asked: Set<UInt32> = [first]
            while asked.insert(nextLinear).inserted { try checkCodeMarks(nextLinear) }
        }
        // Whatever an observer has asked for comes behind the instruction, which runs under the flags that it has set.
        if core.pointee.deadline <= core.pointee.state.instructions {
            setDeadline()
            core.pointee.deadline = min(core.pointee.deadline, core.pointee.state.instructions &+ 1)
        }
    }

    /// Linear address of the next instruction.
    var nextLinear: UInt32 {
        let eip = core.pointee.state.eip
        return core.pointee.windows.cs.base &+ (model.hasSegmentLimits ? eip : eip & 0xFFFF)
    }

    private func checkCodeMarks(_ linear: UInt32) throws(Interruption) {
        guard !isMidRepeat, core.pointee.state.latchedResponse == nil else { return }
        let interests = watch.interests
        let physical = interests.watchesPhysicalCode ? linearToPhysical(linear) : nil
        let isInstruction = interests.instructions.contains(linear, physical)
        let isBlock = interests.blocks.contains(linear, physical)
        guard isInstruction || isBlock else { return }
        let isShadowed =
            core.pointee.state.shadowUntil > core.pointee.state.instructions && core.pointee.state.shadowHoldsTraps
        if !core.pointee.state.eflags.contains(.resume), !isShadowed {
            let hits = watch.breakpoints.filter { $0.kind == .execute && $0.address == linear }
            if hits.contains(where: \.isEnabled) {
                markBoundary()
                core.pointee.state.pendingDebug = hits.reduce(0) { $0 | $1.bit }
                throw raised(Fault(.debug), .codeBreakpoint, address: linear, access: .execute)
            }
        }
        guard !watch.entries.isEmpty else { return }
        let moves = watch.moves
        if isBlock, !runsOn(to: linear) {
            try announceCode(
                at: linear, physical, \.block, to: { $0.blocks.contains(linear, physical) },
                { $0.willEnterBlock(linear: linear, physical: $1) })
        }
        if isInstruction, watch.moves == moves {
            try announceCode(
                at: linear, physical, \.instruction, to: { $0.instructions.contains(linear, physical) },
                { $0.willExecute(linear: linear, physical: $1) })
        }
    }

    /// Announces a block or an instruction to those who have not been told of it yet; `round` keeps who has.
    private func announceCode(
        at linear: UInt32, _ physical: UInt32?, _ round: ReferenceWritableKeyPath<Watch, Watch.Round?>,
        to wants: (Interests) -> Bool, _ call: (any Observer, UInt32) -> ObserverVerdict
    ) throws(Interruption) {
        let time = core.pointee.state.instructions
        let last = watch[keyPath: round]?.last(at: time, linear) ?? 0
        guard last < .max else { return }
        markBoundary()
        let place = physical ?? linearToPhysical(linear) ?? 0
        let stops = announce(
            after: last, to: wants,
            told: { watch[keyPath: round] = Watch.Round(time: time, linear: linear, last: $0) },
            { call($0, place) })
        if stops { throw .stop(.observer) }
    }

    /// Whether control comes to an address by running on in the block that was entered last.
    private func runsOn(to linear: UInt32) -> Bool {
        guard let running = watch.running else { return false }
        let now = core.pointee.state.instructions
        // Guest time may have passed before this instruction.
        let hasWaited = options.idleEnd == now && options.idleStart >= running.time
        let steps = (hasWaited ? options.idleStart : now) &- running.time
        return steps > 0 && steps <= UInt64(running.boundaries.count) && running.boundaries[Int(steps) - 1] == linear
    }

    // MARK: Telling

    /// Announces a moment to those behind `last` that want to hear of it; true if one of them stops.
    ///
    /// `told` keeps who was told last.
    private func announce(
        after last: UInt64, endsWithMove: Bool = true, to wants: (Interests) -> Bool, told: (UInt64) -> Void,
        _ call: (any Observer) -> ObserverVerdict
    ) -> Bool {
        let moves = watch.moves
        for entry in watch.entries where entry.isActive && entry.token.number > last && wants(entry.interests) {
            told(entry.token.number)
            if call(entry.observer) == .stop {
                watch.stoppers.append(entry.token)
                return true
            }
            if endsWithMove, watch.moves != moves { return false }
        }
        told(.max)
        return false
    }

    /// Tells all that want to hear of it of something that has happened.
    func tell(_ wants: (Interests) -> Bool, _ call: (any Observer) -> ObserverVerdict) {
        for entry in watch.entries where entry.isActive && wants(entry.interests) {
            guard call(entry.observer) == .stop else { continue }
            watch.stoppers.append(entry.token)
            bus.stop(.observer)
        }
        // A stop comes behind this instruction.
        if core.pointee.isAttentionRequested { core.pointee.endBlock() }
    }

    // MARK: Data and ports

    /// Whether accesses to a page are told, so that they must not be cached.
    func isWatched(page linear: UInt32, _ physical: UInt64, isWrite: Bool) -> Bool {
        watch.interests.data(isWrite: isWrite).touches(page: linear, physical)
    }

    /// Whether an access that takes the slow path is told.
    @inline(never)
    func isWatched(_ linear: UInt32, _ size: Int, isWrite: Bool) -> Bool {
        let set = watch.interests.data(isWrite: isWrite)
        if set.linear.overlaps(Self.range(linear, size)) { return true }
        guard !set.physical.isEmpty else { return false }
        let inPage = min(4096 - Int(linear & 4095), size)
        return set.physical.overlaps(physicalRange(linear, inPage))
            || inPage < size && set.physical.overlaps(physicalRange(linear &+ UInt32(inPage), size - inPage))
    }

    /// An instruction has made an access that is watched.
    @inline(never)
    func noteAccess(_ linear: UInt32, _ size: Int, isWrite: Bool, _ value: UInt32) {
        noteDataBreakpoints(linear, size, isWrite: isWrite)
        guard !isRepeatedAccess else { return }
        // The frames of two pages need not lie side by side.
        let inPage = 4096 - Int(linear & 4095)
        guard inPage < size, core.pointee.isPaging else {
            return tellAccess(linear, size, isWrite: isWrite, value)
        }
        tellAccess(linear, inPage, isWrite: isWrite, value & (1 << UInt32(8 * inPage) - 1))
        tellAccess(linear &+ UInt32(inPage), size - inPage, isWrite: isWrite, value >> UInt32(8 * inPage))
    }

    /// The addresses of an access, cut at the end of the address space.
    private static func range(_ linear: UInt32, _ size: Int) -> ClosedRange<UInt32> {
        let last = linear &+ UInt32(size - 1)
        return linear...(linear <= last ? last : .max)
    }

    private func physicalRange(_ linear: UInt32, _ size: Int) -> ClosedRange<UInt32> {
        Self.range(linearToPhysical(linear) ?? 0, size)
    }

    /// The data breakpoints of the debug registers that an access hits.
    func noteDataBreakpoints(_ linear: UInt32, _ size: Int, isWrite: Bool) {
        let range = Self.range(linear, size)
        noteHits { $0.kind == .readWrite || isWrite && $0.kind == .write ? $0.range.overlaps(range) : false }
    }

    /// Tells of an access.
    func tellAccess(_ linear: UInt32, _ size: Int, isWrite: Bool, _ value: UInt32) {
        guard !watch.entries.isEmpty else { return }
        let range = Self.range(linear, size)
        let physical = physicalRange(linear, size)
        tell(
            { $0.data(isWrite: isWrite).overlaps(range, physical) },
            {
                $0.didAccess(
                    linear: linear, physical: physical.lowerBound, size: size, isWrite: isWrite, value: value)
            })
    }

    /// A port access is over.
    func notePortAccess(_ port: UInt16, _ width: Width) {
        let range = UInt32(port)...UInt32(port) + UInt32(width.bytes - 1)
        noteHits { $0.kind == .port && $0.range.overlaps(range) }
    }

    /// Makes a debug trap due behind this instruction if an enabled breakpoint was hit; all that were hit show in DR6.
    private func noteHits(_ isHit: (DebugBreakpoint) -> Bool) {
        let hits = watch.breakpoints.filter(isHit)
        guard hits.contains(where: \.isEnabled) else { return }
        core.pointee.state.pendingDebug |= hits.reduce(0) { $0 | $1.bit }
        core.pointee.requestAttention()
        core.pointee.endBlock()
    }

    /// The bytes at a linear address as far as they can be seen without side effects; FF elsewhere.
    func peekLinear(_ linear: UInt32, _ size: Int) -> UInt32 {
        (0..<size).reduce(0) { value, place in
            let byte = pageWalk(linear &+ UInt32(place)).physical.flatMap { memory.peek(physical: $0) } ?? 0xFF
            return value | UInt32(byte) << UInt32(8 * place)
        }
    }

    // MARK: Modes and deliveries

    /// PE, PG, VM and D of CS as bits.
    var mode: UInt32 {
        let state = core.pointee.state
        return state.cr0 & (ControlBits.protection | ControlBits.paging) | state.eflags.rawValue & (1 << 17)
            | (state.segments.cs.access.contains(.big) ? 2 : 0)
    }

    /// Tells observers of a new mode.
    @inline(never)
    func noteMode() {
        guard mode != watch.mode else { return }
        watch.mode = mode
        tell({ $0.modes }, { $0.didChangeMode() })
    }

    /// Whether deliveries with a vector are told.
    func isWatched(vector: UInt8) -> Bool {
        core.pointee.watchesDeliveries && watch.interests.vectors.contains(vector)
    }

    /// Whether an observer wants to stop before an event is delivered, which is dropped or not if one moves CS:EIP.
    func stopsDelivery(_ event: InterruptEvent, dropsMoved: Bool) -> Bool {
        watch.hasMoved = false
        let vector = event.vector
        guard isWatched(vector: vector) else { return false }
        let time = core.pointee.state.instructions
        if watch.deliveries.time != time { watch.deliveries = (time, [:]) }
        let kind = ObservedDelivery(vector: vector, source: event.source)
        let last = watch.deliveries.told[kind] ?? 0
        guard last < .max else { return false }
        let delivery = ObservedDelivery(vector: vector, source: event.source, errorCode: event.errorCode)
        let place = core.pointee.state.place
        let stops = announce(
            after: last, endsWithMove: dropsMoved, to: { $0.vectors.contains(vector) },
            told: { watch.deliveries.told[kind] = $0 },
            { $0.willDeliver(delivery) })
        // EIP is there already.
        core.pointee.move = nil
        watch.hasMoved = core.pointee.state.place != place
        return stops
    }

    /// Guest time behind the last delivery that no instruction called.
    var lastDelivery: UInt64? { watch.lastDelivery }
}

extension CPU.Watch.Round {
    /// Who was told last of a moment, if this is about it.
    func last(at time: UInt64, _ linear: UInt32) -> UInt64? {
        self.time == time && self.linear == linear ? last : nil
    }
}

extension InterruptEvent {
    /// Where it comes from, as observers are told.
    var source: ObservedDelivery.Source {
        switch self {
        case .software: .software
        case .exception: .exception
        case .external: .external
        }
    }
}
