"""``Printing``: papers of stored cases, previewed, written and printed in batches, each print on record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import Protocol

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.copies import usual_copies
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.service import (
    Format,
    Printed,
    compose,
    folder_for,
    page_count,
    preview_pdf,
    rendered,
    warm_up,
    write_printed,
)
from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.mediator import PublicCard, public_card
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.record import record
from mediation_desk.shared.watching import Stopped, Watch

ORAL = "本案是口头协议，请打印口头协议登记表。"


@record
class FormChoice:
    """One form as a list offers it; ``reason`` says why the case has no such paper yet, None when it can print.

    ``copies`` is how many are usual, ``printed`` how many papers of it are on record; ``changed`` says that the
    case would now print other words than last time.
    """

    key: str
    code: str
    title: str
    stage: Stage
    reason: str | None
    copies: int = 1
    printed: int = 0
    changed: bool = False


@record
class Job:
    """All papers of a form of one case, to be printed in so many copies; 0 for as many as are usual."""

    case_key: str
    form: str
    copies: int = 0


@record
class Batch:
    """What came of a batch: papers sent, and the jobs for which there was nothing, with the reason."""

    sent: int
    left_out: tuple[tuple[Job, str], ...] = ()


Send = Callable[[bytes, Job], None]
"""Hands a PDF to the printer, in as many copies as the job says."""


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

    def forms(
        self, actor: Actor, file: CaseFile, papers: Sequence[PrintedPaper] = ()
    ) -> tuple[FormChoice, ...]:
        """Every form in the order of a case, with the reason why it cannot be printed yet, if there is one."""
        background = self._background(actor, file) if papers else None
        return tuple(
            _choice(file, entry, [paper for paper in papers if paper.form == entry.key], background)
            for entry in sorted(FORMS, key=lambda entry: _STAGES.index(entry.stage))
        )

    def preview(self, actor: Actor, key: str, form_key: str, part: int | None = -1) -> bytes:
        """The PDF that would be printed; ``part`` chooses among several, the last by default, None all in one."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key)
        return preview_pdf(file, form_key, part, self._background(actor, file))

    def write(
        self, actor: Actor, key: str, form_key: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the form into ``folder`` and note each file with its fingerprint in the case."""
        return self.write_all(actor, key, formats, folder, (form_key,))

    def write_all(
        self,
        actor: Actor,
        key: str,
        formats: Sequence[Format],
        folder: Path,
        forms: Sequence[str] | None = None,
        watch: Watch | None = None,
    ) -> tuple[Path, ...]:
        """Write these forms, by default every one the case has, in their order; the paths.

        All files are rendered before the first is written: a paper that cannot be printed, or ``Stopped``, leaves
        nothing behind.
        """
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key)
        background = self._background(actor, file)
        wanted = (
            [one.key for one in self.forms(actor, file) if one.reason is None] if forms is None else forms
        )
        ready: list[Printed] = []
        for done, form_key in enumerate(wanted):
            if watch is not None and not watch(done, len(wanted)):
                raise Stopped("已经停下，什么也没有写。")
            ready += rendered(file, compose(file, form_key, background), formats, folder)
        folder_for(folder)
        write_printed(ready)
        self._cases.note_papers(actor, file.case_key, [self._noted(actor, file, one) for one in ready])
        return tuple(one.path for one in ready)

    def print_batch(
        self, actor: Actor, jobs: Sequence[Job], folder: Path, send: Send, watch: Watch | None = None
    ) -> Batch:
        """Print one job after the other; what went out lies in ``folder`` and is on record.

        At any time only one job is in memory. A case that has no such paper is left out and told; ``Stopped``
        says how many went out by then.
        """
        actor.require(Permission.DOCUMENT_PRINT)
        folder_for(folder)
        sent, left_out = 0, list[tuple[Job, str]]()
        for done, job in enumerate(jobs):
            if watch is not None and not watch(done, len(jobs)):
                raise Stopped(f"已经停下：送去打印了{sent}份文书，还有{len(jobs) - done}项没有打印。")
            file = self._cases.file(actor, job.case_key)
            try:
                papers = compose(file, job.form, self._background(actor, file))
            except RuleError as error:
                left_out.append((job, error.message))
                continue
            wanted = replace(job, copies=job.copies or usual_copies(file, job.form))
            for one in rendered(file, papers, ("pdf",), folder):
                write_printed([one])
                send(one.data, wanted)
                self._cases.note_papers(actor, file.case_key, [self._noted(actor, file, one)])
                sent += 1
        return Batch(sent=sent, left_out=tuple(left_out))

    def _noted(self, actor: Actor, file: CaseFile, one: Printed) -> PrintedPaper:
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

    def _background(self, actor: Actor, file: CaseFile) -> Background:
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


_STAGES = tuple(Stage)


def _choice(
    file: CaseFile, entry: Form, papers: Sequence[PrintedPaper], background: Background | None
) -> FormChoice:
    oral = file.agreement is not None and file.agreement.form is AgreementForm.ORAL
    reason = ORAL if oral and entry.key == "agreement" else entry.applies(file)
    changed = False
    if papers and reason is None and background is not None:
        now = {
            (paper.mark.no, paper.mark.version)
            for paper in compose(file, entry.key, background)
            if paper.mark
        }
        last = {paper.no: paper.version for paper in papers if paper.version}
        changed = any(pair not in now for pair in last.items())
    return FormChoice(
        key=entry.key,
        code=entry.code,
        title=entry.titles[file.track],
        stage=entry.stage,
        reason=reason,
        copies=usual_copies(file, entry.key),
        printed=len(papers),
        changed=changed,
    )
