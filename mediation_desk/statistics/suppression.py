"""Which further numbers must go so that withheld ones cannot be worked out from those that are shown.

A number is safe when another set of numbers exists that fits everything shown and differs in it: such sets are looked
for along the solutions of the equations between the withheld numbers. Where none is found, one more number goes; so
this may withhold a little more than needed, never less.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import lcm

from mediation_desk.shared.record import record

Cell = tuple[int, int]
"""Line and column of a number."""

Sum = Mapping[Cell, int]
"""Numbers with the factor each is taken by."""

Move = Mapping[Cell, int]
"""By how much withheld numbers may change together without touching any equation."""

Number = int | Fraction

_DEEPEST, _TRIES = 4, 40
"""How many moves are put together in search of other numbers, and how many tries one number is worth."""


@record
class Problem:
    """Whole numbers; ``equations`` come to 0, ``inequalities`` to 0 or more.

    ``first`` are withheld for what they are: the least and the most that everybody knows them to be, the most may be
    None. ``last_to_go`` are withheld only where nothing else is left (sums).
    """

    values: Mapping[Cell, int]
    equations: tuple[Sum, ...]
    inequalities: tuple[Sum, ...]
    first: Mapping[Cell, tuple[int, int | None]]
    last_to_go: frozenset[Cell]


def withheld(problem: Problem) -> frozenset[Cell]:
    """The cells of ``first`` and those that must go with them. A zero is never withheld."""
    at: defaultdict[Cell, list[Sum]] = defaultdict(list)
    for one in problem.equations:
        for cell in one:
            at[cell].append(one)
    gone = set(problem.first)
    while True:
        _no_cell_alone(problem, gone)
        more = {
            next_cell
            for cell in _not_shown_safe(problem, gone)
            if (next_cell := _nearest(problem, gone, at, cell)) is not None
        }
        if not more:
            return frozenset(gone)
        gone |= more


def _no_cell_alone(problem: Problem, gone: set[Cell]) -> None:
    """An equation with a single withheld number gives it away; give it company until there is none."""
    changed = True
    while changed:
        changed = False
        for one in problem.equations:
            if sum(cell in gone for cell in one) == 1:
                company = _cheapest(problem, (cell for cell in one if cell not in gone))
                if company is not None:
                    gone.add(company)
                    changed = True


def _cheapest(problem: Problem, cells: Iterable[Cell]) -> Cell | None:
    """The cell that is missed least: a small number rather than a large one, a sum last."""
    able = (cell for cell in cells if problem.values[cell])
    return min(able, key=lambda cell: (cell in problem.last_to_go, problem.values[cell], cell), default=None)


def _nearest(problem: Problem, gone: set[Cell], at: Mapping[Cell, list[Sum]], start: Cell) -> Cell | None:
    """The cheapest shown cell in an equation with ``start``, else in one further on; None where none is shown."""
    seen, ring = {start}, {start}
    while ring:
        around = {cell for one in ring for equation in at.get(one, ()) for cell in equation} - seen
        found = _cheapest(problem, around - gone)
        if found is not None:
            return found
        seen |= around
        ring = around & gone
    return None


def _not_shown_safe(problem: Problem, gone: set[Cell]) -> list[Cell]:
    """Withheld cells for which no other numbers were found."""
    search = _Search(problem, gone)
    left: list[Cell] = []
    proved: set[Cell] = set()
    for cell in sorted(gone):
        if cell in proved:
            continue
        world = search.other_numbers(cell)
        if world is None:
            left.append(cell)
        else:
            proved |= world.keys()
    return left


class _Search:
    """Looks for other numbers that fit everything shown."""

    def __init__(self, problem: Problem, gone: set[Cell]) -> None:
        self._problem, self._gone = problem, gone
        self._moves: defaultdict[Cell, list[Move]] = defaultdict(list)
        for move in sorted(_moves(problem, gone), key=len):
            for cell in move:
                self._moves[cell].append(move)
        self._limits: defaultdict[Cell, list[Sum]] = defaultdict(list)
        for one in problem.inequalities:
            for cell in one:
                self._limits[cell].append(one)

    def other_numbers(self, cell: Cell) -> Move | None:
        """How the withheld numbers may differ, ``cell`` among them; None where nothing was found."""
        self._left = _TRIES
        for move in self._moves[cell]:
            for sign in (-1, 1):
                start = {one: sign * by for one, by in move.items()}
                found = self._mended(start, cell, _DEEPEST)
                if found is not None:
                    return found
        return None

    def _mended(self, change: dict[Cell, int], wanted: Cell, deep: int) -> dict[Cell, int] | None:
        """``change`` with moves added until it breaks nothing."""
        self._left -= 1
        broken = self._broken(change)
        if broken is None:
            return change if change.get(wanted) else None
        if not deep:
            return None
        for cell, direction in broken:
            for move in self._moves[cell]:
                if self._left <= 0:
                    return None
                sign = direction if move[cell] > 0 else -direction
                found = self._mended(_added(change, move, sign), wanted, deep - 1)
                if found is not None:
                    return found
        return None

    def _broken(self, change: Move) -> list[tuple[Cell, int]] | None:
        """The cells that would mend what is broken first, each with the direction it must go; None if nothing is."""
        values, first = self._problem.values, self._problem.first
        for cell, by in change.items():
            least, most = first.get(cell, (1, None))
            if values[cell] + by < least:
                return [(cell, 1)]
            if most is not None and values[cell] + by > most:
                return [(cell, -1)]
        for one in {id(limit): limit for cell in change for limit in self._limits[cell]}.values():
            before = sum(factor * values[cell] for cell, factor in one.items())
            after = before + sum(factor * change.get(cell, 0) for cell, factor in one.items())
            if after < min(before, 0):
                return [(cell, 1 if factor > 0 else -1) for cell, factor in one.items() if cell in self._gone]
        return None


def _added(change: Move, move: Move, sign: int) -> dict[Cell, int]:
    made = dict(change)
    for cell, by in move.items():
        made[cell] = made.get(cell, 0) + sign * by
        if not made[cell]:
            del made[cell]
    return made


def _moves(problem: Problem, gone: set[Cell]) -> Iterator[Move]:
    """A basis of all changes that leave every equation as it is, in whole numbers."""
    solved: dict[Cell, dict[Cell, Number]] = {}
    used: defaultdict[Cell, set[Cell]] = defaultdict(set)
    for one in problem.equations:
        row: dict[Cell, Number] = {}
        for cell in one.keys() & gone:
            _add_to(row, solved.get(cell, {cell: 1}), one[cell])
        if not row:
            continue
        pivot = max(row, key=lambda cell: (abs(row[cell]) == 1, problem.values[cell], cell))
        lead = row.pop(pivot)
        # nearly always 1 or -1: whole numbers are much faster than fractions
        expressed = {cell: -by * lead if abs(lead) == 1 else -Fraction(by) / lead for cell, by in row.items()}
        for other in used.pop(pivot, set()):
            _add_to(solved[other], expressed, solved[other].pop(pivot))
            for cell in expressed:
                (used[cell].add if cell in solved[other] else used[cell].discard)(other)
        solved[pivot] = expressed
        for cell in expressed:
            used[cell].add(pivot)
    for free in sorted(gone - solved.keys()):
        vector: dict[Cell, Number] = {free: 1}
        vector |= {pivot: solved[pivot][free] for pivot in used[free]}
        scale = lcm(*(by.denominator for by in vector.values()))
        yield {cell: int(by * scale) for cell, by in vector.items()}


def _add_to(row: dict[Cell, Number], more: Mapping[Cell, Number], factor: Number) -> None:
    for cell, by in more.items():
        total = row.get(cell, 0) + factor * by
        if total:
            row[cell] = total
        else:
            row.pop(cell, None)
