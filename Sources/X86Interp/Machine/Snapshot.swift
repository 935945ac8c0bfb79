/// A machine at one moment but for its RAM.
struct ChipStates: Sendable {
    var cpu: CPUState
    var devices: [String: any Sendable]
    var lines: ControlBus.Lines
    var now: UInt64
    /// What explains the moment; a snapshot does not have it.
    var notes = CPU.FaultNotes()
}

/// A whole machine at one moment, as a value: also while a user-tier request waits for its answer.
public struct Snapshot: Sendable {
    /// The processor, a pending port request included.
    public var cpu: CPUState
    /// All of RAM.
    public var ram: [UInt8]
    /// Chip states by name.
    public var devices: [String: any Sendable]
    /// Lines that wait for the CPU.
    public var lines: ControlBus.Lines
    /// Guest time.
    public var now: UInt64
}

extension ControlBus {
    /// The levels and pending edges of all lines.
    public struct Lines: Sendable, Codable, Equatable {
        /// The level of INTR.
        public var intr = false
        /// The level of A20M#.
        public var a20 = true
        /// An edge on NMI that has not been taken.
        public var nmiPending = false
        /// A RESET that has not been taken.
        public var resetPending = false
        /// A stop that has been asked for.
        public var stopPending: StopReason?
    }

    /// All lines as a value.
    ///
    /// Setting it is no edge.
    public var lines: Lines {
        get {
            Lines(
                intr: intr, a20: a20, nmiPending: nmiPending, resetPending: resetPending, stopPending: stopPending)
        }
        set {
            setINTR(newValue.intr)
            setA20(newValue.a20)
            nmiPending = newValue.nmiPending
            resetPending = newValue.resetPending
            stopPending = newValue.stopPending
            attend()
        }
    }
}

extension Machine {
    /// The machine as it is now.
    public func snapshot() -> Snapshot {
        let chips = chips()
        return Snapshot(
            cpu: chips.cpu, ram: [UInt8](memory.ramBytes), devices: chips.devices, lines: chips.lines, now: chips.now)
    }

    /// Puts a snapshot of the same composition back; chips that it does not know keep their state.
    public func restore(_ snapshot: Snapshot) {
        restore(
            ChipStates(cpu: snapshot.cpu, devices: snapshot.devices, lines: snapshot.lines, now: snapshot.now)
        ) { memory.restoreRAM(snapshot.ram) }
    }

    /// All but RAM.
    func chips() -> ChipStates {
        ChipStates(
            cpu: cpu.state, devices: devices.mapValues { Machine.state(of: $0) }, lines: bus.lines, now: clock.now,
            notes: cpu.faultNotes)
    }

    /// Puts back all but RAM, which `restoreRAM` does in between.
    ///
    /// The chips go in the order of `add`, so that what they ask of the clock is in the same order each time.
    func restore(_ chips: ChipStates, restoreRAM: () -> Void) {
        clock.restore(now: chips.now)
        restoreRAM()
        for name in order {
            if let device = devices[name] { Machine.setState(of: device, chips.devices[name]) }
        }
        bus.lines = chips.lines
        cpu.state = chips.cpu
        cpu.faultNotes = chips.notes
    }

    private static func state(of device: some Device) -> any Sendable { device.state }

    private static func setState<D: Device>(of device: D, _ state: (any Sendable)?) {
        if let state = state as? D.State { device.state = state }
    }
}
