/// The arithmetic flags, kept as the operands' traces and derived when somebody asks.
///
/// `result` holds the result, sign-extended to 32 bits, with CF in bit 32 (bits above are junk).
/// `aux` holds in bits 0-31 the XOR of the operands, so that `aux ^ result` has the carry into each bit:
/// bit 4 is AF, and bit 31 with CF gives OF. Bits 32-63 of `aux` correct SF (bit 63) and PF (bits 32-39)
/// where flags were set that no result has, such as ZF with SF. No tag of the operation is needed.
struct LazyFlags {
    var result: UInt64 = 1
    var aux: UInt64 = 0

    /// Flags with explicit values.
    init(_ flags: EFLAGS) {
        let value = flags.rawValue
        let carry = value & 1
        let low: UInt32 = value & 0x40 != 0 ? 0 : 1
        let parityByte: UInt32 = (value >> 2 & 1) ^ 1
        let correction = (parityByte ^ low) | (value & 0x80) << 24
        let overflow = value >> 11 & 1
        result = UInt64(carry) << 32 | UInt64(low)
        aux = UInt64(correction) << 32 | UInt64((overflow ^ carry) << 31) | UInt64(value & 0x10)
    }

    /// Flags of a result with CF and OF given; AF is clear.
    @inline(__always)
    init(result: UInt32, carry: UInt32, overflow: UInt32) {
        self.result = UInt64(result) | UInt64(carry) << 32
        aux = UInt64(result ^ (overflow ^ carry) << 31)
    }

    /// Flags of a shifted value with CF and OF given; AF, which shifts leave undefined, is set.
    @inline(__always)
    init(shifted result: UInt32, carry: UInt32, overflow: UInt32) {
        self.result = UInt64(result) | UInt64(carry) << 32
        aux = UInt64(result ^ 0x10 ^ (overflow ^ carry) << 31)
    }

    /// Flags of a comparison of numbers that are ordered, as COMISD and FCOMI set them: ZF if they are equal, CF if the
    /// first is less, the others clear.
    @inline(__always)
    init(isEqual: Bool, isLess: Bool) {
        result = isEqual ? 0 : isLess ? 1 << 32 | 1 : 1
        aux = isEqual ? 1 << 32 : isLess ? 1 << 31 : 0
    }

    @inline(__always)
    init(result: UInt64, aux: UInt64) {
        self.result = result
        self.aux = aux
    }

    @inline(__always) var carry: Bool { result & 1 << 32 != 0 }
    /// CF as 0 or 1.
    @inline(__always) var carryBit: UInt32 { UInt32(truncatingIfNeeded: result >> 32) & 1 }
    @inline(__always) var zero: Bool { UInt32(truncatingIfNeeded: result) == 0 }
    @inline(__always) private var corrected: UInt32 { UInt32(truncatingIfNeeded: result ^ aux >> 32) }
    @inline(__always) var sign: Bool { Int32(bitPattern: corrected) < 0 }
    @inline(__always) var overflow: Bool {
        (UInt32(truncatingIfNeeded: result ^ aux) >> 31) ^ carryBit != 0
    }
    @inline(__always) var parity: Bool { (corrected & 0xFF).nonzeroBitCount & 1 == 0 }
    @inline(__always) var auxiliary: Bool { (result ^ aux) & 0x10 != 0 }

    /// The six flags at their places in EFLAGS.
    var eflags: EFLAGS {
        var flags: EFLAGS = []
        if carry { flags.insert(.carry) }
        if parity { flags.insert(.parity) }
        if auxiliary { flags.insert(.auxiliary) }
        if zero { flags.insert(.zero) }
        if sign { flags.insert(.sign) }
        if overflow { flags.insert(.overflow) }
        return flags
    }

    /// Whether the condition `cc` of Jcc, SETcc and CMOVcc holds (SDM volume 1, appendix B).
    @inline(__always)
    func holds(_ condition: Condition) -> Bool {
        let met: Bool
        switch condition.rawValue >> 1 & 7 {
        case 0: met = overflow
        case 1: met = carry
        case 2: met = zero
        case 3: met = carry || zero
        case 4: met = sign
        case 5: met = parity
        case 6: met = sign != overflow
        default: met = zero || sign != overflow
        }
        return met != (condition.rawValue & 1 != 0)
    }
}
