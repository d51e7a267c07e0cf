"""Lists of cases on both databases: every condition, every order, bounded counts, saved views."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from db.bulk import BulkCases
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.finding.views import MOST_VIEWS, ViewService, shipped_views
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from mediation_desk.cases.vocabulary import Category
from mediation_desk.practice.sample import fill_sample
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.track import Track
from tests.unit.finding_material import dispute

NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
TODAY = date(2026, 7, 1)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    """The sample centre."""
    fill_sample(BulkCases(storage), lambda: NOW)
    return CaseService(storage, lambda: NOW)


def everything(cases: CaseService) -> tuple[CaseSummary, ...]:
    return cases.summaries(COUNTER, CaseQuery(limit=1000))


CONDITIONS: dict[str, tuple[CaseQuery, Callable[[CaseSummary], bool]]] = {
    "state": (
        CaseQuery(states=(State.ARCHIVED,)),
        lambda case: case.state is State.ARCHIVED,
    ),
    "states": (
        CaseQuery(states=(State.ARCHIVED, State.PERFORMING, State.MEDIATING)),
        lambda case: case.state in (State.ARCHIVED, State.PERFORMING, State.MEDIATING),
    ),
    "track": (
        CaseQuery(track=Track.JUDICIAL),
        lambda case: case.track is Track.JUDICIAL,
    ),
    "category": (
        CaseQuery(category=Category.DAMAGE),
        lambda case: case.category is Category.DAMAGE,
    ),
    "people": (CaseQuery(people_from=3), lambda case: case.people_involved >= 3),
    "crowds": (CaseQuery(people_from=10), lambda case: case.people_involved >= 10),
    "from": (
        CaseQuery(received_from=TODAY - timedelta(days=60)),
        lambda case: case.received_on >= TODAY - timedelta(days=60),
    ),
    "between": (
        CaseQuery(received_from=TODAY - timedelta(days=90), received_to=TODAY - timedelta(days=30)),
        lambda case: TODAY - timedelta(days=90) <= case.received_on <= TODAY - timedelta(days=30),
    ),
    "states and track": (
        CaseQuery(states=tuple(OPEN), track=Track.PEOPLES),
        lambda case: case.state in OPEN and case.track is Track.PEOPLES,
    ),
}


@pytest.mark.parametrize("name", CONDITIONS)
def test_a_condition_keeps_exactly_the_cases_that_fit(cases: CaseService, name: str) -> None:
    query, fits = CONDITIONS[name]
    expected = [case for case in everything(cases) if fits(case)]
    found = cases.summaries(COUNTER, dataclasses.replace(query, limit=1000))

    assert 0 < len(expected) < len(everything(cases))
    assert list(found) == expected
    assert cases.counts(COUNTER, [query]) == (len(expected),)


def test_body_and_mediator_are_named(cases: CaseService) -> None:
    one = next(case for case in everything(cases) if case.presiding_name)
    by_body = cases.summaries(COUNTER, CaseQuery(body=one.body_name, limit=1000))
    by_name = cases.summaries(COUNTER, CaseQuery(mediator=one.presiding_name or "", limit=1000))

    assert one in by_body
    assert one in by_name
    assert {case.body_name for case in by_body} == {one.body_name}
    assert {case.presiding_name for case in by_name} == {one.presiding_name}
    assert one.body_name in cases.bodies(COUNTER)


@pytest.mark.parametrize("overdue", [True, False])
def test_due_days_put_the_most_urgent_first(cases: CaseService, overdue: bool) -> None:
    within = 20
    query = CaseQuery(overdue=True) if overdue else CaseQuery(due_within=within)
    some_day = CaseService(cases._storage, lambda: NOW + timedelta(days=20 if overdue else 0))
    today = some_day.local_today
    expected = [
        case
        for case in everything(cases)
        if case.state in OPEN
        and case.due_on
        and (case.due_on < today if overdue else today <= case.due_on <= today + timedelta(days=within))
    ]
    found = some_day.summaries(COUNTER, query)

    assert expected
    assert sorted(found, key=lambda case: case.case_key) == sorted(expected, key=lambda case: case.case_key)
    assert [case.due_on for case in found] == sorted(case.due_on for case in expected if case.due_on)


def test_a_list_by_due_days_goes_on_page_by_page(cases: CaseService) -> None:
    query = CaseQuery(due_within=365, limit=2)
    whole = cases.summaries(COUNTER, dataclasses.replace(query, limit=1000))
    pages = [cases.summaries(COUNTER, query)]
    while len(pages[-1]) == 2:
        pages.append(cases.summaries(COUNTER, dataclasses.replace(query, after=pages[-1][-1].place)))

    assert len(pages) > 2
    assert tuple(case for page in pages for case in page) == whole
    back = dataclasses.replace(query, before=pages[2][0].place)
    assert cases.summaries(COUNTER, back) == pages[1]


def test_counting_stops_at_a_bound(storage: Storage) -> None:
    with storage.write() as work:
        for number in range(12):
            work.cases.add(dispute(case_key=f"AJ2026{number:06d}"))
    with storage.read() as work:
        assert work.cases.count(CaseQuery(), 5) == 5
        assert work.cases.count(CaseQuery(search="渗水"), 5) == 5
        assert work.cases.count(CaseQuery(), 1000) == 12


# Views


def test_a_saved_view_stands_behind_the_shipped_ones(storage: Storage) -> None:
    views = ViewService(storage)
    query = CaseQuery(search="渗水", states=(State.REGISTERED,), received_from=date(2026, 1, 1), limit=7)
    views.save(COUNTER, "  新来的  渗水 ", query)
    last = views.views(COUNTER)[-1]

    assert (last.name, last.shipped) == ("新来的 渗水", False)
    assert last.query == dataclasses.replace(query, limit=CaseQuery().limit)
    assert views.views(COUNTER)[:-1] == shipped_views()


@pytest.mark.parametrize("name", ["已超期", "我的", "", "长" * 21, "坏\u202e名"])
def test_a_name_that_cannot_be_is_refused(storage: Storage, name: str) -> None:
    views = ViewService(storage)
    views.save(COUNTER, "我的", CaseQuery())

    with pytest.raises(InputError):
        views.save(COUNTER, name, CaseQuery())
    assert len(views.views(COUNTER)) == len(shipped_views()) + 1


def test_views_are_renamed_and_deleted_and_come_back(storage: Storage) -> None:
    views = ViewService(storage)
    views.save(COUNTER, "一", CaseQuery(search="一"))
    views.save(COUNTER, "二", CaseQuery(search="二"))
    with pytest.raises(InputError, match="二"):
        views.rename(COUNTER, "一", "二")
    views.rename(COUNTER, "一", "三")
    views.drop(COUNTER, "二")
    with pytest.raises(InputError, match="二"):
        views.drop(COUNTER, "二")

    assert [view.name for view in views.views(COUNTER) if not view.shipped] == ["三"]
    views.save(COUNTER, "二", CaseQuery(search="二"))


def test_views_have_a_bound(storage: Storage) -> None:
    views = ViewService(storage)
    for number in range(MOST_VIEWS):
        views.save(COUNTER, f"视图{number}", CaseQuery())

    with pytest.raises(InputError, match="最多"):
        views.save(COUNTER, "再来一个", CaseQuery())
