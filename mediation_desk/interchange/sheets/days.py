"""Days as people write them in a sheet: 2024-03-01, 2024.3.1, 20240301, 2024年3月, or Excel's own number."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from mediation_desk.interchange.sheets.cells import shown
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_TIME = re.compile(r"(?<=\S)[T\s]+\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_EIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})月?|(\d{4})(\d{2})")
_YEAR = re.compile(r"(\d{4})年?")
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?")
_OPEN_END = frozenset(("长期", "无固定期限", "至今", "不限", "无期限"))
_FIRST_OF_1900, _FIRST_OF_1904 = date(1899, 12, 30), date(1904, 1, 1)
_YEARS = range(1900, 2100)


@record
class Day:
    """``on`` is None for an open end; ``notice`` says what had to be assumed; ``whole`` whether a day was given."""

    on: date | None
    notice: str = ""
    whole: bool = True


def read_day(
    text: str,
    *,
    last: bool = False,
    year_alone: bool = False,
    numeric: bool = False,
    since_1904: bool = False,
) -> Day:
    """The day ``text`` means; of a month the first day, or with ``last`` the last one.

    Raises ``InputError`` with a clause that says why it is no day.
    """
    bare = _TIME.sub("", unicodedata.normalize("NFKC", text).strip())
    plain = "".join(bare.split()).lstrip("'’")
    if last and plain in _OPEN_END:
        return Day(on=None)
    full = _FULL.fullmatch(plain) or _EIGHT.fullmatch(plain)
    if full:
        return Day(on=_date(text, *(int(part) for part in full.groups())))
    if (month := _MONTH.fullmatch(plain)) is not None:
        return _in_month(text, plain, month, last=last, numeric=numeric)
    if year := _YEAR.fullmatch(plain):
        return _in_year(int(year[1]), text, last=last, allowed=year_alone)
    if serial := _SERIAL.fullmatch(plain):
        since = _FIRST_OF_1904 if since_1904 else _FIRST_OF_1900
        return Day(on=since + timedelta(days=int(serial[1])))
    raise _no_day(text)


def _in_month(text: str, plain: str, found: re.Match[str], *, last: bool, numeric: bool) -> Day:
    year, month = (int(part) for part in found.groups() if part is not None)
    if numeric and plain.endswith(".1"):
        reason = f"数字{plain}分不清是1月还是10月，请写成{year}-01-01或者{year}-10-01这样"
        raise InputError(reason)
    day = _date(text, year, month, 1)
    if last:
        day = day.replace(day=calendar.monthrange(year, month)[1])
    return Day(on=day, notice=f"只写到月份，按{cn_date(day)}登记。", whole=False)


def _in_year(year: int, text: str, *, last: bool, allowed: bool) -> Day:
    if not allowed:
        raise InputError("只写了年份，请写到日，如2024-03-01")
    day = _date(text, year, 12 if last else 1, 31 if last else 1)
    return Day(on=day, notice=f"只写到年份，按{cn_date(day)}登记。", whole=False)


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        found = date(year, month, day)
    except ValueError:
        raise _no_day(text) from None
    if year not in _YEARS:
        raise _no_day(text)
    return found


def _no_day(text: str) -> InputError:
    return InputError(f"“{shown(text)}”不是日期，应写成2024-03-01这样")
