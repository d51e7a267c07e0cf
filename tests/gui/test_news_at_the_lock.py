"""A desk on a server is locked and opened again while other desks tell news."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.work import CHANNEL
from mediation_desk.app import Desk, open_desk
from mediation_desk.settings import resolve
from tests.gui.sitting import sitter
from ui.tasks.runner import PoolRunner

ROUNDS = 4


@pytest.fixture
def served(url: str, tmp_path: Path) -> Iterator[Desk]:
    desk = open_desk(replace(resolve(database=url, practice=True), folder=tmp_path))
    yield desk
    desk.close()


@contextmanager
def told_now_and_then(url: str) -> Iterator[None]:
    over = threading.Event()

    def tell() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not over.wait(0.15):
                connection.execute(f"NOTIFY {CHANNEL}, 'open AJ2026000009 0'")

    teller = threading.Thread(target=tell)
    teller.start()
    try:
        yield
    finally:
        over.set()
        teller.join()


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_news_end_before_the_window_does(
    qapp: QApplication, qtbot: QtBot, served: Desk, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong: list[object] = []
    monkeypatch.setattr("ui.errors.presenter.Presenter.present", lambda _self, error: wrong.append(error))
    with sitter(qapp, qtbot, served, runner=PoolRunner()) as seated, told_now_and_then(url):
        seated.sit()
        for _round in range(ROUNDS):
            qtbot.wait(60)
            seated.lock()
            qtbot.wait(400)
            seated.unlock()
    assert wrong == []
