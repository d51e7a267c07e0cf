"""Commands keep their order, late answers are dropped, errors find their way, on both runners."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot
from shiboken6 import delete

from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import RuleError
from ui.tasks.desk import Desk
from ui.tasks.runner import ImmediateRunner, PoolRunner


@pytest.fixture(params=["immediate", "pool"])
def desk(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(ImmediateRunner() if request.param == "immediate" else PoolRunner())
    yield made
    qtbot.waitUntil(made.idle)
    made.close()


@pytest.fixture
def pooled(qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(PoolRunner())
    yield made
    qtbot.waitUntil(made.idle)
    made.close()


def test_a_command_tells_everybody_after_its_screen(desk: Desk, qtbot: QtBot) -> None:
    heard: list[object] = []
    changes = Changes.of(Topic.CASES, case_key="C01")
    desk.committed.connect(heard.append)
    desk.command(lambda: changes, lambda _result: heard.append("done"))
    qtbot.waitUntil(lambda: len(heard) == 2)
    assert heard == ["done", changes]


def test_what_was_touched_may_be_told_apart_from_the_result(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.committed) as told:
        desk.command(lambda: "C07", touches=lambda key: Changes.of(Topic.CASES, case_key=key))
    assert told.args == [Changes.of(Topic.CASES, case_key="C07")]


def test_commands_keep_the_order_of_the_clicks(desk: Desk, qtbot: QtBot) -> None:
    done: list[int] = []
    for number in range(20):
        desk.command(lambda number=number: done.append(number))  # type: ignore[misc]
    qtbot.waitUntil(lambda: len(done) == 20)
    assert done == list(range(20))


def test_errors_go_to_the_screen_first(desk: Desk, qtbot: QtBot) -> None:
    seen: list[BaseException] = []

    def refuse() -> Changes:
        raise RuleError("不可以。", rule="LR-1")

    def take(error: BaseException) -> bool:
        seen.append(error)
        return True

    desk.command(refuse, on_error=take)
    qtbot.waitUntil(lambda: len(seen) == 1)
    with qtbot.waitSignal(desk.failed) as failed:
        desk.command(refuse)
    assert isinstance(failed.args[0], RuleError)


def test_a_retry_runs_the_command_again(desk: Desk, qtbot: QtBot) -> None:
    attempts: list[int] = []

    def second_time() -> Changes:
        attempts.append(1)
        if len(attempts) == 1:
            raise RuleError("再试。")
        return Changes()

    with qtbot.waitSignal(desk.failed) as failed:
        desk.command(second_time)
    with qtbot.waitSignal(desk.committed):
        failed.args[1]()
    assert len(attempts) == 2


def test_an_older_query_is_dropped(pooled: Desk, qtbot: QtBot) -> None:
    owner, shown, gate = QObject(), list[str](), threading.Event()
    pooled.query(lambda: "old" if gate.wait(5) else "", shown.append, owner=owner, slot="list")
    pooled.query(lambda: "new", shown.append, owner=owner, slot="list")
    gate.set()
    qtbot.waitUntil(pooled.idle)
    assert shown == ["new"]


def test_a_queued_query_that_was_overtaken_does_not_run(pooled: Desk, qtbot: QtBot) -> None:
    owner, gate, ran = QObject(), threading.Event(), list[str]()
    pooled.command(lambda: gate.wait(5))
    pooled.query(lambda: ran.append("old"), lambda _none: None, owner=owner)
    pooled.query(lambda: ran.append("new"), lambda _none: None, owner=owner)
    gate.set()
    qtbot.waitUntil(pooled.idle)
    assert ran == ["new"]


def test_answers_for_a_closed_screen_are_dropped(pooled: Desk, qtbot: QtBot) -> None:
    owner, shown, gate = QObject(), list[str](), threading.Event()
    pooled.query(lambda: str(gate.wait(5)), shown.append, owner=owner)
    delete(owner)
    gate.set()
    qtbot.waitUntil(pooled.idle)
    assert shown == []


def test_answers_arrive_on_the_gui_thread(pooled: Desk, qtbot: QtBot) -> None:
    owner, places = QObject(), list[threading.Thread]()

    def here() -> threading.Thread:
        return threading.current_thread()

    pooled.query(here, lambda worker: places.extend((worker, here())), owner=owner)
    qtbot.waitUntil(lambda: len(places) == 2)
    assert places[0] is not threading.main_thread()
    assert places[1] is threading.main_thread()
