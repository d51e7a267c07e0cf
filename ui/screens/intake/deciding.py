"""Registering, and accepting at once where that is wanted; runs on the worker."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.cases.counter.visits import Consult, Visit
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.registering import Register
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.parties.model import Side
from mediation_desk.shared.errors import RuleError
from ui.services import Services


@dataclass(frozen=True, slots=True)
class Registered:
    """The new file, and why it was not accepted when that was wanted and refused."""

    file: CaseFile
    refusal: str = ""


def register(
    services: Services,
    command: Register,
    *,
    accept: bool,
    draft: str,
    operation: str,
    despite: tuple[str, ...] = (),
) -> Registered:
    """Register ``command``, accept it with ``accept``, and forget its ``draft``.

    ``despite`` are earlier cases that were looked at.
    The same ``operation`` is never done twice. A refused acceptance leaves the case registered.
    """
    cases, actor = services.cases, services.actor
    file = cases.register(actor, command, operation_id=operation, despite=despite)
    cases.drop_draft(actor, draft)
    if not accept:
        return Registered(file)
    on = max(cases.local_today, command.received_on)
    try:
        accepted = cases.perform(actor, file.case_key, Accept(on=on), operation_id=f"{operation}.accept")
    except RuleError as error:
        return Registered(file, error.message)
    return Registered(accepted)


def consult(services: Services, command: Consult, *, draft: str) -> Visit:
    """Store a consultation and forget the ``draft`` it was written in; the same draft is never stored twice."""
    visit = services.visits.consult(services.actor, command, operation_id=draft)
    services.cases.drop_draft(services.actor, draft)
    return visit


def words_of(visit: Visit) -> dict[str, object]:
    """A consultation as the words of a sheet, to go on registering it."""
    found: dict[str, object] = {"facts": visit.matter, "visit": str(visit.id)}
    if visit.name:
        found["parties"] = [{"side": Side.APPLICANT.value, "name": visit.name, "phone": visit.phone}]
    if visit.category:
        found |= {"category": visit.category, "own_category": True}
    return found
