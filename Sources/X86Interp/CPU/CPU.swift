/// One x86 processor: a state, and the means to run it.
///
///     let cpu = try CPU(model: .p6, memory: PhysicalMemory(ramSize: 1 << 20), ports: PortMap())
///     cpu.state.eip = 0x7C00
///     let exit = try cpu.run(.resume, until: 1_000_000)
public struct CPU: ~Copyable {
    /// Which processor this is.
    public let model: CPUModel
    /// The physical address space.
    public let memory: PhysicalMemory
    /// The port address space.
    public let ports: PortMap
    /// INTR, NMI, RESET, A20 and the stop button.
    public let bus: ControlBus
    /// Guest time.
    public let clock: VirtualClock
    let core: UnsafeMutablePointer<CPUState>

    /// A processor after RESET.
    public init(
        model: CPUModel = .p6, memory: PhysicalMemory, ports: PortMap = PortMap(), bus: ControlBus = ControlBus(),
        clock: VirtualClock = VirtualClock()
    ) {
        self.model = model
        self.memory = memory
        self.ports = ports
        self.bus = bus
        self.clock = clock
        core = .allocate(capacity: 1)
        core.initialize(to: CPUState())
    }

    /// Everything that an instruction can see or change. Setting it also drops cached translations.
    public var state: CPUState {
        get { core.pointee }
        nonmutating set { core.pointee = newValue }
    }

    /// Back to the state after RESET; memory, chips and time stay.
    public func reset() {}

    /// Runs until `state.instructions` reaches `until`, or one of the other exits.
    ///
    /// - Throws: `EntryError` if the entry does not fit the state; nothing has changed then.
    public func run(_ entry: Entry, until: UInt64) throws(EntryError) -> Exit { .halted }
}
