"""无争议事实: what nobody disputes, with who consents; one refusal and nothing is recorded (§2.6)."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.court.rules import court_rules
from mediation_desk.cases.lifecycle import UNDECIDED, State
from mediation_desk.cases.steps.facts import RecordFacts
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, names
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import clear, column
from ui.widgets.text import paragraph, small

_NEVER = UNDECIDED | {State.NOT_ACCEPTED, State.ON_LEDGER, State.ARCHIVED}


class FactsCard(Card):
    """The facts as recorded, or why there are none."""

    def __init__(self, page: Page) -> None:
        super().__init__("无争议事实")
        self._page = page
        self._lines = column(gap=4)
        self.form = FactsForm(page)
        self.form.hide()
        self._way = button("记无争议事实", self.start, symbol="edit")
        self._way.setObjectName("facts.way")
        self._print = button("打印", lambda: self._page.go("papers", "facts"), symbol="print")
        self._print.setObjectName("facts.print")
        self.header.addWidget(self._print)
        self.header.addWidget(self._way)
        self.add(self._lines)
        self.add(self.form)
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)

    def show_case(self, view: CaseView) -> None:
        """What was recorded, who consented, whether it is signed."""
        file, consent = view.file, view.file.undisputed_facts_consent
        self.form.settle(view)
        may = view.state not in _NEVER and bool(file.mediators)
        self._way.setVisible(may)
        self._print.setVisible(bool(file.undisputed_facts) and consent is not None)
        if not may:
            self.form.hide()
        clear(self._lines)
        for number, fact in enumerate(file.undisputed_facts, start=1):
            self._lines.addWidget(paragraph(f"{number}．{fact}"))
        if consent is not None:
            self._lines.addWidget(small(self._told(view), wrap=True))
        elif not file.undisputed_facts:
            self._lines.addWidget(
                small("各方同意的，可以把没有争议的事实记下来；让步和方案不写。", wrap=True)
            )

    def start(self) -> None:
        """Open the form."""
        self.form.show()
        self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self.form.primary()

    def _told(self, view: CaseView) -> str:
        consent, name_of = view.file.undisputed_facts_consent, view.file.name_of
        if consent is None:
            return ""
        if consent.refused_by:
            return f"{day(consent.on)} {names(consent.refused_by, name_of)}不同意记载，没有记载。"
        signed = "，各方已签名" if consent.signed else "，还没有签名"
        return f"{day(consent.on)} {names(consent.by, name_of)}同意记载{signed}。"


class FactsForm(StepForm):
    """One fact a line; who consents and who does not."""

    code = "facts"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "记无争议事实", "记下", remark="只写事实，一行一项；让步和方案不能写")
        self._facts = self.field("没有争议的事实（一行一项）", "facts", NoteField(lines=4))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._by = self.field("谁同意记载", "by", PartyPick())
        self._refused = self.field("谁不同意", "refused_by", PartyPick())
        self._signed = self.check_box("各方已经在纸上签名", "signed")
        self._basis = small(wrap=True)
        self.add(self._facts)
        self.line(self._on, None)
        self.add(self._by)
        self.add(self._refused)
        self.add(self._signed)
        self.add(self._basis)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Anew when something was recorded."""
        return view.file.case_key, view.file.undisputed_facts, view.file.undisputed_facts_consent

    def refresh_choices(self, view: CaseView) -> None:
        """All parties, once on each side of the question."""
        people = [(party.ref, party.name) for party in view.file.parties]
        self._by.editor.offer(people)
        self._refused.editor.offer(people)

    def prefill(self, view: CaseView) -> None:
        """What is recorded; nobody is taken to have consented."""
        file, consent = view.file, view.file.undisputed_facts_consent
        self._facts.editor.set_value("\n".join(file.undisputed_facts))
        self._on.editor.set_value(consent.on if consent is not None else view.today)
        self._by.editor.set_value(consent.by if consent is not None else ())
        self._refused.editor.set_value(consent.refused_by if consent is not None else ())
        self._signed.setChecked(consent is not None and consent.signed)
        self._basis.setText(f"依据：{court_rules().facts_basis}")

    def steps(self) -> Sequence[Step]:
        """One `RecordFacts`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        facts = tuple(line.strip() for line in self._facts.editor.value().splitlines() if line.strip())
        by, refused = self._by.editor.value(), self._refused.editor.value()
        return (RecordFacts(facts=facts, by=by, refused_by=refused, on=on, signed=self._signed.isChecked()),)
