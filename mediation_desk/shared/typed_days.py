"""Days as people type them: 2026-3-24, 3.5, +7, 下周三, 月底 (domain.md §6.9)."""

from __future__ import annotations

import calendar
import re
import unicodedata
from datetime import date, timedelta

from mediation_desk.shared.dates import cn_date, weekday
from mediation_desk.shared.workdays import add_working_days

_WEEKDAYS = "一二三四五六日"
_WORDS = {
    "今天": 0,
    "今日": 0,
    "明天": 1,
    "后天": 2,
    "大后天": 3,
    "昨天": -1,
    "前天": -2,
    "大前天": -3,
}
_FULL = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?")
_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SHORT = re.compile(r"(\d{1,2})[-./月](\d{1,2})[日号]?")
_TWO_DIGIT_YEAR = re.compile(r"\d{1,2}[-./]\d{1,2}[-./]\d{1,2}")
_OFFSET = re.compile(r"([+-])(\d{1,4})(个?工作日|天|日|周|个?星期)?")
_AFTER = re.compile(r"(\d{1,4})(个?工作日|天|日|周|个?星期)[以之]?后")
_OF_WEEK = re.compile(r"(上上|上|这|本|下|下下)?(?:个)?(?:周|星期|礼拜)([一二三四五六日天])")
_OF_MONTH = re.compile(r"(上|这|本|下)?(?:个)?月?(\d{1,2})[日号]")
_MONTH_END = re.compile(r"(上|这|本|下)?(?:个)?月底")
_SHOWN = re.compile(r"(?P<day>.*\d日?)\s*(?:周|星期)(?P<weekday>[一二三四五六日天])(?:\s*[休假班])?")
_NEAR = {"上上": -2, "上": -1, "这": 0, "本": 0, "": 0, "下": 1, "下下": 2}


def read_day(text: str, today: date) -> date | None:
    """What somebody means by ``text``; None when empty.

    Raises ValueError with one sentence for anything else, for days that do not exist and for what can be read
    in two ways.
    """
    plain = re.sub(r"\s+", " ", unicodedata.normalize("NFKC", text).strip())
    if not plain:
        return None
    if shown := _SHOWN.fullmatch(plain):
        return _with_weekday(shown["day"], shown["weekday"], text, today)
    for read in (_written, _counted, _of_week, _of_month):
        found = read(plain, text, today)
        if found is not None:
            return found
    raise ValueError(f"“{text.strip()}”不是日期，请写成 {today.isoformat()}，也可以写 +7、下周三、3.5。")


def _with_weekday(plain: str, named: str, text: str, today: date) -> date | None:
    """A day that names its weekday must fall on it."""
    day = read_day(plain, today)
    if day is not None and _WEEKDAYS[day.weekday()] != named.replace("天", "日"):
        raise ValueError(f"{cn_date(day)}是{weekday(day)}，请核对“{text.strip()}”。")
    return day


def _written(plain: str, text: str, today: date) -> date | None:
    if match := _FULL.fullmatch(plain) or _DIGITS.fullmatch(plain):
        return _day(int(match[1]), int(match[2]), int(match[3]), text)
    if _TWO_DIGIT_YEAR.fullmatch(plain):
        raise ValueError(f"“{text.strip()}”有几种读法，请把年份写全，例如 {today.isoformat()}。")
    if match := _SHORT.fullmatch(plain):
        return _day(today.year, int(match[1]), int(match[2]), text)
    return None


def _counted(plain: str, text: str, today: date) -> date | None:
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    if match := _OFFSET.fullmatch(plain):
        return _later(today, int(match[2]), match[3] or "天", match[1] == "-", text)
    if match := _AFTER.fullmatch(plain):
        return _later(today, int(match[1]), match[2], False, text)
    return None


def _later(today: date, number: int, unit: str, back: bool, text: str) -> date:
    if "工作日" in unit:
        if back:
            raise ValueError(f"“{text.strip()}”：工作日只能往后数。")
        return add_working_days(today, number).on
    days = number * (7 if unit[-1] in "周期" else 1)
    return today + timedelta(days=-days if back else days)


def _of_week(plain: str, _text: str, today: date) -> date | None:
    """A week begins on Monday; a weekday alone is one of this week that is not over."""
    match = _OF_WEEK.fullmatch(plain)
    if match is None:
        return None
    number = _WEEKDAYS.index(match[2].replace("天", "日"))
    monday = today - timedelta(days=today.weekday())
    day = monday + timedelta(days=number + 7 * _NEAR[match[1] or ""])
    if match[1] is None and day < today:
        raise ValueError(f"{weekday(day)}已经过去，请写“本周{match[2]}”或者“下周{match[2]}”。")
    return day


def _of_month(plain: str, text: str, today: date) -> date | None:
    if match := _MONTH_END.fullmatch(plain):
        year, month = _month(today, _NEAR[match[1] or ""])
        return date(year, month, calendar.monthrange(year, month)[1])
    if plain in ("年底", "今年底"):
        return date(today.year, 12, 31)
    if match := _OF_MONTH.fullmatch(plain):
        year, month = _month(today, _NEAR[match[1] or ""])
        return _day(year, month, int(match[2]), text)
    return None


def _month(today: date, step: int) -> tuple[int, int]:
    year, month = divmod(today.year * 12 + today.month - 1 + step, 12)
    return year, month + 1


def _day(year: int, month: int, day: int, text: str) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise ValueError(f"“{text.strip()}”这一天不存在{_last(year, month)}。") from None


def _last(year: int, month: int) -> str:
    """What the month ends with, where there is such a month."""
    if not (1 <= month <= 12 and year >= 1):
        return ""
    return f"，{year}年{month}月只有{calendar.monthrange(year, month)[1]}天"
