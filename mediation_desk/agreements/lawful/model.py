"""What is judged, by which items, and what is found."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from enum import StrEnum

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.terms import MemberParts, Term
from mediation_desk.parties.model import Party
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track


class Level(StrEnum):
    """How an item stands."""

    FINE = "合适"
    LOOK = "请核对"
    FORBIDDEN = "不得"


@record
class Claimed:
    """A claim as far as sums and coverage need it."""

    ref: str
    by: str
    against: tuple[str, ...]
    item: str
    amount: Decimal | None = None


@record
class Matter:
    """A draft and what of the case it is judged by. ``settled_on``: day the parties agreed; nobody signs earlier."""

    clauses: tuple[Clause, ...]
    terms: tuple[Term, ...] = ()
    annex: tuple[MemberParts, ...] = ()
    unresolved: tuple[str, ...] = ()
    oral: bool = False
    parties: tuple[Party, ...]
    groups: tuple[tuple[str, tuple[str, ...]], ...] = ()
    others: tuple[str, ...] = ()
    claims: tuple[Claimed, ...] = ()
    track: Track
    category: str
    category_zz: str = ""
    difficult: bool = False
    occurred_on: date
    settled_on: date

    def party(self, ref: str) -> Party | None:
        """The party with this ref."""
        return next((party for party in self.parties if party.ref == ref), None)

    def name_of(self, ref: str) -> str:
        """Name of a party; the ref for anybody else."""
        party = self.party(ref)
        return party.name if party else ref


@record
class Item:
    """One item of the checklist as data.

    check: name of the built-in test, or ``words``: then ``patterns`` are regular expressions looked for in the
    text of clauses of ``kinds`` (all, when empty), in disputes of ``categories`` and ``tracks``, and ``unless``
    are words with which the hit does not count. ``says`` may name the words found as ``{found}``.
    tick: whether somebody must confirm with name that he looked, before the draft is kept.
    rule: number a refusal carries; article: the text of law that made it; mark: S, K or I.
    """

    key: str
    title: str
    check: str
    level: Level
    says: str
    tick: bool = False
    rule: str = "T-12"
    article: str
    mark: str = "K"
    patterns: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    kinds: tuple[ClauseKind, ...] = ()
    categories: tuple[str, ...] = ()
    tracks: tuple[str, ...] = ()


@record
class Finding:
    """How one item stands; ``clause`` 0 speaks of the whole agreement."""

    item: str
    title: str
    level: Level
    clause: int = 0
    says: str = ""
    rule: str = ""
    article: str = ""
    tick: bool = False

    @property
    def code(self) -> str:
        """What a tick refers to: ``title/2``."""
        return f"{self.item}/{self.clause}"

    @property
    def sentence(self) -> str:
        """Clause, what is found, and by which article."""
        where = f"第{self.clause}条：" if self.clause else ""
        return f"{where}{self.says}（{self.article}）"
