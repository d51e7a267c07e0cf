"""Promises kept and broken, step by step through the service, on both databases; the acceptance cases replayed."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event, text

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.agreements.keeping import Escalation
from mediation_desk.agreements.model import Clause, ClauseKind, Instalment, Recurring, Satisfaction, VisitWay
from mediation_desk.agreements.promises import ItemStatus
from mediation_desk.agreements.terms import Term
from mediation_desk.cases.counted import performed_on
from mediation_desk.cases.deadlines.service import DeadlineService
from mediation_desk.cases.kept import owed, standing_of
from mediation_desk.cases.lifecycle import State, state_of, state_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.agreeing import Compose
from mediation_desk.cases.steps.breaking import Accelerate, ServeUrging, Urge
from mediation_desk.cases.steps.performing import Expect, Perform, Visit, Waive
from mediation_desk.cases.steps.signing import Sign
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.model import SessionResult
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import write_case
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.lifecycle_stories import MET, WAYS, brought
from tests.persistence.test_case_steps import CLAUSES, cases, recorded
from tests.shared_cases import FILES, needs_cases

__all__ = ["cases"]

AGREED = WAYS[State.BREACHED]
DEFAULT = Clause(
    no=3,
    kind=ClauseKind.DEFAULT,
    text="任一期逾期超过十日的，剩余款项全部到期，并自逾期之日起按年利率12%计付逾期利息。",
)
MONTHLY = Clause(
    no=1,
    kind=ClauseKind.PAY,
    text="贾讲理自2026年4月起每月10日前向甄有理支付100元。",
    payer="B1",
    payee="A1",
    amount=Decimal("600.00"),
    due_on=date(2026, 9, 10),
)
MONTHS = Recurring(
    clause=1, monthly=Decimal("100.00"), first_month="2026-04", last_month="2026-09", months=6, pay_day=10
)
AS_OF = date(2026, 10, 31)


def in_force(cases: CaseService, clauses: tuple[Clause, ...]) -> CaseFile:
    steps: list[Step] = [*WAYS[State.MEDIATING], recorded(SessionResult.AGREED)]
    steps.append(Compose(clauses=clauses, copies=3))
    steps += [Sign(ref=ref, method="签名", on=MET) for ref in ("A1", "B1", "M01", "R01", "ORG")]
    return brought(cases, tuple(steps))


def take(cases: CaseService, file: CaseFile, step: Step) -> CaseFile:
    return cases.perform(COUNTER, file.case_key, step, version=file.version)


def test_what_was_forgiven_is_settled_and_told_apart(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    part = Waive(
        clause=1, instalment=1, amount=Decimal("50.00"), on=date(2026, 4, 11), by="A1", reason="家里有病人"
    )
    file = take(cases, file, part)
    with pytest.raises(InputError, match=r"400\.00"):
        take(cases, file, Perform(clause=1, instalment=1, on=date(2026, 4, 12), amount=Decimal("450.00")))
    file = take(cases, file, Perform(clause=1, instalment=1, on=date(2026, 4, 12)))
    assert state_of(file) is State.PERFORMING
    file = take(cases, file, Waive(clause=1, instalment=2, on=date(2026, 5, 2), by="A1", reason="和好了"))
    assert state_of(file) is State.PERFORMED
    assert performed_on(file) == date(2026, 5, 2)
    assert cases.file(COUNTER, file.case_key) == file
    items = standing_of(file, date(2026, 6, 1)).items
    assert [(item.paid, item.waived, item.status) for item in items] == [
        (Decimal("400.00"), Decimal("50.00"), ItemStatus.LATE),
        (Decimal("0.00"), Decimal("450.00"), ItemStatus.WAIVED),
    ]
    assert [row.amount for row in file.performance] == [
        Decimal("400.00"),
        Decimal("50.00"),
        Decimal("450.00"),
    ]


def test_a_waiver_is_the_creditors_and_no_more_than_is_owed(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    good = Waive(clause=1, instalment=1, on=date(2026, 4, 11), by="A1", reason="困难")
    for wrong, error in (
        (replace(good, by="B1"), RuleError),
        (replace(good, reason=" "), InputError),
        (replace(good, amount=Decimal("450.01")), InputError),
        (replace(good, amount=Decimal("0.00")), InputError),
        (replace(good, instalment=3), InputError),
        (replace(good, on=date(2026, 3, 15)), RuleError),
    ):
        with pytest.raises(error):
            take(cases, file, wrong)
    assert cases.file(COUNTER, file.case_key) == file
    file = take(cases, file, good)
    with pytest.raises(InputError, match="不能免除"):
        take(cases, file, good)


def test_a_waiver_can_be_undone_while_nothing_rests_on_it(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    after = take(cases, file, Waive(clause=1, instalment=1, on=date(2026, 4, 11), by="A1", reason="困难"))
    back = cases.take_back(COUNTER, file.case_key, version=after.version)
    assert back.beside.waivers == ()
    assert owed(back) == owed(file)


def test_a_payer_who_is_no_party_or_another_than_promised_is_refused(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    for stranger in ("B9", "A1"):
        with pytest.raises(InputError) as refused:
            take(cases, file, Perform(clause=1, instalment=1, on=date(2026, 4, 12), payer=stranger))
        assert refused.value.field == "payer"
    assert cases.file(COUNTER, file.case_key) == file


def test_a_debtor_is_urged_and_the_notice_served(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    file = take(cases, file, Urge(of="B1", on=date(2026, 4, 13)))
    assert file.beside.urgings[0].amount == Decimal("450.00")
    with pytest.raises(InputError) as refused:
        take(cases, file, ServeUrging(no=1, served_on=date(2026, 4, 12), how="邮寄"))
    assert refused.value.field == "served_on"
    file = take(cases, file, ServeUrging(no=1, served_on=date(2026, 4, 16), how="邮寄，本人签收"))
    assert cases.file(COUNTER, file.case_key).beside.urgings[0].served_on == date(2026, 4, 16)
    with pytest.raises(RuleError, match="不用督促"):
        take(cases, file, Urge(of="A1", on=date(2026, 4, 13)))


def test_the_line_to_urge_goes_with_the_urging_and_comes_back_for_the_next_item(
    cases: CaseService, storage: Storage
) -> None:
    deadlines = DeadlineService(storage, lambda: datetime.datetime(2026, 4, 20, 2, 0, tzinfo=UTC))

    def lines() -> list[str]:
        found = deadlines.between(COUNTER, None, date(2026, 12, 31))
        return [line.code for line in found if line.code.startswith("urge")]

    file = brought(cases, AGREED)
    assert lines() == ["urge.1.1"]
    take(cases, file, Urge(of="B1", on=date(2026, 4, 13)))
    assert lines() == [], "the second instalment is not due on 20 April"
    later = DeadlineService(storage, lambda: datetime.datetime(2026, 5, 12, 2, 0, tzinfo=UTC))
    assert "urge.1.2" in [line.code for line in later.between(COUNTER, None, date(2026, 12, 31))]


def test_acceleration_is_computed_recorded_and_said_with_its_rule(cases: CaseService) -> None:
    later = replace(
        CLAUSES[0],
        instalments=(
            Instalment(no=1, due_on=date(2026, 4, 10), amount=Decimal("450.00")),
            Instalment(no=2, due_on=date(2026, 9, 10), amount=Decimal("450.00")),
        ),
    )
    file = in_force(cases, (later, CLAUSES[1], DEFAULT))
    with pytest.raises(RuleError, match="逾期超过10日"):
        take(cases, file, Accelerate(on=date(2026, 4, 20)))
    file = take(cases, file, Accelerate(on=date(2026, 4, 21)))
    assert [row.accelerated_on for row in file.performance] == [None, date(2026, 4, 21)]
    assert file.parameters == {
        "acceleration": {
            "clause": 3,
            "grace_days": 10,
            "base_due_on": "2026-04-10",
            "accelerated_on": "2026-04-21",
        }
    }
    said = cases.history(COUNTER, file.case_key)[-1].sentence
    assert said.startswith("第3条：第1条第1期（应于2026年4月10日前付）逾期超过10日，自2026年4月21日起")
    assert said.endswith("合计900.00元")
    assert cases.file(COUNTER, file.case_key) == file
    assert {item.falls_due for item in standing_of(file, date(2026, 7, 1)).overdue} == {
        date(2026, 4, 10),
        date(2026, 4, 21),
    }
    with pytest.raises(RuleError, match="不用再登记"):
        take(cases, file, Accelerate(on=date(2026, 5, 1)))


def test_the_list_across_cases_has_what_is_left_and_the_day_that_counts(
    cases: CaseService, storage: Storage
) -> None:
    deadlines = DeadlineService(storage, lambda: datetime.datetime(2026, 7, 1, 2, 0, tzinfo=UTC))
    file = brought(cases, AGREED)
    file = take(cases, file, Perform(clause=1, instalment=1, on=date(2026, 4, 12), amount=Decimal("200.00")))
    take(
        cases,
        file,
        Waive(clause=1, instalment=1, amount=Decimal("50.00"), on=date(2026, 4, 13), by="A1", reason="困难"),
    )
    found = deadlines.promises(COUNTER)
    assert [(one.clause, one.instalment, one.payer, one.payee, one.amount) for one in found] == [
        (1, 1, "贾讲理", "甄有理", Decimal("200.00")),
        (1, 2, "贾讲理", "甄有理", Decimal("450.00")),
    ]
    assert [one.instalment for one in deadlines.promises(COUNTER, date(2026, 4, 30))] == [1]
    assert [item.amount for item in cases.today(COUNTER).due_items] == [one.amount for one in found]


def test_the_list_across_cases_reads_by_indexes_only(cases: CaseService, storage: Storage) -> None:
    """Its cost follows the lines shown, not the archive."""
    brought(cases, AGREED)
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", note)
    with storage.read() as work:
        assert len(work.deadlines.promises(date(2026, 12, 31), 10)) == 2
    event.remove(storage.engine, "before_cursor_execute", note)
    queries = [(words, values) for words, values in asked if words.lstrip().startswith("SELECT")]
    assert len(queries) >= 5
    sqlite = storage.engine.dialect.name == "sqlite"
    with storage.engine.connect() as connection:
        if not sqlite:
            connection.execute(text("SET enable_seqscan = off"))
        for words, values in queries:
            explain = f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{words}"
            plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain, values))
            assert ("SCAN " if sqlite else "Seq Scan") not in plan, plan


def test_monthly_payments_are_agreed_on_and_fall_due_month_by_month(cases: CaseService) -> None:
    file = brought(cases, (*WAYS[State.MEDIATING], recorded(SessionResult.AGREED)))
    months = Term(
        clause=1,
        edited=True,
        monthly=MONTHS.monthly,
        first_month=MONTHS.first_month,
        months=MONTHS.months,
        pay_day=MONTHS.pay_day,
    )
    draft = Compose(clauses=(MONTHLY,), copies=3, terms=(months,))
    for wrong, field in (
        (replace(months, months=5), "due_on"),
        (replace(months, pay_day=9), "due_on"),
        (replace(months, first_month="2026年4月"), "first_month"),
        (replace(months, months=None), "months"),
    ):
        with pytest.raises(InputError) as refused:
            take(cases, file, replace(draft, terms=(wrong,)))
        assert refused.value.field == field
    file = take(cases, file, draft)
    assert file.recurring == (MONTHS,)
    for ref in ("A1", "B1", "M01", "R01"):
        file = take(cases, file, Sign(ref=ref, method="签名", on=MET))
    file = take(cases, file, Sign(ref="ORG", method="印章", on=MET))
    assert file.performance == ()
    assert [row.instalment for row in owed(file)] == [1, 2, 3, 4, 5, 6]
    assert state_on(file, cases.local_today) is State.BREACHED
    file = take(cases, file, Perform(clause=1, instalment=1, on=date(2026, 4, 9), evidence="转账回单"))
    assert [(row.instalment, row.done_on) for row in file.performance] == [
        (1, date(2026, 4, 9)),
        (2, None),
        (3, None),
    ], "on 1 July three months have fallen due"
    file = take(cases, file, Perform(clause=1, instalment=5, on=date(2026, 6, 30)))
    assert [row.instalment for row in owed(file)] == [2, 3, 4, 6]
    assert cases.file(COUNTER, file.case_key) == file


def test_an_act_whose_day_stands_in_the_text_is_watched_or_noted_at_once(cases: CaseService) -> None:
    act = Clause(no=2, kind=ClauseKind.ACT, text="贾讲理于2026年4月30日前修好排水沟。")
    file = in_force(cases, (CLAUSES[0], act))
    with pytest.raises(InputError, match="支付条款"):
        take(cases, file, Expect(clause=1, due_on=date(2026, 4, 30)))
    file = take(cases, file, Expect(clause=2, due_on=date(2026, 4, 30), payer="B1"))
    assert [item.status for item in standing_of(file, date(2026, 5, 1)).items if item.clause == 2] == [
        ItemStatus.OVERDUE
    ]
    file = take(cases, file, Perform(clause=2, on=date(2026, 5, 2), evidence="照片"))
    assert cases.file(COUNTER, file.case_key) == file


def test_a_visit_that_found_it_worse_says_what_was_done(cases: CaseService) -> None:
    file = brought(cases, AGREED)
    visit = Visit(
        on=date(2026, 5, 20), way=VisitWay.HOME, by="M01", of=("A1",), situation="又吵起来了",
        satisfaction=Satisfaction.UNSATISFIED, escalation=Escalation.SIGNS, relapsed=True,
    )  # fmt: skip
    with pytest.raises(InputError) as refused:
        take(cases, file, visit)
    assert refused.value.field == "measures"
    file = take(cases, file, replace(visit, measures="约双方再谈", suit="甄有理已起诉，未判决"))
    found = cases.file(COUNTER, file.case_key).beside.finding(1)
    assert found is not None
    assert (found.escalation, found.relapsed, found.measures) == (Escalation.SIGNS, True, "约双方再谈")
    assert "findings" not in json.dumps(write_case(file), ensure_ascii=False)


# The acceptance cases


def path_of(start: str) -> Path:
    return next(path for path in FILES if path.name.startswith(start))


def statuses(file: CaseFile) -> list[tuple[object, ...]]:
    rows = write_case(file, as_of=AS_OF)["performance"]
    assert isinstance(rows, list)
    keys = ("clause", "instalment", "due_on", "done_on", "amount", "status", "evidence", "payer", "members")
    return sorted(tuple(str(row.get(key)) for key in keys) for row in rows)


def unkept(file: CaseFile) -> CaseFile:
    """The case on the day its agreement took effect: nothing done, months to come unlisted."""
    from mediation_desk.agreements.obligations import obligations

    assert file.agreement is not None
    rows = tuple(obligations(file.agreement.clauses, file.recurring))
    court = replace(file.judicial_confirmation, enforcement=None)
    return replace(file, performance=rows, followups=(), judicial_confirmation=court, archive=None)


@pytest.fixture
def later_cases(storage: Storage) -> CaseService:
    """The service on the day the acceptance cases are judged on."""
    return CaseService(storage, lambda: datetime.datetime(2026, 10, 31, 2, 0, tzinfo=UTC))


@needs_cases
@pytest.mark.parametrize("start", ["C01", "C02", "C03", "C04", "C07", "C08"])
def test_performance_of_the_acceptance_cases_is_reached_step_by_step(
    later_cases: CaseService, start: str
) -> None:
    recorded_file = read_case(path_of(start).read_bytes())
    file, _ = later_cases.take_over(COUNTER, unkept(recorded_file))
    for row in sorted(
        (row for row in recorded_file.performance if row.done_on), key=lambda row: row.done_on or AS_OF
    ):
        assert row.done_on is not None
        step = Perform(
            clause=row.clause, instalment=row.instalment, on=row.done_on, amount=row.amount,
            evidence=row.evidence, payer=row.payer, payee=row.payee, members=row.members, due_on=row.due_on,
        )  # fmt: skip
        file = take(later_cases, file, step)
    assert statuses(file) == statuses(recorded_file)
    assert performed_on(file) == performed_on(recorded_file)


@needs_cases
def test_the_default_of_the_loan_is_accelerated_and_costs_what_the_clause_says(
    later_cases: CaseService,
) -> None:
    file, _ = later_cases.take_over(COUNTER, read_case(path_of("C08").read_bytes()))
    found = standing_of(file, AS_OF)
    assert found.acceleration is not None
    assert (found.acceleration.accelerated_on, found.acceleration.outstanding) == (
        date(2026, 8, 26),
        Decimal("92500.00"),
    )
    file = take(later_cases, file, Accelerate(on=date(2026, 9, 10)))
    assert standing_of(file, AS_OF).acceleration == replace(found.acceleration, recorded=True, moved=tuple(
        replace(row, accelerated_on=date(2026, 8, 26)) for row in found.acceleration.moved
    ))  # fmt: skip
    told = {one.formula for one in standing_of(file, AS_OF).charges}
    assert "17,500.00元×12%÷365×77日＝443.01元" in told
    assert "37,500.00元×12%÷365×66日＝813.70元" in told, "from the accelerated day on"


@needs_cases
def test_an_untouched_import_goes_out_as_it_came_and_a_living_file_lists_the_months_due(
    storage: Storage,
) -> None:
    source = read_case(path_of("C03").read_bytes())
    december = CaseService(storage, lambda: datetime.datetime(2026, 12, 15, 2, 0, tzinfo=UTC))
    file, _ = december.take_over(COUNTER, source)
    assert december.export(COUNTER, file.case_key).performance == source.performance
    step = Perform(clause=6, instalment=5, on=date(2026, 11, 9), evidence="转账回单")
    file = take(december, file, step)
    out = december.export(COUNTER, file.case_key)
    assert [row.instalment for row in out.performance if row.clause == 6] == [1, 2, 3, 4, 5, 6]
    read_case(json.dumps(write_case(out), ensure_ascii=False).encode())
