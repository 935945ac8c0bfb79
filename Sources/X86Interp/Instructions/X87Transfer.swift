extension Encoding {
    /// Loads, stores, exchanges and constants.
    // The rows are aligned.
    // swift-format-ignore
    static let x87Transfer: [Encoding] = [
        .init(0xD9, .fld, .m32r,   ext: 0, mod: .memory, needs: .x87),
        .init(0xDD, .fld, .m64r,   ext: 0, mod: .memory, needs: .x87),
        .init(0xDB, .fld, .m80r,   ext: 5, mod: .memory, needs: .x87),
        .init(0xD9, .fld, .sti,    ext: 0, mod: .register, needs: .x87),
        .init(0xDF, .fild, .m16i,  ext: 0, mod: .memory, needs: .x87),
        .init(0xDB, .fild, .m32i,  ext: 0, mod: .memory, needs: .x87),
        .init(0xDF, .fild, .m64i,  ext: 5, mod: .memory, needs: .x87),
        .init(0xDF, .fbld, .m80b,  ext: 4, mod: .memory, needs: .x87),
        .init(0xD9, .fst, .m32r,   ext: 2, mod: .memory, needs: .x87),
        .init(0xDD, .fst, .m64r,   ext: 2, mod: .memory, needs: .x87),
        .init(0xDD, .fst, .sti,    ext: 2, mod: .register, needs: .x87),
        .init(0xD9, .fstp, .m32r,  ext: 3, mod: .memory, needs: .x87),
        .init(0xDD, .fstp, .m64r,  ext: 3, mod: .memory, needs: .x87),
        .init(0xDB, .fstp, .m80r,  ext: 7, mod: .memory, needs: .x87),
        .init(0xDD, .fstp, .sti,   ext: 3, mod: .register, needs: .x87),
        .init(0xD9, .fstp, .sti,   ext: 3, mod: .register, needs: .x87),
        .init(0xDF, .fstp, .sti,   ext: 2, mod: .register, needs: .x87),
        .init(0xDF, .fstp, .sti,   ext: 3, mod: .register, needs: .x87),
        .init(0xDF, .fist, .m16i,  ext: 2, mod: .memory, needs: .x87),
        .init(0xDB, .fist, .m32i,  ext: 2, mod: .memory, needs: .x87),
        .init(0xDF, .fistp, .m16i, ext: 3, mod: .memory, needs: .x87),
        .init(0xDB, .fistp, .m32i, ext: 3, mod: .memory, needs: .x87),
        .init(0xDF, .fistp, .m64i, ext: 7, mod: .memory, needs: .x87),
        .init(0xDF, .fbstp, .m80b, ext: 6, mod: .memory, needs: .x87),
        .init(0xD9, .fxch, .sti,   ext: 1, mod: .register, needs: .x87),
        .init(0xDD, .fxch, .sti,   ext: 1, mod: .register, needs: .x87),
        .init(0xDF, .fxch, .sti,   ext: 1, mod: .register, needs: .x87),
        .init(0xDA, .fcmovcc, .st, .sti, ext: 0, mod: .register, flags: .readsCarry, needs: .conditionalX87),
        .init(0xDA, .fcmovcc, .st, .sti, ext: 1, mod: .register, flags: .readsZero, needs: .conditionalX87),
        .init(0xDA, .fcmovcc, .st, .sti, ext: 2, mod: .register, flags: .readsUnsigned, needs: .conditionalX87),
        .init(0xDA, .fcmovcc, .st, .sti, ext: 3, mod: .register, flags: .readsParity, needs: .conditionalX87),
        .init(0xDB, .fcmovcc, .st, .sti, ext: 0, mod: .register, flags: .readsCarry, needs: .conditionalX87),
        .init(0xDB, .fcmovcc, .st, .sti, ext: 1, mod: .register, flags: .readsZero, needs: .conditionalX87),
        .init(0xDB, .fcmovcc, .st, .sti, ext: 2, mod: .register, flags: .readsUnsigned, needs: .conditionalX87),
        .init(0xDB, .fcmovcc, .st, .sti, ext: 3, mod: .register, flags: .readsParity, needs: .conditionalX87),
        .init(0xD9, .fld1,         ext: 5, rm: 0, needs: .x87),
        .init(0xD9, .fldl2t,       ext: 5, rm: 1, needs: .x87),
        .init(0xD9, .fldl2e,       ext: 5, rm: 2, needs: .x87),
        .init(0xD9, .fldpi,        ext: 5, rm: 3, needs: .x87),
        .init(0xD9, .fldlg2,       ext: 5, rm: 4, needs: .x87),
        .init(0xD9, .fldln2,       ext: 5, rm: 5, needs: .x87),
        .init(0xD9, .fldz,         ext: 5, rm: 6, needs: .x87),
    ]
}

extension FlagEffects {
    /// FCMOVBE.
    static let readsUnsigned = FlagEffects(reads: [.carry, .zero])
    /// FCMOVU.
    static let readsParity = FlagEffects(reads: .parity)
}

// A memory operand is read or written before the x87 changes.
extension CPU {
    func transferX87(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .fld, .fild, .fbld: try loadX87(op)
        case .fst, .fist: try storeX87(op, pops: false)
        case .fstp, .fistp, .fbstp: try storeX87(op, pops: true)
        case .fxch: core.pointee.state.x87.exchange(Int(op.pointee.second), model.x87)
        case .fcmovcc:
            let holds = core.pointee.flags.holds(op.pointee.payload.moveCondition)
            core.pointee.state.x87.move(from: Int(op.pointee.second), if: holds, model.x87)
        case .fldl2t: core.pointee.state.x87.loadConstant(.log2of10, model.x87)
        case .fldl2e: core.pointee.state.x87.loadConstant(.log2ofE, model.x87)
        case .fldpi: core.pointee.state.x87.loadConstant(.pi, model.x87)
        case .fldlg2: core.pointee.state.x87.loadConstant(.log10of2, model.x87)
        case .fldln2: core.pointee.state.x87.loadConstant(.logEof2, model.x87)
        case .fld1: core.pointee.state.x87.load(.one, model.x87)
        default: core.pointee.state.x87.load(.zero, model.x87)
        }
    }

    private func loadX87(_ op: OpPointer) throws(Interruption) {
        let (segment, offset) = (op.pointee.segment, address(op))
        let chip = model.x87
        switch op.pointee.payload.x87Operand {
        case .m32r: core.pointee.state.x87.load(single: try load(segment, offset, UInt32.self), chip)
        case .m64r: core.pointee.state.x87.load(double: try load64(segment, offset), chip)
        case .m80r: core.pointee.state.x87.load(try load80(segment, offset, op.pointee.addressMask), chip)
        case .m80b:
            let digits = try load80(segment, offset, op.pointee.addressMask)
            let decimal = PackedDecimal(low: digits.significand, high: digits.signExponent)
            core.pointee.state.x87.load(X87Arithmetic.extended(decimal), chip)
        case .m16i, .m32i, .m64i:
            core.pointee.state.x87.load(X87Arithmetic.extended(try integerOperandX87(op)), chip)
        default: core.pointee.state.x87.loadCopy(of: Int(op.pointee.second), chip)
        }
    }

    /// An integer in memory.
    func integerOperandX87(_ op: OpPointer) throws(Interruption) -> Int64 {
        let (segment, offset) = (op.pointee.segment, address(op))
        return switch op.pointee.payload.x87Operand {
        case .m16i: Int64(Int16(bitPattern: try load(segment, offset, UInt16.self)))
        case .m32i: Int64(Int32(bitPattern: try load(segment, offset, UInt32.self)))
        default: Int64(bitPattern: try load64(segment, offset))
        }
    }

    /// FST, FIST, FBSTP and those that pop: the number goes to memory before anything else happens.
    ///
    /// An exception that is not masked keeps it from memory, but for an inexact result; that the memory can be written is
    /// checked all the same (measured on a Zen 4; a Xeon does not look at it).
    private func storeX87(_ op: OpPointer, pops: Bool) throws(Interruption) {
        let form = op.pointee.payload.x87Operand
        let chip = model.x87
        guard form != .sti else {
            // D9 D8 raises nothing and leaves its destination alone if ST is empty (measured on a Zen 4 and a Xeon).
            if op.pointee.immediate >> 8 & 7 == 1, core.pointee.state.x87.isEmpty(0) {
                return core.pointee.state.x87.popNothing()
            }
            return core.pointee.state.x87.copy(to: Int(op.pointee.second), pops: pops, chip)
        }
        if core.pointee.state.x87.isEmpty(0) {
            if core.pointee.state.x87.control & 1 != 0 {
                try putX87(op, StoredNumber.indefinite(form))
            } else {
                try probeNumberX87(op)
            }
            let isMasked = core.pointee.state.x87.stackFault(chip)
            if isMasked, pops { core.pointee.state.x87.pop() }
            return
        }
        var arithmetic = core.pointee.state.x87.arithmetic(chip)
        guard let number = StoredNumber(core.pointee.state.x87[0], form, &arithmetic) else {
            try probeNumberX87(op)
            return core.pointee.state.x87.finish(arithmetic)
        }
        try putX87(op, number)
        core.pointee.state.x87.finish(arithmetic)
        if pops { core.pointee.state.x87.pop() }
    }

    /// Checks that a number can be written.
    private func probeNumberX87(_ op: OpPointer) throws(Interruption) {
        let bytes = op.pointee.payload.x87Operand.x87Bytes
        guard bytes < 10 else {
            return try probe(op.pointee.segment, address(op), wrapping: op.pointee.addressMask, .write)
        }
        try probe(op.pointee.segment, address(op), bytes, .write)
    }

    private func putX87(_ op: OpPointer, _ number: StoredNumber) throws(Interruption) {
        let (segment, offset) = (op.pointee.segment, address(op))
        switch op.pointee.payload.x87Operand.x87Bytes {
        case 2: try store(segment, offset, UInt16(truncatingIfNeeded: number.low))
        case 4: try store(segment, offset, UInt32(truncatingIfNeeded: number.low))
        case 8: try store64(segment, offset, number.low)
        default:
            let value = Extended(signExponent: number.high, significand: number.low)
            try store80(segment, offset, op.pointee.addressMask, value)
        }
    }
}

extension OperandForm {
    /// Bytes of a number in memory.
    var x87Bytes: Int {
        switch self {
        case .m16i: 2
        case .m32i, .m32r: 4
        case .m64i, .m64r: 8
        default: 10
        }
    }
}

/// A number as it goes to memory.
struct StoredNumber {
    /// The low 8 bytes, or as many as there are.
    var low: UInt64
    /// The other two of a format with ten.
    var high: UInt16 = 0

    /// A number in a format, or nil if an exception keeps it from memory.
    @inline(__always)
    init?(_ value: Extended, _ form: OperandForm, _ arithmetic: inout X87Arithmetic) {
        switch form {
        case .m32r:
            guard let bits = arithmetic.storeSingle(value) else { return nil }
            low = UInt64(bits)
        case .m64r:
            guard let bits = arithmetic.storeDouble(value) else { return nil }
            low = bits
        case .m80r:
            low = value.significand
            high = value.signExponent
        case .m16i:
            guard let number = arithmetic.storeInt16(value) else { return nil }
            low = UInt64(truncatingIfNeeded: number)
        case .m32i:
            guard let number = arithmetic.storeInt32(value) else { return nil }
            low = UInt64(truncatingIfNeeded: number)
        case .m64i:
            guard let number = arithmetic.storeInt64(value) else { return nil }
            low = UInt64(truncatingIfNeeded: number)
        default:
            guard let decimal = arithmetic.storeDecimal(value) else { return nil }
            low = decimal.low
            high = decimal.high
        }
    }

    private init(low: UInt64, high: UInt16 = 0) {
        self.low = low
        self.high = high
    }

    /// What is stored of an empty register (SDM volume 1, table 4-3 and 4.8.3.7).
    static func indefinite(_ form: OperandForm) -> StoredNumber {
        switch form {
        case .m32r: StoredNumber(low: 0xFFC0_0000)
        case .m64r: StoredNumber(low: 0xFFF8_0000_0000_0000)
        case .m16i: StoredNumber(low: 0x8000)
        case .m32i: StoredNumber(low: 0x8000_0000)
        case .m64i: StoredNumber(low: 1 << 63)
        default: StoredNumber(low: 0xC000_0000_0000_0000, high: 0xFFFF)
        }
    }
}

// What transfers do to the stack.
extension X87State {
    /// Pushes a number as it is.
    mutating func load(_ value: Extended, _ chip: X87Model) {
        guard hasRoom(chip) else { return }
        clearC1()
        push(value)
    }

    /// FLD m32.
    mutating func load(single bits: UInt32, _ chip: X87Model) {
        guard hasRoom(chip) else { return }
        var arithmetic = arithmetic(chip)
        let value = arithmetic.load(single: bits)
        finish(arithmetic)
        if let value { push(value) }
    }

    /// FLD m64.
    mutating func load(double bits: UInt64, _ chip: X87Model) {
        guard hasRoom(chip) else { return }
        var arithmetic = arithmetic(chip)
        let value = arithmetic.load(double: bits)
        finish(arithmetic)
        if let value { push(value) }
    }

    /// FLD ST(i).
    mutating func loadCopy(of number: Int, _ chip: X87Model) {
        // An empty source comes before a full stack (measured on a Xeon).
        guard isEmpty(number) else { return load(self[number], chip) }
        if stackFault(chip) { push(.indefinite) }
    }

    /// FLDPI and its kin; chips before the 387 round to nearest whatever FCW says (SDM volume 3, 22.18.7.13).
    mutating func loadConstant(_ constant: X87Constant, _ chip: X87Model) {
        let nearest = X87Arithmetic(controlWord: 0x37F)
        load((chip.isFrom387 ? arithmetic(chip) : nearest).constant(constant), chip)
    }

    /// FST ST(i) and FSTP ST(i).
    mutating func copy(to number: Int, pops: Bool, _ chip: X87Model) {
        guard !isEmpty(0) else { return lacksOperand(for: number, pops: pops, chip) }
        clearC1()
        set(number, self[0])
        if pops { pop() }
    }

    /// Moves TOP away from an empty register.
    mutating func popNothing() {
        clearC1()
        pop()
    }

    /// FXCH ST(i).
    mutating func exchange(_ number: Int, _ chip: X87Model) {
        if isEmpty(0) || isEmpty(number) {
            guard stackFault(chip) else { return }
            if isEmpty(0) { set(0, .indefinite) }
            if isEmpty(number) { set(number, .indefinite) }
        }
        clearC1()
        (self[0], self[number]) = (self[number], self[0])
    }

    /// FCMOVcc ST(i): it leaves C1 alone (measured).
    mutating func move(from number: Int, if holds: Bool, _ chip: X87Model) {
        if isEmpty(0) || isEmpty(number) { return lacksOperand(for: 0, chip) }
        if holds { self[0] = self[number] }
    }
}
