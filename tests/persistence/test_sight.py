"""Nobody sees a case out of reach: every way cases are handed out, asked by people of different reach."""

from __future__ import annotations

import ast
import inspect
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, event, select

import db
from db.bulk import BulkCases
from db.queries import case_keys, sight, tying
from db.tables.cases import cases
from db.tables.words import case_of, fts5
from db.unit_of_work import Storage
from db.work import Work
from mediation_desk.access.actor import PROGRAM, Actor
from mediation_desk.cases.counter.people import Named
from mediation_desk.cases.marks import marks_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.practice.demo import fill
from tests.persistence.reading_cases import READS, Known

NUMBER = 40

WRITES = {
    "cases": ("add", "add_quiet", "note", "note_papers", "save", "settle"),
    "pool": ("add", "hold", "keep_photo", "learn", "remove", "save"),
    "bookings": ("override",),
    "boards": ("add", "attend", "open", "renumber", "save"),
    "minutes": ("answer", "save"),
    "choosing": ("close", "disclose", "mark", "open"),
    "notes": ("held", "put"),
    "numbers": ("next", "note", "reserve", "revive", "void"),
    "ledgers": ("add", "open", "remove", "save"),
    "deadlines": ("rewrite",),
    "drafts": ("drop", "keep"),
    "exchanges": ("add", "settle"),
    "visits": ("add", "became"),
    "presence": ("drop", "note"),
    "audit": (
        "append",
        "continues",
        "demand",
        "destroy_words",
        "forget",
        "moved_to",
        "settle_at",
        "standing",
        "write",
    ),
    "destruction": ("add", "forget", "mark", "save"),
    "facts": ("work_out",),
    "sums": ("settle",),
    "subsidies": ("add", "change", "hold", "open", "rewait", "save"),
    "submissions": ("add", "alone", "book", "copy"),
    "views": ("add", "drop", "rename"),
    "templates": ("add", "use"),
    "entries": ("add", "void"),
    "requests": ("add", "answer"),
}
TELLS_OF_NO_CASE = {
    "pool": "mediators, and how many cases each has",
    "accounts": "accounts",
    "keys": "the keys accounts hold",
    "chain": "the log, for auditors, who see no case",
    "trail": "as above; of one case only after it was found",
    "notes": "settings",
    "views": "what lists are asked for",
    "templates": "papers without a case in them",
    "entries": "work that is no case",
    "requests": "what people asked for, of no case",
    "organisations": "bodies, mediators and work",
    "facts": "how many cases there are, for progress",
}
WHOLE = {
    "cases.own": "of a file in hand",
    "cases.reached": "asks about reach itself",
    "choosing.bars": "who is barred is barred, also by a case out of reach; by the keys of a case in hand",
    "deadlines.live": "the program counts anew",
    "destruction.find": "cases out of reach are blank in it, asked about by test_destruction",
    "destruction.lists": "as above",
    "destruction.standing": "of one case, found under the condition; told in the service's own words",
    "destruction.stored": "to be carried out; who shows a list asks `find`",
    "destruction.used": "what any case still uses is kept",
    "deadlines.with_overdue": "of lines found under the condition",
    "counter.known_everywhere": "to be judged, never to be shown",
    "counter.phrases": "places and claims as often typed, of no case",
    "numbers.series": "which series there are",
    "drafts.drafts": "whose they are is asked by the service",
    "drafts.find": "as above",
    "exchanges.destroyed": "whether a key once known was destroyed; asked with the record of the case in hand",
    "ledgers.batch": "what came in together, not what is in it",
    "ledgers.batches": "as above",
    "ledgers.in_reach": "whether all of a batch is seen",
    "ledgers.worked_on": "decides what cannot be taken out; the service tells how many",
    "volumes.at": "a place is taken; whose it is, is told of cases in reach",
    "volumes.page": "a statement, run by those above",
    "statistics.committees": "names of bodies",
    "statistics.concluded_of_kind": "sums",
    "statistics.counted_anew": "sums",
    "statistics.mediator_cases": "figures of a mediator; the cases behind them are asked for by `case_lines`",
    "statistics.mediator_known": "whether the pool knows a number",
    "statistics.stale_months": "months",
    "statistics.sums": "sums",
    "subsidies.batch": "lists for payment are whole",
    "subsidies.batches": "as above",
    "subsidies.count_waiting": "as above",
    "subsidies.differing": "as above",
    "subsidies.like": "as above",
    "subsidies.of_batch": "as above",
    "subsidies.to_take_back": "as above",
    "subsidies.waiting": "as above",
    "warning.names": "names of mediators",
    "submissions.content": "what was reported",
    "submissions.corrections": "what was booked; cut to what is seen by the service",
    "submissions.facts_of": "as above",
    "submissions.find": "as above",
    "submissions.known": "as above",
    "submissions.last_case": "a row number",
    "submissions.listed": "what was reported",
    "submissions.moved": "as above",
    "submissions.next_id": "a number",
    "submissions.per_case": "as above",
    "submissions.rows_digest": "a seal",
}
"""Ways that are not asked about case by case, each with the reason."""

BOOKKEEPING = {
    "db/queries/earlier.py": "a mediator is bound by any case; one out of reach is not named",
    "db/queries/figures.py": "sums",
    "db/queries/moved.py": "which cases moved a reported figure, for the sums",
    "db/queries/persons.py": "how many cases of a person are out of reach, told as a number",
    "db/queries/sight.py": "defines it",
    "db/queries/statistics.py": "figures of a mediator",
    "db/queries/trail.py": "the log",
    "db/queries/volumes.py": "whether a place is taken",
    "db/queries/warning.py": "names of mediators",
    "db/repositories/bookings.py": "what is taken is taken; the case behind it is joined under the condition",
    "db/repositories/cases.py": "parts of a file whose head was found under the condition, and what a save entails",
    "db/repositories/choosing.py": "bars of the case in hand and those it names",
    "db/repositories/counter.py": "whether a dispute is on file twice, which the service judges and does not show",
    "db/repositories/deadlines.py": "the program counts anew",
    "db/repositories/destruction.py": "what other cases share is not destroyed with one",
    "db/repositories/facts.py": "facts and sums",
    "db/repositories/finding.py": "passages of cases found under the condition",
    "db/repositories/ledgers.py": "taking a batch out again",
    "db/repositories/names.py": "people named in cases found under the condition",
    "db/repositories/numbers.py": "a series without gaps; which case bears a number is told of those in reach",
    "db/repositories/pool.py": "how many cases each mediator has",
    "db/repositories/submissions.py": "the rows of a reported period",
}
"""Files that may look at everything, each with the reason."""


@pytest.fixture
def known(storage: Storage) -> Known:
    fill(BulkCases(storage), NUMBER, 1)
    with storage.read() as work:
        keys = tuple(work.connection.scalars(select(cases.c.case_key).order_by(cases.c.id)))
        files = work.cases.find_many(keys)
    return Known(
        keys=keys,
        numbers=tuple(sorted({_series(file) for file in files if file.intake.accepted_on})),
        people=tuple(
            Named(name=party.name, id_no=party.id_no or party.uscc or "", phone=party.phone or "")
            for file in files[:12]
            for party in file.parties
        ),
        pool_nos=tuple(sorted({one.pool_no for file in files for one in file.mediators})),
        word="赔偿",
    )


def _series(file: CaseFile) -> tuple[str, str, int]:
    assert file.intake.accepted_on is not None
    return file.organisation.name, file.track.value, file.intake.accepted_on.year


def asked_by(storage: Storage, actor: Actor, known: Known, name: str) -> object:
    with storage.read(actor) as work:
        found = READS[name](work, known)
    return dict(found) if isinstance(found, dict) else found


def files_of(storage: Storage, known: Known) -> tuple[CaseFile, ...]:
    with storage.read() as work:
        return work.cases.find_many(known.keys)


def of_one_body(files: tuple[CaseFile, ...]) -> Actor:
    """Somebody of the body with the most cases: the others are the larger part all the same."""
    names = [file.organisation.name for file in files]
    body = max(set(names), key=names.count)
    return Actor(account="w", display_name="值班", roles=("值班长",), bodies=(body,))


def leaks(storage: Storage, known: Known) -> dict[str, set[str]]:
    """By way, the cases it told somebody of to whose reach they do not belong."""
    files = files_of(storage, known)
    actor = of_one_body(files)
    hidden = [file for file in files if not actor.sight().sees(marks_of(file), locked=False)]
    assert len(hidden) > len(files) / 3
    assert len(hidden) < len(files)
    found: dict[str, set[str]] = {}
    for name in READS:
        told = repr(asked_by(storage, actor, known, name))
        seen = {file.case_key for file in hidden if _told_of(file, told)}
        if seen:
            found[name] = seen
    return found


def _told_of(file: CaseFile, told: str) -> bool:
    return file.case_key in told or bool(file.intake.number and file.intake.number in told)


# Every SELECT


@contextmanager
def watched(storage: Storage, actor: Actor) -> Iterator[tuple[Work, list[str]]]:
    """A unit, and the statements it sends while it is asked about its actor's sight."""
    sent: list[str] = []

    def note(connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        if connection.get_execution_options().get(sight._SIGHT) is not None:  # what is watched
            sent.append(statement)

    with storage.read(actor) as work:
        event.listen(work.connection, "before_cursor_execute", note)
        yield work, sent


TABLES = re.compile(
    r"\b(?:FROM|JOIN)\s+(" + "|".join(sorted(table.name for table in case_keys.CASE_KEYS)) + r")\b"
)


def ungated(storage: Storage, known: Known) -> set[str]:
    """Statements that read a table of cases and do not ask for marks."""
    actor = of_one_body(files_of(storage, known))
    found: set[str] = set()
    for read in READS.values():
        with watched(storage, actor) as (work, sent):
            read(work, known)
        found |= {one for one in sent if TABLES.search(one) and "case_marks" not in one}
    return found


def test_nobody_is_told_of_a_case_out_of_reach(storage: Storage, known: Known) -> None:
    files = files_of(storage, known)
    bodies = tuple({file.organisation.name for file in files})
    everything = Actor(account="a", display_name="甲", roles=("中心负责人",), bodies=bodies)
    nobody = Actor(account="s", display_name="统计", roles=("统计员",))
    for name in READS:  # the condition takes nothing away from whoever has a mark of every case
        assert asked_by(storage, PROGRAM, known, name) == asked_by(storage, everything, known, name), name
    told = {name: repr(asked_by(storage, nobody, known, name)) for name in READS}

    assert leaks(storage, known) == {}
    assert {name for name, words in told.items() if any(_told_of(file, words) for file in files)} == set()
    assert ungated(storage, known) == set()


def test_one_query_without_the_condition_is_noticed(
    storage: Storage, known: Known, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: the list of deadlines alone is sent as it is written."""
    limited = tying.conditioned

    def forgetful(statement: object, condition: tying.Condition) -> object:
        return statement if "FROM deadlines JOIN cases" in str(statement) else limited(statement, condition)

    monkeypatch.setattr(sight, "conditioned", forgetful)
    monkeypatch.setattr(sight, "_limited", {})

    assert "deadlines.lines" in leaks(storage, known)
    assert ungated(storage, known)


@pytest.mark.parametrize("few", [True, False])
def test_words_are_asked_about_before_a_case_is_looked_up(few: bool) -> None:
    """At 100,000 cases looking up every hit took a mediator's search to forty times that of the program."""
    asked = sight.asked_by(sight.Asked(marks=("card:M01",), few_of_words=few))
    hits = select(fts5.c.rowid).where(fts5.c.facts == "水")
    joined = hits.join_from(fts5, cases, cases.c.id == case_of(fts5.c.rowid))

    for statement in (hits, joined):
        said = str(tying.conditioned(statement, asked))
        assert said.count("FROM case_marks") == 1
        assert re.search(r"case_words\.rowid % \d+ IN|case_marks\.case_id = case_words\.rowid %", said)


def test_every_way_a_unit_hands_something_out_is_listed(storage: Storage) -> None:
    listed = {
        *READS,
        *WHOLE,
        *(f"{area}.{name}" for area, names in WRITES.items() for name in names),
    }
    with storage.read() as work:
        there = {
            f"{area}.{name}"
            for area, repository in vars(work).items()
            if area not in ("actor", "connection", *TELLS_OF_NO_CASE)
            for name, _ in inspect.getmembers(type(repository), inspect.isfunction)
            if not name.startswith("_")
        }

    assert there - listed == set()


def test_what_looks_at_everything_is_listed() -> None:
    root = Path(db.__file__).parent
    callers = {
        f"db/{path.relative_to(root)}"
        for path in root.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "whole"
    }

    assert callers - set(BOOKKEEPING) == set()
