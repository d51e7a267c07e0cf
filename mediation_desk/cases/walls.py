"""A case file without what was said in private: what leaves the desk unless somebody may and does ask for more."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import Draft

INTAKE = "intake:"
"""How keys of unfinished intakes begin."""

_ON_A_BOARD = ":board"
"""In the key of a draft: a line of a session board while it is typed, which may be one of a private talk."""


def walled(file: CaseFile) -> CaseFile:
    """``file`` without the notes of caucuses whose party did not consent to their being shared (LR-22)."""
    if not withheld(file):
        return file
    sessions = tuple(
        replace(one, private_notes=tuple(note for note in one.private_notes if note.share_consent))
        for one in file.sessions
    )
    return replace(file, sessions=sessions)


def withheld(file: CaseFile) -> int:
    """How many notes :func:`walled` takes out."""
    return sum(not note.share_consent for one in file.sessions for note in one.private_notes)


def is_mediators(draft: Draft) -> bool:
    """Whether these unfinished words are for who mediates only."""
    return _ON_A_BOARD in draft.key


def may_see(actor: Actor, draft: Draft) -> bool:
    """Whether this is shown to the actor: own words, and what was begun elsewhere to those whose reach has no edge.

    Nobody knows yet whose case an intake becomes; words about a case on file are shown to others only where no case
    is hidden. Lines of a board being typed are for mediators (LR-22).
    """
    if is_mediators(draft) and not actor.can(Permission.CASE_MEDIATE):
        return False
    sight = actor.sight()
    everywhere = sight.marks is None and draft.key.startswith(INTAKE)
    return draft.account == actor.account or sight.whole or everywhere
