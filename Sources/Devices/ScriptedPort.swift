import X86Interp

/// A port without a chip: its answers come from a script such as `seq:08,00`, writes to it are recorded.
///
/// What scripts there are, and how they are written, is `Script`'s to say.
///
/// Scripted port: a port that answers by a one-line script, for guests that poll a device which is not there.
///
/// Registers (offset, the script's width):
///
///     0  read   the script's next value
///     0  write  recorded
///
/// Interrupts: none.
///
/// Not modelled: everything behind the port.
public final class ScriptedPort: PortOnlyDevice {
    /// How far the script has come, and what the guest wrote.
    public struct State: Codable, Equatable, Sendable {
        /// Number of the value that the next read returns.
        public var next: UInt32 = 0
        /// The last value written; 0 before the first.
        public var written: UInt32 = 0
        /// The first values written, at most `recordSize`.
        public var record: [UInt32] = []
        /// How many values were written; wraps.
        public var writes: UInt64 = 0

        /// Power-on: the script's start, nothing written.
        public init() {}
    }

    /// How many writes are recorded.
    public static let recordSize = 256

    /// The name in `--tier` and the ledger.
    public let name: String
    /// How far the script has come, and what was written.
    public var state = State()
    /// What the port answers.
    public private(set) var script: Script

    /// A port that answers by `script`; named after its address, such as `port3da`.
    public init(_ script: Script, name: String) {
        self.script = script
        self.name = name
    }

    /// Starts the script over.
    public func reset() { state = State() }

    /// Answers by another script, from its start; what the guest wrote is forgotten.
    public func follow(_ script: Script) {
        self.script = script
        reset()
    }

    /// The script's next value.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        let value = script.value(state) & width.mask
        state.next = script.successor(of: state.next)
        return value
    }

    /// The value that the next read returns.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { script.value(state) & width.mask }

    /// Records a value.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        state.written = value
        state.writes &+= 1
        if state.record.count < Self.recordSize { state.record.append(value) }
    }
}
