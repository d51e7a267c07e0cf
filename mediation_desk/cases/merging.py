"""What somebody changed on a form, carried over to a registration that holds more than the form can show.

Three readings: ``actual`` is what is on file, ``shown`` what the form made of it before anybody typed, ``typed``
what it makes of it now. Only where ``typed`` differs from ``shown`` does the file change; everything else stays
as it is, whether the form knows it or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import fields, is_dataclass, replace
from typing import Any, TypeVar

from mediation_desk.cases.model import Claim
from mediation_desk.cases.registering import Register
from mediation_desk.parties.model import GroupMember, Party, Side
from mediation_desk.shared.errors import InputError

T = TypeVar("T")
Pairs = tuple[tuple[int | None, int], ...]
"""For every row typed: the row on file it came from, or None for a new one."""

Refs = dict[str, str]

_LETTERS = {Side.APPLICANT: "A", Side.RESPONDENT: "B", Side.THIRD: "C"}
_LISTS = ("parties", "group_members", "claims")


def merged(actual: Register, shown: Register, typed: Register) -> Register:
    """``actual`` with what was changed from ``shown`` to ``typed``. References of people and claims stay theirs.

    Raises ``InputError`` when ``shown`` is no reading of ``actual``: it has other rows.
    """
    for rows, there in ((shown.parties, actual.parties), (shown.group_members, actual.group_members)):
        if len(rows) != len(there):
            raise InputError("表上的当事人和案卷里的对不上，请重新填。", field="/parties")
    grouped = replace(actual, group_members=_by_group(actual))
    was, now = _refs_shown(grouped, shown), _refs_typed(grouped, shown, typed)
    plain = {
        field.name: _merge(
            getattr(actual, field.name), getattr(shown, field.name), getattr(typed, field.name)
        )
        for field in fields(Register)
        if field.name not in _LISTS
    }
    return Register(
        **plain,
        parties=_parties(grouped, shown, typed, was, now),
        group_members=_in_order(actual, _members(grouped, shown, typed, now)),
        claims=_claims(grouped, shown, typed, was, now),
    )


def _by_group(actual: Register) -> tuple[GroupMember, ...]:
    """The members in the order a form shows them: group by group."""
    order = [party.ref for party in actual.parties]
    return tuple(sorted(actual.group_members, key=lambda member: order.index(member.party_ref)))


def _in_order(actual: Register, members: tuple[GroupMember, ...]) -> tuple[GroupMember, ...]:
    """In the order of the file, new ones after the others."""
    order = {member.ref: place for place, member in enumerate(actual.group_members)}
    return tuple(sorted(members, key=lambda member: order.get(member.ref, len(order))))


def _merge(actual: Any, shown: Any, typed: Any) -> Any:
    """Field by field where all three are of one kind, otherwise as a whole."""
    if shown == typed:
        return actual
    if is_dataclass(actual) and type(actual) is type(shown) is type(typed):
        names = [field.name for field in fields(actual)]
        changed = {
            name: _merge(getattr(actual, name), getattr(shown, name), getattr(typed, name)) for name in names
        }
        return replace(actual, **changed)  # type: ignore[type-var]
    return typed


def _refs_shown(actual: Register, shown: Register) -> Refs:
    """The reference on file for each one the form gave out before anybody typed: it shows all rows in order."""
    pairs: list[tuple[Party | GroupMember, Party | GroupMember]] = [
        *zip(shown.parties, actual.parties, strict=True),
        *zip(shown.group_members, actual.group_members, strict=True),
    ]
    return {one.ref: on_file.ref for one, on_file in pairs}


def _refs_typed(actual: Register, shown: Register, typed: Register) -> Refs:
    """The same for the rows as they are now; a new row gets a reference nobody bears."""
    found: Refs = {}
    for old, new in _paired(shown.parties, typed.parties, _person):
        party = typed.parties[new]
        taken = {one.ref for one in actual.parties} | set(found.values())
        found[party.ref] = actual.parties[old].ref if old is not None else _fresh(party.side, taken)
    for old, new in _paired(shown.group_members, typed.group_members, _person):
        member = typed.group_members[new]
        taken = {one.ref for one in actual.group_members} | set(found.values())
        group = found.get(member.party_ref, member.party_ref)
        stays = old is not None and actual.group_members[old].party_ref == group
        found[member.ref] = (
            actual.group_members[old].ref if stays and old is not None else _fresh_member(group, taken)
        )
    return found


def _fresh(side: Side, taken: set[str]) -> str:
    return next(ref for number in range(1, 999) if (ref := f"{_LETTERS[side]}{number}") not in taken)


def _fresh_member(group: str, taken: set[str]) -> str:
    digits = max((len(ref.split("-", 1)[1]) for ref in taken if ref.startswith(f"{group}-")), default=2)
    return next(ref for number in range(1, 9999) if (ref := f"{group}-{number:0{digits}d}") not in taken)


def _parties(actual: Register, shown: Register, typed: Register, was: Refs, now: Refs) -> tuple[Party, ...]:
    made = []
    for old, new in _paired(shown.parties, typed.parties, _person):
        party = _renamed(typed.parties[new], now)
        if old is not None:
            on_file, before = actual.parties[old], _renamed(shown.parties[old], was)
            bare = (replace(one, agents=()) for one in (on_file, before, party))
            party = replace(_merge(*bare), agents=_agents(on_file, before, party))
        made.append(party)
    return tuple(made)


def _renamed(party: Party, names: Refs) -> Party:
    contact = party.contact_person
    return replace(
        party,
        ref=names.get(party.ref, party.ref),
        representatives=tuple(names.get(ref, ref) for ref in party.representatives),
        contact_person=names.get(contact, contact) if contact else contact,
    )


def _agents(actual: Party, shown: Party, typed: Party) -> tuple[Any, ...]:
    """Agents by name: one the form could not show for want of room stays."""
    made = [
        typed.agents[new] if old is None else _merge(actual.agents[old], shown.agents[old], typed.agents[new])
        for old, new in _paired(shown.agents, typed.agents, lambda agent: (agent.name,))
    ]
    return (*made, *actual.agents[len(shown.agents) :])


def _members(actual: Register, shown: Register, typed: Register, names: Refs) -> tuple[GroupMember, ...]:
    made = []
    for old, new in _paired(shown.group_members, typed.group_members, _person):
        member = replace(typed.group_members[new], ref=names[typed.group_members[new].ref])
        if old is not None:
            before = replace(shown.group_members[old], ref=member.ref)
            member = _merge(actual.group_members[old], before, member)
        made.append(member)
    return tuple(made)


def _claims(actual: Register, shown: Register, typed: Register, was: Refs, now: Refs) -> tuple[Claim, ...]:
    made: list[Claim] = []
    for old, new in _paired(shown.claims, typed.claims, lambda claim: (claim.item,)):
        claim = _of(typed.claims[new], now)
        if old is None:
            taken = {one.ref for one in (*actual.claims, *made)}
            number = next(ref for count in range(1, 999) if (ref := f"Q{count}") not in taken)
            made.append(replace(claim, ref=number))
            continue
        kept, before = actual.claims[old], _of(shown.claims[old], was)
        after = _merge(kept, replace(before, ref=kept.ref), replace(claim, ref=kept.ref))
        after = replace(after, against=_against(kept, before, claim, set(now.values())))
        # A sum that leads to another amount is no longer how this one came about.
        made.append(after if after.amount == kept.amount else replace(after, calc=None))
    return tuple(made)


def _against(kept: Claim, before: Claim, claim: Claim, parties: set[str]) -> tuple[str, ...]:
    """Against whom; several chosen ones, which a form shows as everybody, stay unless one is named instead."""
    if before.against == claim.against or (kept.against != before.against and len(claim.against) > 1):
        return tuple(ref for ref in kept.against if ref in parties)
    return claim.against


def _of(claim: Claim, names: Refs) -> Claim:
    against = tuple(names.get(ref, ref) for ref in claim.against)
    return replace(claim, by=names.get(claim.by, claim.by), against=against)


def _person(one: Party | GroupMember) -> tuple[object, ...]:
    return one.name, getattr(one, "id_no", None) or getattr(one, "uscc", None)


def _paired(shown: Sequence[T], typed: Sequence[T], key: Callable[[T], tuple[object, ...]]) -> Pairs:
    """Which row typed was which row shown: by all that names it, by part of it, then by the place it stands in.

    A row taken out and another written at the end are two rows; a row written over in its place is the same.
    """
    free = list(range(len(shown)))
    found: dict[int, int] = {}
    for fits in (_all_of, _part_of, None):
        for new, row in enumerate(typed):
            if new in found:
                continue
            if fits is None:
                old = new if new in free else None
            else:
                old = next((at for at in free if fits(key(shown[at]), key(row))), None)
            if old is not None:
                found[new] = old
                free.remove(old)
    return tuple((found.get(new), new) for new in range(len(typed)))


def _all_of(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return one == other


def _part_of(one: tuple[object, ...], other: tuple[object, ...]) -> bool:
    return any(mine == yours for mine, yours in zip(one, other, strict=True) if mine)
