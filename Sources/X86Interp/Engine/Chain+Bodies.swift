// The bodies of the handlers, generic over operation, operands and width.
extension Chain {
    // MARK: Operands

    @inline(__always)
    private func first<W: Operand>(_ type: W.Type) -> W { core.register(op.pointee.first, W.self) }

    @inline(__always)
    private func second<W: Operand>(_ type: W.Type) -> W { core.register(op.pointee.second, W.self) }

    @inline(__always)
    private func immediate<W: Operand>(_ type: W.Type) -> W { W(truncatingIfNeeded: op.pointee.immediate) }

    @inline(__always)
    private func setFirst<W: Operand>(_ value: W) { core.setRegister(op.pointee.first, value) }

    @inline(__always)
    private func operandToRead<W>(_ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        core.readEntry(op.pointee.segment, core.address(op), W.self)
    }

    @inline(__always)
    private func operandToWrite<W>(_ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        core.writeEntry(op.pointee.segment, core.address(op), W.self)
    }

    /// Goes on with the memory operand's value.
    @inline(__always)
    private func reading<W: Operand>(_ type: W.Type, _ body: (W) -> Void) {
        let (isHit, host) = operandToRead(W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self))
    }

    // MARK: Arithmetic and logic

    @inline(__always)
    private func binary<W: Operand>(_ operation: ALU.Binary, _ b: W) {
        var chain = self
        let result = ALU.apply(operation, first(W.self), b, &chain.flags)
        if operation != .cmp { setFirst(result) }
        chain.next()
    }

    @inline(__always)
    private func binaryM<W: Operand>(_ operation: ALU.Binary, _ b: W) {
        let (isHit, host) = operation == .cmp ? operandToRead(W.self) : operandToWrite(W.self)
        guard isHit else { return runByBody() }
        var chain = self
        let result = ALU.apply(operation, host.loadUnaligned(as: W.self), b, &chain.flags)
        if operation != .cmp { host.storeBytes(of: result, as: W.self) }
        chain.next()
    }

    @inline(__always)
    func binaryRR<W: Operand>(_ operation: ALU.Binary, _ type: W.Type) { binary(operation, second(W.self)) }

    @inline(__always)
    func binaryRI<W: Operand>(_ operation: ALU.Binary, _ type: W.Type) { binary(operation, immediate(W.self)) }

    @inline(__always)
    func binaryRM<W: Operand>(_ operation: ALU.Binary, _ type: W.Type) {
        reading(W.self) { binary(operation, $0) }
    }

    @inline(__always)
    func binaryMR<W: Operand>(_ operation: ALU.Binary, _ type: W.Type) { binaryM(operation, second(W.self)) }

    @inline(__always)
    func binaryMI<W: Operand>(_ operation: ALU.Binary, _ type: W.Type) { binaryM(operation, immediate(W.self)) }

    @inline(__always)
    func test<W: Operand>(_ a: W, _ b: W) {
        var chain = self
        _ = ALU.logic(a & b, &chain.flags)
        chain.next()
    }

    @inline(__always)
    func testRR<W: Operand>(_ type: W.Type) { test(first(W.self), second(W.self)) }

    @inline(__always)
    func testRI<W: Operand>(_ type: W.Type) { test(first(W.self), immediate(W.self)) }

    @inline(__always)
    private func testM<W: Operand>(_ b: W) {
        reading(W.self) { test($0, b) }
    }

    @inline(__always)
    func testMR<W: Operand>(_ type: W.Type) { testM(second(W.self)) }

    @inline(__always)
    func testMI<W: Operand>(_ type: W.Type) { testM(immediate(W.self)) }

    /// INC and DEC.
    @inline(__always)
    func stepR<W: Operand>(_ type: W.Type, by delta: W) {
        var chain = self
        setFirst(ALU.step(first(W.self), by: delta, &chain.flags))
        chain.next()
    }

    @inline(__always)
    func stepM<W: Operand>(_ type: W.Type, by delta: W) {
        let (isHit, host) = operandToWrite(W.self)
        guard isHit else { return runByBody() }
        var chain = self
        host.storeBytes(of: ALU.step(host.loadUnaligned(as: W.self), by: delta, &chain.flags), as: W.self)
        chain.next()
    }

    @inline(__always)
    func negR32() {
        var chain = self
        setFirst(ALU.negate(first(UInt32.self), &chain.flags))
        chain.next()
    }

    @inline(__always)
    func notR32() {
        setFirst(~first(UInt32.self))
        next()
    }

    @inline(__always)
    private func multiply(_ a: UInt32, _ b: UInt32) {
        var chain = self
        setFirst(ALU.multiplySigned(a, b, &chain.flags))
        chain.next()
    }

    @inline(__always)
    func imulRR32() { multiply(first(UInt32.self), second(UInt32.self)) }

    @inline(__always)
    func imulRI32() { multiply(second(UInt32.self), op.pointee.immediate) }

    @inline(__always)
    func imulRM32() {
        reading(UInt32.self) { multiply(first(UInt32.self), $0) }
    }

    // MARK: Shifts

    /// A shift by 1 to the width.
    @inline(__always)
    private func shift<W: Operand>(_ kind: ALU.Shift, _ type: W.Type, by count: UInt32) {
        var chain = self
        setFirst(ALU.shift(kind, first(W.self), by: count, &chain.flags))
        chain.next()
    }

    @inline(__always)
    func shiftRI<W: Operand>(_ kind: ALU.Shift, _ type: W.Type) { shift(kind, W.self, by: op.pointee.immediate & 31) }

    /// By CL; counts that the models take differently leave.
    @inline(__always)
    func shiftRCL<W: Operand>(_ kind: ALU.Shift, _ type: W.Type) {
        let count = core.registers[.ecx] & 0xFF
        guard count &- 1 < UInt32(W.bitWidth), count < 32 else { return runByBody() }
        shift(kind, W.self, by: count)
    }

    // MARK: Moves

    @inline(__always)
    func movRR<W: Operand>(_ type: W.Type) {
        setFirst(second(W.self))
        next()
    }

    @inline(__always)
    func movRI<W: Operand>(_ type: W.Type) {
        setFirst(immediate(W.self))
        next()
    }

    @inline(__always)
    func movRM<W: Operand>(_ type: W.Type) {
        reading(W.self) {
            setFirst($0)
            next()
        }
    }

    @inline(__always)
    private func store<W: Operand>(_ value: W) {
        let (isHit, host) = operandToWrite(W.self)
        guard isHit else { return runByBody() }
        host.storeBytes(of: value, as: W.self)
        next()
    }

    @inline(__always)
    func movMR<W: Operand>(_ type: W.Type) { store(second(W.self)) }

    @inline(__always)
    func movMI<W: Operand>(_ type: W.Type) { store(immediate(W.self)) }

    @inline(__always)
    func movzxRR<W: Operand>(_ type: W.Type) {
        setFirst(UInt32(truncatingIfNeeded: second(W.self)))
        next()
    }

    @inline(__always)
    func movzxRM<W: Operand>(_ type: W.Type) {
        reading(W.self) {
            setFirst(UInt32(truncatingIfNeeded: $0))
            next()
        }
    }

    @inline(__always)
    func movsxRR<W: Operand>(_ type: W.Type) {
        setFirst(ALU.signExtend(second(W.self)))
        next()
    }

    @inline(__always)
    func movsxRM<W: Operand>(_ type: W.Type) {
        reading(W.self) {
            setFirst(ALU.signExtend($0))
            next()
        }
    }

    @inline(__always)
    func lea<W: Operand>(_ type: W.Type) {
        setFirst(W(truncatingIfNeeded: core.address(op)))
        next()
    }

    @inline(__always)
    func xchgRR32() {
        let a = first(UInt32.self)
        setFirst(second(UInt32.self))
        core.setRegister(op.pointee.second, a)
        next()
    }

    // MARK: Stack

    /// Where a value is pushed, and the stack pointer behind that.
    @inline(__always)
    private func pushed<W>(_ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer, pointer: UInt32) {
        let offset = core.top(W.self)
        let (isHit, host) = core.writeEntry(SegmentRegister.ss.rawValue, offset, W.self)
        return (isHit, host, offset)
    }

    /// Where the top of the stack is, and the stack pointer behind popping it.
    @inline(__always)
    private func popped<W>(_ type: W.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer, pointer: UInt32) {
        let offset = core.stackPointer
        let (isHit, host) = core.readEntry(SegmentRegister.ss.rawValue, offset, W.self)
        return (isHit, host, offset &+ UInt32(MemoryLayout<W>.size))
    }

    @inline(__always)
    private func push<W: Operand>(_ value: W) {
        let (isHit, host, pointer) = pushed(W.self)
        guard isHit else { return runByBody() }
        host.storeBytes(of: value, as: W.self)
        core.setStackPointer(pointer)
        next()
    }

    @inline(__always)
    func pushR<W: Operand>(_ type: W.Type) { push(first(W.self)) }

    @inline(__always)
    func pushI<W: Operand>(_ type: W.Type) { push(immediate(W.self)) }

    @inline(__always)
    func pushM32() {
        reading(UInt32.self) { push($0) }
    }

    @inline(__always)
    func popR<W: Operand>(_ type: W.Type) {
        let (isHit, host, pointer) = popped(W.self)
        guard isHit else { return runByBody() }
        core.setStackPointer(pointer)
        setFirst(host.loadUnaligned(as: W.self))
        next()
    }

    // MARK: Calls and loops

    @inline(__always)
    func callI<W: Operand>(_ type: W.Type) {
        let (isHit, host, pointer) = pushed(W.self)
        guard isHit else { return leave() }
        let landing = linked()
        guard mayRun(landing) else { return leadsOutOfPage ? runByBody() : leave() }
        host.storeBytes(of: W(truncatingIfNeeded: eip &+ UInt32(op.pointee.next)), as: W.self)
        core.setStackPointer(pointer)
        go(landing)
    }

    @inline(__always)
    func ret<W: Operand>(_ type: W.Type) {
        let (isHit, host, pointer) = popped(W.self)
        guard isHit else { return runByBody() }
        let landing = inPage(UInt32(truncatingIfNeeded: host.loadUnaligned(as: W.self)))
        guard landing.left >= 0 else { return runByBody() }
        core.setStackPointer(pointer)
        go(landing)
    }

    /// Loads CS in real mode, where that is a matter of selector and base, and goes on there.
    @inline(__always)
    private func goFar(_ selector: UInt16, _ landing: Landing, pointer: UInt32) {
        core.setSelector(.cs, selector)
        core.setStackPointer(pointer)
        go(landing)
    }

    /// What far transfers of 16 bits have on the stack, offset and selector, if it does not wrap.
    @inline(__always)
    private func isWhole(_ pointer: UInt32) -> Bool { pointer <= core.pointee.stackMask &- 3 }

    /// Far CALL with an immediate target of 16 bits, in real mode.
    @inline(__always)
    func callFar16() {
        let selector = op.pointee.payload.selector
        let (isHit, host, pointer) = pushed(UInt32.self)
        guard isHit, isWhole(pointer), core.pointee.loadsPlainCS else { return runByBody() }
        let landing = inPage(op.pointee.immediate, base: UInt32(selector) << 4)
        guard landing.left >= 0 else { return runByBody() }
        let ip = UInt16(truncatingIfNeeded: eip &+ UInt32(op.pointee.next))
        host.storeBytes(of: UInt32(core.pointee.state.segments.cs.selector) << 16 | UInt32(ip), as: UInt32.self)
        goFar(selector, landing, pointer: pointer)
    }

    /// Far RET of 16 bits, in real mode.
    @inline(__always)
    func retFar16() {
        let (isHit, host, pointer) = popped(UInt32.self)
        guard isHit, isWhole(core.stackPointer), core.pointee.loadsPlainCS else { return runByBody() }
        let target = host.loadUnaligned(as: UInt32.self)
        let selector = UInt16(truncatingIfNeeded: target >> 16)
        let landing = inPage(target & 0xFFFF, base: UInt32(selector) << 4)
        guard landing.left >= 0 else { return runByBody() }
        goFar(selector, landing, pointer: pointer)
    }

    /// LOOP with CX or ECX.
    @inline(__always)
    func loop<W: Operand>(_ counter: W.Type) {
        let counter = core.registers[.ecx]
        guard W(truncatingIfNeeded: counter) > 1 else {
            // Of 0 it borrows from what is above.
            guard W(truncatingIfNeeded: counter) == 1 else { return leave() }
            core.registers[.ecx] = counter &- 1
            return next()
        }
        let landing = linked()
        guard mayRun(landing) else { return leave() }
        core.registers[.ecx] = counter &- 1
        go(landing)
    }

    // MARK: String instructions that are not repeated

    /// The operand at DS:SI or DS:ESI, or where a prefix says.
    @inline(__always)
    private func source<W, A: Operand>(_ type: W.Type, _ index: A.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer)
    {
        core.readEntry(op.pointee.segment, offset(.esi, A.self), W.self)
    }

    /// The operand at ES:DI or ES:EDI, to be read.
    @inline(__always)
    private func other<W, A: Operand>(_ type: W.Type, _ index: A.Type) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        core.readEntry(SegmentRegister.es.rawValue, offset(.edi, A.self), W.self)
    }

    /// The operand at ES:DI or ES:EDI, to be written.
    @inline(__always)
    private func destination<W, A: Operand>(
        _ type: W.Type, _ index: A.Type
    ) -> (isHit: Bool, host: UnsafeMutableRawPointer) {
        core.writeEntry(SegmentRegister.es.rawValue, offset(.edi, A.self), W.self)
    }

    @inline(__always)
    private func offset<A: Operand>(_ register: GeneralRegister, _ index: A.Type) -> UInt32 {
        UInt32(truncatingIfNeeded: core.register(register.rawValue, A.self))
    }

    /// How far an index moves, by the direction flag.
    @inline(__always)
    private func step<W>(_ type: W.Type) -> UInt32 {
        let size = UInt32(MemoryLayout<W>.size)
        let flags = core.pointee.state.eflags.rawValue
        return size &- (flags & EFLAGS.direction.rawValue) &* (2 &* size) / EFLAGS.direction.rawValue
    }

    @inline(__always)
    private func move<A: Operand>(_ register: GeneralRegister, _ index: A.Type, by step: UInt32) {
        core.setRegister(register.rawValue, core.register(register.rawValue, A.self) &+ A(truncatingIfNeeded: step))
    }

    @inline(__always)
    func stos<W: Operand, A: Operand>(_ type: W.Type, _ index: A.Type) {
        let (isHit, host) = destination(W.self, A.self)
        guard isHit else { return runByBody() }
        host.storeBytes(of: core.register(GeneralRegister.eax.rawValue, W.self), as: W.self)
        move(.edi, A.self, by: step(W.self))
        next()
    }

    @inline(__always)
    func lods<W: Operand, A: Operand>(_ type: W.Type, _ index: A.Type) {
        let (isHit, host) = source(W.self, A.self)
        guard isHit else { return runByBody() }
        core.setRegister(GeneralRegister.eax.rawValue, host.loadUnaligned(as: W.self))
        move(.esi, A.self, by: step(W.self))
        next()
    }

    @inline(__always)
    func movs<W: Operand, A: Operand>(_ type: W.Type, _ index: A.Type) {
        let (isRead, from) = source(W.self, A.self)
        guard isRead else { return runByBody() }
        let (isWritten, to) = destination(W.self, A.self)
        guard isWritten else { return runByBody() }
        to.storeBytes(of: from.loadUnaligned(as: W.self), as: W.self)
        let step = step(W.self)
        move(.esi, A.self, by: step)
        move(.edi, A.self, by: step)
        next()
    }

    @inline(__always)
    func compare<W: Operand>(_ a: W, _ b: W) {
        var chain = self
        _ = ALU.subtract(a, b, borrow: 0, &chain.flags)
        chain.next()
    }

    @inline(__always)
    func scas<W: Operand, A: Operand>(_ type: W.Type, _ index: A.Type) {
        let (isHit, host) = other(W.self, A.self)
        guard isHit else { return runByBody() }
        move(.edi, A.self, by: step(W.self))
        compare(core.register(GeneralRegister.eax.rawValue, W.self), host.loadUnaligned(as: W.self))
    }

    @inline(__always)
    func cmps<W: Operand, A: Operand>(_ type: W.Type, _ index: A.Type) {
        let (isFirst, first) = source(W.self, A.self)
        guard isFirst else { return runByBody() }
        let a = first.loadUnaligned(as: W.self)
        let (isSecond, second) = other(W.self, A.self)
        guard isSecond else { return runByBody() }
        let step = step(W.self)
        move(.esi, A.self, by: step)
        move(.edi, A.self, by: step)
        compare(a, second.loadUnaligned(as: W.self))
    }
}
