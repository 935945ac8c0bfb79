import X86Interp

// Debug console: a byte-wide output port without handshake, as Bochs (port E9 hack) and QEMU (isa-debugcon) have it.
//
// Registers (offset, width byte):
//   0  write  one character to the host
//   0  read   E9, by which a guest can tell that the console is there
// Interrupts: none.
// Not modelled: input.

/// The debug console of Bochs and QEMU: what the guest writes goes to the host, a read says that it is there.
public final class DebugConsole: Device, BlockPortDevice {
    /// What the console remembers.
    public struct State: Codable, Equatable, Sendable {
        /// How many bytes the guest has written; wraps.
        public var written: UInt64 = 0

        /// Power-on: nothing written.
        public init() {}
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
        state.written &+= 1
        stream.write(UInt8(truncatingIfNeeded: value))
    }

    /// E9 for each element.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        buffer.initializeMemory(as: UInt8.self, repeating: Self.signature)
    }

    /// Sends characters to the host in one go.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        state.written &+= UInt64(buffer.count)
        stream.write(contentsOf: buffer)
    }
}
