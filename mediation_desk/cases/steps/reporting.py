"""上报: a danger is told at once to whoever must know (LR-9, 人民调解法 art. 25)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Risk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around, looped
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.text import canonical


@record
class ReportRisk:
    """Who was told of which danger, and when. A danger seen only now is noted with its report.

    Without ``kind`` the one danger that was not reported yet is meant.
    """

    title: ClassVar[str] = "上报"
    permission: ClassVar[Permission] = Permission.ORDER_ANSWER
    transition: ClassVar[Transition] = NOTE

    on: date
    to: str
    kind: str = ""
    note: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Note the report. Raises ``RuleError`` for a danger that was reported already."""
        to = canonical(self.to, "向谁上报", multiline=False, longest=80).strip()
        if not to:
            raise InputError("请写明向谁上报（人民调解法第二十五条）。", field="to")
        kind = canonical(self.kind, "什么情况", multiline=False, longest=80).strip() or _only(file)
        known = [risk for risk in file.beside.risks if risk.kind == kind]
        waiting = next((risk for risk in known if risk.reported_on is None), None)
        if known and waiting is None:
            told = known[-1]
            day = cn_date(told.reported_on) if told.reported_on else ""
            raise RuleError(f"“{kind}”已于{day}向{told.reported_to}上报。", rule="LR-9")
        if waiting is not None and self.on < waiting.noted_on:
            raise InputError(f"上报的日期早于发现的日期{cn_date(waiting.noted_on)}。", field="on")
        seen = waiting or Risk(kind=kind, noted_on=self.on, noted_by=around.actor_name)
        note = self.note.strip() or seen.note
        told = replace(seen, reported_to=to, reported_on=self.on, note=note)
        risks = tuple(told if risk is waiting else risk for risk in file.beside.risks)
        return replace(
            file,
            beside=replace(file.beside, risks=risks if waiting is not None else (*risks, told)),
            closed_loop=looped(file, self.on, "上报", around.actor_name, f"{kind}，向{to}上报"),
        )

    def sentence(self, file: CaseFile) -> str:
        """What and to whom."""
        told = [risk for risk in file.beside.risks if risk.reported_to == self.to.strip()]
        kind = self.kind.strip() or (told[-1].kind if told else "")
        return f"“{kind}”向{self.to.strip()}上报"


def _only(file: CaseFile) -> str:
    waiting = [risk.kind for risk in file.beside.risks if risk.reported_on is None]
    if len(waiting) != 1:
        known = f"，没有上报的有{'、'.join(waiting)}" if waiting else ""
        raise InputError(f"请写明上报什么情况{known}。", field="kind")
    return waiting[0]
