/// The registers of a memory operand by ModRM, one table for each address size (SDM volume 2, tables 2-1 and 2-2).
struct AddressRegisters {
    var base: GeneralRegister?
    var index: GeneralRegister?
    /// Log 2 of the index's factor, as the SIB byte has it, with an index or without.
    var scale: UInt8 = 0

    /// Those of a parsed instruction with a memory operand, as they are written.
    @inline(__always)
    init(_ parsed: ParsedInstruction) {
        if parsed.address32 {
            self.init(rm: parsed.rm, mod: parsed.mod, sib: parsed.hasSIB ? parsed.sib : nil)
        } else {
            self.init(rm16: parsed.rm, mod: parsed.mod)
        }
    }

    /// As the processor adds them: a scale without an index means nothing, or is the base's, see
    /// `CPUModel.scalesLoneBase`.
    @inline(__always)
    func added(scalesBase: Bool) -> AddressRegisters {
        guard index == nil else { return self }
        var sum = self
        if scalesBase {
            (sum.base, sum.index) = (nil, base)
        } else {
            sum.scale = 0
        }
        return sum
    }

    /// Whether the segment is SS unless a prefix says otherwise: (E)BP is the base, or ESP.
    @inline(__always)
    var isOnStack: Bool { base == .ebp || base == .esp }

    /// 16-bit addresses: BX+SI, BX+DI, BP+SI, BP+DI, SI, DI, BP, BX; without displacement, BP stands for none.
    @inline(__always)
    private init(rm16: UInt8, mod: UInt8) {
        switch rm16 & 7 {
        case 0: (base, index) = (.ebx, .esi)
        case 1: (base, index) = (.ebx, .edi)
        case 2: (base, index) = (.ebp, .esi)
        case 3: (base, index) = (.ebp, .edi)
        case 4: (base, index) = (.esi, nil)
        case 5: (base, index) = (.edi, nil)
        case 6: (base, index) = (mod == 0 ? nil : .ebp, nil)
        default: (base, index) = (.ebx, nil)
        }
    }

    /// 32-bit addresses: without displacement, EBP as base stands for none; ESP is no index.
    @inline(__always)
    private init(rm: UInt8, mod: UInt8, sib: UInt8?) {
        let number = (sib ?? rm) & 7
        base = number == 5 && mod == 0 ? nil : GeneralRegister(rawValue: number)
        guard let sib else { return }
        index = sib >> 3 & 7 == 4 ? nil : GeneralRegister(rawValue: sib >> 3 & 7)
        scale = sib >> 6
    }
}
