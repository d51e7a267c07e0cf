"""A row of fields that gives back what stands in it as words, and shows words again."""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QWidget

from mediation_desk.cases.counter.people import By
from mediation_desk.cases.counter.phrases import Phrase
from ui.fields.choice_field import ChoiceField
from ui.fields.field import Field
from ui.fields.text_field import NoteField, TextField
from ui.screens.intake.words import Words, text
from ui.widgets.wrapping import WrappingRow

AnyField = Field[QWidget]
Found = Iterator[tuple[str, AnyField]]
OFFERS = "offers"
"""Editors with this property are offered something while they are typed into; its value is a `By` or a `Phrase`."""
_TAKEN = ("name", "id_no", "gender")
PASSED_BY = "passedByEnter"
"""Enter walks past editors with this property: they have a good default. Tab visits them."""


class Panel(WrappingRow):
    """Fields in a wrapping row. ``edited`` tells that the user changed one of them."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._fields: dict[str, AnyField] = {}

    def put(
        self,
        key: str,
        word: str,
        editor: QWidget,
        *,
        width: int = 0,
        stretch: int = 0,
        passed_by: bool = False,
        required: bool = False,
        offers: By | Phrase | None = None,
    ) -> AnyField:
        """Append a field; ``key`` is its name among the words and in places such as ``/parties/0/name``.

        ``offers`` says what is offered while the editor is typed into.
        """
        field = Field(word, editor, name=key, required=required)
        editor.setProperty(OFFERS, offers)
        if isinstance(editor, TextField):
            editor.be_gentle()
        editor.setProperty(PASSED_BY, passed_by)
        self._fields[key] = field
        self.add(field, width, stretch)
        signal = getattr(editor, "edited", None) or getattr(editor, "toggled", None)
        if signal is not None:
            signal.connect(lambda *_: self.edited.emit())
        return field

    def put_button(self, button: QWidget, width: int = 0) -> AnyField:
        """Append a button on the level of the editors; its room stays when it is hidden."""
        name = button.accessibleName()
        field: AnyField = Field(" ", button)
        button.setAccessibleName(name)
        policy = field.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        field.setSizePolicy(policy)
        self.add(field, width)
        return field

    def field(self, key: str) -> AnyField:
        """The field under ``key``."""
        return self._fields[key]

    def editor(self, key: str) -> QWidget:
        """The editor under ``key``."""
        return self._fields[key].editor

    def words(self) -> dict[str, object]:
        """What stands in the fields."""
        return {key: read(field.editor) for key, field in self._fields.items()}

    def show_words(self, words: Words) -> None:
        """Show what was kept; keys that are missing leave their field as it is."""
        for key, field in self._fields.items():
            if key in words:
                write(field.editor, words[key])

    def take(self, words: Words) -> None:
        """Somebody recognised was chosen: fill what this row asks, as if it had been typed."""
        for key, field in self._fields.items():
            if text(words, key) and (key in _TAKEN or not str(read(field.editor)).strip()):
                write(field.editor, words[key])
                field.set_error("")
        self.edited.emit()

    def found(self, place: str) -> Found:
        """Every field with its place below ``place``."""
        for key, field in self._fields.items():
            yield f"{place}/{key}", field

    def name_as(self, prefix: str, who: str = "") -> None:
        """Give every editor its stable name (``intake.party.0.name``) and an accessible one."""
        for key, field in self._fields.items():
            field.editor.setObjectName(f"{prefix}.{key}")
            if who:
                field.editor.setAccessibleName(f"{who}{field.label.text().removesuffix(' *')}")


def read(editor: QWidget) -> object:
    """Text or tick of an editor."""
    if isinstance(editor, QCheckBox):
        return editor.isChecked()
    if isinstance(editor, ChoiceField):
        return "" if editor.value() is None else editor.currentText()
    if isinstance(editor, QPlainTextEdit):
        return editor.toPlainText()
    return editor.text() if isinstance(editor, QLineEdit) else ""


def write(editor: QWidget, value: object) -> None:
    """Show text or tick in an editor; a choice that is no longer offered is not chosen."""
    if isinstance(editor, QCheckBox):
        editor.setChecked(value is True)
    elif isinstance(editor, QComboBox):
        place = editor.findText(str(value)) if value else 0
        editor.setCurrentIndex(max(place, 0))
    elif isinstance(editor, NoteField):
        editor.set_value(str(value))
    elif isinstance(editor, QLineEdit):
        setter = getattr(editor, "set_value", None)
        # Dates and amounts are kept as typed, the others may have a tick to show.
        if setter is not None and hasattr(editor, "set_kind"):
            setter(str(value))
        else:
            editor.setText(str(value))
            editor.setCursorPosition(0)
