"""The search box at the top: type, go down, Enter."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QLineEdit, QListWidget, QWidget

from mediation_desk.cases.summary import CaseQuery, CaseSummary
from ui.services import Services
from ui.tasks.desk import Desk
from ui.theme import theme
from ui.widgets.inside import Inside
from ui.widgets.picture import Picture

_SETTLE_MS = 120
_HITS = 8


class SearchBox(QLineEdit):
    """``picked(case_key)`` for a hit, ``asked(text)`` when Enter is pressed without choosing one."""

    picked = Signal(str)
    asked = Signal(str)

    def __init__(self, services: Services, desk: Desk, parent: QWidget) -> None:
        super().__init__(parent)
        self._services, self._desk = services, desk
        self._hits: tuple[CaseSummary, ...] = ()
        self._ground = parent
        self._list = _hit_list(parent)
        self._inside = Inside(self, Picture("search", 18), leading=True)
        self.setPlaceholderText("搜案件、人、电话、文书……　Ctrl+K")
        self.setAccessibleName("搜索")
        self.setAccessibleDescription("输入后按向下键选择，按回车打开")
        self.setMaxLength(100)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self.textEdited.connect(lambda _text: self._settle.start())
        self._list.itemClicked.connect(lambda _item: self._pick())
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list of hits moves with the window."""
        if event.type() == QEvent.Type.Resize and self._list.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up choose a hit, Enter opens it, Escape closes."""
        key, count = event.key(), self._list.count()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible() and count:
            step = 1 if key == Qt.Key.Key_Down else -1
            self._list.setCurrentRow((self._list.currentRow() + step) % count)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self._list.hide()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen by leaving."""
        super().focusOutEvent(event)
        if not self._list.underMouse():
            self._list.hide()

    def _on_settled(self) -> None:
        words = self.text().strip()
        if not words:
            self._list.hide()
            return
        query = CaseQuery(search=words, limit=_HITS)
        services = self._services
        self._desk.query(
            lambda: services.cases.summaries(services.actor, query),
            self._show_hits,
            owner=self,
            slot="search",
        )

    def _show_hits(self, hits: tuple[CaseSummary, ...]) -> None:
        self._hits = hits
        self._list.clear()
        # List entries are drawn as plain text.
        self._list.addItems([f"{hit.title}　{hit.number or hit.case_key}　{hit.party_names}" for hit in hits])
        if not hits:
            self._list.addItem("没有找到。换一个词，或只输姓名的两个字。")
            self._list.item(0).setFlags(Qt.ItemFlag.NoItemFlags)
        self._list.setVisible(self.hasFocus())
        self._place()

    def _on_enter(self) -> None:
        if self._list.isVisible() and 0 <= self._list.currentRow() < len(self._hits):
            self._pick()
            return
        self._settle.stop()
        self._list.hide()
        self.asked.emit(self.text().strip())

    def _pick(self) -> None:
        if 0 <= self._list.currentRow() < len(self._hits):
            hit = self._hits[self._list.currentRow()]
            self._list.hide()
            self.clear()
            self.picked.emit(hit.case_key)

    def _place(self) -> None:
        rows = max(1, self._list.count())
        corner = self.mapTo(self._ground, QPoint(0, self.height() + theme().px(4)))
        width = max(self.width(), theme().px(520))
        self._list.setGeometry(corner.x(), corner.y(), width, rows * theme().px(38) + theme().px(14))
        self._list.raise_()


def _hit_list(parent: QWidget) -> QListWidget:
    made = QListWidget(parent)
    made.setProperty("popup", "true")
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    made.setAccessibleName("搜索结果")
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    made.setTextElideMode(Qt.TextElideMode.ElideRight)
    made.hide()
    return made
