"""Reads what papers tell beside the case file."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.audit.service import AuditService
from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.across import Printer
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.templates.service import TemplateService
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.mediator import PublicCard, public_card
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError


class Rounds(Protocol):
    """What papers need to know of the choosing in a case."""

    def ballots(self, actor: Actor, key: str) -> tuple[Ballot, ...]:
        """All rounds, oldest first."""

    def disclosures(self, actor: Actor, key: str) -> tuple[Disclosure, ...]:
        """All disclosures."""


class Backgrounds:
    """Rounds, disclosures and the candidates' cards of a case, as they stand today."""

    def __init__(
        self,
        experts: ExpertService,
        clock: Clock,
        rounds: Rounds | None = None,
        templates: TemplateService | None = None,
        audit: AuditService | None = None,
    ) -> None:
        self._experts = experts
        self._clock = clock
        self._rounds = rounds
        self._templates = templates
        self._audit = audit

    def of(self, actor: Actor, file: CaseFile) -> Background:
        """What stands beside this case."""
        ballots = self._rounds.ballots(actor, file.case_key) if self._rounds else ()
        shown = {number for ballot in ballots for number in ballot.candidates}
        shown |= set(file.selection.candidates if file.selection else ())
        shown |= {ref for one in file.recusals for ref in (one.mediator, one.replaced_by) if ref}
        return Background(
            cards=self._cards(actor, shown),
            ballots=ballots,
            disclosures=self._rounds.disclosures(actor, file.case_key) if self._rounds else (),
            today=local_day(self._clock()),
            anchor=self._anchor(),
            printer=Printer(actor=actor, at=self._clock()),
        )

    def of_draft(self, actor: Actor) -> Background:
        """What stands beside words nobody has stored: by whose hand they are shown."""
        return Background(printer=Printer(actor=actor, at=self._clock(), draft=True))

    def _anchor(self) -> str:
        standing = self._audit.standing() if self._audit else None
        return standing.text if standing else ""

    def for_form(
        self, background: Background, file: CaseFile, form_key: str, template: int | None = None
    ) -> Background:
        """With the clerk's template this form is made with: a certain version, ``BUILT_IN`` for none, else in use."""
        if self._templates is None:
            return background
        oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
        slot = "oral" if form_key == "agreement" and oral else form_key  # another paper
        return replace(background, template=self._templates.chosen(file, slot, template))

    def _cards(self, actor: Actor, numbers: set[str]) -> dict[str, PublicCard]:
        """Cards of those the pool knows; an imported case may name others."""
        on = local_day(self._clock())
        cards: dict[str, PublicCard] = {}
        for number in numbers:
            with suppress(InputError):
                cards[number] = public_card(self._experts.mediator(actor, number), on)
        return cards
