"""``AccountPapers``: the sheet with the recovery code. It is never kept in the folder of papers."""

from __future__ import annotations

from mediation_desk.access.accounts.recovery_code import grouped, typed_code
from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.forms import recovery_sheet
from mediation_desk.documents.service import render
from mediation_desk.shared.clock import Clock, local_day


class AccountPapers:
    """The code is handed in by whoever was just told it: the program does not know it any more."""

    def __init__(self, audit: AuditService, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def recovery_sheet(self, actor: Actor, code: str) -> bytes:
        """The sheet as a PDF, to be printed at once. Raises ``InputError`` for what is no code."""
        actor.require(Permission.ACCOUNT_MANAGE)
        whole = grouped(typed_code(code))
        (paper,) = recovery_sheet.compose(read_centre().name, whole, local_day(self._clock()))
        self._audit.note(actor, PRINT, form="recovery_sheet")
        return render(crossed(paper, Printer(actor=actor, at=self._clock())), "pdf")
