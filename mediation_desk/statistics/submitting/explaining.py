"""Which cases moved a submission, which of their facts, and what the cases say about it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from mediation_desk.statistics.figures import VISITS, Counted
from mediation_desk.statistics.submitting.model import (
    Booked,
    CaseChange,
    Delta,
    FactChange,
    Kept,
    Submission,
)
from mediation_desk.statistics.submitting.ports import SubmissionWork
from mediation_desk.statistics.submitting.words import shown, word

NEW, GONE, CHANGED, BACK = "新计入", "不再计入", "内容改变", "与报送时相同"


def case_changes(
    work: SubmissionWork,
    submission: Submission,
    kept: Kept,
    moved: Sequence[Delta],
    pending: Sequence[Delta],
    corrections: Sequence[Booked],
    *,
    told: bool,
) -> tuple[CaseChange, ...]:
    """Every case that moves a figure or was booked, by key."""
    left = {one.case_key for one in pending}
    of_case: defaultdict[str, list[Delta]] = defaultdict(list)
    for one in (*moved, *pending):
        of_case[one.case_key].append(one)
    numbers: defaultdict[str, list[int]] = defaultdict(list)
    for booked in corrections:
        for key in booked.keys:
            numbers[key].append(booked.no)
    keys = sorted({*of_case, *numbers})
    before = work.submissions.facts_of(submission.id, keys)
    after = work.submissions.facts_of(None, keys)
    known = work.submissions.known(keys)
    events = work.submissions.events(keys, submission.at) if told else {}
    return tuple(
        CaseChange(
            case_key=key,
            kind=_kind(key, before, after, of_case),
            facts=tuple(_facts(kept, before.get(key), after.get(key), of_case[key], stored=key in known)),
            events=events.get(key, ()),
            booked=tuple(numbers[key]),
            pending=key in left,
        )
        for key in keys
    )


def _kind(
    key: str, before: Mapping[str, object], after: Mapping[str, object], moved: Mapping[str, object]
) -> str:
    if not moved.get(key):
        return BACK
    if key not in before:
        return NEW
    return CHANGED if key in after else GONE


def _facts(
    kept: Kept,
    before: Mapping[str, object] | None,
    after: Mapping[str, object] | None,
    deltas: Sequence[Delta],
    *,
    stored: bool,
) -> Iterator[FactChange]:
    """The facts that the moved figures look at and that differ."""
    if not deltas:
        return
    if after is None:
        yield FactChange(name="案件", before="计入", after="在回收站" if stored else "已撤销登记")
        return
    figures = [kept.counted[code] for one in deltas for code in one.sums]
    looked_at = {name for one in figures for name in _columns(one)}
    looked_at |= {name for one in deltas for name in kept.rule(one.table).rows}
    for name, value in after.items():
        if name not in looked_at:
            continue
        if before is None:
            if name.endswith("_on") and value is not None:
                yield FactChange(name=word(name), before="（报送时不在期间内）", after=shown(value))
        elif before[name] != value:
            yield FactChange(name=word(name), before=shown(before[name]), after=shown(value))
    visits = _visits(deltas, figures)
    if visits and before is not None:
        words = f"{'多' if visits > 0 else '少'}{abs(visits)}次"
        yield FactChange(name=word("visits"), before="报送时", after=words)


def _columns(figure: Counted) -> Iterable[str]:
    terms = (term.column for term in (*figure.terms, *figure.unless))
    named = (figure.on, figure.add, figure.past, *figure.by, *figure.not_by, *(figure.later or ()))
    return {*terms, *filter(None, named)}


def _visits(deltas: Sequence[Delta], figures: Sequence[Counted]) -> int:
    """How many evaluations a case has more; the largest of its figures of visits."""
    codes = {one.code for one in figures if one.of == VISITS}
    found = [int(value) for one in deltas for code, value in one.sums.items() if code in codes]
    return max((max(found, default=0), min(found, default=0)), key=lambda value: value * value)
