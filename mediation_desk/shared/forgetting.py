"""Drops what the program remembers of records to be quick: names, words and readings worked out before."""

from __future__ import annotations

import gc
from collections.abc import Callable
from functools import lru_cache

_OURS, _INVENTED = "mediation_desk.", "mediation_desk.practice."
_Cache = type(lru_cache(maxsize=1)(lambda: None))
_more: list[Callable[[], object]] = []


def forgetful(clear: Callable[[], object]) -> None:
    """``clear`` empties a memory that is no ``lru_cache``; it is called by `forget`."""
    _more.append(clear)


def forget() -> None:
    """Empty every bounded cache of the program; unbounded ones hold the centre's rules, never a record,
    except those of the practice centre, which remember invented people.

    Found by looking for them, so that a cache added tomorrow is not left out.
    """
    for clear in _more:
        clear()
    for found in gc.get_objects():
        home = str(getattr(found, "__module__", "")) if isinstance(found, _Cache) else ""
        bounded = home.startswith(_OURS) and found.cache_parameters()["maxsize"] is not None
        if bounded or home.startswith(_INVENTED):
            found.cache_clear()
