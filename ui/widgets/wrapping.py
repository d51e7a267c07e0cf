"""A row that breaks into further rows when the window is narrow or the text large; nothing scrolls sideways."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget, QWidgetItem

from ui.theme import theme


@dataclass(slots=True)
class _Cell:
    item: QLayoutItem
    width: int
    stretch: int


class Wrapping(QLayout):
    """``add(widget, 210, 1)``: at least 210 desk pixels, with a share of what is left over in its row."""

    def __init__(self, *, gap: int = 8, line_gap: int = 6) -> None:
        super().__init__()
        self._cells: list[_Cell] = []
        self._gap, self._line_gap = gap, line_gap
        self.setContentsMargins(0, 0, 0, 0)

    def add(self, widget: QWidget, width: int = 0, stretch: int = 0) -> None:
        """Append ``widget``; width 0 means as wide as it wants to be."""
        self.addChildWidget(widget)
        self._cells.append(_Cell(QWidgetItem(widget), width, stretch))
        self.invalidate()

    def give(self, widget: QWidget, width: int, stretch: int) -> None:
        """Another room for a widget that is already here."""
        for cell in self._cells:
            if cell.item.widget() is widget:
                cell.width, cell.stretch = width, stretch
        self.invalidate()

    def addItem(self, item: QLayoutItem) -> None:
        """Qt's own way of adding."""
        self._cells.append(_Cell(item, 0, 0))

    def count(self) -> int:
        """How many items there are."""
        return len(self._cells)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at ``index``."""
        return self._cells[index].item if 0 <= index < len(self._cells) else None

    def takeAt(self, index: int) -> QLayoutItem | None:  # type: ignore[override]  # Qt asks past the end
        """Take one item out."""
        return self._cells.pop(index).item if 0 <= index < len(self._cells) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Across only."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Height of all rows at ``width``."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """Everything in one row."""
        shown = self._shown()
        width = sum(self._wish(cell) for cell in shown) + self._space() * max(0, len(shown) - 1)
        return QSize(width, max((cell.item.sizeHint().height() for cell in shown), default=0))

    def minimumSize(self) -> QSize:
        """The widest single item."""
        shown = self._shown()
        width = max((cell.item.minimumSize().width() for cell in shown), default=0)
        return QSize(width, max((cell.item.sizeHint().height() for cell in shown), default=0))

    def setGeometry(self, rect: QRect) -> None:
        """Place everything."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[_Cell]:
        return [cell for cell in self._cells if not cell.item.isEmpty()]

    def _space(self) -> int:
        return theme().px(self._gap)

    def _wish(self, cell: _Cell) -> int:
        return theme().px(cell.width) if cell.width else cell.item.sizeHint().width()

    def _lines(self, width: int) -> list[list[_Cell]]:
        lines: list[list[_Cell]] = []
        left = 0
        for cell in self._shown():
            wish = min(self._wish(cell), width)
            if not lines or wish > left:
                lines.append([])
                left = width
            lines[-1].append(cell)
            left -= wish + self._space()
        return lines

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        lines = self._lines(rect.width())
        for line in lines:
            widths = self._widths(line, rect.width())
            heights = [self._height(cell, width) for cell, width in zip(line, widths, strict=True)]
            x = rect.x()
            for cell, width, height in zip(line, widths, heights, strict=True):
                if move:
                    cell.item.setGeometry(QRect(QPoint(x, y), QSize(width, height)))
                x += width + self._space()
            y += max(heights) + theme().px(self._line_gap)
        return y - rect.y() - (theme().px(self._line_gap) if lines else 0)

    def _widths(self, line: list[_Cell], room: int) -> list[int]:
        widths = [min(self._wish(cell), room) for cell in line]
        spare = room - sum(widths) - self._space() * (len(line) - 1)
        shares = sum(cell.stretch for cell in line)
        if shares and spare > 0:
            widths = [
                width + spare * cell.stretch // shares for width, cell in zip(widths, line, strict=True)
            ]
        return widths

    def _height(self, cell: _Cell, width: int) -> int:
        item = cell.item
        return item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()


class WrappingRow(QWidget):
    """A widget that carries one `Wrapping` row."""

    def __init__(self, *, gap: int = 8, line_gap: int = 6, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = Wrapping(gap=gap, line_gap=line_gap)
        self.setLayout(self._row)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def add(self, widget: QWidget, width: int = 0, stretch: int = 0) -> None:
        """Append ``widget``; see `Wrapping.add`."""
        self._row.add(widget, width, stretch)

    def give(self, widget: QWidget, width: int, stretch: int = 0) -> None:
        """Another room for ``widget``; see `Wrapping.add`."""
        self._row.give(widget, width, stretch)
