"""The volume on the case page: the list, the way to what is missing, the files, and the archive's own form."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from io import BytesIO

import pypdf
import pytest
from PySide6.QtWidgets import QLabel

from mediation_desk.app import Desk as Services
from mediation_desk.cases.scan import ScanKind
from mediation_desk.documents.sealing.pdfa import claims_pdfa
from mediation_desk.shared.changes import Changes, Topic
from tests.documents.dispute import case
from tests.documents.scan_store import Scanner, picture, with_scans
from tests.gui.case_page_driver import Driver
from tests.gui.printer import PrinterOfATest
from ui.main_window import MainWindow
from ui.screens.case_page.archiving import ArchiveForm
from ui.screens.case_page.volume import VolumeTab


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    with services.storage.write() as work:
        work.cases.add(case())
    return Driver(window, "T01", "volume")


def words(driver: Driver, name: str) -> str:
    found = driver.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_the_list_tells_what_is_missing_and_leads_there(driver: Driver) -> None:
    assert "还缺：当事人身份证明" in words(driver, "volume.sentence")
    assert not driver.shows("volume.recusal")
    driver.click("volume.more")
    assert driver.shows("volume.recusal")
    driver.click("volume.identity.go")
    assert driver.page.tab_bar.code() == "evidence"


def test_a_scan_filed_elsewhere_shows_at_once(driver: Driver, services: Services) -> None:
    scan = Scanner(services.settings.folder).scan(ScanKind.IDENTITY, picture())
    with services.storage.write() as work:
        file = work.cases.find("T01")
        assert file is not None
        work.cases.save(file, with_scans(file, scan))
    driver.page.context.desk.committed.emit(Changes.of(Topic.CASES, case_key="T01"))
    driver.settle()
    assert "还缺" not in words(driver, "volume.sentence")
    assert not driver.shows("volume.identity.go")


def test_the_volume_is_previewed_and_written_whole_and_in_sheets(driver: Driver, services: Services) -> None:
    driver.click("volume.preview")
    driver.settle()
    pdf = driver.page.paper.paper.pdf()
    assert pdf is not None
    driver.click("volume.save")
    driver.click("volume.split")
    driver.settle()
    written = [path for path in services.settings.papers.iterdir() if path.is_file()]
    assert [path.read_bytes() for path in written] == [pdf]
    assert len(list(services.settings.papers.rglob("*-*.pdf"))) > 10
    assert not driver.shows("volume.stop")
    assert {paper.form for paper in driver.page.view.papers} == {"volume"}


def test_the_switch_saves_the_archives_format(driver: Driver, services: Services) -> None:
    driver.click("volume.pdfa")
    driver.click("volume.save")
    driver.settle()
    (path,) = services.settings.papers.iterdir()
    assert claims_pdfa(path.read_bytes())
    assert [paper.title for paper in driver.page.view.papers] == ["卷宗（归档格式）"]


def test_the_previewed_volume_is_printed_and_noted(
    driver: Driver, services: Services, printer: PrinterOfATest
) -> None:
    pdf = services.volumes.preview(services.actor, "T01").pdf
    driver.click("volume.print")
    driver.settle()
    assert printer.asked == 1
    sent = pypdf.PdfReader(printer.folder / "printed.pdf")
    assert len(sent.pages) == len(pypdf.PdfReader(BytesIO(pdf)).pages)
    (paper,) = driver.page.view.papers
    assert (paper.title, paper.copies, paper.sha256) == ("卷宗", 1, hashlib.sha256(pdf).hexdigest())
    assert not driver.shows("volume.stop")
    printer.chooses = False
    driver.click("volume.print")
    driver.settle()
    assert len(driver.page.view.papers) == 1


def test_stop_is_told_to_the_worker(driver: Driver) -> None:
    tab = driver.page._tab("volume")
    assert isinstance(tab, VolumeTab)
    tab._begin()
    assert tab._watch(1, 20)
    assert driver.shows("volume.stop")
    driver.click("volume.stop")
    assert not tab._watch(2, 20)


def test_a_scan_that_cannot_be_read_is_told_in_a_sentence(window: MainWindow, services: Services) -> None:
    broken = Scanner(services.settings.folder).scan(ScanKind.VOUCHER, b"nothing", title="收条")
    with services.storage.write() as work:
        work.cases.add(with_scans(case(), broken))
    driver = Driver(window, "T01", "volume")
    driver.click("volume.save")
    driver.settle()
    assert not services.settings.papers.exists() or not list(services.settings.papers.iterdir())
    assert not driver.shows("volume.stop")


def test_the_archive_proposes_true_pages_and_entries(window: MainWindow, services: Services) -> None:
    with services.storage.write() as work:
        work.cases.add(replace(case(), case_key="T01"))
    driver = Driver(window, "T01", "papers")
    form = next(form for form in driver.page.findChildren(ArchiveForm))
    form.prefill(driver.page.view)
    form.show()
    driver.settle()
    volume = services.volumes.preview(services.actor, "T01")
    assert form._pages.editor.value() == volume.pages
    assert form._documents.editor.value().splitlines() == list(volume.titles)
    form._counted = False
    form._pages.editor.set_value(7)
    form._count()
    driver.settle()
    assert form._pages.editor.value() == 7, "what somebody typed goes before"
