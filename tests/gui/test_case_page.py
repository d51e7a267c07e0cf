"""What the case page must never do: lose words, show a number in full, show the marks of others."""

from __future__ import annotations

from datetime import date

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QTableView, QWidget
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mediation_desk.agreements.model import Satisfaction, VisitWay
from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.performing import Visit
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.interchange.reader import read_case
from mediation_desk.parties.masks import mask_id, mask_phone
from tests.gui.case_page_driver import APPLICANT_ID, PHONES, RESPONDENT_ID, Driver, fill_pool, register
from tests.gui.test_case_page_line import accept_and_choose
from tests.shared_cases import FILES, needs_cases
from ui.main_window import MainWindow
from ui.screens.case_page.editors import read_time
from ui.screens.case_page.instalments import month_later
from ui.screens.case_page.tabs import TABS
from ui.widgets.plain import PlainLabel


@pytest.fixture
def driver(window: MainWindow, services: Services) -> Driver:
    fill_pool(services)
    return Driver(window, register(services).case_key)


def labels(page: QWidget) -> str:
    return "\n".join(label.text() for label in page.findChildren(PlainLabel) if label.isVisible())


def ended(services: Services, key: str) -> None:
    today = services.cases.local_today
    version = services.cases.file(services.actor, key).version
    file = services.cases.perform(services.actor, key, Accept(on=today), version=version)
    named = Designate(on=today, presiding="M01", disclosure="无利害关系")
    file = services.cases.perform(services.actor, key, named, version=file.version)
    end = End(
        kind=Result.TERMINATED,
        cause=Cause.UNREACHABLE,
        on=today,
        reason="找不到人。",
        told_remedies=("起诉",),
    )
    services.cases.perform(services.actor, key, end, version=file.version)


def test_numbers_are_masked() -> None:
    assert mask_id("110101196805172024") == "110101********2024"
    assert mask_id("E1234567") == "****4567"
    assert mask_id("12") == "****"
    assert mask_id(None) == ""
    assert mask_phone("13800000101") == "138****0101"
    assert mask_phone("010-12345678") == "****5678"
    assert mask_phone("") == ""


def test_no_number_is_shown_in_full(driver: Driver) -> None:
    for code in TABS:
        driver.page.go(code)
        driver.settle()
        shown = labels(driver.page)
        for secret in (APPLICANT_ID, RESPONDENT_ID, *PHONES.values()):
            assert secret not in shown, code
    driver.page.go("people")
    driver.settle()
    assert "110101********0015" in labels(driver.page)
    assert "138****1234" in labels(driver.page)


def test_what_two_desks_add_both_stands(driver: Driver, services: Services) -> None:
    key = driver.file.case_key
    ended(services, key)
    driver.page.read_again()
    driver.settle()
    driver.page.go("performance", "visit")
    driver.settle()
    driver.write("visit.situation", "我写了很久的一段话。")
    other = Visit(
        on=services.cases.local_today,
        way=VisitWay.HOME,
        by="M01",
        of=("A1",),
        situation="别人先记了一次。",
        satisfaction=Satisfaction.FAIRLY,
    )
    services.cases.perform(services.actor, key, other, version=driver.file.version)
    driver.go_on()
    assert "别人先记了一次。" in labels(driver.page)
    assert [visit.situation for visit in driver.file.followups] == [
        "别人先记了一次。",
        "我写了很久的一段话。",
    ]


def test_marks_of_others_are_hidden(driver: Driver) -> None:
    for _key in range(4):
        driver.go_on()
    driver.click("choice.rank.A1.M02")
    assert driver.find("choice.rank.A1.M02").text() == "第 1"  # type: ignore[attr-defined]
    driver.click("choice.ready")
    texts = [driver.find(f"choice.rank.B1.{number}").text() for number in ("M01", "M02", "M03")]  # type: ignore[attr-defined]
    assert texts == ["选", "选", "选"]
    assert not driver.shows("choice.rank.A1.M02")
    assert not driver.shows("choice.submit")


def test_a_rule_is_told_where_one_works(driver: Driver) -> None:
    accept_and_choose(driver)
    driver.go_on()
    driver.go_on()
    driver.go_on()
    driver.write("record.record", "谈了。")
    driver.go_on()
    assert "告知权利义务" in driver.find("record.notice").text()  # type: ignore[attr-defined]
    assert not driver.file.sessions[0].held


def test_required_fields_say_so_beside_themselves(driver: Driver) -> None:
    driver.click("case.end")
    driver.click("end.submit")
    assert "请填写说明。" in labels(driver.page)
    assert driver.focus_name() == "end.reason"


def test_words_survive_a_restart(driver: Driver, services: Services, qtbot: QtBot) -> None:
    accept_and_choose(driver)
    for _key in range(3):
        driver.go_on()
    driver.write("record.record", "写到一半的记录")
    qtbot.waitUntil(lambda: bool(services.cases.drafts(services.actor)), timeout=4000)
    fresh = type(driver.page)(driver.window.context)
    fresh.open(driver.file.case_key + "#sessions")
    qtbot.addWidget(fresh)
    fresh.resize(900, 700)
    fresh.show()
    fresh.bring_up_to_date()
    driver.page = fresh
    driver.settle()
    driver.click("record.restore")
    assert driver.find("record.record").toPlainText() == "写到一半的记录"  # type: ignore[attr-defined]


def test_a_record_drops_its_draft(driver: Driver, services: Services, qtbot: QtBot) -> None:
    accept_and_choose(driver)
    for _key in range(3):
        driver.go_on()
    driver.write("record.record", "写完的记录")
    driver.click("record.rights")
    qtbot.waitUntil(lambda: bool(services.cases.drafts(services.actor)), timeout=4000)
    driver.go_on()
    assert driver.file.sessions[0].held
    assert services.cases.drafts(services.actor) == ()


def test_papers_are_written_and_noted(driver: Driver, services: Services) -> None:
    driver.page.go("papers")
    driver.settle()
    driver.click("papers.application.write")
    files = sorted(path.suffix for path in services.settings.papers.iterdir())
    assert files == [".docx", ".pdf"]
    assert len(driver.page.view.papers) == 2


class _Windows(QObject):
    """Remembers every window that came up."""

    def __init__(self, but: QWidget) -> None:
        super().__init__()
        self.but = but
        self.seen: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        shown = event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow()
        if shown and watched is not self.but:
            self.seen.append(type(watched).__name__)
        return False


@needs_cases
@pytest.mark.parametrize("file", FILES, ids=[file.stem[:3] for file in FILES])
def test_every_case_shows_on_every_tab(
    file: object, window: MainWindow, services: Services, qtmodeltester: ModelTester
) -> None:
    """No error, no window flashing up, and every table keeps the rules of Qt."""
    text = file.read_bytes()  # type: ignore[attr-defined]
    stored, _new = services.cases.take_over(services.actor, read_case(text))
    window.set_pane_open(False)  # pages are drawn in other tests
    watcher = _Windows(window)
    QApplication.instance().installEventFilter(watcher)  # type: ignore[union-attr]
    driver = Driver(window, stored.case_key)
    for code in TABS:
        driver.page.go(code)
        driver.settle()
        assert driver.page.tab_bar.code() == code
    assert watcher.seen == []
    assert window.message_bar.sentence() == ""
    for table in driver.page.findChildren(QTableView):
        qtmodeltester.check(table.model(), force_py=True)  # type: ignore[no-untyped-call]  # pytest-qt


@pytest.mark.parametrize(
    ("typed", "meant"), [("9:30", "09:30"), ("0930", "09:30"), ("14时", "14:00"), ("９：０５", "09:05")]
)
def test_times_are_understood(typed: str, meant: str) -> None:
    assert f"{read_time(typed):%H:%M}" == meant


@pytest.mark.parametrize("typed", ["25:00", "上午", "9:75"])
def test_times_that_are_none_are_refused(typed: str) -> None:
    with pytest.raises(ValueError, match="。"):
        read_time(typed)


def test_instalments_fall_on_the_last_day_of_shorter_months() -> None:
    assert month_later(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert month_later(date(2026, 11, 30), 3) == date(2027, 2, 28)


def test_another_case_begins_with_nothing_open(driver: Driver, services: Services) -> None:
    driver.click("case.end")
    driver.write("end.reason", "写给第一件的话")
    other = Driver(driver.window, register(services).case_key)
    assert not other.shows("end.form")
    other.click("case.end")
    assert other.find("end.reason").toPlainText() == ""  # type: ignore[attr-defined]
