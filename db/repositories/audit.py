"""Appends to the audit trail; there is no way here to change or remove an entry but for its personal words."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, delete, insert, select, update

from db.tables.centre import audit
from db.tables.chain import audit_erasures, audit_head, audit_words
from mediation_desk.audit.acts import MOVED, STILL_ALLOWED, WITHOUT_KEY
from mediation_desk.audit.clock import ClockWatch
from mediation_desk.audit.entry import (
    START,
    Entry,
    Linker,
    Seal,
    canonical,
    content,
    head_seal,
    moment_text,
    words_digest,
)
from mediation_desk.audit.rules import audit_rules
from mediation_desk.audit.trail import Result
from mediation_desk.shared.errors import StorageError

HEAD_ID = 1
NO_KEY = "还没有人登录，不能记入审计记录，操作没有进行。"
NO_HEAD = "审计记录的链头不见了，不能再记入日志，操作没有进行。请告诉审计员，在“审计”里核对全部记录。"


@dataclass(slots=True)
class Keeper:
    """What one open storage knows about the chain: the key of whoever is signed in, and how its clock goes."""

    key: bytes | None = field(default=None, repr=False)
    watch: ClockWatch = field(default_factory=ClockWatch)


class _Draft(NamedTuple):
    """An entry that waits for the end of its unit of work."""

    at: datetime
    account: str
    action: str
    case_key: str | None
    person: str | None
    result: str
    details: dict[str, object]
    words: str


_WORDS = "words"


class AuditRepository:
    """Implements ``Trail`` on one connection: entries wait until the unit of work is about to commit.

    A unit that only reads has no keeper and cannot write.
    """

    def __init__(self, connection: Connection, keeper: Keeper | None) -> None:
        self._connection = connection
        self._keeper = keeper
        self._drafts: list[_Draft] = []

    def write(
        self,
        *,
        at: datetime,
        account: str,
        action: str,
        case_key: str | None = None,
        person: str | None = None,
        details: Mapping[str, object] | None = None,
        words: Mapping[str, Any] | None = None,
        reason: str = "",
        result: Result = Result.DONE,
    ) -> None:
        """Append one entry in the transaction of the act."""
        if self._keeper is None:
            raise AssertionError(f"{action} is audited and needs a unit that writes")
        personal = {**(words or {}), **({"reason": reason} if reason else {})}
        self._drafts.append(
            _Draft(
                at=at,
                account=account,
                action=action,
                case_key=case_key,
                person=person,
                result=result.value,
                details=dict(details or {}),
                words=canonical(personal) if personal else "",
            )
        )

    def demand(self) -> None:
        """Raise ``StorageError`` where no entry could be written now."""
        if self._keeper is not None:
            _Chain(self._connection, self._keeper).demand()

    def moved_to(self) -> str:
        """Where this centre was moved to, "" while it is here."""
        return self._connection.scalar(select(audit_head.c.moved_to)) or ""

    def standing(self) -> tuple[int, str]:
        """Number and link of the last entry. In a unit that writes, nobody else appends before it has ended."""
        end = turn(self._connection) if self._keeper is not None else END
        found = self._connection.execute(end).one()
        return found.seq, found.link

    def settle_at(self, place: str) -> None:
        """The centre goes on at ``place`` ("": here after all)."""
        self._connection.execute(update(audit_head).values(moved_to=place or None))

    def continues(self, account: str, action: str, case_key: str | None, at: datetime) -> bool:
        """Whether this account looked at the same case within the minutes of the rule."""
        since = at - timedelta(minutes=audit_rules().view_minutes)
        found = select(audit.c.at).where(
            audit.c.case_key == case_key, audit.c.account == account, audit.c.action == action
        )
        last = self._connection.scalar(found.order_by(audit.c.seq.desc()).limit(1))
        return last is not None and since < last <= at

    def forget(self, case_key: str, *, at: datetime, account: str, basis: str) -> int:
        """Destroy the personal words of all entries about a case, and put that on record; how many had some."""
        about = self._connection.scalars(select(audit.c.seq).where(audit.c.case_key == case_key)).all()
        return self.destroy_words(about, at=at, account=account, basis=basis)

    def destroy_words(self, seqs: Sequence[int], *, at: datetime, account: str, basis: str) -> int:
        """Destroy the personal words of these entries, and put that on record; how many there were."""
        held = sorted(self._connection.scalars(select(audit_words.c.seq).where(audit_words.c.seq.in_(seqs))))
        if held:
            self._connection.execute(insert(audit_erasures), [{"seq": seq} for seq in held])
            self._connection.execute(delete(audit_words).where(audit_words.c.seq.in_(held)))
            self.write(
                at=at,
                account=account,
                action="audit.words.destroyed",
                details={"entries": held, "basis": basis},
            )
        return len(held)

    def append(self) -> None:
        """Number, link and store what was written in this unit. Raises ``StorageError`` where that is not possible."""
        if not self._drafts or self._keeper is None:
            return
        chain = _Chain(self._connection, self._keeper)
        rows, words = list[dict[str, object]](), list[dict[str, object]]()
        for draft in self._drafts:
            salt = secrets.token_bytes(16) if draft.words else b""
            entry = chain.add(draft, words_digest(salt, draft.words) if draft.words else "")
            rows.append(entry._asdict() | {"at": draft.at, "details": draft.details})
            if draft.words:
                words.append({"seq": entry.seq, "salt": salt.hex(), "words": draft.words})
        self._connection.execute(_ADD, rows if len(rows) > 1 else rows[0])  # several take a longer way
        if words:
            self._connection.execute(_ADD_WORDS, words if len(words) > 1 else words[0])
        chain.close()
        self._drafts.clear()


class _Chain:
    """The end of the chain, held by one transaction, and what it adds to it."""

    def __init__(self, connection: Connection, keeper: Keeper) -> None:
        self._connection = connection
        self._keeper = keeper
        found = connection.execute(turn(connection)).one_or_none()
        if found is None:
            raise StorageError(NO_HEAD)
        self._seq = found.seq
        self._link = bytes.fromhex(found.link) if found.link else START
        self._at: datetime | None = found.at
        self._keyed_from: int | None = found.keyed_from
        self._moved_to: str | None = found.moved_to
        self._key, self._seal = _key_of(keeper, found.open_key, found.keyed_from)
        self._linker = Linker(self._key)

    def demand(self) -> None:
        """Raise ``StorageError`` where somebody has to sign in first."""
        if self._key is None:
            raise StorageError(NO_KEY)

    def add(self, draft: _Draft, digest: str) -> Entry:
        """The entry that follows."""
        if draft.action not in WITHOUT_KEY:
            self.demand()
        if self._moved_to and draft.action not in STILL_ALLOWED:
            raise StorageError(MOVED.format(place=self._moved_to))
        self._seq += 1
        entry = Entry(
            seq=self._seq,
            at=moment_text(draft.at),
            account=draft.account,
            action=draft.action,
            case_key=draft.case_key,
            person=draft.person,
            result=draft.result,
            clock=self._keeper.watch.jump(draft.at, self._at),
            details=canonical(draft.details),
            words=digest,
            seal=self._seal.value,
            link="",
        )
        made = self._linker.link(self._link, content(entry, entry.seq))
        self._link, self._at = bytes.fromhex(made), draft.at
        if self._seal is Seal.KEYED and self._keyed_from is None:
            self._keyed_from = entry.seq
        return entry._replace(link=made)

    def close(self) -> None:
        """Move the head on; what is proved stays, without a key, where the last key holder left it."""
        last = self._link.hex()
        moved: dict[str, object] = {"seq": self._seq, "link": last, "at": self._at}
        if self._key is not None:
            seal = head_seal(self._key, self._seq, last, self._keyed_from)
            moved |= {
                "proved_seq": self._seq,
                "proved_link": last,
                "seal": seal,
                "keyed_from": self._keyed_from,
            }
        self._connection.execute(_MOVE, moved)


def turn(connection: Connection) -> Select[Any]:
    """Reads the end of the chain and holds it, so that nobody else appends before this transaction has ended.

    On PostgreSQL who waited for the row is given its newest state; on SQLite a unit that writes is alone anyhow.
    """
    return END.with_for_update() if connection.dialect.name == "postgresql" else END


def begin_chain(connection: Connection) -> None:
    """Give a new database the head of its chain and an open key, which serves until somebody has an account."""
    head: dict[str, object] = {
        "id": HEAD_ID,
        "seq": 0,
        "link": "",
        "at": None,
        "proved_seq": 0,
        "proved_link": "",
    }
    head |= {"seal": "", "open_key": secrets.token_hex(32), "keyed_from": None}
    connection.execute(insert(audit_head), head)


def _key_of(keeper: Keeper, open_key: str, keyed_from: int | None) -> tuple[bytes | None, Seal]:
    if keeper.key is not None:
        return keeper.key, Seal.KEYED
    if keyed_from is None:
        return bytes.fromhex(open_key), Seal.OPEN
    return None, Seal.BARE


END = select(
    audit_head.c.seq,
    audit_head.c.link,
    audit_head.c.at,
    audit_head.c.open_key,
    audit_head.c.keyed_from,
    audit_head.c.moved_to,
)
_ADD, _ADD_WORDS = insert(audit), insert(audit_words)
_MOVE = update(audit_head).where(audit_head.c.id == HEAD_ID)
