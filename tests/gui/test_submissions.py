"""A period is reported, a case changes, the change is seen and booked, all at the screen."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.interchange.reader import read_case
from mediation_desk.statistics.model import Period
from tests.gui.typing import named
from tests.shared_cases import FILES, needs_cases
from ui.main_window import MainWindow
from ui.screens.statistics.mounted import SubmissionsTab
from ui.screens.statistics.screen import StatisticsScreen
from ui.screens.statistics.submissions import SubmissionsPage
from ui.widgets.plain import PlainLabel

pytestmark = needs_cases
SPRING = Period(first=date(2026, 3, 1), last=date(2026, 5, 31))


@pytest.fixture
def shared_cases(services: Services) -> None:
    for file in FILES:
        services.cases.take_over(services.actor, read_case(file.read_bytes()))


def press(window: MainWindow, name: str) -> None:
    found = named(window, name)
    assert isinstance(found, QAbstractButton)
    found.click()


def words(window: MainWindow, name: str) -> str:
    found = named(window, name)
    assert isinstance(found, PlainLabel)
    return found.text()


@pytest.mark.usefixtures("shared_cases")
def test_a_period_is_reported_compared_and_corrected(window: MainWindow, services: Services) -> None:
    window.open_screen("statistics", "submissions")
    front = window.screen_in_front()
    assert isinstance(front, StatisticsScreen)
    assert not front.head.isVisible(), "periods reported are periods of their own"
    mounted = front.page()
    assert isinstance(mounted, SubmissionsTab)
    page = mounted.submissions
    page.form.since.set_value(SPRING.first)
    page.form.until.set_value(SPRING.last)
    press(window, "submissions.check")
    assert "核对无误" in words(window, "submissions.found")
    press(window, "submissions.submit")

    [made] = services.submissions.listed(services.actor)
    assert made.period == SPRING
    assert page.table.records.rowCount() == 1
    assert "没有变化" in words(window, "submissions.state")
    assert not named(window, "submissions.book").isVisible()

    press(window, "submissions.submit")
    assert "已由窗口" in words(window, "submissions.found"), "told who reported it"

    key = services.submissions.cell(services.actor, made, "tracks", "合计", "success").shares[0].case_key
    services.cases.perform(services.actor, key, PutInBin(reason="重复登记"))
    front.refresh()
    assert "1件案件有变化" in words(window, "submissions.state")
    [case] = [page.detail.cases.records.record(0)]
    assert case is not None
    assert (case.case_key, case.pending) == (key, True)

    press(window, "submissions.book")
    assert services.submissions.corrections(services.actor) == (), "a reason is asked for"
    reason = named(window, "submissions.correction")
    assert isinstance(reason, QLineEdit)
    reason.setText("重复登记的案件")
    page.detail._keeper.keep()  # what the pause in typing does
    code = f"correction:{made.id}"
    assert services.submissions.kept_words(services.actor, code) == {"reason": "重复登记的案件"}
    again = SubmissionsPage(front.context, front)
    again.refresh()
    assert again.detail.reason.text() == "重复登记的案件", "a restart loses nothing"
    again.setParent(None)
    again.deleteLater()
    press(window, "submissions.book")

    [booked] = services.submissions.corrections(services.actor)
    assert (booked.reason, booked.keys) == ("重复登记的案件", (key,))
    assert services.submissions.kept_words(services.actor, code) == {}
    assert "0件待登记" in words(window, "submissions.state")
    assert "重复登记的案件" in words(window, "submissions.corrections")
    page.detail.cases.chosen.emit(page.detail.cases.records.record(0))
    opened = window.screen_in_front()
    assert opened is not None
    assert opened.code == "case"
