"""What a scan may show in this case: its printed papers, its evidence, and the other kinds."""

from __future__ import annotations

from dataclasses import dataclass

from mediation_desk.cases.scan import Scan, ScanKind
from mediation_desk.documents.scanning.service import Wanted
from ui.screens.case_page.view import CaseView

_ALONE = (
    ScanKind.IDENTITY,
    ScanKind.MANDATE,
    ScanKind.VOUCHER,
    ScanKind.COURT,
    ScanKind.OTHER,
    ScanKind.UNSORTED,
)


@dataclass(frozen=True, slots=True)
class Target:
    """One entry of the list 归到; ``title`` is what the catalogue would call the scan, "" for its file name."""

    word: str
    kind: ScanKind
    title: str = ""
    form: str = ""
    paper_no: int = 0
    evidence_ref: str = ""

    @property
    def wanted(self) -> Wanted:
        """The same for filing."""
        return Wanted(
            kind=self.kind,
            title=self.title,
            form=self.form,
            paper_no=self.paper_no,
            evidence_ref=self.evidence_ref,
        )

    def shows(self, scan: Scan) -> bool:
        """Whether ``scan`` is filed here."""
        return (self.kind, self.form, self.paper_no, self.evidence_ref) == (
            scan.kind,
            scan.form,
            scan.paper_no,
            scan.evidence_ref,
        )


def targets(view: CaseView) -> tuple[Target, ...]:
    """Papers printed, by form and number; pieces of evidence; the rest."""
    papers = {(one.form, one.no): one.title for one in view.papers}
    many = {form for form, no in papers if no > 1}
    of_papers = tuple(
        Target(
            word=f"文书：{title}{f'（第{no}份）' if form in many else ''}",
            kind=ScanKind.FORM,
            title=title,
            form=form,
            paper_no=no,
        )
        for (form, no), title in papers.items()
    )
    of_evidence = tuple(
        Target(word=f"证据：{one.name}", kind=ScanKind.EVIDENCE, title=one.name, evidence_ref=one.ref)
        for one in view.file.evidence
    )
    return (*of_papers, *of_evidence, *(Target(word=kind.value, kind=kind) for kind in _ALONE))
