/// An operand: UInt8, UInt16 or UInt32.
typealias Operand = FixedWidthInteger & UnsignedInteger & BitwiseCopyable

/// Arithmetic as functions of values and flags, for every width.
enum ALU {
    /// The eight operations of opcodes 00-3F and 80-83, in their encoding's order.
    enum Binary: UInt8 { case add, or, adc, sbb, and, sub, xor, cmp }

    /// Applies an operation and sets the flags; for CMP the result is to be discarded.
    @inline(__always)
    static func apply<W: Operand>(_ operation: Binary, _ a: W, _ b: W, _ flags: inout LazyFlags) -> W {
        switch operation {
        case .add: add(a, b, carry: 0, &flags)
        case .adc: add(a, b, carry: flags.carryBit, &flags)
        case .sub, .cmp: subtract(a, b, borrow: 0, &flags)
        case .sbb: subtract(a, b, borrow: flags.carryBit, &flags)
        case .and: logic(a & b, &flags)
        case .or: logic(a | b, &flags)
        case .xor: logic(a ^ b, &flags)
        }
    }

    /// A value sign-extended to 32 bits.
    @inline(__always)
    static func signExtend<W: Operand>(_ value: W) -> UInt32 {
        let shift = UInt32(32 - W.bitWidth)
        return UInt32(bitPattern: Int32(bitPattern: UInt32(truncatingIfNeeded: value) &<< shift) &>> Int32(shift))
    }

    @inline(__always)
    static func add<W: Operand>(_ a: W, _ b: W, carry: UInt32, _ flags: inout LazyFlags) -> W {
        let wide = UInt64(truncatingIfNeeded: a) &+ UInt64(truncatingIfNeeded: b) &+ UInt64(carry)
        let result = W(truncatingIfNeeded: wide)
        record(result, wide, a ^ b, &flags)
        return result
    }

    @inline(__always)
    static func subtract<W: Operand>(_ a: W, _ b: W, borrow: UInt32, _ flags: inout LazyFlags) -> W {
        let wide = UInt64(truncatingIfNeeded: a) &- UInt64(truncatingIfNeeded: b) &- UInt64(borrow)
        let result = W(truncatingIfNeeded: wide)
        record(result, wide, a ^ b, &flags)
        return result
    }

    /// Sets all flags from a result, the wide one with the carry above it, and the XOR of the operands.
    @inline(__always)
    private static func record<W: Operand>(_ result: W, _ wide: UInt64, _ operands: W, _ flags: inout LazyFlags) {
        // At 32 bits the wide result is the word already, which the compiler does not see.
        let word = W.bitWidth == 32 ? wide : UInt64(signExtend(result)) | (wide >> UInt64(W.bitWidth)) &<< 32
        flags = LazyFlags(result: word, aux: UInt64(signExtend(operands)))
    }

    /// Flags of AND, OR, XOR and TEST: CF, OF and AF clear.
    @inline(__always)
    static func logic<W: Operand>(_ result: W, _ flags: inout LazyFlags) -> W {
        let wide = UInt64(signExtend(result))
        flags = LazyFlags(result: wide, aux: wide)
        return result
    }

    /// INC and DEC: `delta` is 1 or all ones; CF is kept.
    @inline(__always)
    static func step<W: Operand>(_ a: W, by delta: W, _ flags: inout LazyFlags) -> W {
        let result = a &+ delta
        let kept = flags.carryBit
        // The carry or borrow that CF does not become: OF is told by it.
        let carry: UInt32 = (delta == 1 ? result : a) == 0 ? 1 : 0
        flags = LazyFlags(
            result: UInt64(signExtend(result)) | UInt64(kept) << 32,
            aux: UInt64(signExtend(a ^ 1) ^ (carry ^ kept) << 31))
        return result
    }

    @inline(__always)
    static func negate<W: Operand>(_ a: W, _ flags: inout LazyFlags) -> W { subtract(0, a, borrow: 0, &flags) }

    // MARK: Shifts

    /// SHL by 1 to 31: CF is the last bit out, OF whether the sign changed in the last step; AF, which is undefined, is set.
    @inline(__always)
    static func shiftLeft<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let wide = UInt64(truncatingIfNeeded: a) &<< UInt64(count)
        let result = W(truncatingIfNeeded: wide)
        let carry = UInt32(truncatingIfNeeded: wide >> UInt64(W.bitWidth)) & 1
        let top = UInt32(truncatingIfNeeded: result >> W(W.bitWidth - 1))
        flags = LazyFlags(shifted: signExtend(result), carry: carry, overflow: top ^ carry)
        return result
    }

    /// SHR by 1 to 31: OF is the old sign for a count of 1, else (undefined) clear.
    @inline(__always)
    static func shiftRight<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let wide = UInt64(truncatingIfNeeded: a)
        let result = W(truncatingIfNeeded: wide &>> UInt64(count))
        let carry = UInt32(truncatingIfNeeded: wide &>> UInt64(count &- 1)) & 1
        let overflow = count == 1 ? UInt32(truncatingIfNeeded: a >> W(W.bitWidth - 1)) : 0
        flags = LazyFlags(shifted: signExtend(result), carry: carry, overflow: overflow)
        return result
    }

    /// SAR by 1 to 31.
    @inline(__always)
    static func shiftArithmetic<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let wide = Int64(Int32(bitPattern: signExtend(a)))
        let result = W(truncatingIfNeeded: wide &>> Int64(count))
        let carry = UInt32(truncatingIfNeeded: wide &>> Int64(count &- 1)) & 1
        flags = LazyFlags(shifted: signExtend(result), carry: carry, overflow: 0)
        return result
    }

    /// SHL, SHR or SAR.
    enum Shift { case left, right, arithmetic }

    /// A shift by 1 to 31.
    @inline(__always)
    static func shift<W: Operand>(_ kind: Shift, _ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        switch kind {
        case .left: shiftLeft(a, by: count, &flags)
        case .right: shiftRight(a, by: count, &flags)
        case .arithmetic: shiftArithmetic(a, by: count, &flags)
        }
    }

    // MARK: Multiplication

    /// IMUL to 32 bits, which keeps the low half: CF and OF tell whether that is all.
    @inline(__always)
    static func multiplySigned(_ a: UInt32, _ b: UInt32, _ flags: inout LazyFlags) -> UInt32 {
        let wide = Int64(Int32(bitPattern: a)) &* Int64(Int32(bitPattern: b))
        let carry: UInt32 = wide == Int64(Int32(truncatingIfNeeded: wide)) ? 0 : 1
        flags = multiplyFlags(carry: carry, flags)
        return UInt32(truncatingIfNeeded: wide)
    }

    /// MUL and IMUL set CF and OF; the other four, which are undefined, stay as they were.
    @inline(__always)
    static func multiplyFlags(carry: UInt32, _ old: LazyFlags) -> LazyFlags {
        old.replacing(carry: carry, overflow: carry)
    }

    /// DIV and IDIV, which define no flag: AF set, SF, ZF and PF clear, CF and OF as before.
    static func divideFlags(_ old: LazyFlags) -> LazyFlags {
        LazyFlags(old.eflags.intersection([.carry, .overflow]).union(.auxiliary))
    }
}
