"""Names for paper that hangs where anybody reads it (LR-21): surname and 某, no name of any organisation."""

from __future__ import annotations

import re

from mediation_desk.parties.model import PartyKind

_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]")
_UNITS = {
    PartyKind.COMPANY: "某单位",
    PartyKind.UNINCORPORATED: "某单位",
    PartyKind.SOLE_TRADER: "某个体工商户",
}


def masked_name(name: str, kind: PartyKind, persons: int, compound: frozenset[str]) -> str:
    """``欧阳某``, ``某单位``, ``某等23人``. ``compound`` are surnames of two characters.

    A name that is not Chinese shows nothing of itself: its parts do not tell which is the surname.
    """
    if kind is PartyKind.GROUP:
        return f"某等{persons}人"
    if kind in _UNITS:
        return _UNITS[kind]
    plain = name.strip()
    if "·" in plain or not plain or not _HAN.match(plain):
        return "某人"
    surname = plain[:2] if len(plain) > 2 and plain[:2] in compound else plain[0]
    return f"{surname}某"
