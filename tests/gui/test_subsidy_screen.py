"""以案定补 in the window: the list of a month prepared, approved, paid, printed, corrected; and the card of a case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from mediation_desk.app import Desk as Services
from mediation_desk.subsidy.model import BatchStatus, ClaimStatus
from tests.gui.typing import named, press, type_words
from tests.subsidised import on_record, worth_paying
from ui.main_window import MainWindow
from ui.screens.subsidy.reading import month_to_do
from ui.screens.subsidy.rows import CHANGED, LATER, READY, line_columns
from ui.screens.subsidy.screen import SubsidyScreen


@pytest.fixture
def month(services: Services) -> date:
    """The newest month that is over, with two cases that may be claimed and one that is not filed."""
    found = month_to_do(services.subsidies.local_today)
    ended = found.replace(day=8)
    on_record(
        services.storage,
        worth_paying("T01", "孟兰", on=ended),
        worth_paying("T02", "郝静", on=ended),
        worth_paying("T03", "房雨", on=ended, archive=None),
    )
    return found


@pytest.fixture
def screen(window: MainWindow, month: date) -> SubsidyScreen:
    window.open_screen("subsidy")
    shown = window.screen_in_front()
    assert isinstance(shown, SubsidyScreen)
    assert shown.month.value() == month
    return shown


def keys(screen: SubsidyScreen) -> list[str]:
    return [line.case_key for line in screen.table.records.records()]


def states(screen: SubsidyScreen) -> list[str]:
    return [line.state for line in screen.table.records.records()]


def lists(screen: SubsidyScreen) -> dict[str, int]:
    return {row.name: row.count for row in screen.lists.records.records()}


def go_to(screen: SubsidyScreen, name: str) -> None:
    row = next(row for row in screen.lists.records.records() if row.name.startswith(name))
    assert screen.lists.choose_key(row.batch.no if row.batch else row.name)


def test_a_month_goes_from_list_to_payment(
    window: MainWindow, services: Services, screen: SubsidyScreen, month: date
) -> None:
    assert keys(screen) == ["T01", "T02"]
    assert "可以列入 2 件，连同冲减合计 960.00 元" in screen.told.text()
    go_to(screen, LATER)
    assert [line.about for line in screen.table.records.records()] == ["案卷还没有归档（各地以案定补办法）"]

    screen.deed.click()
    assert lists(screen) == {READY: 0, LATER: 1, "不计补": 0, "待冲减": 0, CHANGED: 0, "第1号　待审批": 2}
    assert (screen.deed.text(), states(screen)) == ("批准", ["待审批", "待审批"])

    screen.table.selectRow(1)
    named(window, "subsidy.refuse").click()  # type: ignore[attr-defined]  # a button
    assert screen.deeds.reason_field.error() == "请写明理由。"
    assert services.subsidies.sheet(services.actor, month).claims[1].status is ClaimStatus.WAITING
    named(window, "subsidy.reason").setFocus()
    type_words("材料不齐")
    named(window, "subsidy.refuse").click()  # type: ignore[attr-defined]
    assert states(screen) == ["待审批", "不予批准"]

    screen.deed.click()
    sheet = services.subsidies.sheet(services.actor, month)
    assert [claim.status for claim in sheet.claims] == [ClaimStatus.APPROVED, ClaimStatus.REFUSED]
    assert sheet.claims[1].reason == "材料不齐"
    assert screen.deed.text() == "登记发放"
    screen.deeds.day.set_value(services.subsidies.local_today)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert services.subsidies.sheet(services.actor, month).batch.status is BatchStatus.PAID
    assert not screen.deed.isVisible()


def test_the_payment_list_is_previewed_and_saved_with_its_workbook(
    services: Services, screen: SubsidyScreen
) -> None:
    screen.print_preview()
    draft = screen.papers.view.pdf()
    assert draft is not None
    screen.deed.click()
    screen.print_preview()
    assert screen.papers.view.pdf() not in (None, draft)
    screen.papers.save.click()
    written = sorted(path.suffix for path in Path(services.settings.papers).glob("以案定补发放表*"))
    assert written == [".docx", ".pdf", ".xlsx"]


def test_a_list_is_withdrawn_and_a_case_refused_and_considered_again(
    window: MainWindow, services: Services, screen: SubsidyScreen, month: date
) -> None:
    screen.deed.click()
    screen.deeds.reason.set_value("重做")
    named(window, "subsidy.withdraw").click()  # type: ignore[attr-defined]
    assert lists(screen)["第1号　已撤回"] == 2
    assert not screen.deeds.isVisible()

    go_to(screen, READY)
    screen.deeds.reason.set_value("调解员放弃")
    named(window, "subsidy.refuse").click()  # type: ignore[attr-defined]
    assert keys(screen) == ["T02"]

    window.open_case("T01")
    assert "调解员放弃" in words_of(window)
    again = named(window, "overview.subsidy.again")
    assert isinstance(again, QPushButton)
    again.click()
    assert len(services.subsidies.month_list(services.actor, month).ready) == 2


def test_a_case_corrected_later_is_voided_and_listed_anew(
    window: MainWindow, services: Services, screen: SubsidyScreen, month: date
) -> None:
    screen.deed.click()
    screen.deed.click()
    with services.storage.write() as work:
        file = work.cases.find("T01")
        assert file is not None
        work.cases.save(file, replace(file, mediators=(replace(file.mediators[0], grade=None),)))
    screen.refresh()
    go_to(screen, CHANGED)
    assert [(line.case_key, line.amount) for line in screen.table.records.records()] == [("T01", "-80.00")]
    assert screen.deeds.again.value()
    screen.deeds.reason.set_value("等级登记有误")
    named(window, "subsidy.void").click()  # type: ignore[attr-defined]
    found = services.subsidies.month_list(services.actor, month)
    assert [sheet.case_key for sheet in found.ready] == ["T01"]
    assert found.total == sum(sheet.amount for sheet in found.ready) - 480


def test_a_line_leads_to_its_case_whose_card_shows_class_clause_and_worksheet(
    window: MainWindow, screen: SubsidyScreen
) -> None:
    screen.table.setFocus()
    press(Qt.Key.Key_Return)
    told = words_of(window)
    assert "可以计补" in told
    assert "480.00 元" in told
    assert "简易第一项：不属于以上各类的，口头协议也在内" in told
    named(window, "overview.subsidy.sheet").click()  # type: ignore[attr-defined]
    assert not named(window, "overview.subsidy.again").isVisible()


def test_a_month_that_lasts_cannot_be_prepared(screen: SubsidyScreen, services: Services) -> None:
    today = services.subsidies.local_today
    if (today + timedelta(days=1)).day == 1:
        pytest.skip("today a month ends")
    screen.month.set_value(today.replace(day=1))
    screen.month.edited.emit()
    assert keys(screen) == ["T01", "T02"]
    assert not screen.deed.isEnabled()


def words_of(window: MainWindow) -> str:
    """Everything the card of the case says."""
    from ui.widgets.plain import PlainLabel

    card = named(window, "overview.subsidy")
    assert card.isVisible()
    return "　".join(label.text() for label in card.findChildren(PlainLabel))


def test_a_number_of_two_digits_is_read_whole(screen: SubsidyScreen) -> None:
    (number,) = (one.width for one in line_columns(READY, prepared=False) if one.title == "编号")
    assert number >= screen.fontMetrics().horizontalAdvance("（2025）榆社人调字第10号") + 24
