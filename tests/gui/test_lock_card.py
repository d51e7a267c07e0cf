"""限制查看 on the case page: whoever may locks, names and unlocks, each with a reason; the card says for whom."""

from __future__ import annotations

from datetime import UTC, datetime

from mediation_desk.access.accounts.model import Account
from mediation_desk.app import Desk as Services
from tests.gui.case_page_driver import Driver, register
from ui.main_window import MainWindow
from ui.widgets.plain import PlainLabel


def test_a_case_is_locked_opened_to_somebody_and_unlocked(window: MainWindow, services: Services) -> None:
    wang = Account(name="wang", display_name="王值班", roles=("值班长",), created_at=datetime.now(UTC))
    with services.storage.write() as work:
        work.accounts.add(wang)
    driver = Driver(window, register(services).case_key)

    driver.click("lock.way")
    driver.write("lock.reason", "涉及病历")
    driver.click("lock.submit")
    lock = services.cases.file(services.actor, driver.file.case_key).beside.lock
    assert lock is not None
    assert lock.reason == "涉及病历"

    driver.click("readers.way")
    driver.write("readers.named", "王五")
    driver.write("readers.reason", "协助")
    driver.click("readers.submit")
    assert driver.shows("readers.form"), "nobody is called so"
    driver.write("readers.named", "王值班")
    driver.click("readers.submit")
    card = driver.find("lock.card")
    words = [one.text() for one in card.findChildren(PlainLabel)]
    assert "王值班（wang）" in words
    assert "中心负责人" in words

    driver.click("unlock.way")
    driver.write("unlock.reason", "当事人同意")
    driver.click("unlock.submit")
    assert services.cases.file(services.actor, driver.file.case_key).beside.lock is None
    assert not driver.shows("lock.card")
