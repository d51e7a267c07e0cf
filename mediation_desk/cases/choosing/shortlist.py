"""Who is shown to the parties of one case, in which order, and why everybody else is not (§5.4)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from mediation_desk.cases.choosing.demand import demand
from mediation_desk.cases.choosing.people import people_of
from mediation_desk.cases.choosing.snapshot import PoolSnapshot
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseWork
from mediation_desk.experts.availability import next_free
from mediation_desk.experts.choice.ballot import LeftOut
from mediation_desk.experts.choice.eligibility import Against, Demand, Obstacle, reasons_against, reasons_for
from mediation_desk.experts.choice.neutral_order import neutral_order, rotation_asked
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.conflicts.model import Effect, Hit
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.rules import pool_rules
from mediation_desk.shared.clock import local_day
from mediation_desk.shared.record import record

_KEPT = 200
"""How many left out mediators a round keeps with their reasons; further ones are only of another field."""


@record
class Candidate:
    """One who may be shown. ``hits`` need telling, none of them excludes; ``handled`` counts cases of this kind."""

    mediator: Mediator
    running: int
    reasons: tuple[str, ...]
    hits: tuple[Hit, ...] = ()
    handled: int = 0
    next_free: datetime | None = None


@record
class Shortlist:
    """``widened`` when too few have the field, so that others are shown as well."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...]
    others: tuple[tuple[Mediator, tuple[Against, ...]], ...] = ()
    widened: bool
    language: str = ""

    @property
    def other_field(self) -> tuple[LeftOut, ...]:
        """Those left out for their field alone; put into words only when somebody asks, they may be thousands."""
        return tuple(_left_out(mediator, reasons) for mediator, reasons in self.others)


def shortlist_for(
    work: CaseWork, pool: PoolSnapshot, file: CaseFile, now: datetime, language: str = ""
) -> Shortlist:
    """Judge the whole pool for this case; the cost does not depend on how many cases there ever were."""
    wanted = demand(file, local_day(now), language)
    running = _running(work, file)
    people = people_of(file)
    hits = pool.conflicts.hits(people, work.pool.earlier(file.case_key, people), file.track, on=wanted.on)
    judged = {
        one.pool_no: reasons_against(
            one, wanted, running=running.get(one.pool_no, 0), hits=hits.get(one.pool_no, ())
        )
        for one in pool.mediators
    }
    fewest, most = published_rule().fewest, published_rule().most
    fitting = [number for number, reasons in judged.items() if not reasons]
    ordered = _in_order(work, fitting, running, most)
    widened = len(fitting) < fewest
    if widened:  # topped up behind those whose field fits, as the published text says
        wider = [
            number for number, reasons in judged.items() if reasons and not any(one.hard for one in reasons)
        ]
        ordered += _in_order(work, wider, running, fewest - len(fitting))[: fewest - len(fitting)]
    candidates = _candidates(work, pool, file, ordered[:most], wanted, running, hits, now)
    listed = {one.mediator.pool_no for one in candidates}
    waiting = (f"名单最多{most}人，按中立顺序还没有轮到",)
    left_out: list[LeftOut] = []
    others: list[tuple[Mediator, tuple[Against, ...]]] = []
    for mediator in pool.mediators:
        reasons = judged[mediator.pool_no]
        if mediator.pool_no in listed:
            continue
        if _only_other_field(reasons):
            others.append((mediator, reasons))
        else:
            left_out.append(_left_out(mediator, reasons, waiting))
    return Shortlist(
        candidates=candidates,
        left_out=tuple(left_out),
        others=tuple(others),
        widened=widened,
        language=language,
    )


def candidates_for(
    work: CaseWork, pool: PoolSnapshot, file: CaseFile, pool_nos: Sequence[str], now: datetime
) -> tuple[Candidate, ...]:
    """These mediators as candidates of this case, in the order given; unknown numbers are left out."""
    known = tuple(number for number in pool_nos if number in pool.by_number)
    return _candidates(work, pool, file, known, demand(file, local_day(now)), _running(work, file), {}, now)


def kept(listed: Shortlist) -> tuple[LeftOut, ...]:
    """What a round keeps of those left out: everybody whose field would have fitted, up to a bound."""
    return listed.left_out[:_KEPT]


def _running(work: CaseWork, file: CaseFile) -> Mapping[str, int]:
    """Open cases of each mediator, this one left out."""
    running = dict(work.pool.running())
    for serving in file.mediators:
        running[serving.pool_no] = max(running.get(serving.pool_no, 0) - 1, 0)
    return running


def _in_order(
    work: CaseWork, fitting: Sequence[str], running: Mapping[str, int], most: int
) -> tuple[str, ...]:
    last = work.pool.last_chosen(rotation_asked(fitting, running, most))
    return neutral_order(fitting, running, last)


def _candidates(
    work: CaseWork,
    pool: PoolSnapshot,
    file: CaseFile,
    pool_nos: Sequence[str],
    wanted: Demand,
    running: Mapping[str, int],
    hits: Mapping[str, tuple[Hit, ...]],
    now: datetime,
) -> tuple[Candidate, ...]:
    handled = work.pool.handled(pool_nos, file.dispute.category.value)
    ahead = timedelta(days=pool_rules().office.days + 1)
    taken = work.bookings.between(now, now + ahead, pool_nos)
    return tuple(
        Candidate(
            mediator=(mediator := pool.by_number[number]),
            running=running.get(number, 0),
            reasons=reasons_for(mediator, wanted, running=running.get(number, 0)),
            hits=tuple(hit for hit in hits.get(number, ()) if hit.effect is Effect.DISCLOSE),
            handled=handled.get(number, 0),
            next_free=next_free(mediator, [one for one in taken if one.pool_no == number], now),
        )
        for number in pool_nos
    )


def _left_out(mediator: Mediator, reasons: Sequence[Against], otherwise: tuple[str, ...] = ()) -> LeftOut:
    told = tuple(one.sentence for one in reasons) or otherwise
    return LeftOut(pool_no=mediator.pool_no, name=mediator.name, reasons=told)


def _only_other_field(reasons: Sequence[Against]) -> bool:
    return len(reasons) == 1 and reasons[0].kind is Obstacle.FIELD
