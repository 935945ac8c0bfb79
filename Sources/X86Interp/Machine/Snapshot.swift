extension PhysicalMemory {
    /// Whether these are the blocks of RAM besides that from 0 on.
    func check(_ kinds: [RAMBlockKind]) throws(RestoreError) {
        let own = addedBlocks
        guard kinds != own else { return }
        func texts(_ kinds: [RAMBlockKind]) -> [String] {
            kinds.map { "\($0.name) of \($0.pages.multipliedReportingOverflow(by: 4096).partialValue) bytes" }
        }
        throw .ramBlocks(snapshot: texts(kinds), machine: texts(own))
    }
}

/// A machine at one moment but for its RAM, to be put back into the same machine.
struct ChipStates {
    var cpu: CPUState
    var devices: [String: any Sendable]
    var lines: ControlBus.Lines
    var now: UInt64
    var requests: [VirtualClock.Request]
    /// What explains the moment; a snapshot does not have it.
    var notes = CPU.FaultNotes()
}

/// A whole machine at one moment, as a value: also while a user-tier request waits for its answer.
///
/// It can be put back into its own machine and into any other of the same composition: processor, size of RAM, clock,
/// names and kinds of devices. It has no ROM and none of the port map. Snapshots share pages of RAM; `encoded()` makes
/// bytes of one, for a file or another process.
public struct Snapshot: Sendable {
    /// The processor, a pending port request included.
    public var cpu: CPUState
    /// All of RAM: from 0 on by physical address, and behind that the blocks that were added.
    public var ram: RAMImage
    /// Chip states by name.
    public var devices: [String: any Sendable]
    /// Lines that wait for the CPU.
    public var lines: ControlBus.Lines
    /// Guest time.
    public var now: UInt64
    /// What the clock was asked for.
    let requests: ClockRequests
    /// Which processor it is.
    let model: CPUModel
    /// The size of RAM from 0 on, and the blocks besides it.
    let ramSize: Int
    let blocks: [RAMBlockKind]
}

extension Snapshot {
    /// What a processor is called where two may differ in no more than defects or coprocessor.
    static func text(of model: CPUModel) -> String {
        text(processor: model.name, errata: model.errata.rawValue, x87: model.x87)
    }

    /// The same by what a file says.
    static func text(processor: String, errata: UInt8, x87: X87Model) -> String {
        var parts = errata == 0 ? [] : ["errata"]
        if CPUModel.named(processor)?.x87 != x87 {
            switch x87 {
            case .none: parts.append("no x87")
            case .i8087: parts.append("an 8087")
            case .i80287: parts.append("an 80287")
            case .i80387: parts.append("an 80387")
            case .integrated: parts.append("an x87 of its own")
            }
        }
        return parts.isEmpty ? processor : processor + " with " + parts.joined(separator: " and ")
    }
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
        /// The level of IGNNE#.
        public var ignne = false
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
                intr: intr, a20: a20, nmiPending: nmiPending, ignne: ignoresCoprocessorError,
                resetPending: resetPending, stopPending: stopPending)
        }
        set {
            setINTR(newValue.intr)
            setA20(newValue.a20)
            nmiPending = newValue.nmiPending
            setIGNNE(newValue.ignne)
            resetPending = newValue.resetPending
            stopPending = newValue.stopPending
            attend()
        }
    }
}

extension Machine {
    /// The machine as it is now.
    ///
    /// Pages of RAM that were not written since the last one are shared with it and not copied.
    public func snapshot() -> Snapshot {
        let isRunning = cpu.core.pointee.isRunning
        // Going on from here is going on from there: with no translation cached.
        if !isRunning { cpu.flushTranslations() }
        let chips = chips()
        return Snapshot(
            cpu: chips.cpu, ram: memory.image(isRunning: isRunning), devices: chips.devices, lines: chips.lines,
            now: chips.now, requests: ClockRequests(self), model: cpu.model,
            ramSize: memory.ramSize, blocks: memory.addedBlocks)
    }

    /// Puts a snapshot back.
    ///
    /// What the clock was asked for is put back too, so that devices need not ask again.
    ///
    /// - Throws: `RestoreError` if the snapshot is of another composition, naming what differs; nothing has changed
    ///   then.
    public func restore(_ snapshot: Snapshot) throws(RestoreError) {
        guard !cpu.core.pointee.isRunning else { throw .running }
        guard snapshot.model == cpu.model else {
            throw .processor(snapshot: Snapshot.text(of: snapshot.model), machine: Snapshot.text(of: cpu.model))
        }
        try checkDevices(snapshot.devices)
        guard snapshot.ramSize == memory.ramSize else {
            throw .ramSize(snapshot: snapshot.ramSize, machine: memory.ramSize)
        }
        try memory.check(snapshot.blocks)
        let requests = try snapshot.requests.requests(of: self)
        // The first that can fail, and that changes anything.
        try memory.restore(snapshot.ram)
        restore(
            ChipStates(
                cpu: snapshot.cpu, devices: snapshot.devices, lines: snapshot.lines, now: snapshot.now,
                requests: requests)
        ) {}
    }

    /// Whether states of these names are those of this machine's devices.
    func checkNames(_ names: some Collection<String>) throws(RestoreError) {
        let others = names.filter { devices[$0] == nil }.sorted()
        let missing = order.filter { !names.contains($0) }
        guard others.isEmpty, missing.isEmpty, names.count == order.count else {
            throw .devices(snapshotOnly: others, machineOnly: missing)
        }
    }

    /// Whether states are of this machine's devices.
    private func checkDevices(_ states: [String: any Sendable]) throws(RestoreError) {
        try checkNames(states.keys)
        for name in order {
            guard let device = devices[name], let state = states[name] else { continue }
            try Machine.check(state, of: device)
        }
    }

    private static func check<D: Device>(_ state: any Sendable, of device: D) throws(RestoreError) {
        guard state is D.State else {
            throw .kind(
                device: device.name, snapshot: String(reflecting: type(of: state)),
                machine: String(reflecting: D.State.self))
        }
    }

    /// All but RAM.
    func chips() -> ChipStates {
        ChipStates(
            cpu: cpu.state, devices: devices.mapValues { Machine.state(of: $0) }, lines: bus.lines, now: clock.now,
            requests: clock.requests, notes: cpu.faultNotes)
    }

    /// Puts back all but RAM, which `restoreRAM` does in between; chips that the states lack keep theirs.
    ///
    /// The chips go in the order of `add`. What they ask of the clock meanwhile does not count.
    func restore(_ chips: ChipStates, restoreRAM: () -> Void) {
        clock.restore(now: chips.now)
        restoreRAM()
        for name in order {
            if let device = devices[name] { Machine.setState(of: device, chips.devices[name]) }
        }
        clock.restore(chips.requests)
        bus.lines = chips.lines
        cpu.put(chips.cpu)
        // Even at the same time and place: what is to happen there has not been told of.
        cpu.watch.forgetMoment()
        cpu.faultNotes = chips.notes
    }

    private static func state(of device: some Device) -> any Sendable { device.state }

    private static func setState<D: Device>(of device: D, _ state: (any Sendable)?) {
        if let state = state as? D.State { device.state = state }
    }
}
