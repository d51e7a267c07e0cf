"""What is wrong with a session of the calendar, in words: two in one room, one person in two places, on leave.

The database refuses a second booking; what overlaps all the same was let through, or came in with a file.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator

from mediation_desk.cases.calendar.model import SessionLine, Staff
from mediation_desk.cases.calendar.rooms import CalendarRoom, room_of

Notes = dict[tuple[str, int], tuple[str, ...]]


def notes_of(lines: Iterable[SessionLine], staff: Iterable[Staff], rooms: Collection[CalendarRoom]) -> Notes:
    """Sentences by session; a session nothing is said of is not in it."""
    away = {(one.date, person.pool_no): person for one in staff for person in one.on_leave}
    days: dict[object, list[SessionLine]] = {}
    for line in lines:
        days.setdefault(line.date, []).append(line)
    found: Notes = {}
    for of_day in days.values():
        for line in of_day:
            told = [*_overlaps(line, of_day, rooms)]
            if not line.held:
                told += [
                    f"{name}这天请假" for pool_no, name in line.mediators if (line.date, pool_no) in away
                ]
            if line.override:
                told.append(f"仍按此安排：{line.override}")
            if told:
                found[line.key] = tuple(told)
    return found


def _overlaps(line: SessionLine, of_day: list[SessionLine], rooms: Collection[CalendarRoom]) -> Iterator[str]:
    room, mine = room_of(line, rooms), dict(line.mediators)
    for other in of_day:
        if other.key == line.key or not line.overlaps(other):
            continue
        if room and room_of(other, rooms) == room:
            yield f"同一时间同一间调解室：{other.name}"
        both = [name for pool_no, name in other.mediators if pool_no in mine]
        if both:
            yield f"{'、'.join(both)}同时还有：{other.name}"
