"""The message bar: one sentence about what just happened and at most one action."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QElapsedTimer, QTimer
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, IconButton
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel, restyle


class Kind(StrEnum):
    """How a sentence is meant."""

    INFO = "info"
    SUCCESS = "success"
    WARN = "warn"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Action:
    """What a sentence offers; one that ``takes_back`` what was just done is also pressed by Ctrl+Z."""

    word: str
    do: Callable[[], object]
    takes_back: bool = False


_TONES = {Kind.INFO: Tone.ACCENT, Kind.SUCCESS: Tone.DONE, Kind.WARN: Tone.SOON, Kind.ERROR: Tone.SEAL}
_SUCCESS_STAYS_MS, _UNDO_STAYS_MS = 6000, 20000
"""What can be taken back is offered longer: somebody has to notice the mistake first."""
_ON_THE_WAY_MS = 1000
"""What is said shortly before a page opens is about what led to it."""


class MessageBar(QFrame):
    """Hidden until something is said. Success hides itself, all else stays until closed or replaced."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("messageBar")
        self._act: Action | None = None
        self._said_at = QElapsedTimer()
        self._picture = Picture(Kind.INFO)
        self._sentence = PlainLabel(wrap=True)
        self._sentence.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._action = DeskButton("撤销")
        self._close = IconButton("close", "关闭提示")
        row = QHBoxLayout(self)
        row.setContentsMargins(theme().px(12), theme().px(4), theme().px(6), theme().px(4))
        row.setSpacing(theme().px(8))
        for widget in (self._picture, self._sentence, self._action, self._close):
            row.addWidget(widget)
        self._timer = QTimer(self, singleShot=True, interval=_SUCCESS_STAYS_MS)
        self._timer.timeout.connect(self._on_timer_timeout)
        self._action.clicked.connect(self.act)
        self._close.clicked.connect(self.hide)
        self.hide()

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """Show ``sentence`` with the one action it offers, if any."""
        self._sentence.setText(sentence)
        self._sentence.set_tone(_TONES[kind] if kind is not Kind.INFO else Tone.INK)
        self._act = action
        self._action.setVisible(action is not None)
        self._action.set_caption(action.word if action else "撤销")
        self.setProperty("kind", kind.value)
        self.setAccessibleName(sentence)
        self._picture.show_symbol(kind.value, _TONES[kind])
        restyle(self)
        self.show()
        self._said_at.start()
        self._timer.stop()
        if kind is Kind.SUCCESS:
            takes_back = action is not None and action.takes_back
            self._timer.start(_UNDO_STAYS_MS if takes_back else _SUCCESS_STAYS_MS)
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def turn_page(self) -> None:
        """Another page is shown: what was said about the one before goes, unless it was said on the way here."""
        if self._said_at.isValid() and self._said_at.hasExpired(_ON_THE_WAY_MS):
            self._act = None
            self.hide()

    def sentence(self) -> str:
        """What is being said, or "" while hidden."""
        return "" if self.isHidden() else self._sentence.text()

    def act(self) -> None:
        """Do the offered action once."""
        chosen, self._act = self._act, None
        self.hide()
        if chosen is not None:
            chosen.do()

    def offers_action(self) -> bool:
        """True while there is something to take back or do."""
        return not self.isHidden() and self._act is not None

    def offers_undo(self) -> bool:
        """True while the action takes something back; Ctrl+Z presses no other."""
        return not self.isHidden() and self._act is not None and self._act.takes_back

    def _on_timer_timeout(self) -> None:
        if self._close.hasFocus() or self._action.hasFocus() or self.underMouse():
            self._timer.start()
        else:
            self.hide()
