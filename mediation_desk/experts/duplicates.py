"""Records of the pool that probably speak of the same person, and one record made of two."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import combinations
from typing import Any

from mediation_desk.experts.mediator import Leave, Mediator, Standing
from mediation_desk.experts.rules import pool_rules
from mediation_desk.parties.sounds import pinyin_of
from mediation_desk.shared.record import record

_OWN = frozenset(
    ("card", "standing", "standing_on", "standing_reason", "has_photo", "batch", "version", "tracks")
)
"""What the record that is kept decides alone (``tracks`` are united apart)."""


@record
class Duplicate:
    """Two records and every reason to think them one; ``first`` has the smaller number."""

    first: Mediator
    second: Mediator
    reasons: tuple[str, ...]


def duplicates(mediators: Iterable[Mediator], *, likeness: int | None = None) -> tuple[Duplicate, ...]:
    """Pairs among those who have not left, most reasons first.

    The same identity number, name and telephone, or name and birth date; or within one organisation the same
    or a like name, unless two identity numbers or birth dates tell the two apart.
    """
    least = pool_rules().likeness if likeness is None else likeness
    staff = sorted(
        (one for one in mediators if one.standing is not Standing.LEFT), key=lambda one: one.pool_no
    )
    reasons: dict[tuple[str, str], list[str]] = {}
    for key, reason in _SAME:
        for first, second in _pairs(staff, key):
            reasons.setdefault((first.pool_no, second.pool_no), []).append(reason)
    for first, second, reason in _alike(staff, least):
        reasons.setdefault((first.pool_no, second.pool_no), [reason])
    known = {one.pool_no: one for one in staff}
    ordered = sorted(reasons.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(
        Duplicate(first=known[first], second=known[second], reasons=tuple(why))
        for (first, second), why in ordered
    )


def differ_for_certain(first: Mediator, second: Mediator) -> bool:
    """Whether both identity numbers are known and differ."""
    return bool(first.card.id_no and second.card.id_no and first.card.id_no != second.card.id_no)


def united(keep: Mediator, drop: Mediator) -> Mediator:
    """``keep`` with its empty fields filled from ``drop`` and the lists of both."""
    filled = {
        item.name: _either(getattr(keep, item.name), getattr(drop, item.name))
        for item in fields(Mediator)
        if item.name not in _OWN
    }
    filled["leaves"] = _leaves(keep.leaves, drop.leaves)
    filled["duties"] = keep.duties or drop.duties
    filled["slots"] = keep.slots or drop.slots
    card = {
        item.name: _either(getattr(keep.card, item.name), getattr(drop.card, item.name))
        for item in fields(keep.card)
    }
    tracks = _either(keep.tracks, drop.tracks)
    return replace(keep, card=replace(keep.card, **card), tracks=tracks, **filled)


def _either(kept: Any, dropped: Any) -> Any:
    if isinstance(kept, tuple) and isinstance(dropped, tuple):
        return tuple(dict.fromkeys((*kept, *dropped)))
    return dropped if kept is None or kept == "" else kept


def _leaves(kept: Sequence[Leave], dropped: Sequence[Leave]) -> tuple[Leave, ...]:
    """A leave that overlaps one of the kept says nothing new."""
    fresh = (
        leave
        for leave in dropped
        if not any(leave.from_on <= one.to and one.from_on <= leave.to for one in kept)
    )
    return (*kept, *fresh)


def _id(one: Mediator) -> Hashable:
    return one.card.id_no or None


def _name_and_phone(one: Mediator) -> Hashable:
    return (one.name, one.card.phone) if one.card.phone else None


def _name_and_birth(one: Mediator) -> Hashable:
    return (one.name, one.card.birth_date) if one.card.birth_date else None


_SAME: tuple[tuple[Callable[[Mediator], Hashable], str], ...] = (
    (_id, "身份证号相同"),
    (_name_and_phone, "姓名和电话相同"),
    (_name_and_birth, "姓名和出生日期相同"),
)


def _pairs(
    staff: Iterable[Mediator], key: Callable[[Mediator], Hashable]
) -> Iterator[tuple[Mediator, Mediator]]:
    groups: dict[Hashable, list[Mediator]] = {}
    for one in staff:
        groups.setdefault(key(one), []).append(one)
    groups.pop(None, None)
    for group in groups.values():
        yield from combinations(group, 2)


def _alike(staff: Sequence[Mediator], least: int) -> Iterator[tuple[Mediator, Mediator, str]]:
    """Two names may look alike or sound alike; both happen when names are typed from paper."""
    ways: tuple[tuple[Iterable[tuple[Mediator, Mediator]], str], ...] = (
        (_pairs(staff, lambda one: (one.card.organisation, one.name)), "单位和姓名相同"),
        (_pairs(staff, lambda one: (one.card.organisation, pinyin_of(one.name))), "单位相同，姓名读音相同"),
        (_look_alikes(staff, least), "单位相同，姓名相像"),
    )
    for pairs, reason in ways:
        yield from ((first, second, reason) for first, second in pairs if not _told_apart(first, second))


def _look_alikes(staff: Sequence[Mediator], least: int) -> Iterator[tuple[Mediator, Mediator]]:
    from rapidfuzz import fuzz, process

    groups: dict[str, list[Mediator]] = {}
    for one in staff:
        groups.setdefault(one.card.organisation, []).append(one)
    for group in groups.values():
        names = [one.name for one in group]
        for place, one in enumerate(group):
            rest = names[place + 1 :]
            for _, _, which in process.extract(
                one.name, rest, scorer=fuzz.ratio, score_cutoff=least, limit=None
            ):
                yield one, group[place + 1 + which]


def _told_apart(first: Mediator, second: Mediator) -> bool:
    one, other = first.card, second.card
    born_apart = one.birth_date and other.birth_date and one.birth_date != other.birth_date
    return differ_for_certain(first, second) or bool(born_apart) or one.gender is not other.gender
