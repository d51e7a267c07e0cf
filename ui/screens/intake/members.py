"""The members of a group: typed line by line, or pasted from a list, with their representatives ticked."""

from __future__ import annotations

from decimal import Decimal

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, Qt
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QVBoxLayout, QWidget

from mediation_desk.interchange.roll import RollRow
from mediation_desk.shared.money import figures
from ui.screens.intake.roll import Line, line_of, lines_of, taken_in
from ui.screens.intake.roll_model import AMOUNT, GENDER, ID_NO, NAME, PHONE, REPRESENTATIVE, RollModel
from ui.screens.intake.words import Words
from ui.theme import theme
from ui.tokens import ROW_HEIGHT, Tone
from ui.widgets.buttons import button
from ui.widgets.layout import row
from ui.widgets.text import paragraph, small

_WIDTHS = {NAME: 150, GENDER: 64, ID_NO: 210, PHONE: 140, AMOUNT: 130, REPRESENTATIVE: 84}
_NARROWEST = 72
_FEWEST_SHOWN, _MOST_SHOWN = 3, 8
_FEWEST, _MOST = 2, 5
_MOST_FAULTS = 12


class Members(QWidget):
    """A table, what it adds up to, and what is wrong with it; ``file_wanted(self)`` asks for a sheet to import."""

    edited = Signal()
    file_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.model = RollModel(self)
        self.table = RollTable(self.model)
        self._paste = button("粘贴名单", self.paste, symbol="copy")
        self._import = button("从表格导入", lambda: self.file_wanted.emit(self), symbol="paper")
        self._faults = paragraph(tone=Tone.SEAL)
        self._faults.hide()
        self._remove = button("去掉这一行", self._on_remove, symbol="remove")
        self._summary = small()
        hint = small("列可以是：姓名、身份证号、电话、金额，顺序不限")
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        stack.addLayout(row(self._paste, self._import, self._remove, hint, None))
        stack.addWidget(self.table)
        stack.addWidget(self._summary)
        stack.addWidget(self._faults)
        self.model.edited.connect(self._on_edited)
        self.table.pasted.connect(self.paste)
        self._settle()

    def name_as(self, prefix: str, who: str) -> None:
        """Stable and accessible names."""
        self.table.setObjectName(f"{prefix}.members")
        self.table.setAccessibleName(f"{who}成员名单")
        self._paste.setObjectName(f"{prefix}.paste")
        self._import.setObjectName(f"{prefix}.import")
        self._faults.setObjectName(f"{prefix}.faults")
        self._remove.setObjectName(f"{prefix}.remove_member")

    def words(self) -> list[dict[str, object]]:
        """The members in order."""
        return [line.words() for line in self.model.lines()]

    def show_words(self, members: tuple[Words, ...]) -> None:
        """Show these members."""
        self._show(tuple(line_of(words) for words in members))

    def count(self) -> int:
        """How many members there are."""
        return len(self.model.lines())

    def go_to(self, row_number: int) -> None:
        """Bring one member forward, for instance one with something wrong."""
        index = self.model.index(row_number, ID_NO)
        self.table.setCurrentIndex(index)
        self.table.scrollTo(index)
        self.table.setFocus()

    def paste(self) -> None:
        """Add the members of a list copied from a sheet."""
        pasted = lines_of(QGuiApplication.clipboard().text())
        if not pasted:
            self._summary.setText("剪贴板里没有名单：请先在表格里选中几行，复制，再来粘贴。")
            self._summary.set_tone(Tone.SOON)
            return
        known = {line.id_no for line in self.model.lines() if line.id_no}
        fresh = tuple(line for line in pasted if not line.id_no or line.id_no not in known)
        self._show((*self.model.lines(), *fresh))
        self.edited.emit()

    def take_in(self, rows: tuple[RollRow, ...]) -> None:
        """Add the members of a sheet; every row with something wrong is named."""
        fresh, faults = taken_in(rows, self.model.lines())
        self._show((*self.model.lines(), *fresh))
        shown = "；".join(faults[:_MOST_FAULTS])
        more = f"；另有{len(faults) - _MOST_FAULTS}行" if len(faults) > _MOST_FAULTS else ""
        self._faults.setText(f"表格里有{len(faults)}行要核对。{shown}{more}。" if faults else "")
        self._faults.setVisible(bool(faults))
        self.edited.emit()

    def _show(self, lines: tuple[Line, ...]) -> None:
        self.model.show_lines(lines)
        self._settle()

    def _on_remove(self) -> None:
        self.model.remove(self.table.currentIndex().row())

    def _on_edited(self) -> None:
        self._settle()
        self.edited.emit()

    def _settle(self) -> None:
        lines = self.model.lines()
        self.table.show_rows(min(max(len(lines) + 1, _FEWEST_SHOWN), _MOST_SHOWN))
        self._remove.setEnabled(bool(lines))
        sentence, tone = summary(lines)
        self._summary.setText(sentence)
        self._summary.set_tone(tone)


class RollTable(QTableView):
    """Ctrl+V pastes a list; Tab leaves; Space ticks a representative."""

    pasted = Signal()

    def __init__(self, model: RollModel) -> None:
        super().__init__()
        self.setModel(model)
        self._rows = _FEWEST_SHOWN
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(
            QAbstractItemView.EditTrigger.DoubleClicked
            | QAbstractItemView.EditTrigger.EditKeyPressed
            | QAbstractItemView.EditTrigger.AnyKeyPressed
        )
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
        self._scale()

    def show_rows(self, rows: int) -> None:
        """Be as high as ``rows`` rows."""
        self._rows = rows
        self._scale()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Paste the whole list; Enter begins to type."""
        if event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.edit(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Rows grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_rows"):
            self._scale()

    def _scale(self) -> None:
        px = theme().px
        for column, width in _WIDTHS.items():
            if column != NAME:
                self.setColumnWidth(column, px(width))
        self.horizontalHeader().setMinimumSectionSize(px(_NARROWEST))
        self.verticalHeader().setDefaultSectionSize(px(ROW_HEIGHT - 4))
        self.verticalHeader().setMinimumSectionSize(px(ROW_HEIGHT - 4))
        header = self.horizontalHeader().sizeHint().height()
        self.setFixedHeight(header + px(ROW_HEIGHT - 4) * self._rows + px(6))


def summary(lines: tuple[Line, ...]) -> tuple[str, Tone]:
    """``23 人，合计 268,500.00 元，代表人 3 名`` and what is wrong first."""
    if not lines:
        return "还没有成员。可以在上面的空行里写，或从表格里复制后粘贴。", Tone.QUIET
    total = sum((line.yuan() for line in lines), Decimal())
    chosen = sum(line.representative for line in lines)
    words = f"{len(lines)} 人，合计 {figures(total)} 元，代表人 {chosen} 名"
    wrong = next(((number, line.problem()) for number, line in enumerate(lines, 1) if line.problem()), None)
    if wrong is not None:
        return f"{words}；第 {wrong[0]} 行：{wrong[1]}。", Tone.SEAL
    if chosen and not _FEWEST <= chosen <= _MOST:
        return f"{words}；代表人应为二至五名。", Tone.SEAL
    return (words, Tone.DONE) if chosen else (f"{words}；请勾选二至五名代表人。", Tone.SOON)
