// Makes blocks of TestFloat's vectors, and compares answers with what TestFloat expects.
//
//   judge list                                          the operations, with what TestFloat has to be asked
//   judge pack NUMBER CONTROL STICKY < text > block
//   judge check NUMBER CONTROL STICKY TEXT ANSWERS      exit status 1 if something differs
//   judge same NUMBER ANSWERS ANSWERS                   two processors' answers, all defined bits

#include <inttypes.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "operations.h"

#define ROW(name, function, traits) { #name, #function, traits },
static const struct { const char *name, *function; int traits; } operations[] = { OPERATIONS(ROW) };
enum { COUNT = sizeof operations / sizeof *operations, SHOWN = 5 };
enum flag { IE = 1, DE = 2, ZE = 4, OE = 8, UE = 16, PE = 32 };

struct vector { struct operands in; byte expected[16]; int flags; };

static int hexadecimal(int c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; }

/// TestFloat's hexadecimal digits as little-endian bytes; a lone digit (a truth value) is one byte.
static int parse(const char *text, byte *to)
{
    int digits = (int)strcspn(text, " \n"), size = (digits + 1) / 2;
    for (int i = 0; i < digits; i++)
        to[(digits - 1 - i) / 2] |= hexadecimal(text[i]) << 4 * ((digits - 1 - i) % 2);
    return size;
}

/// IE ZE OE UE PE of TestFloat's invalid, infinite, overflow, underflow, inexact.
static int x86_flags(int flags)
{
    return (flags >> 4 & 1) | (flags >> 3 & 1) << 2 | (flags >> 2 & 1) << 3 | (flags >> 1 & 1) << 4 | (flags & 1) << 5;
}

static bool read_vector(FILE *text, struct vector *v)
{
    char line[256], *field[8], *at = line;
    int n = 0;
    if (!fgets(line, sizeof line, text)) return false;
    memset(v, 0, sizeof *v);
    for (at = strtok(line, " \n"); at && n < 8; at = strtok(NULL, " \n")) field[n++] = at;
    if (n < 3) return false;
    parse(field[0], v->in.a);
    if (n == 4) parse(field[1], v->in.b);
    parse(field[n - 2], v->expected);
    v->flags = x86_flags((int)strtol(field[n - 1], NULL, 16));
    return true;
}

// Operands

/// How many bytes a type of TestFloat's has.
static int size_of(const char *type)
{
    return !strncmp(type, "extF80", 6) ? 10 : type[1] == '6' ? 8 : 4;
}

static bool is_float(const char *type) { return type[0] != 'i'; }

static uint64_t number(const byte *from, int size)
{
    uint64_t value = 0;
    for (int i = size - 1; i >= 0; i--) value = value << 8 | from[i];
    return value;
}

struct parts { bool negative; int exponent, most; uint64_t fraction; };

/// Exponent and fraction; that of an extended number keeps its integer bit out.
static struct parts split(const byte *from, int size)
{
    uint64_t bits = number(from, size == 10 ? 8 : size);
    if (size == 4) return (struct parts){ bits >> 31, bits >> 23 & 0xFF, 0xFF, bits & 0x7FFFFF };
    if (size == 8) return (struct parts){ bits >> 63, bits >> 52 & 0x7FF, 0x7FF, bits & 0xFFFFFFFFFFFFF };
    return (struct parts){ from[9] >> 7, (from[9] & 0x7F) << 8 | from[8], 0x7FFF, bits & INT64_MAX };
}

static bool is_nan(const byte *from, int size)
{
    struct parts p = split(from, size);
    return p.exponent == p.most && p.fraction;
}

static bool is_denormal(const byte *from, int size)
{
    struct parts p = split(from, size);
    return !p.exponent && p.fraction;
}

// Rules

static bool has_two(const char *function)
{
    return !strstr(function, "_to_") && !strstr(function, "sqrt") && !strstr(function, "roundToInt");
}

/// Rule DE: TestFloat has no flag for a denormal operand. x86 sets it if an operand is one, unless an operand is a NaN
/// or the operation is invalid or divides by zero, which come first (SDM volume 1, 4.9.2); an FLD that converts has only
/// its own operand to look at.
static int denormal_flag(int number, const struct vector *v)
{
    const char *function = operations[number].function;
    int size = size_of(function);
    bool two = has_two(function);
    if (operations[number].traits & NODE || !is_float(function)) return 0;
    if (operations[number].traits & LOADS)
        return is_denormal(v->in.a, size) || (two && is_denormal(v->in.b, size)) ? DE : 0;
    if (v->flags & (IE | ZE) || is_nan(v->in.a, size) || (two && is_nan(v->in.b, size))) return 0;
    return is_denormal(v->in.a, size) || (two && is_denormal(v->in.b, size)) ? DE : 0;
}

/// A comparison's value: C0, C2, C3 (CF, PF, ZF) against the truth of eq, le or lt.
static bool orders(int traits, const char *function, const struct vector *v, const struct answer *got)
{
    int size = size_of(function), all = traits & FSW ? 0x45 : 0x8D5, flags = (int)number(got->value, 4) & all;
    bool unordered = is_nan(v->in.a, size) || is_nan(v->in.b, size), truth = v->expected[0];
    if (unordered) return flags == 0x45 && !truth;
    if (flags != 0 && flags != 1 && flags != 0x40) return false;
    if (strstr(function, "_eq")) return truth == (flags == 0x40);
    if (strstr(function, "_le")) return truth == (flags != 0);
    return truth == (flags == 1);
}

static bool masks(int traits, const char *function, const struct vector *v, const struct answer *got)
{
    int size = size_of(function);
    bool truth = v->expected[0];
    if (traits & UNORDERED) truth = is_nan(v->in.a, size) || is_nan(v->in.b, size);
    if (traits & NOT) truth = !truth;
    return number(got->value, size) == (truth ? UINT64_MAX >> (64 - 8 * size) : 0);
}

/// Rule NAN: FLD of a narrower operand has made a signaling NaN quiet before FPREM1 sees it, so that of two NaNs the one
/// with the larger significand wins (SDM volume 1, table 4-7), where SoftFloat still prefers the one that was quiet.
static void loaded_nans(const char *function, struct vector *v)
{
    int size = size_of(function), quiet = size == 4 ? 2 : 6;
    if (!has_two(function) || !is_nan(v->in.a, size) || !is_nan(v->in.b, size)) return;
    byte a[16], b[16];
    memcpy(a, v->in.a, sizeof a);
    memcpy(b, v->in.b, sizeof b);
    a[quiet] |= size == 4 ? 0x40 : 0x08;
    b[quiet] |= size == 4 ? 0x40 : 0x08;
    uint64_t one = split(a, size).fraction, other = split(b, size).fraction;
    if (one != other) memcpy(v->expected, one > other ? a : b, sizeof a);
}

static bool value_agrees(int number, const struct vector *v, const struct answer *got)
{
    int traits = operations[number].traits;
    const char *function = operations[number].function, *to = strstr(function, "_to_");
    if (traits & FLAGS) return orders(traits, function, v, got);
    if (traits & (MASK | NOT | UNORDERED)) return masks(traits, function, v, got);
    return !memcmp(got->value, v->expected, (size_t)size_of(to ? to + 4 : function));
}

/// Whether the operation is one on a vector, which says whether its lanes agree.
static bool has_lanes(const char *name)
{
    static const char *const packed[] = { "ps", "pd", "ps2dq", "pd2dq", "ps2pi", "pd2pi", "dq2ps", "dq2pd", "pi2ps",
        "pi2pd", "ps2pd", "pd2ps", "" };
    size_t length = strlen(name);
    for (int i = 0; *packed[i]; i++) {
        size_t size = strlen(packed[i]);
        if (length > size && !strcmp(name + length - size, packed[i])) return true;
    }
    return false;
}

/// Rule LOOP: what FPREM1 has left, if it has to be repeated, is the operand of the next one, and may be denormal. An
/// instruction reduces the exponents' difference by at least 32, and 63 at most.
static bool may_leave_denormal(int number, const struct vector *v)
{
    int size = size_of(operations[number].function);
    struct parts a = split(v->in.a, size), b = split(v->in.b, size);
    return operations[number].traits & LOOP && size == 10 && b.exponent < 64 && a.exponent - b.exponent >= 32
        && a.exponent < a.most;
}

/// Which bits of the status are defined and compared: the flags, and the rest of FSW's or MXCSR's that must be so.
static bool status_agrees(int number, int control, int sticky, const struct vector *v, const struct answer *got)
{
    int flags = v->flags | denormal_flag(number, v) | sticky;
    if (operations[number].traits & SSE) return got->status == (flags | control);
    if (may_leave_denormal(number, v)) flags |= got->status & DE;
    return (got->status & 0xFF) == flags;
}

static void dump(const char *what, const byte *from, int size)
{
    printf(" %s ", what);
    for (int i = size - 1; i >= 0; i--) printf("%02X", from[i]);
}

static void show(int number, int control, int sticky, const struct vector *v, const struct answer *got)
{
    const char *function = operations[number].function, *to = strstr(function, "_to_");
    int size = size_of(function), result = size_of(to ? to + 4 : function);
    printf("  %s (%s) control %04X sticky %02X:", operations[number].name, function, control, sticky);
    dump("a", v->in.a, size);
    if (has_two(function)) dump("b", v->in.b, size);
    dump("expected", v->expected, result);
    printf(" flags %02X", v->flags | denormal_flag(number, v) | sticky);
    dump("got", got->value, result);
    printf(" status %04X%s\n", got->status, got->agree ? "" : has_lanes(operations[number].name) ? " lanes" : "");
}

// Commands

static int list(void)
{
    for (int i = 0; i < COUNT; i++) {
        int t = operations[i].traits;
        printf("%d %s %s%s%s%s%s%s%s%s%s\n", i, operations[i].name, operations[i].function, t & SSE ? " sse" : " x87",
            t & RC ? " rc" : "", t & PC ? " pc" : "", t & CHOP ? " chop" : "", t & EXACT ? " exact" : "",
            t & PC24 ? " pc24" : "", t & PC53 ? " pc53" : "", t & LOADS ? " loads" : "");
    }
    return 0;
}

static int pack(const struct header *wanted)
{
    size_t room = 1 << 16;
    struct header header = *wanted;
    struct operands *records = calloc(room, sizeof *records);
    struct vector v;
    for (header.count = 0; records && read_vector(stdin, &v); header.count++) {
        if (header.count == room) records = realloc(records, (room *= 2) * sizeof *records);
        if (records) records[header.count] = v.in;
    }
    if (!records || fwrite(&header, sizeof header, 1, stdout) != 1) return 2;
    return fwrite(records, sizeof *records, header.count, stdout) == header.count ? 0 : 2;
}

static int check(const struct header *what, const char *text_path, const char *answer_path)
{
    FILE *text = fopen(text_path, "r"), *answers = fopen(answer_path, "rb");
    int number = (int)what->operation, control = (int)what->control, sticky = (int)what->sticky;
    bool lanes = has_lanes(operations[number].name);
    long tests = 0, values = 0, statuses = 0, shown = 0;
    struct vector v;
    struct answer got;
    if (!text || !answers) return 2;
    for (; read_vector(text, &v); tests++) {
        if (fread(&got, sizeof got, 1, answers) != 1) { printf("  the answers end at %ld\n", tests); return 2; }
        if (operations[number].traits & LOADS) loaded_nans(operations[number].function, &v);
        bool value = value_agrees(number, &v, &got) && got.agree == (lanes ? 0xFFFF : 0);
        bool status = status_agrees(number, control, sticky, &v, &got);
        values += !value;
        statuses += !status;
        if ((!value || !status) && shown++ < SHOWN) show(number, control, sticky, &v, &got);
    }
    printf("%ld tests, %ld values and %ld flags differ\n", tests, values, statuses);
    return values || statuses;
}

/// Compares all of two processors' answers, but for C0, C2 and C3 where an instruction leaves them undefined.
static int same(int number, const char *path, const char *other_path)
{
    FILE *one = fopen(path, "rb"), *other = fopen(other_path, "rb");
    half mask = operations[number].traits & (SSE | FSW) ? 0xFFFF : 0xBAFF;
    struct answer a, b;
    long tests = 0, different = 0;
    if (!one || !other) return 2;
    for (; fread(&a, sizeof a, 1, one) == 1; tests++) {
        if (fread(&b, sizeof b, 1, other) != 1) return 2;
        if (!memcmp(a.value, b.value, sizeof a.value) && a.agree == b.agree && !((a.status ^ b.status) & mask)) continue;
        if (different++ >= SHOWN) continue;
        printf("  %s, vector %ld:", operations[number].name, tests);
        dump("first", a.value, 10);
        printf(" status %04X", a.status);
        dump("second", b.value, 10);
        printf(" status %04X\n", b.status);
    }
    printf("%ld answers, %ld differ\n", tests, different);
    return different != 0;
}

int main(int argc, char **argv)
{
    struct header what = { 0 };
    if (argc == 2 && !strcmp(argv[1], "list")) return list();
    if (argc < 5) return 2;
    what.operation = (word)strtoul(argv[2], NULL, 0);
    if (what.operation >= COUNT) return 2;
    if (argc == 5 && !strcmp(argv[1], "same")) return same((int)what.operation, argv[3], argv[4]);
    what.control = (word)strtoul(argv[3], NULL, 0);
    what.sticky = (word)strtoul(argv[4], NULL, 0);
    if (argc == 5 && !strcmp(argv[1], "pack")) return pack(&what);
    if (argc == 7 && !strcmp(argv[1], "check")) return check(&what, argv[5], argv[6]);
    return 2;
}
