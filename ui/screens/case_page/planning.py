"""Planning a session; moving, adjourning and cancelling one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.calendar.queue import waits
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.openness import closed_because
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.rearranging import AdjournSession, CancelSession, MoveSession
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.arrangement import Consent, Subject
from mediation_desk.hearings.model import Session, SessionMode
from mediation_desk.shared.errors import InputError
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.arranging import TimedForm
from ui.screens.case_page.editors import PartyPick, TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.text import paragraph

_USUAL_START = time(9, 30)


class PlanForm(TimedForm):
    """Day, time, room, mode, open or closed; the last day of the period stands beside it."""

    code = "session"
    usual_verb = "安排好了"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "安排调解", self.usual_verb)
        self.place_fields()
        self._public = self.check_box("公开进行", "public")
        self._closed = paragraph("", Tone.QUIET)
        self._closed.setObjectName("session.closed")
        self._agreed = self.field("同意公开的当事人", "open_agreed", PartyPick())
        self.add(self._public)
        self.add(self._closed)
        self.add(self._agreed)
        self.override_fields()
        self.finish()
        self._public.toggled.connect(lambda _on: self._show_openness())
        self.order(
            self.date.editor, self.start.editor, self.until.editor, self._mode.editor, self.room.editor,
            self.place.editor, self._free, self._public, *self._agreed.editor.boxes(), self.override.editor,
        )  # fmt: skip

    def fields_beside_the_time(self) -> Sequence[QWidget]:
        """How they meet."""
        self._mode = self.field("方式", "mode", ChoiceField(SessionMode))
        return (self._mode,)

    def subject(self, view: CaseView) -> object:
        """Each session is planned anew."""
        return view.file.case_key, len(view.file.sessions)

    def refresh_choices(self, view: CaseView) -> None:
        """The centre's rooms, and the parties."""
        super().refresh_choices(view)
        self._agreed.editor.offer([(party.ref, party.name) for party in view.file.parties])
        due = last_due_on(view.file)
        self.remark.setText(f"调解期限到 {day(due)}" if due else "")

    def prefill(self, view: CaseView) -> None:
        """Today or the day of acceptance, or the day and way that were wished for; the usual time, the first room."""
        wish = view.file.beside.waiting if waits(view.file) else None
        days = [view.today, view.file.intake.accepted_on, *(s.date for s in view.file.sessions)]
        on = max(one for one in (*days, wish.earliest if wish else None) if one)
        first = view.centre.rooms[0].code if view.centre.rooms else ""
        self.show_place(on, _USUAL_START, None, first, "")
        self._mode.editor.set_value(wish.mode if wish and wish.mode else SessionMode.ON_SITE)
        self._public.setChecked(False)
        self._agreed.editor.set_value(())
        self._show_openness()

    def steps(self) -> Sequence[Step]:
        """One `PlanSession`."""
        on, start = self.moment()
        mode = self._mode.editor.value() or SessionMode.ON_SITE
        agreed = self._agreed.editor.value() if self._public.isChecked() else ()
        plan = PlanSession(
            date=on,
            start=start,
            until=self.until.editor.value(),
            room=self.room_code(),
            place=self.place.editor.value() if not self.room_code() else "",
            mode=mode,
            public=self._public.isChecked(),
            consents=tuple(
                Consent(about=Subject.OPEN, by=ref, agreed=True, on=self.page.view.today) for ref in agreed
            ),
            override_reason=self.override_reason(),
        )
        return (plan,)

    def _show_openness(self) -> None:
        view = self.page.view
        grounds = closed_because(view.file, self.date.editor.value() or view.today)
        told = "；".join(f"{one.why}（{one.basis}）" for one in grounds)
        if grounds:
            self._closed.setText(f"默认不公开：{told}。公开须每一方同意并记录。")
        else:
            self._closed.setText("默认不公开；没有当事人反对的，可以公开、允许旁听（若干规定第二十九条）。")
        self._agreed.setVisible(self._public.isChecked())


class OneSessionForm:
    """Mixin of forms about one planned session, the next one unless the tab names another."""

    no = 0

    def chosen(self, view: CaseView) -> Session | None:
        """The session it is about."""
        waiting = [session for session in view.file.sessions if not session.held]
        named = next((session for session in waiting if session.no == self.no), None)
        return named or (waiting[0] if waiting else None)

    def demand(self, view: CaseView) -> Session:
        """The same; raises ``InputError`` when there is none."""
        session = self.chosen(view)
        if session is None:
            raise InputError("没有已经安排、还没有记录的调解会。")
        return session


class MoveForm(OneSessionForm, TimedForm):
    """Another day, time or room; from and to are kept with the reason."""

    code = "shift"
    usual_verb = "改期"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "改期、换地点", self.usual_verb)
        self.place_fields()
        self._reason = self.field("原因", "reason", TextField("例如 被申请人出差"), required=True)
        self.add(self._reason)
        self.override_fields()
        self.finish()

    def subject(self, view: CaseView) -> object:
        """The session as it stands."""
        return view.file.case_key, self.chosen(view)

    def prefill(self, view: CaseView) -> None:
        """As it stands."""
        session = self.chosen(view)
        self._reason.editor.set_value("")
        if session is None:
            return
        kept = view.file.beside.arrangement(session.no)
        self.remark.setText(
            f"{ordinal(session.no)}　{day(session.date)} {session.start:%H:%M} {session.place}"
        )
        self.show_place(session.date, session.start, kept.until, kept.room, session.place)

    def steps(self) -> Sequence[Step]:
        """One `MoveSession`."""
        on, start = self.moment()
        moved = MoveSession(
            no=self.demand(self.page.view).no,
            reason=self._reason.editor.value(),
            date=on,
            start=start,
            until=self.until.editor.value(),
            room=self.room_code(),
            place=self.place.editor.value() if not self.room_code() else "",
            override_reason=self.override_reason(),
        )
        return (moved,)


class AdjournForm(OneSessionForm, TimedForm):
    """A session that has begun goes on another time."""

    code = "adjourn"
    usual_verb = "休会"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "休会，改日继续", self.usual_verb)
        self._at = self.field("休会的时间", "at", TimeField(), required=True)
        self._reason = self.field("原因", "reason", TextField("例如 待补充票据"), required=True)
        self._later = self.field("继续的时间", "later", CheckField("另行安排"))
        self.line(self._at, self._reason)
        self.line(self._later, None)
        self.place_fields()
        self.override_fields()
        self.finish()
        self._later.editor.toggled.connect(lambda _on: self._show_times())

    def subject(self, view: CaseView) -> object:
        """The session as it stands."""
        return view.file.case_key, self.chosen(view)

    def prefill(self, view: CaseView) -> None:
        """The same time and place; the day is to be written."""
        session = self.chosen(view)
        self._reason.editor.set_value("")
        self._at.editor.set_value(None)
        self._later.editor.set_value(False)
        if session is None:
            return
        kept = view.file.beside.arrangement(session.no)
        self.remark.setText(
            f"{ordinal(session.no)}　{day(session.date)} {session.start:%H:%M} {session.place}"
        )
        self.show_place(max(session.date, view.today), session.start, None, kept.room, session.place)
        self._show_times()

    def steps(self) -> Sequence[Step]:
        """One `AdjournSession`."""
        no, at = self.demand(self.page.view).no, self._at.editor.value()
        if at is None:
            raise InputError("请写明休会的时间。", field="at")
        reason = self._reason.editor.value()
        if self._later.editor.value():
            return (AdjournSession(no=no, at=at, reason=reason),)
        on, start = self.moment()
        stop = AdjournSession(
            no=no,
            at=at,
            reason=reason,
            date=on,
            start=start,
            until=self.until.editor.value(),
            room=self.room_code(),
            place=self.place.editor.value() if not self.room_code() else "",
            override_reason=self.override_reason(),
        )
        return (stop,)

    def _show_times(self) -> None:
        later = self._later.editor.value()
        for widget in (self.date, self.start, self.until, self.room, self._free):
            widget.setVisible(not later)
        self.place.setVisible(not later and not self.room_code())
        self._taken.setVisible(not later and bool(self._taken.text()))


class CancelForm(OneSessionForm, StepForm):
    """The reason is kept beside the file and in the diary."""

    code = "cancel"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "取消这次安排", "取消这次调解会")
        self._reason = self.field("原因", "reason", TextField("例如 被申请人出差，改期"), required=True)
        self.add(self._reason)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """The planned session."""
        session = self.chosen(view)
        return view.file.case_key, session.no if session else 0

    def prefill(self, view: CaseView) -> None:
        """Empty."""
        session = self.chosen(view)
        self.remark.setText(f"{ordinal(session.no)}　{day(session.date)}" if session else "")
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `CancelSession`."""
        return (CancelSession(no=self.demand(self.page.view).no, reason=self._reason.editor.value()),)
