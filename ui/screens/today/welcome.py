"""What an empty desk shows: what it is for and the two first steps."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.screens.base import Context
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.layout import row
from ui.widgets.picture import Picture
from ui.widgets.text import line, title

_WORDS = "登记之后，这里会列出今天的调解、快到的期限、等签名的协议和到期的款项。"
_BUSY = "正在装入示例中心：专家、案件、会议和款项，请稍等。"


class Welcome(QWidget):
    """Register the first dispute or, in a practice centre, look around in the sample centre."""

    def __init__(self, context: Context, on_sample: Callable[[], object]) -> None:
        super().__init__()
        centre = Qt.AlignmentFlag.AlignHCenter
        self._sentence = line(_WORDS, Tone.QUIET)
        self.register = primary("开始接待登记", lambda: context.open_screen("intake"), symbol="intake")
        self.sample = button("装入示例中心", on_sample, symbol="cases")
        self.register.setObjectName("today.first_intake")
        self.sample.setObjectName("today.fill_sample")
        if not context.services.practice:
            self.sample.hide()  # invented cases never stand among real ones
        stack = QVBoxLayout(self)
        stack.setSpacing(theme().px(12))
        stack.addStretch(2)
        stack.addWidget(Picture("brand", 56, Tone.ACCENT), 0, centre)
        stack.addWidget(title("从第一件纠纷开始"), 0, centre)
        stack.addWidget(self._sentence, 0, centre)
        stack.addSpacing(theme().px(8))
        stack.addLayout(row(None, self.register, self.sample, None, gap=12))
        stack.addStretch(3)

    def show_busy(self, busy: bool) -> None:
        """While the sample centre is being filled."""
        self._sentence.setText(_BUSY if busy else _WORDS)
        self.register.setEnabled(not busy)
        self.sample.set_busy(busy)
