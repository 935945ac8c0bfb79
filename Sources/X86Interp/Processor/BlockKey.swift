/// What a block of ops is kept under: the physical address of its first byte, and the mode that it was decoded for.
///
/// Bits 0 to 35 are the address, bit 40 is the code size, bit 41 is set, bit 42 marks a page with marked instructions,
/// whose linear page number then lies from bit 43 on.
struct BlockKey: Equatable {
    /// 0 is no key: that of a dead block.
    private(set) var bits: UInt64

    /// That of a dead block.
    static let none = BlockKey(bits: 0)

    private init(bits: UInt64) { self.bits = bits }

    /// A page of physical memory, in no mode yet.
    init(page physical: UInt64) { bits = physical & ~4095 }

    /// The page in a mode.
    @inline(__always)
    func inMode(isCode32: Bool, isFlat: Bool) -> BlockKey {
        BlockKey(bits: bits | (isCode32 ? 3 << 40 : 2 << 40) | (isFlat ? 1 << 42 : 0))
    }

    /// The page with its linear address: blocks of a page with marked instructions are its own, they end before those.
    func marked(page linear: UInt32) -> BlockKey { BlockKey(bits: bits | 1 << 43 | UInt64(linear >> 12) << 44) }

    /// A block in the page, by any address with its offset.
    @inline(__always)
    func at(_ linear: UInt32) -> BlockKey { BlockKey(bits: bits | UInt64(linear & 4095)) }

    /// The physical address, modulo 4 GiB.
    @inline(__always)
    var physical: UInt32 { UInt32(truncatingIfNeeded: bits) }

    /// The physical address of the page.
    var page: UInt64 { bits & 0xF_FFFF_F000 }

    /// The address does not fit into 32 bits.
    var isBeyond4GiB: Bool { bits >> 32 & 0xF != 0 }

    /// The code size.
    var isCode32: Bool { bits >> 40 & 1 != 0 }

    /// The memory handlers of its ops ask no segment: see `Core.flatSegments`.
    var isFlat: Bool { bits >> 42 & 1 != 0 }

    /// Its page has marked instructions.
    var isMarked: Bool { bits >> 43 & 1 != 0 }

    /// Some of 14 bits or fewer, in which keys differ.
    @inline(__always)
    var hash: Int { Int(truncatingIfNeeded: bits ^ bits >> 13 ^ bits >> 33) }
}
