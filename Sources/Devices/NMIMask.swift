import X86Interp

/// Port A0h of a PC or XT: the gate before NMI, and the coprocessor's way to it.
///
/// NMI mask register. Source: IBM PC/XT Technical Reference (1502237), system board, NMI; coprocessor.
///
/// Registers (offset, width byte):
///
///     0  bit 7  W  1 lets NMI through;  reads float
///
/// Interrupts: an 8087's INT becoming active is NMI if the gate is open then, or when it is opened.
///
/// Decided: power-on is as a BIOS leaves it where there is no coprocessor: closed.
///
/// Not modelled: parity and channel checks, which never happen.
public final class NMIMask: Device, PortDevice {
    /// The gate.
    public struct State: Codable, Equatable, Sendable {
        /// NMI gets through.
        public internal(set) var isOpen = false
        /// The level of the coprocessor's INT.
        public internal(set) var isErrorAsserted = false

        /// Power-on: closed.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The gate; restoring is no edge.
    public var state = State()
    private let bus: ControlBus

    /// A gate before NMI of `bus`.
    public init(bus: ControlBus, name: String = "nmi") {
        self.bus = bus
        self.name = name
        bus.coprocessorError = { [weak self] in self?.errorChanged($0) }
    }

    /// Closed.
    public func reset() { state = State() }

    private func errorChanged(_ level: Bool) {
        guard level != state.isErrorAsserted else { return }
        state.isErrorAsserted = level
        if level, state.isOpen { bus.raiseNMI() }
    }

    /// Nobody answers.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0xFF }

    /// Nobody answers.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0xFF }

    /// Opens or closes the gate; an error that waits behind it is an edge then.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let isOpen = value & 0x80 != 0
        let opens = isOpen && !state.isOpen
        state.isOpen = isOpen
        if opens, state.isErrorAsserted { bus.raiseNMI() }
    }
}
