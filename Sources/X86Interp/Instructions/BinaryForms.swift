// Operations of two operands by form: register (R), memory (M), immediate (I), destination first.
extension CPU {
    @inline(__always)
    func binaryRR<W: Operand>(_ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type) {
        let a = register(op.pointee.first, W.self)
        let result = ALU.apply(operation, a, register(op.pointee.second, W.self), &core.pointee.flags)
        if operation != .cmp { setRegister(op.pointee.first, result) }
    }

    @inline(__always)
    func binaryRI<W: Operand>(_ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type) {
        let a = register(op.pointee.first, W.self)
        let result = ALU.apply(operation, a, W(truncatingIfNeeded: op.pointee.immediate), &core.pointee.flags)
        if operation != .cmp { setRegister(op.pointee.first, result) }
    }

    @inline(__always)
    func binaryRM<W: Operand>(
        _ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        let b = try load(op.pointee.segment, address(op), W.self)
        let result = ALU.apply(operation, register(op.pointee.first, W.self), b, &core.pointee.flags)
        if operation != .cmp { setRegister(op.pointee.first, result) }
    }

    @inline(__always)
    func binaryMR<W: Operand>(
        _ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        try binaryM(op, operation, register(op.pointee.second, W.self))
    }

    @inline(__always)
    func binaryMI<W: Operand>(
        _ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        try binaryM(op, operation, W(truncatingIfNeeded: op.pointee.immediate))
    }

    @inline(__always)
    private func binaryM<W: Operand>(
        _ op: OpPointer, _ operation: ALU.Binary, _ b: W
    ) throws(Interruption) {
        if operation == .cmp {
            _ = ALU.apply(.cmp, try load(op.pointee.segment, address(op), W.self), b, &core.pointee.flags)
        } else {
            // The flags are written only when the store has succeeded.
            var flags = core.pointee.flags
            try modify(op.pointee.segment, address(op), W.self) { ALU.apply(operation, $0, b, &flags) }
            core.pointee.flags = flags
        }
    }
}
