"""Unfinished words are their account's: two people at one form keep a draft each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.cases.summary import LEFT, Draft
from mediation_desk.cases.walls import INTAKE

_OF = "~"
"""Between the key of a form and the account it is kept for; intakes have keys that nobody else has."""


def own_key(actor: Actor, key: str) -> str:
    """Under which key ``actor`` keeps what the screen calls ``key``."""
    return key_of(actor.account, key)


def key_of(account: str, key: str) -> str:
    """The same for an account that need not be at work now."""
    shared = key.startswith(INTAKE) or account == COUNTER.account
    return key if shared else f"{key}{_OF}{account}"


def own_drafts(drafts: Iterable[Draft], actor: Actor) -> Iterator[Draft]:
    """``drafts`` under the keys the screens know; where somebody was is nobody's list."""
    suffix = f"{_OF}{actor.account}"
    for one in drafts:
        if not one.key.startswith(LEFT):
            yield replace(one, key=one.key.removesuffix(suffix))
