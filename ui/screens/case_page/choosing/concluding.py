"""All have sealed: the overlap, what the rule makes of it, and the confirmation."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from PySide6.QtCore import Qt

from mediation_desk.cases.choosing.outcome import Outcome
from mediation_desk.experts.choice.rule import Step as Following
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.case_page.choosing.overlap import of_ballot, overlap_table
from ui.screens.case_page.choosing.published import rule_fold
from ui.screens.case_page.choosing.reading import ChoiceReading, names_in, told
from ui.screens.case_page.choosing.service_form import ServiceForm
from ui.screens.case_page.choosing.team import TeamFields
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import clauses
from ui.tokens import Tone
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.text import paragraph

_VERBS = {
    Following.APPOINT: "确认选定",
    Following.RUN_OFF: "进入第二轮",
    Following.DESIGNATE: "记下结果，改由中心指派",
}
_TOLD = {
    Following.RUN_OFF: "没有共同的人选，请各方再选一轮",
    Following.DESIGNATE: "没有共同的人选，改由中心指派",
}


class ConcludeForm(ServiceForm):
    """Nothing can be changed here any more; a mediator who may not serve is named with the reason."""

    code = "choice"
    goes_on = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "选择的结果", "确认选定", cancel=False)
        self._outcome: Outcome | None = None
        self._table = column(gap=8)
        self._withdrawn = paragraph("", Tone.SOON)
        self._why = paragraph("", Tone.ACCENT)
        self._on = self.field("选定日期", "on", DateField(), required=True)
        self._team = TeamFields(self)
        self._details = boxed(column(row(self._on, *self._team.line, gap=12), self._team.told, gap=8))
        self.add(self._table)
        for widget in (self._withdrawn, self._why, rule_fold(page, "choice.result_rule"), self._details):
            self.add(widget)
        self.finish()

    def show_reading(self, reading: ChoiceReading) -> None:
        """The result as the pool stands now."""
        outcome = self._outcome = reading.outcome
        if outcome is None:
            return
        view, ballot = self.page.view, outcome.ballot
        names = names_in(view.file, ballot.shown)
        clear(self._table)
        self._table.addWidget(overlap_table(of_ballot(ballot, outcome.next.result, outcome.withdrawn), view))
        gone = [f"{names[pool_no]}：{clauses((reason,))}" for pool_no, reason in outcome.withdrawn.items()]
        self._withdrawn.setText(f"名单出示以后不能再任本案调解员的：{'；'.join(gone)}。" if gone else "")
        self._withdrawn.setVisible(bool(gone))
        step = outcome.next.step
        self._why.setText(f"{told(outcome.next.why, names)}。")
        self._why.set_tone(Tone.ACCENT if step is Following.APPOINT else Tone.SOON)
        self._details.setVisible(step is Following.APPOINT)
        self.submit_button.set_caption(_VERBS[step])

    def focus_first(self) -> None:
        """The first field; without a result only the button is left."""
        if self._details.isVisibleTo(self):
            super().focus_first()
        else:
            self.page.bring_into_view(self)
            self.submit_button.setFocus(Qt.FocusReason.TabFocusReason)

    def subject(self, view: CaseView) -> object:
        """Every round is confirmed anew."""
        return view.file.case_key, self._outcome.ballot.no if self._outcome else 0

    def refresh_choices(self, view: CaseView) -> None:
        """Recorders and mediators as they are known now."""
        self._team.offer(view)

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(max(view.today, view.file.intake.accepted_on or view.today))
        self._team.prefill(view)

    def call(self) -> Callable[[], object]:
        """`ChoosingService.conclude`; pressed twice it does it once."""
        on, outcome = self._on.editor.value(), self._outcome
        if on is None or outcome is None:
            raise InputError("请填写选定日期。", field="on")
        services, file, operation = self.page.context.services, self.page.view.file, uuid4().hex
        recorder, text = self._team.recorder_chosen(), self._team.disclosure_text()
        assisting = tuple(one for one in self._team.assisting_numbers() if one not in outcome.next.result)
        return lambda: services.choosing.conclude(
            services.actor,
            file.case_key,
            on=on,
            recorder=recorder,
            assisting=assisting,
            disclosure=text,
            version=file.version,
            operation_id=operation,
        )

    def told(self) -> str:
        """Who was chosen, or what follows."""
        if self._outcome is None:
            return ""
        result = self._outcome.next.result
        if not result:
            return _TOLD[self._outcome.next.step]
        shown = self._outcome.ballot.shown
        name = next(one.name for one in shown if one.pool_no == result[0])
        return f"各方选定{name}主持"


class EndRoundForm(ServiceForm):
    """中止: the round stays on record with its reason; what was marked in it is shown to nobody."""

    code = "endround"
    goes_on = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "中止这一轮", "中止")
        self._reason = self.field("原因", "reason", TextField("例如 当事人改日再选"), required=True)
        self.add(self._reason)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Empty."""
        self._reason.editor.set_value("")

    def call(self) -> Callable[[], object]:
        """`ChoosingService.end_round`."""
        services, key = self.page.context.services, self.page.view.file.case_key
        reason = self._reason.editor.value()
        return lambda: services.choosing.end_round(services.actor, key, reason)

    def told(self) -> str:
        """That it ended."""
        return "这一轮已经中止，记录都在"
