"""The search box at the top: type, go down, Enter."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.cases.finding.found import Found, Hit
from ui.services import Services
from ui.shell.hit_list import HitList
from ui.shell.ways import Way
from ui.tasks.desk import Desk
from ui.theme import theme
from ui.widgets.inside import Inside
from ui.widgets.picture import Picture

_SETTLE_MS = 120
_SAID_MS = 900  # words that stand so long are what somebody searched for
_MANNER = "输入后按向下键选择，按回车打开"


class SearchBox(QLineEdit):
    """``picked(case_key)`` for a hit, ``asked(text)`` when Enter is pressed without choosing one.

    ``ways`` tells the screens that words lead to; ``went(code, argument)`` when one is chosen.
    """

    picked = Signal(str)
    asked = Signal(str)
    went = Signal(str, str)

    def __init__(
        self, services: Services, desk: Desk, parent: QWidget, ways: Callable[[str], Sequence[Way]]
    ) -> None:
        super().__init__(parent)
        self._ways = ways
        self._services, self._desk = services, desk
        self._ground = parent
        self._list = HitList(parent)
        self._inside = Inside(self, Picture("search", 18), leading=True)
        self.setObjectName("search")
        self.setPlaceholderText("搜案件、人、电话、文书……　Ctrl+K")
        self.setAccessibleName("搜索")
        self.setAccessibleDescription(_MANNER)
        self.setMaxLength(100)
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self._on_settled)
        self._said = QTimer(self, singleShot=True, interval=_SAID_MS)
        self._said.timeout.connect(self._on_said)
        self._seen = ""  # words whose hits were shown and are not on record yet
        self.textEdited.connect(self._on_edited)
        self._list.picked.connect(self._pick)
        parent.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The list of hits moves with the window."""
        if event.type() == QEvent.Type.Resize and self._list.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Up choose a hit, Enter opens it, Escape closes."""
        key = event.key()
        if key in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self._list.isVisible():
            self._list.step(1 if key == Qt.Key.Key_Down else -1)
            self._tell(self._list.told())
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_enter()
        elif key == Qt.Key.Key_Escape:
            self._close()
            self.clear()
        else:
            super().keyPressEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Nothing is chosen by leaving."""
        super().focusOutEvent(event)
        if not self._list.underMouse():
            self._close()

    def _on_edited(self, text: str) -> None:
        """Going on typing is the same search; taking words back and writing others is not."""
        if self._seen and not text.strip().startswith(self._seen) and not self._seen.startswith(text.strip()):
            self._on_said()
        self._said.stop()
        self._settle.start()

    def _on_said(self) -> None:
        """Put the words whose hits were seen on record (S10)."""
        self._said.stop()
        typed, self._seen = self._seen, ""
        if typed:
            services = self._services
            self._desk.query(
                lambda: services.finding.look(services.actor, typed), lambda _found: None, owner=self
            )

    def _on_settled(self) -> None:
        """Ask beside the queue of commands: a search never makes a saver wait."""
        typed = self.text().strip()
        if not typed:
            self._close()
            return
        services = self._services
        self._desk.render(
            lambda: services.finding.look(services.actor, typed, settled=False),
            lambda found: self._show(typed, found),
            owner=self,
            slot="search",
        )

    def _show(self, typed: str, found: Found) -> None:
        if typed != self.text().strip() or not self.hasFocus():
            return  # the words have changed meanwhile, or the user has gone elsewhere
        self._seen = typed
        self._said.start()
        self._list.show_found(found, self._ways(typed))
        self._list.show()
        self._place()
        self._tell(self._list.told())

    def _on_enter(self) -> None:
        hit = self._list.chosen() if self._list.isVisible() else None
        if hit is not None:
            self._pick(hit)
            return
        self._close()
        self.asked.emit(self.text().strip())

    def _pick(self, hit: Hit | Way) -> None:
        self._close()
        self.clear()
        if isinstance(hit, Way):
            self.went.emit(hit.code, hit.argument)
        else:
            self.picked.emit(hit.case_key)

    def _close(self) -> None:
        self._settle.stop()
        self._on_said()
        self._list.hide()
        self.setAccessibleDescription(_MANNER)

    def _tell(self, words: str) -> None:
        """The focus stays in the box: a screen reader hears the chosen hit as its description."""
        self.setAccessibleDescription(words)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.DescriptionChanged))

    def _place(self) -> None:
        corner = self.mapTo(self._ground, QPoint(0, self.height() + theme().px(4)))
        width = min(max(self.width(), theme().px(640)), self._ground.width() - corner.x() - theme().px(8))
        room = self._ground.height() - corner.y() - theme().px(12)
        self._list.setGeometry(corner.x(), corner.y(), width, min(self._list.height_wanted(), room))
        self._list.raise_()
