"""One line of a `RowsField`: the editors of one entry and the bin that takes it away."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ui.fields.check_field import CheckField
from ui.theme import theme
from ui.widgets.buttons import IconButton
from ui.widgets.plain import PlainLabel, plain_tooltip
from ui.widgets.wrapping import WrappingRow


@dataclass(frozen=True, slots=True)
class Cell:
    """One value of an entry: ``key`` is the attribute of the record, ``width`` in desk pixels."""

    key: str
    word: str
    make: Callable[[], Any]
    width: int
    stretch: int = 0
    required: bool = False


class Line(QWidget):
    """The editors of one entry."""

    def __init__(self, cells: tuple[Cell, ...]) -> None:
        super().__init__()
        self._cells = cells
        self.editors: dict[str, Any] = {cell.key: cell.make() for cell in cells}
        self._labels = [PlainLabel(cell.word, role="label") for cell in cells]
        self._above_bin = PlainLabel(" ", role="label")
        self.bin = IconButton("remove", "删去这一行")
        self.locked, self.touched = False, False
        row = WrappingRow(gap=8, line_gap=4)
        for cell, label in zip(cells, self._labels, strict=True):
            row.add(self._boxed(cell, label), cell.width, cell.stretch)
        row.add(_stacked(self._above_bin, self.bin), 32)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(row)

    def name(self, prefix: str, place: int) -> None:
        """Names for tests, the tour and screen readers; they follow the place."""
        for cell in self._cells:
            editor = self.editors[cell.key]
            editor.setObjectName(f"{prefix}.{place}.{cell.key}")
            editor.setAccessibleName(f"第{place + 1}行{cell.word}{'（必填）' if cell.required else ''}")
        self.bin.setObjectName(f"{prefix}.{place}.remove")
        self.bin.setAccessibleName(f"删去第{place + 1}行")

    def show_labels(self, shown: bool) -> None:
        """The words stand over the first line only."""
        for label in (*self._labels, self._above_bin):
            label.setVisible(shown)

    def lock(self) -> None:
        """An entry that stays as it is."""
        self.locked = True
        self.bin.hide()
        for editor in self.editors.values():
            editor.setEnabled(False)

    def is_blank(self) -> bool:
        """Whether nobody has touched it: a choice that merely stands there says nothing."""
        typed = any(
            editor.text().strip() for editor in self.editors.values() if isinstance(editor, QLineEdit)
        )
        return not self.touched and not typed

    def touch(self) -> None:
        """Something was typed or chosen here."""
        self.touched = True

    def values(self) -> dict[str, Any]:
        """What stands in the line."""
        return {key: editor.value() for key, editor in self.editors.items()}

    def _boxed(self, cell: Cell, label: PlainLabel) -> QWidget:
        editor = self.editors[cell.key]
        if isinstance(editor, QLineEdit):
            editor.setMinimumWidth(0)
            if not editor.placeholderText():
                editor.setPlaceholderText(cell.word)
        if not isinstance(editor, CheckField):
            plain_tooltip(editor, cell.word)
        return _stacked(label, editor)


def _stacked(label: PlainLabel, editor: QWidget) -> QWidget:
    box = QWidget()
    stack = QVBoxLayout(box)
    stack.setContentsMargins(0, 0, 0, 0)
    stack.setSpacing(theme().px(3))
    stack.addWidget(label)
    stack.addWidget(editor)
    return box
