"""Each row beside what is on record and the rows before it: twice the same, new, changed, right or wrong."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from mediation_desk.interchange.sheets.rows import SheetRow, State
from mediation_desk.interchange.sheets.table import Watch, tell
from mediation_desk.interchange.sheets.twins import Choice, Key, Seen, Twin

_STEP = 500
R = TypeVar("R", bound=SheetRow)


class Judge(Protocol[R]):
    """What one kind of sheet knows of its rows."""

    def twin(self, row: R, seen: Seen) -> Twin | None:
        """What the row repeats, on record or further up in the file."""

    def settled(self, row: R) -> R:
        """The row, whose twin and choice are decided, with the faults it would have when taken in."""


def judged(
    rows: Sequence[R], choices: Mapping[int, Choice], judge: Judge[R], *, watch: Watch | None = None
) -> tuple[R, ...]:
    """The rows with twin, choice and faults; those to which nothing has changed stay as they are.

    Only a row that will be taken in makes a later one its repetition.
    """
    seen: dict[Key, tuple[int, Mapping[str, Any]]] = {}
    found = []
    for done, row in enumerate(rows, start=1):
        settled = _settled(row, judge.twin(row, seen), choices.get(row.number), judge)
        if settled.state is State.READY:
            for trait in settled.traits:
                seen.setdefault(trait.key, (settled.number, settled.values))
        found.append(settled)
        if done % _STEP == 0:
            tell(watch, len(rows) + done)
    return tuple(found)


def _settled(row: R, twin: Twin | None, wished: Choice | None, judge: Judge[R]) -> R:
    fresh = replace(row, twin=twin)
    choice = wished if wished in fresh.choices else fresh.choices[0]
    if row.choice is choice and row.twin == twin:
        return row
    return judge.settled(replace(fresh, choice=choice))
