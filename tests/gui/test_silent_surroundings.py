"""S11: what others see of the desk without its permission: titles, the task list, names of files, what it remembers."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtGui import QGuiApplication
from PySide6.QtPrintSupport import QPrinter
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.documents.printing import Job
from mediation_desk.interchange.writer import dump_case
from tests.gui.case_page_driver import APPLICANT_ID, PHONES, RESPONDENT_ID, Driver, fill_pool, register
from ui.main_window import MainWindow
from ui.printing.sending import send
from ui.screens.case_page.tabs import TABS

MARKS = ("甄有理", "贾讲理", APPLICANT_ID, RESPONDENT_ID, PHONES["A1"], "相邻排水纠纷", "雨水倒灌")
FORMS = ("application",)
WRITING = {"open", "os.rename", "os.mkdir", "shutil.move", "tempfile.mkstemp", "tempfile.mkdtemp"}
STARTING = {"subprocess.Popen", "os.exec", "os.posix_spawn", "os.system"}


class Witness:
    """Python's own audit of files and processes, while ``listening``."""

    def __init__(self) -> None:
        self.names: list[str] = []
        self.processes: list[str] = []
        self.listening = False
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.listening and event in WRITING:
            self.names.append(f"{event} {arguments[:2]!r}")
        if self.listening and event in STARTING:
            self.processes.append(repr(arguments))


@cache
def the_witness() -> Witness:
    """Called when first needed: a hook stays to the end, and slows down everything that comes after it."""
    return Witness()


@pytest.fixture
def witness() -> Iterator[Witness]:
    made = the_witness()
    made.names.clear()
    made.processes.clear()
    made.listening = True
    yield made
    made.listening = False


def titles() -> list[str]:
    """What the system's task list, switcher and accessibility bus show of every window."""
    found = [QCoreApplication.applicationName(), QApplication.applicationDisplayName(), *sys.argv]
    for widget in QApplication.topLevelWidgets():
        found += [widget.windowTitle(), widget.windowFilePath()]
    return found + [window.title() for window in QGuiApplication.allWindows()]


def leaks(texts: list[str]) -> list[str]:
    return [f"{mark} in {text[:80]}" for text in texts for mark in MARKS if mark in text]


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    return Driver(window, register(services).case_key)


def test_nothing_around_the_desk_tells_whose_case_is_open(
    window: MainWindow, services: Services, driver: Driver, witness: Witness, tmp_path: Path
) -> None:
    seen = []
    for tab in TABS:
        driver.page.go(tab)
        driver.settle()
        seen += titles()
    for code in ("today", "cases", "intake", "calendar", "system"):
        window.open_screen(code)
        driver.settle()
        seen += titles()
    services.printing.write_all(
        services.actor, driver.file.case_key, ("docx", "pdf"), tmp_path / "papers", FORMS
    )
    witness.listening = False
    remembered = [
        file.read_text("utf-8", "replace") for file in tmp_path.glob("*.ini")
    ]  # of windows and habits

    assert leaks(seen) == []
    assert leaks(witness.names) == []
    assert leaks(witness.processes) == []
    assert leaks(remembered) == []
    assert leaks([str(path) for path in tmp_path.rglob("*")]) == []
    assert len(set(seen)) > 1
    assert any("papers" in name for name in witness.names)


def test_a_telling_title_name_and_process_are_noticed(
    qapp: QApplication, witness: Witness, tmp_path: Path
) -> None:
    """The control."""
    widget = QWidget()
    widget.setWindowTitle("甄有理的案件")
    (tmp_path / "甄有理.txt").write_text("")
    subprocess.run(["true", "甄有理"], check=True)

    assert leaks(titles())
    assert leaks(witness.names)
    assert leaks(witness.processes)
    widget.deleteLater()


def test_no_byte_is_left_outside_database_and_papers(
    window: MainWindow,
    services: Services,
    driver: Driver,
    tmp_path: Path,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A look, a preview, a print, an export, a search, the bin, and the end of the program."""
    passing, given = tmp_path_factory.mktemp("passing"), tmp_path_factory.mktemp("given")
    monkeypatch.setattr(tempfile, "tempdir", str(passing))
    monkeypatch.setenv("TMPDIR", str(passing))
    actor, key = services.actor, driver.file.case_key
    driver.page.print_preview()
    driver.settle()
    printer = QPrinter()
    printer.setOutputFileName(str(given / "printed.pdf"))
    services.printing.print_batch(
        actor,
        [Job(case_key=key, form="application")],
        services.settings.papers,
        lambda pdf, _: send(pdf, printer),
    )
    (given / "case.json").write_text(dump_case(services.cases.export(actor, key)), encoding="utf-8")
    window.open_screen("cases", "甄有理")
    driver.settle()
    file = services.cases.file(actor, key)
    services.cases.perform(actor, key, PutInBin(reason="登记错了"), version=file.version)
    window.close()
    services.close()

    held = {services.settings.papers, given}
    left = [
        path
        for path in (*tmp_path.rglob("*"), *passing.rglob("*"))
        if path.is_file() and not path.name.startswith("desk.db") and not held & set(path.parents)
    ]
    assert [path for path in left if _tells(path)] == []
    assert any(_tells(path) for path in tmp_path.glob("desk.db*"))  # the control: there it is found
    assert any(_tells(path) for path in given.iterdir())


def _tells(path: Path) -> bool:
    data = path.read_bytes()
    return any(mark.encode(code) in data for mark in MARKS for code in ("utf-8", "utf-16-le", "gb18030"))
