"""The agreement of a case: clauses, instalments, signatures, what was paid and done."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, Integer

from db.tables.columns import parent_ref, part, ref, single, text, word
from db.types import Choice, Rate, Words, Yuan
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

# What the desk knows of a clause beside the exchanged file (decision 14).
terms = part(
    "terms",
    Column("clause", Integer, nullable=False),
    Column("offer", Integer),
    word("entry"),
    Column("covers", Words, nullable=False),
    text("what"),
    Column("refrain", Boolean, nullable=False),
    word("purpose"),
    word("manner"),
    word("place"),
    Column("edited", Boolean, nullable=False),
    Column("interest", Rate),
    Column("interest_from", Date),
    word("interest_base"),
    Column("lent_on", Date),
    Column("grace_days", Integer),
    Column("penalty", Rate),
    ref("set_off"),
    Column("set_off_amount", Yuan),
    Column("monthly", Yuan),
    word("first_month"),
    Column("months", Integer),
    Column("pay_day", Integer),
    Column("articles", Words, nullable=False),
)

term_shares = part(
    "term_shares", ref(), Column("amount", Yuan, nullable=False), parents=(parent_ref("clause_no"),)
)

looked = part("looked", word("code"), text("says"), word("by"), Column("on", Date, nullable=False))
