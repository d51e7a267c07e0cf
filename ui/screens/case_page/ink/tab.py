"""待签: printed papers of the case, and of the chosen one every place on every copy."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.ink.place import InkKind
from mediation_desk.cases.ink.tray import Tray, TrayState, copies_words, missing, tasks
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.scan import ScanKind
from mediation_desk.cases.signing.places import no_electronic
from mediation_desk.cases.steps.inking import ConfirmScan, MarkInk
from mediation_desk.cases.transitions import INK
from mediation_desk.shared.errors import DeskError
from ui.fields.date_field import DateField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.ink.drawing import DrawingForm
from ui.screens.case_page.ink.drawn import DrawnPart, drawn_on
from ui.screens.case_page.ink.forms import (
    CorrectionForm,
    DropForm,
    Removed,
    TakeBackForm,
    WitnessForm,
    paper_of,
)
from ui.screens.case_page.ink.matrix import InkMatrix
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_MOST_PAPERS, _MOST_PLACES = 4, 8
_MOST_GAPS = 2
_EMPTY = "还没有印过要签的文书。在“文书”里打印以后，这里列出每一份、每一处等谁签。"
_HINT = "方向键移动；空格：这一格，在左边几列是各份；回车：这个人全签了，到下一人；退格：去掉待登记的标记。"
_TONES = {
    TrayState.OPEN: Tone.SEAL,
    TrayState.COMPLETE: Tone.DONE,
    TrayState.VOIDED: Tone.QUIET,
    TrayState.DROPPED: Tone.QUIET,
    TrayState.SURPLUS: Tone.QUIET,
}


class InkTab(Tab):
    """``ink.papers`` and ``ink.matrix``; marks are set by key and stored together."""

    code = "ink"
    room = 600
    papers = ("agreement", "record", "rights", "acceptance")

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        self._case, self._shown = "", False
        self.list: RecordTable[Tray] = RecordTable(
            "印过的文书", _columns(), key=_key, empty=_EMPTY, sortable=False, parent=self
        )
        self.list.setObjectName("ink.papers")
        self.list.moved.connect(self._on_paper_moved)
        self._papers = Card("印过、要签的文书")
        self._papers.add(self.list)
        self.matrix = InkMatrix(self)
        self.matrix.setObjectName("ink.matrix")
        self.matrix.marked.connect(self._show_waiting)
        self.matrix.moved.connect(self._show_deeds)
        self._head, self._gap = PlainLabel(wrap=True), PlainLabel(wrap=True, tone=Tone.SEAL)
        self._head.setObjectName("ink.head")
        self._gap.setObjectName("ink.gap")
        self._on = DateField()
        self._on.setObjectName("ink.on")
        self._on.setAccessibleName("签名的日期")
        self._save = primary("登记", self._on_save, symbol="check")
        self._save.setObjectName("ink.save")
        self._everything = button("各人各份都签了", self._on_everything)
        self._everything.setObjectName("ink.everything")
        self._scan = button("扫描件已核对，签齐了", self._on_scan)
        self._scan.setObjectName("ink.scan")
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName("ink.notice")
        self._why_not = small(wrap=True)
        self._why_not.setObjectName("ink.no_electronic")
        self.witness, self.correction = WitnessForm(page, self.tray), CorrectionForm(page, self.tray)
        self.take_back, self.drop = TakeBackForm(page, self.tray), DropForm(page, self.tray)
        self.drawing, self.drawn = DrawingForm(page, self.tray), DrawnPart(page)
        self._forms: dict[str, StepForm] = {
            "witness": self.witness,
            "correction": self.correction,
            "void": self.take_back,
            "draw": self.drawing,
            "drop": self.drop,
        }
        self._ways = {
            code: self._way(code, word)
            for code, word in (
                ("witness", "拒签、指印代签"),
                ("correction", "更正处"),
                ("void", "撤去这里的登记"),
                ("draw", "在屏幕上手写"),
                ("drop", "这一份不用签"),
            )
        }
        self._card = Card("各份的签名")
        self._lay_out()

    def show_case(self, view: CaseView) -> None:
        """The papers as they stand, the open ones first; marks not stored yet stay."""
        if view.file.case_key != self._case:
            self._case = view.file.case_key
            self._on.set_value(view.today)
        shown = tuple(sorted(view.trays, key=lambda one: one.state is not TrayState.OPEN))
        chosen = self.tray()
        self.list.show_records(shown)
        self.list.setFixedHeight(
            self.list.content_height(min(max(len(shown), 1 if shown else 3), _MOST_PAPERS))
        )
        if shown and (chosen is None or not self.list.choose_key(_key(chosen))):
            self.list.selectRow(0)
        self._show_tray()

    def tray(self) -> Tray | None:
        """The paper chosen in the list."""
        return self.list.current()

    def start(self, form: str) -> None:
        """``witness``, ``correction``, ``void``, ``draw``, ``drop``; anything else is a paper of that form."""
        if form in self._forms:
            self._open(form)
            return
        found = next((one for one in self.list.records.records() if one.form == form), None)
        if found is not None:
            self.list.choose_key(_key(found))
        self.matrix.setFocus()

    def primary(self) -> QPushButton | None:
        """The form in use, else 登记 while there are marks."""
        in_use = next((form.primary() for form in self._forms.values() if form.primary()), None)
        return in_use or (self._save if self.matrix.cells.waiting else None)

    def show_paper(self) -> None:
        """The chosen paper as it would be printed now."""
        tray = self.tray()
        if tray is None:
            super().show_paper()
        else:
            self.page.show_stored(tray.form, tray.paper_no - 1)

    def _lay_out(self) -> None:
        deeds = WrappingRow(gap=8)
        for way in self._ways.values():
            deeds.add(way)
        for item in (
            self._head,
            self._gap,
            self.matrix,
            small(_HINT, wrap=True),
            row(self._everything, self._scan, None, self._on, self._save),
            self._notice,
            deeds,
            self._why_not,
            self.drawn,
        ):
            self._card.add(item)
        self._notice.hide()
        for form in self._forms.values():
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
            self._card.add(form)
        self.body.addWidget(self._papers)
        self.body.addWidget(self._card)
        self.body.addStretch(1)

    def _way(self, code: str, word: str) -> DeskButton:
        made = link(word, lambda: self._open(code))
        made.setObjectName(f"ink.{code}.way")
        return made

    def _open(self, code: str) -> None:
        form, place = self._forms[code], self.matrix.place()
        if code == "void":
            self.take_back.what = self._removable()
        for other in self._forms.values():
            other.setVisible(other is form)
        form.settle(self.page.view)
        if place is not None and code in ("witness", "draw"):
            choosing = self.witness if code == "witness" else self.drawing
            choosing.choose(place.hand if code == "witness" else place.hands[0])
        form.focus_first()

    def _on_paper_moved(self, _tray: Tray | None) -> None:
        if self._shown:
            self._show_tray()

    def _show_tray(self) -> None:
        self._shown = True
        tray, view = self.tray(), self.page.view
        self._card.setVisible(tray is not None)
        self.matrix.cells.show_tray(tray)
        self.matrix.share_width()
        self.drawn.show_tray(tray)
        for form in self._forms.values():
            form.settle(view)
        if tray is None:
            return
        rows = min(max(self.matrix.cells.rowCount(), 2), _MOST_PLACES)
        self.matrix.setFixedHeight(self.matrix.content_height(rows))
        self._head.setText(_head_words(tray))
        gap = missing(tray, _MOST_GAPS)
        self._gap.setText(f"还差：{gap}。" if gap else "")
        self._gap.setVisible(bool(gap))
        reason = no_electronic(view.file)
        self._why_not.setText(f"{reason}，也不提供屏幕手写。" if reason else "")
        self._why_not.setVisible(bool(reason))
        self._say("")
        self._show_waiting()

    def _show_waiting(self) -> None:
        count = len(self.matrix.cells.waiting)
        self._save.set_caption(f"登记（{count} 处）" if count else "登记")
        self._save.setEnabled(bool(count))
        self._show_deeds()

    def _show_deeds(self) -> None:
        tray, view = self.tray(), self.page.view
        may = tray is not None and view.state in INK.sources
        waits = may and tray is not None and tray.state is TrayState.OPEN
        marked = self._removable() != Removed()
        done = tray is not None and tray.state in (TrayState.OPEN, TrayState.COMPLETE)
        place = self.matrix.place()
        drawable = tray is not None and any(one.drawable for one in tray.places)
        drawable &= place is None or place.drawable
        for widget, shown in (
            (self._everything, waits),
            (self._on, waits),
            (self._save, waits),
            (self._scan, waits and self._scan_no(tray) > 0),
            (self._ways["witness"], waits),
            (self._ways["drop"], waits),
            (self._ways["correction"], may and done and (tray is None or tray.whole is None)),
            (self._ways["void"], may and marked),
            (self._ways["draw"], may and done and drawable and not no_electronic(view.file)),
        ):
            widget.setVisible(bool(shown))

    def _removable(self) -> Removed:
        """What 撤去 takes back: the mark of the cell, the correction or drawing of its row, or the whole paper's."""
        tray, place = self.tray(), self.matrix.place()
        mark = self.matrix.cells.mark(self.matrix.current())
        if mark is not None:
            return Removed(nos=(mark.no,))
        if tray is not None and tray.whole is not None:
            return Removed(nos=(tray.whole.no,))
        if place is None:
            return Removed()
        if place.kind is InkKind.CORRECTION:
            return Removed(corrections=(int(place.key[1:].split("/")[0]),))
        drawn = drawn_on(self.page, tray)
        return Removed(handwritings=tuple(one.no for one in drawn if one.place == place.key))

    def _scan_no(self, tray: Tray | None) -> int:
        """The newest standing scan of this paper in this wording, 0 without one."""
        if tray is None:
            return 0
        found = [
            one.no
            for one in self.page.view.file.beside.scans
            if one.stands
            and one.kind is ScanKind.FORM
            and (one.form, one.paper_no) == (tray.form, tray.paper_no)
            and one.version in ("", tray.version)
        ]
        return max(found, default=0)

    def _on_everything(self) -> None:
        self.matrix.cells.mark_all()
        self._show_waiting()
        self._save.setFocus()

    def _on_save(self) -> None:
        on, tray = self._on.value(), self.tray()
        if on is None or tray is None:
            self._say("请写明签名的日期。")
            self._on.setFocus()
            return
        self._say("")
        self._save.set_busy(True)
        step = MarkInk(paper=paper_of(tray), spots=self.matrix.cells.spots(), on=on)
        self.page.take((step,), self._on_saved, self._on_failed)

    def _on_scan(self) -> None:
        tray = self.tray()
        step = ConfirmScan(paper=paper_of(tray), scan=self._scan_no(tray), on=self.page.view.today)
        self.page.take((step,), self._on_saved, self._on_failed)

    def _on_saved(self, _file: CaseFile) -> None:
        self._save.set_busy(False)
        self.matrix.cells.unmark_all()
        self._show_waiting()

    def _on_failed(self, error: BaseException) -> bool:
        self._save.set_busy(False)
        if isinstance(error, DeskError) and error.exit_code in (2, 3):
            self._say(error.message)
            self.page.read_again()
            return True
        return False

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))


def _columns() -> tuple[Column[Tray], ...]:
    return (
        Column("文书", lambda one: one.title),
        Column("印于", lambda one: f"{one.printed_at.astimezone():%Y-%m-%d %H:%M}", width=150, optional=True),
        Column("份数", lambda one: str(one.copies), width=64, number=True),
        Column("怎样", _state_words, width=170, tone=lambda one: _TONES[one.state]),
        Column("版本", lambda one: one.version, width=130, optional=True),
    )


def _key(tray: Tray) -> tuple[str, int, str]:
    return tray.form, tray.paper_no, tray.version


def _state_words(tray: Tray) -> str:
    if tray.state is not TrayState.OPEN:
        return tray.state.value
    still = [task for task in tasks(tray) if task.done < task.whole]
    return f"待签，还差 {len(still)} 人"


def _head_words(tray: Tray) -> str:
    done = sum(task.done for task in tasks(tray))
    head = f"{tray.title}，一式 {tray.copies} 份，{len(tray.places)} 处，签齐 {done} 处。"
    match tray.state:
        case TrayState.VOIDED:
            return f"{head}这一版已按新的文字重印，没有签的地方作废。"
        case TrayState.SURPLUS:
            return f"{head}原件已经签齐，这一版是重印件，不用再签。"
        case TrayState.DROPPED:
            return f"{head}登记为不用签：{tray.whole.reason if tray.whole else ''}。"
        case TrayState.COMPLETE if tray.whole is not None:
            return f"{head}扫描件（第 {tray.whole.scan} 号）经{tray.whole.noted_by}核对，签齐了。"
        case TrayState.COMPLETE:
            return f"{head}{copies_words(range(1, tray.copies + 1))}都签齐了。"
    return head
