"""Differences between x86sim and Bochs that are settled: a row and a body each.

A row says which rule of the manual decides, and its body recognises exactly this difference, so that nothing else hides
behind it. What follows in the case is not compared: the two go on from different states.
"""
import collections

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


def explain(difference):
    """The row that explains a difference, or None."""
    for row in ROWS:
        if row.applies(difference): return row
    return None
