"""The form in which an agreement is put together: clauses, copies, what stays open, written or oral."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPushButton

from mediation_desk.agreements.lawful.judging import judge
from mediation_desk.agreements.model import Agreement, AgreementForm, Clause, Unresolved
from mediation_desk.agreements.offered import Offered, accepted, made_of
from mediation_desk.agreements.wording import composed
from mediation_desk.cases.composing import matter_of, with_annex
from mediation_desk.cases.model import CaseFile, Outcome
from mediation_desk.cases.signing.copies import copies_needed
from mediation_desk.cases.steps.agreeing import SUCCESS, AgreeOrally, Compose
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import Result
from mediation_desk.hearings.model import SessionResult
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.annex import MOST_DRAWN, AnnexEditor
from ui.screens.case_page.checklist import ChecklistCard
from ui.screens.case_page.clause_editor import ClauseEditor
from ui.screens.case_page.clause_list import ClauseList
from ui.screens.case_page.clauses import (
    Drafted,
    drafted,
    from_words,
    to_words,
)
from ui.screens.case_page.editors import NumberField, PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.offered import OfferStrip
from ui.screens.case_page.tab import Page
from ui.screens.case_page.unresolved import UnresolvedRows
from ui.screens.case_page.view import CaseView
from ui.widgets.message_bar import Action

_PAUSE_MS = 200
_USUAL_PURPOSE, _USUAL_MANNER = "款项", "银行转账"


class ComposeForm(StepForm):
    """The table is the draft; every change shows on the paper beside it at once."""

    code = "compose"
    keeps_words = True

    def __init__(self, page: Page) -> None:
        super().__init__(page, "协议条款", "拟定协议", cancel=False)
        self._changing = -1
        self.offers = OfferStrip()
        self.list = ClauseList()
        self.editor = ClauseEditor(page.context)
        self.editor.hide()
        self.annex = AnnexEditor()
        self.checklist = ChecklistCard()
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.check)
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
        self.list.show_case(view.file, view.offers)
        self._show_offers()
        saved = view.file.agreement is not None
        self._form.setVisible(not saved)
        self.submit_button.set_caption("改好了，存为协议" if saved else "拟定协议")

    def prefill(self, view: CaseView) -> None:
        """The draft on file, or nothing."""
        file = view.file
        agreement = file.agreement
        self._close_editor()
        self._form.editor.set_value(AgreementForm.WRITTEN)
        self._copies.editor.set_value(agreement.copies if agreement else copies_needed(file).least)
        self._note.editor.set_value(file.copies_note or "")
        self._confirmed.editor.mark_all()
        self._open.show_case(file, view.today)
        self.annex.begin(file)
        self.checklist.begin((one.code, one.says) for one in file.beside.looked)
        self._put(drafted(agreement.clauses, file.beside.terms) if agreement else ())
        self._show_form()

    def steps(self) -> Sequence[Step]:
        """`Compose`, or `AgreeOrally`."""
        if not self.editor.isHidden():
            raise InputError("正在写的一条还没有放进协议。")
        if not self.list.draft:
            raise InputError("协议至少要有一条。按“加一条”开始写。")
        self.check()
        clauses, terms, annex = self.list.clauses, self.list.terms, self.annex.annex()
        looked = self.checklist.looked()
        if self._is_oral():
            oral = AgreeOrally(
                clauses=clauses,
                confirmed_by=self._confirmed.editor.value(),
                unresolved=self._unresolved(),
                terms=terms,
                annex=annex,
                looked=looked,
            )
            return (oral,)
        return (
            Compose(
                clauses=clauses,
                copies=self._copies.editor.value() or 0,
                copies_note=self._note.editor.value() or None,
                unresolved=self._unresolved(),
                terms=terms,
                annex=annex,
                looked=looked,
            ),
        )

    def words(self) -> dict[str, object]:
        """Clauses too."""
        return {
            **super().words(),
            "clauses": to_words(self.list.draft),
            "annex": self.annex.words(),
            "looked": self.checklist.words(),
        }

    def put_words(self, words: dict[str, object]) -> None:
        """Clauses too."""
        super().put_words({name: kept for name, kept in words.items() if name in self.fields})
        self.annex.put_words(words.get("annex"))
        self.checklist.put_words(words.get("looked"))
        self._put(from_words(words.get("clauses")))
        self._show_form()

    def typed(self) -> None:
        """Typed words show on the paper, and the checklist follows after a pause."""
        self._pause.start()
        self.show_draft_paper()

    def primary(self) -> QPushButton | None:
        """While a clause is being written, its button."""
        if not self.is_in_use():
            return None
        return self.submit_button if self.editor.isHidden() else self.editor.primary()

    def focus_first(self) -> None:
        """The table where there are clauses, else a new clause."""
        if not self.list.draft and not self.offers.first():
            self.open_editor(-1)
            return
        self.page.bring_into_view(self)
        (self.offers.first() or self.list.table).setFocus()

    def show_draft_paper(self) -> None:
        """The agreement as it would print with what is on the screen."""
        shown = list(self.list.clauses)
        if not self.editor.isHidden() and (writing := self.editor.clause()).text:
            if 0 <= self._changing < len(shown):
                shown[self._changing] = writing
            else:
                shown.append(writing)
        view = self.page.view
        if shown:
            self.page.show_draft(self._file_of(view, shown), "oral" if self._is_oral() else "agreement")

    # Clauses

    def open_editor(self, place: int) -> None:
        """Write a new clause (-1) or change one."""
        self._changing = place
        self._edit(self.list.draft[place] if 0 <= place < len(self.list.draft) else None)

    def take_offer(self, offer: Offered) -> None:
        """Write the clause an accepted offer becomes."""
        self._changing = -1
        self._edit(Drafted(*made_of(offer, _USUAL_PURPOSE, _USUAL_MANNER)))

    def check(self) -> None:
        """Judge the draft as it stands."""
        self._pause.stop()
        self.checklist.setVisible(bool(self.list.draft))
        if not self.list.draft:
            return
        matter = matter_of(
            self.page.view.file,
            self.list.clauses,
            self.list.terms,
            annex=self.annex.annex(),
            unresolved=self._unresolved(),
            oral=self._is_oral(),
        )
        self.checklist.show_findings(judge(matter))

    def _edit(self, chosen: Drafted | None) -> None:
        view = self.page.view
        others = tuple(one.clause for one in self.list.draft if one is not chosen)
        self.editor.show()
        self.editor.open(view.file, view.today, chosen, others)
        self.list.let_add(False)
        self.page.bring_into_view(self.editor)

    def _on_clause_finished(self, made: Drafted) -> None:
        place = self._changing
        self._close_editor()
        self.list.put_one(place, made)
        self._follow()
        self.list.adder.setFocus()
        self.touch()
        self.page.bring_into_view(self.submit_button)

    def _on_removed(self, place: int, before: tuple[Drafted, ...]) -> None:
        self.page.context.say(
            f"删去了第{place + 1}条。",
            action=Action("放回来", lambda: self._put_back(before), takes_back=True),
        )

    def _put_back(self, draft: tuple[Drafted, ...]) -> None:
        self.list.put(draft)
        self._on_list_changed()

    def _put(self, draft: tuple[Drafted, ...]) -> None:
        self.list.put(draft)
        self._follow()

    def _on_list_changed(self) -> None:
        self._follow()
        self.touch()

    def _follow(self) -> None:
        """Offers left, claims open, annex and checklist follow the clauses."""
        self._show_offers()
        self._open.follow(self.list.covered)
        self.annex.show_clause(self.page.view.file, self.list.clauses)
        self.check()

    def _on_annex_changed(self, clause: Clause) -> None:
        """The payment follows its members; its text too, unless somebody wrote it."""
        name_of = self.page.view.file.name_of
        term = self.list.draft[clause.no - 1].term
        text = clause.text if term.edited else composed(clause, term, name_of)
        self.list.put_one(clause.no - 1, Drafted(replace(clause, text=text), term))
        self._on_list_changed()

    def _on_annex_edited(self) -> None:
        self.check()
        self.touch()

    def _close_editor(self) -> None:
        self.editor.hide()
        self._changing = -1
        self.list.let_add(True)

    # Inside

    def _unresolved(self) -> tuple[Unresolved, ...]:
        return self._open.rows() if self.page.view.last_result is SessionResult.PARTLY else ()

    def _show_offers(self) -> None:
        view = self.page.view
        self.offers.show_offers(accepted(view.offers, self.list.terms), view.file.name_of)

    def _is_oral(self) -> bool:
        return self._form.isVisibleTo(self) and self._form.editor.value() is AgreementForm.ORAL

    def _file_of(self, view: CaseView, shown: Sequence[Clause]) -> CaseFile:
        """The file as it would be with what is on the screen."""
        file = view.file
        annex = self.annex.annex() if len(file.group_members) <= MOST_DRAWN else None
        clauses = tuple(replace(clause, no=place) for place, clause in enumerate(shown, start=1))
        if len(file.group_members) > MOST_DRAWN:
            file = replace(file, group_members=())
        elif annex:
            file = replace(file, group_members=with_annex(file, annex))
        result = SUCCESS.get(view.last_result, Result.AGREED) if view.last_result else Result.AGREED
        form = AgreementForm.ORAL if self._is_oral() else AgreementForm.WRITTEN
        outcome = Outcome(result=result, form=form, concluded_on=file.sessions[-1].date)
        copies = self._copies.editor.value() or 0
        number = file.intake.number
        agreement = Agreement(number=number, form=form, copies=copies, clauses=clauses)
        note = self._note.editor.value() or None
        return replace(file, agreement=agreement, outcome=outcome, copies_note=note)

    def _lay_out(self) -> None:
        self.add(self.offers)
        self.add(self.list)
        self.add(self.editor)
        self.add(self.annex)
        self.add(self.checklist)
        self.add(self._open)
        self.add(self._confirmed)
        self.line(self._form, self._copies, self._note)
        self.finish()

    def _connect(self) -> None:
        self.list.wanted.connect(self.open_editor)
        self.list.changed.connect(self._on_list_changed)
        self.list.removed.connect(self._on_removed)
        self.editor.finished.connect(self._on_clause_finished)
        self.editor.given_up.connect(self._on_editor_given_up)
        self.editor.edited.connect(self.show_draft_paper)
        self._form.editor.currentIndexChanged.connect(lambda _place: self._show_form())
        self._open.edited.connect(self.touch)
        self.offers.wanted.connect(self.take_offer)
        self.annex.changed.connect(self._on_annex_changed)
        self.annex.edited.connect(self._on_annex_edited)
        self.checklist.edited.connect(self.touch)
        for editor in self.editor.findChildren(QLineEdit):
            editor.installEventFilter(self)  # Enter goes on here too

    def _on_editor_given_up(self) -> None:
        self._close_editor()
        self.list.adder.setFocus()
        self.show_draft_paper()

    def _show_form(self) -> None:
        oral = self._is_oral()
        self._confirmed.setVisible(oral)
        self._copies.setVisible(not oral)
        self._note.setVisible(not oral)
        self.submit_button.set_caption("登记口头协议" if oral else "拟定协议")
        self.check()
