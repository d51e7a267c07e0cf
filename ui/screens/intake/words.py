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
