"""How what parsers read is spoilt, and what may come of it."""

from __future__ import annotations

import copy
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as with_seed
from hypothesis import strategies as st

from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record

_WORDS = (
    "", " ", "0", "-1", "1e999999", "9e999999", "NaN", "sNaN", "Infinity", "1_000", "\u0663", "½", "²", "万", "元",
    "9999", "0000", "99999999999999999999", "2026-02-30", "0001-01-01", "9999-12-31", "2026W53", "..", "-", "+", "@",
    "#", ">", "!", "\0", "\n", "\u202e", "\ud800", "\ufeff", "\U0001f600", "零", "第", "条", "（", "*", '"', "'", "OR",
    "NEAR(", "\\", "%", "{", "}", "[", "=", "<", "&", "明天", "下月", "周日", "月底", "1/2", ":", "年", "月", "日",
    "x" * 300, "9" * 5000,
)  # fmt: skip
"""What parsers stumble over."""

_VALUES: tuple[Any, ...] = (
    None, True, 0, -1, 1.5, 10**18, 1e300, "", "x", "2026-02-30", "9999-12-31", "NaN", "1e999999", [], {}, [[]], [None],
    {"": ""}, "\u202e", "9" * 400,
)  # fmt: skip
_LITERALS = (
    "0", "-1", "1.5", "nan", "inf", "1e308", '""', '"x"', '"NaN"', '"1e999999"', "[]", "[[]]", '["x"]', "{}", "true",
    "2026-11-28", "9999-12-31", "9999-12-31T23:59:59Z", "12:00:00", '"2026-02-30"', "99999999999999999999", "x", "[",
)  # fmt: skip

_OCTETS = (b"", b"\0", b"\xff", b"\xef\xbb\xbf", b"[" * 5000, b'{"a":' * 300, b"1e999", b"9" * 5000)
_PLACE = st.floats(0, 1)
_GONE: Any = ("gone",)
_SIGNS = (*range(256), 0x300, 0x661, 0x202E, 0x200B, 0x3000, 0xFF10, 0xFE0F, 0xD800, 0x10FFFF)
_ANY = st.sampled_from("".join(map(chr, _SIGNS)))
"""Signs to put anywhere; asking for all of Unicode takes seconds before the first one comes."""


@record
class Fuzzed:
    """A parser, how what it reads is spoilt, and the only errors it may refuse by."""

    name: str
    parse: Callable[[Any], object]
    spoilt: st.SearchStrategy[Any]
    refuses: tuple[type[Exception], ...] = (InputError,)


def wrong(parser: Fuzzed, sample: Any) -> BaseException | None:
    """What comes out of it that must not."""
    try:
        parser.parse(sample)
    except parser.refuses:
        return None
    except Exception as error:  # noqa: BLE001  # just what is looked for
        return error
    return None


def texts(*seeds: str) -> st.SearchStrategy[str]:
    """A seed, pieces of others and of what parsers stumble over, in any order; or anything at all."""
    pieces = st.sampled_from((*_WORDS, *seeds)) | _ANY
    anything = st.lists(_ANY, max_size=8).map("".join)
    return st.builds(_spliced, st.sampled_from(seeds), _edits(pieces)) | anything


def octets(*seeds: bytes) -> st.SearchStrategy[bytes]:
    """The same of bytes."""
    pieces = st.sampled_from(_OCTETS) | st.binary(max_size=8)
    return st.builds(_spliced, st.sampled_from(seeds), _edits(pieces)) | st.binary(max_size=60)


def trees(seed: Any) -> st.SearchStrategy[Any]:
    """JSON data with values taken out or replaced at any place."""
    change = st.tuples(st.integers(0, 10**6), st.sampled_from(_VALUES) | st.none() | st.just(_GONE))
    return st.builds(_changed, st.just(seed), st.lists(change, min_size=1, max_size=3))


def tables(text: str) -> st.SearchStrategy[str]:
    """A rule table with lines taken out, doubled, or given another value."""
    change = st.tuples(st.integers(0, 10**6), st.sampled_from((*_LITERALS, "", "\0")))
    return st.builds(_retold, st.just(text), st.lists(change, min_size=1, max_size=2))


def _edits(pieces: st.SearchStrategy[Any]) -> st.SearchStrategy[list[Any]]:
    return st.lists(st.tuples(_PLACE, _PLACE, pieces), max_size=4)


def _spliced(seed: Any, edits: list[tuple[float, float, Any]]) -> Any:
    for at, length, piece in edits:
        place = round(at * len(seed))
        seed = seed[:place] + piece + seed[place + round(length * length * 8) :]
    return seed


def _changed(seed: Any, changes: list[tuple[int, Any]]) -> Any:
    made = copy.deepcopy(seed)
    for number, value in changes:
        places = list(_places(made))
        if places:
            held, key = places[number % len(places)]
            if value is _GONE or value == _GONE:
                del held[key]
            else:
                held[key] = copy.deepcopy(value)
    return made


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield value, key
        yield from _places(inner)


def _retold(text: str, changes: list[tuple[int, str]]) -> str:
    lines = text.split("\n")
    for number, literal in changes:
        told = [place for place, line in enumerate(lines) if line.strip() and not line.startswith("#")]
        place = told[number % len(told)]
        key, sign, _value = lines[place].partition(" = ")
        if not literal or not sign:
            del lines[place]
        elif literal == "\0":
            lines.insert(place, lines[place])
        else:
            lines[place] = f"{key} = {literal}"
    return "\n".join(lines)


def findings(parser: Fuzzed, most: int, *, seed: int | None = None) -> list[str]:
    """What came out of the parser that must not, each kind once; always the same without a ``seed``."""
    found: dict[str, str] = {}

    @settings(
        max_examples=most,
        derandomize=seed is None,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(parser.spoilt)
    def feed(sample: Any) -> None:
        error = wrong(parser, sample)
        if error is not None:
            last = traceback.extract_tb(error.__traceback__)[-1]
            found.setdefault(
                f"{type(error).__name__} at {Path(last.filename).name}:{last.lineno}", repr(sample)[:120]
            )

    (feed if seed is None else with_seed(seed)(feed))()
    return [f"{parser.name}: {where}, by {sample}" for where, sample in found.items()]
