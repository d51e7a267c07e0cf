"""Questions to the search box that are syntax to one database or the other; as many as wanted, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator

from tests.hostile_text import texts

_PIECES = (
    *("张", "三", "张三", "zs", "zhang", "13800001234", "1234", "110101199001010015", "2026", "漏水"),
    *(
        '"',
        "'",
        "''",
        '""',
        "\\",
        "*",
        "^",
        ":",
        "(",
        ")",
        "{",
        "}",
        "-",
        "+",
        "|",
        "&",
        "!",
        "<->",
        "<2>",
        "~",
    ),
    *(
        "AND",
        "OR",
        "NOT",
        "NEAR",
        "NEAR(",
        "NULL",
        "LIKE",
        "%",
        "_",
        ";",
        "--",
        "/*",
        "*/",
        "::tsquery",
        ":*",
    ),
    *(
        "\x00",
        "\t",
        "\n",
        "\ud800",
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u3000",
        "😀",
        "𠀀",
        "e\u0301",
        "İ",
        "ß",
        "０",
        "Ａ",
    ),
    *(
        "音",
        "尾",
        "错",
        "○",
        "c0",
        "rowid",
        "words",
        "$1",
        "?",
        ":a",
        "%s",
        "{0}",
        "0x",
        "1e9",
        "9" * 40,
        "x" * 300,
    ),
)
_BETWEEN = ("", " ", "  ", "\t", "\u3000", '"', "'", " AND ", " OR ", "*", ":")


def queries(count: int, seed: int = 8) -> Iterator[str]:
    """The hostile texts first (the longest cut), then pieces of syntax put together by chance."""
    dice = random.Random(seed)
    known = [text[:5000] for text in texts()]
    yield from known[:count]
    for _ in range(count - len(known)):
        pieces = dice.choices(_PIECES, k=dice.choice((1, 2, 2, 3, 4, 6, 12, 40)))
        yield "".join(f"{piece}{dice.choice(_BETWEEN)}" for piece in pieces)
