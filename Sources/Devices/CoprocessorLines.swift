import X86Interp

/// How a PC makes an interrupt of an error of the x87, and how its handler says that it has begun.
///
/// The flip-flops around FERR# and IGNNE#, or around ERROR# and BUSY# of an 80287 or 80387. Sources: Intel 82371SB
/// (PIIX3) datasheet, 290550-002, coprocessor error register; Intel SDM volume 1, appendix D.2.1; IBM PC AT technical
/// reference, coprocessor controls.
///
/// Registers (offset, width byte):
///
///     0 (F0)  write  clears the interrupt request, any value; while FERR# is asserted it also asserts IGNNE#
///     1 (F1)  write  resets an 80287: ignored
///     0, 1    read   nobody drives the bus: FF
///
/// Interrupts: FERR# becoming active sets the request, IRQ 13 of a PC, which stays until port F0 is written. IGNNE# is
/// asserted until FERR# becomes inactive. In between the handler can run instructions of the x87 that wait.
///
/// With an 80286 or 80386 the request is also the latch that holds BUSY#, and clearing it lets BUSY# go: for the
/// processor that is what IGNNE# is to an i486, see `ControlBus.ignoresCoprocessorError`.
///
/// Decided: reset of the board clears the request and IGNNE#; a second error while FERR# is active is no new request.
///
/// Not modelled: the reset of the coprocessor by port F1, behind which software has FNINIT; the 8087, whose interrupt
/// is NMI on a PC and XT (see NMIMask).
public final class CoprocessorLines: Device, PortDevice {
    /// The flip-flops and the level of FERR#.
    public struct State: Codable, Equatable, Sendable {
        /// The level of FERR# as the processor last drove it.
        public internal(set) var isErrorAsserted = false
        /// The interrupt request.
        public internal(set) var isRequested = false

        /// Power-on: no error.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The flip-flops; restoring is no edge of the interrupt line.
    public var state: State {
        get { flipFlops }
        set {
            flipFlops = newValue
            irq.restore(flipFlops.isRequested)
        }
    }
    private var flipFlops = State()
    private let bus: ControlBus
    private let irq: IRQLine

    /// Flip-flops between the processor of `bus` and an interrupt line.
    public init(bus: ControlBus, irq: IRQLine, name: String = "npx") {
        self.bus = bus
        self.irq = irq
        self.name = name
        bus.coprocessorError = { [weak self] in self?.errorChanged($0) }
    }

    /// No request, IGNNE# inactive.
    public func reset() {
        state = State()
        bus.setIGNNE(false)
    }

    /// The processor drives FERR#.
    private func errorChanged(_ level: Bool) {
        guard level != flipFlops.isErrorAsserted else { return }
        flipFlops.isErrorAsserted = level
        if level {
            flipFlops.isRequested = true
            irq.set(true)
        } else {
            bus.setIGNNE(false)
        }
    }

    /// Nobody answers.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0xFF }

    /// Nobody answers.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0xFF }

    /// The handler has begun.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        guard offset == 0 else { return }
        flipFlops.isRequested = false
        irq.set(false)
        if flipFlops.isErrorAsserted { bus.setIGNNE(true) }
    }
}
