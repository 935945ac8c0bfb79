// The stack of the x87 and its status: what all instructions do with them, apart from where operands come from.
extension X87State {
    /// IEM of the 8087's FCW: set, it keeps its interrupt request back.
    static let interruptsDisabled: UInt16 = 1 << 7
    /// Bits of FSW.
    static let stackFaultBit: UInt16 = 1 << 6
    static let roundedUpBit: UInt16 = 1 << 9
    static let incompleteBit: UInt16 = 1 << 10
    static let conditionBits: UInt16 = 0x4500

    /// ES: an exception is there that FCW does not mask.
    @inline(__always)
    var isPending: Bool { status & 0x80 != 0 }

    /// Nothing is in ST(number).
    @inline(__always)
    func isEmpty(_ number: Int) -> Bool { inUse >> ((top &+ UInt8(truncatingIfNeeded: number)) & 7) & 1 == 0 }

    /// What FCW says for the next operation.
    @inline(__always)
    func arithmetic(_ chip: X87Model) -> X87Arithmetic {
        X87Arithmetic(controlWord: control, affineInfinity: chip.isFrom387 || control & 0x1000 != 0)
    }

    /// Puts a number on top; whoever calls has made sure that there is room.
    @inline(__always)
    mutating func push(_ value: Extended) {
        top = (top &- 1) & 7
        inUse |= 1 &<< top
        registers[Int(top)] = value
    }

    /// Takes the top away.
    @inline(__always)
    mutating func pop() {
        inUse &= ~(1 &<< top)
        top = (top &+ 1) & 7
    }

    /// Writes a register, which is in use then.
    @inline(__always)
    mutating func set(_ number: Int, _ value: Extended) {
        let place = (top &+ UInt8(truncatingIfNeeded: number)) & 7
        inUse |= 1 &<< place
        registers[Int(place)] = value
    }

    /// Takes over the exceptions of an operation, and C1.
    @inline(__always)
    mutating func finish(_ arithmetic: X87Arithmetic) {
        let word = status & ~Self.roundedUpBit | UInt16(arithmetic.raised.rawValue)
        status = word | (arithmetic.roundedUp ? Self.roundedUpBit : 0)
        if !arithmetic.raised.isEmpty { summarize() }
    }

    /// Takes over exceptions and leaves C1 alone.
    mutating func raise(_ exceptions: FloatExceptions) {
        status |= UInt16(exceptions.rawValue)
        if !exceptions.isEmpty { summarize() }
    }

    /// An operand is missing, or there is no room for the result; true if the exception is masked, so that the result is
    /// the indefinite NaN.
    ///
    /// SF and its use of C1 came with the 387 (SDM volume 3, 22.18.2.2).
    @inline(never)
    mutating func stackFault(isOverflow: Bool = false, _ chip: X87Model) -> Bool {
        if chip.isFrom387 {
            status = status & ~Self.roundedUpBit | (isOverflow ? Self.roundedUpBit : 0) | Self.stackFaultBit
        }
        raise(.invalid)
        return control & 1 != 0
    }

    /// The same for an operation whose result goes to a register.
    mutating func lacksOperand(for destination: Int, pops: Bool = false, _ chip: X87Model) {
        guard stackFault(chip) else { return }
        set(destination, .indefinite)
        if pops { pop() }
    }

    /// Whether there is room on the stack; if not, and the exception is masked, the indefinite NaN is pushed over what is
    /// there.
    @inline(__always)
    mutating func hasRoom(_ chip: X87Model) -> Bool {
        if isEmpty(-1) { return true }
        if stackFault(isOverflow: true, chip) { push(.indefinite) }
        return false
    }

    /// C1 is clear after most instructions that cannot round.
    @inline(__always)
    mutating func clearC1() { status &= ~Self.roundedUpBit }

    /// C3, C2 and C0.
    @inline(__always)
    mutating func setConditions(_ codes: UInt16) { status = status & ~Self.conditionBits | codes }
}

extension X87Model {
    /// Affine infinity only, SF, and no formats but those of the standard.
    @inline(__always)
    var isFrom387: Bool { rawValue >= X87Model.i80387.rawValue }
}
