"""Parties of a case and who speaks for them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer

from db.tables.columns import parent_ref, part, ref, text, word
from db.types import Amounts, Choice, Words, Yuan
from mediation_desk.parties.model import Authority, Gender, PartyKind, Side

GENDER = Choice(Gender)

parties = part(
    "parties",
    ref(),
    Column("side", Choice(Side), nullable=False),
    Column("kind", Choice(PartyKind), nullable=False),
    Column("person_id", ForeignKey("people.id")),
    word("name"),
    word("phone"),
    word("address"),
    Column("gender", GENDER),
    word("ethnicity", nullable=True),
    Column("birth_date", Date),
    word("id_type_code", nullable=True),
    word("id_type_name", nullable=True),
    word("id_no", nullable=True),
    word("occupation", nullable=True),
    word("uscc", nullable=True),
    Column("headcount", Integer),
    Column("representatives", Words, nullable=False),
    Column("representative_letter_on", Date),
    ref("contact_person", nullable=True),
    word("legal_name", nullable=True),
    word("legal_position", nullable=True),
    Index(None, "person_id", "case_id"),
)

operators = part(
    "operators",
    word("name"),
    Column("gender", GENDER, nullable=False),
    Column("birth_date", Date, nullable=False),
    word("id_no", index=True),
    word("phone"),
    parents=(parent_ref("party_ref"),),
)

guardians = part(
    "guardians",
    word("name"),
    Column("gender", GENDER, nullable=False),
    word("relation"),
    Column("birth_date", Date, nullable=False),
    word("id_no", index=True),
    word("phone"),
    Column("consent_on", Date, nullable=False),
    Column("statutory_agent", Boolean, nullable=False),
    parents=(parent_ref("party_ref"),),
)

agents = part(
    "agents",
    word("name"),
    Column("gender", GENDER, nullable=False),
    word("phone", index=True),
    word("kind"),
    word("position"),
    Column("authority", Choice(Authority), nullable=False),
    Column("poa_on", Date, nullable=False),
    parents=(parent_ref("party_ref"),),
)

group_members = part(
    "group_members",
    ref(),
    word("name"),
    Column("gender", GENDER, nullable=False),
    Column("birth_date", Date, nullable=False),
    word("id_no", index=True),
    word("phone"),
    word("trade", nullable=True),
    Column("daily_wage", Yuan),
    Column("days", Integer),
    Column("paid", Yuan),
    Column("owed", Yuan),
    word("room", nullable=True),
    Column("area_m2", Yuan),
    Column("months", Integer),
    Column("discount", Yuan),
    Column("price", Yuan),
    Column("days_late", Integer),
    word("household_no", nullable=True),
    Column("area_mu", Yuan),
    Column("unit_price", Yuan),
    Column("gross", Yuan, nullable=False),
    Column("net", Yuan),
    Column("instalments", Amounts, nullable=False),
    Column("is_representative", Boolean, nullable=False),
    Column("signed", Boolean),
    Column("signed_on", Date),
)

related_persons = part(
    "related_persons",
    ref(),
    word("relation"),
    word("name"),
    Column("gender", GENDER, nullable=False),
    Column("birth_date", Date, nullable=False),
    word("id_no", index=True),
    Column("age_at_intake", Integer),
    text("note"),
)
