"""Forms of a remote session: an address of one's own, who agreed, who came into the room."""

from __future__ import annotations

from collections.abc import Sequence

from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.remote_consent import said
from mediation_desk.cases.steps.remote import ArrangeRemote, ConsentRemote, NoteJoined
from mediation_desk.cases.steps.step import Step
from mediation_desk.hearings.model import Session
from mediation_desk.hearings.remote.meeting import REMOTE_MODES, IdentityCheck, ServerKind
from mediation_desk.shared.errors import InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.screens.case_page.editors import TimeField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.widgets.layout import boxed, clear, column, row

YES, NO, OPEN = "同意", "不同意", "还没有表示"
_HOW = ("电话", "当面", "书面", "短信、微信")
_PER_LINE = 3


def remote_session(view: CaseView) -> Session | None:
    """The planned session if it is remote, else the last one that was."""
    found = [session for session in view.file.sessions if session.mode in REMOTE_MODES]
    return found[-1] if found and view.planned in (None, found[-1]) else None


class _RemoteForm(StepForm):
    """About one session; another session empties it."""

    def subject(self, view: CaseView) -> object:
        """The remote session."""
        session = remote_session(view)
        return view.file.case_key, session.no if session else 0

    def session_no(self) -> int:
        """Raises ``InputError`` where there is none any more."""
        session = remote_session(self.page.view)
        if session is None:
            raise InputError("没有远程的调解会。")
        return session.no


class LinkForm(_RemoteForm):
    """An address somebody else made."""

    code = "remote.link"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "自己写会议链接", "用这个链接")
        self._link = self.field(
            "链接", "link", TextField("https://meet.example.cn/会议号", longest=500), required=True
        )
        self.add(self._link)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """Empty."""
        self._link.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """One `ArrangeRemote`."""
        link = self._link.editor.value()
        return (ArrangeRemote(session_no=self.session_no(), kind=ServerKind.LINK, link=link),)


class ConsentForm(_RemoteForm):
    """Every party's word on taking part over the network; what is not said yet is left open."""

    code = "remote.consent"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "各方是否同意远程参加", "记下")
        self._people = column(gap=8)
        self._words: dict[str, Field[ChoiceField[str]]] = {}
        self._on = self.field("哪天说的", "on", DateField(), required=True)
        self._how = self.field("怎样表示的", "how", ChoiceField(_HOW))
        self.add(boxed(self._people))
        self.line(self._on, self._how, None)
        self.finish()

    def prefill(self, view: CaseView) -> None:
        """What was said before."""
        self._on.editor.set_value(view.today)
        self._how.editor.set_value(_HOW[0])
        self._show_people(view.file)
        session = remote_session(view)
        for ref, field in self._words.items():
            agreed = said(view.file, session.no, ref) if session else None
            field.editor.set_value(OPEN if agreed is None else YES if agreed else NO)

    def focus_first(self) -> None:
        """Begin with the first party."""
        self.page.bring_into_view(self)
        for field in self._words.values():
            field.editor.setFocus()
            return

    def steps(self) -> Sequence[Step]:
        """One `ConsentRemote` with those whose word is new."""
        no, file = self.session_no(), self.page.view.file
        on, how = self._on.editor.value(), self._how.editor.value()
        if on is None or how is None:
            raise InputError("请写明哪天、怎样表示的。", field="on")
        words = {ref: field.editor.value() for ref, field in self._words.items()}
        before = {ref: said(file, no, ref) for ref in words}
        yes = tuple(ref for ref, word in words.items() if word == YES and before[ref] is not True)
        nays = tuple(ref for ref, word in words.items() if word == NO and before[ref] is not False)
        if not (yes or nays):
            raise InputError("还没有新的表示可以记。", field="on")
        return (ConsentRemote(session_no=no, by=yes, refused_by=nays, on=on, how=how),)

    def _show_people(self, file: CaseFile) -> None:
        for ref in self._words:
            self.fields.pop(f"word.{ref}", None)
        clear(self._people)
        self._words = {}
        for first in range(0, len(file.parties), _PER_LINE):
            line = row(gap=12)
            for party in file.parties[first : first + _PER_LINE]:
                choice: ChoiceField[str] = ChoiceField((OPEN, YES, NO))
                self._words[party.ref] = self.field(party.name, f"word.{party.ref}", choice)
                line.addWidget(self._words[party.ref], 1)
            self._people.addLayout(line)
        self.order(*(field.editor for field in self._words.values()), self._on.editor, self._how.editor)


class JoinedForm(_RemoteForm):
    """One person in the room; identity is checked before the start (在线调解规则 art. 17)."""

    code = "remote.joined"

    def __init__(self, page: Page) -> None:
        super().__init__(page, "谁进了会议室", "记下")
        who: ChoiceField[tuple[str, str]] = ChoiceField((), word=lambda one: one[1])
        self._who = self.field("哪一方", "ref", who)
        self._name = self.field("本人姓名", "name", TextField("进来的是谁，例如代理人"), required=True)
        self._joined = self.field("进入", "joined_at", TimeField(), required=True)
        self._left = self.field("离开", "left_at", TimeField())
        self._identity = self.field("身份怎样核对的", "identity", ChoiceField(IdentityCheck))
        self._identity.editor.setMinimumContentsLength(10)
        self.line(self._who, self._name)
        self.line(self._joined, self._left, self._identity, None)
        self.finish()
        self._who.editor.edited.connect(self._on_who_chosen)

    def refresh_choices(self, view: CaseView) -> None:
        """Parties and mediators."""
        parties = [(party.ref, party.name) for party in view.file.parties]
        mediators = [(one.pool_no, one.name) for one in view.file.mediators]
        self._who.editor.set_values([*parties, *mediators])

    def prefill(self, view: CaseView) -> None:
        """The start of the session."""
        session = remote_session(view)
        self._who.editor.setCurrentIndex(0)
        self._joined.editor.set_value(session.start if session else None)
        self._left.editor.set_value(None)
        self._identity.editor.set_value(IdentityCheck.COMPARED)
        self._on_who_chosen()

    def steps(self) -> Sequence[Step]:
        """One `NoteJoined`."""
        who, joined = self._who.editor.value(), self._joined.editor.value()
        if who is None or joined is None:
            raise InputError("请写明谁、几点进来的。", field="joined_at")
        entry = NoteJoined(
            session_no=self.session_no(),
            ref=who[0],
            name=self._name.editor.value(),
            joined_at=joined,
            left_at=self._left.editor.value(),
            identity=self._identity.editor.value(),
        )
        return (entry,)

    def _on_who_chosen(self) -> None:
        who = self._who.editor.value()
        party = self.page.view.file.party(who[0]) if who else None
        named = party is None or party.is_person
        self._name.editor.set_value(who[1] if who and named else "")
