"""核对文书: what is dropped or typed is answered in plain words; an old answer never stands beside a new question."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk as Services
from mediation_desk.documents.sealing.check_code import check_code
from mediation_desk.documents.service import compose
from tests.documents.dispute import case
from tests.gui.typing import named, press, type_words
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage
from ui.screens.verifying.screen import VerifyScreen

NUMBER = "（2026）测人调字第31号"


@pytest.fixture
def printed(services: Services, tmp_path: Path) -> tuple[Path, Path]:
    """PDF and DOCX of an agreement on record."""
    with services.storage.write() as work:
        work.cases.add(case())
    pdf, docx = services.printing.write(COUNTER, "T01", "agreement", ("pdf", "docx"), tmp_path / "out")
    return pdf, docx


@pytest.fixture
def screen(window: MainWindow, printed: tuple[Path, Path]) -> VerifyScreen:
    window.open_screen("verify")
    shown = window.screen_in_front()
    assert isinstance(shown, VerifyScreen)
    return shown


def words(screen: QWidget, name: str) -> str:
    found = screen.findChild(QLabel, f"verify.{name}")
    assert found is not None
    return found.text()


def drop(screen: VerifyScreen, path: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    screen.dropEvent(QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, left, none))


def write(window: MainWindow, name: str, text: str) -> None:
    field = named(window, name)
    assert isinstance(field, QLineEdit)
    field.setFocus()
    field.selectAll()
    field.insert(text)


def test_files_are_answered_in_large_words_and_lead_to_the_case(
    window: MainWindow, screen: VerifyScreen, printed: tuple[Path, Path], tmp_path: Path
) -> None:
    pdf, docx = printed
    drop(screen, pdf)
    assert words(screen, "answer") == "没有改动"
    assert pdf.name in words(screen, "about")
    other = tmp_path / "改过.docx"
    shutil.copyfile(docx, other)
    _replace_in_docx(other, "孟兰", "孟篮")
    drop(screen, other)
    assert words(screen, "answer") == "有改动"
    assert "孟篮" in words(screen, "sentence")
    named(window, "verify.case").click()  # type: ignore[attr-defined]  # a button
    assert isinstance(window.screen_in_front(), CasePage)


def test_what_the_gate_refuses_is_no_answer_about_the_paper(
    window: MainWindow, screen: VerifyScreen, printed: tuple[Path, Path], tmp_path: Path
) -> None:
    drop(screen, printed[0])
    broken = tmp_path / "坏.pdf"
    broken.write_bytes(b"%PDF-1.4 nothing")
    drop(screen, broken)
    assert words(screen, "answer") == "核对不了"
    assert words(screen, "sentence").startswith("没有核对“坏.pdf”")
    assert not [found for found in screen.findChildren(QWidget, "verify.case") if found.isVisible()]
    strange = tmp_path / "别人的.pdf"
    strange.write_bytes(_strange())
    drop(screen, strange)
    assert words(screen, "answer") == "不是本中心的文书"


def test_number_and_code_from_paper_by_way_of_the_search_box(
    window: MainWindow, printed: tuple[Path, Path], qtbot: QtBot
) -> None:
    code = check_code(compose(case(), "agreement")[0].mark)
    search = named(window, "search")
    assert isinstance(search, QLineEdit)
    search.setFocus()
    type_words(code)
    qtbot.waitUntil(named(window, "search.hits").isVisible)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    screen = window.screen_in_front()
    assert isinstance(screen, VerifyScreen)
    field = named(window, "verify.code")
    assert isinstance(field, QLineEdit)
    assert field.text() == code
    write(window, "verify.number", NUMBER)
    press(Qt.Key.Key_Return)
    assert words(screen, "answer") == "没有改动"
    write(window, "verify.code", "ABCD")
    press(Qt.Key.Key_Return)
    assert words(screen, "answer") == "核对不了"


def test_the_word_for_it_leads_there(window: MainWindow, qtbot: QtBot) -> None:
    search = named(window, "search")
    assert isinstance(search, QLineEdit)
    search.setFocus()
    type_words("核对")
    qtbot.waitUntil(named(window, "search.hits").isVisible)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert isinstance(window.screen_in_front(), VerifyScreen)


def _strange() -> bytes:
    import io

    import pikepdf

    with pikepdf.new() as made:
        made.add_blank_page()
        stream = io.BytesIO()
        made.save(stream)
        return stream.getvalue()


def _replace_in_docx(path: Path, old: str, new: str) -> None:
    import zipfile

    with zipfile.ZipFile(path) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    with zipfile.ZipFile(path, "w") as package:
        for name, data in parts.items():
            package.writestr(
                name, data.replace(old.encode(), new.encode()) if name == "word/document.xml" else data
            )
