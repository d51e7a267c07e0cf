"""回访: the visits made, and the form for the next one (F-14)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from mediation_desk.agreements.keeping import Escalation, VisitFinding
from mediation_desk.agreements.model import Satisfaction, VisitWay
from mediation_desk.cases.steps.performing import Visit
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.transitions import VISIT
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, names
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import clear, column, row
from ui.widgets.text import paragraph, small
from ui.widgets.wrapping import WrappingRow

_TONES = {
    Satisfaction.SATISFIED: Tone.DONE,
    Satisfaction.FAIRLY: Tone.ACCENT,
    Satisfaction.UNSATISFIED: Tone.SEAL,
}


class VisitsCard(Card):
    """Newest first."""

    def __init__(self, page: Page) -> None:
        super().__init__("回访")
        self._page = page
        self._lines = column(gap=8)
        self.form = VisitForm(page)
        self.form.hide()
        self._way = button("记一次回访", self.start, symbol="phone")
        self._way.setObjectName("visit.way")
        self.header.addWidget(self._way)
        self.add(self.form)
        self.add(self._lines)
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)

    def show_case(self, view: CaseView) -> None:
        """What was heard."""
        self.form.settle(view)
        may = view.state in VISIT.sources and bool(view.file.mediators)
        self._way.setVisible(may)
        clear(self._lines)
        for no, visit in reversed(tuple(enumerate(view.file.followups, start=1))):
            of = names(visit.of, view.file.name_of)
            chip = Chip(visit.satisfaction.value, _TONES[visit.satisfaction])
            by = view.card_name(visit.by)
            paper = link("看回访记录", partial(self._page.show_stored, "visit", no - 1))
            paper.setObjectName(f"visit.paper.{no}")
            self._lines.addLayout(row(small(f"{day(visit.on)} {visit.way}，{by}访{of}"), chip, None, paper))
            self._lines.addWidget(paragraph(visit.situation))
            for words, tone in _found(view.file.beside.finding(no)):
                self._lines.addWidget(small(words, tone, wrap=True))
        if not view.file.followups:
            self._lines.addWidget(small("还没有回访。归档之前至少回访一次。"))

    def start(self) -> None:
        """Open the form."""
        self.form.show()
        self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self.form.primary()


class VisitForm(StepForm):
    """Who asked whom, how, and what they said."""

    code = "visit"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "记一次回访", "记下回访")
        self._names: dict[str, str] = {}
        by: ChoiceField[str] = ChoiceField((), word=lambda number: self._names.get(number, number))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._way = self.field("方式", "way", ChoiceField(VisitWay))
        self._by = self.field("回访人", "by", by, required=True)
        self._satisfaction = self.field("满意吗", "satisfaction", ChoiceField(Satisfaction))
        self._of = self.field("回访了谁", "of", PartyPick(needed="请选回访了谁。"))
        self._situation = self.field(
            "情况", "situation", NoteField("履行得怎样，还有什么问题", lines=2), required=True
        )
        self._escalation = self.field("激化吗", "escalation", ChoiceField(Escalation))
        self._relapsed = self.check_box("纠纷复发", "relapsed")
        self._suit = self.field("后来起诉了吗，怎样判的", "suit", TextField("没有就不写"))
        self._fault = self.field("调解有无不当", "fault", TextField("没有就不写"))
        self._measures = self.field("采取的措施", "measures", TextField("有激化、复发或者不当的，必须写"))
        head = WrappingRow(gap=12)
        head.add(self._on, 176)
        for field in (self._way, self._by, self._satisfaction):
            head.add(field, 112, 1)
        self.add(head)
        self.add(self._of)
        self.add(self._situation)
        self.line(self._escalation, self._suit, self._fault)
        self.add(self._measures)
        self.add(self._relapsed)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each visit anew."""
        return view.file.case_key, len(view.file.followups)

    def refresh_choices(self, view: CaseView) -> None:
        """Mediators, recorder and parties of the case."""
        self._names = {mediator.pool_no: mediator.name for mediator in view.file.mediators}
        self._by.editor.set_values(tuple(self._names))
        self._of.editor.offer([(party.ref, party.name) for party in view.file.parties])

    def prefill(self, view: CaseView) -> None:
        """Today, by telephone, everybody."""
        concluded = view.file.outcome.concluded_on if view.file.outcome else view.today
        self._on.editor.set_value(max(view.today, concluded))
        self._way.editor.set_value(VisitWay.PHONE)
        self._of.editor.mark_all()
        self._situation.editor.set_value("")
        self._escalation.editor.set_value(Escalation.NONE)
        self._relapsed.setChecked(False)
        for field in (self._suit, self._fault, self._measures):
            field.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `Visit`."""
        on, by = self._on.editor.value(), self._by.editor.value()
        way, satisfaction = self._way.editor.value(), self._satisfaction.editor.value()
        if on is None or by is None or way is None or satisfaction is None:
            raise InputError("请选回访人。", field="by")
        return (
            Visit(
                on=on,
                way=way,
                by=by,
                of=self._of.editor.value(),
                situation=self._situation.editor.value(),
                satisfaction=satisfaction,
                escalation=self._escalation.editor.value() or Escalation.NONE,
                relapsed=self._relapsed.isChecked(),
                suit=self._suit.editor.value(),
                fault=self._fault.editor.value(),
                measures=self._measures.editor.value(),
            ),
        )


def _found(finding: VisitFinding | None) -> Iterator[tuple[str, Tone]]:
    """What there is to tell beside performance and satisfaction; nothing where all is well."""
    if finding is None:
        return
    worse = [] if finding.escalation is Escalation.NONE else [finding.escalation.value]
    worse += ["纠纷复发"] if finding.relapsed else []
    if worse:
        yield "、".join(worse), Tone.SEAL
    told = (("起诉", finding.suit), ("调解不当", finding.fault), ("措施", finding.measures))
    words = "；".join(f"{word}：{text}" for word, text in told if text)
    if words:
        yield words, Tone.QUIET
