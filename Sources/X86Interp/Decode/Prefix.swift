/// A prefix byte by what it does.
enum Prefix: Equatable {
    /// 26, 2E, 36, 3E, 64, 65: the segment of a memory operand.
    case segment(SegmentRegister)
    /// 66: the other operand size.
    case operandSize
    /// 67: the other address size.
    case addressSize
    /// F0.
    case lock
    /// F2: REPNE.
    case repeatNotEqual
    /// F3: REP or REPE.
    case repeatEqual

    /// Nil if the byte is a prefix to no processor.
    @inline(__always)
    init?(_ byte: UInt8) {
        switch byte {
        case 0x26: self = .segment(.es)
        case 0x2E: self = .segment(.cs)
        case 0x36: self = .segment(.ss)
        case 0x3E: self = .segment(.ds)
        case 0x64: self = .segment(.fs)
        case 0x65: self = .segment(.gs)
        case 0x66: self = .operandSize
        case 0x67: self = .addressSize
        case 0xF0: self = .lock
        case 0xF2: self = .repeatNotEqual
        case 0xF3: self = .repeatEqual
        default: return nil
        }
    }

    /// Whether the 8086 to 80286 have it.
    @inline(__always)
    var isOf16Bit: Bool {
        switch self {
        case .segment(.fs), .segment(.gs), .operandSize, .addressSize: false
        case .segment, .lock, .repeatNotEqual, .repeatEqual: true
        }
    }

    /// Which of several compete: of those the last one acts.
    enum Kind { case segment, operandSize, addressSize, lock, repetition }

    /// The kind of this one.
    var kind: Kind {
        switch self {
        case .segment: .segment
        case .operandSize: .operandSize
        case .addressSize: .addressSize
        case .lock: .lock
        case .repeatNotEqual, .repeatEqual: .repetition
        }
    }
}
