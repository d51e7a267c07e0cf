"""接待登记: everything the counter asks, on one screen, kept from the first keystroke on."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from mediation_desk.cases.centre import Centre
from mediation_desk.cases.model import CaseFile, Category
from mediation_desk.cases.registering import Register
from mediation_desk.cases.summary import Draft
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError
from ui.screens.base import Context, Screen
from ui.screens.intake.assemble import assemble
from ui.screens.intake.claims import Claims
from ui.screens.intake.deciding import Registered, register
from ui.screens.intake.drafts import PREFIX, TOPIC, DraftKeeper, draft_title, unfinished
from ui.screens.intake.head import Head
from ui.screens.intake.left_over import LeftOver
from ui.screens.intake.matter import Matter
from ui.screens.intake.panel import Found
from ui.screens.intake.parties import Parties
from ui.screens.intake.suggest import cares
from ui.screens.intake.walk import in_reading_order, set_reading_order, step_from
from ui.screens.intake.words import parts, text
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, primary
from ui.widgets.chip import ChipRow
from ui.widgets.danger_dialog import ask
from ui.widgets.layout import boxed, column, row, scrolling
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class IntakeScreen(Screen):
    """Enter goes on, Shift+Enter back, Esc puts aside, Ctrl+Enter registers and accepts."""

    code = "intake"
    caption = "接待登记"
    topics = frozenset((Topic.CENTRE, TOPIC))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._quiet = True
        self._drafts: tuple[Draft, ...] = ()
        self._wanted = ""
        self._operation = uuid4().hex
        self._order: list[QWidget] = []
        self._centre = context.services.centre
        self.head = Head(self._centre, self._today)
        self.parties = Parties(self._today)
        self.matter = Matter(self._today)
        self.claims = Claims(self._today)
        self.left_over = LeftOver()
        self._cares = ChipRow()
        self._missing = PlainLabel(tone=Tone.QUIET)
        self._keeper = DraftKeeper(context, self.words, self)
        self._build()
        self._connect()
        self.clear()
        self.first = self.parties.first_editor()

    # What stands on the screen

    def words(self) -> dict[str, object]:
        """Everything typed and chosen."""
        found = self.head.words() | self.matter.words()
        return found | {"parties": self.parties.words(), "claims": self.claims.words()}

    def clear(self) -> None:
        """A blank intake for the next visitor."""
        self._quiet = True
        for panel in (self.head, self.parties, self.matter, self.claims):
            panel.clear()
        self._quiet = False
        self._operation = uuid4().hex
        self._clear_errors()
        self._settle()
        self._keeper.start()
        self._settle()
        self.first = self.parties.first_editor()
        self._area.verticalScrollBar().setValue(0)

    def take_up(self, draft: Draft) -> None:
        """Go on with an unfinished intake; what stood here is kept as another."""
        if draft.key != self._keeper.key:
            self._keeper.keep()
        self.clear()
        self._quiet = True
        self.head.show_words(draft.content)
        self.parties.show_words(parts(draft.content, "parties"))
        self.claims.follow(self._names())
        self.claims.show_words(parts(draft.content, "claims"))
        self.matter.show_words(draft.content)
        self._quiet = False
        self._settle()
        self._keeper.start(draft.key)
        self._show_left_over()
        self.first = self.parties.first_editor()
        self.parties.first_editor().setFocus()

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

    def may_leave(self) -> bool:
        """Leaving loses nothing: what stands here is kept at once."""
        self._keeper.keep()
        return True

    def show_field_error(self, field: str, sentence: str) -> bool:
        """Show a sentence at its place; ``field`` is a JSON pointer into the case."""
        return self._show_problems({field: sentence})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter walks, Escape puts aside."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            if not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
                self._walk(-1 if shift else 1)
                return
        if event.key() == Qt.Key.Key_Escape:
            self.put_aside()
            return
        super().keyPressEvent(event)

    def put_aside(self) -> None:
        """Keep what stands here as a draft and make room for the next visitor."""
        if self._keeper.is_blank():
            self.context.say("还没有写什么，不用存。")
            return
        self._keeper.keep()
        aside = self._keeper.key
        self.clear()
        self.parties.first_editor().setFocus()
        self.context.say("已经先存着，上面“没登记完的”里可以接着写。", Kind.SUCCESS, ("接着写", lambda: self.open(aside)))

    # Building

    def _build(self) -> None:
        self._aside = button("先存着  Esc", self.put_aside)
        self._plain: DeskButton = button("登记", lambda: self._register(accept=False))
        self.primary = self._accept = primary("登记并受理  Ctrl+Enter", lambda: self._register(accept=True))
        for one, name in ((self._aside, "aside"), (self._plain, "register"), (self._accept, "accept")):
            one.setObjectName(f"intake.{name}")
        self._cares.setObjectName("intake.cares")
        self._missing.setObjectName("intake.missing")
        self.left_over.setObjectName("intake.left_over")
        matter = WrappingRow(gap=20, line_gap=12)
        matter.add(self.matter, 560, 3)
        matter.add(self.claims, 360, 2)
        ground = column(
            self.left_over,
            _section(self.head),
            _section(self.parties),
            _section(matter, self.matter.kinds),
            self._cares,
            None,
            gap=10,
        )
        self._area = scrolling(boxed(ground), name="登记内容")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.top.addWidget(small("Enter 到下一项，Shift+Enter 回上一项，Tab 逐格走"))
        self.body.addWidget(self._area, 1)
        self.body.addLayout(row(self._missing, self._aside, self._plain, self._accept, gap=10))

    def _connect(self) -> None:
        for panel in (self.head, self.parties, self.matter, self.claims):
            panel.edited.connect(self._on_edited)
        self.left_over.taken.connect(self.take_up)
        self.left_over.unwanted.connect(self._on_unwanted)

    # Following the typing

    def _on_edited(self) -> None:
        if self._quiet:
            return
        self._settle()
        self._keeper.touched()

    def _settle(self) -> None:
        """Suggestions, warnings and what is still missing follow every keystroke."""
        self.claims.follow(self._names())
        order = list(in_reading_order(self.layout()))
        if order != self._order:
            self._order = order
            set_reading_order(order)
        with QSignalBlocker(self.matter):
            self.matter.suggest(self.words())
        words, today = self.words(), self._today()
        self._cares.show_chips(*((sentence, Tone.SOON) for sentence in cares(words, today)))
        self._cares.setVisible(bool(self._cares.texts()))
        _command, problems = assemble(words, self._centre, today)
        count = len(problems)
        first = next(iter(problems.values()), "")
        more = f"（共 {count} 处）" if count > 1 else ""
        blank = "" if self._keeper.is_blank() else f"还差：{first}{more}"
        self._missing.setText(blank if count else "要写的都写了。")
        self._missing.set_tone(Tone.QUIET if count else Tone.DONE)

    def _names(self) -> tuple[str, ...]:
        return tuple(row.name() for row in self.parties.rows() if row.name())

    # Registering

    def _register(self, *, accept: bool) -> None:
        self._clear_errors()
        words = self.words()
        command, problems = assemble(words, self._centre, self._today())
        if problems:
            self._show_problems(problems)
            return
        self._submit(command, accept)

    def _submit(self, command: Register, accept: bool) -> None:
        services, draft, operation = self.context.services, self._keeper.key, self._operation
        self._keeper.settled()
        self._set_busy(True)
        self.context.desk.command(
            lambda: register(services, command, accept=accept, draft=draft, operation=operation),
            self._on_registered,
            self._on_refused,
            touches=lambda done: Changes.of(Topic.CASES, TOPIC, case_key=done.file.case_key),
            owner=self,
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
        return isinstance(error, InputError) and self._show_problems({error.pointer: error.message})

    def _set_busy(self, busy: bool) -> None:
        for one in (self._plain, self._accept):
            one.set_busy(busy)

    # Errors

    def _show_problems(self, problems: dict[str, str]) -> bool:
        """Show each sentence at its place and go to the first; False when a sentence has no place here."""
        fields: dict[str, QWidget] = {}
        for place, sentence in problems.items():
            in_table = self.parties.reveal(place)
            field = next((one for where, one in self._found() if where == place), None)
            if field is not None:
                field.set_error(sentence)
                fields.setdefault("first", field.editor)
            elif not in_table:
                self.context.say(sentence, Kind.ERROR)
        if "first" in fields:
            fields["first"].setFocus()
            self._area.ensureWidgetVisible(fields["first"], 0, theme().px(60))
        return bool(problems)

    def _clear_errors(self) -> None:
        for _place, field in self._found():
            field.set_error("")

    def _found(self) -> Found:
        for panel in (self.head, self.parties, self.matter, self.claims):
            yield from panel.found()

    # Drafts

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
        question = f"“{draft_title(draft)}”还没有登记，丢掉以后找不回来。"
        if not ask(self, "丢掉这份草稿", question, "丢掉", "留着"):
            return
        services = self.context.services
        self.context.desk.command(
            lambda: services.cases.drop_draft(services.actor, draft.key), touches=Changes.of(TOPIC), owner=self
        )

    def _walk(self, step: int) -> None:
        target = step_from(self._order, self.window().focusWidget(), step)
        if target is None and step > 0:
            target = self._accept
        if target is not None:
            target.setFocus()
            self._area.ensureWidgetVisible(target, 0, theme().px(40))

    def _today(self) -> date:
        return self.context.services.cases.local_today


def _section(*contents: QWidget) -> QFrame:
    frame = QFrame()
    frame.setProperty("card", "true")
    inner = column(*contents, gap=8)
    pad = theme().px(14)
    inner.setContentsMargins(pad, theme().px(10), pad, theme().px(10))
    frame.setLayout(inner)
    return frame


def _told(done: Registered) -> tuple[str, Kind]:
    file: CaseFile = done.file
    if done.refusal:
        return f"已登记，但没有受理：{done.refusal}", Kind.WARN
    if file.intake.number:
        return f"已登记并受理，编号{file.intake.number}。", Kind.SUCCESS
    return f"已登记，代码{file.case_key}，还没有受理。", Kind.SUCCESS
