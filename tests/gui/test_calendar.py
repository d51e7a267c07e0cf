"""日程: three views of the days, the waiting list, and on the case page who was told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QScrollArea, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.choosing import Designate
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.steps.summoning import GiveNotice
from mediation_desk.cases.steps.waiting import Wait
from mediation_desk.experts.mediator import Leave
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.summons import NoticeWay
from mediation_desk.hearings.waiting import Urgency
from mediation_desk.shared.workdays import is_working_day
from tests.documents.meeting import line
from tests.gui.case_page_driver import Driver, fill_pool, register
from tests.gui.printer import PrinterOfATest
from ui.main_window import MainWindow
from ui.screens.calendar.block import SessionBlock
from ui.screens.calendar.screen import CalendarScreen
from ui.screens.calendar.time_grid import laid_out
from ui.screens.calendar.words import brief_names, free_spans, free_text
from ui.screens.case_page.screen import CasePage
from ui.theme import theme

Prepare = Callable[..., CaseFile]


@pytest.fixture
def prepare(services: Services) -> Prepare:
    """A case with a presiding mediator, and the steps asked for."""
    fill_pool(services)
    today = services.cases.local_today

    def made(*steps: Any, presiding: str = "M01") -> CaseFile:
        file = register(services)
        recorder = services.centre.recorders[0]
        chosen = Designate(on=today, presiding=presiding, recorder=recorder)
        for step in (Accept(on=today), chosen, *steps):
            file = services.cases.perform(services.actor, file.case_key, step, version=file.version)
        return file

    return made


def plan(services: Services, hour: int = 9, room: int = 0, days: int = 0, **more: Any) -> PlanSession:
    on = services.cases.local_today + timedelta(days=days)
    values: dict[str, Any] = {"date": on, "start": time(hour), "place": services.centre.rooms[room].name}
    values["override_reason"] = (
        "同一批人，先后进行"  # the cases of these tests are all between the same people
    )
    return PlanSession(**values | more)


def opened(window: MainWindow) -> CalendarScreen:
    window.open_screen("calendar")
    settle()
    screen = window.screen_in_front()
    assert isinstance(screen, CalendarScreen)
    return screen


def settle() -> None:
    for _round in range(6):
        QApplication.processEvents()


def press(
    widget: QWidget, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
) -> None:
    QTest.keyClick(widget, key, modifier)
    settle()


def focused_widget() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


def heads(screen: CalendarScreen) -> list[str]:
    return [column.head for column in screen.grid.canvas.columns]


def test_a_day_has_rooms_across_and_each_session_in_its_room(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    first = prepare(plan(services))
    prepare(plan(services, 14, 1), presiding="M02")
    prepare(plan(services, 10, place="锦园小区3号楼现场"), presiding="M03")
    screen = opened(window)
    assert heads(screen) == [*(room.name for room in services.centre.rooms), "其他地点、网上"]
    placed = {block.line.case_key: block.property("cell")[0] for block in screen.grid.blocks}
    assert sorted(placed.values()) == [0, 1, len(services.centre.rooms)]
    assert placed[first.case_key] == 0
    (block,) = (one for one in screen.grid.blocks if one.line.case_key == first.case_key)
    name = block.accessibleName()
    for word in ("09:00–11:00", services.centre.rooms[0].name, "甄有理", "钱和", "2 方没有通知"):
        assert word in name
    assert "3 场" in screen.grid.accessibleName()


@pytest.mark.parametrize(
    ("names", "shown"),
    [
        (("多元化解中心第一调解室", "多元化解中心圆桌调解室"), ("第一调解室", "圆桌调解室")),
        (("中心第一调解室", "中心第二调解室"), ("第一调解室", "第二调解室")),
        (("三号厅", "三号厅"), ("三号厅", "三号厅")),
        (("调解室",), ("调解室",)),
        ((), ()),
    ],
)
def test_rooms_are_told_apart_in_narrow_columns(names: tuple[str, ...], shown: tuple[str, ...]) -> None:
    assert brief_names(names) == shown


def test_free_time_stands_in_words_in_the_head(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services))
    screen = opened(window)
    remark = screen.grid.canvas.columns[0].remark
    if is_working_day(services.cases.local_today):
        assert remark == "空闲 11–12、14–17:30"
    else:
        assert remark == "休息日"


def test_free_spans_are_what_sessions_leave() -> None:
    hours = ((time(9), time(12)), (time(14), time(17, 30)))
    left = free_spans(hours, ((time(8), time(9, 30)), (time(11), time(15))))
    assert left == ((time(9, 30), time(11)), (time(15), time(17, 30)))
    assert free_spans(hours, ((time(8), time(18)),)) == ()
    assert free_text(()) == "没有空闲"


def test_sessions_at_the_same_time_lie_side_by_side_and_no_two_on_each_other() -> None:
    at = [(9, 11), (10, 12), (11, 13), (9, 10), (14, 15)]
    lines = [line(no, start=time(first), ends=time(last)) for no, (first, last) in enumerate(at, start=1)]
    cells = {one.no: (lane, lanes) for lane, lanes, one in laid_out(lines)}
    assert cells[5] == (0, 1)
    assert {lanes for no, (_lane, lanes) in cells.items() if no != 5} == {2}
    for one in lines:
        for other in lines:
            if one.no != other.no and one.overlaps(other):
                assert cells[one.no][0] != cells[other.no][0]


def test_keys_change_the_view_the_day_and_open_the_case(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    file = prepare(plan(services))
    screen = opened(window)
    screen.grid.focus_first()
    press(focused_widget(), Qt.Key.Key_W)
    assert screen.week.isVisible()
    assert [block.line.case_key for block in screen.week.blocks] == [file.case_key]
    press(focused_widget(), Qt.Key.Key_R)
    assert screen.room.isVisible()
    assert len(heads(screen)) == 7
    press(focused_widget(), Qt.Key.Key_D)
    press(focused_widget(), Qt.Key.Key_Right, Qt.KeyboardModifier.ControlModifier)
    assert screen.date.value() == services.cases.local_today + timedelta(days=1)
    assert screen.grid.blocks == []
    press(focused_widget(), Qt.Key.Key_T)
    press(focused_widget(), Qt.Key.Key_Down)
    assert isinstance(focused_widget(), SessionBlock)
    press(focused_widget(), Qt.Key.Key_Return)
    page = window.screen_in_front()
    assert isinstance(page, CasePage)
    assert page.tab_bar.code() == "sessions"


def test_letters_typed_into_the_date_change_no_view(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services))
    screen = opened(window)
    screen.date.setFocus()
    screen.date.clear()
    QTest.keyClicks(screen.date, "w")
    settle()
    assert screen.grid.isVisible()
    assert screen.date.text() == "w"


def test_arrows_lead_from_session_to_session_and_out_at_the_side(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services, 9))
    prepare(plan(services, 14))
    prepare(plan(services, 9, 1), presiding="M02")
    screen = opened(window)
    screen.grid.focus_first()

    def here() -> tuple[int, int]:
        block = QApplication.focusWidget()
        assert isinstance(block, SessionBlock)
        return block.line.start.hour, block.property("cell")[0]

    assert here() == (9, 0)
    for key, place in ((Qt.Key.Key_Down, (14, 0)), (Qt.Key.Key_Up, (9, 0)), (Qt.Key.Key_Right, (9, 1))):
        press(focused_widget(), key)
        assert here() == place
    press(focused_widget(), Qt.Key.Key_Right)
    assert screen.date.value() == services.cases.local_today + timedelta(days=1)
    assert QApplication.focusWidget() is screen.grid


def test_a_clash_is_said_on_the_block_and_counted(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services))
    prepare(plan(services, override_reason="各方同意先后进行"))
    screen = opened(window)
    assert "冲突 2 场" in screen.grid.accessibleName()
    words = [block.words() for block in screen.grid.blocks]
    assert all("冲突" in told and "同一时间同一间调解室" in told for told in words)
    assert any("仍按此安排：各方同意先后进行" in told for told in words)


def test_who_is_away_is_said_above_the_day(window: MainWindow, services: Services, prepare: Prepare) -> None:
    prepare(plan(services))
    today = services.cases.local_today
    with services.storage.write() as work:
        away = work.pool.mediator("M02")
        assert away is not None
        leaves = (Leave(from_on=today, to=today + timedelta(days=2)),)
        work.pool.save(away, replace(away, leaves=leaves))
    screen = opened(window)
    (people,) = screen.findChildren(QWidget, "calendar.people")
    assert people.isVisible()
    assert "请假：孙顺" in people.property("text")


def test_the_waiting_list_leads_to_the_plan_with_the_wishes_filled_in(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    wished = services.cases.local_today + timedelta(days=5)
    prepare(Wait(preferred="周三下午"))
    urgent = prepare(Wait(urgency=Urgency.URGENT, note="伤者等钱", mode=SessionMode.REMOTE, earliest=wished))
    screen = opened(window)
    QAbstractItemModelTester(screen.queue.table.records)
    shown = screen.queue.table.records.records()
    assert shown[0].case_key == urgent.case_key
    press(screen.grid, Qt.Key.Key_N)
    page = window.screen_in_front()
    assert isinstance(page, CasePage)
    assert page.view.file.case_key == urgent.case_key
    settle()
    (day,) = (one for one in page.findChildren(QWidget, "session.date") if one.isVisible())
    assert day.value() == wished  # type: ignore[attr-defined]
    (mode,) = page.findChildren(QWidget, "session.mode")
    assert mode.value() is SessionMode.REMOTE  # type: ignore[attr-defined]


def test_a_case_is_put_on_the_list_on_its_own_page_and_taken_off(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    driver = Driver(window, prepare().case_key, "sessions")
    driver.click("wait.way")
    driver.write("wait.preferred", "周三下午")
    driver.click("wait.submit")
    assert driver.file.beside.waiting is not None
    assert driver.shows("wait.card")
    assert [line.preferred for line in services.calendar.waiting(services.actor)] == ["周三下午"]
    driver.click("wait.stop")
    driver.write("leave_waiting.reason", "各方已经和解")
    driver.click("leave_waiting.submit")
    assert services.calendar.waiting(services.actor) == ()
    assert not driver.shows("wait.card")


def test_notices_are_noted_for_several_parties_at_once_and_their_receipt_later(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    driver = Driver(window, prepare(plan(services, days=3)).case_key, "sessions")
    assert standing(driver, "A1") == "没有通知"
    driver.click("summon.note")
    boxes = [box for box in driver.page.findChildren(QCheckBox) if box.objectName().startswith("summon.ref")]
    assert all(box.isChecked() for box in boxes)
    choose(driver, "summon.way", NoticeWay.POST)
    driver.click("summon.submit")
    assert standing(driver, "A1").startswith("已发出，还没有送达")
    driver.click("summon.note")
    (box,) = driver.page.findChildren(QCheckBox, "summon.ref.B1")
    box.click()
    driver.write("summon.delivered_on", services.cases.local_today.isoformat())
    driver.write("summon.proof", "回执在卷")
    driver.click("summon.arrived")
    assert standing(driver, "A1").startswith("已发出")
    assert standing(driver, "B1").startswith("已送达")
    assert "回执在卷" in standing(driver, "B1")


def test_a_notice_without_the_proof_it_needs_is_refused_beside_its_field(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    driver = Driver(window, prepare(plan(services, days=3)).case_key, "sessions")
    driver.click("summon.note")
    choose(driver, "summon.way", NoticeWay.LEFT)
    driver.click("summon.submit")
    assert driver.file.beside.summonses == ()
    assert "见证人" in driver.find("summon.proof").accessibleDescription()


def test_a_session_arranged_anew_asks_for_new_notices(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    told = GiveNotice(no=1, refs=("A1", "B1"), on=services.cases.local_today, way=NoticeWay.IN_PERSON)
    moved = (CancelSession(no=1, reason="改期"), plan(services, 14, days=4))
    driver = Driver(window, prepare(plan(services, days=3), told, *moved).case_key, "sessions")
    assert standing(driver, "A1").startswith("已改期，需重新通知")


def test_who_was_told_of_a_session_called_off_must_be_told_that_too(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    told = GiveNotice(no=1, refs=("A1",), on=services.cases.local_today, way=NoticeWay.IN_PERSON)
    off = CancelSession(no=1, reason="当事人出差")
    driver = Driver(window, prepare(plan(services, days=3), told, off).case_key, "sessions")
    assert "甄有理：通知过" in str(driver.find("summon.off.A1").property("text"))
    assert not driver.shows("summon.off.B1")
    assert not driver.shows("summon.note")


def test_notices_and_calendar_files_come_from_the_panel(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    file = prepare(plan(services, days=3))
    driver = Driver(window, file.case_key, "sessions")
    driver.click("summon.paper")
    assert driver.page.paper.form() == "summons"
    driver.click("summon.file.parties")
    (written,) = services.settings.papers.iterdir()
    assert written.suffix == ".ics"
    assert "甄有理" not in written.read_text("utf-8")
    assert file.case_key in written.name


def test_the_day_prints_for_the_door_without_names(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services))
    screen = opened(window)
    screen.print.click()
    settle()
    assert screen.papers.view.pdf() is not None
    assert screen.papers.door.isChecked()
    screen.papers.save.click()
    screen.papers.calendar.click()
    settle()
    names = sorted(path.name for path in services.settings.papers.iterdir())
    assert sorted(name.rpartition(".")[2] for name in names) == ["docx", "ics", "pdf"]
    assert any("公示" in name for name in names)
    assert not any("甄" in name for name in names)


def test_the_notices_of_a_day_are_printed_together(
    window: MainWindow, services: Services, prepare: Prepare, printer: PrinterOfATest
) -> None:
    file = prepare(plan(services))
    screen = opened(window)
    screen.print.click()
    settle()
    screen.papers.notices.click()
    settle()
    printed = services.cases.papers(services.actor, file.case_key)
    assert [paper.form for paper in printed] == ["summons"] * len(file.parties)
    assert (printer.asked, screen.papers.notices.isEnabled()) == (1, True)


def test_forty_sessions_a_day_all_have_their_place(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    for place in range(40):
        step = plan(services, 8 + place % 9, place % 3, override_reason="同一位调解员先后进行")
        prepare(step, presiding=f"M0{place % 3 + 1}")
    screen = opened(window)
    assert len(screen.grid.blocks) == 40
    boxes = [block.geometry() for block in screen.grid.blocks]
    assert all(box.width() >= 60 for box in boxes)
    assert not any(one.intersects(other) for at, one in enumerate(boxes) for other in boxes[:at])


def test_at_twice_the_size_the_page_scrolls_down_only(
    window: MainWindow, services: Services, prepare: Prepare
) -> None:
    prepare(plan(services))
    window.resize(1366, 768)
    theme().set_percent(200)
    try:
        screen = opened(window)
        for way in ("day", "week", "room"):
            screen.ways.buttons[way].click()
            settle()
            outer = [area for area in screen.findChildren(QScrollArea) if area.isVisible()]
            sideways = [area for area in outer if area is not screen.grid]
            assert all(area.horizontalScrollBar().maximum() == 0 for area in sideways), way
    finally:
        theme().set_percent(100)


def standing(driver: Driver, ref: str) -> str:
    return str(driver.find(f"summon.standing.{ref}").property("text"))


def choose(driver: Driver, name: str, value: object) -> None:
    driver.find(name).set_value(value)  # type: ignore[attr-defined]
    driver.settle()


def test_a_week_far_away_is_one_date_away(window: MainWindow, services: Services) -> None:
    screen = opened(window)
    screen.open(date(2027, 3, 16).isoformat())
    settle()
    assert screen.date.value() == date(2027, 3, 16)
    assert "0 场" in screen.grid.accessibleName()
