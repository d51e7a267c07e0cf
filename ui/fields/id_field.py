"""Numbers with a check digit: identity card and unified social credit code."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

from PySide6.QtCore import Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.parties.identity import birth_date_in, id_problems, uscc_problem
from mediation_desk.shared.clock import local_day, system_clock
from mediation_desk.shared.text import cleaned
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.inside import Inside
from ui.widgets.picture import Picture

_OLD, _LENGTH = 15, 18


class IdKind(StrEnum):
    """Which rule a number follows; FREE is for passports and the like."""

    IDENTITY_CARD = "居民身份证"
    CREDIT_CODE = "统一社会信用代码"
    FREE = "其他证件"


class IdField(QLineEdit):
    """Checked with python-stdnum when the focus leaves; a right number gets a tick. Copying is off."""

    edited = Signal()
    accepted = Signal(str)

    def __init__(self, kind: IdKind = IdKind.IDENTITY_CARD, *, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._kind = kind
        self._tick = Picture("success", 18, Tone.DONE)
        self._tick.setAccessibleName("校验通过")
        self._inside = Inside(self, self._tick)
        self._inside.show_guest(False)
        self.setMaxLength(40)
        self.setMinimumWidth(theme().px(210))
        self.textEdited.connect(self._on_text_edited)

    def set_kind(self, kind: IdKind) -> None:
        """Follow another rule from now on."""
        self._kind = kind
        self._show_tick()

    def value(self) -> str:
        """The number, upper case and without blanks."""
        return _compact(self.text())

    def set_value(self, number: str) -> None:
        """Show ``number``."""
        self.setText(number)
        self._show_tick()

    def problem(self) -> str:
        """One sentence when the check digit, the length or the date inside is wrong."""
        return number_problem(self._kind, self.value())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Identity numbers do not travel by clipboard: copy and cut do nothing."""
        if event.matches(QKeySequence.StandardKey.Copy) or event.matches(QKeySequence.StandardKey.Cut):
            event.accept()
            return
        super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The context menu offers copying, so there is none."""
        event.accept()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Write the number out, check it, and tell who waits for a good one."""
        self.setText(self.value())
        self._show_tick()
        super().focusOutEvent(event)
        if self.is_verified():
            self.accepted.emit(self.value())

    def _on_text_edited(self) -> None:
        self._show_tick()
        self.edited.emit()

    def is_verified(self) -> bool:
        """True when the number has a check digit and it is right."""
        return self._kind is not IdKind.FREE and bool(self.value()) and not self.problem()

    def _show_tick(self) -> None:
        self._inside.show_guest(self.is_verified())


def number_problem(kind: IdKind, number: str) -> str:
    """One sentence about ``number`` under the rule of ``kind``, or "" when empty or right."""
    if not number or kind is IdKind.FREE:
        return ""
    if kind is IdKind.CREDIT_CODE:
        return _credit_code_problem(number)
    # Not ``ric.validate``: it refuses everybody whose county was renamed before the number was given.
    if len(number) not in (_OLD, _LENGTH):
        return f"{kind}应当是 {_LENGTH} 位，现在是 {len(number)} 位。"
    if not (number[:-1].isascii() and number[:-1].isdecimal()):
        return f"{kind}的写法不对，请对照证件再看一遍。"
    born = birth_date_in(number)
    if born is None:
        return "身份证号里的出生日期不存在。"
    if born > local_day(system_clock()):
        return "身份证号里的出生日期在今天之后。"
    wrong = any(True for _ in id_problems(number, born=None, gender=None))
    return f"{kind}的校验位不对，请对照证件再看一遍。" if wrong else ""


def _credit_code_problem(number: str) -> str:
    if len(number) != _LENGTH:
        return f"{IdKind.CREDIT_CODE}应当是 {_LENGTH} 位，现在是 {len(number)} 位。"
    reason = uscc_problem(number)
    return f"{reason}，请对照证件再看一遍。" if reason else ""


def _compact(text: str) -> str:
    """Half width, upper case, no blanks, and none of the marks that a number copied from elsewhere brings along."""
    return "".join(cleaned(unicodedata.normalize("NFKC", text), multiline=False)[0].split()).upper()
