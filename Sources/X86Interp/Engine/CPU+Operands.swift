// Bodies of the hot switch. Forced inlining lets each case fold its operation, shape and width to constants,
// which is what the switch is for.
extension CPU {
    /// The effective address of the memory operand.
    @inline(__always)
    func address(_ op: OpPointer) -> UInt32 {
        let base = registers[Int(op.pointee.base)]
        let index = registers[Int(op.pointee.index)] &<< UInt32(op.pointee.scale)
        return (base &+ index &+ op.pointee.displacement) & op.pointee.addressMask
    }

    // MARK: Binary operations

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

    // MARK: MOV

    @inline(__always)
    func movRR<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        setRegister(op.pointee.first, register(op.pointee.second, W.self))
    }

    @inline(__always)
    func movRI<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        setRegister(op.pointee.first, W(truncatingIfNeeded: op.pointee.immediate))
    }

    @inline(__always)
    func movRM<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        setRegister(op.pointee.first, try load(op.pointee.segment, address(op), W.self))
    }

    @inline(__always)
    func movMR<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        try store(op.pointee.segment, address(op), register(op.pointee.second, W.self))
    }

    @inline(__always)
    func movMI<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        try store(op.pointee.segment, address(op), W(truncatingIfNeeded: op.pointee.immediate))
    }

    @inline(__always)
    func movzxRR<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        registers[Int(op.pointee.first)] = UInt32(truncatingIfNeeded: register(op.pointee.second, W.self))
    }

    @inline(__always)
    func movzxRM<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        registers[Int(op.pointee.first)] =
            UInt32(truncatingIfNeeded: try load(op.pointee.segment, address(op), W.self))
    }

    @inline(__always)
    func movsxRR<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        registers[Int(op.pointee.first)] = ALU.signExtend(register(op.pointee.second, W.self))
    }

    @inline(__always)
    func movsxRM<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        registers[Int(op.pointee.first)] = ALU.signExtend(try load(op.pointee.segment, address(op), W.self))
    }

    @inline(__always)
    func exchangeRR32(_ op: OpPointer) {
        let a = registers[Int(op.pointee.first)]
        registers[Int(op.pointee.first)] = registers[Int(op.pointee.second)]
        registers[Int(op.pointee.second)] = a
    }

    // MARK: TEST, INC, DEC

    @inline(__always)
    func testRR<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        let b = register(op.pointee.second, W.self)
        _ = ALU.logic(register(op.pointee.first, W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testRI<W: Operand>(_ op: OpPointer, _ type: W.Type) {
        let b = W(truncatingIfNeeded: op.pointee.immediate)
        _ = ALU.logic(register(op.pointee.first, W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testMR<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let b = register(op.pointee.second, W.self)
        _ = ALU.logic(try load(op.pointee.segment, address(op), W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testMI<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let b = W(truncatingIfNeeded: op.pointee.immediate)
        _ = ALU.logic(try load(op.pointee.segment, address(op), W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func stepR<W: Operand>(_ op: OpPointer, _ type: W.Type, by delta: W) {
        setRegister(op.pointee.first, ALU.step(register(op.pointee.first, W.self), by: delta, &core.pointee.flags))
    }

    @inline(__always)
    func stepM<W: Operand>(_ op: OpPointer, _ type: W.Type, by delta: W) throws(Interruption) {
        var flags = core.pointee.flags
        try modify(op.pointee.segment, address(op), W.self) { ALU.step($0, by: delta, &flags) }
        core.pointee.flags = flags
    }

    // MARK: Shifts and IMUL

    enum ShiftKind {
        case left, right, arithmetic

        var operation: ShiftOperation {
            switch self {
            case .left: .shl
            case .right: .shr
            case .arithmetic: .sar
            }
        }
    }

    @inline(__always)
    func shift<W: Operand>(_ a: W, by count: UInt32, _ kind: ShiftKind, _ flags: inout LazyFlags) -> W {
        switch kind {
        case .left: ALU.shiftLeft(a, by: count, &flags)
        case .right: ALU.shiftRight(a, by: count, &flags)
        case .arithmetic: ALU.shiftArithmetic(a, by: count, &flags)
        }
    }

    /// By an immediate count that is 1 to the width modulo 32.
    @inline(__always)
    func shiftRI<W: Operand>(_ op: OpPointer, _ type: W.Type, _ kind: ShiftKind) {
        let a = register(op.pointee.first, W.self)
        setRegister(op.pointee.first, shift(a, by: op.pointee.immediate & 31, kind, &core.pointee.flags))
    }

    /// By CL; the fast path has counts from 1 to the width.
    @inline(__always)
    func shiftRCL<W: Operand>(_ op: OpPointer, _ type: W.Type, _ kind: ShiftKind) {
        let count = registers[1] & 31
        guard count &- 1 < UInt32(W.bitWidth), model.masksShiftCounts else {
            return shiftByCount(op, W.self, kind.operation)
        }
        let a = register(op.pointee.first, W.self)
        setRegister(op.pointee.first, shift(a, by: count, kind, &core.pointee.flags))
    }

    @inline(__always)
    func imul32(_ a: UInt32, _ b: UInt32, into number: UInt8) {
        let wide = Int64(Int32(bitPattern: a)) &* Int64(Int32(bitPattern: b))
        let result = UInt32(truncatingIfNeeded: wide)
        let carry: UInt32 = wide == Int64(Int32(truncatingIfNeeded: wide)) ? 0 : 1
        core.pointee.flags = ALU.multiplyFlags(carry: carry, core.pointee.flags)
        registers[Int(number)] = result
    }

    @inline(__always)
    func imulRR32(_ op: OpPointer) {
        imul32(registers[Int(op.pointee.first)], registers[Int(op.pointee.second)], into: op.pointee.first)
    }

    @inline(__always)
    func imulRM32(_ op: OpPointer) throws(Interruption) {
        let b = try load(op.pointee.segment, address(op), UInt32.self)
        imul32(registers[Int(op.pointee.first)], b, into: op.pointee.first)
    }

    @inline(__always)
    func imulRI32(_ op: OpPointer) {
        imul32(registers[Int(op.pointee.second)], op.pointee.immediate, into: op.pointee.first)
    }

    // MARK: Stack

    /// Pushes a value; ESP moves only if the store succeeded.
    @inline(__always)
    func push<W: Operand>(_ value: W) throws(Interruption) {
        let mask = core.pointee.stackMask
        let offset = (registers[4] &- UInt32(MemoryLayout<W>.size)) & mask
        try store(SegmentRegister.ss.rawValue, offset, value)
        registers[4] = registers[4] & ~mask | offset
    }

    /// Pops a value and moves ESP.
    @inline(__always)
    func pop<W: Operand>(_ type: W.Type) throws(Interruption) -> W {
        let mask = core.pointee.stackMask
        let offset = registers[4] & mask
        let value = try load(SegmentRegister.ss.rawValue, offset, W.self)
        registers[4] = registers[4] & ~mask | (offset &+ UInt32(MemoryLayout<W>.size)) & mask
        return value
    }

    @inline(__always)
    func popR<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        setRegister(op.pointee.first, try pop(W.self))
    }

    // MARK: Branches

    /// A near jump to an offset in CS, which must lie within the limit.
    @inline(__always)
    func jump(to target: UInt32) throws(Interruption) {
        guard Int64(target) <= core.pointee.codeLimit else { throw outsideCode(target) }
        core.pointee.state.eip = target
    }

    @inline(never)
    func outsideCode(_ offset: UInt32, ext: UInt16 = 0) -> Interruption {
        raised(
            Fault(.generalProtection, errorCode: ext), .codeLimit, register: .cs, address: offset, access: .execute)
    }

    /// The target of a relative branch.
    @inline(__always)
    func target(_ op: OpPointer) -> UInt32 {
        (core.pointee.blockEIP &+ op.pointee.immediate) & op.pointee.addressMask
    }

    /// EIP behind the instruction.
    @inline(__always)
    func nextEIP(_ op: OpPointer) -> UInt32 { core.pointee.blockEIP &+ UInt32(op.pointee.next) }

    @inline(__always)
    func branch(_ op: OpPointer, if taken: Bool) throws(Interruption) {
        if taken { try jump(to: target(op)) }
    }

    @inline(__always)
    func callI<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let target = target(op)
        guard Int64(target) <= core.pointee.codeLimit else { throw try refusedCall(target, op.pointee.width) }
        try push(W(truncatingIfNeeded: nextEIP(op)))
        core.pointee.state.eip = target
    }

    @inline(__always)
    func retN<W: Operand>(_ type: W.Type) throws(Interruption) {
        let mask = core.pointee.stackMask
        let offset = registers[4] & mask
        try jump(to: UInt32(truncatingIfNeeded: try load(SegmentRegister.ss.rawValue, offset, W.self)))
        registers[4] = registers[4] & ~mask | (offset &+ UInt32(MemoryLayout<W>.size)) & mask
    }

    /// LOOP: the counter has the address size.
    ///
    /// Returns whether it jumped.
    @inline(__always)
    func loopI(_ op: OpPointer) throws(Interruption) -> Bool {
        let mask: UInt32 = op.pointee.flags.contains(.address32) ? 0xFFFF_FFFF : 0xFFFF
        let count = (registers[1] &- 1) & mask
        if count != 0 { try jump(to: target(op)) }
        registers[1] = registers[1] & ~mask | count
        return count != 0
    }

    // MARK: String instructions that are not repeated

    /// Moves (E)SI or (E)DI by one element of `size` bytes, down if DF is set.
    @inline(__always)
    private func step(_ register: GeneralRegister, _ op: OpPointer, _ size: Int) {
        // DF is bit 10: 0 or twice the size is taken off.
        let down = (core.pointee.state.eflags.rawValue &>> 10 & 1) &* UInt32(2 &* size)
        let mask = op.pointee.addressMask
        setMasked(register, mask, registers[Int(register.rawValue)] &+ UInt32(size) &- down)
    }

    @inline(__always)
    func storeOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        try store(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), register(0, W.self))
        step(.edi, op, MemoryLayout<W>.size)
    }

    @inline(__always)
    func loadOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        setRegister(0, try load(op.pointee.segment, masked(.esi, op.pointee.addressMask), W.self))
        step(.esi, op, MemoryLayout<W>.size)
    }

    @inline(__always)
    func moveOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let value = try load(op.pointee.segment, masked(.esi, op.pointee.addressMask), W.self)
        try store(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), value)
        step(.esi, op, MemoryLayout<W>.size)
        step(.edi, op, MemoryLayout<W>.size)
    }

    @inline(__always)
    func scanOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let value = try load(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), W.self)
        _ = ALU.subtract(register(0, W.self), value, borrow: 0, &core.pointee.flags)
        step(.edi, op, MemoryLayout<W>.size)
    }

    @inline(__always)
    func compareOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        // As in `compareString`: the fault of ES:(E)DI comes first.
        let b = try load(SegmentRegister.es.rawValue, masked(.edi, op.pointee.addressMask), W.self)
        let a = try load(op.pointee.segment, masked(.esi, op.pointee.addressMask), W.self)
        _ = ALU.subtract(a, b, borrow: 0, &core.pointee.flags)
        step(.esi, op, MemoryLayout<W>.size)
        step(.edi, op, MemoryLayout<W>.size)
    }
}
