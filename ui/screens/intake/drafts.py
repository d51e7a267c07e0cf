"""What was left unfinished: which drafts are intakes, and how a list calls them."""

from __future__ import annotations

from datetime import date, datetime

from mediation_desk.cases.summary import Draft
from mediation_desk.cases.walls import INTAKE as PREFIX
from ui.screens.intake.words import names, text

__all__ = ["PREFIX", "TOPIC", "draft_title", "saved_words", "unfinished"]

TOPIC = "drafts"
"""What screens that list drafts listen to."""
_LONGEST = 14


def unfinished(drafts: tuple[Draft, ...]) -> tuple[Draft, ...]:
    """The intakes among all drafts."""
    return tuple(draft for draft in drafts if draft.key.startswith(PREFIX))


def draft_title(draft: Draft) -> str:
    """Names, or the first words of what happened."""
    who = "、".join(names(draft.content))
    facts = " ".join(text(draft.content, "facts").split())
    shown = who or facts or "还没有写名字"
    return shown if len(shown) <= _LONGEST else f"{shown[:_LONGEST]}…"


def saved_words(saved_at: datetime, today: date) -> str:
    """``今天 16:20``, ``11月3日 09:05``."""
    local = saved_at.astimezone()
    day = "今天" if local.date() == today else f"{local.month}月{local.day}日"
    return f"{day} {local:%H:%M}"
