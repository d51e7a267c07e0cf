"""Names, numbers and addresses as lists show them: enough to choose by, too little to misuse (domain.md §7.1)."""

from __future__ import annotations

import re

from mediation_desk.shared.assets import built, remembered

STARS = "****"
_OPEN_HEAD, _OPEN_TAIL = 6, 4
_MOBILE = 11

# A place ends where houses are counted: everything from the first figure on, Arabic or Chinese with its unit.
_HOUSE = re.compile(r"[0-9０-９]|[一二三四五六七八九十百]+(?:号|栋|幢|座|楼|组|单元|室|层|门|队)")

# Digits on both sides would make it part of something longer; Chinese characters beside it do not.
_ID = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![0-9A-Za-z])")
_ID_15 = re.compile(r"(?<![0-9A-Za-z])[1-9]\d{7}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{3}(?![0-9A-Za-z])")
_PHONE = re.compile(r"(?<![0-9A-Za-z])(?:\+?86[- ]?)?(1[3-9]\d{9})(?![0-9A-Za-z])")
_DIGITS = re.compile(r"\d{7}")
_LINE = re.compile(r"(?<![0-9A-Za-z-])0\d{2,3}[-－ ]\d{7,8}(?![0-9A-Za-z])")


def mask_name(name: str) -> str:
    """``张*``, ``欧阳*``; of a name with a dot and of one in Latin letters the first part's first letter."""
    plain = name.strip()
    if not plain:
        return ""
    compound = len(plain) > 2 and plain[:2] in _compound_surnames()
    return plain[: 2 if compound else 1] + "*"


def mask_id(number: str | None) -> str:
    """First six and last four characters; a short number keeps only its last four; "" for none."""
    if not number:
        return ""
    hidden = len(number) - _OPEN_HEAD - _OPEN_TAIL
    if hidden > 0:
        return number[:_OPEN_HEAD] + "*" * hidden + number[-_OPEN_TAIL:]
    return STARS + (number[-_OPEN_TAIL:] if len(number) > _OPEN_TAIL else "")


def mask_phone(phone: str | None) -> str:
    """``138****0101``; a fixed line keeps its last four digits; "" for none."""
    if not phone:
        return ""
    if len(phone) == _MOBILE and phone.isdigit():
        return f"{phone[:3]}{STARS}{phone[-4:]}"
    return STARS + (phone[-4:] if len(phone) > _OPEN_TAIL else "")


def mask_address(address: str) -> str:
    """To the community or street: ``安和区锦园小区…``; nothing is taken from one without house numbers."""
    found = _HOUSE.search(address)
    return address if found is None else address[: found.start()].rstrip() + "…"


def without_numbers(text: str) -> str:
    """``text`` with every identity number and telephone in it masked; exactly as long as it was."""
    if _DIGITS.search(text) is None:
        return text
    covered = _ID.sub(lambda found: mask_id(found[0]), text)
    covered = _ID_15.sub(lambda found: mask_id(found[0]), covered)
    covered = _PHONE.sub(lambda found: found[0].replace(found[1], mask_phone(found[1])), covered)
    return _LINE.sub(lambda found: "*" * (len(found[0]) - 4) + found[0][-4:], covered)


@remembered
def _compound_surnames() -> frozenset[str]:
    return built("conflicts", lambda data: frozenset(data["words"]["compound_surnames"]))
