#!/usr/bin/env python3
"""Runs random protected-mode cases on x86sim and its peers and compares the state after each instruction.

  compare.py [--steps 100000] [--seed 1] [--first N] [--cases N] [--kept] [--ours x86sim] [--emulators ours,bochs]
  compare.py --seed 1 --case 17          one case in full: what differs, and the instructions as Bochs sees them

Exit status 0: no unexplained difference. See README.md.
"""
import argparse
import collections
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


# Emulators

def run_process(command, output, limit, standard_output):
    with open(output if standard_output else os.devnull, 'wb') as out:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=subprocess.DEVNULL)
        try: process.wait(limit)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            return False
    return True


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
    return run_process(['bochs', '-q', '-f', path('bochsrc'), '-rc', path('commands')], output, limit, True)


def qemu(rom, output, folder, limit):
    return run_process(
        ['qemu-system-i386', '-no-user-config', '-nodefaults', '-display', 'none', '-M', 'pc', '-m', '16', '-bios', rom,
         '-no-reboot', '-cpu', 'pentium2', '-accel', 'tcg', '-chardev', 'file,id=c,path=' + output,
         '-device', 'isa-debugcon,iobase=0xe9,chardev=c', '-device', 'isa-debug-exit,iobase=0xf4,iosize=4'],
        output, limit, False)


def ours(rom, output, folder, limit):
    return run_process([options.ours, 'run', rom, '--boot', 'rom', '--quiet', '--max-output', '1000000000'],
                       output, limit, True)


EMULATORS = {'ours': ours, 'bochs': bochs, 'qemu': qemu}


# Streams

class Step:
    __slots__ = ('words', 'memory', 'raw')


def parse(data):
    """-> {case: [Step...]}, finished; the last element of a finished case is its memory."""
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
                current = cases.setdefault(number, [])
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
            current.append(step)
    except struct.error: pass
    return cases, finished


def run_image(image, name, folder, limit):
    """Runs what is left of an image until every case has run or ended the emulator -> {case: steps}."""
    rom, out = os.path.join(folder, 'image.rom'), os.path.join(folder, name + '.out')
    first, result, ended = 0, {}, []
    while first < len(image.numbers):
        image.start_at(first)
        with open(rom, 'wb') as file: file.write(image.data)
        if os.path.exists(out): os.remove(out)
        in_time = EMULATORS[name](rom, out, folder, limit)
        data = b''
        if os.path.exists(out):
            with open(out, 'rb') as file: data = file.read()
        cases, finished = parse(data)
        result.update(cases)
        if finished: break
        last = max(cases) if cases else first
        ended.append(last)
        result.setdefault(last, []).append('ended' if in_time else 'hung')
        first = last + 1
        if len(ended) > 60: break
    return result, ended


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


def trace(seed, number, harness, step=None):
    """The case's own instructions as Bochs disassembles them: step -> list of text; or only those of one step."""
    image = generate.Image(harness, seed, [number], {})
    record = record_address(harness)
    commands = 'trace on\nc\n'
    if step is not None:
        commands = 'pb %#x\n%s' % (record, 'c\n' * step) + 'trace on\nc\nquit\n'
    with tempfile.TemporaryDirectory() as folder:
        rom = os.path.join(folder, 'image.rom')
        with open(rom, 'wb') as file: file.write(image.data)
        out = os.path.join(folder, 'out')
        bochs(rom, out, folder, 60, commands)
        with open(out, 'rb') as file: text = file.read().decode('latin-1')
    steps, pending = [], []
    for line in re.finditer(r'\(\d+\)\.\[\d+\] \[0x([0-9a-f]+)\] ([0-9a-f]+):([0-9a-f]+)[^:\n]*: ([^\n]*)', text):
        physical, selector, offset, body = line.groups()
        address = int(physical, 16)
        if 0x4000 <= address < 0x8000 and int(selector, 16) == 8:
            if address == record:
                steps.append(pending)
                pending = []
        elif address < 0xF0000: pending.append('%s:%s %s' % (selector, offset, body))
    if step is None: return steps
    # The record behind the step ends its list; there is none if the step ended the emulator.
    return pending or (steps[-1] if steps else [])


def record_address(harness):
    return struct.unpack_from('<I', harness, 0xFE04)[0]


def show(seed, number, harness, names):
    image = generate.Image(harness, seed, [number], {})
    case = image.cases[0]
    print('paging %s cr0 %08X cr4 %03X gdt %05X' % (case.paging, case.cr0, case.cr4, case.tables_base))
    streams = {}
    with tempfile.TemporaryDirectory() as folder:
        for name in names: streams[name] = run_image(image, name, folder, options.limit)[0].get(0, [])
    texts = trace(seed, number, harness)
    a, b = names[0], names[1]
    before = None
    for i in range(max(len(streams[n]) for n in names)):
        x, y = (streams[n][i] if i < len(streams[n]) else None for n in (a, b))
        step = x if x is not None and not isinstance(x, str) else y
        text = '; '.join(texts[i]) if i < len(texts) else ''
        if step is not None and not isinstance(step, str) and step.words:
            w = step.words
            print('%3d entry %d %-60s -> vector %d error %X at %04X:%08X eflags %06X ss:esp %04X:%08X %s %s' % (
                i, w[27], text, w[16], w[17], w[9], w[8], w[10], w[11], w[4], 'nested %d' % w[28] if w[28] else '',
                ' '.join('%05X=%08X' % (p + 0x10000, v) for p, v in step.memory[:12])))
        else: print('%3d %s' % (i, 'memory' if step is not None and not isinstance(step, str) else step))
        if x is None or y is None or not same(x, y):
            for line in describe(x, y, before): print('      %s/%s %s' % (a, b, line))
            print('      ', ' '.join('%s=%08X' % (n, v) for n, v in zip(NAMES, before.words)) if before and before.words else '')
            break
        before = x


class Tally:
    """What a run has seen."""

    def __init__(self):
        self.steps = self.cases = self.unexplained = 0
        self.rows = collections.Counter()
        self.fields = collections.Counter()
        self.begun = time.time()

    def compare(self, image, results, harness):
        a, b = options.emulators.split(',')[:2]
        for index, number in enumerate(image.numbers):
            self.cases += 1
            self.case(image.seed, number, results[a].get(index, []), results[b].get(index, []), harness)

    def case(self, seed, number, x, y, harness):
        before = None
        for i in range(max(len(x), len(y))):
            p, q = (s[i] if i < len(s) else None for s in (x, y))
            if p is not None and q is not None and same(p, q):
                self.steps += not isinstance(p, str) and p.words is not None
                before = p
                continue
            instruction = lambda: trace(seed, number, harness, i)[-1:]
            difference = explained.Difference(p, q, before, NAMES, instruction)
            row = explained.explain(difference)
            if row:
                self.rows[row.title] += 1
                return
            what = describe(p, q, before)
            self.fields[' '.join(sorted(difference.differing))] += 1
            self.unexplained += 1
            if self.unexplained <= options.show:
                text = ''.join(difference.instruction) if options.trace else ''
                print('seed %s case %d step %d: %s: %s' % (seed, number, i, text, '; '.join(what[:8])), flush=True)
            return

    def report(self):
        print('%d steps in %d cases compared in %.0f s, %d differences explained, %d not' % (
            self.steps, self.cases, time.time() - self.begun, sum(self.rows.values()), self.unexplained))
        for title, count in self.rows.most_common(): print('  explained %5d  %s' % (count, title))
        for fields, count in self.fields.most_common(30): print('  differs   %5d  %s' % (count, fields))


def kept_seeds():
    """(seed, case) of the file of what was found."""
    with open(os.path.join(here, 'seeds.txt')) as file:
        for line in file:
            words = line.split('#')[0].split()
            if words: yield words[0], int(words[1])


def main():
    harness = generate.assemble(os.path.join(here, 'harness.asm'))
    names = options.emulators.split(',')
    if options.case is not None: return show(options.seed, options.case, harness, names)
    tally = Tally()
    with tempfile.TemporaryDirectory() as folder:
        def run(seed, numbers):
            image = generate.Image(harness, seed, numbers, {})
            tally.compare(image, {n: run_image(image, n, folder, options.limit)[0] for n in names}, harness)
        if options.kept:
            bundles = collections.defaultdict(list)
            for seed, number in kept_seeds(): bundles[seed].append(number)
            for seed, numbers in bundles.items():
                for at in range(0, len(numbers), BATCH): run(seed, numbers[at:at + BATCH])
        number = options.first
        while tally.steps < options.steps and (options.cases is None or tally.cases < options.cases):
            run(options.seed, range(number, number + min(BATCH, options.cases or BATCH)))
            number += BATCH
            if options.progress: print('# %d cases, %d steps, %d unexplained, %.0f s' % (
                tally.cases, tally.steps, tally.unexplained, time.time() - tally.begun), flush=True)
    tally.report()
    return 1 if tally.unexplained else 0


if __name__ == '__main__':
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument('--steps', type=int, default=100000)
    parser.add_argument('--seed', default='1')
    parser.add_argument('--first', type=int, default=0)
    parser.add_argument('--cases', type=int)
    parser.add_argument('--case', type=int)
    parser.add_argument('--kept', action='store_true', help='also the cases of seeds.txt')
    parser.add_argument('--trace', action='store_true', help='name the instruction of each difference')
    parser.add_argument('--progress', action='store_true')
    parser.add_argument('--show', type=int, default=20)
    parser.add_argument('--limit', type=float, default=5)
    parser.add_argument('--ours', default=os.path.join(here, '../../.build/release/x86sim'))
    parser.add_argument('--emulators', default='ours,bochs')
    options = parser.parse_args()
    sys.exit(main())
