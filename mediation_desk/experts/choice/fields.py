"""Which registered field fits which kind of dispute, and which language is meant (``rules/choice.toml``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from mediation_desk.shared.assets import built

COMMON_LANGUAGE = "普通话"
"""What everybody speaks of whom no language is on file."""


def field_words(category: str) -> tuple[str, ...]:
    """Words one of which a fitting field holds; empty for a kind that everybody may take.

    Raises ``InputError`` for a category the rule file does not know.
    """
    return built("choice", lambda data: _words(data["fields"], category))


def generic_words() -> tuple[str, ...]:
    """Words that say nothing about a field (纠纷, 争议)."""
    return built("choice", lambda data: tuple(data["fields"]["generic"]))


def tongues(language: str) -> tuple[str, ...]:
    """The language and its other names; only itself when the rule file does not know it."""
    wanted = language.strip()
    return built("choice", lambda data: _tongues(data["languages"], wanted))


def languages() -> tuple[str, ...]:
    """Names of the languages a party may ask for, as the rule file lists them."""
    return built("choice", lambda data: tuple(data["languages"]))


@lru_cache(maxsize=1 << 15)
def fitting(
    specialties: tuple[str, ...], words: tuple[str, ...], matters: tuple[str, ...], generic: tuple[str, ...]
) -> tuple[str, ...]:
    """Those of ``specialties`` that hold one of ``words``, or stand themselves in the name of a matter.

    Remembered, because a pool of thousands has few different fields and not many more sets of them.
    """
    return tuple(field for field in specialties if _fits(field, words, matters, generic))


@lru_cache(maxsize=1 << 14)
def _fits(field: str, words: tuple[str, ...], matters: tuple[str, ...], generic: tuple[str, ...]) -> bool:
    return any(word in field for word in words) or _stands_in(field, matters, generic)


@lru_cache(maxsize=1 << 12)
def speaks(languages: tuple[str, ...], wanted: tuple[str, ...]) -> bool:
    """Whether one of the registered languages holds a wanted name (蒙汉双语 holds 蒙汉, another name of 蒙古语)."""
    return any(name in one for one in languages or (COMMON_LANGUAGE,) for name in wanted)


def _words(data: Mapping[str, Any], category: str) -> tuple[str, ...]:
    own = tuple(data["words"][category])
    return (*own, *data["general"]) if own else ()


def _tongues(data: Mapping[str, Any], wanted: str) -> tuple[str, ...]:
    for name, others in data.items():
        if wanted in (name, *others):
            return (name, *others)
    return (wanted,) if wanted else ()


def _stands_in(field: str, matters: tuple[str, ...], generic: tuple[str, ...]) -> bool:
    core = field
    for word in generic:
        core = core.replace(word, "")
    return len(core) >= 2 and any(core in matter for matter in matters)
