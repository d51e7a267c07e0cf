"""Hostile text on every screen: shown as it is, interpreted nowhere (S7)."""

from __future__ import annotations

import logging
from dataclasses import replace

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QTextEdit, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.counter.visits import Consult
from mediation_desk.cases.registering import registration_of
from tests.every_field import texts_in, with_text
from tests.gui.rich import MARK, interpreted
from tests.hostile_case import hostile_file, sound
from tests.hostile_text import MARKUP, MNEMONICS, TEMPLATES
from ui.main_window import MainWindow
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS

TEXTS = tuple(f"{MARK}{text}" for text in (*MARKUP, *MNEMONICS, *TEMPLATES))


@pytest.fixture
def keys(services: Services) -> list[str]:
    """A finished case and one just taken in, a consultation, a draft: hostile text wherever it is let in."""
    actor = services.actor
    done, _new = services.cases.take_over(actor, hostile_file(TEXTS, 0))
    command = replace(registration_of(sound()), evidence=(), related_cases=())
    for number, (place, _text) in enumerate(texts_in(command)):
        wanted = with_text(command, place, TEXTS[number * 7 % len(TEXTS)])
        if place.rsplit("/", 1)[-1] in ("title", "facts", "name", "address", "item", "place", "source_org"):
            command = wanted
    live = services.cases.register(actor, command, despite=ANYWAY)
    for text in TEXTS[:12]:
        services.visits.consult(actor, Consult(name=text, matter=text, answer=text))
    services.cases.keep_draft(actor, "intake:x", {"title": TEXTS[1], "facts": TEXTS[2]})
    return [done.case_key, live.case_key]


def settle() -> None:
    for _round in range(6):
        QApplication.processEvents()


def faults() -> list[str]:
    return [fault for top in QApplication.topLevelWidgets() for fault in interpreted(top)]


def test_no_screen_and_no_tab_makes_more_of_it_than_text(
    window: MainWindow, services: Services, keys: list[str], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "mediation_desk")
    shown = ""
    for code in TABS:
        window.open_case(keys[0], code)
        settle()
        shown += _words(window)
    assert faults() == []
    for spec in SCREENS:
        if spec.code == "case":
            continue
        window.open_screen(spec.code, keys[1] if spec.code in ("correcting", "board") else "")
        settle()
        shown += _words(window)
    assert faults() == []
    window._top.search.setText(f"{MARK}<b>")
    window._top.search.textEdited.emit(f"{MARK}<b>")
    QTest.qWait(300)
    settle()
    assert faults() == []
    assert f"{MARK}<b>粗</b>" in shown
    assert f"{MARK}<img src=/etc/passwd>" in shown
    assert MARK not in caplog.text, "what was typed stands in a log"


def _words(window: QWidget) -> str:
    return "\n".join(label.text() for label in window.findChildren(QLabel))


@pytest.mark.parametrize("text", [f"{MARK}<b>粗</b>", f"{MARK}A&B", f"{MARK}<img src=x>"])
def test_a_raw_widget_is_found(window: MainWindow, text: str) -> None:
    """The control: one label, one button, one tool tip, one editor past the helpers."""
    ground = QWidget()
    tip, editor = QWidget(ground), QTextEdit(ground)
    for raw in (QLabel, QPushButton):
        raw(text, ground)
    tip.setToolTip(text)
    editor.setText(f"{text}<a href='x'>x</a>")
    found = " ".join(interpreted(ground))
    assert "QLabel : guesses rich text" in found
    assert ("shortcut" in found) is ("&" in text)
    assert ("tool tip" in found) is ("<" in text)
    assert "picture or link" in found
    ground.deleteLater()
