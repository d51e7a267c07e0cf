"""移入回收站 and 放回: a reason, written where the case is."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.steps.binning import PutInBin, TakeOut
from mediation_desk.cases.steps.step import Step
from ui.fields.text_field import NoteField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.text import small


class BinForm(StepForm):
    """Asks why; everything that hangs on the case goes with it and comes back with it."""

    code = "bin"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "移入回收站", "移入")
        self.add(
            small(
                "不再出现在任何列表、检索和统计里，排好的调解会不再占时间，编号作废；随时可以放回。",
                wrap=True,
            )
        )
        self._reason = self.field("理由（例如：与某案重复登记）", "reason", NoteField(lines=1), required=True)
        self.add(self._reason)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Nothing yet."""
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `PutInBin`."""
        return (PutInBin(reason=self._reason.editor.value()),)


class RestoreForm(StepForm):
    """Puts the case back; where a planned session now meets another one, a reason lets it overlap."""

    code = "restore"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "放回", "放回", cancel=False)
        self._why = small(wrap=True)
        self._why.setObjectName("restore.why")
        self._override = self.field(
            "调解会与别的安排重叠时，仍按原安排的理由", "override_reason", NoteField(lines=1)
        )
        self.add(self._why)
        self.add(self._override)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew for another stay in the bin."""
        return view.file.case_key, view.file.beside.binned

    def prefill(self, view: CaseView) -> None:
        """Why and since when it lies in the bin."""
        binned = view.file.beside.binned
        if binned is not None:
            self._why.setText(f"{binned.on.isoformat()} 由{binned.by}移入回收站：{binned.reason}")
        planned = any(not session.held for session in view.file.sessions)
        self._override.setVisible(planned)
        self._override.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `TakeOut`."""
        return (TakeOut(override_reason=self._override.editor.value()),)
