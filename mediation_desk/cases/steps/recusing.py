"""A request that a mediator step down, and the ruling on it (T-7, domain.md §1.6)."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.sittings import only_held
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import SEAT, Transition
from mediation_desk.experts.model import ChoiceRound, Recusal, RecusalGround, RecusalResult, Role
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record

ENDED_BY = "回避申请准许"


@record
class DecideRecusal:
    """决定回避: who asked, on what ground, and what was decided on the day ``on``."""

    title: ClassVar[str] = "决定回避"
    permission: ClassVar[Permission] = Permission.CASE_DECIDE
    transition: ClassVar[Transition] = SEAT

    by: str
    requested_on: date
    mediator: str
    ground: RecusalGround
    detail: str
    decided_by: str
    on: date
    result: RecusalResult

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put request and ruling on file; a granted one vacates the seat and takes off what was only planned."""
        seated = next((m for m in file.mediators if m.pool_no == self.mediator), None)
        if seated is None:
            raise RuleError("申请回避的对象不是本案现任调解员。", rule="LR-17")
        for field, text, missing in (
            ("detail", self.detail, "请写明申请回避的理由。"),
            ("decided_by", self.decided_by, "请写明由谁决定。"),
        ):
            if not text.strip():
                raise InputError(missing, field=field)
        recusal = Recusal(
            by=self.by,
            on=self.requested_on,
            mediator=self.mediator,
            ground=self.ground,
            detail=self.detail,
            decided_by=self.decided_by,
            decided_on=self.on,
            result=self.result,
        )
        told = replace(file, recusals=(*file.recusals, recusal))
        if self.result is RecusalResult.DENIED:
            return told
        loop = looped(told, self.on, "回避", around.actor_name, f"{seated.name}回避")
        return replace(_vacated(told, seated.role, self), closed_loop=loop)

    def sentence(self, file: CaseFile) -> str:
        """Who asked, and the ruling."""
        return f"{file.name_of(self.by)}申请{self.mediator}号调解员回避（{self.ground}）：{self.result}"


def _vacated(file: CaseFile, role: Role, ruling: DecideRecusal) -> CaseFile:
    """Without the recused mediator; when the presiding one goes, the choice that brought the team is history."""
    left = tuple(m for m in file.mediators if m.pool_no != ruling.mediator)
    if role is not Role.PRESIDING:
        return replace(file, mediators=left)
    history = file.selection_history
    if file.selection is not None:
        history = (
            *history,
            ChoiceRound(
                **asdict(file.selection),
                round=len(history) + 1,
                on=min(m.selected_on for m in file.mediators),
                ended_on=ruling.on,
                ended_by=ENDED_BY,
            ),
        )
    return replace(only_held(file), mediators=(), selection=None, selection_history=history)
