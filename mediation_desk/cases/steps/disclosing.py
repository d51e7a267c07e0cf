"""A mediator discloses what might make the parties doubt (LR-17, 特邀调解规定 art. 15)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import SEAT, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class Disclose:
    """披露: the words of one mediator, as they stand in the papers of the case."""

    title: ClassVar[str] = "披露"
    permission: ClassVar[Permission] = Permission.CASE_MEDIATE
    transition: ClassVar[Transition] = SEAT

    mediator: str
    text: str
    on: date

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put the words to the mediator's appointment."""
        if all(one.pool_no != self.mediator for one in file.mediators):
            raise RuleError("披露的人不是本案现任调解员。", rule="LR-17")
        if not self.text.strip():
            raise InputError("请写明披露的内容；没有需要披露的情形，也请写明。", field="text")
        return replace(
            file,
            mediators=tuple(
                replace(one, disclosure=self.text) if one.pool_no == self.mediator else one
                for one in file.mediators
            ),
        )

    def sentence(self, file: CaseFile) -> str:
        """Who disclosed."""
        name = next((one.name for one in file.mediators if one.pool_no == self.mediator), self.mediator)
        return f"{name}向各方披露"
