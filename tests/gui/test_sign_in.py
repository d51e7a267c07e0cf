"""From the first start to two people at one counter, with the real accounts and the real Argon2id."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from mediation_desk.access.accounts.model import Post
from mediation_desk.app import Doors, open_desk
from mediation_desk.cases.privacy.rules import privacy_rules
from mediation_desk.settings import resolve
from mediation_desk.shared.assets import read_text, use_rules_in
from tests.gui.printer import PrinterOfATest
from ui.preferences import Preferences
from ui.screens.accounts.screen import AccountsScreen
from ui.sign.change_page import ChangePage
from ui.sign.first_page import FirstPage
from ui.sign.page import CAPS
from ui.sign.sheet_page import SheetPage
from ui.sign.sign_in_page import SignInPage
from ui.sitting.practice import PracticeMark
from ui.sitting.sitting import Sitting
from ui.tasks.runner import ImmediateRunner
from ui.theme import Theme
from ui.widgets.plain import PlainLabel

ADMIN, CLERK = "Anhe-2026-mu", "Qing-77-shui"


@pytest.fixture
def doors(tmp_path: Path) -> Iterator[Doors]:
    made = Doors(open_desk(resolve(tmp_path)))
    yield made
    made.close()


@pytest.fixture
def sitting(qapp: QApplication, qtbot: QtBot, doors: Doors) -> Iterator[Sitting]:
    made = Sitting(doors, Theme(qapp), Preferences(doors.settings.folder), ImmediateRunner(), qapp)
    made.begin()
    yield made
    for one in (made.window, made.front.window):
        if one is not None:
            one.close()
            one.deleteLater()
    made.deleteLater()
    qtbot.wait(10)


def switch(sitting: Sitting, qtbot: QtBot) -> SignInPage:
    with qtbot.waitSignal(sitting.locked):
        sitting.switch()
    qtbot.wait(80)  # the desk is told to rest
    page = sitting.front.page()
    assert isinstance(page, SignInPage)
    return page


def enter(page: SignInPage, name: str, password: str) -> None:
    """By keyboard alone."""
    page.account.clear()
    QTest.keyClicks(page.account, name)
    QTest.keyClick(page.account, Qt.Key.Key_Return)
    QTest.keyClicks(page.password, password)
    QTest.keyClick(page.password, Qt.Key.Key_Return)


def first(sitting: Sitting, *, printing: bool = False) -> None:
    page = sitting.front.page()
    assert isinstance(page, FirstPage)
    page.account.set_value("admin")
    page.shown.set_value("周敬安")
    page.secret.first.setText(ADMIN)
    page.secret.second.setText(ADMIN)
    QTest.keyClick(page.secret.second, Qt.Key.Key_Return)
    sheet = sitting.front.page()
    assert isinstance(sheet, SheetPage)
    assert sheet.primary is not None
    assert not sheet.primary.isEnabled()  # only when somebody says it is on paper
    if printing:
        sheet.print_wanted.emit()
    sheet.done.setChecked(True)
    sheet.primary.click()
    assert sitting.window is not None


def test_the_sheet_is_printed_and_making_the_centre_is_a_sign_in(
    sitting: Sitting, doors: Doors, printer: PrinterOfATest
) -> None:
    first(sitting, printing=True)
    assert printer.asked == 1
    assert (printer.folder / "printed.pdf").stat().st_size > 10_000  # pages are drawn as pictures
    actor = doors.desk.actor
    assert [one.signed_in_at is not None for one in doors.desk.accounts.accounts(actor)] == [True]


def says(label: QLabel, words: str) -> bool:
    return words in label.text()


def sitting_open(sitting: Sitting) -> bool:
    return sitting.window is not None


def test_from_first_start_to_two_at_one_counter(sitting: Sitting, qtbot: QtBot, doors: Doors) -> None:
    first(sitting)
    assert sitting.window is not None
    sitting.window.open_screen("accounts")
    screen = sitting.window.screen_in_front()
    assert isinstance(screen, AccountsScreen)
    screen.form.begin(None)
    screen.form.show()
    screen.form.name.editor.set_value("lu")
    screen.form.shown.editor.set_value("卢倩")
    screen.form.roles["窗口登记员"].set_value(True)
    screen.form.saved.emit()
    once = screen.secret()
    assert once, screen.form.notice.text()
    del screen
    page = switch(sitting, qtbot)
    enter(page, "lu", once)
    change = sitting.front.page()
    assert isinstance(change, ChangePage)
    assert not sitting_open(sitting)
    change.secret.first.setText(CLERK)
    change.secret.second.setText(CLERK)
    QTest.keyClick(change.secret.second, Qt.Key.Key_Return)
    assert sitting_open(sitting)
    began = monotonic()
    enter(switch(sitting, qtbot), "admin", ADMIN)
    assert sitting.window is not None
    assert monotonic() - began < 5
    enter(switch(sitting, qtbot), "lu", CLERK)
    front = sitting.window.screen_in_front()
    assert front is not None
    assert front.code == "today"


def test_wrong_passwords_wait_and_the_wait_is_counted_down(
    sitting: Sitting, qtbot: QtBot, doors: Doors
) -> None:
    first(sitting)
    page = switch(sitting, qtbot)
    for _try in range(5):
        enter(page, "admin", "wrong")
        assert "不对" in page.said()
    enter(page, "admin", ADMIN)  # even the right one has to wait now
    assert sitting.window is None
    assert page.waits()
    assert "还要等" in page.said()
    assert page.primary is not None
    assert not page.primary.isEnabled()


def test_caps_lock_is_told_and_the_password_can_be_seen(sitting: Sitting, qtbot: QtBot) -> None:
    first(sitting)
    page = switch(sitting, qtbot)
    field = page.fields[1]
    QTest.keyClicks(page.password, "A")
    assert field.told() == CAPS
    QTest.keyClicks(page.password, "a")
    assert field.told() == ""
    page.password.eye.click()
    assert page.password.echoMode() is page.password.EchoMode.Normal
    QApplication.clipboard().clear()
    QTest.keyClick(page.password, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(page.password, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QApplication.clipboard().text() == ""


def test_practice_needs_no_password_and_is_marked(sitting: Sitting, qtbot: QtBot, doors: Doors) -> None:
    page = sitting.front.page()
    assert isinstance(page, FirstPage)
    page.practice_wanted.emit()
    assert sitting.window is not None
    band = sitting.window.findChild(PlainLabel, "practice.band")
    assert isinstance(band, PlainLabel)
    assert band.isVisible()
    assert doors.practice
    assert not doors._own.accounts.exist()  # the real centre is untouched
    mark = sitting.findChild(PracticeMark)
    assert isinstance(mark, PracticeMark)
    mark.stop()


def test_back_from_practice_the_rules_are_those_of_the_centre(doors: Doors) -> None:
    own = doors.settings.folder / "rules"
    own.mkdir()
    text = read_text("rules/privacy.toml").replace("minutes = 10", "minutes = 3")
    (own / "privacy.toml").write_text(text, encoding="utf-8")
    use_rules_in(own)
    assert doors.practise().practice
    assert privacy_rules().lists.minutes == 10
    doors.go_back()
    assert privacy_rules().lists.minutes == 3


def test_an_account_without_its_permission_sees_no_accounts(doors: Doors) -> None:
    _code, admin = doors.first("admin", "周敬安", ADMIN)
    once = doors.desk.accounts.add(admin, "lu", Post(display_name="卢倩", roles=("窗口登记员",)))
    assert once
    assert doors.sign_in("lu", once).must_change


def test_the_key_is_changed_and_who_left_is_named(
    sitting: Sitting, doors: Doors, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first(sitting)
    actor, accounts = doors.desk.actor, doors.desk.accounts
    accounts.add(actor, "lu", Post(display_name="卢倩", roles=("窗口登记员",)))
    accounts.lock(actor, "lu")
    assert sitting.window is not None
    sitting.window.open_screen("accounts")
    screen = sitting.window.screen_in_front()
    assert isinstance(screen, AccountsScreen)
    assert "没有换过" in screen.key.said.text()
    assert "停用了卢倩的账号" in screen.key.said.text()
    monkeypatch.setattr("ui.screens.accounts.key_card.ask", lambda *_: True)
    before = doors.desk.seat.key
    screen.key.reason.setText("卢倩离职")
    screen.key.new_sheet.setChecked(True)
    screen.key.change.click()
    qtbot.waitUntil(partial(says, screen.key.said, "上次换钥匙"))
    assert "卢倩" not in screen.key.said.text()
    assert screen.secret()
    assert doors.desk.seat.key not in (None, before)
    del screen
    enter(switch(sitting, qtbot), "admin", ADMIN)
    assert sitting_open(sitting)
