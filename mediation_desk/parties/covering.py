"""Lines of lists with the people in them covered: done where lists are handed out, so that no window can differ.

Screen, command line, spreadsheet and second screen show what a service gave them. Whoever may see names asks for
it with a reason (``cases.privacy.unmasking``); the actor then carries ``in_full`` for a while.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass, replace
from functools import cache, cached_property
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
from mediation_desk.shared.record import record

L = TypeVar("L")

_ADDRESSES = frozenset({"address"})
_IDENTITIES = frozenset({"id_no"})
_PHONES = frozenset({"phone"})
_AS_THEY_ARE = frozenset({"case_key", "number", "key", "source", "code", "form", "place_code", "account"})
"""Fields of lines that hold a code of the desk, never words about people."""

_SHORTEST = 2


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
        self._names: dict[str, str] = {}
        self._addresses: dict[str, str] = {}
        for one in people:
            if one.kind is PartyKind.PERSON and len(one.name) >= _SHORTEST:
                self._names[one.name] = mask_name(one.name)
            if one.address:
                self._addresses[one.address] = mask_address(one.address)

    @cached_property
    def _longest_first(self) -> tuple[tuple[str, str], ...]:
        whole = {**self._names, **self._addresses}
        return tuple((one, whole[one]) for one in sorted(whole, key=len, reverse=True))

    def text(self, words: str) -> str:
        """``words`` without the names, numbers and house numbers of these people."""
        for one, mask in self._longest_first:  # a handful: quicker than a pattern for each case of a page
            if one in words:
                words = words.replace(one, mask)
        return without_numbers(words)

    def marked(self, words: str, marks: Sequence[tuple[int, int]]) -> tuple[str, tuple[tuple[int, int], ...]]:
        """The same with the places of ``marks`` (from, behind) where they now are; a covered one is marked whole."""
        if not self._longest_first:
            return without_numbers(words), tuple(marks)
        pattern = re.compile("|".join(re.escape(one) for one, _mask in self._longest_first))
        pieces: list[str] = []
        spans: list[tuple[int, int, int, int]] = []
        at = length = 0
        for found in pattern.finditer(words):
            before = words[at : found.start()]
            mask = self._covered(found[0])
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
        changes = {
            name: covered
            for name in _texts_of(kind)
            if (held := getattr(line, name)) and (covered := self._value(name, held)) is not held
        }
        return replace(line, **changes) if changes else line  # type: ignore[type-var]  # every line is a record

    def _value(self, name: str, held: Any) -> Any:
        kind = type(held)
        if kind is str:
            covered = self._word(name, held)
            return held if covered == held else covered
        if kind is tuple and held:
            made = tuple(self._value(name, one) for one in held)
            return held if all(new is old for new, old in zip(made, held, strict=True)) else made
        return self.line(held) if is_dataclass(held) and not isinstance(held, type) else held

    def _word(self, name: str, held: str) -> str:
        if name in _IDENTITIES:
            return mask_id(held)
        if name in _PHONES:
            return mask_phone(held)
        return mask_address(self.text(held)) if name in _ADDRESSES else self.text(held)

    def _covered(self, found: str) -> str:
        return self._names[found] if found in self._names else self._addresses[found]


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


@cache
def _texts_of(kind: Any) -> tuple[str, ...]:
    return tuple(one.name for one in fields(kind) if one.name not in _AS_THEY_ARE)
