"""A labelled field: the word, the editor, and beneath it a hint or the sentence about what is wrong."""

from __future__ import annotations

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel, restyle

E = TypeVar("E", bound=QWidget)


class Field(QWidget, Generic[E]):
    """``name`` is the field of the command, so that an `InputError` finds its way here.

    With ``beside`` the word stands left of the editor (intake), otherwise above it. The editor is checked by
    its own ``problem()`` when the focus leaves; `set_error` shows what a service found.
    """

    def __init__(
        self,
        word: str,
        editor: E,
        *,
        name: str = "",
        required: bool = False,
        hint: str = "",
        beside: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.name = name
        self.editor: E = editor
        self.required = required
        self._word = word
        self._hint = hint
        self.label = PlainLabel(f"{word} *" if required else word, role="label")
        self._below = PlainLabel(hint, role="small", wrap=True)
        self._beside = beside
        self._told = False
        self._place(beside)
        self._below.setVisible(bool(hint))  # after it has a parent: before, it would flash as a window
        self._scale()
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        editor.setAccessibleName(f"{word}（必填）" if required else word)
        editor.setAccessibleDescription(hint)
        editor.installEventFilter(self)
        edited = getattr(editor, "edited", None) or getattr(editor, "textChanged", None)
        if edited is not None:
            edited.connect(self._on_editor_edited)
        cleaned = getattr(editor, "cleaned", None)
        if cleaned is not None:
            cleaned.connect(self.tell)

    def rename(self, word: str, *, required: bool) -> None:
        """Another word for the same editor, where it depends on what was chosen elsewhere."""
        self.required, self._word = required, word
        self.label.setText(f"{word} *" if required else word)
        self.editor.setAccessibleName(f"{word}（必填）" if required else word)

    def error(self) -> str:
        """The sentence shown beneath, or ""."""
        return self._below.text() if self.property("wrong") else ""

    def set_error(self, sentence: str) -> None:
        """Show ``sentence`` in seal red beneath and frame the editor; "" takes it away."""
        wrong = bool(sentence)
        if not wrong and not self.property("wrong"):
            return
        self.setProperty("wrong", wrong)
        self._below.setText(sentence or self._hint)
        self._below.set_tone(Tone.SEAL if wrong else Tone.QUIET)
        self._below.setVisible(bool(sentence or self._hint))
        self.editor.setAccessibleDescription(sentence or self._hint)
        self.editor.setProperty("wrong", "true" if wrong else "false")
        restyle(self.editor)

    def tell(self, sentence: str) -> None:
        """Say something that is no fault, until the next edit: what a pasted text lost."""
        if not self.property("wrong"):
            self._below.setText(sentence)
            self._below.set_tone(Tone.SOON)
            self._below.show()
            self._told = True

    def set_told(self, sentence: str) -> None:
        """Say something else instead, "" to say it no longer."""
        if sentence:
            self.tell(sentence)
        elif self._told:
            self._on_editor_edited()

    def told(self) -> str:
        """What was told and still stands beneath, or ""."""
        return self._below.text() if self._told else ""

    def check(self) -> bool:
        """Ask the editor (and the asterisk) and show the answer; True when nothing is wrong."""
        self.set_error(self._problem())
        return not self.error()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Check when the focus leaves a field that is not empty."""
        if watched is self.editor and event.type() == QEvent.Type.FocusOut and not self._is_empty():
            self.check()
        return super().eventFilter(watched, event)

    def _problem(self) -> str:
        if self.required and self._is_empty():
            return f"请填写{self._word}。"
        ask = getattr(self.editor, "problem", None)
        return str(ask()) if ask is not None else ""

    def _is_empty(self) -> bool:
        for read in ("text", "toPlainText"):
            if (ask := getattr(self.editor, read, None)) is not None:
                return not str(ask()).strip()
        ask = getattr(self.editor, "value", None)
        return ask is not None and ask() is None

    def changeEvent(self, event: QEvent) -> None:
        """The word's room grows with the text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_beside"):
            self._scale()

    def _scale(self) -> None:
        if self._beside:
            self.label.setFixedWidth(theme().px(88))

    def _on_editor_edited(self) -> None:
        if self._told:
            self._told = False
            self._below.setText(self._hint)
            self._below.set_tone(Tone.QUIET)
            self._below.setVisible(bool(self._hint))
        self.set_error("")

    def _place(self, beside: bool) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(theme().px(8))
        grid.setVerticalSpacing(theme().px(3))
        if beside:
            grid.addWidget(self.label, 0, 0, Qt.AlignmentFlag.AlignVCenter)
            grid.addWidget(self.editor, 0, 1)
            grid.addWidget(self._below, 1, 1)
            grid.setColumnStretch(1, 1)
        else:
            grid.addWidget(self.label, 0, 0)
            grid.addWidget(self.editor, 1, 0)
            grid.addWidget(self._below, 2, 0)
        grid.setRowStretch(3, 1)
