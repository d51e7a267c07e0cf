"""Who and what the references of a case may point to."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mediation_desk.cases.checks.problem import Problem
from mediation_desk.cases.model import CaseFile

_POOL_NO = re.compile(r"[A-Z][0-9]{2,4}")
_REF = re.compile(r"[A-Z][0-9]{1,2}(-[0-9]{2,3})?")


def parties(file: CaseFile) -> frozenset[str]:
    """Refs of the parties."""
    return frozenset(party.ref for party in file.parties)


def members(file: CaseFile) -> frozenset[str]:
    """Refs of the group members."""
    return frozenset(member.ref for member in file.group_members)


def mediators(file: CaseFile) -> frozenset[str]:
    """Pool numbers of the mediators of this case, those who stepped down or were overtaken included."""
    former = {recusal.mediator for recusal in file.recusals}
    chosen = {number for past in file.selection_history for number in past.result}
    return frozenset({mediator.pool_no for mediator in file.mediators} | former | chosen)


def staff(file: CaseFile) -> frozenset[str]:
    """Mediators, the recorder, and everybody who was a candidate."""
    rounds = (*file.selection_history, *((file.selection,) if file.selection else ()))
    candidates = {number for past in rounds for number in past.candidates}
    return mediators(file) | candidates | recorders(file)


def recorders(file: CaseFile) -> frozenset[str]:
    """The recorder's number, if there is a recorder."""
    return frozenset({file.recorder.pool_no} if file.recorder else ())


def everybody(file: CaseFile) -> frozenset[str]:
    """All references of the case."""
    related = {person.ref for person in file.related_persons}
    return parties(file) | members(file) | staff(file) | related | {"ORG"}


def looks_like_ref(text: str) -> bool:
    """Whether free text is meant as a reference (``A1``, ``M01``, ``A1-07``)."""
    return _REF.fullmatch(text) is not None


def is_pool_no(text: str) -> bool:
    """Whether ``text`` has the shape of a pool number (``M01``, ``G01``, ``J01``, ``R01``)."""
    return _POOL_NO.fullmatch(text) is not None


def joined(refs: str | None) -> tuple[str, ...]:
    """``A1+A3`` -> ``A1``, ``A3``."""
    return () if refs is None else tuple(refs.split("+"))


def unknown(place: str, refs: Iterable[str], known: frozenset[str], what: str) -> Iterator[Problem]:
    """A problem for each of ``refs`` that is not ``known``; ``what`` says what it should be."""
    for number, ref in enumerate(refs):
        if ref not in known:
            yield Problem(pointer=f"{place}/{number}", message=f"“{ref[:20]}”不是本案的{what}")


def unknown_one(place: str, ref: str | None, known: frozenset[str], what: str) -> Iterator[Problem]:
    """A problem if ``ref`` is given and not ``known``."""
    if ref is not None and ref not in known:
        yield Problem(pointer=place, message=f"“{ref[:20]}”不是本案的{what}")
