"""The chain holds, guards itself, is refused together with the act, and keeps its numbers without gaps."""

from __future__ import annotations

from datetime import timedelta
from random import Random

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.exc import DBAPIError

from db.tables.centre import audit
from db.tables.chain import audit_words
from db.unit_of_work import Storage
from mediation_desk.audit.findings import Tamper
from mediation_desk.audit.reading import MOST, EntryQuery
from mediation_desk.shared.errors import StorageError
from tests.persistence.chained import KEY, behind_its_back, checked, moment, write


@pytest.fixture
def sealed(storage: Storage) -> Storage:
    """Somebody is signed in."""
    storage.seal_audit(KEY)
    return storage


def count(storage: Storage) -> int:
    with storage.read() as work:
        return work.connection.scalar(select(func.count()).select_from(audit)) or 0


def test_a_chain_that_nobody_touched_holds(sealed: Storage) -> None:
    write(sealed, 40, at_once=3)
    report = checked(sealed)

    assert report.sound, report.findings
    assert (report.counts.entries, report.counts.keyed, report.counts.jumps) == (40, 40, 0)


def test_what_was_rolled_back_leaves_no_gap(sealed: Storage) -> None:
    write(sealed, 3)
    with pytest.raises(ZeroDivisionError), sealed.write() as work:
        work.audit.write(at=moment(3), account="clerk", action="case.受理")
        raise ZeroDivisionError
    write(sealed, 3, first=4)

    assert count(sealed) == 6
    assert checked(sealed).sound


def test_the_act_is_refused_where_its_entry_cannot_be_written(sealed: Storage) -> None:
    write(sealed, 2)
    with behind_its_back(sealed) as connection:
        connection.execute(text("DELETE FROM audit_head"))
    with pytest.raises(StorageError, match="操作没有进行"), sealed.write() as work:
        work.notes.put("act", 1)
        work.audit.write(at=moment(2), account="clerk", action="case.受理")

    with sealed.read() as work:
        assert work.notes.get("act") is None
    assert count(sealed) == 2


def test_a_unit_that_reads_cannot_pretend_to_audit(storage: Storage) -> None:
    with storage.read() as work, pytest.raises(AssertionError, match=r"case\.view"):
        work.audit.write(at=moment(0), account="clerk", action="case.view")


def test_before_a_sign_in_only_a_few_acts_can_be_written(sealed: Storage) -> None:
    write(sealed, 5)
    sealed.seal_audit(None)
    with sealed.write() as work:
        work.audit.write(at=moment(5), account="?", action="account.refused")
    with pytest.raises(StorageError, match="没有人登录"):
        write(sealed, 1, first=6)
    assert checked(sealed).sound
    assert checked(sealed).counts.loose == 1

    sealed.seal_audit(KEY)
    write(sealed, 1, first=7)
    report = checked(sealed)
    assert report.sound, report.findings
    assert (report.counts.bare, report.counts.loose) == (1, 0)


def test_a_centre_without_accounts_uses_the_open_key_and_says_so(storage: Storage) -> None:
    write(storage, 10)
    alone = checked(storage, key=None)
    assert alone.sound
    assert (alone.counts.open, alone.counts.keyed) == (10, 0)

    storage.seal_audit(KEY)
    write(storage, 5, first=10)
    report = checked(storage)
    assert report.sound, report.findings
    assert (report.counts.open, report.counts.keyed) == (10, 5)


def test_who_does_not_hold_the_key_is_told_what_stays_unproved(sealed: Storage) -> None:
    write(sealed, 10)
    report = checked(sealed, key=None)

    assert report.sound
    assert report.counts.unproved == 10


def test_another_key_proves_nothing(sealed: Storage) -> None:
    write(sealed, 10)

    assert not checked(sealed, key=bytes(32)).sound


def test_jumps_of_the_clock_are_on_record(sealed: Storage) -> None:
    write(sealed, 5)
    with sealed.write() as work:
        work.audit.write(at=moment(4) - timedelta(days=1), account="clerk", action="case.受理")
    with sealed.read() as work:
        jumps = list(work.connection.scalars(select(audit.c.clock).order_by(audit.c.seq)))

    assert jumps[-1] == -86_400
    assert checked(sealed).counts.jumps == 1


def test_whatever_the_clock_does_the_order_stays_and_each_jump_is_on_record(sealed: Storage) -> None:
    """R12: from ten years back to ten years on, at random, in 1,000 acts."""
    chance, at, told = Random(2026), moment(0), list[bool]()
    for number in range(1000):
        jump = chance.uniform(-3650, 3650) * 86_400 if number and chance.random() < 0.5 else 0.0
        if abs(jump) <= 300:
            jump = 0.0
        told.append(jump != 0)
        at += timedelta(seconds=jump + 1)
        with sealed.write() as work:
            work.audit.write(at=at, account="clerk", action="case.受理", case_key=f"C{number}")
    with sealed.read() as work:
        rows = work.connection.execute(select(audit.c.case_key, audit.c.clock).order_by(audit.c.seq)).all()
        listed = [line.case_key for line in work.trail.listed(EntryQuery(limit=MOST))]

    assert [row.case_key for row in rows] == [f"C{number}" for number in range(1000)]
    assert [row.clock != 0 for row in rows] == told
    assert listed == [row.case_key for row in reversed(rows)][:MOST]
    assert sealed.clock_jump == next(row.clock for row in reversed(rows) if row.clock)
    assert checked(sealed).sound


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE audit SET account = 'x'",
        "DELETE FROM audit",
        "UPDATE audit_words SET words = '{}'",
        "DELETE FROM audit_words",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_refuses_changes(sealed: Storage, statement: str) -> None:
    write(sealed, 3)
    with sealed.engine.connect() as connection, pytest.raises(DBAPIError, match="audit_stays"):
        connection.execute(text(statement))


def test_words_can_be_destroyed_and_the_chain_still_holds(sealed: Storage) -> None:
    write(sealed, 9)
    with sealed.write() as work:
        done = work.audit.destroy_words([1, 2, 4], at=moment(9), account="archivist", basis="S13")
    assert done == 2  # the second has no words
    report = checked(sealed)

    assert report.sound, report.findings
    assert report.counts.erased == 2
    with sealed.read() as work:
        left = work.connection.scalars(select(audit_words.c.words)).all()
    assert not any("张三0" in words or "张三3" in words for words in left)


def test_words_that_vanish_otherwise_are_noticed(sealed: Storage) -> None:
    write(sealed, 9)
    with behind_its_back(sealed) as connection:
        connection.execute(text("DELETE FROM audit_words WHERE seq = 4"))
        connection.execute(text("UPDATE audit_words SET words = '{}' WHERE seq = 7"))

    found = [(one.kind, one.first) for one in checked(sealed).findings]
    assert found == [(Tamper.DELETION, 4), (Tamper.EDIT, 7)]
