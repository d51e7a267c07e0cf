"""``SubsidyPapers``: 核算单 and 发放表 on paper and as a workbook; no party is named on any of them (LR-21)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.audit.service import EXPORT, PRINT, AuditService
from mediation_desk.cases.centre import read_centre
from mediation_desk.documents.across import Printer, all_crossed, crossed
from mediation_desk.documents.content import Paper
from mediation_desk.documents.forms import subsidy_list, subsidy_worksheet
from mediation_desk.documents.service import (
    Format,
    folder_for,
    joined,
    paper_files,
    pool_file_name,
    print_papers,
    render,
)
from mediation_desk.shared.files import write_together
from mediation_desk.subsidy.model import BatchSheet
from mediation_desk.subsidy.service import SubsidyService


class SubsidyPapers:
    """What is shown is what is printed."""

    def __init__(self, subsidies: SubsidyService, audit: AuditService) -> None:
        self._subsidies = subsidies
        self._audit = audit

    def preview_worksheet(self, actor: Actor, case_key: str) -> bytes:
        """The PDF of :meth:`worksheet`."""
        return render(self._worksheet(actor, case_key), "pdf")

    def worksheet(
        self, actor: Actor, case_key: str, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the worksheet of a case as it stands today."""
        paper = self._worksheet(actor, case_key)
        self._audit.note(actor, PRINT, case_key=case_key, form="subsidy_worksheet")
        folder_for(folder)
        return print_papers((paper,), formats, folder)

    def preview_list(self, actor: Actor, month: date, no: int | None = None) -> bytes:
        """The PDF of :meth:`list`: the payment list, then its cases."""
        papers = self._papers(actor, self._sheet(actor, month, no))
        return joined([render(paper, "pdf") for paper in papers])

    def list(
        self, actor: Actor, month: date, no: int | None, formats: Sequence[Format], folder: Path
    ) -> tuple[Path, ...]:
        """Write the payment list of a month and the list of its cases, and both as one workbook."""
        sheet = self._sheet(actor, month, no)
        papers = self._papers(actor, sheet)
        book = self._workbook(sheet)
        self._note(actor, PRINT, "subsidy_list", month)
        folder_for(folder)
        path = folder / f"{pool_file_name(papers[0])}.xlsx"
        return write_together([*paper_files(papers, formats, folder), (path, book)])

    def workbook(self, actor: Actor, month: date, no: int | None = None) -> bytes:
        """The payment list and its cases as an XLSX file."""
        book = self._workbook(self._sheet(actor, month, no))
        self._note(actor, EXPORT, "subsidy_list.xlsx", month)
        return book

    def docx(self, actor: Actor, month: date, no: int | None = None) -> bytes:
        """The payment list as a DOCX file, without its cases."""
        data = render(self._papers(actor, self._sheet(actor, month, no))[0], "docx")
        self._note(actor, EXPORT, "subsidy_list.docx", month)
        return data

    def _note(self, actor: Actor, action: str, form: str, month: date) -> None:
        self._audit.note(actor, action, form=form, month=month.isoformat()[:7])

    def _worksheet(self, actor: Actor, case_key: str) -> Paper:
        actor.require(Permission.DOCUMENT_PRINT)
        paper = subsidy_worksheet.compose(read_centre().name, self._subsidies.worksheet(actor, case_key))
        return crossed(paper, Printer(actor=actor, at=self._audit.now))

    def _sheet(self, actor: Actor, month: date, no: int | None) -> BatchSheet:
        return self._subsidies.payment_sheet(actor, month, no)

    def _papers(self, actor: Actor, sheet: BatchSheet) -> tuple[Paper, ...]:
        return all_crossed(
            subsidy_list.compose(read_centre().name, sheet), Printer(actor=actor, at=self._audit.now)
        )

    def _workbook(self, sheet: BatchSheet) -> bytes:
        from mediation_desk.documents.render.payment_sheet import workbook  # loads the renderer

        return workbook(read_centre().name, sheet)
