"""The items of ``resources/rules/lawful.toml``; a centre may change levels, add words and items of its own."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from mediation_desk.agreements.lawful.model import Item, Level
from mediation_desk.agreements.model import ClauseKind
from mediation_desk.shared.assets import built, remembered


@remembered
def items() -> tuple[Item, ...]:
    """Every item in its order. Raises ``InputError`` for a faulty file, a pattern that is none included."""
    return built("lawful", lambda data: tuple(map(_item, data["item"])))


def _item(data: Mapping[str, Any]) -> Item:
    patterns = tuple(data.get("patterns", ()))
    for pattern in patterns:
        try:
            re.compile(pattern)
        except re.error as error:
            raise ValueError(pattern) from error
    return Item(
        key=data["key"],
        title=data["title"],
        check=data.get("check", "words"),
        level=Level(data["level"]),
        says=data["says"],
        tick=bool(data.get("tick", False)),
        rule=data.get("rule", "T-12"),
        article=data["article"],
        mark=data.get("mark", "K"),
        patterns=patterns,
        unless=tuple(data.get("unless", ())),
        kinds=tuple(map(ClauseKind, data.get("kinds", ()))),
        categories=tuple(data.get("categories", ())),
        tracks=tuple(data.get("tracks", ())),
    )
