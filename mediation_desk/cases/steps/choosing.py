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
from mediation_desk.experts.choice_rule import decide
from mediation_desk.experts.model import (
    CaseMediator,
    Choice,
    ChoiceRound,
    MediatorCard,
    Recorder,
    Role,
    Selection,
    SelectionMode,
)
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.record import record

CHOOSABLE = frozenset((State.ACCEPTED, State.SELECTING, State.PREPARING))


@record
class RecordChoice:
    """Marks of every party; the rule finds the winner. ``marks`` maps party ref to ranked pool numbers."""

    title: ClassVar[str] = "选定调解员"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    allowed: ClassVar[frozenset[State]] = CHOOSABLE

    on: date
    candidates: tuple[str, ...]
    marks: Mapping[str, tuple[str, ...]]
    assisting: tuple[str, ...] = ()
    disclosure: str = ""
    recorder: Recorder | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Keep the marks; appoint the winner if there is one, otherwise the case waits for a further round."""
        silent = [party.name for party in file.parties if party.ref not in self.marks]
        if silent:
            raise RuleError(f"还有当事人没有选择：{'、'.join(silent)}。", rule="LR-6")
        decision = decide(self.candidates, self.marks)
        result = (decision.winner,) if decision.winner else ()
        choice = Choice(
            mode=SelectionMode.PARTIES, candidates=self.candidates, choices=dict(self.marks), result=result
        )
        chosen = _overtake(file, choice, self.on)
        if decision.winner is None:
            return replace(chosen, mediators=())
        refs = tuple(party.ref for party in file.parties)
        presiding = appoint(
            around.card(decision.winner), Role.PRESIDING, Selection.CHOSEN, refs, self.on, self.disclosure
        )
        assisting = tuple(
            appoint(around.card(pool_no), Role.ASSISTING, Selection.DESIGNATED, (), self.on, self.disclosure)
            for pool_no in self.assisting
        )
        loop = looped(file, self.on, "选定", around.actor_name, presiding.name)
        return replace(
            chosen,
            mediators=(presiding, *assisting),
            recorder=self.recorder or file.recorder,
            closed_loop=loop,
        )

    def sentence(self, file: CaseFile) -> str:
        """Who won and by which marks."""
        why = decide(self.candidates, self.marks).why
        return f"各方选定{file.presiding.name}主持：{why}" if file.presiding else f"一轮选择没有结果：{why}"


@record
class Designate:
    """指派: the body names the mediator when the parties find no common name; they may accept (LR-6)."""

    title: ClassVar[str] = "指派调解员"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE
    allowed: ClassVar[frozenset[State]] = CHOOSABLE

    on: date
    presiding: str
    accepted_by: tuple[str, ...] = ()
    assisting: tuple[str, ...] = ()
    disclosure: str = ""
    recorder: Recorder | None = None

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Appoint; an earlier round without a result stays on file."""
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
        chosen = _overtake(file, choice, self.on)
        return replace(
            chosen, mediators=tuple(team), recorder=self.recorder or file.recorder, closed_loop=loop
        )

    def sentence(self, file: CaseFile) -> str:
        """Who was named and who accepted."""
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
