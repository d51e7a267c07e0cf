"""Rounds of choosing, disclosures and bars of a case."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, Table, and_, delete, insert, select, update
from sqlalchemy.sql.selectable import TypedReturnsRows

from db.chunks import chunks
from db.queries.sight import whole
from db.repositories.whose import case_id_of
from db.rows import Row, columns, grouped, make
from db.tables.cases import cases
from db.tables.choosing import (
    ballot_candidates,
    ballot_marks,
    ballots,
    bars,
    disclosure_answers,
    disclosures,
)
from db.tables.pool import mediators
from db.upsert import insert_into
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Answer, Ballot, Bar, Disclosure, LeftOut, Mark, Shown
from mediation_desk.shared.errors import ConflictError

CLOSED = "本轮选择已经结束，这一标记没有保存。请刷新后查看结果。"
SEALED = "当事人{party}已经确认过选择，不能再改。"
MOVED_ON = "本轮选择刚刚有了变化，没有保存。请刷新后重试。"
ANSWERED = "另一位工作人员刚刚保存了这份披露，请核对后重试。"


class ChoosingRepository:
    """Implements ``Choosing`` on one connection."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def ballots(self, case_key: str) -> tuple[Ballot, ...]:
        """All rounds, oldest first."""
        heads = self._heads(ballots, case_key, ballots.c.no)
        ids = [head["id"] for head in heads]
        shown = self._below(ballot_candidates, ballot_candidates.c.ballot_id, ids)
        marks = self._below(ballot_marks, ballot_marks.c.ballot_id, ids)
        return tuple(
            make(
                Ballot,
                head,
                shown=tuple(make(Shown, row) for row in shown.get(head["id"], [])),
                marks=tuple(make(Mark, row) for row in marks.get(head["id"], [])),
                left_out=tuple(_left_out(entry) for entry in head["left_out"]),
            )
            for head in heads
        )

    def open(self, ballot: Ballot) -> Ballot:
        """Store a new round (version 1). Raises ``ConflictError`` when this round exists already."""
        left_out = [[one.pool_no, one.name, list(one.reasons)] for one in ballot.left_out]
        head = columns(ballots, ballot, case_id=self._case(ballot.case_key)) | {"version": 1}
        stored = insert(ballots).values(head | {"left_out": left_out}).returning(ballots.c.id)
        ballot_id = self._connection.execute(stored).scalar_one()
        rows = [
            columns(ballot_candidates, one, ballot_id=ballot_id, line=line)
            for line, one in enumerate(ballot.shown)
        ]
        if rows:
            self._connection.execute(insert(ballot_candidates), rows)
        for mark in ballot.marks:
            self.mark(ballot.case_key, ballot.no, mark)
        return replace(ballot, version=1)

    def mark(self, case_key: str, no: int, mark: Mark) -> None:
        """Store or replace one party's mark. Raises ``ConflictError`` on a closed round or a sealed mark.

        The round is locked against being closed meanwhile; a mark sealed moves its version on, so that nobody
        closes it by what he saw before.
        """
        wanted = and_(
            ballots.c.case_id == self._case(case_key), ballots.c.no == no, ballots.c.closed_at.is_(None)
        )
        locked = select(ballots.c.id).where(wanted).with_for_update()
        ballot_id = self._connection.scalar(locked)
        if ballot_id is None:
            raise ConflictError(CLOSED)
        row = columns(ballot_marks, mark, ballot_id=ballot_id)
        statement = insert_into(self._connection, ballot_marks).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=["ballot_id", "party"], set_=row, where=~ballot_marks.c.sealed
        )
        if self._connection.scalar(statement.returning(ballot_marks.c.party)) is None:
            raise ConflictError(SEALED.format(party=mark.party))
        if mark.sealed:
            moved = update(ballots).where(ballots.c.id == ballot_id).values(version=ballots.c.version + 1)
            self._connection.execute(moved)

    def close(self, ballot: Ballot) -> Ballot:
        """Store how the round ended. Raises ``ConflictError`` when it is closed or was changed meanwhile."""
        current = and_(
            ballots.c.case_id == self._case(ballot.case_key),
            ballots.c.no == ballot.no,
            ballots.c.version == ballot.version,
            ballots.c.closed_at.is_(None),
        )
        ended = {name: getattr(ballot, name) for name in ("result", "why", "closed_at", "ended_by")}
        statement = update(ballots).where(current).values(ended | {"version": ballot.version + 1})
        if self._connection.execute(statement).rowcount != 1:
            raise ConflictError(MOVED_ON)
        return replace(ballot, version=ballot.version + 1)

    def disclosures(self, case_key: str) -> tuple[Disclosure, ...]:
        """All disclosures, oldest first."""
        heads = self._heads(disclosures, case_key, disclosures.c.id)
        answers = self._below(
            disclosure_answers, disclosure_answers.c.disclosure_id, [head["id"] for head in heads]
        )
        return tuple(
            make(Disclosure, head, answers=tuple(make(Answer, row) for row in answers.get(head["id"], [])))
            for head in heads
        )

    def disclose(self, disclosure: Disclosure) -> Disclosure:
        """Store a new (version 0) or changed disclosure. Raises ``ConflictError`` on a stale version."""
        case_id = self._case(disclosure.case_key)
        row = columns(disclosures, disclosure, case_id=case_id) | {"version": disclosure.version + 1}
        stored: TypedReturnsRows[Any] = insert(disclosures).values(row).returning(disclosures.c.id)
        if disclosure.version > 0:
            current = and_(
                disclosures.c.case_id == case_id,
                disclosures.c.pool_no == disclosure.pool_no,
                disclosures.c.version == disclosure.version,
            )
            stored = update(disclosures).where(current).values(row).returning(disclosures.c.id)
        found = self._connection.scalar(stored)
        if found is None:
            raise ConflictError(ANSWERED)
        self._connection.execute(
            delete(disclosure_answers).where(disclosure_answers.c.disclosure_id == found)
        )
        answers = [
            columns(disclosure_answers, answer, disclosure_id=found, line=line)
            for line, answer in enumerate(disclosure.answers)
        ]
        if answers:
            self._connection.execute(insert(disclosure_answers), answers)
        return replace(disclosure, version=disclosure.version + 1)

    def bars(self, case_keys: Collection[str]) -> tuple[Bar, ...]:
        """Bars that come from these cases."""
        found: list[Bar] = []
        for some in chunks(sorted(case_keys)):
            query = (
                select(bars, cases.c.case_key)
                .join(cases, cases.c.id == bars.c.case_id)
                .where(cases.c.case_key.in_(some))
                .order_by(cases.c.case_key, bars.c.since, bars.c.pool_no)
            )
            with whole(self._connection):  # who is barred is barred, also by a case out of reach
                found += [make(Bar, row) for row in self._connection.execute(query).mappings()]
        return tuple(found)

    def _case(self, case_key: str) -> int:
        return case_id_of(self._connection, case_key)

    def _heads(self, table: Table, case_key: str, order: Any) -> list[Mapping[Any, Any]]:
        query = select(table, cases.c.case_key).join(cases, cases.c.id == table.c.case_id)
        found = self._connection.execute(query.where(cases.c.case_key == case_key).order_by(order))
        return list(found.mappings())

    def _below(self, table: Table, parent: Any, ids: list[int]) -> Mapping[Any, list[Row]]:
        query = select(table).where(parent.in_(ids)).order_by(*table.primary_key.columns)
        rows = [dict(row) for row in self._connection.execute(query).mappings()] if ids else []
        return grouped(rows, parent.name)


def keep_bars(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Note everybody appointed to a case; what was noted before stays, also when the mediator is replaced."""
    if not file.mediators:
        return
    numbers = [mediator.pool_no for mediator in file.mediators]
    query = select(mediators.c.pool_no, mediators.c.phone, mediators.c.id_no)
    known = {row.pool_no: row for row in connection.execute(query.where(mediators.c.pool_no.in_(numbers)))}
    rows = [bar_row(case_id, one, known.get(one.pool_no)) for one in file.mediators]
    connection.execute(insert_into(connection, bars).on_conflict_do_nothing(), rows)


def bar_row(case_id: int, mediator: Any, known: Any = None) -> Row:
    """The bar of one appointment; phone and number from the pool where the case does not have them."""
    return {
        "case_id": case_id,
        "pool_no": mediator.pool_no,
        "name": mediator.name,
        "phone": mediator.phone or (known.phone if known else None) or "",
        "id_no": mediator.id_no or (known.id_no if known else None) or "",
        "since": mediator.selected_on,
    }


def _left_out(entry: list[Any]) -> LeftOut:
    pool_no, name, reasons = entry
    return LeftOut(pool_no=pool_no, name=name, reasons=tuple(reasons))
