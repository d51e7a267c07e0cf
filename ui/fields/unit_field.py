"""A unit of the place, typed by name, short name, code or pinyin, completed from the register of units."""

from __future__ import annotations

from PySide6.QtCore import QStringListModel, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCompleter, QLineEdit, QWidget

from mediation_desk.cases.routing.units import UnitTree
from mediation_desk.shared.errors import InputError

_OFFERED = 12
_BETWEEN = "、"
_OTHER_MARKS = str.maketrans(dict.fromkeys(",，;；", _BETWEEN))


class UnitField(QLineEdit):
    """``value()`` is what stands there; with ``several`` names are separated by 、."""

    edited = Signal()

    def __init__(
        self, placeholder: str = "", *, several: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._tree = UnitTree(units=())
        self._several = several
        self.setPlaceholderText(placeholder)
        self.setMaxLength(200)
        self._offered = QStringListModel(self)
        completer = QCompleter(self._offered, self)
        completer.setCompletionMode(QCompleter.CompletionMode.UnfilteredPopupCompletion)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setWidget(self)
        completer.activated.connect(self._take)
        self._completer = completer
        self.textEdited.connect(self._on_text_edited)

    def set_tree(self, tree: UnitTree) -> None:
        """The units to choose from."""
        self._tree = tree

    @property
    def tree(self) -> UnitTree:
        """The units it knows."""
        return self._tree

    def value(self) -> str:
        """What was typed."""
        return self.text().strip()

    def names(self) -> tuple[str, ...]:
        """The single names."""
        return tuple(part for part in (one.strip() for one in self._parts()) if part)

    def set_value(self, text: str) -> None:
        """Show ``text``."""
        self.setText(text)
        self.setCursorPosition(0)

    def problem(self) -> str:
        """A sentence for a name nobody has, or several have."""
        try:
            for name in self.names():
                self._tree.demand(name)
        except InputError as error:
            return error.message
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Who goes on to another field has done with the list; left open it would swallow the next click."""
        super().focusOutEvent(event)
        if event.reason() is not Qt.FocusReason.PopupFocusReason:
            self._completer.popup().hide()

    def _parts(self) -> list[str]:
        return self.text().translate(_OTHER_MARKS).split(_BETWEEN) if self._several else [self.text()]

    def _on_text_edited(self, _text: str) -> None:
        typed = self._parts()[-1].strip()
        found = self._tree.find(typed)[:_OFFERED] if typed else ()
        self._offered.setStringList([unit.name for unit in found])
        popup = self._completer.popup()
        if found and typed not in {unit.name for unit in found}:
            self._completer.complete()
        else:
            popup.hide()
        self.edited.emit()

    def _take(self, name: str) -> None:
        before = [part.strip() for part in self._parts()[:-1]]
        self.setText(_BETWEEN.join([*before, name]))
        self.edited.emit()
