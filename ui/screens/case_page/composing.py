"""The form in which an agreement is put together: clauses, copies, what stays open, written or oral."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtWidgets import QLineEdit, QPushButton

from mediation_desk.agreements.model import Agreement, AgreementForm, Clause
from mediation_desk.cases.model import CaseFile, Outcome
from mediation_desk.cases.signing.copies import copies_needed
from mediation_desk.cases.steps.agreeing import SUCCESS, AgreeOrally, Compose
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.clause_editor import ClauseEditor
from ui.screens.case_page.clause_table import clause_table
from ui.screens.case_page.clauses import from_words, moved, numbered, to_words, total_words
from ui.screens.case_page.editors import NumberField, PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.unresolved import UnresolvedRows
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, IconButton, button
from ui.widgets.layout import row
from ui.widgets.message_bar import Action
from ui.widgets.plain import PlainLabel

_MOST_ROWS = 9


class ComposeForm(StepForm):
    """The table is the draft; every change shows on the paper beside it at once."""

    code = "compose"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "协议条款", "拟定协议", cancel=False)
        self._clauses: tuple[Clause, ...] = ()
        self._changing = -1
        self.table = clause_table(self._name_of)
        self.editor = ClauseEditor()
        self.editor.hide()
        self._total = PlainLabel(tone=Tone.DONE)
        self._total.setObjectName("compose.total")
        self._form = self.field("协议形式", "kind", ChoiceField(AgreementForm))
        self._copies = self.field("一式几份", "copies", NumberField(), required=True)
        self._note = self.field(
            "各份给谁", "copies_note", TextField("不写就是“当事人各执一份，调委会留存一份”")
        )
        self._confirmed = self.field("谁当面确认", "confirmed_by", PartyPick(needed="口头协议须各方确认。"))
        self._open = UnresolvedRows()
        self._lay_out()
        self._connect()

    # What the form reads and writes

    def subject(self, view: CaseView) -> object:
        """A saved draft, or the last session, begins anew."""
        return view.file.case_key, view.file.agreement, len(view.file.sessions)

    def refresh_choices(self, view: CaseView) -> None:
        """Parties and open claims."""
        self._confirmed.editor.offer([(party.ref, party.name) for party in view.file.parties])
        self._open.setVisible(view.last_result is SessionResult.PARTLY)
        saved = view.file.agreement is not None
        self._form.setVisible(not saved)
        self.submit_button.set_caption("改好了，存为协议" if saved else "拟定协议")

    def prefill(self, view: CaseView) -> None:
        """The draft on file, or nothing."""
        file = view.file
        agreement = file.agreement
        self._close_editor()
        self._form.editor.set_value(AgreementForm.WRITTEN)
        self._copies.editor.set_value(agreement.copies if agreement else usual_copies(file))
        self._note.editor.set_value(file.copies_note or "")
        self._confirmed.editor.mark_all()
        self._open.show_case(file, view.today)
        self._put(agreement.clauses if agreement else ())
        self._show_form()

    def steps(self) -> Sequence[Step]:
        """`Compose`, or `AgreeOrally`."""
        if not self.editor.isHidden():
            raise InputError("正在写的一条还没有放进协议。")
        if not self._clauses:
            raise InputError("协议至少要有一条。按“加一条”开始写。")
        if self._is_oral():
            return (AgreeOrally(clauses=self._clauses, confirmed_by=self._confirmed.editor.value()),)
        partly = self.page.view.last_result is SessionResult.PARTLY
        return (
            Compose(
                clauses=self._clauses,
                copies=self._copies.editor.value() or 0,
                copies_note=self._note.editor.value() or None,
                unresolved=self._open.rows() if partly else (),
            ),
        )

    def words(self) -> dict[str, object]:
        """Clauses too."""
        return {**super().words(), "clauses": to_words(self._clauses)}

    def put_words(self, words: dict[str, object]) -> None:
        """Clauses too."""
        super().put_words({name: kept for name, kept in words.items() if name != "clauses"})
        self._put(from_words(words.get("clauses")))
        self._show_form()

    def typed(self) -> None:
        """Typed words show on the paper."""
        self.show_draft_paper()

    def primary(self) -> QPushButton | None:
        """While a clause is being written, its button."""
        if not self.is_in_use():
            return None
        return self.submit_button if self.editor.isHidden() else self.editor.primary()

    def focus_first(self) -> None:
        """The table where there are clauses, else a new clause."""
        if not self._clauses:
            self.open_editor(-1)
            return
        self.page.bring_into_view(self)
        self.table.setFocus()

    def show_draft_paper(self) -> None:
        """The agreement as it would print with what is on the screen."""
        shown = list(self._clauses)
        if not self.editor.isHidden() and (writing := self.editor.clause()).text:
            if 0 <= self._changing < len(shown):
                shown[self._changing] = writing
            else:
                shown.append(writing)
        view = self.page.view
        if shown:
            self.page.show_draft(
                self._draft(view, numbered(shown)), "oral" if self._is_oral() else "agreement"
            )

    # Clauses

    def open_editor(self, place: int) -> None:
        """Write a new clause (-1) or change one."""
        self._changing = place
        view = self.page.view
        chosen = self._clauses[place] if 0 <= place < len(self._clauses) else None
        self.editor.show()
        self.editor.open(view.file, view.today, chosen)
        self._add.setEnabled(False)
        self.page.bring_into_view(self.editor)

    def _on_clause_finished(self, clause: Clause) -> None:
        order = list(self._clauses)
        place = self._changing if 0 <= self._changing < len(order) else len(order)
        order[place : place + 1] = [clause]
        self._close_editor()
        self._put(tuple(order))
        self.table.selectRow(place)
        self._add.setFocus()
        self.touch()
        self.page.bring_into_view(self.submit_button)

    def _on_move(self, step: int) -> None:
        place = self.table.currentIndex().row()
        self._put(moved(self._clauses, place, step))
        self.table.selectRow(min(max(place + step, 0), len(self._clauses) - 1))
        self.touch()

    def _on_remove(self) -> None:
        place = self.table.currentIndex().row()
        if 0 <= place < len(self._clauses):
            before = self._clauses
            self._put(before[:place] + before[place + 1 :])
            self.touch()
            self.page.context.say(
                f"删去了第{place + 1}条。",
                action=Action("放回来", lambda: self._put_back(before), takes_back=True),
            )

    def _put_back(self, clauses: tuple[Clause, ...]) -> None:
        self._put(clauses)
        self.touch()

    def _put(self, clauses: tuple[Clause, ...]) -> None:
        self._clauses = numbered(clauses)
        self.table.show_records(self._clauses)
        self.table.setFixedHeight(self.table.content_height(min(max(len(clauses), 3), _MOST_ROWS)))
        self._total.setText(total_words(self._clauses))
        self._show_row_buttons()

    def _close_editor(self) -> None:
        self.editor.hide()
        self._changing = -1
        self._add.setEnabled(True)

    # Inside

    def _name_of(self, ref: str) -> str:
        return self.page.view.file.name_of(ref)

    def _is_oral(self) -> bool:
        return self._form.isVisibleTo(self) and self._form.editor.value() is AgreementForm.ORAL

    def _draft(self, view: CaseView, clauses: tuple[Clause, ...]) -> CaseFile:
        file = view.file
        result = SUCCESS.get(view.last_result, Result.AGREED) if view.last_result else Result.AGREED
        form = AgreementForm.ORAL if self._is_oral() else AgreementForm.WRITTEN
        outcome = Outcome(result=result, form=form, concluded_on=file.sessions[-1].date)
        copies = self._copies.editor.value() or 0
        number = file.intake.number
        agreement = Agreement(number=number, form=form, copies=copies, clauses=clauses)
        note = self._note.editor.value() or None
        return replace(file, agreement=agreement, outcome=outcome, copies_note=note)

    def _lay_out(self) -> None:
        self._add: DeskButton = button("加一条", lambda: self.open_editor(-1), symbol="add")
        self._add.setObjectName("clause.add")
        self._change = self._icon(
            "edit", "改这一条", lambda: self.open_editor(self.table.currentIndex().row())
        )
        self._up = self._icon("up", "往前移", lambda: self._on_move(-1))
        self._down = self._icon("down", "往后移", lambda: self._on_move(1))
        self._remove = self._icon("remove", "删去这一条", self._on_remove)
        self.add(self.table)
        self.add(row(self._total, None, self._change, self._up, self._down, self._remove, self._add, gap=4))
        self.add(self.editor)
        self.add(self._open)
        self.add(self._confirmed)
        self.line(self._form, self._copies, self._note)
        self.finish()

    def _icon(self, symbol: str, word: str, deed: Callable[[], object]) -> IconButton:
        made = IconButton(symbol, word)
        made.setObjectName(f"clause.{symbol}")
        made.clicked.connect(lambda _checked=False: deed())
        return made

    def _connect(self) -> None:
        self.table.chosen.connect(lambda clause: self.open_editor(clause.no - 1))
        self.table.moved.connect(lambda _clause: self._show_row_buttons())
        self.editor.finished.connect(self._on_clause_finished)
        self.editor.given_up.connect(self._on_editor_given_up)
        self.editor.edited.connect(self.show_draft_paper)
        self._form.editor.currentIndexChanged.connect(lambda _place: self._show_form())
        self._open.edited.connect(self.touch)
        for editor in self.editor.findChildren(QLineEdit):
            editor.installEventFilter(self)  # Enter goes on here too

    def _on_editor_given_up(self) -> None:
        self._close_editor()
        self._add.setFocus()
        self.show_draft_paper()

    def _show_form(self) -> None:
        oral = self._is_oral()
        self._confirmed.setVisible(oral)
        self._copies.setVisible(not oral)
        self._note.setVisible(not oral)
        self.submit_button.set_caption("登记口头协议" if oral else "拟定协议")

    def _show_row_buttons(self) -> None:
        place = self.table.currentIndex().row()
        for one in (self._change, self._remove):
            one.setEnabled(place >= 0)
        self._up.setEnabled(place > 0)
        self._down.setEnabled(0 <= place < len(self._clauses) - 1)


def usual_copies(file: CaseFile) -> int:
    """Each party one, the body one (LR-13); a group as the body counts it."""
    return copies_needed(file).least
