// The bodies of the x87's handlers: numbers that are normal or zero, registers in use, nothing pending, and for
// arithmetic FCW as FNINIT leaves it. Where any check fails, the op runs by its body.

/// FCW, FSW, TOP, the tags and FOP as one word, as they lie in `X87State`: read once and written once by an instruction.
struct X87Word {
    var bits: UInt64

    // What must not be set, or not be different, for an instruction to run here, as `(bits ^ usual) & matters`.
    /// An exception is pending.
    static let pending: UInt64 = 0x80 << 16
    /// The same; or exceptions are not masked, or the rounding is not to nearest.
    static let rounding: UInt64 = pending | 0xC3F
    /// The same; or the precision is not of 64 bits.
    static let arithmetic: UInt64 = pending | 0xF3F
    private static let usual: UInt64 = 0x33F

    /// TOP.
    @inline(__always)
    var top: UInt64 { bits &>> 32 & 7 }

    /// Bit n is set if ST(n) is in use, for n below 8.
    @inline(__always)
    var inUse: UInt64 { ((bits &>> 40 & 0xFF) &* 0x0101) &>> top }

    /// Not 0 if something of what matters is not as usual, or one of the registers that are needed is empty.
    @inline(__always)
    func obstacles(_ matters: UInt64, needs registers: UInt64) -> UInt64 {
        (bits ^ Self.usual) & matters | ~inUse & registers
    }

    /// Leaves C1 and exceptions, and FOP.
    @inline(__always)
    mutating func leave(_ flags: UInt16, opcode: UInt32) {
        let kept = bits & ~(UInt64(QuickX87.roundedUp) << 16) & 0xFFFF_FFFF_FFFF
        bits = kept | UInt64(flags) &<< 16 | UInt64(opcode) &<< 48
    }

    @inline(__always)
    private mutating func set(top: UInt64, inUse: UInt64) {
        bits = bits & 0xFFFF_0000_FFFF_FFFF | (top & 7) &<< 32 | inUse &<< 40
    }

    @inline(__always)
    mutating func pop() { set(top: top &+ 1, inUse: bits &>> 40 & 0xFF & ~(1 &<< top)) }

    @inline(__always)
    mutating func push() {
        let top = (top &- 1) & 7
        set(top: top, inUse: bits &>> 40 & 0xFF | 1 &<< top)
    }

    /// ST(number) is in use from now on.
    @inline(__always)
    mutating func use(_ number: UInt64) { set(top: top, inUse: bits &>> 40 & 0xFF | 1 &<< ((top &+ number) & 7)) }
}

extension UnsafeMutablePointer<Core> {
    /// The state of the x87.
    @inline(__always)
    var x87: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self).advanced(by: Core.x87Offset) }

    @inline(__always)
    var x87Word: X87Word {
        get { X87Word(bits: x87.load(fromByteOffset: Core.x87WordOffset, as: UInt64.self)) }
        nonmutating set { x87.storeBytes(of: newValue.bits, toByteOffset: Core.x87WordOffset, as: UInt64.self) }
    }

    /// CR0.EM and TS, which keep x87 instructions from running.
    @inline(__always)
    var x87Switches: UInt64 {
        UInt64(pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched))
    }
}

extension Core {
    @inline(__always)
    static var x87Offset: Int { MemoryLayout<Core>.offset(of: \Core.state.x87) ?? 0 }
    /// Where FCW is, and behind it FSW, TOP, the tags and FOP (`QuickX87Tests` looks at the layout).
    @inline(__always)
    static var x87WordOffset: Int { MemoryLayout<X87State>.offset(of: \X87State.control) ?? 0 }
    /// Where FIP is, and behind it FCS.
    @inline(__always)
    static var x87PlaceOffset: Int { MemoryLayout<X87State>.offset(of: \X87State.instructionOffset) ?? 0 }
    @inline(__always)
    static var x87DataOffset: Int { MemoryLayout<X87State>.offset(of: \X87State.dataOffset) ?? 0 }
    @inline(__always)
    static var x87DataSelectorOffset: Int { MemoryLayout<X87State>.offset(of: \X87State.dataSelector) ?? 0 }
}

extension Chain {
    /// A data register by its distance from the top of the stack.
    @inline(__always)
    private func st(_ number: UInt64, _ word: X87Word) -> UnsafeMutablePointer<Extended> {
        core.x87.assumingMemoryBound(to: Extended.self) + Int(truncatingIfNeeded: (word.top &+ number) & 7)
    }

    private var other: UInt64 {
        @inline(__always) get { UInt64(op.pointee.second) }
    }

    /// Takes over the word with C1 and exceptions, FIP, FCS and FOP, and goes on.
    @inline(__always)
    private func finish(_ word: X87Word, _ flags: UInt16 = 0) {
        var word = word
        word.leave(flags, opcode: op.pointee.immediate)
        core.x87Word = word
        let offset = eip &+ UInt32(op.pointee.next) &- UInt32(op.pointee.length)
        let place = UInt64(core.pointee.state.segments.cs.selector) &<< 32 | UInt64(offset)
        core.x87.storeBytes(of: place, toByteOffset: Core.x87PlaceOffset, as: UInt64.self)
        next()
    }

    /// The same, and FDP and FDS.
    @inline(__always)
    private func finishWithMemory(_ word: X87Word, _ flags: UInt16 = 0) {
        core.x87.storeBytes(of: core.address(op), toByteOffset: Core.x87DataOffset, as: UInt32.self)
        let selector = core.selector(op.pointee.segment)
        core.x87.storeBytes(of: selector, toByteOffset: Core.x87DataSelectorOffset, as: UInt16.self)
        finish(word, flags)
    }

    /// Goes on with a memory operand.
    @inline(__always)
    private func reading<W>(_ type: W.Type, _ body: (W) -> Void) {
        let (isHit, host) = core.readEntry(op.pointee.segment, core.address(op), W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self))
    }

    // MARK: Loads

    /// Room for one more, and nothing else that keeps a load from running.
    @inline(__always)
    private func loadObstacles(_ word: X87Word) -> UInt64 {
        word.obstacles(X87Word.pending, needs: 0) | core.x87Switches | word.inUse & 0x80
    }

    @inline(__always)
    func loadReal<Bits: SSEFormat>(_ type: Bits.Type) {
        reading(Bits.self) {
            let number = QuickX87.load($0)
            var word = core.x87Word
            guard number.isQuick, loadObstacles(word) == 0 else { return runByBody() }
            word.push()
            st(0, word).pointee = number.value
            finishWithMemory(word)
        }
    }

    @inline(__always)
    func loadInteger<W: FixedWidthInteger>(_ type: W.Type) {
        reading(W.self) {
            var word = core.x87Word
            guard loadObstacles(word) == 0 else { return runByBody() }
            word.push()
            st(0, word).pointee = X87Arithmetic.extended(Int64($0))
            finishWithMemory(word)
        }
    }

    @inline(__always)
    func loadCopy() {
        var word = core.x87Word
        let value = st(other, word).pointee
        guard loadObstacles(word) | word.obstacles(0, needs: 1 &<< other) == 0 else { return runByBody() }
        word.push()
        st(0, word).pointee = value
        finish(word)
    }

    /// FLD1 and FLDZ.
    @inline(__always)
    func loadConstant() {
        var word = core.x87Word
        guard loadObstacles(word) == 0 else { return runByBody() }
        word.push()
        // D9 E8 is FLD1, D9 EE FLDZ.
        let isZero = op.pointee.immediate & 7 == 6
        st(0, word).pointee = Extended(
            signExponent: isZero ? 0 : Extended.one.signExponent, significand: isZero ? 0 : Extended.integerBit)
        finish(word)
    }

    // MARK: Stores and moves

    @inline(__always)
    func storeReal<Bits: SSEFormat>(_ type: Bits.Type, pops: Bool) {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), Bits.self)
        var word = core.x87Word
        let number = QuickX87.store(st(0, word).pointee, Bits.self)
        let obstacles = word.obstacles(X87Word.rounding, needs: 1) | core.x87Switches
        guard isHit, number.isQuick, obstacles == 0 else { return runByBody() }
        host.storeBytes(of: number.bits, as: Bits.self)
        if pops { word.pop() }
        finishWithMemory(word, number.flags)
    }

    /// FISTP m32: cut off, as C has it, or to nearest.
    @inline(__always)
    func storeInteger() {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), UInt32.self)
        var word = core.x87Word
        let value = st(0, word).pointee
        let places = Extended.bias &+ 63 &- value.exponent
        // 1 to 2^31, so that the shifts below are by 33 to 63 places.
        let isQuick = value.isNormal && places > 32 && places < 64
        let count = UInt64(truncatingIfNeeded: places) & 63
        let whole = value.significand &>> count
        let rest = value.significand &<< (64 &- count)
        let rounding = word.bits & 0xC00
        let isCut = rounding == 0xC00
        let isUp = !isCut && rest > Extended.integerBit &- (whole & 1)
        let magnitude = whole &+ (isUp ? 1 : 0)
        let obstacles = word.obstacles(X87Word.pending | 0x3F, needs: 1) | core.x87Switches
        guard isHit, isQuick, magnitude < 1 << 31, rounding == 0 || isCut, obstacles == 0 else { return runByBody() }
        let integer = UInt32(truncatingIfNeeded: magnitude)
        host.storeBytes(of: value.sign == 0 ? integer : 0 &- integer, as: UInt32.self)
        word.pop()
        finishWithMemory(word, (rest == 0 ? 0 : QuickX87.inexact) | (isUp ? QuickX87.roundedUp : 0))
    }

    @inline(__always)
    func storeCopy(pops: Bool) {
        var word = core.x87Word
        guard word.obstacles(X87Word.pending, needs: 1) | core.x87Switches == 0 else { return runByBody() }
        st(other, word).pointee = st(0, word).pointee
        word.use(other)
        if pops { word.pop() }
        finish(word)
    }

    @inline(__always)
    func exchange() {
        let word = core.x87Word
        let needs = 1 | 1 &<< other
        guard word.obstacles(X87Word.pending, needs: needs) | core.x87Switches == 0 else { return runByBody() }
        let first = st(0, word)
        let second = st(other, word)
        let value = first.pointee
        first.pointee = second.pointee
        second.pointee = value
        finish(word)
    }

    @inline(__always)
    private func replaceSign(_ body: (UInt16) -> UInt16) {
        let word = core.x87Word
        guard word.obstacles(X87Word.pending, needs: 1) | core.x87Switches == 0 else { return runByBody() }
        let first = st(0, word)
        first.pointee.signExponent = body(first.pointee.signExponent)
        finish(word)
    }

    @inline(__always)
    func changeSign() { replaceSign { $0 ^ 0x8000 } }

    @inline(__always)
    func clearSign() { replaceSign { $0 & 0x7FFF } }

    // MARK: Arithmetic

    /// Both registers in use, FCW as usual.
    @inline(__always)
    private func arithmeticObstacles(_ word: X87Word, needs: UInt64) -> UInt64 {
        word.obstacles(X87Word.arithmetic, needs: needs) | core.x87Switches
    }

    /// ST := ST op ST(i).
    @inline(__always)
    func combineTop(_ function: (Extended, Extended) -> QuickX87.Result) {
        let word = core.x87Word
        let result = function(st(0, word).pointee, st(other, word).pointee)
        guard result.isQuick, arithmeticObstacles(word, needs: 1 | 1 &<< other) == 0 else { return runByBody() }
        st(0, word).pointee = result.value
        finish(word, result.flags)
    }

    /// ST(i) := ST(i) op ST.
    @inline(__always)
    func combineOther(pops: Bool, _ function: (Extended, Extended) -> QuickX87.Result) {
        var word = core.x87Word
        let result = function(st(other, word).pointee, st(0, word).pointee)
        guard result.isQuick, arithmeticObstacles(word, needs: 1 | 1 &<< other) == 0 else { return runByBody() }
        st(other, word).pointee = result.value
        if pops { word.pop() }
        finish(word, result.flags)
    }

    /// ST := ST op memory.
    @inline(__always)
    func combineM<Bits: SSEFormat>(_ type: Bits.Type, _ function: (Extended, Extended) -> QuickX87.Result) {
        reading(Bits.self) {
            let operand = QuickX87.load($0)
            let word = core.x87Word
            let result = function(st(0, word).pointee, operand.value)
            guard operand.isQuick, result.isQuick, arithmeticObstacles(word, needs: 1) == 0 else {
                return runByBody()
            }
            st(0, word).pointee = result.value
            finishWithMemory(word, result.flags)
        }
    }

    // MARK: Comparisons

    /// Leaves the order in C3, C2 and C0.
    @inline(__always)
    private func setOrder(_ word: inout X87Word, isEqual: Bool, isLess: Bool) {
        let codes: UInt64 = isEqual ? 0x4000 : isLess ? 0x100 : 0
        word.bits = word.bits & ~(UInt64(X87State.conditionBits) << 16) | codes &<< 16
    }

    @inline(__always)
    private func compare(with other: UInt64, pops: Int) {
        var word = core.x87Word
        let order = QuickX87.order(st(0, word).pointee, st(other, word).pointee)
        let obstacles = word.obstacles(X87Word.pending, needs: 1 | 1 &<< other) | core.x87Switches
        guard order.isQuick, obstacles == 0 else { return runByBody() }
        setOrder(&word, isEqual: order.isEqual, isLess: order.isLess)
        for _ in 0..<pops { word.pop() }
        finish(word)
    }

    @inline(__always)
    func compare(pops: Int) { compare(with: other, pops: pops) }

    @inline(__always)
    func compareBoth() { compare(with: 1, pops: 2) }

    @inline(__always)
    func compareM<Bits: SSEFormat>(_ type: Bits.Type, pops: Int) {
        reading(Bits.self) {
            let operand = QuickX87.load($0)
            var word = core.x87Word
            let order = QuickX87.order(st(0, word).pointee, operand.value)
            let obstacles = word.obstacles(X87Word.pending, needs: 1) | core.x87Switches
            guard operand.isQuick, order.isQuick, obstacles == 0 else { return runByBody() }
            setOrder(&word, isEqual: order.isEqual, isLess: order.isLess)
            for _ in 0..<pops { word.pop() }
            finishWithMemory(word)
        }
    }

    /// FCOMI and its kin, which leave C1 alone.
    @inline(__always)
    func compareToFlags(pops: Int) {
        var word = core.x87Word
        let order = QuickX87.order(st(0, word).pointee, st(other, word).pointee)
        let obstacles = word.obstacles(X87Word.pending, needs: 1 | 1 &<< other) | core.x87Switches
        guard order.isQuick, obstacles == 0 else { return runByBody() }
        let keptC1 = UInt16(truncatingIfNeeded: word.bits &>> 16) & QuickX87.roundedUp
        for _ in 0..<pops { word.pop() }
        var chain = self
        chain.flags = LazyFlags(isEqual: order.isEqual, isLess: order.isLess)
        chain.finish(word, keptC1)
    }

    // MARK: Control

    /// FNSTSW AX.
    @inline(__always)
    func storeStatus() {
        let word = core.x87Word
        guard core.x87Switches == 0 else { return runByBody() }
        let status = UInt16(truncatingIfNeeded: word.bits &>> 16) | UInt16(truncatingIfNeeded: word.top) &<< 11
        core.setRegister(GeneralRegister.eax.rawValue, status)
        next()
    }

    /// FNSTCW.
    @inline(__always)
    func storeControl() {
        let (isHit, host) = core.writeEntry(op.pointee.segment, core.address(op), UInt16.self)
        guard isHit, core.x87Switches == 0 else { return runByBody() }
        host.storeBytes(of: UInt16(truncatingIfNeeded: core.x87Word.bits), as: UInt16.self)
        next()
    }

    /// FLDCW of a word that masks all exceptions, and has nothing in its reserved bits that chips differ in.
    @inline(__always)
    func loadControl() {
        reading(UInt16.self) {
            let word = core.x87Word
            let reserved = UInt64($0 & 0xF0FF ^ 0x7F)
            guard word.obstacles(X87Word.pending, needs: 0) | core.x87Switches | reserved == 0 else {
                return runByBody()
            }
            core.x87Word = X87Word(bits: word.bits & ~0xFFFF | UInt64($0))
            next()
        }
    }
}
