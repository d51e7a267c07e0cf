"""A cell's text becomes the value of a field, or a clause that says why not."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal, InvalidOperation
from enum import Enum
from typing import Any

from mediation_desk.experts.texts import tidied
from mediation_desk.interchange.pool.columns import Column, part_kinds
from mediation_desk.interchange.sheets import splitting
from mediation_desk.interchange.sheets.cells import ENDS, Cell, Value, code, one_line_name, phone, shown
from mediation_desk.interchange.sheets.days import read_day
from mediation_desk.shared.assets import built
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import fold_width

_CODES = ("pool_no", "id_no", "phone")
_LASTS = ("term_to", "expires_on", "until", "to")
_YEAR_ALONE = ("started_on",)
_MULTILINE = ("introduction", "detail")
_WHOLE = re.compile(r"(\d+)(?:\.0+)?(?:年|件|个|周年)?")
_TIME = re.compile(r"(\d{1,2})[:时点](\d{1,2})?分?(?::\d{2})?")
_HUNDREDTH = Decimal("0.01")
_WEEKDAYS = "一二三四五六日"
_TRUE, _FALSE = ("是", "有", "√", "1", "true"), ("否", "无", "×", "0", "false", "")


def read(column: Column, cell: Cell) -> Value | None:
    """The value of a cell, None for an empty one. Raises ``InputError`` with a clause without full stop."""
    text = cell.text.strip(ENDS)
    text = column.words.get(text, text)
    if not text:
        return None
    if column.is_parts:
        return Value(value=_parts(column, text))
    if column.many and issubclass(column.kind, Enum):
        spelled = (column.words.get(word, word) for word in splitting.words(text))
        return Value(value=tuple(dict.fromkeys(_choice(column.kind, word) for word in spelled)))
    if column.many:
        return Value(value=splitting.words(text))
    return _scalar(column.field, column.kind, text, cell)


def _scalar(field: str, kind: type, text: str, cell: Cell) -> Value:
    if kind is date:
        day = read_day(
            text,
            last=field in _LASTS,
            year_alone=field in _YEAR_ALONE,
            numeric=cell.numeric,
            since_1904=cell.since_1904,
        )
        return Value(value=day.on, notice=day.notice, whole=day.whole)
    return Value(value=_plain(field, kind, text))


def _plain(field: str, kind: type, text: str) -> object:
    if field == "weekday":
        return _weekday(text)
    if kind is int:
        return _whole(text)
    if kind is Decimal:
        return _hours(text)
    if kind is bool:
        return _yes_or_no(text)
    if kind is time:
        return _time(text)
    if issubclass(kind, Enum):
        return _choice(kind, text)
    return _text(field, text)


def _text(field: str, text: str) -> str:
    if field in _CODES:
        return phone(text) if field == "phone" else code(text)
    if field == "name":
        return one_line_name(text)
    if field not in _MULTILINE:
        text = " ".join(text.split()).removeprefix("'")
    if field == "certificate_no":
        return fold_width(text)
    if field == "ethnicity":
        return text if text.endswith("族") or text not in _ethnicities() else f"{text}族"
    return text


def _choice(kind: type[Enum], text: str) -> Enum:
    wanted = "".join(unicodedata.normalize("NFKC", text).split())
    for member in kind:
        if wanted == "".join(unicodedata.normalize("NFKC", member.value).split()):
            return member
    raise InputError(f"不认识“{shown(text)}”，应为{'、'.join(member.value for member in kind)}之一")


def _whole(text: str) -> int:
    found = _WHOLE.fullmatch("".join(unicodedata.normalize("NFKC", text).split()).lstrip("'"))
    if found is None or len(found[1]) > 6:
        raise InputError(f"“{text[:20]}”不是整数")
    return int(found[1])


def _hours(text: str) -> Decimal:
    plain = unicodedata.normalize("NFKC", text).removesuffix("学时").removesuffix("小时").strip()
    try:
        found = Decimal(plain)
    except InvalidOperation:
        raise InputError(f"“{text[:20]}”不是数") from None
    if not found.is_finite() or abs(found) >= 100_000 or found != round(found, 2):
        raise InputError(f"“{text[:20]}”不是学时数，最多写两位小数")
    return found.quantize(_HUNDREDTH)


def _yes_or_no(text: str) -> bool:
    plain = text.casefold()
    if plain not in (*_TRUE, *_FALSE):
        raise InputError(f"“{text[:20]}”应为是或者否")
    return plain in _TRUE


def _time(text: str) -> time:
    found = _TIME.fullmatch("".join(unicodedata.normalize("NFKC", text).split()))
    try:
        return time(int(found[1]), int(found[2] or 0)) if found else time.fromisoformat(text)
    except ValueError:
        raise InputError(f"“{text[:20]}”不是时间，应写成09:00这样") from None


def _weekday(text: str) -> int:
    plain = text.removeprefix("星期").removeprefix("周").replace("天", "日")
    if plain in _WEEKDAYS and len(plain) == 1:
        return _WEEKDAYS.index(plain) + 1
    return _whole(plain)


def _parts(column: Column, text: str) -> tuple[object, ...]:
    return tuple(_part(column, place, found) for place, found in enumerate(splitting.items(text), start=1))


def _part(column: Column, place: int, found: tuple[str, ...]) -> object:
    kinds = part_kinds(column.kind)
    if len(found) > len(kinds):
        raise InputError(f"第{place}项有{len(found)}段，最多{len(kinds)}段")
    values: dict[str, Any] = {}
    for (name, (kind, _many, _optional)), text in zip(kinds.items(), found, strict=False):
        if text:
            try:
                values[name] = _scalar(name, kind, text, Cell(text=text)).value
            except InputError as error:
                raise InputError(f"第{place}项：{error.message}") from None
    try:
        return tidied(column.kind(**values))
    except TypeError:
        example = _EXAMPLES.get(column.field, "")
        raise InputError(f"第{place}项没有写全，应写成“{example}”这样") from None


_EXAMPLES: Mapping[str, str] = {
    "grades": "national｜一级人民调解员｜评定单位｜2024-03-01",
    "trainings": "2024-03-01｜8｜培训内容",
    "duties": "周一｜09:00｜12:00",
    "slots": "2026-03-01｜09:00｜12:00",
    "leaves": "2026-03-01｜2026-03-05｜原因",
    "disciplines": "偏袒一方当事人｜2024-03-01｜批评教育｜单位",
    "ties": "近亲属｜姓名｜证件号｜关系",
}


def _ethnicities() -> tuple[str, ...]:
    return built("categories", lambda data: tuple(data["ethnicities"]))
