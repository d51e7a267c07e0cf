"""Dangers the counter must see at once (LR-9): suggested by the words and the people, confirmed by ticks."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record

_WORDS_SHOWN = 3
_FIRST_MONTH = 1


@record
class Danger:
    """One kind of danger of ``rules/risks.toml``: what points to it, and what the centre must do now."""

    kind: str
    now: str
    to: str
    article: str
    words: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    minors: bool = False
    people: int = 0
    festival: int = 0


@record
class Seen:
    """What of an intake can point to a danger; ``minors`` are the names of parties under 18."""

    facts: str
    category: Category | None
    people: int
    minors: tuple[str, ...]
    on: date


@record
class Suggestion:
    """A danger and why it is suggested."""

    danger: Danger
    because: str


def dangers() -> tuple[Danger, ...]:
    """All kinds, in the order of the rule file. Raises ``InputError`` for a faulty file."""
    return built("risks", _dangers)


def screened(seen: Seen) -> tuple[Suggestion, ...]:
    """The dangers this intake points to, each with its reason; nothing is decided by that."""
    reasons = ((danger, _because(danger, seen)) for danger in dangers())
    return tuple(Suggestion(danger=danger, because=reason) for danger, reason in reasons if reason)


def days_to_festival(on: date) -> int:
    """Days from ``on`` to the next Spring Festival, 0 on the day itself (正月初一, worked out for any year)."""
    from borax.calendars.lunardate import LunarDate  # loaded late: only an intake needs it

    years = (LunarDate(on.year + later, _FIRST_MONTH, 1).to_solar_date() for later in (0, 1))
    return int(next((day - on).days for day in years if day >= on))


def _dangers(data: Mapping[str, Any]) -> tuple[Danger, ...]:
    return tuple(
        Danger(
            kind=entry["kind"],
            now=entry["now"],
            to=entry["to"],
            article=entry["article"],
            words=tuple(entry.get("words", ())),
            categories=tuple(Category(one) for one in entry.get("category", ())),
            minors=bool(entry.get("minors", False)),
            people=int(entry.get("people", 0)),
            festival=int(entry.get("festival", 0)),
        )
        for entry in data["risk"]
    )


def _because(danger: Danger, seen: Seen) -> str:
    """The reason in words; "" where nothing points to it or a condition is not met."""
    if danger.categories and seen.category not in danger.categories:
        return ""
    reasons: list[str] = []
    if danger.festival:
        left = days_to_festival(seen.on)
        if left > danger.festival:
            return ""
        reasons.append(f"离春节{left}天")
    found = [word for word in danger.words if word in seen.facts]
    minors = seen.minors if danger.minors else ()
    crowd = bool(danger.people) and seen.people >= danger.people
    if not (found or minors or crowd) and (danger.words or danger.minors or danger.people):
        return ""
    reasons += found[:_WORDS_SHOWN]
    reasons += minors[:_WORDS_SHOWN]
    if crowd:
        reasons.append(f"{seen.people}人")
    return "、".join(reasons)
