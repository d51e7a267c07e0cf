"""After the agreement or the end: visits, court confirmation, notices, feedback, volume, closed loop."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Index, Integer

from db.tables.columns import part, ref, single, text, word
from db.types import Choice, Words, Yuan
from mediation_desk.agreements.model import Satisfaction, VisitWay
from mediation_desk.cases.archiving.standing import Standing
from mediation_desk.cases.vocabulary import Cause, Result, Retention

followups = part(
    "followups",
    Column("on", Date, nullable=False),
    Column("way", Choice(VisitWay), nullable=False),
    ref("by"),
    Column("of", Words, nullable=False),
    text("situation"),
    Column("satisfaction", Choice(Satisfaction), nullable=False),
)

confirmations = single(
    "confirmations",
    Column("advised", Boolean, nullable=False),
    Column("applied_on", Date),
    Column("deadline", Date),
    text("deadline_note", nullable=True),
    word("court", nullable=True),
    word("case_no", nullable=True),
    Column("decided_on", Date),
    word("result"),
    text("note", nullable=True),
)

enforcements = single(
    "enforcements",
    Column("applied_on", Date, nullable=False),
    ref("by"),
    Column("against", Words, nullable=False),
    word("case_no", nullable=True),
    Column("outstanding", Yuan, nullable=False),
)

endings = single(
    "endings",
    Column("kind", Choice(Result), nullable=False),
    Column("cause", Choice(Cause), nullable=False),
    Column("on", Date, nullable=False),
    Column("by", Words, nullable=False),
    text("reason"),
    text("basis", nullable=True),
    Column("told_remedies", Words, nullable=False),
    Column("told_on", Date, nullable=False),
)

notices = single("notices", word("title"), word("number"), Column("on", Date, nullable=False))

services = part("services", ref(), Column("on", Date, nullable=False), text("how"))

feedbacks = single("feedbacks", word("to"), Column("on", Date, nullable=False), text("content"))

archives = single(
    "archives",
    Column("archived_on", Date),
    word("volume_no"),
    Column("retention", Choice(Retention), nullable=False),
    Column("pages", Integer),
    Column("documents", Words, nullable=False),
    text("access", nullable=True),
    # Worked out when the case is saved, so that the lists of the archive room never read all volumes
    Column("standing", Choice(Standing), nullable=False),
    Column("decided_until", Date),
    Index(None, "standing", "archived_on", "case_id"),
    Index(None, "retention", "decided_until", "archived_on", "case_id"),
    Index(None, "decided_until"),
)

loop_entries = part(
    "loop_entries", Column("on", Date, nullable=False), word("stage"), word("actor"), text("note")
)

calculations = part("calculations", text("name"), text("expr"), word("equals"))
