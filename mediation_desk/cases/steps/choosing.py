"""The parties choose, or the body designates, who mediates (T-6, T-7)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import CHOOSE, Transition
from mediation_desk.experts.choice.rule import decide
from mediation_desk.experts.model import (
    CaseMediator,
    Choice,
    ChoiceRound,
    MediatorCard,
    Recorder,
    RecusalResult,
    Role,
    Selection,
    SelectionMode,
)
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

CHOOSABLE = frozenset((State.ACCEPTED, State.SELECTING, State.PREPARING))
"""Before the first session; afterwards only to replace a mediator who stepped down (:func:`_demand_vacant`)."""


@record
class RecordChoice:
    """Marks of every party; the rule finds the winner. ``marks`` maps party ref to ranked pool numbers.

    With more ``seats`` the rule also finds who assists; ``assisting`` are designated beside these.
    """

    title: ClassVar[str] = "选定调解员"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = CHOOSE

    on: date
    candidates: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    seats: int = 1
    assisting: tuple[str, ...] = ()
    disclosure: str = ""
    recorder: Recorder | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Keep the marks; appoint the winner if there is one, otherwise the case waits for a further round.

        Raises ``RuleError`` when somebody to be appointed has become ineligible or conflicted meanwhile.
        """
        _demand_vacant(file)
        silent = [party.name for party in file.parties if party.ref not in self.marks]
        if silent:
            raise RuleError(f"还有当事人没有选择：{'、'.join(silent)}。", rule="LR-6")
        decision = decide(self.candidates, self.marks, seats=self.seats)
        result = (decision.winner, *decision.assisting) if decision.winner else ()
        judicial = file.track is Track.JUDICIAL
        mode = SelectionMode.COURT_ROSTER if judicial else SelectionMode.PARTIES
        choice = Choice(mode=mode, candidates=self.candidates, choices=dict(self.marks), result=result)
        chosen = _overtake(file, choice, self.on)
        if decision.winner is None:
            return replace(chosen, mediators=())
        named = tuple(one for one in self.assisting if one not in result)
        _demand_fit(file, around, self.on, *result, *named)
        refs = tuple(party.ref for party in file.parties)
        team = [
            appoint(
                around.card(pool_no),
                Role.ASSISTING if place else Role.PRESIDING,
                Selection.CHOSEN,
                refs,
                self.on,
                self.disclosure,
            )
            for place, pool_no in enumerate(result)
        ]
        team += [
            appoint(around.card(pool_no), Role.ASSISTING, Selection.DESIGNATED, (), self.on, self.disclosure)
            for pool_no in named
        ]
        loop = looped(file, self.on, "选定", around.actor_name, team[0].name)
        return _appointed(
            replace(chosen, recorder=self.recorder or file.recorder, closed_loop=loop), tuple(team)
        )

    def sentence(self, file: CaseFile) -> str:
        """Who won and by which marks."""
        why = decide(self.candidates, self.marks, seats=self.seats).why
        return f"各方选定{file.presiding.name}主持：{why}" if file.presiding else f"一轮选择没有结果：{why}"


@record
class Designate:
    """指派: the body names the mediator when the parties find no common name; they may accept (LR-6)."""

    title: ClassVar[str] = "指派调解员"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE
    transition: ClassVar[Transition] = CHOOSE

    on: date
    presiding: str
    accepted_by: tuple[str, ...] = ()
    refused_by: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    disclosure: str = ""
    recorder: Recorder | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Appoint, unless a party refuses; an earlier round without a result stays on file.

        Raises ``RuleError`` for somebody who may not serve, while a round of choosing is open, and for a further
        designation where a refusal counts as refusing mediation (特邀调解规定 art. 12: court roster).
        """
        _demand_vacant(file)
        _demand_consent(file)
        if around.choosing(file):
            raise RuleError("各方正在选择，请先确认这一轮的结果或者中止这一轮，再指派。", rule="LR-6")
        _demand_fit(file, around, self.on, self.presiding, *self.assisting)
        if self.refused_by:
            return self._refused(file)
        accepted = bool(self.accepted_by)
        choice = Choice(
            mode=SelectionMode.DESIGNATION if accepted else SelectionMode.AGENCY,
            candidates=(self.presiding,) if accepted else (),
            choices=dict.fromkeys(self.accepted_by, (self.presiding,)),
            result=(self.presiding,),
        )
        how = Selection.ACCEPTED if accepted else Selection.AGENCY
        team = [
            appoint(
                around.card(self.presiding), Role.PRESIDING, how, self.accepted_by, self.on, self.disclosure
            )
        ]
        for pool_no in self.assisting:
            card = around.card(pool_no)
            team.append(appoint(card, Role.ASSISTING, Selection.DESIGNATED, (), self.on, self.disclosure))
        loop = looped(file, self.on, "选定", around.actor_name, f"指派{team[0].name}")
        chosen = replace(
            _overtake(file, choice, self.on), recorder=self.recorder or file.recorder, closed_loop=loop
        )
        return _appointed(chosen, tuple(team))

    def _refused(self, file: CaseFile) -> CaseFile:
        choice = Choice(
            mode=SelectionMode.DESIGNATION,
            candidates=(self.presiding,),
            choices=dict.fromkeys(self.accepted_by, (self.presiding,)) | dict.fromkeys(self.refused_by, ()),
        )
        return replace(_overtake(file, choice, self.on), mediators=())

    def sentence(self, file: CaseFile) -> str:
        """Who was named and who accepted or refused."""
        if self.refused_by:
            names = "、".join(file.name_of(ref) for ref in self.refused_by)
            return f"指派{self.presiding}号调解员，{names}不接受"
        name = file.presiding.name if file.presiding else self.presiding
        return f"指派{name}主持，{len(self.accepted_by)}方接受"


def appoint(
    card: MediatorCard,
    role: Role,
    selection: Selection,
    by: tuple[str, ...],
    on: date,
    disclosure: str,
) -> CaseMediator:
    """The card as it reads today, with the part this mediator has in the case."""
    return CaseMediator(
        **asdict(card), role=role, selection=selection, selected_by=by, selected_on=on, disclosure=disclosure
    )


def refused_roster(file: CaseFile) -> bool:
    """Whether a party refused a designation where that means refusing mediation (特邀调解规定 art. 12)."""
    last = file.selection
    return (
        file.track is Track.JUDICIAL
        and last is not None
        and last.mode is SelectionMode.DESIGNATION
        and not last.result
    )


def demand_choosable(file: CaseFile, state: State) -> None:
    """Raise ``RuleError`` when the parties of this case cannot choose now."""
    if file.beside.binned is not None:
        raise RuleError("案件在回收站里，不能选择调解员；请先放回。", rule="回收站")
    if state not in CHOOSE.sources:
        raise RuleError(f"案件现为“{state}”，不能选择调解员。", rule="T-6")
    _demand_vacant(file)
    _demand_consent(file)


def _demand_vacant(file: CaseFile) -> None:
    if file.sessions and file.presiding is not None:
        raise RuleError("调解已经开始，只有调解员回避或者退出之后才能重新选定。", rule="LR-6")


def _demand_consent(file: CaseFile) -> None:
    if refused_roster(file):
        raise RuleError(
            "当事人不接受指派的特邀调解员，视为不同意调解，请以“拒绝调解”结束本案"
            "（最高人民法院关于人民法院特邀调解的规定第十二条）。",
            rule="LR-5",
        )


def _demand_fit(file: CaseFile, around: Around, on: date, *pool_nos: str) -> None:
    around.hold(pool_nos)
    for pool_no in pool_nos:
        name, against = around.card(pool_no).name, around.against(file, pool_no, on)
        if against:
            raise RuleError(f"{name}现在不能任本案调解员：{'；'.join(against)}。", rule="LR-17")


def _appointed(file: CaseFile, team: tuple[CaseMediator, ...]) -> CaseFile:
    """The team takes over: what is planned is presided anew, a recusal learns who came instead."""
    sessions = tuple(s if s.held else replace(s, presided_by=team[0].pool_no) for s in file.sessions)
    recusals = tuple(
        replace(one, replaced_by=team[0].pool_no)
        if one.replaced_by is None and one.result is RecusalResult.GRANTED
        else one
        for one in file.recusals
    )
    return replace(file, mediators=team, sessions=sessions, recusals=recusals)


def _overtake(file: CaseFile, choice: Choice, on: date) -> CaseFile:
    """Put ``choice`` on file; a round before it becomes history with the day and cause of its end."""
    if file.selection is None:
        return replace(file, selection=choice)
    earlier = ChoiceRound(
        **asdict(file.selection),
        round=len(file.selection_history) + 1,
        on=min((m.selected_on for m in file.mediators), default=on),
        ended_on=on,
        ended_by="重新选择",
    )
    return replace(file, selection=choice, selection_history=(*file.selection_history, earlier))
