"""报送: periods that were reported, what moved since, and the corrections of it."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.statistics.submitting.model import Difference, OutOfStep, Submission
from ui.screens.base import Context
from ui.screens.statistics.reported_tables import ReportedTables
from ui.screens.statistics.submission_detail import SubmissionDetail
from ui.screens.statistics.submission_form import SubmissionForm
from ui.screens.statistics.submission_rows import SUBMISSIONS, period_words
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.layout import column
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel

_LINES = 5


class SubmissionsPage(QWidget):
    """The list, the form to report a period, what became of the report that is marked in the list, and its tables.

    Object names begin with ``submissions.``; whoever mounts it calls `refresh` when cases or statistics changed.
    ``opened(Sought)``: somebody wants the cases behind a figure, as they were reported, or as they moved it.
    """

    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.table: RecordTable[Submission] = RecordTable(
            "已报送的统计期间",
            SUBMISSIONS,
            key=lambda one: one.id,
            empty="还没有报送过统计期间。",
            sortable=False,
            parent=self,
        )
        self.table.setObjectName("submissions.list")
        self.table.setMinimumHeight(self.table.content_height(_LINES))
        self.form = SubmissionForm(context, self)
        self.detail = SubmissionDetail(context, self)
        self.year = PlainLabel(wrap=True, tone=Tone.SEAL)
        self.year.setObjectName("submissions.year")
        self.year.hide()
        listed = Card("已报送", flush=True, remark="报送后的数不再变动，之后的变化登记为更正", parent=self)
        listed.add(self.table)
        self.reported = ReportedTables(context, self)
        self.setLayout(column(self.form, listed, self.year, self.detail, self.reported, gap=12))
        self.table.moved.connect(self._on_moved)
        self.form.submitted.connect(self._on_submitted)
        self.detail.booked.connect(self.refresh)
        self.detail.opened.connect(self.opened)
        self.reported.opened.connect(self.opened)
        may = context.services.actor.can(Permission.STATISTICS_SUBMIT)
        self.form.setVisible(may)
        if may:
            self.form.recall()
        self.detail.allow(may=may)

    def refresh(self) -> None:
        """Read the list, and what is marked in it."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.submissions.listed(services.actor), self._show, owner=self, slot="list"
        )

    def _show(self, listed: tuple[Submission, ...]) -> None:
        self.table.show_records(listed)
        self.form.know(listed)
        if self.table.current() is None and listed:
            self.table.selectRow(0)
        else:
            self._on_moved(self.table.current())

    def _on_moved(self, one: object) -> None:
        if not isinstance(one, Submission):
            self.detail.clear()
            self.reported.show_submission(None)
            return
        self.reported.show_submission(one)
        services, day = self.context.services, one.period.last

        def read() -> tuple[Difference, tuple[OutOfStep, ...]]:
            found = services.submissions.difference(services.actor, one)
            return found, services.submissions.year(services.actor, day)

        self.detail.wait(one)
        self.context.desk.query(read, self._show_difference, self._on_broken, owner=self, slot="one")

    def _show_difference(self, found: tuple[Difference, tuple[OutOfStep, ...]]) -> None:
        difference, year = found
        self.detail.show_difference(difference)
        self.year.setText("\n".join(f"{one.rule}：{one.message}" for one in year))
        self.year.setVisible(bool(year))

    def _on_broken(self, error: BaseException) -> bool:
        message = getattr(error, "message", "")
        self.detail.show_fault(message)
        return bool(message)

    def _on_submitted(self, one: Submission) -> None:
        self.context.say(
            f"{period_words(one.period)}已报送，第{one.no}次，共{one.cases}件案件。", Kind.SUCCESS
        )
        self.refresh()
