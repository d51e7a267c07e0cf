"""调解: sessions held and planned; the forms to plan, move, adjourn, cancel, invite and record."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import IN_ROOM, State
from mediation_desk.hearings.model import Session
from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.adding import AddForm
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.inviting import GuestForm
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.planning import AdjournForm, CancelForm, MoveForm, PlanForm
from ui.screens.case_page.recording import RecordForm
from ui.screens.case_page.remote.panel import RemotePanel
from ui.screens.case_page.session_card import session_card
from ui.screens.case_page.summoning import NoticePanel
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import SUCCESSFUL, CaseView
from ui.screens.case_page.waiting import WaitingPanel
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import clear, column
from ui.widgets.wrapping import WrappingRow


class SessionsTab(Tab):
    """The planned sessions with their forms on top, those held beneath, the newest first."""

    code = "sessions"
    papers = ("record", "summons", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.plan = PlanForm(page)
        self.record = RecordForm(page)
        self.cancel = CancelForm(page)
        self.adding = AddForm(page)
        self.remote = RemotePanel(page, self)
        self.move_form = MoveForm(page)
        self.adjourn = AdjournForm(page)
        self.guest = GuestForm(page)
        self._forms: dict[str, StepForm] = {
            "plan": self.plan,
            "record": self.record,
            "cancel": self.cancel,
            "move": self.move_form,
            "adjourn": self.adjourn,
            "guest": self.guest,
        }
        self.notices = NoticePanel(page)
        self.waiting = WaitingPanel(page)
        self._planned = column(gap=12)
        self._held = column(gap=12)
        self._empty = EmptyState("选定调解员之后，在这里安排和记录每一次调解。", symbol="session")
        self._more = button("再安排一次调解", lambda: self.start("plan"), symbol="calendar")
        self._more.setObjectName("sessions.more")
        self._which: ChoiceField[Session] = ChoiceField((), word=_named)
        self._which.setObjectName("sessions.which")
        self._which.setAccessibleName("哪一次调解")
        self._board = button("打开议事板", self._open_board, symbol="session")
        self._board.setObjectName("sessions.board")
        self._shift = button("改期", lambda: self.start("move"))
        self._shift.setObjectName("sessions.move")
        self._stop = button("休会", lambda: self.start("adjourn"))
        self._stop.setObjectName("sessions.adjourn")
        self._invite = button("邀请参加", lambda: self.start("guest"))
        self._invite.setObjectName("sessions.guest")
        self._drop = button("取消这次安排", lambda: self.start("cancel"))
        self._drop.setObjectName("sessions.drop")
        self._ways = WrappingRow(gap=8)
        for way in (
            self._board,
            self._which,
            self._invite,
            self._shift,
            self._stop,
            self._drop,
            self._more,
            self.waiting.way,
        ):
            self._ways.add(way)
        self.body.addWidget(self._empty)
        self.body.addLayout(self._planned)
        self.body.addWidget(self._ways)
        for form in self._forms.values():
            if form is not self.record:
                self.body.addWidget(form)  # beneath the button that opens it
        self._inner = column(gap=12)
        self.body.addLayout(self._inner)
        for widget in (self.record, self.remote, self.notices, self.adding, self.waiting):
            self._inner.addWidget(widget)
        self.body.addLayout(self._held)
        self.body.addStretch(1)
        for form in (*self._forms.values(), self.adding):
            form.hide()
            form.given_up.connect(self._on_given_up)
            form.done.connect(form.hide)
        self._which.edited.connect(self._on_another)

    def show_case(self, view: CaseView) -> None:
        """Sessions as they are on file; a form that is being written stays open."""
        self.remote.show_case(view)
        waiting = [session for session in view.file.sessions if not session.held]
        self._which.set_values(waiting)
        self._point_forms()
        for form in (*self._forms.values(), self.adding):
            form.settle(view)
        self.notices.show_case(view)
        self.waiting.show_case(view)
        clear(self._planned)
        clear(self._held)
        for session in waiting:
            self._planned.addWidget(session_card(session, view))
        for session in reversed(view.file.sessions):
            if session.held:
                card = session_card(session, view)
                card.opened.connect(lambda part: self.page.show_stored("record", part))
                card.adding.connect(self._on_adding)
                self._held.addWidget(card)
        self._show_forms(view, waiting)
        self._settle_order(view, waiting)
        self._empty.setVisible(not view.file.sessions and view.state not in IN_ROOM)
        if view.file.outcome is not None:
            self._empty.set_sentence("本案没有开过调解会。")

    def start(self, form: str) -> None:
        """Open one of the forms, if the case is at that point; ``summon``, ``wait``, or one of the remote session."""
        if form == "summon" and self.notices.isVisibleTo(self):
            self.notices.start()
        elif form == "wait" and self.waiting.isVisibleTo(self):
            self.waiting.start(form)
        if self.remote.start(form):
            return
        wanted, view = self._forms.get(form), self.page.view
        possible = view.state in IN_ROOM and (form == "plan" or view.planned is not None)
        if wanted is None or not possible:
            return
        for other in self._forms.values():
            other.setVisible(other is wanted)
        self.show_case(view)
        wanted.focus_first()

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        panels = (self.remote.primary(), self.notices.primary(), self.waiting.primary())
        asked = (*(form.primary() for form in self._forms.values()), self.adding.primary(), *panels)
        return next((found for found in asked if found is not None), None)

    def show_paper(self) -> None:
        """The record being written, otherwise the last one on file."""
        if self.record.isVisibleTo(self) and (self.record.is_dirty() or self.record.has_board):
            self.record.show_draft_paper()
        else:
            super().show_paper()

    def _show_forms(self, view: CaseView, waiting: list[Session]) -> None:
        in_room = view.state in IN_ROOM
        self.plan.setVisible((self.plan.isVisibleTo(self) and in_room) or view.state is State.PREPARING)
        about_one = (self.cancel, self.move_form, self.adjourn, self.guest)
        for form in about_one:
            form.setVisible(form.isVisibleTo(self) and bool(waiting))
        busy = any(form.isVisibleTo(self) for form in (self.plan, *about_one))
        self.record.setVisible(bool(waiting) and view.state is State.MEDIATING and not busy)
        self._more.setVisible(in_room and not self.plan.isVisibleTo(self))
        self._more.set_caption(
            "再安排一次调解" if view.last_result in SUCCESSFUL or waiting else "安排下一次调解"
        )
        for way in (self._shift, self._stop, self._invite, self._drop):
            way.setVisible(bool(waiting) and in_room)
        may_mediate = self.page.context.services.actor.can(Permission.CASE_MEDIATE)
        self._board.setVisible(bool(waiting) and in_room and may_mediate)
        self._which.setVisible(len(waiting) > 1)
        ways = (self._more, self.waiting.way)
        self._ways.setVisible((in_room and bool(waiting)) or any(way.isVisibleTo(self._ways) for way in ways))

    def _settle_order(self, view: CaseView, waiting: list[Session]) -> None:
        """What is next comes first: notices before the day of the session, from that day on its record."""
        ahead = bool(waiting) and waiting[0].date > view.today
        wanted = 2 if ahead else 0
        first = self.body.indexOf(self.plan)
        above = self.body.indexOf(self._ways) < first
        if above is not bool(waiting):  # nothing is arranged yet: arranging comes before the other ways
            self.body.removeWidget(self._ways)
            self.body.insertWidget(self.body.indexOf(self.plan) + (not waiting), self._ways)
        if self._inner.indexOf(self.record) != wanted:
            self._inner.removeWidget(self.record)
            self._inner.insertWidget(wanted, self.record)

    def _point_forms(self) -> None:
        chosen = self._which.value()
        for form in (self.cancel, self.move_form, self.adjourn, self.guest):
            form.no = chosen.no if chosen is not None else 0

    def _on_another(self) -> None:
        self._point_forms()
        self.show_case(self.page.view)

    def _open_board(self) -> None:
        chosen = self._which.value() or self.page.view.planned
        if chosen is not None:
            self.page.context.open_screen("board", f"{self.page.view.file.case_key}#{chosen.no}")

    def _on_given_up(self) -> None:
        for form in (*self._forms.values(), self.adding):
            form.hide()
        self.show_case(self.page.view)

    def _on_adding(self, session_no: int) -> None:
        self.adding.about(session_no)
        self.adding.show()
        self.adding.focus_first()


def _named(session: Session) -> str:
    return ordinal(session.no)
