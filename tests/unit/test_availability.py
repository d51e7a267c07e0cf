"""When a mediator is free: rosters, slots, office hours, leave, sessions, holidays."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mediation_desk.experts.availability import free_on, is_free, next_free
from mediation_desk.experts.booking import Booking, Purpose
from mediation_desk.experts.mediator import Duty, Leave, Slot, Standing
from tests.unit.pool_of import mediator

WEDNESDAY = date(2026, 7, 1)
SATURDAY = date(2026, 7, 4)
NATIONAL_DAY = date(2026, 10, 1)
MORNING, AFTERNOON = (time(9), time(12)), (time(14), time(17, 30))
DUTY = Duty(weekday=3, start=time(9), end=time(12))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    return datetime.combine(day, time(hour, minute)).astimezone()


def booked(day: date, first: int, last: int) -> Booking:
    return Booking(pool_no="M01", starts=at(day, first), ends=at(day, last), purpose=Purpose.SESSION)


def test_without_a_roster_the_office_hours_count() -> None:
    assert free_on(mediator(), (), WEDNESDAY) == (MORNING, AFTERNOON)
    assert free_on(mediator(), (), SATURDAY) == ()
    assert free_on(mediator(), (), NATIONAL_DAY) == ()


@pytest.mark.parametrize(
    ("known", "day", "free"),
    [
        ({"duties": (DUTY,)}, WEDNESDAY, (MORNING,)),
        ({"duties": (DUTY,)}, date(2026, 7, 2), ()),
        ({"duties": (Duty(weekday=4, start=time(9), end=time(12)),)}, NATIONAL_DAY, ()),
        ({"duties": (Duty(weekday=6, start=time(9), end=time(12)),)}, SATURDAY, (MORNING,)),
        ({"duties": (Duty(weekday=6, start=time(9), end=time(12)),)}, date(2026, 10, 3), ()),
        ({"slots": (Slot(on=NATIONAL_DAY, start=time(9), end=time(12)),)}, NATIONAL_DAY, (MORNING,)),
        ({"slots": (Slot(on=SATURDAY, start=time(9), end=time(12)),)}, WEDNESDAY, ()),
        (
            {"duties": (DUTY,), "slots": (Slot(on=WEDNESDAY, start=time(12), end=time(13)),)},
            WEDNESDAY,
            ((time(9), time(13)),),
        ),
        ({"leaves": (Leave(from_on=WEDNESDAY, to=WEDNESDAY),)}, WEDNESDAY, ()),
        ({"leaves": (Leave(from_on=WEDNESDAY, to=WEDNESDAY),)}, date(2026, 7, 2), (MORNING, AFTERNOON)),
        ({"term_to": date(2026, 6, 30)}, WEDNESDAY, ()),
        ({"term_to": WEDNESDAY}, WEDNESDAY, (MORNING, AFTERNOON)),
        ({"term_from": date(2026, 7, 2)}, WEDNESDAY, ()),
        ({"standing": Standing.SUSPENDED}, WEDNESDAY, ()),
    ],
)
def test_the_free_time_of_a_day(
    known: dict[str, Any], day: date, free: tuple[tuple[time, time], ...]
) -> None:
    assert free_on(mediator(**known), (), day) == free


@pytest.mark.parametrize(
    ("first", "last", "free"),
    [
        (9, 12, (AFTERNOON,)),
        (10, 11, ((time(9), time(10)), (time(11), time(12)), AFTERNOON)),
        (8, 10, ((time(10), time(12)), AFTERNOON)),
        (11, 15, ((time(9), time(11)), (time(15), time(17, 30)))),
        (12, 14, (MORNING, AFTERNOON)),
        (0, 23, ()),
    ],
)
def test_a_session_takes_its_time(first: int, last: int, free: tuple[tuple[time, time], ...]) -> None:
    assert free_on(mediator(), [booked(WEDNESDAY, first, last)], WEDNESDAY) == free


def test_a_booking_over_several_days_takes_them_all() -> None:
    long = Booking(
        pool_no="M01", starts=at(WEDNESDAY, 15), ends=at(date(2026, 7, 3), 10), purpose=Purpose.SESSION
    )
    assert free_on(mediator(), [long], WEDNESDAY) == (MORNING, (time(14), time(15)))
    assert free_on(mediator(), [long], date(2026, 7, 2)) == ()
    assert free_on(mediator(), [long], date(2026, 7, 3)) == ((time(10), time(12)), AFTERNOON)
    assert next_free(mediator(), [long], at(WEDNESDAY, 14, 30)) == at(date(2026, 7, 3), 10)


@pytest.mark.parametrize(
    ("after", "found"),
    [
        (at(WEDNESDAY, 7), at(WEDNESDAY, 9)),
        (at(WEDNESDAY, 9, 1), at(WEDNESDAY, 9, 30)),
        (at(WEDNESDAY, 10), at(WEDNESDAY, 10)),
        (at(WEDNESDAY, 10, 1), at(WEDNESDAY, 14)),
        (at(WEDNESDAY, 15, 30), at(WEDNESDAY, 15, 30)),
        (at(WEDNESDAY, 15, 31), at(date(2026, 7, 2), 9)),
        (at(date(2026, 7, 3), 18), at(date(2026, 7, 6), 9)),
    ],
)
def test_the_next_free_time(after: datetime, found: datetime) -> None:
    assert next_free(mediator(), (), after) == found


def test_who_is_taken_for_a_month_is_not_free() -> None:
    away = mediator(leaves=(Leave(from_on=WEDNESDAY, to=date(2026, 8, 15)),))
    assert next_free(away, (), at(WEDNESDAY, 8)) is None
    assert next_free(away, (), at(WEDNESDAY, 8), days=60) == at(date(2026, 8, 17), 9)
    assert next_free(mediator(standing=Standing.LEFT), (), at(WEDNESDAY, 8)) is None


def test_a_roster_that_begins_off_the_step_is_kept() -> None:
    early = mediator(duties=(Duty(weekday=3, start=time(8, 45), end=time(11)),))
    assert next_free(early, (), at(WEDNESDAY, 8)) == at(WEDNESDAY, 8, 45)
    assert next_free(early, (), at(WEDNESDAY, 8, 46)) == at(WEDNESDAY, 9)
    assert next_free(early, (), at(WEDNESDAY, 9, 1)) == at(date(2026, 7, 8), 8, 45)


def test_a_short_gap_is_no_room_for_a_session() -> None:
    gaps = [booked(WEDNESDAY, 10, 12), booked(WEDNESDAY, 15, 17)]
    assert not is_free(mediator(), gaps, WEDNESDAY)
    assert is_free(mediator(), gaps[:1], WEDNESDAY)
    assert next_free(mediator(), gaps, at(WEDNESDAY, 8), 60) == at(WEDNESDAY, 9)


@given(
    st.lists(st.tuples(st.integers(0, 12 * 24 * 4), st.integers(1, 40)), max_size=12),
    st.integers(0, 8 * 24 * 60),
)
def test_the_time_offered_is_never_taken(rows: list[tuple[int, int]], late: int) -> None:
    begin = at(WEDNESDAY, 0)
    quarter = timedelta(minutes=15)
    taken = [
        Booking(
            pool_no="M01",
            starts=begin + first * quarter,
            ends=begin + (first + length) * quarter,
            purpose=Purpose.SESSION,
        )
        for first, length in rows
    ]
    after = begin + timedelta(minutes=late)
    found = next_free(mediator(), taken, after)
    assert found is not None
    ends = found + timedelta(minutes=120)
    assert found >= after
    assert all(booking.ends <= found or ends <= booking.starts for booking in taken)
    hours = (found.time().replace(tzinfo=None), ends.time().replace(tzinfo=None))
    assert any(first <= hours[0] and hours[1] <= last for first, last in (MORNING, AFTERNOON))
