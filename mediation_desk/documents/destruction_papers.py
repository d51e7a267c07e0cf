"""``DestructionPapers``: the list of a destruction as a form to be signed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.destroying.service import DestructionService
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import destruction_list
from mediation_desk.documents.service import Format, folder_for, print_papers, render


class DestructionPapers:
    """What is shown is what is printed."""

    def __init__(self, destruction: DestructionService, audit: AuditService) -> None:
        self._destruction = destruction
        self._audit = audit

    def preview(self, actor: Actor, number: int) -> bytes:
        """The PDF of :meth:`write`."""
        return render(self._paper(actor, number), "pdf")

    def write(self, actor: Actor, number: int, formats: Sequence[Format], folder: Path) -> tuple[Path, ...]:
        """Write the list. Raises ``InputError`` for an unknown number, ``StorageError``."""
        actor.require(Permission.DOCUMENT_PRINT)
        paper = self._paper(actor, number)
        self._audit.note(actor, PRINT, form="destruction_list", list=number)
        folder_for(folder)
        return print_papers((paper,), formats, folder)

    def _paper(self, actor: Actor, number: int) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        paper = destruction_list.compose(read_centre().name, self._destruction.find(actor, number))
        return crossed(paper, Printer(actor=actor, at=self._audit.now))
