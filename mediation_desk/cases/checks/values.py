"""Amounts, days and counts within sane bounds, so that everything computed from them stays computable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.money import CEILING

EARLIEST = 1900
LATEST = 2099
LARGEST_COUNT = 1_000_000
LARGEST_FILE = 1 << 40  # bytes
_NAMES = {"from_on": "from", "prevented": "statistics/prevented_cases_persons"}


def check(file: CaseFile) -> Iterator[Problem]:
    """Every amount, day and whole number of ``file``."""
    for place, value in leaves(file):
        is_size = place.startswith(("/beside/attachments/", "/beside/scans/")) and place.endswith("/size")
        reason = _reason(value, LARGEST_FILE if is_size else LARGEST_COUNT)
        if reason:
            yield Problem(pointer=place, message=reason)


def leaves(file: CaseFile) -> Iterator[tuple[str, Any]]:
    """Every single value of ``file`` with its place."""
    return _leaves(file, "")


def _leaves(value: Any, place: str) -> Iterator[tuple[str, Any]]:
    if is_dataclass(value):
        for item in fields(value):
            name = _NAMES.get(item.name, item.name)
            yield from _leaves(getattr(value, item.name), f"{place}/{name}")
    elif isinstance(value, tuple):
        for number, item in enumerate(value):
            yield from _leaves(item, f"{place}/{number}")
    else:
        yield place, value


def _reason(value: Any, most: int) -> str:
    if isinstance(value, Decimal):
        return "" if _is_amount(value) else "应为不小于零、小于一万亿、最多两位小数的数"
    if isinstance(value, date):
        return "" if EARLIEST <= value.year <= LATEST else f"日期的年份应在{EARLIEST}年至{LATEST}年之间"
    if isinstance(value, int) and not isinstance(value, bool):
        return "" if 0 <= value <= most else f"应为0至{most}的整数"
    return ""


def _is_amount(value: Decimal) -> bool:
    if not value.is_finite() or not 0 <= value < CEILING:
        return False
    exponent = value.as_tuple().exponent
    return isinstance(exponent, int) and exponent >= -2
