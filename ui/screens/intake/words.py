"""What stands on the intake screen as plain words: what a draft keeps, and what a registration is read from."""

from __future__ import annotations

from collections.abc import Mapping

Words = Mapping[str, object]
"""Texts and ticks by name, with parts (one) and lists of parts (several) inside; fit for JSON."""


def text(words: Words, key: str) -> str:
    """The text under ``key`` without surrounding blanks."""
    found = words.get(key, "")
    return found.strip() if isinstance(found, str) else ""


def ticked(words: Words, key: str) -> bool:
    """Whether ``key`` is ticked."""
    return words.get(key) is True


def part(words: Words, key: str) -> Words:
    """The words below ``key``; none when there are none."""
    found = words.get(key)
    return found if isinstance(found, Mapping) else {}


def parts(words: Words, key: str) -> tuple[Words, ...]:
    """The list of words below ``key``."""
    found = words.get(key)
    return tuple(one for one in found if isinstance(one, Mapping)) if isinstance(found, list | tuple) else ()


def names(words: Words) -> tuple[str, ...]:
    """Names of the parties in their order, for lists of drafts."""
    return tuple(name for party in parts(words, "parties") if (name := text(party, "name")))


def filled(words: Words) -> int:
    """How many texts stand in ``words`` and below."""
    inner = (value for value in words.values() if isinstance(value, Mapping))
    lists = (one for value in words.values() if isinstance(value, list | tuple) for one in value)
    own = sum(isinstance(value, str) and bool(value.strip()) for value in words.values())
    return own + sum(map(filled, inner)) + sum(filled(one) for one in lists if isinstance(one, Mapping))


def meant(words: Words) -> dict[str, object]:
    """``words`` without what is empty: a field that was opened and left blank says nothing."""
    found = {key: _meant(value) for key, value in words.items()}
    return {key: value for key, value in found.items() if value not in ("", False, None, {}, [])}


def _meant(value: object) -> object:
    if isinstance(value, Mapping):
        inner = meant(value)
        return inner if any(isinstance(one, str) for one in inner.values()) else {}
    if isinstance(value, list | tuple):
        return [_meant(one) for one in value]
    return value
