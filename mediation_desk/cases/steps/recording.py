"""Adding to a record that is final (补记, T-9)."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Around
from mediation_desk.cases.transitions import NOTE, Transition
from mediation_desk.hearings.addition import Addition
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record


@record
class AddToRecord:
    """补记: what turned out later, with day and author; the record itself stays as it was read back."""

    title: ClassVar[str] = "补记"
    permission: ClassVar[Permission] = Permission.SESSION_RECORD
    transition: ClassVar[Transition] = NOTE

    session_no: int
    text: str

    def apply(self, file: CaseFile, around: Around) -> CaseFile:
        """Put it behind the additions there are. Raises ``InputError``, ``RuleError``."""
        session = next((one for one in file.sessions if one.no == self.session_no), None)
        if session is None:
            raise InputError(f"没有第{self.session_no}次调解会。", field="session_no")
        if not session.held:
            raise RuleError("这次调解会还没有记录，请写在记录里。", rule="T-9")
        if not self.text.strip():
            raise InputError("请写明补记的内容。", field="text")
        addition = Addition(
            no=len(file.beside.additions_to(self.session_no)) + 1,
            session_no=self.session_no,
            on=around.today,
            by=around.actor_name,
            text=self.text.strip(),
        )
        return replace(file, beside=replace(file.beside, additions=(*file.beside.additions, addition)))

    def sentence(self, file: CaseFile) -> str:
        """To which record; the words stand with it."""
        return f"第{self.session_no}次调解记录补记"
