extension Encoding {
    /// BCD and ASCII adjustments; AAM and AAD take any base.
    // The rows are aligned.
    // swift-format-ignore
    static let decimal: [Encoding] = [
        .init(0x27, .daa,      flags: .decimalAdjust),
        .init(0x2F, .das,      flags: .decimalAdjust),
        .init(0x37, .aaa,      flags: .asciiAdjust),
        .init(0x3F, .aas,      flags: .asciiAdjust),
        .init(0xD4, .aam, .ib, flags: .asciiMultiply),
        .init(0xD5, .aad, .ib, flags: .asciiMultiply),
    ]
}

extension CPU {
    /// Sets SF, ZF and PF by a result, AF and CF as told, and OF, which the manual leaves undefined.
    private func setDecimalFlags<W: Operand>(_ result: W, auxiliary: Bool, carry: Bool, overflow: Bool) {
        let flags = LazyFlags(
            result: ALU.signExtend(result), carry: carry ? 1 : 0, overflow: overflow ? 1 : 0)
        core.pointee.flags = auxiliary ? LazyFlags(result: flags.result, aux: flags.aux ^ 0x10) : flags
    }

    /// Flags of AAA and AAS: SF, ZF, PF and OF, which are undefined, are those before the high nibble goes.
    ///
    /// The 80286 takes them from AL, later chips from AX; OF is set if the sign has become `negative`.
    private func setAdjustFlags(from old: UInt16, to new: UInt16, becomes negative: Bool, _ adjusts: Bool) {
        let changed = negative ? ~old & new : old & ~new
        if model.is32Bit {
            setDecimalFlags(new, auxiliary: adjusts, carry: adjusts, overflow: changed & 0x8000 != 0)
        } else {
            let low = UInt8(truncatingIfNeeded: new)
            setDecimalFlags(low, auxiliary: adjusts, carry: adjusts, overflow: changed & 0x80 != 0)
        }
    }

    /// Whether DAA and DAS adjust the high digit: CF was set, or AL was too high for a digit.
    private func adjustsHigh(_ old: UInt8, _ flags: LazyFlags) -> Bool {
        let highest: UInt8 = model.adjustsHighDigitByAuxiliary && flags.auxiliary ? 0x9F : 0x99
        return old > highest || flags.carry
    }

    func decimalAdjustAdd() {
        let old = register(.al)
        let flags = core.pointee.flags
        let low = old & 0xF > 9 || flags.auxiliary
        let high = adjustsHigh(old, flags)
        let result = old &+ (low ? 6 : 0) &+ (high ? 0x60 : 0)
        setRegister(.eax, result)
        setDecimalFlags(result, auxiliary: low, carry: high, overflow: ~old & result & 0x80 != 0)
    }

    /// DAS; on the 8086 a borrow of the low digit alone does not set CF.
    func decimalAdjustSubtract() {
        let old = register(.al)
        let flags = core.pointee.flags
        let low = old & 0xF > 9 || flags.auxiliary
        let high = adjustsHigh(old, flags)
        let result = old &- (low ? 6 : 0) &- (high ? 0x60 : 0)
        setRegister(.eax, result)
        let borrows = low && old < 6 && !model.adjustsHighDigitByAuxiliary
        setDecimalFlags(result, auxiliary: low, carry: high || borrows, overflow: old & ~result & 0x80 != 0)
    }

    /// AAA adds 106h to AX from the 286 on; earlier chips carry nothing from AL into AH.
    func asciiAdjustAdd() {
        let old = register(.ax)
        let adjusts = old & 0xF > 9 || core.pointee.flags.auxiliary
        let carries = model.generation >= .i80286
        let sum = !adjusts ? old : carries ? old &+ 0x106 : (old &+ 0x100) & 0xFF00 | (old &+ 6) & 0xFF
        setRegister(.eax, sum & 0xFF0F)
        setAdjustFlags(from: old, to: sum, becomes: true, adjusts)
    }

    /// AAS, the counterpart of AAA.
    func asciiAdjustSubtract() {
        let old = register(.ax)
        let adjusts = old & 0xF > 9 || core.pointee.flags.auxiliary
        let carries = model.generation >= .i80286
        let difference = !adjusts ? old : carries ? old &- 0x106 : (old &- 0x100) & 0xFF00 | (old &- 6) & 0xFF
        setRegister(.eax, difference & 0xFF0F)
        setAdjustFlags(from: old, to: difference, becomes: false, adjusts)
    }

    /// AAM: #DE for a base of 0.
    func asciiAdjustMultiply(_ op: OpPointer) throws(Interruption) {
        let base = UInt8(truncatingIfNeeded: op.pointee.immediate)
        let al = register(.al)
        guard base != 0 else {
            switch model.flagsOfBaseZero {
            case .kept: break
            case .ofZero: _ = ALU.logic(UInt8(0), &core.pointee.flags)
            case .ofHalf: _ = ALU.logic(al >> 1, &core.pointee.flags)
            }
            throw raised(.divideError, .divideError)
        }
        setRegister(.ah, al / base)
        setRegister(.eax, al % base)
        setDecimalFlags(al % base, auxiliary: false, carry: false, overflow: false)
    }

    func asciiAdjustDivide(_ op: OpPointer) {
        let base = UInt8(truncatingIfNeeded: op.pointee.immediate)
        // The undefined flags are those of the addition, too.
        let product = register(.ah) &* base
        setRegister(.eax, UInt16(ALU.add(register(.al), product, carry: 0, &core.pointee.flags)))
    }
}
