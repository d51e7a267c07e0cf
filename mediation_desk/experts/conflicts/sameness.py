"""When two names, numbers or addresses written by different hands mean the same: keys to look them up by."""

from __future__ import annotations

import re

from mediation_desk.shared.record import record
from mediation_desk.shared.text import fold_width

_SHORTEST_ID = 6
_BRACKETS = str.maketrans("（）〔〕【】［］[]{}", "()()()()()()")
_DOTS = re.compile("[•・‧･∙●]")
_BETWEEN_PHONES = re.compile("[、，,;；/]")
_MOBILE = re.compile(r"(?:00)?(?:86)?(1[3-9]\d{9})")
_LANDLINE_ABROAD = re.compile(r"(?:00)?86(\d{9,11})")
_EXTENSION = re.compile("转|分机|[xX#]|ext")
_REMARK = re.compile(r"\([^()]*\)")
_DASHES = re.compile("[-‐‑–—―－~～]+")
_NOT_ADDRESS = re.compile(r"[^\w-]|_")
_BUILDING = re.compile(r"(?<=\d)(?:号楼|栋|幢|座|单元)-?")
_ROOM = re.compile(r"(?<=\d)[室房户]$")
_DOOR = re.compile(r"(?:\d|[\d一二三四五六七八九十百]号)$")
_WIDE_AREA = re.compile(r"(?:[^省市区县]{1,8}(?:省|自治区))?(?:[^省市区县]{1,8}(?:市|自治州))?")
_HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,}")


def id_key(number: str) -> str:
    """An identity number or credit code to compare by; empty when nothing usable was written.

    Old numbers of 15 digits are completed to 18 (GB 11643), so that both forms of one number meet.
    """
    key = "".join(fold_width(number).split()).upper()
    if len(key) < _SHORTEST_ID:
        return ""
    return _completed(key) if len(key) == 15 and key.isdecimal() else key


def phone_keys(text: str) -> tuple[str, ...]:
    """Every telephone in ``text``, without country code, extension, spaces and dashes."""
    found = (_phone_key(one) for one in _BETWEEN_PHONES.split(fold_width(text)))
    return tuple(dict.fromkeys(key for key in found if key))


def is_mobile(key: str) -> bool:
    """Whether a key of ``phone_keys`` is a mobile number: one person's, where a landline is an office's."""
    return _MOBILE.fullmatch(key) is not None


def name_key(name: str) -> str:
    """A name of a person or an organisation to compare by: width, white space, brackets and dots made equal."""
    plain = "".join(fold_width(name).translate(_BRACKETS).split())
    return _DOTS.sub("·", plain).casefold()


def surname(name: str, compound: frozenset[str]) -> str:
    """The surname of a Chinese name; empty for other names, which do not tell it."""
    key = name_key(name)
    if not _HAN.fullmatch(key):
        return ""
    return key[:2] if len(key) > 2 and key[:2] in compound else key[0]


@record
class Address:
    """``key`` leaves province and city out; ``to_the_door`` is False for a village, a compound, a building."""

    full: str
    key: str
    to_the_door: bool

    def same_as(self, other: Address) -> bool:
        """Whether both say the same, though one may leave out province or city."""
        return self.full.endswith(other.full) or other.full.endswith(self.full)


def address_of(text: str, *, shortest: int, vague: tuple[str, ...]) -> Address | None:
    """``text`` as an address to compare; None when too short or too vague to tell anything (本村, 同上)."""
    plain = _REMARK.sub("", "".join(fold_width(text).translate(_BRACKETS).split()))
    plain = _NOT_ADDRESS.sub("", _DASHES.sub("-", plain))
    plain = _ROOM.sub("", _BUILDING.sub("-", plain))
    if len(plain) < shortest or plain.startswith(vague):
        return None
    key = plain
    for _ in range(2):  # a city may lie in a city: 金华市义乌市
        key = _WIDE_AREA.sub("", key, count=1) or key
    return Address(full=plain, key=key, to_the_door=_DOOR.search(plain) is not None)


def company_of(key: str, branch_words: tuple[str, ...]) -> str:
    """The company behind the name of a branch (某某公司安和支公司); any other name itself."""
    head, found, rest = key.partition("公司")
    return head + found if found and rest.endswith(branch_words) else key


def _phone_key(text: str) -> str:
    digits = re.sub(r"\D", "", _EXTENSION.split(text, maxsplit=1)[0])
    mobile = _MOBILE.fullmatch(digits)
    if mobile:
        return mobile[1]
    abroad = _LANDLINE_ABROAD.fullmatch(digits)
    if abroad:
        return "0" + abroad[1].removeprefix("0")
    return digits if len(digits) >= 7 and len(set(digits)) > 1 else ""


def _completed(number: str) -> str:
    from stdnum.cn import ric

    body = number[:6] + "19" + number[6:]
    return body + str(ric.calc_check_digit(f"{body}?"))  # it leaves the last character out of the sum
