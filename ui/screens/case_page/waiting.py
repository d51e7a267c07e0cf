"""等候安排 on the case page: what the next session waits for, and the forms to wait and to stop waiting."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.calendar.queue import waits
from mediation_desk.cases.calendar.rooms import room_kinds
from mediation_desk.cases.lifecycle import UNDER_WAY
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.steps.waiting import LeaveWaiting, Wait
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.waiting import Urgency, Waiting
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.layout import column, row
from ui.widgets.text import paragraph

_ANY = "都可以"


class WaitingPanel(QWidget):
    """A card while the case waits; the forms are hidden until asked for.

    ``way`` is the button that opens them: the tab puts it beside its other buttons.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.wait, self.leave = WaitForm(page), LeaveForm(page)
        self.card = Card("等候安排")
        self.card.setObjectName("wait.card")
        self._words = paragraph()
        change = link("改", lambda: self.start("wait"), symbol="edit")
        change.setObjectName("wait.change")
        stop = link("不再等候", lambda: self.start("leave"))
        stop.setObjectName("wait.stop")
        self.card.add(self._words)
        self.card.add(row(change, stop, None))
        self.way = button("等候安排", lambda: self.start("wait"))
        self.way.setParent(self)
        self.way.setObjectName("wait.way")
        self.setLayout(column(self.card, self.wait, self.leave, gap=12))
        for form in (self.wait, self.leave):
            form.hide()
            form.given_up.connect(form.hide)
            form.given_up.connect(lambda: self.show_case(page.view))
            form.done.connect(form.hide)

    def show_case(self, view: CaseView) -> None:
        """As it is on file; only while a session may be waited for."""
        able = view.state in UNDER_WAY and view.planned is None and view.file.beside.binned is None
        self.setVisible(able)
        if not able:
            for widget in (self.wait, self.leave, self.way):
                widget.hide()
            return
        self.wait.settle(view)
        self.leave.settle(view)
        waiting = view.file.beside.waiting
        on_list = waiting is not None and waits(view.file)
        self.card.setVisible(on_list)
        if waiting is not None and on_list:
            self.card.remark.setText(f"{waiting.urgency}，{day(waiting.since)} 起，{waiting.by}登记")
            self._words.setText(_wishes(waiting, view) or "没有特别的要求。")
        self.way.setVisible(not on_list and not self.wait.isVisibleTo(self))

    def start(self, form: str) -> None:
        """``wait`` or ``leave``."""
        wanted = self.leave if form == "leave" else self.wait
        for one in (self.wait, self.leave):
            one.setVisible(one is wanted)
        self.way.hide()
        wanted.focus_first()

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return self.wait.primary() or self.leave.primary()


class WaitForm(StepForm):
    """What is wished for; taken again it changes the wish and keeps the place."""

    code = "wait"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "等候安排下一次调解", "列入等候")
        self._urgency = self.field("急不急", "urgency", ChoiceField(tuple(reversed(Urgency))))
        self._mode = self.field("方式", "mode", ChoiceField(SessionMode, empty=_ANY))
        self._kind = self.field("调解室", "room_kind", ChoiceField(room_kinds(), empty=_ANY))
        mediator: ChoiceField[str] = ChoiceField((), word=self._name_of, empty=_ANY)
        self._mediator = self.field("调解员", "mediator", mediator)
        self._earliest = self.field("最早哪天", "earliest", DateField())
        self._preferred = self.field("什么时间方便", "preferred", TextField("例如 周三下午"))
        self._note = self.field("说明", "note", TextField("紧急的写明为什么急"))
        self.line(self._urgency, self._mode, self._kind, self._mediator, None)
        self.line(self._earliest, self._preferred)
        self.add(self._note)
        self.finish()

    def subject(self, view: CaseView) -> object:
        """The next session, with what is wished for."""
        return view.file.case_key, len(view.file.sessions), view.file.beside.waiting

    def refresh_choices(self, view: CaseView) -> None:
        """The mediators of the case."""
        self._mediator.editor.set_values(one.pool_no for one in view.file.mediators)

    def prefill(self, view: CaseView) -> None:
        """What was wished for so far."""
        waiting = view.file.beside.waiting if waits(view.file) else None
        self._urgency.editor.set_value(waiting.urgency if waiting else Urgency.ORDINARY)
        self._mode.editor.set_value(waiting.mode if waiting else None)
        self._kind.editor.set_value((waiting.room_kind or None) if waiting else None)
        self._mediator.editor.set_value((waiting.mediator or None) if waiting else None)
        self._earliest.editor.set_value(waiting.earliest if waiting else None)
        self._preferred.editor.set_value(waiting.preferred if waiting else "")
        self._note.editor.set_value(waiting.note if waiting else "")

    def steps(self) -> Sequence[Step]:
        """One `Wait`."""
        wait = Wait(
            urgency=self._urgency.editor.value() or Urgency.ORDINARY,
            mode=self._mode.editor.value(),
            room_kind=self._kind.editor.value() or "",
            mediator=self._mediator.editor.value() or "",
            earliest=self._earliest.editor.value(),
            preferred=self._preferred.editor.value(),
            note=self._note.editor.value(),
        )
        return (wait,)

    def _name_of(self, pool_no: str) -> str:
        return self.page.view.card_name(pool_no)


class LeaveForm(StepForm):
    """The reason goes into the diary."""

    code = "leave_waiting"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "不再等候", "从单子里去掉")
        self._reason = self.field("原因", "reason", TextField("例如 各方已经自行和解"), required=True)
        self.add(self._reason)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Empty."""
        self._reason.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `LeaveWaiting`."""
        return (LeaveWaiting(reason=self._reason.editor.value()),)


def _wishes(waiting: Waiting, view: CaseView) -> str:
    parts = (
        waiting.mode.value if waiting.mode else "",
        waiting.room_kind,
        view.card_name(waiting.mediator) if waiting.mediator else "",
        f"{day(waiting.earliest)} 以后" if waiting.earliest else "",
        waiting.preferred,
        waiting.note,
    )
    return "；".join(part for part in parts if part)
