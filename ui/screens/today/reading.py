"""Everything the desk of a day shows, read in one go on the worker."""

from __future__ import annotations

from mediation_desk.cases.deadlines.model import DueLine
from mediation_desk.cases.ink.waiting import InkLine
from mediation_desk.cases.lifecycle import OPEN, State
from mediation_desk.cases.routing.worklist import OrderLine, Span
from mediation_desk.cases.summary import CaseQuery, CaseSummary, Draft, Today
from mediation_desk.shared.record import record
from ui.services import Services

_SHOWN = 10
_OPEN = tuple(state for state in State if state in OPEN)


@record
class Day:
    """``due`` are the next deadlines of every kind, ``orders`` those nobody has answered, the most urgent first."""

    today: Today
    due: tuple[DueLine, ...]
    orders: tuple[OrderLine, ...]
    at_work: tuple[CaseSummary, ...]
    drafts: tuple[Draft, ...]
    ink: tuple[InkLine, ...]
    nothing_yet: bool


def read_day(services: Services) -> Day:
    """Each list is one bounded query; a quarter of orders is looked through for those still open."""
    actor, cases = services.actor, services.cases
    orders = services.routing.worklist(actor, span=Span.QUARTER, limit=_SHOWN).lines
    return Day(
        today=cases.today(actor),
        due=services.deadlines.upcoming(actor),
        orders=tuple(line for line in orders if line.is_open),
        at_work=cases.summaries(actor, CaseQuery(states=_OPEN, limit=_SHOWN)),
        drafts=cases.drafts(actor),
        ink=cases.ink(actor, _SHOWN),
        nothing_yet=services.is_empty(),
    )
