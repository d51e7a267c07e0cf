"""Status of payments, performance of the whole, and what a case adds to the statistics."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from mediation_desk.agreements.model import Performance, PerformanceStatus
from mediation_desk.agreements.performance import status_of
from mediation_desk.cases.checks import problems
from mediation_desk.cases.counted import performed_on, source_of
from mediation_desk.cases.vocabulary import SourceStat
from mediation_desk.interchange.reader import read_case
from mediation_desk.statistics.contribution import contribution
from tests.unit.edited import SHARED, example, read

AS_OF = date(2026, 10, 31)
CASES = sorted(SHARED.glob("C*.json"))


def row(
    due: str, done: str | None = None, *, instalment: int | None = None, sooner: str | None = None
) -> Performance:
    return Performance(
        clause=1,
        instalment=instalment,
        due_on=date.fromisoformat(due),
        done_on=date.fromisoformat(done) if done else None,
        amount=Decimal("1.00"),
        accelerated_on=date.fromisoformat(sooner) if sooner else None,
    )


@pytest.mark.parametrize(
    ("one", "status"),
    [
        (row("2026-07-21", "2026-07-21"), PerformanceStatus.AT_ONCE),
        (row("2026-08-01", "2026-07-21"), PerformanceStatus.ON_TIME),
        (row("2026-08-01", "2026-08-01"), PerformanceStatus.ON_TIME),
        (row("2026-08-01", "2026-08-02"), PerformanceStatus.LATE),
        (row("2026-10-31"), PerformanceStatus.OPEN),
        (row("2026-11-01"), PerformanceStatus.NOT_DUE),
        (row("2026-11-01", "2026-11-01"), PerformanceStatus.NOT_DUE),
        (row("2026-12-31", sooner="2026-10-01"), PerformanceStatus.OPEN),
        (row("2026-12-31", "2026-10-02", sooner="2026-10-01"), PerformanceStatus.LATE),
    ],
)
def test_status_of_one_row(one: Performance, status: PerformanceStatus) -> None:
    assert status_of(one, (one,), AS_OF, date(2026, 7, 21)) is status


def test_late_part_payment_is_partly_late_while_the_rest_of_the_same_instalment_is_open() -> None:
    late, rest = row("2026-08-15", "2026-08-20", instalment=3), row("2026-08-15", instalment=3)
    other = row("2026-09-15", instalment=4)
    assert status_of(late, (late, rest, other), AS_OF, None) is PerformanceStatus.PARTLY_LATE
    assert status_of(late, (late, other), AS_OF, None) is PerformanceStatus.LATE


def test_case_counts_as_performed_on_the_day_of_its_last_payment() -> None:
    file = read(example())
    assert performed_on(file) == date(2026, 7, 17)
    assert contribution(file, date(2026, 7, 16)).fully_performed_by_as_of == 0
    assert contribution(file, date(2026, 7, 17)).fully_performed_by_as_of == 1


def test_open_row_or_missing_payment_is_not_performed() -> None:
    file = read(example())
    rows = file.performance
    assert performed_on(replace(file, performance=(*rows[:3], replace(rows[3], done_on=None)))) is None
    assert performed_on(replace(file, performance=rows[1:])) is None
    assert performed_on(replace(file, performance=())) is None


@pytest.mark.parametrize(
    ("organisation", "channel", "source"),
    [
        ("云川市安和区人民法院", "法院委派", "接受委托移送（法院）"),
        ("云川市人民检察院", "转办", "接受委托移送（检察院）"),
        ("安和区公安分局交通警察大队", "公安交警移送", "接受委托移送（公安机关）"),
        ("青石派出所", "移送", "接受委托移送（公安机关）"),
        ("云川市信访局", "信访转办", "接受委托移送（信访部门）"),
        ("云川市12345政务服务便民热线", "12345热线转办", "接受委托移送（其他）"),
        (None, "法院委派", "接受委托移送（法院）"),
        (None, "上级交办", "接受委托移送（其他）"),
    ],
)
def test_source_by_the_referring_body(organisation: str | None, channel: str, source: str) -> None:
    intake = read(example()).intake
    referred = replace(intake, source_stat=SourceStat.REFERRED, source_org=organisation, channel=channel)
    assert source_of(referred) == source


def test_source_without_referral() -> None:
    intake = read(example()).intake
    assert source_of(intake) == "依申请"
    assert source_of(replace(intake, source_stat=SourceStat.OWN_MOTION)) == "主动"


@pytest.mark.skipif(not CASES, reason="the acceptance cases are not beside this checkout")
def test_fourteen_cases_add_up_to_the_totals_of_the_domain_dossier() -> None:
    lines = [contribution(read_case(path.read_bytes()), AS_OF) for path in CASES]
    assert sum(line.total for line in lines) == 13
    assert sum(line.success for line in lines) == 10
    assert sum(line.people_involved for line in lines) == 99
    assert sum(line.agreement_amount_yuan for line in lines) == Decimal("1790447.28")
    assert sum(line.fully_performed_by_as_of for line in lines) == 8
    assert sum(line.judicial_applied for line in lines) == 4
    assert sum(line.judicial_confirmed for line in lines) == 3
    assert sum(line.difficult for line in lines) == 5


def test_unfinished_case_has_no_problem_at_any_stage() -> None:
    file = read(example())
    bare = replace(file, outcome=None, agreement=None, performance=(), followups=(), archive=None)
    court = type(file.judicial_confirmation)()
    bare = replace(bare, judicial_confirmation=court, closed_loop=(), as_of=None)
    registered = replace(
        bare,
        intake=replace(
            file.intake,
            decision=None,
            accepted_on=None,
            mediation_due_rule=None,
            mediation_due_on=None,
            number=None,
        ),
        mediators=(),
        recorder=None,
        selection=None,
        evidence=(),
        investigations=(),
        sessions=(),
    )
    accepted = replace(registered, intake=file.intake)
    chosen = replace(accepted, mediators=file.mediators, recorder=file.recorder, selection=file.selection)
    planned = replace(
        file.sessions[0], end=None, attendees=(), record="", result=None, rights_notice_given=False
    )
    agreed = replace(
        bare,
        outcome=file.outcome,
        agreement=replace(file.agreement, signatures=()) if file.agreement else None,
    )
    stages = [registered, accepted, chosen, replace(chosen, sessions=(planned,)), bare, agreed]
    for stage in stages:
        assert problems(stage) == ()
