"""The ways a name is typed or mistaken, so that each of them finds it by one look-up."""

from __future__ import annotations

from functools import lru_cache

from mediation_desk.experts.conflicts.sameness import name_key
from mediation_desk.parties.sounds import typed_sound, whole_sounds
from mediation_desk.shared.text import fold_width

GAP = "_"
"""Stands for any one character: two names that share such a form differ in that character alone."""
_LONGEST_PERSON = 4
_LONGEST = 40
_REMEMBERED = 50_000


@lru_cache(maxsize=_REMEMBERED)
def ways_of(key: str) -> tuple[str, ...]:
    """Everything ``key`` (a `name_key`) is found by besides itself.

    A person's name: pinyin, initials, and the name with each character left open. An organisation's, which
    people shorten from the front (临江市安居物业 is called 安居物业): its end from any character on.
    """
    plain = key.replace("·", "")[:_LONGEST]
    if len(plain) <= _LONGEST_PERSON:
        return tuple(dict.fromkeys((*whole_sounds(plain), *gaps(plain))))
    ends = [plain[start:] for start in range(1, len(plain) - 1)]
    return tuple(dict.fromkeys((*whole_sounds(plain, most=2), *ends)))


def gaps(key: str) -> tuple[str, ...]:
    """``孟庆兰`` with one character open: ``_庆兰``, ``孟_兰``, ``孟庆_``; nothing for one or many characters."""
    if not 1 < len(key) <= _LONGEST_PERSON:
        return ()
    return tuple(key[:place] + GAP + key[place + 1 :] for place in range(len(key)))


def alike(one: str, other: str) -> str:
    """Why two different name keys may be the same name: ``只差一个字``, ``同音``; empty when nothing speaks for it."""
    if one == other or not one or not other:
        return ""
    if set(whole_sounds(one, most=2)[:1]) & set(whole_sounds(other, most=2)[:1]):
        return "同音"
    return "只差一个字" if set(gaps(one)) & set(gaps(other)) else ""


def key_of(typed: str) -> str:
    """What has been typed, as names are kept: Chinese by `name_key`, Latin letters as an input method has them."""
    return typed_sound(fold_width(name_key(typed)))
