"""Text of an exchange file -> JSON data: UTF-8 only, no duplicate keys, no numbers JSON does not know."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from typing import Any

from mediation_desk.interchange.place import pointer, refusal
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import canonical

LARGEST = 8 * 1024 * 1024
"""Bytes or characters beyond which no case file is read; a case of 2,000 group members takes one million."""
MOST_PARTS = 500_000
"""Of one case: signs that may begin a value. What is below this has less than 50 MB to be taken in."""
_MOST_OF_LIST = 2_000_000
_DEEPEST = 40

_TOO_DEEP = "文件的层次太深，不是案件的交换文件。"
_REASONS = {
    "Expecting value": "这里应有一个值",
    "Expecting property name enclosed in double quotes": "这里应有加双引号的键名",
    "Illegal trailing comma before end of object": "对象最后多了一个逗号",
    "Illegal trailing comma before end of array": "列表最后多了一个逗号",
    "Unterminated string starting at": "从这里开始的文字没有结束的引号",
    "Extra data": "内容结束之后还有多余的文字",
    "Expecting ',' delimiter": "这里缺少逗号",
    "Expecting ':' delimiter": "这里缺少冒号",
    "Invalid control character at": "文字中有未转义的控制字符",
    "Invalid \\escape": "反斜杠后面的转义写法不对",
    "Invalid \\uXXXX escape": "\\u 后面应有四位十六进制数字",
}


def parse(text: str | bytes) -> dict[str, Any]:
    """The JSON object ``text`` holds.

    Raises ``InputError`` naming line and column where the text breaks off or is no JSON, and the pointer of a
    duplicate key or of text that may not be stored.
    """
    if len(text) > LARGEST:
        raise InputError(f"文件超过{LARGEST // 1024 // 1024}兆，不是一个案件的交换文件。")
    data = parse_any(text, MOST_PARTS)
    if not isinstance(data, dict):
        raise refusal("", "应为一个JSON对象")
    return data


def parse_any(text: str | bytes, most_parts: int = _MOST_OF_LIST) -> Any:
    """The JSON value ``text`` holds, refused for the same reasons; its size is for the caller to judge."""
    plain = _decoded(text)
    if sum(map(plain.count, "[{,:")) > most_parts:
        raise InputError("文件里的项目太多，不是案件或者名册的交换文件。")
    data = _load(plain)
    for place, kind, found in _texts(data, ()):
        _acceptable(place, kind, found)
    return data


class _Object(dict[str, Any]):
    """A JSON object that remembers a key it was given twice."""

    twice: str | None = None


def _decoded(text: str | bytes) -> str:
    if isinstance(text, str):
        return text.removeprefix("\ufeff")
    try:
        return text.decode("utf-8-sig")
    except UnicodeDecodeError as trouble:
        raise InputError(f"文件不是UTF-8编码（第{trouble.start + 1}个字节读不懂）。") from None


def _load(text: str) -> Any:
    try:
        return json.loads(
            text, object_pairs_hook=_object, parse_constant=_no_number, parse_float=_finite, parse_int=_whole
        )
    except json.JSONDecodeError as trouble:
        reason = _REASONS.get(trouble.msg, "不是有效的JSON")
        if not text[trouble.pos :].strip():
            reason = "文件在这里中断了"
        raise InputError(f"第{trouble.lineno}行第{trouble.colno}列：{reason}。") from None
    except RecursionError:
        raise InputError(_TOO_DEEP) from None


def _object(pairs: list[tuple[str, Any]]) -> _Object:
    made = _Object(pairs)
    if len(made) < len(pairs):
        counted = Counter(key for key, _ in pairs)
        made.twice = next(key for key, number in counted.items() if number > 1)
    return made


def _no_number(name: str) -> float:
    raise InputError(f"文件里有JSON没有的数“{name}”。")


def _finite(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise InputError(f"文件里的数“{text[:20]}”太大。")
    return value


def _whole(text: str) -> int:
    if len(text) > 18:
        raise InputError(f"文件里的整数“{text[:20]}…”太大。")
    return int(text)


def _texts(value: Any, steps: tuple[str | int, ...]) -> Iterator[tuple[str, str, str]]:
    """Every key and every text below ``value`` with its place; duplicate keys are refused on the way."""
    if len(steps) > _DEEPEST:
        raise InputError(_TOO_DEEP)
    if isinstance(value, _Object):
        if value.twice is not None:
            raise refusal(pointer((*steps, value.twice)), "这个键出现了两次")
        for key, item in value.items():
            yield pointer((*steps, key)), "键名", key
            yield from _texts(item, (*steps, key))
    elif isinstance(value, list):
        for place, item in enumerate(value):
            yield from _texts(item, (*steps, place))
    elif isinstance(value, str):
        yield pointer(steps), "文字", value


def _acceptable(place: str, kind: str, text: str) -> None:
    try:
        same = canonical(text, kind)
    except InputError as trouble:
        raise refusal(place, trouble.message.rstrip("。")) from None
    if same != text:
        raise refusal(place, f"{kind}不是规范形式（应为Unicode NFC，换行只用LF）")
