import X86Interp

/// Port 92h: A20 and RESET without the keyboard controller.
///
/// System control port A of the PS/2: a fast switch for A20 and a fast RESET. Source: IBM Personal System/2 Hardware
/// Interface Technical Reference, System Control Port A.
///
/// Registers (offset, width byte):
///
///     0  bit 0     R/W  a change from 0 to 1 pulses RESET of the processor
///        bit 1     R/W  A20: 1 lets it through
///        bits 7-2  R/W  stored: lock of the password area, watchdog, lamp of the fixed disk
///
/// Interrupts: none.
///
/// A20 is one line with one level, which the keyboard controller and INT 15h drive as well: the last one wins, and all
/// read the line itself. It is part of the bus, not of this device's state.
///
/// Not modelled: the watchdog.
public final class SystemControlPortA: Device, PortDevice {
    /// What the guest has written, but A20.
    public struct State: Codable, Equatable, Sendable {
        /// Bit 0 and bits 7 to 2.
        public var control: UInt8 = 0

        /// Power-on: all 0.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// What the guest has written.
    public var state = State()
    private let bus: ControlBus

    private static let reset: UInt8 = 0x01
    private static let a20: UInt8 = 0x02

    /// A port that drives A20 and RESET of `bus`.
    public init(bus: ControlBus, name: String = "port92") {
        self.bus = bus
        self.name = name
    }

    /// Clears the stored bits; A20 stays as it is.
    public func reset() { state = State() }

    /// The bits written, and the level of A20.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        UInt32(state.control & ~Self.a20 | (bus.a20 ? Self.a20 : 0))
    }

    /// What a read returns: it has no side effects.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        read(bank: bank, offset: offset, width: width)
    }

    /// Takes the bits, drives A20, pulses RESET.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let byte = UInt8(truncatingIfNeeded: value)
        let resets = byte & ~state.control & Self.reset != 0
        state.control = byte & ~Self.a20
        bus.setA20(byte & Self.a20 != 0)
        if resets { bus.pulseReset(.systemControl) }
    }
}
