"""``Printing``: papers of stored cases, previewed, written and printed in batches, each print on record."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.agreements.model import AgreementForm
from mediation_desk.audit.service import AuditService
from mediation_desk.cases.ink.place import InkPlace
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.paper_templates import Slot
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.summary import CaseQuery, PrintedPaper
from mediation_desk.documents.backgrounds import Backgrounds, Rounds
from mediation_desk.documents.content import Mark, Paper, Template
from mediation_desk.documents.copies import together_with, usual_copies
from mediation_desk.documents.form import Form, Stage
from mediation_desk.documents.forms.background import Background
from mediation_desk.documents.inking import places_of
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.service import (
    Format,
    Printed,
    characters,
    compose,
    file_name,
    folder_for,
    lying,
    page_count,
    preview_pdf,
    render,
    rendered,
    warm_up,
)
from mediation_desk.documents.signed import signed_variant
from mediation_desk.documents.templates.service import TemplateService
from mediation_desk.experts.service import ExpertService
from mediation_desk.shared.clock import Clock
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.shared.file_store import FileStore
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.shared.watching import Stopped, Watch

_LOOKED_AT = 40  # newest cases, among which one is found to try a template on
ORAL = "本案是口头协议，请打印口头协议登记表。"


@record
class FormChoice:
    """One form as a list offers it; ``reason`` says why the case has no such paper yet, None when it can print.

    ``copies`` is how many are usual, ``printed`` how many papers of it went to a printer; ``changed`` says that the
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


class Printing:
    """Prints what the case file says; the preview and the printed file are the same bytes."""

    def __init__(
        self,
        cases: CaseService,
        experts: ExpertService,
        clock: Clock,
        rounds: Rounds | None = None,
        files: FileStore | None = None,
        templates: TemplateService | None = None,
        audit: AuditService | None = None,
    ) -> None:
        self._cases = cases
        self._backgrounds = Backgrounds(experts, clock, rounds, templates, audit)
        self._clock = clock
        self._files = files
        self._audit = audit

    def warm_up(self) -> None:
        """Load fonts and renderers beside the work, so that the first preview does not wait a second."""
        warm_up()

    def forms(
        self, actor: Actor, file: CaseFile, papers: Sequence[PrintedPaper] = ()
    ) -> tuple[FormChoice, ...]:
        """Every form in the order of a case, with the reason why it cannot be printed yet, if there is one."""
        actor.require(Permission.CASE_READ)
        background = self._backgrounds.of(actor, file) if papers else None
        return tuple(
            self._choice(
                file, entry, [one for one in papers if one.form == entry.key and one.copies], background
            )
            for entry in sorted(FORMS, key=lambda entry: _STAGES.index(entry.stage))
        )

    def _choice(
        self, file: CaseFile, entry: Form, papers: Sequence[PrintedPaper], background: Background | None
    ) -> FormChoice:
        reason = ORAL if _is_oral(file) and entry.key == "agreement" else entry.applies(file)
        changed = False
        if papers and reason is None and background is not None:
            beside = self._backgrounds.for_form(background, file, entry.key)
            marks = [paper.mark for paper in compose(file, entry.key, beside)]
            now = {(mark.no, mark.version) for mark in marks if mark}
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

    def preview(
        self, actor: Actor, key: str, form_key: str, part: int | None = -1, *, template: int | None = None
    ) -> bytes:
        """The PDF that would be printed; ``part`` chooses among several, the last by default, None all in one.

        ``template`` asks for a certain version of the clerk's template, ``BUILT_IN`` for none; else the one in use.
        """
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        return preview_pdf(file, form_key, part, self.background(actor, file, form_key, template))

    def papers(self, actor: Actor, key: str, form_key: str) -> tuple[CaseFile, tuple[Paper, ...]]:
        """The case and its papers of this form as they would be printed."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        return file, compose(file, form_key, self.background(actor, file, form_key))

    def background(
        self, actor: Actor, file: CaseFile, form_key: str, template: int | None = None
    ) -> Background:
        """What the papers of this form tell beside the case, and the clerk's template they are made with."""
        actor.require(Permission.CASE_READ)
        return self._backgrounds.for_form(self._backgrounds.of(actor, file), file, form_key, template)

    def papers_of(
        self, actor: Actor, file: CaseFile
    ) -> tuple[Background, Callable[[str], tuple[Paper, ...]]]:
        """What stands beside the case, read once, and what writes the papers of any form with it."""
        actor.require(Permission.CASE_READ)
        # A volume is the same whenever it is bound: how far the trail has come is for papers that leave the desk.
        background = replace(self._backgrounds.of(actor, file), anchor="")
        return background, lambda form_key: compose(
            file, form_key, self._backgrounds.for_form(background, file, form_key)
        )

    def preview_draft(self, actor: Actor, file: CaseFile, form_key: str, part: int | None = -1) -> bytes:
        """The PDF of what unsaved words would become, in the layout they would be printed in."""
        actor.require(Permission.DOCUMENT_PRINT)
        background = self._backgrounds.of_draft(actor)
        return preview_pdf(file, form_key, part, self._backgrounds.for_form(background, file, form_key))

    def try_template(self, actor: Actor, slot: Slot, docx: bytes, key: str = "") -> bytes:
        """The form's last paper with a template that is only looked at: of case ``key``, else of the newest that fits.

        Raises ``RuleError`` when no case has such a paper.
        """
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT) if key else self._newest(actor, slot)
        background = self._backgrounds.of(actor, file)
        return preview_pdf(file, slot.form, -1, replace(background, template=Template(id=0, docx=docx)))

    def _newest(self, actor: Actor, slot: Slot) -> CaseFile:
        track = Track(slot.track) if slot.track else None
        wanted = form(slot.form)
        for line in self._cases.summaries(actor, CaseQuery(track=track, body=slot.body, limit=_LOOKED_AT)):
            file = self._cases.file(actor, line.case_key, Permission.DOCUMENT_PRINT)
            if wanted.applies(file) is None and not (_is_oral(file) and slot.form == "agreement"):
                return file
        raise RuleError("最近的案件里没有能打印这种文书的，请写一个案件编号。")

    def write(
        self,
        actor: Actor,
        key: str,
        form_key: str,
        formats: Sequence[Format],
        folder: Path,
        *,
        copies: int | None = None,
        template: int | None = None,
    ) -> tuple[Path, ...]:
        """Write the form into ``folder`` to be printed and signed; each file is noted with fingerprint and template.

        ``copies`` is how many of it people will sign, by default as many as are usual. ``template`` as in
        :meth:`preview`: with the number an old paper remembers it is printed as it was.
        """
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        wanted = usual_copies(file, form_key) if copies is None else copies
        return self.write_all(actor, key, formats, folder, (form_key,), copies=wanted, template=template)

    def write_all(
        self,
        actor: Actor,
        key: str,
        formats: Sequence[Format],
        folder: Path,
        forms: Sequence[str] | None = None,
        watch: Watch | None = None,
        *,
        copies: int = 0,
        template: int | None = None,
    ) -> tuple[Path, ...]:
        """Write these forms and those that go along with them, by default every one the case has, in their order.

        They are to be read: nobody is waited for to sign them, unless ``copies`` says how many are to be signed.
        All files are rendered before the first is written: a paper that cannot be printed, or ``Stopped``, leaves
        nothing behind.
        """
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        background = self._backgrounds.of(actor, file)
        wanted: Sequence[str]
        if forms is None:
            wanted = [one.key for one in self.forms(actor, file) if one.reason is None]
        else:  # a paper of before is printed again as it was, alone
            wanted = together_with(file, forms) if template is None else forms
        papers = [
            paper
            for form_key in wanted
            for paper in compose(
                file, form_key, self._backgrounds.for_form(background, file, form_key, template)
            )
        ]
        among, ready = characters(papers), list[Printed]()
        for done, paper in enumerate(papers):
            if watch is not None and not watch(done, len(papers)):
                raise Stopped("已经停下，什么也没有写。")
            ready += rendered(file, (paper,), formats, folder, among)
        folder_for(folder)
        with lying(ready):
            self._note(actor, file, ready, copies)
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
        asked = {replace(job, copies=0) for job in jobs}
        for done, job in enumerate(jobs):
            if watch is not None and not watch(done, len(jobs)):
                raise Stopped(f"已经停下：送去打印了{sent}份文书，还有{len(jobs) - done}项没有打印。")
            file = self._cases.file(actor, job.case_key, Permission.DOCUMENT_PRINT)
            try:
                papers = [
                    paper
                    for key in together_with(file, (job.form,))
                    if key == job.form or replace(job, form=key, copies=0) not in asked
                    for paper in compose(file, key, self.background(actor, file, key))
                ]
            except RuleError as error:
                left_out.append((job, error.message))
                continue
            wanted = replace(job, copies=job.copies or usual_copies(file, job.form))
            for one in rendered(file, papers, ("pdf",), folder):
                if self._audit is not None:  # what the printer refuses is not on record: the entry comes last
                    self._audit.demand(actor)
                with lying([one]):
                    send(one.data, wanted)
                    self._note(actor, file, [one], wanted.copies)
                sent += 1
        return Batch(sent=sent, left_out=tuple(left_out))

    def preview_signed(self, actor: Actor, key: str, form_key: str, part: int = -1) -> bytes:
        """The PDF of the variant that shows the names drawn on a screen, each with what it is not."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        return render(self._signed(actor, file, form_key, part), "pdf")

    def write_signed(
        self,
        actor: Actor,
        key: str,
        form_key: str,
        formats: Sequence[Format],
        folder: Path,
        *,
        part: int = -1,
    ) -> tuple[Path, ...]:
        """Write that variant into ``folder`` and note it; it is not for signing and waits for nobody."""
        actor.require(Permission.DOCUMENT_PRINT)
        file = self._cases.file(actor, key, Permission.DOCUMENT_PRINT)
        paper = self._signed(actor, file, form_key, part)
        named = replace(paper, heading=replace(paper.heading, part=f"{paper.heading.part}屏幕手写"))
        ready = [
            Printed(path=folder / file_name(file, named, fmt), data=render(paper, fmt), paper=paper)
            for fmt in formats
        ]
        folder_for(folder)
        with lying(ready):
            self._note(actor, file, ready, 0)
        return tuple(one.path for one in ready)

    def _signed(self, actor: Actor, file: CaseFile, form_key: str, part: int) -> Paper:
        """The variant with drawn names."""
        papers = compose(file, form_key, self.background(actor, file, form_key))
        if not -len(papers) <= part < len(papers):
            raise InputError(f"该文书只有{len(papers)}份。", field="part")
        if self._files is None:
            raise InputError("没有文件库，显示不了手写签名。", field="files")
        return signed_variant(file, papers[part], self._files)

    def _note(self, actor: Actor, file: CaseFile, written: Sequence[Printed], copies: int) -> None:
        """Put files on record."""
        if self._audit is not None and any(one.paper.anchor for one in written):
            self._audit.anchor(f"协议 {file.case_key}")  # true by itself, whatever becomes of the record
        self._cases.note_papers(actor, file.case_key, self._noted(actor, file, written, copies))

    def _noted(
        self, actor: Actor, file: CaseFile, written: Sequence[Printed], copies: int
    ) -> list[PrintedPaper]:
        """The lines in the case for files written; ``copies`` 0 where nobody is to sign them."""
        places: dict[Mark, tuple[InkPlace, ...]] = {}
        noted = []
        for one in written:
            mark, is_pdf = one.paper.mark, one.path.suffix == ".pdf"
            if mark is None:
                raise AssertionError("papers of a case are marked")
            if copies and mark not in places:
                places[mark] = places_of(one.paper, one.data if is_pdf else render(one.paper, "pdf"))
            noted.append(
                PrintedPaper(
                    at=self._clock(),
                    account=actor.display_name,
                    form=mark.form,
                    title=form(mark.form).titles[file.track],
                    file_name=one.path.name,
                    pages=page_count(one.data) if is_pdf else None,
                    sha256=hashlib.sha256(one.data).hexdigest(),
                    no=mark.no,
                    version=mark.version,
                    copies=copies,
                    places=places.get(mark, ()),
                    template=one.paper.filled.template if one.paper.filled else None,
                )
            )
        return noted


_STAGES = tuple(Stage)


def _is_oral(file: CaseFile) -> bool:
    return file.agreement is not None and file.agreement.form is AgreementForm.ORAL
