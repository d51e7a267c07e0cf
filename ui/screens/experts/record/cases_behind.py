"""The cases behind one figure of a mediator; Enter or a double click opens one."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.shared.record import record
from mediation_desk.statistics.mediators.model import CaseLine, MediatorFigure
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import show_day
from ui.screens.base import Context
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.text import heading, small

_EMPTY = "这一项没有案件。"
_WIDE = 600
_LETTER, _MARGIN, _WIDEST = 14, 26, 122


@record
class Behind:
    """A case and what it brought to the figure."""

    line: CaseLine
    counted: bool
    note: str


class CasesBehind(QWidget):
    """``left()`` when the user goes back to the figures. A share can be narrowed to its numerator or the rest."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._figure: MediatorFigure | None = None
        self._lines: tuple[CaseLine, ...] = ()
        self._wide = False
        self.back = link("返回", self.left.emit, symbol="left")
        self._name, self._definition = heading(""), small(wrap=True)
        self.part: ChoiceField[str] = ChoiceField(())
        self.table: RecordTable[Behind] = RecordTable(
            "案件", _columns(None, wide=False), key=lambda behind: behind.line.case_key, empty=_EMPTY
        )
        named: dict[str, tuple[QWidget, str]] = {
            "back": (self.back, "返回各项数字"),
            "part": (self.part, "看哪一部分案件"),
            "table": (self.table, "这一项的案件"),
        }
        for code, (widget, words) in named.items():
            widget.setObjectName(f"figures.cases.{code}")
            widget.setAccessibleName(words)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addLayout(row(self.back, None))
        for widget in (self._name, self._definition, self.part):
            stack.addWidget(widget)
        stack.addWidget(self.table, 1)
        stack.addWidget(small("回车或双击打开案件"))
        self.part.edited.connect(self._narrow)
        self.table.chosen.connect(self._on_chosen)

    def show_figure(self, figure: MediatorFigure) -> None:
        """Read and show the cases behind ``figure``; the same figure read again keeps part and row."""
        again = self._figure is not None and self._figure.code == figure.code
        self._figure = figure
        self._name.setText(f"{figure.name}　{figure.text}")
        self._definition.setText(f"{figure.definition}。")
        self._offer_parts(figure, max(self.part.currentIndex(), 0) if again else 0)
        if not again:
            self._lines = ()
            self._arrange()
            self.table.set_empty("正在读取……" if figure.cases else _EMPTY)
        services = self._context.services
        self._context.desk.query(
            lambda: services.statistics.cases_behind(services.actor, figure.cases),
            lambda lines: self._show(figure, lines),
            owner=self,
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A page has room for more columns than the pane."""
        super().resizeEvent(event)
        if self._wide != (self.width() >= theme().px(_WIDE)):
            self._arrange()
            self._narrow()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape and Backspace go back."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Backspace):
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def _arrange(self) -> None:
        self._wide = self.width() >= theme().px(_WIDE)
        self.table.set_columns(_columns(self._figure, wide=self._wide))

    def _offer_parts(self, figure: MediatorFigure, chosen: int) -> None:
        rest = len(figure.denominator) - len(figure.numerator)
        parts = (
            f"{figure.denominator_name}：{len(figure.denominator)} 件",
            f"{figure.numerator_name}：{len(figure.numerator)} 件",
            f"其余：{rest} 件",
        )
        self.part.set_values(parts if figure.numerator_name else ())
        self.part.setCurrentIndex(chosen if figure.numerator_name else -1)
        self.part.setVisible(bool(figure.numerator_name))

    def _show(self, figure: MediatorFigure, lines: tuple[CaseLine, ...]) -> None:
        if figure is self._figure:
            self._lines = lines
            self.table.set_empty(_EMPTY)
            self._narrow()

    def _narrow(self) -> None:
        figure = self._figure
        if figure is None:
            return
        inside = set(figure.numerator)
        every = (
            Behind(line=line, counted=counted, note=_note(figure, line.case_key, counted=counted))
            for line in self._lines
            for counted in (line.case_key in inside,)
        )
        place = self.part.currentIndex()
        self.table.show_records(tuple(one for one in every if place < 1 or one.counted == (place == 1)))
        if self.table.current() is None and self.table.records.rowCount():
            self.table.selectRow(0)

    def _on_chosen(self, behind: object) -> None:
        if isinstance(behind, Behind):
            self._context.open_case(behind.line.case_key)


def _columns(figure: MediatorFigure | None, *, wide: bool) -> tuple[Column[Behind], ...]:
    """The matter and how it ended, then what it brought to the figure; a page has room for day and number."""
    shown: list[Column[Behind]] = [
        Column("纠纷", lambda behind: behind.line.title, explain=_explained),
        Column("结果", _ended, width=88, tone=_tone),
    ]
    if figure is not None and (figure.notes or figure.numerator_name):
        word = "说明" if figure.notes else figure.numerator_name.removesuffix("的")
        letters = max(len(word), *map(len, figure.notes.values())) if figure.notes else len(word)
        width = min(_LETTER * letters + _MARGIN, _WIDEST)
        shown.append(Column(word, lambda behind: behind.note, width=width, tone=_tone))
    if wide:
        shown.append(Column("办结", lambda behind: _day(behind.line), width=112))
        shown.append(Column("编号", lambda behind: behind.line.number or "—", width=218, optional=True))
    return tuple(shown)


def _note(figure: MediatorFigure, key: str, *, counted: bool) -> str:
    if figure.notes:
        return figure.notes.get(key, "—")
    return ("是" if counted else "否") if figure.numerator_name else ""


def _tone(behind: Behind) -> Tone:
    return Tone.INK if behind.counted else Tone.QUIET


def _ended(behind: Behind) -> str:
    line = behind.line
    return line.result.value if line.result else line.state.value


def _day(line: CaseLine) -> str:
    return line.concluded_on.isoformat() if line.concluded_on else "—"


def _explained(behind: Behind) -> str:
    line = behind.line
    ended = f"{show_day(line.concluded_on)}办结" if line.concluded_on else "还没有办结"
    return f"{line.title}\n{line.number or '还没有编号'}\n{line.category.value}，{ended}"
