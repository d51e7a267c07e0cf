"""调解: sessions held and planned; the forms to plan, to record and to cancel."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.lifecycle import IN_ROOM, State
from ui.screens.case_page.planning import CancelForm, PlanForm
from ui.screens.case_page.recording import RecordForm
from ui.screens.case_page.session_card import session_card
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import SUCCESSFUL, CaseView
from ui.widgets.buttons import button
from ui.widgets.empty_state import EmptyState
from ui.widgets.layout import boxed, clear, column, row


class SessionsTab(Tab):
    """The planned session with its form on top, those held beneath, the newest first."""

    code = "sessions"
    papers = ("record", "rights")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self.plan = PlanForm(page)
        self.record = RecordForm(page)
        self.cancel = CancelForm(page)
        self._planned = column(gap=12)
        self._held = column(gap=12)
        self._empty = EmptyState("选定调解员之后，在这里安排和记录每一次调解。", symbol="session")
        self._more = button("再安排一次调解", lambda: self.start("plan"), symbol="calendar")
        self._more.setObjectName("sessions.more")
        self._board = button("打开议事板", self._open_board, symbol="session")
        self._board.setObjectName("sessions.board")
        self._drop = button("取消这次安排", lambda: self.start("cancel"))
        self._drop.setObjectName("sessions.drop")
        self._table = boxed(row(self._board, None))
        self._ways = boxed(row(self._more, self._drop, None))
        self.body.addWidget(self._empty)
        self.body.addLayout(self._planned)
        for widget in (self._table, self.plan, self.record, self.cancel, self._ways):
            self.body.addWidget(widget)
        self.body.addLayout(self._held)
        self.body.addStretch(1)
        for form in (self.plan, self.record, self.cancel):
            form.hide()
            form.given_up.connect(self._on_given_up)
            form.done.connect(form.hide)

    def show_case(self, view: CaseView) -> None:
        """Sessions as they are on file; a form that is being written stays open."""
        planned = view.planned
        for form in (self.plan, self.record, self.cancel):
            form.settle(view)
        clear(self._planned)
        clear(self._held)
        if planned is not None:
            self._planned.addWidget(session_card(planned, view))
        for session in reversed(view.file.sessions):
            if session.held:
                card = session_card(session, view)
                card.opened.connect(lambda part: self.page.show_stored("record", part))
                self._held.addWidget(card)
        in_room = view.state in IN_ROOM
        self.plan.setVisible(
            (self.plan.isVisibleTo(self) and in_room and planned is None) or view.state is State.PREPARING
        )
        self.record.setVisible(
            planned is not None and view.state is State.MEDIATING and not self.cancel.isVisibleTo(self)
        )
        if planned is None:
            self.cancel.hide()
        self._more.setVisible(in_room and planned is None and not self.plan.isVisibleTo(self))
        self._more.set_caption("再安排一次调解" if view.last_result in SUCCESSFUL else "安排下一次调解")
        self._drop.setVisible(planned is not None and not self.cancel.isVisibleTo(self))
        may_mediate = self.page.context.services.actor.can(Permission.CASE_MEDIATE)
        self._table.setVisible(planned is not None and may_mediate)
        self._ways.setVisible(self._more.isVisibleTo(self._ways) or self._drop.isVisibleTo(self._ways))
        self._empty.setVisible(not view.file.sessions and not in_room)
        if view.file.outcome is not None:
            self._empty.set_sentence("本案没有开过调解会。")

    def start(self, form: str) -> None:
        """``plan``, ``record`` or ``cancel``."""
        forms = {"plan": self.plan, "record": self.record, "cancel": self.cancel}
        wanted = forms.get(form)
        view = self.page.view
        allowed = view.state in IN_ROOM and (view.planned is None) == (form == "plan")
        if wanted is None or not allowed:
            return
        for other in forms.values():
            other.setVisible(other is wanted)
        self.show_case(view)
        wanted.focus_first()

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        return self.plan.primary() or self.record.primary() or self.cancel.primary()

    def show_paper(self) -> None:
        """The record being written, otherwise the last one on file."""
        if self.record.isVisibleTo(self) and self.record.is_dirty():
            self.record.show_draft_paper()
        else:
            super().show_paper()

    def _open_board(self) -> None:
        planned = self.page.view.planned
        if planned is not None:
            self.page.context.open_screen("board", f"{self.page.view.file.case_key}#{planned.no}")

    def _on_given_up(self) -> None:
        for form in (self.plan, self.cancel):
            form.hide()
        self.show_case(self.page.view)
