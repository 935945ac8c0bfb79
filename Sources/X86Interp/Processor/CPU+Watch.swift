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
}

extension CPU {
    /// What is watched, by the debug registers and by the host: derived, but for the host's marks.
    final class Watch {
        var marks = CPUMarks()
        weak var monitor: (any CPUMonitor)?
        /// The boundary whose marks are passed.
        var passed: UInt64?
        /// The breakpoints of the debug registers if any is enabled.
        var breakpoints: [DebugBreakpoint] = []
        /// Linear addresses of instructions, from both.
        var code: Set<UInt32> = []
        var codePages: Set<UInt32> = []
        var physicalCodePages: Set<UInt32> = []
        /// Linear ranges of data, from both.
        var data: [ClosedRange<UInt32>] = []
        /// What the monitor is asked about is an exception, as opposed to an interrupt.
        var isException = false
        /// Guest time behind the last delivery that no instruction called.
        var lastDelivery: UInt64?
        /// The same of the last one that came in between two instructions.
        var lastBoundaryDelivery: UInt64?
        /// The line RESET is being obeyed behind an instruction, as a part of its step.
        var isResetting = false
        /// The monitor has moved CS:EIP when it was last asked about a delivery.
        var hasMoved = false
        /// The mode that the monitor knows of.
        var mode: UInt32 = 0
        private var isArmed = false

        /// Whether anything is watched.
        var isEmpty: Bool { !isArmed && marks == CPUMarks() }
        var watchesData: Bool { !data.isEmpty || !marks.physicalData.isEmpty }
        var codePlaces: UInt64 {
            code.union(marks.physicalCode).reduce(0) { $0 | 1 << UInt64($1 >> 4 & 63) }
        }
        var watchesCode: Bool { !code.isEmpty || !marks.physicalCode.isEmpty }
        var watchesPorts: Bool { breakpoints.contains { $0.isEnabled && $0.kind == .port } }

        /// Derives what is watched from the debug registers and the marks; false if nothing was and is.
        func refresh(_ state: CPUState, hasDebugRegisters: Bool) -> Bool {
            let wasEmpty = isEmpty && breakpoints.isEmpty && code.isEmpty && data.isEmpty
            isArmed = hasDebugRegisters && state.dr7 & 0xFF != 0
            if wasEmpty, isEmpty { return false }
            breakpoints = []
            var code = marks.code
            var data = marks.data
            for number in UInt32(0)..<4 where isArmed {
                guard let breakpoint = DebugBreakpoint(number, state) else { continue }
                breakpoints.append(breakpoint)
                guard breakpoint.isEnabled else { continue }
                switch breakpoint.kind {
                case .execute: code.insert(breakpoint.address)
                case .write, .readWrite: data.append(breakpoint.range)
                case .port: break
                }
            }
            self.code = code
            self.data = data
            codePages = Set(code.map { $0 >> 12 })
            physicalCodePages = Set(marks.physicalCode.map { $0 >> 12 })
            return true
        }
    }

    /// Recomputes what is watched after a change of debug registers or marks.
    func refreshWatch() {
        let watch = watch
        guard watch.refresh(core.pointee.state, hasDebugRegisters: model.is32Bit) else { return }
        core.pointee.isWatching = watch.watchesData
        core.pointee.hasCodeMarks = watch.watchesCode
        core.pointee.codeMarkPlaces = watch.codePlaces
        core.pointee.hasPortBreakpoints = watch.watchesPorts
        core.pointee.watchesDeliveries = watch.marks.deliveries
        core.pointee.watchesModes = watch.marks.modes
        watch.mode = mode
        core.pointee.flushTranslations()
        blocks.pointee.isStale = true
        core.pointee.end = core.pointee.current + 1
        setDirectWidth()
    }

    /// The widest port access that needs no look beyond the claim.
    func setDirectWidth() {
        let isWatched =
            options.ledger != nil || core.pointee.hasPortBreakpoints || core.pointee.isJournaling
        core.pointee.directWidth = isWatched ? 0 : ports.busWidth.rawValue
    }

    // MARK: Code

    /// Whether a page has marked instructions: its blocks end before them.
    func isCodeMarked(page linear: UInt32, _ physical: UInt64) -> Bool {
        watch.codePages.contains(linear >> 12)
            || watch.physicalCodePages.contains(UInt32(truncatingIfNeeded: physical >> 12))
    }

    /// Whether an instruction is marked.
    func isCodeMarked(_ linear: UInt32, _ physical: UInt32) -> Bool {
        watch.code.contains(linear) || watch.marks.physicalCode.contains(physical)
    }

    /// Before the instruction at CS:EIP: code breakpoints of the debug registers, which RF holds back, then marks.
    ///
    /// A monitor that moves CS:EIP is asked about the new place too, about none twice.
    func checkCodeMarks() throws(Interruption) {
        let first = nextLinear
        try checkCodeMarks(first)
        if nextLinear != first {
            var asked: Set<UInt32> = [first]
            while asked.insert(nextLinear).inserted { try checkCodeMarks(nextLinear) }
        }
        // Whatever the monitor has asked for comes behind the instruction, which runs under the flags that it has set.
        if core.pointee.deadline <= core.pointee.state.instructions {
            setDeadline()
            core.pointee.deadline = min(core.pointee.deadline, core.pointee.state.instructions &+ 1)
        }
    }

    /// Linear address of the next instruction.
    private var nextLinear: UInt32 {
        let eip = core.pointee.state.eip
        return core.pointee.windows.cs.base &+ (model.hasSegmentLimits ? eip : eip & 0xFFFF)
    }

    private func checkCodeMarks(_ linear: UInt32) throws(Interruption) {
        guard !isMidRepeat, core.pointee.state.latchedResponse == nil else { return }
        let physical = watch.marks.physicalCode.isEmpty ? nil : linearToPhysical(linear)
        guard watch.code.contains(linear) || physical.map(watch.marks.physicalCode.contains) ?? false else { return }
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
        let isMarked =
            watch.marks.code.contains(linear) || physical.map(watch.marks.physicalCode.contains) ?? false
        guard isMarked, watch.passed != core.pointee.state.instructions, let monitor = watch.monitor else { return }
        // The monitor may look at the state.
        markBoundary()
        if monitor.willExecute(linear: linear, physical: physical ?? linearToPhysical(linear) ?? 0) {
            throw .stop(.monitor)
        }
    }

    // MARK: Data and ports

    /// Whether accesses to a page are told, so that it must not be cached.
    func isWatched(page linear: UInt32, _ physical: UInt64) -> Bool {
        let page = linear & ~4095...linear | 4095
        let frame = UInt32(truncatingIfNeeded: physical) & ~4095...UInt32(truncatingIfNeeded: physical) | 4095
        return watch.data.contains { $0.overlaps(page) } || watch.marks.physicalData.contains { $0.overlaps(frame) }
    }

    /// An instruction has accessed memory while something is watched.
    @inline(never)
    func noteAccess(_ linear: UInt32, _ size: Int, isWrite: Bool, _ value: UInt32) {
        noteDataBreakpoints(linear, size, isWrite: isWrite)
        guard !isRepeatedAccess else { return }
        // The frames of two pages need not lie side by side.
        let inPage = 4096 - Int(linear & 4095)
        guard inPage < size, core.pointee.isPaging else { return tell(linear, size, isWrite: isWrite, value) }
        tell(linear, inPage, isWrite: isWrite, value & (1 << UInt32(8 * inPage) - 1))
        tell(linear &+ UInt32(inPage), size - inPage, isWrite: isWrite, value >> UInt32(8 * inPage))
    }

    /// The addresses of an access, cut at the end of the address space.
    private static func range(_ linear: UInt32, _ size: Int) -> ClosedRange<UInt32> {
        let last = linear &+ UInt32(size - 1)
        return linear...(linear <= last ? last : .max)
    }

    /// The data breakpoints of the debug registers that an access hits.
    func noteDataBreakpoints(_ linear: UInt32, _ size: Int, isWrite: Bool) {
        let range = Self.range(linear, size)
        noteHits { $0.kind == .readWrite || isWrite && $0.kind == .write ? $0.range.overlaps(range) : false }
    }

    /// Tells the monitor of an access within a page, if it is marked.
    func tell(_ linear: UInt32, _ size: Int, isWrite: Bool, _ value: UInt32) {
        guard let monitor = watch.monitor else { return }
        let range = Self.range(linear, size)
        let physical = linearToPhysical(linear) ?? 0
        let physicalRange = physical...max(physical, physical &+ UInt32(size - 1))
        let isMarked =
            watch.marks.data.contains { $0.overlaps(range) }
            || watch.marks.physicalData.contains { $0.overlaps(physicalRange) }
        if isMarked {
            monitor.didAccess(linear: linear, physical: physical, size: size, isWrite: isWrite, value: value)
            settleStop()
        }
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
        core.pointee.deadline = 0
        core.pointee.end = core.pointee.current + 1
    }

    /// The bytes at a linear address as far as they can be seen without side effects; FF elsewhere.
    func peekLinear(_ linear: UInt32, _ size: Int) -> UInt32 {
        (0..<size).reduce(0) { value, place in
            let byte = linearToPhysical(linear &+ UInt32(place)).flatMap { memory.peek($0) } ?? 0xFF
            return value | UInt32(byte) << UInt32(8 * place)
        }
    }

    // MARK: Modes and deliveries

    /// PE, PG, VM and D of CS as bits.
    private var mode: UInt32 {
        let state = core.pointee.state
        return state.cr0 & (ControlBits.protection | ControlBits.paging) | state.eflags.rawValue & (1 << 17)
            | (state.segments.cs.access.contains(.big) ? 2 : 0)
    }

    /// Tells the monitor of a new mode.
    @inline(never)
    func noteMode() {
        guard mode != watch.mode else { return }
        watch.mode = mode
        watch.monitor?.modeChanged()
        settleStop()
    }

    /// A stop that the monitor has asked for comes behind this instruction.
    private func settleStop() {
        if core.pointee.deadline == 0 { core.pointee.end = core.pointee.current + 1 }
    }

    /// Whether the monitor wants to stop before an event is delivered.
    func stopsDelivery(_ event: InterruptEvent) -> Bool {
        watch.hasMoved = false
        guard core.pointee.watchesDeliveries, watch.passed != core.pointee.state.instructions,
            let monitor = watch.monitor
        else { return false }
        if core.pointee.isJournaling, journal.metQuestion() { return false }
        if case .exception = event { watch.isException = true } else { watch.isException = false }
        let place = core.pointee.state.place
        let stops = monitor.willDeliver(
            vector: event.vector, isSoftware: event.isSoftware, errorCode: event.errorCode)
        // EIP is there already.
        core.pointee.move = nil
        watch.hasMoved = core.pointee.state.place != place
        return stops
    }

    /// Within `CPUMonitor.willDeliver`: it is about an exception, as opposed to an interrupt with such a number.
    var isDeliveringException: Bool { watch.isException }

    /// Guest time behind the last delivery that no instruction called.
    var lastDelivery: UInt64? { watch.lastDelivery }
}
