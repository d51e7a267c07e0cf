"""司法确认材料: the papers the court asks for as a checklist, and what is still missing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QCheckBox, QVBoxLayout

from mediation_desk.cases.court.pack import PackItem, missing, pack
from mediation_desk.cases.steps.court_papers import GatherCourtPapers
from mediation_desk.cases.steps.step import Step
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel, plain_caption
from ui.widgets.text import small


class PackForm(StepForm):
    """Ticks for what is at hand; what the case itself knows needs no tick."""

    code = "pack"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "申请材料", "记下材料", remark="依据：民诉法解释第三百五十四条")
        self._boxes: dict[str, QCheckBox] = {}
        self._missing = PlainLabel(tone=Tone.SOON, wrap=True)
        self._missing.setObjectName("pack.missing")
        self._rows: QVBoxLayout = column(gap=2)
        self.add(self._missing)
        self.add(boxed(self._rows))
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when a paper came or another one is needed."""
        return view.file.case_key, pack(view.file)

    def prefill(self, view: CaseView) -> None:
        """What is there."""
        items = pack(view.file)
        self._missing.setText(missing(items) or "材料齐全。")
        self._missing.set_tone(Tone.SOON if missing(items) else Tone.DONE)
        clear(self._rows)
        self._boxes = {}
        for place, item in enumerate(items):
            self._rows.addLayout(self._line(place, item))

    def steps(self) -> Sequence[Step]:
        """One `GatherCourtPapers`."""
        names = tuple(name for name, box in self._boxes.items() if box.isChecked())
        return (GatherCourtPapers(on=self.page.view.today, names=names),)

    def _line(self, place: int, item: PackItem) -> QVBoxLayout:
        to_print = link("打印", lambda: self.page.go("papers", item.form))
        to_print.setObjectName(f"pack.{place}.print")
        to_print.setAccessibleName(f"打印{item.name}")
        if item.ticked:
            box = QCheckBox(plain_caption(item.paper))
            box.setObjectName(f"pack.{place}")
            box.setAccessibleName(item.name)
            box.setChecked(not item.lacks)
            box.clicked.connect(lambda _checked=False: self.touch())
            self._boxes[item.name] = box
            line = row(box, small(item.of, wrap=True), to_print)
        else:
            words = f"缺 {item.lacks}，请在登记里补上" if item.lacks else f"✓ {item.name}，案卷里已有"
            told = PlainLabel(words, tone=Tone.SOON if item.lacks else Tone.DONE, wrap=True)
            line = row(told, to_print)
        made = column(gap=0)
        made.addLayout(line)
        if not item.form:
            to_print.hide()
        return made
