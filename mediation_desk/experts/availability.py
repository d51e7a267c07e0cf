"""When a mediator is free: roster, slots and office hours less leave, sessions and days outside the term.

Bookings are aware moments; rosters, slots and what is answered are local time, as the counter reads its clock.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time, timedelta

from mediation_desk.experts.booking import Booking
from mediation_desk.experts.mediator import Mediator, Standing
from mediation_desk.experts.rules import Office, Span, pool_rules
from mediation_desk.shared.workdays import is_public_holiday, is_working_day

_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)
_FRIDAY = 5


def next_free(
    mediator: Mediator,
    bookings: Sequence[Booking],
    after: datetime,
    minutes: int | None = None,
    days: int | None = None,
    *,
    office: Office | None = None,
) -> datetime | None:
    """First moment from ``after`` on at which ``minutes`` in a row are free; None within ``days`` days.

    ``bookings`` are this mediator's. Starts are rounded up to the step of ``rules/pool.toml``, which also gives
    ``minutes`` and ``days`` when they are left out. Aware, in local time.
    """
    office = office or pool_rules().office
    wanted = timedelta(minutes=office.minutes if minutes is None else minutes)
    begun, ahead = _local(after), office.days if days is None else days
    taken = _taken(bookings, begun.date(), begun.date() + ahead * _DAY)
    for step in range(ahead + 1):
        day = begun.date() + step * _DAY
        for span in free_on(mediator, taken.get(day, ()), day, office=office):
            starts = _offered(max(datetime.combine(day, span[0]), begun), span[0], office.step)
            if starts + wanted <= datetime.combine(day, span[1]):
                return starts.astimezone()
    return None


def free_on(
    mediator: Mediator, bookings: Iterable[Booking], day: date, *, office: Office | None = None
) -> tuple[Span, ...]:
    """The free time of this day, as pairs of local times in order; ``bookings`` are this mediator's."""
    if mediator.standing is not Standing.ENGAGED or not mediator.in_term(day) or mediator.on_leave(day):
        return ()
    spans = _present(mediator, day, office)
    for booking in bookings:
        spans = [left for span in spans for left in _without(span, booking, day)]
    return tuple(spans)


def is_free(
    mediator: Mediator, bookings: Iterable[Booking], day: date, *, office: Office | None = None
) -> bool:
    """Whether one session finds room on this day."""
    office = office or pool_rules().office
    wanted = timedelta(minutes=office.minutes)
    return any(
        datetime.combine(day, last) - datetime.combine(day, first) >= wanted
        for first, last in free_on(mediator, bookings, day, office=office)
    )


def _present(mediator: Mediator, day: date, office: Office | None) -> list[Span]:
    """Slots count on the day they name; a weekly duty rests on holidays; who has neither keeps office hours."""
    spans = [(slot.start, slot.end) for slot in mediator.slots if slot.on == day]
    if not mediator.duties and not mediator.slots:
        return list((office or pool_rules().office).hours) if is_working_day(day) else []
    weekday = day.isoweekday()
    duties = [(duty.start, duty.end) for duty in mediator.duties if duty.weekday == weekday]
    if duties and (is_working_day(day) if weekday <= _FRIDAY else not is_public_holiday(day)):
        spans += duties
    return _joined(spans) if len(spans) > 1 else spans


def _joined(spans: list[Span]) -> list[Span]:
    spans = sorted(spans)
    joined = spans[:1]
    for first, last in spans[1:]:
        if first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def _without(span: Span, booking: Booking, day: date) -> Iterator[Span]:
    starts, ends = _local(booking.starts), _local(booking.ends)
    first, last = datetime.combine(day, span[0]), datetime.combine(day, span[1])
    if ends <= first or last <= starts:
        yield span
        return
    if first < starts:
        yield span[0], starts.time()
    if ends < last:
        yield ends.time(), span[1]


def _taken(bookings: Sequence[Booking], first: date, last: date) -> dict[date, list[Booking]]:
    """The bookings that touch each day of the time asked about."""
    days: dict[date, list[Booking]] = {}
    for booking in bookings:
        day = max(_local(booking.starts).date(), first)
        until = min(_local(booking.ends).date(), last)
        while day <= until:
            days.setdefault(day, []).append(booking)
            day += _DAY
    return days


def _offered(moment: datetime, window: time, step: int) -> datetime:
    """``moment`` rounded up to the step, except where the window itself begins."""
    if moment.time() == window:
        return moment
    whole = moment.replace(second=0, microsecond=0)
    whole += _MINUTE if whole < moment else timedelta()
    over = (whole.hour * 60 + whole.minute) % step
    return whole + timedelta(minutes=step - over) if over else whole


def _local(moment: datetime) -> datetime:
    """Local time without a zone: what the arithmetic of one day needs."""
    return moment.astimezone().replace(tzinfo=None)
