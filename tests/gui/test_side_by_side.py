"""Two desks on one case: the second saver sees both texts and loses none."""

from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QRadioButton, QScrollArea

from mediation_desk.app import Desk as Services
from mediation_desk.cases.comparing import Choice, Line
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import registration_of
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.step import Step
from tests.gui.case_page_driver import Driver, register
from ui.main_window import MainWindow
from ui.screens.side_by_side import SideBySide
from ui.theme import theme
from ui.widgets.plain import PlainLabel

MINE, THEIRS = "我写的：水从北墙缝里渗进来，已有两个月。", "她写的：雨天水漫过门槛，灶间积水。"


@pytest.fixture
def desk(window: MainWindow, services: Services) -> Driver:
    return Driver(window, register(services).case_key)


def facts(file: CaseFile, words: str) -> Correct:
    return Correct(to=replace(registration_of(file), facts=words), reason="补充")


def elsewhere(services: Services, key: str, words: str) -> CaseFile:
    """王姐 at another counter saves first."""
    wang = replace(services.actor, display_name="王姐")
    now = services.cases.file(wang, key)
    return services.cases.perform(wang, key, facts(now, words), version=now.version)


def take(desk: Driver, step: Step, errors: list[BaseException]) -> None:
    def failed(error: BaseException) -> bool:
        errors.append(error)
        return True

    desk.page.take((step,), lambda _file: None, failed)
    desk.settle()


def dialog(window: MainWindow) -> SideBySide:
    (found,) = [one for one in window.findChildren(SideBySide) if one.isVisible()]
    return found


def test_the_second_saver_chooses_and_nothing_is_lost(
    desk: Driver, window: MainWindow, services: Services
) -> None:
    step = facts(desk.file, MINE)
    errors: list[BaseException] = []
    elsewhere(services, desk.file.case_key, THEIRS)
    take(desk, step, errors)
    asked = dialog(window)
    texts = [one.accessibleName() for one in asked.findChildren(QRadioButton)]
    assert not any(one.isChecked() for one in asked.findChildren(QRadioButton)), (
        "nothing is chosen beforehand"
    )
    assert any(MINE in one for one in texts)
    assert any(THEIRS in one for one in texts)

    QTest.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert asked.isVisible()
    assert "没有选" in asked._notice.text()
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, Qt.Key.Key_Space)  # mine, by the keyboard alone
    QTest.keyClick(asked, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    desk.settle()
    assert services.cases.file(services.actor, desk.file.case_key).facts == MINE
    assert errors == []


def test_a_third_save_asks_anew(desk: Driver, window: MainWindow, services: Services) -> None:
    step = facts(desk.file, MINE)
    errors: list[BaseException] = []
    elsewhere(services, desk.file.case_key, THEIRS)
    take(desk, step, errors)
    first = dialog(window)
    elsewhere(services, desk.file.case_key, "第三个人写的：墙已经裂开，屋里住不了人了。")
    first.choose("/facts", Choice.BOTH)
    first.finish()
    desk.settle()
    again = dialog(window)
    assert again is not first
    assert any("第三个人" in one.accessibleName() for one in again.findChildren(QRadioButton))
    again.choose("/facts", Choice.THEIRS)
    again.finish()
    desk.settle()
    assert services.cases.file(services.actor, desk.file.case_key).facts.startswith("第三个人")
    kept = desk.find("overview.unadopted").findChildren(PlainLabel)
    assert MINE in [one.text() for one in kept], "what was not chosen stays on the page"
    desk.click("unadopted.drop")
    desk.settle()
    assert not desk.shows("overview.unadopted")


def test_given_up_everything_stays_where_it_was(desk: Driver, window: MainWindow, services: Services) -> None:
    step = facts(desk.file, MINE)
    errors: list[BaseException] = []
    elsewhere(services, desk.file.case_key, THEIRS)
    take(desk, step, errors)
    QTest.keyClick(dialog(window), Qt.Key.Key_Escape)
    desk.settle()
    assert len(errors) == 1
    assert services.cases.file(services.actor, desk.file.case_key).facts == THEIRS


def test_what_does_not_overlap_is_saved_without_a_question(
    desk: Driver, window: MainWindow, services: Services
) -> None:
    before = desk.file
    elsewhere(services, before.case_key, THEIRS)
    step = Correct(to=replace(registration_of(before), title="改过的名称"), reason="抄错")
    take(desk, step, [])
    after = services.cases.file(services.actor, before.case_key)
    assert (after.title, after.facts) == ("改过的名称", THEIRS)
    assert "王姐刚刚保存的也都在" in window.message_bar.accessibleName()


LONG = "张某称：" + "雨水从北墙渗入，灶间积水，墙皮脱落。" * 12
LINES = (
    Line(
        place="/facts",
        name="纠纷经过",
        before="雨水倒灌。",
        mine=LONG,
        theirs=THEIRS,
        overlapping=True,
        joins=True,
    ),
    Line(
        place="/p",
        name="贾讲理的电话",
        before="13900004321",
        mine="13900000001",
        theirs="13900000002",
        overlapping=True,
    ),
    Line(place="/q", name="证据：照片", before="", mine="", theirs="照片，书证", overlapping=False),
)


@pytest.mark.parametrize("percent", [100, 200])
def test_it_is_readable_at_every_size(window: MainWindow, percent: int) -> None:
    theme().set_percent(percent)
    asked = SideBySide(LINES, window, by="王姐", at=datetime(2026, 7, 1, 2, 42, tzinfo=UTC))
    asked.open()
    QApplication.processEvents()
    (area,) = asked.findChildren(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0, "nothing runs out at the side"
    for one in asked.findChildren(QRadioButton):
        assert one.width() >= one.sizeHint().width(), one.text()
    if folder := os.environ.get("PICTURES"):
        asked.grab().save(f"{folder}/merge-{percent}.png")
    asked.reject()
