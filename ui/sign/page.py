"""What every page in front of the desk has: a card with fields, one next action, and sentences beneath."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from ui.fields.field import Field
from ui.sign.secret_field import SecretField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton
from ui.widgets.card import Card
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, title

_WIDTH = 460
CAPS = "大写锁定键（Caps Lock）开着。"


class SignPage(Card):
    """Enter goes from field to field and at the last one does what the page is for."""

    def __init__(self, name: str, explained: str = "") -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Maximum)
        self._scale()
        self.primary: DeskButton | None = None
        self.fields: list[Field[QWidget]] = []
        self._title = title(name)
        self._title.setWordWrap(True)
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName("sign.notice")
        self._notice.hide()
        self.add(self._title)
        if explained:
            self.add(paragraph(explained, Tone.QUIET))

    def field(self, word: str, name: str, editor: QWidget, hint: str = "") -> Field[QWidget]:
        """A field of this page."""
        made: Field[QWidget] = Field(word, editor, name=name, hint=hint)
        editor.setObjectName(f"sign.{name}")
        editor.installEventFilter(self)
        if isinstance(editor, SecretField):
            editor.caps.connect(lambda on: made.set_told(CAPS if on else ""))
        self.fields.append(made)
        self.add(made)
        return made

    def finish(self, primary: DeskButton) -> None:
        """Call last: what refusals say, and the one next action."""
        self.primary = primary
        primary.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.add(self._notice)
        self.add(primary)

    def begin(self) -> None:
        """The cursor where the typing starts."""
        for field in self.fields:
            if not (isinstance(field.editor, QLineEdit) and field.editor.text()):
                field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
                return
        if self.primary is not None:
            self.primary.setFocus()

    def say(self, sentence: str) -> None:
        """What was refused and why; "" takes it away."""
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))
        self._notice.setAccessibleName(sentence)

    def refuse(self, sentence: str) -> None:
        """Say why not, and let the password be typed anew."""
        self.say(sentence)
        for field in self.fields:
            if isinstance(field.editor, SecretField):
                field.editor.forget()
                field.editor.setFocus()

    def said(self) -> str:
        """What stands there."""
        return "" if self._notice.isHidden() else self._notice.text()

    def show_field_error(self, name: str, sentence: str) -> bool:
        """Beneath the field called ``name``; False when there is none."""
        found = next((one for one in self.fields if one.name == name), None)
        if found is not None:
            found.set_error(sentence)
            found.editor.setFocus()
        return found is not None

    def demand(self, *sentences: str) -> bool:
        """Whether the first fields say something; the first that does not is told its sentence."""
        for field in self.fields:
            field.set_error("")
        for field, sentence in zip(self.fields, sentences, strict=False):
            if not getattr(field.editor, "value")():  # noqa: B009  # two kinds of editor
                self.show_field_error(field.name, sentence)
                return False
        return True

    def event(self, event: QEvent) -> bool:
        """Wrapped sentences ask for more height in this width than a layout believes; they get it."""
        handled = super().event(event)
        if event.type() == QEvent.Type.StyleChange:
            self._scale()
        asked = event.type() in (QEvent.Type.LayoutRequest, QEvent.Type.StyleChange, QEvent.Type.Show)
        if asked and (laid := self.layout()) is not None:
            self.setMinimumHeight(laid.totalHeightForWidth(self.width()))
        return handled

    def _scale(self) -> None:
        self.setFixedWidth(theme().px(_WIDTH))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        ):
            self._go_on(watched)
            return True
        return super().eventFilter(watched, event)

    def _go_on(self, editor: QObject) -> None:
        editors = [one.editor for one in self.fields if one.isVisibleTo(self)]
        place = next((at for at, one in enumerate(editors) if one is editor), len(editors))
        if place + 1 < len(editors):
            editors[place + 1].setFocus(Qt.FocusReason.TabFocusReason)
        elif self.primary is not None and self.primary.isEnabled():
            self.primary.click()
