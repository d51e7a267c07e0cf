"""The data key as each account and the recovery code keep it, and tries at passwords.

Where the database is encrypted they lie in a file beside it (see ``db.vault``) and name nobody.
"""

from __future__ import annotations

from sqlalchemy import Column, Float, Integer, String, Table

from db.base import metadata
from db.tables.columns import word
from db.types import Instant, Json

# Numbers of data keys (see ``ring``); two only while one takes the place of the other.
data_keys = Table(
    "data_keys",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    word("sealed"),
    word("mark"),
)

# holder: a digest of the account's name, or of "" for the recovery code. turn: number of the data key.
account_keys = Table(
    "account_keys",
    metadata,
    Column("holder", String, primary_key=True),
    word("salt"),
    Column("memory_kib", Integer, nullable=False),
    Column("passes", Integer, nullable=False),
    Column("lanes", Integer, nullable=False),
    word("sealed"),
    Column("made_at", Instant, nullable=False),
    Column("former", Json, nullable=False),
    Column("turn", Integer, primary_key=True, autoincrement=False),
    word("public"),
    word("private"),
    word("proof"),
)

# who: a digest of the name that was typed, known or not.
sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("who", String, primary_key=True),
    Column("count_", Integer, nullable=False),
    word("boot"),
    Column("seconds", Float, nullable=False),
)

# Tries that were refused while nobody could write to the audit trail.
sign_in_refusals = Table(
    "sign_in_refusals",
    metadata,
    Column("id", Integer, primary_key=True),
    word("who"),
    Column("at", Instant, nullable=False),
)
