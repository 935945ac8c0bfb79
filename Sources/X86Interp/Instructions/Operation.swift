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
    // System
    case lgdt, lidt, sgdt, sidt, lldt, sldt, ltr, str, lmsw, smsw, clts, invd, wbinvd, invlpg
    case lar, lsl, verr, verw, rdtsc, rdmsr, wrmsr, rdpmc, sysenter, sysexit, cpuid, arpl, esc, wait, nop, ud
}
