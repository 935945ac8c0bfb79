import X86Interp

// Debug exit: a write ends the run, as QEMU's isa-debug-exit does.
//
// Registers (any offset, width byte, word or dword):
//   write  the guest's exit code; the run stops before the next instruction
//   read   0
// Interrupts: none.
// Not modelled: nothing. What the code means to the host's shell is `ExitMap`.

/// The debug-exit port: a write ends the run with the value as the guest's exit code.
public final class DebugExit: Device {
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
public enum ExitMap: String, Sendable, Codable, CaseIterable {
    /// 0 is success and stays 0; n is 64 + n, at most 255, so that no failure looks like success.
    case raw
    /// What QEMU's process returns: twice the code plus one, cut to a byte; never 0.
    case qemu

    /// The exit status for a code.
    public func status(for code: UInt32) -> UInt8 {
        switch self {
        case .raw: code == 0 ? 0 : UInt8(64 + min(code, 191))
        case .qemu: UInt8(truncatingIfNeeded: code &<< 1 | 1)
        }
    }
}
