// What the suite runs: one line an operation, and the records that go in and come out.
//
// The same file is compiled into the guest, the native program and the judge.

#ifndef OPERATIONS_H
#define OPERATIONS_H

typedef unsigned char byte;
typedef unsigned short half;
typedef unsigned int word;

/// The start of a block: which operation, under which control word and sticky flags, how often.
struct header { word operation, control, sticky, count; };

/// Two operands, each little-endian from its first byte on.
struct operands { byte a[16], b[16]; };

/// What came out: the value, FSW or the low half of MXCSR, and whether the lanes of a vector agree (else 0).
struct answer { byte value[12]; half status, agree; };

/// Which part of the processor, and what TestFloat has to be asked.
enum trait {
    X87 = 0, SSE = 1,           // FCW and FSW, or MXCSR
    RC = 2,                     // the result depends on the rounding mode
    PC = 4,                     // and on the precision
    CHOP = 8,                   // rounds toward zero whatever the mode
    EXACT = 16,                 // TestFloat's -exact: rounding to an integer tells that it was inexact
    NODE = 32,                  // never signals a denormal operand
    FLAGS = 64,                 // the value is a comparison's C0, C2, C3 at the places of CF, PF, ZF
    NOT = 128,                  // the value is a mask, and inverted
    MASK = 256,                 // the value is a mask
    UNORDERED = 512,            // the value is a mask that asks for a NaN
    FSW = 1024,                 // C0, C2 and C3 of FSW are defined
    PC24 = 2048, PC53 = 4096,   // run with this precision only
    LOADS = 8192,               // FLD of a narrower operand comes first, and tells of denormal operands
    LOOP = 16384,               // repeats the instruction on what it has left, which may be denormal
};

#define COMPARISONS(X, t, T)                                                                                           \
    X(cmpeq##t, T##_eq, SSE | MASK) X(cmplt##t, T##_lt, SSE | MASK) X(cmple##t, T##_le, SSE | MASK)                    \
    X(cmpunord##t, T##_eq, SSE | UNORDERED) X(cmpneq##t, T##_eq, SSE | NOT)                                            \
    X(cmpnlt##t, T##_lt, SSE | NOT) X(cmpnle##t, T##_le, SSE | NOT) X(cmpord##t, T##_eq, SSE | UNORDERED | NOT)

#define ARITHMETIC(X, t, T)                                                                                            \
    X(add##t, T##_add, SSE | RC) X(sub##t, T##_sub, SSE | RC) X(mul##t, T##_mul, SSE | RC)                             \
    X(div##t, T##_div, SSE | RC) X(sqrt##t, T##_sqrt, SSE | RC)

#define ORDERS(X, t, T)                                                                                                \
    X(ucomi##t##_eq, T##_eq, SSE | FLAGS) X(ucomi##t##_le, T##_le_quiet, SSE | FLAGS)                                  \
    X(ucomi##t##_lt, T##_lt_quiet, SSE | FLAGS) X(comi##t##_eq, T##_eq_signaling, SSE | FLAGS)                         \
    X(comi##t##_le, T##_le, SSE | FLAGS) X(comi##t##_lt, T##_lt, SSE | FLAGS)

#define X87_ORDERS(X, n, u, s, traits)                                                                                 \
    X(u##n##_eq, extF80_eq, traits) X(u##n##_le, extF80_le_quiet, traits) X(u##n##_lt, extF80_lt_quiet, traits)        \
    X(s##n##_eq, extF80_eq_signaling, traits) X(s##n##_le, extF80_le, traits) X(s##n##_lt, extF80_lt, traits)

/// X(name, TestFloat's function, traits); a name is that of the function in operations.c.
#define OPERATIONS(X)                                                                                                  \
    X(fadd, extF80_add, RC | PC) X(faddp, extF80_add, RC | PC)                                                         \
    X(fsub, extF80_sub, RC | PC) X(fsubr, extF80_sub, RC | PC)                                                         \
    X(fsubp, extF80_sub, RC | PC) X(fsubrp, extF80_sub, RC | PC)                                                       \
    X(fmul, extF80_mul, RC | PC) X(fmulp, extF80_mul, RC | PC)                                                         \
    X(fdiv, extF80_div, RC | PC) X(fdivr, extF80_div, RC | PC)                                                         \
    X(fdivp, extF80_div, RC | PC) X(fdivrp, extF80_div, RC | PC)                                                       \
    X(fsqrt, extF80_sqrt, RC | PC) X(fprem1, extF80_rem, LOOP) X(frndint, extF80_roundToInt, RC | EXACT)               \
    X87_ORDERS(X, pp, fucom, fcom, FLAGS | FSW) X87_ORDERS(X, ip, fucom, fcom, FLAGS)                                  \
    X(fistp32, extF80_to_i32, RC | EXACT | NODE) X(fistp64, extF80_to_i64, RC | EXACT | NODE)                          \
    X(fstp32, extF80_to_f32, RC | NODE) X(fstp64, extF80_to_f64, RC | NODE)                                            \
    X(fld32, f32_to_extF80, X87) X(fld64, f64_to_extF80, X87)                                                          \
    X(fild32, i32_to_extF80, X87) X(fild64, i64_to_extF80, X87)                                                        \
    X(fild32_fstp32, i32_to_f32, RC) X(fild32_fstp64, i32_to_f64, RC)                                                  \
    X(fild64_fstp32, i64_to_f32, RC) X(fild64_fstp64, i64_to_f64, RC)                                                  \
    X(fld32_fistp32, f32_to_i32, RC | LOADS | EXACT) X(fld32_fistp64, f32_to_i64, RC | LOADS | EXACT)                  \
    X(fld64_fistp32, f64_to_i32, RC | LOADS | EXACT) X(fld64_fistp64, f64_to_i64, RC | LOADS | EXACT)                  \
    X(fld32_fstp64, f32_to_f64, RC | LOADS) X(fld64_fstp32, f64_to_f32, RC | LOADS)                                    \
    X(fprem1_32, f32_rem, LOADS | LOOP) X(fprem1_64, f64_rem, LOADS | LOOP)                                            \
    X(frndint_32, f32_roundToInt, RC | LOADS | EXACT) X(frndint_64, f64_roundToInt, RC | LOADS | EXACT)                \
    X(fsqrt_32, f32_sqrt, RC | LOADS | PC24) X(fsqrt_64, f64_sqrt, RC | LOADS | PC53)                                  \
    ARITHMETIC(X, ss, f32) ARITHMETIC(X, ps, f32) ARITHMETIC(X, sd, f64) ARITHMETIC(X, pd, f64)                        \
    COMPARISONS(X, ss, f32) COMPARISONS(X, ps, f32) COMPARISONS(X, sd, f64) COMPARISONS(X, pd, f64)                    \
    ORDERS(X, ss, f32) ORDERS(X, sd, f64)                                                                              \
    X(cvtss2si, f32_to_i32, SSE | RC | EXACT | NODE) X(cvttss2si, f32_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtps2dq, f32_to_i32, SSE | RC | EXACT | NODE) X(cvttps2dq, f32_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtps2pi, f32_to_i32, SSE | RC | EXACT | NODE) X(cvttps2pi, f32_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtsd2si, f64_to_i32, SSE | RC | EXACT | NODE) X(cvttsd2si, f64_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtpd2dq, f64_to_i32, SSE | RC | EXACT | NODE) X(cvttpd2dq, f64_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtpd2pi, f64_to_i32, SSE | RC | EXACT | NODE) X(cvttpd2pi, f64_to_i32, SSE | RC | CHOP | EXACT | NODE)          \
    X(cvtsi2ss, i32_to_f32, SSE | RC) X(cvtdq2ps, i32_to_f32, SSE | RC) X(cvtpi2ps, i32_to_f32, SSE | RC)              \
    X(cvtsi2sd, i32_to_f64, SSE | RC) X(cvtdq2pd, i32_to_f64, SSE | RC) X(cvtpi2pd, i32_to_f64, SSE | RC)              \
    X(cvtss2sd, f32_to_f64, SSE) X(cvtps2pd, f32_to_f64, SSE)                                                          \
    X(cvtsd2ss, f64_to_f32, SSE | RC) X(cvtpd2ps, f64_to_f32, SSE | RC)

/// Runs a block from its header on; the answers go to `out`.
void run_block(const struct header *block, struct answer *out);

#endif
