"""``AuditPapers``: the closing sheet of a day and lists of the audit trail on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.reading import EntryQuery, Line
from mediation_desk.audit.service import AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import audit_list, closing_sheet
from mediation_desk.documents.service import Format, folder_for, print_papers
from mediation_desk.shared.clock import Clock, local_day


class AuditPapers:
    """Each print stands in the trail before the paper is written."""

    def __init__(self, audit: AuditService, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def closing_sheet(
        self, actor: Actor, formats: Sequence[Format], folder: Path, on: date | None = None
    ) -> tuple[Path, ...]:
        """Write the sheet of a day, by default today's."""
        papers = closing_sheet.compose(read_centre().name, self._audit.day(actor, on))
        folder_for(folder)
        return print_papers(papers, formats, folder)

    def entries(
        self, actor: Actor, query: EntryQuery, about: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write what a review shows."""
        actor.require(Permission.AUDIT_READ)
        lines = self._audit.lines(actor, query)
        papers = self._papers(about, lines)
        self._audit.note(actor, "audit.print", count=len(lines))
        folder_for(folder)
        return print_papers(papers, formats, folder)

    def _papers(self, about: str, lines: Sequence[Line]) -> tuple[Paper, ...]:
        anchor = self._audit.anchor("审计记录")
        return audit_list.compose(read_centre().name, about, lines, local_day(self._clock()), anchor)
