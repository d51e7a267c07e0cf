"""The review of the audit trail in the window: lists, filters, the chain, paper; and the history of a case."""

from __future__ import annotations

from sqlalchemy import text

from mediation_desk.access.actor import COUNTER
from mediation_desk.app import Desk as Services
from mediation_desk.audit.wording import Kind
from tests.gui.case_page_driver import Driver
from tests.persistence.chained import behind_its_back
from tests.persistence.test_case_steps import REGISTER
from ui.app import look_after_audit, tell_moved
from ui.main_window import MainWindow
from ui.screens.audit.screen import AuditScreen


def review(window: MainWindow) -> AuditScreen:
    window.open_screen("audit")
    shown = window.screen_in_front()
    assert isinstance(shown, AuditScreen)
    return shown


def acts(screen: AuditScreen) -> list[str]:
    return [line.action for line in screen.table.records.records()]


def test_the_reviewer_sees_who_did_what_and_that_he_looked(window: MainWindow, services: Services) -> None:
    file = services.cases.register(COUNTER, REGISTER)
    services.cases.view(COUNTER, file.case_key)
    screen = review(window)

    assert acts(screen) == ["case.view", "case.登记"]
    assert "完好" in screen.chain.state.text()
    screen.table.selectRow(0)
    assert "查看案件" in screen.detail.text()
    assert file.case_key in screen.detail.text()
    screen.refresh()
    assert acts(screen)[0] == "audit.read"


def test_filters_narrow_the_list(window: MainWindow, services: Services) -> None:
    file = services.cases.register(COUNTER, REGISTER)
    services.cases.view(COUNTER, file.case_key)
    services.cases.export(COUNTER, file.case_key)
    screen = review(window)
    screen.filters.flagged.click()
    assert set(acts(screen)) == {"case.export"}
    screen.filters.flagged.click()
    screen.filters.kind.set_value(Kind.VIEW)
    screen.filters.kind.edited.emit()
    assert set(acts(screen)) == {"audit.read", "case.view"}
    screen.filters.kind.set_value(None)
    screen.filters.person.set_value("甄有理")
    screen.filters.person.editingFinished.emit()
    assert set(acts(screen)) == {"case.export", "case.view", "case.登记"}


def test_a_falsified_entry_is_told_in_the_window_and_on_the_screen(
    window: MainWindow, services: Services
) -> None:
    services.cases.register(COUNTER, REGISTER)
    with behind_its_back(services.storage) as connection:
        connection.execute(text("UPDATE audit SET account = 'x' WHERE seq = 1"))
    look_after_audit(window, services)
    screen = review(window)
    screen.chain.check.click()

    assert "第1条改动" in screen.chain.state.text()


def test_the_closing_sheet_is_written_with_its_anchor(window: MainWindow, services: Services) -> None:
    services.cases.register(COUNTER, REGISTER)
    screen = review(window)
    screen.closing.click()
    screen.papers.save.click()

    assert [path.suffix for path in services.settings.papers.glob("日结单*")] != []
    assert [anchor.origin.split()[0] for anchor in services.audit.anchors] == ["日结单"]
    assert services.audit.check(COUNTER).sound


def test_the_history_of_a_case_tells_who_looked_and_what_changed(
    window: MainWindow, services: Services
) -> None:
    file = services.cases.register(COUNTER, REGISTER)
    page = Driver(window, file.case_key, "history")
    table = page.find("history.looks")

    assert [line.action for line in table.records.records()] == ["case.view", "case.登记"]  # type: ignore[attr-defined]


def test_a_centre_that_was_moved_says_where_to(window: MainWindow, services: Services) -> None:
    tell_moved(window, services)
    assert window.message_bar.sentence() == ""
    with services.storage.write(COUNTER) as work:
        work.audit.settle_at("postgresql://host/centre")
    tell_moved(window, services)

    assert "已经搬到“postgresql://host/centre”" in window.message_bar.sentence()
