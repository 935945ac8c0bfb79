import X86Interp

/// The master and slave interrupt controllers of an AT, cascaded on IRQ 2.
///
/// The two interrupt controllers of an AT: the slave's INT output is input 2 of the master. Sources: Intel 8259A
/// datasheet; Intel 82371FB/SB datasheet for the ELCR.
///
/// Registers (bank: offsets, width byte):
///
///     0: 0-1  the master (ports 20-21): IRQ 0 to 7      see PIC8259 for both
///     1: 0-1  the slave (ports A0-A1): IRQ 8 to 15
///     2: 0-1  ELCR (ports 4D0-4D1): bit set = level-triggered; IRQ 0, 1, 2, 8 and 13 are edge-triggered for good
///
/// Interrupts: the master's INT drives the CPU's INTR. The CPU's acknowledge gets the master's vector, or, for an
/// input that the master's ICW3 calls a slave, the slave's. If the slave's request is gone by then, the slave
/// answers with its level 7 (IRQ 15) and has nothing in service, but the master has its input 2 in service and
/// needs its EOI. A slave whose ICW3 does not match leaves the bus floating: vector FF.
///
/// A PC or XT has the master alone: input 2 is free then, and the acknowledge of an input that ICW3 calls a slave leaves
/// the bus floating, too.
///
/// Not modelled: see PIC8259; an input 2 from outside (there is none on an AT).
public final class PIC8259Pair: Device, PortDevice, InterruptSink {
    /// Both chips.
    public struct State: Codable, Equatable, Sendable {
        /// IRQ 0 to 7.
        package var master = PIC8259()
        /// IRQ 8 to 15.
        package var slave = PIC8259()

        /// Power-on: neither chip is initialised.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Both chips; restoring drives INTR to its level, which is no edge anywhere.
    public var state: State {
        get { chips }
        set {
            chips = newValue
            bus.setINTR(chips.master.request(isMaster: true) != nil)
        }
    }
    private var chips = State()
    private let bus: ControlBus
    /// There is a slave.
    let hasSlave: Bool

    /// Inputs of the master that its ELCR can make level-triggered.
    private static let masterLevels: UInt8 = 0xF8
    /// Inputs of the slave that its ELCR can make level-triggered.
    private static let slaveLevels: UInt8 = 0xDE
    /// The master's input that the slave drives, and the slave's number.
    private static let cascade: UInt8 = 2

    /// A pair that drives INTR of `bus` and answers its acknowledge cycles; without a slave that of a PC or XT.
    public init(bus: ControlBus, hasSlave: Bool = true, name: String = "pic") {
        self.bus = bus
        self.hasSlave = hasSlave
        self.name = name
        bus.acknowledge = { [weak self] in self?.acknowledge() ?? 0xFF }
    }

    /// Both chips as after power-on; inputs count as low until they change.
    public func reset() { state = State() }

    /// The level of IRQ `number` changed.
    ///
    /// IRQ 2 is the slave's; it and numbers that do not exist are ignored.
    public func lineChanged(_ number: Int, level: Bool) {
        switch number {
        case 0, 1, 3...7: chips.master.setInput(UInt8(number), level)
        case 8...15 where hasSlave: chips.slave.setInput(UInt8(number - 8), level)
        case 2 where !hasSlave: chips.master.setInput(Self.cascade, level)
        default: return
        }
        update()
    }

    /// Whether an input can be wired to: all but IRQ 2, which is the slave's; without a slave IRQ 0 to 7.
    public func hasInput(_ number: Int) -> Bool {
        hasSlave ? 0...15 ~= number && number != Int(Self.cascade) : 0...7 ~= number
    }

    /// The CPU's interrupt acknowledge: the vector, and its level goes in service.
    public func acknowledge() -> UInt8 {
        defer { update() }
        let level = chips.master.acknowledge(isMaster: true)
        guard let level, chips.master.cascades(level), level == Self.cascade || !hasSlave else {
            return chips.master.vector(of: level)
        }
        guard hasSlave, chips.slave.answers(to: Self.cascade) else { return 0xFF }
        let slaveLevel = chips.slave.acknowledge(isMaster: false)
        dropCascade()
        return chips.slave.vector(of: slaveLevel)
    }

    /// An acknowledge makes the slave's INT fall, so that a further request is an edge for the master.
    private func dropCascade() { chips.master.setInput(Self.cascade, false) }

    /// After each change: the slave's INT to the master's input, the master's INT to the CPU.
    private func update() {
        if hasSlave { chips.master.setInput(Self.cascade, chips.slave.request(isMaster: false) != nil) }
        let level = chips.master.request(isMaster: true) != nil
        if level != bus.intr { bus.setINTR(level) }
    }

    /// A register of either chip, or the ELCR.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        defer { update() }
        switch bank {
        case 0: return UInt32(chips.master.read(a0: offset & 1 != 0, isMaster: true))
        case 1:
            if chips.slave.polls, hasSlave { dropCascade() }
            return UInt32(chips.slave.read(a0: offset & 1 != 0, isMaster: false))
        default: return UInt32(offset & 1 == 0 ? chips.master.elcr : chips.slave.elcr)
        }
    }

    /// What a read returns, without the acknowledge of a poll.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        var copy = chips
        switch bank {
        case 0: return UInt32(copy.master.read(a0: offset & 1 != 0, isMaster: true))
        case 1: return UInt32(copy.slave.read(a0: offset & 1 != 0, isMaster: false))
        default: return UInt32(offset & 1 == 0 ? copy.master.elcr : copy.slave.elcr)
        }
    }

    /// A command word to either chip, or the ELCR.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        switch bank {
        case 0: chips.master.write(a0: offset & 1 != 0, byte)
        case 1: chips.slave.write(a0: offset & 1 != 0, byte)
        default:
            if offset & 1 == 0 {
                chips.master.elcr = byte & Self.masterLevels
            } else {
                chips.slave.elcr = byte & Self.slaveLevels
            }
        }
        update()
    }
}
