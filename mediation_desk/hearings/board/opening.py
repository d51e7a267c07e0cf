"""The opening of a session, item by item, in the order of the hearing script (domain.md §2.2)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from mediation_desk.shared.assets import built
from mediation_desk.shared.record import record


@record
class OpeningItem:
    """One thing to do before the parties speak. ``demanded`` items stop the record; ``first_only`` once a case.

    ``answers`` are the usual ones, to be taken with one press; another can always be written.
    """

    code: str
    title: str
    say: str
    rule: str = ""
    article: str = ""
    demanded: bool = False
    first_only: bool = False
    answers: tuple[str, ...] = ()


@record
class Opened:
    """An item done: when, by whom, and what was answered."""

    session_no: int
    code: str
    at: datetime
    account: str
    answer: str = ""


@record
class Present:
    """One person in the room, as the board keeps it while the session goes on; ``how`` empty means not there."""

    session_no: int
    ref: str
    how: str
    at: datetime


def opening_items() -> tuple[OpeningItem, ...]:
    """The script as ``rules/hearing.toml`` writes it."""
    return built("hearing", _items)


def _items(data: Mapping[str, Any]) -> tuple[OpeningItem, ...]:
    return tuple(
        OpeningItem(**{**entry, "answers": tuple(entry.get("answers", ()))}) for entry in data["opening"]
    )
