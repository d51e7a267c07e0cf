"""What a reported period tells somebody whose reach has an edge: figures whole, cases only those he may see."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import replace

from mediation_desk.statistics.submitting.model import Booked, CellChange, Difference
from mediation_desk.statistics.submitting.ports import SubmissionWork


def difference_seen(work: SubmissionWork, found: Difference) -> Difference:
    """Without keys and words of cases out of reach; ``outside`` says how many there are."""
    keys = {one.case_key for one in found.cases} | {key for one in found.cells for key in one.cases}
    seen = work.submissions.seen(keys)
    return replace(
        found,
        cells=_cells(found.cells, seen),
        cases=tuple(one for one in found.cases if one.case_key in seen),
        corrections=corrections_seen(work, found.corrections),
        outside=len(keys - seen),
    )


def corrections_seen(work: SubmissionWork, booked: Iterable[Booked]) -> tuple[Booked, ...]:
    """The same of corrections: who, when, why and the figures stay."""
    made = tuple(booked)
    seen = work.submissions.seen({key for one in made for key in _keys(one)})
    return tuple(
        replace(
            one,
            cells=_cells(one.cells, seen),
            cases=tuple(case for case in one.cases if case.case_key in seen),
            deltas=tuple(delta for delta in one.deltas if delta.case_key in seen),
            outside=len(_keys(one) - seen),
        )
        for one in made
    )


def outside_told(number: int) -> str:
    """One sentence without a full stop beside a list that is shorter than its figure."""
    return f"另有{number:,}件不在您的查看范围内"


def _keys(one: Booked) -> set[str]:
    return {case.case_key for case in one.cases} | {delta.case_key for delta in one.deltas}


def _cells(cells: tuple[CellChange, ...], seen: Collection[str]) -> tuple[CellChange, ...]:
    return tuple(replace(one, cases=tuple(key for key in one.cases if key in seen)) for one in cells)
