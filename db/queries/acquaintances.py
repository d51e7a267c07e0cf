"""Who came before, looked up while somebody types: a handful of index seeks, whatever is on file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, and_, func, or_, select

from db.rows import Row, make
from db.tables.cases import cases
from db.tables.counter import name_ways, standings
from db.tables.parties import parties
from mediation_desk.cases.counter.names import gaps, key_of, ways_of
from mediation_desk.cases.counter.people import MOST, Acquaintance, By, EarlierCase, Known, Named
from mediation_desk.experts.conflicts.sameness import id_key, name_key
from mediation_desk.parties.standing import Capacity

OFFERED = 6
_NAMES = 8
_NEWEST = 12
"""Rows read of one name or number: the newest tell where somebody stands now."""
_WAYS = 40
_NAMESAKES = 2
_COMPARED = 40
"""Earlier cases of one person looked at when duplicates are sought."""
_MOST_COMPARED = 120
_FACTS = 400
_SHORTEST_ID, _SHORTEST_TAIL, _SHORTEST_PHONE = 6, 4, 3
_LAST = "\U0010ffff"
_TABLE = standings.c
_CASE = [cases.c[name] for name in EarlierCase.__dataclass_fields__]


def find_acquaintances(connection: Connection, typed: str, by: By) -> tuple[Acquaintance, ...]:
    """At most :data:`OFFERED`, the best first; nothing while too little is typed to tell anybody."""
    rows = _distinct(_newest(connection, typed, by))
    return tuple(_acquaintance(connection, row) for row in rows[:OFFERED])


def find_met(connection: Connection, person: Named) -> tuple[Acquaintance, ...]:
    """Who ``person`` is, by the whole number or else the whole name: nobody, one, or a few namesakes."""
    number, key = id_key(person.id_no), name_key(person.name)
    rows = _distinct(_rows(connection, _TABLE.id_no == number)) if number else []
    if not rows and len(key) > 1:
        rows = _distinct(_rows(connection, _TABLE.name_key == key))
        if number:  # a namesake with another number is somebody else
            rows = [row for row in rows if not row["id_no"]]
    return tuple(_acquaintance(connection, row) for row in rows[:_NAMESAKES])


def find_known(connection: Connection, people: Sequence[Named]) -> tuple[Known, ...]:
    """Earlier cases in which one of ``people``, or somebody called nearly the same, stands."""
    met: dict[int, list[int]] = {}
    for person in people:
        mine: set[int] = set()
        for condition in _likely(connection, person):
            newest = select(_TABLE.case_id).where(condition).order_by(_TABLE.case_id.desc())
            mine.update(connection.scalars(newest.limit(_COMPARED)))
        for case_id in mine:
            met.setdefault(case_id, []).append(len(mine))
    # Several of them together tell most; of one alone, the one who comes seldom: an insurer is in every case.
    ranked = sorted(met, key=lambda case_id: (-len(met[case_id]), min(met[case_id]), -case_id))
    return tuple(_known(connection, ranked[:_MOST_COMPARED]))


def _newest(connection: Connection, typed: str, by: By) -> Iterator[Row]:
    word = key_of(typed)
    digits = id_key(typed) or "".join(typed.split())
    if by is By.ANY and not _is_number(word):
        for name in _names(connection, word):
            yield from _rows(connection, _TABLE.name_key == name)
    else:
        yield from _numbered(connection, digits, by)


def _numbered(connection: Connection, digits: str, by: By) -> Iterator[Row]:
    if by is not By.PHONE and len(digits) >= _SHORTEST_ID:
        for number in _seek(connection, _TABLE.id_no, digits, OFFERED):
            yield from _rows(connection, _TABLE.id_no == number)
    if by is not By.PHONE and len(digits) >= _SHORTEST_TAIL:
        for tail in _seek(connection, _TABLE.id_back, digits[::-1], OFFERED):
            yield from _rows(connection, _TABLE.id_no == tail[::-1])
    if by is not By.ID_NO and len(digits) >= _SHORTEST_PHONE:
        for phone in _seek(connection, _TABLE.phone, digits, OFFERED):
            yield from _rows(connection, _TABLE.phone == phone)
    if by is not By.ID_NO and len(digits) >= _SHORTEST_TAIL:
        for tail in _seek(connection, _TABLE.phone_back, digits[::-1], OFFERED):
            yield from _rows(connection, _TABLE.phone == tail[::-1])


def _is_number(word: str) -> bool:
    return word[:-1].isdecimal() and word[-1:] in "0123456789x"


def _names(connection: Connection, word: str) -> list[str]:
    """Names that begin with ``word`` or are typed so; one character of a name tells nobody."""
    if len(word) < 2:
        return []
    found = list(_seek(connection, _TABLE.name_key, word, _NAMES))
    ways = name_ways.c
    query = select(ways.name_key).where(_prefix(ways.way, word)).order_by(ways.way, ways.name_key)
    found += connection.scalars(query.limit(_WAYS))
    return list(dict.fromkeys(found))[:_NAMES]


def _seek(connection: Connection, column: Column[Any], beginning: str, most: int) -> Iterator[str]:
    """Different values that begin so, each by one seek: many cases of one person cost no more than one."""
    after: ColumnElement[bool] = column >= beginning
    for _ in range(most):
        found = connection.scalar(select(func.min(column)).where(after, column < beginning + _LAST))
        if found is None:
            return
        yield found
        after = column > found


def _prefix(column: Column[Any], beginning: str) -> ColumnElement[bool]:
    return and_(column >= beginning, column < beginning + _LAST)


def _rows(connection: Connection, condition: ColumnElement[bool]) -> Iterator[Row]:
    query = select(standings).where(condition).order_by(_TABLE.case_id.desc()).limit(_NEWEST)
    for row in connection.execute(query).mappings():
        yield dict(row)


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """One row a person, the newest; who has once given a number is not offered again without it."""
    found: dict[tuple[str, str], Row] = {}
    for row in rows:
        number = row["id_no"] or row["phone"] or ""
        kept = found.setdefault((row["name_key"], number), row)
        for name in ("phone", "gender", "birth_date"):
            kept[name] = kept[name] or row[name]
    numbered = {row["name_key"] for row in found.values() if row["id_no"]}
    phones = {row["phone"] for row in found.values() if row["id_no"]}
    return [
        row
        for row in found.values()
        if row["id_no"] or row["name_key"] not in numbered or (row["phone"] and row["phone"] not in phones)
    ]


def _acquaintance(connection: Connection, row: Row) -> Acquaintance:
    case = connection.execute(select(*_CASE).where(cases.c.id == row["case_id"])).mappings().one()
    return Acquaintance(
        name=row["name"],
        kind=row["kind"],
        gender=row["gender"],
        birth_date=row["birth_date"],
        id_no=row["id_no"] or "",
        phone=row["phone"] or "",
        address=_address(connection, row),
        times=_times(connection, row),
        capacity=row["capacity"],
        side=row["side"],
        case=make(EarlierCase, case),
    )


def _address(connection: Connection, row: Row) -> str:
    """Only a party's address is on file."""
    if row["capacity"] is not Capacity.PARTY:
        return ""
    mine = and_(parties.c.case_id == row["case_id"], parties.c.ref == row["ref"])
    return connection.scalar(select(parties.c.address).where(mine)) or ""


def _times(connection: Connection, row: Row) -> int:
    """In how many cases, counted up to :data:`MOST`."""
    known = next((name for name in ("id_no", "phone", "name_key") if row[name]), "name_key")
    same = _TABLE[known] == row[known]
    if known == "phone":
        same = and_(same, _TABLE.name_key == row["name_key"])
    some = select(_TABLE.case_id).where(same).distinct().limit(MOST).subquery()
    return connection.scalar(select(func.count()).select_from(some)) or 0


def _likely(connection: Connection, person: Named) -> Iterator[ColumnElement[bool]]:
    number, key = id_key(person.id_no), name_key(person.name)
    if number:
        yield _TABLE.id_no == number
    if not key:
        return
    yield _TABLE.name_key == key
    ways = [*gaps(key), *ways_of(key)[:1]]
    query = select(name_ways.c.name_key).where(name_ways.c.way.in_(ways), name_ways.c.name_key != key)
    for near in sorted(set(connection.scalars(query.limit(_WAYS))))[:_NAMES]:
        yield _TABLE.name_key == near


def _known(connection: Connection, case_ids: Sequence[int]) -> Iterator[Known]:
    if not case_ids:
        return
    people: dict[int, list[Named]] = {}
    named = or_(_TABLE.capacity != Capacity.MEMBER, _TABLE.line < _COMPARED)
    query = (
        select(standings).where(_TABLE.case_id.in_(case_ids), named).order_by(*standings.primary_key.columns)
    )
    for row in connection.execute(query):
        people.setdefault(row.case_id, []).append(
            Named(
                name=row.name,
                side=row.side,
                id_no=row.id_no or "",
                phone=row.phone or "",
                capacity=row.capacity,
                ref=row.ref,
            )
        )
    begun = func.substr(cases.c.facts, 1, _FACTS).label("begun")
    heads = select(cases.c.id, begun, *_CASE).where(cases.c.id.in_(case_ids)).order_by(cases.c.id.desc())
    for head in connection.execute(heads).mappings():
        yield Known(
            case=make(EarlierCase, head), people=tuple(people.get(head["id"], ())), facts=head["begun"] or ""
        )
