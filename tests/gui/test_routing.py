"""分流督办: units with their lists, answered where they stand."""

from __future__ import annotations

from datetime import date, timedelta

from PySide6.QtCore import Qt
from PySide6.QtTest import QAbstractItemModelTester, QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPlainTextEdit, QScrollArea, QWidget

from mediation_desk.app import Desk as Services
from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.orders import Receive, RefuseOrder
from mediation_desk.cases.steps.routing import Route
from tests.gui.case_page_driver import register
from ui.main_window import MainWindow
from ui.screens.case_page.screen import CasePage
from ui.screens.routing.rows import LATE, LEADER, UNDECIDED, UNHEARD
from ui.screens.routing.screen import RoutingScreen
from ui.theme import theme

LABOUR, WOMEN = "清平区人力资源和社会保障局", "清平区妇女联合会"


def order(services: Services, file: CaseFile, kind: OrderKind, to: str, due: date | None = None) -> CaseFile:
    on = min(services.cases.local_today, due or date.max)
    step = Route(on=on, kind=kind, to=to, task="请办理。", due_on=due)
    return services.cases.perform(services.actor, file.case_key, step)


def opened(window: MainWindow, argument: str = "") -> RoutingScreen:
    window.open_screen("routing", argument)
    settle()
    screen = window.screen_in_front()
    assert isinstance(screen, RoutingScreen)
    return screen


def settle() -> None:
    for _round in range(6):
        QApplication.processEvents()


def click(screen: QWidget, name: str) -> None:
    found = [one for one in screen.findChildren(QAbstractButton, name) if one.isVisible()]
    assert len(found) == 1, f"{len(found)} visible buttons called {name}"
    found[0].click()
    settle()


def write(screen: QWidget, name: str, text: str) -> None:
    (line,) = (one for one in screen.findChildren(QWidget, name) if one.isVisible())
    if isinstance(line, QPlainTextEdit):
        line.insertPlainText(text)
    else:
        assert isinstance(line, QLineEdit)
        line.setText(text)
        line.textEdited.emit(text)
    settle()


def shown(screen: RoutingScreen) -> list[tuple[str, str, str]]:
    return [(row.who, row.due, row.standing) for row in screen.tasks.records.records()]


def test_the_tree_counts_and_the_list_follows_the_unit(window: MainWindow, services: Services) -> None:
    today = services.cases.local_today
    file = order(services, register(services), OrderKind.ASSIST, WOMEN, today)
    order(services, file, OrderKind.ASSIST, LABOUR, today - timedelta(days=2))
    screen = opened(window)
    counted = {row.name: (row.open, row.overdue) for row in screen.units.records.records()}
    assert counted["全部单位"] == (2, 1)
    assert counted[LABOUR] == (1, 1)
    assert counted[LATE] == (1, 0)
    assert [who for who, *_ in shown(screen)] == ["区人社局，宿文斌", "区妇联，皮桂珍"]
    screen.units.choose_key(WOMEN)
    settle()
    assert [who for who, *_ in shown(screen)] == ["皮桂珍"]
    assert "没有办完 1 件，逾期 0 件；办完 0 件" in screen.sentence()
    QAbstractItemModelTester(screen.tasks.records)


def test_an_order_is_received_and_answered_by_keys_alone(window: MainWindow, services: Services) -> None:
    file = order(services, register(services), OrderKind.ASSIST, WOMEN)
    screen = opened(window)
    screen.tasks.setFocus()
    QTest.keyClick(screen.tasks, Qt.Key.Key_Down)
    QTest.keyClick(screen.tasks, Qt.Key.Key_Return)
    settle()
    focused = QApplication.focusWidget()
    assert focused is not None
    assert focused.objectName() == "routing.deed.receive"
    QTest.keyClick(focused, Qt.Key.Key_Return)
    settle()
    press_primary(window)
    click(screen, "routing.deed.reply")
    write(screen, "order.1.reply.reply", "已入户走访。")
    press_primary(window)
    (done,) = services.cases.file(services.actor, file.case_key).beside.orders
    assert (done.status, done.received_by, done.reply) == (OrderStatus.DONE, "皮桂珍", "已入户走访。")
    assert "办完 1 件" in screen.sentence()


def test_what_was_done_on_the_list_can_be_undone(window: MainWindow, services: Services) -> None:
    file = order(services, register(services), OrderKind.ASSIGN, "长安街道")
    screen = opened(window)
    screen.tasks.setFocus()
    QTest.keyClick(screen.tasks, Qt.Key.Key_Down)
    click(screen, "routing.deed.receive")
    press_primary(window)
    assert services.cases.file(services.actor, file.case_key).beside.orders[0].received_on is not None
    assert window.message_bar.offers_undo()
    window.message_bar.act()
    settle()
    assert services.cases.file(services.actor, file.case_key).beside.orders[0].received_on is None


def press_primary(window: MainWindow) -> None:
    QTest.keyClick(
        QApplication.focusWidget() or window, Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier
    )
    settle()


def test_what_is_typed_stays_when_another_line_is_looked_at(window: MainWindow, services: Services) -> None:
    file = order(services, register(services), OrderKind.ASSIST, WOMEN)
    order(services, file, OrderKind.ASSIST, LABOUR)
    screen = opened(window)
    screen.tasks.selectRow(0)
    settle()
    first = screen.detail.row()
    click(screen, "routing.deed.refuse")
    write(screen, "order.1.refuse.reason", "人手不够。")
    screen.tasks.selectRow(1)
    settle()
    assert screen.detail.row() is first
    (words,) = screen.findChildren(QPlainTextEdit, "order.1.refuse.reason")
    assert words.toPlainText() == "人手不够。"


def test_the_duty_manager_decides_on_the_list(window: MainWindow, services: Services) -> None:
    file, today = register(services), services.cases.local_today
    for no, unit in ((1, LABOUR), (2, "区住建局")):
        order(services, file, OrderKind.HAND_OVER, unit)
        services.cases.perform(
            services.actor, file.case_key, RefuseOrder(no=no, on=today, reason="不归我局。")
        )
    screen = opened(window, UNDECIDED)
    assert [standing for *_, standing in shown(screen)] == ["两次退回"]
    screen.tasks.selectRow(0)
    settle()
    click(screen, "routing.deed.assign")
    write(screen, "assign.to", "长安街道办事处")
    write(screen, "assign.decided_by", "周敬安")
    write(screen, "assign.task", "请牵头办理。")
    press_primary(window)
    assert services.cases.file(services.actor, file.case_key).beside.orders[-1].decided_by == "周敬安"
    assert shown(screen) == []


def test_late_orders_are_hurried_from_their_list(window: MainWindow, services: Services) -> None:
    due = services.cases.local_today - timedelta(days=1)
    file = order(services, register(services), OrderKind.ASSIST, WOMEN, due)
    screen = opened(window, LATE)
    screen.tasks.selectRow(0)
    settle()
    click(screen, "routing.deed.supervise")
    press_primary(window)
    assert services.cases.file(services.actor, file.case_key).beside.orders[-1].kind is OrderKind.SUPERVISE
    assert shown(screen) == []
    for name in (LEADER, UNHEARD):
        screen.open(name)
        settle()
        assert shown(screen) == []


def test_a_list_can_be_one_persons_and_of_another_period(window: MainWindow, services: Services) -> None:
    today = services.cases.local_today
    before = today - timedelta(days=400)
    file = order(services, register(services), OrderKind.ASSIST, LABOUR)
    file = services.cases.perform(
        services.actor,
        file.case_key,
        Route(
            on=before, kind=OrderKind.ASSIST, to=WOMEN, task="请回访。", due_on=today + timedelta(days=400)
        ),
    )
    services.cases.perform(services.actor, file.case_key, Receive(no=2, on=before, by="窗口"))
    screen = opened(window)
    click(screen, "routing.span.quarter")
    assert [who for who, *_ in shown(screen)] == ["区人社局，宿文斌"]
    screen.mine.click()
    settle()
    assert shown(screen) == []
    assert not screen.person.isEnabled()
    screen.mine.click()
    screen.person.setText("宿文斌")
    screen.refresh()
    settle()
    assert len(shown(screen)) == 1


def test_a_unit_prints_its_list_and_the_case_is_one_click_away(
    window: MainWindow, services: Services
) -> None:
    order(services, register(services), OrderKind.ASSIST, WOMEN)
    screen = opened(window, WOMEN)
    click(screen, "routing.print")
    assert screen.papers.view.pdf() is not None
    click(window, "routing.paper.save")
    assert sorted(path.suffix for path in services.settings.papers.iterdir()) == [".docx", ".pdf"]
    screen.tasks.selectRow(0)
    settle()
    click(screen, "routing.open")
    assert isinstance(window.screen_in_front(), CasePage)


def test_at_twice_the_size_nothing_scrolls_sideways(window: MainWindow, services: Services) -> None:
    order(services, register(services), OrderKind.ASSIST, WOMEN)
    window.resize(1366, 768)
    theme().set_percent(200)
    try:
        screen = opened(window)
        screen.tasks.selectRow(0)
        settle()
        click(screen, "routing.deed.receive")
        assert all(
            bar.maximum() == 0 for bar in (area.horizontalScrollBar() for area in scroll_areas(screen))
        )
    finally:
        theme().set_percent(100)


def scroll_areas(screen: QWidget) -> list[QScrollArea]:
    return [area for area in screen.findChildren(QScrollArea) if area.isVisible()]
