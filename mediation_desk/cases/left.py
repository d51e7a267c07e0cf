"""Where somebody was, and what stood half typed, when the desk was locked or went down: one note per account and desk.

Words that have a draft of their own (an intake, the form of a step) are kept there; this note holds the rest.
"""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.cases.ports import Drafts
from mediation_desk.cases.summary import LEFT, Draft
from mediation_desk.cases.texts import kept_draft
from mediation_desk.shared.clock import Clock


class LeftWork(Protocol):
    """One unit of work over drafts."""

    @property
    def drafts(self) -> Drafts:
        """Drafts."""


class LeftStorage(Protocol):
    """Opens units of work."""

    def read(self, actor: Actor) -> AbstractContextManager[LeftWork]:
        """A unit that reads."""

    def write(self, actor: Actor) -> AbstractContextManager[LeftWork]:
        """A unit that writes."""


class LeftService:
    """One's own words need no permission; nobody else's are reached here, whatever the role."""

    def __init__(self, storage: LeftStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    def keep(self, actor: Actor, desk: str, content: dict[str, object]) -> None:
        """Replace what this account left at ``desk``."""
        draft = Draft(
            key=_key(actor, desk), account=actor.account, content=kept_draft(content), saved_at=self._clock()
        )
        with self._storage.write(actor) as work:
            work.drafts.keep(draft)

    def kept(self, actor: Actor, desk: str) -> Draft | None:
        """What this account left at ``desk``, None for nothing."""
        with self._storage.read(actor) as work:
            return work.drafts.find(_key(actor, desk))

    def drop(self, actor: Actor, desk: str) -> None:
        """Forget it."""
        with self._storage.write(actor) as work:
            work.drafts.drop(_key(actor, desk))


def _key(actor: Actor, desk: str) -> str:
    return f"{LEFT}{actor.account}:{desk}"
