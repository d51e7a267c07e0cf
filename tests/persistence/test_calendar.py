"""The calendar across cases: whose sessions, what is said of them, who is there; and the waiting list."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from sqlalchemy import event

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.calendar.rooms import ELSEWHERE, CalendarRoom, room_of
from mediation_desk.cases.calendar.service import MOST_DAYS, CalendarService
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.intake import Accept, End
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.steps.summoning import GiveNotice, ProveDelivery
from mediation_desk.cases.steps.waiting import LeaveWaiting, Wait
from mediation_desk.cases.vocabulary import Cause, Result
from mediation_desk.experts.mediator import Duty, Leave
from mediation_desk.hearings.arrangement import Arrangement
from mediation_desk.hearings.model import SessionMode, SessionResult
from mediation_desk.hearings.summons import NoticeWay, Told, told
from mediation_desk.hearings.waiting import Urgency
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.lifecycle_stories import registered
from tests.persistence.test_case_steps import CHOICE, PLAN, cases, recorded

__all__ = ["cases"]

DAY = date(2026, 3, 16)
NOW = datetime(2026, 7, 1, 2, 0, tzinfo=UTC)
ROOM = CalendarRoom(code="R1", name="第一调解室")
Take = Callable[..., CaseFile]


@pytest.fixture
def calendar(storage: Storage) -> CalendarService:
    return CalendarService(storage, lambda: NOW)


@pytest.fixture
def take(cases: CaseService) -> Take:
    def steps(file: CaseFile, *commands: Any) -> CaseFile:
        for command in commands:
            file = cases.perform(COUNTER, file.case_key, command, version=file.version)
        return file

    return steps


def test_a_day_lists_its_sessions_with_people_place_and_length(
    cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    file = planned(cases, take)
    (line,) = calendar.days(COUNTER, DAY, DAY).sessions
    assert (line.case_key, line.number, line.no) == (file.case_key, file.intake.number, 1)
    assert (line.start, line.ends) == (time(9, 30), time(11, 30)), "the usual two hours"
    assert [name for _no, name in line.mediators] == ["钱和"]
    assert line.recorder == "何笔录"
    assert "甄有理" in line.party_names
    assert [party.ref for party in line.parties] == ["A1", "B1"]
    assert (line.mode, line.held, line.notices_open) == (SessionMode.ON_SITE, False, 2)
    assert calendar.days(COUNTER, date(2026, 3, 17), date(2026, 3, 20)).sessions == ()


def test_a_planned_end_and_a_room_come_from_the_arrangement(
    storage: Storage, cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    file = planned(cases, take)
    arranged = Arrangement(session_no=1, room="R1", until=time(10, 15))
    with storage.write() as work:
        beside = dataclasses.replace(file.beside, arrangements=(arranged,))
        work.cases.save(file, dataclasses.replace(file, beside=beside))
    (line,) = calendar.days(COUNTER, DAY, DAY).sessions
    assert (line.room, line.ends) == ("R1", time(10, 15))
    assert room_of(line, (ROOM,)) == "R1"
    assert room_of(dataclasses.replace(line, room="", place="第一调解室"), (ROOM,)) == "R1"
    assert room_of(dataclasses.replace(line, room="", place="锦园小区"), (ROOM,)) == ELSEWHERE


def test_cases_in_the_bin_and_sessions_never_held_of_ended_cases_are_left_out(
    cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    over = planned(cases, take)
    ended = End(
        kind=Result.WITHDRAWN,
        cause=Cause.WITHDRAWN,
        on=DAY,
        reason="撤回",
        told_remedies=("起诉",),
        by=("A1",),
    )
    take(over, ended)
    binned = planned(cases, take)
    take(binned, PutInBin(reason="重复登记"))
    held = take(planned(cases, take), recorded(SessionResult.AGREED))
    assert [line.case_key for line in calendar.days(COUNTER, DAY, DAY).sessions] == [held.case_key]


def test_overlaps_let_through_are_said_on_both_sides_with_the_reason(
    cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    first, second = planned(cases, take), planned(cases, take, override_reason="先后进行")
    found = calendar.days(COUNTER, DAY, DAY)
    assert f"钱和同时还有：{second.intake.number}" in found.notes[first.case_key, 1]
    assert f"钱和同时还有：{first.intake.number}" in found.notes[second.case_key, 1]
    assert "仍按此安排：先后进行" in found.notes[second.case_key, 1]
    assert not [word for word in found.notes[first.case_key, 1] if "先后进行" in word]


def test_duty_and_leave_stand_beside_the_sessions(
    storage: Storage, cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    planned(cases, take)
    with storage.write() as work:
        on_duty = work.pool.mediator("M01")
        away = work.pool.mediator("M02")
        assert on_duty is not None
        assert away is not None
        roster = (Duty(weekday=1, start=time(9, 0), end=time(12, 0)),)
        work.pool.save(on_duty, dataclasses.replace(on_duty, duties=roster))
        leave = (Leave(from_on=date(2026, 3, 14), to=date(2026, 3, 16)),)
        work.pool.save(away, dataclasses.replace(away, leaves=leave))
    found = calendar.days(COUNTER, DAY, date(2026, 3, 17))
    monday, tuesday = found.staff
    (duty,) = monday.on_duty
    assert (duty.name, duty.free) == ("钱和", ((time(9, 0), time(9, 30)), (time(11, 30), time(12, 0))))
    assert [(one.name, one.to) for one in monday.on_leave] == [("孙顺", DAY)]
    assert (tuesday.on_duty, tuesday.on_leave) == ((), ())


def test_a_span_is_bounded(calendar: CalendarService) -> None:
    with pytest.raises(InputError, match=str(MOST_DAYS)):
        calendar.days(COUNTER, date(2026, 1, 1), date(2026, 12, 31))
    with pytest.raises(InputError):
        calendar.days(COUNTER, DAY, date(2026, 3, 1))


def test_the_queries_search_days_and_never_scan_the_archive(
    storage: Storage, cases: CaseService, calendar: CalendarService, take: Take
) -> None:
    if storage.engine.dialect.name != "sqlite":
        pytest.skip("the planner of the server reads small tables whole")
    planned(cases, take)
    take(prepared_case(cases), Wait())
    asked: list[tuple[str, Any]] = []
    event.listen(
        storage.engine,
        "before_cursor_execute",
        lambda _c, _k, words, values, *_: asked.append((words, values)),
    )
    calendar.days(COUNTER, DAY, DAY)
    calendar.waiting(COUNTER)
    big = ("sessions", "cases", "parties", "case_mediators", "summonses", "arrangements", "bookings")
    with storage.engine.connect() as connection:
        for words, values in tuple(asked):
            if "SELECT" not in words or "FROM" not in words:
                continue
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {words}", values).all()
            steps = [str(row[-1]) for row in plan]
            scans = [step for step in steps if step.split()[:1] == ["SCAN"] and step.split()[1] in big]
            assert not scans, (words, steps)
            if "FROM waitings" in words:
                assert any("ix_waitings_waits" in step for step in steps), steps


class TestNotices:
    def test_who_was_told_and_how_is_kept_by_party(
        self, cases: CaseService, calendar: CalendarService, take: Take
    ) -> None:
        file = take(planned(cases, take), by(NoticeWay.PHONE, "A1", proof="13800001234，本人接"))
        (session,) = file.sessions
        notices = file.beside.summonses
        assert told(notices, session, "A1") is Told.DELIVERED, "said is received"
        assert told(notices, session, "B1") is Told.NOT
        assert calendar.days(COUNTER, DAY, DAY).sessions[0].notices_open == 1
        file = take(file, by(NoticeWay.POST, "B1"))
        assert told(file.beside.summonses, session, "B1") is Told.SENT
        file = take(file, ProveDelivery(no=1, ref="B1", delivered_on=date(2026, 3, 14), proof="回执"))
        assert told(file.beside.summonses, session, "B1") is Told.DELIVERED
        assert file.beside.summonses[-1].proof == "回执"
        assert calendar.days(COUNTER, DAY, DAY).sessions[0].notices_open == 0

    def test_a_session_arranged_anew_makes_every_notice_stale(
        self, cases: CaseService, calendar: CalendarService, take: Take
    ) -> None:
        file = take(planned(cases, take), by(NoticeWay.IN_PERSON, "A1", "B1"))
        moved = dataclasses.replace(PLAN, date=date(2026, 3, 18))
        file = take(file, CancelSession(no=1, reason="改期"), moved)
        (session,) = file.sessions
        assert {told(file.beside.summonses, session, ref) for ref in ("A1", "B1")} == {Told.STALE}
        (line,) = calendar.days(COUNTER, session.date, session.date).sessions
        assert line.notices_open == 2
        file = take(file, by(NoticeWay.IN_PERSON, "A1"))
        assert told(file.beside.summonses, session, "A1") is Told.DELIVERED
        assert len(file.beside.summonses) == 3, "nothing is overwritten"

    @pytest.mark.parametrize(
        ("notice", "field", "words"),
        [
            ({"refs": ()}, "refs", "勾选"),
            ({"refs": ("Z9",)}, "refs", "Z9"),
            ({"way": NoticeWay.LEFT}, "proof", "第八十九条"),
            ({"way": NoticeWay.PUBLISHED, "proof": "市报", "delivered_on": DAY}, "delivered_on", "三十|30日"),
            ({"delivered_on": date(2026, 3, 11)}, "delivered_on", "最早是2026-03-12"),
            ({"delivered_on": date(2026, 7, 2)}, "delivered_on", "还没有到"),
        ],
    )
    def test_a_notice_that_cannot_be_is_refused_by_field(
        self, cases: CaseService, take: Take, notice: dict[str, Any], field: str, words: str
    ) -> None:
        file = planned(cases, take)
        with pytest.raises(InputError, match=words) as refused:
            take(file, dataclasses.replace(by(NoticeWay.IN_PERSON, "A1"), **notice))
        assert refused.value.field == field
        assert cases.file(COUNTER, file.case_key) == file


class TestWaiting:
    def test_the_list_has_the_most_pressing_first_then_the_earliest_period(
        self, cases: CaseService, calendar: CalendarService, take: Take
    ) -> None:
        plain = take(prepared_case(cases), Wait(preferred="周三下午", mediator="M02"))
        soon = take(prepared_case(cases), Wait(urgency=Urgency.SOON, room_kind="司法调解室"))
        urgent = take(prepared_case(cases), Wait(urgency=Urgency.URGENT, note="伤者等钱治病"))
        other = take(prepared_case(cases), Wait())
        found = calendar.waiting(COUNTER)
        assert [line.case_key for line in found] == [
            urgent.case_key,
            soon.case_key,
            plain.case_key,
            other.case_key,
        ]
        assert (found[2].mediator, found[2].preferred, found[2].since) == (
            "孙顺",
            "周三下午",
            date(2026, 7, 1),
        )
        assert found[1].room_kind == "司法调解室"

    def test_arranging_takes_it_off_and_calling_off_puts_it_back(
        self, cases: CaseService, calendar: CalendarService, take: Take
    ) -> None:
        file = take(prepared_case(cases), Wait())
        assert keys(calendar) == [file.case_key]
        file = take(file, PLAN)
        assert keys(calendar) == []
        file = take(file, CancelSession(no=1, reason="当事人改期"))
        assert keys(calendar) == [file.case_key]
        file = take(file, LeaveWaiting(reason="已经和解"))
        assert keys(calendar) == []

    def test_cases_put_aside_leave_the_list_by_themselves(
        self, cases: CaseService, calendar: CalendarService, take: Take
    ) -> None:
        file = take(prepared_case(cases), Wait())
        take(file, PutInBin(reason="重复登记"))
        assert keys(calendar) == []

    def test_changing_the_wish_keeps_the_place_in_the_queue(self, cases: CaseService, take: Take) -> None:
        file = take(prepared_case(cases), Wait())
        with pytest.raises(InputError, match="为什么急"):
            take(file, Wait(urgency=Urgency.URGENT))
        changed = take(file, Wait(urgency=Urgency.URGENT, note="伤者等钱"))
        assert changed.beside.waiting is not None
        assert file.beside.waiting is not None
        assert changed.beside.waiting.since == file.beside.waiting.since

    def test_a_wished_for_mediator_must_be_known(self, cases: CaseService, take: Take) -> None:
        with pytest.raises(InputError, match="M99"):
            take(prepared_case(cases), Wait(mediator="M99"))
        with pytest.raises(RuleError, match="不在等候"):
            take(prepared_case(cases), LeaveWaiting(reason="已和解"))


def keys(calendar: CalendarService) -> list[str]:
    return [line.case_key for line in calendar.waiting(COUNTER)]


def by(way: NoticeWay, *refs: str, proof: str = "") -> GiveNotice:
    return GiveNotice(no=1, refs=refs, on=date(2026, 3, 12), way=way, proof=proof)


def prepared_case(cases: CaseService) -> CaseFile:
    """Accepted, with mediators, nothing arranged."""
    file = registered(cases)
    for step in (Accept(on=date(2026, 3, 10)), CHOICE):
        file = cases.perform(COUNTER, file.case_key, step, version=file.version)
    return file


def planned(cases: CaseService, take: Take, **changes: Any) -> CaseFile:
    return take(prepared_case(cases), dataclasses.replace(PLAN, **changes))
