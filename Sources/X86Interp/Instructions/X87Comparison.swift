extension Encoding {
    /// Comparisons and tests.
    // The rows are aligned.
    // swift-format-ignore
    static let x87Comparison: [Encoding] = [
        .init(0xD8, .fcom, .m32r,   ext: 2, mod: .memory, needs: .x87),
        .init(0xDC, .fcom, .m64r,   ext: 2, mod: .memory, needs: .x87),
        .init(0xD8, .fcom, .sti,    ext: 2, mod: .register, needs: .x87),
        .init(0xDC, .fcom, .sti,    ext: 2, mod: .register, needs: .x87),
        .init(0xD8, .fcomp, .m32r,  ext: 3, mod: .memory, needs: .x87),
        .init(0xDC, .fcomp, .m64r,  ext: 3, mod: .memory, needs: .x87),
        .init(0xD8, .fcomp, .sti,   ext: 3, mod: .register, needs: .x87),
        .init(0xDC, .fcomp, .sti,   ext: 3, mod: .register, needs: .x87),
        .init(0xDE, .fcomp, .sti,   ext: 2, mod: .register, needs: .x87),
        .init(0xDE, .fcompp,        ext: 3, rm: 1, needs: .x87),
        .init(0xDE, .ficom, .m16i,  ext: 2, mod: .memory, needs: .x87),
        .init(0xDA, .ficom, .m32i,  ext: 2, mod: .memory, needs: .x87),
        .init(0xDE, .ficomp, .m16i, ext: 3, mod: .memory, needs: .x87),
        .init(0xDA, .ficomp, .m32i, ext: 3, mod: .memory, needs: .x87),
        .init(0xDD, .fucom, .sti,   ext: 4, mod: .register, needs: .x87From387),
        .init(0xDD, .fucomp, .sti,  ext: 5, mod: .register, needs: .x87From387),
        .init(0xDA, .fucompp,       ext: 5, rm: 1, needs: .x87From387),
        .init(0xDB, .fucomi, .st, .sti,  ext: 5, mod: .register, flags: .comparesX87, needs: .conditionalX87),
        .init(0xDB, .fcomi, .st, .sti,   ext: 6, mod: .register, flags: .comparesX87, needs: .conditionalX87),
        .init(0xDF, .fucomip, .st, .sti, ext: 5, mod: .register, flags: .comparesX87, needs: .conditionalX87),
        .init(0xDF, .fcomip, .st, .sti,  ext: 6, mod: .register, flags: .comparesX87, needs: .conditionalX87),
        .init(0xD9, .ftst,          ext: 4, rm: 4, needs: .x87),
        .init(0xD9, .fxam,          ext: 4, rm: 5, needs: .x87),
    ]
}

extension FlagEffects {
    /// FCOMI and its kin: OF, SF and AF are clear (SDM volume 2, FCOMI; measured on a Zen 4).
    static let comparesX87 = FlagEffects(writes: .arithmetic)
}

extension CPU {
    func compareX87(_ op: OpPointer) throws(Interruption) {
        switch op.pointee.operation {
        case .fcom, .ficom: try compareX87(op, pops: 0)
        case .fcomp, .ficomp: try compareX87(op, pops: 1)
        case .fcompp: _ = core.pointee.state.x87.compare(with: 1, isQuiet: false, pops: 2, model.x87)
        case .fucom: _ = core.pointee.state.x87.compare(with: Int(op.pointee.second), isQuiet: true, model.x87)
        case .fucomp:
            _ = core.pointee.state.x87.compare(with: Int(op.pointee.second), isQuiet: true, pops: 1, model.x87)
        case .fucompp: _ = core.pointee.state.x87.compare(with: 1, isQuiet: true, pops: 2, model.x87)
        case .fcomi: compareToFlagsX87(op, isQuiet: false, pops: 0)
        case .fcomip: compareToFlagsX87(op, isQuiet: false, pops: 1)
        case .fucomi: compareToFlagsX87(op, isQuiet: true, pops: 0)
        case .fucomip: compareToFlagsX87(op, isQuiet: true, pops: 1)
        case .ftst:
            core.pointee.state.x87.compare(with: WidenedOperand(value: .zero, isDenormal: false), pops: 0, model.x87)
        default: core.pointee.state.x87.examine()
        }
    }

    private func compareX87(_ op: OpPointer, pops: Int) throws(Interruption) {
        if op.pointee.payload.x87Operand == .sti {
            let number = Int(op.pointee.second)
            _ = core.pointee.state.x87.compare(with: number, isQuiet: false, pops: pops, model.x87)
        } else {
            let operand = try operandX87(op)
            core.pointee.state.x87.compare(with: operand, pops: pops, model.x87)
        }
    }

    private func compareToFlagsX87(_ op: OpPointer, isQuiet: Bool, pops: Int) {
        let order = core.pointee.state.x87.compare(
            with: Int(op.pointee.second), isQuiet: isQuiet, pops: pops, setsCodes: false, model.x87)
        var flags = core.pointee.state.eflags.subtracting(.arithmetic)
        switch order {
        case .greater: break
        case .less: flags.insert(.carry)
        case .equal: flags.insert(.zero)
        case .unordered: flags.formUnion([.carry, .parity, .zero])
        }
        core.pointee.state.eflags = flags
        core.pointee.flags = LazyFlags(flags)
    }
}

extension X87State {
    /// Compares ST with a register; the order goes to C3, C2 and C0, unless the caller sets flags by it.
    ///
    /// Nothing is popped if an exception is not masked, but the order is told (measured).
    mutating func compare(
        with number: Int, isQuiet: Bool, pops: Int = 0, setsCodes: Bool = true, _ chip: X87Model
    ) -> FloatOrder {
        guard !isEmpty(0), !isEmpty(number) else {
            if setsCodes { setConditions(FloatOrder.unordered.conditionCodes) }
            if stackFault(chip) { for _ in 0..<pops { pop() } }
            return .unordered
        }
        var arithmetic = arithmetic(chip)
        let order =
            isQuiet
            ? arithmetic.compareQuietly(self[0], with: self[number]) : arithmetic.compare(self[0], with: self[number])
        if setsCodes {
            finish(arithmetic)
            setConditions(order.conditionCodes)
        } else {
            raise(arithmetic.raised)
        }
        if !arithmetic.isTrapping { for _ in 0..<pops { pop() } }
        return order
    }

    /// Compares ST with a number from elsewhere.
    mutating func compare(with operand: WidenedOperand, pops: Int, _ chip: X87Model) {
        guard !isEmpty(0) else {
            setConditions(FloatOrder.unordered.conditionCodes)
            if stackFault(chip) { for _ in 0..<pops { pop() } }
            return
        }
        var arithmetic = arithmetic(chip)
        let order = arithmetic.compare(self[0], with: operand.value, denormalOperand: operand.isDenormal)
        finish(arithmetic)
        setConditions(order.conditionCodes)
        if !arithmetic.isTrapping { for _ in 0..<pops { pop() } }
    }

    /// FXAM: the class of what is in ST, and its sign, even of an empty register.
    mutating func examine() {
        let codes = isEmpty(0) ? 0x4100 : self[0].numberClass.conditionCodes
        setConditions(codes)
        status = status & ~Self.roundedUpBit | (self[0].sign != 0 ? Self.roundedUpBit : 0)
    }
}
