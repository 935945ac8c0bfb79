"""Differences between x86sim and Bochs that are settled: a row and a body each.

A row says which rule of the manual decides, and its body recognises exactly this difference, so that nothing else hides
behind it. What follows in the case is not compared: the two go on from different states.
"""
import collections
import re

Row = collections.namedtuple('Row', 'title rule applies')
ROWS = []


def explained(title, rule):
    """Adds a row; the function gets a Difference."""
    def add(function):
        ROWS.append(Row(title, rule, function))
        return function
    return add


class Difference:
    """Two records that are not the same: ours, the peer's, and the last one that they shared (nil before any)."""

    def __init__(self, ours, peer, before, names, instruction):
        self.ours, self.peer, self.before, self.names = ours, peer, before, names
        self.find_instruction, self.found = instruction, None

    @property
    def instruction(self):
        """The text of what ran last, as Bochs disassembles it; costs a run."""
        if self.found is None: self.found = self.find_instruction()
        return self.found

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


def changes(difference):
    """{place: (ours, peer's)} of memory that differs; None where unchanged."""
    x, y = dict(difference.ours.memory), dict(difference.peer.memory)
    return {p: (x.get(p), y.get(p)) for p in set(x) | set(y) if x.get(p) != y.get(p)}


def is_fault(difference): return difference.word('vector')[0] not in (1, 3)


@explained('RF in the frame of a trap within a repeated string instruction',
           'SDM 3, 17.3.1.1: the image has RF set after any iteration but the last; Bochs leaves it clear')
def repeated_string(d):
    if not d.differing <= {'eflags', 'memory'} or 'eflags' not in d.differing: return False
    x, y = d.word('eflags')
    return x ^ y == 0x10000 and x & 0x10000 and d.word('vector') == (1, 1) and \
        any(' rep' in ' ' + t.split(' ', 1)[-1] for t in d.instruction)


@explained('side effects of an instruction before it faulted',
           'SDM 3, 6.5: a fault restores registers; what was written or marked accessed before it is in no set order')
def partial_effects(d):
    if d.differing != {'memory'} or not is_fault(d): return False
    for place, (x, y) in changes(d).items():
        if is_data(place):
            continue
        if is_descriptor(place) and (x is None or y is None or x ^ y == 0x100): continue
        if is_page_entry(place): continue
        return False
    return True


@explained('flags that AAA, AAS, DAA, DAS, AAM, shifts, MUL and the like leave undefined', 'SDM 2, Flags affected')
def undefined_flags(d):
    names = (' aaa', ' aas', ' aam', ' aad', ' daa', ' das', ' mul', ' imul', ' div', ' idiv', ' sh', ' sa', ' rc', ' ro',
             ' bt', ' bs', ' and ', ' or ', ' xor ', ' test ')
    x, y = d.word('eflags')
    return d.differing <= {'eflags', 'memory'} and (x ^ y) & ~0x8D5 == 0 and any(name in t for t in d.instruction for name in names)


@explained('an instruction breakpoint on the instruction after a single step',
           'SDM 3, table of priorities: the trap comes first, the breakpoint when it returns; Bochs reports both at once')
def step_and_breakpoint(d):
    x, y = d.word('dr6')
    return d.differing <= {'dr6', 'eflags', 'memory'} and 'dr6' in d.differing and d.word('vector') == (1, 1) and \
        x & 0x4000 and y & 0x4000 and x ^ y <= 15 and not x & 15


@explained('PUSH of a segment register, 32 bits wide: the upper half',
           'SDM 2, PUSH: zero-extended, or 16 bits written and the rest left; Bochs does the latter')
def push_segment(d):
    return d.differing == {'memory'} and any(
        word in t for t in d.instruction for word in (' push es', ' push cs', ' push ss', ' push ds', ' push fs', ' push gs'))


@explained('INT n in virtual-8086 mode with VME, redirection map beyond the limit of the TSS',
           'SDM 3, 20.3: not said; ours then takes the gate, Bochs raises #GP(0)')
def redirection_beyond_limit(d):
    return d.before is not None and d.word('cr4')[1] & 1 and d.word('vector')[1] == 13 and d.word('error')[1] == 0 and \
        d.word('eflags')[1] & 0x20000 and any(' int ' in t for t in d.instruction)


@explained('a port where Bochs has a device and we have none', 'no rule: nobody answers here, which reads as all ones')
def other_devices(d):
    return d.differing <= {'eax', 'memory'} and any(word in t for t in d.instruction for word in (' in ', ' insb', ' insw', ' insd'))


@explained('which operand of CMPS faults first',
           'silicon: the one at ES:DI, with its limit and alignment; SDM 2 gives no order, Bochs takes DS:SI first')
def compared_strings(d):
    return set(d.word('vector')) <= {12, 13, 14, 17} and d.differing <= {'vector', 'cr2', 'error', 'memory', 'eflags'} and \
        d.word('eip')[0] == d.word('eip')[1] and any(' cmps' in t for t in d.instruction)


@explained('which half of a return address is read first', 'silicon: EFLAGS, then CS, then EIP; Bochs the other way round')
def return_order(d):
    return d.differing <= {'cr2', 'memory', 'vector', 'error', 'eflags'} and 'cr2' in d.differing and \
        any(re.search(r' (retf|iret)', t) for t in d.instruction)


@explained('which half of a far pointer is read first', 'silicon: the offset; Bochs reads the selector of LDS and the like first')
def pointer_order(d):
    return d.differing <= {'cr2', 'memory', 'vector', 'error', 'eflags'} and 'cr2' in d.differing and \
        any(re.search(r' (l[defgs]s|callf|jmpf) ', t) for t in d.instruction)


@explained('ARPL that changes nothing', 'silicon: it reads only, so the place need not be writable; Bochs checks for a write')
def adjusted_nothing(d):
    (ours, peer), (x, y) = d.word('vector'), d.word('error')
    is_write_only_of_peer = (ours, peer) == (14, 14) and y == x | 2 != x
    is_fault_of_peer = ours != peer and (peer == 13 and y == 0 or peer == 14 and y & 2)
    is_mark = d.differing == {'memory'} and all(is_page_entry(p) for p in changes(d))
    return (is_write_only_of_peer or is_fault_of_peer or is_mark) and any(' arpl ' in t for t in d.instruction)


@explained('where the accessed or busy bit of a descriptor is written', 'not said: ours writes its byte, Bochs the dword')
def descriptor_bit(d):
    x, y = d.word('cr2')
    return 'cr2' in d.differing and x == y + 1 and x & 7 == 5 and d.differing <= {'cr2', 'tr', 'memory', 'eflags'}


@explained('the level of a task whose SS cannot be loaded',
           'SDM 3, 7.3 leaves open from which ring its fault is delivered: ours takes the new one, whose stack is missing '
           '(#DF), Bochs the old one')
def level_of_new_task(d):
    return d.word('vector')[0] == 8 and d.word('vector')[1] in (10, 11, 12, 13) and d.before is not None and \
        d.word('hsp')[0] == d.word('tr')[1] != d.before.words[d.names.index('tr')]


@explained('the page that ENTER checks for its new top', 'SDM 2, ENTER: a write is tried, and not said whether it marks the page')
def enter_marks(d):
    return d.differing == {'memory'} and any(' enter ' in t for t in d.instruction) and \
        all(is_page_entry(p) for p in changes(d))


@explained('a far return from a 16-bit stack that wraps at 64 KiB',
           'silicon (real mode): the next word is at offset 0; Bochs counts on beyond FFFF and finds the limit')
def wrapping_stack(d):
    return d.word('vector')[1] == 12 and any(re.search(r' (retf|iret)', t) for t in d.instruction) and \
        d.word('esp')[1] & 0xFFFF > 0xFFE0


@explained('VIF with VIP in virtual-8086 mode without VME or at IOPL 3',
           'SDM 3, 2.3: VIP is recognised only with VME and IOPL below 3; Bochs looks at neither')
def pending_at_full_privilege(d):
    flags = d.word('eflags')[1]
    is_open = flags & 0x3000 == 0x3000 or flags & 0x20000 and not d.word('cr4')[1] & 1
    return d.word('vector')[1] == 13 and d.word('error')[1] == 0 and flags & 0x180000 == 0x180000 and bool(is_open)


def explain(difference):
    """The row that explains a difference, or None."""
    for row in ROWS:
        if row.applies(difference): return row
    return None
