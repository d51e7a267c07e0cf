"""The parties' choice of mediators and requests for recusal (domain.md §1.6, §5.4)."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.cases.checks import known
from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.model import Choice, RecusalResult, SelectionMode

_COMMON = (SelectionMode.PARTIES, SelectionMode.COURT_ROSTER)
"""Modes in which the result must stand on every list that was handed in."""


def check(file: CaseFile) -> Iterator[Problem]:
    """Every round of choosing, the appointment that came of it, and every recusal."""
    for number, past in enumerate(file.selection_history):
        place = f"/selection_history/{number}"
        yield from _round(place, past, file)
        if past.round != number + 1:
            yield Problem(pointer=f"{place}/round", message=f"这一轮应为第{number + 1}轮")
        if past.ended_on < past.on:
            yield Problem(pointer=f"{place}/ended_on", message="结束日早于开始日")
    if file.selection is not None:
        yield from _round("/selection", file.selection, file)
        if file.mediators:
            served = _appointed(file) | _stepped_down(file)
            yield from known.unknown("/selection/result", file.selection.result, served, "调解员")
    yield from _recusals(file)
    yield from _disclosures(file)


def _appointed(file: CaseFile) -> frozenset[str]:
    return frozenset(mediator.pool_no for mediator in file.mediators)


def _stepped_down(file: CaseFile) -> frozenset[str]:
    """Who left the team again: one who assisted, while the choice that brought the others still stands."""
    return frozenset(one.mediator for one in file.recusals if one.result is RecusalResult.GRANTED)


def _round(place: str, choice: Choice, file: CaseFile) -> Iterator[Problem]:
    if len(set(choice.candidates)) != len(choice.candidates):
        yield Problem(pointer=f"{place}/candidates", message="同一名候选人出现了两次")
    for number, candidate in enumerate(choice.candidates):
        if not known.is_pool_no(candidate):
            yield Problem(pointer=f"{place}/candidates/{number}", message="不是专家库编号")
    candidates = frozenset(choice.candidates)
    for ref, ranked in choice.choices.items():
        where = f"{place}/choices/{ref}"
        yield from known.unknown_one(where, ref, known.parties(file), "当事人")
        if len(set(ranked)) != len(ranked):
            yield Problem(pointer=where, message="同一名调解员选了两次")
        yield from known.unknown(where, ranked, candidates, "候选调解员")
    if choice.mode is SelectionMode.AGENCY:
        return
    yield from known.unknown(f"{place}/result", choice.result, candidates, "候选调解员")
    if choice.mode in _COMMON:
        for number, chosen in enumerate(choice.result):
            against = [ref for ref, ranked in choice.choices.items() if chosen not in ranked]
            if against:
                reason = f"{chosen}不在{'、'.join(against)}的选择之中，不是共同选择"
                yield Problem(pointer=f"{place}/result/{number}", message=reason, rule="LR-6")


def _recusals(file: CaseFile) -> Iterator[Problem]:
    for number, recusal in enumerate(file.recusals):
        place = f"/recusals/{number}"
        yield from known.unknown_one(f"{place}/by", recusal.by, known.parties(file), "当事人")
        yield from known.unknown_one(f"{place}/mediator", recusal.mediator, known.staff(file), "调解员")
        if recusal.decided_on < recusal.on:
            yield Problem(pointer=f"{place}/decided_on", message="决定日早于申请日")
        if recusal.result is RecusalResult.GRANTED and recusal.mediator in _appointed(file):
            reason = "回避已经准许，不能再任本案调解员"
            yield Problem(pointer=f"{place}/mediator", message=reason, rule="LR-17")
        if file.mediators:
            yield from known.unknown_one(
                f"{place}/replaced_by", recusal.replaced_by, known.mediators(file), "调解员"
            )


def _disclosures(file: CaseFile) -> Iterator[Problem]:
    if any(session.held for session in file.sessions):
        for number, mediator in enumerate(file.mediators):
            if not mediator.disclosure.strip():
                where = f"/mediators/{number}/disclosure"
                yield Problem(pointer=where, message="第一次调解之前应当向各方披露", rule="LR-17")
