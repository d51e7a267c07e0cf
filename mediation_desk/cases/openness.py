"""Whether a session may be open: closed by default for what is private (LR-8, 若干规定 art. 29)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.vocabulary import Category
from mediation_desk.parties.model import age_on
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

_ADULT = 18


@record
class Ground:
    """Why sessions of such a case are closed unless every party wants them open, and by which article."""

    why: str
    basis: str
    categories: tuple[Category, ...] = ()
    minors: bool = False
    words: tuple[str, ...] = ()

    def fits(self, file: CaseFile, on: date) -> bool:
        """Whether this case is such a case on that day."""
        return (
            file.dispute.category in self.categories
            or (self.minors and _has_minor(file, on))
            or any(word in file.facts for word in self.words)
        )


@record
class Openness:
    """The rule table: ``rule`` and ``basis`` stand in refusals."""

    rule: str
    basis: str
    grounds: tuple[Ground, ...]


@remembered
def openness() -> Openness:
    """The rule as ``rules/openness.toml`` has it. Raises ``InputError`` when the file is wrong."""
    return built("openness", _read)


def closed_because(file: CaseFile, on: date) -> tuple[Ground, ...]:
    """Why sessions of this case are closed by default; empty where they may be open without being asked for."""
    return tuple(ground for ground in openness().grounds if ground.fits(file, on))


def _read(data: Mapping[str, Any]) -> Openness:
    return Openness(
        rule=data["rule"],
        basis=data["basis"],
        grounds=tuple(
            Ground(
                why=entry["why"],
                basis=entry["basis"],
                categories=tuple(Category(name) for name in entry.get("categories", ())),
                minors=bool(entry.get("minors", False)),
                words=tuple(entry.get("words", ())),
            )
            for entry in data["closed"]
        ),
    )


def _has_minor(file: CaseFile, on: date) -> bool:
    born = (party.birth_date for party in file.parties if party.is_person)
    return any(day is not None and age_on(day, on) < _ADULT for day in born)
