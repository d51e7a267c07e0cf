"""Lines of lists with the people in them covered: done where lists are handed out, so that no window can differ.

Screen, command line, spreadsheet and second screen show what a service gave them. Whoever may see names asks for
it with a reason (``cases.privacy.unmasking``); the actor then carries ``in_full`` for a while.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from functools import cache
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from mediation_desk.access.actor import Actor
from mediation_desk.parties.masks import (
    mask_address,
    mask_id,
    mask_name,
    mask_phone,
    without_numbers,
)
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.record import filler, record

L = TypeVar("L")

_NUMBERS: Mapping[str, Callable[[str], str]] = {"id_no": mask_id, "phone": mask_phone}
"""Fields of lines that are a number and nothing else."""
_ADDRESSES = frozenset({"address"})
_AS_THEY_ARE = frozenset({"case_key", "number", "key", "source", "code", "form", "place_code", "account"})
"""Fields of lines that hold a code of the desk, never words about people."""

_SHORTEST = 2
_BETWEEN = "\0"  # in no text


@record
class NamedIn:
    """Somebody named in a case, as far as covering asks."""

    name: str
    kind: PartyKind
    address: str = ""


class CaseNames(Protocol):
    """Who is named in which case."""

    def of(self, keys: Sequence[str]) -> Mapping[str, tuple[NamedIn, ...]]:
        """Everybody named in these cases, in whatever capacity; a case without anybody may be missing."""


class NamesWork(Protocol):
    """A unit of work that knows who is named."""

    @property
    def names(self) -> CaseNames:
        """Names by case."""


class Cover:
    """Covers the people of one case, or of several, in any words about it.

    What an organisation, a shop or a group is called is no personal information and stays; the people in it are
    covered. Numbers stay as long as they were, names become shorter.
    """

    def __init__(self, people: Iterable[NamedIn]) -> None:
        whole: dict[str, Callable[[str], str]] = {}
        for one in people:
            if one.kind is PartyKind.PERSON and len(one.name) >= _SHORTEST:
                whole[one.name] = mask_name
            if one.address:
                whole[one.address] = mask_address
        self._longest_first = sorted(whole.items(), key=_length, reverse=True)

    def text(self, words: str) -> str:
        """``words`` without the names, numbers and house numbers of these people."""
        for one, mask in self._longest_first:  # a handful: quicker than a pattern for each case of a page
            if one in words:
                words = words.replace(one, mask(one))
        return without_numbers(words)

    def marked(self, words: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The same with the places of ``marks`` (from, behind) where they now are; a covered one is marked whole."""
        if not self._longest_first:
            return without_numbers(words), tuple(marks)
        masks = dict(self._longest_first)
        pattern = re.compile("|".join(map(re.escape, masks)))
        pieces: list[str] = []
        spans: list[tuple[int, int, int, int]] = []
        at = length = 0
        for found in pattern.finditer(words):
            before = words[at : found.start()]
            mask = masks[found[0]](found[0])
            pieces += (before, mask)
            length += len(before)
            spans.append((found.start(), found.end(), length, length + len(mask)))
            length += len(mask)
            at = found.end()
        pieces.append(words[at:])
        text = without_numbers("".join(pieces))
        return text, tuple(_moved(mark, spans) for mark in marks)

    def line(self, line: L) -> L:
        """``line``, a record, with every text in it covered, however deep."""
        kind: Any = type(line)
        shape = _shape_of(kind)
        values = list(shape.read(line))[:-1]
        places, deep = [], False
        for place in shape.places:
            held = values[place]
            kind = type(held)
            if kind is str:
                places.append(place)
            elif kind is tuple or _is_line(kind):
                values[place] = self._deep(shape.names[place], held)
                deep = True
        whole = _BETWEEN.join([values[place] for place in places])
        covered = self.text(whole)  # all at once: a name stands in one or two of a dozen texts
        if covered is not whole or (shape.own and places):
            for place, text in zip(places, covered.split(_BETWEEN), strict=True):
                values[place] = _own(shape.names[place], values[place], text) if shape.own else text
        elif not deep:
            return line
        made: L = shape.fill(values)
        return made

    def _deep(self, name: str, held: Any) -> Any:
        kind: Any = type(held)
        if kind is str:
            return _own(name, held, self.text(held))
        if kind is tuple:
            return tuple(self._deep(name, one) for one in held)
        return self.line(held) if _is_line(kind) else held


def covered(actor: Actor, work: NamesWork, lines: Iterable[L]) -> tuple[L, ...]:
    """``lines`` (records with a ``case_key``) as ``actor`` may see them; one look-up for the whole page."""
    page = tuple(lines)
    if actor.in_full or not page:
        return page
    named = work.names.of(sorted({one.case_key for one in page}))  # type: ignore[attr-defined]  # lines have one
    covers = {key: Cover(people) for key, people in named.items()}
    nobody = Cover(())
    return tuple(covers.get(one.case_key, nobody).line(one) for one in page)  # type: ignore[attr-defined]


def covering(actor: Actor, work: NamesWork, keys: Iterable[str]) -> Cover | None:
    """What covers the people of these cases together; None where ``actor`` sees names in full."""
    if actor.in_full:
        return None
    named = work.names.of(sorted(set(keys)))
    return Cover(one for people in named.values() for one in people)


def _moved(mark: tuple[int, int], spans: Sequence[tuple[int, int, int, int]]) -> tuple[int, int]:
    start, end = mark
    return _place(start, spans, behind=False), _place(end, spans, behind=True)


def _place(place: int, spans: Sequence[tuple[int, int, int, int]], *, behind: bool) -> int:
    """Where ``place`` in the words is in the covered ones; inside a name it is the name's edge."""
    shift = 0
    for start, end, new_start, new_end in spans:
        inside = start < place <= end if behind else start <= place < end
        if inside:
            return new_end if behind else new_start
        if place >= end:
            shift = new_end - end
    return place + shift


def _own(name: str, held: str, covered: str) -> str:
    """A text as its field has it: numbers by themselves, addresses without the house."""
    mask = _NUMBERS.get(name)
    if mask is not None:
        return mask(held)
    return mask_address(covered) if name in _ADDRESSES else covered


@record
class _Shape:
    """Of a kind of lines: ``places`` that may hold words about people, whether one has a rule of its own, how all
    values are read and a new line filled.
    """

    names: tuple[str, ...]
    places: tuple[int, ...]
    own: bool
    read: Callable[[Any], tuple[Any, ...]]
    fill: Callable[[Iterable[Any]], Any]


@cache
def _shape_of(kind: Any) -> _Shape:
    names = tuple(one.name for one in fields(kind))
    return _Shape(
        names=names,
        places=tuple(place for place, name in enumerate(names) if name not in _AS_THEY_ARE),
        own=not _ADDRESSES.union(_NUMBERS).isdisjoint(names),
        read=attrgetter(*names, names[0]),  # of one name alone it would give the bare value
        fill=filler(kind),
    )


@cache
def _is_line(kind: type[Any]) -> bool:
    return is_dataclass(kind)


def _length(one: tuple[str, Any]) -> int:
    return len(one[0])
