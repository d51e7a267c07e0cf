"""Notices of sessions with proof of delivery, and the cases that wait for a session."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer, Time
from sqlalchemy import text as text_clause

from db.tables.columns import part, ref, single, text, word
from db.types import Choice
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.summons import NoticeWay
from mediation_desk.hearings.waiting import Urgency

summonses = part(
    "summonses",
    Column("session_no", Integer, nullable=False),
    ref(),
    Column("date", Date, nullable=False),
    Column("start", Time, nullable=False),
    word("place"),
    word("mode"),
    Column("given_on", Date, nullable=False),
    Column("way", Choice(NoticeWay), nullable=False),
    word("by"),
    word("to"),
    Column("delivered_on", Date),
    text("proof"),
)

WAITS = text_clause("waits")

# ``waits`` is worked out at each save: the list is read without the cases that waited once.
waitings = single(
    "waitings",
    Column("session_no", Integer, nullable=False),
    Column("since", Date, nullable=False),
    word("by"),
    Column("urgency", Choice(Urgency), nullable=False),
    Column("mode", Choice(SessionMode)),
    word("room_kind"),
    ref("mediator"),
    Column("earliest", Date),
    word("preferred"),
    text("note"),
    Column("waits", Boolean, nullable=False),
    Index("ix_waitings_waits", "case_id", sqlite_where=WAITS, postgresql_where=WAITS),
)
