#!/usr/bin/env python3
"""Runs random protected-mode cases on x86sim and its peers and compares the state after each instruction.

  compare.py [--steps 100000] [--seed 1] [--first N] [--cases N] [--kept] [--workers 2] [--ours x86sim]
             [--emulators ours,bochs]
  compare.py --seed 1 --case 17          one case in full: what differs, and the instructions as Bochs sees them

Exit status 0: no unexplained difference. See README.md.
"""
import argparse
import collections
import concurrent.futures
import os
import re
import shutil
import struct
import subprocess
import sys
import tempfile
import time

here = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, here)
import explained                                            # noqa: E402
import generate                                             # noqa: E402

NAMES = ('eax ecx edx ebx esp ebp esi edi eip cs eflags ss es ds fs gs vector error cr0 cr2 cr3 cr4 dr6 dr7 tr ldtr '
         'hsp entry nested').split()
BATCH = 192
MOST = 40 << 20                                             # bytes of output; a batch has 2 million


# Emulators

def processor_seconds(process):
    """What a process has used of the processor, as `ps` says."""
    try:
        with open('/proc/%d/stat' % process.pid) as file: fields = file.read().rsplit(')', 1)[1].split()
    except OSError: return 0
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')


def run_process(command, output, limit, standard_output):
    """False if the process had to be ended: it wrote nothing for `limit` seconds of processor time, or too much."""
    with open(output if standard_output else os.devnull, 'wb') as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        size, used, since = -1, 0, time.time()
        while True:
            try:
                process.wait(.2)
                return True
            except subprocess.TimeoutExpired: pass
            now = os.path.getsize(output) if os.path.exists(output) else 0
            if now > MOST:
                process.kill()
                process.wait()
                return False
            if now != size: size, used, since = now, processor_seconds(process), time.time()
            elif processor_seconds(process) - used > limit or time.time() - since > 60 * limit:
                process.kill()
                process.wait()
                return False


BOCHSRC = '''config_interface: textconfig
display_library: rfb, options="timeout=0"
memory: guest=16, host=16
romimage: file=%s
vgaromimage: file=%s
cpu: model=p2_klamath, count=1, ips=200000000, reset_on_triple_fault=0
clock: sync=none, time0=0
boot: disk
ata0: enabled=0
ata1: enabled=0
port_e9_hack: enabled=1
log: %s
panic: action=fatal
error: action=ignore
info: action=ignore
debug: action=ignore
sound: waveoutdrv=dummy
'''


def bochs(rom, output, folder, limit, commands='c\n'):
    path = lambda name: os.path.join(folder, name)
    vga = bytearray(512)                                    # an option ROM that returns at once
    vga[0:4] = b'\x55\xAA\x01\xCB'
    vga[511] = -sum(vga) & 0xFF
    with open(path('vga.rom'), 'wb') as file: file.write(vga)
    with open(path('bochsrc'), 'w') as file: file.write(BOCHSRC % (rom, path('vga.rom'), path('bochs.log')))
    with open(path('commands'), 'w') as file: file.write(commands)
    for _ in range(100):
        in_time = run_process(['bochs', '-q', '-f', path('bochsrc'), '-rc', path('commands')], output, limit, True)
        # Its display wants a TCP port; that there is none it notices when the guest is under way.
        with open(path('bochs.log'), 'rb') as file:
            if b'could not bind any port' not in file.read(): return in_time
        time.sleep(1)
    raise RuntimeError('Bochs finds no TCP port from 5900 to 5949 for its display')


def qemu(rom, output, folder, limit):
    return run_process(
        ['qemu-system-i386', '-no-user-config', '-nodefaults', '-display', 'none', '-M', 'pc', '-m', '16', '-bios', rom,
         '-no-reboot', '-cpu', 'pentium2', '-accel', 'tcg', '-chardev', 'file,id=c,path=' + output,
         '-device', 'isa-debugcon,iobase=0xe9,chardev=c', '-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
        output, limit, False)


def ours(rom, output, folder, limit):
    return run_process([options.ours, 'run', rom, '--cpu', 'p6', '--boot', 'rom', '--quiet', '--unhandled', 'iret',
                        '--max-output', '1000000000'], output, limit, True)


EMULATORS = {'ours': ours, 'bochs': bochs, 'qemu': qemu}


# Streams

class Step:
    __slots__ = ('words', 'memory', 'raw')


def parse(data):
    """-> {case: [[Step...]...]}, finished: a list for each entry; the last element of a finished one is its memory."""
    cases, current, words = collections.OrderedDict(), None, [0] * 32
    at = data.find(b'\nrecords') + 8                        # Bochs prints a greeting
    finished = False
    if at < 8: return cases, finished
    try:
        while at < len(data):
            start = at
            kind = data[at]
            if kind == 0x43:
                number = struct.unpack_from('<I', data, at + 1)[0]
                current = cases.setdefault(number, [[]])
                words = [0] * 32
                at += 5
                continue
            if kind == 0x5A:
                finished = True
                break
            step = Step()
            if kind == 0x53:
                mask = struct.unpack_from('<I', data, at + 1)[0]
                at += 5
                for bit in range(32):
                    if mask >> bit & 1:
                        words[bit] = struct.unpack_from('<I', data, at)[0]
                        at += 4
                step.words = tuple(words)
            elif kind == 0x4D:
                step.words = None
                at += 1
            else: break
            memory = []
            while True:
                offset = struct.unpack_from('<H', data, at)[0]
                at += 2
                if offset == 0xFFFF: break
                memory.append((offset, struct.unpack_from('<I', data, at)[0]))
                at += 4
            step.memory = memory
            step.raw = data[start:at]
            current[-1].append(step)
            if step.words is None: current.append([])
    except struct.error: pass
    return cases, finished


def run_image(image, name, folder, limit):
    """Runs what is left of an image until every case has run or ended the emulator -> {case: entries of steps}."""
    rom, out = os.path.join(folder, 'image.rom'), os.path.join(folder, name + '.out')
    first, skip, result = 0, 0, {}
    while first < len(image.numbers):
        image.start_at(first, skip)
        with open(rom, 'wb') as file: file.write(image.data)
        if os.path.exists(out): os.remove(out)
        in_time = EMULATORS[name](rom, out, folder, limit)
        data = b''
        if os.path.exists(out):
            with open(out, 'rb') as file: data = file.read()
        cases, finished = parse(data)
        if first in cases: cases[first] = result.get(first, [])[:skip] + cases[first]
        result.update(cases)
        if finished: break
        last = max(cases) if cases else first
        entries = result.setdefault(last, [[]])
        entries[-1].append('ended' if in_time else 'hung')
        first, skip = last, len(entries)
        if skip >= len(image.cases[last].entries) or len(image.cases[last].entries) != generate.ENTRIES:
            first, skip = last + 1, 0
    return result


def same(a, b):
    if isinstance(a, str) or isinstance(b, str): return a == b
    return a.words == b.words and a.memory == b.memory


def describe(a, b, before):
    """What differs between two steps, as a list of 'name a b (before)'."""
    if isinstance(a, str) or isinstance(b, str) or a is None or b is None:
        return ['end %s %s' % tuple(x if isinstance(x, str) else 'none' if x is None else 'step' for x in (a, b))]
    if a.words is None or b.words is None:
        if a.words is not b.words: return ['end %s %s' % tuple('case' if x.words is None else 'step' for x in (a, b))]
        out = []
    else:
        out = []
        for i, name in enumerate(NAMES):
            if a.words[i] != b.words[i]:
                old = '' if before is None or before.words is None else ' (was %08X)' % before.words[i]
                out.append('%s %08X %08X%s' % (name, a.words[i], b.words[i], old))
    x, y = dict(a.memory), dict(b.memory)
    for place in sorted(set(x) | set(y)):
        if x.get(place) != y.get(place):
            show = lambda m: '%08X' % m[place] if place in m else 'unchanged'
            out.append('[%05X] %s %s' % (place + 0x10000, show(x), show(y)))
    return out


def trace(seed, number, entry, harness, step=None):
    """The case's own instructions as Bochs disassembles them: step -> list of text; or only those of one step."""
    image = generate.Image(harness, seed, [number], {}, entry)
    record, go = struct.unpack_from('<2I', harness, 0xFE04)
    commands = 'pb %#x\nc\ntrace on\nc\n' % go
    if step is not None:
        commands = 'pb %#x\npb %#x\n%s' % (go, record, 'c\n' * (step + 1)) + 'trace on\nc\nquit\n'
    with tempfile.TemporaryDirectory() as folder:
        rom = os.path.join(folder, 'image.rom')
        with open(rom, 'wb') as file: file.write(image.data)
        out = os.path.join(folder, 'out')
        bochs(rom, out, folder, 5, commands)
        with open(out, 'rb') as file: text = file.read().decode('latin-1')
    steps, pending = [], []
    for line in re.finditer(r'\(\d+\)\.\[\d+\] \[0x([0-9a-f]+)\] ([0-9a-f]+):([0-9a-f]+)[^:\n]*: ([^\n]*)', text):
        physical, selector, offset, body = line.groups()
        address = int(physical, 16)
        if 0x3C000 <= address < 0x3D000 and int(selector, 16) == 8:
            if address == record:
                steps.append(pending)
                pending = []
        elif address < 0xF0000: pending.append('%s:%s %s' % (selector, offset, body))
    if step is None: return steps
    # The record behind the step ends its list; there is none if the step ended the emulator.
    return pending or (steps[-1] if steps else [])


def show(seed, number, harness, names):
    """Each entry up to its first difference."""
    case = generate.Image(harness, seed, [number], {}).cases[0]
    print('paging %s cr0 %08X cr4 %03X gdt %05X' % (case.paging, case.cr0, case.cr4, case.tables_base))
    for entry in range(len(case.entries)):
        if options.entry is not None and entry != options.entry: continue
        show_entry(seed, number, entry, harness, names)


def show_entry(seed, number, entry, harness, names):
    image = generate.Image(harness, seed, [number], {}, entry)
    streams = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names: streams[name] = run_image(image, name, folder, options.limit).get(0, [[]])[0]
    a, b = names[0], names[1]
    length = max(len(streams[n]) for n in names)
    is_different = len(streams[a]) != len(streams[b]) or not all(same(x, y) for x, y in zip(streams[a], streams[b]))
    texts = trace(seed, number, entry, harness) if is_different or options.entry is not None else []
    before, memory = None, {}
    for i in range(length):
        x, y = (streams[n][i] if i < len(streams[n]) else None for n in (a, b))
        step = x if x is not None and not isinstance(x, str) else y
        text = '; '.join(texts[i][-4:]) if i < len(texts) else ''
        if step is not None and not isinstance(step, str) and step.words:
            w = step.words
            print('%d.%-3d %-60s -> vector %d error %X at %04X:%08X eflags %06X ss:esp %04X:%08X %s %s' % (
                entry, i, text, w[16], w[17], w[9], w[8], w[10], w[11], w[4], 'nested %d' % w[28] if w[28] else '',
                ' '.join('%05X=%08X' % (p + 0x10000, v) for p, v in step.memory[:12])))
        else: print('%d.%-3d %s %s' % (
            entry, i, text, 'memory' if step is not None and not isinstance(step, str) else step))
        if x is None or y is None or not same(x, y):
            for line in describe(x, y, before): print('      %s/%s %s' % (a, b, line))
            if before and before.words: print('       before', ' '.join('%s=%X' % p for p in zip(NAMES, before.words)))
            difference = explained.Difference(
                x, y, before, NAMES, lambda: step_text(seed, number, entry, harness, i, y), image.cases[0], entry,
                memory)
            row = explained.explain(difference)
            print('      ', 'explained: ' + row.title if row else 'not explained')
            break
        if not isinstance(x, str): memory.update(x.memory)
        before = x


class Tally:
    """What a run has seen."""

    def __init__(self):
        self.steps = self.cases = self.entries = 0
        self.rows = collections.Counter()
        self.fields = collections.Counter()
        self.unexplained = []                               # (seed, case, entry, text)

    def add(self, other):
        self.steps += other.steps
        self.cases += other.cases
        self.entries += other.entries
        self.rows.update(other.rows)
        self.fields.update(other.fields)
        self.unexplained += other.unexplained

    def case(self, seed, number, case, x, y, harness):
        """Compares the entries of a case; of each one all steps up to its first difference."""
        self.cases += 1
        for entry in range(len(case.entries)):
            steps, difference = compare_entry(
                *(s[entry] if entry < len(s) else [] for s in (x, y)), seed, number, entry, case, harness)
            self.steps += steps
            self.entries += steps > 0
            if not difference: continue
            row = explained.explain(difference)
            if row:
                self.rows[row.title] += 1
                if options.list and options.list in row.title:
                    print('%s:%d.%d ' % (seed, number, entry), self.text(difference), flush=True)
                continue
            self.fields[' '.join(sorted(difference.differing))] += 1
            text = 'seed %s case %d entry %d step %d: %s' % (seed, number, entry, steps, self.text(difference))
            self.unexplained.append((seed, number, entry, text))

    @staticmethod
    def text(difference):
        what = describe(difference.ours, difference.peer, difference.before)
        return '%s: %s' % (' | '.join(difference.instructions[-3:]) if options.trace else '', '; '.join(what[:8]))

    def report(self, seconds):
        print('%d steps in %d entries of %d cases compared in %.0f s, %d differences explained, %d not' % (
            self.steps, self.entries, self.cases, seconds, sum(self.rows.values()), len(self.unexplained)))
        for title, count in self.rows.most_common(): print('  explained %5d  %s' % (count, title))
        for fields, count in self.fields.most_common(30): print('  differs   %5d  %s' % (count, fields))
        if self.unexplained: print('unexplained: ' + ' '.join('%s:%d.%d' % u[:3] for u in self.unexplained))


def compare_entry(x, y, seed, number, entry, case, harness):
    """-> steps that are the same, and what then differs, or None."""
    before, memory, steps = None, {}, 0
    for i in range(max(len(x), len(y))):
        p, q = (s[i] if i < len(s) else None for s in (x, y))
        if p is None or q is None or not same(p, q):
            return steps, explained.Difference(
                p, q, before, NAMES, lambda: step_text(seed, number, entry, harness, i, q), case, entry, memory)
        if isinstance(p, str): break
        steps += p.words is not None
        memory.update(p.memory)
        before = p
    return steps, None


def step_text(seed, number, entry, harness, index, step):
    """The instructions of a step; of all if it is what the memory is in the end."""
    if not isinstance(step, Step) or step.words is not None: return trace(seed, number, entry, harness, index)
    return sum(trace(seed, number, entry, harness), [])


def run_batch(seed, numbers):
    """-> the tally of some cases."""
    tally = Tally()
    names = options.emulators.split(',')
    with tempfile.TemporaryDirectory() as folder:
        harness = generate.assemble(os.path.join(here, 'harness.asm'))
        image = generate.Image(harness, seed, numbers, {})
        a, b = (run_image(image, name, folder, options.limit) for name in names[:2])
        for index, number in enumerate(image.numbers):
            tally.case(seed, number, image.cases[index], a.get(index, []), b.get(index, []), harness)
    return tally


def kept_seeds():
    """(seed, case) of the file of what was found."""
    with open(os.path.join(here, 'seeds.txt')) as file:
        for line in file:
            words = line.split('#')[0].split()
            if words: yield words[0], int(words[1])


def batches():
    """(seed, cases) without end, or as many as asked for."""
    if options.kept:
        bundles = collections.defaultdict(list)
        for seed, number in kept_seeds(): bundles[seed].append(number)
        for seed, numbers in bundles.items():
            for at in range(0, len(numbers), BATCH): yield seed, numbers[at:at + BATCH]
    if options.only:
        numbers = [int(n) for n in options.only.split(',')]
        yield options.seed, numbers
        return
    number, end = options.first, options.first + (1 << 40 if options.cases is None else options.cases)
    while number < end:
        yield options.seed, range(number, min(number + BATCH, end))
        number += BATCH


def main():
    if options.case is not None:
        return show(options.seed, options.case, generate.assemble(os.path.join(here, 'harness.asm')),
                    options.emulators.split(','))
    tally, begun, rest, running = Tally(), time.time(), batches(), set()
    with concurrent.futures.ProcessPoolExecutor(options.workers) as pool:
        while True:
            while len(running) < options.workers and tally.steps < options.steps:
                batch = next(rest, None)
                if batch is None: break
                running.add(pool.submit(run_batch, *batch))
            if not running: break
            done, running = concurrent.futures.wait(running, return_when=concurrent.futures.FIRST_COMPLETED)
            for result in (future.result() for future in done):
                for number, (_, _, _, text) in enumerate(result.unexplained, len(tally.unexplained)):
                    if number < options.show: print(text, flush=True)
                tally.add(result)
            if options.progress: print('# %d cases, %d steps, %d unexplained, %.0f s' % (
                tally.cases, tally.steps, len(tally.unexplained), time.time() - begun), flush=True)
    tally.report(time.time() - begun)
    return 1 if tally.unexplained else 0


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--steps', type=int, default=100000)
    parser.add_argument('--seed', default='1')
    parser.add_argument('--first', type=int, default=0)
    parser.add_argument('--cases', type=int)
    parser.add_argument('--case', type=int)
    parser.add_argument('--entry', type=int, help='only this one of --case, all of its steps')
    parser.add_argument('--only', help='these cases, with commas between')
    parser.add_argument('--workers', type=int, default=1)
    parser.add_argument('--kept', action='store_true', help='also the cases of seeds.txt')
    parser.add_argument('--trace', action='store_true', help='name the instruction of each difference')
    parser.add_argument('--list', help='print also what rows explain whose title has this text')
    parser.add_argument('--progress', action='store_true')
    parser.add_argument('--show', type=int, default=20)
    parser.add_argument('--limit', type=float, default=.5, help='seconds of processor time without output')
    parser.add_argument('--ours', default=os.path.join(here, '../../.build/release/x86sim'))
    parser.add_argument('--emulators', default='ours,bochs')
    options = parser.parse_args()
    sys.exit(main())
