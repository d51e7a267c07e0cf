"""The form of a whole record: a new mediator with empty fields, or one of the pool to be changed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.comparing import Choice, compared
from mediation_desk.cases.summary import Draft
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.texts import LABELS
from mediation_desk.parties.identity import birth_date_in, gender_in
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import ConflictError, InputError, RuleError
from ui.fields.field import Field
from ui.fields.rows_field import RowsField
from ui.screens.base import Context
from ui.screens.experts.record.binding import Bindings
from ui.screens.experts.record.drafts import RecordKeeper
from ui.screens.experts.record.empty import empty_record, with_number
from ui.screens.experts.record.form_head import FormHead
from ui.screens.experts.record.form_sections import form_sections
from ui.screens.side_by_side import SideBySide
from ui.theme import theme
from ui.widgets.message_bar import Kind
from ui.widgets.sectioned import Sectioned

_STALE = "另一位工作人员刚刚保存了这份档案。{what}您写的都还在，请核对后再存一次。"


class RecordForm(QWidget):
    """``saved(pool_no)`` when it is stored, ``left()`` when the user goes; words stay kept until stored.

    A conflict brings the other person's values into the fields the user has not touched.
    """

    saved = Signal(str)
    left = Signal()
    code = "engage"

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._base = empty_record(context)
        self._blank: dict[str, object] = {}
        self._draft: Draft | None = None
        self._filling = False
        self._dirty = False
        self.head = FormHead(self.code)
        self.submit = self.head.submit
        self.pages = Sectioned("档案")
        self.bindings = Bindings(self.code, self._on_edited, self)
        for code, word, card in form_sections(self.bindings):
            self.pages.add(code, word, card)
        self._keeper = RecordKeeper(context, self._changed_words, self)
        self._lay_out()
        self._connect()

    def field(self, name: str) -> Field[Any]:
        """The field of an attribute."""
        return self.bindings.fields()[name]

    def begin(self, mediator: Mediator | None = None, organisations: tuple[str, ...] = ()) -> None:
        """Show a record, or an empty one; the cursor in the first field that can be written."""
        fresh = mediator is None
        self._base = mediator or empty_record(self._context)
        title = "聘任调解员" if mediator is None else f"修改档案：{mediator.name}"
        self.head.show_title(title, "聘任" if fresh else "保存")
        self.field("pool_no").editor.setReadOnly(not fresh)
        self.pages.show_section("standing", not fresh)
        self.bindings.suggest("organisation", organisations)
        self._fill(self._base)
        self._draft = None
        self.head.offer(shown=False)
        self._keeper.begin("" if mediator is None else mediator.pool_no, self._on_draft)
        self.pages.to_top()
        self.field("pool_no" if fresh else "name").editor.setFocus()

    def go(self, section: str) -> None:
        """Begin in a section."""
        QTimer.singleShot(0, self, lambda: self.pages.go(section))

    def is_dirty(self) -> bool:
        """Whether something was typed since the form was filled."""
        return self._dirty

    def is_about(self, pool_no: str) -> bool:
        """Whether the form shows the record with this number."""
        return self._base.version > 0 and self._base.pool_no == pool_no

    def pool_no(self) -> str:
        """The number of the record shown; "" for a new one."""
        return self._base.pool_no if self._base.version else ""

    def keep(self) -> None:
        """Keep the words now, whoever goes where."""
        self._keeper.keep()

    def record(self) -> Mediator:
        """What the fields say."""
        made = self.bindings.record(self._base)
        return made if self._base.version else with_number(made)

    def save(self) -> None:
        """Check everything, then store it as a whole."""
        self.head.say("")
        wrong = [field for field in self.bindings.fields().values() if not field.check()]
        if wrong:
            self._lead_to(wrong[0])
            return
        services, after, fresh = self._context.services, self.record(), not self._base.version
        self.submit.set_busy(True)

        def do() -> object:
            if fresh:
                return services.experts.engage(services.actor, after)
            return services.experts.change(services.actor, after)

        self._context.desk.command(
            do,
            lambda _done: self._on_saved(after, fresh=fresh),
            self._on_failed,
            touches=Changes.of(Topic.EXPERTS, Topic.CASES),
            owner=self,
        )

    def leave(self) -> None:
        """Go back; what was typed is offered again the next time."""
        if self._dirty:
            self._keeper.keep()
            self._context.say("没有保存，写的内容留着，下次打开可以接着写。")
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leaves, the words kept."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, Shift+Enter back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            shift = plain == Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
                shift or plain == Qt.KeyboardModifier.NoModifier
            ):
                self.focusNextPrevChild(not shift)
                return True
        return super().eventFilter(watched, event)

    # Filling and keeping

    def _fill(self, mediator: Mediator) -> None:
        for field in self.bindings.fields().values():
            field.set_error("")
        self.head.say("")
        self._filling = True
        self.bindings.show(mediator)
        self._filling = False
        self._blank = self.bindings.kept_words()
        self._dirty = False

    def _changed_words(self) -> dict[str, object]:
        return {
            name: words for name, words in self.bindings.kept_words().items() if words != self._blank[name]
        }

    def _put(self, words: dict[str, object]) -> None:
        self._filling = True
        self.bindings.put_words(words)
        self._filling = False
        self._dirty = True

    def _on_edited(self) -> None:
        if self._filling:
            return
        self._dirty = True
        self.head.offer(shown=False)
        self.head.say("")
        self._keeper.note()

    def _on_draft(self, draft: Draft) -> None:
        if not self._dirty and draft.content:
            self._draft = draft
            self.head.offer(shown=True)

    def _on_again(self) -> None:
        self.head.offer(shown=False)
        if self._draft is not None:
            self._put(dict(self._draft.content))

    def _on_not_wanted(self) -> None:
        self.head.offer(shown=False)
        self._keeper.drop()

    def _on_id_accepted(self, number: str) -> None:
        """Birth date and gender stand in the number."""
        birth = self.field("birth_date").editor
        if birth.value() is None:
            birth.set_value(birth_date_in(number))
        self.field("gender").editor.set_value(gender_in(number))

    # After saving

    def _on_saved(self, after: Mediator, *, fresh: bool) -> None:
        self.submit.set_busy(False)
        self._dirty = False
        self._keeper.drop()
        done = f"已聘任{after.name}，编号{after.pool_no}。" if fresh else f"已保存{after.name}的档案。"
        self._context.say(done, Kind.SUCCESS)
        self.saved.emit(after.pool_no)

    def _on_failed(self, error: BaseException) -> bool:
        self.submit.set_busy(False)
        if isinstance(error, ConflictError) and self._base.version:
            self._read_newest()
            return True
        if isinstance(error, InputError):
            field = self.bindings.fields().get(error.field.partition(".")[0])
            if field is not None and field.isVisibleTo(self):
                field.set_error(error.message)
                self._lead_to(field)
                return True
        if isinstance(error, InputError | RuleError):
            rule = getattr(error, "rule", "")
            self.head.say(f"{error.message}{f'（{rule}）' if rule and rule not in error.message else ''}")
            return True
        return False

    def _read_newest(self) -> None:
        services, number = self._context.services, self._base.pool_no
        self._context.desk.query(
            lambda: services.experts.mediator(services.actor, number), self._on_newest, owner=self
        )

    def _on_newest(self, newest: Mediator) -> None:
        """What both changed is shown side by side; else the other's values come into the fields left alone."""
        base, mine = self._base, self.record()
        found = compared(base, mine, newest, names=LABELS)
        if not found.open:
            self._take_over(newest)
            return

        def settled(choices: Mapping[str, Choice]) -> None:
            chosen = compared(base, mine, newest, choices=choices, names=LABELS).merged
            self._base = newest
            self._filling = True
            self.bindings.show(chosen)
            self._filling = False
            self.save()

        asked = SideBySide(found.lines, self)
        asked.settled.connect(settled)
        asked.rejected.connect(lambda: self.head.say(_STALE.format(what="")))
        asked.open()

    def _take_over(self, newest: Mediator) -> None:
        mine, before = self._changed_words(), self._blank
        self._base = newest
        self._fill(newest)
        others = [LABELS[name] for name, words in self._blank.items() if words != before[name]]
        self._put(mine)
        what = (
            f"{'、'.join(others)}是对方改过的{'；您也改过的以您的为准' if mine else ''}。" if others else ""
        )
        self.head.say(_STALE.format(what=what))

    def _lead_to(self, field: Field[Any]) -> None:
        editor = field.editor
        target = editor.wrong_editor() if isinstance(editor, RowsField) else editor
        self.pages.bring_into_view(field)
        target.setFocus(Qt.FocusReason.OtherFocusReason)

    def _connect(self) -> None:
        self.head.save_wanted.connect(self.save)
        self.head.leave_wanted.connect(self.leave)
        self.head.again.connect(self._on_again)
        self.head.not_wanted.connect(self._on_not_wanted)
        self.field("id_no").editor.accepted.connect(self._on_id_accepted)
        self.field("standing").editor.edited.connect(self._on_standing_edited)

    def _on_standing_edited(self) -> None:
        """Another standing begins today and for a reason of its own."""
        self.field("standing_on").editor.set_value(self._context.services.cases.local_today)
        self.field("standing_reason").editor.set_value("")

    def _lay_out(self) -> None:
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(8))
        stack.addWidget(self.head)
        stack.addWidget(self.pages, 1)
