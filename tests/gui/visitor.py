"""A visitor at the public window: taps, presses, and reports everything that can be read anywhere."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime
from enum import Enum

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.cases.choosing.window_rules import window_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.choice.ballot import Mark
from tests.gui.case_page_driver import fill_pool, register
from ui.main_window import MainWindow
from ui.window.narrow import NarrowService
from ui.window.opening import open_window
from ui.window.window import PublicWindow

PIN = "2468"


def choosing_case(services: Services) -> CaseFile:
    """A case whose parties may choose now, on a desk with a PIN."""
    fill_pool(services)
    file = register(services)
    services.cases.perform(services.actor, file.case_key, Accept(on=services.cases.local_today))
    services.choosing.open_round(services.actor, file.case_key)
    services.window.set_pin(services.actor, PIN)
    return services.cases.file(services.actor, file.case_key)


def stored(services: Services, key: str, party: str = "A1") -> Mark | None:
    """What the database holds of this party's marks."""
    return services.choosing.ballot_paper(services.actor, key, party).mark


def settle() -> None:
    """Let everything happen that is due, deletions too."""
    for _round in range(6):
        QApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


class Visitor:
    """Finds things by the names they have; touches only what is visible."""

    def __init__(self, window: PublicWindow) -> None:
        self.window = window
        settle()

    @classmethod
    def let_in(cls, main: MainWindow, key: str, party: str = "A1") -> Visitor:
        """The staff opens the window for a party."""
        open_window(main.context, key, party)
        settle()
        shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, PublicWindow)]
        assert len(shown) == 1
        return cls(shown[0])

    @classmethod
    def at_size(cls, main: MainWindow, paper: BallotPaper, width: int, height: int) -> Visitor:
        """In front of a screen of this size."""
        window = PublicWindow(NarrowService(main.context, "", paper.party), window_rules())
        window.resize(width, height)
        window.open(paper)
        return cls(window)

    def buttons(self) -> list[QAbstractButton]:
        """Everything that can be tapped now."""
        found = self.window.findChildren(QAbstractButton)
        return [one for one in found if one.isVisible() and one.isEnabled()]

    def has(self, name: str) -> bool:
        return any(one.objectName() == name for one in self.buttons())

    def tap(self, name: str) -> None:
        found = [one for one in self.buttons() if one.objectName() == name]
        assert len(found) == 1, f"{len(found)} of {name}"
        QTest.mouseClick(found[0], Qt.MouseButton.LeftButton)
        settle()

    def focused(self) -> QWidget:
        """Where a key goes."""
        inner: QWidget | None = self.window.focusWidget()
        return self.window if inner is None else inner

    def mark(self, name: str) -> None:
        """A button of a card, turning to its screenful first."""
        while self.has("window.before") and not self.has(name):
            self.tap("window.before")
        while not self.has(name):
            self.tap("window.after")
        self.tap(name)

    def turn_to(self, pool_no: str) -> None:
        """PageDown until this card has the focus."""
        for _press in range(8):
            if self.focused().objectName().endswith(pool_no):
                return
            self.press(Qt.Key.Key_PageDown)
        raise AssertionError(pool_no)

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        QTest.keyClick(self.focused(), key, modifier)
        settle()

    def send(self, key: Qt.Key, modifier: Qt.KeyboardModifier) -> None:
        """Any key there is; QTest knows only those of a typewriter."""
        for kind in (QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QApplication.sendEvent(self.focused(), QKeyEvent(kind, key.value, modifier))
        settle()

    def type_pin(self, pin: str) -> None:
        """On the keys of the screen, asked for by the small button of the staff."""
        if not self.has("window.key.1"):
            self.tap("window.staff")
        for digit in pin:
            self.tap(f"window.key.{digit}")
        self.tap("window.key.确定")

    def go_to_cards(self) -> None:
        self.tap("window.begin")
        self.tap("window.everybody")

    def poke(self, place: QPoint, button: Qt.MouseButton = Qt.MouseButton.LeftButton) -> None:
        """Whatever lies there."""
        target = self.window.childAt(place) or self.window
        QTest.mouseClick(target, button, pos=target.mapFrom(self.window, place))
        settle()

    def readable(self) -> str:
        """Every text in the window and in everything else that is visible, hidden widgets of the window too."""
        return self.readable_in(self.window)

    @staticmethod
    def readable_in(window: QWidget) -> str:
        """The same, for whoever looks at ``window``."""
        tops = [one for one in QApplication.topLevelWidgets() if one.isVisible() or one is window]
        return "\n".join(text for top in tops for one in _tree(top) for text in _texts(one))


def case_data(file: CaseFile, paper: BallotPaper) -> set[str]:
    """Every string, day and number of the case that the sheet itself may not show."""
    public = " ".join(
        (
            paper.party_label,
            paper.matter,
            *paper.rule,
            *(text for card in paper.cards for text in _values(card.public)),
        )
    )
    counter = "窗口"  # who typed it in, on a desk without accounts; also what the office calls its counter
    return {text for text in _values(file) if len(text) > 1 and text not in public} - {counter}


def _values(value: object) -> Iterator[str]:
    if isinstance(value, Enum):
        yield str(value.value)
    elif isinstance(value, str):
        yield value
    elif isinstance(value, date | datetime):
        yield value.isoformat()[:10]
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            yield from _values(getattr(value, field.name))
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from _values(one)
    elif isinstance(value, dict):
        for one in value.values():
            yield from _values(one)


def _tree(top: QWidget) -> list[QWidget]:
    return [top, *top.findChildren(QWidget)]


def _texts(widget: QWidget) -> Iterator[str]:
    yield widget.objectName()
    yield widget.windowTitle()
    yield widget.toolTip()
    yield widget.statusTip()
    yield widget.whatsThis()
    yield widget.accessibleName()
    yield widget.accessibleDescription()
    if isinstance(widget, QLabel | QAbstractButton):
        yield widget.text()
    for name in widget.dynamicPropertyNames():
        with suppress(RuntimeError):  # Qt's own, which Python cannot read
            value = widget.property(bytes(name.data()).decode())
            yield value if isinstance(value, str) else ""
    for action in widget.actions():
        yield action.text()
