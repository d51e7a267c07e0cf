"""The figures as data (``rules/figures.toml``): code, name, unit, definition, source, and what is counted.

A figure is a question to the facts of a case, or is worked out from such figures. There is no other way to a number.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import fields, replace
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from mediation_desk.shared.assets import built, remembered, rules
from mediation_desk.shared.record import record
from mediation_desk.statistics.facts import Facts

CASES, VISITS = "cases", "visits"
"""What is counted: cases, or the evaluations of visits (one case may have several)."""

VISIT_COLUMNS = ("visited_on", "satisfaction")
_COLUMNS = {
    CASES: frozenset(field.name for field in fields(Facts)),
    VISITS: frozenset(field.name for field in fields(Facts)) | frozenset(VISIT_COLUMNS),
}
_HUNDREDTH, _TENTH = Decimal("0.01"), Decimal("0.1")
_WAN = 10_000
FACTS_BY = "facts.rules"
"""Under which note of the centre it is kept by which rules the facts were worked out."""

_ENGINE = "1"
"""Another number where the program itself counts otherwise than before."""
Value = int | Decimal | None


@record
class Term:
    """One condition on a fact: one of ``values``, known or not known, or a number from ``least`` to ``most``."""

    column: str
    values: tuple[str, ...] = ()
    known: bool | None = None
    least: int | None = None
    most: int | None = None


@record
class Explained:
    """What every figure has: its code, its name on the sheet, unit, definition and where that comes from."""

    code: str
    name: str
    unit: str
    definition: str
    source: str


@record
class Counted(Explained):
    """A figure counted over facts.

    ``on`` is the day that places a case in a period; without it the figure is a stock as seen on ``as_of``.
    ``terms`` must all hold, the term tuple ``unless`` must not hold as a whole. ``by``: events that happened on or
    before ``as_of``; ``not_by``: events that had not; ``past``: a day that lay before ``as_of``; ``later``: the first
    day lies after the second. ``add`` is the fact added up, nothing for a plain count.
    """

    of: str = CASES
    on: str = ""
    terms: tuple[Term, ...] = ()
    unless: tuple[Term, ...] = ()
    by: tuple[str, ...] = ()
    not_by: tuple[str, ...] = ()
    past: str = ""
    later: tuple[str, str] | None = None
    add: str = ""


@record
class Derived(Explained):
    """A figure worked out from others: ``part`` over ``whole`` (% or an average), or ``wan_of`` yuan."""

    part: str = ""
    whole: str = ""
    wan_of: str = ""

    @property
    def needs(self) -> tuple[str, ...]:
        """Codes of the figures it is worked out from."""
        return (self.wan_of,) if self.wan_of else (self.part, self.whole)

    def of(self, sums: Mapping[str, int | Decimal]) -> Value:
        """Its value; None of nothing (V-3). 万元 from the sum in yuan, half up (V-10)."""
        if self.wan_of:
            return to_wan(Decimal(sums.get(self.wan_of, 0)))
        part, whole = sums.get(self.part, 0), sums.get(self.whole, 0)
        if self.unit == "%":
            return rate(part, whole)
        return None if not whole else (Decimal(part) / whole).quantize(_TENTH, rounding=ROUND_HALF_UP)


@record
class Book:
    """All figures by code, and the splits of figures by name, each a list of codes that add up to it."""

    counted: Mapping[str, Counted]
    derived: Mapping[str, Derived]
    splits: Mapping[str, tuple[str, ...]]

    def find(self, code: str) -> Counted | Derived:
        """The figure ``code``. Raises ``KeyError``."""
        return self.counted[code] if code in self.counted else self.derived[code]

    def base(self, codes: Iterable[str]) -> tuple[Counted, ...]:
        """The counted figures that these figures are or need."""
        wanted: dict[str, Counted] = {}
        for code in codes:
            one = self.find(code)
            for needed in one.needs if isinstance(one, Derived) else (code,):
                wanted[needed] = self.counted[needed]
        return tuple(wanted.values())

    def value(self, code: str, sums: Mapping[str, int | Decimal]) -> Value:
        """What the figure comes to, given the sums it needs."""
        one = self.find(code)
        if isinstance(one, Derived):
            return one.of(sums)
        return sums.get(code, Decimal("0.00") if one.unit == "元" else 0)


def to_wan(yuan: Decimal) -> Decimal:
    """万元 with two decimals, half up; only for the sheet (V-10)."""
    return (yuan / _WAN).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


def rate(part: int | Decimal, whole: int | Decimal) -> Decimal | None:
    """``part`` in per cent of ``whole`` with two decimals, half up; None of nothing (V-3)."""
    return None if not whole else (Decimal(100 * part) / whole).quantize(_HUNDREDTH, rounding=ROUND_HALF_UP)


@remembered
def book() -> Book:
    """The figures in force. Raises ``InputError`` for a faulty rule file."""
    return built("figures", _book)


@remembered
def definitions() -> str:
    """A sum that changes with the definitions, so that what was added up by others is added up again."""
    words = _ENGINE + "".join(repr(rules(name)) for name in ("figures", "statistics"))
    return hashlib.sha256(words.encode()).hexdigest()


@remembered
def facts_by() -> str:
    """The same for the rules facts are worked out by."""
    words = _ENGINE + "".join(repr(rules(name)) for name in ("sources", "units"))
    return hashlib.sha256(words.encode()).hexdigest()


def _book(data: Mapping[str, Any]) -> Book:
    counted: dict[str, Counted] = {}
    derived: dict[str, Derived] = {}
    splits: dict[str, tuple[str, ...]] = {}
    for entry in data["figure"]:
        if "part" in entry or "wan_of" in entry:
            one = Derived(**entry)
            derived[one.code] = one
            if not all(code in counted for code in one.needs):
                raise ValueError(one.code)
        else:
            counted[entry["code"]] = _counted(entry, counted)
    for split in data.get("split", ()):
        whole = counted[split["of"]]
        for code, part in split["parts"].items():
            term = Term(column=split["by"], values=tuple(part["values"]))
            counted[code] = replace(
                whole,
                code=code,
                name=part["name"],
                definition=split["definition"].replace("{name}", part["name"]),
                source=split["source"],
                terms=(*whole.terms, term),
            )
            _check(counted[code])
        splits[split["code"]] = tuple(split["parts"])
    return Book(counted=counted, derived=derived, splits=splits)


def _counted(entry: Mapping[str, Any], known: Mapping[str, Counted]) -> Counted:
    """A figure of the file; ``among`` takes over what another one demands."""
    rest = {
        key: entry[key]
        for key in ("code", "name", "unit", "definition", "source", "of", "on", "add", "past")
        if key in entry
    }
    made = Counted(
        **rest,
        terms=_terms(entry.get("where", {})),
        unless=_unless(entry),
        by=tuple(entry.get("by", ())),
        not_by=tuple(entry.get("not_by", ())),
        later=tuple(entry["later"]) if "later" in entry else None,
    )
    if "among" in entry:
        whole = known[entry["among"]]
        made = replace(
            made,
            on=made.on or whole.on,
            terms=(*whole.terms, *made.terms),
            unless=made.unless or whole.unless,
            by=(*whole.by, *made.by),
            not_by=(*whole.not_by, *made.not_by),
            later=made.later or whole.later,
        )
    _check(made)
    return made


def _unless(entry: Mapping[str, Any]) -> tuple[Term, ...]:
    """The exception of a figure, where the setting it names is switched off."""
    exception = entry.get("unless")
    if exception is None or rules("statistics").get(exception["setting"], True) is not False:
        return ()
    return _terms(exception["where"])


def _terms(where: Mapping[str, Any]) -> tuple[Term, ...]:
    return tuple(_term(column, wanted) for column, wanted in where.items())


def _term(column: str, wanted: Any) -> Term:
    if isinstance(wanted, bool):
        return Term(column=column, known=wanted)
    if isinstance(wanted, Mapping):
        return Term(column=column, **wanted)
    return Term(column=column, values=(wanted,) if isinstance(wanted, str) else tuple(wanted))


def _check(one: Counted) -> None:
    """Every fact a figure asks for is one; raises ``ValueError`` naming figure and fact."""
    asked = [term.column for term in (*one.terms, *one.unless)]
    asked += [name for name in (one.on, one.add, one.past, *one.by, *one.not_by, *(one.later or ())) if name]
    for name in asked:
        if name not in _COLUMNS[one.of]:
            raise ValueError(f"{one.code}: {name}")
