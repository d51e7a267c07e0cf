"""The search box at the top: by keyboard, in groups, with marks, and never on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from sqlalchemy import event

from mediation_desk.app import Desk as Services
from mediation_desk.app import fill_demo
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.finding.found import Found, Hit, HitGroup
from mediation_desk.cases.finding.said import Group
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery
from tests.gui.typing import named, press, type_words
from tests.unit.finding_material import intake
from ui.app import open_window
from ui.main_window import MainWindow
from ui.screens.cases.screen import CasesScreen
from ui.shell.hit_list import NEAR, NOTHING, HitList
from ui.shell.search_box import SearchBox
from ui.tasks.desk import Desk
from ui.tasks.runner import Lane, Outcome, PoolRunner, attempt
from ui.widgets.marked import paint_marked

MANY = 1_500


@pytest.fixture
def leak(services: Services) -> str:
    """A case of 孟庆兰 against 田志远 about a leak."""
    return services.cases.register(services.actor, intake(), despite=ANYWAY).case_key


@pytest.fixture
def box(leak: str, window: MainWindow) -> SearchBox:
    press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    search = named(window, "search")
    assert isinstance(search, SearchBox)
    assert search.hasFocus()
    return search


def hits(window: MainWindow) -> HitList:
    found = named(window, "search.hits")
    assert isinstance(found, HitList)
    return found


def shown(window: MainWindow) -> list[str]:
    """The lines of the list: headings and the texts of hits."""
    return [hits(window).item(row).text() for row in range(hits(window).count())]


def test_results_come_in_groups_with_the_role_of_who_was_found(
    window: MainWindow, box: SearchBox, qtbot: QtBot
) -> None:
    type_words("孟庆")
    qtbot.waitUntil(hits(window).isVisible)

    assert shown(window) == ["人", "孟庆兰"]
    press(Qt.Key.Key_Down)
    hit = hits(window).chosen()
    assert isinstance(hit, Hit)
    assert (hit.label, hit.marks) == ("申请人", ((0, 2),))
    assert "申请人：孟庆兰" in box.accessibleDescription()


def test_down_and_enter_open_the_case(window: MainWindow, box: SearchBox, leak: str, qtbot: QtBot) -> None:
    type_words("mengql")
    qtbot.waitUntil(hits(window).isVisible)
    assert shown(window) == [NOTHING]
    box.clear()
    type_words("mengqing")
    qtbot.waitUntil(lambda: "孟庆兰" in shown(window))
    press(Qt.Key.Key_Up)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)

    front = window.screen_in_front()
    assert front is not None
    assert front.code == "case"
    assert not hits(window).isVisible()
    assert box.text() == ""


def test_enter_without_a_choice_opens_the_list_with_the_words(
    window: MainWindow, box: SearchBox, leak: str
) -> None:
    type_words("吊顶")
    press(Qt.Key.Key_Return)

    cases = window.screen_in_front()
    assert isinstance(cases, CasesScreen)
    assert [case.case_key for case in cases.shown()] == [leak]
    assert cases.told() == "写着“吊顶”：共 1 件"


def test_escape_closes_and_clears(window: MainWindow, box: SearchBox, qtbot: QtBot) -> None:
    type_words("渗水")
    qtbot.waitUntil(hits(window).isVisible)
    press(Qt.Key.Key_Escape)

    assert not hits(window).isVisible()
    assert box.text() == ""


def test_a_misspelt_name_is_said_to_be_near(window: MainWindow, box: SearchBox, qtbot: QtBot) -> None:
    type_words("孟庆蓝")
    qtbot.waitUntil(hits(window).isVisible)

    assert shown(window) == [NEAR, "人", "孟庆兰"]


class HeldRunner:
    """Keeps work until it is let go, as a busy machine does."""

    def __init__(self) -> None:
        self.held: list[Callable[[], None]] = []

    def submit(self, lane: Lane, work: Callable[[], Any], deliver: Callable[[Outcome[Any]], None]) -> None:
        """Not now."""
        self.held.append(lambda: deliver(attempt(work)))

    def idle(self) -> bool:
        """While nothing is held."""
        return not self.held

    def close(self) -> None:
        """Nothing to wait for."""


def test_late_answers_are_dropped(window: MainWindow, services: Services, leak: str, qtbot: QtBot) -> None:
    runner = HeldRunner()
    box = SearchBox(services, Desk(runner), window.centralWidget(), lambda _typed: ())
    box.setObjectName("other")
    box.show()
    box.setFocus()
    type_words("孟庆兰")
    qtbot.waitUntil(lambda: len(runner.held) == 1)
    box.clear()
    type_words("吊顶")
    qtbot.waitUntil(lambda: len(runner.held) == 2)
    runner.held[1]()
    texts = [box._list.item(row).text() for row in range(box._list.count())]
    runner.held[0]()

    assert texts[0] == "事由与请求"
    assert [box._list.item(row).text() for row in range(box._list.count())] == texts
    press(Qt.Key.Key_Escape)
    asked = len(runner.held)
    box._on_settled()
    assert len(runner.held) == asked, "no words, no question"


def test_the_list_of_hits_shows_markup_as_it_stands(window: MainWindow, box: SearchBox) -> None:
    evil = "<b>甲</b><img src=x> && 乙"
    hit = Hit(
        case_key="x",
        number=None,
        title=evil,
        state=State.REGISTERED,
        received_on=intake().received_on,
        label="事由",
        text=evil,
        marks=((3, 4),),
    )
    hits(window).show_found(Found(groups=(HitGroup(group=Group.FACTS, hits=(hit,), more=False),)))
    hits(window).show()
    hits(window).grab()

    assert shown(window)[1] == evil


def test_a_mark_is_painted_where_it_stands(window: MainWindow) -> None:
    def painted(marks: tuple[tuple[int, int], ...]) -> QImage:
        image = QImage(300, 30, QImage.Format.Format_RGB32)
        image.fill(Qt.GlobalColor.white)
        painter = QPainter(image)
        paint_marked(painter, image.rect(), "楼上渗水严重", marks)
        painter.end()
        return image

    def first_difference(one: QImage, other: QImage) -> int:
        return next(x for x in range(300) if any(one.pixel(x, y) != other.pixel(x, y) for y in range(30)))

    plain = painted(())
    assert painted(((2, 4),)) != plain
    assert 0 < first_difference(painted(((2, 4),)), plain) < first_difference(painted(((4, 6),)), plain)


# With a large archive and real threads


@contextmanager
def statement_threads(services: Services) -> Iterator[set[threading.Thread]]:
    """The threads on which statements ran."""
    seen: set[threading.Thread] = set()

    def note(*_: object) -> None:
        seen.add(threading.current_thread())

    event.listen(services.storage.engine, "before_cursor_execute", note)
    yield seen
    event.remove(services.storage.engine, "before_cursor_execute", note)


def test_typing_and_scrolling_ask_nothing_on_the_gui_thread(
    qapp: QApplication, qtbot: QtBot, services: Services
) -> None:
    fill_demo(services.settings, MANY, 1, lambda _count: None)
    somebody = services.cases.summaries(services.actor, CaseQuery(limit=1))[0].party_names.split("、")[0]
    with statement_threads(services) as threads:
        window = open_window(qapp, services, PoolRunner())
        qtbot.addWidget(window)
        with qtbot.waitActive(window):
            window.show()
            window.activateWindow()
        press(Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        type_words(somebody)
        qtbot.waitUntil(lambda: hits(window).isVisible() and hits(window).count() > 1)
        press(Qt.Key.Key_Escape)
        window.open_screen("cases")
        cases = window.screen_in_front()
        assert isinstance(cases, CasesScreen)
        qtbot.waitUntil(lambda: len(cases.shown()) > 0)
        first = cases.shown()[0]
        bar = cases.table.verticalScrollBar()
        for _ in range(6):
            end = cases.shown()[-1]
            bar.setValue(bar.maximum())
            qtbot.waitUntil(lambda end=end: cases.shown()[-1] != end)  # type: ignore[misc]  # a plain default
        assert first not in cases.shown()
        named(window, "cases.search").setFocus()
        type_words("渗水")
        qtbot.waitUntil(lambda: "渗水" in cases.told())
        qtbot.waitUntil(cases.context.desk.idle)
        window.close()

    assert len(threads) >= 2
    assert threading.main_thread() not in threads


def test_the_watcher_sees_a_question_on_the_gui_thread(services: Services) -> None:
    with statement_threads(services) as threads:
        services.cases.today(services.actor)

    assert threads == {threading.main_thread()}
