"""The agreement of a case: clauses, instalments, signatures, what was paid and done."""

from __future__ import annotations

from sqlalchemy import Column, Date, Integer

from db.tables.columns import parent_ref, part, ref, single, text, word
from db.types import Choice, Words, Yuan
from mediation_desk.agreements.model import AgreementForm, ClauseKind

agreements = single(
    "agreements",
    word("number", nullable=True),
    Column("form", Choice(AgreementForm), nullable=False),
    Column("copies", Integer, nullable=False),
)

clauses = part(
    "clauses",
    Column("no", Integer, nullable=False),
    Column("kind", Choice(ClauseKind), nullable=False),
    text("text"),
    ref("payer", nullable=True),
    ref("payee", nullable=True),
    Column("amount", Yuan),
    Column("due_on", Date),
)

instalments = part(
    "instalments",
    Column("no", Integer, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("amount", Yuan, nullable=False),
    parents=(parent_ref("clause_no"),),
)

signatures = part("signatures", ref(), text("method"), Column("on", Date, nullable=False))

oral_records = single(
    "oral_records",
    Column("registered_on", Date, nullable=False),
    ref("recorded_by"),
    Column("confirmed_by", Words, nullable=False),
)

not_signed = part(
    "not_signed",
    ref(),
    Column("on", Date, nullable=False),
    text("reason"),
    Column("told_remedies", Words, nullable=False),
    Column("told_on", Date, nullable=False),
)

unresolved = part(
    "unresolved",
    ref("claim"),
    ref("member", nullable=True),
    Column("amount", Yuan),
    Column("told_remedies", Words, nullable=False),
    Column("told_on", Date, nullable=False),
)

recurring = part(
    "recurring",
    Column("clause", Integer, nullable=False),
    Column("monthly", Yuan, nullable=False),
    word("first_month"),
    word("last_month"),
    Column("months", Integer, nullable=False),
    Column("pay_day", Integer, nullable=False),
)

performance = part(
    "performance",
    Column("clause", Integer, nullable=False),
    Column("instalment", Integer),
    ref("payer", nullable=True),
    ref("payee", nullable=True),
    Column("due_on", Date, nullable=False, index=True),
    Column("done_on", Date),
    Column("amount", Yuan),
    text("evidence", nullable=True),
    Column("members", Words, nullable=False),
    Column("accelerated_on", Date),
)
