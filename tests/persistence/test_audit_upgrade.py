"""Entries written before there was a chain are linked as they stand, and the chain says that they are older."""

from __future__ import annotations

import json
from collections.abc import Callable

from alembic import command
from sqlalchemy import select, text

from db.migrate import alembic_config, upgrade
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.audit.findings import Tamper
from tests.persistence.chained import KEY, behind_its_back, checked, moment, write

OLD = [
    (2, "case.登记", {"version": 1, "state": "已登记"}),
    (3, "expert.import", None),
    (7, "case.受理", {"b": 1, "a": 2}),
]


def older(url: str, open_storage: Callable[[str], Storage]) -> Storage:
    """A database of the step before, with entries whose numbers have gaps, brought up to date."""
    storage = open_storage(url)
    with storage.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "m0032")
        for seq, action, details in OLD:
            connection.execute(
                text(
                    "INSERT INTO audit (seq, at, account, action, case_key, details)"
                    " VALUES (:seq, :at, 'counter', :action, 'AJ1', :details)"
                ),
                {
                    "seq": seq,
                    "at": moment(seq).replace(tzinfo=None)
                    if connection.dialect.name == "sqlite"
                    else moment(seq),
                    "action": action,
                    "details": json.dumps(details, ensure_ascii=False) if details else None,
                },
            )
    upgrade(storage.engine)
    return storage


def test_old_entries_are_taken_over_in_their_order(url: str, open_storage: Callable[[str], Storage]) -> None:
    storage = older(url, open_storage)
    storage.seal_audit(KEY)
    write(storage, 4, first=10)
    report = checked(storage)

    assert report.sound, report.findings
    assert (report.counts.taken_over, report.counts.keyed) == (3, 4)
    with storage.read() as work:
        rows = work.connection.execute(select(audit.c.seq, audit.c.at, audit.c.action, audit.c.details)).all()
    assert [(row.seq, row.at, row.action, row.details) for row in rows[:3]] == [
        (place, moment(seq), action, details or {})
        for place, (seq, action, details) in enumerate(OLD, start=1)
    ]


def test_once_sealed_they_cannot_be_changed_unseen(url: str, open_storage: Callable[[str], Storage]) -> None:
    storage = older(url, open_storage)
    storage.seal_audit(KEY)
    write(storage, 2, first=10)
    with behind_its_back(storage) as connection:
        connection.execute(text("UPDATE audit SET account = 'x' WHERE seq = 2"))

    assert [(one.kind, one.first) for one in checked(storage).findings] == [(Tamper.EDIT, 2)]


def test_the_step_back_keeps_what_it_can(url: str, open_storage: Callable[[str], Storage]) -> None:
    storage = older(url, open_storage)
    with storage.engine.begin() as connection:
        command.downgrade(alembic_config(connection), "m0032")
        rows = connection.execute(text("SELECT action FROM audit ORDER BY seq")).scalars().all()
    upgrade(storage.engine)

    assert rows == [action for _seq, action, _details in OLD]
    assert checked(storage, key=None).counts.taken_over == 3
