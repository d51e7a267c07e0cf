"""Who mediated a case may not come back into it as somebody else (特邀调解规定 art. 16)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from mediation_desk.experts.choice.ballot import Bar
from mediation_desk.experts.conflicts import words
from mediation_desk.experts.conflicts.model import Part, Person
from mediation_desk.experts.conflicts.rules import conflict_rules
from mediation_desk.experts.conflicts.sameness import id_key, name_key, phone_keys
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.record import record


@record
class Barred:
    """Somebody who may not act in the case as ``part``; ``sentence`` says why, with the article."""

    ref: str
    part: Part
    pool_no: str
    case_key: str
    sentence: str


def barred(people: Sequence[Person], bars: Iterable[Bar]) -> tuple[Barred, ...]:
    """Those of ``people`` who may not act because of ``bars`` of their case; in the order of the people.

    Identity numbers decide where both are known, else telephones, else the name alone. Which parts are barred
    is data (``rules/conflicts.toml``).
    """
    rule = conflict_rules().bar
    kept = sorted(bars, key=lambda bar: (bar.pool_no, bar.case_key))
    return tuple(
        Barred(
            ref=person.ref,
            part=person.part,
            pool_no=bar.pool_no,
            case_key=bar.case_key,
            sentence=rule.sentence.format(
                person=words.person_words(person),
                since=cn_date(bar.since),
                matched=matched,
                part=person.part.value,
            )
            + f"依据：{rule.basis}。",
        )
        for person in people
        if person.part in rule.parts
        for bar in kept
        for matched in _same(person, bar)
    )


def _same(person: Person, bar: Bar) -> Iterator[str]:
    """By what the two are the same; nothing where they are not."""
    numbers = id_key(person.id_no), id_key(bar.id_no)
    phones = phone_keys(person.phone), phone_keys(bar.phone)
    if all(numbers):
        if numbers[0] == numbers[1]:
            yield words.same_number(person, numbers[0])
    elif name_key(person.name) != (name_key(bar.name) or None):
        return
    elif all(phones):
        common = sorted(set(phones[0]) & set(phones[1]))
        if common:
            yield f"姓名、电话一致（{words.last_four(common[0])}）"
    else:
        yield "同名，证件号、电话未核对"
