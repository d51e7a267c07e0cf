"""The round trip guard: what a file says must follow from what was read, and be written again the same."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mediation_desk.cases.model import CaseFile
from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.interchange.writer import write_case

_MONEY = re.compile(r"[0-9]+\.[0-9]{2}")
_MISSING = object()

Difference = tuple[tuple[str | int, ...], Any, Any]


def demand_same(file: CaseFile, data: Mapping[str, Any], *, only: str = "") -> None:
    """Refuse ``data`` unless ``file``, read from it, is written again equal; ``only`` compares one key.

    Raises ``InputError`` at the first difference: an amount not written with two decimals, a missing or
    needless key, an effective date, total, age, status or statistics line that does not follow from the rest.
    """
    written = write_case(file, with_private_notes=True)
    if only:
        data, written = {only: data.get(only, _MISSING)}, {only: written[only]}
    first = next(_differences(data, written, ()), None)
    if first is not None:
        steps, given, expected = first
        raise refusal(pointer(steps), _why(steps, given, expected, file))


def _differences(given: Any, expected: Any, steps: tuple[str | int, ...]) -> Iterator[Difference]:
    if isinstance(given, Mapping) and isinstance(expected, Mapping):
        for key in (*given, *(key for key in expected if key not in given)):
            yield from _differences(given.get(key, _MISSING), expected.get(key, _MISSING), (*steps, key))
    elif isinstance(given, list) and isinstance(expected, list) and len(given) == len(expected):
        for place, (ours, theirs) in enumerate(zip(given, expected, strict=True)):
            yield from _differences(ours, theirs, (*steps, place))
    elif type(given) is not type(expected) or given != expected:
        yield steps, given, expected


def _why(steps: Sequence[str | int], given: Any, expected: Any, file: CaseFile) -> str:
    if given is _MISSING:
        return "缺少这一项"
    if expected is _MISSING:
        return "不认识这个键" if given not in (None, [], {}) else "这一项是空的，应当略去"
    if isinstance(expected, str) and _MONEY.fullmatch(expected) and not _is_money(given):
        return f'金额应以文字写成带两位小数的元，即"{expected}"'
    text = f"文件写的是{_shown(given)}，按文件其余内容应为{_shown(expected)}"
    if steps[-1] == "effective_on" and file.missing_signatures:
        return f"{text}（尚缺{'、'.join(file.missing_signatures)}的签名或者印章）"
    return text


def _is_money(value: Any) -> bool:
    return isinstance(value, str) and _MONEY.fullmatch(value) is not None


def _shown(value: Any) -> str:
    """``value`` for the message: short, and never the content of a whole object."""
    if value is None:
        return "空（null）"
    if isinstance(value, Mapping):
        return "一个对象"
    if isinstance(value, list):
        return f"{len(value)}项的列表"
    return f"“{str(value)[:40]}”"
