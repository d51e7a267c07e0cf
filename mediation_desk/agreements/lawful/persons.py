"""Who is bound: parties, guarantors, others, and those who cannot decide for themselves."""

from __future__ import annotations

from collections.abc import Iterator

from mediation_desk.agreements.lawful.model import Matter
from mediation_desk.agreements.model import ClauseKind
from mediation_desk.parties.model import PartyKind, age_on

_ADULT = 18
_GIVES_UP = (ClauseKind.WAIVE,)


def not_a_party(matter: Matter) -> Iterator[tuple[int, str]]:
    """Payer or payee who is none of the parties."""
    known = {party.ref for party in matter.parties}
    for clause in matter.clauses:
        for word, refs in (("付款人", clause.payer), ("收款人", clause.payee)):
            for ref in (refs or "").split("+"):
                if ref and ref not in known:
                    yield clause.no, f"{word}“{ref[:20]}”"


def same_person(matter: Matter) -> Iterator[tuple[int, str]]:
    """Somebody who pays himself."""
    for clause in matter.clauses:
        both = set((clause.payer or "").split("+")) & set((clause.payee or "").split("+")) - {""}
        if both:
            yield clause.no, matter.name_of(min(both))


def guarantor_is_no_party(matter: Matter) -> Iterator[tuple[int, str]]:
    """A guarantee by somebody who will not sign as a party."""
    for clause in matter.clauses:
        if clause.kind is not ClauseKind.GUARANTEE or clause.payer:
            continue
        if not any(party.name in clause.text for party in matter.parties):
            yield clause.no, ""


def others_named(matter: Matter) -> Iterator[tuple[int, str]]:
    """A duty put on a person the file knows and who is no party."""
    for clause in matter.clauses:
        named = next((name for name in matter.others if name and f"由{name}" in clause.text), "")
        if named:
            yield clause.no, named


def minor_gives_up(matter: Matter) -> Iterator[tuple[int, str]]:
    """A waiver where a party is under age."""
    minors = [
        party.name
        for party in matter.parties
        if party.kind is PartyKind.PERSON
        and party.birth_date is not None
        and age_on(party.birth_date, matter.settled_on) < _ADULT
    ]
    if minors:
        yield from ((clause.no, minors[0]) for clause in matter.clauses if clause.kind in _GIVES_UP)
