"""Chinese line breaking: no closing mark starts a line, no opening mark ends one, numbers stay whole (禁则)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

K = TypeVar("K")
"""What tells how a stretch is set: strong or not, or a whole look."""

K_co = TypeVar("K_co", covariant=True)


class Styled(Protocol[K_co]):
    """A stretch of text set alike."""

    @property
    def text(self) -> str:
        """Its words."""
        ...

    @property
    def strong(self) -> K_co:
        """How it is set."""
        ...


_OPEN = "□■①②③④⑤⑥（「『〔【《〈“‘(\\[￥¥"
_CLOSE = "，。、；：？！）」』〕】》〉”’…—·～)\\],.;:!?％%"
_UNIT = "元年月日号时分室页份期条个名户人点平％%℃㎡"
_BOX = f"[□■][①-⑳]?[\u4e00-\u9fff]{{1,12}}(?![\u4e00-\u9fff])[{_CLOSE}]*"  # a box to tick and its words
_ATOM = re.compile(
    f"（盖章）[{_CLOSE}]*|{_BOX}|[{_OPEN}]*"
    f"(?:[0-9A-Za-z](?:[0-9A-Za-z.,:/+@_'-]*[0-9A-Za-z])?[{_UNIT}]?|\\s|[^\\s{_CLOSE}{_OPEN}])?"
    f"[{_CLOSE}]*",
)
_HANGING = frozenset("，。、；：）」』〕】》〉”’")
_SQUEEZE = 0.016  # of an em: how far characters may close up, which gives the 28 to a line of GB/T 9704
_LOOSEST = 0.3  # of an em: a line that would have to be spread further is left ragged


@dataclass(frozen=True, slots=True, kw_only=True)
class SetLine(Generic[K]):
    """One line ready to draw: pieces of ``(text, strong, extra space after each character)``."""

    pieces: tuple[tuple[str, K, float], ...]
    width: float


def set_lines(
    runs: Sequence[Styled[K]],
    width_of: Callable[[str, K], float],
    size: float,
    first: float,
    width: float,
    *,
    justify: bool,
) -> list[SetLine[K]]:
    """Break ``runs`` into lines of ``width`` points (the first one ``first``); at least one line."""
    chars = [(char, run.strong) for run in runs for char in run.text]
    widths = [width_of(char, strong) for char, strong in chars]
    lines: list[SetLine[K]] = []
    start, room = 0, first
    for end in _line_ends("".join(char for char, _ in chars), widths, size, first, width):
        last = end == len(chars)
        lines.append(_set(chars, widths, start, end, size, room, justify and not last))
        start, room = end, width
    return lines or [SetLine(pieces=(), width=0)]


def _atoms(text: str) -> Iterable[tuple[int, int]]:
    """Stretches that may not be broken, as index pairs."""
    place = 0
    while place < len(text):
        match = _ATOM.match(text, place)
        end = match.end() if match and match.end() > place else place + 1
        yield place, end
        place = end


def _line_ends(text: str, widths: Sequence[float], size: float, first: float, width: float) -> Iterable[int]:
    used, count, room = 0.0, 0, first
    for start, end in _pieces(text, widths, width):
        wide = sum(widths[start:end])
        needed = wide if not text[start:end].isspace() else 0.0
        if text[end - 1] in _HANGING:
            needed -= size / 2  # the right half of a closing mark is white
        if count and used + needed - (count + end - start) * _SQUEEZE * size > room + 0.01:
            yield start
            used, count, room = 0.0, 0, width
        used, count = used + wide, count + end - start
    if count:
        yield len(text)


def _pieces(text: str, widths: Sequence[float], width: float) -> Iterable[tuple[int, int]]:
    """Atoms, those wider than a whole line cut into characters."""
    for start, end in _atoms(text):
        if sum(widths[start:end]) <= width:
            yield start, end
        else:
            yield from ((place, place + 1) for place in range(start, end))


def _set(
    chars: Sequence[tuple[str, K]],
    widths: Sequence[float],
    start: int,
    end: int,
    size: float,
    room: float,
    spread: bool,
) -> SetLine[K]:
    while end > start and chars[end - 1][0].isspace() and chars[end - 1][0] != "\u3000":
        end -= 1
    natural = sum(widths[start:end])
    ink = natural - (size / 2 if end > start and chars[end - 1][0] in _HANGING else 0.0)
    gaps = [place for place in range(start, end - 1) if not _inside_word(chars, place)]
    extra = (room - ink) / len(gaps) if gaps else 0.0
    if (not spread and extra > 0) or extra > _LOOSEST * size:
        extra = 0.0
    stretch = set(gaps) if extra else set()
    pieces: list[tuple[str, K, float]] = []
    for place in range(start, end):
        char, strong = chars[place]
        space = extra if place in stretch else 0.0
        if pieces and pieces[-1][1:] == (strong, space):
            pieces[-1] = (pieces[-1][0] + char, strong, space)
        else:
            pieces.append((char, strong, space))
    return SetLine(pieces=tuple(pieces), width=natural + extra * len(stretch))


def _inside_word(chars: Sequence[tuple[str, K]], place: int) -> bool:
    """Whether the gap after ``place`` lies inside a number or a Latin word."""
    here, after = chars[place][0], chars[place + 1][0]
    return here.isascii() and after.isascii() and not here.isspace() and not after.isspace()
