"""What the screen reads in one go, on the worker: lines of the list, and the counts beside it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from mediation_desk.cases.finding.views import View
from mediation_desk.cases.summary import CaseQuery, CaseSummary
from ui.screens.company import in_brief
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines of a list; ``query`` is the one that was answered, with look-alike names where need be."""

    query: CaseQuery
    cases: tuple[CaseSummary, ...]

    @property
    def complete(self) -> bool:
        """Whether the list ends with these."""
        return len(self.cases) < self.query.limit


@dataclass(frozen=True, slots=True)
class Counts:
    """Views with their counts, the count of the list itself, and what its filters can offer."""

    views: tuple[View, ...]
    of_views: dict[str, int]
    of_list: int
    bodies: tuple[str, ...]


def read_lines(services: Services, query: CaseQuery) -> Lines:
    """The lines asked for; names one character off only where nothing is written as typed."""
    found = _with_company(services, services.cases.summaries(services.actor, query))
    if found or not query.search or query.after is not None or query.before is not None:
        return Lines(query, found)
    near = replace(query, near=True)
    alike = _with_company(services, services.cases.summaries(services.actor, near))
    return Lines(near, alike) if alike else Lines(query, found)


def _with_company(services: Services, found: tuple[CaseSummary, ...]) -> tuple[CaseSummary, ...]:
    """Lines that say at which other counter a case stands open."""
    places = services.presence.elsewhere(services.actor, tuple(one.case_key for one in found))
    return tuple(
        replace(one, open_at=in_brief(places[one.case_key])) if one.case_key in places else one
        for one in found
    )


def read_counts(services: Services, query: CaseQuery) -> Counts:
    """Every view counted, and the list ``query`` itself."""
    views = services.views.views(services.actor)
    *counts, own = services.cases.counts(services.actor, [*(view.query for view in views), query])
    names = (view.name for view in views)
    return Counts(views, dict(zip(names, counts, strict=True)), own, services.cases.bodies(services.actor))
