import X86Interp

/// The debug console of Bochs and QEMU: what the guest writes goes to the host, a read says that it is there.
///
/// Debug console: a byte-wide output port without handshake, as Bochs (port E9 hack) and QEMU (isa-debugcon) have it.
///
/// Registers (offset, width byte):
///
///     0  write  one character to the host
///     0  read   E9, by which a guest can tell that the console is there
///
/// A console may have several ports, each a bank. Software that does not know which one is there writes each character
/// to all: a character that comes right behind the same one at another port is its echo, and is dropped, once.
///
/// Interrupts: none.
///
/// Not modelled: input.
public final class DebugConsole: Device, BlockPortDevice {
    /// What the console remembers.
    public struct State: Codable, Equatable, Sendable {
        /// How many characters went to the host; wraps.
        public var written: UInt64 = 0
        /// The bank and the character of which an echo would be dropped.
        var bank: UInt8 = 0
        var character: UInt8 = 0
        var expectsEcho = false

        /// Power-on: nothing written.
        public init() {}

        /// Takes a character; false if it is an echo.
        mutating func takes(_ new: UInt8, bank newBank: UInt8) -> Bool {
            let isEcho = expectsEcho && newBank != bank && new == character
            expectsEcho = !isEcho
            bank = newBank
            character = new
            if !isEcho { written &+= 1 }
            return !isEcho
        }
    }

    /// What a read returns, by agreement.
    public static let signature: UInt8 = 0xE9

    /// The name in `--tier` and the ledger.
    public let name: String
    /// How much was written.
    public var state = State()
    private let stream: any ByteStream

    /// A console that writes to `stream`.
    public init(to stream: any ByteStream, name: String = "debugcon") {
        self.stream = stream
        self.name = name
    }

    /// Forgets the count; what is written stays with the host.
    public func reset() { state = State() }

    /// E9, whatever was written.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { UInt32(Self.signature) }

    /// The same E9.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { UInt32(Self.signature) }

    /// Sends a character to the host.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        let character = UInt8(truncatingIfNeeded: value)
        if state.takes(character, bank: bank) { stream.write(character) }
    }

    /// E9 for each element.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        buffer.initializeMemory(as: UInt8.self, repeating: Self.signature)
    }

    /// Sends characters to the host in one go.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        guard let first = buffer.first, let last = buffer.last else { return }
        let shown = state.takes(first, bank: bank) ? buffer[...] : buffer.dropFirst()
        if buffer.count > 1 {
            state.written &+= UInt64(buffer.count - 2)
            _ = state.takes(last, bank: bank)
        }
        stream.write(contentsOf: UnsafeRawBufferPointer(rebasing: shown))
    }
}
