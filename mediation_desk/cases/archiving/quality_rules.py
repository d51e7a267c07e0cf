"""The score sheet of a volume, ``resources/rules/quality.toml``: seven points, what costs how much, grades (§2.4)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.cases.archiving.quality_checks import CHECKS
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


class Gate(StrEnum):
    """What happens at closing or archiving without a good review."""

    NONE = "none"
    WARN = "warn"
    REFUSE = "refuse"


@record
class Item:
    """One fault and what it costs; ``check`` names the check that finds it, "" where a person looks."""

    code: str
    text: str
    deduct: int
    check: str = ""


@record
class Point:
    """One of the seven points; its items cost at most ``score`` together."""

    code: str
    name: str
    score: int
    items: tuple[Item, ...]


@record
class Sheet:
    """The whole file; ``passing`` is the mark below which closing and archiving warn or are refused."""

    version: str
    rule: str
    basis: str
    points: tuple[Point, ...]
    grades: tuple[tuple[int, str], ...]
    passing: int
    closing: Gate
    archiving: Gate

    @property
    def full(self) -> int:
        """The highest score."""
        return sum(point.score for point in self.points)

    def grade(self, score: int) -> str:
        """The grade of a score."""
        return next((name for least, name in self.grades if score >= least), self.grades[-1][1])


@remembered
def quality_sheet() -> Sheet:
    """The sheet in force. Raises ``InputError`` when the file is wrong or names a check there is not."""
    return built("quality", _read)


def _read(data: Mapping[str, Any]) -> Sheet:
    gate = data["gate"]
    sheet = Sheet(
        version=str(data["version"]),
        rule=data["rule"],
        basis=data["basis"],
        points=tuple(_point(entry) for entry in data["point"]),
        grades=tuple((int(entry["from"]), entry["name"]) for entry in data["grade"]),
        passing=int(gate["pass"]),
        closing=Gate(gate["closing"]),
        archiving=Gate(gate["archiving"]),
    )
    if not sheet.points or [least for least, _ in sheet.grades] != sorted(
        (least for least, _ in sheet.grades), reverse=True
    ):
        raise ValueError("no points, or grades out of order")
    return sheet


def _point(entry: Mapping[str, Any]) -> Point:
    items = tuple(
        Item(
            code=f"{entry['code']}.{item['code']}",
            text=item["text"],
            deduct=int(item["deduct"]),
            check=item.get("check", ""),
        )
        for item in entry["item"]
    )
    if any(item.check and item.check not in CHECKS for item in items):
        raise ValueError("a check nobody knows")
    if any(item.deduct <= 0 for item in items) or len({item.code for item in items}) < len(items):
        raise ValueError("a deduction of nothing, or an item twice")
    return Point(code=entry["code"], name=entry["name"], score=int(entry["score"]), items=items)
