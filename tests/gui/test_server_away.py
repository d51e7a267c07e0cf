"""A server that freezes while somebody saves: the window goes on, the words stay, the truth comes, then once more."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import text

from mediation_desk.app import Desk as Services
from mediation_desk.app import Doors, open_desk
from mediation_desk.settings import Settings
from mediation_desk.shared.assets import use_rules_in
from mediation_desk.statistics.work.model import WorkQuery
from tests.gui.sitting import Sitter
from tests.persistence.lost_replies import hurry
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.work.screen import WorkScreen
from ui.tasks.runner import PoolRunner

STALL_MS, VERDICT_S = 100, 10
ON_SERVER = pytest.mark.parametrize("backend", ["postgresql"], indirect=True)


class Pulse:
    """The longest the event loop stood still, as a timer of 10 ms sees it."""

    def __init__(self) -> None:
        self.longest = 0.0
        self._last = time.monotonic()
        self._timer = QTimer(interval=10)
        self._timer.timeout.connect(self._beat)
        self._timer.start()

    def _beat(self) -> None:
        now = time.monotonic()
        self.longest = max(self.longest, (now - self._last) * 1000)
        self._last = now


@pytest.fixture
def on_server(url: str, tmp_path: Path) -> Iterator[Services]:
    (tmp_path / "rules").mkdir()
    hurry(tmp_path / "rules")
    opened = open_desk(Settings(tmp_path, None, url, practice=True))
    yield opened
    opened.close()
    use_rules_in(Path("/nonexistent-rules"))


@pytest.fixture
def counter(qapp: QApplication, qtbot: QtBot, on_server: Services) -> Iterator[MainWindow]:
    made = open_window(qapp, on_server, PoolRunner())
    made.show()
    yield made
    qtbot.waitUntil(made.context.desk.idle, timeout=20_000)
    made.close()
    made.deleteLater()


@contextmanager
def frozen(url: str) -> Iterator[None]:
    """Every process that serves the desk now stands still; new ones would not."""
    with psycopg.connect(url, autocommit=True) as connection:
        found = connection.execute(
            "SELECT pid FROM pg_stat_activity"
            " WHERE datname = current_database() AND application_name = 'mediation-desk'"
        ).fetchall()
    for (pid,) in found:
        os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        for (pid,) in found:
            os.kill(pid, signal.SIGCONT)


@ON_SERVER
def test_a_frozen_server_neither_stops_the_window_nor_eats_the_words(
    counter: MainWindow, on_server: Services, url: str, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = counter.context.desk
    counter.open_screen("work")
    screen = counter.screen_in_front()
    assert isinstance(screen, WorkScreen)
    qtbot.waitUntil(desk.idle, timeout=10_000)
    screen.start()
    qtbot.waitUntil(desk.idle, timeout=10_000)
    form = screen.form
    form.unit.set_value("长安街道")
    form.fields["times"].editor.setText("2")
    form.fields["disputes"].editor.setText("1")
    add = on_server.work._storage.write

    @contextmanager
    def freezing(*args: object) -> Iterator[object]:
        with add(*args) as work, frozen(url):  # type: ignore[arg-type]
            yield work
            work.audit.append()  # type: ignore[attr-defined]

    pulse = Pulse()
    monkeypatch.setattr(on_server.work._storage, "write", freezing)
    began = time.monotonic()
    form.save()
    qtbot.waitUntil(lambda: "没有保存" in counter.message_bar.sentence(), timeout=VERDICT_S * 1000)
    verdict = time.monotonic() - began
    monkeypatch.undo()

    assert verdict <= VERDICT_S
    assert pulse.longest <= STALL_MS
    assert form.unit.value() == "长安街道"
    assert form.fields["times"].editor.text() == "2"

    QTimer.singleShot(150, counter.away.look_again)  # after those who need not wait as long
    qtbot.waitUntil(lambda: "恢复应答" in counter.message_bar.sentence(), timeout=10_000)
    counter.message_bar.act()
    qtbot.waitUntil(lambda: len(on_server.work.listed(on_server.actor, WorkQuery())) == 1, timeout=10_000)
    qtbot.waitUntil(desk.idle, timeout=10_000)


def test_who_sits_at_an_older_program_is_told(seated: Sitter, monkeypatch: pytest.MonkeyPatch) -> None:
    with seated.doors.desk.storage.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'm9999'"))
    monkeypatch.setattr(seated.doors, "current", lambda actor: Doors.current(seated.doors, actor))
    seated.sitting.look_again()

    assert "升级过" in seated.window.message_bar.sentence()
