"""``Schedules``: the day on paper, for the door or for the desk, and sessions as calendar files."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import EXPORT, PRINT, AuditService
from mediation_desk.cases.calendar.model import SessionLine
from mediation_desk.cases.calendar.rooms import rooms_of
from mediation_desk.cases.calendar.service import CalendarService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import day_sheet
from mediation_desk.documents.service import Format, print_papers, render
from mediation_desk.interchange.session_events import session_events
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.files import atomic_write


class Schedules:
    """What is shown is what is printed."""

    def __init__(self, calendar: CalendarService, audit: AuditService) -> None:
        self._calendar = calendar
        self._audit = audit

    def preview_day(self, actor: Actor, day: date, *, public: bool = True) -> bytes:
        """The PDF of the day's list; the public one shows no full name."""
        return render(self._of_day(actor, day, public), "pdf")

    def write_day(
        self, actor: Actor, day: date, formats: Sequence[Format], folder: Path, *, public: bool = True
    ) -> tuple[Path, ...]:
        """Write that list into ``folder``."""
        paper = self._of_day(actor, day, public)
        self._audit.note(actor, PRINT, form="day_sheet", public=public)
        _make(folder)
        return print_papers((paper,), formats, folder)

    def write_calendar(self, actor: Actor, first: date, last: date, folder: Path) -> tuple[Path, ...]:
        """The planned sessions of these days as a calendar file for those who work here."""
        lines = [line for line in self._calendar.days(actor, first, last).sessions if not line.held]
        self._audit.note(actor, EXPORT, form="sessions.ics", count=len(lines))
        name = first.isoformat() if first == last else f"{first.isoformat()}至{last.isoformat()}"
        return _saved(lines, folder / f"调解会-{name}.ics", for_parties=False)

    def write_session(
        self, actor: Actor, key: str, no: int, on: date, folder: Path, *, for_parties: bool
    ) -> tuple[Path, ...]:
        """One planned session as a calendar file, named after the code of the case."""
        found = self._calendar.days(actor, on, on).sessions
        lines = [line for line in found if line.key == (key, no) and not line.held]
        if not lines:
            raise InputError("没有这次安排好的调解会，不能存成日历。")
        self._audit.note(actor, EXPORT, case_key=key, form="session.ics")
        whom = "当事人" if for_parties else "调解员"
        return _saved(lines, folder / f"调解会-{key}-第{no}次-{whom}.ics", for_parties=for_parties)

    def _of_day(self, actor: Actor, day: date, public: bool) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        centre = read_centre()
        lines = self._calendar.days(actor, day, day).sessions
        paper = day_sheet.compose(centre.name, day, lines, rooms_of(centre), public=public)
        return crossed(paper, Printer(actor=actor, at=self._audit.now))


def _saved(lines: Sequence[SessionLine], path: Path, *, for_parties: bool) -> tuple[Path, ...]:
    _make(path.parent)
    try:
        atomic_write(path, session_events(lines, for_parties=for_parties))
    except OSError as error:
        raise StorageError(f"写不进“{path}”：{error.strerror}。") from error
    return (path,)


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error
