"""Nobody is booked twice: the database refuses it on every path, and everything that takes time is in it."""

from __future__ import annotations

import dataclasses
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from db.bulk import BulkCases
from db.errors import translate
from db.tables.bookings import NO_OVERLAP, TRIGGERS, booking_overrides, bookings
from db.tables.pool import mediators
from db.unit_of_work import Storage
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.booking import Booking, Purpose
from mediation_desk.experts.mediator import Leave, Mediator
from mediation_desk.experts.model import Role
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.clock import local_moment
from mediation_desk.shared.errors import ConflictError
from tests.persistence.pool_material import BODY, DAY, PARTIES, appointed, card, ended, mediator, planned
from tests.persistence.pool_material import case as any_case

COUNTERS = 8
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
TEAM = (appointed(card("M01")), appointed(card("M02", "孙顺"), Role.ASSISTING))


@pytest.fixture
def desk(storage: Storage) -> Storage:
    """A storage with three mediators."""
    with storage.write() as work:
        work.pool.add([mediator("M01"), mediator("M02", "孙顺"), mediator("M03", "李平")])
    return storage


def case(key: str = "K1", **known: Any) -> CaseFile:
    """A case of people who are in no other case, so that only what a test names is in the way."""
    own = tuple(dataclasses.replace(party, id_no=f"{key}-{party.ref}") for party in PARTIES)
    return any_case(key, **{"parties": own} | known)


def add(storage: Storage, file: CaseFile) -> CaseFile:
    with storage.write() as work:
        return work.cases.add(file)


def save(storage: Storage, before: CaseFile, **changes: object) -> CaseFile:
    with storage.write() as work:
        return work.cases.save(before, dataclasses.replace(before, **changes))  # type: ignore[arg-type]  # by name


def booked(storage: Storage) -> list[tuple[str, datetime, datetime]]:
    with storage.read() as work:
        return [(one.pool_no, one.starts, one.ends) for one in work.bookings.between(*ALWAYS)]


def leave(storage: Storage, *leaves: Leave, pool_no: str = "M01") -> Mediator:
    with storage.write() as work:
        before = work.pool.mediator(pool_no)
        assert before is not None
        return work.pool.save(before, dataclasses.replace(before, leaves=leaves))


def at(hour: int, minute: int = 0, day: date = DAY) -> datetime:
    return local_moment(day, time(hour, minute))


class TestWhatTakesTime:
    """Planned sessions of open cases, and leave."""

    def test_a_planned_session_takes_the_time_of_every_mediator(self, desk: Storage) -> None:
        add(desk, case(mediators=TEAM, sessions=(planned(end=time(10, 30)),)))

        with desk.read() as work:
            found = work.bookings.between(*ALWAYS)
        assert found == tuple(
            Booking(
                pool_no=pool_no,
                starts=at(9),
                ends=at(10, 30),
                purpose=Purpose.SESSION,
                case_key="K1",
                session_no=1,
            )
            for pool_no in ("M01", "M02")
        )

    def test_without_an_end_it_takes_the_usual_length(self, desk: Storage) -> None:
        add(desk, case(mediators=TEAM[:1], sessions=(planned(),)))
        assert booked(desk) == [("M01", at(9), at(11))]

    def test_moving_a_session_frees_the_time(self, desk: Storage) -> None:
        file = add(desk, case(mediators=TEAM[:1], sessions=(planned(),)))
        file = save(desk, file, sessions=(planned(start=time(15)),))
        assert booked(desk) == [("M01", at(15), at(17))]
        add(desk, case("K2", mediators=TEAM[:1], sessions=(planned(),)))

    def test_cancelling_and_holding_a_session_free_the_time(self, desk: Storage) -> None:
        file = add(desk, case(mediators=TEAM[:1], sessions=(planned(1), planned(2, start=time(14)))))
        held = dataclasses.replace(planned(1), result=SessionResult.TO_CONTINUE)
        file = save(desk, file, sessions=(held, planned(2, start=time(14))))
        assert booked(desk) == [("M01", at(14), at(16))]
        save(desk, file, sessions=(held,))
        assert booked(desk) == []

    def test_another_mediator_takes_the_time_over(self, desk: Storage) -> None:
        file = add(desk, case(mediators=TEAM, sessions=(planned(),)))
        save(desk, file, mediators=(TEAM[0], appointed(card("M03", "李平"), Role.ASSISTING)))
        assert [pool_no for pool_no, _, _ in booked(desk)] == ["M01", "M03"]

    def test_a_closed_case_keeps_no_time(self, desk: Storage) -> None:
        file = add(desk, case(mediators=TEAM, sessions=(planned(),)))
        with desk.write() as work:
            work.cases.save(file, ended(file))
        assert booked(desk) == []

    def test_leave_takes_whole_local_days_and_gives_them_back(self, desk: Storage) -> None:
        leave(desk, Leave(from_on=date(2026, 7, 6), to=date(2026, 7, 8)))
        assert booked(desk) == [("M01", local_moment(date(2026, 7, 6)), local_moment(date(2026, 7, 9)))]
        leave(desk)
        assert booked(desk) == []

    def test_a_mediator_who_is_not_in_the_pool_is_booked_as_well_and_stays_so(self, desk: Storage) -> None:
        new = [appointed(card("M09", "新人"))]
        add(desk, case("K1", mediators=new, sessions=(planned(),)))
        with desk.write() as work:
            work.pool.learn([card("M09", "新人")])
        assert booked(desk) == [("M09", at(9), at(11))]
        with pytest.raises(ConflictError, match="新人"):
            add(desk, case("K2", mediators=new, sessions=(planned(start=time(10)),)))

    def test_between_gives_what_touches_the_time_and_only_whom_one_asks_for(self, desk: Storage) -> None:
        add(desk, case(mediators=TEAM, sessions=(planned(),)))
        with desk.read() as work:
            assert len(work.bookings.between(at(10), at(12))) == 2
            assert work.bookings.between(at(11), at(12)) == ()
            assert work.bookings.between(at(8), at(9)) == ()
            assert [one.pool_no for one in work.bookings.between(*ALWAYS, ["M02", "M99"])] == ["M02"]
            assert work.bookings.between(*ALWAYS, []) == ()


class TestRefusals:
    """Who is told what when time is taken already."""

    def test_the_sentence_names_mediator_time_and_case_number_and_no_party(self, desk: Storage) -> None:
        add(desk, case("K1", mediators=TEAM, sessions=(planned(),), number="试人调〔2026〕5号"))
        with pytest.raises(ConflictError) as refused:
            add(desk, case("K2", mediators=TEAM[1:], sessions=(planned(start=time(10), end=time(12)),)))

        said = str(refused.value)
        assert "孙顺" in said
        assert "2026年7月6日09:00至11:00" in said
        assert "试人调〔2026〕5号" in said
        assert not any(word in said for word in ("甄有理", "贾讲理", "相邻排水"))
        with desk.read() as work:
            assert work.cases.find("K2") is None

    def test_a_case_without_number_is_another_case(self, desk: Storage) -> None:
        add(desk, case("K1", mediators=TEAM, sessions=(planned(),)))
        with pytest.raises(ConflictError, match="另一案件") as refused:
            add(desk, case("K2", mediators=TEAM, sessions=(planned(),)))
        assert "K1" not in str(refused.value)

    def test_two_sessions_of_one_case_may_not_overlap_either(self, desk: Storage) -> None:
        with pytest.raises(ConflictError, match="本案第1次调解会"):
            add(desk, case(mediators=TEAM, sessions=(planned(1), planned(2, start=time(10)))))

    def test_one_may_follow_right_after_the_other(self, desk: Storage) -> None:
        add(desk, case("K1", mediators=TEAM, sessions=(planned(),)))
        add(desk, case("K2", mediators=TEAM, sessions=(planned(start=time(11)),)))
        assert len(booked(desk)) == 4

    def test_leave_over_a_session_is_refused_unless_a_reason_is_given(self, desk: Storage) -> None:
        add(desk, case(mediators=TEAM, sessions=(planned(),), number="5号"))
        sick = Leave(from_on=DAY, to=DAY + timedelta(days=2), reason="病假")
        with pytest.raises(ConflictError, match=r"钱和.*2026年7月6日09:00至11:00.*5号"):
            leave(desk, sick)
        with desk.read() as work:
            kept = work.pool.mediator("M01")
        assert kept is not None
        assert kept.leaves == (), "nothing of the refused save is stored"

        leave(desk, dataclasses.replace(sick, override="案件改由孙顺主持"))
        with desk.read() as work:
            [reason] = [o.override for o in work.bookings.between(*ALWAYS) if o.purpose is Purpose.LEAVE]
        assert reason == "案件改由孙顺主持"

    def test_a_session_in_leave_is_refused(self, desk: Storage) -> None:
        leave(desk, Leave(from_on=DAY, to=DAY))
        with pytest.raises(ConflictError, match="钱和在2026年7月6日至2026年7月6日已登记请假"):
            add(desk, case(mediators=TEAM, sessions=(planned(),)))

    def test_leave_with_a_reason_still_keeps_new_sessions_out(self, desk: Storage) -> None:
        add(desk, case("K1", mediators=TEAM[:1], sessions=(planned(),)))
        leave(desk, Leave(from_on=DAY, to=DAY, override="下午病假"))
        with pytest.raises(ConflictError, match="已登记请假"):
            add(desk, case("K2", mediators=TEAM[:1], sessions=(planned(start=time(15)),)))


class TestOverride:
    """A reason lets one session overlap, is kept, and does not go on to other times."""

    REASON = "当事人当天离境"

    @pytest.fixture
    def file(self, desk: Storage) -> CaseFile:
        add(desk, case("K1", mediators=TEAM[:1], sessions=(planned(),)))
        return add(desk, case("K2", mediators=TEAM[:1]))

    def overridden(self, desk: Storage, file: CaseFile, *sessions: object) -> CaseFile:
        with desk.write() as work:
            work.bookings.override("K2", 1, self.REASON, account="clerk", at=NOW)
            return work.cases.save(file, dataclasses.replace(file, sessions=sessions))  # type: ignore[arg-type]

    def test_a_session_with_a_reason_overlaps(self, desk: Storage, file: CaseFile) -> None:
        self.overridden(desk, file, planned(start=time(10)))

        with desk.read() as work:
            found = [(one.case_key, one.override) for one in work.bookings.between(*ALWAYS)]
            noted = work.connection.execute(select(booking_overrides)).mappings().one()
        assert found == [("K1", ""), ("K2", self.REASON)]
        assert (noted["reason"], noted["account"], noted["at"]) == (self.REASON, "clerk", NOW)

    def test_saving_something_else_later_leaves_it_alone(self, desk: Storage, file: CaseFile) -> None:
        file = self.overridden(desk, file, planned(start=time(10)))
        save(desk, file, facts="补充事实。")
        assert len(booked(desk)) == 2

    def test_the_reason_does_not_go_along_to_another_time(self, desk: Storage, file: CaseFile) -> None:
        file = self.overridden(desk, file, planned(start=time(10)))
        add(desk, case("K3", mediators=TEAM[:1], sessions=(planned(start=time(15)),)))
        with pytest.raises(ConflictError):
            save(desk, file, sessions=(planned(start=time(16)),))
        save(desk, file, sessions=(planned(start=time(18)),))
        with desk.read() as work:
            [moved] = [one for one in work.bookings.between(*ALWAYS) if one.case_key == "K2"]
        assert moved.override == ""

    def test_nor_to_another_session(self, desk: Storage, file: CaseFile) -> None:
        with pytest.raises(ConflictError):
            self.overridden(desk, file, planned(1, start=time(10)), planned(2, start=time(9)))

    def test_a_refused_save_forgets_the_reason(self, desk: Storage, file: CaseFile) -> None:
        with pytest.raises(ConflictError):
            self.overridden(desk, file, planned(1, start=time(10)), planned(2, start=time(9)))
        with pytest.raises(ConflictError):
            save(desk, file, sessions=(planned(1, start=time(10)),))


class TestTheDatabaseItself:
    """Whatever writes, and however: no two bookings of one room or person overlap."""

    def row(self, taken: str = "staff:M01", hour: int = 9, *, overridden: bool = False) -> dict[str, object]:
        return {
            "taken": taken,
            "starts": at(hour),
            "ends": at(hour + 2),
            "purpose": Purpose.LEAVE,
            "override": "",
            "overridden": overridden,
        }

    def put(self, engine: Engine, **row: object) -> None:
        with engine.begin() as connection:
            connection.execute(insert(bookings).values(self.row() | row))

    def count(self, engine: Engine) -> int:
        with engine.connect() as connection:
            return len(connection.execute(select(bookings.c.id)).all())

    def test_a_bare_insert_is_refused_and_named(self, desk: Storage) -> None:
        self.put(desk.engine)
        with pytest.raises(DBAPIError) as refused:
            self.put(desk.engine, starts=at(10), ends=at(12))
        found = translate(refused.value)
        assert isinstance(found, ConflictError)
        assert "占用" in str(found)

    @pytest.mark.parametrize(
        ("row", "let_in"),
        [
            ({"starts": at(11), "ends": at(12)}, True),
            ({"starts": at(8), "ends": at(9)}, True),
            ({"taken": "staff:M02"}, True),
            ({"overridden": True}, True),
            ({"starts": at(8), "ends": at(9) + timedelta(seconds=1)}, False),
            ({"starts": at(10), "ends": at(10, 30)}, False),
            ({"starts": at(8), "ends": at(20)}, False),
            ({"starts": at(9), "ends": at(9)}, False),
            ({"starts": at(13), "ends": at(12)}, False),
        ],
    )
    def test_where_the_border_runs(self, desk: Storage, row: dict[str, object], let_in: bool) -> None:
        self.put(desk.engine)
        if let_in:
            self.put(desk.engine, **row)
        else:
            with pytest.raises(DBAPIError):
                self.put(desk.engine, **row)
        assert self.count(desk.engine) == 1 + let_in

    @pytest.mark.parametrize(
        "change",
        [
            "ends = (SELECT ends FROM bookings AS first WHERE first.id = 1)",
            "starts = (SELECT starts FROM bookings AS first WHERE first.id = 1)",
            "taken = 'staff:M01'",
            "overridden = FALSE",
        ],
    )
    def test_an_update_is_refused_as_an_insert_is(self, desk: Storage, change: str) -> None:
        self.put(desk.engine)
        second = {
            "taken = 'staff:M01'": self.row("staff:M02"),
            "overridden = FALSE": self.row(overridden=True),
            "ends": self.row(hour=6),
            "starts": self.row(hour=12),
        }
        row = next(row for start, row in second.items() if change.startswith(start))
        self.put(desk.engine, **row)
        with pytest.raises(DBAPIError), desk.engine.begin() as connection:
            connection.execute(text(f"UPDATE bookings SET {change} WHERE id = 2"))

    def test_an_update_in_place_is_no_overlap_with_itself(self, desk: Storage) -> None:
        self.put(desk.engine)
        with desk.engine.begin() as connection:
            connection.execute(bookings.update().values(ends=at(12)))
        assert self.count(desk.engine) == 1

    @pytest.mark.parametrize(("guarded", "let_in"), [(True, 1), (False, COUNTERS)])
    def test_looking_first_is_not_enough(self, desk: Storage, guarded: bool, let_in: int) -> None:
        """The control: every counter sees the hour free; without the constraint every one gets it."""
        engine = desk.engine
        if not guarded:
            unguard(engine)
        everybody_looked = threading.Barrier(COUNTERS)

        def look_and_take(_: int) -> bool:
            with engine.connect() as connection:
                free = not connection.execute(select(bookings.c.id)).all()
            everybody_looked.wait(30)
            try:
                self.put(engine)
            except DBAPIError:
                return False
            return free

        with ThreadPoolExecutor(COUNTERS) as counters:
            assert sum(counters.map(look_and_take, range(COUNTERS))) == let_in
        assert self.count(engine) == let_in


def unguard(engine: Engine) -> None:
    """Take the constraint away."""
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(text(f"ALTER TABLE bookings DROP CONSTRAINT {NO_OVERLAP}"))
        for trigger in TRIGGERS if engine.dialect.name == "sqlite" else ():
            connection.execute(text(f"DROP TRIGGER {trigger.split()[2]}"))


def test_eight_counters_book_one_mediator_for_one_hour_and_one_gets_it(
    desk: Storage, url: str, open_storage: Callable[[str], Storage]
) -> None:
    files = [add(desk, case(f"K{number}", mediators=TEAM)) for number in range(COUNTERS)]
    counters = [open_storage(url) for _ in files]
    go = threading.Barrier(COUNTERS)

    def book(number: int) -> str:
        go.wait(30)
        try:
            save(counters[number], files[number], sessions=(planned(),))
        except ConflictError as refused:
            return str(refused)
        return ""

    with ThreadPoolExecutor(COUNTERS) as pool:
        said = list(pool.map(book, range(COUNTERS)))

    assert said.count("") == 1
    assert all("2026年7月6日09:00至11:00" in sentence for sentence in said if sentence)
    assert len(booked(desk)) == len(TEAM)
    with desk.read() as work:
        assert work.connection.scalar(select(mediators.c.name).where(mediators.c.id == 1)) == "钱和"
        assert (
            sum(bool(file.sessions) for key in range(COUNTERS) if (file := work.cases.find(f"K{key}"))) == 1
        )


def test_written_in_bulk_a_clash_is_let_through_and_said(storage: Storage) -> None:
    """Days of synthetic cases are thrown with dice; a real one would have been refused."""
    cards = [card("M01"), card("M02", "孙顺")]
    bulk = BulkCases(storage)
    bulk.add_centre([BODY], cards)
    first = case("K1", mediators=TEAM, sessions=(planned(),))
    second = case("K2", mediators=TEAM[:1], sessions=(planned(1, start=time(10)), planned(2, start=time(15))))
    bulk.add_cases([first, second], {}, at=NOW)

    with storage.write() as work:
        found = [(one.case_key, one.session_no, one.override) for one in work.bookings.between(*ALWAYS)]
        assert found == [("K1", 1, ""), ("K1", 1, ""), ("K2", 1, "示范数据"), ("K2", 2, "")]
        noted = work.connection.execute(select(booking_overrides)).mappings().all()
        assert [(row["session_no"], row["reason"], row["account"]) for row in noted] == [
            (1, "示范数据", "practice")
        ]
        assert [one.pool_no for one in work.choosing.bars(["K1", "K2"])] == ["M01", "M02", "M01"]
        stored = work.cases.find("K2")
        assert stored is not None
        work.cases.save(stored, dataclasses.replace(stored, facts="补充。"))
