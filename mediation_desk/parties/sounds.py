"""How a name is typed in Latin letters: full pinyin of every reading, and the initials."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain, islice, product
from math import prod

_MOST_READINGS = 48
_REMEMBERED = 20_000


def pinyin_of(name: str) -> str:
    """The most usual reading of ``name``, for sorting and for telling look-alikes: ``zhangsan``."""
    return "".join(next(iter(readings)) for readings in map(_readings, _characters(name)))


def sounds(name: str, *, shortest: int = 1, most: int = _MOST_READINGS) -> tuple[str, ...]:
    """Every way to type the name, or its end from any character on, that has ``shortest`` characters at least.

    Full syllables and initials, at most ``most`` readings of each end: ``zhangsan``, ``zs``, ``san``, ``s``.
    """
    characters = _characters(name)
    found: dict[str, None] = {}
    for start in range(len(characters) - shortest + 1):
        for syllables in _spoken([_readings(character) for character in characters[start:]], most):
            found["".join(syllables)] = None
            found["".join(syllable[0] for syllable in syllables)] = None
    return tuple(found)


def whole_sounds(name: str, *, most: int = _MOST_READINGS) -> tuple[str, ...]:
    """Every way to type the whole name, the usual reading first; nothing for a name without a character."""
    length = len(_characters(name))
    return sounds(name, shortest=length, most=most) if length else ()


def typed_sound(word: str) -> str:
    """A Latin word as the keyboard of an input method has it: ``lü`` is ``lv``, ``Xi'an`` is ``xian``."""
    plain = word.casefold()
    return plain.replace("ü", "v").replace("'", "") if all(c.isascii() or c == "ü" for c in plain) else plain


def _spoken(readings: list[tuple[str, ...]], most: int) -> Iterator[tuple[str, ...]]:
    """The usual reading first, then those with one unusual syllable (surnames!), then all, ``most`` of them."""
    if prod(map(len, readings)) <= most:
        yield from product(*readings)
        return
    usual = tuple(ways[0] for ways in readings)
    one_off = (
        (*usual[:place], way, *usual[place + 1 :]) for place, ways in enumerate(readings) for way in ways[1:]
    )
    every = chain((usual,), one_off, product(*readings))
    yield from islice(dict.fromkeys(islice(every, 2 * most)), most)


def _characters(name: str) -> tuple[str, ...]:
    return tuple(character for character in name if character.isalnum())


@lru_cache(maxsize=_REMEMBERED)
def _readings(character: str) -> tuple[str, ...]:
    """Every reading of one character, the usual one first; ü can be typed as v, u and yu."""
    # Loaded late, and without its dictionary of phrases: half a second nobody needs for single characters.
    os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")
    from pypinyin import Style, pinyin

    spoken: tuple[str, ...] = tuple(pinyin(character, style=Style.NORMAL, heteronym=True)[0])
    return tuple(dict.fromkeys(way for sound in spoken for way in _typed(sound.casefold()) if way))


def _typed(sound: str) -> Iterator[str]:
    yield sound
    if "v" in sound:
        yield sound.replace("v", "yu")
        yield sound.replace("v", "u")
