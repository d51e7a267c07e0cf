"""Two readings of one case and the one both began with, as plain data: what follows by itself, what is decided.

``merged`` knows no case. A place is a JSON pointer in which a thing of a list goes by its own reference or number.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from mediation_desk.shared.record import record


class Nothing:
    """Stands where one side has nothing at a place."""

    def __bool__(self) -> bool:
        return False

    def __repr__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()
_SAME_BY: tuple[tuple[str, ...], ...] = (
    ("ref",),
    ("no",),
    ("pool_no",),
    ("sha256", "at"),
    ("clause", "instalment", "due_on", "done_on"),
    ("session_no", "ref"),
    ("session_no",),
)
"""By what things of a list are known again, the first that tells all of them apart."""
_RENUMBERED = frozenset(("/beside/corrections",))
"""Lists whose numbers nothing else in a case names: two new things under one number both stay."""


@record
class Clash:
    """A place both sides changed, each otherwise. ``NOTHING`` where a side has nothing there."""

    place: str
    before: Any
    ours: Any
    theirs: Any


@record
class Merged:
    """``value`` holds ours at every clash but those ``choose`` gave to them; ``taken`` are places that follow them."""

    value: Any
    clashes: tuple[Clash, ...]
    taken: tuple[str, ...]


Choose = Callable[[str], bool]
"""Whether their words are wanted at a place."""


def merged(base: Any, ours: Any, theirs: Any, choose: Choose = lambda _place: False) -> Merged:
    """Three ways: whoever alone changed a place is followed; where both did, ``choose`` says whose words stand."""
    merge = _Merge(choose)
    value = merge.at("", base, ours, theirs)
    return Merged(value=value, clashes=tuple(merge.clashes), taken=tuple(merge.taken))


def alike(ours: Any, theirs: Any) -> Any:
    """What two readings say alike: the base of two that have none, so that every difference is a clash."""
    if isinstance(ours, dict) and isinstance(theirs, dict):
        both = {key: alike(ours[key], theirs[key]) for key in ours if key in theirs}
        return {key: value for key, value in both.items() if value is not NOTHING}
    if isinstance(ours, list) and isinstance(theirs, list) and ours != theirs:
        keys = _keys_of([ours, theirs])
        if keys is None:
            return NOTHING
        mine, yours = ({_key(one, keys): one for one in some} for some in (ours, theirs))
        return [alike(one, yours[key]) for key, one in mine.items() if key in yours]
    return ours if ours == theirs else NOTHING


class _Merge:
    def __init__(self, choose: Choose) -> None:
        self._choose = choose
        self.clashes: list[Clash] = []
        self.taken: list[str] = []

    def at(self, place: str, base: Any, ours: Any, theirs: Any) -> Any:
        if ours == theirs or base == theirs:
            return ours
        if base == ours:
            self.taken.append(place)
            return theirs
        if all(isinstance(one, dict) for one in (base, ours, theirs)):
            return self._objects(place, base, ours, theirs)
        if all(isinstance(one, list) for one in (base, ours, theirs)):
            keys = _keys_of([base, ours, theirs])
            if keys is not None:
                return self._known_again(place, keys, base, ours, theirs)
            if ours[: len(base)] == base == theirs[: len(base)]:
                return self._appended(place, base, ours, theirs)
        return self._clash(place, base, ours, theirs)

    def _objects(self, place: str, base: Any, ours: Any, theirs: Any) -> dict[str, Any]:
        names = (*ours, *(name for name in theirs if name not in ours))
        found = (
            (name, self.at(f"{place}/{name}", *(one.get(name, NOTHING) for one in (base, ours, theirs))))
            for name in names
        )
        return {name: value for name, value in found if value is not NOTHING}

    def _known_again(self, place: str, keys: tuple[str, ...], base: Any, ours: Any, theirs: Any) -> list[Any]:
        was, mine, yours = ({_key(one, keys): one for one in some} for some in (base, ours, theirs))
        made, later = [], []
        for key in (*mine, *(key for key in yours if key not in mine)):
            one = [some.get(key, NOTHING) for some in (was, mine, yours)]
            if place in _RENUMBERED and one[0] is NOTHING and NOTHING not in one[1:] and one[1] != one[2]:
                later.append(one[2])
                one[2] = one[1]
            made.append(self.at(f"{place}/{'-'.join(map(str, key))}", *one))
        kept = [one for one in made if one is not NOTHING]
        for one in later:
            self.taken.append(place)
            kept.append(one | {"no": max(other["no"] for other in kept) + 1})
        return _ordered(kept, keys)

    def _appended(self, place: str, base: Any, ours: Any, theirs: Any) -> list[Any]:
        fresh = [one for one in theirs[len(base) :] if one not in ours[len(base) :]]
        if fresh:
            self.taken.append(place)
        return _ordered([*ours, *fresh], ("on",))

    def _clash(self, place: str, base: Any, ours: Any, theirs: Any) -> Any:
        self.clashes.append(Clash(place=place, before=base, ours=ours, theirs=theirs))
        return theirs if self._choose(place) else ours


def _ordered(things: list[Any], keys: tuple[str, ...]) -> list[Any]:
    """Numbered things by their number, dated ones by their day; others as they stand."""
    by = keys[0] if keys in (("no",), ("on",)) else ""
    if not by or not all(isinstance(one, dict) and isinstance(one.get(by), int | str) for one in things):
        return things
    return sorted(things, key=lambda one: one[by])


def _keys_of(lists: list[list[Any]]) -> tuple[str, ...] | None:
    return next((keys for keys in _SAME_BY if all(_apart(some, keys) for some in lists)), None)


def _apart(things: list[Any], keys: tuple[str, ...]) -> bool:
    if not all(isinstance(one, dict) and all(name in one for name in keys) for one in things):
        return False
    return len({_key(one, keys) for one in things}) == len(things)


def _key(one: dict[str, Any], keys: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(str(one[name]) for name in keys)


def texts(value: Any) -> Iterator[str]:
    """Every text in it."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from texts(one)
    elif isinstance(value, list):
        for one in value:
            yield from texts(one)
