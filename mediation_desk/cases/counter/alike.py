"""Whether a dispute at the counter is one the centre has already: same people, same matter, look-alike names."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from enum import StrEnum

from mediation_desk.cases.counter.names import alike as names_alike
from mediation_desk.cases.counter.people import EarlierCase, Known, Named
from mediation_desk.cases.lifecycle import OPEN
from mediation_desk.cases.registering import Register
from mediation_desk.cases.vocabulary import Category
from mediation_desk.experts.conflicts.sameness import id_key, name_key, phone_keys
from mediation_desk.parties.model import Side
from mediation_desk.parties.standing import Capacity
from mediation_desk.shared.record import record

MOST_SHOWN = 5
MOST_PEOPLE = 8
"""Of a group the first are compared: its cases share them all."""
_SAME_STORY = 60
_FACTS = 400
_MONTH, _YEAR = 30, 365


class Relation(StrEnum):
    """How a new case is linked to an earlier one."""

    REPEAT = "重复来访"
    RELAPSE = "复发"
    RELATED = "关联"


class Weight(StrEnum):
    """How much speaks for it being the same dispute."""

    STRONG = "很可能是同一件事"
    LIKELY = "可能有关"


class _Anyway:
    """Contains every key."""

    def __contains__(self, key: object) -> bool:
        return True


ANYWAY: Container[str] = _Anyway()
"""For ``CaseService.register``: whoever registers has decided already, whatever is on file."""


@record
class Matter:
    """What is compared: who, which kind, the beginning of the story."""

    people: tuple[Named, ...]
    category: Category | None = None
    facts: str = ""


@record
class Alike:
    """An earlier case and why it looks like this one; ``same`` pairs refs here with refs there."""

    case: EarlierCase
    weight: Weight
    relation: Relation
    reason: str
    same: tuple[tuple[str, str], ...]

    @property
    def strong(self) -> bool:
        """Whether registering it again must be on purpose."""
        return self.weight is Weight.STRONG


@record
class ElsewhereDraft:
    """A draft of another window that names the same people."""

    key: str
    account: str
    saved_at: datetime
    names: tuple[str, ...]


@record
class _Match:
    person: Named
    other: Named
    doubt: str = ""


def matter_of(command: Register) -> Matter:
    """What of a registration is compared."""
    parties = (
        Named(
            name=party.name,
            side=party.side,
            id_no=party.id_no or party.uscc or "",
            phone=party.phone,
            ref=party.ref,
        )
        for party in command.parties
    )
    members = (
        Named(
            name=member.name,
            side=next((one.side for one in command.parties if one.ref == member.party_ref), None),
            id_no=member.id_no,
            phone=member.phone,
            capacity=Capacity.MEMBER,
            ref=member.party_ref,
        )
        for member in command.group_members[:MOST_PEOPLE]
    )
    return Matter(people=(*parties, *members), category=command.category, facts=command.facts)


def judge(matter: Matter, known: Iterable[Known], today: date) -> tuple[Alike, ...]:
    """The earlier cases that look like ``matter``, the likeliest first, at most :data:`MOST_SHOWN`."""
    found = [one for earlier in known if (one := _judged(matter, earlier, today)) is not None]
    found.sort(
        key=lambda one: (not one.strong, one.case.state not in OPEN, -one.case.received_on.toordinal())
    )
    return tuple(found[:MOST_SHOWN])


def _judged(matter: Matter, earlier: Known, today: date) -> Alike | None:
    mine, theirs = _matches(matter.people, earlier.people)
    if not mine or not theirs:
        return None
    matches = (*mine, *theirs)
    doubtful = any(match.doubt for match in matches)
    same_kind = matter.category is None or matter.category is earlier.case.category
    same_matter = same_kind or _same_story(matter.facts, earlier.facts)
    if doubtful and not same_kind:
        return None
    is_open = earlier.case.state in OPEN
    relation = (
        Relation.RELATED if doubtful or not same_matter else Relation.REPEAT if is_open else Relation.RELAPSE
    )
    strong = is_open and same_matter and not doubtful
    return Alike(
        case=earlier.case,
        weight=Weight.STRONG if strong else Weight.LIKELY,
        relation=relation,
        reason=_reason(matches, earlier.case, today, same_matter=same_matter),
        same=tuple(
            (match.person.ref, match.other.ref) for match in matches if match.person.ref and match.other.ref
        ),
    )


def _matches(people: Sequence[Named], others: Sequence[Named]) -> tuple[list[_Match], list[_Match]]:
    """The best match of each person: applicants apart from those they face; one of both must be known."""
    applicants: list[_Match] = []
    facing: list[_Match] = []
    taken: set[tuple[str, str]] = set()
    for person in people[:MOST_PEOPLE]:
        match = _best(person, others)
        if match is not None and (match.other.ref, match.other.name) not in taken:
            taken.add((match.other.ref, match.other.name))
            (applicants if person.side is Side.APPLICANT else facing).append(match)
    return applicants, facing


def _best(person: Named, others: Iterable[Named]) -> _Match | None:
    matches = [match for other in others if (match := _match(person, other)) is not None]
    # Sure ones first, and among them somebody who is a party there too.
    matches.sort(key=lambda match: (bool(match.doubt), match.other.capacity is not Capacity.PARTY))
    return matches[0] if matches else None


def _match(person: Named, other: Named) -> _Match | None:
    mine, theirs = id_key(person.id_no), id_key(other.id_no)
    if mine and theirs:
        return _Match(person=person, other=other) if mine == theirs else None
    ours, its = name_key(person.name), name_key(other.name)
    if ours == its:
        return _Match(person=person, other=other) if ours else None
    doubt = names_alike(ours, its)
    return _Match(person=person, other=other, doubt=doubt) if doubt else None


def _same_story(one: str, other: str) -> bool:
    if not one.strip() or not other.strip():
        return False
    from rapidfuzz import fuzz  # loaded late: only a second dispute of the same people needs it

    return bool(fuzz.token_set_ratio(_signs(one), _signs(other)) >= _SAME_STORY)


def _signs(text: str) -> str:
    """Pairs of neighbouring characters, which stand in for words."""
    plain = re.sub(r"\W", "", text[:_FACTS])
    return " ".join(plain[place : place + 2] for place in range(len(plain) - 1))


def _reason(matches: Sequence[_Match], case: EarlierCase, today: date, *, same_matter: bool) -> str:
    pieces = [*dict.fromkeys(map(_told, matches))][:3]
    if not same_matter:
        pieces.append(f"上次是{case.category}")
    return "，".join(("、".join(pieces), f"{_ago(case.received_on, today)}登记", f"现为{case.state}"))


def _told(match: _Match) -> str:
    person, other = match.person, match.other
    if match.doubt:
        return f"“{person.name}”与“{other.name}”{match.doubt}"
    if other.capacity is Capacity.PARTY and person.side is other.side and person.side is not None:
        return f"同一{person.side}"
    place = other.side or "" if other.capacity is Capacity.PARTY else f"{other.side or ''}的{other.capacity}"
    return f"{person.name}上次是{place}"


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "今天"
    if days < _MONTH * 2:
        return f"{days}天前"
    return f"{days // _MONTH}个月前" if days < _YEAR * 2 else f"{days // _YEAR}年前"


def same_people(matter: Matter, content: Mapping[str, object]) -> tuple[str, ...]:
    """Names that stand in an unfinished intake too; none unless both sides or a number are the same."""
    matches = [match for person in matter.people if (match := _best(person, _drafted(content))) is not None]
    sure = [match for match in matches if not match.doubt]
    numbered = any(
        match.person.id_no and id_key(match.person.id_no) == id_key(match.other.id_no) for match in sure
    )
    return tuple(dict.fromkeys(match.other.name for match in sure)) if numbered or len(sure) > 1 else ()


def _drafted(content: Mapping[str, object]) -> Iterator[Named]:
    parties = content.get("parties")
    for party in parties if isinstance(parties, list | tuple) else ():
        if isinstance(party, Mapping) and str(party.get("name", "")).strip():
            phones = phone_keys(str(party.get("phone", "")))
            yield Named(
                name=str(party["name"]).strip(),
                id_no=str(party.get("id_no", "")),
                phone=phones[0] if phones else "",
            )
