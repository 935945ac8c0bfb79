"""Writes Transcendentals+Tables.swift: constants of the x87's transcendental functions, by formula.

python3 Tests/transcendentals/tables.py > Sources/X86Interp/FloatingPoint/Transcendentals+Tables.swift   (needs mpmath)
"""
from mpmath import mp, mpf, pi, log, atan, factorial, floor

mp.prec = 600


def fixed(value, bits):
    """The number of units of 2^-bits nearest to a value."""
    return int(floor(value * mpf(2) ** bits + mpf(1) / 2))


def wide(value, bits=128):
    return '0x%032X' % fixed(value, bits)


def narrow(value, bits):
    return '0x%016X' % fixed(value, bits)


def declare(name, text, kind, values, per_line):
    print()
    print('    /// ' + text)
    print('    static let %s: [%s] = [' % (name, kind))
    for i in range(0, len(values), per_line):
        print('        ' + ', '.join(values[i:i + per_line]) + ',')
    print('    ]')


def scalar(name, text, value, bits):
    print()
    print('    /// ' + text)
    print('    static let %s: UInt128 = %s' % (name, wide(value, bits)))


print('''/// Constants of the transcendental functions, written by `tables.py` from the formulas that stand with them.
///
/// The unit of each is a power of two; "heads" are the first coefficients of a series, "tails" those that follow, which
/// need fewer bits and have a finer unit.
enum TranscendentalTables {
    /// The 66 bits of pi that the x87 reduces arguments with, in units of 2^-64 (SDM volume 1, 8.3.8).
    static let reductionPi: UInt128 = 0x%X''' % (0xC90FDAA22168C234C >> 2))
scalar('pi', 'Pi, in units of 2^-126.', floor(pi * 2 ** 126) / mpf(2) ** 126, 126)
scalar('halfPi', 'Pi / 2, in units of 2^-126.', floor(pi / 2 * 2 ** 126) / mpf(2) ** 126, 126)
scalar('naturalLogOf2', 'ln 2, in units of 2^-128.', log(2), 128)
scalar('twoOverNaturalLogOf2', '2 / ln 2, in units of 2^-126.', 2 / log(2), 126)
f = factorial
declare('sineHead', '1 / (2i + 3)! for i = 0 to 5, in units of 2^-128.', 'UInt128',
        [wide(1 / f(2 * i + 3)) for i in range(6)], 2)
declare('sineTail', '1 / (2i + 3)! for i = 6 to 12, in units of 2^-104.', 'UInt64',
        [narrow(1 / f(2 * i + 3), 104) for i in range(6, 13)], 4)
declare('cosineHead', '1 / (2i + 2)! for i = 0 to 5, in units of 2^-128.', 'UInt128',
        [wide(1 / f(2 * i + 2)) for i in range(6)], 2)
declare('cosineTail', '1 / (2i + 2)! for i = 6 to 13, in units of 2^-100.', 'UInt64',
        [narrow(1 / f(2 * i + 2), 100) for i in range(6, 14)], 4)
declare('exponentialHead', '1 / (i + 2)! for i = 0 to 4, in units of 2^-128.', 'UInt128',
        [wide(1 / f(i + 2)) for i in range(5)], 2)
declare('exponentialTail', '1 / (i + 2)! for i = 5 to 12, in units of 2^-76.', 'UInt64',
        [narrow(1 / f(i + 2), 76) for i in range(5, 13)], 4)
declare('oddHead', '1 / (2i + 3) for i = 0 to 2, in units of 2^-128.', 'UInt128',
        [wide(mpf(1) / (2 * i + 3)) for i in range(3)], 2)
declare('oddTail', '1 / (2i + 3) for i = 3 to 9, in units of 2^-64.', 'UInt64',
        [narrow(mpf(1) / (2 * i + 3), 64) for i in range(3, 10)], 4)
declare('arctangents', 'atan(i / 32) for i = 0 to 32, in units of 2^-128.', 'UInt128',
        [wide(atan(mpf(i) / 32)) for i in range(33)], 2)
declare('powersOfTwo', '2^(i / 32) for i = 0 to 31, in units of 2^-127.', 'UInt128',
        [wide(mpf(2) ** (mpf(i) / 32), 127) for i in range(32)], 2)
declare('logarithms', '|log2(i / 64)| for i = 45 to 91, in units of 2^-128.', 'UInt128',
        [wide(abs(log(mpf(i) / 64, 2))) for i in range(45, 92)], 2)
print('}')
