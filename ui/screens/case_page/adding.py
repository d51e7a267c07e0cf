"""补记: later facts behind a record that is final."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.steps.recording import AddToRecord
from mediation_desk.cases.steps.step import Step
from ui.fields.text_field import NoteField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.next_step import ordinal
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView


class AddForm(StepForm):
    """Day and author are put by the desk; the record stays as it was read back."""

    code = "addition"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "补记", "记下")
        self._no = 0
        note = NoteField("记录以后才知道、才补交的内容；原来的记录不变", lines=3)
        self._text = self.field("补记的内容", "text", note, required=True)
        self.add(self._text)
        self.finish()

    def about(self, session_no: int) -> None:
        """Which record is added to."""
        self._no = session_no
        self.settle(self.page.view)

    def subject(self, view: CaseView) -> object:
        """One record at a time."""
        return view.file.case_key, self._no, len(view.file.beside.additions)

    def prefill(self, view: CaseView) -> None:
        """An empty place."""
        self.remark.setText(f"{ordinal(self._no)}调解" if self._no else "")
        self._text.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `AddToRecord`."""
        return (AddToRecord(session_no=self._no, text=self._text.editor.value()),)
