"""What the validation of an exchanged file complains about, in Chinese."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_BY_TYPE = {
    "missing": "缺少这一项",
    "missing_keyword_only_argument": "缺少这一项",
    "unexpected_keyword_argument": "不认识这个键",
    "extra_forbidden": "不认识这个键",
    "literal_error": "不在允许的取值之内",
    "finite_number": "应为金额，用文字写成带两位小数的元",
    "too_short": "项数太少",
    "too_long": "项数太多",
}
_BY_KIND = (
    ("string", "应为文字"),
    ("int", "应为整数"),
    ("bool", "应为true或false"),
    ("date", "应为真实存在的日期，写作2026-03-24"),
    ("time", "应为时间，写作09:30"),
    ("decimal", '应为金额，用文字写成带两位小数的元，例如"4050.00"'),
    ("float", "应为数"),
    ("tuple", "应为列表"),
    ("list", "应为列表"),
    ("dataclass", "应为对象"),
    ("mapping", "应为对象"),
    ("dict", "应为对象"),
)


def reason(error: Mapping[str, Any]) -> str:
    """Why the value was refused, as a clause without full stop; never quotes the value itself."""
    kind = str(error["type"])
    if kind == "enum":
        allowed = re.findall(r"'([^']*)'", str(error.get("ctx", {}).get("expected", "")))
        return "不在允许的取值之内，只能是" + "、".join(allowed)
    by_kind = (text for start, text in _BY_KIND if kind.startswith(start))
    return _BY_TYPE.get(kind) or next(by_kind, "格式不对")
