// The bodies of the x87's handlers: numbers that are normal or zero, registers in use, nothing pending, and for
// arithmetic FCW as FNINIT leaves it. Where any check fails, the op runs by its body.

/// TOP and the tags as a handler works with them.
///
/// FCW with FSW, TOP, and the tags are read and written each by itself: if they were one word, the next instruction's
/// registers would have to wait for the exceptions that this one's result raises.
struct X87Stack {
    /// TOP.
    var top: UInt64
    /// Bit n is set if physical register n is in use.
    var inUse: UInt64

    /// The physical number of ST(number).
    @inline(__always)
    func physical(_ number: UInt64) -> UInt64 { (top &+ number) & 7 }

    /// Whether ST(number) is in use.
    @inline(__always)
    func has(_ number: UInt64) -> Bool { inUse &>> physical(number) & 1 != 0 }

    /// A bit of the tags.
    ///
    /// Of 32 bits, so that the compiler changes it in one instruction instead of keeping what `has` looked at.
    @inline(__always)
    private func bit(_ number: UInt64) -> UInt32 { 1 &<< UInt32(truncatingIfNeeded: physical(number)) }

    /// With one more, whose register is empty.
    @inline(__always)
    var pushed: X87Stack { X87Stack(top: physical(7), inUse: UInt64(tags ^ bit(7))) }

    /// Without the first one, or first two, which are in use.
    @inline(__always)
    func popped(_ count: UInt64) -> X87Stack {
        X87Stack(top: physical(count), inUse: UInt64(count == 2 ? tags ^ bit(0) ^ bit(1) : tags ^ bit(0)))
    }

    /// With ST(number) in use.
    @inline(__always)
    func using(_ number: UInt64) -> X87Stack { X87Stack(top: top, inUse: UInt64(tags | bit(number))) }

    @inline(__always)
    private var tags: UInt32 { UInt32(truncatingIfNeeded: inUse) }
}

/// What of FCW keeps an instruction from running by its handler unless it is as FNINIT leaves it.
enum X87Condition: UInt16 {
    /// Nothing.
    case any = 0
    /// Exceptions are not masked.
    case masks = 0x3F
    /// The same; or the rounding is not to nearest.
    case rounding = 0xC3F
    /// The same; or the precision is not of 64 bits.
    case arithmetic = 0xF3F

    static let usual: UInt16 = 0x33F
}

extension UnsafeMutablePointer<Core> {
    /// The state of the x87.
    @inline(__always)
    var x87: UnsafeMutableRawPointer { UnsafeMutableRawPointer(self).advanced(by: Core.x87Offset) }

    @inline(__always)
    var x87Control: UInt16 {
        get { x87.load(fromByteOffset: Core.x87WordOffset, as: UInt16.self) }
        nonmutating set { x87.storeBytes(of: newValue, toByteOffset: Core.x87WordOffset, as: UInt16.self) }
    }

    // FSW's bytes are always read and written as such: the host would wait if it read two that it has just written.

    /// FSW's exceptions, SF and ES.
    @inline(__always)
    var x87Exceptions: UInt8 {
        get { x87.load(fromByteOffset: Core.x87WordOffset + 2, as: UInt8.self) }
        nonmutating set { x87.storeBytes(of: newValue, toByteOffset: Core.x87WordOffset + 2, as: UInt8.self) }
    }

    /// C0 to C3.
    @inline(__always)
    var x87Codes: UInt8 {
        get { x87.load(fromByteOffset: Core.x87WordOffset + 3, as: UInt8.self) }
        nonmutating set { x87.storeBytes(of: newValue, toByteOffset: Core.x87WordOffset + 3, as: UInt8.self) }
    }

    /// TOP and the tags.
    @inline(__always)
    var x87Stack: X87Stack {
        X87Stack(
            top: UInt64(x87.load(fromByteOffset: Core.x87WordOffset + 4, as: UInt8.self) & 7),
            inUse: UInt64(x87.load(fromByteOffset: Core.x87WordOffset + 5, as: UInt8.self)))
    }

    /// CR0.EM and TS let x87 instructions run, nothing is pending, and of FCW is usual what matters.
    @inline(__always)
    func isX87Usual(_ matters: X87Condition = .any) -> Bool {
        hasX87 && x87Exceptions & 0x80 == 0
            && x87Control & matters.rawValue == X87Condition.usual & matters.rawValue
    }

    /// CR0.EM and TS let x87 instructions run.
    @inline(__always)
    var hasX87: Bool { pointee.state.cr0 & (ControlBits.emulation | ControlBits.taskSwitched) == 0 }
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
    /// A data register by its own number, which is below 8.
    @inline(__always)
    private func registerX87(_ number: UInt64) -> UnsafeMutablePointer<Extended> {
        core.x87.assumingMemoryBound(to: Extended.self) + Int(truncatingIfNeeded: number)
    }

    /// ST(number).
    @inline(__always)
    private func st(_ number: UInt64, _ stack: X87Stack) -> UnsafeMutablePointer<Extended> {
        registerX87(stack.physical(number))
    }

    /// The number of ST(i).
    private var other: UInt64 {
        @inline(__always) get { UInt64(op.pointee.second) }
    }

    /// Leaves FIP, FCS and FOP, and goes on.
    @inline(__always)
    private func finish() {
        core.x87.storeBytes(
            of: UInt16(truncatingIfNeeded: op.pointee.immediate), toByteOffset: Core.x87WordOffset + 6, as: UInt16.self)
        finishPlace()
    }

    /// The same, and TOP and the tags; they go with FOP in one store.
    @inline(__always)
    private func finish(_ stack: X87Stack) {
        let low = UInt32(truncatingIfNeeded: stack.top) | UInt32(truncatingIfNeeded: stack.inUse) &<< 8
        core.x87.storeBytes(
            of: low | op.pointee.immediate &<< 16, toByteOffset: Core.x87WordOffset + 4, as: UInt32.self)
        finishPlace()
    }

    @inline(__always)
    private func finishPlace() {
        // Where the op begins in its block is behind FOP.
        let offset = eip &+ op.pointee.immediate &>> 16
        core.x87.storeBytes(of: offset, toByteOffset: Core.x87PlaceOffset, as: UInt32.self)
        core.x87.storeBytes(
            of: core.pointee.state.segments.cs.selector, toByteOffset: Core.x87PlaceOffset + 4, as: UInt16.self)
        next()
    }

    @inline(__always)
    private func clearC1() { core.x87Codes &= ~QuickX87.roundedUp }

    /// Leaves PE and C1.
    @inline(__always)
    private func leave(_ rounding: QuickX87.Rounding) {
        core.x87Exceptions |= rounding.inexact
        core.x87Codes = core.x87Codes & ~QuickX87.roundedUp | rounding.up
    }

    /// Leaves FDP and FDS.
    @inline(__always)
    private func record(_ address: UInt32) {
        core.x87.storeBytes(of: address, toByteOffset: Core.x87DataOffset, as: UInt32.self)
        let selector = core.selector(op.pointee.segment)
        core.x87.storeBytes(of: selector, toByteOffset: Core.x87DataSelectorOffset, as: UInt16.self)
    }

    /// Goes on with a memory operand and its offset.
    @inline(__always)
    private func reading<A: AddressForm, W>(_ form: A.Type, _ type: W.Type, _ body: (W, UInt32) -> Void) {
        let address = A.address(self)
        let (isHit, host) = A.entryToRead(self, W.self)
        guard isHit else { return runByBody() }
        body(host.loadUnaligned(as: W.self), address)
    }

    // MARK: Loads

    /// Pushes, and goes on.
    @inline(__always)
    private func push(_ value: Extended, _ stack: X87Stack) {
        let pushed = stack.pushed
        registerX87(pushed.top).pointee = value
        clearC1()
        finish(pushed)
    }

    @inline(__always)
    func loadReal<A: AddressForm, Bits: SSEFormat>(_ form: A.Type, _ type: Bits.Type) {
        let stack = core.x87Stack
        guard core.isX87Usual(), !stack.has(7) else { return runByBody() }
        reading(A.self, Bits.self) { bits, address in
            let number = QuickX87.load(bits)
            guard number.isQuick else { return runByBody() }
            record(address)
            push(number.value, stack)
        }
    }

    @inline(__always)
    func loadInteger<A: AddressForm, W: FixedWidthInteger>(_ form: A.Type, _ type: W.Type) {
        let stack = core.x87Stack
        guard core.isX87Usual(), !stack.has(7) else { return runByBody() }
        reading(A.self, W.self) { integer, address in
            record(address)
            push(X87Arithmetic.extended(Int64(integer)), stack)
        }
    }

    @inline(__always)
    func loadCopy() {
        let stack = core.x87Stack
        guard core.isX87Usual(), !stack.has(7), stack.has(other) else { return runByBody() }
        push(st(other, stack).pointee, stack)
    }

    /// FLD1 and FLDZ: one handler, since the compiler would make calls of two that differ in a constant only.
    @inline(__always)
    func loadConstant() {
        let stack = core.x87Stack
        guard core.isX87Usual(), !stack.has(7) else { return runByBody() }
        // D9 E8 is FLD1, D9 EE FLDZ.
        let isOne: UInt64 = (UInt64(op.pointee.immediate) &>> 1 & 1) ^ 1
        let exponent = UInt16(truncatingIfNeeded: 0 &- isOne) & Extended.one.signExponent
        push(Extended(signExponent: exponent, significand: isOne &<< 63), stack)
    }

    // MARK: Stores and moves

    @inline(__always)
    func storeReal<A: AddressForm, Bits: SSEFormat>(_ form: A.Type, _ type: Bits.Type, pops: Bool) {
        let stack = core.x87Stack
        guard core.isX87Usual(.rounding), stack.has(0) else { return runByBody() }
        let address = A.address(self)
        let (isHit, host) = A.entryToWrite(self, Bits.self)
        guard isHit else { return runByBody() }
        let number = QuickX87.store(st(0, stack).pointee, Bits.self)
        guard number.isQuick else { return runByBody() }
        host.storeBytes(of: number.bits, as: Bits.self)
        record(address)
        leave(number.rounding)
        if pops { finish(stack.popped(1)) } else { finish() }
    }

    /// FISTP m32: cut off, as C has it, or to nearest.
    @inline(__always)
    func storeInteger<A: AddressForm>(_ form: A.Type) {
        let stack = core.x87Stack
        guard core.isX87Usual(.masks), stack.has(0) else { return runByBody() }
        let address = A.address(self)
        let (isHit, host) = A.entryToWrite(self, UInt32.self)
        guard isHit else { return runByBody() }
        let rounding = core.x87Control & 0xC00
        let number = QuickX87.integer(st(0, stack).pointee, isCut: rounding != 0)
        guard number.isQuick, rounding == 0 || rounding == 0xC00 else { return runByBody() }
        host.storeBytes(of: UInt32(truncatingIfNeeded: number.bits), as: UInt32.self)
        record(address)
        leave(number.rounding)
        finish(stack.popped(1))
    }

    @inline(__always)
    func storeCopy(pops: Bool) {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0) else { return runByBody() }
        st(other, stack).pointee = st(0, stack).pointee
        clearC1()
        let used = stack.using(other)
        finish(pops ? used.popped(1) : used)
    }

    @inline(__always)
    func exchange() {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0), stack.has(other) else { return runByBody() }
        let first = st(0, stack)
        let second = st(other, stack)
        // One field after the other, which takes less registers.
        let exponent = first.pointee.signExponent
        first.pointee.signExponent = second.pointee.signExponent
        second.pointee.signExponent = exponent
        let significand = first.pointee.significand
        first.pointee.significand = second.pointee.significand
        second.pointee.significand = significand
        clearC1()
        finish()
    }

    @inline(__always)
    private func replaceSign(_ body: (UInt16) -> UInt16) {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0) else { return runByBody() }
        let first = st(0, stack)
        first.pointee.signExponent = body(first.pointee.signExponent)
        clearC1()
        finish()
    }

    @inline(__always)
    func changeSign() { replaceSign { $0 ^ 0x8000 } }

    @inline(__always)
    func clearSign() { replaceSign { $0 & 0x7FFF } }

    // MARK: Arithmetic

    /// ST := op ST.
    @inline(__always)
    func replaceTop(_ function: (Extended) -> QuickX87.Result) {
        let stack = core.x87Stack
        guard core.isX87Usual(.arithmetic), stack.has(0) else { return runByBody() }
        let result = function(st(0, stack).pointee)
        guard result.isQuick else { return runByBody() }
        st(0, stack).pointee = result.value
        leave(result.rounding)
        finish()
    }

    /// ST := ST op ST(i).
    @inline(__always)
    func combineTop(_ function: (Extended, Extended) -> QuickX87.Result) {
        let stack = core.x87Stack
        guard core.isX87Usual(.arithmetic), stack.has(0), stack.has(other) else { return runByBody() }
        let result = function(st(0, stack).pointee, st(other, stack).pointee)
        guard result.isQuick else { return runByBody() }
        st(0, stack).pointee = result.value
        leave(result.rounding)
        finish()
    }

    /// ST(i) := ST(i) op ST.
    @inline(__always)
    func combineOther(pops: Bool, _ function: (Extended, Extended) -> QuickX87.Result) {
        let stack = core.x87Stack
        guard core.isX87Usual(.arithmetic), stack.has(0), stack.has(other) else { return runByBody() }
        let result = function(st(other, stack).pointee, st(0, stack).pointee)
        guard result.isQuick else { return runByBody() }
        st(other, stack).pointee = result.value
        leave(result.rounding)
        if pops { finish(stack.popped(1)) } else { finish() }
    }

    /// ST := ST op a number.
    @inline(__always)
    private func combine(
        with operand: Extended, _ stack: X87Stack, _ address: UInt32,
        _ function: (Extended, Extended) -> QuickX87.Result
    ) {
        let result = function(st(0, stack).pointee, operand)
        guard result.isQuick else { return runByBody() }
        st(0, stack).pointee = result.value
        record(address)
        leave(result.rounding)
        finish()
    }

    /// ST := ST op memory.
    @inline(__always)
    func combineM<A: AddressForm, Bits: SSEFormat>(
        _ form: A.Type, _ type: Bits.Type, _ function: (Extended, Extended) -> QuickX87.Result
    ) {
        let stack = core.x87Stack
        guard core.isX87Usual(.arithmetic), stack.has(0) else { return runByBody() }
        reading(A.self, Bits.self) { bits, address in
            let operand = QuickX87.load(bits)
            guard operand.isQuick else { return runByBody() }
            combine(with: operand.value, stack, address, function)
        }
    }

    /// ST := ST op integer in memory.
    @inline(__always)
    func combineI<A: AddressForm, W: FixedWidthInteger>(
        _ form: A.Type, _ type: W.Type, _ function: (Extended, Extended) -> QuickX87.Result
    ) {
        let stack = core.x87Stack
        guard core.isX87Usual(.arithmetic), stack.has(0) else { return runByBody() }
        reading(A.self, W.self) { integer, address in
            combine(with: X87Arithmetic.extended(Int64(integer)), stack, address, function)
        }
    }

    // MARK: Comparisons

    /// Leaves the order in C3, C2 and C0, clears C1, pops, and goes on.
    @inline(__always)
    private func leave(_ order: QuickX87.Order, _ stack: X87Stack, pops: UInt64) {
        core.x87Codes = core.x87Codes & ~QuickX87.codes | order.codes
        if pops == 0 { finish() } else { finish(stack.popped(pops)) }
    }

    @inline(__always)
    private func compare(with other: UInt64, pops: UInt64) {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0), stack.has(other) else { return runByBody() }
        let order = QuickX87.order(st(0, stack).pointee, st(other, stack).pointee)
        guard order.isQuick else { return runByBody() }
        leave(order, stack, pops: pops)
    }

    @inline(__always)
    func compare(pops: UInt64) { compare(with: other, pops: pops) }

    @inline(__always)
    func compareBoth() { compare(with: 1, pops: 2) }

    @inline(__always)
    func compareM<A: AddressForm, Bits: SSEFormat>(_ form: A.Type, _ type: Bits.Type, pops: UInt64) {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0) else { return runByBody() }
        reading(A.self, Bits.self) { bits, address in
            let operand = QuickX87.load(bits)
            guard operand.isQuick else { return runByBody() }
            let order = QuickX87.order(st(0, stack).pointee, operand.value)
            guard order.isQuick else { return runByBody() }
            record(address)
            leave(order, stack, pops: pops)
        }
    }

    /// FTST.
    @inline(__always)
    func compareWithZero() {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0) else { return runByBody() }
        let order = QuickX87.order(st(0, stack).pointee, .zero)
        guard order.isQuick else { return runByBody() }
        leave(order, stack, pops: 0)
    }

    /// FCOMI and its kin, which leave C1 alone.
    @inline(__always)
    func compareToFlags(pops: UInt64) {
        let stack = core.x87Stack
        guard core.isX87Usual(), stack.has(0), stack.has(other) else { return runByBody() }
        let order = QuickX87.order(st(0, stack).pointee, st(other, stack).pointee)
        guard order.isQuick else { return runByBody() }
        var chain = self
        chain.flags = LazyFlags(isEqual: order.isEqual, isLess: order.isLess)
        if pops == 0 { chain.finish() } else { chain.finish(stack.popped(pops)) }
    }

    // MARK: Control

    /// FNSTSW AX.
    @inline(__always)
    func storeStatus() {
        guard core.hasX87 else { return runByBody() }
        let codes = UInt16(core.x87Codes) | UInt16(truncatingIfNeeded: core.x87Stack.top) &<< 3
        let status = codes &<< 8 | UInt16(core.x87Exceptions)
        core.setRegister(GeneralRegister.eax.rawValue, status)
        next()
    }

    /// FNSTCW.
    @inline(__always)
    func storeControl<A: AddressForm>(_ form: A.Type) {
        let (isHit, host) = A.entryToWrite(self, UInt16.self)
        guard isHit, core.hasX87 else { return runByBody() }
        host.storeBytes(of: core.x87Control, as: UInt16.self)
        next()
    }

    /// FLDCW of a word that masks all exceptions, and has nothing in its reserved bits that chips differ in.
    @inline(__always)
    func loadControl<A: AddressForm>(_ form: A.Type) {
        reading(A.self, UInt16.self) { control, _ in
            guard control & 0xF0FF == 0x7F, core.isX87Usual() else { return runByBody() }
            core.x87Control = control
            next()
        }
    }
}
