"""The annex of a group by its widgets: shared out to the fen, the clause following, one member changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mediation_desk.app import Desk as Services
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.parties.model import Gender, GroupMember, Party, PartyKind, Side
from mediation_desk.practice.people import resident_id
from tests.gui.case_page_driver import Driver, fill_pool
from tests.persistence import lifecycle_stories as told
from tests.persistence.test_case_steps import PARTIES, REGISTER
from ui.main_window import MainWindow

BORN = date(1980, 1, 1)
OWED = (Decimal("12403.90"), Decimal("9999.99"), Decimal("0.07"))
GROUP = Party(
    ref="A1", side=Side.APPLICANT, kind=PartyKind.GROUP, name="工友1等3人", headcount=3, contact_person="A1-01",
    representatives=("A1-01", "A1-02"), representative_letter_on=date(2026, 3, 10),
)  # fmt: skip
ROLL = tuple(
    GroupMember(
        ref=f"A1-0{number}", name=f"工友{number}", gender=Gender.MALE, birth_date=BORN, gross=owed,
        id_no=resident_id(BORN, 2 * number - 1), phone="13800001234", is_representative=number < 3,
    )
    for number, owed in enumerate(OWED, start=1)
)  # fmt: skip


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    command = replace(REGISTER, parties=(GROUP, PARTIES[1]), group_members=ROLL)
    file = services.cases.register(services.actor, command, despite=ANYWAY)
    for step in told.HELD_AND_AGREED:
        file = services.cases.perform(services.actor, file.case_key, step)
    driver = Driver(window, file.case_key, "agreement")
    driver.page.go("agreement", "compose")
    driver.settle()
    driver.write("clause.amount", f"{sum(OWED):f}")
    driver.choose("clause.parts", "分 3 期")
    driver.click("clause.save")
    return driver


def parts_on_file(driver: Driver) -> list[tuple[Decimal, ...]]:
    return [member.instalments for member in driver.file.group_members]


def test_members_are_shared_out_by_percent_and_the_clause_follows(driver: Driver) -> None:
    assert driver.shows("checklist.annex/1"), "an annex that is not filled is told"
    driver.write("annex.percent", "60 20 20")
    driver.click("annex.share")
    assert not driver.shows("checklist.annex/1")
    driver.click("compose.submit")
    agreement = driver.file.agreement
    assert agreement is not None
    parts = parts_on_file(driver)
    assert parts[0] == (Decimal("7442.34"), Decimal("2480.78"), Decimal("2480.78"))
    assert [sum(own) for own in parts] == list(OWED)
    assert [part.amount for part in agreement.clauses[0].instalments] == [
        sum(column) for column in zip(*parts, strict=True)
    ]
    assert agreement.total_payable == sum(OWED)


def test_the_clause_may_keep_its_instalments_and_the_members_follow(driver: Driver) -> None:
    driver.choose("annex.along", "条款各期不动")
    driver.click("annex.share")
    driver.click("compose.submit")
    agreement = driver.file.agreement
    assert agreement is not None
    parts = parts_on_file(driver)
    assert [sum(own) for own in parts] == list(OWED)
    assert [part.amount for part in agreement.clauses[0].instalments] == [
        sum(column) for column in zip(*parts, strict=True)
    ]


def test_a_member_who_does_not_fit_the_clause_is_refused(driver: Driver) -> None:
    driver.click("annex.share")
    driver.find("annex.table").selectRow(1)  # type: ignore[attr-defined]
    driver.write("annex.one", "1000 1000 1000")
    driver.click("annex.put")
    assert "条写的是" in driver.find("annex.sum").text()  # type: ignore[attr-defined]
    assert driver.shows("checklist.members/1")
    driver.click("compose.submit")
    assert driver.file.agreement is None
    assert "LR-19" in driver.find("compose.notice").text()  # type: ignore[attr-defined]
