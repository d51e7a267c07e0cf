"""What a counter sees before it arranges a session: rooms of the day, the next time everybody is free, seats."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.arranging import ArrangingService, people_expected
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.arrangement import Room, RoomKind
from mediation_desk.shared import assets
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.errors import InputError
from tests.persistence.pool_material import DAY, PARTIES, appointed, card
from tests.persistence.test_takings import AGENT, GROUP, RECORDER, add, case

WORKDAY = DAY
"""Monday, 6 July 2026; office hours are 9:00 to 12:00 and 14:00 to 17:30 (rules/pool.toml)."""


def wanting(storage: Storage, **known: Any) -> CaseFile:
    """A case with nothing planned that wants a session."""
    return add(storage, replace(case("K9", **known), sessions=()))


def test_the_rooms_of_a_day_say_what_takes_them_and_which_is_ones_own(storage: Storage) -> None:
    other = case("K1", room="T1")
    add(storage, replace(other, intake=replace(other.intake, number="5号")))
    add(storage, case("K2", room="T2", start=time(14)))
    service = ArrangingService(storage)
    days = {one.room.code: one.uses for one in service.rooms(COUNTER, "K2", DAY)}
    assert len(days) == len(read_centre().rooms)
    [first], [second] = days["T1"], days["T2"]
    assert (first.starts, first.ends, first.number, first.own) == (time(9), time(11), "5号", False)
    assert (second.starts, second.own) == (time(14), True)
    assert days["T3"] == ()
    assert all(one.uses == () for one in service.rooms(COUNTER, "K2", date(2026, 7, 7)))


def test_the_next_time_is_free_of_room_mediator_recorder_and_parties(storage: Storage) -> None:
    team = [appointed(card("M01"))]
    add(storage, case("K1", room="T1", start=time(9)))
    add(storage, case("K2", mediators=team, start=time(14)))
    file = wanting(storage, mediators=team)
    service = ArrangingService(storage)
    monday = local_moment(DAY, time(8))
    assert service.next_free(COUNTER, file.case_key, "T1", monday) == local_moment(date(2026, 7, 7), time(9))
    assert service.next_free(COUNTER, file.case_key, "T1", monday, 60) == local_moment(DAY, time(11))
    assert service.next_free(COUNTER, file.case_key, "", monday) == local_moment(DAY, time(9))


def test_a_session_is_not_in_its_own_way(storage: Storage) -> None:
    file = add(storage, case("K1", room="T1", start=time(9)))
    service = ArrangingService(storage)
    at_nine = local_moment(DAY, time(9))
    assert service.next_free(COUNTER, file.case_key, "T1", at_nine, no=1) == at_nine
    assert service.next_free(COUNTER, file.case_key, "T1", at_nine) != at_nine


def test_no_time_is_offered_on_a_rest_day_or_beyond_the_days_looked_ahead(storage: Storage) -> None:
    file = wanting(storage)
    service = ArrangingService(storage)
    saturday = datetime(2026, 7, 4, 0, 0, tzinfo=UTC)
    found = service.next_free(COUNTER, file.case_key, "T1", saturday)
    assert found is not None
    assert found.date() == DAY
    assert service.next_free(COUNTER, file.case_key, "T1", saturday, minutes=600) is None


def test_who_must_find_a_seat_is_counted_a_group_by_its_representatives() -> None:
    parties = (replace(GROUP, representatives=("A2-01", "A2-02")), replace(PARTIES[1], agents=(AGENT,)))
    file = case("K1", parties=parties, recorder=RECORDER)
    assert people_expected(file, guests=1) == 1 + 1 + 2 + 2 + 1


def test_rooms_are_read_from_the_rules_and_a_name_alone_is_a_room(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shipped = read_centre()
    assert {room.kind for room in shipped.rooms} >= set(RoomKind) - {RoomKind.OTHER}
    text = assets.read_text("rules/centre.toml")
    head = text[: text.index("[[room]]")]
    own = tmp_path / "centre.toml"

    def read(rooms: str) -> tuple[Room, ...]:
        own.write_text(f"{head}\n{rooms}", "utf-8")
        assets.use_rules_in(tmp_path)
        return read_centre().rooms

    monkeypatch.setattr(assets, "_own_rules", None)
    try:
        assert read('[[room]]\nname = "小会议室"\n') == (Room(code="小会议室", name="小会议室"),)
        assert read("") == ()
        with pytest.raises(InputError, match="centre"):
            read('[[room]]\nname = "甲"\ncode = "A"\n[[room]]\nname = "乙"\ncode = "A"\n')
        with pytest.raises(InputError, match="centre"):
            read('[[room]]\nname = "甲"\nkind = "茶室"\n')
    finally:
        own.unlink()
        assets.use_rules_in(tmp_path)
    assert read_centre() == shipped
