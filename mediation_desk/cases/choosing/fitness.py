"""Whether one mediator may serve in one case on one day; asked at every appointment, on every path."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from mediation_desk.cases.choosing.demand import demand
from mediation_desk.cases.choosing.people import people_of
from mediation_desk.cases.choosing.recusal_rules import recusal_rule
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseWork
from mediation_desk.experts.choice.ballot import Disclosure
from mediation_desk.experts.choice.eligibility import reasons_against
from mediation_desk.experts.conflicts.index import ConflictIndex
from mediation_desk.experts.conflicts.model import Effect, Hit
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.model import RecusalResult


def against(work: CaseWork, file: CaseFile, pool_no: str, on: date, language: str = "") -> tuple[str, ...]:
    """Every hard reason against the appointment; empty when there is none, or nobody knows this number.

    ``language`` is the one a party cannot do without, as the round of choosing kept it.
    """
    mediator = work.pool.mediator(pool_no)
    if mediator is None:
        return ()
    hits = _standing_hits(work, file, mediator, on)
    serving = any(one.pool_no == pool_no for one in file.mediators)
    running = work.pool.running().get(pool_no, 0) - serving
    found = reasons_against(mediator, demand(file, on, language), running=running, hits=hits)
    return tuple(one.sentence for one in found if one.hard)


def bound(work: CaseWork, file: CaseFile, on: date) -> tuple[Hit, ...]:
    """What should make a serving mediator step down as things stand on this day, unless all agreed to keep him.

    A term or a limit that has run out meanwhile does not end a case one has begun; a conflict does.
    """
    serving = (work.pool.mediator(one.pool_no) for one in file.mediators)
    return tuple(
        hit
        for mediator in serving
        if mediator is not None
        for hit in _standing_hits(work, file, mediator, on)
        if hit.effect is Effect.EXCLUDE
    )


def conflicts(
    work: CaseWork, file: CaseFile, mediators: Sequence[Mediator], on: date | None = None
) -> tuple[Hit, ...]:
    """What binds these mediators to anybody in the case, each hit explained."""
    people = people_of(file)
    earlier = work.pool.earlier(file.case_key, people)
    hits = ConflictIndex(mediators).hits(people, earlier, file.track, on=on)
    return tuple(hit for mediator in mediators for hit in hits.get(mediator.pool_no, ()))


def _standing_hits(work: CaseWork, file: CaseFile, mediator: Mediator, on: date) -> tuple[Hit, ...]:
    hits = conflicts(work, file, (mediator,), on)
    if hits and kept_by_all(file, mediator.pool_no, work.choosing.disclosures(file.case_key), hits):
        return tuple(hit for hit in hits if hit.effect is not Effect.EXCLUDE)
    return hits


def kept_by_all(file: CaseFile, pool_no: str, disclosures: Sequence[Disclosure], hits: Sequence[Hit]) -> bool:
    """Whether this mediator may stay: every party agreed, or the body heard the objection and denied it.

    Only where the rule of the track allows keeping somebody at all (特邀调解规定 art. 15).
    Of ``hits`` those of this mediator that exclude must all have been found when the parties were told: who
    accepted an old acquaintance has not accepted a brother.
    """
    told = next((one for one in disclosures if one.pool_no == pool_no), None)
    if told is None or not recusal_rule(file.track).may_keep:
        return False
    mine = (hit for hit in hits if hit.pool_no == pool_no and hit.effect is Effect.EXCLUDE)
    if Counter(hit.told for hit in mine) - Counter(told.hits):
        return False
    if told.ruling == RecusalResult.DENIED:
        return True
    accepting = {answer.party for answer in told.answers if answer.accepts}
    return accepting >= {party.ref for party in file.parties}
