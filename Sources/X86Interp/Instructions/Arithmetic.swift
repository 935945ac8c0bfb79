extension Encoding {
    /// Addition, subtraction, multiplication, division.
    // The rows are aligned.
    // swift-format-ignore
    static let arithmetic: [Encoding] = [
        .init(0x00,   .add, .eb, .gb,        traits: [.lockable], flags: .arithmetic),
        .init(0x01,   .add, .ev, .gv,        traits: [.lockable], flags: .arithmetic),
        .init(0x02,   .add, .gb, .eb,        flags: .arithmetic),
        .init(0x03,   .add, .gv, .ev,        flags: .arithmetic),
        .init(0x04,   .add, .al, .ib,        flags: .arithmetic),
        .init(0x05,   .add, .ax, .iz,        flags: .arithmetic),
        .init(0x80,   .add, .eb, .ib,        ext: 0, traits: [.lockable], flags: .arithmetic),
        .init(0x81,   .add, .ev, .iz,        ext: 0, traits: [.lockable], flags: .arithmetic),
        .init(0x82,   .add, .eb, .ib,        ext: 0, traits: [.lockable], flags: .arithmetic),
        .init(0x83,   .add, .ev, .ibs,       ext: 0, traits: [.lockable], flags: .arithmetic),
        .init(0x10,   .adc, .eb, .gb,        traits: [.lockable], flags: .withCarry),
        .init(0x11,   .adc, .ev, .gv,        traits: [.lockable], flags: .withCarry),
        .init(0x12,   .adc, .gb, .eb,        flags: .withCarry),
        .init(0x13,   .adc, .gv, .ev,        flags: .withCarry),
        .init(0x14,   .adc, .al, .ib,        flags: .withCarry),
        .init(0x15,   .adc, .ax, .iz,        flags: .withCarry),
        .init(0x80,   .adc, .eb, .ib,        ext: 2, traits: [.lockable], flags: .withCarry),
        .init(0x81,   .adc, .ev, .iz,        ext: 2, traits: [.lockable], flags: .withCarry),
        .init(0x82,   .adc, .eb, .ib,        ext: 2, traits: [.lockable], flags: .withCarry),
        .init(0x83,   .adc, .ev, .ibs,       ext: 2, traits: [.lockable], flags: .withCarry),
        .init(0x18,   .sbb, .eb, .gb,        traits: [.lockable], flags: .withCarry),
        .init(0x19,   .sbb, .ev, .gv,        traits: [.lockable], flags: .withCarry),
        .init(0x1A,   .sbb, .gb, .eb,        flags: .withCarry),
        .init(0x1B,   .sbb, .gv, .ev,        flags: .withCarry),
        .init(0x1C,   .sbb, .al, .ib,        flags: .withCarry),
        .init(0x1D,   .sbb, .ax, .iz,        flags: .withCarry),
        .init(0x80,   .sbb, .eb, .ib,        ext: 3, traits: [.lockable], flags: .withCarry),
        .init(0x81,   .sbb, .ev, .iz,        ext: 3, traits: [.lockable], flags: .withCarry),
        .init(0x82,   .sbb, .eb, .ib,        ext: 3, traits: [.lockable], flags: .withCarry),
        .init(0x83,   .sbb, .ev, .ibs,       ext: 3, traits: [.lockable], flags: .withCarry),
        .init(0x28,   .sub, .eb, .gb,        traits: [.lockable], flags: .arithmetic),
        .init(0x29,   .sub, .ev, .gv,        traits: [.lockable], flags: .arithmetic),
        .init(0x2A,   .sub, .gb, .eb,        flags: .arithmetic),
        .init(0x2B,   .sub, .gv, .ev,        flags: .arithmetic),
        .init(0x2C,   .sub, .al, .ib,        flags: .arithmetic),
        .init(0x2D,   .sub, .ax, .iz,        flags: .arithmetic),
        .init(0x80,   .sub, .eb, .ib,        ext: 5, traits: [.lockable], flags: .arithmetic),
        .init(0x81,   .sub, .ev, .iz,        ext: 5, traits: [.lockable], flags: .arithmetic),
        .init(0x82,   .sub, .eb, .ib,        ext: 5, traits: [.lockable], flags: .arithmetic),
        .init(0x83,   .sub, .ev, .ibs,       ext: 5, traits: [.lockable], flags: .arithmetic),
        .init(0x38,   .cmp, .eb, .gb,        flags: .arithmetic),
        .init(0x39,   .cmp, .ev, .gv,        flags: .arithmetic),
        .init(0x3A,   .cmp, .gb, .eb,        flags: .arithmetic),
        .init(0x3B,   .cmp, .gv, .ev,        flags: .arithmetic),
        .init(0x3C,   .cmp, .al, .ib,        flags: .arithmetic),
        .init(0x3D,   .cmp, .ax, .iz,        flags: .arithmetic),
        .init(0x80,   .cmp, .eb, .ib,        ext: 7, flags: .arithmetic),
        .init(0x81,   .cmp, .ev, .iz,        ext: 7, flags: .arithmetic),
        .init(0x82,   .cmp, .eb, .ib,        ext: 7, flags: .arithmetic),
        .init(0x83,   .cmp, .ev, .ibs,       ext: 7, flags: .arithmetic),
        .init(0x40,   .inc, .zv,             count: 8, flags: .allButCarry),
        .init(0x48,   .dec, .zv,             count: 8, flags: .allButCarry),
        .init(0xFE,   .inc, .eb,             ext: 0, traits: [.lockable], flags: .allButCarry),
        .init(0xFE,   .dec, .eb,             ext: 1, traits: [.lockable], flags: .allButCarry),
        .init(0xFF,   .inc, .ev,             ext: 0, traits: [.lockable], flags: .allButCarry),
        .init(0xFF,   .dec, .ev,             ext: 1, traits: [.lockable], flags: .allButCarry),
        .init(0xF6,   .neg, .eb,             ext: 3, traits: [.lockable], flags: .arithmetic),
        .init(0xF7,   .neg, .ev,             ext: 3, traits: [.lockable], flags: .arithmetic),
        .init(0xF6,   .mul, .eb,             ext: 4, flags: .multiply),
        .init(0xF7,   .mul, .ev,             ext: 4, flags: .multiply),
        .init(0xF6,   .imul, .eb,            ext: 5, flags: .multiply),
        .init(0xF7,   .imul, .ev,            ext: 5, flags: .multiply),
        .init(0xF6,   .div, .eb,             ext: 6, flags: .divide),
        .init(0xF7,   .div, .ev,             ext: 6, flags: .divide),
        .init(0xF6,   .idiv, .eb,            ext: 7, flags: .divide),
        .init(0xF7,   .idiv, .ev,            ext: 7, flags: .divide),
        .init(0x69,   .imul, .gv, .ev, .iz,  flags: .multiply, since: .i80186),
        .init(0x6B,   .imul, .gv, .ev, .ibs, flags: .multiply, since: .i80186),
        .init(0x0FAF, .imul, .gv, .ev,       flags: .multiply, since: .i80386),
        .init(0x0FC0, .xadd, .eb, .gb,       traits: [.lockable], flags: .arithmetic, since: .i486),
        .init(0x0FC1, .xadd, .ev, .gv,       traits: [.lockable], flags: .arithmetic, since: .i486),
        .init(0x0FB0, .cmpxchg, .eb, .gb,    traits: [.lockable], flags: .arithmetic, since: .i486),
        .init(0x0FB1, .cmpxchg, .ev, .gv,    traits: [.lockable], flags: .arithmetic, since: .i486),
        .init(0x0FC7, .cmpxchg8b, .mq,       ext: 1, traits: [.lockable], flags: .writesZero, since: .pentium),
    ]
}

extension CPU {
    /// ADD, ADC, SUB, SBB, CMP, AND, OR and XOR in any form.
    func binary(_ op: OpPointer, _ operation: ALU.Binary) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try binary(op, operation, UInt8.self)
        case .word: try binary(op, operation, UInt16.self)
        case .dword: try binary(op, operation, UInt32.self)
        }
    }

    private func binary<W: Operand>(
        _ op: OpPointer, _ operation: ALU.Binary, _ type: W.Type
    ) throws(Interruption) {
        let b = try source(op, W.self)
        // The flags are written only when a store has succeeded.
        var flags = core.pointee.flags
        if operation == .cmp {
            let a = isMemory(op) ? try load(op.pointee.segment, address(op), W.self) : register(op.pointee.first)
            _ = ALU.apply(.cmp, a, b, &flags)
        } else {
            try update(op, W.self) { ALU.apply(operation, $0, b, &flags) }
        }
        core.pointee.flags = flags
    }

    enum Unary { case inc, dec, neg, not }

    func unary(_ op: OpPointer, _ operation: Unary) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try unary(op, operation, UInt8.self)
        case .word: try unary(op, operation, UInt16.self)
        case .dword: try unary(op, operation, UInt32.self)
        }
    }

    private func unary<W: Operand>(
        _ op: OpPointer, _ operation: Unary, _ type: W.Type
    ) throws(Interruption) {
        var flags = core.pointee.flags
        try update(op, W.self) { a in
            switch operation {
            case .inc: ALU.step(a, by: 1, &flags)
            case .dec: ALU.step(a, by: .max, &flags)
            case .neg: ALU.negate(a, &flags)
            case .not: ~a
            }
        }
        core.pointee.flags = flags
    }

    /// MUL: AX, DX:AX or EDX:EAX from the accumulator.
    func multiply(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte:
            let product = UInt16(register(.al)) * UInt16(try source(op, UInt8.self))
            setRegister(.eax, product)
            setMultiplyFlags(product > 0xFF)
        case .word:
            let product = UInt32(register(.ax)) * UInt32(try source(op, UInt16.self))
            setRegister(.eax, UInt16(truncatingIfNeeded: product))
            setRegister(.edx, UInt16(truncatingIfNeeded: product >> 16))
            setMultiplyFlags(product > 0xFFFF)
        case .dword:
            let product = UInt64(registers[.eax]) * UInt64(try source(op, UInt32.self))
            registers[.eax] = UInt32(truncatingIfNeeded: product)
            registers[.edx] = UInt32(truncatingIfNeeded: product >> 32)
            setMultiplyFlags(product > 0xFFFF_FFFF)
        }
    }

    /// Whether REP in front negates the result: see `CPUModel.repeatNegates`.
    private func isNegated(_ op: OpPointer) -> Bool { model.repeatNegates && op.pointee.isRepeated }

    /// IMUL with one, two or three operands.
    func multiplySigned(_ op: OpPointer) throws(Interruption) {
        guard op.pointee.payload.operandCount == 1 else { return try multiplyTruncated(op) }
        switch op.pointee.width {
        case .byte:
            let a = Int16(Int8(bitPattern: register(.al)))
            let b = Int16(Int8(bitPattern: try source(op, UInt8.self)))
            let product = isNegated(op) ? -(a * b) : a * b
            setRegister(.eax, UInt16(bitPattern: product))
            let low = UInt8(truncatingIfNeeded: product)
            setMultiplyFlags(product != Int16(Int8(bitPattern: low)))
        case .word:
            let a = Int32(Int16(bitPattern: register(.ax)))
            let b = Int32(Int16(bitPattern: try source(op, UInt16.self)))
            let product = isNegated(op) ? -(a * b) : a * b
            let low = UInt16(truncatingIfNeeded: product)
            setRegister(.eax, low)
            setRegister(.edx, UInt16(truncatingIfNeeded: product >> 16))
            setMultiplyFlags(product != Int32(Int16(bitPattern: low)))
        case .dword:
            let a = Int64(Int32(bitPattern: registers[.eax]))
            let product = a * Int64(Int32(bitPattern: try source(op, UInt32.self)))
            registers[.eax] = UInt32(truncatingIfNeeded: product)
            registers[.edx] = UInt32(truncatingIfNeeded: product >> 32)
            setMultiplyFlags(product != Int64(Int32(bitPattern: registers[.eax])))
        }
    }

    private func multiplyTruncated(_ op: OpPointer) throws(Interruption) {
        let hasImmediate = op.pointee.payload.operandCount == 3
        if op.pointee.width == .dword {
            let isRegister = op.pointee.shape == .rr
            let b =
                isRegister ? registers[Int(op.pointee.second)] : try load(op.pointee.segment, address(op), UInt32.self)
            let a = hasImmediate ? op.pointee.immediate : registers[Int(op.pointee.first)]
            registers[Int(op.pointee.first)] = ALU.multiplySigned(a, b, &core.pointee.flags)
            return
        }
        let b = Int32(Int16(bitPattern: try source(op, UInt16.self)))
        let immediate = UInt16(truncatingIfNeeded: op.pointee.immediate)
        let a = Int32(Int16(bitPattern: hasImmediate ? immediate : register(op.pointee.first, UInt16.self)))
        let product = a * b
        let low = UInt16(truncatingIfNeeded: product)
        setRegister(op.pointee.first, low)
        setMultiplyFlags(product != Int32(Int16(bitPattern: low)))
    }

    private func setMultiplyFlags(_ carry: Bool) {
        core.pointee.flags = ALU.multiplyFlags(carry: carry ? 1 : 0, core.pointee.flags)
    }

    /// DIV: #DE if the divisor is 0 or the quotient does not fit.
    func divide(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte:
            let divisor = UInt16(try source(op, UInt8.self))
            let dividend = register(.ax)
            guard divisor != 0, dividend / divisor <= 0xFF else { throw raised(.divideError, .divideError) }
            setRegister(.eax, dividend / divisor | (dividend % divisor) << 8)
        case .word:
            let divisor = UInt32(try source(op, UInt16.self))
            let dividend = UInt32(register(.dx)) << 16 | UInt32(register(.ax))
            guard divisor != 0, dividend / divisor <= 0xFFFF else { throw raised(.divideError, .divideError) }
            setRegister(.eax, UInt16(dividend / divisor))
            setRegister(.edx, UInt16(dividend % divisor))
        case .dword:
            let divisor = UInt64(try source(op, UInt32.self))
            let dividend = UInt64(registers[.edx]) << 32 | UInt64(registers[.eax])
            guard divisor != 0, dividend / divisor <= 0xFFFF_FFFF else { throw raised(.divideError, .divideError) }
            registers[.eax] = UInt32(dividend / divisor)
            registers[.edx] = UInt32(dividend % divisor)
        }
        core.pointee.flags = ALU.divideFlags(core.pointee.flags)
    }

    /// IDIV: as DIV; a quotient of 80, 8000 or 80000000 is legal.
    func divideSigned(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte:
            let (quotient, remainder) = try quotient(
                op, Int64(Int16(bitPattern: register(.ax))),
                Int64(Int8(bitPattern: try source(op, UInt8.self))), Int64(Int8.min)...Int64(Int8.max))
            setRegister(.eax, UInt8(truncatingIfNeeded: quotient))
            setRegister(.ah, UInt8(truncatingIfNeeded: remainder))
        case .word:
            let pair = UInt32(register(.dx)) << 16 | UInt32(register(.ax))
            let (quotient, remainder) = try quotient(
                op, Int64(Int32(bitPattern: pair)), Int64(Int16(bitPattern: try source(op, UInt16.self))),
                Int64(Int16.min)...Int64(Int16.max))
            setRegister(.eax, UInt16(truncatingIfNeeded: quotient))
            setRegister(.edx, UInt16(truncatingIfNeeded: remainder))
        case .dword:
            let pair = UInt64(registers[.edx]) << 32 | UInt64(registers[.eax])
            let (quotient, remainder) = try quotient(
                op, Int64(bitPattern: pair), Int64(Int32(bitPattern: try source(op, UInt32.self))),
                Int64(Int32.min)...Int64(Int32.max))
            registers[.eax] = UInt32(truncatingIfNeeded: quotient)
            registers[.edx] = UInt32(truncatingIfNeeded: remainder)
        }
        core.pointee.flags = ALU.divideFlags(core.pointee.flags)
    }

    private func quotient(
        _ op: OpPointer, _ dividend: Int64, _ divisor: Int64, _ range: ClosedRange<Int64>
    ) throws(Interruption) -> (quotient: Int64, remainder: Int64) {
        let (quotient, overflow) = dividend.dividedReportingOverflow(by: divisor)
        // The 8086 and 80186 fault on the most negative quotient, too.
        let lowest = model.generation < .i80286 ? range.lowerBound + 1 : range.lowerBound
        guard !overflow, (lowest...range.upperBound).contains(quotient) else {
            if model.losesBitOfDividend, let remainder = Self.lossyRemainder(dividend, divisor, range.lowerBound) {
                return (range.lowerBound, remainder)
            }
            throw raised(.divideError, .divideError)
        }
        return (isNegated(op) ? -quotient : quotient, dividend &- quotient &* divisor)
    }

    /// The remainder if a chip of `CPUModel.losesBitOfDividend` takes a quotient that does not fit for the lowest one.
    ///
    /// The first step leaves a partial remainder whose only bit is the one that the next shift loses, so that all
    /// further bits of the quotient's magnitude are 0: the dividend's is `limit * (divisor + limit)`, and less than the
    /// divisor more.
    private static func lossyRemainder(_ dividend: Int64, _ divisor: Int64, _ lowest: Int64) -> Int64? {
        guard (dividend < 0) != (divisor < 0) else { return nil }
        let (limit, divisor) = (lowest.magnitude, divisor.magnitude)
        let (rest, isLess) = dividend.magnitude.subtractingReportingOverflow(limit * (divisor + limit))
        guard !isLess, rest < divisor else { return nil }
        return dividend < 0 ? -Int64(rest) : Int64(rest)
    }

    func exchangeAdd(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try exchangeAdd(op, UInt8.self)
        case .word: try exchangeAdd(op, UInt16.self)
        case .dword: try exchangeAdd(op, UInt32.self)
        }
    }

    private func exchangeAdd<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        var flags = core.pointee.flags
        let b = register(op.pointee.second, W.self)
        if isMemory(op) {
            var old: W = 0
            try modify(op.pointee.segment, address(op), W.self) {
                old = $0
                return ALU.add($0, b, carry: 0, &flags)
            }
            setRegister(op.pointee.second, old)
        } else {
            let old = register(op.pointee.first, W.self)
            setRegister(op.pointee.second, old)
            setRegister(op.pointee.first, ALU.add(old, b, carry: 0, &flags))
        }
        core.pointee.flags = flags
    }

    func compareExchange(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.width {
        case .byte: try compareExchange(op, UInt8.self)
        case .word: try compareExchange(op, UInt16.self)
        case .dword: try compareExchange(op, UInt32.self)
        }
    }

    /// CMPXCHG writes the destination in either case.
    private func compareExchange<W: Operand>(_ op: OpPointer, _ type: W.Type) throws(Interruption) {
        let accumulator = register(.eax, W.self)
        let new = register(op.pointee.second, W.self)
        var old: W = 0
        try update(op, W.self) {
            old = $0
            return $0 == accumulator ? new : $0
        }
        _ = ALU.subtract(accumulator, old, borrow: 0, &core.pointee.flags)
        if old != accumulator { setRegister(.eax, old) }
    }

    func compareExchange8Bytes(_ op: OpPointer) throws(Interruption) {
        let offset = address(op)
        try probe(op.pointee.segment, offset, 8, .write)
        let low = try load(op.pointee.segment, offset, UInt32.self)
        let high = try load(op.pointee.segment, offset &+ 4, UInt32.self)
        let isEqual = low == registers[.eax] && high == registers[.edx]
        try store(op.pointee.segment, offset, isEqual ? registers[.ebx] : low)
        try store(op.pointee.segment, offset &+ 4, isEqual ? registers[.ecx] : high)
        if !isEqual {
            registers[.eax] = low
            registers[.edx] = high
        }
        var flags = core.pointee.flags.eflags
        if isEqual { flags.insert(.zero) } else { flags.remove(.zero) }
        core.pointee.flags = LazyFlags(flags)
    }
}
