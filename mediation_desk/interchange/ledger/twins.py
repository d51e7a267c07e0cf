"""Whether a line of a register speaks of a case on file, or repeats an earlier line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mediation_desk.cases.ledger import KnownCase
from mediation_desk.experts.conflicts.sameness import name_key
from mediation_desk.experts.model import MediatorCard
from mediation_desk.interchange.sheets.twins import Choice, Key, Seen, Trait, Twin
from mediation_desk.shared.record import record

_SAME_NUMBER = "编号相同"
_SAME_CASE = "当事人、日期和类型都相同"


@record
class Known:
    """What is on file, as far as the lines of one register may repeat it; and the pool by name."""

    by_key: Mapping[Key, tuple[KnownCase, ...]]
    mediators: Mapping[str, tuple[str, ...]]


def known(cases: Iterable[KnownCase], cards: Iterable[MediatorCard]) -> Known:
    """Cases by number and by people, day and kind; everybody of the pool by name."""
    by_key: dict[Key, tuple[KnownCase, ...]] = {}
    for one in cases:
        keys = [_case_key(one.party_names.split("、"), one.received_on, one.category)]
        keys += [("no", one.number)] if one.number else []
        for case_key in keys:
            by_key[case_key] = (*by_key.get(case_key, ()), one)
    mediators: dict[str, tuple[str, ...]] = {}
    for card in cards:
        key = name_key(card.name)
        mediators[key] = (*mediators.get(key, ()), card.pool_no)
    return Known(by_key=by_key, mediators=mediators)


def traits(values: Mapping[str, Any]) -> tuple[Trait, ...]:
    """The number, then people, day and kind together."""
    found = []
    if number := number_of(values):
        found.append(Trait(key=("no", number), why=_SAME_NUMBER, certain=True))
    names, on, kind = everybody(values), received_on(values), values.get("kind")
    if names and on and kind:
        found.append(Trait(key=_case_key(names, on, kind), why=_SAME_CASE))
    return tuple(found)


def twin_of(
    own: Sequence[Trait],
    known_cases: Known,
    values: Mapping[str, Any],
    seen: Seen,
    line: tuple[str, str, int] | None = None,
) -> Twin | None:
    """The earlier line or the case on file; a number can only be given once, people may quarrel twice a day.

    What came from this very ``line`` (file, sheet, row) is not taken in again, whatever was decided.
    """
    for trait in own:
        choices = (Choice.SKIP,) if trait.certain else (Choice.SKIP, Choice.NEW)
        row, other = seen.get(trait.key, (0, {}))
        if row and (trait.certain or _may_be_one(values, number_of(other))):
            return Twin(name="、".join(everybody(other)), why=trait.why, choices=choices, row=row)
        found = known_cases.by_key.get(trait.key, ())
        for case in sorted(found, key=lambda one: one.line != line):
            if trait.certain or _may_be_one(values, case.number):
                same = (Choice.SKIP,) if line and case.line == line else choices
                named = case.number or case.case_key
                return Twin(name=f"（{case.party_names}）", why=trait.why, choices=same, key=named)
    return None


def number_of(values: Mapping[str, Any]) -> str | None:
    """The number of the case; a register that numbers only agreements numbers its cases so."""
    found: str | None = values.get("number") or values.get("agreement_no")
    return found


def received_on(values: Mapping[str, Any]) -> date | None:
    """The day the case came; where the register has only the day of acceptance, that day."""
    found: date | None = values.get("received_on") or values.get("accepted_on")
    return found


def everybody(values: Mapping[str, Any]) -> tuple[str, ...]:
    """All names, applicants first."""
    sides = ("applicant", "respondent", "third")
    return tuple(named.name for side in sides for named in values.get(side) or ())


def _case_key(names: Iterable[str], on: date, kind: object) -> Key:
    return ("case", tuple(sorted(name_key(name) for name in names)), on, str(kind))


def _may_be_one(values: Mapping[str, Any], other: str | None) -> bool:
    """Two different numbers are two cases, whoever is in them."""
    own = number_of(values)
    return not (own and other and own != other)
