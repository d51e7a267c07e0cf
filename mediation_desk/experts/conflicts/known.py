"""The pool laid out by everything that can bind a mediator to somebody, so that each question is one look-up."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import NamedTuple, TypeVar

from mediation_desk.experts.conflicts.rules import ConflictRules
from mediation_desk.experts.conflicts.sameness import (
    Address,
    address_of,
    company_of,
    id_key,
    name_key,
    phone_keys,
)
from mediation_desk.experts.mediator import Mediator, Tie, TieKind

T = TypeVar("T")

_OWNING = (TieKind.EMPLOYER, TieKind.SHAREHOLDING)


class Bond(NamedTuple):
    """A mediator and a tie on file; the body a mediator belongs to counts as a tie."""

    mediator: Mediator
    tie: Tie


class Home(NamedTuple):
    """A mediator and where this mediator lives or is registered."""

    mediator: Mediator
    address: Address


class PoolIndex:
    """Mediators by identity number, name, phone, home, tie and company. An empty key leads to nobody."""

    def __init__(self, mediators: Sequence[Mediator], rules: ConflictRules) -> None:
        self._rules = rules
        self.by_number = {one.pool_no: one for one in mediators}
        self.by_id: dict[str, list[Mediator]] = defaultdict(list)
        self.by_name: dict[str, list[Mediator]] = defaultdict(list)
        self.by_phone: dict[str, list[Mediator]] = defaultdict(list)
        self.by_household: dict[str, list[Home]] = defaultdict(list)
        self.by_address: dict[str, list[Home]] = defaultdict(list)
        self.ties_by_id: dict[str, list[Bond]] = defaultdict(list)
        self.ties_by_name: dict[str, list[Bond]] = defaultdict(list)
        self.ties_by_company: dict[str, list[Bond]] = defaultdict(list)
        for mediator in self.by_number.values():
            self._enter(mediator)
            self._enter_home(mediator)
            self._enter_ties(mediator)

    def address(self, text: str) -> Address | None:
        """``text`` as an address of this index; None for one that tells too little."""
        rules = self._rules
        return address_of(text, shortest=rules.shortest_address, vague=rules.vague_addresses)

    def company(self, name: str) -> str:
        """The company behind a name, by which ``ties_by_company`` is kept."""
        return company_of(name_key(name), self._rules.branch_words)

    def _enter(self, mediator: Mediator) -> None:
        card = mediator.card
        _add(self.by_id, id_key(card.id_no or ""), mediator)
        _add(self.by_name, name_key(card.name), mediator)
        for phone in phone_keys(card.phone or ""):
            _add(self.by_phone, phone, mediator)

    def _enter_home(self, mediator: Mediator) -> None:
        for homes, text in (
            (self.by_household, mediator.household),
            (self.by_address, mediator.address),
        ):
            address = self.address(text)
            if address is not None:
                _add(homes, address.key, Home(mediator, address))

    def _enter_ties(self, mediator: Mediator) -> None:
        for tie in (*mediator.ties, *_bodies(mediator)):
            bond = Bond(mediator, tie)
            _add(self.ties_by_id, id_key(tie.id_no), bond)
            _add(self.ties_by_name, name_key(tie.name), bond)
            if tie.kind in _OWNING:
                _add(self.ties_by_company, self.company(tie.name), bond)


def _bodies(mediator: Mediator) -> Iterator[Tie]:
    declared = {name_key(tie.name) for tie in mediator.ties if tie.kind is TieKind.EMPLOYER}
    for name in dict.fromkeys((mediator.card.organisation, mediator.studio)):
        if name_key(name) not in declared:
            yield Tie(kind=TieKind.EMPLOYER, name=name)


def _add(index: dict[str, list[T]], key: str, value: T) -> None:
    if key:
        index[key].append(value)
