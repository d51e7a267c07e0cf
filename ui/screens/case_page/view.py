"""Everything the case page shows of a case, read at once on the worker."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.promises import Standing
from mediation_desk.audit.reading import Line
from mediation_desk.cases.centre import Centre
from mediation_desk.cases.choosing.fitness import kept_by_all
from mediation_desk.cases.deadlines.model import Deadline
from mediation_desk.cases.deadlines.reckoning import (
    near_months,
    open_deadlines,
    overdue_count,
    period_deadline,
)
from mediation_desk.cases.ink.tray import Tray, trays
from mediation_desk.cases.kept import standing_of
from mediation_desk.cases.lifecycle import IN_ROOM, State, state_of
from mediation_desk.cases.minutes.model import Minutes
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.own import Footing
from mediation_desk.cases.signing.annex import somebody_signed
from mediation_desk.cases.summary import Draft, HistoryEntry, PrintedPaper
from mediation_desk.documents.printing import FormChoice
from mediation_desk.experts.conflicts.model import Effect, Hit
from mediation_desk.experts.service import PoolEntry
from mediation_desk.hearings.board.offers import Offer
from mediation_desk.hearings.model import Session, SessionResult
from ui.services import Services

SUCCESSFUL = (SessionResult.AGREED, SessionResult.PARTLY)


@dataclass(frozen=True, slots=True)
class CaseView:
    """One reading of a case with what surrounds it.

    ``drafts`` are words left over, by name of the form; ``alerts`` are conflicts that shut a serving mediator
    out, unless all parties know and keep this mediator; ``linked_from`` are later cases that name this one, with
    the relation; ``deadlines`` are the open ones, ``overdue`` how many of them the desk is late with; ``standing``
    is how the promises stand today, None before there are any; ``offers`` are those of the session boards that
    every party knows of; ``minutes`` is the record of the planned session in work, where its board has something
    to say; ``trays`` are the printed papers with the hands they wait for; ``footing`` is what this account may do here.
    """

    file: CaseFile
    state: State
    today: date
    centre: Centre
    history: tuple[HistoryEntry, ...]
    papers: tuple[PrintedPaper, ...]
    forms: tuple[FormChoice, ...]
    pool: tuple[PoolEntry, ...]
    drafts: dict[str, Draft]
    looks: tuple[Line, ...] = ()
    alerts: tuple[Hit, ...] = ()
    linked_from: tuple[tuple[str, str], ...] = ()
    deadlines: tuple[Deadline, ...] = ()
    period: Deadline | None = None
    overdue: int = 0
    standing: Standing | None = None
    offers: tuple[Offer, ...] = ()
    minutes: Minutes | None = None
    trays: tuple[Tray, ...] = ()
    footing: Footing = field(default_factory=lambda: Footing(may=frozenset(Permission)))

    @property
    def planned(self) -> Session | None:
        """The session that was planned and not yet recorded."""
        return next((session for session in self.file.sessions if not session.held), None)

    @property
    def last_result(self) -> SessionResult | None:
        """How the last session held ended."""
        held = [session for session in self.file.sessions if session.held]
        return held[-1].result if held else None

    @property
    def may_compose(self) -> bool:
        """Whether clauses can still be written: settled in the last session, and nobody has signed."""
        in_time = self.state in (State.MEDIATING, State.AGREED_UNSIGNED)
        return (
            in_time
            and self.last_result in SUCCESSFUL
            and not somebody_signed(self.file)
            and self.planned is None
        )

    def card_name(self, pool_no: str) -> str:
        """Name of a mediator of the case or the pool; the number when unknown."""
        known = self.file.name_of(pool_no)
        if known != pool_no:
            return known
        return next((entry.card.name for entry in self.pool if entry.card.pool_no == pool_no), pool_no)


def draft_key(case_key: str, form: str) -> str:
    """Under which name the words of a form are kept."""
    return f"case:{case_key}:{form}"


def read_view(services: Services, key: str) -> CaseView:
    """Read everything; runs on the worker. Raises ``InputError`` when there is no such case."""
    actor = services.actor
    file = services.cases.view(actor, key)
    papers = services.cases.papers(actor, file.case_key)
    prefix = draft_key(file.case_key, "")
    drafts = (draft for draft in services.cases.drafts(actor) if draft.key.startswith(prefix))
    found = open_deadlines(file)
    return CaseView(
        file=file,
        state=state_of(file),
        today=services.cases.local_today,
        centre=services.centre,
        history=services.cases.history(actor, file.case_key),
        looks=services.cases.looks(actor, file.case_key),
        papers=papers,
        trays=trays(file, papers),
        forms=services.printing.forms(actor, file, papers),
        pool=services.experts.pool(actor),
        drafts={draft.key.removeprefix(prefix): draft for draft in drafts},
        alerts=_alerts(services, file),
        linked_from=services.counter.linked_from(actor, file.case_key),
        deadlines=near_months(found, services.cases.local_today),
        period=period_deadline(file),
        standing=standing_of(file, services.cases.local_today) if file.effective_on else None,
        overdue=overdue_count(found, services.cases.local_today),
        offers=services.boards.offers(actor, file.case_key),
        minutes=_minutes(services, file),
        footing=services.cases.footing(actor, file.case_key),
    )


def _minutes(services: Services, file: CaseFile) -> Minutes | None:
    planned = next((session for session in file.sessions if not session.held), None)
    if planned is None or not services.actor.can(Permission.SESSION_RECORD):
        return None
    return services.minutes.minutes(services.actor, file.case_key, planned.no)


def _alerts(services: Services, file: CaseFile) -> tuple[Hit, ...]:
    if not file.mediators or state_of(file) not in IN_ROOM:
        return ()
    hits = services.disclosures.conflicts(services.actor, file.case_key)
    told = services.choosing.disclosures(services.actor, file.case_key) if hits else ()
    return tuple(
        hit for hit in hits if hit.effect is Effect.EXCLUDE and not kept_by_all(file, hit.pool_no, told, hits)
    )
