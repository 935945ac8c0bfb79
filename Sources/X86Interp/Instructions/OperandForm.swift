/// Where an operand comes from, in the notation of the manual's opcode map (SDM volume 2, A.2):
/// the letter is the addressing method, the suffix the size (b 8, w 16, d 32, v 16 or 32 by operand size).
public enum OperandForm: UInt8, Sendable {
    case none
    /// ModRM.rm: register or memory.
    case eb, ew, ev
    /// ModRM.rm: a 16- or 32-bit register by operand size, or a word of memory (MOV from Sreg, SMSW).
    case rvmw
    /// ModRM.rm, memory only: of no size (LEA), 8 (INVLPG), 32/48-bit far pointer, pair of bounds,
    /// 64 bits, pseudo-descriptor of limit and base.
    case m, mb, mp, ma, mq, ms
    /// ModRM.rm, always a 32-bit register whatever mod says (MOV CRn, DRn).
    case rd
    /// ModRM.reg: a general, segment, control or debug register.
    case gb, gw, gv, sw, cd, dd
    /// The low three opcode bits: a general register.
    case zb, zv
    /// Immediates: a byte, a byte sign-extended to the operand size, a word, 16 or 32 bits by operand size.
    case ib, ibs, iw, iz
    /// A far pointer in the instruction.
    case ap
    /// A relative target.
    case jb, jz
    /// An offset in the instruction, of the address size.
    case ob, ov
    /// Strings: DS:(E)SI (overridable) and ES:(E)DI.
    case xb, xv, yb, yv
    /// Fixed operands; `ax` is AX or EAX by operand size.
    case al, ax, cl, dx, one, three
    case es, cs, ss, ds, fs, gs
    /// x87: the top of the stack, and the register of ModRM.rm; the numbers in memory (integers, reals, packed BCD), the
    /// environment, and all of the state.
    case st, sti, m16i, m32i, m64i, m32r, m64r, m80r, m80b, mEnvironment, mState
    /// ModRM.reg: an MMX register, an XMM register, a general register of 32 bits.
    case pq, vx, gd
    /// ModRM.rm: an MMX register, or 64 or 32 bits of memory; the register only.
    case qq, qd, nq
    /// ModRM.rm: an XMM register, or 128 (aligned), 64, 32 bits of memory; the register only.
    case wx, wq, wd, ux
    /// ModRM.rm: a general register of 32 bits, or 32 or 16 bits of memory; the register only.
    case ed, edw, rdr
    /// ModRM.rm, memory only: 32, 128 bits, the 512 bytes of FXSAVE.
    case md, mx, m512

    /// Whether the operand is coded in a ModRM byte.
    public var usesModRM: Bool {
        switch self {
        case .eb, .ew, .ev, .rvmw, .m, .mb, .mp, .ma, .mq, .ms, .rd, .gb, .gw, .gv, .sw, .cd, .dd, .sti,
            .m16i, .m32i, .m64i, .m32r, .m64r, .m80r, .m80b, .mEnvironment, .mState, .pq, .vx, .gd, .qq, .qd, .nq,
            .wx, .wq, .wd, .ux, .ed, .edw, .rdr, .md, .mx, .m512:
            true
        case .none, .zb, .zv, .ib, .ibs, .iw, .iz, .ap, .jb, .jz, .ob, .ov, .xb, .xv, .yb, .yv, .al, .ax, .cl,
            .dx, .one, .three, .es, .cs, .ss, .ds, .fs, .gs, .st:
            false
        }
    }

    /// Whether a register in ModRM.rm is #UD.
    public var isMemoryOnly: Bool {
        switch self {
        case .m, .mb, .mp, .ma, .mq, .ms, .m16i, .m32i, .m64i, .m32r, .m64r, .m80r, .m80b, .mEnvironment, .mState,
            .md, .mx, .m512:
            true
        default: false
        }
    }
}
