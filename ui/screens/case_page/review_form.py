"""案卷评查: the score sheet of a volume, filled by the program where it can see, by a person elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QGridLayout

from mediation_desk.cases.archiving.quality import by_hand, seen
from mediation_desk.cases.steps.reviewing import ReviewQuality
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import REVIEW
from mediation_desk.documents.volume.checklist import checklist
from ui.fields.text_field import NoteField
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.volume_forms import VolumeForm
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small


class ReviewForm(VolumeForm):
    """The score sheet: what the program sees is told, the rest is ticked by who looked at the paper."""

    code = "review"
    allowed = REVIEW.sources

    def __init__(self, page: Page) -> None:
        super().__init__(page, "案卷评查", "登记评查")
        self.day()
        self._by = self.text("评查人", "by")
        self._seen = PlainLabel(tone=Tone.SOON, wrap=True)
        self._seen.setObjectName("review.seen")
        self._boxes: dict[str, QCheckBox] = {}
        ticks = QGridLayout()
        ticks.setColumnStretch(1, 1)
        for line, (point, item) in enumerate(by_hand()):
            box = self.check_box(f"{point.name}，扣{item.deduct}分", item.code)
            box.setAccessibleDescription(item.text)
            self._boxes[item.code] = box
            ticks.addWidget(box, line, 0)
            ticks.addWidget(PlainLabel(item.text, wrap=True), line, 1)
        self._note = self.field("意见", "note", NoteField(lines=2))
        self.line(self.on, self._by, None)
        self.add(self._seen)
        self.add(small("看了纸质卷宗，有下列问题的打勾："))
        self.add(ticks)
        self.add(self._note)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when the program sees something else."""
        return view.file.case_key, seen(view.file, _missing(view)), len(view.file.beside.reviews)

    def prefill(self, view: CaseView) -> None:
        """What the program sees by itself."""
        super().prefill(view)
        found = seen(view.file, _missing(view))
        words = "；".join(f"{mark.point}：{mark.why}（扣{mark.deduct}分）" for mark in found)
        self._seen.setText(f"程序看到的：{words}。" if found else "程序没有看到问题。")
        self._by.editor.set_value(self.page.context.services.actor.display_name)
        self._note.editor.set_value("")
        for box in self._boxes.values():
            box.setChecked(False)

    def steps(self) -> Sequence[Step]:
        """One `ReviewQuality`."""
        self.asked()
        on = self.on.editor.value()
        if on is None:
            return ()
        ticked = tuple(code for code, box in self._boxes.items() if box.isChecked())
        return (
            ReviewQuality(
                on=on,
                by=self._by.editor.value(),
                ticked=ticked,
                note=self._note.editor.value(),
                missing=_missing(self.page.view),
            ),
        )


def _missing(view: CaseView) -> tuple[str, ...]:
    """What the list of the volume asks for and does not find."""
    return tuple(entry.title for entry in checklist(view.file, view.papers).missing)
