"""Random protected-mode cases, packed into a ROM image beside the harness (harness.asm).

A case is a set of tables (GDT, LDT, IDT, four TSSs, page tables), contents of code, data and stack pages, and some
entries: register states that start a snippet of a few random instructions. Case N of seed S is the same for ever; it
depends on nothing but (S, N).
"""
import random
import struct
import subprocess

# Physical layout, as in harness.asm.
ARENA = 0x10000
GDT, LDT, IDT, TSS = 0x10000, 0x10400, 0x10600, 0x10800
PAGES1, PAGES2, PAGES3 = 0x11000, 0x12000, 0x13000
CODE, DATA, STACKPAGE = 0x15000, 0x16000, 0x18000
DFTSS, GUESTTOP = 0x3A800, 0x1FF00
SLOT = 128                  # bytes of a snippet
GROUP = 16                  # after a fault the harness goes on at the next multiple
ENTRIES = 10
TARGETS = 16                # snippets that gates and far pointers lead to, behind those of the entries

# Selectors that every case has.
HCS, HDS, DFSEL, TSS0, LDTSEL, TSS1, TSS2, TSS3 = 0x08, 0x10, 0x18, 0x20, 0x28, 0xB0, 0xB8, 0xC0
FLAT3 = 0xC8
GATES = 0xD0                # call gates of DPL 3: to rings 0-3, wide and narrow


def good_gate(case, ring):
    return GATES + (case.r.randrange(ring + 1) * 2 + case.r.randrange(2)) * 8 | case.r.randrange(ring + 1)


def good_data(case, ring):
    """A selector that a data segment register takes at a ring."""
    target = case.r.randrange(ring, 4)
    return ring_selector(target, case.r.choice((0, 1, 1, 2, 3))) & ~3 | case.r.randrange(target + 1)


def ring_selector(ring, kind):
    """Known good: kind 0 code32, 1 data, 2 stack, 3 code16."""
    return 0x30 + ring * 0x20 + kind * 8 | ring


def descriptor(base, limit, kind, dpl=0, s=1, present=1, big=1, granular=0):
    return struct.pack(
        '<HHBBBB', limit & 0xFFFF, base & 0xFFFF, base >> 16 & 0xFF, kind | s << 4 | dpl << 5 | present << 7,
        limit >> 16 & 0xF | big << 6 | granular << 7, base >> 24)


def gate(selector, offset, kind, dpl=0, present=1, count=0):
    return struct.pack('<HHBBH', offset & 0xFFFF, selector, count, kind | dpl << 5 | present << 7, offset >> 16)


class Case:
    def __init__(self, seed, index, stubs, options):
        self.r = random.Random('%s/%s' % (seed, index))
        self.stubs = stubs
        self.options = options
        r = self.r
        self.paging = r.choices(['off', 'on', 'pae'], options.get('paging', (35, 45, 20)))[0]
        # Its segments reach device memory, were it not for page tables.
        self.has_v86 = self.paging != 'off' and options.get('v86', True)
        self.window = CODE if self.paging == 'off' else 0x25000
        self.windows = [self.window] if self.paging == 'off' else [0x25000] * 6 + [0x425000, 0x815000]
        self.cr0 = 0x35                                     # EM: both then know no x87 or MMX
        if self.paging != 'off':
            self.cr0 |= 0x80000000
            if r.random() < .5: self.cr0 |= 0x10000
        if r.random() < .15: self.cr0 |= 0x40000
        self.cr4 = 0
        if self.paging == 'pae': self.cr4 |= 0x20
        if r.random() < .7: self.cr4 |= 0x10
        if r.random() < .3: self.cr4 |= 0x80
        if r.random() < .4: self.cr4 |= 8
        if options.get('vme', True):
            if r.random() < .3: self.cr4 |= 1
            if r.random() < .3: self.cr4 |= 2
        self.alias = self.paging != 'off' and r.random() < .5
        self.tables_base = 0x10000 if not self.alias else 0x2A000
        self.build_gdt()
        self.build_ldt()
        self.build_idt()
        self.build_tss()
        self.build_pages()
        self.build_entries()

    # Descriptors

    def base(self, page):
        return (self.r.choice(self.windows) + page) & 0xFFFFFFFF

    def random_descriptor(self, in_ldt=False):
        r = self.r
        present = r.random() < .9
        dpl = r.choice((0, 1, 2, 3, 3, 3))
        what = r.random()
        if what < .30:                                      # data
            kind = r.choice((0, 1, 2, 3, 2, 3, 3, 4, 5, 6, 7))
            limit = r.choice((0xFFF, 0x1003, 0xFFE, 0xFFD, 0x1FFF, 0xFFFF, 0x0, 0x7, r.randrange(0x2000)))
            if kind & 4: limit = r.choice((0, 0xE00, 0xFF0, 0xFFF, 0xF00, r.randrange(0x1000), 0xFFFF))
            granular = r.random() < .12
            if granular: limit = r.choice((0, 1, 0xF, 0x7F, 0x10))
            return descriptor(self.base(r.choice((0x1000, 0x1000, 0x3000))), limit, kind, dpl, 1, present,
                              r.random() < .7, granular)
        if what < .58:                                      # code
            limit = r.choice((0xFFF, 0x1FFF, 0xFFFF, 0x4FF, 0x3FF, r.randrange(0x1000)))
            return descriptor(self.base(0), limit, 8 | r.randrange(8), dpl, 1, present, r.random() < .75, 0)
        if what < .78:                                      # call gate
            return gate(self.code_selector(), self.target(), r.choice((12, 12, 4)), dpl, present,
                        r.choice((0, 0, 1, 2, 3, 31, r.randrange(256))))
        if what < .84:
            return gate(r.choice((TSS1, TSS2, TSS3, TSS1, self.selector())), r.randrange(65536), 5, dpl, present)
        if what < .92:                                      # a TSS
            kind = r.choice((9, 9, 9, 1, 11, 3))
            slot = r.randrange(1, 4) if kind & 8 else 2
            limit = r.choice((0x67, 0xDF, 0xFF, 0x66, 0x2B, 0x2A, 0x20))
            return descriptor(self.tables_base + 0x800 + slot * 0x100, limit, kind, dpl, 0, present, 0, 0)
        if what < .96:
            return descriptor(self.tables_base + 0x400, r.choice((0x7F, 0x17, 7)), 2, dpl, 0, present, 0, 0)
        return self.noise()

    def noise(self):
        """Random bytes, but no segment that reaches the harness or device memory."""
        out = bytearray(self.r.randbytes(8))
        out[4] &= 1
        out[6] &= 0x70
        out[7] = 0
        return bytes(out)

    def code_selector(self):
        r = self.r
        if r.random() < .7:
            ring = r.choice((0, 0, 1, 2, 3))
            if ring == 0 and r.random() < .5: return 0x30 | r.choice((0, 3))
            return ring_selector(ring, r.choice((0, 0, 0, 3))) & ~3 | r.randrange(4)
        return self.selector()

    def selector(self):
        r = self.r
        what = r.random()
        if what < .30: return ring_selector(r.randrange(4), r.choice((0, 1, 1, 2, 2, 3))) & ~3 | r.choice((0, 1, 2, 3, 3))
        if what < .66: return r.randrange(0xB0, 0x200, 8) | r.choice((0, 0, 1, 2, 3, 3))
        if what < .86: return r.randrange(0, 0x80, 8) | 4 | r.choice((0, 1, 2, 3, 3))
        if what < .91: return r.randrange(4)
        if what < .96: return r.randrange(0, 0x30, 8) | r.randrange(4)
        return r.randrange(65536)

    def target(self):
        r = self.r
        if r.random() < .93: return (ENTRIES + r.randrange(TARGETS)) * SLOT
        return r.choice((0xFFF, 0x1000, 0xFFFF, 0x400, 0x3FF, r.randrange(0x1000), 0x10000, r.randrange(1 << 32)))

    def build_gdt(self):
        r = self.r
        out = [bytes(8), descriptor(0, 0xFFFFF, 11), descriptor(0, 0xFFFFF, 3),
               descriptor(DFTSS, 0x67, 9, 0, 0, 1, 0, 0),
               descriptor(self.tables_base + 0x800, r.choice((0xDF, 0xFF, 0xFF, 0xB3, 0x67)), 9, 0, 0, 1, 0, 0),
               descriptor(self.tables_base + 0x400, 0x7F, 2, 0, 0, 1, 0, 0)]
        for ring in range(4):
            accessed = r.randrange(2)
            out += [descriptor(self.base(0), r.choice((0xFFF, 0x1FFF, 0xFFFF)), 10 | accessed, ring),
                    descriptor(self.base(0x1000), r.choice((0xFFF, 0x1003, 0x1FFF, 0x1FFF, 0xFFFF)), 2 | accessed, ring,
                               1, 1, r.randrange(2)),
                    descriptor(self.base(0x3000), r.choice((0xFFF, 0xFFF, 0xEFF, 0xFFFF, 0xF0F)), 2 | accessed, ring, 1,
                               1, r.random() < .75),
                    descriptor(self.base(0), 0xFFF, 10 | accessed, ring, 1, 1, 0)]
            if r.random() < .15:        # expand-down stack
                out[-2] = descriptor(self.base(0x3000), r.choice((0xE00, 0xEFF, 0xE7F, 0xF03)), 6 | accessed, ring)
        for slot in (1, 2, 3):
            out.append(descriptor(self.tables_base + 0x800 + slot * 0x100, 0x67 if slot != 2 else 0x2B,
                                  9 if slot != 2 else 1, r.choice((0, 3, 3)), 0, 1, 0, 0))
        out.append(descriptor(0, 0x2FFFF, 3, 3))
        for ring in range(4):
            for kind in (12, 4):
                wide = kind == 12 and r.random() < .8
                out.append(gate(ring_selector(ring, 0 if wide else 3) & ~3 | r.randrange(4),
                                (ENTRIES + r.randrange(TARGETS)) * SLOT, kind, 3, r.random() < .97,
                                r.choice((0, 0, 1, 2, 5))))
        while len(out) < 64: out.append(self.random_descriptor())
        self.gdt = b''.join(out)

    def build_ldt(self):
        self.ldt = b''.join(self.random_descriptor(True) for _ in range(16))

    def build_idt(self):
        r = self.r
        out = []
        for vector in range(32):
            if vector == 8: out.append(gate(DFSEL, 0, 5, 0))
            else: out.append(gate(HCS, self.stubs[vector], 14, 3 if vector in (3, 4) or r.random() < .3 else 0))
        for number in range(16):
            if number < 13:
                kind = r.choice((14, 14, 15, 15, 6, 7))
                ring = r.choice((0, 0, 0, number & 3))
                out.append(gate(ring_selector(ring, 0 if r.random() < .8 else 3) & ~3 | r.randrange(4),
                                (ENTRIES + r.randrange(TARGETS)) * SLOT, kind, 3))
            else: out.append(gate((TSS1, TSS2, TSS3)[number - 13], 0, 5, 3))
        for _ in range(16):
            what = r.random()
            if what < .75:
                out.append(gate(self.code_selector(), self.target(), r.choice((14, 14, 15, 15, 6, 7)),
                                r.choice((0, 3, 3, 3)), r.random() < .94, r.choice((0, 0, 0, r.randrange(256)))))
            elif what < .92:
                out.append(gate(r.choice((TSS1, TSS2, TSS3, TSS1, self.selector())), 0, 5, r.choice((0, 3, 3)),
                                r.random() < .95))
            else: out.append(self.noise())
        self.idt = b''.join(out)

    # Tasks

    def stack_pointer(self):
        r = self.r
        if r.random() < .8: return 0xF00 + r.randrange(-0x30, 0x30, 4)
        return r.choice((0, 2, 4, 6, 0xFFC, 0x1000, 0xFFE, 0x1002, 0x10, 0xF07, 0xE10, 0x10F00, 0xE04, 1))

    def flags(self, iopl=None):
        r = self.r
        value = 2 | r.randrange(0x1000) & 0x8D5 | (0x100 if r.random() < .93 else 0)
        if iopl is None: iopl = r.choice((0, 0, 1, 2, 3, 3))
        value |= iopl << 12
        if r.random() < .5: value |= 0x200
        if r.random() < .2: value |= 0x400
        if r.random() < .08: value |= 0x4000
        if r.random() < .06: value |= 0x10000
        if r.random() < .2: value |= 0x40000
        if r.random() < .1: value |= 0x200000
        if r.random() < .2: value |= r.choice((0x80000, 0x100000, 0x180000))
        return value

    def task_contents(self, slot):
        r = self.r
        ring = r.choice((0, 3, 3, 1, 2))
        safe = slot == 0 or r.random() < .8
        stacks = []
        for inner in range(3):
            if inner == 0 and safe: stacks += [GUESTTOP, HDS]
            else:
                good = r.random() < .85
                stacks += [self.stack_pointer(), ring_selector(inner, 2) if good else self.selector()]
        data = [good_data(self, ring) if r.random() < .93 else self.selector() for _ in range(4)]
        code = ring_selector(ring, r.choice((0, 0, 0, 3)))
        stack = ring_selector(ring, 2)
        if ring == 0: stack, code = HDS, ring_selector(0, 0)
        esp = self.stack_pointer() + (STACKPAGE if ring == 0 else 0)
        if r.random() < .05: code = self.selector()
        if r.random() < .05: stack = self.selector()
        ldt = LDTSEL if r.random() < .85 else r.choice((0, self.selector()))
        eip = self.target()
        flags = self.flags() & ~0x4000
        general = [self.general() for _ in range(8)]
        general[4] = esp
        if slot == 2:
            words = [r.choice((TSS0, 0))]
            words += stacks + [eip, flags] + general + [data[0], code, stack, data[1], ldt]
            return b''.join(struct.pack('<H', w & 0xFFFF) for w in words).ljust(256, b'\0')
        if r.random() < .15 and self.has_v86:
            flags |= 0x20000
            code, stack = self.window >> 4, self.window + 0x3000 >> 4
            data = [self.window + 0x1000 >> 4] * 4
        cr3 = PAGES1 if r.random() < .97 else r.choice((PAGES1 | 0x18, PAGES1 | 0xFE7))
        words = [r.choice((TSS0, 0))] + stacks + [cr3, eip, flags] + general
        words += [data[0], code, stack, data[1], data[2], data[3], ldt]
        maps = r.choice((0x88, 0x88, 0x88, 0x88, 0x68, 0xB0, 0xDF, 0xFFFF))
        out = b''.join(struct.pack('<I', w & 0xFFFFFFFF) for w in words)
        out += struct.pack('<HH', r.random() < .08, maps)
        bits = bytes(r.choice((0, 0xFF, r.randrange(256))) for _ in range(0x98))
        return out + bits

    def build_tss(self):
        self.tasks = b''.join(self.task_contents(slot) for slot in range(4))

    # Pages

    def page_flags(self):
        r = self.r
        value = 0
        if r.random() < .96: value |= 1
        if r.random() < .88: value |= 2
        if r.random() < .92: value |= 4
        if r.random() < .5: value |= 0x20
        if r.random() < .5: value |= 0x40
        if r.random() < .1: value |= r.choice((8, 0x10, 0x100, 0xE00))
        return value

    def build_pages(self):
        r = self.r
        self.pages = []
        if self.paging == 'off': return
        low = [0] * 64
        for page in range(0x20): low[page] = page << 12 | 3
        for page in range(0x30, 0x40): low[page] = page << 12 | 3
        for page in range(5):
            frame = 0x15 + page
            if r.random() < .04: frame = r.randrange(0x15, 0x1A)
            low[0x25 + page] = frame << 12 | self.page_flags()
        for page in range(0x2A, 0x30):
            # The tables' alias: where GDT, LDT and TSS are then reached.
            low[page] = 0x10000 | self.page_flags() | (1 if page == 0x2A else 0)
        if self.alias and r.random() < .7: low[0x2A] |= 2
        large = 0x80 if self.cr4 & 0x10 or self.paging == 'pae' else 0
        if self.paging == 'on':
            directory = [PAGES3 | 7, PAGES3 | self.page_flags() & ~0x100, 0 | self.page_flags() | large] + [0] * 13
            self.pages = [(PAGES1, struct.pack('<16I', *directory)), (PAGES3, struct.pack('<64I', *low))]
        else:
            pointers = [PAGES2 | 1, 0, 0, 0]
            # Linear 4 MiB and 8 MiB are directory entries 2 and 4.
            directory = [PAGES3 | 7, 0, PAGES3 | self.page_flags() & ~0x100, 0, 0 | self.page_flags() | large] + [0] * 27
            if r.random() < .05: low[0x26] |= 1 << r.randrange(40, 52)
            self.pages = [(PAGES1, struct.pack('<4Q', *pointers)), (PAGES2, struct.pack('<32Q', *directory)),
                          (PAGES3, struct.pack('<64Q', *low))]

    # Instructions

    def general(self):
        r = self.r
        what = r.random()
        if what < .4: return r.choice((0xF00, 0xFF0, 0xFFC, 0xFFE, 0xFFF, 0x1000, 0x1002, 0xFFD)) + r.randrange(-16, 16)
        if what < .6: return self.selector()
        if what < .75: return r.randrange(8)
        if what < .9: return 0xFC0 + r.randrange(0x40)
        return r.randrange(1 << 32)

    def build_entries(self):
        r = self.r
        self.entries = []
        # Every snippet in its slot, padded with INT3.
        code = bytearray()
        for number in range(ENTRIES + TARGETS):
            if number < ENTRIES:
                kind = r.choices(['0', '1', '2', '3', 'v'], self.options.get('rings', (20, 10, 10, 45, 15)))[0]
                if kind == 'v' and not self.has_v86: kind = '3'
                wide = kind != 'v' and r.random() < .75
                self.entries.append(self.entry(number, kind, wide))
                snippet = Snippet(self, 32 if wide else 16, kind)
                count = 7
            else:
                snippet = Snippet(self, 32 if r.random() < .75 else 16, r.choice(('0', '3 inner')))
                count = r.choice((0, 1, 1, 2, 3))
            code += snippet.grouped(count)
        # Data: far pointers and noise around the page boundary.
        data = bytearray(r.randbytes(0x100)) + bytearray(r.randbytes(0x40))
        for place in range(0, 0x140 - 8, 8):
            if r.random() < .5: data[place:place + 6] = struct.pack('<IH', self.target(), self.far_word())
        stack = bytearray(r.randbytes(0x300))
        for place in range(0, 0x300 - 4, 4):
            if r.random() < .6: stack[place:place + 4] = struct.pack('<I', self.stack_word())
        self.contents = [(CODE, bytes(code)), (DATA + 0xF00, bytes(data)), (STACKPAGE + 0xE00, bytes(stack))]

    def far_word(self):
        what = self.r.random()
        if what < .25: return good_gate(self, 3)
        if what < .5: return good_data(self, self.r.choice((0, 3)))
        return self.code_or_any()

    def code_or_any(self):
        return self.code_selector() if self.r.random() < .6 else self.selector()

    def stack_word(self):
        r = self.r
        what = r.random()
        if what < .35: return self.target()
        if what < .75: return self.code_or_any()
        if what < .9: return self.flags()
        return self.general()

    def entry(self, number, kind, wide):
        r = self.r
        words = [self.general() for _ in range(8)]
        words[4] = self.stack_pointer()
        words += [number * SLOT]
        if kind == 'v':
            near = lambda page: (self.window + page >> 4) + (r.randrange(-4, 4) if page and r.random() < .2 else 0)
            flags = self.flags() | 0x20000
            segments = [near(0x3000)] + [near(0x1000) if r.random() < .9 else self.v86_selector() for _ in range(4)]
            words += [self.window >> 4, flags] + segments
        else:
            ring = int(kind)
            words += [ring_selector(ring, 0 if wide else 3), self.flags()]
            if ring == 0:
                words[4] += STACKPAGE
                if words[4] & 0xFFF < 0x800 or words[4] > STACKPAGE + 0x1000: words[4] = STACKPAGE + 0xF00
                words += [HDS]
            else: words += [ring_selector(ring, 2)]
            for _ in range(4):
                what = r.random()
                if what < .80: words.append(ring_selector(r.choice((ring, ring, 3)), 1))
                elif what < .88: words.append(FLAT3 | 3)
                elif what < .93: words.append(ring_selector(3, 0))
                else: words.append(0)
        debug = [0] * 5
        if r.random() < .15:
            for number in range(4):
                debug[number] = self.window + r.choice((0, 0x1F00, 0x1000, 0x3F00)) + r.randrange(0x100)
                if number == 0 and r.random() < .5: debug[0] = self.window + words[8] + r.randrange(8)
            debug[4] = r.randrange(1 << 8) | r.randrange(1 << 16) << 16 | 0x400
            for number in range(4):
                # Only what is defined: LEN 0 for instructions, no LEN 2, I/O where CR4.DE allows it.
                shift = 16 + number * 4
                kind, length = debug[4] >> shift & 3, debug[4] >> shift + 2 & 3
                if kind == 2 and not self.cr4 & 8: kind = 1
                if kind == 0 or length == 2: length = 0
                debug[4] = debug[4] & ~(15 << shift) | (kind | length << 2) << shift
        words += [self.cr0, PAGES1 if self.paging != 'off' else 0, self.cr4,
                  LDTSEL if r.random() < .95 else 0, TSS0]
        words += debug + [24, self.tables_base]
        return words + [0] * (32 - len(words))

    def v86_selector(self): return self.r.randrange(65536)

    def dword(self, place):
        """The dword of memory at an offset from ARENA, as an entry begins."""
        for address, contents in self.tables() + self.contents:
            at = ARENA + place - address
            if 0 <= at < len(contents): return int.from_bytes(contents[at:at + 4], 'little')
        return 0xCCCCCCCC if CODE <= ARENA + place < ARENA + 0xA000 else 0

    # The packed form

    def tables(self): return [(GDT, self.gdt), (LDT, self.ldt), (IDT, self.idt), (TSS, self.tasks)] + self.pages

    def packed(self, only=None):
        out = pieces(self.tables()) + pieces(self.contents) + struct.pack('<I', len(self.entries) if only is None else 1)
        for number, words in enumerate(self.entries):
            if only is not None and number != only: continue
            words[28] = number
            out += struct.pack('<32I', *(w & 0xFFFFFFFF for w in words))
        return out


def pieces(list_):
    out = struct.pack('<I', len(list_))
    for address, contents in list_:
        contents = contents.ljust(len(contents) + 3 & ~3, b'\0')
        out += struct.pack('<II', address, len(contents) // 4) + contents
    return out


class Snippet:
    """A few random instructions for code of one size."""

    def __init__(self, case, bits, kind):
        self.case, self.r, self.bits, self.kind = case, case.r, bits, kind
        self.code = bytearray()

    def grouped(self, count):
        """Instructions with their preparation, each at a multiple of GROUP, a jump behind, INT3 at the end."""
        out = b''
        for _ in range(count):
            self.code = bytearray()
            self.r.choices(ROWS, WEIGHTS)[0](self)
            code = bytes(self.code)
            room = -len(code) % GROUP
            if room >= 2: code += bytes([0xEB, room - 2])
            code += b'\xCC' * (-len(code) % GROUP)
            if len(out) + len(code) > SLOT - GROUP: break
            out += code
        return out.ljust(SLOT, b'\xCC')

    def emit(self, *parts):
        for part in parts: self.code += part if isinstance(part, (bytes, bytearray)) else bytes([part])

    def size(self, chance=.3):
        """An operand-size prefix or none; returns the operand size."""
        if self.r.random() < chance:
            self.code.append(0x66)
            return 48 - self.bits
        return self.bits

    def immediate(self, value, size):
        self.emit(struct.pack('<I', value & 0xFFFFFFFF)[:size // 8])

    def segment(self):
        if self.r.random() < .25: self.code.append(self.r.choice((0x26, 0x2E, 0x36, 0x3E, 0x64, 0x65)))

    def memory(self, field):
        """ModRM of a memory operand, mostly near the page boundary or a limit."""
        r = self.r
        place = r.choice((0xF00, 0xFF8, 0xFFC, 0xFFD, 0xFFE, 0xFFF, 0x1000, 0x1001)) + r.choice((0, 0, r.randrange(32)))
        if r.random() < .5: place = 0xF00 + r.randrange(0, 0x140, 8)
        if r.random() < .55:
            if self.bits == 32: return bytes([field << 3 | 5]) + struct.pack('<I', place)
            return bytes([field << 3 | 6]) + struct.pack('<H', place)
        form = r.choice((3, 6, 7, 0, 1, 2, 5)) if self.bits == 32 else r.randrange(8)
        return bytes([0x40 | field << 3 | form, r.randrange(256)])

    @property
    def ring(self): return 3 if self.kind == 'v' else int(self.kind[0])

    def data_selector(self):
        return good_data(self.case, self.ring) if self.r.random() < .5 else self.case.selector()

    def far_selector(self, is_call):
        case, r = self.case, self.r
        what = r.random()
        if what < .3 and is_call: return good_gate(case, self.ring)
        if what < .45: return GATES + (self.ring * 2 + r.randrange(2)) * 8 | r.randrange(self.ring + 1)
        if what < .55: return ring_selector(self.ring, r.choice((0, 0, 3)))
        if what < .67: return r.choice((TSS1, TSS2, TSS3, TSS1))
        return case.code_or_any() if r.random() < .5 else r.randrange(0xB0, 0x200, 8) | r.choice((0, 3))

    def operand(self, field):
        return self.memory(field) if self.r.random() < .6 else bytes([0xC0 | field << 3 | self.r.randrange(8)])


ROWS, WEIGHTS = [], []


def row(weight):
    def add(function):
        ROWS.append(function)
        WEIGHTS.append(weight)
        return function
    return add


@row(10)
def load_segment(s):
    case, r = s.case, s.r
    register = r.choice((0, 1, 2, 3, 6, 7))
    if r.random() < .8:
        s.emit(0xB8 | register)
        s.immediate(s.data_selector(), s.bits)
    field = r.choice((0, 3, 4, 5, 0, 3, 4, 5, 2, 1 if r.random() < .2 else 0))
    if s.kind == '0' and field == 2 and r.random() < .7: field = 0
    s.emit(0x8E, 0xC0 | field << 3 | register)


@row(3)
def load_segment_from_memory(s):
    s.segment()
    s.emit(0x8E, s.memory(s.r.choice((0, 3, 4, 5, 2))))


@row(5)
def pop_segment(s):
    r = s.r
    s.emit(0x68)
    s.immediate(s.data_selector(), s.bits)
    s.emit(r.choice((b'\x07', b'\x1F', b'\x0F\xA1', b'\x0F\xA9', b'\x17')))


@row(4)
def load_far_pointer(s):
    s.segment()
    s.size()
    s.emit(s.r.choice((b'\xC4', b'\xC5', b'\x0F\xB2', b'\x0F\xB4', b'\x0F\xB5')), s.memory(s.r.randrange(4)))


@row(12)
def far_direct(s):
    opcode = s.r.choice((0x9A, 0xEA))
    size = s.size()
    s.emit(opcode)
    s.immediate(s.case.target(), size)
    selector = s.far_selector(opcode == 0x9A)
    s.emit(struct.pack('<H', selector))


@row(4)
def far_indirect(s):
    s.segment()
    s.size()
    s.emit(0xFF, s.memory(s.r.choice((3, 5))))


@row(12)
def far_return(s):
    case, r = s.case, s.r
    size = s.size(.15)
    prefix = b'\x66' if size != s.bits else b''
    if prefix: s.code.pop()
    good = r.random() < .65
    if good:
        ring = r.choice((s.ring, r.randrange(s.ring, 4)))
        values = [(ENTRIES + r.randrange(TARGETS)) * SLOT, ring_selector(ring, r.choice((0, 0, 0, 3)))]
        if ring != s.ring: values += [case.stack_pointer(), ring_selector(ring, 2)]
    else:
        values = [case.target(), case.code_or_any()]
        if r.random() < .5: values += [case.stack_pointer(), ring_selector(3, 2) if r.random() < .6 else case.selector()]
    is_iret = r.random() < .5
    if is_iret:
        flags = case.flags()
        if r.random() < .15 and s.kind == '0' and size == 32 and case.has_v86:
            flags |= 0x20000
            values = [case.target() & 0xFFF, case.window >> 4, case.stack_pointer(), case.window + 0x3000 >> 4]
            values += [case.window + 0x1000 >> 4] * 4
        values.insert(2, flags)
    if r.random() < .8:
        for value in reversed(values):
            s.emit(prefix, 0x68)
            s.immediate(value, size)
    s.emit(prefix)
    if is_iret: s.emit(0xCF)
    elif good or r.random() < .7: s.emit(0xCB)
    else: s.emit(0xCA, struct.pack('<H', r.choice((0, 4, 8, 2, 0x100, 0xFFFC))))


@row(12)
def interrupt(s):
    r = s.r
    what = r.random()
    if what < .85: s.emit(0xCD, r.randrange(0x20, 0x30) if r.random() < .6 else r.randrange(0x20, 0x40))
    elif what < .92: s.emit(0xCD, r.choice([v for v in range(32) if v not in (8, 10, 11, 12, 13, 14, 17)] + [0x40, 0xFF]))
    else: s.emit(r.choice((0xCC, 0xCE, 0xCE)))


@row(7)
def look_at_descriptor(s):
    r = s.r
    if r.random() < .7:
        s.emit(0xB8)
        s.immediate(s.case.selector(), s.bits)
        operand = lambda field: bytes([0xC0 | field << 3])
    else: operand = s.operand
    what = r.randrange(5)
    if what < 2:
        s.size()
        s.emit(0x0F, 2 + what, operand(r.choice((1, 2, 3, 6, 7))))
    elif what < 4: s.emit(0x0F, 0x00, operand(2 + what))
    else: s.emit(0x63, operand(r.choice((1, 2, 3, 6, 7))))


@row(3)
def system_tables(s):
    r = s.r
    s.segment()
    what = r.random()
    if what < .3: s.emit(0x0F, 0x00, s.operand(r.choice((0, 1))))
    elif what < .5: s.emit(0x0F, 0x01, s.memory(r.choice((0, 1))))
    elif what < .6: s.emit(0x0F, 0x01, s.operand(4))
    elif what < .8 or s.kind != '0':
        s.emit(0xB8)
        s.immediate(r.choice((LDTSEL, TSS1, TSS3, s.case.selector())), s.bits)
        s.emit(0x0F, 0x00, 0xD0 if r.random() < .5 else 0xD8)
    else: s.emit(0x0F, 0x06)


@row(7)
def flags(s):
    r = s.r
    what = r.random()
    if what < .5:
        size = s.size()
        prefix = b'\x66' if size != s.bits else b''
        if prefix: s.code.pop()
        s.emit(prefix, 0x68)
        s.immediate(s.case.flags(), size)
        s.emit(prefix, 0x9D)
    elif what < .65:
        s.size()
        s.emit(0x9C)
    elif what < .75:
        s.size()
        s.emit(0x9D)
    else: s.emit(r.choice((0xFA, 0xFB, 0xFC, 0xFD, 0xF8, 0xF9, 0xF5, 0x9E, 0x9F)))


@row(14)
def memory_access(s):
    r = s.r
    s.segment()
    if r.random() < .06: s.emit(0xF0)
    s.size()
    field = r.choice((0, 1, 2, 3, 6, 7))
    opcode = r.choice((0x8A, 0x8B, 0x8B, 0x88, 0x89, 0x89, 0x01, 0x03, 0x29, 0x2B, 0x39, 0x3B, 0x86, 0x87, 0x87, 0x00,
                       0x11, 0x19))
    s.emit(opcode, s.memory(field))


@row(5)
def memory_update(s):
    r = s.r
    s.segment()
    if r.random() < .1: s.emit(0xF0)
    size = s.size()
    what = r.randrange(8)
    if what == 0: s.emit(0xFF, s.memory(r.choice((0, 1, 6))))
    elif what == 1: s.emit(0x0F, 0xB1, s.memory(r.choice((1, 2, 3))))
    elif what == 2: s.emit(0x0F, 0xC1, s.memory(r.choice((1, 2, 3))))
    elif what == 3: s.emit(0x0F, 0xC7, s.memory(1))
    elif what == 4: s.emit(0x83, s.memory(r.choice((0, 5, 7, 2, 3))), r.randrange(256))
    elif what == 5: s.emit(0xF7, s.memory(r.choice((2, 3))))
    elif what == 6: s.emit(0x8F, s.memory(0))
    else:
        s.emit(0xC7, s.memory(0))
        s.immediate(r.randrange(1 << 32), size)


@row(4)
def bits_and_bounds(s):
    r = s.r
    s.segment()
    s.size()
    what = r.randrange(4)
    if what == 0: s.emit(0x62, s.memory(r.choice((0, 1, 6))))
    elif what == 1: s.emit(0x0F, r.choice((0xB6, 0xB7, 0xBE, 0xBF)), s.operand(r.choice((0, 1, 2))))
    elif what == 2: s.emit(0x8C, s.operand(r.choice((0, 1, 2, 3, 4, 5))))
    else: s.emit(0x8D, s.memory(r.choice((0, 1, 2))))


@row(6)
def string(s):
    r = s.r
    s.segment()
    s.size()
    opcode = r.choice((0xA4, 0xA5, 0xA6, 0xA7, 0xAA, 0xAB, 0xAC, 0xAD, 0xAE, 0xAF, 0x6C, 0x6D, 0x6E, 0x6F))
    prefixes, s.code = s.code, bytearray()
    if r.random() < .4:
        s.emit(0xB9)
        s.immediate(r.choice((0, 1, 1, 1, 1, r.randrange(6))), s.bits)
        s.emit(r.choice((0xF3, 0xF3, 0xF2)))
    if opcode in (0x6C, 0x6D, 0x6E, 0x6F):
        s.emit(0xBA)
        s.immediate(port(r), s.bits)
        if r.random() < .2: s.emit(0xF3)
    s.emit(prefixes, opcode)


def port(r):
    return r.choice((0x140, 0x150, 0x148, 0x14F)) + r.randrange(8) if r.random() < .9 else r.choice((0x2D1, 0xFFFF))


@row(4)
def port_io(s):
    s.emit(0xBA)
    s.immediate(port(s.r), s.bits)
    s.size()
    s.emit(s.r.choice((0xEC, 0xED, 0xEE, 0xEF)))


@row(7)
def stack(s):
    r = s.r
    s.size()
    what = r.randrange(9)
    if what == 0: s.emit(0x60)
    elif what == 1: s.emit(0x61)
    elif what == 2: s.emit(0xC8, struct.pack('<H', r.randrange(32)), r.choice((0, 1, 2, 3, 5)))
    elif what == 3: s.emit(0xC9)
    elif what == 4: s.emit(0x50 | r.randrange(8))
    elif what == 5: s.emit(0x58 | r.choice((0, 1, 2, 3, 4, 6, 7)))
    elif what == 6: s.emit(r.choice((b'\x06', b'\x0E', b'\x16', b'\x1E', b'\x0F\xA0', b'\x0F\xA8')))
    elif what == 7: s.emit(0x8F, s.memory(0))
    else: s.emit(0xFF, s.memory(6))


@row(3)
def control_registers(s):
    r = s.r
    what = r.random()
    if what < .4: s.emit(0x0F, 0x20, 0xC0 | r.choice((0, 2, 3, 4)) << 3 | r.choice((0, 1, 2)))
    elif what < .6: s.emit(0x0F, 0x21, 0xC0 | r.choice((0, 1, 2, 3, 6, 7, 4, 5)) << 3 | r.choice((0, 1)))
    elif what < .7:
        s.emit(0xB8)
        s.immediate(s.case.window + 0x1000 + r.randrange(0x1000), s.bits)
        s.emit(0x0F, 0x23, 0xC0 | r.randrange(4) << 3)
    elif what < .85:
        value = s.case.cr0 ^ r.choice((0x10000, 0x10000, 0x40000, 8, 0x20000000, 0x10050000, 0x10000 if r.random() < .8 else 0x80000000))
        if value & 1 == 0: value |= 1
        s.emit(0x66 if s.bits == 16 else b'', 0xB8)
        s.immediate(value, 32)
        s.emit(0x0F, 0x22, 0xC0)
    elif what < .92:
        s.emit(0x66 if s.bits == 16 else b'', 0xB8)
        s.immediate(s.case.cr4 ^ r.choice((0x80, 8, 4, 1, 2, 0x100, 0x10)), 32)
        s.emit(0x0F, 0x22, 0xE0)
    else: s.emit(b'\x0F\x20\xD8\x0F\x22\xD8')


@row(2)
def other_privileged(s):
    r = s.r
    what = r.randrange(4)
    if what == 0: s.emit(0x0F, 0x01, s.memory(7))
    elif what == 1: s.emit(0x0F, r.choice((0x08, 0x09)))
    elif what == 2 and s.kind in '123v': s.emit(0xF4)
    else: s.emit(0x0F, 0x0B)


@row(5)
def near_transfer(s):
    r = s.r
    what = r.randrange(7)
    if what == 0: s.emit(0x70 | r.randrange(16), r.randrange(4))
    elif what == 1:
        s.emit(0xE8)
        s.immediate(r.randrange(4), s.bits)
    elif what == 2:
        s.emit(0x68)
        s.immediate(s.case.target(), s.bits)
        s.emit(0xC3)
    elif what == 3: s.emit(0xE0 | r.randrange(4), r.randrange(3))
    elif what == 4: s.emit(0xFF, s.operand(r.choice((2, 4))))
    elif what == 5: s.emit(0xEB, r.randrange(3))
    else: s.emit(r.choice((b'\xC3', b'\xC2\x04\x00')))


@row(3)
def plain(s):
    r = s.r
    s.size()
    what = r.randrange(4)
    if what == 0: s.emit(0x40 | r.choice((0, 1, 2, 3, 6, 7)))
    elif what == 1: s.emit(0x01, 0xC0 | r.randrange(4) << 3 | r.randrange(4))
    elif what == 2: s.emit(0x90 | r.randrange(4))
    else:
        s.emit(0xB8 | r.choice((0, 1, 2, 3, 6, 7)))
        s.code.pop()
        s.emit(0x90)


@row(1)
def noise(s):
    s.emit(s.r.randbytes(s.r.randrange(1, 4)))


class Image:
    """A ROM of cases of a seed, by their numbers; of only one entry if it is given."""

    def __init__(self, harness, seed, numbers, options, entry=None):
        self.seed, self.numbers = seed, list(numbers)
        offset_of_stubs = struct.unpack_from('<I', harness, 0xFE00)[0]
        stubs = struct.unpack_from('<32I', harness, offset_of_stubs)
        self.cases = [Case(seed, number, stubs, options) for number in self.numbers]
        head = 16 + 4 * len(self.cases)
        body, offsets = b'', []
        parts = []
        at = head
        for case in self.cases:
            packed = case.packed(entry)
            offsets.append(at)
            parts.append(packed)
            at += len(packed)
        body = struct.pack('<4sIII', b'DIFF', len(self.cases), 0, 0) + struct.pack('<%dI' % len(offsets), *offsets)
        body += b''.join(parts)
        total = 0x20000
        while total < len(body) + 0x10000: total *= 2
        self.data = bytearray(body.ljust(total - 0x10000, b'\xCC')) + bytearray(harness)
        struct.pack_into('<I', self.data, total - 0x20, 0x100000000 - total)

    def start_at(self, index, entry):
        struct.pack_into('<II', self.data, 8, index, entry)


def assemble(source):
    import os
    import tempfile
    with tempfile.TemporaryDirectory() as folder:
        out = os.path.join(folder, 'harness.bin')
        subprocess.run(['nasm', '-f', 'bin', '-o', out, source], check=True)
        with open(out, 'rb') as file: return file.read()
