import X86Interp

/// The debug-exit port: a write ends the run with the value as the guest's exit code.
///
/// Debug exit: a write ends the run, as QEMU's isa-debug-exit does.
///
/// Registers (any offset, width byte, word or dword):
///
///     write  the guest's exit code; the run stops before the next instruction
///     read   0
///
/// Interrupts: none.
///
/// Not modelled: nothing. What the code means to the host's shell is `ExitMap`.
public final class DebugExit: Device, PortDevice {
    /// What the guest has reported.
    public struct State: Codable, Equatable, Sendable {
        /// The last code, or nil if the guest has not ended.
        public var code: UInt32?

        /// Power-on: nothing reported.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The code reported.
    public var state = State()
    private let bus: ControlBus

    /// A port that presses the stop button of `bus`.
    public init(bus: ControlBus, name: String = "debugexit") {
        self.bus = bus
        self.name = name
    }

    /// Forgets the code.
    public func reset() { state = State() }

    /// 0, as on QEMU.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { 0 }

    /// The same 0.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { 0 }

    /// Ends the run with the value as exit code.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        state.code = value
        bus.stop(.guestExit(code: value))
    }
}

/// How the guest's exit code becomes the exit status of the process.
package enum ExitMap: String, Sendable, Codable, CaseIterable {
    /// 0 is success and stays 0; n from 1 to 60 is 64 + n.
    case raw
    /// What QEMU's process returns, twice the code plus one, where that means nothing else; never 0.
    case qemu

    /// The status of every code that has none of its own; 126 and above are the shells', for signals and such.
    package static let other: UInt8 = 125
    /// The program's own statuses among QEMU's, which are odd: usage, a fault, a timeout, a failed device.
    private static let reserved: [UInt32] = [1, 11, 13, 15]

    /// The exit status for a code: its own, which nothing else has, or `other`.
    package func status(for code: UInt32) -> UInt8 {
        guard code < 62 else { return Self.other }
        switch self {
        case .raw: return code == 0 ? 0 : code > 60 ? Self.other : UInt8(64 + code)
        case .qemu: return Self.reserved.contains(2 * code + 1) ? Self.other : UInt8(2 * code + 1)
        }
    }
}
