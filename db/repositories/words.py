"""The tokens of a case into the index, in the transaction of the case itself."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import zip_longest

from sqlalchemy import Connection, Table, delete, insert, select
from sqlalchemy.engine import Dialect

from db.rows import Row
from db.tables.cases import cases
from db.tables.record import documents
from db.tables.words import GROUP_COLUMNS, fts5, row_number, tsvectors
from mediation_desk.cases.finding.query import LONGEST_PHRASE
from mediation_desk.cases.finding.said import Words, indexed, said
from mediation_desk.cases.model import CaseFile

MOST_POSITIONS = 16_000  # PostgreSQL counts positions up to 16383
MOST_OF_ONE = 250  # and keeps 256 of one token


def keep_words(
    connection: Connection,
    case_id: int,
    file: CaseFile,
    before: CaseFile | None = None,
    *,
    anew: bool = False,
) -> None:
    """Index ``file`` in place of ``before``; nothing is written where both say the same, unless ``anew``."""
    papers = _papers(connection, case_id) if before is not None else ()
    passages = said(file, papers)
    if before is not None:
        unmoved = before.intake.received_on == file.intake.received_on
        if not anew and unmoved and passages == said(before, papers):
            return
        _forget(connection, case_id, before.intake.received_on)
    rows = word_rows(connection.dialect, case_id, file.intake.received_on, indexed(passages))
    connection.execute(insert(word_table(connection.dialect)), rows)


def forget_words(connection: Connection, ids: Sequence[int]) -> None:
    """Take cases out of the index that are about to be taken out of the database."""
    if connection.dialect.name == "sqlite":
        for row in connection.execute(
            select(cases.c.id, cases.c.received_on).where(cases.c.id.in_(ids))
        ).all():
            _forget(connection, row.id, row.received_on)
    else:
        connection.execute(delete(tsvectors).where(tsvectors.c.case_id.in_(ids)))


def word_table(dialect: Dialect) -> Table:
    """The index of this database."""
    return fts5 if dialect.name == "sqlite" else tsvectors


def new_words(dialect: Dialect, case_id: int, file: CaseFile) -> list[Row]:
    """The rows of a case that was not there before."""
    return word_rows(dialect, case_id, file.intake.received_on, indexed(said(file)))


def word_rows(dialect: Dialect, case_id: int, received_on: date, words: Words) -> list[Row]:
    """The rows of one case; on PostgreSQL a long text goes on in further rows."""
    if dialect.name == "sqlite":
        row: Row = {"rowid": row_number(received_on, case_id)}
        return [row | {GROUP_COLUMNS[group]: " ".join(found) for group, found in words.items()}]
    pieces = [list(_pieces(found)) for found in words.values()]
    columns = [GROUP_COLUMNS[group] for group in words]
    return [
        {"case_id": case_id, "no": no} | dict(zip(columns, line, strict=True))
        for no, line in enumerate(zip_longest(*pieces, fillvalue=""))
    ]


def _forget(connection: Connection, case_id: int, received_on: date) -> None:
    if connection.dialect.name == "sqlite":
        connection.execute(delete(fts5).where(fts5.c.rowid == row_number(received_on, case_id)))
    else:
        connection.execute(delete(tsvectors).where(tsvectors.c.case_id == case_id))


def _papers(connection: Connection, case_id: int) -> Iterable[str]:
    titles = select(documents.c.title).where(documents.c.case_id == case_id).order_by(documents.c.line)
    return tuple(connection.scalars(titles))


def _pieces(tokens: list[str]) -> Iterator[str]:
    """``tokens`` as tsvectors within PostgreSQL's bounds; the pieces overlap by the longest phrase asked for."""
    first = 0
    while True:
        end = _end(tokens, first)
        yield " ".join(f"'{token}':{place}" for place, token in enumerate(tokens[first:end], start=1))
        if end == len(tokens):
            return
        first = end - LONGEST_PHRASE


def _end(tokens: list[str], first: int) -> int:
    if len(tokens) - first <= MOST_OF_ONE:
        return len(tokens)
    seen: dict[str, int] = {}
    last = min(len(tokens), first + MOST_POSITIONS)
    for place in range(first, last):
        token = tokens[place]
        seen[token] = seen.get(token, 0) + 1
        if seen[token] > MOST_OF_ONE and place > first + LONGEST_PHRASE:
            return place
    return last
