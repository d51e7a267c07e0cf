"""通知书的文号: which notices went out with which number, and the form that sends another one."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.official_notice import NoticeKind, OfficialNotice
from mediation_desk.cases.steps.notifying import IssueNotice, to_issue
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import column

Choice = tuple[NoticeKind, int | None]


class OfficialNotices(QWidget):
    """A card with what went out, and the button that opens the form; away where there is neither."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.form = IssueForm(page)
        self.card = Card("通知书的文号")
        self.card.setObjectName("issue.card")
        self._facts = FactGrid(columns=1)
        self.card.add(self._facts)
        self.way = button("发出通知", self.start)
        self.way.setObjectName("issue.way")
        self.card.header.addWidget(self.way)
        self.setLayout(column(self.card, self.form, gap=12))
        self.form.hide()
        self.form.given_up.connect(self.form.hide)
        self.form.done.connect(self.form.hide)

    def show_case(self, view: CaseView) -> None:
        """As it is on file; the button only while something could go out."""
        able = view.state in IssueNotice.transition.sources and view.file.beside.binned is None
        able = able and bool(to_issue(view.file))
        sent = view.file.beside.notices
        self.setVisible(able or bool(sent))
        self.way.setVisible(able)
        if not able:
            self.form.hide()
        self.form.settle(view)
        self._facts.clear()
        for one in sent:
            self._facts.add(one.kind.paper, _told(one))
        if not sent:
            self._facts.add("状态", "还没有发出过有文号的通知；没有文号的，印出来留着横线手写")

    def start(self) -> None:
        """Open the form."""
        self.form.show()
        self.form.focus_first()

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return self.form.primary()


class IssueForm(StepForm):
    """Which notice, when; for 补正 also what is missing, one a line, and until when."""

    code = "issue"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(
            page, "发出通知", "给文号", remark="给了文号就记在历史里；办错了可以马上撤销，文号作废"
        )
        kind: ChoiceField[Choice] = ChoiceField((), word=_word)
        kind.setMinimumContentsLength(11)
        self._kind = self.field("哪一种", "kind", kind)
        self._on = self.field("日期", "on", DateField(), required=True)
        self._due = self.field("最迟哪天补齐", "due_on", DateField())
        self._what = self.field(
            "缺哪些材料（一行一项）", "what", NoteField("例如 身份证复印件", lines=3), required=True
        )
        self.line(self._kind, self._on, self._due, None)
        self.add(self._what)
        self.finish()
        self._kind.editor.currentIndexChanged.connect(lambda _place: self._on_kind_changed())

    def subject(self, view: CaseView) -> object:
        """Another notice went out, or something else may be told."""
        return view.file.case_key, to_issue(view.file), len(view.file.beside.notices)

    def refresh_choices(self, view: CaseView) -> None:
        """What could go out now."""
        self._kind.editor.set_values(to_issue(view.file))

    def prefill(self, view: CaseView) -> None:
        """The newest thing nobody was told of, today."""
        choices = to_issue(view.file)
        if choices:
            self._kind.editor.set_value(choices[-1])
        self._on.editor.set_value(view.today)
        self._due.editor.set_value(None)
        self._what.editor.set_value("")
        self._on_kind_changed()

    def steps(self) -> Sequence[Step]:
        """One `IssueNotice`."""
        chosen, on = self._kind.editor.value(), self._on.editor.value()
        if chosen is None:
            raise InputError("请选哪一种通知书。", field="kind")
        if on is None:
            raise InputError("请填写日期。", field="on")
        kind, about = chosen
        asks = kind is NoticeKind.COMPLETION
        what = self._what.editor.value() if asks else ""
        return (
            IssueNotice(
                kind=kind, on=on, about=about, what=what, due_on=self._due.editor.value() if asks else None
            ),
        )

    def _on_kind_changed(self) -> None:
        chosen = self._kind.editor.value()
        asks = chosen is not None and chosen[0] is NoticeKind.COMPLETION
        self._what.setVisible(asks)
        self._due.setVisible(asks)


def _word(choice: Choice) -> str:
    kind, about = choice
    return f"{kind.paper}（第{about}次）" if about is not None else kind.paper


def _told(one: OfficialNotice) -> str:
    turn = f"第{one.about}次，" if one.about is not None else ""
    until = f"，最迟{day(one.due_on)}补齐" if one.due_on else ""
    what = f"：{'；'.join(one.what.splitlines())}{until}" if one.what else ""
    return f"{one.number}，{turn}{day(one.on)}，{one.by}{what}"
