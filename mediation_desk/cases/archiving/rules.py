"""The rules of the archive room, ``resources/rules/archiving.toml``: all of it is data a centre can change (§2.4)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from enum import StrEnum
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category, Difficulty, Result, Retention
from mediation_desk.parties.model import age_on
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

_ADULT = 18


@record
class RetentionClass:
    """One class with its years, counted from the year after archiving; 0 is for ever."""

    retention: Retention
    years: int
    name: str


@record
class Proposal:
    """A retention class for such cases and why; empty conditions fit every case."""

    retention: Retention
    why: str
    categories: tuple[Category, ...] = ()
    difficulty: Difficulty | None = None
    people_from: int = 0
    words: tuple[str, ...] = ()
    results: tuple[Result, ...] = ()

    def fits(self, file: CaseFile) -> bool:
        """Whether this case is such a case."""
        told = "\n".join((file.title, file.facts, *(claim.item for claim in file.claims)))
        result = file.outcome.result if file.outcome else None
        return all(
            (
                not self.categories or file.dispute.category in self.categories,
                self.difficulty is None or file.dispute.difficulty is self.difficulty,
                file.people_involved >= self.people_from,
                not self.words or any(word in told for word in self.words),
                not self.results or result in self.results,
            )
        )


@record
class Restriction:
    """Cases whose volume is not handed out without an approval."""

    access: str
    categories: tuple[Category, ...] = ()
    minors: bool = False

    def fits(self, file: CaseFile, on: date) -> bool:
        """Whether this case is such a case on that day."""
        born = (party.birth_date for party in file.parties if party.is_person)
        minor = self.minors and any(day is not None and age_on(day, on) < _ADULT for day in born)
        return file.dispute.category in self.categories or minor


@record
class ShelfPattern:
    """How places are written: parts, each a name and a regular expression, joined by ``join``."""

    join: str
    parts: tuple[tuple[str, str], ...]
    example: str

    @property
    def words(self) -> str:
        """``架-柜-格-盒``."""
        return self.join.join(name for name, _ in self.parts)

    def fits(self, place: str) -> bool:
        """Whether ``place`` is written this way."""
        pattern = re.escape(self.join).join(f"(?:{part})" for _, part in self.parts)
        return re.fullmatch(pattern, place) is not None


@record
class Filing:
    """How many quarters after the one it became due in a volume has to be filed at the latest."""

    quarters: int
    article: str
    overrun: str


@record
class Lending:
    """Days a loan runs when nobody says, and at most."""

    days: int
    longest: int


@record
class DestructionRules:
    """Two persons or one, how long backups are kept at most, what an opinion says unless somebody writes another."""

    four_eyes: bool
    backup_days: int
    opinion: str


class RegisterPeriod(StrEnum):
    """How oral agreements are collected into register volumes."""

    MONTH = "month"
    QUARTER = "quarter"


@record
class ArchiveRules:
    """The whole file."""

    rule: str
    basis: str
    shelf: ShelfPattern
    classes: tuple[RetentionClass, ...]
    proposals: tuple[Proposal, ...]
    restrictions: tuple[Restriction, ...]
    filing: Filing
    lending: Lending
    oral: RegisterPeriod
    destruction: DestructionRules

    def kept(self, retention: Retention) -> RetentionClass:
        """The class of a volume."""
        return next(one for one in self.classes if one.retention is retention)


@remembered
def archive_rules() -> ArchiveRules:
    """The rules in force. Raises ``InputError`` when the file is wrong."""
    return built("archiving", _read)


def _read(data: Mapping[str, Any]) -> ArchiveRules:
    made = ArchiveRules(
        rule=data["rule"],
        basis=data["basis"],
        shelf=_shelf(data["shelf"]),
        classes=tuple(
            RetentionClass(
                retention=Retention(entry["retention"]), years=int(entry["years"]), name=entry["name"]
            )
            for entry in data["class"]
        ),
        proposals=tuple(map(_proposal, data["proposal"])),
        restrictions=tuple(map(_restriction, data.get("restriction", ()))),
        filing=Filing(
            quarters=int(data["filing"]["quarters"]),
            article=data["filing"]["article"],
            overrun=data["filing"]["overrun"],
        ),
        lending=Lending(days=int(data["lending"]["days"]), longest=int(data["lending"]["longest"])),
        oral=RegisterPeriod(data["oral"]["period"]),
        destruction=_destruction(data.get("destruction", {})),
    )
    if {one.retention for one in made.classes} != set(Retention) or not made.shelf.fits(made.shelf.example):
        raise ValueError("a class is missing, or the example does not fit its own pattern")
    return made


def _destruction(entry: Mapping[str, Any]) -> DestructionRules:
    """Rule files written before there was such a section go on as they are."""
    return DestructionRules(
        four_eyes=bool(entry.get("four_eyes", True)),
        backup_days=int(entry.get("backup_days", 365)),
        opinion=str(entry.get("opinion", "保管期限届满，经鉴定没有继续保存的价值，同意销毁。")),
    )


def _shelf(entry: Mapping[str, Any]) -> ShelfPattern:
    try:
        parts = tuple((part["name"], re.compile(part["pattern"]).pattern) for part in entry["parts"])
    except re.error as error:
        raise ValueError("a pattern of a shelf is no regular expression") from error
    return ShelfPattern(join=entry["join"], parts=parts, example=entry["example"])


def _proposal(entry: Mapping[str, Any]) -> Proposal:
    return Proposal(
        retention=Retention(entry["retention"]),
        why=entry["why"],
        categories=tuple(map(Category, entry.get("categories", ()))),
        difficulty=Difficulty(entry["difficulty"]) if "difficulty" in entry else None,
        people_from=int(entry.get("people_from", 0)),
        words=tuple(entry.get("words", ())),
        results=tuple(map(Result, entry.get("results", ()))),
    )


def _restriction(entry: Mapping[str, Any]) -> Restriction:
    return Restriction(
        access=entry["access"],
        categories=tuple(map(Category, entry.get("categories", ()))),
        minors=bool(entry.get("minors", False)),
    )
