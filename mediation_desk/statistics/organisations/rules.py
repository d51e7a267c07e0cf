"""The figures of 表一 as data (``rules/organisation_figures.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record

UNKNOWN = "未登记"


class Population(StrEnum):
    """What a figure counts."""

    BODIES = "bodies"
    STATIONS = "stations"
    PEOPLE = "people"
    WORK = "work"


_ATTRIBUTES = {
    Population.BODIES: ("type", "committee", "field", "registered"),
    Population.STATIONS: ("kind",),
    Population.PEOPLE: ("employed", "woman", "party", "schooling", "seat"),
    Population.WORK: ("kind",),
}
_ADDED = ("", "times", "disputes", "handed", "people", "yuan")

Wanted = Mapping[str, tuple[object, ...]]
"""By name of an attribute the values it may have."""


@record
class OrganisationFigure:
    """One column. Of its population those count that are ``where`` and not ``unless``; ``add`` names what is
    added up, empty for heads. A ``wan_of`` figure is another one in 万元 (V-10)."""

    code: str
    name: str
    unit: str
    group: str
    of: Population
    where: Wanted
    unless: Wanted
    add: str
    wan_of: str
    definition: str
    source: str

    def takes(self, fact: object) -> bool:
        """Whether ``fact`` counts here."""
        meets = all(getattr(fact, name) in values for name, values in self.where.items())
        return meets and not any(getattr(fact, name) in values for name, values in self.unless.items())


@record
class Check:
    """``whole`` must equal the sum of ``parts`` in every row."""

    rule: str
    whole: str
    parts: tuple[str, ...]


@record
class OrganisationRules:
    """Figures in the order of the sheet, checks, and how words of the pool are read."""

    figures: tuple[OrganisationFigure, ...]
    checks: tuple[Check, ...]
    party: tuple[str, ...]
    schooling: tuple[tuple[str, tuple[str, ...]], ...]

    def figure(self, code: str) -> OrganisationFigure:
        """The figure with this code."""
        return next(one for one in self.figures if one.code == code)

    def is_party(self, status: str | None) -> bool:
        """Whether the political status means a member of the party."""
        return (status or "").strip() in self.party

    def school(self, education: str | None) -> str:
        """The class an education falls into."""
        said = (education or "").strip()
        return next((kind for kind, words in self.schooling if any(word in said for word in words)), UNKNOWN)


@remembered
def organisation_rules() -> OrganisationRules:
    """The figures of this centre. Raises ``InputError`` when an item is missing or unknown."""
    return built("organisation_figures", _rules)


def _rules(data: Mapping[str, Any]) -> OrganisationRules:
    figures: dict[str, OrganisationFigure] = {}
    for entry in data["figure"]:
        if entry["code"] in figures:
            raise ValueError(entry["code"])
        figures[entry["code"]] = _figure(entry, figures)
    checks = tuple(
        Check(rule=one["rule"], whole=one["whole"], parts=tuple(one["parts"])) for one in data["check"]
    )
    for check in checks:
        _ = [figures[code] for code in (check.whole, *check.parts)]
    return OrganisationRules(
        figures=tuple(figures.values()),
        checks=checks,
        party=tuple(data["party"]),
        schooling=tuple((one["class"], tuple(one["words"])) for one in data["schooling"]),
    )


def _figure(entry: Mapping[str, Any], before: Mapping[str, OrganisationFigure]) -> OrganisationFigure:
    base = before[entry["wan_of"]] if "wan_of" in entry else None
    figure = OrganisationFigure(
        code=entry["code"],
        name=entry["name"],
        unit=entry["unit"],
        group=entry["group"],
        of=base.of if base else Population(entry["of"]),
        where=base.where if base else _wanted(entry.get("where", {})),
        unless=base.unless if base else _wanted(entry.get("unless", {})),
        add=base.add if base else entry.get("add", ""),
        wan_of=entry.get("wan_of", ""),
        definition=entry["definition"],
        source=entry["source"],
    )
    known = _ATTRIBUTES[figure.of]
    if any(name not in known for name in (*figure.where, *figure.unless)):
        raise ValueError(f"{figure.code} asks for something nobody knows")
    if figure.add not in _ADDED or (figure.add and figure.of is not Population.WORK):
        raise ValueError(f"{figure.code} adds what cannot be added")
    return figure


def _wanted(said: Mapping[str, Any]) -> Wanted:
    return {name: tuple(value) if isinstance(value, list) else (value,) for name, value in said.items()}
