"""Text taken apart for the index: one token a Chinese character, Latin words and numbers whole.

Both databases keep these tokens as they are; neither tokenizer of theirs ever decides anything. Tokens made
for a purpose carry a mark no text can produce, because text never gives a token of several characters that
begins with a Chinese one.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache

from mediation_desk.parties.sounds import pinyin_of, sounds
from mediation_desk.shared.record import record

SOUND, TAIL, NEAR = "音", "尾", "错"
"""Marks: how a name is typed in Latin letters, a number read from its end, what misspelt names have in common."""

ANY = "○"  # stands for the open character
LONGEST = 64  # characters of one token; PostgreSQL refuses words beyond 2046 bytes
LONG_NAME = 4  # characters of a person's name; longer ones are organisations or carry a dot

_WORDS = re.compile(f"[^\\W_\u2e80-\U0010ffff]{{1,{LONGEST}}}|(?=[^\\W_])[\u2e80-\U0010ffff]")
_RUNS = re.compile(f"[0-9a-z]{{5,{LONGEST}}}")
_SILENT = re.compile("[·•‧・'’ʼ]")  # 买买提·艾力, 京A·12345, Xi'an: typed with or without
_NUMBER = re.compile("(?=(?:.*[0-9]){4})(?:[0-9]{7,}|(?=.*[a-z])[0-9a-z]{5,})$")
_REMEMBERED = 50_000


@record
class Token:
    """A token with the place in the text of each of its characters, for marking hits."""

    word: str
    places: tuple[int, ...]

    @property
    def start(self) -> int:
        """Where it begins in the text."""
        return self.places[0]

    @property
    def end(self) -> int:
        """Behind its last character."""
        return self.places[-1] + 1


def words(text: str) -> list[str]:
    """The tokens of ``text`` in order: width folded, lower case, punctuation left out."""
    return _WORDS.findall(_folded(text))


def placed(text: str) -> list[Token]:
    """The same tokens with their places in ``text`` as it stands."""
    plain, origin = [], []
    for place, char in enumerate(text):
        folded = _folded_character(char)
        plain.append(folded)
        origin += [place] * len(folded)
    return [
        Token(word=found[0], places=tuple(origin[found.start() : found.end()]))
        for found in _WORDS.finditer("".join(plain))
    ]


def is_word(piece: str) -> bool:
    """Whether a token is a Latin word or a number, not one Chinese character."""
    return piece < "\u2e80"


def indexed(text: str) -> list[str]:
    """The tokens of ``text``, and behind them its numbers once more as their tails.

    Telephones, identity and plate numbers are reversed: what ends so is found by a prefix.
    """
    plain = _folded(text)
    found: list[str] = _WORDS.findall(plain)
    found += (tail(run) for run in _RUNS.findall(plain) if _NUMBER.match(run))
    return found


def tail(digits: str) -> str:
    """The token, or the beginning of one, for a number ending in ``digits``."""
    return TAIL + digits[::-1]


@lru_cache(maxsize=_REMEMBERED)
def of_name(name: str) -> tuple[str, ...]:
    """Everything by which a name is found: its characters, its sounds, and what it shares with look-alikes.

    An organisation is found by the sound of its beginning; a person by the given name too.
    """
    plain = words(name)
    person = len(plain) <= LONG_NAME
    heard = sounds("".join(plain), shortest=2, most=6) if person else _heard_from_the_start(plain)
    return (*plain, *(SOUND + sound for sound in heard), *lookalikes(plain))


def lookalikes(characters: list[str]) -> Iterator[str]:
    """What a person's name shares with misspellings of it; an organisation has nothing of the kind.

    The usual sound of the whole name (章三 for 张三), and from three characters on the name with each of them
    open in turn: 张伟明 and 张卫明 are both ``张○明``.
    """
    if not 2 <= len(characters) <= LONG_NAME or any(map(is_word, characters)):
        return
    yield NEAR + pinyin_of("".join(characters))
    if len(characters) > 2:
        for place in range(len(characters)):
            yield NEAR + "".join((*characters[:place], ANY, *characters[place + 1 :]))


def _heard_from_the_start(characters: list[str]) -> tuple[str, ...]:
    name = "".join(characters)
    return tuple(sound[:LONGEST] for sound in sounds(name, shortest=len(name), most=1))


def _folded(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).casefold()
    return _SILENT.sub("", plain) if _SILENT.search(plain) else plain


_folded_character = lru_cache(maxsize=_REMEMBERED)(_folded)
