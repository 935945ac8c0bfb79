/// A `SEG:OFF` of real mode.
struct FarAddress: Equatable, Sendable {
    /// The part before the colon.
    var segment: UInt16
    /// The part behind it.
    var offset: UInt16

    /// The linear address: segment times 16 plus offset.
    var linear: UInt32 { UInt32(segment) << 4 + UInt32(offset) }
    /// `0000:7C00`.
    var text: String { "\(segment.hex):\(offset.hex)" }
}
