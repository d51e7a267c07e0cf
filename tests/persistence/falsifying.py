"""Eight ways to falsify a chain, by somebody careless and by somebody who makes new links, but has not the key (S9)."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from random import Random
from typing import Any

from db.unit_of_work import Storage
from mediation_desk.audit.entry import START, Entry, Linker, Seal, canonical, content, head_seal, words_digest
from mediation_desk.audit.findings import Tamper
from mediation_desk.audit.ports import Head

Row = tuple[Any, ...]
FIELDS = {name: place for place, name in enumerate((*Entry._fields, "salt", "text"))}
MOST = 4
"""Entries that are deleted or cut at a time."""


@dataclass
class Copy:
    """Implements ``Chain`` on rows in memory: what lies in a database, ready to be falsified."""

    lines: list[Row]
    kept_head: Head | None

    def head(self) -> Head | None:
        return self.kept_head

    def last(self) -> int:
        return self.lines[-1][0] if self.lines else 0

    def rows(self, first: int) -> Iterator[Row]:
        return (row for row in self.lines if first == 1 or row[0] >= first)

    def link_at(self, seq: int) -> str | None:
        return next((row[11] for row in self.lines if row[0] == seq), None)

    def twin(self, entry: Entry) -> int | None:
        said = (*entry[1:7], entry.details, entry.words)
        same = (row[0] for row in self.lines if (*row[1:7], row[8], row[9]) == said and row[0] != entry.seq)
        return next(same, None)

    def erased(self) -> frozenset[int]:
        return frozenset()


def taken(storage: Storage) -> Copy:
    """The stored chain as it lies there."""
    with storage.read() as work:
        return Copy(list(work.chain.rows(1)), work.chain.head())


@dataclass(frozen=True)
class Crime:
    """What was done, and the first entry that is not what it was."""

    kind: Tamper
    first: int
    chain: Copy


def falsified(kind: Tamper, whole: Copy, dice: Random, *, cunning: bool) -> Crime:
    """A copy of ``whole`` after one crime; the cunning leave no gap and make every link anew up to the end."""
    lines = list(whole.lines)
    first = _CRIMES[kind](lines, dice)
    if cunning or dice.random() < 0.5:
        lines = [_set(row, seq=seq) for seq, row in enumerate(lines, start=1)]
    head = whole.kept_head
    if cunning:
        lines = _relinked(lines, first, dice, head)
        if head is not None and lines and dice.random() < 0.3:
            head = _guessed(head, lines[-1])
    return Crime(kind, first, Copy(lines, head))


def _edit(lines: list[Row], dice: Random) -> int:
    place = dice.randrange(len(lines))
    row = lines[place]
    what = dice.choice(["at", "account", "action", "case_key", "details", "result", "clock", "text"])
    if what == "text" and row[FIELDS["text"]] is not None:
        words = canonical({"before": "无"})
        lines[place] = _set(row, text=words, words=words_digest(bytes.fromhex(row[12]), words))
        return place + 1
    other = {
        "at": row[1][:-1] + ("7" if row[1][-1] != "7" else "8"),
        "account": "somebody",
        "action": "case.归档" if row[3] != "case.归档" else "case.view",
        "case_key": "AJ2026999999",
        "result": "refused",
        "clock": row[7] + 1,
    }
    what = what if what in other else "details"
    lines[place] = _set(row, **{what: other.get(what, canonical({"no": -1}))})
    return place + 1


def _delete(lines: list[Row], dice: Random) -> int:
    number = dice.randint(1, MOST)
    place = dice.randrange(1, len(lines) - number)
    del lines[place : place + number]
    return place + 1


def _swap(lines: list[Row], dice: Random) -> int:
    one, other = sorted(dice.sample(range(len(lines)), 2))
    kept = {"seq", "link"} if dice.random() < 0.5 else {"seq"}
    first, second = lines[one], lines[other]
    lines[one] = _set(second, **{name: first[FIELDS[name]] for name in kept})
    lines[other] = _set(first, **{name: second[FIELDS[name]] for name in kept})
    return one + 1


def _cut_tail(lines: list[Row], dice: Random) -> int:
    del lines[-dice.randint(1, MOST) :]
    return len(lines) + 1


def _cut_head(lines: list[Row], dice: Random) -> int:
    del lines[: dice.randint(1, MOST)]
    return 1


def _forge(lines: list[Row], dice: Random) -> int:
    place = dice.randrange(len(lines) + 1)
    model = lines[min(place, len(lines) - 1)]
    invented = dice.randbytes(32).hex()
    row = _set(
        model,
        account="clerk9",
        details=canonical({"no": 9999}),
        words="",
        salt=None,
        text=None,
        link=invented,
    )
    _put_in(lines, place, row)
    return place + 1


def _duplicate(lines: list[Row], dice: Random) -> int:
    place = dice.randrange(1, len(lines) + 1)
    _put_in(lines, place, lines[dice.randrange(place)])
    return place + 1


def _wipe(lines: list[Row], _dice: Random) -> int:
    lines.clear()
    return 1


_CRIMES: dict[Tamper, Callable[[list[Row], Random], int]] = {
    Tamper.EDIT: _edit,
    Tamper.DELETION: _delete,
    Tamper.SWAP: _swap,
    Tamper.CUT_TAIL: _cut_tail,
    Tamper.CUT_HEAD: _cut_head,
    Tamper.FORGERY: _forge,
    Tamper.DUPLICATE: _duplicate,
    Tamper.WIPE: _wipe,
}


def _put_in(lines: list[Row], place: int, row: Row) -> None:
    """A number is free only at the end: what follows moves on."""
    lines.insert(place, row)
    lines[:] = [_set(line, seq=seq) for seq, line in enumerate(lines, start=1)]


def _relinked(lines: Sequence[Row], first: int, dice: Random, head: Head | None) -> list[Row]:
    """Links as the cunning can make them: without a key, or with the open key that lies in the database."""
    opened = bytes.fromhex(head.open_key) if head else b""
    key, seal = dice.choice(
        ((None, Seal.KEYED), (opened, Seal.KEYED), (opened, Seal.OPEN), (None, Seal.BARE))
    )
    made, before = list(lines[: first - 1]), START
    if made:
        before = bytes.fromhex(made[-1][11])
    for row in lines[first - 1 :]:
        sealed = _set(row, seal=seal.value)
        new = Linker(key).link(before, content(sealed[:12], sealed[0]))
        made.append(_set(sealed, link=new))
        before = bytes.fromhex(new)
    return made


def _guessed(head: Head, last: Row) -> Head:
    key = hashlib.sha256(b"guess").digest()
    seal = head_seal(key, last[0], last[11], head.keyed_from)
    return replace(head, seq=last[0], proved_seq=last[0], proved_link=last[11], seal=seal)


def _set(row: Row, **values: object) -> Row:
    changed = list(row)
    for name, value in values.items():
        changed[FIELDS[name]] = value
    return tuple(changed)


def row_checksums_notice(whole: Copy, crime: Crime, *, recomputed: bool) -> bool:
    """The control: a checksum in each row, without key and link, as OpenEMR keeps it; who may, computes it anew."""
    sums = {row[0]: _checksum(row) for row in whole.lines}
    before = {row[11]: sums[row[0]] for row in whole.lines}
    for row in crime.chain.lines:
        kept = _checksum(row) if recomputed else before.get(row[11], "")
        if kept != _checksum(row):
            return True
    return False


def _checksum(row: Row) -> str:
    return hashlib.sha3_512(repr(row[1:10]).encode()).hexdigest()
