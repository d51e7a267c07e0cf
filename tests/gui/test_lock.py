"""S4: after lock nothing that was read or typed is left; after unlock everything typed stands where it stood."""

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
from ui.screens.case_page.tabs import TABS
from ui.screens.registry import SCREENS

_FILL = (
    "import sys; from pathlib import Path; from mediation_desk.app import open_desk;"
    "from mediation_desk.settings import resolve;"
    "desk = open_desk(resolve(Path(sys.argv[1]))); desk.fill_sample(); desk.close()"
)
TYPED = "zq7xk"
SCREEN_CODES = [spec.code for spec in SCREENS if spec.code != "case"]


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
    keys = _keys(desk)
    return Looker([TYPED, *personal(desk.cases.file(actor, key) for key in keys)])


def _keys(desk: Opened) -> list[str]:
    with desk.storage.read() as work:
        return [one.case_key for one in work.cases.summaries(CaseQuery())]


def _case_in(desk: Opened, state: State) -> str:
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


def write_on(seated: Sitter, code: str, argument: str) -> dict[str, str]:
    """Open a screen and type everywhere; holds on to nothing of the window itself."""
    seated.window.open_screen(code, argument)
    seated.settle()
    screen = seated.window.screen_in_front()
    assert screen is not None and screen.code == code
    typed = write_everywhere(screen)
    seated.settle()
    return typed


def check_all_back(seated: Sitter, code: str, typed: dict[str, str]) -> None:
    front = seated.unlock().screen_in_front()
    assert front is not None and front.code == code
    assert words_in(front) == typed


@pytest.mark.parametrize("code", SCREEN_CODES)
def test_screen(seated: Sitter, looker: Looker, desk: Opened, code: str) -> None:
    argument = {
        "correcting": _case_in(desk, State.MEDIATING),
        "board": f"{_case_in(desk, State.MEDIATING)}#1",
        "work": "new",
    }.get(code, "")
    typed = write_on(seated, code, argument)
    seated.lock()
    check_nothing_left(seated, looker)
    check_all_back(seated, code, typed)


@pytest.mark.parametrize("tab", TABS)
def test_tab_of_a_case(seated: Sitter, looker: Looker, desk: Opened, tab: str) -> None:
    key = _case_in(desk, State.MEDIATING)
    typed = write_on(seated, "case", f"{key}#{tab}")
    seated.lock()
    check_nothing_left(seated, looker)
    check_all_back(seated, "case", typed)
    assert seated.window.where() == f"{key}#{tab}"
