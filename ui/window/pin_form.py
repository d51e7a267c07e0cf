"""Where the staff sets the PIN of the public window: a card of the system screen, and a box when it is missing."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QLineEdit, QVBoxLayout, QWidget

from mediation_desk.shared.errors import InputError
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import column, row
from ui.widgets.message_bar import Kind
from ui.widgets.text import heading, paragraph, small
from ui.window.narrow import Opener

_LONGEST = 12


class PinForm(QWidget):
    """The PIN twice, as dots. ``saved`` once it is stored; both fields are empty then."""

    saved = Signal()

    def __init__(self, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._opener = opener
        self._pin, self._again = _secret(), _secret()
        self._pin.setObjectName("window.pin")
        self._again.setObjectName("window.pin.again")
        self._first = Field("口令", self._pin, name="pin", hint="4 到 12 位数字")
        self._second = Field("再输一次", self._again)
        self.button = primary("存口令", self.save)
        self.button.setObjectName("window.pin.save")
        self.setLayout(column(row(self._first, self._second, None, gap=12), row(self.button, None)))
        self.setFocusProxy(self._pin)

    def save(self) -> None:
        """Store the PIN when both are the same."""
        pin = self._pin.value()
        if pin != self._again.value():
            self._second.set_error("两次输入的口令不一样，请再输一次。")
            return
        services = self._opener.services
        self.button.set_busy(True)
        self._opener.desk.command(
            lambda: services.window.set_pin(services.actor, pin),
            lambda _none: self._on_saved(),
            self._on_failed,
            owner=self,
        )

    def _on_saved(self) -> None:
        self.button.set_busy(False)
        for field in (self._pin, self._again):
            field.set_value("")
        self._opener.say("自助选择屏的口令已经存好。", Kind.SUCCESS)
        self.saved.emit()

    def _on_failed(self, error: BaseException) -> bool:
        self.button.set_busy(False)
        if isinstance(error, InputError):
            self._first.set_error(error.message)
        return isinstance(error, InputError)


class PinCard(Card):
    """自助选择屏口令 on the system screen."""

    def __init__(self, opener: Opener) -> None:
        super().__init__("自助选择屏口令")
        self._opener = opener
        self._state = small("", wrap=True)
        self.form = PinForm(opener)
        self.add(small("当事人自己选调解员时，要用这个口令才能离开那一屏。", wrap=True))
        self.add(self._state)
        self.add(self.form)
        self.form.saved.connect(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Say whether there is one."""
        services = self._opener.services
        self._opener.desk.query(services.window.has_pin, self._show, owner=self)

    def _show(self, there: bool) -> None:  # the answer of the service
        self._state.setText("已经设了口令；再存一次就换成新的。" if there else "还没有设口令。")


class PinDialog(QDialog):
    """Asked for before the window is opened for the first time."""

    def __init__(self, opener: Opener, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("自助选择屏口令")
        px = theme().px
        self.form = PinForm(opener)
        self.form.saved.connect(self.accept)
        explain = "当事人用自助选择屏时，离开那一屏要输入口令。现在还没有口令，请先设一个，只告诉工作人员。"
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(20), px(20), px(16))
        stack.setSpacing(px(12))
        stack.addWidget(heading("先设一个口令"))
        stack.addWidget(paragraph(explain))
        stack.addWidget(self.form)
        stack.addLayout(row(None, button("先不打开", self.reject)))
        self.form.setFocus()


def _secret() -> TextField:
    field = TextField(longest=_LONGEST)
    field.setEchoMode(QLineEdit.EchoMode.Password)
    field.setFixedWidth(theme().px(200))
    return field
