"""A database of the first release gets the full pool: nothing is lost, and what the new tables say is worked out."""

from __future__ import annotations

import dataclasses
from datetime import UTC, datetime, time
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, select, text

from db.migrate import HEAD, alembic_config, check_version, upgrade
from db.tables.bookings import booking_overrides, bookings
from db.tables.choosing import bars
from db.tables.pool import encounters
from db.unit_of_work import Storage
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.mediator import Standing
from mediation_desk.experts.model import Role
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.errors import ConflictError
from tests.persistence import test_earlier as met
from tests.persistence.pool_material import DAY, appointed, card, case, ended, mediator, planned
from tests.persistence.test_takings import everybody

TEAM = (appointed(card("M01")), appointed(card("M02", "孙顺"), Role.ASSISTING))
HELD = dataclasses.replace(planned(1), result=SessionResult.TO_CONTINUE)
KEPT = (bookings, bars, encounters)


def back_to_the_first_release(storage: Storage) -> None:
    with storage.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "m0001")


def rows(engine: Engine) -> dict[str, set[str]]:
    """What the new tables hold, without numbers that say nothing but the order of writing."""
    with engine.connect() as connection:
        return {
            table.name: {
                str([value for name, value in row.items() if name not in ("id", "line")])
                for row in connection.execute(select(table)).mappings()
            }
            for table in KEPT
        }


def add(storage: Storage, *files: CaseFile) -> None:
    with storage.write() as work:
        for file in files:
            work.cases.add(file)


def test_what_the_step_works_out_is_what_saving_writes(storage: Storage, tmp_path: Path) -> None:
    with storage.write() as work:
        work.pool.add(
            [
                mediator("M01", "钱和", id_no=met.OWN, phone=met.PHONE),
                mediator("M02", "孙顺"),
                mediator("M03", "李平"),
            ]
        )
    add(
        storage,
        case("K1", mediators=TEAM, sessions=(HELD, planned(2, start=time(14)))),
        case("K2", mediators=TEAM[:1], sessions=(planned(1, end=time(10, 15)), planned(2, start=time(19)))),
        ended(case("K3", mediators=[appointed(card("M03", "李平"))], sessions=(planned(),))),
        everybody(start=time(6)),
        *(
            dataclasses.replace(file, case_key=f"OLD{number}", mediators=())
            for number, (file, _) in enumerate(met.CASES.values())
        ),
    )
    written = rows(storage.engine)
    assert {name: len(found) for name, found in written.items()} == {
        "bookings": 19,
        "bars": 5,
        "encounters": 11,
    }

    back_to_the_first_release(storage)
    upgrade(storage.engine, tmp_path / "backups")

    assert check_version(storage.engine) == HEAD
    assert rows(storage.engine) == written


def test_records_and_cases_are_kept(storage: Storage, tmp_path: Path) -> None:
    here, gone = mediator("M01", "钱和", id_no=met.OWN), mediator("M02", "孙顺")
    file = case("K1", mediators=TEAM, sessions=(planned(),))
    with storage.write() as work:
        work.pool.add([here, gone])
        kept = work.cases.add(file)
    back_to_the_first_release(storage)
    with storage.engine.begin() as connection:
        connection.execute(text("UPDATE mediators SET active = FALSE, version = 7 WHERE pool_no = 'M02'"))
    upgrade(storage.engine, tmp_path / "backups")

    with storage.write() as work:
        assert work.pool.mediators() == (
            dataclasses.replace(here, version=1, tracks=()),
            dataclasses.replace(gone, version=7, tracks=(), standing=Standing.LEFT),
        )
        assert work.cases.find("K1") == kept
        first = work.pool.mediators()[0]
        assert work.pool.save(first, dataclasses.replace(first, major="法学")).version == 2


def test_sessions_that_overlap_already_are_let_through_and_nothing_else(
    storage: Storage, tmp_path: Path
) -> None:
    with storage.write() as work:
        work.pool.add([mediator("M01"), mediator("M02", "孙顺")])
        first = work.cases.add(case("K1", mediators=TEAM, sessions=(planned(),)))
        second = work.cases.add(case("K2", mediators=TEAM[:1]))
        work.bookings.override("K2", 1, "急", account="clerk", at=datetime(2026, 7, 1, tzinfo=UTC))
        second = work.cases.save(
            second,
            dataclasses.replace(second, sessions=(planned(start=time(10)), planned(2, start=time(15)))),
        )
    back_to_the_first_release(storage)
    upgrade(storage.engine, tmp_path / "backups")

    with storage.write() as work:
        found = work.connection.execute(
            select(bookings).order_by(bookings.c.starts, bookings.c.id)
        ).mappings()
        assert [(row["session_no"], row["override"]) for row in found] == [
            *[(1, "")] * 4,  # two mediators, two parties
            *[(1, "升级前已排定")] * 3,
            *[(2, "")] * 3,
        ]
        noted = work.connection.execute(select(booking_overrides)).mappings().one()
        assert (noted["account"], noted["reason"]) == ("upgrade", "升级前已排定")
        work.cases.save(first, dataclasses.replace(first, facts="补充。"))
        second = work.cases.save(second, dataclasses.replace(second, facts="补充。"))
    with pytest.raises(ConflictError), storage.write() as work:
        work.cases.save(second, dataclasses.replace(second, sessions=(planned(day=DAY, start=time(8)),)))


def test_rooms_and_parties_taken_twice_before_they_were_guarded_are_let_through(
    storage: Storage, tmp_path: Path
) -> None:
    """The release before knew mediators only; what it let overlap must neither stop the upgrade nor later saves."""
    with storage.write() as work:
        for number, begins in ((1, time(6)), (2, time(7)), (3, time(12))):
            key, one = f"K{number}", appointed(card(f"M0{number}"))
            file = everybody(start=begins, mediators=[one])
            work.cases.add(dataclasses.replace(file, case_key=key, sessions=()))
            work.bookings.override(key, 1, "", account="clerk", at=datetime(2026, 7, 1, tzinfo=UTC))
            stored = work.cases.find(key)
            assert stored is not None
            work.cases.save(stored, dataclasses.replace(stored, sessions=file.sessions))
        work.pool.learn([card(f"M0{number}") for number in (1, 2, 3)])
    with storage.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "m0008")
        connection.execute(text("UPDATE bookings SET overridden = FALSE"))
        connection.execute(text("DELETE FROM booking_overrides"))
    upgrade(storage.engine, tmp_path / "backups")

    with storage.write() as work:
        found = work.bookings.takings(datetime(2026, 7, 1, tzinfo=UTC), datetime(2026, 8, 1, tzinfo=UTC))
        assert {(one.case_key, one.override) for one in found} == {
            ("K1", ""),
            ("K2", "升级前已排定"),
            ("K3", ""),
        }
        stored = work.cases.find("K2")
        assert stored is not None
        work.cases.save(stored, dataclasses.replace(stored, facts="补充。"))
