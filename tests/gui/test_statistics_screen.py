"""The statistics: one head for all pages, tables whose cells lead to their cases, checks and definitions."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from mediation_desk.access.actor import Actor
from mediation_desk.access.roles import Role
from mediation_desk.app import Desk as Services
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.statistics.checks import violations
from mediation_desk.statistics.figures import FACTS_BY as NOTE
from mediation_desk.statistics.figures import facts_by, rate
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.work.model import NewWork
from tests.gui.typing import named, press, type_words
from tests.shared_cases import FILES, needs_cases
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.statistics import behind_lines
from ui.screens.statistics.asked import Asked, remarks
from ui.screens.statistics.checks_view import wrong_cells
from ui.screens.statistics.drill import WHOLE
from ui.screens.statistics.grid_model import GridCell
from ui.screens.statistics.page import Behind
from ui.screens.statistics.periods import called
from ui.screens.statistics.screen import StatisticsScreen
from ui.screens.statistics.tables_page import DOWN, TablesPage
from ui.screens.work.screen import WorkScreen
from ui.tasks.runner import ImmediateRunner

pytestmark = needs_cases
WORK = NewWork(kind="training", unit="石桥村", first=date(2026, 3, 2), times=1, people=30)
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))


@pytest.fixture
def services(services: Services) -> Services:
    for file in FILES:
        services.cases.take_over(services.actor, read_case(file.read_bytes()))
    return services


@pytest.fixture
def screen(window: MainWindow) -> StatisticsScreen:
    window.open_screen("statistics")
    front = window.screen_in_front()
    assert isinstance(front, StatisticsScreen)
    front.head.period.show_period(YEAR)
    front.open("tables")
    return front


def page_of(screen: StatisticsScreen) -> TablesPage:
    page = screen.page()
    assert isinstance(page, TablesPage)
    return page


def shown_cells(page: TablesPage) -> Iterator[GridCell]:
    model = page.grid.shown
    for row in range(model.rowCount()):
        for column in range(model.columnCount()):
            cell = model.cell(model.index(row, column))
            if cell is not None:
                yield cell


def test_enter_on_a_cell_lists_its_cases_and_escape_comes_back_to_it(
    window: MainWindow, screen: StatisticsScreen
) -> None:
    page = page_of(screen)
    page.grid.setFocus()
    assert page.grid.go_to(("人民调解", "success"))
    press(Qt.Key.Key_Return)
    assert screen.drill.isVisible()
    assert screen.drill.table.hasFocus()
    assert screen.drill.sum.text().endswith("与表中数字一致")
    assert screen.drill.name.text().startswith("人民调解")

    press(Qt.Key.Key_Escape)
    cell = page.grid.current()
    assert cell is not None
    assert page.grid.hasFocus()
    assert (cell.row.label, cell.column.code) == ("人民调解", "success")

    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"
    window.open_screen("statistics")
    assert screen.drill.isVisible()


def test_a_click_on_a_cell_opens_its_cases_too(screen: StatisticsScreen) -> None:
    grid = page_of(screen).grid
    index = grid.shown.index_of(("合计", "concluded"))
    grid.scrollTo(index)
    place = grid.visualRect(index).center()
    QTest.mouseClick(grid.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(place.x(), place.y()))
    assert screen.drill.isVisible()
    assert str(screen.drill.total()) == index.data()


@pytest.mark.parametrize("code", ["tracks", "screening"])
def test_the_cases_behind_every_cell_add_up_to_it(screen: StatisticsScreen, code: str) -> None:
    screen.open(f"tables#{code}")
    page, behind_it = page_of(screen), screen.drill
    table = page.table()
    assert table is not None
    seen = 0
    for cell in list(shown_cells(page)):
        page.grid.chosen.emit(cell)
        value = table.value(cell.row, cell.column.code)
        behind = behind_it.page  # which figure the list is of
        assert behind is not None
        if behind.whole is not None:
            part = behind_it.total()
            behind_it.part.buttons[WHOLE].click()
            whole = behind_it.total()
            assert part is not None
            assert whole is not None
            assert (value is None) == (whole == 0)
            if value is not None and cell.column.unit == "%":
                assert rate(part, whole) == value
        elif cell.column.unit == "万元":
            assert f"{behind_it.total() / 10_000:.2f}" == f"{value:.2f}"  # type: ignore[operator]  # never None
        else:
            assert behind_it.total() == value, (cell.row.label, cell.column.name)
            assert "不一致" not in behind_it.sum.text()
        seen += 1
    assert seen > 60


def test_the_bodies_people_and_work_behind_the_first_table_are_listed_and_lead_on(
    window: MainWindow, screen: StatisticsScreen, services: Services
) -> None:
    services.work.add(services.actor, WORK)
    screen.open("tables#organisations")
    page, behind_it = page_of(screen), screen.drill
    table = page.table()
    assert table is not None
    counted = 0
    for cell in list(shown_cells(page)):
        if not cell.row.is_total:
            continue
        page.grid.chosen.emit(cell)
        members = services.statistics.members(services.actor, table, cell.row.label, cell.column.code)
        assert tuple(line.share.case_key for line in behind_it.listed()) == members
        assert all(line.member is not None and line.member.name for line in behind_it.listed())
        assert "不一致" not in behind_it.sum.text()
        counted += bool(members)
    assert counted
    line = next(cell for cell in shown_cells(page) if cell.column.code == "trained" and cell.row.is_total)
    page.grid.chosen.emit(line)
    behind_it.table.chosen.emit(behind_it.listed()[0])
    front = window.screen_in_front()
    assert isinstance(front, WorkScreen)
    marked = front.table.current()
    assert marked is not None
    assert str(marked.id) == behind_it.listed()[0].share.case_key


def test_a_filter_narrows_the_table_and_the_list_and_goes_with_its_chip(
    window: MainWindow, screen: StatisticsScreen
) -> None:
    page = page_of(screen)
    before = page.grid.shown.index_of(("合计", "concluded")).data()
    named(window, "stats.filter").click()  # type: ignore[attr-defined]  # a button
    tracks = screen.head.filters.editors["track"]
    assert tracks.isVisible()
    tracks.setCurrentIndex(tracks.findText("行政调解"))
    tracks.activated.emit(tracks.currentIndex())
    narrowed = page.grid.shown.index_of(("合计", "concluded")).data()
    assert 0 < int(narrowed) < int(before)

    page.grid.go_to(("合计", "concluded"))
    page.grid.setFocus()
    press(Qt.Key.Key_Return)
    tracks_listed = {line.case.track.value for line in screen.drill.listed() if line.case is not None}
    assert tracks_listed == {"行政调解"}
    assert len(screen.drill.listed()) == int(narrowed)

    chip = named(window, "stats.chip.track")
    assert chip.accessibleName() == "调解种类：行政调解"
    (cross,) = chip.findChildren(QAbstractButton)
    cross.click()
    assert not screen.drill.isVisible()
    assert page.grid.shown.index_of(("合计", "concluded")).data() == before


def test_typed_people_and_money_count_when_the_typing_pauses(screen: StatisticsScreen, qtbot: QtBot) -> None:
    page = page_of(screen)
    before = int(page.grid.shown.index_of(("合计", "concluded")).data())
    screen.head.fold.click()
    people = screen.head.filters.editors["people_from"]
    people.setFocus()
    type_words("3")
    qtbot.waitUntil(lambda: int(page.grid.shown.index_of(("合计", "concluded")).data()) < before)
    screen.head.everything.click()
    assert int(page.grid.shown.index_of(("合计", "concluded")).data()) == before
    assert people.text() == ""


def test_a_unit_counts_its_bodies_and_a_strange_body_is_refused_in_words(screen: StatisticsScreen) -> None:
    page, head = page_of(screen), screen.head
    screen.open("tables#cases")
    everything = len(page.grid.shown.across())
    head.unit.set_value("CA")
    head.unit.edited.emit()
    table = page.table()
    assert table is not None
    assert {row.label for row in table.rows if not row.is_total} <= {
        "长安街道人民调解委员会",
        "榆林社区人民调解委员会",
    }
    assert len(page.grid.shown.across()) == everything
    head.filters.editors["bodies"].set_value("清平区人民调解委员会")
    head.filters.changed.emit()
    assert "不属于" in head.remark.text()


def test_arrows_go_to_the_period_before_and_after(window: MainWindow, screen: StatisticsScreen) -> None:
    bar = screen.head.period
    bar.choice.set_value("按季度")
    bar.choice.edited.emit()
    table = page_of(screen).table()
    assert table is not None
    first = table.period
    named(window, "stats.earlier").click()  # type: ignore[attr-defined]  # a button
    table = page_of(screen).table()
    assert table is not None
    assert table.period.last < first.first
    named(window, "stats.later").click()  # type: ignore[attr-defined]  # a button
    table = page_of(screen).table()
    assert table is not None
    assert table.period == first
    assert bar.choice.value() == "按季度"


def test_a_period_without_cases_has_zeros_and_dashes_and_says_so(screen: StatisticsScreen) -> None:
    screen.head.period.show_period(Period(first=date(1999, 1, 1), last=date(1999, 12, 31)))
    page = page_of(screen)
    texts = {
        cell.column.unit: page.grid.shown.index_of((cell.row.label, cell.column.code)).data()
        for cell in shown_cells(page)
    }
    assert (texts["件"], texts["%"]) == ("0", "—")
    assert "没有案件" in page.told()
    assert page.checks.told().startswith("核对无误")


@pytest.mark.parametrize(
    ("first", "last", "as_of", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), date(2026, 3, 2), "期间还没有结束，数字还会变。"),
        (date(2027, 1, 1), date(2027, 12, 31), date(2026, 3, 2), "这段期间还没有开始。"),
        (date(2025, 1, 1), date(2025, 12, 31), date(2026, 3, 2), ""),
        (date(2025, 1, 1), date(2025, 12, 31), date(2025, 6, 30), "履行和司法确认只算到2025年6月30日。"),
        (date(2025, 12, 1), date(2026, 1, 31), date(2026, 3, 2), "期间跨了2025、2026两个统计年度。"),
        (
            date(2025, 1, 1),
            date(2025, 1, 31),
            date(2026, 4, 1),
            "截至日2026年4月1日还没有到，履行和司法确认以后还会增加。",
        ),
    ],
)
def test_what_must_be_known_of_a_period_is_said(first: date, last: date, as_of: date, words: str) -> None:
    asked = Asked(period=Period(first=first, last=last), as_of=as_of)
    assert "".join(remarks(asked, date(2026, 3, 2))) == words


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        (date(2026, 1, 1), date(2026, 12, 31), "2026年"),
        (date(2026, 7, 1), date(2026, 12, 31), "2026年下半年"),
        (date(2026, 4, 1), date(2026, 6, 30), "2026年第二季度"),
        (date(2026, 2, 1), date(2026, 2, 28), "2026年2月"),
        (date(2026, 3, 30), date(2026, 4, 5), "2026年第14周"),
        (date(2026, 3, 30), date(2026, 4, 6), "自2026年3月30日起至2026年4月6日止"),
    ],
)
def test_periods_have_names(first: date, last: date, words: str) -> None:
    assert called(Period(first=first, last=last)) == words


def test_a_table_that_contradicts_itself_marks_its_cells_and_says_which_rule(
    screen: StatisticsScreen,
) -> None:
    page = page_of(screen)
    table = page.table()
    assert table is not None
    place = [column.code for column in table.columns].index("success")
    first = table.rows[0]
    values = (*first.values[:place], 99, *first.values[place + 1 :])
    wrong = replace(table, rows=(replace(first, values=values), *table.rows[1:]))
    found = violations(wrong)
    page.checks.show_checks(found, {0: 2})
    page.grid.show_table(wrong, down=False, without_zeros=False, wrong=wrong_cells(found))

    index = page.grid.shown.index_of((first.label, "success"))
    assert index.data(Qt.ItemDataRole.DecorationRole) is not None
    assert "不符" in index.data(Qt.ItemDataRole.AccessibleTextRole)
    assert page.grid.shown.index_of((first.label, "persons")).data(Qt.ItemDataRole.DecorationRole) is None
    assert "V-3" in page.checks.told()
    asked: list[object] = []
    page.checks.wanted.connect(asked.append)
    button = page.checks.findChild(QAbstractButton, "stats.checks.cases.0")
    assert button is not None
    button.click()
    assert asked == [found[0]]


def test_f1_on_a_cell_explains_it_in_the_pane(window: MainWindow, screen: StatisticsScreen) -> None:
    page = page_of(screen)
    page.grid.setFocus()
    page.grid.go_to(("合计", "performed_rate"))
    press(Qt.Key.Key_F1)
    pane = named(window, "stats.definition")
    assert pane.isVisible()
    QApplication.processEvents()
    words = " ".join(label.text() for label in pane.findChildren(QLabel) if label.isVisibleTo(pane))
    for part in ("履行除以调解成功", "按结案之日", "履行完毕之日不晚于截至日", "表内核对", "2026-11"):
        assert part in words


def test_turned_tables_stand_under_their_groups_and_every_cell_has_a_name(
    screen: StatisticsScreen, qtmodeltester: ModelTester
) -> None:
    screen.open("tables#screening")
    page = page_of(screen)
    model = page.grid.shown
    assert page.layout_choice.buttons[DOWN].isChecked()
    assert [model.headerData(row, Qt.Orientation.Vertical) for row in model.headings()] == [
        "总况",
        "各类排查数",
        "各类调处数",
    ]
    assert not page.lines.isEnabled()
    for cell in shown_cells(page):
        spoken = model.index_of((cell.row.label, cell.column.code)).data(Qt.ItemDataRole.AccessibleTextRole)
        assert cell.row.label in spoken
        assert cell.column.name in spoken
    qtmodeltester.check(model)  # type: ignore[no-untyped-call]  # pytest-qt has no types here


def test_other_lines_are_chosen_and_zero_columns_leave(screen: StatisticsScreen) -> None:
    screen.open("tables#cases")
    page = page_of(screen)
    columns = page.grid.shown.columnCount()
    page.lines.set_value("category")
    page.lines.edited.emit()
    table = page.table()
    assert table is not None
    assert table.row_title == "纠纷类型"
    page.without_zeros.click()
    assert 0 < page.grid.shown.columnCount() < columns


def test_long_lists_come_page_by_page_and_add_up_in_the_end(
    screen: StatisticsScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(behind_lines, "PAGE", 5)
    table = page_of(screen).table()
    assert table is not None
    screen.show_cases(Behind(table=table, row="合计", column="concluded"))
    listed = screen.drill
    assert (len(listed.listed()), listed.further.isVisible()) == (5, True)
    assert "还有未列的" in listed.sum.text()
    listed.further.click()
    listed.further.click()
    keys = [line.share.case_key for line in listed.listed()]
    assert len(keys) == len(set(keys)) == 13
    assert [line.place for line in listed.listed()] == list(range(1, 14))
    assert listed.sum.text().endswith("与表中数字一致")
    assert not listed.further.isVisible()


def test_a_list_follows_its_figure_when_a_case_goes(
    window: MainWindow, screen: StatisticsScreen, services: Services
) -> None:
    grid, behind = page_of(screen).grid, screen.drill
    grid.go_to(("合计", "concluded"))
    grid.setFocus()
    press(Qt.Key.Key_Return)
    assert len(behind.listed()) == 13
    key = behind.listed()[0].share.case_key
    services.cases.perform(services.actor, key, PutInBin(reason="登记了两次"))
    window.context.desk.committed.emit(Changes.of(Topic.CASES, case_key=key))
    assert behind.isVisible()
    assert len(behind.listed()) == 12
    assert behind.sum.text().endswith("与表中数字一致")
    assert behind.name.text().endswith("12 件")


def test_facts_are_worked_out_anew_after_other_rules_and_months_added_up(
    screen: StatisticsScreen, services: Services
) -> None:
    with services.storage.write() as work:
        work.notes.put(NOTE, "other rules")
    screen.refresh()
    with services.storage.read() as work:
        assert work.notes.get(NOTE) == facts_by()
        assert work.statistics.stale_months() == ()
    assert not screen.keeping.isVisible()
    assert page_of(screen).grid.shown.index_of(("合计", "concluded")).data() == "13"


def test_everything_at_the_head_is_named(window: MainWindow, screen: StatisticsScreen) -> None:
    for name in (
        "period",
        "earlier",
        "later",
        "from",
        "to",
        "as_of",
        "unit",
        "filter",
        "table",
        "lines",
        "grid",
    ):
        assert named(window, f"stats.{name}").accessibleName(), name
    for name, editor in screen.head.filters.editors.items():
        assert editor.accessibleName().startswith("只看："), name


def test_who_may_not_read_cases_sees_numbers_only(qapp: QApplication, services: Services) -> None:
    statistician = Actor(account="t", display_name="统计员", roles=(Role.STATISTICIAN,))
    services.seat.take(statistician)
    made = open_window(qapp, services, ImmediateRunner())
    try:
        made.open_screen("statistics")
        front = made.screen_in_front()
        assert isinstance(front, StatisticsScreen)
        front.head.period.show_period(YEAR)
        front.open("tables")
        grid = page_of(front).grid
        grid.chosen.emit(grid.shown.cell(grid.shown.index_of(("合计", "concluded"))))
        model = front.drill.table.records
        assert model.rowCount() == 0, "no line of a case out of reach"
    finally:
        made.close()
        made.deleteLater()


def test_large_text_scrolls_instead_of_crushing_the_table(
    window: MainWindow, screen: StatisticsScreen
) -> None:
    window.resize(1366, 768)
    theme = screen.context.theme
    theme.set_percent(200)
    try:
        QApplication.processEvents()
        grid = page_of(screen).grid
        assert grid.height() >= theme.px(200)
        assert grid.viewport().height() > theme.px(60)
    finally:
        theme.set_percent(100)


def test_a_long_page_does_not_stretch_the_others_nor_the_list_of_cases(
    screen: StatisticsScreen, qtbot: QtBot
) -> None:
    screen.open("analysis")
    qtbot.waitUntil(lambda: screen.page().height() > 2 * screen.height())
    screen.open("tables")
    qtbot.waitUntil(lambda: page_of(screen).height() < screen.height())
    page_of(screen).grid.chosen.emit(page_of(screen).grid.current())
    qtbot.waitUntil(lambda: screen.drill.height() < screen.height())
