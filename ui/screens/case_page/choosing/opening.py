"""候选名单: who would be shown to the parties, why, and what is asked before they choose."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.choosing.recusal_rules import recusal_rule
from mediation_desk.cases.choosing.shortlist import Shortlist
from mediation_desk.experts.choice.fields import languages
from mediation_desk.experts.model import RecusalResult
from ui.fields.choice_field import ChoiceField
from ui.screens.case_page.choosing.candidates import CandidateRow, CandidateRows, of_candidate
from ui.screens.case_page.choosing.left_out import LeftOutList
from ui.screens.case_page.choosing.published import rule_fold
from ui.screens.case_page.choosing.reading import ChoiceReading, read_choice
from ui.screens.case_page.choosing.service_form import ServiceForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.text import paragraph

_SEATS = {0: "不需要", 1: "一位", 2: "两位"}


class OpeningForm(ServiceForm):
    """The shortlist with its reasons; the button fixes it as the list of a round."""

    code = "opening"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "候选名单", "出示名单，开始选择", cancel=False)
        tongue: ChoiceField[str] = ChoiceField(languages(), empty="不限")
        seats: ChoiceField[int] = ChoiceField(_SEATS, word=lambda number: _SEATS[number])
        self._language = self.field("当事人必须用的语言", "language", tongue)
        self._assisting = self.field("协助调解员", "assisting", seats)
        self._hint = paragraph("", Tone.SOON)
        self._rows = CandidateRows()
        self._left_out = LeftOutList(page)
        self.line(self._language, self._assisting, None)
        for widget in (self._hint, self._rows, self._left_out, rule_fold(page, "opening.rule")):
            self.add(widget)
        self.finish()
        self.deeds.removeWidget(self.submit_button)
        self.header.addWidget(self.submit_button)  # on screen however long the list is
        tongue.edited.connect(self._read)

    def show_reading(self, reading: ChoiceReading) -> None:
        """The list as it is now; a language asked for is asked again."""
        if reading.shortlist is None:
            return
        if self._language.editor.value() and not reading.shortlist.language:
            self._read()
        else:
            self._show_list(reading.shortlist)

    def subject(self, view: CaseView) -> object:
        """Every round begins with an open question."""
        return view.file.case_key, len(view.file.selection_history)

    def prefill(self, view: CaseView) -> None:
        """Any language, nobody assists."""
        self._language.editor.setCurrentIndex(0)
        self._assisting.editor.setCurrentIndex(0)

    def focus_first(self) -> None:
        """The list is there to be read: the button comes first."""
        self.page.bring_into_view(self)
        self.submit_button.setFocus(Qt.FocusReason.TabFocusReason)

    def primary(self) -> QPushButton | None:
        """Only while somebody works here, and somebody can be shown."""
        return self.submit_button if self.is_in_use() and self.submit_button.isEnabled() else None

    def call(self) -> Callable[[], object]:
        """`ChoosingService.open_round`."""
        services, key = self.page.context.services, self.page.view.file.case_key
        language, assisting = self._language.editor.value() or "", self._assisting.editor.value() or 0
        return lambda: services.choosing.open_round(
            services.actor, key, language=language, assisting=assisting
        )

    def told(self) -> str:
        """What happens now."""
        return "名单已经固定，请各方一方一方地选"

    def _read(self) -> None:
        services, key = self.page.context.services, self.page.view.file.case_key
        language = self._language.editor.value() or ""
        self.page.context.desk.query(
            lambda: read_choice(services, key, language), self._on_read, owner=self, slot="shortlist"
        )

    def _on_read(self, reading: ChoiceReading) -> None:
        if reading.shortlist is not None:
            self._show_list(reading.shortlist)

    def _show_list(self, listed: Shortlist) -> None:
        today = self.page.view.today
        self._rows.show_rows([CandidateRow(of_candidate(one, today)) for one in listed.candidates])
        self._left_out.show_people(listed.left_out, listed.other_field)
        self.remark.setText(f"{len(listed.candidates)} 位，按在办案件从少到多，一样的轮流在前")
        self.submit_button.setEnabled(bool(listed.candidates))
        hint = f"{_vacated(self.page.view)}{_hint(listed)}"
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))


def _vacated(view: CaseView) -> str:
    """After a recusal: who went, and what a further objection means on this track."""
    last = view.file.recusals[-1] if view.file.recusals else None
    if last is None or last.result is not RecusalResult.GRANTED or last.replaced_by is not None:
        return ""
    name, rule = view.card_name(last.mediator), recusal_rule(view.file.track)
    return f"{name}不再任本案调解员，请各方另选。{rule.again}。"


def _hint(listed: Shortlist) -> str:
    if not listed.candidates:
        return "现在没有可以供当事人选择的调解员：请看下面各人的原因，或者由中心指派。"
    return "擅长这类纠纷的人不足，已放宽领域补上，补上的排在后面。" if listed.widened else ""
