"""The index as the search asks it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, select

from db.queries.finding import (
    as_summary,
    day_of,
    day_of_hit,
    newest_of,
    question_shape,
    question_values,
)
from db.queries.prepared import prepared
from db.queries.sight import whole
from db.repositories.passages import passages_of
from db.tables.cases import cases
from db.tables.words import row_number
from mediation_desk.cases.finding.query import Question
from mediation_desk.cases.finding.said import Group, Passage
from mediation_desk.cases.summary import CaseSummary


class FindingRepository:
    """Implements ``Index`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def day_of_hit(self, question: Question, place: int) -> date | None:
        """Day of receipt of the hit in this place, the newest being 0; None where there are fewer."""
        connection = self._connection
        shape = ("day of hit", question_shape(connection, question))
        found = prepared(connection, shape, lambda: day_of_hit(connection, question)).tuples(
            connection, question_values(connection, question) | {"place": place, "limit": 1}
        )
        return day_of(found[0][0]) if found else None

    def newest(
        self, question: Question, group: Group, *, limit: int, since: date | None
    ) -> tuple[CaseSummary, ...]:
        """Cases that fit, with a word of the question in ``group``, received on ``since`` or later."""
        connection, cut = self._connection, since is not None
        values = question_values(connection, question, group) | {"limit": limit, "since": since}
        if since is not None:
            values["since_row"] = row_number(since)
        shape = ("newest", group, cut, question_shape(connection, question))
        page = prepared(connection, shape, lambda: newest_of(connection, question, group, since=cut))
        return tuple(as_summary(row) for row in page.tuples(connection, values))

    def passages(self, keys: Iterable[str]) -> dict[str, tuple[Passage, ...]]:
        """What the cases with these keys say."""
        known = select(cases.c.id, cases.c.case_key).where(cases.c.case_key.in_(tuple(keys)))
        names = {row.id: row.case_key for row in self._connection.execute(known)}
        with whole(self._connection):
            found = passages_of(self._connection, tuple(names))
        return {names[case_id]: passages for case_id, (_received, passages) in found.items()}
