"""Finding mediators by 汉字, pinyin and initials, narrowed by what the pool keeps of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

from mediation_desk.experts.availability import is_free
from mediation_desk.experts.booking import Booking
from mediation_desk.experts.choice.fields import speaks, tongues
from mediation_desk.experts.mediator import Layer, Mediator
from mediation_desk.experts.model import MediatorCard
from mediation_desk.experts.rules import Office, pool_rules
from mediation_desk.parties.model import Gender
from mediation_desk.parties.sounds import sounds, typed_sound
from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width
from mediation_desk.shared.track import Track

_REMEMBERED = 20_000


@record
class Entry:
    """One line of the register. ``bookings`` is the time taken within the days looked ahead."""

    mediator: Mediator
    running: int = 0
    next_free: datetime | None = None
    notices: tuple[str, ...] = ()
    bookings: tuple[Booking, ...] = ()


@record
class PoolFilter:
    """What is looked for; an empty condition fits everybody. Several ``words`` must all fit."""

    words: str = ""
    field: str = ""
    language: str = ""
    grade: str = ""
    layer: Layer | None = None
    track: Track | None = None
    gender: Gender | None = None
    free_on: date | None = None


def narrow(entries: Iterable[Entry], wanted: PoolFilter) -> tuple[Entry, ...]:
    """Those of ``entries`` that fit, in the order given.

    Words in Latin letters also find the name by its pinyin, by the initials, and by every reading of a
    character that has several. Texts are prepared once per card and remembered.
    """
    words = tuple(_word(word) for word in wanted.words.split())
    names, day, office = tongues(wanted.language), wanted.free_on, pool_rules().office
    return tuple(
        entry
        for entry in entries
        if _fits(entry.mediator, wanted)
        and (not names or speaks(entry.mediator.card.languages, names))
        and all(_found(word, entry.mediator.card) for word in words)
        and (day is None or _free(entry, day, office))
    )


def _fits(mediator: Mediator, wanted: PoolFilter) -> bool:
    card = mediator.card
    return (
        (not wanted.field or wanted.field in card.specialties)
        and (not wanted.grade or wanted.grade == card.grade)
        and (wanted.layer is None or mediator.layer is wanted.layer)
        and (wanted.track is None or wanted.track in mediator.tracks)
        and (wanted.gender is None or card.gender is wanted.gender)
    )


def _found(word: str, card: MediatorCard) -> bool:
    if word in _text(card.pool_no, card.name, card.organisation, card.specialties, card.languages):
        return True
    return word.isascii() and word.isalpha() and f" {word}" in _sounds(card.name)


def _word(word: str) -> str:
    return typed_sound(fold_width(word))


@lru_cache(maxsize=_REMEMBERED)
def _text(
    pool_no: str, name: str, organisation: str, specialties: tuple[str, ...], languages: tuple[str, ...]
) -> str:
    parts = (pool_no, name, name.replace("·", ""), organisation, *specialties, *languages)
    return fold_width("\n".join(parts)).casefold()


@lru_cache(maxsize=_REMEMBERED)
def _sounds(name: str) -> str:
    """Every way to type the name, each after a blank."""
    return "".join(f" {sound}" for sound in sounds(name))


def _free(entry: Entry, day: date, office: Office) -> bool:
    """Before the next free time nobody is free, and on its day everybody is; only later days need a look."""
    if entry.next_free is None:
        return False
    first = entry.next_free.astimezone().date()
    return day >= first and (day == first or is_free(entry.mediator, entry.bookings, day, office=office))
