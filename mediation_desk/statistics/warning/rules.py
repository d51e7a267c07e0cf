"""The rules of early warning (``rules/warning.toml``) as records; a centre changes them without the program."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from mediation_desk.cases.counter.screening import dangers
from mediation_desk.cases.vocabulary import Category
from mediation_desk.shared.assets import built, remembered
from mediation_desk.shared.record import record


@record
class Band:
    """One step of probability or harm: its word, and the points from which on it is reached."""

    word: str
    least: int


@record
class Level:
    """One of the four levels: its colour in words, what to do now, who is to be told and how soon.

    ``no`` runs from 1 (蓝) to 4 (红).
    """

    no: int
    colour: str
    word: str
    now: str
    to: str
    within: str
    source: str

    @property
    def title(self) -> str:
        """``红色　重大风险``; never the colour alone."""
        return f"{self.colour}　{self.word}"


@record
class Signal:
    """One sign of danger: its conditions (all that are given must hold), its points, and why in words."""

    code: str
    name: str
    probability: int
    harm: int
    why: str
    source: str
    noted: tuple[str, ...] = ()
    hinted: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    people: int | None = None
    yuan: Decimal | None = None
    overdue: int | None = None
    waiting: int | None = None
    failed: int | None = None
    again: int | None = None
    broken: int | None = None
    ended: bool = False
    festival: int | None = None


@record
class Among:
    """One family of groups in which a sudden rise is looked for; no dimension means all cases together."""

    name: str
    by: tuple[str, ...]


@record
class RiseRules:
    """How a sudden rise is told from chance; months and years of history, smallest count, level of the test."""

    months: int
    least_months: int
    years: int
    least_years: int
    least: int
    times: Decimal
    alpha: float
    among: tuple[Among, ...]


@record
class WarningRules:
    """The whole file. Days: how long ended and broken cases stay in view, how far repeats look back."""

    ended_days: int
    broken_days: int
    probability: tuple[Band, ...]
    harm: tuple[Band, ...]
    matrix: tuple[tuple[int, ...], ...]
    levels: Mapping[int, Level]
    signals: tuple[Signal, ...]
    rise: RiseRules
    repeat_days: int
    repeats_most: int
    few: int


_NUMBERS = ("people", "overdue", "waiting", "failed", "again", "broken", "festival")


@remembered
def warning_rules() -> WarningRules:
    """The rules in force. Raises ``InputError`` for a faulty rule file."""
    return built("warning", _rules)


def _rules(data: Mapping[str, Any]) -> WarningRules:
    levels = {one["no"]: Level(**one) for one in data["level"]}
    made = WarningRules(
        ended_days=int(data["ended_days"]),
        broken_days=int(data["broken_days"]),
        probability=_bands(data["probability"]),
        harm=_bands(data["harm"]),
        matrix=tuple(tuple(line) for line in data["matrix"]),
        levels=levels,
        signals=tuple(_signal(entry) for entry in data["signal"]),
        rise=_rise(data["rise"]),
        repeat_days=int(data["repeats"]["days"]),
        repeats_most=int(data["repeats"]["most"]),
        few=int(data["workload"]["few"]),
    )
    shape = [len(line) for line in made.matrix]
    if shape != [len(made.harm)] * len(made.probability):
        raise ValueError("matrix")
    if {no for line in made.matrix for no in line} - set(levels):
        raise ValueError("level")
    return made


def _bands(entries: Sequence[Mapping[str, Any]]) -> tuple[Band, ...]:
    """In rising order, the first from nothing on. Raises ``ValueError``."""
    bands = tuple(Band(word=one["word"], least=int(one["from"])) for one in entries)
    points = [one.least for one in bands]
    if points != sorted(set(points)) or points[0] != 0:
        raise ValueError("from")
    return bands


def _signal(entry: Mapping[str, Any]) -> Signal:
    conditions: dict[str, Any] = {name: int(entry[name]) for name in _NUMBERS if name in entry}
    if "yuan" in entry:
        conditions["yuan"] = Decimal(entry["yuan"])
    made = Signal(
        **{name: entry[name] for name in ("code", "name", "probability", "harm", "why", "source")},
        noted=tuple(entry.get("noted", ())),
        hinted=tuple(entry.get("hinted", ())),
        words=tuple(entry.get("words", ())),
        categories=tuple(Category(one) for one in entry.get("category", ())),
        ended=bool(entry.get("ended", False)),
        **conditions,
    )
    unknown = {*made.noted, *made.hinted} - {one.kind for one in dangers()}
    if unknown and made.hinted:
        raise ValueError(f"{made.code}: {unknown}")
    if not ({*entry} & {"noted", "hinted", "words", "category", "yuan", "ended", *_NUMBERS}):
        raise ValueError(made.code)
    return made


def _rise(entry: Mapping[str, Any]) -> RiseRules:
    among = tuple(Among(name=one["name"], by=tuple(one["by"])) for one in entry["among"])
    if not 0 < entry["alpha"] < 1 or entry["least_months"] < 2 or entry["months"] < entry["least_months"]:
        raise ValueError("rise")
    return RiseRules(
        **{name: int(entry[name]) for name in ("months", "least_months", "years", "least_years", "least")},
        times=Decimal(str(entry["times"])),
        alpha=float(entry["alpha"]),
        among=among,
    )
