"""What somebody has to do something about, above the page for as long as it lasts: nobody can close it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from ui.services import Services
from ui.tasks.desk import Desk
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel

_LOOK_MS = 60_000


class AlarmBand(PlainLabel):
    """Hidden while all is well; looks once a minute, and whenever something went wrong."""

    def __init__(self, services: Services, desk: Desk, parent: QWidget) -> None:
        super().__init__("", tone=Tone.SEAL, wrap=True, parent=parent)
        self.setObjectName("alarmBand")
        self._services, self._desk = services, desk
        self.setContentsMargins(theme().px(20), theme().px(6), theme().px(20), theme().px(6))
        self.hide()
        self._clock = QTimer(self, interval=_LOOK_MS)
        self._clock.timeout.connect(self.look)
        self._clock.start()
        desk.failed.connect(self.look)

    def look(self) -> None:
        """Ask again."""
        self._desk.render(self._services.alarms, self._show, _unheard, owner=self, slot="alarms")

    def _show(self, sentences: tuple[str, ...]) -> None:
        words = "\n".join(sentences)
        if words != self.text():
            self.setText(words)
            self.setAccessibleName(words)
        self.setVisible(bool(words))


def _unheard(_error: BaseException) -> bool:
    """Looking again after an error of looking would never end."""
    return True
