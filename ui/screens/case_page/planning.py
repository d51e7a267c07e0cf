"""Planning a session, and cancelling one that was not held."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import time

from mediation_desk.cases.calendar.queue import waits
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.steps.hearing import CancelSession, PlanSession
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.model import SessionMode
from mediation_desk.shared.errors import BookedError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.text import paragraph

_USUAL_START = time(9, 30)
ELSEWHERE = "其他地点……"


class PlanForm(StepForm):
    """Day, time, room, mode; the last day of the period stands beside it."""

    code = "session"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "安排调解", "安排好了")
        self._date = self.field("日期", "date", DateField(), required=True)
        self._start = self.field("开始", "start", TimeField(), required=True)
        self._mode = self.field("方式", "mode", ChoiceField(SessionMode))
        room: ChoiceField[str] = ChoiceField((ELSEWHERE,))
        self._room = self.field("地点", "room", room)
        self._place = self.field("在哪里", "place", TextField("例如 锦园小区3号楼现场"), required=True)
        self._public = self.check_box("公开进行", "public")
        self.line(self._date, self._start, self._mode, None)
        self.line(self._room, self._place)
        self.add(self._public)
        self._booked = paragraph("", Tone.SOON)
        self._booked.setObjectName("session.booked")
        self._override = self.field(
            "仍按此安排的理由（留在记录里）",
            "override_reason",
            TextField("例如 各方已同意先后进行"),
            required=True,
        )
        self.add(self._booked)
        self.add(self._override)
        self.finish()
        self._date.editor.edited.connect(self._forget_booking)
        self._start.editor.edited.connect(self._forget_booking)
        self._room.editor.currentIndexChanged.connect(lambda _place: self._show_place())

    def subject(self, view: CaseView) -> object:
        """Each session is planned anew."""
        return view.file.case_key, len(view.file.sessions)

    def refresh_choices(self, view: CaseView) -> None:
        """The centre's rooms."""
        self._room.editor.set_values((*view.centre.rooms, ELSEWHERE))
        due = last_due_on(view.file)
        self.remark.setText(f"调解期限到 {day(due)}" if due else "")

    def prefill(self, view: CaseView) -> None:
        """Today or the day of acceptance, or the day and way that were wished for; the usual time, the first room."""
        wish = view.file.beside.waiting if waits(view.file) else None
        days = [view.today, view.file.intake.accepted_on, *(s.date for s in view.file.sessions)]
        self._date.editor.set_value(max(one for one in (*days, wish.earliest if wish else None) if one))
        self._mode.editor.set_value(wish.mode if wish and wish.mode else SessionMode.ON_SITE)
        self._start.editor.set_value(_USUAL_START)
        self._room.editor.setCurrentIndex(0)
        self._place.editor.set_value("")
        self._public.setChecked(False)
        self._show_place()
        self._forget_booking()

    def steps(self) -> Sequence[Step]:
        """One `PlanSession`."""
        on, start, mode = self._date.editor.value(), self._start.editor.value(), self._mode.editor.value()
        room = self._room.editor.value()
        place = self._place.editor.value() if room in (ELSEWHERE, None) else str(room)
        if on is None or start is None or mode is None or not place:
            raise InputError("请写明日期、时间和地点。", field="date")
        plan = PlanSession(
            date=on,
            start=start,
            place=place,
            mode=mode,
            public=self._public.isChecked(),
            override_reason=self._override.editor.value() if self._override.isVisibleTo(self) else "",
        )
        return (plan,)

    def _on_failed(self, error: BaseException) -> bool:
        """A double booking is told with what it clashes with; with a reason it can be arranged all the same."""
        if not isinstance(error, BookedError):
            return super()._on_failed(error)
        self.submit_button.set_busy(False)
        self._booked.setText(error.message)
        self._booked.show()
        self._override.show()
        self.submit_button.set_caption("仍按此安排")
        self.page.bring_into_view(self._override)
        self._override.editor.setFocus()
        return True

    def _forget_booking(self) -> None:
        self._booked.hide()
        self._override.hide()
        self._override.editor.set_value("")
        self.submit_button.set_caption("安排好了")

    def _show_place(self) -> None:
        self._place.setVisible(self._room.editor.value() in (ELSEWHERE, None))


class CancelForm(StepForm):
    """The reason goes into the diary."""

    code = "cancel"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "取消这次安排", "取消这次调解会")
        self._reason = self.field("原因", "reason", TextField("例如 被申请人出差，改期"), required=True)
        self.add(self._reason)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """The planned session."""
        return view.file.case_key, view.planned.no if view.planned else 0

    def prefill(self, view: CaseView) -> None:
        """Empty."""
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `CancelSession`."""
        planned = self.page.view.planned
        if planned is None:
            raise InputError("没有可以取消的安排。")
        return (CancelSession(no=planned.no, reason=self._reason.editor.value()),)
