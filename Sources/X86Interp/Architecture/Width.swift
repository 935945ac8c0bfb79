/// The size of one operand or bus cycle.
public enum Width: UInt8, Sendable, Codable, CaseIterable, Comparable {
    case byte = 1
    case word = 2
    case dword = 4

    /// Size in bytes: 1, 2 or 4.
    @inlinable public var bytes: Int { Int(rawValue) }

    /// Size in bits: 8, 16 or 32.
    @inlinable public var bits: Int { Int(rawValue) * 8 }

    /// All ones in the low `bits` bits; also what a floating bus reads.
    @inlinable public var mask: UInt32 { 0xFFFF_FFFF &>> UInt32(32 &- bits) }

    /// Orders by size.
    @inlinable public static func < (a: Width, b: Width) -> Bool { a.rawValue < b.rawValue }
}
