"""The bin: a whole case goes out of every list, count and calendar, and comes back as it was."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from itertools import count

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.choosing.service import ChoosingService
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registers import Registers
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.correcting import Correct
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.experts.conflicts.model import Part, Person
from mediation_desk.shared.errors import BookedError, InputError, RuleError
from mediation_desk.statistics.model import Period
from mediation_desk.statistics.service import StatisticsService
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought
from tests.persistence.test_case_steps import CHOICE, PLAN, REGISTER, cases

__all__ = ["cases"]
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
YEAR = Period(first=date(2026, 1, 1), last=date(2026, 12, 31))
LATELY = date(2026, 6, 25)
IN_JULY: tuple[Step, ...] = (
    Accept(on=LATELY),
    replace(CHOICE, on=LATELY),
    replace(PLAN, date=date(2026, 7, 6)),
)
PERSONS = [
    Person(ref=party.ref, part=Part.PARTY, name=party.name, id_no=party.id_no or "", is_organisation=False)
    for party in REGISTER.parties
]
WAYS: tuple[tuple[Step, ...], ...] = (
    (),
    IN_JULY,
    told.WAYS[State.AGREED_UNSIGNED],
    told.WAYS[State.BREACHED],
    told.WAYS[State.PERFORMED],
    told.WAYS[State.FAILED],
    told.WAYS[State.NOT_ACCEPTED],
    told.WAYS[State.WITHDRAWN],
)
"""One case for every list of the desk and every column of the tables."""


def readings(storage: Storage, cases: CaseService, keys: tuple[str, ...]) -> dict[str, object]:
    """Everything that counts or lists cases, as a person would see it."""
    statistics = StatisticsService(storage, lambda: NOW)
    found: dict[str, object] = {
        "list": cases.summaries(COUNTER, CaseQuery()),
        "search": cases.summaries(COUNTER, CaseQuery(search="甄有理")),
        "today": cases.today(COUNTER),
        "behind": statistics.cases_behind(COUNTER, keys),
        "handled": statistics.handled(COUNTER, ("M01", "M02"), REGISTER.category),
    }
    found |= {code: statistics.table(COUNTER, code, YEAR) for code in statistics.titles()}
    found |= {f"figures {number}": statistics.mediator(COUNTER, number, YEAR) for number in ("M01",)}
    with storage.read() as work:
        found["running"] = work.pool.running()
        found["last chosen"] = work.pool.last_chosen(("M01",))
        found["earlier"] = work.pool.earlier("AJ-other", PERSONS)
        found["bookings"] = work.bookings.between(NOW - timedelta(days=200), NOW + timedelta(days=200))
    return found


def test_a_binned_case_is_in_no_list_count_or_calendar(cases: CaseService, storage: Storage) -> None:
    """Every reading is the same as if the cases had never been there; put back, the same as before."""
    numbers = count()
    body_known = brought(cases, ())  # a body once known has its row in the tables, with or without cases
    cases.perform(COUNTER, body_known.case_key, PutInBin(reason="重复登记"))
    empty = readings(storage, cases, ())
    files: list[CaseFile] = []
    for way in WAYS:
        steps = (
            replace(step, date=step.date + timedelta(days=next(numbers)))
            if isinstance(step, PlanSession)
            else step
            for step in way
        )
        files.append(brought(cases, _later(tuple(steps))))
    keys = tuple(file.case_key for file in files)
    before = readings(storage, cases, keys)
    silent = {name for name in before if before[name] == empty[name]}
    assert silent == {"administrative", "court", "organisations"}, "the cases show in every other reading"

    for key in keys:
        cases.perform(COUNTER, key, PutInBin(reason="重复登记"))
    binned = readings(storage, cases, keys)
    assert {name for name in empty if binned[name] != empty[name]} == set()
    assert [one.case_key for one in Registers(storage).binned(COUNTER)] == [
        *reversed(keys),
        body_known.case_key,
    ]

    for key in keys:
        cases.perform(COUNTER, key, TakeOut())
    back = readings(storage, cases, keys)
    assert {name for name in before if back[name] != before[name]} == set()
    assert len(Registers(storage).binned(COUNTER)) == 1


def _later(steps: tuple[Step, ...]) -> tuple[Step, ...]:
    """Signatures follow their session, which every case has on another day."""
    planned = next((step.date for step in steps if isinstance(step, PlanSession)), None)
    if planned is None or planned >= date(2026, 7, 1):
        return steps
    return tuple(
        replace(step, on=max(step.on, planned)) if getattr(step, "on", None) == told.MET else step  # type: ignore[attr-defined, type-var]
        for step in steps
    )


def test_the_bin_keeps_everything_that_hangs_on_a_case(cases: CaseService) -> None:
    before = brought(cases, told.WAYS[State.PERFORMED])
    cases.perform(COUNTER, before.case_key, PutInBin(reason="重复登记"))
    after = cases.perform(COUNTER, before.case_key, TakeOut())

    assert after == replace(before, version=before.version + 2)
    assert cases.file(COUNTER, before.intake.number or "") == after


def test_a_reason_is_asked(cases: CaseService) -> None:
    file = brought(cases, ())
    with pytest.raises(InputError) as missing:
        cases.perform(COUNTER, file.case_key, PutInBin(reason=" "))
    assert missing.value.field == "reason"


def test_the_parties_of_a_binned_case_cannot_choose(cases: CaseService, storage: Storage) -> None:
    file = brought(cases, (told.ACCEPT,))
    cases.perform(COUNTER, file.case_key, PutInBin(reason="重复登记"))
    with pytest.raises(RuleError, match="回收站"):
        ChoosingService(storage, cases, lambda: NOW).open_round(COUNTER, file.case_key)


def test_a_session_whose_time_was_given_away_is_put_back_with_a_reason(
    cases: CaseService, storage: Storage
) -> None:
    first = brought(cases, IN_JULY)
    cases.perform(COUNTER, first.case_key, PutInBin(reason="点错了"))
    second = brought(cases, IN_JULY)
    with pytest.raises(BookedError, match="已排有"):
        cases.perform(COUNTER, first.case_key, TakeOut())
    assert cases.file(COUNTER, first.case_key).beside.binned is not None, "nothing was stored by halves"

    cases.perform(COUNTER, first.case_key, TakeOut(override_reason="两案同一天合并听取"))
    with storage.read() as work:
        taken = work.bookings.between(NOW, NOW + timedelta(days=30))
    assert {one.case_key for one in taken} == {first.case_key, second.case_key}


def test_a_correction_in_the_bin_is_refused(cases: CaseService) -> None:
    file = brought(cases, ())
    cases.perform(COUNTER, file.case_key, PutInBin(reason="重复登记"))
    with pytest.raises(RuleError, match="请先放回"):
        cases.perform(COUNTER, file.case_key, Correct(to=replace(REGISTER, facts="改"), reason="笔误"))
