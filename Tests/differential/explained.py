"""Differences between x86sim and Bochs that are settled: a row and a body each.

A row says which rule of the manual decides, and its body recognises exactly this difference, so that nothing else hides
behind it. What follows in the case is not compared: the two go on from different states.
"""
import collections
import re

Row = collections.namedtuple('Row', 'title rule applies')
Descriptor = collections.namedtuple('Descriptor', 'base limit kind dpl present big')
ROWS = []


def explained(title, rule):
    """Adds a row; the function gets a Difference."""
    def add(function):
        ROWS.append(Row(title, rule, function))
        return function
    return add


class Difference:
    """Two records that are not the same: ours, the peer's, and the last one that they shared (nil before any)."""

    def __init__(self, ours, peer, before, names, instructions, case, entry, memory):
        self.ours, self.peer, self.before, self.names = ours, peer, before, names
        self.find_instructions, self.found = instructions, None
        self.case, self.entry, self.memory = case, case.entries[entry], memory

    @property
    def instructions(self):
        """The texts of what ran in this step, as Bochs disassembles it: more than one without TF; costs a run."""
        if self.found is None: self.found = self.find_instructions()
        return self.found

    @property
    def instruction(self):
        """The text of what ran last."""
        return self.instructions[-1:]

    def changes(self):
        """{place: (ours, peer's)} of memory that differs."""
        x, y = (dict(getattr(step, 'memory', ())) for step in (self.ours, self.peer))
        pairs = {p: (x.get(p, self.old(p)), y.get(p, self.old(p))) for p in set(x) | set(y)}
        return {place: pair for place, pair in pairs.items() if pair[0] != pair[1]}

    def task(self, selector):
        """The selectors in a TSS of the case, by name, or None."""
        descriptor = self.descriptor(selector & ~4)
        if not descriptor or descriptor.kind not in (1, 3, 9, 11): return None
        at = descriptor.base - self.case.tables_base
        if not 0x800 <= at < 0xC00: return None
        word = lambda offset: self.old(at + offset & ~3) >> (offset & 2) * 8 & 0xFFFF
        if descriptor.kind < 9:
            return {'es': word(0x22), 'cs': word(0x24), 'ss': word(0x26), 'ds': word(0x28), 'fs': 0, 'gs': 0,
                    'ldt': word(0x2A)}
        return {name: word(0x48 + 4 * i) for i, name in enumerate(('es', 'cs', 'ss', 'ds', 'fs', 'gs'))} | {'ldt': word(0x60)}

    def inner_stacks(self):
        """Linear addresses of the inner stacks that the case's TSSs name."""
        for slot in range(4):
            at = 0x800 + slot * 0x100
            size, first = (4, 2) if slot == 2 else (8, 4)
            for place in range(at + first, at + first + 3 * size, size):
                word = lambda offset: self.old(offset & ~3) >> (offset & 2) * 8 & 0xFFFF
                pointer = word(place) if slot == 2 else self.old(place)
                stack = self.descriptor(word(place + size // 2))
                if stack: yield stack.base + (pointer if stack.big else pointer & 0xFFFF) & 0xFFFFFFFF

    def descriptor(self, selector):
        """What the GDT or the LDT of the case has for a selector, or None."""
        if not selector & ~3 or selector > 0x3FF or selector & 4 and selector > 0x7F: return None
        at = (0x400 if selector & 4 else 0) + (selector & ~7)
        low, high = self.old(at), self.old(at + 4)
        return Descriptor(low >> 16 | (high & 0xFF) << 16 | high & 0xFF000000, low & 0xFFFF | high & 0xF0000, high >> 8 & 31,
                          high >> 13 & 3, high >> 15 & 1, high >> 22 & 1)

    def before_word(self, name):
        """A register of the last record that both shared, or as the entry begins."""
        index = self.names.index(name)
        if self.before and self.before.words: value = self.before.words[index]
        elif name == 'tr': value = 0x20
        else: value = self.entry[index] if index < 16 else 0
        # A stack of 16 bits keeps the upper half of the harness's pointer.
        if name == 'esp' and not getattr(self.descriptor(self.before_word('ss')), 'big', 1): value = value & 0xFFFF | 0x10000
        return value

    def old(self, place):
        """The dword of memory before the step."""
        if place in self.memory: return self.memory[place]
        return self.case.dword(place)

    def word(self, name):
        """(ours, peer's) of a register; zeros where a record has none."""
        index = self.names.index(name)
        take = lambda step: step.words[index] if hasattr(step, 'words') and step.words else 0
        return take(self.ours), take(self.peer)

    @property
    def differing(self):
        """Names of registers that differ, and 'memory'; 'end' where one of the two has no record."""
        if not all(hasattr(s, 'words') and s.words for s in (self.ours, self.peer)):
            both_memory = all(hasattr(s, 'words') for s in (self.ours, self.peer)) and \
                self.ours.words is None and self.peer.words is None
            return {'memory'} if both_memory else {'end'}
        out = {n for n, x, y in zip(self.names, self.ours.words, self.peer.words) if x != y}
        if self.ours.memory != self.peer.memory: out.add('memory')
        return out


# Places of physical memory by what they are.

def is_descriptor(place): return place < 0x600 and place & 4
def is_page_entry(place): return 0x1000 <= place < 0x5000
def is_data(place): return place >= 0x5000


def pushes_segment(texts): return any(re.search(r' push [ecsdfg]s', t) for t in texts)


def differs_in_flags(d, flags):
    """Whether memory differs in images of EFLAGS alone, and there in these flags; a frame need not be aligned."""
    return all(any((x ^ y) & ~(flags << shift) == 0 for shift in (0, 8, 16, 24)) for x, y in d.changes().values())


@explained('RF in the frame of a trap within a repeated string instruction',
           'SDM 3, 17.3.1.1: the image has RF set after any iteration but the last; Bochs leaves it clear')
def repeated_string(d):
    if not d.differing <= {'eflags', 'memory'} or 'eflags' not in d.differing: return False
    x, y = d.word('eflags')
    return x ^ y == 0x10000 and x & 0x10000 and d.word('vector') == (1, 1) and \
        any(' rep' in ' ' + t.split(' ', 1)[-1] for t in d.instruction)


@explained('side effects of an instruction before it faulted',
           'SDM 3, 6.5: a fault restores registers; what was pushed or marked accessed before it is in no set order')
def partial_effects(d):
    if d.differing != {'memory'} or d.ours.words and d.word('vector')[0] < 8: return False
    names = ' '.join(d.instructions)
    is_transfer = re.search(r' (int\w*|callf|jmpf|retf|iret)|mov [ds]s,|mov [efg]s,|pop [desfg]s|l[desfg]s ', names)
    is_store = re.search(r' (int\w*|call|callf|pusha\w*|enter|s[gi]dt|cmpxchg8b) ', names + ' ')
    for place, (x, y) in d.changes().items():
        if is_page_entry(place) and not (x ^ y) & ~0x60: continue
        if is_descriptor(place) and x ^ y == 0x100 and is_transfer: continue
        # What one of the two has written and the other has not.
        is_partial = all((x ^ y) >> i & 255 == 0 or (x ^ o) >> i & 255 == 0 or (y ^ o) >> i & 255 == 0
                         for o in (d.old(place),) for i in range(0, 32, 8))
        # What stood there before the last of several instructions is not known.
        is_partial = is_partial or len(d.instructions) > 1 and re.search(r' (call|callf|int\w*|pusha\w*) ', d.instruction[0])
        if is_data(place) and (is_store or d.word('vector')[0] == 8) and is_partial: continue
        return False
    return True


CF, PF, AF, ZF, SF, OF = 1, 4, 0x10, 0x40, 0x80, 0x800
UNDEFINED = (                                               # SDM 2, "Flags affected" of each
    (r'aaa|aas', OF | SF | ZF | PF), (r'daa|das', OF), (r'aam|aad', OF | AF | CF), (r'i?mul', SF | ZF | AF | PF),
    (r'i?div', CF | OF | SF | ZF | AF | PF), (r'sh[lr]d', CF | OF | SF | ZF | AF | PF), (r'sh[lr]|sa[lr]', CF | OF | AF),
    (r'r[co][lr]', OF | CF), (r'bt|bt[crs]', OF | SF | AF | PF), (r'bs[fr]', CF | OF | SF | AF | PF),
    (r'and|or|xor|test', AF))


@explained('flags that AAA, AAS, DAA, DAS, AAM, shifts, MUL and the like leave undefined', 'SDM 2, Flags affected')
def undefined_flags(d):
    x, y = d.word('eflags')
    # A task that has been left has them in its TSS alone.
    if not d.differing <= {'eflags', 'memory'} or x == y and not d.changes(): return False
    names = [re.sub(r'^\S+ ((lock|rep\w*) )*', '', t).split()[0] for t in d.instructions]
    open_ = 0
    for pattern, flags in UNDEFINED:
        if any(re.fullmatch(pattern, name) for name in names): open_ |= flags
    return (x ^ y) & ~open_ == 0 and differs_in_flags(d, open_)


@explained('AF, undefined, that DAA and its kin take for the carry', 'SDM 2, Flags affected; the step has both instructions')
def undefined_carry(d):
    (x, y), (e, f) = d.word('eax'), d.word('eflags')
    open_ = OF | SF | ZF | AF | PF | CF
    return d.differing <= {'eax', 'eflags', 'memory'} and (x ^ y) >> 16 == 0 and (e ^ f) & ~open_ == 0 and \
        differs_in_flags(d, open_) and \
        re.search(r' (i?div|i?mul|aam|aad|and|or|xor|test|sh[lr]|sa[lr]|bt) .*\n.* (daa|das|aaa|aas) ', '\n'.join(d.instructions))


@explained('a breakpoint that is not enabled', 'SDM 3, 17.2.3: its bit in DR6 may or may not be set beside that of another')
def breakpoint_not_enabled(d):
    x, y = d.word('dr6')
    enabled = d.entry[25]
    return d.differing <= {'dr6', 'memory'} and 'dr6' in d.differing and not d.changes() and (x ^ y) < 16 and x & 15 and \
        all(not (x ^ y) >> i & 1 or not enabled >> 2 * i & 3 for i in range(4))


@explained('a breakpoint that was not enabled in the entry before',
           'SDM 3, 17.2.3: DR6 tells of conditions met when the exception comes; Bochs keeps one that the harness met, reading '
           'all memory behind the entry before, until the first exception of this one')
def breakpoint_of_the_entry_before(d):
    x, y = d.word('dr6')
    if d.before or d.differing != {'dr6'} or d.changes() or x & ~y or not 0 < x ^ y < 16 or not d.entry[28]: return False
    registers = d.case.entries[d.entry[28] - 1][21:26]
    def was_met(i):
        is_enabled, kind = registers[4] >> 2 * i & 3, registers[4] >> 16 + 4 * i & 3
        return not is_enabled and kind & 1 and 0x10000 <= registers[i] < 0x1A000
    return all(was_met(i) for i in range(4) if (x ^ y) >> i & 1)


@explained('CPUID of a leaf beyond the last', 'no rule: the caches of the two models are not the same')
def caches(d):
    return d.differing <= {'eax', 'ebx', 'ecx', 'edx', 'memory'} and any(' cpuid ' in t for t in d.instruction)


@explained('an instruction breakpoint on the instruction after a single step',
           'SDM 3, table of priorities: the trap comes first, the breakpoint when it returns; Bochs reports both at once')
def step_and_breakpoint(d):
    x, y = d.word('dr6')
    # Of a trap that could not be delivered DR6 is left.
    return d.differing <= {'dr6', 'eflags', 'memory'} and 'dr6' in d.differing and d.word('vector') in ((1, 1), (8, 8)) and \
        x & 0x4000 and y & 0x4000 and x ^ y <= 15 and not x & 15


@explained('PUSH of a segment register, 32 bits wide: the upper half',
           'SDM 2, PUSH: zero-extended, or 16 bits written and the rest left; Bochs does the latter')
def push_segment(d):
    if d.differing != {'memory'} or not pushes_segment(d.instructions): return False
    pairs = [(p, pair) for p, pair in d.changes().items() if not is_page_entry(p) or (pair[0] ^ pair[1]) & ~0x60]
    ours = {p + i: x >> 8 * i & 255 for p, (x, _) in pairs for i in range(4)}
    differing = [p + i for p, (x, y) in pairs for i in range(4) if (x ^ y) >> 8 * i & 255]
    return all(ours[place] == 0 and 0 in (ours.get(place - 1, 0), ours.get(place + 1, 0)) for place in differing)


@explained('PUSH of a segment register, 32 bits wide: a fault of the upper half',
           'as above: four bytes are written here, two by Bochs, which then meet no limit and no page')
def push_segment_fault(d):
    (v, w), (x, y) = d.word('vector'), d.word('eip')
    return (v in (12, 14, 17) and w == 1 and y > x or (v, w) in ((12, 14), (12, 17), (17, 14))) and \
        pushes_segment(d.instruction)


@explained('PUSH of a segment register, 32 bits wide: the upper half is popped',
           'as above: what is popped has zeros there, and in Bochs what lay there')
def push_segment_popped(d):
    if not pushes_segment(d.instructions[:-1]): return False
    registers = d.differing - {'memory'}
    if registers and registers <= set(d.names[:8]):
        return any(' pop' in t for t in d.instructions) and \
            all(x <= 0xFFFF and x == y & 0xFFFF for x, y in [d.word(n) for n in registers] + list(d.changes().values()))
    return pushes_segment(d.instructions[-5:-1]) and \
        any(re.search(r' (retf|iret)', t) for t in d.instruction) and d.word('eip')[0] <= 0xFFFF


@explained('PUSH of a segment register, 32 bits wide: onto page tables',
           'as above: a guest that pushes over its page tables gets other entries here, and no stack')
def push_segment_onto_tables(d):
    return d.ours == 'ended' and sum(is_page_entry(p) for p, _ in getattr(d.peer, 'memory', ())) > 16 and \
        pushes_segment(d.instructions)


@explained('a far call to conforming code pushes with the rights of the ring that it stays in',
           'SDM 2, CALL: the ring does not change; Bochs pushes with the level of the code. No rule: whether the accessed bit of '
           'the code is set by then')
def conforming_push(d):
    (v, w), (x, y) = d.word('vector'), d.word('error')
    targets = [d.descriptor(int(m.group(1), 16)) for m in (re.search(r' callf 0x(\w+):', t) for t in d.instruction) if m]
    codes = targets if w == 14 else [d.descriptor(d.word('cs')[1])]
    # By a pointer in memory the code is that which ours has marked.
    marks = [a for a, b in d.changes().values() if a ^ b == 0x100]
    if (v, w) == (14, 14) and x == y | 4 and d.before_word('cs') & 3 == 3 and not targets and \
            all(mark >> 8 & 0x1C == 0x1C and mark >> 13 & 3 < 3 for mark in marks) and marks:
        return d.differing <= {'error', 'memory'}
    return v == 14 and (w == 1 or w == 14 and not y & 4) and x & 4 and any(' callf' in t for t in d.instructions) and \
        any(code and code.kind & 0x1C == 0x1C and code.dpl < 3 for code in codes)


@explained('the error code of an inner stack without room',
           'SDM 2, CALL: #SS(selector of the new stack); Bochs pushes and meets the limit, with 0')
def inner_stack_error(d):
    x, y = d.word('error')
    stack = d.descriptor(x)
    return d.word('vector') == (12, 12) and x & ~1 and y & ~1 == 0 and stack and stack.kind & 0x1A == 0x12 and stack.dpl < 3 and \
        any(re.search(r' (int|callf)', t) for t in d.instructions)


@explained('ESP that a call through a gate saves from a stack of 16 bits',
           'SDM 2, CALL pushes the old ESP, all of it; Bochs clears the upper half')
def saved_stack_pointer(d):
    if d.differing != {'memory'} or not any(' callf' in t for t in d.instructions): return False
    # The value may be a parameter too, where the two stacks overlap.
    high = d.before_word('esp') >> 16
    # Behind a task switch in the same step it is that of the task, the low half of which both have saved.
    if len(d.instructions) > 1 and all(x & 0xFFFF == y and x >> 16 for x, y in d.changes().values()): return True
    return all(((x ^ y) >> i & 255 == 0) or (y >> i & 255 == 0 and x >> i & 255 in (high & 255, high >> 8))
               for x, y in d.changes().values() for i in range(0, 32, 8))


@explained('IRET to virtual-8086 mode with EIP beyond FFFF',
           'SDM 2, IRET: #GP(0) if the instruction pointer is not within limits; Bochs takes the lower half')
def wide_virtual_pointer(d):
    is_virtual = d.word('eflags')[0] & 0x20000
    # Bochs may have gone on behind it, where TF is clear.
    place = '%04x:0*%x ' % (d.word('cs')[0], d.word('eip')[0])
    return d.word('vector')[0] == 13 and d.word('error')[0] == 0 and d.word('eflags')[1] & 0x20000 and \
        (not is_virtual or d.word('eip')[1] > 0xFFFF) and any(re.match(place + '.*iret', t) for t in d.instructions)


@explained('room on an inner stack, and its pages',
           'SDM 2, INT and CALL: #SS for lack of room comes before the first push; Bochs pushes one by one')
def room_before_pages(d):
    (v, w), (x, y) = d.word('vector'), d.word('error')
    return (v, w) == (12, 14) and x & ~1 and y & 6 == 2 and any(re.search(r' (int|callf)', t) for t in d.instruction)


@explained('room on an inner stack, and its pages, on the way to a double fault',
           'as above: the #SS of ours makes one at once, the #PF of Bochs raises another')
def room_before_pages_twice(d):
    (x, y), old = d.word('cr2'), d.before_word('cr2') if d.before else 0
    # The fault that is delivered may have been one of a page, such as that of a new task's first instruction; the task
    # of #DF has the back link where the harness has its stack pointer.
    is_ours = x == old or len(d.instructions) > 1 or d.word('hsp')[0] != d.before_word('tr')
    is_mark = all(is_descriptor(place) and a ^ b == 0x100 for place, (a, b) in d.changes().items())
    return 'cr2' in d.differing and d.differing <= {'cr2', 'memory'} and d.word('vector') == (8, 8) and is_ours and is_mark and \
        any(0 < top - y <= 40 for top in d.inner_stacks())


@explained('INT n in virtual-8086 mode with VME, redirection map beyond the limit of the TSS',
           'SDM 3, 20.3: not said; ours then takes the gate, Bochs raises #GP(0)')
def redirection_beyond_limit(d):
    numbers = [int(m.group(1), 16) for m in (re.search(r' int 0x(\w+)', t) for t in d.instruction) if m]
    task, descriptor = d.word('tr')[1] & ~7, d.descriptor(d.word('tr')[1])
    if not numbers or not descriptor or task not in (0x20, 0xB0, 0xC0): return False
    map_base = d.old(0x864 + {0x20: 0, 0xB0: 0x100, 0xC0: 0x300}[task]) >> 16
    return map_base - 32 + numbers[0] // 8 > descriptor.limit and d.word('cr4')[1] & 1 and d.word('vector')[1] == 13 and \
        d.word('error')[1] == 0 and d.word('eflags')[1] & 0x20000


@explained('a port where Bochs has a device and we have none', 'no rule: nobody answers here, which reads as all ones')
def other_devices(d):
    return d.differing <= {'eax', 'memory'} and any(word in t for t in d.instructions for word in (' in ', ' insb', ' insw', ' insd'))


@explained('the port of ours that ends a run', 'no rule: debug-exit is at F4 to F7, Bochs has nothing there')
def debug_exit(d):
    return d.ours == 'ended' and any(re.search(r' out 0xf[4-7],', t) for t in d.instruction)


@explained('which operand of CMPS faults first',
           'silicon: the one at ES:DI, with its limit and alignment; SDM 2 gives no order, Bochs takes DS:SI first')
def compared_strings(d):
    return set(d.word('vector')) <= {12, 13, 14, 17} and d.differing <= {'vector', 'cr2', 'error', 'memory', 'eflags'} and \
        d.word('eip')[0] == d.word('eip')[1] and any(' cmps' in t for t in d.instruction)


def is_other_part(d, size):
    """Two faults of reading that differ in the part of an operand of up to `size` bytes and a dword which meets them."""
    (v, w), (x, y) = d.word('vector'), d.word('cr2')
    if not d.differing <= {'cr2', 'memory', 'vector', 'error', 'eflags'}: return False
    # Of a page fault that could not be delivered CR2 is left. Offsets of 16 bits may wrap within the operand.
    if v == w and v in (8, 14): return any(0 < abs(abs(x - y) - wrap) <= size + 3 for wrap in (0, 0x10000))
    return v != w and {v, w} <= {12, 13, 14, 17}


@explained('which half of a return address is read first', 'silicon: EFLAGS, then CS, then EIP; Bochs the other way round')
def return_order(d):
    return is_other_part(d, 12) and any(re.search(r' (retf|iret)', t) for t in d.instruction)


@explained('the stack of a handler, and its target',
           'SDM 2, INT and CALL: a fault of the stack comes before #GP(0) for a target beyond CS; Bochs turns that round')
def room_before_target(d):
    (v, w), (_, y) = d.word('vector'), d.word('error')
    return v in (12, 14) and w == 13 and y & ~1 == 0 and any(re.search(r' (int|callf)', t) for t in d.instruction)


@explained('a data segment of a new task that is absent and of the wrong level',
           'SDM 3, table 7-1: present (#NP) comes before the level (#TS); Bochs turns that round')
def absent_data_of_new_task(d):
    (x, y), (tr, peer) = d.word('error'), d.word('tr')
    task, descriptor = d.task(peer), d.descriptor(x)
    if d.word('vector') != (11, 10) or x != y or tr != peer or not task or not descriptor or descriptor.present: return False
    return any((x ^ task[s]) & ~3 == 0 and descriptor.dpl < max(task[s] & 3, task['cs'] & 3) for s in ('es', 'ds', 'fs', 'gs'))


@explained('an inner stack whose pointer wraps below its frame',
           'SDM 2, CALL and INT: #SS if it has no room; Bochs pushes on at the top of 64 KiB')
def wrapping_inner_stack(d):
    (v, _), (x, _), (_, esp), (_, ss) = d.word('vector'), d.word('error'), d.word('esp'), d.word('ss')
    stack = d.descriptor(x if v == 12 else ss)
    return v in (8, 12) and stack and not stack.big and (v == 8 or (x ^ ss) & ~3 == 0) and esp & 0xFFFF > 0xFFC0 and \
        any(re.search(r' (int|callf)', t) for t in d.instructions)


@explained('a far call of virtual-8086 mode that has neither stack nor target',
           'SDM 2, CALL: #SS comes before the check of the target; Bochs turns that round')
def virtual_call_order(d):
    return d.word('vector') == (12, 13) and d.word('error') == (0, 0) and d.word('eflags')[0] & 0x20000 and \
        any(' callf' in t for t in d.instruction)


@explained('memory that is no RAM, in virtual-8086 mode without paging', 'no rule: nobody answers there')
def virtual_without_memory(d):
    return not d.word('cr0')[0] & 0x80000000 and (d.word('eflags')[0] | d.before_word('eflags')) & 0x20000 and \
        any(d.before_word(name) > 0x9000 for name in ('cs', 'ds', 'es', 'ss', 'fs', 'gs'))


@explained('HLT that nothing ends', 'no rule: the run is over here, Bochs waits on; with TF the trap follows, Bochs sleeps')
def halted(d):
    is_trap = hasattr(d.ours, 'words') and d.ours.words and d.word('vector')[0] == 1
    return d.peer == 'hung' and (d.ours == 'ended' or is_trap) and any(' hlt ' in t for t in d.instruction)


@explained('a stack in memory that is no RAM', 'no rule: nobody answers there')
def stack_without_memory(d):
    stack = d.descriptor(d.before_word('ss'))
    return not d.word('cr0')[0] & 0x80000000 and stack and stack.big and d.before_word('esp') + stack.base & 0xFFFFFFFF > 0xFFFFFF and \
        any(re.search(r' (pop|push|ret|iret|leave|enter|call|int)', t) for t in d.instruction)


@explained('POPF in virtual-8086 mode below IOPL 3, and its page',
           'SDM 2, POPF: #GP(0) before the pop, without VME or with 32 bits; Bochs reads the stack first')
def popf_without_privilege(d):
    (v, w), (x, _), (flags, _) = d.word('vector'), d.word('error'), d.word('eflags')
    return (v, x) == (13, 0) and w in (12, 14, 17) and flags & 0x20000 and flags & 0x3000 != 0x3000 and \
        any(re.search(r' popf.*; (669d|9d)', t) and (' 669d' in t or not d.word('cr4')[0] & 1) for t in d.instruction)


@explained('a null selector with an RPL on a return to an outer ring',
           'SDM 2, IRET: a null selector becomes 0; Bochs keeps what a task switch has put there')
def null_on_return(d):
    names = d.differing & {'ds', 'es', 'fs', 'gs'}
    return d.differing == names and all(d.word(n)[0] == 0 and d.word(n)[1] in (1, 2, 3) for n in names)


@explained('a stack segment that is absent, on a return by IRET',
           'SDM 3, 6.15: #NP is for the other segments, an absent SS raises #SS(selector); Bochs raises #NP')
def absent_stack_on_return(d):
    x, y = d.word('error')
    stack = d.descriptor(x)
    return d.word('vector') == (12, 11) and x == y and stack and not stack.present and \
        any(' iret' in t for t in d.instruction)


@explained('a reserved opcode of the x87 while CR0.EM is set', 'SDM 3, 2.5: EM makes every escape opcode #NM; Bochs decodes it first')
def reserved_escape(d):
    return d.word('vector') == (7, 6) and d.word('cr0')[0] & 4 and \
        any(re.search(r'; (26|2e|36|3e|64|65|66|67|f2|f3)*d[89a-f]', t) for t in d.instruction)


@explained('which half of a far pointer is read first', 'silicon: the offset; Bochs reads the selector of LDS and the like first')
def pointer_order(d):
    return is_other_part(d, 4) and any(re.search(r' (l[defgs]s|callf|jmpf) ', t) for t in d.instruction)


@explained('ARPL that changes nothing', 'silicon: it reads only, so the place need not be writable; Bochs checks for a write')
def adjusted_nothing(d):
    (ours, peer), (x, y) = d.word('vector'), d.word('error')
    is_write_only_of_peer = (ours, peer) == (14, 14) and y & 2 and not x & 2
    is_fault_of_peer = ours != peer and (peer == 13 and y == 0 or peer == 14 and y & 2)
    is_mark = d.differing == {'memory'} and all(is_page_entry(p) for p in d.changes())
    return (is_write_only_of_peer or is_fault_of_peer) and any(' arpl ' in t for t in d.instruction) or \
        is_mark and any(' arpl ' in t for t in d.instructions)


@explained('where the accessed or busy bit of a descriptor is written', 'not said: ours writes its byte, Bochs the dword')
def descriptor_bit(d):
    x, y = d.word('cr2')
    return 'cr2' in d.differing and x == y + 1 and x & 7 == 5 and d.differing <= {'cr2', 'tr', 'memory', 'eflags'}


@explained('which segment register of a new task is refused first',
           'SDM 3, table 7-1: the level of CS, SS, LDT, CS, then the others; Bochs takes SS, the others, then CS')
def new_task_order(d):
    (v, w), (x, y) = d.word('vector'), d.word('error')
    task = d.task(d.word('tr')[1])
    if d.differing == {'memory'} and d.word('nested')[0] and len(d.changes()) == 1:
        # Only the frame of the first of several faults tells.
        (x, y), v, w = next(iter(d.changes().values())), 10, 10
    if not task or d.word('tr')[0] != d.word('tr')[1] or not {v, w} <= {10, 11, 12} or x == y: return False
    return (x ^ task['cs']) & ~3 == 0 and any((y ^ task[s]) & ~3 == 0 for s in ('ss', 'es', 'ds', 'fs', 'gs'))


@explained('a task whose LDT, CS or SS cannot be loaded',
           'SDM 3, 7.3: its fault belongs to the new task, which has no stack then (#DF); Bochs keeps the old ring and SS, or '
           'has loaded SS before it looks at CS')
def new_task_without_stack(d):
    (v, w), old = d.word('vector'), d.before_word('tr')
    entered = d.word('hsp')[1] if w == 8 else d.word('hsp')[0] if d.peer == 'ended' else d.word('tr')[1]
    task = d.task(entered)
    if not task or v != 8 or w not in (0, 8, 10, 11, 12, 13) or d.word('hsp')[0] != entered: return False
    if entered == old and not any(' iret' in t for t in d.instructions): return False
    ring, code, stack = task['cs'] & 3, d.descriptor(task['cs']), d.descriptor(task['ss'])
    is_code = code and code.kind & 0x18 == 0x18 and code.present and \
        (code.dpl <= ring if code.kind & 4 else code.dpl == ring)
    table = d.descriptor(task['ldt']) if not task['ldt'] & 4 else None
    if task['ldt'] & ~3 and not (table and table.kind == 2 and table.present): return True
    is_stack = stack and stack.kind & 0x1A == 0x12 and stack.present and stack.dpl == ring == task['ss'] & 3
    return not is_code or not is_stack


@explained('the page that ENTER checks for its new top', 'SDM 2, ENTER: a write is tried, and not said whether it marks the page')
def enter_marks(d):
    return d.differing == {'memory'} and any(' enter ' in t for t in d.instruction) and \
        all(is_page_entry(p) for p in d.changes())


@explained('a far call or return on a 16-bit stack that wraps at 64 KiB',
           'silicon (real mode): the next word, or parameter, is at offset 0; Bochs counts on beyond FFFF and finds the limit')
def wrapping_stack(d):
    place = d.before_word('esp') & 0xFFFF
    return d.word('vector')[1] == 12 and d.word('error')[1] == 0 and (
        place > 0xFFE0 and any(re.search(r' (retf|iret)', t) for t in d.instruction) or
        (place < 8 or place > 0xFF80) and any(' callf' in t for t in d.instruction))


@explained('VIF with VIP in virtual-8086 mode without VME or at IOPL 3',
           'SDM 3, 2.3: VIP is recognised only with VME and IOPL below 3; Bochs looks at neither')
def pending_at_full_privilege(d):
    flags = d.word('eflags')[1]
    is_open = flags & 0x3000 == 0x3000 or flags & 0x20000 and not d.word('cr4')[1] & 1
    return d.word('vector')[1] == 13 and d.word('error')[1] == 0 and flags & 0x180000 == 0x180000 and bool(is_open)


@explained('VIF with VIP at an instruction with a breakpoint',
           'SDM 3, table 6-2: #GP(0) for a pending virtual interrupt is not in it; ours puts it before the code breakpoint')
def pending_at_breakpoint(d):
    (x, y), (flags, _) = d.word('dr6'), d.word('eflags')
    return d.word('vector') == (13, 1) and d.word('error')[0] == 0 and flags & 0x180000 == 0x180000 and \
        d.word('eip')[0] == d.word('eip')[1] and 0 < x ^ y < 16


def explain(difference):
    """The row that explains a difference, or None."""
    for row in ROWS:
        if row.applies(difference): return row
    return None
