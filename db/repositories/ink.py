"""Papers that wait for a hand: worked out with each mark and each printing, read oldest first."""

from __future__ import annotations

from sqlalchemy import Connection, delete, insert, select

from db.queries.conditions import on_record
from db.rows import columns, make
from db.tables.cases import cases
from db.tables.ink import ink_waits
from db.tables.record import documents
from mediation_desk.cases.ink.waiting import InkLine, waits
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import PrintedPaper

_LINE = tuple(column for column in ink_waits.columns if column.name not in ("case_id", "line"))


def keep_ink(connection: Connection, file: CaseFile, case_id: int) -> None:
    """Make the lines of a case what its printed papers and marks say."""
    query = select(documents).where(documents.c.case_id == case_id).order_by(documents.c.line)
    papers = [make(PrintedPaper, row) for row in connection.execute(query).mappings()]
    lines = [
        columns(ink_waits, one, case_id=case_id, line=line) for line, one in enumerate(waits(file, papers))
    ]
    connection.execute(delete(ink_waits).where(ink_waits.c.case_id == case_id))
    if lines:
        connection.execute(insert(ink_waits), lines)


def waits_differ(before: CaseFile, after: CaseFile) -> bool:
    """Whether a change of the file can change who is waited for; most changes cannot."""
    return _matter(before) != _matter(after)


def _matter(file: CaseFile) -> tuple[object, ...]:
    beside, agreement = file.beside, file.agreement
    signed = agreement.signatures if agreement is not None else ()
    marks = (beside.inks, beside.ink_corrections, beside.signings, beside.voided_signatures)
    return (*marks, signed, file.not_signed)


def ink_lines(connection: Connection, limit: int) -> tuple[InkLine, ...]:
    """Papers of all cases that wait, the longest waiting first."""
    query = (
        select(cases.c.case_key, cases.c.number, cases.c.title.label("case_title"), *_LINE)
        .join(cases, cases.c.id == ink_waits.c.case_id)
        .where(on_record())
        .order_by(ink_waits.c.printed_at, ink_waits.c.case_id, ink_waits.c.line)
        .limit(limit)
    )
    return tuple(make(InkLine, row) for row in connection.execute(query).mappings())
