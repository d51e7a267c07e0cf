"""The data key as it was kept before each holder had a key pair, and the door as it was then."""

from __future__ import annotations

import contextlib
import json
import secrets
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from db import sqlite
from mediation_desk.access.accounts.sealing import seal, subkey
from mediation_desk.access.accounts.tries import who
from mediation_desk.access.accounts.wrapping import Wrap
from tests.persistence.account_desk import cheap


def old_wrap(kept: Wrap, key: bytes, secret: str) -> Wrap:
    """The same holder's, as it was made then: the password opens the data key itself."""
    salt = secrets.token_bytes(16)
    strong = subkey(cheap(secret.encode(), salt, kept.cost), "wrap")
    sealed = seal(strong, key, f"mediation-desk/data-key/{kept.holder}")
    return replace(kept, salt=salt.hex(), sealed=sealed.hex(), public="", private="", proof="")


def set_back(door: Path, wraps: Iterable[Wrap]) -> None:
    """The file ``door`` as the first program with a vault left it, holding ``wraps``."""
    with contextlib.closing(sqlite.connect(door)) as made:
        for table in ("data_keys", "account_keys"):
            made.execute(f"DROP TABLE {table}")
        made.execute(
            "CREATE TABLE account_keys (holder VARCHAR NOT NULL, salt VARCHAR NOT NULL, memory_kib INTEGER NOT NULL,"
            " passes INTEGER NOT NULL, lanes INTEGER NOT NULL, sealed VARCHAR NOT NULL, made_at DATETIME NOT NULL,"
            " former JSON NOT NULL, CONSTRAINT pk_account_keys PRIMARY KEY (holder))"
        )
        for one in wraps:
            cost, at = one.cost, one.made_at.strftime("%Y-%m-%d %H:%M:%S.%f")
            former = json.dumps([asdict(past) for past in one.former])
            row = (
                who(one.holder),
                one.salt,
                cost.memory_kib,
                cost.passes,
                cost.lanes,
                one.sealed,
                at,
                former,
            )
            made.execute("INSERT INTO account_keys VALUES (?,?,?,?,?,?,?,?)", row)
        made.execute("PRAGMA user_version=0")
