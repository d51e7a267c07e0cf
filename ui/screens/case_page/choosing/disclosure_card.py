"""One mediator: what was disclosed, what each party says to it, and what follows from an objection."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QGridLayout, QPushButton

from mediation_desk.cases.choosing.disclosing import objections_waiting
from mediation_desk.cases.choosing.recusal_rules import Objection, recusal_rule
from mediation_desk.cases.lifecycle import IN_ROOM
from mediation_desk.cases.model import CaseFile
from mediation_desk.experts.choice.ballot import Answer, Disclosure
from mediation_desk.experts.model import CaseMediator
from mediation_desk.shared.errors import DeskError
from ui.screens.case_page.choosing.disclosing import DiscloseForm
from ui.screens.case_page.choosing.objecting import ObjectForm, RulingForm, effect, separated
from ui.screens.case_page.choosing.reading import ChoiceReading
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import cut, day
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel
from ui.widgets.text import paragraph, small


class DisclosureCard(Card):
    """Nothing typed here is lost when the case is read again."""

    def __init__(self, page: Page, mediator: CaseMediator) -> None:
        super().__init__(f"披露：{mediator.name}（{mediator.role}）")
        self.setObjectName(f"disclosure.{mediator.pool_no}")
        self._page, self._mediator = page, mediator
        self._known: Disclosure | None = None
        self._asking: list[DeskButton] = []
        self._just_told = False
        self._text = paragraph()
        self._answers = QGridLayout()
        self._answers.setHorizontalSpacing(theme().px(12))
        self._answers.setVerticalSpacing(theme().px(6))
        self._answers.setColumnStretch(3, 1)
        self._effect = small("", wrap=True)
        self._alter = link("改写", lambda: self._open(True), symbol="edit")
        self._alter.setObjectName(f"disclosure.{mediator.pool_no}.alter")
        self._paper = link("看披露书", self._on_paper_clicked, symbol="paper")
        self._paper.setObjectName(f"disclosure.{mediator.pool_no}.paper")
        self.form = DiscloseForm(page, mediator)
        self.objection = ObjectForm(page, mediator)
        self.ruling = RulingForm(page, mediator)
        self.header.addWidget(self._alter)
        self.header.addWidget(self._paper)
        self.add(self._text)
        for form in (self.form, self.objection, self.ruling):
            separated(form).hide()
            form.body.setContentsMargins(0, 0, 0, 0)
        self.add(self.form)
        self.add(self._answers)
        self.add(self.objection)
        self.add(self.ruling)
        self.add(self._effect)
        self.form.given_up.connect(lambda: self._open(False))
        self.form.done.connect(self._on_disclosed)
        self.objection.given_up.connect(self.objection.hide)
        self.objection.done.connect(self.objection.hide)

    def show_case(self, view: CaseView, reading: ChoiceReading, mediator: CaseMediator) -> None:
        """The disclosure as it stands; forms keep what is being typed."""
        pool_no = mediator.pool_no
        self._mediator, self._known = mediator, reading.disclosure_of(pool_no)
        working, told = view.state in IN_ROOM, bool(mediator.disclosure.strip())
        rule = recusal_rule(view.file.track)
        said = f"（{day(self._known.on)}）" if self._known else ""
        self._text.setText(f"{mediator.disclosure}{said}" if told else "还没有披露。第一次调解之前应当披露。")
        self._text.set_tone(Tone.INK if told else Tone.SOON)
        self._text.setVisible(told or not working)
        self.form.show_mediator(mediator, reading.hits_of(pool_no))
        self.form.settle(view)
        self.form.setVisible(working and (not told or self.form.isVisibleTo(self)))
        self._alter.setVisible(working and told and not self.form.isVisibleTo(self))
        waiting = self._waiting(view.file) if rule.objection is Objection.RULING else None
        self._show_answers(view, working and told)
        self.ruling.setVisible(working and waiting is not None)
        if waiting is not None:
            self.ruling.show_objection(waiting, rule)
        self._effect.setText(effect(rule, mediator.name))
        self._effect.setVisible(working and told and waiting is None and not self.objection.isVisibleTo(self))
        if not working:
            self.objection.hide()

    def focus_first(self) -> None:
        """The words if they are missing, otherwise the first answer still to be given."""
        if self.form.isVisibleTo(self):
            self.form.focus_first()
            return
        self._page.bring_into_view(self)
        self._alter.setFocus()

    def primary(self) -> QPushButton | None:
        """The form that is open and in use."""
        return self.form.primary() or self.objection.primary() or self.ruling.primary()

    def _waiting(self, file: CaseFile) -> Answer | None:
        """The first objection that waits for a ruling."""
        return next(iter(objections_waiting(file, self._known)), None) if self._known else None

    def _show_answers(self, view: CaseView, open_for_answers: bool) -> None:
        focused = QApplication.focusWidget()
        inside = isinstance(focused, DeskButton) and bool(focused.property("answer"))
        clear(self._answers)
        self._asking = []
        given = {answer.party: answer for answer in (self._known.answers if self._known else ())}
        if not open_for_answers and not given:
            return
        for line, party in enumerate(view.file.parties):
            answer = given.get(party.ref)
            self._answers.addWidget(PlainLabel(cut(party.name, 16)), line, 0)
            if answer is not None:
                self._answers.addWidget(_said(answer, self._known), line, 1)
            elif open_for_answers:
                yes = button("无异议", partial(self._accept, party.ref), symbol="check")
                self._asking.append(yes)
                self._answers.addWidget(self._named(yes, f"accept.{party.ref}"), line, 1)
            if open_for_answers and (answer is None or answer.accepts):
                no = button("要求更换", partial(self._object, party.ref))
                self._answers.addWidget(self._named(no, f"object.{party.ref}"), line, 2)
        if inside or self._just_told:
            self._just_told = False
            self._focus_answers()

    def _named(self, made: DeskButton, name: str) -> DeskButton:
        made.setObjectName(f"disclosure.{self._mediator.pool_no}.{name}")
        made.setProperty("answer", True)
        return made

    def _focus_answers(self) -> None:
        """The next party's buttons; when all have spoken, the way to alter the words."""
        first = next(iter(self._asking), self._alter)
        first.setFocus(Qt.FocusReason.TabFocusReason)
        self._page.bring_into_view(self)

    def _accept(self, party: str) -> None:
        view, services = self._page.view, self._page.context.services
        answer = Answer(party=party, on=view.today, accepts=True)
        key, number = view.file.case_key, self._mediator.pool_no
        name = view.file.name_of(party)
        self._page.call(
            lambda: services.disclosures.answer(services.actor, key, number, answer),
            lambda _file: None,
            self._on_failed,
            lambda _file: f"{name}对{self._mediator.name}无异议。",
        )

    def _object(self, party: str) -> None:
        self._effect.hide()
        self.objection.ask(party, recusal_rule(self._page.view.file.track))

    def _on_failed(self, error: BaseException) -> bool:
        if not isinstance(error, DeskError):
            return False
        self._page.context.say(error.message)
        self._page.read_again()
        return True

    def _on_paper_clicked(self) -> None:
        serving = [one.pool_no for one in self._page.view.file.mediators]
        self._page.show_stored("disclosure", serving.index(self._mediator.pool_no))
        self._page.open_pane()

    def _on_disclosed(self) -> None:
        """What each party says to it comes next."""
        self._just_told = True
        self._open(False)

    def _open(self, is_open: bool) -> None:
        self.form.setVisible(is_open)
        self._alter.setVisible(not is_open)
        if is_open:
            self.form.focus_first()


def _said(answer: Answer, known: Disclosure | None) -> PlainLabel:
    if answer.accepts:
        return PlainLabel(f"无异议　{day(answer.on)}", tone=Tone.DONE)
    ruled = f"　{known.ruled_by}{known.ruling}" if known and known.ruling else ""
    return PlainLabel(f"要求更换：{answer.ground}，{answer.detail}{ruled}", tone=Tone.SOON)
