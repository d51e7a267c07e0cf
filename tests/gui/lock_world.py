"""What the tests of the lock do on the sample centre: find cases, type everywhere, look for what is left."""

from __future__ import annotations

from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QWidget

from mediation_desk.app import Desk as Opened
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery
from tests.gui.left_behind import Looker, personal, strangers
from tests.gui.sitting import Sitter

FILL = (
    "import sys; from pathlib import Path; from mediation_desk.app import open_desk;"
    "from mediation_desk.settings import resolve;"
    "desk = open_desk(resolve(Path(sys.argv[1]), practice=True)); desk.fill_sample(); desk.close()"
)
TYPED = "".join(("zq", "7x", "k"))  # noqa: FLY002  # so the source, which Python keeps too, does not hold it


def looker_for(desk: Opened) -> Looker:
    """Knows every name, number and address of the sample, and what the test types."""
    return Looker([TYPED, *personal(desk.cases.file(desk.actor, key) for key in all_keys(desk))])


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
    assert strangers(seated.sitting.front.window) == []
    found = looker.places()
    assert not found, found[:9]
    assert seated.doors.desk.storage.engine.pool.checkedout() == 0  # type: ignore[attr-defined]
