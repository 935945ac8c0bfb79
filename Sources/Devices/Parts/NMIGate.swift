import X86Interp

/// What stands between a PC's sources of NMI and the processor: bit 7 of port 70.
///
/// Chips that raise NMI do it here: parity and channel checks of port 61, which never happen on our boards. What a host
/// or a debugger raises goes to the bus itself and past the gate. A pulse that comes while the gate is closed is lost.
package final class NMIGate {
    /// Whether the gate is closed; whoever has the bit says so.
    package var isMasked: () -> Bool = { false }
    private let bus: ControlBus

    /// An open gate before NMI of a bus.
    package init(bus: ControlBus) { self.bus = bus }

    /// An edge for the processor, unless the gate is closed.
    package func raise() {
        if !isMasked() { bus.raiseNMI() }
    }
}
