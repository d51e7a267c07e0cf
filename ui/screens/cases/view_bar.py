"""The views of the list in a row, each with its count; the one in force is marked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.finding.views import View
from ui.screens.cases.words import counted
from ui.widgets.segments import Segment
from ui.widgets.wrapping import WrappingRow


class ViewBar(QWidget):
    """``chosen(view)`` when one is pressed. Counts come later than the list and are shown when they do."""

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("视图")
        self._buttons: dict[str, Segment] = {}
        self._views: tuple[View, ...] = ()
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._row = WrappingRow(gap=6)
        self._stack.addWidget(self._row)

    def show_views(self, views: tuple[View, ...]) -> None:
        """Show these; buttons are made anew only when the views have changed."""
        if views == self._views:
            return
        self._views, self._buttons = views, {}
        before, self._row = self._row, WrappingRow(gap=6)
        self._stack.replaceWidget(before, self._row)
        before.deleteLater()
        for view in views:
            button = Segment(_caption(view.name), "")
            button.setAutoExclusive(False)
            button.setObjectName(f"cases.view.{view.name}")
            button.clicked.connect(lambda _checked=False, view=view: self.chosen.emit(view))
            self._buttons[view.name] = button
            self._row.add(button)

    def show_counts(self, counts: Mapping[str, int]) -> None:
        """The counts beside the names."""
        for name, count in counts.items():
            button, words = self._buttons.get(name), _caption(f"{name} {counted(count)}")
            if button is not None and button.text() != words:
                button.setText(words)
                button.setAccessibleName(f"{name}，{counted(count)} 件")
                button.updateGeometry()

    def mark(self, name: str) -> None:
        """The view in force; "" for none."""
        for one, button in self._buttons.items():
            button.setChecked(one == name)

    def views(self) -> tuple[View, ...]:
        """The views shown."""
        return self._views


def _caption(words: str) -> str:
    """A button would take an ampersand for the mark of a shortcut."""
    return words.replace("&", "＆")
