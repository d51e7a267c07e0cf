"""Rooms, recorders, parties and agents are in one place at a time, on every path; what is told of it, and to whom."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text

from db.bulk import BulkCases
from db.tables.bookings import booking_overrides
from db.unit_of_work import Storage
from mediation_desk.cases.beside import Beside, Binned
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.taking import Kind, key_of, room_key, staff_key
from mediation_desk.experts.booking import Taking
from mediation_desk.experts.model import Recorder
from mediation_desk.hearings.arrangement import Arrangement
from mediation_desk.hearings.model import Session
from mediation_desk.parties.model import (
    Agent,
    Gender,
    GroupMember,
    Guardian,
    Operator,
    Party,
    PartyKind,
    Side,
)
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.errors import BookedError, ConflictError
from tests.persistence.pool_material import BODY, DAY, PARTIES, appointed, card, person, planned
from tests.persistence.pool_material import case as any_case

ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
ROOM = read_centre().rooms[0]
RECORDER = Recorder(pool_no="R01", name="何笔录", organisation=BODY.name)
BORN = date(1970, 2, 28)
AGENT = Agent(name="代言", gender=Gender.MALE, phone="139-0000 0001", poa_on=date(2026, 6, 29))
GUARDIAN = Guardian(
    name="监护", gender=Gender.FEMALE, relation="母亲", birth_date=BORN, id_no="11010119700228001x", phone="",
    consent_on=date(2026, 6, 29), statutory_agent=True,
)  # fmt: skip
OWNER = Operator(name="店主", gender=Gender.MALE, birth_date=BORN, id_no="OWNER", phone="")
SHOP = Party(ref="B2", side=Side.RESPONDENT, kind=PartyKind.SOLE_TRADER, name="小店", operator=OWNER)
GROUP = Party(
    ref="A2", side=Side.APPLICANT, kind=PartyKind.GROUP, name="二户", headcount=2, representatives=("A2-01",)
)
MEMBERS = tuple(
    GroupMember(ref=f"A2-0{no}", name=f"户{no}", gender=Gender.MALE, birth_date=BORN, id_no=f"HOUSE{no}", phone="",
                gross=Decimal("1.00"))
    for no in (1, 2)
)  # fmt: skip
COMPANY = Party(
    ref="B3", side=Side.RESPONDENT, kind=PartyKind.COMPANY, name="公司", uscc="91110000000000000X"
)


def case(key: str = "K1", *, start: time = time(9), room: str = "", **known: Any) -> CaseFile:
    """A case with one planned session, of people who are in no other case."""
    own = tuple(dataclasses.replace(party, id_no=f"{key}-{party.ref}") for party in PARTIES)
    one = dataclasses.replace(planned(start=start), place=ROOM.name if room else "别处")
    kept = Beside(arrangements=(Arrangement(session_no=1, room=room),)) if room else Beside()
    more: dict[str, Any] = {
        "parties": own, "sessions": (one,), "beside": kept, "mediators": [appointed(card(f"M{key}"))],
    }  # fmt: skip
    return any_case(key, **more | known)


def everybody(**known: Any) -> CaseFile:
    """A case in which everything is taken that can be."""
    a1, b1 = PARTIES
    parties = (
        dataclasses.replace(a1, guardian=GUARDIAN, agents=(AGENT,)),
        dataclasses.replace(GROUP, agents=(AGENT,)),
        b1,
        SHOP,
        COMPANY,
    )
    return case("ALL", parties=parties, group_members=MEMBERS, recorder=RECORDER, room=ROOM.code, **known)


def add(storage: Storage, file: CaseFile) -> CaseFile:
    with storage.write() as work:
        return work.cases.add(file)


def save(storage: Storage, before: CaseFile, **changes: Any) -> CaseFile:
    with storage.write() as work:
        return work.cases.save(before, dataclasses.replace(before, **changes))


def takings(storage: Storage, *keys: str) -> tuple[Taking, ...]:
    with storage.read() as work:
        return work.bookings.takings(*ALWAYS, keys or None)


def test_a_session_takes_its_room_and_everybody_who_must_come_each_once(storage: Storage) -> None:
    add(storage, everybody())
    first, second = (party.id_no or "" for party in PARTIES)
    assert {one.taken for one in takings(storage)} == {
        room_key(ROOM.code),
        staff_key("MALL"),
        staff_key("R01"),
        *(key_of(Kind.PARTY, no) for no in (first, second, "11010119700228001X", "HOUSE1", "OWNER")),
        key_of(Kind.AGENT, "13900000001"),
    }


def test_only_people_of_the_pool_are_in_its_calendar(storage: Storage) -> None:
    add(storage, everybody())
    with storage.read() as work:
        assert [one.pool_no for one in work.bookings.between(*ALWAYS)] == ["MALL", "R01"]


def shared(**known: Any) -> Callable[[str], CaseFile]:
    """A case maker in which nothing is shared but what is given."""
    return lambda key: case(key, start=time(9) if key == "K1" else time(10), **known)


CLASHES: dict[str, tuple[Callable[[str], CaseFile], str]] = {
    "room": (shared(room=ROOM.code), ROOM.name),
    "recorder": (shared(recorder=RECORDER), "记录员何笔录"),
    "mediator": (shared(mediators=[appointed(card("M01"))]), "调解员钱和"),
    "party": (
        shared(parties=(person("A1", Side.APPLICANT, "甄有理", "SAME"), COMPANY)),
        "当事人甄有理",
    ),
    "guardian": (shared(parties=(dataclasses.replace(COMPANY, guardian=GUARDIAN),)), "监护人监护"),
    "operator": (shared(parties=(SHOP,)), "经营者店主"),
    "agent": (shared(parties=(dataclasses.replace(COMPANY, agents=(AGENT,)),)), "代理人代言"),
}


@pytest.mark.parametrize("what", CLASHES)
def test_a_second_taking_is_refused_with_name_and_time(storage: Storage, what: str) -> None:
    made, name = CLASHES[what]
    first = dataclasses.replace(made("K1").intake, number="试人调〔2026〕5号")
    add(storage, dataclasses.replace(made("K1"), intake=first))
    with pytest.raises(BookedError) as refused:
        add(storage, made("K2"))
    said = str(refused.value)
    assert said.startswith(f"{name}在2026年7月6日09:00至11:00已排有")
    assert "2026年7月6日10:00至12:00" in said
    private = what in ("party", "guardian", "operator", "agent")
    assert ("试人调〔2026〕5号" in said) == (not private)
    assert ("已排有另一调解会" in said) == private
    assert "K1" not in said
    with storage.read() as work:
        assert work.cases.find("K2") is None


def test_companies_and_people_without_a_number_are_in_nobodys_way(storage: Storage) -> None:
    nameless = dataclasses.replace(PARTIES[0], id_no=None, id_type=None)
    for key in ("K1", "K2"):
        add(storage, case(key, parties=(nameless, COMPANY)))
    assert {one.taken for one in takings(storage)} == {staff_key("MK1"), staff_key("MK2")}


def test_one_session_may_follow_the_other_in_a_room_and_the_planned_end_counts(storage: Storage) -> None:
    kept = Beside(arrangements=(Arrangement(session_no=1, room=ROOM.code, until=time(9, 40)),))
    add(storage, case("K1", beside=kept))
    add(storage, case("K2", room=ROOM.code, start=time(9, 40)))
    [first, second] = takings(storage, room_key(ROOM.code))
    assert (first.ends, second.starts) == (local_moment(DAY, time(9, 40)), local_moment(DAY, time(9, 40)))


def test_an_adjourned_session_frees_the_rest_of_its_time(storage: Storage) -> None:
    file = add(storage, case("K1", room=ROOM.code))
    stopped = Arrangement(session_no=1, room=ROOM.code, until=time(12), adjourned_at=time(9, 30))
    save(storage, file, beside=Beside(arrangements=(stopped,)))
    add(storage, case("K2", room=ROOM.code, start=time(9, 30)))


def test_a_file_from_elsewhere_names_the_room_in_its_place_only(storage: Storage) -> None:
    """Import, and sessions planned before rooms had codes."""
    here: Session = dataclasses.replace(planned(), place=ROOM.name)
    add(storage, case("K1", sessions=(here,)))
    with pytest.raises(BookedError, match=ROOM.name):
        add(storage, case("K2", room=ROOM.code, start=time(10)))


def test_back_from_the_bin_the_room_is_asked_for_again(storage: Storage) -> None:
    file = add(storage, case("K1", room=ROOM.code))
    binned = Binned(on=DAY, by="某", reason="重复")
    away = save(storage, file, beside=dataclasses.replace(file.beside, binned=binned))
    assert takings(storage) == ()
    add(storage, case("K2", room=ROOM.code))
    with pytest.raises(BookedError, match=ROOM.name):
        save(storage, away, beside=file.beside)


def test_a_correction_that_shows_a_party_to_be_somebody_elsewhere_is_refused(storage: Storage) -> None:
    same = person("A1", Side.APPLICANT, "甄有理", "SAME")
    add(storage, case("K1", parties=(same, COMPANY)))
    other = add(storage, case("K2", parties=(dataclasses.replace(same, id_no="OTHER"), COMPANY)))
    with pytest.raises(BookedError, match="当事人甄有理"):
        save(storage, other, parties=(same, COMPANY))
    with storage.read() as work:
        assert work.cases.find("K2") == other, "nothing was stored by halves"


def test_a_reason_counts_for_the_whole_session_and_goes_with_its_time(storage: Storage) -> None:
    """Sessions behind a cancelled one move up; the reason must not stay behind with the number."""
    add(storage, case("K1", room=ROOM.code, start=time(14), recorder=RECORDER))
    early = planned(1, start=time(8))
    late = dataclasses.replace(planned(2, start=time(15)), place=ROOM.name)
    file = add(storage, case("K2", sessions=(early,), recorder=RECORDER))
    with storage.write() as work:
        work.bookings.override("K2", 2, "当事人只有这天有空", account="clerk", at=NOW)
        file = work.cases.save(file, dataclasses.replace(file, sessions=(early, late)))
    file = save(storage, file, sessions=(dataclasses.replace(late, no=1),))
    own = [one for one in takings(storage) if one.case_key == "K2"]
    assert {(one.session_no, one.override) for one in own} == {(1, "当事人只有这天有空")}
    assert len(own) == 5, "room, mediator, recorder and two parties"
    with pytest.raises(BookedError):
        save(storage, file, sessions=(dataclasses.replace(late, no=1, start=time(15, 30)),))


def test_written_in_bulk_a_clash_of_rooms_is_let_through_as_a_whole_and_said(storage: Storage) -> None:
    bulk = BulkCases(storage)
    bulk.add_centre([BODY], [card("MK1"), card("MK2")])
    bulk.add_cases([case("K1", room=ROOM.code), case("K2", room=ROOM.code, start=time(10))], {}, at=NOW)
    found = {(one.case_key, one.override) for one in takings(storage)}
    assert found == {("K1", ""), ("K2", "示范数据")}
    with storage.read() as work:
        assert len(work.connection.execute(select(booking_overrides)).all()) == 1


@pytest.mark.parametrize("what", ["room", "party"])
def test_six_counters_take_one_room_or_party_for_one_hour_and_one_gets_it(
    storage: Storage, url: str, open_storage: Callable[[str], Storage], what: str
) -> None:
    made = {
        "room": shared(room=ROOM.code),
        "party": shared(parties=(person("A1", Side.APPLICANT, "甄有理", "SAME"), COMPANY)),
    }[what]
    whole = [made(f"K{number}") for number in range(6)]
    files = [add(storage, dataclasses.replace(file, sessions=(), beside=Beside())) for file in whole]
    counters = [open_storage(url) for _ in files]
    go = threading.Barrier(len(files))

    def book(number: int) -> str:
        go.wait(30)
        try:
            save(
                counters[number], files[number], sessions=whole[number].sessions, beside=whole[number].beside
            )
        except ConflictError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(len(files)) as pool:
        said = list(pool.map(book, range(len(files))))
    assert said.count("") == 1
    assert all("2026年7月6日" in sentence for sentence in said if sentence)


def test_two_counters_that_take_the_same_people_the_other_way_round_do_not_wait_for_ever(
    storage: Storage, url: str, open_storage: Callable[[str], Storage]
) -> None:
    """Each has what the other wants next; without an order among them the server would have to break one off."""
    team = [appointed(card(f"M{no}")) for no in range(1, 5)]
    first = add(storage, case("K1", mediators=team, sessions=()))
    second = add(storage, case("K2", mediators=team[::-1], sessions=()))
    counters = [open_storage(url), open_storage(url)]
    go = threading.Barrier(2)

    def book(number: int) -> str:
        file = (first, second)[number]
        go.wait(30)
        try:
            save(counters[number], file, sessions=(planned(),))
        except BookedError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(book, range(2)))
    assert said.count("") == 1


def test_what_is_taken_is_looked_up_by_index(storage: Storage) -> None:
    if storage.engine.dialect.name != "sqlite":
        pytest.skip("the plan of an empty PostgreSQL table says nothing")
    query = "EXPLAIN QUERY PLAN SELECT * FROM bookings WHERE taken IN ('a', 'b') AND ends > 1 AND starts < 2"
    with storage.engine.connect() as connection:
        plan = " ".join(row.detail for row in connection.execute(text(query)))
    assert "ix_bookings_taken_ends" in plan
    assert "SCAN" not in plan
