"""调查记录: the records of investigation (F-08), and the form for the next one."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.steps.investigating import Investigate, SignInvestigation
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
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


class InvestigationsCard(Card):
    """In the order they were made."""

    def __init__(self, page: Page) -> None:
        super().__init__("调查记录")
        self._page = page
        self._lines = column(gap=8)
        self.form = InvestigationForm(page)
        self.form.hide()
        self._way = button("记调查", self.start, symbol="edit")
        self._way.setObjectName("investigation.way")
        self.header.addWidget(self._way)
        self.add(self.form)
        self.add(self._lines)
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)

    def show_case(self, view: CaseView) -> None:
        """What was found, whether those asked have signed, and the way to its paper."""
        file = view.file
        self.form.settle(view)
        may = view.state in Investigate.transition.sources and bool(file.mediators)
        self._way.setVisible(may)
        if not may:
            self.form.hide()
        clear(self._lines)
        for no, talk in enumerate(file.investigations, start=1):
            people = (
                f"{day(talk.on)}　{talk.place}　{names(talk.by, view.card_name)}"
                f"问{names(talk.of, file.name_of)}"
            )
            signed = Chip("已签名", Tone.DONE) if talk.signed else Chip("未签名", Tone.SOON)
            paper = link("看调查记录", partial(self._page.show_stored, "investigation", no - 1))
            paper.setObjectName(f"investigation.paper.{no}")
            head = row(small(people, wrap=True), signed, None, paper)
            if may and not talk.signed:
                sign = link("都签了", partial(self._on_signed_clicked, no))
                sign.setObjectName(f"investigation.sign.{no}")
                head.addWidget(sign)
            self._lines.addLayout(head)
            self._lines.addWidget(paragraph(talk.content))
        if not file.investigations:
            why = "还没有调查。" if file.mediators else "选定调解员以后，可以记调查。"
            self._lines.addWidget(small(why))

    def start(self) -> None:
        """Open the form."""
        self.form.show()
        self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The open form."""
        return self.form.primary()

    def _on_signed_clicked(self, no: int) -> None:
        self._page.take((SignInvestigation(no=no),), lambda _file: None, lambda _error: False)


class InvestigationForm(StepForm):
    """When, where, who asked whom, and what was seen and said."""

    code = "investigation"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "记调查", "记下调查", remark="问答的，一行写“问：”，一行写“答：”")
        self._on = self.field("日期", "on", DateField(), required=True)
        self._place = self.field("地点", "place", TextField("例如 301室、401室"), required=True)
        self._by = self.field("调查人", "by", PartyPick(needed="请选调查人。"))
        self._of = self.field("被调查人", "of", PartyPick(needed="请选被调查人。"))
        self._content = self.field(
            "看到、问到的", "content", NoteField("当事人要求保密的话不写在这里", lines=6), required=True
        )
        self._signed = self.check_box("被调查人已经在纸上签名", "signed")
        self.line(self._on, self._place)
        self.add(self._by)
        self.add(self._of)
        self.add(self._content)
        self.add(self._signed)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """Each investigation anew."""
        return view.file.case_key, len(view.file.investigations)

    def refresh_choices(self, view: CaseView) -> None:
        """Mediators and the recorder ask; parties are asked."""
        file = view.file
        office = [(one.pool_no, one.name) for one in file.mediators]
        if file.recorder is not None and file.recorder.pool_no not in {ref for ref, _name in office}:
            office.append((file.recorder.pool_no, file.recorder.name))
        self._by.editor.offer(office)
        self._of.editor.offer([(party.ref, party.name) for party in file.parties])

    def prefill(self, view: CaseView) -> None:
        """Today, by the mediators, of everybody."""
        self._on.editor.set_value(view.today)
        self._place.editor.set_value(view.file.dispute.place)
        self._by.editor.set_value(tuple(one.pool_no for one in view.file.mediators))
        self._of.editor.mark_all()
        self._content.editor.set_value("")
        self._signed.setChecked(False)

    def steps(self) -> Sequence[Step]:
        """One `Investigate`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            Investigate(
                on=on,
                place=self._place.editor.value(),
                by=self._by.editor.value(),
                of=self._of.editor.value(),
                content=self._content.editor.value(),
                signed=self._signed.isChecked(),
            ),
        )
