"""The search box under hostile questions, on both databases: an answer every time, never an error (S7)."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from db.tables.words import NAME
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.finding.service import FindingService
from mediation_desk.cases.finding.tokens import words
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery
from tests.every_field import texts_in
from tests.hostile_case import hostile_file
from tests.hostile_queries import queries
from tests.hostile_text import keepable

SOME = [*queries(1204)][::12] + [*queries(1260)][1204:]
"""All 10,000: benchmarks.reliability.hostile_queries."""


def clock() -> datetime:
    return datetime(2026, 5, 20, 2, 0, tzinfo=UTC)


@pytest.fixture
def cases(storage: Storage) -> CaseService:
    made = CaseService(storage, clock)
    made.take_over(COUNTER, hostile_file(keepable(one_line=True), 0))
    return made


def test_every_question_gets_an_answer(storage: Storage, cases: CaseService) -> None:
    finding = FindingService(storage, clock)
    for number, question in enumerate(SOME):
        finding.look(COUNTER, question)
        if number % 4 == 0:
            cases.summaries(COUNTER, CaseQuery(search=question))
            cases.counts(COUNTER, (CaseQuery(search=question),))


def test_hostile_text_is_found_by_its_words_and_shown_as_it_is(storage: Storage, cases: CaseService) -> None:
    finding = FindingService(storage, clock)
    file = hostile_file(keepable(one_line=True), 0)
    wanted = ("/title", "/facts", "/claims/0/item")
    said = {place: there for place, there in texts_in(file) if place in wanted}
    for place, there in said.items():
        for word in words(there)[:3]:
            hits = [hit for group in finding.look(COUNTER, word).groups for hit in group.hits]
            assert hits, (place, word)
            assert any(word in words(f"{hit.title} {hit.text}") for hit in hits)


def test_put_to_the_database_as_they_are_most_of_them_fail(storage: Storage) -> None:
    """The control: what the search would do without its own tokens."""
    if storage.engine.dialect.name == "sqlite":
        raw = text(f"SELECT rowid FROM {NAME} WHERE {NAME} MATCH :asked")
    else:
        raw = text("SELECT CAST(:asked AS tsquery)")
    with storage.engine.connect() as connection:
        connection.execute(raw, {"asked": "cat"}).all()  # what is no syntax is an ordinary question
    failed = 0
    for question in SOME[:100]:
        clean = "".join(char for char in question if char.isprintable())
        with storage.engine.connect() as connection:
            try:
                connection.execute(raw, {"asked": clean}).all()
            except DBAPIError:
                failed += 1
    assert failed > 20
