"""The register of mediators on screen: searching, narrowing, both views, engaging."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QLineEdit, QPushButton, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.experts.mediator import Standing
from tests.gui.expert_driver import RIGHT_ID, choose, click, fill, find, names, open_experts, person, settle
from tests.gui.typing import focused, press, type_words
from ui.main_window import MainWindow
from ui.moments import when
from ui.preferences import Preferences
from ui.screens.experts.exporting import write_pool
from ui.screens.experts.record.page import RecordPage

MANY, MOST_WIDGETS = 5_000, 300


def test_engaging_a_mediator(window: MainWindow, services: Services) -> None:
    screen = open_experts(window)
    screen.primary_action()
    number = screen.findChild(QLineEdit, "engage.pool_no")
    name = screen.findChild(QLineEdit, "engage.name")
    fields = screen.findChild(QLineEdit, "engage.specialties")
    submit = screen.findChild(QPushButton, "engage.submit")
    assert number is not None
    assert name is not None
    assert fields is not None
    assert submit is not None
    name.setText("钱和平")
    fields.setText("邻里，婚姻家庭")
    submit.click()
    assert services.experts.pool(services.actor) == ()
    number.setText("m07")
    submit.click()
    (entry,) = services.experts.pool(services.actor)
    assert (entry.card.pool_no, entry.card.name, entry.card.specialties) == (
        "M07",
        "钱和平",
        ("邻里", "婚姻家庭"),
    )
    assert screen.table.model().rowCount() == 1


def test_pinyin_and_initials_narrow(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    assert names(screen) == ["钱和平", "孙顺义", "李慕兰", "单雄信"]
    screen.search.setFocus()
    type_words("limulan")
    assert names(screen) == ["李慕兰"]
    screen.search.clear()
    type_words("qhp")
    assert names(screen) == ["钱和平"]
    press(Qt.Key.Key_Escape)
    assert len(names(screen)) == 4
    type_words("shan")  # 单 as a surname is not dan
    assert names(screen) == ["单雄信"]
    type_words("无此人")
    assert names(screen) == []
    assert screen.register.sentence() == "“shan无此人”：0 人"


def test_filters_combine_and_read_as_a_sentence(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    choose(screen, "experts.field", "邻里")
    assert names(screen) == ["钱和平", "孙顺义"]
    choose(screen, "experts.language", "蒙古语")
    assert names(screen) == ["钱和平"]
    assert screen.register.sentence() == "擅长邻里，会蒙古语：1 人"
    click(screen, "experts.all")
    assert len(names(screen)) == 4
    assert screen.register.sentence() == "共 4 人"
    assert not screen.register.everybody.isVisible()
    choose(screen, "experts.gender", "男")
    choose(screen, "experts.layer", "区县")
    assert names(screen) == ["单雄信"]


def test_free_today_is_what_the_service_says(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    today: date = services.cases.local_today
    entries = services.experts.register(services.actor)
    free = [one.mediator.name for one in entries if one.next_free and one.next_free.date() == today]
    click(screen, "experts.free")
    assert names(screen) == free
    assert screen.register.sentence() == f"今天有空：{len(free)} 人"


def test_who_left_is_shown_only_when_asked_for(window: MainWindow, services: Services) -> None:
    fill(services)
    today = services.cases.local_today
    services.experts.set_standing(services.actor, "M02", Standing.LEFT, today, "退休")
    screen = open_experts(window)
    assert "孙顺义" not in names(screen)
    choose(screen, "experts.standing", "离任")
    assert names(screen) == ["孙顺义"]


def test_cards_are_worked_by_keys(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    cards = screen.register.cards
    screen.search.setFocus()
    press(Qt.Key.Key_Down)
    assert focused() is cards
    assert cards.columns() >= 2
    press(Qt.Key.Key_Right)
    current = cards.current()
    assert current is not None
    assert current.mediator.name == "孙顺义"
    press(Qt.Key.Key_S)
    assert focused() is screen.search
    assert screen.search.text() == "s"
    press(Qt.Key.Key_Backspace)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    page = screen.pages.opened_record()
    assert page is not None
    assert page.isVisible()
    assert page.mediator is not None
    press(Qt.Key.Key_Escape)
    assert not page.isVisible()
    assert focused() is cards


def test_a_card_is_read_aloud_whole(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    model = screen.register.cards.model()
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    text = str(model.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole))
    for words in ("钱和平", "清平区人民调解委员会", "邻里、物业", "蒙古语", "在办0件"):
        assert words in text


def test_the_view_is_remembered_and_the_person_stays(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    screen.register.choose("M03")
    click(screen, "experts.view.table")
    assert Preferences(services.settings.folder).experts_view == "table"
    current = screen.table.current()
    assert current is not None
    assert current.mediator.pool_no == "M03"
    screen.table.setFocus()
    press(Qt.Key.Key_Return)
    page = screen.pages.opened_record()
    assert isinstance(page, RecordPage)
    assert page.mediator is not None
    assert page.mediator.pool_no == "M03"


def test_five_thousand_need_no_more_widgets(window: MainWindow, services: Services) -> None:
    some = person("M0000", "钱和平")
    everybody = [
        replace(some, card=replace(some.card, pool_no=f"M{number:04d}", name=f"钱{chr(0x4E00 + number)}"))
        for number in range(MANY)
    ]
    with services.storage.write() as work:
        work.pool.add(everybody)
    screen = open_experts(window)
    assert screen.register.cards.model().rowCount() == MANY
    assert screen.table.model().rowCount() == MANY
    assert len(screen.findChildren(QWidget)) < MOST_WIDGETS
    screen.search.setFocus()
    type_words("M0042")
    assert len(names(screen)) == 1
    assert len(screen.findChildren(QWidget)) < MOST_WIDGETS


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ("2026-03-24 09:00", "今天上午"),
        ("2026-03-25 14:00", "明天下午"),
        ("2026-03-27 09:00", "周五上午"),
        ("2026-03-30 18:30", "周一晚上"),
        ("2026-03-31 09:00", "3月31日上午"),
        (None, "近期没有空"),
    ],
)
def test_when_somebody_is_free(moment: str | None, words: str) -> None:
    assert when(datetime.fromisoformat(moment).astimezone() if moment else None, date(2026, 3, 24)) == words


def test_the_public_roster_is_written_without_numbers(
    window: MainWindow, services: Services, tmp_path: Path
) -> None:
    fill(services)
    screen = open_experts(window)
    target = tmp_path / "roster.xlsx"
    write_pool(screen.context, screen, target, ("M03", "M01"), public_only=True)
    rows = list(load_workbook(target).worksheets[0].iter_rows(values_only=True))
    assert [row[:2] for row in rows[1:]] == [("M03", "李慕兰"), ("M01", "钱和平")]
    assert not any(RIGHT_ID in str(cell) for row in rows for cell in row)
    assert window.message_bar.sentence() == f"已导出到 {target}。"


def test_an_empty_pool_says_what_will_appear(window: MainWindow) -> None:
    screen = open_experts(window)
    assert screen.register.sentence() == "共 0 人"
    assert screen.register.cards.isVisible()
    settle()
    QTest.keyClick(screen.register.cards, Qt.Key.Key_Return)
    assert screen.pages.opened_record() is None


def test_every_control_of_the_register_has_a_name(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    for code in ("search", "field", "language", "grade", "layer", "track", "gender", "standing", "free"):
        assert find(screen, f"experts.{code}").accessibleName()
    for name in ("experts.view.cards", "experts.view.table", "experts.more", "experts.engage"):
        assert find(screen, name).accessibleName()


def test_the_menu_leads_to_the_import_and_back(window: MainWindow, services: Services) -> None:
    fill(services)
    screen = open_experts(window)
    screen.toolbar.actions_by_code["import"].trigger()
    settle()
    page = screen.pages.importing()
    assert page.isVisible()
    assert screen.primary is page.primary
    press(Qt.Key.Key_Escape)
    assert screen.register.isVisible()
