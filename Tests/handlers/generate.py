#!/usr/bin/env python3
"""Writes Sources/X86Interp/Engine/RegisterHandlers.swift: the handlers that are made for certain registers and for flat
memory. C functions must be named one by one, so that this lists them.

  generate.py            writes the file
  generate.py --check    exit status 1 if it is not what would be written

A new form is a line in FORMS, and its body one in Chain+Flat.swift.
"""
import itertools
import os
import re
import sys

here = os.path.dirname(os.path.abspath(__file__))
PATH = os.path.join(here, '../../Sources/X86Interp/Engine/RegisterHandlers.swift')
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


def main():
    new = text()
    if sys.argv[1:] == ['--check']:
        with open(PATH) as file: old = file.read()
        if old != new: sys.exit('RegisterHandlers.swift is not what Tests/handlers/generate.py writes')
        return
    if sys.argv[1:]: sys.exit(__doc__)
    with open(PATH, 'w') as file: file.write(new)


if __name__ == '__main__': main()
