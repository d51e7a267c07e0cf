"""The second screen: joint content only, live, large, nothing to copy, black when the desk turns away."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.hearings.board.notes import NoteKind, Release, Wall
from mediation_desk.shared.changes import Changes, Topic
from tests.gui.board_case import SECRET, line, with_board
from tests.gui.case_page_driver import Driver
from ui.main_window import MainWindow
from ui.second.faces import Face
from ui.second.sheet import Sheet, Words
from ui.second.window import SecondScreen
from ui.theme import Theme


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Iterator[Driver]:
    yield Driver(window, with_board(services).case_key)
    window.second.close()


def second(driver: Driver) -> SecondScreen:
    shown = driver.window.second.screen
    assert shown is not None
    return shown


def everything(window: QWidget) -> str:
    """Whatever could be read off this window by eye, by a screen reader, by the mouse."""
    found = [window, *window.findChildren(QWidget)]
    said = [
        f"{one.accessibleName()} {one.accessibleDescription()} {one.toolTip()} {one.property('text') or ''}"
        for one in found
    ]
    said += [one.visible_text() for one in found if isinstance(one, Sheet)]
    return "\n".join([*said, window.windowTitle()])


def press_f8(driver: Driver) -> None:
    QTest.keyClick(QApplication.activeWindow() or driver.window, Qt.Key.Key_F8)
    driver.settle()


def note(driver: Driver, services: Services, **more: object) -> None:
    """Another line on the board, told as the board screen tells it."""
    key = driver.file.case_key
    driver.window.context.desk.command(
        lambda: services.boards.write(services.actor, key, line(**more)),  # type: ignore[arg-type]
        touches=Changes.of(Topic.SESSIONS, case_key=key),
    )
    driver.settle()


def test_f8_shows_issues_and_what_was_agreed_on_and_takes_it_away(driver: Driver) -> None:
    press_f8(driver)
    text = everything(second(driver))
    assert "院墙由谁来修" in text
    assert "各方同意　贾讲理提出：院墙由我来修。" in text
    assert SECRET not in text
    press_f8(driver)
    assert driver.window.second.screen is None


def test_it_follows_the_board_live(driver: Driver, services: Services) -> None:
    press_f8(driver)
    note(driver, services, key="n", text="修到什么时候", speaker="M01", kind=NoteKind.ISSUE)
    assert "修到什么时候" in everything(second(driver))
    note(
        driver, services, key="m", text=f"{SECRET}二", speaker="M01", kind=NoteKind.ISSUE, wall=Wall.MEDIATORS
    )
    assert SECRET not in everything(second(driver))


def test_a_line_of_another_desk_comes_in_by_itself(driver: Driver, services: Services) -> None:
    press_f8(driver)
    asked = line("n", "修到什么时候", speaker="M01", kind=NoteKind.ISSUE)
    services.boards.write(services.actor, driver.file.case_key, asked)
    second(driver)._look.timeout.emit()
    driver.settle()
    assert "修到什么时候" in everything(second(driver))


def test_what_a_party_released_is_shown(driver: Driver, services: Services) -> None:
    """The control: the same words appear once the wall is opened by consent."""
    key, today = driver.file.case_key, services.cases.local_today
    talk = line("t", "墙由两家一起修才公平", kind=NoteKind.ISSUE, wall=Wall.SIDE, side="A1")
    written = services.boards.write(services.actor, key, talk)
    press_f8(driver)
    assert talk.text not in everything(second(driver))
    services.boards.release(services.actor, key, written.no, Release(by="A1", on=today, how="当面同意"))
    second(driver)._look.timeout.emit()
    driver.settle()
    assert talk.text in everything(second(driver))


def test_the_record_is_shown_large_and_paged_from_the_desk(driver: Driver) -> None:
    driver.page.go("sessions")
    driver.settle()
    driver.click("record.large")
    shown = second(driver)
    assert shown.face is Face.RECORD
    shown.resize(640, 360)
    driver.settle()
    assert shown.sheet.pages > 2
    first = shown.sheet.visible_text()
    driver.window.activateWindow()
    driver.page.header.next.setFocus()
    for _key in driver.window.second._keys[:1]:
        _key.activated.emit()
    assert shown.sheet.page == 1
    assert shown.sheet.visible_text() != first
    QTest.keyClick(shown, Qt.Key.Key_PageUp)
    assert shown.sheet.visible_text() == first
    pages = []
    for _page in range(shown.sheet.pages):
        pages.append(shown.sheet.visible_text())
        shown.turn(1)
    whole = "".join(pages).replace("\n", "")
    assert "相邻排水应当为对方留出出路" in whole
    assert SECRET not in whole


def test_esc_leads_back(driver: Driver) -> None:
    press_f8(driver)
    QTest.keyClick(second(driver), Qt.Key.Key_Escape)
    driver.settle()
    assert driver.window.second.screen is None
    assert driver.window.isVisible()


def test_it_is_black_while_the_desk_shows_something_else(driver: Driver) -> None:
    press_f8(driver)
    driver.window.open_screen("experts")
    assert second(driver).sheet.is_black
    assert "院墙" not in everything(second(driver))
    driver.window.open_case(driver.file.case_key)
    driver.settle()
    assert "院墙由谁来修" in everything(second(driver))


def test_it_is_black_when_the_case_is_put_away_and_gone_with_the_window(
    driver: Driver, services: Services
) -> None:
    press_f8(driver)
    services.cases.perform(services.actor, driver.file.case_key, PutInBin(reason="重复登记"))
    second(driver)._look.timeout.emit()
    driver.settle()
    assert second(driver).sheet.is_black
    driver.window.close()
    assert driver.window.second.screen is None


def test_nothing_on_it_can_be_selected_or_copied(driver: Driver) -> None:
    press_f8(driver)
    shown = second(driver)
    QApplication.clipboard().setText("别的")
    QTest.mouseDClick(shown.sheet, Qt.MouseButton.LeftButton)
    for keys in ("Ctrl+A", "Ctrl+C", "Ctrl+X"):
        QTest.keySequence(shown, QKeySequence(keys))
    assert QApplication.clipboard().text() == "别的"
    for one in (shown, *shown.findChildren(QWidget)):
        assert one.toolTip() == ""
        assert one.contextMenuPolicy() in (
            Qt.ContextMenuPolicy.PreventContextMenu,
            Qt.ContextMenuPolicy.DefaultContextMenu,
        )


def test_words_are_at_least_24_points_high(driver: Driver) -> None:
    press_f8(driver)
    shown = second(driver).sheet
    assert shown.pixels * 72 / shown.screen().logicalDotsPerInch() >= 24


def test_no_word_is_lost_between_pages(qtbot: object, themed: Theme) -> None:
    sheet = Sheet()
    sheet.resize(500, 300)
    told = [Words(f"第{number}段" + "话" * 90, head=number % 3 == 0) for number in range(12)]
    sheet.show_words(told)
    read = []
    for _page in range(sheet.pages):
        read.append(sheet.visible_text())
        sheet.turn(1)
    assert "".join(read).replace("\n", "") == "".join(words.text for words in told)
    sheet.deleteLater()


def test_a_screen_without_a_case_has_nothing_to_show(window: MainWindow) -> None:
    window.open_screen("experts")
    QTest.keySequence(window, QKeySequence("F8"))
    assert window.second.screen is None
