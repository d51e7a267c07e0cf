"""The kinds of work a centre keeps a register of, and which numbers each asks for (``rules/work.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

NUMBERS = ("times", "disputes", "handed", "people", "yuan")


@record
class NumberRule:
    """One number of a kind: its word and unit on the form, and between what it is believable."""

    name: str
    word: str
    unit: str
    required: bool
    least: int
    most: int


@record
class WorkKind:
    """``days`` is the longest span of one line; a ``retired`` kind keeps its lines and takes no new ones."""

    code: str
    name: str
    numbers: tuple[NumberRule, ...]
    days: int
    by_category: bool
    definition: str
    source: str
    retired: bool

    def rule(self, name: str) -> NumberRule | None:
        """The rule of a number, None when this kind does not ask for it."""
        return next((one for one in self.numbers if one.name == name), None)


@record
class WorkRules:
    """All kinds; days before ``earliest`` are taken for a slip."""

    kinds: tuple[WorkKind, ...]
    earliest: date

    def kind(self, code: str) -> WorkKind:
        """The kind with this code or name. Raises ``InputError`` for none."""
        found = self.known(code)
        if found is None:
            names = "、".join(one.name for one in self.kinds if not one.retired)
            raise InputError(f"没有“{code}”这种工作记录，可用的有{names}。", field="kind")
        return found

    def known(self, code: str) -> WorkKind | None:
        """The kind with this code or name."""
        return next((one for one in self.kinds if code.strip() in (one.code, one.name)), None)

    def name(self, code: str) -> str:
        """Its name, or the code where the file no longer has it."""
        found = self.known(code)
        return found.name if found else code


@remembered
def work_rules() -> WorkRules:
    """The kinds of this centre. Raises ``InputError`` when an item is missing or unknown."""
    return built("work", _rules)


@remembered
def zz_tops() -> Mapping[str, str]:
    """Names of the 17 top codes of the 综治 list by code (§3.5)."""
    return built("categories", lambda data: {entry["code"]: entry["name"] for entry in data["zz"]})


def _rules(data: Mapping[str, Any]) -> WorkRules:
    kinds = tuple(_kind(entry) for entry in data["kind"])
    if len({one.code for one in kinds}) < len(kinds) or len({one.name for one in kinds}) < len(kinds):
        raise ValueError("two kinds share a code or a name")
    return WorkRules(kinds=kinds, earliest=data["earliest"])


def _kind(entry: Mapping[str, Any]) -> WorkKind:
    numbers = tuple(_number(one) for one in entry["numbers"])
    if not numbers or len({one.name for one in numbers}) < len(numbers):
        raise ValueError("a kind asks for no number or twice for the same")
    return WorkKind(
        code=entry["code"],
        name=entry["name"],
        numbers=numbers,
        days=int(entry["days"]),
        by_category=bool(entry.get("by_category", False)),
        definition=entry.get("definition", ""),
        source=entry.get("source", ""),
        retired=bool(entry.get("retired", False)),
    )


def _number(entry: Mapping[str, Any]) -> NumberRule:
    if entry["name"] not in NUMBERS:
        raise ValueError(entry["name"])
    return NumberRule(
        name=entry["name"],
        word=entry["word"],
        unit=entry["unit"],
        required=bool(entry.get("required", False)),
        least=int(entry["least"]),
        most=int(entry["most"]),
    )
