"""The card of personal information: a child's guardian speaks, one person's data are written out for a reason."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QPushButton

from mediation_desk.app import Desk as Services
from mediation_desk.cases.privacy.consents import consent_states
from tests.gui.case_page_driver import Driver, fill_pool, register
from ui.main_window import MainWindow
from ui.screens import person_copying


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    made = Driver(window, register(services).case_key)
    made.page.go("people")
    made.settle()
    return made


def test_both_parties_agree_and_one_withdraws(driver: Driver, services: Services) -> None:
    driver.click("privacy.consent.way")
    driver.click("privacy.consent.submit")
    driver.settle()
    file = services.cases.file(services.actor, driver.file.case_key)
    assert [one.ref for one in file.beside.personal_consents] == ["A1", "B1"]

    driver.click("privacy.withdraw.way")
    driver.write("privacy.withdraw.reason", "不想再调")
    driver.click("privacy.withdraw.submit")
    driver.settle()
    file = services.cases.file(services.actor, driver.file.case_key)
    states = consent_states(file, services.cases.local_today)
    assert [one.settled for one in states] == [False, True]
    table = driver.find("privacy.people")
    assert table.model().index(0, 1).data() == "已撤回"  # type: ignore[attr-defined]
    told = driver.find("privacy.told").text()  # type: ignore[attr-defined]
    assert "撤回：不想再调" in told
    assert "第十三条第一项" in told


def test_a_person_is_written_out_for_a_reason(
    driver: Driver, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    table = driver.find("privacy.people")
    assert table.choose_key("B1")  # type: ignore[attr-defined]
    export = driver.find("privacy.export")
    assert isinstance(export, QPushButton)
    assert export.isEnabled()
    reasons = iter(("", "本人书面申请查阅"))
    monkeypatch.setattr(person_copying, "ask_reason", lambda *_: next(reasons))

    driver.click("privacy.export")
    driver.settle()
    assert not list(services.settings.papers.glob("个人信息副本*"))
    driver.click("privacy.export")
    driver.settle()

    written = sorted(path.suffix for path in services.settings.papers.glob("个人信息副本*B1*"))
    assert written == [".docx", ".json", ".pdf"]
