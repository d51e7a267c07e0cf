"""The course of a case: mediators, choice, claims, evidence, investigations, clock, sessions."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Time

from db.tables.columns import mediator_card, parent_ref, part, ref, single, text, word
from db.types import Choice, Ranking, Words, Yuan
from mediation_desk.cases.vocabulary import CourtMode, DayUnit, EvidenceKind, SuspensionCause
from mediation_desk.experts.model import (
    RecusalGround,
    RecusalResult,
    Role,
    Selection,
    SelectionMode,
)
from mediation_desk.hearings.model import SessionMode, SessionResult

case_mediators = part(
    "case_mediators",
    ref("pool_no"),
    *mediator_card(),
    Column("role", Choice(Role), nullable=False),
    Column("selection", Choice(Selection), nullable=False),
    Column("selected_by", Words, nullable=False),
    Column("selected_on", Date, nullable=False),
    text("disclosure"),
    Index(None, "pool_no", "selected_on"),
)

choices = part(
    "choices",
    Column("current", Boolean, nullable=False),
    Column("mode", Choice(SelectionMode), nullable=False),
    Column("candidates", Words, nullable=False),
    Column("choices", Ranking, nullable=False),
    Column("result", Words, nullable=False),
    Column("round", Integer),
    Column("on", Date),
    Column("ended_on", Date),
    word("ended_by", nullable=True),
)

recusals = part(
    "recusals",
    ref("by"),
    Column("on", Date, nullable=False),
    ref("mediator"),
    Column("ground", Choice(RecusalGround), nullable=False),
    text("detail"),
    word("decided_by"),
    Column("decided_on", Date, nullable=False),
    Column("result", Choice(RecusalResult), nullable=False),
    ref("replaced_by", nullable=True),
)

court_referrals = single(
    "court_referrals",
    Column("mode", Choice(CourtMode), nullable=False),
    word("court"),
    word("letter"),
    Column("filed_on", Date, nullable=False),
    Column("referred_on", Date, nullable=False),
    Column("received_signed_on", Date, nullable=False),
    Column("parties_consent", Boolean, nullable=False),
    word("court_case_no", nullable=True),
    word("procedure", nullable=True),
    Column("returned_on", Date),
    Column("returned_papers", Words, nullable=False),
)

related_cases = part(
    "related_cases", word("case_key", index=True), word("relation"), ref("party"), ref("same_as")
)

claims = part(
    "claims",
    ref(),
    ref("by"),
    Column("against", Words, nullable=False),
    text("item"),
    Column("amount", Yuan),
    text("calc", nullable=True),
)

evidence = part(
    "evidence",
    ref(),
    word("name"),
    Column("kind", Choice(EvidenceKind), nullable=False),
    ref("provided_by"),
    Column("copies", Integer, nullable=False),
    Column("pages", Integer, nullable=False),
    Column("original", Boolean, nullable=False),
    Column("received_on", Date, nullable=False),
    text("proves"),
)

investigations = part(
    "investigations",
    Column("on", Date, nullable=False),
    word("place"),
    Column("by", Words, nullable=False),
    Column("of", Words, nullable=False),
    text("content"),
    Column("signed", Boolean, nullable=False),
)

suspensions = part(
    "suspensions",
    Column("no", Integer, nullable=False),
    Column("cause", Choice(SuspensionCause), nullable=False),
    text("reason"),
    Column("notice_on", Date, nullable=False),
    Column("from_on", Date, nullable=False),
    Column("to", Date, nullable=False),
    Column("unit", Choice(DayUnit), nullable=False),
    Column("days_excluded", Integer, nullable=False),
    Column("due_before", Date, nullable=False),
    Column("due_after", Date, nullable=False),
)

extensions = part(
    "extensions",
    Column("no", Integer, nullable=False),
    Column("agreed_on", Date, nullable=False),
    Column("consent", Words, nullable=False),
    text("reason"),
    Column("days", Integer, nullable=False),
    Column("unit", Choice(DayUnit), nullable=False),
    Column("due_before", Date, nullable=False),
    Column("due_after", Date, nullable=False),
)

sessions = part(
    "sessions",
    Column("no", Integer, nullable=False),
    Column("date", Date, nullable=False, index=True),
    Column("start", Time, nullable=False),
    Column("end", Time),
    word("place"),
    Column("mode", Choice(SessionMode), nullable=False),
    Column("public", Boolean, nullable=False),
    ref("presided_by"),
    ref("recorder", nullable=True),
    Column("absent", Words, nullable=False),
    Column("invited", Words, nullable=False),
    Column("rights_notice_given", Boolean, nullable=False),
    text("record"),
    Column("result", Choice(SessionResult)),
)

attendances = part("attendances", ref(), text("how"), parents=(parent_ref("session_no"),))

private_notes = part(
    "private_notes",
    ref("of"),
    ref("by"),
    text("text"),
    Column("share_consent", Boolean, nullable=False),
    parents=(parent_ref("session_no"),),
)

undisputed_facts = part("undisputed_facts", text("fact"))

facts_consents = single(
    "facts_consents",
    Column("by", Words, nullable=False),
    Column("refused_by", Words, nullable=False),
    Column("on", Date, nullable=False),
    Column("signed", Boolean, nullable=False),
)
