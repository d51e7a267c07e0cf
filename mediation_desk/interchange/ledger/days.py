"""Days of a register: also those whose year stands elsewhere (3月4日) or is cut short (24.3.4)."""

from __future__ import annotations

import re
import unicodedata

from mediation_desk.interchange.sheets.cells import Cell, Value
from mediation_desk.interchange.sheets.days import read_day
from mediation_desk.shared.errors import InputError

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?=年|[^\d.]|$)")
_IN_YEAR = re.compile(r"(\d{1,2})[月./-](\d{1,2})[日号]?")
_SHORT = re.compile(r"(\d{2})[年./-](\d{1,2})[月./-](\d{1,2})[日号]?")
_WITHIN_DAY = re.compile(r"(?<=[日号])(?:[上下中]午|晚上?|早上?|凌晨)?.{0,6}$")


def year_in(text: str) -> int | None:
    """The one year a title, a sheet's name or a file's name speaks of."""
    found = set(_YEAR.findall(unicodedata.normalize("NFKC", text)))
    return int(found.pop()) if len(found) == 1 else None


def day(cell: Cell, year: int | None) -> Value:
    """The day a cell means; ``year`` is what the register says elsewhere.

    Raises ``InputError`` with a clause that says why it is no day.
    """
    plain = "".join(unicodedata.normalize("NFKC", cell.text).split()).lstrip("'")
    plain = _WITHIN_DAY.sub("", plain)
    if short := _SHORT.fullmatch(plain):
        found = read_day(f"20{short[1]}-{short[2]}-{short[3]}")
        return Value(value=found.on, notice=f"年份只写了{short[1]}，按20{short[1]}年登记。")
    if part := _IN_YEAR.fullmatch(plain):
        return _in_year(cell, part, year)
    found = read_day(plain, numeric=cell.numeric, since_1904=cell.since_1904)
    return Value(value=found.on, notice=found.notice)


def _in_year(cell: Cell, part: re.Match[str], year: int | None) -> Value:
    if cell.numeric:
        raise InputError(f"数字{cell.text}分不清是几月几日，请写成2024-03-01这样")
    if year is None:
        raise InputError("没有写年份，台账别处也没有")
    found = read_day(f"{year}-{part[1]}-{part[2]}")
    return Value(value=found.on, notice=f"没有写年份，按台账别处的{year}年登记。")
