"""Beside the file: how each place was signed, mandates of members, signatures voided, the way to the court."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer

from db.tables.columns import part, ref, single, text, word
from db.types import Choice, Choices
from mediation_desk.agreements.court import FilingWay, WillWay
from mediation_desk.agreements.signing import Signer, SignWay

signings = part(
    "signings",
    ref(),
    Column("by", Choice(Signer), nullable=False),
    word("name"),
    Column("ways", Choices(SignWay), nullable=False),
    word("seal"),
    text("reason"),
    word("scribe"),
    word("witness"),
)

mandates = part("mandates", ref(), Column("on", Date, nullable=False), text("note"))

voided_signatures = part(
    "voided_signatures",
    Column("round", Integer, nullable=False),
    ref(),
    text("method"),
    Column("on", Date, nullable=False),
    Column("voided_on", Date, nullable=False),
    word("by"),
    text("reason"),
)

wills = part(
    "wills",
    ref(),
    Column("agrees", Boolean, nullable=False),
    Column("on", Date, nullable=False),
    Column("how", Choice(WillWay), nullable=False),
    Column("by", Choice(Signer), nullable=False),
    word("name"),
    Column("authority_on", Date),
)

court_papers = part("court_papers", word("name"), Column("on", Date, nullable=False))

court_requests = part(
    "court_requests",
    Column("no", Integer, nullable=False),
    Column("asked_on", Date, nullable=False),
    text("what"),
    Column("due_on", Date),
    Column("done_on", Date),
    text("note"),
)

court_filings = single(
    "court_filings",
    Column("how", Choice(FilingWay), nullable=False),
    Column("received_on", Date),
    text("reason"),
)

earlier_applications = part(
    "earlier_applications",
    Column("applied_on", Date, nullable=False),
    word("court"),
    word("case_no", nullable=True),
    Column("decided_on", Date, nullable=False),
    word("result"),
    text("note"),
)
