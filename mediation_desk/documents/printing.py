"""``Printing``: papers of stored cases, previewed and written, each print on record."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.centre import read_centre
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.routing.worklist import Worklist
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import notice_card, roster, worklist
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.service import (
    Format,
    Printed,
    page_count,
    preview_pdf,
    print_form,
    print_papers,
    render,
    warm_up,
)
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.choice.neutral_order import by_number
from mediation_desk.experts.mediator import Mediator, PublicCard, public_card
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, StorageError
from mediation_desk.shared.record import record

ORAL = "本案是口头协议，请打印口头协议登记表。"


@record
class FormChoice:
    """One form as a list offers it; ``reason`` says why the case has no such paper yet, None when it can print."""

    key: str
    title: str
    reason: str | None


class Rounds(Protocol):
    """What papers need to know of the choosing in a case."""

    def ballots(self, actor: Actor, key: str) -> tuple[Ballot, ...]:
        """All rounds, oldest first."""

    def disclosures(self, actor: Actor, key: str) -> tuple[Disclosure, ...]:
        """All disclosures."""


class Printing:
    """Prints what the case file says; the preview and the printed file are the same bytes."""

    def __init__(
        self, cases: CaseService, experts: ExpertService, clock: Clock, rounds: Rounds | None = None
    ) -> None:
        self._cases = cases
        self._experts = experts
        self._clock = clock
        self._rounds = rounds

    def warm_up(self) -> None:
        """Load fonts and renderers beside the work, so that the first preview does not wait a second."""
        warm_up()

    def forms(self, file: CaseFile) -> tuple[FormChoice, ...]:
        """Every form with the reason why it cannot be printed yet, if there is one."""
        oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
        return tuple(
            FormChoice(
                key=entry.key,
                title=entry.titles[file.track],
                reason=ORAL if oral and entry.key == "agreement" else entry.applies(file),
            )
            for entry in FORMS
        )

    def preview(self, actor: Actor, key: str, form_key: str, part: int | None = -1) -> bytes:
        """The PDF that would be printed; ``part`` chooses among several, the last by default, None all in one."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key)
        return preview_pdf(file, form_key, part, self.background(actor, file))

    def write(
        self, actor: Actor, key: str, form_key: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the form into ``folder`` and note each file with its fingerprint in the case."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key)
        background = self.background(actor, file)
        make_folder(folder)
        written = print_form(file, form_key, formats, folder, background=background)
        for one in written:
            self._cases.note_paper(actor, file.case_key, self._printed(actor, file, one))
        return tuple(one.path for one in written)

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
        if not public:
            self._experts.note_export(actor, "roster")
        make_folder(folder)
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
        make_folder(folder)
        return print_papers(papers, formats, folder)

    def preview_worklist(self, actor: Actor, found: Worklist) -> bytes:
        """The PDF of :meth:`worklist`."""
        actor.require(Permission.DOCUMENT_PRINT)
        (paper,) = worklist.compose(read_centre().name, found)
        return render(paper, "pdf")

    def worklist(
        self, actor: Actor, found: Worklist, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write a unit's list of tasks as it stands on screen."""
        actor.require(Permission.DOCUMENT_PRINT)
        make_folder(folder)
        return print_papers(worklist.compose(read_centre().name, found), formats, folder)

    def _roster(self, actor: Actor, pool_nos: Sequence[str] | None, public: bool) -> tuple[Paper, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        if not public:
            actor.require(Permission.EXPERT_EXPORT)
        staff = {
            entry.mediator.pool_no: entry.mediator
            for entry in self._experts.register(actor, left=pool_nos is not None)
        }
        chosen = sorted(staff, key=by_number) if pool_nos is None else pool_nos
        return roster.compose(
            read_centre().name,
            [_found(staff, number) for number in chosen],
            local_day(self._clock()),
            public=public,
        )

    def _notice_cards(self, actor: Actor, pool_nos: Sequence[str], big: bool) -> tuple[Paper, ...]:
        actor.require(Permission.DOCUMENT_PRINT)
        if not pool_nos:
            raise InputError("请先选定要打印公示卡的调解员。", field="pool_no")
        on = local_day(self._clock())
        cards = [public_card(self._experts.mediator(actor, number), on) for number in pool_nos]
        found = {card.pool_no: self._experts.photo(actor, card.pool_no) for card in cards if card.has_photo}
        photos = {number: photo for number, photo in found.items() if photo}
        return notice_card.compose(read_centre().name, cards, photos, on, big=big)

    def _printed(self, actor: Actor, file: CaseFile, one: Printed) -> PrintedPaper:
        """The line in the case for a file written."""
        mark = one.paper.mark
        if mark is None:
            raise AssertionError("papers of a case are marked")
        return PrintedPaper(
            at=self._clock(),
            account=actor.display_name,
            form=mark.form,
            title=form(mark.form).titles[file.track],
            file_name=one.path.name,
            pages=page_count(one.data) if one.path.suffix == ".pdf" else None,
            sha256=hashlib.sha256(one.data).hexdigest(),
            no=mark.no,
            version=mark.version,
        )

    def background(self, actor: Actor, file: CaseFile) -> Background:
        """Rounds, disclosures and the candidates' cards, for the forms that tell of them."""
        ballots = self._rounds.ballots(actor, file.case_key) if self._rounds else ()
        shown = {number for ballot in ballots for number in ballot.candidates}
        shown |= set(file.selection.candidates if file.selection else ())
        return Background(
            cards=self._cards(actor, shown),
            ballots=ballots,
            disclosures=self._rounds.disclosures(actor, file.case_key) if self._rounds else (),
            today=local_day(self._clock()),
        )

    def _cards(self, actor: Actor, numbers: set[str]) -> dict[str, PublicCard]:
        """Cards of those the pool knows; an imported case may name others."""
        on = local_day(self._clock())
        cards: dict[str, PublicCard] = {}
        for number in numbers:
            with suppress(InputError):
                cards[number] = public_card(self._experts.mediator(actor, number), on)
        return cards


def _found(staff: dict[str, Mediator], number: str) -> Mediator:
    if number not in staff:
        raise InputError(f"专家库里没有编号{number}。", field="pool_no")
    return staff[number]


def make_folder(folder: Path) -> None:
    """Make the folder papers are written into; ``StorageError`` where that fails."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"建不了文件夹“{folder}”：{error.strerror}。") from error
