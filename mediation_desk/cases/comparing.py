"""Two people changed one record: what each of them wrote, what stood there before, and what becomes of it.

A place only one of them changed is taken from him, a place both changed alike stands; where both changed it
differently a person chooses. Records in a list are the same where they bear the same reference or number; lists
without such are put together, so that nothing written into either is lost.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields, is_dataclass, replace
from enum import StrEnum
from typing import Any, Generic, TypeVar

from mediation_desk.cases.corrections import called, in_words, name_of_key
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.record import record

T = TypeVar("T")

_KEYS = ("ref", "no", "pool_no", "session_no", "session", "clause")
_COUNTERS = frozenset(("version", "as_of"))  # moved by the desk itself
_KEPT_BY_THE_DESK = ("/closed_loop", "/beside/corrections", "/prevented", "/arithmetic")
"""Nobody typed it; both sides are kept without a word."""
_OTHER = "其他内容"
_JOINED_FROM = 20
"""Texts of this length can follow one another; a number or a name cannot be two."""

_TOGETHER: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "agreement": (
        ("agreement",),
        ("outcome",),
        ("copies_note",),
        ("unresolved",),
        ("recurring",),
        ("beside", "terms"),
        ("beside", "looked"),
    )
}
"""What was judged as one is chosen as one: clauses of two drafts put together were judged by nobody."""


_ENDS = ("。", "！", "？", "；", "，", "…", "”", ".", "!", "?")


class Choice(StrEnum):
    """Whose words a place gets; ``BOTH`` lets the own follow the other's."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"


@record
class Line:
    """One place where the two differ. ``overlapping``: both changed it; ``joins``: it can take both texts."""

    place: str
    name: str
    before: str
    mine: str
    theirs: str
    overlapping: bool
    joins: bool = False

    def unadopted(self, choice: Choice | None) -> tuple[str, str]:
        """What of mine and what of theirs the record does not keep under this choice."""
        if not self.overlapping or choice in (None, Choice.BOTH):
            return "", ""
        return ("", self.theirs) if choice is Choice.MINE else (self.mine, "")


@dataclass(frozen=True, slots=True)
class Comparison(Generic[T]):
    """``merged`` is what becomes of the record; where ``open`` lines wait for a choice it holds theirs."""

    merged: T
    lines: tuple[Line, ...]
    open: tuple[Line, ...]


class _Missing:
    """Where a list has no record of this reference."""

    def __repr__(self) -> str:
        return ""


_MISSING = _Missing()


def compared(
    before: T,
    mine: T,
    theirs: T,
    again: T | None = None,
    choices: Mapping[str, Choice] | None = None,
    names: Mapping[str, str] | None = None,
) -> Comparison[T]:
    """Compare ``mine`` and ``theirs``, both made of ``before``.

    ``again`` is what I did done once more, on ``theirs``: what was added gets the next number there. Without it
    ``mine`` stands for both. ``choices`` decide overlapping lines by their place; ``names`` go before those of a case.
    """
    walk = _Walk(choices or {}, names or {})
    merged = walk.meet(_Four(before, mine, theirs, mine if again is None else again), "", "", "")
    return Comparison(merged, tuple(walk.lines), tuple(walk.open))


@dataclass(frozen=True, slots=True)
class _Four:
    """One place in the four readings."""

    before: Any
    mine: Any
    theirs: Any
    again: Any

    def all(self) -> tuple[Any, ...]:
        return self.before, self.mine, self.theirs, self.again

    def each(self, take: Callable[[Any], Any]) -> _Four:
        return _Four(*map(take, self.all()))


@dataclass(slots=True)
class _Walk:
    choices: Mapping[str, Choice]
    names: Mapping[str, str]
    lines: list[Line] = field(default_factory=list)
    open: list[Line] = field(default_factory=list)

    def meet(self, four: _Four, place: str, key: str, whose: str) -> Any:
        if four.before == four.mine == four.theirs == four.again:
            return four.theirs
        kind = _common(four)
        if kind is CaseFile:
            return self._file(four)
        if kind is not None:
            return self._fields(four, place, whose)
        if all(isinstance(one, tuple) for one in four.all()):
            named = _keyed(four.all())
            if named is not None:
                return self._records(four, named, place, key, whose)
            return self._values(four, place, key, whose)
        return self._leaf(four, place, key, whose)

    def _file(self, four: _Four) -> CaseFile:
        merged: CaseFile = self._fields(four.each(lambda file: _without(file, four.theirs)), "", "")
        for name, paths in _TOGETHER.items():
            parts = four.each(lambda file, paths=paths: tuple(_at(file, path) for path in paths))  # type: ignore[misc]
            for path, value in zip(paths, self._leaf(parts, f"/{name}", name, ""), strict=True):
                merged = _put(merged, path, value)
        return merged

    def _fields(self, four: _Four, place: str, whose: str) -> Any:
        changed = {}
        for one in fields(four.theirs):
            name = one.name
            if name not in _COUNTERS:
                inner = four.each(lambda record, name=name: getattr(record, name))  # type: ignore[misc]
                changed[name] = self.meet(inner, f"{place}/{name}", name, whose)
        return replace(four.theirs, **changed)

    def _records(self, four: _Four, named: str, place: str, key: str, whose: str) -> tuple[Any, ...]:
        by_key = four.each(lambda values: {getattr(one, named): one for one in values})
        order = dict.fromkeys((*by_key.theirs, *by_key.again, *by_key.mine))
        found = []
        for ref in order:
            inner = by_key.each(lambda table, ref=ref: table.get(ref, _MISSING))  # type: ignore[misc]
            known = next((called(one) for one in inner.all() if one is not _MISSING and called(one)), whose)
            found.append(self.meet(inner, f"{place}/{ref}", key, known))
        return tuple(one for one in found if one is not _MISSING)

    def _values(self, four: _Four, place: str, key: str, whose: str) -> tuple[Any, ...]:
        """A list without references: what either added is in it, what either took out is not."""
        before, mine, theirs, again = four.all()
        if mine == before or again == theirs or theirs == before or _holds(again, theirs):
            return tuple(self._leaf(four, place, key, whose, plain=True))
        self._tell(four, place, key, whose, overlapping=False)
        stays = [one for one in theirs if one not in before or one in again]
        return (*stays, *(one for one in again if one not in before and one not in theirs))

    def _leaf(self, four: _Four, place: str, key: str, whose: str, *, plain: bool = False) -> Any:
        before, mine, theirs, again = four.all()
        if again == theirs:
            if theirs != before and mine != theirs:
                self._tell(replace(four, again=before), place, key, whose, overlapping=False)
            return theirs
        if theirs == before:
            self._tell(four, place, key, whose, overlapping=False)
            return again
        if mine == before:
            self._tell(replace(four, again=before), place, key, whose, overlapping=False)
            return theirs
        if plain:  # all of theirs is in it
            self._tell(four, place, key, whose, overlapping=False)
            return again
        line = self._tell(four, place, key, whose, overlapping=True)
        choice = self.choices.get(place)
        if choice is None or (choice is Choice.BOTH and not line.joins):
            self.open.append(line)
        elif choice is Choice.BOTH:
            return joined(theirs, again)
        return again if choice is Choice.MINE else theirs

    def _tell(self, four: _Four, place: str, key: str, whose: str, *, overlapping: bool) -> Line:
        name = self._name(place, key)
        line = Line(
            place=place,
            name=f"{whose}的{name}" if whose else name,
            before=_words(four.before),
            mine=_words(four.again),
            theirs=_words(four.theirs),
            overlapping=overlapping,
            joins=overlapping and _joins(four.again, four.theirs),
        )
        if overlapping or not place.startswith(_KEPT_BY_THE_DESK):
            self.lines.append(line)
        return line

    def _name(self, place: str, key: str) -> str:
        """Of the place, or of what it is a part of."""
        for one in (key, *reversed(place.split("/"))):
            name = self.names.get(one) or name_of_key(one)
            if name != one:
                return name
        return _OTHER


def joined(theirs: str, mine: str) -> str:
    """Both texts, the own after the other's; one that stands in the other already is not repeated."""
    if mine in theirs:
        return theirs
    if theirs in mine:
        return mine
    between = "\n" if "\n" in theirs + mine else "" if theirs.endswith(_ENDS) else "；"
    return f"{theirs}{between}{mine}"


def _joins(mine: Any, theirs: Any) -> bool:
    return (
        isinstance(mine, str) and isinstance(theirs, str) and min(len(mine), len(theirs)) > 0
        and max(len(mine), len(theirs)) >= _JOINED_FROM
    )  # fmt: skip


def _common(four: _Four) -> type[Any] | None:
    """The kind of record that all four are."""
    kind = type(four.theirs)
    alike = is_dataclass(kind) and all(type(one) is kind for one in four.all())
    return kind if alike else None


def _keyed(lists: Sequence[tuple[Any, ...]]) -> str | None:
    """By what the records of these lists are told apart."""
    everything = [one for values in lists for one in values]
    if not everything or not all(is_dataclass(one) for one in everything):
        return None
    for key in _KEYS:
        if all(hasattr(one, key) for one in everything):
            unique = all(len({getattr(one, key) for one in values}) == len(values) for values in lists)
            return key if unique else None
    return None


def _holds(more: Iterable[Any], fewer: Iterable[Any]) -> bool:
    there = list(more)
    return all(one in there for one in fewer)


def _words(value: Any) -> str:
    if isinstance(value, tuple) and value and any(is_dataclass(one) for one in value):
        return "\n".join(word for one in value if (word := in_words(one)))
    return "" if value is _MISSING else in_words(value)


def _at(file: CaseFile, path: tuple[str, ...]) -> Any:
    found: Any = file
    for name in path:
        found = getattr(found, name)
    return found


def _put(file: Any, path: tuple[str, ...], value: Any) -> Any:
    first, *rest = path
    inner = _put(getattr(file, first), tuple(rest), value) if rest else value
    return replace(file, **{first: inner})


def _without(file: CaseFile, theirs: CaseFile) -> CaseFile:
    """``file`` with what is chosen as one as ``theirs`` has it: that is compared apart."""
    for paths in _TOGETHER.values():
        for path in paths:
            file = _put(file, path, _at(theirs, path))
    return file
