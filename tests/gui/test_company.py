"""Two desks on one database: each sees that the other is there and what it saved; words being typed stay."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.app import open_desk
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.settings import Settings
from tests.conftest import postgres_database
from tests.gui.case_page_driver import Driver, register
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.cases.screen import CasesScreen
from ui.tasks.runner import ImmediateRunner


@dataclass
class Served:
    """A window, and another desk on the same server."""

    desk: Driver
    other: Services


@pytest.fixture
def other(services: Services) -> Iterator[Services]:
    """王姐's desk: another program on the same database."""
    opened = open_desk(services.settings)
    wang = replace(opened.actor, account="wang", display_name="王姐")
    yield opened.seated(wang)
    opened.close()


@pytest.fixture
def desk(window: MainWindow, services: Services) -> Driver:
    return Driver(window, register(services).case_key)


def save(other: Services, key: str, words: str) -> CaseFile:
    now = other.cases.file(other.actor, key)
    step = Correct(to=replace(registration_of(now), facts=words), reason="补充")
    return other.cases.perform(other.actor, key, step, version=now.version)


def said(desk: Driver, name: str) -> str:
    return str(desk.find(name).accessibleName() or desk.find(name).property("text"))


def test_who_has_the_case_open_elsewhere_is_told_and_forgotten(
    desk: Driver, other: Services, services: Services
) -> None:
    assert not desk.shows("case.company")
    key = desk.file.case_key
    (mine,) = other.presence.elsewhere(other.actor, (key,))[key]
    assert mine.name == services.actor.display_name
    other.presence.sit(other.actor, key)
    desk.page.company.look()
    desk.settle()
    assert "wang" in said(desk, "case.company")
    other.rest()
    desk.page.company.look()
    desk.settle()
    assert not desk.shows("case.company")


def test_the_list_says_where_a_case_stands_open(desk: Driver, window: MainWindow, other: Services) -> None:
    key = desk.file.case_key
    other.presence.sit(other.actor, key)
    window.open_screen("cases")
    desk.settle()
    screen = window.screen_in_front()
    assert isinstance(screen, CasesScreen)
    (line,) = screen.shown()
    assert line.open_at.startswith("wang ")
    assert other.presence.elsewhere(other.actor, (key,)) == {}, "the page left the front here"


def test_an_untouched_page_reads_again_by_itself(desk: Driver, other: Services) -> None:
    save(other, desk.file.case_key, "她写的。")
    desk.page.company.look()
    desk.settle()
    assert desk.file.facts == "她写的。"
    assert not desk.shows("case.newer")


def test_with_words_half_typed_only_the_band_appears(desk: Driver, other: Services) -> None:
    desk.page.go("overview", "end")
    desk.settle()
    reason = desk.find("end.reason")
    reason.setFocus()
    QTest.keyClicks(reason, "abc")
    seen = desk.file
    save(other, seen.case_key, "她写的。")
    desk.page.company.look()
    desk.settle()
    assert desk.file == seen
    assert "王姐" in said(desk, "case.newer")
    assert "F5" in said(desk, "case.newer")
    desk.window.reload()
    desk.settle()
    assert desk.file.facts == "她写的。"
    assert not desk.shows("case.newer")
    assert desk.find("end.reason").toPlainText() == "abc"  # type: ignore[attr-defined]


@pytest.fixture
def served(
    qapp: QApplication, qtbot: QtBot, cluster: str, postgres_template: str, tmp_path: Path
) -> Iterator[Served]:
    """A window and 王姐's desk on one server."""
    for url in postgres_database(cluster, postgres_template):
        here, there = (open_desk(Settings(tmp_path / name, None, url)) for name in ("here", "there"))
        made = open_window(qapp, here, ImmediateRunner())
        qtbot.addWidget(made)
        made.show()
        yield Served(
            Driver(made, register(here).case_key), there.seated(replace(there.actor, display_name="王姐"))
        )
        made.close()
        there.close()
        here.close()


def test_a_server_tells_at_once(served: Served, qtbot: QtBot) -> None:
    desk, other = served.desk, served.other
    assert desk.window.hears_news()
    assert not desk.page.company._poll.isActive(), "nobody asks a server that tells"
    save(other, desk.file.case_key, "她写的。")
    qtbot.waitUntil(lambda: desk.file.facts == "她写的。", timeout=10_000)
    other.presence.sit(other.actor, desk.file.case_key)
    qtbot.waitUntil(lambda: desk.shows("case.company"), timeout=10_000)
    if folder := os.environ.get("PICTURES"):
        desk.window.grab().save(f"{folder}/company.png")
