"""Cuts the aligned sentences of a document into passages: runs of beads, so that no sentence is ever cut.

A passage ends where a paragraph ends in both texts. Where that leaves a passage too long to be read or found by,
it is cut again, near its middle, at the beginning of a paragraph of one text if there is one.
"""

from collections.abc import Collection, Iterator, Sequence

from index.align import Bead

LONGEST_PASSAGE = 2000  # characters on either side; one vector says too little of more
PARAGRAPH_PULL = 0.2  # of a passage's length: so far from the middle a paragraph's beginning is the better place

Run = tuple[int, int]  # beads, from, to
_Lengths = tuple[Sequence[int], Sequence[int]]


def runs(beads: Sequence[Bead], begins: tuple[Collection[int], Collection[int]], lengths: _Lengths) -> list[Run]:
    """The passages of a document as runs of its beads, in order, none empty, together all of them.

    `begins` holds the numbers of the units that begin a paragraph in the left and the right text, `lengths` the
    characters of every unit.
    """
    ends = tuple(max((bead_side(bead, side)[1] for bead in beads), default=0) for side in (0, 1))
    edges = tuple({*begins[side], 0, ends[side]} for side in (0, 1))
    marks = [sum(bead_side(bead, side)[0] in edges[side] for side in (0, 1)) for bead in beads]  # texts that begin one
    starts = [at for at, begun in enumerate(marks) if begun == 2]
    sizes = [tuple(sum(lengths[side][slice(*bead_side(bead, side))]) for side in (0, 1)) for bead in beads]
    wholes = zip(starts, [*starts[1:], len(beads)], strict=True)
    return [part for whole in wholes for part in _parts(whole, sizes, marks)]


def bead_side(bead: Bead, side: int) -> tuple[int, int]:
    """The units of the left (0) or right (1) side of a bead, from, to."""
    return bead.right if side else bead.left


def _parts(run: Run, sizes: Sequence[tuple[int, ...]], marks: Sequence[int]) -> Iterator[Run]:
    start, end = run
    if end - start == 1 or max(map(sum, zip(*sizes[start:end], strict=True))) <= LONGEST_PASSAGE:
        yield run
        return
    middle = _middle(run, sizes, marks)
    yield from _parts((start, middle), sizes, marks)
    yield from _parts((middle, end), sizes, marks)


def _middle(run: Run, sizes: Sequence[tuple[int, ...]], marks: Sequence[int]) -> int:
    """The bead inside a run that the second half best begins with."""
    total = sum(map(sum, sizes[run[0] : run[1]]))
    done, best = 0, (float("inf"), run[0] + 1)
    for at in range(run[0] + 1, run[1]):
        done += sum(sizes[at - 1])
        best = min(best, (abs(done / total - 0.5) - PARAGRAPH_PULL * (marks[at] > 0), at))
    return best[1]
