"""Each party marks on its own: by mouse or by the keys 1, 2, 3 …; nobody sees the marks of the others."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from mediation_desk.cases.shortlist import shortlist
from mediation_desk.cases.steps.choosing import RecordChoice
from mediation_desk.cases.steps.step import Step
from mediation_desk.experts.choice_rule import decide
from mediation_desk.experts.model import Choice, SelectionMode
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.screens.case_page.candidates import CandidateList
from ui.screens.case_page.choice_result import marks_table, why
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.team import TeamFields
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import cut
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel, restyle
from ui.widgets.text import paragraph

_HOW = "按一下“选”，或者在光标所在的一行按数字键 1、2、3……排名次；可以只排愿意接受的人。"


class MarkForm(StepForm):
    """One party at a time; when all have marked, the overlap and the rule's answer appear."""

    code = "choice"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "各方选定调解员", "确认选定", cancel=False)
        self._marks: dict[str, list[str]] = {}
        self._party = ""
        self._hint = paragraph("", Tone.QUIET)
        self._people = row(gap=8)
        self._buttons: dict[str, DeskButton] = {}
        self._list = CandidateList()
        self._sealed = PlainLabel(tone=Tone.QUIET)
        self._ready = button("这一方选好了", self._on_ready_clicked, symbol="check")
        self._ready.setObjectName("choice.ready")
        self._overlap = column(gap=6)
        self._on = self.field("选定日期", "on", DateField(), required=True)
        self._team = TeamFields(self)
        self._details = boxed(column(row(self._on, *self._team.line, gap=12), self._team.told, gap=8))
        for item in (self._hint, self._people, self._list, row(self._sealed, None, self._ready)):
            self.add(item)
        self.add(self._overlap)
        self.add(self._details)
        self.finish()
        self._list.ranked.connect(self._on_ranked)

    def subject(self, view: CaseView) -> object:
        """Every round begins anew; a changed pool shows another list."""
        shown = tuple(entry.card.pool_no for entry in shortlist(view.file, view.pool))
        return (
            view.file.case_key,
            len(view.file.selection_history),
            view.file.selection is None,
            frozenset(shown),
        )

    def refresh_choices(self, view: CaseView) -> None:
        """Recorders and mediators as they are known now."""
        self._team.offer(view)

    def prefill(self, view: CaseView) -> None:
        """Nobody has marked."""
        self._on.editor.set_value(max(view.today, view.file.intake.accepted_on or view.today))
        self._team.prefill(view)
        self._marks = {}
        self._list.show_entries(shortlist(view.file, view.pool))
        self._show_parties(view)
        self._choose_party(view.file.parties[0].ref)

    def focus_first(self) -> None:
        """Begin with the first candidate."""
        self.page.bring_into_view(self)
        self._list.focus_first()

    def primary(self) -> QPushButton | None:
        """While parties mark: 这一方选好了; afterwards the step."""
        if not self.is_in_use():
            return None
        return self._ready if self._party else self.submit_button

    def steps(self) -> Sequence[Step]:
        """One `RecordChoice`."""
        on = self._on.editor.value()
        if on is None or self._silent():
            raise InputError(f"还有当事人没有选择：{'、'.join(self._silent())}。")
        return (
            RecordChoice(
                on=on,
                candidates=self._list.numbers(),
                marks={ref: tuple(ranked) for ref, ranked in self._marks.items()},
                assisting=self._team.assisting_numbers(),
                disclosure=self._team.disclosure_text(),
                recorder=self._team.recorder_chosen(),
            ),
        )

    def _silent(self) -> list[str]:
        return [party.name for party in self.page.view.file.parties if not self._marks.get(party.ref)]

    def _show_parties(self, view: CaseView) -> None:
        clear(self._people)
        self._buttons = {}
        for party in view.file.parties:
            made = button(party.name, partial(self._choose_party, party.ref))
            made.setObjectName(f"choice.party.{party.ref}")
            self._buttons[party.ref] = made
            self._people.addWidget(made)
        self._people.addStretch(1)

    def _choose_party(self, ref: str) -> None:
        self._party = ref
        view = self.page.view
        name = view.file.name_of(ref) if ref else ""
        for other, one in self._buttons.items():
            shown = view.file.name_of(other)
            marked = bool(self._marks.get(other)) and other != ref
            one.set_caption(f"{cut(shown)}　已选" if marked else cut(shown))
            one.setProperty("kind", "primary" if other == ref else "plain")
            restyle(one)
        self._list.setVisible(bool(ref))
        self._ready.setVisible(bool(ref))
        self._hint.setText(f"请{name}自己选，其他各方的选择这时不显示。{_HOW}" if ref else "各方都已选好。")
        self._list.show_marks(ref, name, self._marks.get(ref, []))
        self._show_sealed()
        self._show_overlap()

    def _show_sealed(self) -> None:
        left = len(self._silent())
        self._sealed.setText(f"还有 {left} 方没有选。" if left else "")
        self._sealed.setVisible(bool(self._party))
        self._ready.setEnabled(bool(self._party and self._marks.get(self._party)))

    def _show_overlap(self) -> None:
        clear(self._overlap)
        done = not self._party
        self._details.setVisible(done)
        self.submit_button.setVisible(done)
        if not done:
            return
        view = self.page.view
        marks = {ref: tuple(ranked) for ref, ranked in self._marks.items()}
        decision = decide(self._list.numbers(), marks)
        result = (decision.winner,) if decision.winner else ()
        choice = Choice(
            mode=SelectionMode.PARTIES, candidates=self._list.numbers(), choices=marks, result=result
        )
        self._overlap.addWidget(marks_table(choice, view))
        self._overlap.addWidget(paragraph(why(choice, view), Tone.ACCENT if result else Tone.SOON))
        self.submit_button.set_caption("确认选定" if result else "记下这一轮没有结果")

    def _on_ranked(self, pool_no: str, rank: int) -> None:
        if not self._party:
            return
        ranked = self._marks.setdefault(self._party, [])
        known = pool_no in ranked
        if known:
            ranked.remove(pool_no)
        if rank > 0:
            ranked.insert(min(rank - 1, len(ranked)), pool_no)
        elif rank < 0 and not known:
            ranked.append(pool_no)
        self._list.show_marks(self._party, self.page.view.file.name_of(self._party), ranked)
        self._show_sealed()
        self.touch()

    def _on_ready_clicked(self) -> None:
        left = [ref for ref in self._buttons if not self._marks.get(ref)]
        self._choose_party(left[0] if left else "")
        if left:
            self._list.focus_first()
        else:
            self._on.editor.setFocus(Qt.FocusReason.OtherFocusReason)
            self.page.bring_into_view(self.submit_button)
