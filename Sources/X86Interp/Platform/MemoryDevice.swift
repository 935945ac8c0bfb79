/// Something that answers at physical addresses: the memory face of a chip, as `PortDevice` is that of its ports.
///
/// It sees offsets from its region's start, never addresses or tiers.
public protocol MemoryDevice: AnyObject {
    /// The name that `--tier`, the ledger and messages use.
    var name: String { get }
    /// The regions that `Machine.add` claims for it; none unless told. A chip that places itself claims its own.
    var memoryRegions: [MemoryRegion] { get }
    /// Serves a read. `bank` tells regions of one device apart; `width` is one that the region declares, and `offset` is
    /// a multiple of it.
    func readMemory(bank: UInt8, offset: UInt32, width: Width) -> UInt32
    /// Serves a write; `value` has no bits above `width`.
    func writeMemory(bank: UInt8, offset: UInt32, width: Width, value: UInt32)
    /// The byte that a read would return, without its side effects; nil if that cannot be told.
    func peekMemory(bank: UInt8, offset: UInt32) -> UInt8?
}

extension MemoryDevice {
    /// None.
    public var memoryRegions: [MemoryRegion] { [] }
}

/// Physical addresses that a device answers at, by width, and the tier that serves them.
public struct MemoryRegion: Sendable, Equatable {
    /// The first address, a multiple of 4096 below 64 GiB.
    public var start: UInt64
    /// How many bytes, a multiple of 4096; offsets have 32 bits, so 4 GiB at most.
    public var size: UInt64
    /// Tells several regions of one device apart.
    public var bank: UInt8
    /// The widths that reach the device as one cycle; other accesses are split.
    public var widths: WidthSet
    /// What becomes of narrower accesses.
    public var narrow: NarrowAccess
    /// Who serves it; may change at any time.
    public var tier: Tier

    /// A region; see the properties.
    public init(
        start: UInt64, size: UInt64, bank: UInt8 = 0, widths: WidthSet = .all, narrow: NarrowAccess = .lane,
        tier: Tier = .kernel
    ) {
        self.start = start
        self.size = size
        self.bank = bank
        self.widths = widths
        self.narrow = narrow
        self.tier = tier
    }
}

/// A device's region as the map holds it.
public struct MemoryClaim {
    /// What to move or withdraw it by.
    public let id: RegionID
    /// Where it is now, and who serves it.
    public let region: MemoryRegion
    /// Who answers.
    public let device: any MemoryDevice
}

/// What an access to a physical address at which nothing is does.
public enum UnmappedMemoryPolicy: String, Sendable, CaseIterable {
    /// Reads all ones; writes are ignored.
    case float
    /// As `float`, and observers of memory cycles hear of each, which makes such accesses slow.
    case log
    /// Returns `.stopped(.unmappedMemory)` before the access, which waits for `Entry.completeMemory`.
    ///
    /// Under `.float` the next run lets it go.
    case stop
}
