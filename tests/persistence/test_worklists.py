"""The lists of units, persons, duty manager and leader: what is on them, and that the archive is not read."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import event, text

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.beside import OrderKind, OrderStatus
from mediation_desk.cases.deadlines.lights import Light
from mediation_desk.cases.routing.worklist import Counts, Load, Span
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.closing import Reply
from mediation_desk.cases.steps.intake import End
from mediation_desk.cases.steps.orders import Receive, ReplyOrder
from mediation_desk.cases.vocabulary import Cause, Result, SourceStat
from mediation_desk.shared.errors import InputError
from tests.persistence.routing_acts import DAY, LABOUR, STREET, WOMEN, Counter, route, taken


@pytest.fixture
def counter(storage: Storage) -> Counter:
    return Counter(storage)


def numbers(
    counter: Counter, unit: str = "", span: Span = Span.TODAY, person: str = ""
) -> list[tuple[str, int]]:
    found = counter.routing.worklist(COUNTER, unit, span, person=person)
    return [(line.to, line.no) for line in found.lines]


def test_a_list_holds_what_falls_due_what_waits_and_what_was_done(counter: Counter) -> None:
    file = counter.register()
    for unit, due in ((WOMEN, date(2026, 3, 17)), (LABOUR, date(2026, 3, 21)), (STREET, date(2026, 3, 30))):
        file = taken(counter, file, route(OrderKind.ASSIST, unit, due_on=due))
    assert numbers(counter) == [(WOMEN, 1), (LABOUR, 2), (STREET, 3)]  # taken today
    day = counter.later(7)
    assert numbers(counter) == [(WOMEN, 1)]
    assert numbers(counter, span=Span.WEEK) == [(WOMEN, 1), (LABOUR, 2)]
    assert numbers(counter, span=Span.MONTH) == [(WOMEN, 1), (LABOUR, 2), (STREET, 3)]
    assert numbers(counter, "长安街道", Span.QUARTER) == [(STREET, 3)]
    file = counter.take(file, ReplyOrder(no=1, on=day, reply="已走访。"))
    counter.take(file, route(OrderKind.ASSIST, "区司法局", on=day, due_on=date(2026, 6, 1)))
    assert numbers(counter) == [("清平区司法局", 4), (WOMEN, 1)]  # not yet taken; done today
    counter.later(7)
    week = counter.routing.worklist(COUNTER, "", Span.WEEK)
    assert week.counts == Counts(open=2, overdue=1, done=0)
    assert [seen.light for line in week.lines if (seen := line.signal(week.on))] == [
        Light.OVERDUE,
        Light.LATER,
    ]
    assert counter.routing.worklist(COUNTER, "", Span.MONTH).counts == Counts(open=3, overdue=1, done=1)


def test_a_list_can_be_one_persons(counter: Counter) -> None:
    file = taken(counter, counter.register(), route(OrderKind.ASSIST, WOMEN, person="丁一", due_on=DAY))
    counter.take(file, route(OrderKind.ASSIST, STREET, due_on=DAY))
    assert numbers(counter, person="丁一") == [(WOMEN, 1)]
    assert numbers(counter, person="经办人") == [(WOMEN, 1)]  # who took it
    assert numbers(counter, STREET, person="丁一") == []
    with pytest.raises(InputError, match="单位名册里没有"):
        counter.routing.worklist(COUNTER, "无此单位")


def test_the_tree_counts_what_is_open_and_overdue(counter: Counter) -> None:
    file = counter.take(counter.register(), route(OrderKind.ASSIST, WOMEN), route(OrderKind.ASSIST, STREET))
    assert set(counter.routing.loads(COUNTER)) == {
        Load(to=WOMEN, open=1, overdue=0),
        Load(to=STREET, open=1, overdue=0),
    }
    counter.later(8)
    assert {load.overdue for load in counter.routing.loads(COUNTER)} == {1}
    counter.take(file, PutInBin(reason="重复登记"))
    assert counter.routing.loads(COUNTER) == ()
    assert numbers(counter) == []


def test_the_sender_waits_to_hear_until_told_after_the_result(counter: Counter) -> None:
    file = counter.register(
        channel="派出所移送",
        source_stat=SourceStat.REFERRED,
        source_org="长安路派出所",
        referral_no="长派移〔2026〕3号",
    )
    file = counter.take(file, Reply(on=DAY, content="已收到。"))
    assert counter.routing.special(COUNTER).unheard == ()
    day = counter.later(1)
    file = counter.take(
        file,
        refused_here(day),
    )
    (waiting,) = counter.routing.special(COUNTER).unheard
    assert (waiting.listener.name, waiting.listener.due_on) == ("长安路派出所", date(2026, 3, 16))
    assert "第九条" in waiting.listener.basis
    counter.take(file, Reply(on=day, content="不予受理。"))
    assert counter.routing.special(COUNTER).unheard == ()


def test_the_sender_also_waits_when_another_unit_has_dealt_with_it(counter: Counter) -> None:
    file = counter.register(
        channel="网格员上报", source_stat=SourceStat.OWN_MOTION, source_org="榆林社区第三网格"
    )
    file = taken(counter, file, route(OrderKind.HAND_OVER, LABOUR))
    assert counter.routing.special(COUNTER).unheard == ()
    counter.take(file, ReplyOrder(no=1, on=DAY, reply="已裁决。"))
    assert [one.listener.name for one in counter.routing.special(COUNTER).unheard] == ["榆林社区第三网格"]


def test_the_lists_search_orders_and_never_scan_them(counter: Counter) -> None:
    asked: list[tuple[str, Any]] = []
    engine = counter.storage.engine
    if engine.dialect.name != "sqlite":
        pytest.skip("the planner of the server reads small tables whole")
    event.listen(
        engine, "before_cursor_execute", lambda _c, _k, words, values, *_: asked.append((words, values))
    )
    helped = taken(counter, counter.register(), route(OrderKind.ASSIST, WOMEN))
    counter.take(helped, refused_here(DAY))
    asked.clear()
    for span in Span:
        counter.routing.worklist(COUNTER, WOMEN, span)
        counter.routing.worklist(COUNTER, "", span, person="丁一")
    counter.routing.loads(COUNTER)
    counter.routing.special(COUNTER)
    queries = [(words, values) for words, values in asked if "FROM orders" in words or "JOIN orders" in words]
    assert len(queries) >= 28  # every list of every period
    with engine.connect() as connection:
        for words, values in queries:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values).all()
            steps = [str(row[-1]) for row in plan]
            assert not [step for step in steps if step.startswith(("SCAN orders", "SCAN cases"))], steps
            if "orders.case_id IN" in words:
                assert any("(case_id=?)" in step for step in steps), steps


@pytest.mark.parametrize(
    ("span", "on", "first", "last"),
    [
        (Span.TODAY, date(2026, 3, 10), date(2026, 3, 10), date(2026, 3, 10)),
        (Span.WEEK, date(2026, 3, 1), date(2026, 2, 23), date(2026, 3, 1)),
        (Span.MONTH, date(2026, 12, 31), date(2026, 12, 1), date(2026, 12, 31)),
        (Span.QUARTER, date(2026, 11, 28), date(2026, 10, 1), date(2026, 12, 31)),
        (Span.QUARTER, date(2028, 2, 29), date(2028, 1, 1), date(2028, 3, 31)),
    ],
)
def test_a_period_has_its_days(span: Span, on: date, first: date, last: date) -> None:
    assert span.days(on) == (first, last)


def test_an_order_keeps_its_status_in_storage(counter: Counter) -> None:
    file = counter.take(counter.register(), route(to=STREET), Receive(no=1, on=DAY))
    with counter.storage.read() as work:
        stored = work.connection.execute(text("SELECT status FROM orders")).scalar_one()
    assert stored == OrderStatus.AT_WORK.value == file.beside.orders[0].status.value


def refused_here(on: date) -> End:
    return End(
        kind=Result.NOT_ACCEPTED,
        cause=Cause.OUT_OF_SCOPE,
        on=on,
        reason="不属于民间纠纷。",
        told_remedies=("向主管机关反映",),
    )
