"""The known columns of a case register, and what its words mean: ``rules/ledger_columns.toml``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from functools import lru_cache
from typing import Any

from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.vocabulary import Category, Difficulty, Result
from mediation_desk.interchange.sheets.columns import SheetColumn, SheetColumns, names_of, plain_title
from mediation_desk.shared.assets import built, rules
from mediation_desk.shared.record import record

UNDER_WAY = "在办"
_LIKELY = (
    ("id_no", re.compile(r"(?:'?[1-9]\d{16}[\dXx][\s、,;]*)+")),
    ("phone", re.compile(r"(?:'?1[3-9]\d{9}[\s、,;]*)+")),
)


class Reading(StrEnum):
    """How the cells of a column are read."""

    LINE = "line"
    TEXT = "text"
    DAY = "day"
    NAMES = "names"
    PIECES = "pieces"
    MONEY = "money"
    NUMBER = "number"
    WORDS = "words"


@record
class LedgerColumn(SheetColumn):
    """``must``: a row with an unreadable cell is held back, elsewhere only its words are kept.

    ``carries``: an empty cell means as above; ``alone``: a row without any of these goes on with the row above.
    """

    reading: Reading
    must: bool
    carries: bool
    alone: bool
    choices: tuple[str, ...]

    @property
    def offered(self) -> tuple[str, ...]:
        """The values to choose from when one stands for all rows."""
        return self.choices


@record
class Meaning:
    """What a cell means in which one of ``words`` is found."""

    means: str
    words: tuple[str, ...]


@record
class LedgerColumns(SheetColumns):
    """All of the rule file."""

    columns: tuple[LedgerColumn, ...]
    by_field: Mapping[str, LedgerColumn]
    above: frozenset[str]
    not_cases: tuple[str, ...]
    open_days: int
    meanings: Mapping[str, tuple[Meaning, ...]]
    result_alone: Mapping[str, str]
    kinds: Mapping[str, Category]


def ledger_columns() -> LedgerColumns:
    """The columns in force. Raises ``InputError`` when the rule file is faulty."""
    rules("ledger_columns")
    return _remembered(rules.cache_info().misses)


@lru_cache(maxsize=1)
def _remembered(_read: int) -> LedgerColumns:
    return built("ledger_columns", _columns)


def _columns(data: Mapping[str, Any]) -> LedgerColumns:
    columns = tuple(_column(entry) for entry in data["column"])
    meanings = {
        field: _meanings(data[field]) for field in ("result", "result_form", "form", "difficulty", "source")
    }
    alone = {str(word): str(means) for word, means in data["result_alone"].items()}
    for field, allowed in _ALLOWED.items():
        said = {one.means for one in meanings[field]} | (set(alone.values()) if field == "result" else set())
        if not said <= {*allowed, ""}:
            raise ValueError(field)
    return LedgerColumns(
        columns=columns,
        by_field={column.field: column for column in columns},
        names=names_of(columns),
        ignored=frozenset(plain_title(title) for title in data["ignored"]),
        likely=_LIKELY,
        above=frozenset(data["above"]),
        not_cases=tuple("".join(word.split()) for word in data["not_cases"]),
        open_days=int(data["open_days"]),
        meanings=meanings,
        result_alone=alone,
        kinds={word: Category(kind) for word, kind in data["kinds"].items()},
    )


def _column(entry: Mapping[str, Any]) -> LedgerColumn:
    field = entry["field"]
    return LedgerColumn(
        field=field,
        name=entry["name"],
        aliases=tuple(entry.get("aliases", ())),
        width=int(entry["width"]),
        shared=bool(entry.get("shared", False)),
        words={},
        reading=Reading(entry["kind"]),
        must=bool(entry.get("must", False)),
        carries=bool(entry.get("carries", False)),
        alone=bool(entry.get("alone", False)),
        choices=_CHOICES.get(field, ()),
    )


def _meanings(entries: Any) -> tuple[Meaning, ...]:
    return tuple(Meaning(means=str(one["means"]), words=tuple(one["words"])) for one in entries)


_ALLOWED: Mapping[str, frozenset[str]] = {
    "result": frozenset((*Result, UNDER_WAY)),
    "form": frozenset(AgreementForm),
    "result_form": frozenset(AgreementForm),
    "difficulty": frozenset(Difficulty),
}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "kind": tuple(Category),
    "result": (*Result, UNDER_WAY),
    "form": tuple(AgreementForm),
    "difficulty": tuple(Difficulty),
}
