/// A computation on the guest's state: what conditions and front ends evaluate.
///
/// Values are unsigned. Arithmetic is modulo 2^32 as the machine's is, modulo 2^64 if an operand has more than 32
/// bits. Comparisons and logic give 1 or 0; `and` and `or` do not evaluate their right side in vain.
///
/// An expression that nests deeper than `maximumDepth`, or has more than `maximumSize` parts, has no value, nor has any
/// that it is part of.
public struct Expression: Sendable, Hashable {
    /// What an expression consists of.
    public indirect enum Form: Sendable, Hashable {
        /// A number.
        case number(UInt64)
        /// A register or part of one, zero-extended.
        case register(RegisterReference)
        /// Memory at a linear address, little-endian, zero-extended.
        case memory(Expression, Width)
        /// Memory at an offset behind a segment register.
        case segmentMemory(SegmentRegister, Expression, Width)
        /// Memory at `selector:offset`.
        case farMemory(selector: Expression, offset: Expression, Width)
        /// Memory at a physical address.
        case physicalMemory(Expression, Width)
        /// What the event at hand is about: 0 where the event has no such value.
        case event(EventValue)
        /// An operation on one value.
        case unary(UnaryOperator, Expression)
        /// An operation on two values.
        case binary(BinaryOperator, Expression, Expression)
        /// What stands for all that nests too deeply or has too many parts.
        case tooComplex
    }

    /// So many expressions may be within each other: whoever walks through one does so recursively.
    public static let maximumDepth = 256
    /// So many parts may an expression have, each counted as often as it stands there.
    public static let maximumSize = 1 << 16

    /// What it consists of.
    public let form: Form
    /// How many expressions are within each other, and how many there are, this one included.
    private let depth, size: Int

    /// An expression of parts, or `tooComplex`.
    private init(_ form: Form, _ parts: Expression...) {
        depth = min((parts.map(\.depth).max() ?? 0) + 1, Self.maximumDepth + 1)
        size = min(parts.map(\.size).reduce(1, +), Self.maximumSize + 1)
        self.form = depth > Self.maximumDepth || size > Self.maximumSize ? .tooComplex : form
    }

    /// A number.
    public static func number(_ value: UInt64) -> Self { Self(.number(value)) }
    /// A register or part of one, zero-extended.
    public static func register(_ register: RegisterReference) -> Self { Self(.register(register)) }
    /// Memory at a linear address, little-endian, zero-extended.
    public static func memory(_ address: Self, _ width: Width) -> Self { Self(.memory(address, width), address) }
    /// Memory at an offset behind a segment register.
    public static func segmentMemory(_ segment: SegmentRegister, _ offset: Self, _ width: Width) -> Self {
        Self(.segmentMemory(segment, offset, width), offset)
    }
    /// Memory at `selector:offset`.
    public static func farMemory(selector: Self, offset: Self, _ width: Width) -> Self {
        Self(.farMemory(selector: selector, offset: offset, width), selector, offset)
    }
    /// Memory at a physical address.
    public static func physicalMemory(_ address: Self, _ width: Width) -> Self {
        Self(.physicalMemory(address, width), address)
    }
    /// What the event at hand is about: 0 where the event has no such value.
    public static func event(_ value: EventValue) -> Self { Self(.event(value)) }
    /// An operation on one value.
    public static func unary(_ operation: UnaryOperator, _ operand: Self) -> Self {
        Self(.unary(operation, operand), operand)
    }
    /// An operation on two values.
    public static func binary(_ operation: BinaryOperator, _ left: Self, _ right: Self) -> Self {
        Self(.binary(operation, left, right), left, right)
    }
}

/// A value of the event that a condition is asked about.
public enum EventValue: String, Sendable, Hashable, CaseIterable {
    /// The value of a port access, or of a watched access after it.
    case value
    /// What a watched access found there.
    case oldValue
    /// The port, or the linear address of a watched access.
    case address
    /// The width in bytes of a port or watched access.
    case width
    /// The number of an interrupt or exception.
    case vector
    /// Its error code.
    case errorCode
}

/// An operation on one value.
public enum UnaryOperator: String, Sendable, Hashable, CaseIterable {
    /// Two's complement.
    case negate = "-"
    /// Each bit inverted.
    case complement = "~"
    /// 1 for 0, 0 for all else.
    case not = "!"
}

/// An operation on two values; the raw value is how C spells it.
public enum BinaryOperator: String, Sendable, Hashable, CaseIterable {
    case multiply = "*"
    case divide = "/"
    case remainder = "%"
    case add = "+"
    case subtract = "-"
    case shiftLeft = "<<"
    case shiftRight = ">>"
    case less = "<"
    case lessOrEqual = "<="
    case greater = ">"
    case greaterOrEqual = ">="
    case equal = "=="
    case notEqual = "!="
    case bitAnd = "&"
    case bitXor = "^"
    case bitOr = "|"
    case and = "&&"
    case or = "||"

    /// How tightly it binds, as in C: 10 for `*`, down to 1 for `||`.
    public var precedence: Int {
        switch self {
        case .multiply, .divide, .remainder: 10
        case .add, .subtract: 9
        case .shiftLeft, .shiftRight: 8
        case .less, .lessOrEqual, .greater, .greaterOrEqual: 7
        case .equal, .notEqual: 6
        case .bitAnd: 5
        case .bitXor: 4
        case .bitOr: 3
        case .and: 2
        case .or: 1
        }
    }
}

/// Why an expression has no value.
public enum EvaluationError: Error, Sendable, Equatable {
    /// A divisor is 0.
    case divisionByZero
    /// Memory that it names cannot be looked at.
    case memory(LookError)
    /// An address has more than 32 bits, or a selector more than 16.
    case addressTooWide(UInt64)
    /// More than `Expression.maximumDepth` expressions are within each other, or there are more than `maximumSize`.
    case tooComplex
}
