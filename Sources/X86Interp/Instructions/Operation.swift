/// What an instruction does, whatever its operands: the executor's one exhaustive switch is over this.
public enum Operation: UInt16, Sendable, CaseIterable {
    // Data transfer
    case mov, movToSegment, movFromSegment, movControl, movDebug, movzx, movsx, xchg, lea, xlat, bswap
    case cmovcc, cbw, cwd, lahf, sahf, salc, lds, les, lss, lfs, lgs
    // Arithmetic
    case add, adc, sub, sbb, cmp, inc, dec, neg, mul, imul, div, idiv, xadd, cmpxchg, cmpxchg8b
    // Logic
    case and, or, xor, test, not
    // Shifts and rotates
    case rol, ror, rcl, rcr, shl, shr, sar, shld, shrd, setmo
    // Bits
    case bt, bts, btr, btc, bsf, bsr, setcc
    // Decimal
    case daa, das, aaa, aas, aam, aad
    // Control flow
    case jcc, jmp, jmpFar, jcxz, loop, loope, loopne, call, callFar, ret, retFar, bound
    // Stack
    case push, pop, pusha, popa, pushf, popf, enter, leave
    // Strings
    case movs, cmps, stos, lods, scas
    // Port I/O
    case `in`, out, ins, outs
    // Interrupts
    case int, int3, int1, into, iret, cli, sti, hlt
    // Flags
    case clc, stc, cmc, cld, std
    // x87: transfers
    case fld, fst, fstp, fild, fist, fistp, fbld, fbstp, fxch, fcmovcc
    case fld1, fldl2t, fldl2e, fldpi, fldlg2, fldln2, fldz
    // x87: arithmetic
    case fadd, faddp, fiadd, fmul, fmulp, fimul, fsub, fsubp, fisub, fsubr, fsubrp, fisubr
    case fdiv, fdivp, fidiv, fdivr, fdivrp, fidivr
    case fchs, fabs, fxtract, fprem, fprem1, fsqrt, frndint, fscale
    // x87: comparisons
    case fcom, fcomp, fcompp, ficom, ficomp, fucom, fucomp, fucompp, fcomi, fcomip, fucomi, fucomip, ftst, fxam
    // x87: transcendentals
    case f2xm1, fyl2x, fyl2xp1, fptan, fpatan, fsin, fcos, fsincos
    // x87: control
    case fldenv, fldcw, fnstenv, fnstcw, frstor, fnsave, fnstsw, fneni, fndisi, fnclex, fninit, fnsetpm
    case fnop, fincstp, fdecstp, ffree, ffreep
    // System
    case lgdt, lidt, sgdt, sidt, lldt, sldt, ltr, str, lmsw, smsw, clts, invd, wbinvd, invlpg
    case lar, lsl, verr, verw, rdtsc, rdmsr, wrmsr, rdpmc, sysenter, sysexit, cpuid, arpl, esc, wait, nop, ud
}
