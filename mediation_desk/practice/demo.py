"""``demo``: a synthetic centre of any size, the same for the same seed and day."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import islice

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.model import CaseFile
from mediation_desk.practice.author import Author
from mediation_desk.practice.material import centre, stories
from mediation_desk.practice.pool import sample_pool
from mediation_desk.practice.ports import Writer
from mediation_desk.practice.seasons import receipts
from mediation_desk.practice.work import sample_work
from mediation_desk.shared.clock import Clock, local_day, system_clock

YEARS = 2
YEAR = timedelta(days=365)
RECENT = 12
BATCH = 2_000

_OPEN = (
    *(State.AGREED_UNSIGNED,) * 4,
    *(State.MEDIATING,) * 7,
    *(State.PREPARING,) * 4,
    *(State.SELECTING,) * 3,
    *(State.ACCEPTED,) * 3,
    *(State.REGISTERED,) * 4,
)
"""A small centre would have nothing open by chance: its last cases stand in these states, oldest first."""

_LARGE = 5_000


def generate(cases: int, seed: int, until: date, years: int = YEARS) -> Iterator[CaseFile]:
    """``cases`` case files of the ``years`` up to ``until``, in order of receipt."""
    author = Author(seed, until, population(cases))
    return _written(author, cases, until, seed, years)


def fill(
    writer: Writer,
    cases: int,
    seed: int,
    progress: Callable[[int], None] = lambda _: None,
    *,
    clock: Clock = system_clock,
    years: int = YEARS,
) -> None:
    """Put a synthetic centre into an empty database, in batches; ``progress`` hears how many cases each brought.

    Raises ``RuleError`` when there is anything in the database already. What was stored when it is interrupted
    stays and is consistent.
    """
    until = local_day(clock())
    author = Author(seed, until, population(cases))
    place = centre()
    cards = tuple(place.cards.values())
    writer.add_centre(tuple(place.bodies.values()), cards, staff=sample_pool(until))
    writer.add_work(sample_work(clock()))
    written = _written(author, cases, until, seed, years)
    with _uncollected():
        while batch := tuple(islice(written, BATCH)):
            writer.add_cases(batch, author.series.last, at=clock())
            progress(len(batch))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the cycle collector: records are frozen trees, looking for rings among them doubles the time."""
    was_enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_enabled:
            gc.enable()


def population(cases: int) -> int:
    """How many people live in the district; some of them come back with another quarrel."""
    return min(max(400, cases * 3 // 2), 250_000)


def _written(author: Author, cases: int, until: date, seed: int, years: int) -> Iterator[CaseFile]:
    pinned = 0 if cases >= _LARGE else min(len(_OPEN), cases // 4)
    last = until if not pinned else until - timedelta(days=RECENT + 1)
    told = {story.category: story for story in stories()}
    for received, rise in receipts(cases - pinned, until - years * YEAR, last, until, seed):
        if rise is None:
            yield author.write(received)
        else:
            yield author.write(received, story=told[rise.category], host=rise.host, place=rise.place)
    states = [_OPEN[place * len(_OPEN) // pinned] for place in range(pinned)]
    for place, state in enumerate(states):
        yield author.write(until - timedelta(days=RECENT - RECENT * place // pinned), stop=state)
