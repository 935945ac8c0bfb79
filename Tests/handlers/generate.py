#!/usr/bin/env python3
"""Writes Sources/X86Interp/Engine/RegisterHandlers.swift, the handlers that are made for certain registers and for flat
memory, and FloatHandlers.swift beside it, those of SSE and the x87. C functions must be named one by one, so that this
lists them.

  generate.py            writes the files
  generate.py --check    exit status 1 if they are not what would be written

A new form is a line in FORMS, and its body one in Chain+Flat.swift; of SSE and the x87, a line in
MOVES to X87 and its body in Chain+Vectors.swift, Chain+X87.swift.
"""
import itertools
import os
import re
import sys

here = os.path.dirname(os.path.abspath(__file__))
ENGINE = os.path.join(here, '../../Sources/X86Interp/Engine')
REGISTERS = 'EAX ECX EDX EBX ESP EBP ESI EDI'.split()
CONDITIONS = 'o no b ae e ne be a s ns p np l ge le g'.split()
BINARY = 'add or and sub xor cmp'.split()

HEAD = '''// Made by Tests/handlers/generate.py; change that. The handlers for certain registers and for flat memory by name, and the
// tables in which they are found.
private typealias Raw = UnsafeMutableRawPointer

'''

FUNCTION = '''@inline(__always)
private func %s(_ c: Raw, _ o: Raw, _ r: UInt64, _ x: UInt64, _ n: Int, _ e: UInt32) {
    Chain(c, o, r, x, n, e).%s
}
'''


class Table:
    """Handlers of one form: a table by number, or one by itself; None where the usual handler serves."""

    def __init__(self, name, note):
        self.name, self.note, self.rows = name, note, []

    def add(self, name, call):
        self.rows.append((name, call))
        return self

    def skip(self):
        self.rows.append(None)
        return self


def tables():
    """The forms, each with the order of its table in its note; of handlers by themselves function, call and name."""
    out = []

    def table(name, note):
        out.append(Table(name, note))
        return out[-1]

    for operation in BINARY:
        t = table(operation + 'RR', 'By 8 x first + second.')
        for d, s in itertools.product(REGISTERS, REGISTERS):
            # What an operation of a register with itself comes to is the same for several, which would be merged.
            if d == s and operation not in ('add', 'xor'): t.skip()
            else: t.add(operation + d + s, 'arithmetic(.%s, %s.self, %s.self)' % (operation, d, s))
    t = table('movRR', 'By 8 x first + second.')
    for d, s in itertools.product(REGISTERS, REGISTERS):
        t.skip() if d == s else t.add('mov' + d + s, 'move(%s.self, %s.self)' % (d, s))
    t = table('testRR', 'By 8 x first + second.')
    for d, s in itertools.product(range(8), range(8)):
        a, b = REGISTERS[min(d, s)], REGISTERS[max(d, s)]
        t.add('test' + a + b, 'test(%s.self, %s.self)' % (a, b))
    for operation in BINARY:
        t = table(operation + 'RI', 'By first.')
        for d in REGISTERS: t.add(operation + d + 'I', 'arithmeticI(.%s, %s.self)' % (operation, d))
    for name, call in (('movRI', 'moveI(%s.self)'), ('testRI', 'testI(%s.self)'), ('incR', 'step(%s.self, by: 1)'),
                       ('decR', 'step(%s.self, by: .max)'), ('shlRI', 'shift(.left, %s.self)'),
                       ('shrRI', 'shift(.right, %s.self)'), ('sarRI', 'shift(.arithmetic, %s.self)')):
        t = table(name, 'By first.')
        for d in REGISTERS: t.add(name[:3] + d + name[3:] if name[:4] != 'test' else 'test' + d + 'I', call % d)
    t = table('leaRM', 'A base and a displacement, by first.')
    for d in REGISTERS: t.add('lea' + d, 'effectiveAddress(%s.self, At<Base>.self)' % d)
    t = table('leaScaled', 'A base, a scaled index and a displacement, by 4 x first + scale.')
    for d, s in itertools.product(REGISTERS, (1, 2, 4, 8)):
        t.add('lea%sBy%d' % (d, s), 'effectiveAddress(%s.self, Scaled<By%d>.self)' % (d, s))
    for name in ('load', 'store'):
        t = table(name + 'At', 'By 9 x register + base, of which the last is none.')
        for d, b in itertools.product(REGISTERS, REGISTERS + ['None']):
            t.add(name + d + b, '%s(%s.self, At<%s>.self)' % (name, d, 'Base' if b == 'None' else b))
        t = table(name + 'Indexed', 'By register.')
        for d in REGISTERS: t.add(name + d + 'Indexed', '%s(%s.self, Indexed.self)' % (name, d))
    for operation in BINARY:
        t = table(operation + 'RM', 'By 2 x first + 1 with an index.')
        for d, (form, word) in itertools.product(REGISTERS, FORMS):
            t.add(operation + d + word, 'arithmeticM(.%s, %s.self, %s.self)' % (operation, d, form))
    for name, call in PAIRS:
        t = table(name, 'Without and with an index.')
        for form, word in FORMS: t.add(name + word, call % form)
    for name, call in NEAR_PAIRS:
        t = table(near(name), 'Without and with an index.')
        for form, word in NEAR_FORMS: t.add(near(name) + word, call % form)
    t = table('nearStrings', 'By operation and width, as they are in Dispatch.')
    for operation, bits in itertools.product('stos lods movs scas cmps'.split(), (8, 16, 32)):
        t.add('%s%dNear' % (operation, bits), '%s(UInt%d.self, UInt16.self)' % (operation, bits))
    t = table('pushR', 'By register.')
    for d in REGISTERS: t.skip() if d == 'ESP' else t.add('push' + d, 'flatPush(%s.self)' % d)
    t = table('popR', 'By register.')
    for d in REGISTERS: t.skip() if d == 'ESP' else t.add('pop' + d, 'flatPop(%s.self)' % d)
    t = table('jcc', 'By condition.')
    for number, name in enumerate(CONDITIONS):
        t.add('flatJ' + name, 'flatBranch(if: Condition(opcode: %d))' % number)
    out += [('flatPushI', 'flatPushI()', 'pushI'), ('flatCall', 'flatCall()', 'call'), ('flatReturn', 'flatReturn()', 'ret'),
            ('flatJump', 'flatJump()', 'jump'), ('loopNear', 'loop(UInt16.self)', 'nearLoop'), ('flatEnd', 'flatFallThrough()', 'blockEnd')]
    return out


FORMS = [('At<Base>', 'At'), ('Indexed', 'Indexed')]
PAIRS = [
    ('mov8RM', 'loadPart(%s.self, UInt8.self)'), ('mov16RM', 'loadPart(%s.self, UInt16.self)'),
    ('mov8MR', 'storePart(%s.self, UInt8.self)'), ('mov16MR', 'storePart(%s.self, UInt16.self)'),
    ('mov8MI', 'storeI(%s.self, UInt8.self)'), ('mov16MI', 'storeI(%s.self, UInt16.self)'),
    ('mov32MI', 'storeI(%s.self, UInt32.self)'),
    ('movzx8RM', 'loadZeroExtended(%s.self, UInt8.self)'), ('movzx16RM', 'loadZeroExtended(%s.self, UInt16.self)'),
    ('movsx8RM', 'loadSignExtended(%s.self, UInt8.self)'), ('movsx16RM', 'loadSignExtended(%s.self, UInt16.self)'),
    ('imulRM', 'multiplyM(%s.self)'),
    *((o + 'MR', 'change(.%s, %%s.self)' % o) for o in BINARY[:-1]),
    *((o + 'MI', 'changeI(.%s, %%s.self)' % o) for o in BINARY[:-1]),
    ('incM', 'stepM(%s.self, by: 1)'), ('decM', 'stepM(%s.self, by: .max)'),
    ('cmp8MR', 'compareM(%s.self, UInt8.self)'), ('cmp32MR', 'compareM(%s.self, UInt32.self)'),
    ('cmp8RM', 'compareWithM(%s.self, UInt8.self)'),
    ('cmp8MI', 'compareI(%s.self, UInt8.self)'), ('cmp32MI', 'compareI(%s.self, UInt32.self)'),
    ('test8MI', 'testMI(%s.self, UInt8.self)'), ('test32MI', 'testMI(%s.self, UInt32.self)'),
    ('pushM', 'flatPushM(%s.self)'),
]

# With addresses of 16 bits, in any segment.
NEAR_FORMS = [('Near', 'At'), ('NearIndexed', 'Indexed')]
NEAR_PAIRS = [pair for pair in PAIRS if re.match(r'(mov|cmp)(8|16)', pair[0])] + [
    ('cmp16MR', 'compareM(%s.self, UInt16.self)'), ('cmp16RM', 'compareWithM(%s.self, UInt16.self)'),
    ('cmp16MI', 'compareI(%s.self, UInt16.self)'), ('add16RM', 'addM(%s.self, UInt16.self)'),
]


def near(name): return 'near' + name[0].upper() + name[1:]


def text():
    parts, seen = [HEAD], set()
    for table in tables():
        for row in [table[:2]] if isinstance(table, tuple) else table.rows:
            if row is None or row[0] in seen: continue
            seen.add(row[0])
            parts.append(FUNCTION % row)
    parts.append('\n/// The handlers by form; nil where the usual one serves.\nenum RegisterHandlers {\n')
    for table in tables():
        if isinstance(table, tuple):
            parts.append('    static let %s: Handler = %s\n' % (table[2], table[0]))
            continue
        parts.append('    /// %s\n    static let %s: [Handler?] = [\n' % (table.note, table.name))
        line = ''
        for row in table.rows:
            word = (row[0] if row else 'nil') + ','
            if len(line) + len(word) + 9 > 120:
                parts.append('        %s\n' % line.strip())
                line = ''
            line += word + ' '
        parts.append('        %s\n    ]\n' % line.strip())
    words = [t.name if isinstance(t, Table) else '[%s]' % t[2] for t in tables()]
    parts.append('\n    /// All of them.\n    static var all: [Handler] {\n        let tables = [\n')
    line = ''
    for word in words:
        if len(line) + len(word) + 14 > 120:
            parts.append('            %s\n' % line.strip())
            line = ''
        line += word + ', '
    parts.append('            %s\n        ]\n        return tables.joined().compactMap { $0 }\n    }\n}\n' % line.strip())
    return ''.join(parts)


VECTOR_HEAD = '''// Made by Tests/handlers/generate.py; change that. The handlers of SSE and the x87 by name, and which
// op has which.
private typealias Raw = UnsafeMutableRawPointer

'''

# Operations, whose registers are those of XMM, by shape: what runs them. Operations that come to the same share a line.
MOVES = [
    ('rr', 'movaps movapd movdqa movups movupd movdqu', 'vectorMoveRR()'),
    ('rr', 'movss', 'vectorRR(VectorMoves.low32)'), ('rr', 'movsd', 'vectorRR(VectorMoves.low64)'),
    ('rr', 'movq', 'vectorRR(VectorMoves.low64Alone)'), ('rr', 'movhlps', 'vectorRR(VectorMoves.highToLow)'),
    ('rr', 'movlhps', 'vectorRR(VectorMoves.lowToHigh)'),
    ('rm', 'movaps movapd movdqa', 'vectorLoad()'), ('rm', 'movups movupd movdqu', 'vectorLoadUnaligned()'),
    ('rm', 'movss movd', 'vectorLoadLow(UInt32.self)'), ('rm', 'movsd movq', 'vectorLoadLow64()'),
    ('rm', 'movlps movlpd', 'vectorReplaceLow64()'), ('rm', 'movhps movhpd', 'vectorLoadHigh64()'),
    ('mr', 'movaps movapd movdqa movntps movntpd movntdq', 'vectorStore()'),
    ('mr', 'movups movupd movdqu', 'vectorStoreUnaligned()'), ('mr', 'movss movd', 'vectorStoreLow32()'),
    ('mr', 'movsd movq movlps movlpd', 'vectorStoreLow64()'), ('mr', 'movhps movhpd', 'vectorStoreHigh64()'),
]
FUNCTIONS = [
    ('paddb', 'PackedIntegers.addBytes'), ('paddw', 'PackedIntegers.addWords'), ('paddd', 'PackedIntegers.addDwords'),
    ('paddq', 'PackedIntegers.addQwords'), ('psubb', 'PackedIntegers.subtractBytes'),
    ('psubw', 'PackedIntegers.subtractWords'), ('psubd', 'PackedIntegers.subtractDwords'),
    ('psubq', 'PackedIntegers.subtractQwords'), ('paddusb', 'PackedIntegers.addSaturatingBytes'),
    ('psubusb', 'PackedIntegers.subtractSaturatingBytes'), ('pcmpeqb', 'PackedIntegers.equalBytes'),
    ('pcmpeqw', 'PackedIntegers.equalWords'), ('pcmpeqd', 'PackedIntegers.equalDwords'),
    ('pcmpgtb', 'PackedIntegers.greaterBytes'), ('pcmpgtw', 'PackedIntegers.greaterWords'),
    ('pcmpgtd', 'PackedIntegers.greaterDwords'), ('pminub', 'PackedIntegers.minimumBytes'),
    ('pmaxub', 'PackedIntegers.maximumBytes'), ('pminsw', 'PackedIntegers.minimumWords'),
    ('pmaxsw', 'PackedIntegers.maximumWords'), ('pmullw', 'PackedIntegers.multiplyLow'),
    ('pmuludq', 'PackedIntegers.multiplyDwords'), ('pand andps andpd', 'PackedIntegers.and'),
    ('pandn andnps andnpd', 'PackedIntegers.andNot'), ('por orps orpd', 'PackedIntegers.or'),
    ('pxor xorps xorpd', 'PackedIntegers.xor'), ('punpcklbw', 'PackedShuffles.lowBytes'),
    ('punpcklwd', 'PackedShuffles.lowWords'), ('punpckldq unpcklps', 'PackedShuffles.lowDwords'),
    ('punpcklqdq unpcklpd', 'PackedShuffles.lowQwords'), ('punpckhdq unpckhps', 'PackedShuffles.highDwords'),
    ('punpckhqdq unpckhpd', 'PackedShuffles.highQwords'),
]
SHIFTS = [
    ('psllw', 'leftWords'), ('pslld', 'leftDwords'), ('psllq', 'leftQwords'), ('psrlw', 'rightWords'),
    ('psrld', 'rightDwords'), ('psrlq', 'rightQwords'), ('psraw', 'signedRightWords'), ('psrad', 'signedRightDwords'),
    ('pslldq', 'leftBytes'), ('psrldq', 'rightBytes'),
]
ARITHMETIC = [('add', 'add', 'sum'), ('sub', 'subtract', 'sum'), ('mul', 'multiply', 'product'), ('div', 'divide', 'quotient')]
PRECISIONS = [('ps', 'packed', 'SIMD4<UInt32>'), ('pd', 'packed', 'SIMD2<UInt64>'), ('ss', 'scalar', 'UInt32'), ('sd', 'scalar', 'UInt64')]
CONVERSIONS = [
    ('cvtsi2sd', 'doubleOfInteger'), ('cvtsi2ss', 'singleOfInteger'), ('cvttsd2si', 'integerOfDouble'),
    ('cvtss2sd', 'doubleOfSingle'), ('cvtsd2ss', 'singleOfDouble'),
]


def vectors():
    """Rows of (shape, operations, call)."""
    rows = list(MOVES)
    for names, function in FUNCTIONS:
        for shape in ('rr', 'rm'): rows.append((shape, names, 'vector%s(%s)' % (shape.upper(), function)))
    for name, function in SHIFTS:
        rows.append(('ri', name, 'vectorRI { PackedShifts.%s($0, UInt64($1)) }' % function))
    rows += [('rr', 'pshufd', 'vectorRRI { PackedShuffles.dwords($1, $1, $2) }'),
             ('rr', 'shufps', 'vectorRRI(PackedShuffles.dwords)'),
             ('rr', 'shufpd', 'vectorRRI(PackedShuffles.qwords)')]
    for (name, function, rule), (suffix, kind, type) in itertools.product(ARITHMETIC, PRECISIONS):
        for shape in ('rr', 'rm'):
            call = '%s%s(%s.self, HostArithmetic.%s, HostArithmetic.%sRule)' % (kind, shape.upper(), type, function, rule)
            rows.append((shape, name + suffix, call))
    for suffix, type in (('ss', 'UInt32'), ('sd', 'UInt64')):
        for shape in ('rr', 'rm'):
            rows.append((shape, 'comi%s ucomi%s' % (suffix, suffix), 'ordered%s(%s.self)' % (shape.upper(), type)))
    for name, call in CONVERSIONS:
        for shape in ('rr', 'rm'): rows.append((shape, name, call + shape[1].upper() + '()'))
    # MOVD from and to a general register is told apart by which of both is the destination.
    rows += [('toVector', 'movd', 'vectorFromGeneral()'), ('fromVector', 'movd', 'vectorToGeneral()')]
    return rows + x87()


# The x87 goes by the row's first operand: ST (ST(i) is the source), ST(i), or a number in memory.
X87 = [('add', 'sum(%s, %s)'), ('sub', 'difference(%s, %s)'), ('mul', 'product(%s, %s)'), ('div', 'quotient(%s, %s)')]


def x87():
    rows = [
        ('fromST', 'fld', 'loadCopy()'),
        ('int16', 'fild', 'loadInteger(Anywhere.self, Int16.self)'), ('int32', 'fild', 'loadInteger(Anywhere.self, Int32.self)'),
        ('int64', 'fild', 'loadInteger(Anywhere.self, Int64.self)'),
        ('none', 'fld1 fldz', 'loadConstant()'),
        ('fromST', 'fst', 'storeCopy(pops: false)'), ('fromST', 'fstp', 'storeCopy(pops: true)'),
        ('int32', 'fistp', 'storeInteger(Anywhere.self)'),
        ('fromST', 'fxch', 'exchange()'), ('none', 'fchs', 'changeSign()'), ('none', 'fabs', 'clearSign()'),
        ('none', 'fsqrt', 'replaceTop(QuickX87.root)'), ('toItself', 'fadd', 'replaceTop(QuickX87.twice)'),
        ('fromST', 'fcom fucom', 'compare(pops: 0)'), ('fromST', 'fcomp fucomp', 'compare(pops: 1)'),
        ('none', 'fcompp fucompp', 'compareBoth()'), ('none', 'ftst', 'compareWithZero()'),
        ('toST', 'fcomi fucomi', 'compareToFlags(pops: 0)'), ('toST', 'fcomip fucomip', 'compareToFlags(pops: 1)'),
        ('ax', 'fnstsw', 'storeStatus()'), ('int16', 'fldcw', 'loadControl(Anywhere.self)'),
        ('int16', 'fnstcw', 'storeControl(Anywhere.self)'),
    ]
    # In flat memory with a base and a displacement, or an index too; in any other.
    places = [('', 'Anywhere'), ('At', 'At<Base>'), ('Indexed', 'Indexed')]
    numbers = [('single', 'UInt32'), ('double', 'UInt64')]
    for (form, type), (place, address) in itertools.product(numbers, places):
        operand = '%s.self, %s.self' % (address, type)
        rows += [(form + place, 'fld', 'loadReal(%s)' % operand),
                 (form + place, 'fst', 'storeReal(%s, pops: false)' % operand),
                 (form + place, 'fstp', 'storeReal(%s, pops: true)' % operand),
                 (form + place, 'fcom', 'compareM(%s, pops: 0)' % operand),
                 (form + place, 'fcomp', 'compareM(%s, pops: 1)' % operand)]
    for (name, call), reverse in itertools.product(X87, ('', 'r')):
        # The product and the sum have no reversed form.
        if reverse and name in ('add', 'mul'): continue
        function = 'QuickX87.' + call % (('$1', '$0') if reverse else ('$0', '$1'))
        rows.append(('toST', 'f' + name + reverse, 'combineTop { %s }' % function))
        rows.append(('fromST', 'f' + name + reverse, 'combineOther(pops: false) { %s }' % function))
        rows.append(('fromST', 'f' + name + reverse + 'p', 'combineOther(pops: true) { %s }' % function))
        for (form, type), (place, address) in itertools.product(numbers, places):
            rows.append((form + place, 'f' + name + reverse, 'combineM(%s.self, %s.self) { %s }' % (address, type, function)))
        for form, type in (('int16', 'Int16'), ('int32', 'Int32')):
            rows.append((form, 'fi' + name + reverse, 'combineI(Anywhere.self, %s.self) { %s }' % (type, function)))
    return rows


# The end of a handler's name, and what is said of its shape.
SUFFIXES = {'ax': 'AX', 'fromST': 'STI', 'toST': 'ST', 'toItself': 'ST0', 'int16': 'M16I', 'int32': 'M32I', 'int64': 'M64I', 'none': '',
            'single': 'M32', 'singleAt': 'M32At', 'singleIndexed': 'M32Indexed',
            'double': 'M64', 'doubleAt': 'M64At', 'doubleIndexed': 'M64Indexed',
            'toVector': 'FromR', 'fromVector': 'ToR'}
NOTES = {'rr': 'Register, register', 'rm': 'Register, memory', 'mr': 'Memory, register', 'ri': 'Register, immediate',
         'toVector': 'XMM register, general register', 'fromVector': 'General register, XMM register',
         'single': 'x87: a single in memory', 'singleAt': 'x87: a single in flat memory, without an index',
         'singleIndexed': 'x87: a single in flat memory, with an index', 'double': 'x87: a double in memory',
         'doubleAt': 'x87: a double in flat memory, without an index',
         'doubleIndexed': 'x87: a double in flat memory, with an index', 'int16': 'x87: 16 bits in memory',
         'int32': 'x87: 32 bits in memory', 'int64': 'x87: 64 bits in memory', 'fromST': 'x87: ST(i)', 'toST': 'x87: ST, ST(i)',
         'toItself': 'x87: ST, ST', 'none': 'x87: ST', 'ax': 'x87: AX'}


def vector_text():
    parts, cases = [VECTOR_HEAD], {}
    for shape, names, call in vectors():
        names = names.split()
        function = names[0] + SUFFIXES.get(shape, shape.upper())
        cases.setdefault(shape, []).append((names, function))
        parts.append(FUNCTION % (function, call))
    parts.append('\nextension Handlers {\n    /// All of them.\n    static let floats: [Handler] = [\n')
    line = ''
    for word in [function + ',' for rows in cases.values() for _, function in rows]:
        if len(line) + len(word) + 9 > 120:
            parts.append('        %s\n' % line.strip())
            line = ''
        line += word + ' '
    parts.append('        %s\n    ]\n' % line.strip())
    for shape, rows in cases.items():
        parts.append('\n    /// %s.\n    static func float%s(_ operation: Operation) -> Handler? {\n        switch operation {\n'
                     % (NOTES[shape], shape[0].upper() + shape[1:]))
        for names, function in rows:
            parts.append('        case %s: %s\n' % (', '.join('.' + name for name in names), function))
        parts.append('        default: nil\n        }\n    }\n')
    parts.append('}\n')
    return ''.join(parts)


def main():
    files = {'RegisterHandlers.swift': text(), 'FloatHandlers.swift': vector_text()}
    for name, new in files.items():
        path = os.path.join(ENGINE, name)
        if sys.argv[1:] == ['--check']:
            with open(path) as file: old = file.read()
            if old != new: sys.exit(name + ' is not what Tests/handlers/generate.py writes')
        elif sys.argv[1:]: sys.exit(__doc__)
        else:
            with open(path, 'w') as file: file.write(new)


if __name__ == '__main__': main()
