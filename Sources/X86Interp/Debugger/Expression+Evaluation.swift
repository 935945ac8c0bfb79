/// What an event has for `Expression.event`.
struct EventValues: Equatable {
    var value: UInt64 = 0
    var oldValue: UInt64 = 0
    var address: UInt64 = 0
    var width: UInt64 = 0
    var vector: UInt64 = 0
    var errorCode: UInt64 = 0

    subscript(_ name: EventValue) -> UInt64 {
        switch name {
        case .value: value
        case .oldValue: oldValue
        case .address: address
        case .width: width
        case .vector: vector
        case .errorCode: errorCode
        }
    }
}

/// Evaluates expressions on one state of a machine; changes nothing.
struct Evaluator {
    let machine: Machine
    let state: CPUState
    var event = EventValues()

    /// The value of an expression.
    func value(of expression: Expression) throws(EvaluationError) -> UInt64 {
        switch expression.form {
        case .tooComplex: throw .tooComplex
        case .number(let number): return number
        case .register(let register): return state.value(of: register)
        case .memory(let address, let width): return try memory(.linear(try narrow(value(of: address))), width)
        case .segmentMemory(let segment, let offset, let width):
            return try memory(.linear(state.segments[segment].base &+ narrow(value(of: offset))), width)
        case .farMemory(let selector, let offset, let width):
            let number = try value(of: selector)
            guard let selector = UInt16(exactly: number) else { throw .addressTooWide(number) }
            return try memory(.segmented(selector: selector, offset: try narrow(value(of: offset))), width)
        case .physicalMemory(let address, let width):
            return try memory(.physical(try narrow(value(of: address))), width)
        case .event(let name): return event[name]
        case .unary(let operation, let operand): return Self.apply(operation, try value(of: operand))
        case .binary(.and, let a, let b): return try value(of: a) == 0 ? 0 : try value(of: b) == 0 ? 0 : 1
        case .binary(.or, let a, let b): return try value(of: a) != 0 ? 1 : try value(of: b) == 0 ? 0 : 1
        case .binary(let operation, let a, let b):
            return try Self.apply(operation, try value(of: a), try value(of: b))
        }
    }

    private func narrow(_ value: UInt64) throws(EvaluationError) -> UInt32 {
        guard let address = UInt32(exactly: value) else { throw .addressTooWide(value) }
        return address
    }

    private func memory(_ address: Address, _ width: Width) throws(EvaluationError) -> UInt64 {
        do throws(LookError) {
            let bytes = try machine.read(address, count: width.bytes, in: state)
            return bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
        } catch {
            throw .memory(error)
        }
    }

    private static func apply(_ operation: UnaryOperator, _ a: UInt64) -> UInt64 {
        let mask: UInt64 = a > 0xFFFF_FFFF ? .max : 0xFFFF_FFFF
        return switch operation {
        case .negate: (0 &- a) & mask
        case .complement: ~a & mask
        case .not: a == 0 ? 1 : 0
        }
    }

    private static func apply(
        _ operation: BinaryOperator, _ a: UInt64, _ b: UInt64
    ) throws(EvaluationError) -> UInt64 {
        let mask: UInt64 = a > 0xFFFF_FFFF || b > 0xFFFF_FFFF ? .max : 0xFFFF_FFFF
        switch operation {
        case .multiply: return a &* b & mask
        case .divide, .remainder:
            guard b != 0 else { throw .divisionByZero }
            return operation == .divide ? a / b : a % b
        case .add: return a &+ b & mask
        case .subtract: return a &- b & mask
        case .shiftLeft: return (b > 63 ? 0 : a << b) & mask
        case .shiftRight: return b > 63 ? 0 : a >> b
        case .less: return a < b ? 1 : 0
        case .lessOrEqual: return a <= b ? 1 : 0
        case .greater: return a > b ? 1 : 0
        case .greaterOrEqual: return a >= b ? 1 : 0
        case .equal: return a == b ? 1 : 0
        case .notEqual: return a != b ? 1 : 0
        case .bitAnd: return a & b
        case .bitXor: return a ^ b
        case .bitOr: return a | b
        case .and: return a != 0 && b != 0 ? 1 : 0
        case .or: return a != 0 || b != 0 ? 1 : 0
        }
    }
}

extension Expression {
    /// The value on the present state of a machine, which is not changed by it.
    ///
    /// - Throws: `EvaluationError`: a division by zero, memory that cannot be looked at, an address of over 32 bits,
    ///   too many expressions within each other.
    public func value(on machine: Machine) throws(EvaluationError) -> UInt64 {
        try Evaluator(machine: machine, state: machine.state).value(of: self)
    }
}
