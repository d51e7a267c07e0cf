"""A report against today: which figures moved, by which cases, and the form that books it as a correction."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.organisations import table as organisations
from mediation_desk.statistics.submitting.hiding import outside_told
from mediation_desk.statistics.submitting.model import Booked, CaseChange, CellChange, Difference, Submission
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.statistics.page import TheseCases
from ui.screens.statistics.submission_rows import CASES, CELLS, period_words
from ui.screens.statistics.submission_words import SubmissionKeeper
from ui.screens.work.keeping import Words
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel

_LINES = 7


class SubmissionDetail(Card):
    """``booked`` after a correction was kept; ``opened(TheseCases)`` asks for the cases that moved a figure."""

    booked = Signal()
    opened = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("报送之后的变化", parent=parent)
        self.setObjectName("submissions.detail")
        self.context = context
        self._found: Difference | None = None
        self._may = True
        self.state = PlainLabel(wrap=True)
        self.state.setObjectName("submissions.state")
        self.cells: RecordTable[CellChange] = RecordTable(
            "变了的数", CELLS, key=lambda one: (one.table, one.row, one.column), sortable=False, parent=self
        )
        self.cases: RecordTable[CaseChange] = RecordTable(
            "变了的案件", CASES, key=lambda one: one.case_key, sortable=False, parent=self
        )
        self.reason = TextField("例如 结案日登记错误", longest=500)
        self.reason_field = Field("更正的理由", self.reason, name="reason", required=True)
        self._keeper = SubmissionKeeper(context, "", lambda: {"reason": self.reason.text()}, self)
        self.reason.edited.connect(self._keeper.note)
        self.book_button = primary("登记更正", self.book)
        self.kept = PlainLabel(wrap=True, tone=Tone.QUIET)
        for name, widget in (
            ("cells", self.cells),
            ("cases", self.cases),
            ("correction", self.reason),
            ("book", self.book_button),
            ("corrections", self.kept),
        ):
            widget.setObjectName(f"submissions.{name}")
        for item in (self.state, self.cells, self.cases, self.reason_field):
            self.add(item)
        self.add(row(None, self.book_button))
        self.add(self.kept)
        self.cases.chosen.connect(lambda one: context.open_case(one.case_key))
        self.cells.chosen.connect(self._on_cell_chosen)
        self.clear()

    def allow(self, *, may: bool) -> None:
        """Whether corrections can be booked here."""
        self._may = may

    def clear(self) -> None:
        """Nothing is marked."""
        self._found = None
        self.hide()

    def wait(self, one: Submission) -> None:
        """Another report is being compared."""
        if self._found is None or self._found.submission.id != one.id:
            self._keeper.turn_to(f"correction:{one.id}")
            self.reason.set_value("")
            if self._may:
                self._keeper.begin(self._put)
            self.state.setText(f"正在比较{period_words(one.period)}……")

    def show_fault(self, sentence: str) -> None:
        """The report is not what was reported, or cannot be read."""
        self._found = None
        self.show()
        self._show_parts((), (), sentence, Tone.SEAL)

    def show_difference(self, found: Difference) -> None:
        """Show what moved."""
        self._found = found
        self.show()
        words = [f"{period_words(found.submission.period)}（第{found.submission.no}次报送）"]
        if found.cells or found.cases:
            words.append(
                f"{len(found.cells)}个数、{len(found.cases)}件案件有变化，{len(found.pending)}件待登记更正"
            )
            if number := sum(one.pending and one.table == organisations.CODE for one in found.cells):
                words.append(f"表一{number}个数待登记更正")
        else:
            words.append("报送之后没有变化，校验无误")
        if found.outside:
            words.append(outside_told(found.outside))
        if found.rules_changed:
            words.append("统计口径后来改过，按报送时的口径比较")
        if found.facts_changed:
            words.append("来源、地区的认定规则后来改过，没有改动的案件也可能变化")
        tone = Tone.SEAL if found.unbooked else Tone.DONE
        self._show_parts(found.cells, found.cases, "，".join(words) + "。", tone)
        self.kept.setText(
            "\n".join(
                f"更正{one.no}　{one.at.astimezone():%Y-%m-%d %H:%M}　{one.display_name}　{one.reason}"
                f"（{len(one.cases) + one.outside}件，{len(one.cells)}个数）"
                for one in found.corrections
            )
        )
        self.kept.setVisible(bool(found.corrections))

    def book(self) -> None:
        """Keep what moved as a correction."""
        found, services, reason = self._found, self.context.services, self.reason.value()
        if found is None:
            return
        self.book_button.set_busy(True)
        self.context.desk.command(
            lambda: services.submissions.book_correction(services.actor, found.submission, reason),
            self._on_booked,
            self._on_refused,
            touches=Changes.of(Topic.STATISTICS),
            owner=self,
        )

    def _put(self, words: Words) -> None:
        if not self.reason.text():
            self.reason.set_value(str(words.get("reason", "")))

    def _show_parts(
        self, cells: tuple[CellChange, ...], cases: tuple[CaseChange, ...], sentence: str, tone: Tone
    ) -> None:
        self.state.setText(sentence)
        self.state.set_tone(tone)
        self.cells.show_records(cells)
        self.cases.show_records(cases)
        for table, number in ((self.cells, len(cells)), (self.cases, len(cases))):
            table.setVisible(bool(number))
            table.setFixedHeight(table.content_height(min(number, _LINES)))
        pending = self._may and self._found is not None and self._found.unbooked
        self.reason_field.setVisible(pending)
        self.book_button.setVisible(pending)

    def _on_cell_chosen(self, cell: CellChange) -> None:
        """The only case behind a figure is opened, several are listed."""
        if len(cell.cases) == 1:
            self.context.open_case(cell.cases[0])
        elif cell.cases:
            words = f"引起变化的案件　{cell.row}　{cell.name}"
            self.opened.emit(TheseCases(keys=cell.cases, words=words))

    def _on_booked(self, made: Booked) -> None:
        self.book_button.set_busy(False)
        self.reason.set_value("")
        self._keeper.drop()
        self.context.say(
            f"已登记更正{made.no}：{len(made.cases)}件案件，{len(made.cells)}个数。", Kind.SUCCESS
        )
        self.booked.emit()

    def _on_refused(self, error: BaseException) -> bool:
        self.book_button.set_busy(False)
        if isinstance(error, InputError | RuleError):
            self.reason_field.set_error(error.message)
            self.reason.setFocus()
            return True
        return False
