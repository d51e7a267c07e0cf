"""What the columns of a sheet mean: recognised, to be corrected, and what to write where a column is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.interchange.sheets.columns import SheetColumn
from mediation_desk.interchange.sheets.table import column_letter
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.importing.kind import Staged
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.layout import boxed, clear, row, scrolling
from ui.widgets.text import line, small
from ui.widgets.wrapping import Wrapping

_FIELD = 128
_UNFOLDED = 144


class ColumnsPanel(QWidget):
    """``mapped(column, field)`` when a column is given another meaning, ``filled(field, text)`` for all rows."""

    mapped = Signal(int, str)
    filled = Signal(str, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.summary = line()
        self.summary.setObjectName("importing.columns")
        self.unfold: DeskButton = link("改对应关系", self._on_unfold)
        self.unfold.setObjectName("importing.unfold")
        self._fields = Wrapping(gap=12)
        self._choices = scrolling(boxed(self._fields), name="栏目的对应关系")
        self._choices.setFixedHeight(theme().px(_UNFOLDED))
        self._choices.hide()
        self._missing = QVBoxLayout()
        self._missing.setSpacing(theme().px(6))
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        stack.addLayout(row(self.summary, self.unfold, None))
        stack.addWidget(self._choices)
        stack.addLayout(self._missing)

    def show_staged(self, staged: Staged) -> None:
        """The columns as they are read now."""
        read, strange = len(staged.plan.mapping), staged.strange
        told = f"读{read}列"
        if strange:
            told += f"，没有读：{'、'.join(strange)}"
        self.summary.setText(told)
        self.summary.set_tone(Tone.SOON if strange else Tone.QUIET)
        clear(self._fields)
        titles = staged.plan.heading.titles
        shown = [place for place, title in enumerate(titles) if title or place in staged.plan.mapping]
        for place in shown:
            self._fields.add(self._choice(staged, place), _FIELD)
        self._show_missing(staged)

    def _choice(self, staged: Staged, place: int) -> Field[ChoiceField[str]]:
        columns = staged.columns
        title = staged.plan.heading.titles[place] or f"{column_letter(place)}列"
        editor: ChoiceField[str] = ChoiceField(
            tuple(columns.by_field), word=lambda field: columns.by_field[field].name, empty="不读"
        )
        editor.set_value(staged.plan.mapping.get(place))
        editor.setObjectName(f"importing.column.{place}")
        editor.edited.connect(lambda: self.mapped.emit(place, editor.value() or ""))
        return Field(title, editor)

    def _show_missing(self, staged: Staged) -> None:
        clear(self._missing)
        for field in staged.needed:
            self._missing.addLayout(self._fill(staged.columns.by_field[field]))

    def _fill(self, column: SheetColumn) -> QVBoxLayout:
        field, offered = column.field, column.offered
        editor: ChoiceField[str] | TextField
        editor = ChoiceField(offered) if offered else TextField(longest=100)
        editor.setObjectName(f"importing.fill.{field}")
        editor.setAccessibleName(f"{column.name}，每行都填")
        editor.setMinimumWidth(theme().px(200))
        do = button("每行都填", lambda: self.filled.emit(field, editor.value() or ""))
        do.setObjectName(f"importing.fill_all.{field}")
        made = QVBoxLayout()
        made.addLayout(row(small(f"表里没有“{column.name}”这一列，每行都是", Tone.SOON), editor, do, None))
        return made

    def _on_unfold(self) -> None:
        folded = self._choices.isHidden()
        self._choices.setVisible(folded)
        self.unfold.set_caption("收起" if folded else "改对应关系")
