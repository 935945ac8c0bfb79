extension Encoding {
    /// Shifts and rotates; D0-D3 /6 is SETMO and SETMOC on the 8086, an alias of SHL from the 80186 on.
    // The rows are aligned.
    // swift-format-ignore
    static let shiftRotate: [Encoding] = [
        .init(0xD0,   .rol, .eb, .one,      ext: 0, flags: .rotate),
        .init(0xD1,   .rol, .ev, .one,      ext: 0, flags: .rotate),
        .init(0xD2,   .rol, .eb, .cl,       ext: 0, flags: .rotate),
        .init(0xD3,   .rol, .ev, .cl,       ext: 0, flags: .rotate),
        .init(0xC0,   .rol, .eb, .ib,       ext: 0, flags: .rotate, since: .i80186),
        .init(0xC1,   .rol, .ev, .ib,       ext: 0, flags: .rotate, since: .i80186),
        .init(0xD0,   .ror, .eb, .one,      ext: 1, flags: .rotate),
        .init(0xD1,   .ror, .ev, .one,      ext: 1, flags: .rotate),
        .init(0xD2,   .ror, .eb, .cl,       ext: 1, flags: .rotate),
        .init(0xD3,   .ror, .ev, .cl,       ext: 1, flags: .rotate),
        .init(0xC0,   .ror, .eb, .ib,       ext: 1, flags: .rotate, since: .i80186),
        .init(0xC1,   .ror, .ev, .ib,       ext: 1, flags: .rotate, since: .i80186),
        .init(0xD0,   .rcl, .eb, .one,      ext: 2, flags: .rotateThroughCarry),
        .init(0xD1,   .rcl, .ev, .one,      ext: 2, flags: .rotateThroughCarry),
        .init(0xD2,   .rcl, .eb, .cl,       ext: 2, flags: .rotateThroughCarry),
        .init(0xD3,   .rcl, .ev, .cl,       ext: 2, flags: .rotateThroughCarry),
        .init(0xC0,   .rcl, .eb, .ib,       ext: 2, flags: .rotateThroughCarry, since: .i80186),
        .init(0xC1,   .rcl, .ev, .ib,       ext: 2, flags: .rotateThroughCarry, since: .i80186),
        .init(0xD0,   .rcr, .eb, .one,      ext: 3, flags: .rotateThroughCarry),
        .init(0xD1,   .rcr, .ev, .one,      ext: 3, flags: .rotateThroughCarry),
        .init(0xD2,   .rcr, .eb, .cl,       ext: 3, flags: .rotateThroughCarry),
        .init(0xD3,   .rcr, .ev, .cl,       ext: 3, flags: .rotateThroughCarry),
        .init(0xC0,   .rcr, .eb, .ib,       ext: 3, flags: .rotateThroughCarry, since: .i80186),
        .init(0xC1,   .rcr, .ev, .ib,       ext: 3, flags: .rotateThroughCarry, since: .i80186),
        .init(0xD0,   .shl, .eb, .one,      ext: 4, flags: .shift),
        .init(0xD1,   .shl, .ev, .one,      ext: 4, flags: .shift),
        .init(0xD2,   .shl, .eb, .cl,       ext: 4, flags: .shift),
        .init(0xD3,   .shl, .ev, .cl,       ext: 4, flags: .shift),
        .init(0xC0,   .shl, .eb, .ib,       ext: 4, flags: .shift, since: .i80186),
        .init(0xC1,   .shl, .ev, .ib,       ext: 4, flags: .shift, since: .i80186),
        .init(0xD0,   .shr, .eb, .one,      ext: 5, flags: .shift),
        .init(0xD1,   .shr, .ev, .one,      ext: 5, flags: .shift),
        .init(0xD2,   .shr, .eb, .cl,       ext: 5, flags: .shift),
        .init(0xD3,   .shr, .ev, .cl,       ext: 5, flags: .shift),
        .init(0xC0,   .shr, .eb, .ib,       ext: 5, flags: .shift, since: .i80186),
        .init(0xC1,   .shr, .ev, .ib,       ext: 5, flags: .shift, since: .i80186),
        .init(0xD0,   .shl, .eb, .one,      ext: 6, flags: .shift, since: .i80186),
        .init(0xD0,   .setmo, .eb, .one,    ext: 6, flags: .setMinusOne, until: .i8086),
        .init(0xD1,   .shl, .ev, .one,      ext: 6, flags: .shift, since: .i80186),
        .init(0xD1,   .setmo, .ev, .one,    ext: 6, flags: .setMinusOne, until: .i8086),
        .init(0xD2,   .shl, .eb, .cl,       ext: 6, flags: .shift, since: .i80186),
        .init(0xD2,   .setmo, .eb, .cl,     ext: 6, flags: .setMinusOne, until: .i8086),
        .init(0xD3,   .shl, .ev, .cl,       ext: 6, flags: .shift, since: .i80186),
        .init(0xD3,   .setmo, .ev, .cl,     ext: 6, flags: .setMinusOne, until: .i8086),
        .init(0xC0,   .shl, .eb, .ib,       ext: 6, flags: .shift, since: .i80186),
        .init(0xC1,   .shl, .ev, .ib,       ext: 6, flags: .shift, since: .i80186),
        .init(0xD0,   .sar, .eb, .one,      ext: 7, flags: .shift),
        .init(0xD1,   .sar, .ev, .one,      ext: 7, flags: .shift),
        .init(0xD2,   .sar, .eb, .cl,       ext: 7, flags: .shift),
        .init(0xD3,   .sar, .ev, .cl,       ext: 7, flags: .shift),
        .init(0xC0,   .sar, .eb, .ib,       ext: 7, flags: .shift, since: .i80186),
        .init(0xC1,   .sar, .ev, .ib,       ext: 7, flags: .shift, since: .i80186),
        .init(0x0FA4, .shld, .ev, .gv, .ib, flags: .shift, since: .i80386),
        .init(0x0FA5, .shld, .ev, .gv, .cl, flags: .shift, since: .i80386),
        .init(0x0FAC, .shrd, .ev, .gv, .ib, flags: .shift, since: .i80386),
        .init(0x0FAD, .shrd, .ev, .gv, .cl, flags: .shift, since: .i80386),
    ]
}

extension CPU {
    enum ShiftOperation { case rol, ror, rcl, rcr, shl, shr, sar }

    func shiftOrRotate(_ op: OpPointer, _ operation: ShiftOperation) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try shiftOrRotate(op, operation, UInt8.self)
        case .word: try shiftOrRotate(op, operation, UInt16.self)
        case .dword: try shiftOrRotate(op, operation, UInt32.self)
        }
    }

    /// By an immediate or CL.
    ///
    /// A count of 0 changes no flag, but memory is still accessed.
    private func shiftOrRotate<W: Operand>(
        _ op: OpPointer, _ operation: ShiftOperation, _ type: W.Type
    ) throws(Interruption) {
        let isImmediate = op.pointee.shape == .ri || op.pointee.shape == .mi
        let raw = (isImmediate ? op.pointee.immediate : registers[.ecx]) & 0xFF
        let count = model.masksShiftCounts ? raw & 31 : raw
        var flags = core.pointee.flags
        let isPeculiar = count > W.bitWidth && model.shiftsAsOneOf32Bits
        try update(op, W.self) { a in
            isPeculiar
                ? ALU.shiftBeyond(a, by: count, operation, &flags) : Self.shifted(a, by: count, operation, &flags)
        }
        core.pointee.flags = flags
    }

    /// A register by CL where the fast path does not know the answer: by 0, by more than its width, or on an 8086.
    @inline(never)
    func shiftByCount<W: Operand>(_ op: OpPointer, _ type: W.Type, _ operation: ShiftOperation) {
        // It has no memory operand, and so no fault.
        try? shiftOrRotate(op, operation, W.self)
    }

    /// SETMO and SETMOC ("set minus one") of the 8086: the operand becomes all ones, by CL unless that is 0.
    func setMinusOne(_ op: OpPointer) throws(Interruption) {
        if op.pointee.width == .byte {
            try setMinusOne(op, UInt8.self)
        } else {
            try setMinusOne(op, UInt16.self)
        }
    }

    private func setMinusOne<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let isByCL = op.pointee.shape == .r || op.pointee.shape == .m
        guard !isByCL || registers[.ecx] & 0xFF != 0 else { return try update(op, W.self) { $0 } }
        try setDestination(op, ALU.logic(W.max, &core.pointee.flags))
    }

    private static func shifted<W: Operand>(
        _ a: W, by count: UInt32, _ operation: ShiftOperation, _ flags: inout LazyFlags
    ) -> W {
        guard count != 0 else { return a }
        // Only the 8086 has counts above 31: it shifts one bit at a time.
        guard count < 32 else {
            return (0..<count).reduce(a) { value, _ in shifted(value, by: 1, operation, &flags) }
        }
        switch operation {
        case .rol: return ALU.rotateLeft(a, by: count, &flags)
        case .ror: return ALU.rotateRight(a, by: count, &flags)
        case .rcl: return ALU.rotateLeftThroughCarry(a, by: count, &flags)
        case .rcr: return ALU.rotateRightThroughCarry(a, by: count, &flags)
        case .shl: return ALU.shiftLeft(a, by: count, &flags)
        case .shr: return ALU.shiftRight(a, by: count, &flags)
        case .sar: return ALU.shiftArithmetic(a, by: count, &flags)
        }
    }

    /// SHLD and SHRD, by an immediate or CL.
    func shiftDouble(_ op: OpPointer, left: Bool) throws(Interruption) {
        let count = (op.pointee.payload.isByCL ? registers[.ecx] : op.pointee.immediate) & 31
        if op.pointee.width == .dword {
            try shiftDouble(op, by: count, left: left, UInt32.self)
        } else {
            try shiftDouble(op, by: count, left: left, UInt16.self)
        }
    }

    private func shiftDouble<W: Operand>(
        _ op: OpPointer, by count: UInt32, left: Bool, _ type: W.Type
    ) throws(Interruption) {
        let b = register(op.pointee.second, W.self)
        var flags = core.pointee.flags
        let clears = count > W.bitWidth && !model.shiftsAsOneOf32Bits
        try update(op, W.self) {
            count == 0 ? $0 : ALU.shiftDouble($0, b, by: count, left: left, clears: clears, &flags)
        }
        core.pointee.flags = flags
    }
}

extension LazyFlags {
    /// The same flags with CF and OF replaced.
    @inline(__always)
    func replacing(carry: UInt32, overflow: UInt32) -> LazyFlags {
        let top = UInt32(truncatingIfNeeded: result) >> 31
        return LazyFlags(
            result: result & ~(1 << 32) | UInt64(carry) << 32,
            aux: aux & ~(1 << 31) | UInt64((top ^ overflow ^ carry) << 31))
    }
}

extension ALU {
    private static func top<W: Operand>(_ value: W) -> UInt32 {
        UInt32(truncatingIfNeeded: value >> W(W.bitWidth - 1))
    }

    private static func second<W: Operand>(_ value: W) -> UInt32 {
        UInt32(truncatingIfNeeded: value >> W(W.bitWidth - 2)) & 1
    }

    /// ROL by 1 to 31: CF is the result's lowest bit, OF its highest XOR CF.
    static func rotateLeft<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let n = W(truncatingIfNeeded: count) & W(W.bitWidth - 1)
        let result = n == 0 ? a : a << n | a >> (W(W.bitWidth) - n)
        let carry = UInt32(truncatingIfNeeded: result & 1)
        flags = flags.replacing(carry: carry, overflow: top(result) ^ carry)
        return result
    }

    /// ROR by 1 to 31: CF is the result's highest bit, OF the XOR of its two highest.
    static func rotateRight<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let n = W(truncatingIfNeeded: count) & W(W.bitWidth - 1)
        let result = n == 0 ? a : a >> n | a << (W(W.bitWidth) - n)
        flags = flags.replacing(carry: top(result), overflow: top(result) ^ second(result))
        return result
    }

    /// SHL, SHR and SAR of 8 or 16 bits by more than their width, as the 80386's shifter of 32 bits does it.
    ///
    /// See `CPUModel.shiftsAsOneOf32Bits`; the others do what they always do.
    static func shiftBeyond<W: Operand>(
        _ a: W, by count: UInt32, _ operation: CPU.ShiftOperation, _ flags: inout LazyFlags
    ) -> W {
        let isWhole = count % UInt32(W.bitWidth) == 0
        switch operation {
        case .shl:
            let carry = isWhole ? UInt32(truncatingIfNeeded: a & 1) : 0
            flags = LazyFlags(shifted: 0, carry: carry, overflow: carry)
            return 0
        case .shr:
            flags = LazyFlags(shifted: 0, carry: isWhole ? top(a) : 0, overflow: 0)
            return 0
        case .sar: return shiftArithmetic(a, by: count, &flags)
        case .rol: return rotateLeft(a, by: count, &flags)
        case .ror: return rotateRight(a, by: count, &flags)
        case .rcl: return rotateLeftThroughCarry(a, by: count, &flags)
        case .rcr: return rotateRightThroughCarry(a, by: count, &flags)
        }
    }

    /// RCL by 1 to 31, modulo the width plus one: OF is the result's highest bit XOR CF.
    static func rotateLeftThroughCarry<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let size = UInt64(W.bitWidth + 1)
        let n = UInt64(count) % size
        let wide = UInt64(truncatingIfNeeded: a) | UInt64(flags.carryBit) << UInt64(W.bitWidth)
        let rotated = n == 0 ? wide : wide << n | wide >> (size - n)
        let result = W(truncatingIfNeeded: rotated)
        let carry = UInt32(truncatingIfNeeded: rotated >> UInt64(W.bitWidth)) & 1
        flags = flags.replacing(carry: carry, overflow: top(result) ^ carry)
        return result
    }

    /// RCR by 1 to 31, modulo the width plus one: OF is the XOR of the result's two highest bits.
    static func rotateRightThroughCarry<W: Operand>(_ a: W, by count: UInt32, _ flags: inout LazyFlags) -> W {
        let size = UInt64(W.bitWidth + 1)
        let n = UInt64(count) % size
        let wide = UInt64(truncatingIfNeeded: a) | UInt64(flags.carryBit) << UInt64(W.bitWidth)
        let rotated = n == 0 ? wide : wide >> n | wide << (size - n)
        let result = W(truncatingIfNeeded: rotated)
        let carry = UInt32(truncatingIfNeeded: rotated >> UInt64(W.bitWidth)) & 1
        flags = flags.replacing(carry: carry, overflow: top(result) ^ second(result))
        return result
    }

    /// SHLD or SHRD by 1 to 31; beyond 16 bits, 16-bit operands see the second one again.
    ///
    /// Of the undefined flags OF tells of the last step; `clears`: CF and SHLD's OF are clear.
    static func shiftDouble<W: Operand>(
        _ a: W, _ b: W, by count: UInt32, left: Bool, clears: Bool, _ flags: inout LazyFlags
    ) -> W {
        let bits = UInt64(W.bitWidth)
        let n = UInt64(count)
        let high = UInt64(truncatingIfNeeded: a)
        let low = UInt64(truncatingIfNeeded: b)
        let result: W
        let carry: UInt32
        if left {
            // a:b:b for 16 bits, a:b for 32.
            let wide = W.bitWidth == 16 ? high << 32 | low << 16 | low : high << 32 | low
            let total: UInt64 = W.bitWidth == 16 ? 48 : 64
            result = W(truncatingIfNeeded: wide >> (total - bits - n))
            carry = UInt32(truncatingIfNeeded: wide >> (total - n)) & 1
        } else {
            let wide = W.bitWidth == 16 ? low << 32 | low << 16 | high : low << 32 | high
            result = W(truncatingIfNeeded: wide >> n)
            carry = UInt32(truncatingIfNeeded: wide >> (n - 1)) & 1
        }
        let overflow = left ? (clears ? 0 : top(result) ^ carry) : top(result) ^ second(result)
        flags = LazyFlags(shifted: signExtend(result), carry: clears ? 0 : carry, overflow: overflow)
        return result
    }
}
