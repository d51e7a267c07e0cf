"""转办, 交办, 协办, 督办 and what comes back: the allowed and the refused way of each, on both databases."""

from __future__ import annotations

from datetime import date

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.beside import OrderKind, OrderStatus, Risk
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.steps.closing import Close
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.orders import Receive, RefuseOrder, ReplyOrder, TellUnit, VoidOrder
from mediation_desk.cases.steps.reporting import ReportRisk
from mediation_desk.cases.steps.routing import AppointSponsor, Route, Supervise
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.routing_acts import (
    DAY,
    HOUSING,
    LABOUR,
    STREET,
    WOMEN,
    Counter,
    last,
    route,
    sent_back,
    taken,
)


@pytest.fixture
def counter(storage: Storage) -> Counter:
    return Counter(storage)


def test_an_assigned_case_waits_for_its_unit_and_comes_back_whole_from_storage(counter: Counter) -> None:
    file = counter.take(counter.register(), route(to="liuwanzhen", helpers=("区妇联", "区司法局")))
    lead, *helping = file.beside.orders
    assert state_of(file) is State.ROUTED
    assert (lead.to, lead.person, lead.due_on) == ("柳湾镇人民政府", "祝桂芳", date(2026, 3, 25))
    assert [(one.kind, one.to, one.about) for one in helping] == [
        (OrderKind.ASSIST, WOMEN, 1),
        (OrderKind.ASSIST, "清平区司法局", 1),
    ]
    assert counter.cases.file(COUNTER, file.case_key) == file
    assert counter.cases.history(COUNTER, file.case_key)[-1].sentence == (
        "交办柳湾镇人民政府，清平区妇女联合会、清平区司法局协办，2026年3月25日前反馈"
    )


def test_a_case_handed_over_to_the_wrong_agency_has_three_working_days(counter: Counter) -> None:
    file = counter.take(counter.register(), route(OrderKind.HAND_OVER, LABOUR))
    assert last(file).due_on == date(2026, 3, 13)


@pytest.mark.parametrize(
    ("step", "words"),
    [
        (route(to="无此单位"), "单位名册里没有“无此单位”"),
        (route(to="清平区"), "可能是"),
        (route(to=STREET, task=" "), "请写明交办的事项和要求"),
        (route(OrderKind.HAND_OVER, task=""), "请写明转办的理由"),
        (route(to=STREET, due_on=date(2026, 3, 9)), "办理期限不能早于交办的日期2026年3月10日"),
        (route(helpers=("区住建局",)), "不能重复"),
        (route(to=WOMEN), "清平区妇女联合会不接收交办，只接收协办、督办"),
        (route(to=HOUSING), "请先转换调解种类"),
        (route(OrderKind.SUPERVISE), "督办请用“督办”办理"),
    ],
)
def test_a_wrong_order_is_refused_and_leaves_nothing(counter: Counter, step: Route, words: str) -> None:
    file = counter.register()
    with pytest.raises((InputError, RuleError), match=words):
        counter.take(file, step)
    assert counter.cases.file(COUNTER, file.case_key) == file


def test_who_has_the_case_must_give_it_back_before_it_goes_elsewhere(counter: Counter) -> None:
    file = counter.take(counter.register(), route(to=STREET))
    with pytest.raises(RuleError, match="本案已交办长安街道办事处"):
        counter.take(file, route(OrderKind.HAND_OVER, LABOUR))


def test_after_acceptance_a_case_is_no_longer_sent_on_but_others_may_help(counter: Counter) -> None:
    file = counter.take(counter.register(), Accept(on=DAY))
    with pytest.raises(RuleError, match="不能分流：转办、交办在受理之前进行"):
        counter.take(file, route())
    file = counter.take(file, route(OrderKind.ASSIST, WOMEN))
    assert state_of(file) is State.ACCEPTED
    with pytest.raises(RuleError, match="已有一件协办没有销号"):
        counter.take(file, route(OrderKind.ASSIST, WOMEN))


def test_receipt_makes_a_unit_that_mediates_here_the_body_of_the_case(counter: Counter) -> None:
    file = taken(counter, counter.register(), route(to=STREET))
    assert file.organisation.short == "长安人调"
    file = counter.take(file, Accept(on=DAY))
    assert file.intake.number == "（2026）长安人调字第1号"
    with pytest.raises(RuleError, match="已于2026年3月10日签收"):
        counter.take(file, Receive(no=1, on=DAY, by="另一人"))


def test_nobody_accepts_here_what_another_unit_has(counter: Counter) -> None:
    waiting = counter.take(counter.register(), route(to=STREET))
    with pytest.raises(RuleError, match="还没有签收"):
        counter.take(waiting, Accept(on=DAY))
    gone = taken(counter, counter.register(), route(OrderKind.HAND_OVER, LABOUR))
    with pytest.raises(RuleError, match="本案已转办清平区人力资源和社会保障局"):
        counter.take(gone, Accept(on=DAY))


def test_receipt_wants_a_person_and_a_day_that_is_not_before_the_order(counter: Counter) -> None:
    nobody = route(OrderKind.ASSIST, WOMEN, person=" ")
    file = counter.take(counter.register(), nobody)
    assert last(file).person == "皮桂珍"
    with pytest.raises(InputError, match="日期早于协办的日期"):
        counter.take(file, Receive(no=1, on=date(2026, 3, 9)))
    with pytest.raises(InputError, match="没有第7号"):
        counter.take(file, Receive(no=7, on=DAY))


def test_a_refused_case_is_registered_again_and_its_helpers_are_released(counter: Counter) -> None:
    file = counter.take(counter.register(), route(to=STREET, helpers=(WOMEN,)))
    with pytest.raises(InputError, match="请写明退回的理由"):
        counter.take(file, RefuseOrder(no=1, on=DAY, reason=" "))
    file = counter.take(file, RefuseOrder(no=1, on=DAY, reason="不在本辖区。"))
    assert state_of(file) is State.REGISTERED
    assert [order.status for order in file.beside.orders] == [OrderStatus.REFUSED, OrderStatus.VOIDED]
    assert counter.routing.special(COUNTER).undecided == ()


def test_the_second_refusal_goes_to_the_duty_manager_whose_word_stands(counter: Counter) -> None:
    file = sent_back(counter, counter.register(), (HOUSING, LABOUR))
    assert last(file).status is OrderStatus.TO_DECIDE
    (line,) = counter.routing.special(COUNTER).undecided
    assert (line.case_key, line.no, line.refusal) == (file.case_key, 2, "不属本单位管辖。")
    with pytest.raises(RuleError, match="已两次被退回，由值班长决定"):
        counter.take(file, Accept(on=DAY))
    with pytest.raises(RuleError, match="只能由值班长决定交办"):
        counter.take(file, route(OrderKind.HAND_OVER, STREET))
    with pytest.raises(InputError, match="须写明作出决定的值班长"):
        counter.take(file, route(to=STREET))
    file = counter.take(file, route(to=STREET, decided_by="周敬安"))
    assert counter.routing.special(COUNTER).undecided == ()
    with pytest.raises(RuleError, match="由值班长周敬安决定交办，不能再退回"):
        counter.take(file, RefuseOrder(no=3, on=DAY, reason="不办。"))


def test_the_answer_strikes_off_the_order_and_what_hurried_it(counter: Counter) -> None:
    file = counter.take(counter.register(), route(OrderKind.HAND_OVER, LABOUR))
    with pytest.raises(RuleError, match="还没有签收"):
        counter.take(file, ReplyOrder(no=1, on=DAY, reply="已办。"))
    file = counter.take(file, Receive(no=1, on=DAY), Supervise(on=DAY, about=1, reason="群众催问"))
    with pytest.raises(InputError, match="请写明办理结果"):
        counter.take(file, ReplyOrder(no=1, on=DAY, reply=""))
    file = counter.take(file, ReplyOrder(no=1, on=DAY, reply="已裁决补发工资。"))
    assert [order.status for order in file.beside.orders] == [OrderStatus.DONE] * 2
    assert state_of(file) is State.ROUTED
    with pytest.raises(RuleError, match="已销号，不能再作废"):
        counter.take(file, VoidOrder(no=1, on=DAY, reason="写错"))
    file = counter.take(file, Close(on=DAY, evaluation="已由主管部门办结"))
    assert state_of(file) is State.CLOSED


def test_a_voided_order_stays_with_its_reason(counter: Counter) -> None:
    file = counter.take(counter.register(), route(to=STREET, helpers=(WOMEN,)))
    with pytest.raises(InputError, match="请写明作废的理由"):
        counter.take(file, VoidOrder(no=1, on=DAY, reason=""))
    file = counter.take(file, VoidOrder(no=1, on=DAY, reason="单位选错了"))
    assert [order.void_reason for order in file.beside.orders] == ["单位选错了", "第1号作废，随之作废"]
    assert state_of(file) is State.REGISTERED
    accepted = counter.take(taken(counter, file, route(to=STREET)), Accept(on=DAY))
    with pytest.raises(RuleError, match="已经受理，这一件不能作废"):
        counter.take(accepted, VoidOrder(no=3, on=DAY, reason="不要了"))


def test_only_what_is_late_is_hurried_unless_there_is_a_reason(counter: Counter) -> None:
    file = taken(counter, counter.register(), route(OrderKind.HAND_OVER, LABOUR))
    with pytest.raises(InputError, match="第1号转办还没有逾期，专项督办须写明理由"):
        counter.take(file, Supervise(on=DAY, about=1))
    day = counter.later(4)
    file = counter.take(file, Supervise(on=day, about=1))
    assert last(file).task == "第1号转办已于2026年3月13日到期"
    assert last(file).due_on == date(2026, 3, 18)
    with pytest.raises(RuleError, match="已经督办过"):
        counter.take(file, Supervise(on=day, about=1))
    with pytest.raises(RuleError, match="督办不能退回"):
        counter.take(file, RefuseOrder(no=2, on=day, reason="不办"))
    with pytest.raises(InputError, match="第2号本身是督办"):
        counter.take(file, Supervise(on=day, about=2))


def test_a_case_whose_period_is_over_is_hurried_at_its_body(counter: Counter) -> None:
    file = counter.take(counter.register(), Accept(on=DAY))
    with pytest.raises(InputError, match="本案没有逾期"):
        counter.take(file, Supervise(on=DAY))
    day = counter.later(31)
    file = counter.take(file, Supervise(on=day))
    assert (last(file).to, last(file).task) == (file.organisation.name, "调解期限已于2026年4月9日届满")


def test_the_second_time_late_stands_on_the_leaders_list(counter: Counter) -> None:
    file = taken(counter, counter.register(), route(OrderKind.HAND_OVER, LABOUR))
    day = counter.later(4)
    assert [line.no for line in counter.routing.special(COUNTER).late] == [1]
    file = counter.take(file, Supervise(on=day, about=1))
    special = counter.routing.special(COUNTER)
    assert (special.late, special.escalated) == ((), ())
    day = counter.later(5)
    assert [line.no for line in counter.routing.special(COUNTER).escalated] == [2]
    counter.take(file, Supervise(on=day, about=1))  # hurried again


def test_a_sponsor_answers_for_a_hard_case_or_for_a_reason(counter: Counter) -> None:
    file = counter.register()
    with pytest.raises(InputError, match="请写明包案的领导"):
        counter.take(file, AppointSponsor(on=DAY, name=" "))
    with pytest.raises(InputError, match="登记为普通案件，包案须写明理由"):
        counter.take(file, AppointSponsor(on=DAY, name="高远"))
    file = counter.take(file, AppointSponsor(on=DAY, name="高远", post="副区长", reason="多次信访"))
    (case,) = counter.routing.special(COUNTER).sponsored
    assert (case.case_key, case.post, case.name) == (file.case_key, "副区长", "高远")
    ended = counter.take(file, refusal())
    assert counter.routing.special(COUNTER).sponsored == ()
    with pytest.raises(RuleError, match="还没有办结"):
        counter.take(ended, AppointSponsor(on=DAY, name="高远", reason="多次信访"))


def test_a_danger_is_reported_once_to_somebody(counter: Counter) -> None:
    file = counter.register(risks=(Risk(kind="扬言伤人", noted_on=DAY, noted_by="窗口"),))
    (waiting,) = counter.routing.special(COUNTER).unreported
    assert (waiting.case_key, waiting.kind) == (file.case_key, "扬言伤人")
    with pytest.raises(InputError, match="请写明向谁上报（人民调解法第二十五条）"):
        counter.take(file, ReportRisk(on=DAY, to=" "))
    with pytest.raises(InputError, match="上报的日期早于发现的日期"):
        counter.take(file, ReportRisk(on=date(2026, 3, 9), to="值班长"))
    file = counter.take(file, ReportRisk(on=DAY, to="值班长"))
    assert counter.routing.special(COUNTER).unreported == ()
    with pytest.raises(RuleError, match="已于2026年3月10日向值班长上报"):
        counter.take(file, ReportRisk(on=DAY, to="派出所", kind="扬言伤人"))
    with pytest.raises(InputError, match="请写明上报什么情况"):
        counter.take(file, ReportRisk(on=DAY, to="派出所"))
    file = counter.take(file, ReportRisk(on=DAY, to="派出所", kind="聚众"))
    assert [risk.reported_to for risk in counter.cases.file(COUNTER, file.case_key).beside.risks] == [
        "值班长",
        "派出所",
    ]


def test_a_helper_hears_the_result_once(counter: Counter) -> None:
    file = taken(counter, counter.register(), route(OrderKind.ASSIST, WOMEN))
    with pytest.raises(RuleError, match="还没有结果"):
        counter.take(file, TellUnit(no=1, on=DAY))
    file = counter.take(file, refusal())
    (waiting,) = counter.routing.special(COUNTER).unheard
    assert (waiting.listener.name, waiting.listener.order) == (WOMEN, 1)
    file = counter.take(file, TellUnit(no=1, on=DAY))
    assert counter.routing.special(COUNTER).unheard == ()
    with pytest.raises(RuleError, match="已于2026年3月10日告知"):
        counter.take(file, TellUnit(no=1, on=DAY))


def test_a_case_is_not_closed_over_an_open_order(counter: Counter) -> None:
    file = counter.take(counter.register(), route(OrderKind.ASSIST, WOMEN), refusal())
    with pytest.raises(RuleError, match="第1号协办（清平区妇女联合会）还没有销号"):
        counter.take(file, Close(on=DAY, evaluation="告知其他途径"))


def refusal() -> End:
    return End(
        kind=Result.NOT_ACCEPTED,
        cause=Cause.OUT_OF_SCOPE,
        on=DAY,
        reason="不属于民间纠纷。",
        told_remedies=("向主管机关反映",),
    )
