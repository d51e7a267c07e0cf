"""``ConflictIndex``: who of the pool is bound to the people of a case, and what follows from it (§1.6)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import NamedTuple

from mediation_desk.experts.conflicts import words
from mediation_desk.experts.conflicts.known import Home, PoolIndex
from mediation_desk.experts.conflicts.model import Earlier, Effect, Hit, Part, Person, Relation
from mediation_desk.experts.conflicts.rules import ConflictRules, conflict_rules
from mediation_desk.experts.conflicts.sameness import (
    Address,
    id_key,
    is_mobile,
    name_key,
    phone_keys,
    surname,
)
from mediation_desk.experts.mediator import Mediator, Tie, TieKind
from mediation_desk.shared.track import Track

_TIES = {
    TieKind.EMPLOYER: Relation.EMPLOYER,
    TieKind.FORMER_EMPLOYER: Relation.FORMER_EMPLOYER,
    TieKind.SHAREHOLDING: Relation.SHAREHOLDING,
    TieKind.CLIENT: Relation.CLIENT,
    TieKind.OTHER: Relation.OTHER_TIE,
}
_OVER = {
    Relation.EMPLOYER: Relation.FORMER_EMPLOYER,
    Relation.SHAREHOLDING: Relation.FORMER_SHAREHOLDING,
    Relation.NEAR_KIN: Relation.OTHER_KIN,
}
_ON_A_SIDE = (Part.PARTY, Part.MEMBER, Part.OPERATOR, Part.LEGAL_REPRESENTATIVE, Part.GUARDIAN)
_EARLIER = {(part, True): Relation.EARLIER_OPPONENT for part in _ON_A_SIDE} | {
    (Part.PARTY, False): Relation.EARLIER_SAME_SIDE,
    (Part.MEMBER, False): Relation.EARLIER_SAME_SIDE,
    (Part.OPERATOR, False): Relation.EARLIER_REPRESENTATIVE,
    (Part.LEGAL_REPRESENTATIVE, False): Relation.EARLIER_REPRESENTATIVE,
    (Part.GUARDIAN, False): Relation.EARLIER_GUARDIAN,
    (Part.AGENT, True): Relation.EARLIER_AGENT_AGAINST,
    (Part.AGENT, False): Relation.EARLIER_AGENT_FOR,
    (Part.RELATED, True): Relation.EARLIER_RELATED,
    (Part.RELATED, False): Relation.EARLIER_RELATED,
    (Part.MEDIATOR, True): Relation.EARLIER_MEDIATOR,
    (Part.MEDIATOR, False): Relation.EARLIER_MEDIATOR,
}
_PLACE = {relation: place for place, relation in enumerate(Relation)}


class _Found(NamedTuple):
    """A relation before its effect is looked up; of two explanations the one with less ``doubt`` is kept."""

    mediator: Mediator
    relation: Relation
    person: Person
    matched: str
    detail: str = ""
    case: str = ""
    doubt: int = 0

    @property
    def key(self) -> tuple[str, Relation, Person, str]:
        return self.mediator.pool_no, self.relation, self.person, self.case

    @property
    def preference(self) -> tuple[int, str, str]:
        return self.doubt, self.matched, self.detail


class ConflictIndex:
    """Built once from the pool (or from one mediator) with the rules then in force, asked for many cases.

    The cost of a question depends on the people of the case and on what is found, not on the number of mediators.
    """

    def __init__(self, mediators: Sequence[Mediator]) -> None:
        self._rules = conflict_rules()
        self._pool = PoolIndex(mediators, self._rules)

    def hits(
        self,
        people: Sequence[Person],
        earlier: Sequence[Earlier],
        track: Track,
        *,
        on: date | None = None,
    ) -> Mapping[str, tuple[Hit, ...]]:
        """Every relation found, by pool number; mediators without one are left out.

        Exclusions come first, then the order of ``Relation``, then that of the refs. With ``on`` a tie that
        ended before that day counts as a former one; without it every tie counts as standing.
        """
        best: dict[tuple[str, Relation, Person, str], _Found] = {}
        for found in self._found(people, earlier, on):
            known = best.get(found.key)
            if known is None or found.preference < known.preference:
                best[found.key] = found
        return _arranged(_hit(found, track, self._rules) for found in best.values())

    def _found(
        self, people: Iterable[Person], earlier: Sequence[Earlier], on: date | None
    ) -> Iterator[_Found]:
        others = [person for person in people if person.part is not Part.MEDIATOR]
        for person in others:
            yield from self._personal(person)
            yield from self._by_ties(person, on)
            yield from self._by_company(person)
            yield from self._by_workplace(person, on)
        yield from self._by_earlier(others, earlier)

    def _personal(self, person: Person) -> Iterator[_Found]:
        """Whoever is the person needs no further sign of it."""
        number = id_key(person.id_no)
        same = self._pool.by_id.get(number, ())
        for mediator in same:
            yield _Found(mediator, Relation.SAME_PERSON, person, words.same_number(person, number))
        known = {mediator.pool_no for mediator in same}
        for found in (*self._by_name(person), *self._by_phone(person), *self._by_home(person)):
            if found.mediator.pool_no not in known:
                yield found

    def _by_name(self, person: Person) -> Iterator[_Found]:
        number = id_key(person.id_no)
        for mediator in self._pool.by_name.get(name_key(person.name), ()):
            if not (number and id_key(mediator.card.id_no or "")):
                yield _Found(mediator, Relation.SAME_NAME, person, words.same_name(person))

    def _by_phone(self, person: Person) -> Iterator[_Found]:
        for phone in phone_keys(person.phone):
            relation = Relation.SAME_PHONE if is_mobile(phone) else Relation.SAME_LANDLINE
            for mediator in self._pool.by_phone.get(phone, ()):
                yield _Found(mediator, relation, person, words.last_four(phone))

    def _by_home(self, person: Person) -> Iterator[_Found]:
        pool = self._pool
        household, address = pool.address(person.household), pool.address(person.address)
        for home in _at(pool.by_household, household):
            yield _Found(home.mediator, Relation.SAME_HOUSEHOLD, person, "登记的户籍相同")
        for home in _at(pool.by_address, address):
            relation = self._neighbours(home, person)
            if relation is not None:
                yield _Found(home.mediator, relation, person, "登记的住址相同")

    def _neighbours(self, home: Home, person: Person) -> Relation | None:
        to_the_door = home.address.to_the_door
        if person.is_organisation:
            return Relation.PREMISES if to_the_door else None
        compound = self._rules.compound_surnames
        family = surname(person.name, compound)
        if family and family == surname(home.mediator.name, compound):
            return Relation.SAME_FAMILY_ADDRESS if to_the_door else Relation.SAME_PLACE
        return Relation.SAME_ADDRESS if to_the_door else None

    def _by_ties(self, person: Person, on: date | None) -> Iterator[_Found]:
        number, name = id_key(person.id_no), name_key(person.name)
        for mediator, tie in self._pool.ties_by_id.get(number, ()):
            matched = words.same_number(person, number)
            if name_key(tie.name) not in ("", name):
                matched += f"，申报的名称是“{tie.name}”"
            yield _Found(mediator, self._relation(tie, on), person, matched, words.detail(tie))
        for mediator, tie in self._pool.ties_by_name.get(name, ()):
            if not (number and id_key(tie.id_no)):
                relation, matched = self._relation(tie, on), words.same_name(person)
                yield _Found(mediator, relation, person, matched, words.detail(tie), doubt=1)

    def _by_company(self, person: Person) -> Iterator[_Found]:
        if not person.is_organisation:
            return
        for mediator, tie in self._pool.ties_by_company.get(self._pool.company(person.name), ()):
            if name_key(tie.name) != name_key(person.name):
                matched = f"“{tie.name}”与“{person.name}”"
                yield _Found(mediator, Relation.BRANCH, person, matched, words.detail(tie))

    def _by_workplace(self, person: Person, on: date | None) -> Iterator[_Found]:
        for mediator, tie in self._pool.ties_by_name.get(name_key(person.employer), ()):
            if self._relation(tie, on) is Relation.EMPLOYER:
                yield _Found(mediator, Relation.COLLEAGUE, person, f"“{person.employer}”")

    def _by_earlier(self, people: Iterable[Person], earlier: Iterable[Earlier]) -> Iterator[_Found]:
        named = _by_ref_and_name(people)
        for entry in earlier:
            mediator = self._pool.by_number.get(entry.pool_no)
            if mediator is None:
                continue
            relation, case = _EARLIER[entry.part, entry.opposed], words.case_words(entry)
            unknown = Person(ref="", part=Part.RELATED, name=entry.person)
            for person in named.get(name_key(entry.person), [unknown]):
                yield _Found(mediator, relation, person, entry.part.value, case=case)

    def _relation(self, tie: Tie, on: date | None) -> Relation:
        near = not tie.relation or name_key(tie.relation) in self._rules.near_kin
        kin = Relation.NEAR_KIN if near else Relation.OTHER_KIN
        relation = kin if tie.kind is TieKind.KIN else _TIES[tie.kind]
        over = on is not None and tie.until is not None and tie.until < on
        return _OVER.get(relation, relation) if over else relation


def _at(homes: Mapping[str, Sequence[Home]], address: Address | None) -> Iterator[Home]:
    if address is not None:
        yield from (home for home in homes.get(address.key, ()) if home.address.same_as(address))


def _by_ref_and_name(people: Iterable[Person]) -> Mapping[str, list[Person]]:
    """A ref means the party or member itself, not those who stand with it."""
    named: dict[str, list[Person]] = defaultdict(list)
    for person in people:
        named[name_key(person.name)].append(person)
        if person.part in (Part.PARTY, Part.MEMBER, Part.RELATED):
            named[name_key(person.ref)].append(person)
    return named


def _hit(found: _Found, track: Track, rules: ConflictRules) -> Hit:
    person, rule = found.person, rules.relations[found.relation]
    ruling = rules.ruling(found.relation, person.part, track)
    return Hit(
        pool_no=found.mediator.pool_no,
        kind=found.relation,
        effect=ruling.effect,
        ground=ruling.ground,
        ref=person.ref,
        sentence=rule.sentence.format(
            mediator=words.mediator_words(found.mediator),
            person=words.person_words(person),
            matched=found.matched,
            detail=found.detail,
            case=found.case,
        ),
        told=rule.told.format(role=words.role(person)),
        basis=ruling.basis,
    )


def _arranged(hits: Iterable[Hit]) -> Mapping[str, tuple[Hit, ...]]:
    by_mediator: dict[str, dict[Hit, None]] = defaultdict(dict)
    for hit in sorted(hits, key=_order):
        by_mediator[hit.pool_no][hit] = None
    return {pool_no: tuple(found) for pool_no, found in by_mediator.items()}


def _order(hit: Hit) -> tuple[str, bool, int, str, str]:
    return hit.pool_no, hit.effect is Effect.DISCLOSE, _PLACE[Relation(hit.kind)], hit.ref, hit.sentence
