"""Every figure of every mediator is what a recount of whole case files gives, on both databases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, text

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.agreements.model import Satisfaction
from mediation_desk.cases.model import CaseFile, Suspension
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.vocabulary import Category, DayUnit, Result, SuspensionCause
from mediation_desk.interchange.reader import read_case
from mediation_desk.practice.demo import generate
from mediation_desk.practice.material import centre
from mediation_desk.shared.errors import InputError, PermissionDenied
from mediation_desk.statistics.mediators.measures import MEASURES
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.periods import ALL, parse_period
from mediation_desk.statistics.service import StatisticsService
from tests.persistence.mediator_recount import recount
from tests.shared_cases import FILES, needs_cases

NOW = datetime(2026, 11, 20, 4, tzinfo=UTC)
TODAY = date(2026, 11, 20)
NUMBER = 250
QUESTIONS = [
    (parse_period("2026"), TODAY),
    (parse_period("2026Q2"), date(2026, 5, 20)),
    (parse_period("2026-01-01..2026-10-31"), date(2026, 8, 20)),
    (ALL, date(2025, 12, 31)),
]


@pytest.fixture
def shared() -> list[CaseFile]:
    return [read_case(path.read_bytes()) for path in FILES]


def imported(storage: Storage, files: Iterable[CaseFile]) -> StatisticsService:
    cases = CaseService(storage, lambda: NOW)
    for file in files:
        cases.take_over(COUNTER, file)
    return StatisticsService(storage, lambda: NOW)


def numbers_of(files: Iterable[CaseFile]) -> set[str]:
    return {mediator.pool_no for file in files for mediator in file.mediators}


def compare(
    service: StatisticsService, files: list[CaseFile], pool_no: str, period: Period, as_of: date
) -> None:
    told = {figure.code: figure for figure in service.mediator(COUNTER, pool_no, period, as_of)}
    counted = recount(files, pool_no, period, as_of)
    assert set(told) == set(counted)
    for code, (above, below, part, whole) in counted.items():
        figure = told[code]
        where = (pool_no, code, period, as_of)
        assert (set(figure.numerator), set(figure.denominator)) == (above, below), where
        assert (figure.part, figure.whole) == (part, whole), where
        assert len(figure.numerator) == len(above), "no case twice"
        assert set(figure.notes) <= set(figure.cases), where


@needs_cases
@pytest.mark.parametrize(("period", "as_of"), QUESTIONS)
def test_acceptance_cases_agree_with_a_recount(
    storage: Storage, shared: list[CaseFile], period: Period, as_of: date
) -> None:
    service = imported(storage, shared)

    for pool_no in sorted(numbers_of(shared)):
        compare(service, shared, pool_no, period, as_of)


@pytest.fixture
def demo() -> list[CaseFile]:
    return list(generate(NUMBER, 11, TODAY))


@pytest.fixture
def strained(demo: list[CaseFile]) -> list[CaseFile]:
    """The synthetic centre with the troubles it lacks: late ends, suspensions, accelerations, mixed answers."""
    return [strain(file, number) for number, file in enumerate(demo)]


def strain(file: CaseFile, number: int) -> CaseFile:
    start = file.intake.accepted_on
    if number % 3 == 0 and start is not None:
        file = replace(file, intake=replace(file.intake, mediation_due_on=start + timedelta(4)))
    if number % 4 == 0 and start is not None:
        pauses = tuple(
            Suspension(
                no=place,
                cause=SuspensionCause.OTHER,
                reason="等待鉴定",
                notice_on=start,
                from_on=start + timedelta(first),
                to=start + timedelta(last),
                unit=DayUnit.DAYS,
                days_excluded=last - first + 1,
                due_before=start,
                due_after=start + timedelta(6),
            )
            for place, (first, last) in enumerate(((-1, 1), (1, 3), (6, 400)), start=1)
        )
        file = replace(file, suspensions=pauses)
    if number % 5 == 0 and file.performance:
        *kept, last = file.performance
        moved = replace(last, accelerated_on=last.due_on - timedelta(9), done_on=None)
        file = replace(file, performance=(*kept, moved))
    if number % 2 == 0 and file.followups:
        again = replace(file.followups[0], satisfaction=list(Satisfaction)[number % 3])
        file = replace(file, followups=(*file.followups, again))
    return file


def stored(storage: Storage, files: list[CaseFile]) -> StatisticsService:
    place, writer = centre(), BulkCases(storage)
    writer.add_centre(tuple(place.bodies.values()), tuple(place.cards.values()))
    writer.add_cases(files, {}, at=NOW)
    return StatisticsService(storage, lambda: NOW)


@pytest.mark.parametrize(("period", "as_of"), QUESTIONS)
def test_a_synthetic_centre_agrees_with_a_recount(
    storage: Storage, strained: list[CaseFile], period: Period, as_of: date
) -> None:
    service = stored(storage, strained)

    for pool_no in sorted(numbers_of(strained)):
        compare(service, strained, pool_no, period, as_of)


def test_a_recount_of_the_synthetic_centre_reaches_every_figure(strained: list[CaseFile]) -> None:
    """The comparison above would prove nothing about a figure that is nowhere more than zero."""
    reached, missed = Counter[str](), Counter[str]()
    for pool_no in numbers_of(strained):
        for code, (above, below, part, _) in recount(strained, pool_no, ALL, TODAY).items():
            reached[code] += part > 0
            missed[code] += bool(below - above)
    # The synthetic centre forgives nothing: waivers are counted in the unit tests.
    assert {code for code in MEASURES if reached[code]} == set(MEASURES) - {"forgiven"}
    rates = {code for code, measure in MEASURES.items() if measure.unit == "%"}
    assert {code for code in rates if missed[code]} == rates


def test_running_cases_are_those_of_the_neutral_order(storage: Storage, demo: list[CaseFile]) -> None:
    service = stored(storage, demo)
    with storage.read() as work:
        running = work.pool.running()

    told = {number: service.mediator(COUNTER, number, QUESTIONS[0][0]) for number in numbers_of(demo)}

    counts = {number: {one.code: one.part for one in figures} for number, figures in told.items()}
    assert {number: count["running"] for number, count in counts.items() if count["running"]} == dict(running)
    assert running


def test_cases_of_a_kind_handled(storage: Storage, demo: list[CaseFile]) -> None:
    service = stored(storage, demo)
    shown = [*sorted(numbers_of(demo)), "M999"]
    for kind in (Category.NEIGHBOUR, Category.MEDICAL):
        expected = Counter(
            mediator.pool_no
            for file in demo
            if file.dispute.category is kind
            and file.outcome is not None
            and file.outcome.result is not Result.NOT_ACCEPTED
            for mediator in file.mediators
        )
        assert service.handled(COUNTER, shown, kind) == {number: expected[number] for number in shown}
        assert expected


@needs_cases
def test_a_case_withdrawn_before_any_session_counts_as_the_centre_says(
    storage: Storage, shared: list[CaseFile], monkeypatch: pytest.MonkeyPatch
) -> None:
    service = imported(storage, shared)
    year = parse_period("2026")
    kind = next(file.dispute.category for file in shared if file.case_key.startswith("C13"))

    def concluded() -> set[str]:
        figures = service.mediator(COUNTER, "M01", year, TODAY)
        return {key[:3] for figure in figures if figure.code == "concluded" for key in figure.numerator}

    assert concluded() == {"C01", "C13"}
    assert service.handled(COUNTER, ["M01"], kind) == {"M01": 1}
    monkeypatch.setattr(
        "mediation_desk.statistics.service.built",
        lambda _name, build: build({"withdrawn_before_any_session_counts": False}),
    )
    assert concluded() == {"C01"}
    assert service.handled(COUNTER, ["M01"], kind) == {"M01": 0}


@needs_cases
def test_the_lines_behind_a_figure(storage: Storage, shared: list[CaseFile]) -> None:
    service = imported(storage, shared)
    (success,) = (figure for figure in service.mediator(COUNTER, "M05", ALL) if figure.code == "success_rate")

    lines = service.cases_behind(COUNTER, [*success.cases, "unknown"])

    assert [line.case_key[:3] for line in lines] == ["C14", "C05"], "the one that ended last comes first"
    assert [line.result for line in lines] == [Result.TERMINATED, Result.AGREED]
    assert [line.case_key for line in lines if line.case_key in success.numerator] == [lines[1].case_key]


def test_who_is_unknown_and_who_may_not_ask(storage: Storage) -> None:
    service = StatisticsService(storage, lambda: NOW)
    with pytest.raises(InputError, match="M404"):
        service.mediator(COUNTER, "M404", ALL)
    stranger = Actor(account="nobody", display_name="无名", roles=())
    for ask in (
        lambda: service.mediator(stranger, "M01", ALL),
        lambda: service.cases_behind(stranger, ["x"]),
        lambda: service.handled(stranger, ["M01"], Category.LAND),
    ):
        with pytest.raises(PermissionDenied):
            ask()


def test_the_cost_follows_the_mediators_own_cases(storage: Storage, demo: list[CaseFile]) -> None:
    """No statement of a reading walks through a table: each starts from the pool number."""
    service = stored(storage, demo)
    pool_no = min(numbers_of(demo))
    asked: list[tuple[str, Any]] = []

    def note(_c: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        asked.append((statement, parameters))

    event.listen(storage.engine, "before_cursor_execute", note)
    figures = service.mediator(COUNTER, pool_no, ALL)
    service.handled(COUNTER, [pool_no, "M02"], Category.NEIGHBOUR)
    service.cases_behind(COUNTER, figures[0].cases[:20])
    event.remove(storage.engine, "before_cursor_execute", note)

    queries = [(words, values) for words, values in asked if words.lstrip().startswith("SELECT")]
    assert len(queries) >= 8
    sqlite = storage.engine.dialect.name == "sqlite"
    with storage.engine.connect() as connection:
        if not sqlite:
            connection.execute(text("SET enable_seqscan = off"))
        for words, values in queries:
            explain = f"EXPLAIN {'QUERY PLAN ' if sqlite else ''}{words}"
            plan = "\n".join(str(row[-1]) for row in connection.exec_driver_sql(explain, values))
            assert ("SCAN " if sqlite else "Seq Scan") not in plan.replace("SCAN CONSTANT ROW", ""), plan
            if sqlite and "case_mediators" in words:  # the server chooses by the size of the tables
                assert "ix_case_mediators_pool_no" in plan, plan
