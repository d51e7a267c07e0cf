"""销毁清册: what is due, a list of it, somebody else's approval, and carrying it out before a second person."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QPushButton, QStackedWidget, QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.destroying.model import (
    Applied,
    Candidate,
    DestructionLine,
    DestructionList,
    ListStatus,
)
from mediation_desk.cases.destroying.service import needs_another
from mediation_desk.shared.changes import Changes, Topic
from ui.fields.choice_field import ChoiceField
from ui.screens.archive.destroying_deeds import DestroyingDeeds
from ui.screens.archive.destroying_rows import (
    can_be_listed,
    due_columns,
    line_columns,
    list_word,
    standing,
    told_of,
)
from ui.screens.base import Context
from ui.screens.loose_papers import LoosePaper
from ui.tables.record_table import RecordTable
from ui.theme import theme
from ui.widgets.danger_dialog import confirm_danger
from ui.widgets.message_bar import Kind
from ui.widgets.text import small
from ui.widgets.waiting import WaitingPanel

_DUE = "到期的案卷"
_ROWS = 4  # of a table, seen at once however large the text
_TOUCHED = Changes.of(Topic.CASES, Topic.CENTRE)
_NOT_YOURS = "清册由您编制，要由另一个人批准。"
_WAITS = "等有“批准销毁”权限的人批准。"
_GONE = "案件资料、扫描件、打印过的文书、草稿都会删掉，找不回来。监销人要在场。"


@dataclass(frozen=True, slots=True)
class _Read:
    due: tuple[Candidate, ...]
    lists: tuple[DestructionList, ...]


class DestroyingPage(QWidget):
    """``chosen(case_key)`` on Enter at a volume that is due; ``settled`` when what can be done may have changed.

    ``moved_on`` when a deed changed the list in front, and with it its paper.
    """

    chosen = Signal(str)
    settled = Signal()
    moved_on = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        actor = context.services.actor
        self._prepares = actor.can(Permission.DESTRUCTION_PREPARE)
        self._approves = actor.can(Permission.DESTRUCTION_APPROVE)
        self._read = _Read((), ())
        self._left_out: set[str] = set()
        self._ran: dict[int, str] = {}
        self.which: ChoiceField[int] = ChoiceField(
            (), word=self._word, empty=_DUE if self._prepares else None
        )
        self.told = small("", wrap=True)
        self.due: RecordTable[Candidate] = RecordTable(
            "到期的案卷",
            due_columns(self._left_out.__contains__),
            key=lambda one: one.case_key,
            empty="没有保管期满的案卷。",
        )
        self.lines: RecordTable[DestructionLine] = RecordTable(
            "清册里的案卷", line_columns(), key=lambda one: one.line, empty="还没有清册。"
        )
        self.deeds = DestroyingDeeds()
        self.waiting = WaitingPanel("卷", "archive.destroying", parent=self)
        self._tables = QStackedWidget()
        self._lay_out()
        self._connect()
        self._settle()

    @staticmethod
    def is_for(context: Context) -> bool:
        """Whether whoever sits here has anything to do with destruction."""
        can = context.services.actor.can
        return can(Permission.DESTRUCTION_PREPARE) or can(Permission.DESTRUCTION_APPROVE)

    def refresh(self) -> None:
        """Read what is due and all lists."""
        services, prepares = self._context.services, self._prepares

        def read() -> _Read:
            due = services.destruction.due(services.actor) if prepares else ()
            return _Read(due, services.destruction.lists(services.actor))

        self._context.desk.query(read, self._show, owner=self, slot="destroying")

    def current(self) -> DestructionList | None:
        """The list in front; None for what is due."""
        number = self.which.value()
        return next((one for one in self._read.lists if one.id == number), None)

    def forward(self) -> QPushButton | None:
        """What Ctrl+Enter presses."""
        return self.deeds.forward()

    def paper(self) -> LoosePaper | None:
        """The form of the list in front, to be signed."""
        made = self.current()
        if made is None:
            return None
        services = self._context.services
        papers, actor = services.destruction_papers, services.actor
        return LoosePaper(
            "档案销毁清册",
            lambda: papers.preview(actor, made.id),
            lambda formats, folder: papers.write(actor, made.id, formats, folder),
        )

    # Showing

    def _word(self, number: int) -> str:
        return next((list_word(one) for one in self._read.lists if one.id == number), "")

    def _show(self, read: _Read) -> None:
        chosen = self.which.value()
        self._read = read
        self.which.set_values(tuple(one.id for one in read.lists))
        self.which.set_value(chosen)
        self._left_out &= {one.case_key for one in read.due}
        self.due.show_records(read.due)
        self._settle()

    def _settle(self) -> None:
        made, services = self.current(), self._context.services
        status = made.status if made is not None else None
        due = made is None and self._prepares
        self._tables.setCurrentWidget(self.due if due else self.lines)
        self._tables.setMinimumHeight(self.due.content_height(_ROWS))
        self.lines.show_records(made.lines if made is not None else ())
        own = made is not None and status is ListStatus.PREPARED and needs_another(services.actor, made)
        self.deeds.allow(
            prepare=due,
            decide=status is ListStatus.PREPARED and self._approves and not own,
            apply=status in (ListStatus.APPROVED, ListStatus.DONE)
            and bool(made and made.left)
            and self._prepares,
        )
        self.deeds.prepare.setEnabled(any(map(self._goes_on, self._read.due)))
        self.told.setText(self._about_list(made, own=own) if made is not None else self._about_due())
        self._settle_row()
        self.settled.emit()

    def _settle_row(self) -> None:
        one = self.due.current()
        out = one is not None and one.case_key in self._left_out
        self.deeds.leave_out.set_caption("编入" if out else "不编入")
        self.deeds.leave_out.setEnabled(one is not None and can_be_listed(one))

    def _about_due(self) -> str:
        if not self._prepares:
            return ""
        ready = sum(map(self._goes_on, self._read.due))
        return f"到期 {len(self._read.due)} 卷，可以编入清册的 {ready} 卷。{archive_rules().basis}"

    def _about_list(self, made: DestructionList, *, own: bool) -> str:
        waits = made.status is ListStatus.PREPARED
        rest = _NOT_YOURS if own and self._approves else _WAITS if waits and not self._approves else ""
        return standing(made) + self._ran.get(made.id, rest)

    def _goes_on(self, one: Candidate) -> bool:
        return can_be_listed(one) and one.case_key not in self._left_out

    # Doing

    def _on_left_out(self) -> None:
        one = self.due.current()
        if one is not None and can_be_listed(one):
            self._left_out ^= {one.case_key}
            self.due.viewport().update()
            self._settle()

    def _on_prepared(self, opinion: str) -> None:
        keys = [one.case_key for one in self._read.due if self._goes_on(one)]
        services = self._context.services
        self._do(
            lambda: services.destruction.prepare(services.actor, keys, opinion),
            lambda made: f"第{made.id}号销毁清册编好了，{len(made.lines)}卷。请打印，由鉴定人签名。",
        )

    def _on_decided(self, refusal: str) -> None:
        made, services = self.current(), self._context.services
        if made is not None:
            self._do(
                lambda: services.destruction.decide(services.actor, made.id, refusal=refusal),
                lambda decided: f"第{decided.id}号销毁清册：{decided.status.value}。",
            )

    def _do(self, do: Callable[[], DestructionList], said: Callable[[DestructionList], str]) -> None:
        def done(made: DestructionList) -> None:
            self.deeds.clear()
            self._context.say(said(made), Kind.SUCCESS)
            others = tuple(one for one in self._read.lists if one.id != made.id)
            self._show(_Read(self._read.due, (made, *others)))
            self.which.set_value(made.id)
            self._settle()
            self.moved_on.emit()

        self._context.desk.command(do, done, touches=_TOUCHED, owner=self)

    def _on_applied(self, supervisor: str) -> None:
        made, services = self.current(), self._context.services
        title = f"销毁第{made.id}号清册还剩的 {len(made.left)} 卷？" if made is not None else ""
        if made is None or not confirm_danger(self, title, _GONE, "销毁", typed="销毁"):
            return
        watch = self.waiting.watch()
        self.waiting.begin("销毁")
        self.waiting.show()
        self.deeds.apply.set_busy(True)
        self._context.desk.command(
            lambda: services.destruction.apply(services.actor, made.id, supervisor, watch=watch),
            self._on_done,
            self._on_failed,
            touches=_TOUCHED,
            owner=self,
            beside=True,
        )

    def _on_done(self, done: Applied) -> None:
        self._end()
        self.deeds.clear()
        self._ran[done.list_id] = told_of(done)
        self._context.say(told_of(done), Kind.WARN if done.left else Kind.SUCCESS)
        self.moved_on.emit()

    def _on_failed(self, _error: BaseException) -> bool:
        self._end()
        self.refresh()
        return False

    def _end(self) -> None:
        self.waiting.hide()
        self.deeds.apply.set_busy(False)

    # Building

    def _lay_out(self) -> None:
        self.which.setAccessibleName("哪一份清册")
        self.which.setMinimumContentsLength(16)
        for name, made in (
            ("which", self.which),
            ("due", self.due),
            ("lines", self.lines),
            ("told", self.told),
        ):
            made.setObjectName(f"archive.destroying.{name}")
        self._tables.addWidget(self.due)
        self._tables.addWidget(self.lines)
        self.waiting.hide()
        stack = QVBoxLayout(self)
        pad = theme().px(12)
        stack.setContentsMargins(pad, pad, pad, pad)
        stack.setSpacing(theme().px(8))
        stack.addWidget(self.which)
        stack.addWidget(self.told)
        stack.addWidget(self._tables, 1)
        stack.addWidget(self.deeds)
        stack.addWidget(self.waiting)

    def _connect(self) -> None:
        self.which.edited.connect(self._settle)
        self.due.moved.connect(lambda _one: self._settle_row())
        self.due.chosen.connect(lambda one: self.chosen.emit(one.case_key))
        space = QShortcut(QKeySequence(Qt.Key.Key_Space), self.due)
        space.setContext(Qt.ShortcutContext.WidgetShortcut)
        space.activated.connect(self._on_left_out)
        self.deeds.left_out.connect(self._on_left_out)
        self.deeds.prepared.connect(self._on_prepared)
        self.deeds.decided.connect(self._on_decided)
        self.deeds.applied.connect(self._on_applied)
