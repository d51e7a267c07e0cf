"""Windows over a real SQLite file; work runs at once unless a test asks for the pools."""

from __future__ import annotations

import gc
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtPrintSupport import QPrintDialog
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Services
from mediation_desk.app import open_desk
from mediation_desk.settings import resolve
from tests.gui.left_behind import Looker
from tests.gui.lock_world import FILL, looker_for
from tests.gui.printer import PrinterOfATest
from tests.gui.sitting import Sitter, sitter
from ui.app import open_window
from ui.main_window import MainWindow
from ui.tasks.runner import ImmediateRunner
from ui.theme import Theme

_OFFSCREEN = ("propagateSizeHints", "This plugin does not support")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What the offscreen platform says of smallest sizes and pop-ups; there is nothing to do about it."""
    for item in items:
        item.add_marker(pytest.mark.qt_log_ignore(*_OFFSCREEN, extend=True))


@pytest.fixture
def themed(qapp: QApplication) -> Theme:
    return Theme(qapp)


@pytest.fixture
def services(tmp_path: Path, sqlite_template: Path) -> Iterator[Services]:
    shutil.copyfile(sqlite_template, tmp_path / "desk.db")
    opened = open_desk(resolve(tmp_path, practice=True))
    yield opened
    opened.close()


@pytest.fixture
def window(qapp: QApplication, qtbot: QtBot, services: Services) -> Iterator[MainWindow]:
    made = open_window(qapp, services, ImmediateRunner())
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    made.close()
    made.deleteLater()
    # Now, not some time: the next window's style would first be given to every widget of this one.
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)


@pytest.fixture
def printer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> PrinterOfATest:
    made = PrinterOfATest(tmp_path)

    def answer(dialog: QPrintDialog) -> int:
        return made.exec(dialog)

    monkeypatch.setattr(QPrintDialog, "exec", answer)
    return made


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample centre, filled by another process: this one has never read it."""
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run([sys.executable, "-c", FILL, str(folder)], check=True)
    return folder / "desk.db"


@pytest.fixture
def sample_desk(sample: Path, tmp_path: Path) -> Iterator[Services]:
    shutil.copyfile(sample, tmp_path / "desk.db")
    opened = open_desk(resolve(tmp_path, practice=True))
    yield opened
    opened.close()


@pytest.fixture
def seated(qapp: QApplication, qtbot: QtBot, sample_desk: Services, looker: Looker) -> Iterator[Sitter]:
    """Somebody sits at the sample centre."""
    with sitter(qapp, qtbot, sample_desk) as made:
        made.sit()
        yield made


@pytest.fixture
def looker(sample_desk: Services) -> Iterator[Looker]:
    """Looks at what came after it: parameters of other tests hold the same invented people."""
    found = looker_for(sample_desk)
    gc.collect()
    gc.freeze()
    yield found
    gc.unfreeze()
    gc.collect()
    gc.freeze()
