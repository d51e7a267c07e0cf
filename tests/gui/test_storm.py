"""The public window in a storm of events: nothing else comes into sight, and a reset leaves nothing (S6)."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLineEdit

from mediation_desk.app import Desk as Services
from tests.gui.storm import leaks, remains
from tests.gui.storm_room import Room
from tests.gui.visitor import settle
from ui.main_window import MainWindow
from ui.window import guard
from ui.window.guard import Guard
from ui.window.still_pages import RestPage
from ui.window.window import PublicWindow

STORMY = pytest.mark.qt_log_ignore(
    "QGestureManager", "propagateSizeHints", "This plugin does not", extend=True
)
"""Pages go away under the finger, and the offscreen platform has no grabs."""


@pytest.fixture
def room(services: Services, window: MainWindow) -> Iterator[Room]:
    made = Room.furnish(services, window)
    yield made
    made.clear()


@STORMY
def test_whatever_happens_nothing_else_comes_into_sight(room: Room) -> None:
    """The long form, 20,000 events with 20 seeds: benchmarks.reliability.public_window."""
    for seed in range(2):
        storm = room.storm(seed)
        storm.blow(250)
        assert storm.faults == []
        assert len(storm.seen) >= 18
        assert storm.resets > 0


def test_a_reset_leaves_nothing_of_the_party(room: Room) -> None:
    visitor = room.visitor
    visitor.go_to_cards()
    visitor.mark("window.choose.M02")
    assert list(leaks(visitor.window, room.party))
    assert list(remains())
    QGuiApplication.clipboard().setText("甄有理")
    visitor.window._idle.over.emit()
    settle()
    assert isinstance(visitor.window.page, RestPage)
    assert list(leaks(visitor.window, room.party)) == []
    assert list(remains()) == []

    visitor.window.leave()
    settle()
    QGuiApplication.clipboard().setText("贾讲理 13900004321")
    assert list(leaks(room.open().window, room.others)) == []


@STORMY
def test_with_one_thing_left_undone_the_storm_finds_it(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    """The controls: a context menu left on, the guard off, a word not wiped, a party still held, and so on."""
    for spoil, found in CONTROLS:
        with monkeypatch.context() as patch:
            spoil(room, patch)
            storm = room.storm(3)
            storm.blow(1500)
        assert found in " ".join(storm.faults), spoil.__name__
        room.clear()
        room.open()


def guard_off(room: Room, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Guard, "eventFilter", lambda _self, _watched, _event: False)
    _field(room)


def menu_left_on(room: Room, patch: pytest.MonkeyPatch) -> None:
    patch.setattr(guard, "_NEVER", guard._NEVER - {QEvent.Type.ContextMenu})
    patch.setattr(Guard, "_hold_back", lambda _self, _watched: None)
    _field(room)


def word_left(room: Room, patch: pytest.MonkeyPatch) -> None:
    label = room.label
    patch.setattr(PublicWindow, "_rest_page", lambda self, said: RestPage(self.look, f"{said}{label}"))


def undo_left(room: Room, patch: pytest.MonkeyPatch) -> None:
    field = _field(room)
    field.insert(room.label)
    field.backspace()


def party_held(room: Room, patch: pytest.MonkeyPatch) -> None:
    kept = [room.visitor.window._visit]
    patch.setattr(PublicWindow, "kept", kept, raising=False)


def other_case(room: Room, patch: pytest.MonkeyPatch) -> None:
    room.visitor.window.setAccessibleDescription("13900004321")


CONTROLS: tuple[tuple[Callable[[Room, pytest.MonkeyPatch], None], str], ...] = (
    (guard_off, "QMenu"),
    (menu_left_on, "QMenu"),
    (word_left, "甄有理"),
    (undo_left, "undone"),
    (party_held, "still held"),
    (other_case, "13900004321"),
)


def _field(room: Room) -> QLineEdit:
    field = QLineEdit(room.visitor.window)
    field.show()
    return field
