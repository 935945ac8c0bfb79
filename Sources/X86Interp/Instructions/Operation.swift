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
    // MMX, SSE: moves
    case movups, movupd, movss, movsd, movlps, movhlps, movlpd, movhps, movlhps, movhpd, movaps, movapd, movntps
    case movntpd, movmskps, movmskpd, movd, movq, movdqa, movdqu, movq2dq, movdq2q, movnti, movntq, movntdq
    case pmovmskb, maskmovq, maskmovdqu
    // MMX, SSE: packed integers
    case pcmpgtb, pcmpgtw, pcmpgtd, pcmpeqb, pcmpeqw, pcmpeqd, paddq, pmullw, psubusb, psubusw, pminub, pand
    case paddusb, paddusw, pmaxub, pandn, pavgb, pavgw, pmulhuw, pmulhw, psubsb, psubsw, pminsw, por, paddsb
    case paddsw, pmaxsw, pxor, pmuludq, pmaddwd, psadbw, psubb, psubw, psubd, psubq, paddb, paddw, paddd
    // MMX, SSE: shifts
    case psrlw, psrld, psrlq, psraw, psrad, psllw, pslld, psllq, psrldq, pslldq
    // MMX, SSE: shuffles
    case punpcklbw, punpcklwd, punpckldq, punpckhbw, punpckhwd, punpckhdq, punpcklqdq, punpckhqdq, packsswb
    case packuswb, packssdw, pshufw, pshufd, pshufhw, pshuflw, pinsrw, pextrw, shufps, shufpd, unpcklps
    case unpcklpd, unpckhps, unpckhpd
    // SSE: floating point
    case sqrtps, sqrtpd, sqrtss, sqrtsd, addps, addpd, addss, addsd, mulps, mulpd, mulss, mulsd, subps, subpd
    case subss, subsd, minps, minpd, minss, minsd, divps, divpd, divss, divsd, maxps, maxpd, maxss, maxsd
    case rsqrtps, rsqrtss, rcpps, rcpss, cmpps, cmppd, cmpss, cmpsd, andps, andpd, andnps, andnpd, orps, orpd
    case xorps, xorpd, ucomiss, ucomisd, comiss, comisd
    // SSE: conversions
    case cvtpi2ps, cvtpi2pd, cvtsi2ss, cvtsi2sd, cvttps2pi, cvttpd2pi, cvttss2si, cvttsd2si, cvtps2pi, cvtpd2pi
    case cvtss2si, cvtsd2si, cvtps2pd, cvtpd2ps, cvtss2sd, cvtsd2ss, cvtdq2ps, cvtps2dq, cvttps2dq, cvttpd2dq
    case cvtdq2pd, cvtpd2dq
    // MMX, SSE: control
    case emms, fxsave, fxrstor, ldmxcsr, stmxcsr, lfence, mfence, sfence, clflush
}

extension Operation {
    /// Of the x87.
    var isX87: Bool { rawValue >= Operation.fld.rawValue && rawValue <= Operation.ffreep.rawValue }
    /// Of MMX, SSE or SSE2.
    var isVector: Bool { rawValue >= Operation.movups.rawValue }
}
