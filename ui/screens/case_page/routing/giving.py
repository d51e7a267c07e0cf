"""转办, 交办, 协办 and 包案: who is to act, until when, and why."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.beside import OrderKind
from mediation_desk.cases.routing.terms import term_of
from mediation_desk.cases.steps.routing import AppointSponsor, Route
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import DayUnit
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField, TextField
from ui.fields.unit_field import UnitField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.routing.rules import units
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.widgets.text import paragraph

_TASKS = {
    OrderKind.HAND_OVER: "转办的理由",
    OrderKind.ASSIGN: "事项和要求",
    OrderKind.ASSIST: "请协助什么",
}


class RouteForm(StepForm):
    """One form for each of the three ways; the centre's own term is named before anything is typed."""

    def __init__(self, page: Page, kind: OrderKind, code: str) -> None:
        self.code = code
        super().__init__(page, kind.value, kind.value)
        self.kind = kind
        self._wrong = ""
        self._to = self.field("单位", "to", UnitField("名称、简称或拼音，例如 长安街道、cajd"), required=True)
        self._person = self.field("责任人（不写为该单位联系人）", "person", TextField(longest=40))
        self._helpers = self.field("协办单位", "helpers", UnitField("几个单位用顿号隔开", several=True))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._due = self.field("办理期限", "due_on", DateField())
        self._decided = self.field("决定的值班长", "decided_by", TextField(longest=40), required=True)
        self._task = self.field(_TASKS[kind], "task", NoteField(lines=2, longest=2000), required=True)
        self._term = paragraph()
        self.line(self._to, self._person)
        self.line(self._on, self._due, self._decided, None)
        self.add(self._helpers)
        self.add(self._task)
        self.add(self._term)
        self.finish()
        self.order(
            *(
                field.editor
                for field in (
                    self._to,
                    self._person,
                    self._on,
                    self._due,
                    self._decided,
                    self._helpers,
                    self._task,
                )
            )
        )
        self._helpers.setVisible(kind is not OrderKind.ASSIST)
        self._on.editor.editingFinished.connect(self._show_term)

    def subject(self, view: CaseView) -> object:
        """Anew when another order was given meanwhile."""
        return view.file.case_key, len(view.file.beside.orders)

    def prefill(self, view: CaseView) -> None:
        """Today; the duty manager is asked for after a second refusal only."""
        tree, self._wrong = units()
        for field in (self._to, self._helpers):
            field.editor.set_tree(tree)
            field.editor.set_value("")
        for text in (self._person, self._decided):
            text.editor.set_value("")
        self._task.editor.set_value("")
        self._due.editor.set_value(None)
        self._on.editor.set_value(view.today)
        twice = view.file.beside.undecided_order is not None
        self._decided.setVisible(twice and self.kind is OrderKind.ASSIGN)
        self._show_term()

    def focus_first(self) -> None:
        """Learn how the units sound while the first letters are typed; that takes a moment only once."""
        tree, desk = units()[0], self.page.context.desk
        desk.query(lambda: tree.find("a"), lambda _found: None, owner=self, slot="sounds")
        super().focus_first()

    def steps(self) -> Sequence[Step]:
        """One `Route`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            Route(
                on=on,
                kind=self.kind,
                to=self._to.editor.value(),
                person=self._person.editor.value(),
                due_on=self._due.editor.value(),
                helpers=self._helpers.editor.names() if self.kind is not OrderKind.ASSIST else (),
                task=self._task.editor.value(),
                decided_by=self._decided.editor.value(),
            ),
        )

    def _show_term(self) -> None:
        on, term = self._on.editor.value(), None
        try:
            term = term_of(self.kind, self.page.view.file.dispute.difficulty)
        except InputError as error:
            self._wrong = self._wrong or error.message
        if self._wrong or term is None or on is None:
            self._term.setText(self._wrong)
            return
        unit = "个工作日" if term.unit is DayUnit.WORKING_DAYS else "日"
        self._term.setText(f"不写办理期限的，按{term.days}{unit}到 {day(term.end(on))}。依据：{term.basis}。")


class SponsorForm(StepForm):
    """包案: name, post, since when; a case that is not hard asks for a reason."""

    code = "sponsor"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "包案", "包案")
        self._name = self.field("包案领导", "name", TextField(longest=40), required=True)
        self._post = self.field("职务", "post", TextField(longest=40))
        self._on = self.field("日期", "on", DateField(), required=True)
        self._reason = self.field("理由（普通案件须写）", "reason", TextField(longest=400))
        self.line(self._name, self._post, self._on)
        self.add(self._reason)
        self.finish()
        self.order(*(field.editor for field in (self._name, self._post, self._on, self._reason)))

    def subject(self, view: CaseView) -> object:
        """Anew when somebody else was named."""
        return view.file.case_key, view.file.beside.sponsor

    def prefill(self, view: CaseView) -> None:
        """Who answers now, from today."""
        sponsor = view.file.beside.sponsor
        self._name.editor.set_value(sponsor.name if sponsor else "")
        self._post.editor.set_value(sponsor.post if sponsor else "")
        self._reason.editor.set_value(sponsor.reason if sponsor else "")
        self._on.editor.set_value(view.today)

    def steps(self) -> Sequence[Step]:
        """One `AppointSponsor`."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (
            AppointSponsor(
                on=on,
                name=self._name.editor.value(),
                post=self._post.editor.value(),
                reason=self._reason.editor.value(),
            ),
        )
