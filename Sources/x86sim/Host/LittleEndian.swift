extension FixedWidthInteger {
    /// Its bytes, little-endian.
    var bytes: [UInt8] {
        (0..<Self.bitWidth / 8).map { UInt8(truncatingIfNeeded: self >> Self(truncatingIfNeeded: $0 * 8)) }
    }
}
