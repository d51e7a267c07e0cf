"""Editors the case page needs beside the common ones: a time of day, a choice of parties, a small number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import time

from PySide6.QtCore import Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLineEdit, QWidget

from mediation_desk.shared.text import fold_width
from ui.theme import theme
from ui.widgets.plain import plain_caption, plain_tooltip

_TIME = re.compile(r"(\d{1,2})(?:[:：时点.]?(\d{2})?分?)")
_PACKED = re.compile(r"(\d{1,2})(\d{2})")
_LONGEST_NAME = 14
_LARGE, _LARGE_ROOM = 125, 32
"""Above this size of text a line of the page holds so many characters."""


def read_time(text: str) -> time | None:
    """What somebody means by ``text``: 9:30, 0930, 9时30分, 14点; None when empty.

    Raises ValueError with one sentence for anything else.
    """
    plain = fold_width(text).strip()
    if not plain:
        return None
    found = _PACKED.fullmatch(plain) if len(plain) >= 3 and plain.isdigit() else _TIME.fullmatch(plain)
    try:
        if found is not None:
            return time(int(found[1]), int(found[2] or 0))
    except ValueError:
        pass
    raise ValueError(f"“{text.strip()}”不是时间，请写成 09:30。")


class TimeField(QLineEdit):
    """A time of day, written out as 09:30 when the focus leaves."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setPlaceholderText("09:30")
        self.setMaxLength(8)
        self.setMinimumWidth(theme().px(84))
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> time | None:
        """The time; None when empty or wrong."""
        try:
            return read_time(self.text())
        except ValueError:
            return None

    def set_value(self, moment: time | None) -> None:
        """Show ``moment``."""
        self.setText(f"{moment:%H:%M}" if moment else "")

    def problem(self) -> str:
        """One sentence when the text is no time."""
        try:
            read_time(self.text())
        except ValueError as error:
            return str(error)
        return ""

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the time out."""
        if not self.problem():
            self.set_value(self.value())
        super().focusOutEvent(event)


class NumberField(QLineEdit):
    """A whole number from ``least`` up."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None, *, least: int = 1) -> None:
        super().__init__(parent)
        self._least = least
        self.setMaxLength(5)
        self.setMinimumWidth(theme().px(84))
        self.textEdited.connect(lambda _text: self.edited.emit())

    def value(self) -> int | None:
        """The number; None when empty or wrong."""
        plain = fold_width(self.text()).strip()
        known = plain.isdigit() and plain.isascii() and int(plain) >= self._least
        return int(plain) if known else None

    def set_value(self, number: int | None) -> None:
        """Show ``number``."""
        self.setText("" if number is None else str(number))

    def problem(self) -> str:
        """One sentence when the text is no such number."""
        if self.text().strip() and self.value() is None:
            return "请填大于零的整数。" if self._least else "请填整数，没有的填 0。"
        return ""


class PartyPick(QWidget):
    """Several of a few people: one box each, named ``<object name>.<ref>``; ``room`` in characters of a line."""

    edited = Signal()

    def __init__(self, *, needed: str = "", room: int = 46, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._needed, self._room = needed, room
        self._boxes: dict[str, QCheckBox] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(12))
        self._grid.setVerticalSpacing(0)

    def offer(self, people: Sequence[tuple[str, str]]) -> None:
        """Offer (ref, name) pairs; the same ones keep their marks."""
        if [(ref, box.property("whole")) for ref, box in self._boxes.items()] == list(people):
            return
        chosen = self.value()
        for box in self._boxes.values():
            self._grid.removeWidget(box)
            box.hide()
            box.deleteLater()
        self._boxes = {ref: self._box(ref, name) for ref, name in people}
        longest = max((min(len(name), _LONGEST_NAME) for _ref, name in people), default=1)
        room = min(self._room, _LARGE_ROOM) if theme().percent > _LARGE else self._room
        columns = max(room // (longest + 3), 1)
        for place, box in enumerate(self._boxes.values()):
            self._grid.addWidget(box, place // columns, place % columns)
        self._grid.setColumnStretch(columns, 1)
        self.set_value(chosen)
        if self._boxes:
            self.setFocusProxy(next(iter(self._boxes.values())))

    def value(self) -> tuple[str, ...]:
        """Refs of the marked ones, in order."""
        return tuple(ref for ref, box in self._boxes.items() if box.isChecked())

    def set_value(self, refs: Sequence[str]) -> None:
        """Mark these and no others."""
        for ref, box in self._boxes.items():
            box.setChecked(ref in refs)

    def mark_all(self) -> None:
        """Mark everybody."""
        self.set_value(tuple(self._boxes))

    def boxes(self) -> tuple[QWidget, ...]:
        """The boxes in reading order."""
        return tuple(self._boxes.values())

    def problem(self) -> str:
        """One sentence when somebody is needed and nobody is marked."""
        return self._needed if self._needed and not self.value() else ""

    def _box(self, ref: str, name: str) -> QCheckBox:
        shown = name if len(name) <= _LONGEST_NAME else f"{name[: _LONGEST_NAME - 1]}…"
        box = QCheckBox(plain_caption(shown))
        box.setProperty("whole", name)
        box.setObjectName(f"{self.objectName()}.{ref}")
        box.setAccessibleName(name)
        plain_tooltip(box, name if shown != name else "")
        box.clicked.connect(lambda _checked=False: self.edited.emit())
        return box
