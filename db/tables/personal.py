"""Personal information: who agreed to its use, who outside was given it, and what people asked for."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer, Table

from db.base import metadata
from db.tables.columns import part, ref, text, word
from db.types import Choice, Instant
from mediation_desk.cases.privacy.model import ConsentScope, ConsentWay
from mediation_desk.cases.privacy.requests import RequestKind

personal_consents = part(
    "personal_consents",
    Column("no", Integer, nullable=False),
    ref(),
    Column("scope", Choice(ConsentScope), nullable=False),
    Column("agreed", Boolean, nullable=False),
    Column("on", Date, nullable=False),
    Column("how", Choice(ConsentWay), nullable=False),
    word("notice"),
    word("guardian"),
    word("relation"),
    word("noted_by"),
    Column("withdrawn_on", Date),
    text("withdrawal"),
)

transfers = part(
    "transfers",
    Column("on", Date, nullable=False),
    word("to"),
    text("what"),
    text("ground"),
    word("by"),
)

# Of a person, not of a case: it shows that somebody was answered, and outlives every case.
person_requests = Table(
    "person_requests",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("kind", Choice(RequestKind), nullable=False),
    word("name"),
    word("id_no"),
    word("agent"),
    text("what"),
    Column("on", Date, nullable=False),
    Column("due_on", Date, nullable=False, index=True),
    word("clerk"),
    Column("at", Instant, nullable=False),
    Column("answered_on", Date),
    Column("granted", Boolean),
    text("answer"),
    word("answered_by"),
)
