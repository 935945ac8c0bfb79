import X86Interp

/// Port CF9h: RESET on request.
///
/// Reset control register of Intel's chip sets. Source: Intel 82371SB (PIIX3) datasheet, 290550-002, register RC.
///
/// Registers (bank, offset, width):
///
///     0, 0 byte (CF9)     bit 1      R/W  hard reset, as opposed to soft; the processor is reset by both
///                         bit 2      R/W  a change from 0 to 1 pulses RESET of the processor, which clears it
///                         others     R/W  stored
///     1, 0 wider (CF8)    PCI's configuration address, which has nobody here: reads are all ones, writes go nowhere.
///                         It is claimed so that such an access is not split into one that resets.
///
/// Interrupts: none.
public final class ResetControl: Device, PortDevice {
    /// What the guest has written.
    public struct State: Codable, Equatable, Sendable {
        /// The register.
        public var control: UInt8 = 0

        /// Power-on: all 0.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// What the guest has written.
    public var state = State()
    private let bus: ControlBus

    private static let reset: UInt8 = 0x04

    /// A register that drives RESET of `bus`.
    public init(bus: ControlBus, name: String = "portcf9") {
        self.bus = bus
        self.name = name
    }

    /// Clears the register.
    public func reset() { state = State() }

    /// The value written; all ones for the wider register.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        bank == 0 ? UInt32(state.control) : width.mask
    }

    /// What a read returns: it has no side effects.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        read(bank: bank, offset: offset, width: width)
    }

    /// Takes the bits, pulses RESET.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        guard bank == 0 else { return }
        let byte = UInt8(truncatingIfNeeded: value)
        let resets = byte & ~state.control & Self.reset != 0
        state.control = resets ? 0 : byte
        if resets { bus.pulseReset(.controlRegister) }
    }
}
