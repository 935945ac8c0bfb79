extension Encoding {
    /// Sums, products, quotients, roots, remainders and the like.
    // The rows are aligned.
    // swift-format-ignore
    static let x87Basic: [Encoding] = [
        .init(0xD8, .fadd, .m32r,      ext: 0, mod: .memory, needs: .x87),
        .init(0xDC, .fadd, .m64r,      ext: 0, mod: .memory, needs: .x87),
        .init(0xD8, .fadd, .st, .sti,  ext: 0, mod: .register, needs: .x87),
        .init(0xDC, .fadd, .sti, .st,  ext: 0, mod: .register, needs: .x87),
        .init(0xDE, .faddp, .sti, .st, ext: 0, mod: .register, needs: .x87),
        .init(0xDE, .fiadd, .m16i,     ext: 0, mod: .memory, needs: .x87),
        .init(0xDA, .fiadd, .m32i,     ext: 0, mod: .memory, needs: .x87),
        .init(0xD8, .fmul, .m32r,      ext: 1, mod: .memory, needs: .x87),
        .init(0xDC, .fmul, .m64r,      ext: 1, mod: .memory, needs: .x87),
        .init(0xD8, .fmul, .st, .sti,  ext: 1, mod: .register, needs: .x87),
        .init(0xDC, .fmul, .sti, .st,  ext: 1, mod: .register, needs: .x87),
        .init(0xDE, .fmulp, .sti, .st, ext: 1, mod: .register, needs: .x87),
        .init(0xDE, .fimul, .m16i,     ext: 1, mod: .memory, needs: .x87),
        .init(0xDA, .fimul, .m32i,     ext: 1, mod: .memory, needs: .x87),
        .init(0xD8, .fsub, .m32r,      ext: 4, mod: .memory, needs: .x87),
        .init(0xDC, .fsub, .m64r,      ext: 4, mod: .memory, needs: .x87),
        .init(0xD8, .fsub, .st, .sti,  ext: 4, mod: .register, needs: .x87),
        .init(0xDC, .fsub, .sti, .st,  ext: 5, mod: .register, needs: .x87),
        .init(0xDE, .fsubp, .sti, .st, ext: 5, mod: .register, needs: .x87),
        .init(0xDE, .fisub, .m16i,     ext: 4, mod: .memory, needs: .x87),
        .init(0xDA, .fisub, .m32i,     ext: 4, mod: .memory, needs: .x87),
        .init(0xD8, .fsubr, .m32r,     ext: 5, mod: .memory, needs: .x87),
        .init(0xDC, .fsubr, .m64r,     ext: 5, mod: .memory, needs: .x87),
        .init(0xD8, .fsubr, .st, .sti, ext: 5, mod: .register, needs: .x87),
        .init(0xDC, .fsubr, .sti, .st, ext: 4, mod: .register, needs: .x87),
        .init(0xDE, .fsubrp, .sti, .st, ext: 4, mod: .register, needs: .x87),
        .init(0xDE, .fisubr, .m16i,    ext: 5, mod: .memory, needs: .x87),
        .init(0xDA, .fisubr, .m32i,    ext: 5, mod: .memory, needs: .x87),
        .init(0xD8, .fdiv, .m32r,      ext: 6, mod: .memory, needs: .x87),
        .init(0xDC, .fdiv, .m64r,      ext: 6, mod: .memory, needs: .x87),
        .init(0xD8, .fdiv, .st, .sti,  ext: 6, mod: .register, needs: .x87),
        .init(0xDC, .fdiv, .sti, .st,  ext: 7, mod: .register, needs: .x87),
        .init(0xDE, .fdivp, .sti, .st, ext: 7, mod: .register, needs: .x87),
        .init(0xDE, .fidiv, .m16i,     ext: 6, mod: .memory, needs: .x87),
        .init(0xDA, .fidiv, .m32i,     ext: 6, mod: .memory, needs: .x87),
        .init(0xD8, .fdivr, .m32r,     ext: 7, mod: .memory, needs: .x87),
        .init(0xDC, .fdivr, .m64r,     ext: 7, mod: .memory, needs: .x87),
        .init(0xD8, .fdivr, .st, .sti, ext: 7, mod: .register, needs: .x87),
        .init(0xDC, .fdivr, .sti, .st, ext: 6, mod: .register, needs: .x87),
        .init(0xDE, .fdivrp, .sti, .st, ext: 6, mod: .register, needs: .x87),
        .init(0xDE, .fidivr, .m16i,    ext: 7, mod: .memory, needs: .x87),
        .init(0xDA, .fidivr, .m32i,    ext: 7, mod: .memory, needs: .x87),
        .init(0xD9, .fchs,             ext: 4, rm: 0, needs: .x87),
        .init(0xD9, .fabs,             ext: 4, rm: 1, needs: .x87),
        .init(0xD9, .fxtract,          ext: 6, rm: 4, needs: .x87),
        .init(0xD9, .fprem1,           ext: 6, rm: 5, needs: .x87From387),
        .init(0xD9, .fprem,            ext: 7, rm: 0, needs: .x87),
        .init(0xD9, .fsqrt,            ext: 7, rm: 2, needs: .x87),
        .init(0xD9, .frndint,          ext: 7, rm: 4, needs: .x87),
        .init(0xD9, .fscale,           ext: 7, rm: 5, needs: .x87),
    ]
}

extension CPU {
    func combineX87(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .fadd, .fiadd: try combineX87(op, .add)
        case .fmul, .fimul: try combineX87(op, .multiply)
        case .fsub, .fisub: try combineX87(op, .subtract)
        case .fsubr, .fisubr: try combineX87(op, .subtractFrom)
        case .fdiv, .fidiv: try combineX87(op, .divide)
        case .fdivr, .fidivr: try combineX87(op, .divideInto)
        case .faddp: core.pointee.state.x87.combine(.add, into: Int(op.pointee.second), model.x87)
        case .fmulp: core.pointee.state.x87.combine(.multiply, into: Int(op.pointee.second), model.x87)
        case .fsubp: core.pointee.state.x87.combine(.subtract, into: Int(op.pointee.second), model.x87)
        case .fsubrp: core.pointee.state.x87.combine(.subtractFrom, into: Int(op.pointee.second), model.x87)
        case .fdivp: core.pointee.state.x87.combine(.divide, into: Int(op.pointee.second), model.x87)
        case .fdivrp: core.pointee.state.x87.combine(.divideInto, into: Int(op.pointee.second), model.x87)
        case .fchs: core.pointee.state.x87.changeSign(model.x87) { $0.negated }
        case .fabs: core.pointee.state.x87.changeSign(model.x87) { $0.magnitude }
        case .fsqrt: core.pointee.state.x87.replaceTop(model.x87) { $0.squareRoot($1) }
        case .frndint: core.pointee.state.x87.replaceTop(model.x87) { $0.roundToInteger($1) }
        case .fscale: core.pointee.state.x87.replaceTop(model.x87) { $0.scale($1, by: $2) }
        case .fxtract: core.pointee.state.x87.extract(model.x87)
        case .fprem: core.pointee.state.x87.remainder(isNearest: false, model.x87)
        default: core.pointee.state.x87.remainder(isNearest: true, model.x87)
        }
    }

    @inline(__always)
    private func combineX87(_ op: OpPointer, _ kind: X87Combination) throws(Interruption) {
        switch op.pointee.payload.x87Operand {
        case .st: core.pointee.state.x87.combine(kind, 0, Int(op.pointee.second), model.x87)
        case .sti: core.pointee.state.x87.combine(kind, Int(op.pointee.second), 0, model.x87)
        default:
            let operand = try operandX87(op)
            core.pointee.state.x87.combine(kind, with: operand, model.x87)
        }
    }

    /// A number in memory as the operand of an operation: a single, a double or an integer.
    @inline(__always)
    func operandX87(_ op: OpPointer) throws(Interruption) -> WidenedOperand {
        switch op.pointee.payload.x87Operand {
        case .m32r: X87Arithmetic.widened(single: try load(op.pointee.segment, address(op), UInt32.self))
        case .m64r: X87Arithmetic.widened(double: try load64(op.pointee.segment, address(op)))
        default:
            WidenedOperand(value: X87Arithmetic.extended(try integerOperandX87(op)), isDenormal: false)
        }
    }
}

/// What two numbers make; the destination's comes first.
enum X87Combination {
    case add, multiply, subtract, subtractFrom, divide, divideInto
}

extension X87Arithmetic {
    @inline(__always)
    mutating func combine(
        _ kind: X87Combination, _ a: Extended, _ b: Extended, denormalOperand: Bool = false
    ) -> Extended? {
        switch kind {
        case .add: add(a, b, denormalOperand: denormalOperand)
        case .multiply: multiply(a, b, denormalOperand: denormalOperand)
        case .subtract: subtract(a, b, denormalOperand: denormalOperand)
        case .subtractFrom: subtract(b, a, denormalOperand: denormalOperand)
        case .divide: divide(a, by: b, denormalOperand: denormalOperand)
        case .divideInto: divide(b, by: a, denormalOperand: denormalOperand)
        }
    }
}

// What arithmetic does to the stack.
extension X87State {
    /// FADD and its kin on two registers, the first of which is the destination.
    @inline(__always)
    mutating func combine(_ kind: X87Combination, _ destination: Int, _ other: Int, _ chip: X87Model) {
        guard !isEmpty(destination), !isEmpty(other) else { return lacksOperand(for: destination, chip) }
        var arithmetic = arithmetic(chip)
        let result = arithmetic.combine(kind, self[destination], self[other])
        finish(arithmetic)
        if let result { self[destination] = result }
    }

    /// FADDP and its kin.
    @inline(__always)
    mutating func combine(_ kind: X87Combination, into destination: Int, _ chip: X87Model) {
        guard !isEmpty(destination), !isEmpty(0) else { return lacksOperand(for: destination, pops: true, chip) }
        var arithmetic = arithmetic(chip)
        let result = arithmetic.combine(kind, self[destination], self[0])
        finish(arithmetic)
        guard let result else { return }
        self[destination] = result
        pop()
    }

    /// FADD and its kin with a number from memory.
    @inline(__always)
    mutating func combine(_ kind: X87Combination, with operand: WidenedOperand, _ chip: X87Model) {
        guard !isEmpty(0) else { return lacksOperand(for: 0, chip) }
        var arithmetic = arithmetic(chip)
        let result = arithmetic.combine(kind, self[0], operand.value, denormalOperand: operand.isDenormal)
        finish(arithmetic)
        if let result { self[0] = result }
    }

    /// FCHS and FABS: of whatever is there.
    mutating func changeSign(_ chip: X87Model, _ body: (Extended) -> Extended) {
        guard !isEmpty(0) else { return lacksOperand(for: 0, chip) }
        clearC1()
        self[0] = body(self[0])
    }

    /// An operation on ST.
    mutating func replaceTop(_ chip: X87Model, _ body: (inout X87Arithmetic, Extended) -> Extended?) {
        guard !isEmpty(0) else { return lacksOperand(for: 0, chip) }
        var arithmetic = arithmetic(chip)
        let result = body(&arithmetic, self[0])
        finish(arithmetic)
        if let result { self[0] = result }
    }

    /// An operation on ST and ST(1) that replaces ST.
    mutating func replaceTop(_ chip: X87Model, _ body: (inout X87Arithmetic, Extended, Extended) -> Extended?) {
        guard !isEmpty(0), !isEmpty(1) else { return lacksOperand(for: 0, chip) }
        var arithmetic = arithmetic(chip)
        let result = body(&arithmetic, self[0], self[1])
        finish(arithmetic)
        if let result { self[0] = result }
    }

    /// FXTRACT.
    mutating func extract(_ chip: X87Model) {
        guard hasOperandAndRoom(chip) else { return }
        var arithmetic = arithmetic(chip)
        let parts = arithmetic.extract(self[0])
        finish(arithmetic)
        guard let parts else { return }
        self[0] = parts.exponent
        push(parts.significand)
    }

    /// Whether an instruction that replaces ST and pushes can; if not, and the exception is masked, it leaves two
    /// indefinite NaNs.
    mutating func hasOperandAndRoom(_ chip: X87Model) -> Bool {
        let isMissing = isEmpty(0)
        guard isMissing || !isEmpty(-1) else { return true }
        if stackFault(isOverflow: !isMissing, chip) {
            set(0, .indefinite)
            push(.indefinite)
        }
        return false
    }

    /// FPREM and FPREM1.
    mutating func remainder(isNearest: Bool, _ chip: X87Model) {
        guard !isEmpty(0), !isEmpty(1) else { return lacksOperand(for: 0, chip) }
        var arithmetic = arithmetic(chip)
        let rest = arithmetic.remainder(self[0], by: self[1], isNearest: isNearest)
        raise(arithmetic.raised)
        status = status & ~rest.changedCodes | rest.conditionCodes
        if let value = rest.value { self[0] = value }
    }
}
