"""改归, 作废 and 退还原件."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.model import Evidence
from mediation_desk.cases.scan import Scan
from mediation_desk.cases.steps.scanning import RefileScan, ReturnOriginals, VoidScan
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.scans.targets import Target, targets
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView


class RefileForm(StepForm):
    """Where a scan belongs instead, and what it is called there."""

    code = "refile"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "改归", "改归")
        self._scan: Scan | None = None
        to: ChoiceField[Target] = ChoiceField((), word=lambda one: one.word)
        self._to = self.field("归到", "to", to, required=True)
        self._title = self.field("目录里叫什么", "title", TextField(longest=200), required=True)
        self._to.editor.setMinimumContentsLength(14)
        self._to.editor.edited.connect(self._suggest_title)
        self.line(self._to, self._title)
        self.finish()

    def about(self, scan: Scan) -> None:
        """Which scan it is now."""
        self._scan = scan
        self._subject = None
        self.settle(self.page.view)

    def subject(self, view: CaseView) -> object:
        """Each scan, each place."""
        return view.file.case_key, self._scan

    def refresh_choices(self, view: CaseView) -> None:
        """Papers and evidence of this case."""
        self._to.editor.set_values(targets(view))

    def prefill(self, view: CaseView) -> None:
        """Where it lies now."""
        if self._scan is not None:
            scan = self._scan
            self._to.editor.set_value(next((one for one in targets(view) if one.shows(scan)), None))
            self._title.editor.set_value(scan.title)

    def steps(self) -> Sequence[Step]:
        """One `RefileScan`."""
        to = self._to.editor.value()
        if self._scan is None or to is None:
            raise InputError("请选择归到哪里。", field="to")
        return (
            RefileScan(
                no=self._scan.no,
                kind=to.kind,
                name=self._title.editor.value(),
                form=to.form,
                paper_no=to.paper_no,
                page=self._scan.page if to.shows(self._scan) else 0,
                evidence_ref=to.evidence_ref,
            ),
        )

    def _suggest_title(self) -> None:
        to = self._to.editor.value()
        if to is not None and to.title:
            self._title.editor.set_value(to.title)


class VoidScanForm(StepForm):
    """Why a scan does not belong here."""

    code = "voidscan"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "作废扫描件", "作废", remark="文件和记录都留着，不再算在卷里")
        self._scan: Scan | None = None
        self._reason = self.field("原因", "reason", TextField("例如 扫错了案件", longest=200), required=True)
        self.add(self._reason)
        self.finish()

    def about(self, scan: Scan) -> None:
        """Which scan it is now."""
        self._scan = scan
        self._subject = None
        self.settle(self.page.view)

    def subject(self, view: CaseView) -> object:
        """Each scan."""
        return view.file.case_key, self._scan

    def prefill(self, view: CaseView) -> None:
        """Nothing is proposed."""
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `VoidScan`."""
        if self._scan is None:
            raise InputError("请选择要作废的扫描件。", field="reason")
        return (VoidScan(no=self._scan.no, reason=self._reason.editor.value()),)


class ReturnForm(StepForm):
    """The original of one piece of evidence goes back."""

    code = "returning"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "退还原件", "登记退还", remark="卷里留扫描件或者复印件")
        piece: ChoiceField[Evidence] = ChoiceField((), word=lambda one: one.name)
        self._piece = self.field("哪件证据", "evidence_refs", piece, required=True)
        self._to = self.field("退给谁", "to", TextField(longest=200), required=True)
        self._on = self.field("退还日期", "on", DateField(), required=True)
        self._receipt = self.field(
            "签收人", "receipt", TextField("在收据上签名的人", longest=200), required=True
        )
        piece.edited.connect(self._suggest_person)
        self.line(self._piece, self._to)
        self.line(self._receipt, self._on)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each return anew."""
        return view.file.case_key, len(view.file.beside.returned_originals)

    def refresh_choices(self, view: CaseView) -> None:
        """Originals that are still here."""
        self._piece.editor.set_values(returnable(view))

    def prefill(self, view: CaseView) -> None:
        """Back to whoever brought it, today."""
        self._on.editor.set_value(view.today)
        self._suggest_person()

    def steps(self) -> Sequence[Step]:
        """One `ReturnOriginals`."""
        piece, on = self._piece.editor.value(), self._on.editor.value()
        if piece is None or on is None:
            raise InputError("请选择要退还的证据。", field="evidence_refs")
        return (
            ReturnOriginals(
                evidence_refs=(piece.ref,),
                to=self._to.editor.value(),
                on=on,
                receipt=self._receipt.editor.value(),
            ),
        )

    def _suggest_person(self) -> None:
        piece = self._piece.editor.value()
        name = self.page.view.file.name_of(piece.provided_by) if piece is not None else ""
        self._to.editor.set_value(name)
        self._receipt.editor.set_value(name)


def returnable(view: CaseView) -> tuple[Evidence, ...]:
    """Evidence whose original is here."""
    beside = view.file.beside
    return tuple(one for one in view.file.evidence if one.original and beside.returned(one.ref) is None)
