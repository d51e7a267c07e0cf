"""Whether a row speaks of somebody who is in the pool already, or stands in the file further up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from mediation_desk.experts.conflicts.sameness import id_key, is_mobile, name_key, phone_keys
from mediation_desk.experts.mediator import Mediator
from mediation_desk.interchange.sheets.twins import Choice, Key, Seen, Trait, Twin
from mediation_desk.shared.record import record


@record
class Known:
    """The pool as the import looks it up. ``revision`` tells later whether it has changed since."""

    mediators: Mapping[str, Mediator]
    by_key: Mapping[Key, str]
    revision: int = 0


def known(mediators: Iterable[Mediator], revision: int = 0) -> Known:
    """The pool by number and by every trait; the smallest number first."""
    by_no = {one.pool_no: one for one in mediators}
    by_key: dict[Key, str] = {}
    for pool_no, one in by_no.items():
        for trait in traits(card_values(one)):
            by_key.setdefault(trait.key, pool_no)
    return Known(mediators=by_no, by_key=by_key, revision=revision)


def card_values(mediator: Mediator) -> dict[str, Any]:
    """What of a record tells two people apart."""
    card = mediator.card
    return {
        "pool_no": card.pool_no,
        "name": card.name,
        "id_no": card.id_no,
        "phone": card.phone,
        "birth_date": card.birth_date,
        "organisation": card.organisation,
    }


def traits(values: Mapping[str, Any]) -> tuple[Trait, ...]:
    """The surest first."""
    found = []
    if identity := id_key(values.get("id_no") or ""):
        found.append(Trait(key=("id", identity), why="身份证号相同", certain=True))
    if number := values.get("pool_no"):
        found.append(Trait(key=("no", number), why="编号相同", certain=True))
    name = name_key(values.get("name") or "")
    if not name:
        return tuple(found)
    found.extend(
        Trait(key=("phone", name, phone), why="姓名和电话相同")
        for phone in phone_keys(values.get("phone") or "")
        if is_mobile(phone)
    )
    if born := values.get("birth_date"):
        found.append(Trait(key=("born", name, born), why="姓名和出生日期相同"))
    if body := name_key(values.get("organisation") or ""):
        found.append(Trait(key=("body", name, body), why="单位和姓名相同"))
    return tuple(found)


def twin_in_pool(own: Sequence[Trait], values: Mapping[str, Any], pool: Known) -> Twin | None:
    """Who of the pool this is, and what may be done about it.

    A number that belongs to somebody of another name makes no twin to update: the row can only be somebody new,
    with another number.
    """
    for trait in own:
        number = pool.by_key.get(trait.key)
        other = pool.mediators[number] if number else None
        if other is None or (not trait.certain and _apart(values, card_values(other))):
            continue
        choices: tuple[Choice, ...] = (Choice.SKIP, Choice.UPDATE, Choice.NEW)
        if trait.key[0] == "id":
            choices = (Choice.SKIP, Choice.UPDATE)
        elif trait.key[0] == "no" and not _may_be_one(values, card_values(other)):
            choices = (Choice.SKIP, Choice.NEW)
        return Twin(name=other.name, why=trait.why, choices=choices, key=other.pool_no)
    return None


def twin_in_file(own: Sequence[Trait], values: Mapping[str, Any], seen: Seen) -> Twin | None:
    """Which earlier row this one repeats; ``seen`` has the earlier rows by their traits."""
    for trait in own:
        row, other = seen.get(trait.key, (0, {}))
        if not row or (not trait.certain and _apart(values, other)):
            continue
        choices = (Choice.SKIP,) if trait.key[0] == "id" else (Choice.SKIP, Choice.NEW)
        return Twin(name=str(other.get("name") or ""), why=trait.why, choices=choices, row=row)
    return None


def _may_be_one(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    name = one.get("name")
    same_name = not name or name_key(name) == name_key(other.get("name") or "")
    return same_name and not _ids_differ(one, other)


def _apart(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Whether something on both sides says that these are two people; a telephone may be a new one."""
    born, others_born = one.get("birth_date"), other.get("birth_date")
    return _ids_differ(one, other) or bool(born and others_born and born != others_born)


def _ids_differ(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    first, second = (id_key(side.get("id_no") or "") for side in (one, other))
    return bool(first and second and first != second)
