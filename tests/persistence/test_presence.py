"""Who has a case open elsewhere, and the news a server tells: soft, short-lived, and only of cases in reach."""

from __future__ import annotations

import queue
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import text, update

from db.listening import listen
from db.tables.presence import open_cases
from db.unit_of_work import Storage
from db.work import CHANNEL
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.cases.presence import EXPIRES, OpenAt, PresenceService
from mediation_desk.cases.service import CaseService
from mediation_desk.shared.clock import system_clock
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import brought
from tests.persistence.test_case_steps import cases

__all__ = ["cases"]
WANG = replace(COUNTER, account="wang", display_name="王姐")


@pytest.fixture
def here(storage: Storage) -> PresenceService:
    return PresenceService(storage, system_clock, "前台一")


@pytest.fixture
def there(storage: Storage) -> PresenceService:
    return PresenceService(storage, system_clock, "前台二")


def others(service: PresenceService, key: str, actor: Actor = COUNTER) -> tuple[OpenAt, ...]:
    found = service.look(actor, key)
    assert found is not None
    return found.others


def test_a_case_open_elsewhere_is_told_until_it_is_left(
    cases: CaseService, here: PresenceService, there: PresenceService
) -> None:
    file, other = brought(cases, ()), "AJ1999000001"
    there.sit(WANG, file.case_key)
    (seen,) = others(here, file.case_key)
    assert (seen.name, seen.counter) == ("wang", "前台二")
    assert others(there, file.case_key) == (), "of oneself nothing is told"
    assert set(here.elsewhere(COUNTER, (file.case_key, other))) == {file.case_key}

    there.sit(WANG, file.case_key)
    assert others(here, file.case_key) == (seen,), "since when stays"
    there.leave()
    assert others(here, file.case_key) == ()


def test_a_desk_that_fell_silent_is_forgotten(
    cases: CaseService, here: PresenceService, there: PresenceService, storage: Storage
) -> None:
    key = brought(cases, ()).case_key
    there.sit(WANG, key)
    with storage.write() as work:
        gone = system_clock() - EXPIRES - timedelta(seconds=5)
        work.connection.execute(update(open_cases).values(seen_at=gone))
    assert others(here, key) == ()
    here.sit(COUNTER, key)
    with storage.read() as work:
        assert work.connection.execute(open_cases.select()).all()[0].account == COUNTER.account


def test_who_may_not_see_the_case_learns_nothing(
    cases: CaseService, here: PresenceService, there: PresenceService, storage: Storage
) -> None:
    key = brought(cases, ()).case_key
    there.sit(WANG, key)
    stranger = Actor(account="x", display_name="别处", roles=("窗口登记员",), bodies=("别处的调委会",))
    assert here.sit(stranger, key) is None
    assert here.elsewhere(stranger, (key,)) == {}
    with storage.read() as work:
        assert len(work.connection.execute(open_cases.select()).all()) == 1


def test_who_only_reads_is_not_told_of(
    cases: CaseService, here: PresenceService, there: PresenceService
) -> None:
    key = brought(cases, ()).case_key
    there.sit(WANG, key, works=False)
    assert others(here, key) == ()


def test_what_is_on_file_now_and_by_whom(cases: CaseService, here: PresenceService) -> None:
    file = brought(cases, ())
    cases.perform(WANG, file.case_key, told.ACCEPT)
    found = here.look(COUNTER, file.case_key)
    assert found is not None
    assert (found.version, found.by) == (file.version + 1, "王姐")


@pytest.mark.parametrize("backend", ["postgresql"], indirect=True)
def test_a_server_tells_every_save_and_nothing_personal(
    cases: CaseService, storage: Storage, there: PresenceService
) -> None:
    heard: queue.Queue[tuple[str, str, int]] = queue.Queue()
    listener = listen(storage.engine, lambda *news: heard.put(news))
    assert listener is not None
    try:
        assert heard.get(timeout=10) == ("", "", 0)
        file = brought(cases, ())
        assert heard.get(timeout=10) == ("case", file.case_key, 1)
        cases.perform(COUNTER, file.case_key, told.ACCEPT)
        assert heard.get(timeout=10) == ("case", file.case_key, 2)
        with pytest.raises(ZeroDivisionError), storage.write() as work:
            work.tell("case", "AJ2026000009", 9)
            raise ZeroDivisionError  # what was not stored is not told
        there.sit(WANG, file.case_key)
        assert heard.get(timeout=10) == ("open", file.case_key, 0)

        with storage.write() as work:  # the server throws the listener out
            work.connection.execute(
                text(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                    "WHERE query = :q AND datname = current_database()"
                ),
                {"q": f"LISTEN {CHANNEL}"},
            )
        assert heard.get(timeout=10) == ("", "", 0), "connected again: anything may have changed"
    finally:
        listener.stop()
    with storage.write() as work:
        work.tell("open", "AJ2026000008")  # as the desk itself does when it goes
    assert listener.join(5)
    assert heard.empty(), "whoever was told may be gone by now"


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_without_a_server_nobody_listens(storage: Storage) -> None:
    assert listen(storage.engine, lambda *_news: None) is None
