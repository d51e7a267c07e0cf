"""How the pages of the public window look to a hand and an eye, and what opens them: sizes, voice, PIN."""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.cases.choosing.window_rules import window_rules
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Mark
from tests.gui.visitor import PIN, Visitor, choosing_case, settle
from ui.main_window import MainWindow
from ui.screens.system.screen import SystemScreen
from ui.window import window as window_module
from ui.window.cards_page import CardsPage
from ui.window.choice import Choice
from ui.window.opening import open_window
from ui.window.pin_form import PinCard, PinDialog, PinForm
from ui.window.voice import Speaker, Voice
from ui.window.window import PublicWindow
from ui.window.words import spoken

SIZES = ((1920, 1080), (1080, 1920), (1366, 768))
PAGES = (
    "StartPage",
    "RulePage",
    "MatterPage",
    "CardsPage",
    "DetailPage",
    "OrderPage",
    "ConfirmPage",
    "PinPage",
    "StaffPage",
    "ThanksPage",
    "RestPage",
)
LONG = "从事调解十五年，" * 20
MM_PER_INCH, PT_PER_INCH = 25.4, 72
"""The screen of the tests says 96 dots per inch."""


@pytest.fixture
def case(services: Services) -> CaseFile:
    return choosing_case(services)


@pytest.fixture
def paper(case: CaseFile, services: Services) -> BallotPaper:
    """Three candidates: a plain one, one with a long name and a long story, one with something to tell."""
    read = services.choosing.ballot_paper(services.actor, case.case_key, "A1")
    first, second, third = read.cards
    named = replace(
        second.public, name="阿卜杜热合曼·买买提艾力·吐尔逊", introduction=LONG, grade="一级人民调解员"
    )
    told = ("该调解员与本案被申请人同名，是否同一人尚待核对。",)
    cards = (first, replace(second, public=named), replace(third, told=told, handled=31))
    return replace(read, cards=cards, mark=Mark(party="A1", ranks=("M02", "M01"), at=services.clock()))


@pytest.fixture
def at_ease(window: MainWindow) -> Iterator[MainWindow]:
    yield window
    for one in QApplication.topLevelWidgets():
        if isinstance(one, PublicWindow):
            one.leave()


def show(visitor: Visitor, page: str) -> None:
    """Bring the window to this page."""
    window, visit = visitor.window, visitor.window._visit
    assert visit is not None
    makers = {
        "StartPage": visit._start_page,
        "RulePage": visit._rule_page,
        "MatterPage": visit._matter_page,
        "CardsPage": visit._cards_page,
        "DetailPage": lambda: visit._detail_page("M02"),
        "OrderPage": visit._order_page,
        "ConfirmPage": visit._confirm_page,
        "PinPage": lambda: window._pin_page(visit._start_page),
        "StaffPage": window._staff_page,
        "RestPage": lambda: window._rest_page("请到窗口来。"),
    }
    if page == "ThanksPage":
        visit.sealed.emit()
    else:
        window.show_page(makers[page])
    settle()
    assert type(window.page).__name__ == page


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("page", PAGES)
def test_everything_is_large_enough_and_nothing_is_cut_off(
    page: str, size: tuple[int, int], at_ease: MainWindow, paper: BallotPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "speaker", lambda: Speaker("true", ()))
    visitor = Visitor.at_size(at_ease, paper, *size)
    show(visitor, page)
    rules, window = window_rules(), visitor.window
    assert (window.width(), window.height()) == size
    shown = [one for one in window.findChildren(QWidget) if one.isVisible()]
    for one in shown:
        if isinstance(one, QAbstractButton):
            side = min(one.width(), one.height()) / one.logicalDpiX() * MM_PER_INCH
            assert side >= rules.target_mm, f"{one.objectName()}: {side:.1f} mm"
            assert one.accessibleName(), one.objectName()
            if one.text():
                assert one.width() >= one.sizeHint().width() - 1, one.objectName()
        if isinstance(one, QLabel | QAbstractButton) and one.text():
            points = QFontInfo(one.font()).pixelSize() / one.logicalDpiY() * PT_PER_INCH
            assert points >= rules.text_pt, f"{one.text()}: {points:.1f} pt"
            assert one.toolTip() == "", one.text()
        if isinstance(one, QLabel) and one.wordWrap():
            assert one.height() >= one.heightForWidth(one.width()) - 1, one.text()
    for one in shown:
        if isinstance(one, QAbstractButton) and "window.staff" in one.objectName():
            assert window.rect().contains(_place(one, window)), "the way out is on screen"


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_cards_of_ordinary_length_need_no_scrolling(
    size: tuple[int, int], at_ease: MainWindow, paper: BallotPaper
) -> None:
    plain = replace(paper, cards=tuple(replace(card, public=paper.cards[0].public) for card in paper.cards))
    visitor = Visitor.at_size(at_ease, plain, *size)
    show(visitor, "CardsPage")
    page = visitor.window.page
    assert isinstance(page, CardsPage)
    assert page._area.verticalScrollBar().maximum() == 0


def test_turning_the_screen_lays_the_page_out_anew(at_ease: MainWindow, paper: BallotPaper) -> None:
    visitor = Visitor.at_size(at_ease, paper, 1920, 1080)
    show(visitor, "CardsPage")
    page = visitor.window.page
    assert isinstance(page, CardsPage)
    assert [face.y() for face in page.faces] == [0, 0, 0]
    visitor.window.resize(1080, 1920)
    settle()
    page = visitor.window.page
    assert isinstance(page, CardsPage)
    assert page.faces[0].y() < page.faces[1].y() < page.faces[2].y()
    assert "取消第1" in visitor.readable()


def test_the_matter_only_sorts_what_is_on_the_sheet(at_ease: MainWindow, paper: BallotPaper) -> None:
    lawyer = replace(paper.cards[2].public, specialties=("婚姻家庭",))
    mixed = replace(paper, cards=(*paper.cards[:2], replace(paper.cards[2], public=lawyer)), mark=None)
    visitor = Visitor.at_size(at_ease, mixed, 1920, 1080)
    visitor.tap("window.begin")
    visitor.tap("window.matter.0")  # 家里的事
    assert _names_in_sight(visitor) == ["李平"]
    visitor.tap("window.unfiltered")
    assert _names_in_sight(visitor) == ["钱和", paper.cards[1].public.name, "李平"]
    visitor.tap("window.back")
    visitor.tap("window.matter.5")  # 看病: nobody, so everybody
    assert len(_names_in_sight(visitor)) == 3


def test_a_voice_reads_the_public_card_from_its_input(
    at_ease: MainWindow, paper: BallotPaper, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if sys.platform == "win32":
        pytest.skip("the stand-in is a shell script")
    heard, program = tmp_path / "heard.txt", tmp_path / "voice"
    program.write_text(
        f'#!/bin/sh\necho "$@" > {tmp_path}/arguments\ncat > {heard}.part\nmv {heard}.part {heard}\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setattr(window_module, "speaker", lambda: Speaker(str(program), ("--stdin",)))
    visitor = Visitor.at_size(at_ease, paper, 1920, 1080)
    show(visitor, "CardsPage")
    aloud = visitor.window.findChildren(QAbstractButton, "window.read.M03")[0]
    aloud.setFocus()
    visitor.press(Qt.Key.Key_Return)
    for _tenth in range(50):
        if heard.exists():
            break
        QTest.qWait(100)
    today = at_ease.context.services.cases.local_today
    assert heard.read_text("utf-8") == spoken(paper.cards[2], paper.matter, today)
    assert (tmp_path / "arguments").read_text() == "--stdin\n"
    voice = visitor.window._voice
    assert isinstance(voice, Voice)
    visitor.tap("window.back")
    assert voice._process is None


def test_without_a_voice_there_is_no_button(
    at_ease: MainWindow, paper: BallotPaper, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(window_module, "speaker", lambda: None)
    visitor = Visitor.at_size(at_ease, paper, 1920, 1080)
    show(visitor, "CardsPage")
    assert not [one for one in visitor.buttons() if "window.read" in one.objectName()]


def test_without_a_pin_the_staff_sets_one_first(
    at_ease: MainWindow, case: CaseFile, services: Services
) -> None:
    with services.storage.write() as work:
        work.notes.put("window.pin", None)
    open_window(at_ease.context, case.case_key, "A1")
    settle()
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, PinDialog))
    assert dialog.isVisible()
    assert not [one for one in QApplication.topLevelWidgets() if isinstance(one, PublicWindow)]
    _fill(dialog.form, "1111", "1111")
    assert "不能是同一个数字" in dialog.form._first.error()
    _fill(dialog.form, PIN, "2467")
    assert "不一样" in dialog.form._second.error()
    _fill(dialog.form, PIN, PIN)
    assert services.window.has_pin()
    assert [one for one in QApplication.topLevelWidgets() if isinstance(one, PublicWindow)]
    assert not at_ease.isVisible()


def test_the_system_screen_sets_the_pin_and_forgets_it(window: MainWindow, services: Services) -> None:
    window.open_screen("system")
    screen = window.screen_in_front()
    assert isinstance(screen, SystemScreen)
    card = screen.findChildren(PinCard)[0]
    assert "还没有" in card._state.text()
    _fill(card.form, PIN, PIN)
    assert services.window.may_leave(services.actor, PIN)
    assert "已经设了" in card._state.text()
    assert (card.form._pin.text(), card.form._again.text()) == ("", "")
    assert not card.form._pin.isUndoAvailable()


def test_a_tap_ranks_next_and_a_second_one_takes_back() -> None:
    choice = Choice().tapped("M1").tapped("M2").tapped("M3")
    assert choice.ranks == ("M1", "M2", "M3")
    assert choice.tapped("M1").ranks == ("M2", "M3")
    assert choice.placed("M3", 1).ranks == ("M3", "M1", "M2")
    assert choice.moved("M1", 1).ranks == ("M2", "M1", "M3")
    assert choice.moved("M1", -1).ranks == ("M1", "M2", "M3")
    struck = choice.struck("M2")
    assert (struck.ranks, struck.strikes) == (("M1", "M3"), ("M2",))
    assert (struck.tapped("M2").ranks, struck.tapped("M2").strikes) == (("M1", "M3", "M2"), ())
    assert struck.struck("M2").strikes == ()


def _fill(form: PinForm, pin: str, again: str) -> None:
    for field, text in ((form._pin, pin), (form._again, again)):
        field.setFocus()
        field.selectAll()
        QTest.keyClicks(field, text)
    form.button.click()
    settle()


def _names_in_sight(visitor: Visitor) -> list[str]:
    page = visitor.window.page
    assert isinstance(page, CardsPage)
    return [face.accessibleName() for face in page.faces]


def _place(one: QWidget, window: QWidget) -> QRect:
    return QRect(one.mapTo(window, QPoint(0, 0)), one.size())
