/// One x86 processor: a state, and the means to run it.
///
///     let cpu = CPU(model: .newest, memory: try PhysicalMemory(ramSize: 1 << 20))
///     cpu.state.eip = 0x7C00
///     let exit = try cpu.run(.resume, until: 1_000_000)
///
/// Memory, bus and clock serve one CPU at a time: they tell it of overwritten code, changed maps, lines and alarms. A
/// second one on any of them is refused by `run` until the first has gone.
public struct CPU: ~Copyable {
    /// What to do with an exception that is about to be delivered.
    public enum FaultPolicy: Sendable {
        /// Deliver it to the guest.
        case deliver
        /// Return `.stopped(.fault)` with the state as of the fault.
        case stop
    }

    /// How instructions are executed; each way comes to the same.
    public enum Engine: String, Sendable, CaseIterable {
        /// By chains of handlers, and by the bodies of instructions where these do not do.
        case threaded
        /// The same in blocks of one instruction, so that whoever runs instructions one by one runs their handlers too.
        case stepping
        /// By the bodies alone, through the complete switch: slower, and what the others are compared with.
        case reference
        /// The same, with the ops counted by form: see `opCounts`.
        case counting
    }

    /// Which processor this is.
    public let model: CPUModel
    /// How it executes instructions.
    public let engine: Engine
    /// The physical address space.
    public let memory: PhysicalMemory
    /// The port address space.
    public let ports: PortMap
    /// INTR, NMI, RESET, A20 and the stop button.
    public let bus: ControlBus
    /// Guest time.
    public let clock: VirtualClock
    /// What the host has set up that is no state of the processor.
    let options: Options
    /// What debug registers and observers watch.
    let watch = Watch()
    /// What the instruction at hand has had, if it may have to be run again.
    let journal = Journal()
    let core: UnsafeMutablePointer<Core>
    let blocks: UnsafeMutablePointer<BlockCache>
    let parser: InstructionParser
    /// The clock's present tick.
    let present: UnsafeMutablePointer<UInt64>
    /// A block of one instruction that is not cached: it crosses a page or runs from a device window.
    let scratch: UnsafeMutablePointer<Block>

    /// Makes a CPU a value that lives in memory: what is called through a pointer to it would else get a copy of it all.
    private let anchor = Anchor()

    private struct Anchor { weak var nothing: AnyObject? }

    /// Settings behind a reference, so that the host can change them between runs.
    final class Options {
        var faultPolicy: FaultPolicy = .deliver
        var unmappedPolicy: UnmappedPortPolicy = .float
        var unmappedMemoryPolicy: UnmappedMemoryPolicy = .float
        var shutdownPolicy: ShutdownPolicy = .stop
        /// Why the exceptions of the last failed delivery were raised.
        var faultChain: [FaultReport] = []
        /// What happens to interrupts that nobody handles, and the first one.
        var unhandledPolicy: UnhandledPolicy = .deliver
        var firstUnhandled: UnhandledInterrupt?
        /// The first instruction that was meant for a coprocessor.
        var coprocessorUse: InstructionPlace?
        /// Who reads ports that nobody claims.
        let floatingReads = FloatingReads()
        /// How much of guest time has passed halted.
        var idleTime: UInt64 = 0
        /// When the CPU last began to let time pass halted, and when it last ended; no end before it has.
        var idleStart: UInt64 = 0
        var idleEnd = UInt64.max
        /// The limit of the present `run`, and that of its deliveries.
        var until: UInt64 = 0
        var limit: UInt64 = 0
        /// Memory, bus and clock tell this CPU of changes.
        var isConnected = false
        /// Blocks decoded, handlers entered and the like: each takes as long as dozens of instructions.
        var detours: UInt64 = 0
        /// The bytes of the instruction that was decoded for one time last: a device may show others by now.
        var scratchCode: [UInt8] = []
        /// What an op in a chain was interrupted by.
        var interruption: Interruption?
    }

    /// A processor after RESET.
    public init(
        model: CPUModel = .newest, memory: PhysicalMemory, ports: PortMap = PortMap(), bus: ControlBus = ControlBus(),
        clock: VirtualClock = VirtualClock(), engine: Engine = .threaded
    ) {
        self.model = model
        self.engine = engine
        self.memory = memory
        self.ports = ports
        self.bus = bus
        self.clock = clock
        present = clock.present
        options = Options()
        parser = InstructionParser(
            model, usesFastForms: engine != .reference, makesChains: engine == .threaded || engine == .stepping)
        blocks = .allocate(capacity: 1)
        blocks.initialize(to: BlockCache(pages: memory.pageCount))
        let one = OpPointer.allocate(capacity: 2)
        one.initialize(repeating: parser.lower(ParsedInstruction(), start: 0), count: 2)
        one.pointee.toEnd = 1
        scratch = .allocate(capacity: 1)
        scratch.initialize(
            to: Block(
                key: .none, byteLength: 0, count: 1, ops: one, firstHandler: one.pointee.handler, formerKey: .none,
                chunks: 0, nextInPage: nil))
        let system = TranslationCache(page: memory.ram)
        core = .allocate(capacity: 1)
        core.initialize(
            to: Core(
                current: one, start: one, end: one, readTLB: system.read, writeTLB: system.write,
                systemReadTLB: system.read, systemWriteTLB: system.write, system: system,
                ring3: TranslationCache(page: memory.ram), pool: blocks.pointee.pool,
                blockTable: blocks.pointee.table, leave: Handlers.leave, general: Handlers.general,
                unlinked: Handlers.unlinked))
        if engine == .counting {
            let counts = UnsafeMutablePointer<UInt64>.allocate(capacity: OpForm.indices)
            counts.initialize(repeating: 0, count: OpForm.indices)
            core.pointee.opCounts = counts
        }
        if sharedPart == nil { connect() }
        reset()
    }

    deinit {
        if options.isConnected {
            blocks.pointee.flush(codeMap: memory.codeMap)
            memory.codeChanged = nil
            memory.mapChanged = nil
            memory.pagesAdded = nil
            memory.writesTaken = nil
            memory.tiersChanged = nil
            bus.attention = nil
            bus.a20Changed = nil
            clock.attention = nil
        }
        core.pointee.system.deallocate()
        core.pointee.ring3.deallocate()
        core.pointee.opCounts?.deallocate()
        core.deinitialize(count: 1)
        core.deallocate()
        blocks.deinitialize(count: 1)
        blocks.deallocate()
        scratch.pointee.ops.deallocate()
        scratch.deallocate()
    }

    /// What another CPU is connected to that this one needs.
    private var sharedPart: EntryError.SharedPart? {
        if memory.codeChanged != nil { return .memory }
        if bus.attention != nil { return .bus }
        return clock.attention != nil ? .clock : nil
    }

    /// Connects a CPU that was refused before, if what it needs is free now.
    @inline(never)
    func connectLate() throws(EntryError) {
        if let sharedPart { throw .shared(sharedPart) }
        connect()
        // Nobody has told it of anything.
        blocks.pointee.flush(codeMap: memory.codeMap)
        memory.forgetWriteCached()
        stateChanged()
    }

    /// Lets memory, bus and clock reach what they must invalidate; `deinit` takes it back.
    private func connect() {
        options.isConnected = true
        let core = core
        let blocks = blocks
        let memory = Unmanaged.passUnretained(memory)
        let model = model
        blocks.pointee.makeRoom(pages: self.memory.tables.pointee.count)
        self.memory.pagesAdded = { blocks.pointee.makeRoom(pages: $0) }
        self.memory.codeChanged = { page, chunks in
            let codeMap = memory.takeUnretainedValue().codeMap
            blocks.pointee.invalidate(page: page, chunks: chunks, codeMap: codeMap)
            core.pointee.endBlock()
        }
        let flush = { (bus: ControlBus) in
            core.pointee.flushTranslations()
            core.pointee.physicalMask = Self.physicalMask(model, a20: bus.a20)
            memory.takeUnretainedValue().forgetWriteCached()
        }
        self.memory.mapChanged = { [unowned bus] in
            flush(bus)
            // Running blocks stay readable until the run loop attends and flushes.
            blocks.pointee.isStale = true
            core.pointee.requestAttention()
            core.pointee.endBlock()
        }
        self.memory.writesTaken = {
            core.pointee.system.protectAll()
            core.pointee.ring3.protectAll()
        }
        self.memory.tiersChanged = {
            core.pointee.requestAttention()
            core.pointee.endBlock()
        }
        bus.a20Changed = { [unowned bus] in
            flush(bus)
            core.pointee.endBlock()
        }
        bus.attention = deadlinePlace
        clock.attention = bus.attention
    }

    private static func physicalMask(_ model: CPUModel, a20: Bool) -> UInt64 {
        let bits = (UInt64(1) << UInt64(model.addressBits)) - 1
        return a20 ? bits : bits & ~(1 << 20)
    }

    /// Everything that an instruction can see or change.
    ///
    /// Setting it also drops cached translations.
    ///
    /// A device or observer may read and set it while the guest runs. EIP and instruction count are those of the
    /// instruction at hand, whose access is going on or which is about to begin. What is set holds at once:
    /// - Where CS:EIP is left alone, the instruction goes on, and writes its own results over what was set: the register
    ///   of IN, count and index of a string instruction. Then comes what lies behind it.
    /// - Where CS:EIP is moved, the instruction is abandoned: nothing more of it happens, and the CPU goes on at the new
    ///   place, as behind a jump. It counts as one instruction if it had begun, as it has within an access.
    /// - Where `instructions` is moved on, that much guest time has passed; clock events and the limit of `run` are looked
    ///   at behind the instruction.
    ///
    /// Between two runs it is the same: where CS:EIP is moved away from an instruction that waits for the answer to a
    /// port request or that stands between two iterations, that instruction is abandoned, and its request is cancelled.
    public var state: CPUState {
        get {
            var state = core.pointee.state
            guard core.pointee.isRunning else { return state }
            state.eflags = eflags
            state.eip = core.pointee.move?.eip ?? instructionEIP
            state.instructions = now
            state.portProgress.place = state.isUnderWay ? state.place : nil
            return state
        }
        nonmutating set {
            let wasAsserted = isCoprocessorErrorAsserted
            put(newValue)
            if isCoprocessorErrorAsserted != wasAsserted { driveCoprocessorError() }
        }
    }

    /// Sets the state without a word to the bus: of a snapshot, whose devices know the level of FERR#.
    func put(_ newValue: CPUState) {
        if core.pointee.isJournaling { journal.keep(from: state, to: newValue) }
        let (place, time) = (runningPlace, position)
        let behind = core.pointee.move?.behind ?? core.pointee.state.eip
        core.pointee.state = newValue
        stateChanged()
        watch.lastBoundaryDelivery = nil
        if newValue.place != place || newValue.instructions != time { watch.forgetMoment() }
        if core.pointee.isRunning { goOn(from: place, behind: behind) }
    }

    /// Guest time between runs: `state.instructions` without the rest of the state.
    public var position: UInt64 { core.pointee.isRunning ? now : core.pointee.state.instructions }

    /// Since when the CPU has been idle, if it has been since it was last put somewhere.
    var idleStart: UInt64? {
        isIdle && options.idleEnd == core.pointee.state.instructions ? options.idleStart : nil
    }

    /// Called when the CPU is put somewhere else in time.
    func forgetIdle() { options.idleEnd = .max }

    /// Shut down by a triple fault or by exceptions without end.
    var isShutDown: Bool { !core.pointee.state.shutdown.isEmpty }

    /// Halted by HLT or by the x87, or time is to pass before the next instruction.
    var isIdle: Bool { core.pointee.state.halted || core.pointee.state.awaitsCoprocessor || isSleeping }

    /// Time is to pass before the next instruction: see `letTimePass`.
    var isSleeping: Bool { core.pointee.state.sleepsUntil > core.pointee.state.instructions }

    /// The stack pointer's bits under SS.B.
    var stackMask: UInt32 { core.pointee.stackMask }

    /// Drops all cached translations, which no guest that keeps to the rules notices.
    func flushTranslations() { core.pointee.flushTranslations() }

    /// What happens to exceptions; `.deliver` unless set.
    public var faultPolicy: FaultPolicy {
        get { options.faultPolicy }
        nonmutating set { options.faultPolicy = newValue }
    }

    /// What happens at ports that nobody claims; `.float` unless set.
    public var unmappedPolicy: UnmappedPortPolicy {
        get { options.unmappedPolicy }
        nonmutating set { options.unmappedPolicy = newValue }
    }

    /// What happens at physical addresses at which nothing is; `.float` unless set.
    public var unmappedMemoryPolicy: UnmappedMemoryPolicy {
        get { options.unmappedMemoryPolicy }
        nonmutating set {
            options.unmappedMemoryPolicy = newValue
            memory.mapChanged?()
            core.pointee.requestAttention()
        }
    }

    /// What a triple fault does; `.stop` unless set.
    public var shutdownPolicy: ShutdownPolicy {
        get { options.shutdownPolicy }
        nonmutating set { options.shutdownPolicy = newValue }
    }

    /// The first coprocessor instruction that did nothing, since there is no coprocessor and CR0.EM is 0; or nil.
    public var coprocessorUse: InstructionPlace? { options.coprocessorUse }

    /// Which instructions have read ports that nobody claims, the most frequent first; not all of the rare ones.
    public var floatingReads: [FloatingRead] { options.floatingReads.all }

    /// How much of guest time has passed while the processor was halted.
    public var idleTime: UInt64 { options.idleTime }

    /// Back to the state after RESET (SDM volume 3, table 9-1); memory, chips and time stay.
    ///
    /// A pending request is cancelled. Chips pulse the line instead: see `ControlBus.pulseReset`.
    public func reset() {
        var state = CPUState()
        state.instructions = position
        state.tscOffset = 0 &- state.instructions
        state.eflags = model.fixedFlags
        if model.generation < .i80286 {
            state.segments.cs = Segment(realMode: 0xFFFF)
        } else {
            state.segments.cs = Segment(realMode: 0xF000)
            state.segments.cs.base = model.is32Bit ? 0xFFFF_0000 : 0xFF_0000
            state.eip = 0xFFF0
        }
        state.idtr.limit = 0x3FF
        state.cr0 = model.generation >= .i486 ? 0x6000_0010 : model.generation == .i80386 ? 0x10 : 0
        state.gpr.edx = model.signature
        state.x87.reset(model.x87)
        self.state = state
    }

    /// Recomputes what is derived from the state, after any change from outside an instruction.
    func stateChanged() {
        core.pointee.flags = LazyFlags(core.pointee.state.eflags)
        core.pointee.state.gpr.zero = 0
        core.pointee.state.cpl &= 3
        core.pointee.state.clearUndefinedBits(on: model)
        // Virtual-8086 mode is ring 3, whatever a restored state says.
        let isVirtual = core.pointee.state.eflags.contains(.virtual8086)
        if isVirtual, core.pointee.state.cr0 & ControlBits.protection != 0 { core.pointee.state.cpl = 3 }
        core.pointee.flushTranslations()
        core.pointee.physicalMask = Self.physicalMask(model, a20: bus.a20)
        refreshSegments()
        refreshWatch()
        core.pointee.requestAttention()
    }
}

/// What a triple fault does.
public enum ShutdownPolicy: String, Sendable, CaseIterable {
    /// The run ends, as the processor stands still until RESET.
    case stop
    /// The processor is reset, as a PC's chip set does.
    case reset
}

/// What an access to a port that nobody claims does.
public enum UnmappedPortPolicy: String, Sendable, CaseIterable {
    /// Reads all ones; writes are ignored.
    case float
    /// Returns `.stopped(.unmappedPort)` before the access.
    case stop
}

/// The only error that instruction bodies throw.
enum Interruption: Error {
    /// An exception of the instruction.
    case fault(Fault)
    /// A user-tier request is pending.
    case awaitingHost
    /// The instruction meets what may ask the host for memory: it is run anew, under the journal.
    case journal
    /// A repeated instruction pauses between iterations.
    case pause
    /// The run ends before this instruction.
    case stop(StopReason)
    /// INT n and its kin: the instruction is over, the handler comes next.
    case software(UInt8, SoftwareInterrupt)
    /// A device or an observer has moved CS:EIP: nothing more of the instruction happens.
    case moved
}
