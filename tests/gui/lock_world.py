"""A seated desk on the sample centre, and what the tests of the lock do there."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.app import Desk as Opened
from mediation_desk.app import open_desk
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.settings import resolve
from tests.gui.left_behind import Looker, personal, strangers
from tests.gui.sitting import Sitter, sitter

_FILL = (
    "import sys; from pathlib import Path; from mediation_desk.app import open_desk;"
    "from mediation_desk.settings import resolve;"
    "desk = open_desk(resolve(Path(sys.argv[1]))); desk.fill_sample(); desk.close()"
)
TYPED = "zq7xk"


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample centre, filled by another process: this one has never read it."""
    folder = tmp_path_factory.mktemp("sample")
    subprocess.run([sys.executable, "-c", _FILL, str(folder)], check=True)
    return folder / "desk.db"


@pytest.fixture
def desk(sample: Path, tmp_path: Path) -> Iterator[Opened]:
    shutil.copyfile(sample, tmp_path / "desk.db")
    opened = open_desk(resolve(tmp_path))
    yield opened
    opened.close()


@pytest.fixture
def seated(qapp: QApplication, qtbot: QtBot, desk: Opened) -> Iterator[Sitter]:
    with sitter(qapp, qtbot, desk) as made:
        made.sit()
        yield made


@pytest.fixture
def looker(desk: Opened) -> Looker:
    """Knows every name, number and address of the sample, and what the test types."""
    actor = desk.actor
    keys = all_keys(desk)
    return Looker([TYPED, *personal(desk.cases.file(actor, key) for key in keys)])


def all_keys(desk: Opened) -> list[str]:
    with desk.storage.read() as work:
        return [one.case_key for one in work.cases.summaries(CaseQuery())]


def case_in(desk: Opened, state: State) -> str:
    with desk.storage.read() as work:
        return next(one.case_key for one in work.cases.summaries(CaseQuery()) if one.state is state)


def write_everywhere(root: QWidget) -> dict[str, str]:
    """Type into every editor that can be seen, and tell what stands there then."""
    for editor in _editors(root):
        editor.setFocus()
        QTest.keyClicks(editor, TYPED)
    return words_in(root)


def words_in(root: QWidget) -> dict[str, str]:
    return {
        f"{number} {type(one).__name__} {one.objectName()}": one.text()
        if isinstance(one, QLineEdit)
        else one.toPlainText()
        for number, one in enumerate(_editors(root))
    }


def _editors(root: QWidget) -> list[QLineEdit | QPlainTextEdit]:
    return [
        one
        for one in root.findChildren(QWidget)
        if isinstance(one, QLineEdit | QPlainTextEdit)
        and one.isVisible()
        and one.isEnabled()
        and not one.isReadOnly()
        and not (isinstance(one, QLineEdit) and one.echoMode() is not QLineEdit.EchoMode.Normal)
    ]


def check_nothing_left(seated: Sitter, looker: Looker) -> None:
    assert strangers(seated.sitting.front) == []
    assert looker.places() == []
    assert seated.doors.desk.storage.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


