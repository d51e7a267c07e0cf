"""Three texts into one, paragraph by paragraph: edits stay, new lines come in, and of two words both are kept.

``difflib`` finds what is common; a library for three-way merging would bring conflict marks we do not want.
"""

from __future__ import annotations

from collections.abc import Iterator
from difflib import SequenceMatcher

from mediation_desk.shared.record import record

_Lines = list[str]
_Place = tuple[int, int, int]


@record
class Merged:
    """``collided`` where both sides had changed the same paragraph: it is there twice, the first side's first."""

    text: str
    collided: bool


@record
class Difference:
    """One stretch where the text says something else than the board; empty on the side that says nothing."""

    board: str
    text: str


def merged(base: str, first: str, second: str) -> Merged:
    """What ``first`` and ``second`` made of ``base``, together."""
    if first in (base, second):
        return Merged(text=second.strip("\n"), collided=False)
    if second == base:
        return Merged(text=first.strip("\n"), collided=False)
    common, one, other = base.split("\n"), first.split("\n"), second.split("\n")
    made: _Lines = []
    collided = False
    at = (0, 0, 0)
    for place, length in _stretches(common, one, other):
        lines, both = _between(common[at[0] : place[0]], one[at[1] : place[1]], other[at[2] : place[2]])
        made += lines + common[place[0] : place[0] + length]
        collided = collided or both
        at = (place[0] + length, place[1] + length, place[2] + length)
    return Merged(text="\n".join(made).strip("\n"), collided=collided)


def differences(board: str, text: str) -> tuple[Difference, ...]:
    """Where ``text`` departs from what the board says, from top to bottom."""
    before, after = board.split("\n"), text.split("\n")
    return tuple(
        Difference(board="\n".join(before[i1:i2]), text="\n".join(after[j1:j2]))
        for what, i1, i2, j1, j2 in _matcher(before, after).get_opcodes()
        if what != "equal"
    )


def _between(base: _Lines, first: _Lines, second: _Lines) -> tuple[_Lines, bool]:
    if first in (second, base):
        return second, False
    if second == base:
        return first, False
    fresh = [line for line in second if line not in first and line not in base]
    if second[len(second) - len(base) :] == base:
        return fresh + first, False
    return first + fresh, second[: len(base)] != base and first[: len(base)] != base


def _stretches(base: _Lines, first: _Lines, second: _Lines) -> Iterator[tuple[_Place, int]]:
    """Paragraphs all three have in common, in order, and the end."""
    in_first = _matcher(base, first).get_matching_blocks()
    in_second = _matcher(base, second).get_matching_blocks()
    i = j = 0
    while i < len(in_first) and j < len(in_second):
        one, other = in_first[i], in_second[j]
        start, end = max(one.a, other.a), min(one.a + one.size, other.a + other.size)
        if start < end:
            yield (start, one.b + start - one.a, other.b + start - other.a), end - start
        if one.a + one.size < other.a + other.size:
            i += 1
        else:
            j += 1
    yield (len(base), len(first), len(second)), 0


def _matcher(before: _Lines, after: _Lines) -> SequenceMatcher[str]:
    return SequenceMatcher(None, before, after, autojunk=False)
