/// An entry of the GDT or LDT (SDM volume 3, 3.4.5).
public struct Descriptor: Sendable, Equatable {
    /// The lower half as it stands in memory.
    public let low: UInt32
    /// The upper half as it stands in memory.
    public let high: UInt32

    /// A descriptor from its two halves.
    public init(low: UInt32, high: UInt32) {
        self.low = low
        self.high = high
    }

    /// Linear address of the segment.
    public var base: UInt32 { low >> 16 | (high & 0xFF) << 16 | high & 0xFF00_0000 }

    /// Last offset in bytes, granularity applied.
    public var limit: UInt32 {
        let raw = low & 0xFFFF | high & 0xF_0000
        return access.contains(.granular) ? raw << 12 | 0xFFF : raw
    }

    /// Rights in the layout of `SegmentAccess`.
    public var access: SegmentAccess { SegmentAccess(rawValue: UInt16(truncatingIfNeeded: high >> 8) & 0xF0FF) }

    /// The segment register that loading `selector` gives.
    public func segment(selector: UInt16) -> Segment {
        Segment(selector: selector, base: base, limit: limit, access: access)
    }
}
