"""Guests of a planned session, with what each party says to them (LR-7)."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.consenting import missing
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.inviting import InviteGuests, RecordConsents
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.arrangement import Guest, Subject
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.planning import OneSessionForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.tokens import Tone
from ui.widgets.text import paragraph

_NEW = "新邀请"
_RELATIONS = (
    "当事人的亲属",
    "邻里",
    "同事",
    "有专门知识的人",
    "有特定经验的人",
    "有关社会组织的人员",
    "其他",
)
_HOW = ("口头", "书面")
_BASIS = "邀请他人参加调解，要各方当事人都同意（人民调解法第二十条）；没有同意记录的，不能写进调解记录。"


class GuestForm(OneSessionForm, StepForm):
    """Somebody new, or the words of the parties about somebody invited already."""

    code = "guest"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "邀请参加", "记下来")
        self.add(paragraph(_BASIS, Tone.QUIET))
        self._who = self.field("邀请谁", "who", ChoiceField((_NEW,)))
        self._name = self.field("姓名", "name", TextField(), required=True)
        self._capacity = self.field("单位或者身份", "capacity", TextField("例如 青石镇自然资源所"))
        self._relation = self.field("是什么人", "relation", ChoiceField(_RELATIONS))
        self._agreed = self.field("同意的当事人", "agreed", PartyPick())
        self._refused = self.field("不同意的当事人", "refused", PartyPick())
        self._how = self.field("怎样表示", "how", ChoiceField(_HOW))
        self._state = paragraph("", Tone.SOON)
        self._state.setObjectName("guest.state")
        self.line(self._who, self._relation, self._how)
        self.line(self._name, self._capacity)
        self.add(self._state)
        self.add(self._agreed)
        self.add(self._refused)
        self.finish()
        self._who.editor.currentIndexChanged.connect(lambda _place: self._show_who())

    def subject(self, view: CaseView) -> object:
        """The session and whoever is invited to it."""
        session = self.chosen(view)
        no = session.no if session else 0
        return view.file.case_key, no, view.file.beside.guests_of(no)

    def refresh_choices(self, view: CaseView) -> None:
        """The parties, and those invited already."""
        people = [(party.ref, party.name) for party in view.file.parties]
        self._agreed.editor.offer(people)
        self._refused.editor.offer(people)
        session = self.chosen(view)
        guests = view.file.beside.guests_of(session.no) if session else ()
        self._who.editor.set_values((_NEW, *(guest.called for guest in guests)))

    def prefill(self, view: CaseView) -> None:
        """Somebody new, nobody asked."""
        self._who.editor.set_value(_NEW)
        self._name.editor.set_value("")
        self._capacity.editor.set_value("")
        self._show_who()

    def steps(self) -> Sequence[Step]:
        """`InviteGuests` for somebody new, `RecordConsents` for what was said."""
        view = self.page.view
        session = self.demand(view)
        called = self._who.editor.value() or _NEW
        made: list[Step] = []
        if called == _NEW:
            guest = Guest(
                session_no=session.no,
                name=self._name.editor.value(),
                capacity=self._capacity.editor.value(),
                relation=self._relation.editor.value() or "",
            )
            called = guest.called
            guests = view.file.beside.guests_of(session.no)
            made.append(InviteGuests(no=session.no, guests=(*guests, guest)))
        agreed, refused = self._agreed.editor.value(), self._refused.editor.value()
        if agreed or refused:
            how = self._how.editor.value() or _HOW[0]
            made.append(
                RecordConsents(
                    about=Subject.GUEST, guest=called, on=view.today, agreed=agreed, refused=refused, how=how
                )
            )
        if not made:
            raise InputError("请勾选表示同意或者不同意的当事人。", field="agreed")
        return made

    def _show_who(self) -> None:
        called = self._who.editor.value() or _NEW
        fresh = called == _NEW
        for widget in (self._name, self._capacity, self._relation):
            widget.setVisible(fresh)
        self._agreed.editor.set_value(())
        self._refused.editor.set_value(())
        self._state.setText("" if fresh else consent_words(self.page.view.file, called))
        self._state.setVisible(not fresh)


def consent_words(file: CaseFile, guest: str) -> str:
    """How far the parties' consent to this guest has come."""
    refused, silent = missing(file, Subject.GUEST, guest)
    if refused:
        return f"{'、'.join(map(file.name_of, refused))}不同意，不能参加"
    if silent:
        return f"还缺{'、'.join(map(file.name_of, silent))}的同意"
    return "各方已同意"
