/// A CPU with its memory, ports, lines and time, and the chips that were added to it.
public final class Machine {
    /// The physical address space.
    public let memory: PhysicalMemory
    /// The port address space.
    public let ports: PortMap
    /// INTR, NMI, RESET, A20 and the stop button.
    public let bus: ControlBus
    /// Guest time.
    public let clock: VirtualClock
    /// The processor.
    public let cpu: CPU
    /// What comes from outside of the machine: devices ask the host through it.
    public let inputs = InputLog()
    /// The chips, by name; snapshots hold their states.
    public private(set) var devices: [String: any Device] = [:]
    /// The chips' names in the order of `add`.
    private(set) var order: [String] = []

    /// Why a chip was not added; nothing has changed then.
    public enum AddError: Error, Equatable, CustomStringConvertible {
        /// The machine has a chip of that name: states go by names.
        case nameTaken(String)
        /// One of its memory regions cannot be mapped.
        case region(PhysicalMemory.MapError)

        /// What is wrong and what helps, in one line.
        public var description: String {
            switch self {
            case .nameTaken(let name): "the machine has a device '\(name)' already: give each its own name"
            case .region(let error): error.description
            }
        }
    }

    /// A machine after RESET, with zeroed RAM and no chips.
    ///
    /// - Throws: `PhysicalMemory.MapError` if there can be no RAM of that size, or if the host lacks the memory.
    public init(
        model: CPUModel = .newest, ramSize: Int = 16 << 20, clock: VirtualClock = VirtualClock(),
        ports: PortMap = PortMap(), bus: ControlBus = ControlBus(), engine: CPU.Engine = .threaded
    ) throws(PhysicalMemory.MapError) {
        memory = try PhysicalMemory(ramSize: ramSize)
        self.ports = ports
        self.bus = bus
        self.clock = clock
        cpu = CPU(model: model, memory: memory, ports: ports, bus: bus, clock: clock, engine: engine)
    }

    /// Everything an instruction can see or change of the CPU.
    public var state: CPUState {
        get { cpu.state }
        set { cpu.state = newValue }
    }

    /// Makes a chip part of resets and snapshots, and maps its `MemoryDevice.memoryRegions`; its ports are claimed
    /// separately, in `ports`.
    ///
    /// Chips that others are wired to come first: an interrupt controller before those that it serves.
    ///
    /// - Throws: `AddError` if there is a chip of that name, be it the same, or if it cannot be where it wants to be;
    ///   nothing has changed then.
    public func add(_ device: some Device) throws(AddError) {
        guard devices[device.name] == nil else { throw .nameTaken(device.name) }
        if let memoryDevice = device.asMemoryDevice {
            do {
                for region in memoryDevice.memoryRegions { try memory.claim(region, for: memoryDevice) }
            } catch {
                memory.withdraw(memoryDevice)
                throw .region(error)
            }
        }
        devices[device.name] = device
        order.append(device.name)
    }

    /// Takes a chip out of resets and snapshots, and its regions out of memory; false if the machine has it not.
    ///
    /// Its ports are withdrawn separately.
    @discardableResult
    public func remove(_ device: some Device) -> Bool {
        guard let name = devices.first(where: { $0.value === device })?.key else { return false }
        if let memoryDevice = device.asMemoryDevice { memory.withdraw(memoryDevice) }
        devices[name] = nil
        order.removeAll { $0 == name }
        return true
    }

    /// Moves the ports and the memory regions of the devices with a name to a tier (`all` is every one); false if there
    /// are none.
    @discardableResult
    public func setTier(_ tier: Tier, ofDevice name: String = "all") -> Bool {
        let hasPorts = ports.setTier(tier, ofDevice: name)
        return memory.setTier(tier, ofDevice: name) || hasPorts
    }

    /// Runs the CPU until guest time reaches `until`, which it never passes, or to one of the other exits; see `CPU.run`.
    public func run(_ entry: Entry, until: UInt64) throws(EntryError) -> Exit {
        try cpu.run(entry, until: until, limit: until)
    }

    /// Runs one instruction; see `CPU.step`.
    public func step() throws(EntryError) -> Exit { try cpu.step() }

    /// Cancels the pending user-tier request; see `CPU.cancelRequest`.
    @discardableResult
    public func cancelRequest() -> PortRequest? { cpu.cancelRequest() }

    /// Cancels the pending user-tier request at memory; see `CPU.cancelMemoryRequest`.
    @discardableResult
    public func cancelMemoryRequest() -> MemoryRequest? { cpu.cancelMemoryRequest() }

    /// The answer to a user-tier request: what every host's loop completes it with.
    public func serve(_ request: PortRequest) -> PortResponse { ports.serve(request) }

    /// The answer to a user-tier request at memory: what every host's loop completes it with.
    public func serve(_ request: MemoryRequest) -> MemoryResponse { memory.serve(request) }

    /// Resets CPU and chips; RAM and time stay.
    ///
    /// The chips go in the reverse order of `add`: one is reset before what it is wired to.
    public func reset() {
        for name in order.reversed() { devices[name]?.reset() }
        cpu.reset()
    }
}
