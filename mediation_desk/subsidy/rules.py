"""Rate tables of subsidies (以案定补) as data: what is paid for, classes, amounts, grades, shares (§5.5)."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.experts.model import Employment
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.money import FEN
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track

WHOLE = 100
_CALLING = "人民调解员"


class Kept(StrEnum):
    """How much of an agreement has to be performed before its case is paid for."""

    WHOLE = "完毕"
    FIRST = "首期"
    NOTHING = "不要求"


class Lapsed(StrEnum):
    """What becomes of the share of somebody who draws pay."""

    NOT_PAID = "不发"
    TO_OTHERS = "归其他调解员"


@record
class Wanted:
    """One clause of a class: everything it names must hold. ``text`` replaces the words made of the conditions."""

    text: str = ""
    source: str
    persons_from: int | None = None
    amount_from: Decimal | None = None
    claimed_from: Decimal | None = None
    sessions_from: int | None = None
    forms: tuple[AgreementForm, ...] = ()
    categories: tuple[Category, ...] = ()
    difficulty: Difficulty | None = None
    group: bool | None = None
    prevented: bool | None = None


@record
class PayClass:
    """A class with its amount in yuan; one clause that holds is enough."""

    name: str
    amount: Decimal
    source: str
    clauses: tuple[Wanted, ...]


@record
class GradePay:
    """What a grade adds: ``factor`` times the own share, and ``supplement`` yuan a case."""

    level: str
    factor: Decimal
    supplement: Decimal
    source: str


@record
class Scheme:
    """One rate table; ``first`` to ``last`` (None: in force) is judged by the day a case ended."""

    code: str
    name: str
    first: date
    last: date | None
    source: str
    presiding: int
    classes: tuple[PayClass, ...]
    grades: tuple[GradePay, ...]
    version: str

    def grade(self, level: str | None) -> GradePay | None:
        """What this grade adds; takes ``一级`` and ``一级人民调解员`` alike."""
        short = (level or "").strip().removesuffix(_CALLING)
        return next((one for one in self.grades if one.level == short), None)


@record
class OnPay:
    """Who mediates on a salary and draws no subsidy."""

    excluded: bool
    employments: tuple[Employment, ...]
    occupations: tuple[str, ...]
    share: Lapsed
    source: str


@record
class SubsidyRules:
    """The whole file. ``sources`` name where a condition comes from."""

    version: str
    tracks: tuple[Track, ...]
    performance: Kept
    filed: bool
    oral: bool
    within_months: int
    same_within_months: int
    same_words: tuple[str, ...]
    four_eyes: bool
    sources: Mapping[str, str]
    on_pay: OnPay
    schemes: tuple[Scheme, ...]

    def scheme_on(self, day: date) -> Scheme | None:
        """The table in force on the day a case ended."""
        fits = (one for one in self.schemes if one.first <= day and (one.last is None or day <= one.last))
        return next(fits, None)

    @property
    def begins(self) -> date:
        """The first day any table knows."""
        return min((one.first for one in self.schemes), default=date.max)


@remembered
def subsidy_rules() -> SubsidyRules:
    """The rules in force. Raises ``InputError`` when the file is wrong."""
    return built("subsidy", _read)


def _read(data: Mapping[str, Any]) -> SubsidyRules:
    said, pay = data["conditions"], data["on_pay"]
    return SubsidyRules(
        version=data["version"],
        tracks=tuple(map(Track, said["tracks"])),
        performance=Kept(said["performance"]),
        filed=bool(said["filed"]),
        oral=bool(said["oral"]),
        within_months=_count(said["within_months"]),
        same_within_months=_count(said["same_within_months"]),
        same_words=tuple(said["same_words"]),
        four_eyes=bool(said["four_eyes"]),
        sources=dict(said["sources"]),
        on_pay=OnPay(
            excluded=bool(pay["excluded"]),
            employments=tuple(map(Employment, pay["employments"])),
            occupations=tuple(pay["occupations"]),
            share=Lapsed(pay["share"]),
            source=pay["source"],
        ),
        schemes=tuple(_scheme(entry, data["version"]) for entry in data["scheme"]),
    )


def _scheme(entry: Mapping[str, Any], version: str) -> Scheme:
    made = Scheme(
        code=entry["code"],
        name=entry["name"],
        first=entry["from"],
        last=entry.get("to"),
        source=entry["source"],
        presiding=int(entry["split"]["presiding"]),
        classes=tuple(map(_class, entry["class"])),
        grades=tuple(map(_grade, entry.get("grade", ()))),
        version=f"{version}·{_print(entry)}",
    )
    backwards = made.last is not None and made.last < made.first
    if backwards or not made.classes or not 0 <= made.presiding <= WHOLE:
        raise ValueError("a table without classes, with days reversed or a share out of range")
    return made


def _class(entry: Mapping[str, Any]) -> PayClass:
    clauses = tuple(map(_clause, entry["clause"]))
    if not clauses:
        raise ValueError("a class nobody can reach")
    return PayClass(
        name=entry["name"], amount=_yuan(entry["amount"]), source=entry["source"], clauses=clauses
    )


def _clause(entry: Mapping[str, Any]) -> Wanted:
    known = set(Wanted.__dataclass_fields__)
    if not set(entry) <= known:
        raise ValueError("a condition nobody knows")
    return Wanted(
        text=entry.get("text", ""),
        source=entry["source"],
        persons_from=entry.get("persons_from"),
        amount_from=_yuan(entry["amount_from"]) if "amount_from" in entry else None,
        claimed_from=_yuan(entry["claimed_from"]) if "claimed_from" in entry else None,
        sessions_from=entry.get("sessions_from"),
        forms=tuple(map(AgreementForm, entry.get("forms", ()))),
        categories=tuple(map(Category, entry.get("categories", ()))),
        difficulty=Difficulty(entry["difficulty"]) if "difficulty" in entry else None,
        group=entry.get("group"),
        prevented=entry.get("prevented"),
    )


def _grade(entry: Mapping[str, Any]) -> GradePay:
    factor = Decimal(entry.get("factor", "1"))
    if factor < 1:
        raise ValueError("a grade takes nothing away")
    return GradePay(
        level=entry["level"],
        factor=factor,
        supplement=_yuan(entry.get("supplement", "0.00")),
        source=entry["source"],
    )


def _yuan(text: str) -> Decimal:
    amount = Decimal(text)
    if amount < 0 or amount != amount.quantize(FEN):
        raise ValueError("an amount in yuan has two places")
    return amount.quantize(FEN)


def _count(number: int) -> int:
    if number < 0:
        raise ValueError("a number of months")
    return int(number)


def _print(entry: Mapping[str, Any]) -> str:
    """Changes with every word of the table, so that a paper shows by which one it was worked out."""
    words = json.dumps(entry, ensure_ascii=False, sort_keys=True, default=str)
    return hashlib.sha256(words.encode()).hexdigest()[:8]
