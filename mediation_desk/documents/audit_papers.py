"""``AuditPapers``: the closing sheet of a day and lists of the audit trail on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.closing import Day
from mediation_desk.audit.reading import EntryQuery, Line
from mediation_desk.audit.service import AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, all_crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import audit_list, closing_sheet
from mediation_desk.documents.service import Format, folder_for, print_papers, render
from mediation_desk.shared.clock import Clock, local_day


class AuditPapers:
    """Each print stands in the trail before the paper is written."""

    def __init__(self, audit: AuditService, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def preview_closing_sheet(self, actor: Actor, on: date | None = None) -> bytes:
        """The PDF of the sheet as the day stands now."""
        (paper,) = self._closing(actor, self._audit.day(actor, on))
        return render(paper, "pdf")

    def closing_sheet(
        self, actor: Actor, formats: Sequence[Format], folder: Path, on: date | None = None
    ) -> tuple[Path, ...]:
        """Write the sheet of a day, by default today's; its code is kept as an anchor as well."""
        papers = self._closing(actor, self._audit.close(actor, on))
        folder_for(folder)
        return print_papers(papers, formats, folder)

    def note_closing(self, actor: Actor, on: date | None = None) -> None:
        """A sheet leaves the desk: an entry, and an anchor beside the one on the sheet."""
        self._audit.close(actor, on)

    def preview_entries(self, actor: Actor, query: EntryQuery, about: str) -> bytes:
        """The PDF of :meth:`entries`."""
        (paper,) = self._papers(actor, about, self._audit.lines(actor, query))
        return render(paper, "pdf")

    def entries(
        self, actor: Actor, query: EntryQuery, about: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write what a review shows."""
        lines = self._audit.lines(actor, query)
        self.note_entries(actor, len(lines))
        folder_for(folder)
        return print_papers(self._papers(actor, about, lines), formats, folder)

    def note_entries(self, actor: Actor, count: int | None = None) -> None:
        """A list of the trail leaves the desk."""
        actor.require(Permission.AUDIT_READ)
        self._audit.note(actor, "audit.print", count=count)

    def _closing(self, actor: Actor, day: Day) -> tuple[Paper, ...]:
        papers = closing_sheet.compose(read_centre().name, day)
        return all_crossed(papers, Printer(actor=actor, at=self._clock()))

    def _papers(self, actor: Actor, about: str, lines: Sequence[Line]) -> tuple[Paper, ...]:
        on = local_day(self._clock())
        papers = audit_list.compose(read_centre().name, about, lines, on, self._audit.standing())
        return all_crossed(papers, Printer(actor=actor, at=self._clock()))
