"""Whether a case stands on the waiting list: read from what is on file, never stored by itself."""

from __future__ import annotations

from mediation_desk.cases.lifecycle import UNDER_WAY, state_of
from mediation_desk.cases.model import CaseFile


def waits(file: CaseFile) -> bool:
    """Still being mediated, and the session it waits for is not arranged; a session called off puts it back."""
    waiting = file.beside.waiting
    if waiting is None or state_of(file) not in UNDER_WAY:
        return False
    return all(session.no < waiting.session_no for session in file.sessions)
