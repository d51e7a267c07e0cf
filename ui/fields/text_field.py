"""Plain text: one line or a few, never rich, with a length limit."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QMimeData, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from mediation_desk.shared.text import cleaned
from ui.theme import theme
from ui.tokens import TYPE

_NO_LIMIT = 32_767
_POLISHING = (QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.DynamicPropertyChange)


class TextField(QLineEdit):
    """One line of text; surrounding blanks do not count. ``cleaned(sentence)`` tells what was taken out."""

    edited = Signal()
    cleaned = Signal(str)

    def __init__(self, placeholder: str = "", *, longest: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._longest = longest
        self._gentle = False
        self.setPlaceholderText(placeholder)
        self.setMaxLength(longest)
        self.textEdited.connect(self._on_text_edited)

    def be_gentle(self) -> None:
        """Cut nothing off: what is too long stays and is told; what cannot be kept is taken out and told."""
        self._gentle = True
        self.setMaxLength(_NO_LIMIT)

    def value(self) -> str:
        """The text without surrounding blanks."""
        return self.text().strip()

    def set_value(self, text: str) -> None:
        """Show ``text``."""
        self.setText(text)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """A sentence when a gentle field holds more than it may."""
        length = len(self.value())
        return f"最多 {self._longest} 字，现在 {length} 字。" if length > self._longest else ""

    def _on_text_edited(self, text: str) -> None:
        removed = ""
        if self._gentle and not (text.isascii() and text.isprintable()):
            plain, removed = cleaned(text, multiline=False)
            if plain != text:
                place = len(cleaned(text[: self.cursorPosition()], multiline=False)[0])
                self.setText(plain)
                self.setCursorPosition(place)
        self.edited.emit()
        if removed:
            self.cleaned.emit(f"去掉了不能保存的字符：{removed}。")


class NoteField(QPlainTextEdit):
    """Several lines of plain text; Tab leaves it. ``cleaned(sentence)`` tells what of a pasted text was not taken."""

    edited = Signal()
    cleaned = Signal(str)

    def __init__(
        self, placeholder: str = "", *, lines: int = 3, longest: int = 5000, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._lines, self._longest = lines, longest
        self._being_set = False
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._keep_height()
        self.textChanged.connect(self._on_text_changed)

    def value(self) -> str:
        """The text without surrounding blanks."""
        return self.toPlainText().strip()

    def set_value(self, text: str) -> None:
        """Show ``text``; that is not an edit."""
        self._being_set = True
        self.setPlainText(text)
        self._being_set = False

    def problem(self) -> str:
        """A sentence when the text is too long for its place on paper."""
        length = len(self.value())
        return f"最多 {self._longest} 字，现在 {length} 字。" if length > self._longest else ""

    def sizeHint(self) -> QSize:
        """Room for the wished number of lines."""
        return QSize(theme().px(240), self._height())

    def minimumSizeHint(self) -> QSize:
        """Never less than the wished lines."""
        return QSize(theme().px(120), self._height())

    def event(self, event: QEvent) -> bool:
        """The style sheet's smallest height comes back whenever the editor is polished; ours is larger."""
        handled = super().event(event)
        if event.type() in _POLISHING:
            QTimer.singleShot(0, self, self._keep_height)
        return handled

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Paste words only, without what cannot be kept; a text too long for its place stays in the clipboard."""
        if not source.hasText():
            return
        plain, removed = cleaned(source.text())
        room = self._longest - len(self.toPlainText()) + len(self.textCursor().selectedText())
        if len(plain) > room:
            self.cleaned.emit(
                f"这段有 {len(plain)} 字，这里最多 {self._longest} 字，没有粘贴；原来写的都在。"
            )
            return
        self.insertPlainText(plain)
        if removed:
            self.cleaned.emit(f"去掉了不能保存的字符：{removed}。")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+Enter belongs to the screen's primary action."""
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)

    def _keep_height(self) -> None:
        self.setMinimumHeight(self._height())

    def _height(self) -> int:
        return theme().px(TYPE.body * 1.5 * self._lines + 18)

    def _on_text_changed(self) -> None:
        if not self._being_set:
            self.edited.emit()
