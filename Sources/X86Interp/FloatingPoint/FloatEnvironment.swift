/// The six exceptions of floating-point arithmetic, in the order of their bits in FSW, FCW and MXCSR.
struct FloatExceptions: OptionSet, Sendable, Hashable {
    var rawValue: UInt8
    static let invalid = FloatExceptions(rawValue: 1 << 0)
    static let denormal = FloatExceptions(rawValue: 1 << 1)
    static let zeroDivide = FloatExceptions(rawValue: 1 << 2)
    static let overflow = FloatExceptions(rawValue: 1 << 3)
    static let underflow = FloatExceptions(rawValue: 1 << 4)
    static let inexact = FloatExceptions(rawValue: 1 << 5)
    static let all = FloatExceptions(rawValue: 0x3F)
}

/// Rounding control, as in FCW.RC and MXCSR.RC.
enum RoundingMode: UInt8, Sendable {
    case nearestEven
    case down
    case up
    case zero
}

/// FCW.PC: significand bits that results of ADD, SUB, MUL, DIV and SQRT are rounded to.
enum PrecisionControl: UInt8, Sendable {
    case single
    case reserved
    case double
    case extended
}
