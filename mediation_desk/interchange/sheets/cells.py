"""The text of one cell on its way to a value: where it came from, and numbers that must not lose a digit."""

from __future__ import annotations

import re
import unicodedata

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

ENDS = " \t\n\r\u00a0\u3000\u200b\ufeff"
LOST_DIGITS = "号码被表格变成了数字，末尾几位已经丢失，请把这一列设为文本后重新填写"
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d+", re.IGNORECASE)
_MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
_BETWEEN_HAN = re.compile(r"(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff])")


@record
class Cell:
    """A text with what is known of where it came from."""

    text: str
    numeric: bool = False
    since_1904: bool = False


@record
class Value:
    """What was read; ``notice`` says what had to be assumed."""

    value: object
    notice: str = ""
    whole: bool = True


def code(text: str) -> str:
    """A number (identity, telephone, file) without blanks, invisible characters and typed apostrophe, half width.

    Raises ``InputError`` with a clause when the sheet has made a rounded number of it.
    """
    plain = "".join(
        char
        for char in unicodedata.normalize("NFKC", text)
        if unicodedata.category(char) not in ("Cf", "Zs", "Cc")
    )
    plain = plain.lstrip("'’").upper()
    if _SCIENTIFIC.fullmatch(plain):
        raise InputError(LOST_DIGITS)
    return plain


def phone(text: str) -> str:
    """A telephone number; a mobile one without country code and dashes."""
    plain = code(text)
    mobile = _MOBILE.fullmatch(plain.replace("-", ""))
    return mobile[1] if mobile else plain


def one_line_name(text: str) -> str:
    """A name on one line, without the blanks that spread 张　三 over the cell."""
    return _BETWEEN_HAN.sub("", " ".join(text.split()).removeprefix("'"))


def shown(text: str) -> str:
    """``text`` short enough to be quoted in a sentence."""
    return text if len(text) <= 20 else f"{text[:20]}…"
