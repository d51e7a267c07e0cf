"""Beside the promises of a case: what was forgiven, who was urged, what a visit found."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer

from db.tables.columns import part, ref, text
from db.types import Choice, Yuan
from mediation_desk.agreements.keeping import Escalation

waivers = part(
    "waivers",
    Column("no", Integer, nullable=False),
    Column("clause", Integer, nullable=False),
    Column("instalment", Integer),
    ref("payer", nullable=True),
    Column("amount", Yuan),
    Column("on", Date, nullable=False),
    ref("by"),
    text("reason"),
)

urgings = part(
    "urgings",
    Column("no", Integer, nullable=False),
    Column("on", Date, nullable=False),
    ref("of"),
    Column("amount", Yuan, nullable=False),
    text("how"),
    Column("served_on", Date),
)

visit_findings = part(
    "visit_findings",
    Column("visit", Integer, nullable=False),
    Column("escalation", Choice(Escalation), nullable=False),
    Column("relapsed", Boolean, nullable=False),
    text("suit"),
    text("fault"),
    text("measures"),
)
