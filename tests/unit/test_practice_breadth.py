"""The invented centre gives every figure of the statistics something to count, over as many years as asked for."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import pairwise

import pytest

from mediation_desk.agreements.model import CONFIRMED, Satisfaction
from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.checks import problems
from mediation_desk.cases.checks.period import last_due_on
from mediation_desk.cases.counted import source_of
from mediation_desk.cases.lifecycle import State, state_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.reception import channels
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.vocabulary import Category, CourtMode, Result, SourceStat
from mediation_desk.practice.demo import generate
from mediation_desk.practice.seasons import RISES
from mediation_desk.shared.track import Track

TODAY = date(2026, 11, 20)
NUMBER = 4_000


@pytest.fixture(scope="module")
def files() -> list[CaseFile]:
    return list(generate(NUMBER, 1, TODAY, years=10))


def orders_of(files: list[CaseFile]) -> list[Order]:
    return [order for file in files for order in file.beside.orders]


def test_ten_years_are_as_lawful_as_two(files: list[CaseFile]) -> None:
    assert [(file.case_key, problems(file)) for file in files[::3] if problems(file)] == []
    assert (TODAY - files[0].intake.received_on).days in range(3630, 3651)


def test_every_kind_source_and_ending_occurs(files: list[CaseFile]) -> None:
    assert {file.dispute.category for file in files} == set(Category)
    assert {source_of(file.intake) for file in files} == {
        *("主动", "依申请"),
        *(f"接受委托移送（{who}）" for who in ("法院", "检察院", "公安机关", "信访部门", "其他")),
    }
    assert {file.outcome.result if file.outcome else None for file in files} == {None, *Result}
    withdrawn = [file for file in files if file.outcome and file.outcome.result is Result.WITHDRAWN]
    assert {any(session.held for session in file.sessions) for file in withdrawn} == {True, False}
    letters = [file.court_referral for file in files if file.court_referral]
    assert {letter.mode for letter in letters} == set(CourtMode)
    sent_back = {paper for letter in letters for paper in letter.returned_papers}
    assert {"调解协议", "请求制作调解书的申请", "撤诉申请书", "终止调解报告"} <= sent_back
    agencies = {file.intake.source_stat for file in files if file.track is Track.ADMINISTRATIVE}
    assert agencies == set(SourceStat)


def test_every_way_in_is_one_the_rules_know(files: list[CaseFile]) -> None:
    known = {one.name: one for one in channels()}
    for file in files:
        assert file.intake.channel in known


def test_the_clock_is_stopped_prolonged_and_overrun(files: list[CaseFile]) -> None:
    assert any(file.suspensions and file.extensions for file in files)
    assert any(state_of(file) is State.SUSPENDED for file in generate(6_000, 3, TODAY))
    late = Counter(
        file.outcome.result
        for file in files
        if file.outcome and (due := last_due_on(file)) and file.outcome.concluded_on > due
    )
    assert set(late) == {Result.TERMINATED, Result.WITHDRAWN}


def test_the_court_says_yes_no_or_nothing_yet(files: list[CaseFile]) -> None:
    said = Counter(file.judicial_confirmation.result.partition("（")[0] for file in files)
    assert {CONFIRMED, "裁定驳回申请", "裁定不予受理", "撤回申请", "未申请", "不适用"} <= set(said)


def test_people_are_asked_more_than_once(files: list[CaseFile]) -> None:
    assert {len(file.followups) for file in files} == {0, 1, 2, 3}
    assert {visit.satisfaction for file in files for visit in file.followups} == set(Satisfaction)


def test_amounts_persons_and_dangers_vary(files: list[CaseFile]) -> None:
    totals = [file.agreement.total_payable for file in files if file.agreement]
    assert any(not total for total in totals)
    assert any(total % 1 for total in totals)
    assert any(file.people_involved >= 10 for file in files)
    many = list(generate(12_000, 2, TODAY))
    for danger in ("suicide", "criminal", "mass_petition", "mass_fight"):
        assert any(getattr(file.prevented, danger) != (0, 0) for file in many), danger
    pairs = Counter((file.parties[0].id_no, file.parties[-1].id_no) for file in many)
    assert any(number > 1 for (first, last), number in pairs.items() if first and last)


def test_orders_stand_were_sent_back_voided_or_end_the_case_here(files: list[CaseFile]) -> None:
    given = {(order.kind, order.status) for order in orders_of(files)}
    assert given >= {
        (OrderKind.ASSIGN, OrderStatus.DONE),
        (OrderKind.ASSIGN, OrderStatus.VOIDED),
        (OrderKind.HAND_OVER, OrderStatus.DONE),
        (OrderKind.HAND_OVER, OrderStatus.REFUSED),
        (OrderKind.HAND_OVER, OrderStatus.TO_DECIDE),
        (OrderKind.ASSIST, OrderStatus.DONE),
    }
    closed = [file for file in files if state_of(file) is State.CLOSED]
    assert closed
    assert all(file.outcome is None and not file.intake.accepted_on for file in closed)


def test_orders_go_to_units_of_the_shipped_roll_that_take_them(files: list[CaseFile]) -> None:
    tree = unit_tree()
    for order in orders_of(files):
        unit = tree.demand(order.to)
        assert order.kind in unit.accepts, order.to
        assert unit.contact == order.person


def test_places_name_units_of_the_roll(files: list[CaseFile]) -> None:
    names = ("榆林社区", "锦园社区", "石桥村", "双龙村", "长安街道", "柳湾镇")
    places = [file.dispute.place for file in files]
    assert all(any(name in place for place in places) for name in names)
    assert any(not any(name in place for name in names) for place in places)


def test_some_years_and_months_bring_more_than_others(files: list[CaseFile]) -> None:
    years = Counter(file.intake.received_on.year for file in files)
    whole = [years[year] for year in range(2017, 2026)]
    assert whole[-1] > whole[0] * 1.1
    months = Counter(file.intake.received_on.month for file in files)
    assert months[1] > months[2] * 1.3


def test_a_rise_stands_out_in_its_place(files: list[CaseFile]) -> None:
    for rise in RISES:
        there = sorted(
            (TODAY - file.intake.received_on).days
            for file in files
            if file.dispute.category is rise.category and file.dispute.place.startswith(rise.place)
        )
        inside = [ago for ago in there if 0 <= rise.ago - ago < rise.length]
        usual = (len(there) - len(inside)) * rise.length / 3650
        assert len(inside) > 3 * (usual + 1), rise
    assert all(earlier.ago < later.ago for earlier, later in pairwise(RISES))
