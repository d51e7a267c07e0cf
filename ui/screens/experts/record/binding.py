"""Ties the editors of the record form to the attributes of a record, both ways."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar, cast

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.texts import LABELS
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.rows_field import RowsField
from ui.fields.rows_line import Cell
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.drafts import put_words, read_words
from ui.screens.case_page.editors import NumberField

R = TypeVar("R")
_BREAKS = re.compile(r"[、，,;；\s]+")


def words_in(text: str) -> tuple[str, ...]:
    """``邻里，婚姻家庭`` as a list; any usual mark between."""
    return tuple(word for word in _BREAKS.split(text) if word)


@dataclass(frozen=True, slots=True)
class Binding:
    """One attribute: how it is read from its editor and shown in it; ``on_card`` tells where it lives."""

    name: str
    on_card: bool
    field: Field[QWidget]
    read: Callable[[], Any]
    show: Callable[[Any], None]


class Bindings:
    """Makes the fields of a form; ``code`` begins every object name."""

    def __init__(self, code: str, touched: Callable[[], object], filter_keys: QObject) -> None:
        self._code, self._touched, self._keys = code, touched, filter_keys
        self._all: dict[str, Binding] = {}

    # Making fields

    def text(
        self, name: str, *, card: bool = False, optional: bool = False, hint: str = "", longest: int = 200
    ) -> Field[TextField]:
        """A text; with ``optional`` an empty one is None."""
        return self.typed(name, TextField(hint, longest=longest), card=card, optional=optional)

    def typed(self, name: str, editor: Any, *, card: bool = False, optional: bool = False) -> Field[Any]:
        """An editor of texts of one's own."""
        read = (lambda: editor.value() or None) if optional else editor.value
        return self._bind(name, card, editor, read, lambda value: editor.set_value(value or ""))

    def required(self, name: str, editor: Any, *, word: str = "") -> Field[Any]:
        """A text of the card that must be there."""
        return self._bind(name, True, editor, editor.value, editor.set_value, required=True, word=word)

    def words(self, name: str, hint: str, *, word: str = "", required: bool = False) -> Field[TextField]:
        """A list of words of the card, typed in one line."""
        editor = TextField(hint)
        return self._bind(
            name,
            True,
            editor,
            lambda: words_in(editor.value()),
            lambda value: editor.set_value("、".join(value)),
            required=required,
            word=word,
        )

    def note(self, name: str, *, lines: int = 3) -> Field[NoteField]:
        """Several lines."""
        editor = NoteField(lines=lines)
        return self._bind(name, False, editor, editor.value, lambda value: editor.set_value(value or ""))

    def day(self, name: str, *, card: bool = False) -> Field[DateField]:
        """A day or none."""
        editor = DateField()
        return self._bind(name, card, editor, editor.value, editor.set_value)

    def number(self, name: str, *, card: bool = False) -> Field[NumberField]:
        """A whole number or none."""
        editor = NumberField()
        return self._bind(name, card, editor, editor.value, editor.set_value)

    def choice(
        self, name: str, values: Iterable[Any], *, card: bool = False, empty: str | None = None
    ) -> Field[ChoiceField[Any]]:
        """One of a few."""
        editor: ChoiceField[Any] = ChoiceField(tuple(values), empty=empty)
        return self._bind(name, card, editor, editor.value, editor.set_value)

    def several(self, name: str, editor: Any, values: Iterable[Any]) -> Field[Any]:
        """Several of a few; the editor knows them by name."""
        known = {value.name: value for value in values}
        return self._bind(
            name,
            False,
            editor,
            lambda: tuple(known[code] for code in editor.value()),
            lambda chosen: editor.set_value(tuple(value.name for value in chosen)),
        )

    def rows(
        self, name: str, build: Callable[..., R], cells: tuple[Cell, ...], *, add: str, add_only: bool = False
    ) -> Field[RowsField[R]]:
        """A short list."""
        editor: RowsField[R] = RowsField(cells, build, add=add, add_only=add_only)
        return self._bind(name, False, editor, editor.value, editor.set_value)

    def suggest(self, name: str, words: Iterable[str]) -> None:
        """Offer words while a text is typed."""
        editor = self._all[name].field.editor
        if isinstance(editor, QLineEdit):
            editor.setCompleter(QCompleter(sorted(set(words)), editor))

    # The record as a whole

    def fields(self) -> dict[str, Field[QWidget]]:
        """All fields by attribute."""
        return {name: binding.field for name, binding in self._all.items()}

    def show(self, mediator: Mediator) -> None:
        """Fill every editor."""
        for one in self._all.values():
            one.show(getattr(mediator.card if one.on_card else mediator, one.name))

    def record(self, base: Mediator) -> Mediator:
        """``base`` with what the editors say."""
        on_card = {one.name: one.read() for one in self._all.values() if one.on_card}
        beside = {one.name: one.read() for one in self._all.values() if not one.on_card}
        return replace(base, card=replace(base.card, **on_card), **beside)

    def kept_words(self) -> dict[str, object]:
        """What stands in every editor, as plain data."""
        return {name: _words(binding.field.editor) for name, binding in self._all.items()}

    def put_words(self, kept: dict[str, object]) -> None:
        """Put back some of what `kept_words` gave."""
        for name, words in kept.items():
            if name in self._all:
                _put_words(self._all[name].field.editor, words)

    def _bind(
        self,
        name: str,
        on_card: bool,  # private, always named by the callers above
        editor: Any,
        read: Callable[[], Any],
        show: Callable[[Any], None],
        *,
        required: bool = False,
        word: str = "",
    ) -> Field[Any]:
        made: Field[Any] = Field(word or LABELS[name], editor, name=name, required=required)
        editor.setObjectName(f"{self._code}.{name}")
        editor.edited.connect(self._touched)
        if isinstance(editor, QLineEdit):
            editor.installEventFilter(self._keys)
        binding = Binding(name, on_card, cast("Field[QWidget]", made), read, show)
        self._all[name] = binding
        return made


def _words(editor: QWidget) -> object:
    veil = getattr(editor, "veil", None)
    if veil is not None:
        return cast("Any", editor).value()
    ask = getattr(editor, "words", None)
    return ask() if ask is not None else read_words(editor)


def _put_words(editor: QWidget, words: object) -> None:
    veil = getattr(editor, "veil", None)
    put = getattr(editor, "put_words", None)
    if veil is not None:
        veil.lift()
        cast("QLineEdit", editor).setText(str(words))
    elif put is not None:
        put(words)
    else:
        put_words(editor, words)
