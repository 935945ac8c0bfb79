extension InstructionContents {
    /// The mnemonic that Intel and NASM share, without size letters.
    var mnemonic: String {
        let operation = encoding.operation
        switch operation {
        case .mov, .movzx, .movsx, .lea, .bswap, .lahf, .sahf, .salc, .lds, .les, .lss, .lfs, .lgs, .xlat,
            .add, .adc, .sub, .sbb, .cmp, .inc, .dec, .neg, .mul, .imul, .div, .idiv, .xadd, .cmpxchg, .cmpxchg8b,
            .and, .or, .xor, .test, .not, .rol, .ror, .rcl, .rcr, .shl, .shr, .sar, .shld, .shrd,
            .bt, .bts, .btr, .btc, .bsf, .bsr, .daa, .das, .aaa, .aas, .aam, .aad, .jmp, .loop, .loope, .loopne,
            .call, .ret, .bound, .push, .pop, .pusha, .popa, .pushf, .popf, .enter, .leave,
            .movs, .cmps, .stos, .lods, .scas, .in, .out, .ins, .outs, .int, .int3, .int1, .into, .iret,
            .cli, .sti, .hlt, .clc, .stc, .cmc, .cld, .std, .lgdt, .lidt, .sgdt, .sidt, .lldt, .sldt, .ltr, .str,
            .lmsw, .smsw, .clts, .invd, .wbinvd, .invlpg, .lar, .lsl, .verr, .verw, .rdtsc, .rdmsr, .wrmsr, .rdpmc,
            .sysenter, .sysexit, .cpuid, .arpl, .esc, .nop,
            .fld, .fst, .fstp, .fild, .fist, .fistp, .fbld, .fbstp, .fxch, .fld1, .fldl2t, .fldl2e, .fldpi, .fldlg2,
            .fldln2, .fldz, .fadd, .faddp, .fiadd, .fmul, .fmulp, .fimul, .fsub, .fsubp, .fisub, .fsubr, .fsubrp,
            .fisubr, .fdiv, .fdivp, .fidiv, .fdivr, .fdivrp, .fidivr, .fchs, .fabs, .fxtract, .fprem, .fprem1, .fsqrt,
            .frndint, .fscale, .fcom, .fcomp, .fcompp, .ficom, .ficomp, .fucom, .fucomp, .fucompp, .fcomi, .fcomip,
            .fucomi, .fucomip, .ftst, .fxam, .f2xm1, .fyl2x, .fyl2xp1, .fptan, .fpatan, .fsin, .fcos, .fsincos,
            .fldenv, .fldcw, .fnstenv, .fnstcw, .frstor, .fnsave, .fnstsw, .fneni, .fndisi, .fnclex, .fninit, .fnsetpm,
            .fnop, .fincstp, .fdecstp, .ffree, .ffreep:
            return "\(operation)"
        case .fcmovcc:
            return "fcmov" + (parsed.opcode & 1 == 0 ? "" : "n") + ["b", "e", "be", "u"][Int(parsed.reg & 3)]
        case .movToSegment, .movFromSegment, .movControl, .movDebug: return "mov"
        case .xchg: return isPause ? "pause" : isNop ? "nop" : "xchg"
        case .setmo: return parsed.opcode & 2 == 0 ? "setmo" : "setmoc"
        case .cmovcc: return "cmov" + condition
        case .setcc: return "set" + condition
        case .jcc: return "j" + condition
        case .jcxz: return parsed.address32 ? "jecxz" : "jcxz"
        case .cbw: return parsed.operand32 ? "cwde" : "cbw"
        case .cwd: return parsed.operand32 ? "cdq" : "cwd"
        case .jmpFar: return "jmp"
        case .callFar: return "call"
        case .retFar: return "retf"
        case .wait: return "fwait"
        case .ud: return parsed.opcode == 0x0F0B ? "ud2" : parsed.opcode == 0x0FB9 ? "ud1" : "ud0"
        }
    }

    /// 90 without an operand-size prefix.
    var isNop: Bool { parsed.opcode == 0x90 && (isPause || !parsed.hasOperandSizePrefix) }

    /// F3 90: a NOP to the chips here, but everyone writes PAUSE.
    var isPause: Bool { parsed.opcode == 0x90 && parsed.flags.contains(.repeatEqual) }

    private var condition: String { Condition(opcode: parsed.opcode).suffix }
}

/// A prefix byte's name in Intel and AT&T syntax.
func prefixName(_ byte: UInt8, code32: Bool) -> String {
    switch Prefix(byte) {
    case .segment(let register): register.name
    case .operandSize: code32 ? "data16" : "data32"
    case .addressSize: code32 ? "addr16" : "addr32"
    case .repeatNotEqual: "repnz"
    case .repeatEqual: "repz"
    case .lock, nil: "lock"
    }
}

/// The prefixes that mnemonic and operands already show.
struct ShownPrefixes: OptionSet {
    let rawValue: UInt8
    /// The last 66.
    static let operandSize = ShownPrefixes(rawValue: 1 << 0)
    /// The last 67.
    static let addressSize = ShownPrefixes(rawValue: 1 << 1)
    /// The last segment override.
    static let segment = ShownPrefixes(rawValue: 1 << 2)
    /// The last F3.
    static let repeatEqual = ShownPrefixes(rawValue: 1 << 3)

    /// The one prefix byte that acts in its class is the last of its class.
    fileprivate static func of(_ byte: UInt8) -> ShownPrefixes {
        switch Prefix(byte) {
        case .segment: .segment
        case .operandSize: .operandSize
        case .addressSize: .addressSize
        case .repeatEqual: .repeatEqual
        case .lock, .repeatNotEqual, nil: []
        }
    }
}

extension InstructionContents {
    /// The names of the prefixes that `shown` leaves to be printed in front of the mnemonic.
    ///
    /// Of each class only the last byte acts; earlier ones are always printed.
    func prefixes(shown: ShownPrefixes, name: (UInt8) -> String) -> [String] {
        var left = shown
        var names: [String] = []
        var repeatName = isRepeated ? "rep" : nil
        for byte in bytes.prefix(parsed.prefixLength).reversed() {
            let kind = ShownPrefixes.of(byte)
            if !kind.isEmpty && left.contains(kind) {
                left.remove(kind)
            } else if kind == .repeatEqual, let rep = repeatName {
                names.append(rep)
                repeatName = nil
            } else {
                names.append(name(byte))
            }
        }
        return names.reversed()
    }

    /// F3 is spelled REP where it does not compare.
    private var isRepeated: Bool {
        encoding.traits.contains(.repeatable) && encoding.operation != .cmps && encoding.operation != .scas
    }

    /// The operand size shows in a register's name, a memory operand's size or the length of an immediate.
    var operandSizeShows: Bool {
        let (first, second, third) = encoding.operands
        return [first, second, third].contains { form in
            switch form {
            case .ev, .gv, .m, .mp, .ma, .zv, .iz, .ap, .jz, .ov, .xv, .yv: true
            case .ax: encoding.operation != .fnstsw
            case .rvmw: parsed.mod == 3
            case .ew: parsed.mod == 3 && encoding.operation == .movToSegment
            case .st, .sti, .m16i, .m32i, .m64i, .m32r, .m64r, .m80r, .m80b, .mEnvironment, .mState, .pq, .vx, .gd, .qq,
                .qd, .nq, .wx, .wq, .wd, .ux, .ed, .edw, .rdr, .md, .mx, .m512:
                false
            case .none, .eb, .mb, .mq, .ms, .rd, .gb, .gw, .sw, .cd, .dd, .zb, .ib, .ibs, .iw, .jb, .ob, .xb, .yb,
                .al, .cl, .dx, .one, .three, .es, .cs, .ss, .ds, .fs, .gs:
                false
            }
        }
    }

    /// The mnemonic of Intel and AT&T syntax carries the size where no operand does.
    var takesSizeLetter: Bool {
        let form = encoding.operands.0
        let sized: [Operation] = [.pusha, .popa, .pushf, .popf, .iret, .ret, .retFar, .enter, .leave]
        let isPush = encoding.operation == .push || encoding.operation == .pop
        return sized.contains(encoding.operation) || form == .jz && !encoding.traits.contains(.conditional)
            || isPush && form != .zv && form != .ev || form == .mEnvironment || form == .mState
    }

    /// LGDT and its like show the size of the base that they transfer.
    var isDescriptorTable: Bool { encoding.operands.0 == .ms }

    /// What the operands show in both objdump syntaxes.
    var shownByOperands: ShownPrefixes {
        var shown: ShownPrefixes = []
        let isSized = encoding.operation == .cbw || encoding.operation == .cwd
        if operandSizeShows || takesSizeLetter || isDescriptorTable || isSized { shown.insert(.operandSize) }
        if isPause { shown = .repeatEqual }
        if encoding.operation == .jcxz { shown.insert(.addressSize) }
        if memories.contains(where: { $0.takesOverride }) { shown.insert(.segment) }
        if memories.contains(where: { showsAddressSize($0) }) { shown.insert(.addressSize) }
        return shown
    }

    private func showsAddressSize(_ memory: MemoryOperand) -> Bool {
        if memory.isOffset { return false }
        return !memory.address32 || memory.isBased || needsZeroIndex(memory)
    }

    /// Without base and index, a SIB byte of 32-bit code is told from none by the pseudo-register EIZ.
    func needsZeroIndex(_ memory: MemoryOperand) -> Bool { memory.hasSIB && !memory.isBased && code32 }
}
