"""The last look at text before a database gets it: whatever a service forgot is refused, never stored by halves.

Services bring text into its canonical form (``mediation_desk.shared.text``); this is what makes "every service"
true for services still to be written. What is only looked for is let through unless no driver could send it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from typing import Any
from unicodedata import is_normalized

from sqlalchemy import Connection, Engine, event

from mediation_desk.shared.assets import rules
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.text import BLANKS, canonical

_UNSENDABLE = re.compile("[\x00\ud800-\udfff]")
_WRITES = ("INSERT", "UPDATE")


def build_wall(engine: Engine) -> None:
    """Look at every value of every statement that goes through ``engine``."""
    event.listen(engine, "before_cursor_execute", _look)


def demand_text(text: str, column: str) -> None:
    """Raise ``InputError`` naming the column unless ``text`` is canonical."""
    if text.isprintable() and is_normalized("NFC", text) and not BLANKS.search(text):
        return
    name = str(rules("names").get(column, "这一项"))
    try:
        plain = canonical(text, name, longest=len(text))
    except InputError as error:
        raise InputError(error.message, field=column) from None
    if plain != text:
        raise InputError(
            f"“{name}”的文字不是规范形式（应为Unicode NFC，换行只用LF），不能保存。", field=column
        )


def _look(
    _connection: Connection,
    _cursor: Any,
    statement: str,
    parameters: Any,
    context: Any,
    _executemany: bool,
) -> None:
    values = getattr(context, "compiled_parameters", None) or parameters
    storing = statement.lstrip().upper().startswith(_WRITES)
    for name, text in _texts(values, ""):
        if storing:
            demand_text(text, name or "文字")
        elif _UNSENDABLE.search(text):
            raise InputError("要查找的文字里有控制字符或者残缺的编码，请改后再试。", field=name)


def _texts(value: Any, name: str) -> Iterator[tuple[str, str]]:
    """Every text below ``value`` with the name of its column or key."""
    if isinstance(value, str):
        yield name, value
    elif isinstance(value, Mapping):
        for key, inner in value.items():
            yield name, str(key)
            yield from _texts(inner, str(key))
    elif isinstance(value, tuple | list):
        for inner in value:
            yield from _texts(inner, name)
    elif is_dataclass(value):
        for item in fields(value):
            yield from _texts(getattr(value, item.name), name)
