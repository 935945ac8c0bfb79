import X86Interp

/// The POST code port: remembers the last codes that the guest has written.
///
/// POST code port: the latch that a BIOS writes its progress to, and that old code writes to for a short delay.
///
/// Registers (offset, width byte):
///
///     0  write  the code
///     0  read   the last code: on an AT the port is a spare page register of the DMA controller, which reads back
///
/// Interrupts: none.
///
/// Not modelled: the two-digit display.
public final class PostCode: PortOnlyDevice, BlockPortDevice {
    /// The last code and those before it.
    public struct State: Codable, Equatable, Sendable {
        /// The code that a read returns.
        public var last: UInt8 = 0
        /// How many codes were written; wraps.
        public var count: UInt64 = 0
        /// The last codes as a ring: code number n lies at n modulo its size.
        var ring = SIMD32<UInt8>()

        /// Power-on: code 0, which nobody wrote.
        public init() {}

        /// The codes that are remembered, oldest first; at most `historySize`.
        public var history: [UInt8] {
            let kept = min(count, UInt64(PostCode.historySize))
            return (0..<kept).map { ring[Self.place(count &- kept &+ $0)] }
        }

        mutating func note(_ code: UInt8) {
            last = code
            ring[Self.place(count)] = code
            count &+= 1
        }

        mutating func note(_ codes: UnsafeRawBufferPointer) {
            let skipped = max(0, codes.count - PostCode.historySize)
            count &+= UInt64(skipped)
            for code in codes.dropFirst(skipped) { note(code) }
        }

        private static func place(_ number: UInt64) -> Int { Int(number % UInt64(PostCode.historySize)) }
    }

    /// How many codes are remembered.
    public static let historySize = 32

    /// The name in `--tier` and the ledger.
    public let name: String
    /// The codes written.
    public var state: State {
        get { codes.pointee }
        set { codes.pointee = newValue }
    }
    /// Behind a pointer of its own, which the chip frees: old code writes here often, and saves the check of
    /// exclusive access that a stored property has.
    private let codes: UnsafeMutablePointer<State>

    /// A port that nothing was written to.
    public init(name: String = "post") {
        self.name = name
        codes = .allocate(capacity: 1)
        codes.initialize(to: State())
    }

    deinit {
        codes.deinitialize(count: 1)
        codes.deallocate()
    }

    /// Forgets all codes.
    public func reset() { state = State() }

    /// The last code.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 { UInt32(codes.pointee.last) }

    /// The last code.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? { UInt32(codes.pointee.last) }

    /// Takes a code.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        codes.pointee.note(UInt8(truncatingIfNeeded: value))
    }

    /// The last code for each element.
    public func readBlock(bank: UInt8, offset: UInt16, width: Width, into buffer: UnsafeMutableRawBufferPointer) {
        buffer.initializeMemory(as: UInt8.self, repeating: codes.pointee.last)
    }

    /// Takes codes in order.
    public func writeBlock(bank: UInt8, offset: UInt16, width: Width, from buffer: UnsafeRawBufferPointer) {
        codes.pointee.note(buffer)
    }
}
