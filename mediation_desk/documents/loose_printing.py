"""``LoosePrinting``: papers that belong to no case (register of mediators, notice cards, lists of tasks)."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.counter.visits import Visit
from mediation_desk.cases.routing.worklist import Worklist
from mediation_desk.documents.across import Printer, all_crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import consultation, notice_card, roster, worklist
from mediation_desk.documents.service import Format, folder_for, print_papers, render
from mediation_desk.experts.choice.neutral_order import by_number
from mediation_desk.experts.mediator import Mediator, public_card
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError


class LoosePrinting:
    """What is shown is what is printed."""

    def __init__(self, experts: ExpertService, clock: Clock, audit: AuditService) -> None:
        self._experts = experts
        self._audit = audit
        self._clock = clock

    def preview_roster(
        self, actor: Actor, pool_nos: Sequence[str] | None = None, *, public: bool = True
    ) -> bytes:
        """The PDF of :meth:`roster`."""
        (paper,) = self._roster(actor, pool_nos, public)
        return render(paper, "pdf")

    def roster(
        self,
        actor: Actor,
        formats: Sequence[Format],
        folder: Path,
        pool_nos: Sequence[str] | None = None,
        *,
        public: bool = True,
    ) -> tuple[Path, ...]:
        """Write the printed register: these mediators in this order, by default everybody who has not left.

        The internal one holds identity numbers, phones and addresses and asks for the permission to export.
        """
        papers = self._roster(actor, pool_nos, public)
        if public:
            self._audit.note(actor, PRINT, form="roster")
        else:
            self._experts.note_export(actor, "roster")
        folder_for(folder)
        return print_papers(papers, formats, folder)

    def preview_notice_cards(self, actor: Actor, pool_nos: Sequence[str], *, big: bool = False) -> bytes:
        """The PDF of :meth:`notice_cards`."""
        (paper,) = self._notice_cards(actor, pool_nos, big)
        return render(paper, "pdf")

    def notice_cards(
        self,
        actor: Actor,
        pool_nos: Sequence[str],
        formats: Sequence[Format],
        folder: Path,
        *,
        big: bool = False,
    ) -> tuple[Path, ...]:
        """Write notice cards, four to a page or ``big`` ones; public fields only. ``InputError`` for strangers."""
        papers = self._notice_cards(actor, pool_nos, big)
        self._audit.note(actor, PRINT, form="notice_cards", count=len(pool_nos))
        folder_for(folder)
        return print_papers(papers, formats, folder)

    def preview_worklist(self, actor: Actor, found: Worklist) -> bytes:
        """The PDF of :meth:`worklist`."""
        actor.require(Permission.DOCUMENT_PRINT)
        (paper,) = self._worklist(actor, found)
        return render(paper, "pdf")

    def worklist(
        self, actor: Actor, found: Worklist, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write a unit's list of tasks as it stands on screen."""
        actor.require(Permission.DOCUMENT_PRINT)
        self._audit.note(actor, PRINT, form="worklist", count=len(found.lines))
        folder_for(folder)
        return print_papers(self._worklist(actor, found), formats, folder)

    def preview_consultation(self, actor: Actor, visit: Visit) -> bytes:
        """The PDF of :meth:`consultation`."""
        actor.require(Permission.DOCUMENT_PRINT)
        (paper,) = self._consultation(actor, visit)
        return render(paper, "pdf")

    def consultation(
        self, actor: Actor, visit: Visit, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the sheet of one consultation; it belongs to no case."""
        actor.require(Permission.DOCUMENT_PRINT)
        self._audit.note(actor, PRINT, form="consultation", visit=visit.id)
        folder_for(folder)
        return print_papers(self._consultation(actor, visit), formats, folder)

    def _roster(self, actor: Actor, pool_nos: Sequence[str] | None, public: bool) -> tuple[Paper, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        if not public:
            actor.require(Permission.EXPERT_EXPORT)
        staff = {
            entry.mediator.pool_no: entry.mediator
            for entry in self._experts.register(actor, left=pool_nos is not None)
        }
        chosen = sorted(staff, key=by_number) if pool_nos is None else pool_nos
        papers = roster.compose(
            read_centre().name,
            [_found(staff, number) for number in chosen],
            local_day(self._clock()),
            public=public,
        )
        return all_crossed(papers, self._printer(actor))

    def _notice_cards(self, actor: Actor, pool_nos: Sequence[str], big: bool) -> tuple[Paper, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        if not pool_nos:
            raise InputError("请先选定要打印公示卡的调解员。", field="pool_no")
        on = local_day(self._clock())
        cards = [public_card(self._experts.mediator(actor, number), on) for number in pool_nos]
        found = {card.pool_no: self._experts.photo(actor, card.pool_no) for card in cards if card.has_photo}
        photos = {number: photo for number, photo in found.items() if photo}
        papers = notice_card.compose(read_centre().name, cards, photos, on, big=big)
        return all_crossed(papers, self._printer(actor))

    def _worklist(self, actor: Actor, found: Worklist) -> tuple[Paper, ...]:
        return all_crossed(worklist.compose(read_centre().name, found), self._printer(actor))

    def _consultation(self, actor: Actor, visit: Visit) -> tuple[Paper, ...]:
        return all_crossed(consultation.compose(read_centre().name, visit), self._printer(actor))

    def _printer(self, actor: Actor) -> Printer:
        return Printer(actor=actor, at=self._clock())


def _found(staff: dict[str, Mediator], number: str) -> Mediator:
    if number not in staff:
        raise InputError(f"专家库里没有编号{number}。", field="pool_no")
    return staff[number]
