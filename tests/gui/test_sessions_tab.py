"""Sessions on the case page: several planned, moved, adjourned, guests with consents, rooms that are taken."""

from __future__ import annotations

from datetime import time, timedelta

import pytest
from PySide6.QtWidgets import QComboBox, QLabel

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.experts.model import Recorder
from mediation_desk.hearings.arrangement import ChangeKind
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow


def ready(services: Services) -> str:
    """A case with its mediator, on which sessions can be planned."""
    file: CaseFile = register(services)
    day = services.cases.local_today
    designate = Designate(
        on=day,
        presiding="M01",
        disclosure="无利害关系",
        recorder=Recorder(pool_no="R01", name="何笔录", organisation="试"),
    )
    for step in (Accept(on=day), designate):
        services.cases.perform(services.actor, file.case_key, step)
    return file.case_key


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    return Driver(window, ready(services), "sessions")


def text(driver: Driver, name: str) -> str:
    found = driver.find(name)
    assert isinstance(found, QLabel)
    return found.text()


def test_a_room_is_chosen_with_what_takes_it_on_that_day(window: MainWindow, services: Services) -> None:
    fill_pool(services)
    day = services.cases.local_today
    busy, key = ready(services), ready(services)
    taken = PlanSession(date=day, start=time(9, 30), until=time(11), room="T1")
    services.cases.perform(services.actor, busy, taken)
    driver = Driver(window, key, "sessions")
    number = services.cases.file(services.actor, busy).intake.number or ""
    assert f"09:30–11:00 {number}" in text(driver, "session.taken")
    assert "投影" in text(driver, "session.taken")
    driver.click("session.submit")
    assert not driver.file.sessions
    assert driver.shows("session.override_reason")
    driver.click("session.free")
    driver.click("session.submit")
    [session] = driver.file.sessions
    assert (session.date, session.start) > (day, time(10, 30)), (
        "after the other case, whose people these are too"
    )
    assert driver.file.beside.arrangements[0].room == "T1"


def test_several_sessions_are_planned_and_the_second_is_moved_with_a_reason(driver: Driver) -> None:
    driver.click("session.submit")
    driver.click("sessions.more")
    day = driver.file.sessions[0].date + timedelta(days=1)
    driver.write("session.date", day.isoformat())
    driver.click("session.submit")
    assert len(driver.file.sessions) == 2
    which = driver.find("sessions.which")
    assert isinstance(which, QComboBox)
    driver.choose("sessions.which", which.itemText(1))
    driver.click("sessions.move")
    driver.choose("shift.room", "其他地点……")
    driver.write("shift.place", "村委会")
    driver.click("shift.submit")
    assert driver.file.sessions[1].place != "村委会", "without a reason nothing is moved"
    driver.write("shift.reason", "就近")
    driver.click("shift.submit")
    assert driver.file.sessions[1].place == "村委会"
    [story] = driver.file.beside.rearrangements
    assert (story.kind, story.reason, story.session_no) == (ChangeKind.MOVED, "就近", 2)


def test_a_guest_is_asked_about_party_by_party(driver: Driver) -> None:
    driver.click("session.submit")
    driver.click("sessions.guest")
    driver.write("guest.name", "顾凡")
    driver.write("guest.capacity", "自然资源所")
    driver.click("guest.agreed.A1")
    driver.click("guest.submit")
    [guest] = driver.file.beside.guests
    assert guest.called == "自然资源所 顾凡"
    assert [(one.by, one.agreed) for one in driver.file.beside.consents] == [("A1", True)]
    assert driver.find("record.invited").text() == ""  # type: ignore[attr-defined]

    driver.click("sessions.guest")
    driver.choose("guest.who", "自然资源所 顾凡")
    assert "还缺" in text(driver, "guest.state")
    driver.click("guest.agreed.B1")
    driver.click("guest.submit")
    assert driver.find("record.invited").text() == "自然资源所 顾凡"  # type: ignore[attr-defined]


def test_a_session_that_began_goes_on_another_day(driver: Driver) -> None:
    driver.click("session.submit")
    driver.click("sessions.adjourn")
    driver.write("adjourn.at", "10:15")
    driver.write("adjourn.reason", "补票据")
    driver.write("adjourn.date", (driver.file.sessions[0].date + timedelta(days=2)).isoformat())
    driver.click("adjourn.submit")
    assert len(driver.file.sessions) == 2
    assert driver.file.beside.arrangement(1).adjourned_at == time(10, 15)


def test_an_open_session_asks_for_every_party_where_it_is_closed_by_default(driver: Driver) -> None:
    assert "默认不公开" in text(driver, "session.closed")
    assert not driver.shows("session.open_agreed")
    driver.click("session.public")
    driver.click("session.submit")
    assert driver.file.sessions[0].public
