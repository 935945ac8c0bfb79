import X86Interp

/// Bytes in memory and behind two ports that do nothing but remember: for guests and tests of memory devices.
///
/// No chip of a PC, but where a prototype card would be. It decodes eight address lines: its 256 bytes repeat through
/// the 4096 of its region.
///
/// Registers in memory, at any width (offset modulo 256):
///
///     00-FB  bytes, as written
///     FC-FF  how many cycles there were, a dword; writes are ignored
///
/// Registers at ports (offset, width):
///
///     0  word  index of the byte that the data port reaches
///     4  any   data: the bytes at the index, which moves on by the width
///
/// Each cycle in memory and at the data port counts, after its value was taken: one too many, or one that is missing,
/// shows.
///
/// Interrupts: none.
public final class ScratchCard: Device, PortDevice, MemoryDevice {
    /// The bytes, the index and the count.
    public struct State: Codable, Equatable, Sendable {
        /// What the data port reaches; only the low eight bits count.
        public var index: UInt16 = 0
        /// How many cycles there were; wraps.
        public var cycles: UInt32 = 0
        var bytes = RegisterFile(count: ScratchCard.size)

        /// Power-on: zeros.
        public init() {}
    }

    /// The banks of its claims.
    enum Bank {
        static let index: UInt8 = 0
        static let data: UInt8 = 1
    }

    /// Where its memory is unless told: in the part that a PC has for cards.
    static let usualStart: UInt64 = 0xD_0000
    private static let size = 256
    /// From here on there is the count.
    private static let counter = 0xFC

    /// The name in `--tier` and the ledger.
    public let name: String
    /// Where it is in memory, and who serves it when it is added to a machine.
    public let memoryRegions: [MemoryRegion]
    /// All of it.
    public var state = State()

    /// A card with a page of memory, in a PC from D0000.
    public init(at start: UInt64 = 0xD_0000, tier: Tier = .kernel, name: String = "scratch") {
        self.name = name
        memoryRegions = [MemoryRegion(start: start, size: 4096, tier: tier)]
    }

    /// Zeros.
    public func reset() { state = State() }

    // MARK: Memory

    /// The bytes from an offset on, or of the count.
    public func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32 {
        defer { state.cycles &+= 1 }
        return value(Int(offset), width)
    }

    /// Changes bytes.
    public func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32) {
        set(Int(offset), width, value)
        state.cycles &+= 1
    }

    /// The byte at an offset.
    public func peekMemory(bank: UInt8, offset: UInt32) -> UInt8? { byte(Int(offset)) }

    // MARK: Ports

    /// The index, or the bytes at the index.
    public func read(bank: UInt8, offset: UInt16, width: Width) -> UInt32 {
        guard bank == Bank.data else { return UInt32(state.index) & width.mask }
        defer { moveOn(width) }
        return value(Int(state.index), width)
    }

    /// Sets the index, or the bytes at the index.
    public func write(bank: UInt8, offset: UInt16, width: Width, value: UInt32) {
        guard bank == Bank.data else {
            state.index = UInt16(truncatingIfNeeded: value)
            return
        }
        set(Int(state.index), width, value)
        moveOn(width)
    }

    /// What a read would return.
    public func peek(bank: UInt8, offset: UInt16, width: Width) -> UInt32? {
        bank == Bank.data ? value(Int(state.index), width) : UInt32(state.index) & width.mask
    }

    private func moveOn(_ width: Width) {
        state.index &+= UInt16(width.bytes)
        state.cycles &+= 1
    }

    // MARK: Bytes

    private func byte(_ offset: Int) -> UInt8 {
        let place = offset & (Self.size - 1)
        guard place >= Self.counter else { return state.bytes[place] }
        return UInt8(truncatingIfNeeded: state.cycles >> UInt32(8 * (place - Self.counter)))
    }

    private func value(_ offset: Int, _ width: Width) -> UInt32 {
        (0..<width.bytes).reduce(0) { $0 | UInt32(byte(offset + $1)) << UInt32(8 * $1) }
    }

    private func set(_ offset: Int, _ width: Width, _ value: UInt32) {
        for number in 0..<width.bytes {
            let place = (offset + number) & (Self.size - 1)
            guard place < Self.counter else { continue }
            state.bytes[place] = UInt8(truncatingIfNeeded: value >> UInt32(8 * number))
        }
    }
}
