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

    /// The machine has a chip of that name: states go by names.
    public struct NameTaken: Error, Equatable, CustomStringConvertible {
        /// The name.
        public let name: String

        /// What is wrong and what helps, in one line.
        public var description: String { "the machine has a device '\(name)' already: give each its own name" }
    }

    /// A machine after RESET, with zeroed RAM and no chips.
    ///
    /// - Throws: `PhysicalMemory.MapError` if there can be no RAM of that size, or if the host lacks the memory.
    public init(
        model: CPUModel = .p6, ramSize: Int = 16 << 20, clock: VirtualClock = VirtualClock(),
        ports: PortMap = PortMap(), bus: ControlBus = ControlBus()
    ) throws(PhysicalMemory.MapError) {
        memory = try PhysicalMemory(ramSize: ramSize)
        self.ports = ports
        self.bus = bus
        self.clock = clock
        cpu = CPU(model: model, memory: memory, ports: ports, bus: bus, clock: clock)
    }

    /// Everything an instruction can see or change of the CPU.
    public var state: CPUState {
        get { cpu.state }
        set { cpu.state = newValue }
    }

    /// Hears of every port cycle; nil costs nothing.
    public var ledger: (any PortLedger)? {
        get { cpu.ledger }
        set { cpu.ledger = newValue }
    }

    /// Makes a chip part of resets and snapshots; its ports are claimed separately, in `ports`.
    ///
    /// Chips that others are wired to come first: an interrupt controller before those that it serves.
    ///
    /// - Throws: `NameTaken` if there is a chip of that name, be it the same; nothing has changed then.
    public func add(_ device: some Device) throws(NameTaken) {
        guard devices[device.name] == nil else { throw NameTaken(name: device.name) }
        devices[device.name] = device
        order.append(device.name)
    }

    /// Takes a chip out of resets and snapshots; false if the machine has it not.
    ///
    /// Its ports are withdrawn separately.
    @discardableResult
    public func remove(_ device: some Device) -> Bool {
        guard let name = devices.first(where: { $0.value === device })?.key else { return false }
        devices[name] = nil
        order.removeAll { $0 == name }
        return true
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

    /// The answer to a user-tier request: what every host's loop completes it with.
    public func serve(_ request: PortRequest) -> PortResponse { ports.serve(request) }

    /// Resets CPU and chips; RAM and time stay.
    ///
    /// The chips go in the reverse order of `add`: one is reset before what it is wired to.
    public func reset() {
        for name in order.reversed() { devices[name]?.reset() }
        cpu.reset()
    }
}
