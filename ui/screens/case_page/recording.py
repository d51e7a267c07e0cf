"""The record of a session: who came and how, what was said, how it ended; the paper grows beside it.

With a board the text is composed from it, kept while it is edited, read back and frozen; without one it is typed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import time

from PySide6.QtCore import Qt, QTimer

from mediation_desk.cases.consenting import missing
from mediation_desk.cases.minutes.model import Composed, Minutes
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.arrangement import Subject
from mediation_desk.hearings.model import Attendance, Session, SessionResult
from mediation_desk.parties.model import Party
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.read_back import ReadBack
from ui.screens.case_page.record_source import RecordSource
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.layout import boxed, clear, column, row

ABSENT = "未到场"
_HOW = ("到场", "代理人到场", "本人及代理人到场", "远程视频", "代理人远程视频", ABSENT)
_PER_LINE = 3
_LONGEST = 100_000
"""Characters of a record: a day of talk on the board, line by line."""
_REST_MS = 200


class RecordForm(StepForm):
    """Rights are told before the first session (LR-16)."""

    code = "record"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "调解记录", "存为记录", cancel=False)
        self._people = column(gap=8)
        self._attendance: dict[str, Field[ChoiceField[str]]] = {}
        self._suggested: Composed | None = None
        self._end = self.field("结束", "end", TimeField(), required=True)
        self._result = self.field("结果", "result", ChoiceField(SessionResult))
        self._invited = self.field("邀请参加的人", "invited", TextField("几个人用顿号隔开"))
        self._rights = self.check_box("已向各方告知权利义务（首次调解前必须告知）", "rights")
        note = NoteField("各方怎么说，调解员做了什么，最后怎样", lines=8, longest=_LONGEST)
        self._record = self.field("记录", "record", note, required=True)
        self._rest = QTimer(self, singleShot=True, interval=_REST_MS)
        self._rest.timeout.connect(self._on_rest_timeout)
        self._source = RecordSource(page, note, self)
        self._read_back = ReadBack(page, self._source, self)
        self.add(boxed(self._people))
        self.add(self._rights)
        self.add(self._record)
        self.add(self._source)
        self.line(self._end, self._result, self._invited)
        self.add(self._read_back)
        self.finish()
        for told in (self._source.refused, self._read_back.refused):
            told.connect(self.show_error)

    def subject(self, view: CaseView) -> object:
        """The planned session, its end, the guests all parties agreed to, and whether the record comes from a board."""
        planned = view.planned
        if planned is None:
            return view.file.case_key, 0
        return (
            view.file.case_key,
            planned.no,
            view.file.beside.arrangement(planned.no),
            _agreed(view, planned.no),
            view.minutes is not None,
        )

    def prefill(self, view: CaseView) -> None:
        """What the board says; without one everybody there, guests all agreed to among them, nothing said yet."""
        planned, minutes = view.planned, view.minutes
        if planned is None:
            return
        self.remark.setText(f"{ordinal(planned.no)}　{planned.place}")
        kept = view.file.beside.arrangement(planned.no)
        usual = time(min(planned.start.hour + 2, 23), planned.start.minute)
        self._end.editor.set_value(kept.adjourned_at or kept.until or usual)
        self._result.editor.set_value(minutes.composed.result if minutes else SessionResult.TO_CONTINUE)
        guests = minutes.composed.invited if minutes else ()
        self._invited.editor.set_value("、".join(guests or _agreed(view, planned.no)))
        self._suggested = minutes.composed if minutes else None
        self._source.begin(minutes)
        if minutes is None:
            self._record.editor.set_value("")
        told = any(session.rights_notice_given for session in view.file.sessions)
        self._rights.setChecked(False)
        self._rights.setVisible(not told and minutes is None)
        self._show_people(view.file, minutes)

    def refresh_choices(self, view: CaseView) -> None:
        """Follow the board and what others wrote, without touching what is being typed."""
        minutes = view.minutes
        self.submit_button.set_caption("定稿" if minutes else "存为记录")
        self._source.follow(minutes)
        self._read_back.show_minutes(view.file, minutes)
        if minutes is not None:
            self._rights.setChecked(minutes.composed.rights_told)
            self._follow(minutes.composed)

    @property
    def has_board(self) -> bool:
        """Whether the text comes from a board."""
        return self._source.minutes is not None

    def focus_first(self) -> None:
        """Begin with who came."""
        self.page.bring_into_view(self)
        for field in self._attendance.values():
            field.editor.setFocus(Qt.FocusReason.TabFocusReason)
            return

    def typed(self) -> None:
        """Typed words show on the paper, and are kept; a long record is looked at when the keys rest."""
        if self.has_board:
            self._source.note()
            self._rest.start()
        else:
            self.show_draft_paper()

    def show_draft_paper(self) -> None:
        """The record as it would print now."""
        planned = self.page.view.planned
        if planned is None:
            return
        file = self.page.view.file
        held = self._written(planned)
        sessions = tuple(held if one.no == held.no else one for one in file.sessions)
        self.page.show_draft(replace(file, sessions=sessions), "record")

    def steps(self) -> Sequence[Step]:
        """One `RecordSession`."""
        return (self._step(),)

    def send(self) -> None:
        """Without a board the record is stored; with one it is frozen as it was read back."""
        if self._source.minutes is None:
            super().send()
            return
        step = self._step()
        self.submit_button.set_busy(True)
        self._source.freeze(step, self._on_done, self._on_failed)

    def show_error(self, error: object) -> None:
        """Show what was refused to the parts of this form."""
        if isinstance(error, BaseException):
            self._on_failed(error)

    def words(self) -> dict[str, object]:
        """Also who came; the text of a record with a board is kept with its session."""
        words = {**super().words(), "rights": self._rights.isChecked()}
        if self._source.minutes is not None:
            words.pop("record", None)
        return words

    def put_words(self, words: dict[str, object]) -> None:
        """Also the tick."""
        super().put_words(words)
        self._rights.setChecked(bool(words.get("rights")))

    def _follow(self, now: Composed) -> None:
        """Who came in and what was accepted since; what was chosen by hand stays."""
        before, self._suggested = self._suggested, now
        if before is None or before.session_no != now.session_no:
            return
        if self._result.editor.value() is before.result:
            self._result.editor.set_value(now.result)
        if self._invited.editor.value() == "、".join(before.invited):
            self._invited.editor.set_value("、".join(now.invited))
        for ref, field in self._attendance.items():
            was, how = _how(before, ref), _how(now, ref)
            if was != how and field.editor.value() in (was, _HOW[0]):
                field.editor.set_values(_offered(how, self._party(ref)))
                field.editor.set_value(how)

    def _on_rest_timeout(self) -> None:
        self._source.tell()
        self._read_back.settle()
        self.show_draft_paper()

    def _party(self, ref: str) -> Party | None:
        return self.page.view.file.party(ref)

    def _step(self) -> RecordSession:
        planned = self.page.view.planned
        end, result = self._end.editor.value(), self._result.editor.value()
        if planned is None or end is None or result is None:
            raise InputError("请写明结束时间。", field="end")
        if self._rights.isVisibleTo(self) and not self._rights.isChecked():
            raise InputError("首次调解前须告知权利义务；告知以后请勾选上面一行，再存记录。")
        written = self._written(planned)
        return RecordSession(
            no=planned.no,
            end=end,
            attendees=written.attendees,
            absent=written.absent,
            invited=written.invited,
            rights_notice_given=written.rights_notice_given,
            record=written.record,
            result=result,
        )

    def _written(self, planned: Session) -> Session:
        how = {ref: field.editor.value() or ABSENT for ref, field in self._attendance.items()}
        invited = self._invited.editor.value().replace("，", "、").replace(",", "、").split("、")
        return replace(
            planned,
            end=self._end.editor.value(),
            attendees=tuple(Attendance(ref=ref, how=word) for ref, word in how.items() if word != ABSENT),
            absent=tuple(ref for ref, word in how.items() if word == ABSENT),
            invited=tuple(name.strip() for name in invited if name.strip()),
            rights_notice_given=self._rights.isChecked(),
            record=self._record.editor.value(),
            result=self._result.editor.value(),
        )

    def _show_people(self, file: CaseFile, minutes: Minutes | None) -> None:
        for ref in self._attendance:
            self.fields.pop(f"how.{ref}", None)
        clear(self._people)
        self._attendance = {}
        for first in range(0, len(file.parties), _PER_LINE):
            line = row(gap=12)
            for party in file.parties[first : first + _PER_LINE]:
                how = _how(minutes.composed, party.ref) if minutes else ""
                choice: ChoiceField[str] = ChoiceField(_offered(how, party))
                choice.set_value(how)
                self._attendance[party.ref] = self.field(party.name, f"how.{party.ref}", choice)
                line.addWidget(self._attendance[party.ref], 1)
            self._people.addLayout(line)
        editors = [field.editor for field in self._attendance.values()]
        rest = (self._end, self._result, self._invited)
        own = (*self._source.widgets(), *(field.editor for field in rest), *self._read_back.widgets())
        self.order(*editors, self._rights, self._record.editor, *own)


def _agreed(view: CaseView, no: int) -> tuple[str, ...]:
    """Guests of the session whom every party agreed to."""
    coming = (guest.called for guest in view.file.beside.guests_of(no))
    return tuple(called for called in coming if missing(view.file, Subject.GUEST, called) == ((), ()))


def _how(composed: Composed, ref: str) -> str:
    """How this party attends as the board has it; "" while the board has seen nobody."""
    seen = {seat.ref: seat.how for seat in composed.attendees}
    return ABSENT if ref in composed.absent else seen.get(ref, "")


def _offered(how: str, party: Party | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*([how] if how else []), *_ways(party))))


def _ways(party: Party | None) -> tuple[str, ...]:
    if party is not None and party.is_group:
        number = len(party.representatives)
        return (f"代表人{number}人到场", f"代表人{number}人远程", ABSENT)
    return _HOW
