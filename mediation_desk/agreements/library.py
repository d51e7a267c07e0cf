"""The clause library of ``resources/rules/clauses.toml``: patterns by kind of dispute, with fields to fill."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mediation_desk.agreements.model import ClauseKind
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

BLANK = "＿＿"
"""Stands for what nobody has filled in yet; the checklist refuses a clause that still has one."""
_FIELD = re.compile(r"\{([^{}]+)\}")


@record
class Entry:
    """One pattern. ``categories`` empty: for every kind of dispute; ``usual``: offered first for its kind of clause.

    ``text`` is what a clause does, its fields in braces: ``{甲}`` and ``{乙}`` are applicant and respondent,
    everything else is named for whoever fills it in. ``mark`` is S, K or I as the dossier marks its sources.
    """

    key: str
    title: str
    kind: ClauseKind
    text: str
    categories: tuple[str, ...] = ()
    usual: bool = False
    purpose: str = ""
    manner: str = ""
    place: str = ""
    articles: tuple[str, ...] = ()
    why: str = ""
    source: str = ""
    mark: str = "K"

    @property
    def fields(self) -> tuple[str, ...]:
        """Names of its fields, in order, each once."""
        return tuple(dict.fromkeys(_FIELD.findall(self.text)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The text with ``values`` in its fields; a field without one becomes a blank with its name."""
        return _FIELD.sub(lambda found: values.get(found[1]) or f"{BLANK}（{found[1]}）", self.text)


@remembered
def entries() -> tuple[Entry, ...]:
    """Every pattern of the file in its order. Raises ``InputError`` for a faulty file."""
    return built("clauses", lambda data: tuple(map(_entry, data["clause"])))


def entries_for(category: str) -> tuple[Entry, ...]:
    """What fits a kind of dispute: its own patterns first, then those for all."""
    fitting = [one for one in entries() if not one.categories or category in one.categories]
    return tuple(sorted(fitting, key=lambda one: not one.categories))


def entry(key: str) -> Entry | None:
    """The pattern called ``key``."""
    return next((one for one in entries() if one.key == key), None)


def usual_text(kind: ClauseKind, category: str = "") -> str:
    """The wording a new clause of this kind starts from; "" where there is none."""
    usual = [one for one in entries_for(category) if one.kind is kind and one.usual]
    return usual[0].text if usual else ""


def usual_texts() -> frozenset[str]:
    """All of them: words nobody has typed."""
    return frozenset(one.text for one in entries() if one.usual)


def _entry(data: Mapping[str, Any]) -> Entry:
    return Entry(
        key=data["key"],
        title=data["title"],
        kind=ClauseKind(data["kind"]),
        text=data.get("text", ""),
        categories=tuple(data.get("categories", ())),
        usual=bool(data.get("usual", False)),
        purpose=data.get("purpose", ""),
        manner=data.get("manner", ""),
        place=data.get("place", ""),
        articles=tuple(data.get("articles", ())),
        why=data.get("why", ""),
        source=data.get("source", ""),
        mark=data.get("mark", "K"),
    )
