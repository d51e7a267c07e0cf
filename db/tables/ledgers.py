"""Old registers: the line a case was taken from, and the batches they came in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, String, Table

from db.base import metadata
from db.tables.columns import ref, single, text, word
from db.types import Choice, Instant, Json, Yuan
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import Result

ledger_entries = single(
    "ledger_entries",
    word("batch", index=True),
    word("file"),
    word("sheet"),
    Column("row", Integer, nullable=False),
    Column("cells", Json, nullable=False),
    Column("closed", Boolean, nullable=False),
    Column("result", Choice(Result)),
    Column("concluded_on", Date),
    Column("form", Choice(AgreementForm)),
    Column("amount", Yuan),
    text("performance"),
    text("mediator"),
    ref("mediator_no", nullable=True),
)

ledger_batches = Table(
    "ledger_batches",
    metadata,
    Column("id", String, primary_key=True),
    Column("at", Instant, nullable=False),
    word("account"),
    word("file"),
    word("sheet"),
    Column("taken", Integer, nullable=False),
    Column("skipped", Integer, nullable=False),
    Column("wrong", Integer, nullable=False),
    Column("finished_at", Instant),
    Column("undone_at", Instant),
    Column("stayed", Integer, nullable=False),
)
