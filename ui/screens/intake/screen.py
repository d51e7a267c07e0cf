"""接待登记: everything the counter asks, on one screen, kept from the first keystroke on."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QSizePolicy

from mediation_desk.cases.counter.visits import Visit
from mediation_desk.cases.registering import Register
from mediation_desk.cases.summary import Draft
from mediation_desk.interchange.roll import read_roll
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import ConflictError, DuplicateError, InputError
from ui.screens.base import Context
from ui.screens.intake.deciding import Registered, consult, register, words_of
from ui.screens.intake.drafts import PREFIX, TOPIC, draft_title, unfinished
from ui.screens.intake.keeping import DraftKeeper
from ui.screens.intake.left_over import LeftOver
from ui.screens.intake.looking import Looking
from ui.screens.intake.members import Members
from ui.screens.intake.prompting import Prompter
from ui.screens.intake.putting_back import offer_back
from ui.screens.intake.sheet_screen import SheetScreen
from ui.screens.intake.visit_list import VisitList
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.layout import row
from ui.widgets.message_bar import Action, Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_SETTLE_MS = 60
_NARROW = 900


class IntakeScreen(SheetScreen):
    """Enter goes on, Shift+Enter back, Esc puts aside, Ctrl+Enter registers and accepts."""

    code = "intake"
    caption = "接待登记"
    topics = frozenset((Topic.CENTRE, TOPIC))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._drafts: tuple[Draft, ...] = ()
        self._wanted = ""
        self._accepting = False
        self._troubled = False
        self._visits: VisitList | None = None
        self.left_over = LeftOver()
        self._missing = PlainLabel(tone=Tone.QUIET)
        self._kept = PlainLabel(role="small", tone=Tone.QUIET)
        self._aside = button("先存着  Esc", self.put_aside)
        self._plain = button("登记", lambda: self.register(accept=False))
        self._consult = button("只是咨询", self.consult)
        self._accept = primary("登记并受理  Ctrl+Enter", lambda: self.register(accept=True))
        self.primary = self._accept
        self._keeper = DraftKeeper(context, self.sheet.words, self)
        self._prompter = Prompter(context, self.sheet, self.sheet.matter.category, self)
        self._settling = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settling.timeout.connect(self._settle)
        self._looking = Looking(context, self.sheet, lambda: self._keeper.key)
        self._build()
        self.sheet.edited.connect(self._on_sheet_edited)
        self.sheet.taken_out.connect(lambda name, back: offer_back(context, name, back))
        self.left_over.taken.connect(self.take_up)
        self.left_over.unwanted.connect(self._on_unwanted)
        self._keeper.kept.connect(self._on_kept)
        self._keeper.troubled.connect(self._on_troubled)
        self._prompter.met.connect(self.sheet.accept)
        self.sheet.parties.file_wanted.connect(self._on_file_wanted)
        remembered = self.sheet.remembered
        remembered.opened.connect(self._on_opened)
        remembered.linked.connect(lambda one, wanted: self.sheet.link(one, wanted=wanted))
        remembered.insisted.connect(self._on_insisted)
        self.clear()

    # What the user does

    def clear(self) -> None:
        """A blank intake for the next visitor."""
        self.sheet.clear()
        self._looking.forget()
        self._set_consulting(False)
        self._keeper.start()
        self._settle()
        self._show_left_over()

    def put_aside(self) -> None:
        """Keep what stands here as a draft and make room for the next visitor, once it is stored."""
        if self._keeper.is_blank():
            self.context.say("还没有写什么，不用存。")
            return
        self._keeper.keep(then=self._on_put_aside)

    def _on_put_aside(self) -> None:
        aside = self._keeper.key
        self.clear()
        self.sheet.first_editor().setFocus()
        again = Action("接着写", lambda: self.context.open_screen(self.code, aside), takes_back=True)
        self.context.say("已经先存着，随时可以接着写。", Kind.SUCCESS, again)

    def take_up(self, draft: Draft) -> None:
        """Go on with an unfinished intake; what stood here is kept as another."""
        if draft.key == self._keeper.key:
            return
        self._keeper.keep(then=lambda: self._show_draft(draft))

    def _show_draft(self, draft: Draft) -> None:
        self.clear()
        self.sheet.show_words(draft.content)
        self._keeper.start(draft.key)
        self._set_consulting(self.sheet.answer.isVisibleTo(self.sheet))
        self._looking.look()
        self._settle()
        self._show_left_over()
        self.sheet.first_editor().setFocus()

    def consult(self) -> None:
        """Somebody only asks: first the answer is written, then the visit is stored; no case, no number (T-1)."""
        if not self.sheet.answer.isVisibleTo(self.sheet):
            self._set_consulting(True)
            self.sheet.answer.begin(self.sheet.matter.category())
            QTimer.singleShot(
                0, self, lambda: self.sheet.bring_into_sight(self.sheet.answer)
            )  # once laid out
            return
        self.sheet.clear_errors()
        services, key = self.context.services, self._keeper.key
        command = self.sheet.answer.consult(self.sheet.words(), self.sheet.matter.category())
        self._set_busy(True)
        self._keeper.settled(
            lambda: self.context.desk.command(
                lambda: consult(services, command, draft=key),
                self._on_consulted,
                self._on_refused,
                touches=Changes.of(TOPIC),
                owner=self,
            )
        )

    def show_visits(self) -> None:
        """The consultations so far, in the side pane."""
        if self._visits is None:
            self._visits = VisitList(self.context, self._today)
            self._visits.taken.connect(self.take_up_visit)
            self._visits.opened.connect(self._on_opened)
        self._visits.refresh()
        self.context.show_pane(self._visits, "咨询记录")

    def take_up_visit(self, visit: Visit) -> None:
        """Register what began as a consultation; what stood here is kept."""

        def fill() -> None:
            self.clear()
            self.sheet.show_words(words_of(visit))
            self._looking.look()
            self._on_sheet_edited()
            self.sheet.first_editor().setFocus()

        self._keeper.keep(then=fill)

    def register(self, *, accept: bool, despite: tuple[str, ...] = ()) -> None:
        """Register what stands here, and accept it with ``accept``; or show what is still wrong.

        ``despite`` are earlier cases that were shown and are not this dispute.
        """
        self.sheet.clear_errors()
        self._accepting = accept
        self._settle()
        command, problems = self.sheet.read()
        if problems:
            self._show_problems(problems)
        else:
            self._submit(command, accept=accept, despite=despite)

    # Screen

    def refresh(self) -> None:
        """Read the drafts left over."""
        services = self.context.services
        self.context.desk.query(
            lambda: unfinished(services.cases.drafts(services.actor)), self._show_drafts, owner=self
        )

    def open(self, argument: str) -> None:
        """Take up the draft with this key."""
        if argument.startswith(PREFIX):
            self._wanted = argument
            self.bring_up_to_date(force=True)

    def where(self) -> str:
        """The intake that stands here, unless it is blank."""
        return "" if self._keeper.is_blank() else self._keeper.key

    def may_leave(self) -> bool:
        """Leaving loses nothing: what stands here is kept at once."""
        self._keeper.keep()
        return True

    def escape(self) -> None:
        """Put it aside."""
        self.put_aside()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where there is little room, buttons go without their keys; the bar at the top says 已存 too."""
        super().resizeEvent(event)
        narrow = self.width() < theme().px(_NARROW)
        self._aside.set_caption("先存着" if narrow else "先存着  Esc")
        self._accept.set_caption("登记并受理" if narrow else "登记并受理  Ctrl+Enter")
        self._kept.setVisible(not narrow or self._troubled)

    # Inside

    def _build(self) -> None:
        self._aside.setObjectName("intake.aside")
        self._plain.setObjectName("intake.register")
        self._accept.setObjectName("intake.accept")
        self._missing.setObjectName("intake.missing")
        self._kept.setObjectName("intake.kept")
        self._kept.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._consult.setObjectName("intake.consult")
        visits = link("咨询记录", self.show_visits)
        visits.setObjectName("intake.visits")
        self.left_over.setObjectName("intake.left_over")
        self.top.insertWidget(1, self.left_over)
        self.top.addWidget(small("Enter 到下一项，Shift+Enter 回上一项"))
        self.top.addWidget(visits)
        self.body.addWidget(self.sheet, 1)
        # Beneath the sheet: what is found while somebody types must not push away what is typed.
        self.body.addWidget(self.sheet.remembered)
        buttons = (self._aside, self._consult, self._plain, self._accept)
        self.body.addLayout(row(self._missing, self._kept, *buttons, gap=10))

    def _on_sheet_edited(self) -> None:
        self._settling.start()  # reading the whole sheet is too much for every letter of a quick typist
        self._keeper.touched()
        self._looking.touched()

    def _settle(self) -> None:
        """Say what is still missing."""
        self._settling.stop()
        self.first = self.sheet.first_editor()
        _command, problems = self.sheet.read()
        more = f"（共 {len(problems)} 处）" if len(problems) > 1 else ""
        words = f"还差：{next(iter(problems.values()))}{more}" if problems else "要写的都写了。"
        self._missing.setText("" if self._keeper.is_blank() else words)
        self._missing.set_tone(Tone.QUIET if problems else Tone.DONE)

    def _submit(self, command: Register, *, accept: bool, despite: tuple[str, ...] = ()) -> None:
        """The draft's key is the operation: after a crash the same draft is not registered a second time."""
        services, draft = self.context.services, self._keeper.key
        self._set_busy(True)
        self._keeper.settled(
            lambda: self.context.desk.command(
                lambda: register(
                    services, command, accept=accept, draft=draft, operation=draft, despite=despite
                ),
                self._on_registered,
                self._on_refused,
                touches=lambda done: Changes.of(Topic.CASES, TOPIC, case_key=done.file.case_key),
                owner=self,
            )
        )

    def _on_registered(self, done: Registered) -> None:
        self._set_busy(False)
        self.clear()
        sentence, kind = _told(done)
        self.context.open_case(done.file.case_key)
        self.context.say(sentence, kind)

    def _on_refused(self, error: BaseException) -> bool:
        self._set_busy(False)
        self._keeper.touched()
        if isinstance(error, DuplicateError):
            self._show_doubled(error)
        elif isinstance(error, ConflictError):
            # Nobody else wrote here: the earlier attempt went through, and reading again would change nothing.
            self.context.say(error.message, Kind.WARN)
        elif isinstance(error, InputError):
            self._show_problems({error.pointer: error.message})
        else:
            return False
        return True

    def _show_doubled(self, error: DuplicateError) -> None:
        """Somebody has this dispute already: told before the office acts, and what can be done about it."""
        self._looking.refuse(error.keys)
        self.context.say(f"{error.message}可以打开看、关联，或者仍然登记。", Kind.WARN)

    def _on_opened(self, case_key: str) -> None:
        """Another case is looked at; what stands here is kept and stays on the screen."""
        self.context.open_case(case_key)

    def _on_file_wanted(self, members: Members) -> None:
        name, _kind = QFileDialog.getOpenFileName(self, "选名单", "", "表格 (*.xlsx *.xlsm)")
        if name:
            self.import_roll(members, Path(name))

    def import_roll(self, members: Members, path: Path) -> None:
        """Read the roll of a group out of a workbook, beside the window, and put it into ``members``."""

        def refused(error: BaseException) -> bool:
            if isinstance(error, InputError):
                self.context.say(error.message, Kind.WARN)
                return True
            return False

        self.context.desk.query(lambda: read_roll(path), members.take_in, refused, owner=members)

    def _on_insisted(self) -> None:
        keys = tuple(one.case.case_key for one in self.sheet.remembered.found().cases)
        self.register(accept=self._accepting, despite=(*keys, *self._looking.refused))

    def _on_consulted(self, visit: Visit) -> None:
        self._set_busy(False)
        self.clear()
        self.sheet.first_editor().setFocus()
        self.context.say(f"已记下咨询（{visit.who}），不立案、不编号。", Kind.SUCCESS)
        if self._visits is not None and self._visits.isVisible():
            self._visits.refresh()

    def _set_consulting(self, consulting: bool) -> None:
        self._consult.set_caption("记下咨询" if consulting else "只是咨询")

    def _on_kept(self, moment: datetime) -> None:
        if self._troubled:
            self._troubled = False
            self.context.say("又能存了，写的都已存好。", Kind.SUCCESS)
        self._kept.setText("" if self._keeper.is_blank() else f"已存 {moment:%H:%M}")
        self._kept.set_tone(Tone.QUIET)

    def _on_troubled(self, sentence: str) -> None:
        """Said once; the line beside the buttons stays until it is stored again."""
        if not self._troubled:
            self.context.say(f"{sentence}写的都还在屏幕上，程序会接着存；先不要关窗口。", Kind.ERROR)
        self._troubled = True
        self._kept.setText("还没有存上")
        self._kept.show()
        self._kept.set_tone(Tone.SEAL)

    def _show_problems(self, problems: dict[str, str]) -> None:
        homeless = self.sheet.show_problems(problems)
        if homeless:
            self.context.say(homeless[0], Kind.ERROR)

    def _set_busy(self, busy: bool) -> None:
        for one in (self._plain, self._accept, self._consult):
            one.set_busy(busy)

    def _show_drafts(self, drafts: tuple[Draft, ...]) -> None:
        self._drafts = drafts
        self._show_left_over()
        wanted, self._wanted = self._wanted, ""
        found = next((draft for draft in drafts if draft.key == wanted), None)
        if found is not None and wanted != self._keeper.key:
            self.take_up(found)

    def _show_left_over(self) -> None:
        others = tuple(draft for draft in self._drafts if draft.key != self._keeper.key)
        self.left_over.show_drafts(others, self._today())

    def _on_unwanted(self, draft: Draft) -> None:
        services, title = self.context.services, draft_title(draft)

        def put_back() -> None:
            self.context.desk.command(
                lambda: services.cases.keep_draft(services.actor, draft.key, draft.content),
                touches=Changes.of(TOPIC),
                owner=self,
            )

        self.context.desk.command(
            lambda: services.cases.drop_draft(services.actor, draft.key),
            lambda _done: offer_back(self.context, f"{title}的草稿", put_back),
            touches=Changes.of(TOPIC),
            owner=self,
        )


def _told(done: Registered) -> tuple[str, Kind]:
    if done.refusal:
        return f"已登记，但没有受理：{done.refusal}", Kind.WARN
    if done.file.intake.number:
        return f"已登记并受理，编号{done.file.intake.number}。", Kind.SUCCESS
    return f"已登记，代码{done.file.case_key}，还没有受理。", Kind.SUCCESS
