import X86Interp

/// The shutdown port of Bochs: the whole word `Shutdown` ends the run with exit code 0.
///
/// Shutdown port: the text "Shutdown", written a byte at a time, switches the machine off, as on Bochs.
///
/// Registers (offset, width byte):
///
///     0  write  the next letter; any other byte starts the word over
///     0  read   all ones: nothing drives the bus
///
/// Interrupts: none.
///
/// Not modelled: nothing.
public final class ShutdownPort: Device, PortDevice {
    /// How far the guest has come.
    public struct State: Codable, Equatable, Sendable {
        /// How many letters of the word were written in a row.
        public var matched: UInt8 = 0

        /// Power-on: none.
        public init() {}
    }

    /// The name in `--tier` and the ledger.
    public let name: String
    /// How much of the word was written.
    public var state = State()
    private let bus: ControlBus
    private static let word = [UInt8]("Shutdown".utf8)

    /// A port that presses the stop button of `bus`.
    public init(bus: ControlBus, name: String = "shutdown") {
        self.bus = bus
        self.name = name
    }

    /// Starts the word over.
    public func reset() { state = State() }

    /// All ones: nothing drives the bus.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { width.mask }

    /// The same all ones.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { width.mask }

    /// Takes a letter; the last one of the word ends the run.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let letter = UInt8(truncatingIfNeeded: value)
        let place = Int(state.matched) < Self.word.count ? Int(state.matched) : 0
        if letter == Self.word[place] {
            state.matched = UInt8(place + 1)
        } else {
            state.matched = letter == Self.word[0] ? 1 : 0
        }
        guard state.matched == Self.word.count else { return }
        state.matched = 0
        bus.stop(.guestExit(code: 0))
    }
}
