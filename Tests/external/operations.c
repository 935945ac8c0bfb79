// The operations of operations.h, each a loop over a block's records: load, one instruction, store, status.
//
// No compiler's floating point is in here, only the instructions that stand in these strings. Those of two registers
// are given by their bytes, since AT&T's names of FSUB and FSUBR (FDIV, FDIVR) depend on the assembler.

#include "operations.h"

/// What FLDENV loads in 32-bit mode (SDM volume 1, figure 8-9).
struct environment { word control, status, tag, rest[4]; };

typedef void operation(const struct operands *in, struct answer *out, const struct environment *env);

#define OPERANDS [env] "m"(*env), [mx] "m"(env->control), [a] "m"(*(const char (*)[16])in->a),                        \
    [b] "m"(*(const char (*)[16])in->b)
#define ANSWER [r] "=m"(*(char (*)[12])out->value), [s] "=m"(out->status), [m] "+m"(mxcsr), [l] "=m"(out->agree)

#define OPERATION(name, text)                                                                                          \
    static void name(const struct operands *in, struct answer *out, const struct environment *env)                    \
    {                                                                                                                  \
        word mxcsr = 0x10000;                                                                                          \
        __asm__ volatile(text : ANSWER : OPERANDS : "eax", "edx", "cc", "memory");                                     \
        if (mxcsr < 0x10000) out->status = (half)mxcsr;                                                                \
    }

// x87

#define FPU(name, text) OPERATION(name, "fldenv %[env]\n" text)
#define STATUS "fnstsw %[s]\n"
#define AB "fldt %[b]\n fldt %[a]\n"            // ST is a, ST(1) b
#define BA "fldt %[a]\n fldt %[b]\n"            // ST is b, ST(1) a
#define KEEP STATUS "fstpt %[r]\n fstp %%st(0)\n"
#define POP STATUS "fstpt %[r]\n"

FPU(fadd, AB ".byte 0xD8, 0xC1\n" KEEP)
FPU(faddp, AB ".byte 0xDE, 0xC1\n" POP)
FPU(fmul, AB ".byte 0xD8, 0xC9\n" KEEP)
FPU(fmulp, AB ".byte 0xDE, 0xC9\n" POP)
FPU(fsub, AB ".byte 0xD8, 0xE1\n" KEEP)         // ST = ST - ST(1)
FPU(fsubr, BA ".byte 0xD8, 0xE9\n" KEEP)        // ST = ST(1) - ST
FPU(fsubp, BA ".byte 0xDE, 0xE9\n" POP)         // ST(1) = ST(1) - ST
FPU(fsubrp, AB ".byte 0xDE, 0xE1\n" POP)        // ST(1) = ST - ST(1)
FPU(fdiv, AB ".byte 0xD8, 0xF1\n" KEEP)
FPU(fdivr, BA ".byte 0xD8, 0xF9\n" KEEP)
FPU(fdivp, BA ".byte 0xDE, 0xF9\n" POP)
FPU(fdivrp, AB ".byte 0xDE, 0xF1\n" POP)
FPU(fsqrt, "fldt %[a]\n fsqrt\n" POP)
FPU(frndint, "fldt %[a]\n frndint\n" POP)
#define REMAINDER "1: fprem1\n fnstsw %%ax\n sahf\n jp 1b\n"
FPU(fprem1, AB REMAINDER KEEP)

#define CONDITIONS STATUS "fnstsw %%ax\n shrl $8, %%eax\n andl $0x45, %%eax\n movl %%eax, %[r]\n"
#define EFLAGS "pushfl\n popl %%eax\n andl $0x8D5, %%eax\n movl %%eax, %[r]\n"
#define ORDER(name, text)                                                                                              \
    FPU(name##_eq, AB text) FPU(name##_le, AB text) FPU(name##_lt, AB text)
ORDER(fucompp, "fucompp\n" CONDITIONS)
ORDER(fcompp, "fcompp\n" CONDITIONS)
ORDER(fucomip, "fucomip %%st(1), %%st\n" EFLAGS STATUS "fstp %%st(0)\n")
ORDER(fcomip, "fcomip %%st(1), %%st\n" EFLAGS STATUS "fstp %%st(0)\n")

FPU(fistp32, "fldt %[a]\n fistpl %[r]\n" STATUS)
FPU(fistp64, "fldt %[a]\n fistpll %[r]\n" STATUS)
FPU(fstp32, "fldt %[a]\n fstps %[r]\n" STATUS)
FPU(fstp64, "fldt %[a]\n fstpl %[r]\n" STATUS)
FPU(fld32, "flds %[a]\n" POP)
FPU(fld64, "fldl %[a]\n" POP)
FPU(fild32, "fildl %[a]\n" POP)
FPU(fild64, "fildll %[a]\n" POP)
FPU(fild32_fstp32, "fildl %[a]\n fstps %[r]\n" STATUS)
FPU(fild32_fstp64, "fildl %[a]\n fstpl %[r]\n" STATUS)
FPU(fild64_fstp32, "fildll %[a]\n fstps %[r]\n" STATUS)
FPU(fild64_fstp64, "fildll %[a]\n fstpl %[r]\n" STATUS)
FPU(fld32_fistp32, "flds %[a]\n fistpl %[r]\n" STATUS)
FPU(fld32_fistp64, "flds %[a]\n fistpll %[r]\n" STATUS)
FPU(fld64_fistp32, "fldl %[a]\n fistpl %[r]\n" STATUS)
FPU(fld64_fistp64, "fldl %[a]\n fistpll %[r]\n" STATUS)
FPU(fld32_fstp64, "flds %[a]\n fstpl %[r]\n" STATUS)
FPU(fld64_fstp32, "fldl %[a]\n fstps %[r]\n" STATUS)
FPU(fprem1_32, "flds %[b]\n flds %[a]\n" REMAINDER "fstps %[r]\n" STATUS "fstp %%st(0)\n")
FPU(fprem1_64, "fldl %[b]\n fldl %[a]\n" REMAINDER "fstpl %[r]\n" STATUS "fstp %%st(0)\n")
FPU(frndint_32, "flds %[a]\n frndint\n fstps %[r]\n" STATUS)
FPU(frndint_64, "fldl %[a]\n frndint\n fstpl %[r]\n" STATUS)
FPU(fsqrt_32, "flds %[a]\n fsqrt\n fstps %[r]\n" STATUS)
FPU(fsqrt_64, "fldl %[a]\n fsqrt\n fstpl %[r]\n" STATUS)

// SSE, SSE2

#define VECTOR(name, text) OPERATION(name, "ldmxcsr %[mx]\n" text)
#define CSR "stmxcsr %[m]\n"
#define LANES "pmovmskb %%xmm1, %%eax\n movw %%ax, %[l]\n"
// One lane from a register and from memory; all lanes from registers that hold the operand in each, and whether the
// results are one value: four doublewords, or two quadwords.
#define LOWSS(text) "movss %[a], %%xmm0\n" text " %[b], %%xmm0\n movss %%xmm0, %[r]\n" CSR
#define LOWSD(text) "movsd %[a], %%xmm0\n" text " %[b], %%xmm0\n movsd %%xmm0, %[r]\n" CSR
#define ALLPS(load, text) load text "movss %%xmm0, %[r]\n pshufd $0, %%xmm0, %%xmm1\n pcmpeqd %%xmm0, %%xmm1\n" LANES CSR
#define ALLPD(load, text) load text "movlpd %%xmm0, %[r]\n pshufd $0x44, %%xmm0, %%xmm1\n pcmpeqd %%xmm0, %%xmm1\n"     \
    LANES CSR
#define PS "movss %[a], %%xmm0\n shufps $0, %%xmm0, %%xmm0\n movss %[b], %%xmm2\n shufps $0, %%xmm2, %%xmm2\n"
#define PD "movsd %[a], %%xmm0\n unpcklpd %%xmm0, %%xmm0\n movsd %[b], %%xmm2\n unpcklpd %%xmm2, %%xmm2\n"

#define FOUR(name)                                                                                                     \
    VECTOR(name##ss, LOWSS(#name "ss")) VECTOR(name##sd, LOWSD(#name "sd"))                                           \
    VECTOR(name##ps, ALLPS(PS, #name "ps %%xmm2, %%xmm0\n")) VECTOR(name##pd, ALLPD(PD, #name "pd %%xmm2, %%xmm0\n"))
FOUR(add) FOUR(sub) FOUR(mul) FOUR(div)
FOUR(cmpeq) FOUR(cmplt) FOUR(cmple) FOUR(cmpunord) FOUR(cmpneq) FOUR(cmpnlt) FOUR(cmpnle) FOUR(cmpord)
VECTOR(sqrtss, "sqrtss %[a], %%xmm0\n movss %%xmm0, %[r]\n" CSR)
VECTOR(sqrtsd, "sqrtsd %[a], %%xmm0\n movsd %%xmm0, %[r]\n" CSR)
VECTOR(sqrtps, ALLPS(PS, "sqrtps %%xmm0, %%xmm0\n"))
VECTOR(sqrtpd, ALLPD(PD, "sqrtpd %%xmm0, %%xmm0\n"))

#define ORDERED(name, load, text) VECTOR(name, load " %[a], %%xmm0\n" text " %[b], %%xmm0\n" EFLAGS CSR)
#define ORDERED3(name, load) ORDERED(name##_eq, load, #name) ORDERED(name##_le, load, #name) ORDERED(name##_lt, load, #name)
ORDERED3(ucomiss, "movss") ORDERED3(comiss, "movss") ORDERED3(ucomisd, "movsd") ORDERED3(comisd, "movsd")

#define TO_REGISTER(name) VECTOR(name, #name " %[a], %%eax\n movl %%eax, %[r]\n" CSR)
TO_REGISTER(cvtss2si) TO_REGISTER(cvttss2si) TO_REGISTER(cvtsd2si) TO_REGISTER(cvttsd2si)
#define SAME(name) #name " %%xmm0, %%xmm0\n"
VECTOR(cvtps2dq, ALLPS(PS, SAME(cvtps2dq)))
VECTOR(cvttps2dq, ALLPS(PS, SAME(cvttps2dq)))
VECTOR(cvtdq2ps, ALLPS(PS, SAME(cvtdq2ps)))
VECTOR(cvtps2pd, ALLPD(PS, SAME(cvtps2pd)))
VECTOR(cvtdq2pd, ALLPD(PS, SAME(cvtdq2pd)))
// Two doublewords below two of zeros: the third must be zero, then copies of the first replace them.
#define NARROW(text) PD text "pshufd $0xEE, %%xmm0, %%xmm1\n pxor %%xmm2, %%xmm2\n pcmpeqd %%xmm2, %%xmm1\n"             \
    "pshufd $0, %%xmm0, %%xmm2\n pcmpeqd %%xmm0, %%xmm2\n punpcklqdq %%xmm2, %%xmm1\n movss %%xmm0, %[r]\n" LANES CSR
VECTOR(cvtpd2dq, NARROW(SAME(cvtpd2dq)))
VECTOR(cvttpd2dq, NARROW(SAME(cvttpd2dq)))
VECTOR(cvtpd2ps, NARROW(SAME(cvtpd2ps)))
// Two lanes in an MMX register, which go on as if they were four.
#define FROM_MMX "movq2dq %%mm0, %%xmm0\n punpcklqdq %%xmm0, %%xmm0\n emms\n"
#define TO_MMX(name, load) VECTOR(name, ALLPS(load, #name " %%xmm0, %%mm0\n" FROM_MMX))
TO_MMX(cvtps2pi, PS) TO_MMX(cvttps2pi, PS) TO_MMX(cvtpd2pi, PD) TO_MMX(cvttpd2pi, PD)
VECTOR(cvtpi2ps, ALLPS(PS, "movdq2q %%xmm0, %%mm0\n pxor %%xmm0, %%xmm0\n cvtpi2ps %%mm0, %%xmm0\n emms\n"
    "punpcklqdq %%xmm0, %%xmm0\n"))
VECTOR(cvtpi2pd, ALLPD(PS, "movdq2q %%xmm0, %%mm0\n pxor %%xmm0, %%xmm0\n cvtpi2pd %%mm0, %%xmm0\n emms\n"))
VECTOR(cvtsi2ss, "cvtsi2ssl %[a], %%xmm0\n movss %%xmm0, %[r]\n" CSR)
VECTOR(cvtsi2sd, "cvtsi2sdl %[a], %%xmm0\n movsd %%xmm0, %[r]\n" CSR)
VECTOR(cvtss2sd, "cvtss2sd %[a], %%xmm0\n movsd %%xmm0, %[r]\n" CSR)
VECTOR(cvtsd2ss, "cvtsd2ss %[a], %%xmm0\n movss %%xmm0, %[r]\n" CSR)

#define ROW(name, function, traits) { name, (traits) & SSE ? 1 : 0 },
static const struct { operation *run; int sse; } operations[] = { OPERATIONS(ROW) };

void run_block(const struct header *block, struct answer *out)
{
    const struct operands *in = (const struct operands *)(block + 1);
    struct environment env = { block->control, block->sticky, 0xFFFF, { 0 } };
    if (block->operation >= sizeof operations / sizeof *operations) return;
    if (operations[block->operation].sse) env.control |= block->sticky;
    for (word i = 0; i < block->count; i++) operations[block->operation].run(in + i, out + i, &env);
}
