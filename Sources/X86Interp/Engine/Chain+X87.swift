// The bodies of the x87's handlers: numbers that are normal or zero, registers in use, nothing pending, and for
// arithmetic FCW as FNINIT leaves it. Where any check fails, the op runs by its body.
extension UnsafeMutablePointer<Core> {
    /// The state of the x87.
    @inline(__always)
    var x87: UnsafeMutablePointer<X87State> {
        UnsafeMutableRawPointer(self).advanced(by: Core.x87Offset).assumingMemoryBound(to: X87State.self)
    }

    /// A data register by its distance from the top of the stack.
    @inline(__always)
    func st(_ number: UInt8) -> UnsafeMutablePointer<Extended> {
        let place = Int((x87.pointee.top &+ number) & 7)
        return UnsafeMutableRawPointer(x87).advanced(by: Core.x87RegistersOffset)
            .assumingMemoryBound(to: Extended.self) + place
    }

    /// Bits are set for what keeps x87 instructions from running: CR0.EM, TS, an exception that is pending.
    @inline(__always)
    var x87Obstacles: UInt32 {
        pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched) | UInt32(x87.pointee.status & 0x80)
    }

    /// The same, and for a rounding mode other than to nearest, and exceptions that are not masked.
    @inline(__always)
    var x87RoundingObstacles: UInt32 { x87Obstacles | UInt32(x87.pointee.control & 0xC3F ^ 0x03F) }

    /// The same, and for a precision other than of 64 bits.
    @inline(__always)
    var x87ArithmeticObstacles: UInt32 { x87Obstacles | UInt32(x87.pointee.control & 0xF3F ^ 0x33F) }

    /// Bit 0 is set if ST(number) is empty.
    @inline(__always)
    func x87IsEmpty(_ number: UInt8) -> UInt32 {
        ~UInt32(x87.pointee.inUse) &>> UInt32((x87.pointee.top &+ number) & 7) & 1
    }
}

extension Core {
    @inline(__always)
    static var x87Offset: Int { MemoryLayout<Core>.offset(of: \Core.state.x87) ?? 0 }
    @inline(__always)
    static var x87RegistersOffset: Int { MemoryLayout<X87State>.offset(of: \X87State.registers) ?? 0 }
}

extension Chain {
    private var x87: UnsafeMutablePointer<X87State> {
        @inline(__always) get { core.x87 }
    }

    // MARK: What each instruction leaves

    /// FIP, FCS and FOP.
    @inline(__always)
    private func record() {
        x87.pointee.instructionOffset = eip &+ UInt32(op.pointee.next) &- UInt32(op.pointee.length)
        x87.pointee.instructionSelector = core.pointee.state.segments.cs.selector
        x87.pointee.opcode = UInt16(truncatingIfNeeded: op.pointee.immediate)
    }

    /// FDP and FDS as well.
    @inline(__always)
    private func recordWithMemory() {
        record()
        x87.pointee.dataOffset = core.address(op)
        x87.pointee.dataSelector = core.selector(op.pointee.segment)
    }

    /// C1 and the exceptions that an instruction leaves.
    @inline(__always)
    private func setFlags(_ flags: UInt16) {
        x87.pointee.status = x87.pointee.status & ~QuickX87.roundedUp | flags
    }

    @inline(__always)
    private func pop(_ count: Int = 1) {
        for _ in 0..<count {
            x87.pointee.inUse &= ~(1 &<< x87.pointee.top)
            x87.pointee.top = (x87.pointee.top &+ 1) & 7
        }
    }

    @inline(__always)
    private func push(_ value: Extended) {
        let top = (x87.pointee.top &- 1) & 7
        x87.pointee.top = top
        x87.pointee.inUse |= 1 &<< top
        core.st(0).pointee = value
    }

    /// Goes on with a memory operand.
    @inline(__always)
    private func reading<W>(_ type: W.Type, _ body: (W) -> Void) {
        let (isHit, host) = core.readEntry(op.pointee.segment, core.address(op), W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self))
    }

    // MARK: Loads

    /// Pushes a number, if there is room.
    @inline(__always)
    private func load(_ value: Extended, isQuick: Bool = true, isMemory: Bool) {
        guard isQuick, core.x87Obstacles | (core.x87IsEmpty(7) ^ 1) == 0 else { return runByBody() }
        setFlags(0)
        push(value)
        if isMemory { recordWithMemory() } else { record() }
        next()
    }

    @inline(__always)
    func loadReal<Bits: SSEFormat>(_ type: Bits.Type) {
        reading(Bits.self) {
            let number = QuickX87.load($0)
            load(number.value, isQuick: number.isQuick, isMemory: true)
        }
    }

    @inline(__always)
    func loadInteger<W: FixedWidthInteger>(_ type: W.Type) {
        reading(W.self) { load(X87Arithmetic.extended(Int64($0)), isMemory: true) }
    }

    @inline(__always)
    func loadCopy() {
        guard core.x87IsEmpty(op.pointee.second) == 0 else { return runByBody() }
        load(core.st(op.pointee.second).pointee, isMemory: false)
    }

    @inline(__always)
    func loadConstant() {
        // D9 E8 is FLD1, D9 EE FLDZ.
        let isZero = op.pointee.immediate & 7 == 6
        load(
            Extended(
                signExponent: isZero ? 0 : Extended.one.signExponent,
                significand: isZero ? 0 : Extended.integerBit), isMemory: false)
    }

    // MARK: Stores and moves

    @inline(__always)
    func storeReal<Bits: SSEFormat>(_ type: Bits.Type, pops: Bool) {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), Bits.self)
        let number = QuickX87.store(core.st(0).pointee, Bits.self)
        guard isHit, number.isQuick, core.x87RoundingObstacles | core.x87IsEmpty(0) == 0 else { return runByBody() }
        host.storeBytes(of: number.bits, as: Bits.self)
        setFlags(number.flags)
        if pops { pop() }
        recordWithMemory()
        next()
    }

    /// FISTP m32: cut off, as C has it, or to nearest.
    @inline(__always)
    func storeInteger() {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), UInt32.self)
        let value = core.st(0).pointee
        let places = Extended.bias &+ 63 &- value.exponent
        // 2^-32 to 2^31, and so that the shifts below are by 33 to 63 places.
        let isQuick = value.isNormal && places > 32 && places < 64
        let count = UInt64(truncatingIfNeeded: places) & 63
        let whole = value.significand &>> count
        let rest = value.significand &<< (64 &- count)
        let isCut = x87.pointee.control & 0xC00 == 0xC00
        let isUp = !isCut && rest > Extended.integerBit &- (whole & 1)
        let magnitude = whole &+ (isUp ? 1 : 0)
        let obstacles = core.x87Obstacles | UInt32(x87.pointee.control & 0x3F ^ 0x3F) | core.x87IsEmpty(0)
        let rounds = x87.pointee.control & 0xC00
        guard isHit, isQuick, magnitude < 1 << 31, rounds == 0 || isCut, obstacles == 0 else { return runByBody() }
        let integer = UInt32(truncatingIfNeeded: magnitude)
        host.storeBytes(of: value.sign == 0 ? integer : 0 &- integer, as: UInt32.self)
        setFlags((rest == 0 ? 0 : QuickX87.inexact) | (isUp ? QuickX87.roundedUp : 0))
        pop()
        recordWithMemory()
        next()
    }

    @inline(__always)
    func storeCopy(pops: Bool) {
        guard core.x87Obstacles | core.x87IsEmpty(0) == 0 else { return runByBody() }
        let value = core.st(0).pointee
        core.st(op.pointee.second).pointee = value
        x87.pointee.inUse |= 1 &<< ((x87.pointee.top &+ op.pointee.second) & 7)
        setFlags(0)
        if pops { pop() }
        record()
        next()
    }

    @inline(__always)
    func exchange() {
        let other = op.pointee.second
        guard core.x87Obstacles | core.x87IsEmpty(0) | core.x87IsEmpty(other) == 0 else { return runByBody() }
        let value = core.st(0).pointee
        core.st(0).pointee = core.st(other).pointee
        core.st(other).pointee = value
        setFlags(0)
        record()
        next()
    }

    @inline(__always)
    private func replaceSign(_ body: (UInt16) -> UInt16) {
        guard core.x87Obstacles | core.x87IsEmpty(0) == 0 else { return runByBody() }
        core.st(0).pointee.signExponent = body(core.st(0).pointee.signExponent)
        setFlags(0)
        record()
        next()
    }

    @inline(__always)
    func changeSign() { replaceSign { $0 ^ 0x8000 } }

    @inline(__always)
    func clearSign() { replaceSign { $0 & 0x7FFF } }

    // MARK: Arithmetic

    /// ST := ST op ST(i).
    @inline(__always)
    func combineTop(_ function: (Extended, Extended) -> QuickX87.Result) {
        let other = op.pointee.second
        let result = function(core.st(0).pointee, core.st(other).pointee)
        guard result.isQuick, core.x87ArithmeticObstacles | core.x87IsEmpty(0) | core.x87IsEmpty(other) == 0 else {
            return runByBody()
        }
        core.st(0).pointee = result.value
        setFlags(result.flags)
        record()
        next()
    }

    /// ST(i) := ST(i) op ST.
    @inline(__always)
    func combineOther(pops: Bool, _ function: (Extended, Extended) -> QuickX87.Result) {
        let other = op.pointee.second
        let result = function(core.st(other).pointee, core.st(0).pointee)
        guard result.isQuick, core.x87ArithmeticObstacles | core.x87IsEmpty(0) | core.x87IsEmpty(other) == 0 else {
            return runByBody()
        }
        core.st(other).pointee = result.value
        setFlags(result.flags)
        if pops { pop() }
        record()
        next()
    }

    /// ST := ST op memory.
    @inline(__always)
    func combineM<Bits: SSEFormat>(_ type: Bits.Type, _ function: (Extended, Extended) -> QuickX87.Result) {
        reading(Bits.self) {
            let operand = QuickX87.load($0)
            let result = function(core.st(0).pointee, operand.value)
            guard operand.isQuick, result.isQuick, core.x87ArithmeticObstacles | core.x87IsEmpty(0) == 0 else {
                return runByBody()
            }
            core.st(0).pointee = result.value
            setFlags(result.flags)
            recordWithMemory()
            next()
        }
    }

    // MARK: Comparisons

    /// C3, C2, C0 and C1.
    @inline(__always)
    private func setOrder(isEqual: Bool, isLess: Bool) {
        let codes: UInt16 = isEqual ? 0x4000 : isLess ? 0x100 : 0
        x87.pointee.status = x87.pointee.status & ~(X87State.conditionBits | QuickX87.roundedUp) | codes
    }

    @inline(__always)
    private func compare(with other: UInt8, pops: Int) {
        let order = QuickX87.order(core.st(0).pointee, core.st(other).pointee)
        guard order.isQuick, core.x87Obstacles | core.x87IsEmpty(0) | core.x87IsEmpty(other) == 0 else {
            return runByBody()
        }
        setOrder(isEqual: order.isEqual, isLess: order.isLess)
        pop(pops)
        record()
        next()
    }

    @inline(__always)
    func compare(pops: Int) { compare(with: op.pointee.second, pops: pops) }

    @inline(__always)
    func compareBoth() { compare(with: 1, pops: 2) }

    @inline(__always)
    func compareM<Bits: SSEFormat>(_ type: Bits.Type, pops: Int) {
        reading(Bits.self) {
            let operand = QuickX87.load($0)
            let order = QuickX87.order(core.st(0).pointee, operand.value)
            guard operand.isQuick, order.isQuick, core.x87Obstacles | core.x87IsEmpty(0) == 0 else {
                return runByBody()
            }
            setOrder(isEqual: order.isEqual, isLess: order.isLess)
            pop(pops)
            recordWithMemory()
            next()
        }
    }

    /// FCOMI and its kin, which leave C1 alone.
    @inline(__always)
    func compareToFlags(pops: Int) {
        let other = op.pointee.second
        let order = QuickX87.order(core.st(0).pointee, core.st(other).pointee)
        guard order.isQuick, core.x87Obstacles | core.x87IsEmpty(0) | core.x87IsEmpty(other) == 0 else {
            return runByBody()
        }
        pop(pops)
        record()
        var chain = self
        chain.flags = LazyFlags(isEqual: order.isEqual, isLess: order.isLess)
        chain.next()
    }

    // MARK: Control

    /// FNSTSW AX.
    @inline(__always)
    func storeStatus() {
        guard core.x87Obstacles & ~0x80 == 0 else { return runByBody() }
        core.setRegister(GeneralRegister.eax.rawValue, x87.pointee.statusWord)
        next()
    }

    /// FNSTCW.
    @inline(__always)
    func storeControl() {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), UInt16.self)
        guard isHit, core.x87Obstacles == 0 else { return runByBody() }
        host.storeBytes(of: x87.pointee.control, as: UInt16.self)
        next()
    }

    /// FLDCW of a word that masks all exceptions, and has nothing in its reserved bits that chips differ in.
    @inline(__always)
    func loadControl() {
        reading(UInt16.self) {
            guard core.x87Obstacles | UInt32($0 & 0xF0FF ^ 0x7F) == 0 else { return runByBody() }
            x87.pointee.control = $0
            next()
        }
    }
}
