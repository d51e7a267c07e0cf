"""A long page in sections: their names stand at the left, a press brings one into view."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QListWidget, QListWidgetItem, QSizePolicy, QWidget

from ui.theme import theme
from ui.widgets.layout import boxed, column, scrolling

_NAMES_WIDTH = 104
_NARROW = 620
_TOP = 24


class Sectioned(QWidget):
    """``add("leave", "请假", card)``; ``chosen`` with the code of the section the user went to."""

    chosen = Signal(str)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sections: dict[str, QWidget] = {}
        self.names = QListWidget()
        self.names.setAccessibleName(f"{name}的栏目")
        self.names.setProperty("flat", "true")
        self.names.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.names.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self._column = column(gap=12)
        self._column.addStretch(1)
        self.area = scrolling(boxed(self._column), name=name)
        line = QHBoxLayout(self)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(theme().px(12))
        line.addWidget(self.names)
        line.addWidget(self.area, 1)
        self.names.itemClicked.connect(self._on_name_chosen)
        self.names.itemActivated.connect(self._on_name_chosen)
        # Once things stand still: while a page is filled, every place is the end for a moment.
        self._settle = QTimer(self, singleShot=True, interval=0)
        self._settle.timeout.connect(self._mark)
        self.area.verticalScrollBar().valueChanged.connect(lambda _value: self._settle.start())
        self.area.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._settle.start())
        self._scale()

    def add(self, code: str, word: str, section: QWidget) -> None:
        """Append a section."""
        item = QListWidgetItem(word)
        item.setData(Qt.ItemDataRole.UserRole, code)
        self.names.addItem(item)
        self._sections[code] = section
        self._column.insertWidget(self._column.count() - 1, section)
        if len(self._sections) == 1:
            self.names.setCurrentRow(0)

    def show_section(self, code: str, shown: bool) -> None:
        """Leave a section out, with its name."""
        place = list(self._sections).index(code)
        self.names.setRowHidden(place, not shown)
        self._sections[code].setVisible(shown)

    def go(self, code: str) -> None:
        """Bring a section to the top."""
        section = self._sections.get(code)
        if section is not None:
            self._top(section)

    def stay(self) -> None:
        """Keep the place while what is shown is laid out anew."""
        bar = self.area.verticalScrollBar()
        value = bar.value()
        QTimer.singleShot(0, self, lambda: bar.setValue(value))

    def to_top(self) -> None:
        """Begin at the beginning."""
        self.area.verticalScrollBar().setValue(0)

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is seen, once the layout has settled."""
        QTimer.singleShot(0, widget, lambda: self.area.ensureWidgetVisible(widget, 0, theme().px(48)))

    def changeEvent(self, event: QEvent) -> None:
        """The names grow with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "area"):
            self._scale()

    def resizeEvent(self, event: QEvent) -> None:
        """Without room the names give way."""
        super().resizeEvent(event)  # type: ignore[arg-type]  # Qt passes a QResizeEvent
        self.names.setVisible(self.width() >= theme().px(_NARROW))

    def _scale(self) -> None:
        self.names.setFixedWidth(theme().px(_NAMES_WIDTH))

    def _on_name_chosen(self, item: QListWidgetItem) -> None:
        code = str(item.data(Qt.ItemDataRole.UserRole))
        self.go(code)
        self.names.setCurrentItem(item)
        self.chosen.emit(code)

    def _top(self, section: QWidget) -> None:
        self.area.verticalScrollBar().setValue(section.y())

    def _mark(self) -> None:
        """Mark the section that stands at the top; at the very end, the last one."""
        bar = self.area.verticalScrollBar()
        shown = [place for place, one in enumerate(self._sections.values()) if one.isVisible()]
        line = bar.value() + theme().px(_TOP)
        sections = list(self._sections.values())
        above = [place for place in shown if sections[place].y() <= line]
        if bar.value() == bar.maximum() > 0:
            above = shown
        if above and not self.names.hasFocus():
            self.names.setCurrentRow(above[-1])
