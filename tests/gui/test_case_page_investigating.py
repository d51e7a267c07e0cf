"""Writing down an investigation on the page, looking at its paper, and noting that it was signed."""

from __future__ import annotations

import pytest

from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.choosing import RecordChoice
from mediation_desk.cases.steps.intake import Accept
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    """A case whose mediator is chosen, opened at its evidence."""
    fill_pool(services)
    file = register(services)
    today = services.cases.local_today
    chosen = RecordChoice(
        on=today,
        candidates=("M01", "M02"),
        marks={"A1": ("M01",), "B1": ("M01",)},
        disclosure="无利害关系",
    )
    for step in (Accept(on=today), chosen):
        file = services.cases.perform(services.actor, file.case_key, step, version=file.version)
    return Driver(window, file.case_key, "evidence")


def test_an_investigation_is_written_down_looked_at_and_signed(driver: Driver) -> None:
    driver.click("investigation.way")
    assert driver.focus_name() == "investigation.on"
    driver.click("investigation.submit")
    assert not driver.file.investigations, "a place and what was found are asked"
    driver.write("investigation.place", "院墙边")
    driver.write("investigation.content", "问：什么时候倒的？\n答：下雨那天夜里。")
    driver.click("investigation.submit")
    (talk,) = driver.file.investigations
    assert (talk.place, talk.by, talk.of, talk.signed) == ("院墙边", ("M01",), ("A1", "B1"), False)
    assert not driver.shows("investigation.form")

    driver.click("investigation.paper.1")
    driver.click("investigation.sign.1")
    assert driver.file.investigations[0].signed
    assert not driver.shows("investigation.sign.1")


def test_nobody_investigates_before_a_mediator_is_chosen(window: MainWindow, services: Services) -> None:
    driver = Driver(window, register(services).case_key, "evidence")
    assert not driver.shows("investigation.way")
