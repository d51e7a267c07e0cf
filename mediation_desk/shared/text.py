"""What text may be stored: one canonical form, no invisible or dangerous characters (reliability T2)."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from mediation_desk.shared.errors import InputError

LONGEST = 20_000
"""Default limit of a free text field, in characters."""

_LINE_ENDS = re.compile("\r\n|[\r\u0085\u2028\u2029]")
_KINDS = {"Cc": "控制字符", "Cf": "不可见的格式字符", "Cs": "残缺的编码"}
_BIDI = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c")
BLANKS = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0]")
"""Letters and marks that show nothing, though Unicode counts them among what is printed."""
_PICTURES = 0x1F000
_JOINERS = frozenset((0x200D, 0x20E3, 0xFE0E, 0xFE0F))
_EMOJI_NAME = "表情"
_BETWEEN_LINES = {ord("\n"): None, ord("\t"): None, 0x3000: None}
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)}
_FULL_WIDTH |= {ord(wide) + n: ord(half) + n for wide, half in (("Ａ", "A"), ("ａ", "a")) for n in range(26)}


def canonical(text: str, field: str, *, multiline: bool = True, longest: int = LONGEST) -> str:
    """``text`` in NFC with plain line ends, otherwise exactly as typed.

    Raises ``InputError`` naming ``field`` if it holds control characters (line feed and tab are free text's own),
    lone surrogates, direction overrides or other invisible characters, or is longer than ``longest``.
    """
    if len(text) > longest:
        raise InputError(f"“{field}”有{len(text)}个字，最多{longest}个。", field=field)
    plain = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    seen = plain.translate(_BETWEEN_LINES) if multiline else plain
    if seen.isprintable() and not BLANKS.search(seen):
        return plain  # nearly every text; the rest is looked at character by character
    for place, char in enumerate(plain, start=1):
        if (char.isascii() and char.isprintable()) or (multiline and char in "\n\t"):
            continue
        trouble = _trouble(char)
        if trouble:
            raise InputError(
                f"“{field}”第{place}个字是{trouble}（U+{ord(char):04X}），不能保存。", field=field
            )
    return plain


def cleaned(text: str, *, multiline: bool = True) -> tuple[str, str]:
    """``text`` without the characters `canonical` refuses and without emoji, which no paper can print.

    The second value says what was taken out (``表情2个、不可见的格式字符1个``); empty when nothing was.
    """
    plain = unicodedata.normalize("NFC", _LINE_ENDS.sub("\n", text))
    if not multiline:
        plain = " ".join(plain.split("\n"))
    kept: list[str] = []
    removed: Counter[str] = Counter()
    for char in plain:
        if (char.isascii() and char.isprintable()) or (multiline and char in "\n\t"):
            kept.append(char)
        elif trouble := _EMOJI_NAME if _is_emoji(char) else _trouble(char):
            removed[trouble] += 1
        else:
            kept.append(char)
    return "".join(kept), "、".join(f"{what}{times}个" for what, times in removed.items())


def fold_width(text: str) -> str:
    """``text`` with full-width digits and letters made half width (§6.7); for fields, not for free text."""
    return text.translate(_FULL_WIDTH)


def folded(text: str) -> str:
    """``text`` without any white space: how two renderings of one paper are compared."""
    return "".join(text.split())


def _is_emoji(char: str) -> bool:
    """Pictures of the emoji blocks and what joins them; signs of older blocks such as ★ and № can be printed."""
    return ord(char) in _JOINERS or (ord(char) >= _PICTURES and unicodedata.category(char) in ("So", "Sk"))


def _trouble(char: str) -> str | None:
    if BLANKS.match(char):
        return "看不见的字符"
    if char in _BIDI:
        return "改变文字方向的字符"
    if ord(char) & 0xFFFE == 0xFFFE or "\ufdd0" <= char <= "\ufdef":
        return "不是文字的编码"
    return _KINDS.get(unicodedata.category(char))
