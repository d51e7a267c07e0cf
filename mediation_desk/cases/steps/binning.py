"""The bin: a whole case with all that hangs on it is put away, and can be put back; nothing is destroyed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.beside import Binned
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import PUT_IN_BIN, TAKE_OUT, Transition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class PutInBin:
    """移入回收站: out of every list and count, e.g. because the same dispute was registered twice."""

    title: ClassVar[str] = "移入回收站"
    permission: ClassVar[Permission] = Permission.CASE_BIN
    transition: ClassVar[Transition] = PUT_IN_BIN

    reason: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Mark the file; its numbers stay in their series, voided. Raises ``InputError`` without a reason."""
        if not self.reason.strip():
            raise InputError("请写明移入回收站的理由。", field="reason")
        if around.choosing(file):
            raise RuleError("各方正在选择调解员，请先中止这一轮，再移入回收站。", rule="回收站")
        reason = self.reason.strip()
        binned = Binned(on=around.today, by=around.actor_name, reason=reason)
        after = replace(file, beside=replace(file.beside, binned=binned))
        around.settle_numbers(file, after, f"移入回收站：{reason}")
        return after

    def sentence(self, file: CaseFile) -> str:
        """Why."""
        return f"移入回收站：{self.reason.strip()}"


@record
class TakeOut:
    """放回: the case is there again as it was, under its old number.

    Planned sessions take their mediators' time again: where that is taken by now the database refuses, unless
    ``override_reason`` lets them overlap, as when a session is planned.
    """

    title: ClassVar[str] = "放回"
    permission: ClassVar[Permission] = Permission.CASE_BIN
    transition: ClassVar[Transition] = TAKE_OUT

    override_reason: str = ""

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Take the mark away. Raises ``RuleError`` when the case is not in the bin."""
        if file.beside.binned is None:
            raise RuleError("案件不在回收站里。", rule="回收站")
        if reason := self.override_reason.strip():
            for session in file.sessions:
                if not session.held:
                    around.let_overlap(file, session.no, reason)
        after = replace(file, beside=replace(file.beside, binned=None))
        around.settle_numbers(file, after, "")
        return after

    def sentence(self, file: CaseFile) -> str:
        """That it is back."""
        return "从回收站放回"
