"""扫描件 in the real window: dropped, filed, looked at, put in order, refiled, voided; originals given back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog

from mediation_desk.app import Desk as Services
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.steps.evidence import AddEvidence
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.documents.scanning.inbox import DONE
from mediation_desk.shared.quarantine.process import workshop
from tests.documents.scanned import jpeg, pdf_of, sheets, written_page
from tests.gui.case_page_driver import Driver, register
from tests.unit.hostile_files import sound_pdf
from ui.main_window import MainWindow
from ui.screens.case_page.evidence import EvidenceTab
from ui.screens.case_page.scans.card import ScansCard
from ui.screens.case_page.scans.grid import PICTURE

PAGE = written_page().resize((413, 584))


@pytest.fixture(scope="module", autouse=True)
def _no_process_left() -> Iterator[None]:
    yield
    workshop.close()


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    key, today = register(services).case_key, services.cases.local_today
    iou = AddEvidence(name="欠条", kind=EvidenceKind.DOCUMENT, provided_by="A1", on=today)
    for step in (Accept(on=today), iou):
        services.cases.perform(services.actor, key, step)
    services.printing.write(services.actor, key, "acceptance", ("pdf",), services.settings.papers)
    made = Driver(window, key)
    made.page.go("evidence")
    made.settle()
    return made


def card(driver: Driver) -> ScansCard:
    found = driver.page.findChild(EvidenceTab)
    assert isinstance(found, EvidenceTab)
    return found.scans


def drop(target: ScansCard, *paths: Path) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    target.dropEvent(
        QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            mime,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )


def saved(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


def standing(driver: Driver) -> list[tuple[str, ScanKind]]:
    scans = sorted(driver.file.beside.scans, key=lambda one: one.place)
    return [(one.title, one.kind) for one in scans if one.stands]


def test_files_dropped_find_their_places_and_bad_ones_are_told(
    driver: Driver, services: Services, tmp_path: Path
) -> None:
    printed = services.printing.preview(services.actor, driver.file.case_key, "acceptance", 0)
    signed = saved(tmp_path, "签字.pdf", pdf_of(sheets(printed)))
    bad = saved(tmp_path, "坏.pdf", sound_pdf()[:200])
    photo = saved(tmp_path, "现场.jpg", jpeg(PAGE))

    drop(card(driver), signed, bad, photo)
    driver.settle()

    assert {kind for _, kind in standing(driver)} == {ScanKind.FORM, ScanKind.UNSORTED}
    words = driver.find("scans.state").text()  # type: ignore[attr-defined]
    assert "没有导入“坏.pdf”" in words
    assert "现场.jpg" in words, "a small picture is told to be coarse"
    grid = card(driver).grid
    assert grid.count() == 2
    assert all(grid.item(row).data(PICTURE) is not None for row in range(2))
    driver.click("scans.look")
    assert card(driver)._viewer.page_count() == 1


def test_order_refiling_voiding_and_undo_by_keyboard(driver: Driver, tmp_path: Path) -> None:
    files = [
        saved(tmp_path, f"{name}.jpg", jpeg(PAGE.rotate(turn))) for turn, name in ((0, "甲"), (90, "乙"))
    ]
    drop(card(driver), *files)
    driver.settle()
    grid = card(driver).grid
    assert [title for title, _ in standing(driver)] == ["甲", "乙"]

    grid.choose(1)
    grid.setFocus()
    QTest.keyClick(grid, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    driver.settle()
    assert [title for title, _ in standing(driver)] == ["乙", "甲"]
    assert [one.no for one in (grid.current(),) if one] == [1], "the scan moved stays in focus"

    driver.click("scans.refile")
    driver.choose("refile.to", "证据：欠条")
    driver.click("refile.submit")
    assert [one.title for one in driver.file.beside.scans_of("E1")] == ["欠条"]

    grid.choose(2)
    driver.click("scans.void")
    driver.click("voidscan.submit")
    assert len(standing(driver)) == 2, "a reason is asked"
    driver.write("voidscan.reason", "扫错了")
    driver.click("voidscan.submit")
    assert not driver.file.beside.scans[1].stands
    assert grid.count() == 1


def test_an_original_is_given_back_against_a_receipt(driver: Driver) -> None:
    driver.click("scans.giving")
    assert driver.find("returning.to").text() == "甄有理"  # type: ignore[attr-defined]
    driver.click("returning.submit")

    returned = driver.file.beside.returned("E1")
    assert returned is not None
    assert (returned.to, returned.receipt) == ("甄有理", "甄有理")
    assert not driver.shows("scans.giving"), "nothing is left to give back"


def test_a_file_of_the_scanners_folder_is_filed_and_put_away(
    driver: Driver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "inbox"
    folder.mkdir()
    saved(folder, "scan1.jpg", jpeg(PAGE))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_args: str(folder))
    driver.click("inbox.choose")
    inbox = card(driver).inbox
    assert not driver.shows("inbox.scan1.jpg"), "it may still be written"
    inbox._inbox._clock = lambda: 1e12  # type: ignore[union-attr]
    inbox.look()
    driver.settle()
    driver.click("inbox.scan1.jpg")

    assert [title for title, _ in standing(driver)] == ["scan1"]
    assert (folder / DONE / "scan1.jpg").exists()
    assert not driver.shows("inbox.scan1.jpg")


def test_a_page_of_another_case_is_offered_to_that_case(
    driver: Driver, services: Services, tmp_path: Path
) -> None:
    other = register(services).case_key
    services.cases.perform(services.actor, other, Accept(on=services.cases.local_today))
    printed = services.printing.preview(services.actor, other, "acceptance", 0)

    drop(card(driver), saved(tmp_path, "错.pdf", pdf_of(sheets(printed))))
    driver.settle()

    assert driver.file.beside.scans == ()
    assert other in driver.find("scans.state").text()  # type: ignore[attr-defined]
    assert "另一案" in driver.window.message_bar.sentence()
    driver.window.message_bar.act()
    driver.settle()
    assert len(services.cases.file(services.actor, other).beside.scans) == 1
