// Bodies of the hot switch. Forced inlining lets each case fold its operation, shape and width to constants,
// which is what the switch is for.
extension CPU {
    typealias InstructionPointer = UnsafeMutablePointer<Instruction>

    /// The effective address of the memory operand.
    @inline(__always)
    func address(_ i: InstructionPointer) -> UInt32 {
        let base = registers[Int(i.pointee.base)]
        let index = registers[Int(i.pointee.index)] &<< UInt32(i.pointee.scale)
        return (base &+ index &+ i.pointee.displacement) & i.pointee.addressMask
    }

    // MARK: Binary operations

    @inline(__always)
    func binaryRR<W: Operand>(_ i: InstructionPointer, _ operation: ALU.Binary, _ type: W.Type) {
        let a = register(i.pointee.first, W.self)
        let result = ALU.apply(operation, a, register(i.pointee.second, W.self), &core.pointee.flags)
        if operation != .cmp { setRegister(i.pointee.first, result) }
    }

    @inline(__always)
    func binaryRI<W: Operand>(_ i: InstructionPointer, _ operation: ALU.Binary, _ type: W.Type) {
        let a = register(i.pointee.first, W.self)
        let result = ALU.apply(operation, a, W(truncatingIfNeeded: i.pointee.immediate), &core.pointee.flags)
        if operation != .cmp { setRegister(i.pointee.first, result) }
    }

    @inline(__always)
    func binaryRM<W: Operand>(
        _ i: InstructionPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        let b = try load(i.pointee.segment, address(i), W.self)
        let result = ALU.apply(operation, register(i.pointee.first, W.self), b, &core.pointee.flags)
        if operation != .cmp { setRegister(i.pointee.first, result) }
    }

    @inline(__always)
    func binaryMR<W: Operand>(
        _ i: InstructionPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        try binaryM(i, operation, register(i.pointee.second, W.self))
    }

    @inline(__always)
    func binaryMI<W: Operand>(
        _ i: InstructionPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        try binaryM(i, operation, W(truncatingIfNeeded: i.pointee.immediate))
    }

    @inline(__always)
    private func binaryM<W: Operand>(
        _ i: InstructionPointer, _ operation: ALU.Binary, _ b: W
    ) throws(Interruption) {
        if operation == .cmp {
            _ = ALU.apply(.cmp, try load(i.pointee.segment, address(i), W.self), b, &core.pointee.flags)
        } else {
            // The flags are written only when the store has succeeded.
            var flags = core.pointee.flags
            try modify(i.pointee.segment, address(i), W.self) { ALU.apply(operation, $0, b, &flags) }
            core.pointee.flags = flags
        }
    }

    // MARK: MOV

    @inline(__always)
    func movRR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        setRegister(i.pointee.first, register(i.pointee.second, W.self))
    }

    @inline(__always)
    func movRI<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        setRegister(i.pointee.first, W(truncatingIfNeeded: i.pointee.immediate))
    }

    @inline(__always)
    func movRM<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        setRegister(i.pointee.first, try load(i.pointee.segment, address(i), W.self))
    }

    @inline(__always)
    func movMR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        try store(i.pointee.segment, address(i), register(i.pointee.second, W.self))
    }

    @inline(__always)
    func movMI<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        try store(i.pointee.segment, address(i), W(truncatingIfNeeded: i.pointee.immediate))
    }

    @inline(__always)
    func movzxRR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        registers[Int(i.pointee.first)] = UInt32(truncatingIfNeeded: register(i.pointee.second, W.self))
    }

    @inline(__always)
    func movzxRM<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        registers[Int(i.pointee.first)] =
            UInt32(truncatingIfNeeded: try load(i.pointee.segment, address(i), W.self))
    }

    @inline(__always)
    func movsxRR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        registers[Int(i.pointee.first)] = ALU.signExtend(register(i.pointee.second, W.self))
    }

    @inline(__always)
    func movsxRM<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        registers[Int(i.pointee.first)] = ALU.signExtend(try load(i.pointee.segment, address(i), W.self))
    }

    @inline(__always)
    func exchangeRR32(_ i: InstructionPointer) {
        let a = registers[Int(i.pointee.first)]
        registers[Int(i.pointee.first)] = registers[Int(i.pointee.second)]
        registers[Int(i.pointee.second)] = a
    }

    // MARK: TEST, INC, DEC

    @inline(__always)
    func testRR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        let b = register(i.pointee.second, W.self)
        _ = ALU.logic(register(i.pointee.first, W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testRI<W: Operand>(_ i: InstructionPointer, _ type: W.Type) {
        let b = W(truncatingIfNeeded: i.pointee.immediate)
        _ = ALU.logic(register(i.pointee.first, W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testMR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        let b = register(i.pointee.second, W.self)
        _ = ALU.logic(try load(i.pointee.segment, address(i), W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func testMI<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        let b = W(truncatingIfNeeded: i.pointee.immediate)
        _ = ALU.logic(try load(i.pointee.segment, address(i), W.self) & b, &core.pointee.flags)
    }

    @inline(__always)
    func stepR<W: Operand>(_ i: InstructionPointer, _ type: W.Type, by delta: W) {
        setRegister(i.pointee.first, ALU.step(register(i.pointee.first, W.self), by: delta, &core.pointee.flags))
    }

    @inline(__always)
    func stepM<W: Operand>(_ i: InstructionPointer, _ type: W.Type, by delta: W) throws(Interruption) {
        var flags = core.pointee.flags
        try modify(i.pointee.segment, address(i), W.self) { ALU.step($0, by: delta, &flags) }
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
    func shiftRI<W: Operand>(_ i: InstructionPointer, _ type: W.Type, _ kind: ShiftKind) {
        let a = register(i.pointee.first, W.self)
        setRegister(i.pointee.first, shift(a, by: i.pointee.immediate & 31, kind, &core.pointee.flags))
    }

    /// By CL; the fast path has counts from 1 to the width.
    @inline(__always)
    func shiftRCL<W: Operand>(_ i: InstructionPointer, _ type: W.Type, _ kind: ShiftKind) {
        let count = registers[1] & 31
        guard count &- 1 < UInt32(W.bitWidth), model.masksShiftCounts else {
            return shiftByCount(i, W.self, kind.operation)
        }
        let a = register(i.pointee.first, W.self)
        setRegister(i.pointee.first, shift(a, by: count, kind, &core.pointee.flags))
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
    func imulRR32(_ i: InstructionPointer) {
        imul32(registers[Int(i.pointee.first)], registers[Int(i.pointee.second)], into: i.pointee.first)
    }

    @inline(__always)
    func imulRM32(_ i: InstructionPointer) throws(Interruption) {
        let b = try load(i.pointee.segment, address(i), UInt32.self)
        imul32(registers[Int(i.pointee.first)], b, into: i.pointee.first)
    }

    @inline(__always)
    func imulRI32(_ i: InstructionPointer) {
        imul32(registers[Int(i.pointee.second)], i.pointee.immediate, into: i.pointee.first)
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
    func popR<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        setRegister(i.pointee.first, try pop(W.self))
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
    func target(_ i: InstructionPointer) -> UInt32 {
        (core.pointee.blockEIP &+ i.pointee.immediate) & i.pointee.addressMask
    }

    /// EIP behind the instruction.
    @inline(__always)
    func nextEIP(_ i: InstructionPointer) -> UInt32 { core.pointee.blockEIP &+ UInt32(i.pointee.next) }

    @inline(__always)
    func branch(_ i: InstructionPointer, if taken: Bool) throws(Interruption) {
        if taken { try jump(to: target(i)) }
    }

    @inline(__always)
    func callI<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        let target = target(i)
        guard Int64(target) <= core.pointee.codeLimit else { throw try refusedCall(target, i.pointee.width) }
        try push(W(truncatingIfNeeded: nextEIP(i)))
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
    func loopI(_ i: InstructionPointer) throws(Interruption) -> Bool {
        let mask: UInt32 = i.pointee.flags.contains(.address32) ? 0xFFFF_FFFF : 0xFFFF
        let count = (registers[1] &- 1) & mask
        if count != 0 { try jump(to: target(i)) }
        registers[1] = registers[1] & ~mask | count
        return count != 0
    }

    // MARK: String instructions that are not repeated

    /// Moves (E)SI or (E)DI by one element of `size` bytes, down if DF is set.
    @inline(__always)
    private func step(_ register: GeneralRegister, _ i: InstructionPointer, _ size: Int) {
        // DF is bit 10: 0 or twice the size is taken off.
        let down = (core.pointee.state.eflags.rawValue &>> 10 & 1) &* UInt32(2 &* size)
        let mask = i.pointee.addressMask
        setMasked(register, mask, registers[Int(register.rawValue)] &+ UInt32(size) &- down)
    }

    @inline(__always)
    func storeOne<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        try store(SegmentRegister.es.rawValue, masked(.edi, i.pointee.addressMask), register(0, W.self))
        step(.edi, i, MemoryLayout<W>.size)
    }

    @inline(__always)
    func loadOne<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        setRegister(0, try load(i.pointee.segment, masked(.esi, i.pointee.addressMask), W.self))
        step(.esi, i, MemoryLayout<W>.size)
    }

    @inline(__always)
    func moveOne<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        let value = try load(i.pointee.segment, masked(.esi, i.pointee.addressMask), W.self)
        try store(SegmentRegister.es.rawValue, masked(.edi, i.pointee.addressMask), value)
        step(.esi, i, MemoryLayout<W>.size)
        step(.edi, i, MemoryLayout<W>.size)
    }

    @inline(__always)
    func scanOne<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        let value = try load(SegmentRegister.es.rawValue, masked(.edi, i.pointee.addressMask), W.self)
        _ = ALU.subtract(register(0, W.self), value, borrow: 0, &core.pointee.flags)
        step(.edi, i, MemoryLayout<W>.size)
    }

    @inline(__always)
    func compareOne<W: Operand>(_ i: InstructionPointer, _ type: W.Type) throws(Interruption) {
        // As in `compareString`: the fault of ES:(E)DI comes first.
        let b = try load(SegmentRegister.es.rawValue, masked(.edi, i.pointee.addressMask), W.self)
        let a = try load(i.pointee.segment, masked(.esi, i.pointee.addressMask), W.self)
        _ = ALU.subtract(a, b, borrow: 0, &core.pointee.flags)
        step(.esi, i, MemoryLayout<W>.size)
        step(.edi, i, MemoryLayout<W>.size)
    }
}
