/// A segment register with its hidden part (SDM volume 3, 3.4.3).
public struct Segment: Sendable, Codable, Equatable {
    /// The visible part.
    public var selector: UInt16
    /// Linear address of offset 0.
    public var base: UInt32
    /// The last valid offset, in bytes (for expand-down data: the last invalid one).
    public var limit: UInt32
    /// Access rights as bytes 5 and 6 of a descriptor hold them.
    public var access: SegmentAccess

    /// A segment with explicit hidden state.
    public init(selector: UInt16, base: UInt32, limit: UInt32, access: SegmentAccess) {
        self.selector = selector
        self.base = base
        self.limit = limit
        self.access = access
    }

    /// What a real-mode load leaves: base selector * 16, 64 KiB, writable data.
    public init(realMode selector: UInt16) {
        self.init(selector: selector, base: UInt32(selector) << 4, limit: 0xFFFF, access: .realMode)
    }

    /// What a load in virtual-8086 mode leaves: base selector * 16, 64 KiB, writable data of ring 3.
    public init(virtual8086 selector: UInt16) {
        self.init(selector: selector, base: UInt32(selector) << 4, limit: 0xFFFF, access: .virtual8086)
    }

    /// An unusable segment, as after loading a null selector in protected mode.
    public static let null = Segment(selector: 0, base: 0, limit: 0, access: [])
}

/// Access rights of a segment: bits 0-7 are byte 5 of the descriptor, bits 12-15 the high nibble of byte 6.
public struct SegmentAccess: OptionSet, Sendable, Codable, Hashable {
    /// The rights in the layout above.
    public var rawValue: UInt16

    /// Wraps rights in the layout above.
    @inlinable public init(rawValue: UInt16) { self.rawValue = rawValue }

    /// The descriptor has been loaded.
    public static let accessed = SegmentAccess(rawValue: 1 << 0)
    /// Data: writable.
    ///
    /// Code: readable.
    public static let writableOrReadable = SegmentAccess(rawValue: 1 << 1)
    /// Data: expand-down.
    ///
    /// Code: conforming.
    public static let expandDownOrConforming = SegmentAccess(rawValue: 1 << 2)
    /// Code, as opposed to data.
    public static let code = SegmentAccess(rawValue: 1 << 3)
    /// Code or data, as opposed to a system descriptor.
    public static let codeOrData = SegmentAccess(rawValue: 1 << 4)
    /// Both bits of the privilege level.
    public static let dpl3 = SegmentAccess(rawValue: 3 << 5)
    /// The segment is in memory.
    public static let present = SegmentAccess(rawValue: 1 << 7)
    /// The D bit of code, the B bit of data.
    public static let big = SegmentAccess(rawValue: 1 << 14)
    /// G: the limit counts pages.
    public static let granular = SegmentAccess(rawValue: 1 << 15)

    /// Present, writable, accessed data with DPL 0.
    public static let realMode: SegmentAccess = [.present, .codeOrData, .writableOrReadable, .accessed]

    /// Present, writable, accessed data with DPL 3.
    public static let virtual8086: SegmentAccess = [.realMode, .dpl3]

    /// The descriptor's privilege level.
    public var dpl: UInt8 { UInt8(truncatingIfNeeded: rawValue >> 5) & 3 }

    /// Whether this is an expand-down data segment.
    public var isExpandDown: Bool { !contains(.code) && contains(.expandDownOrConforming) }
}
