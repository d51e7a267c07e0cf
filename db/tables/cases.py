"""The head row of a case file, with the figures lists and statistics read from it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table
from sqlalchemy import text as text_clause

from db.base import metadata
from db.tables.columns import ref, text, version, word
from db.types import Choice, Json, Yuan
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.vocabulary import (
    BodyType,
    Category,
    Decision,
    Difficulty,
    Result,
    SourceStat,
)
from mediation_desk.shared.track import Track

LISTED_BY: tuple[tuple[str, ...], ...] = (
    (),
    ("state",),
    ("body_id",),
    ("category",),
    ("presiding_name",),
    ("difficulty",),
)
GROUP_FROM = 10
"""From this many people on a case counts as one of many people (LR-9); such cases have an index of their own."""

OF_GROUPS = text_clause(f"people_involved >= {GROUP_FROM}")
IN_BIN = text_clause("binned_on IS NOT NULL")

cases = Table(
    "cases",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("case_key", String, nullable=False, unique=True),
    Column("fictitious", Boolean, nullable=False),
    Column("as_of", Date),
    word("title"),
    text("summary_en"),
    Column("track", Choice(Track), nullable=False),
    word("centre"),
    Column("body_id", ForeignKey("bodies.id"), nullable=False),
    word("body_name"),
    word("body_short"),
    Column("body_type", Choice(BodyType), nullable=False),
    word("body_address"),
    # Dispute
    Column("category", Choice(Category), nullable=False),
    word("category_zz_code"),
    word("category_zz_name"),
    word("event_scale_code"),
    word("event_scale_name"),
    Column("occurred_on", Date, nullable=False),
    word("place"),
    Column("difficulty", Choice(Difficulty), nullable=False),
    # Intake
    Column("received_on", Date, nullable=False),
    word("channel"),
    Column("source_stat", Choice(SourceStat), nullable=False),
    word("source_org", nullable=True),
    word("referral_no", nullable=True),
    word("registrar"),
    Column("accepted_on", Date),
    Column("decision", Choice(Decision)),
    word("mediation_due_rule", nullable=True),
    Column("mediation_due_on", Date),
    Column("number", String, unique=True),
    # Substance and end
    ref("recorder_pool_no", nullable=True),
    word("recorder_name", nullable=True),
    word("recorder_organisation", nullable=True),
    text("facts"),
    Column("parameters", Json),
    Column("claims_total", Yuan),
    text("copies_note", nullable=True),
    Column("outcome_result", Choice(Result)),
    Column("outcome_form", Choice(AgreementForm)),
    Column("outcome_concluded_on", Date),
    text("outcome_reason", nullable=True),
    *(
        Column(f"prevented_{danger}_{count}", Integer, nullable=False, default=0)
        for danger in ("suicide", "criminal", "mass_petition", "mass_fight")
        for count in ("cases", "persons")
    ),
    # Figures worked out when the case is saved, read by lists and statistics
    Column("state", Choice(State), nullable=False),
    Column("people_involved", Integer, nullable=False),
    word("party_names"),
    word("presiding_name", nullable=True),
    Column("source_kind", String, nullable=False),
    Column("due_on", Date),
    Column("effective_on", Date),
    Column("agreed_yuan", Yuan, nullable=False),
    Column("performed_on", Date),
    Column("confirm_applied_on", Date),
    Column("confirm_valid_on", Date),
    version(),
    # In the bin: out of every list and count
    Column("binned_on", Date),
    word("binned_by", nullable=True),
    text("binned_reason", nullable=True),
    # Lists are read from an index in their own order and left after a page, however long the archive is.
    *(Index(None, *first, "received_on", "id") for first in LISTED_BY),
    Index("ix_cases_groups", "received_on", "id", sqlite_where=OF_GROUPS, postgresql_where=OF_GROUPS),
    Index("ix_cases_bin", "binned_on", "id", sqlite_where=IN_BIN, postgresql_where=IN_BIN),
    # Somebody has not heard yet how the case ended
    Column("unheard_since", Date, index=True),
    # Only named people see it; the marks beside the case say who
    Column("locked_on", Date),
    Index(None, "accepted_on"),
    Index(None, "outcome_concluded_on", "track"),
    Index(None, "state", "due_on", "id"),
)
