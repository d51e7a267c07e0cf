"""Words the centre uses again and again: offered while they are begun, never more than a handful."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

OFFERED = 6
LONGEST = 80
"""What is longer is a text, not a phrase."""


class Phrase(StrEnum):
    """What a phrase is for."""

    ADDRESS = "住址"
    PLACE = "地点"
    CLAIM = "请求"
    FACTS = "经过"


@record
class Stock:
    """A phrase of the rule file; ``kinds`` are the disputes it belongs to, none for all of them."""

    phrase: Phrase
    words: str
    kinds: tuple[Category, ...] = ()


Used = tuple[Phrase, str, str]
"""What it is for, the body in whose cases it stands, and the words."""


def used_in(file: CaseFile) -> Iterator[tuple[Phrase, str]]:
    """The phrases a case uses, each once for each time it stands there."""
    yield from ((Phrase.ADDRESS, party.address) for party in file.parties if _fits(party.address))
    yield from ((Phrase.CLAIM, claim.item) for claim in file.claims if _fits(claim.item))
    if _fits(file.dispute.place):
        yield Phrase.PLACE, file.dispute.place


def counted(files: Iterable[CaseFile]) -> Counter[Used]:
    """How often each phrase stands in the ``files`` of each body; what a locked case says is offered to nobody."""
    return Counter(
        (phrase, file.organisation.name, words)
        for file in files
        if file.beside.lock is None
        for phrase, words in used_in(file)
    )


def _fits(words: str) -> bool:
    return 0 < len(words) <= LONGEST and "\n" not in words


def stock(phrase: Phrase, typed: str, category: Category | None) -> tuple[str, ...]:
    """Phrases of the rule file that begin with ``typed`` or hold it; those of this kind of dispute first."""
    fitting = [one for one in stocked() if one.phrase is phrase and (not one.kinds or category in one.kinds)]
    fitting.sort(key=lambda one: not one.kinds)
    begun = [one.words for one in fitting if one.words.startswith(typed)]
    within = [one.words for one in fitting if typed and typed in one.words]
    return tuple(dict.fromkeys((*begun, *within)))[:OFFERED]


def stocked() -> tuple[Stock, ...]:
    """``rules/phrases.toml``. Raises ``InputError`` for a faulty file."""
    return built("phrases", _stocked)


def _stocked(data: Mapping[str, Any]) -> tuple[Stock, ...]:
    return tuple(
        Stock(
            phrase=Phrase(entry["for"]),
            words=words,
            kinds=tuple(Category(kind) for kind in entry.get("kinds", ())),
        )
        for entry in data["phrases"]
        for words in entry["words"]
    )
