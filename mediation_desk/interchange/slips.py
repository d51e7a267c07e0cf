"""``Slips``: deadlines on paper and in a calendar file, for one case or for a span of days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import EXPORT, PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.deadlines.model import DueLine
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import deadline_slip
from mediation_desk.documents.service import Format, print_papers, render
from mediation_desk.interchange.calendar import calendar
from mediation_desk.shared.errors import StorageError
from mediation_desk.shared.files import atomic_write


class Slips:
    """What is shown is what is printed; no person is named, cases go by number or code."""

    def __init__(self, deadlines: DeadlineService, audit: AuditService) -> None:
        self._deadlines = deadlines
        self._audit = audit

    def preview_case(self, actor: Actor, key: str) -> bytes:
        """The PDF of the slip of one case."""
        return render(self._of_case(actor, key), "pdf")

    def write_case(self, actor: Actor, key: str, formats: Sequence[Format], folder: Path) -> tuple[Path, ...]:
        """Write the slip of one case into ``folder``."""
        paper = self._of_case(actor, key)
        self._audit.note(actor, PRINT, case_key=key, form="deadline_slip")
        return _written(paper, formats, folder)

    def preview_days(self, actor: Actor, first: date | None, last: date) -> bytes:
        """The PDF of everything due from ``first`` (None: also what is late) to ``last``."""
        return render(self._of_days(actor, first, last), "pdf")

    def write_days(
        self, actor: Actor, first: date | None, last: date, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write that list into ``folder``."""
        paper = self._of_days(actor, first, last)
        self._audit.note(actor, PRINT, form="deadline_list")
        return _written(paper, formats, folder)

    def write_case_calendar(self, actor: Actor, key: str, folder: Path) -> tuple[Path, ...]:
        """The open deadlines of one case as a calendar file."""
        lines = self._deadlines.lines_of_case(actor, key)
        self._audit.note(actor, EXPORT, case_key=key, form="deadlines.ics", count=len(lines))
        return _saved(lines, folder / f"期限-{key}.ics")

    def write_calendar(self, actor: Actor, first: date | None, last: date, folder: Path) -> tuple[Path, ...]:
        """Everything due in these days as a calendar file."""
        lines = self._deadlines.between(actor, first, last)
        self._audit.note(actor, EXPORT, form="deadlines.ics", count=len(lines))
        return _saved(lines, folder / f"期限-至{last.isoformat()}.ics")

    def _of_case(self, actor: Actor, key: str) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        lines = self._deadlines.lines_of_case(actor, key)
        name = next((line.number for line in lines if line.number), None) or key
        paper = deadline_slip.of_case(lines, name, self._deadlines.local_today)
        return crossed(paper, Printer(actor=actor, at=self._audit.now))

    def _of_days(self, actor: Actor, first: date | None, last: date) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        lines = self._deadlines.between(actor, first, last)
        paper = deadline_slip.of_days(lines, first, last, self._deadlines.local_today, read_centre().name)
        return crossed(paper, Printer(actor=actor, at=self._audit.now))


def _written(paper: Paper, formats: Sequence[Format], folder: Path) -> tuple[Path, ...]:
    _make(folder)
    return print_papers((paper,), formats, folder)


def _saved(lines: Sequence[DueLine], path: Path) -> tuple[Path, ...]:
    _make(path.parent)
    try:
        atomic_write(path, calendar(line for line in lines if not line.held))
    except OSError as error:
        raise StorageError(f"写不进“{path}”：{error.strerror}。") from error
    return (path,)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error
