"""The archive room in the window: lists, a loan out and back, the shelf, the search, paper, the oral register."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt

from mediation_desk.app import Desk as Services
from mediation_desk.cases.archiving.lists import VolumeList
from tests.gui.case_page_driver import Driver
from tests.gui.filed_cases import closed, filed
from tests.gui.typing import named, press, type_words
from ui.main_window import MainWindow
from ui.screens.archive.rows import ORAL
from ui.screens.archive.screen import ArchiveScreen
from ui.screens.case_page.form import StepForm


def room(window: MainWindow, which: str = "") -> ArchiveScreen:
    window.open_screen("archive", which)
    shown = window.screen_in_front()
    assert isinstance(shown, ArchiveScreen)
    return shown


def _fault(page: Driver, form: str, field: str) -> str:
    found = page.find(form)
    assert isinstance(found, StepForm)
    return found.fields[field].error()


def shown(screen: ArchiveScreen) -> list[str]:
    return [line.case_key for line in screen.table.records.records()]


def test_a_case_is_filed_from_the_list_of_what_is_to_be_filed(window: MainWindow, services: Services) -> None:
    file = closed(services)
    screen = room(window)
    assert shown(screen) == [file.case_key]
    assert screen.deed.text() == "去归档"
    screen.deed.click()
    page = Driver(window, file.case_key, "papers.archive")
    assert "建议保管短期（10年）" in page.find("archive.told").text()  # type: ignore[attr-defined]
    assert "还没有评查" in page.find("archive.told").text()  # type: ignore[attr-defined]
    page.write("archive.pages", "12")
    page.write("archive.place", "a2-03-4-12")
    page.click("archive.submit")

    assert page.file.beside.shelf is not None
    assert page.file.beside.shelf.place == "A2-03-4-12"
    assert shown(room(window, VolumeList.SHELVED)) == [file.case_key]


def test_a_volume_goes_out_and_comes_back_by_keyboard(window: MainWindow, services: Services) -> None:
    file = filed(services, "A2-03-4-12", "涉及隐私，查阅须经批准")
    screen = room(window, VolumeList.SHELVED)
    screen.table.setFocus()
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    page = Driver(window, file.case_key, "papers.lend")
    assert page.focus_name() == "lend.who"
    page.write("lend.who", "顾凡")
    page.write("lend.why", "核对边界")
    page.go_on()
    assert not page.file.beside.loans, "a restricted volume asks who allowed it"
    page.write("lend.approved_by", "范主任")
    page.go_on()
    assert page.file.beside.loans[0].who == "顾凡"

    screen = room(window, VolumeList.LENT)
    assert screen.deed.text() == "登记归还"
    screen.deed.click()
    page = Driver(window, file.case_key, "papers.return")
    page.go_on()
    assert page.file.beside.loans[0].returned_on == services.cases.local_today
    assert shown(room(window, VolumeList.LENT)) == []


def test_a_place_that_is_taken_is_told_on_the_form(window: MainWindow, services: Services) -> None:
    filed(services, "A2-03-4-12")
    second = filed(services)
    page = Driver(window, second.case_key, "papers.shelf")
    page.write("shelf.place", "A2-03-4-12")
    page.click("shelf.submit")
    assert "已经放着" in page.find("shelf.notice").text()  # type: ignore[attr-defined]
    page.write("shelf.place", "一号柜")
    page.click("shelf.submit")
    assert "架-柜-格-盒" in _fault(page, "shelf.form", "place")


def test_a_volume_is_found_and_its_label_printed(window: MainWindow, services: Services) -> None:
    file = filed(services, "A2-03-4-12")
    filed(services, "A2-03-4-13")
    screen = room(window)
    named(window, "archive.search").setFocus()
    type_words("A2-03-4-12")
    press(Qt.Key.Key_Return)
    assert shown(screen) == [file.case_key]
    screen.print_preview()
    assert screen.papers.view.pdf() is not None
    screen.papers.save.click()
    [written] = Path(services.settings.papers).glob("脊背标签*.pdf")
    assert written.stat().st_size > 1000


def test_a_review_is_filled_and_shown(window: MainWindow, services: Services) -> None:
    file = closed(services)
    page = Driver(window, file.case_key, "papers.review")
    assert "缺当事人身份证明" in page.find("review.seen").text()  # type: ignore[attr-defined]
    page.click("review.binding.bound")
    page.click("review.submit")
    [review] = page.file.beside.reviews
    assert review.score == review.full - sum(mark.deduct for mark in review.marks)
    assert [(mark.why, mark.automatic) for mark in review.marks] == [
        ("缺当事人身份证明", True),
        ("评查人认定", False),
    ]


def test_the_oral_register_of_a_period_is_shown_and_printed(window: MainWindow, services: Services) -> None:
    screen = room(window, ORAL)
    screen.oral.day.set_value(date(2026, 2, 3))
    screen.oral.refresh()
    assert "2026年第一季度" in screen.oral.told.text()
    screen.print_preview()
    assert screen.papers.view.pdf() is not None
