"""记一条: the form of a new line; which numbers it asks for depends on the kind."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QLineEdit, QWidget

from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import InputError, RuleError
from mediation_desk.statistics.work.kinds import WorkKind, zz_tops
from mediation_desk.statistics.work.model import NewWork, WorkEntry
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.case_page.drafts import put_words, read_words
from ui.screens.case_page.editors import NumberField
from ui.screens.work.keeping import Words, WorkKeeper
from ui.screens.work.reading import Reading
from ui.screens.work.unit_or_body import UnitOrBodyField
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, row, scroll_to
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

COUNTS = ("times", "disputes", "handed", "people")


class WorkForm(Card):
    """``left()`` when it is put away. After a line was kept, kind, unit and days stay for the next one."""

    left = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__("记一条工作", parent=parent)
        self.setObjectName("work.form")
        self._context = context
        self._operation = ""
        self._dirty = self._filling = False
        today = context.services.cases.local_today
        self.kind: ChoiceField[WorkKind] = ChoiceField((), word=lambda kind: kind.name)
        self.unit = UnitOrBodyField("单位或者调解组织，可写简称、拼音")
        self.since, self.until = (DateField(today=lambda: today) for _ in range(2))
        self.category: ChoiceField[str] = ChoiceField(
            tuple(zz_tops()), word=lambda code: zz_tops()[code], empty="不分类"
        )
        self.yuan, self.note = MoneyField(), TextField("例如 春季集中排查", longest=500)
        self._counts = {name: NumberField(least=0) for name in COUNTS}
        self.fields: dict[str, Field[Any]] = {}
        self._told = small("", wrap=True)
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName("work.notice")
        self.submit = primary("记下", self.save)
        self.submit.setObjectName("work.submit")
        self._kept: Words = {}
        self._keeper = WorkKeeper(context, self._words, self)
        self._offer = self._offer_strip()
        self._lay_out()
        self.kind.edited.connect(self._settle)
        self._notice.hide()

    def follow(self, reading: Reading) -> None:
        """Kinds and units may have changed; what is typed stays."""
        self.kind.set_values(kind for kind in reading.rules.kinds if not kind.retired)
        self.kind.setMinimumContentsLength(10)
        self.unit.set_tree(reading.tree)
        self._settle()

    def begin(self) -> None:
        """Empty fields, the cursor in the first; offers what was left unfinished."""
        if not self._dirty:
            self._clear()
            self.since.set_value(self._context.services.cases.local_today)
            self._keeper.begin(self._on_words)
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(self.fields["kind"])

    def save(self) -> None:
        """Check everything, then keep the line."""
        self._say("")
        wrong = [one for one in self.fields.values() if one.isVisibleTo(self) and not one.check()]
        if wrong:
            self._lead_to(wrong[0])
            return
        services, new, operation = self._context.services, self._new(), self._operation
        self.submit.set_busy(True)
        self._context.desk.command(
            lambda: services.work.add(services.actor, new, operation_id=operation),
            self._on_kept,
            self._on_failed,
            touches=Changes.of(Topic.STATISTICS),
            owner=self,
        )

    def leave(self) -> None:
        """Put the form away; what was typed is offered again the next time."""
        if self._dirty:
            self._keeper.keep()
            self._context.say("没有记下，写的内容留着，下次可以接着写。")
        self.left.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the form away."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.leave()
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on to the next field, Shift+Enter back."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
            back = plain == Qt.KeyboardModifier.ShiftModifier
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and (
                back or plain == Qt.KeyboardModifier.NoModifier
            ):
                self.focusNextPrevChild(not back)
                return True
        return super().eventFilter(watched, event)

    # Inside

    def _new(self) -> NewWork:
        kind, first = self.kind.value(), self.since.value()
        if kind is None or first is None:
            raise InputError("请选种类、写日期。", field="kind")
        asked = {name: self._counts[name].value() for name in COUNTS if kind.rule(name)}
        return NewWork(
            kind=kind.code,
            unit=self.unit.value(),
            first=first,
            last=self.until.value() if kind.days > 1 else None,
            yuan=self.yuan.value() if kind.rule("yuan") else None,
            category=(self.category.value() or "") if kind.by_category else "",
            note=self.note.value(),
            **asked,
        )

    def _settle(self) -> None:
        """Show the fields the chosen kind asks for, in its words."""
        kind = self.kind.value()
        if kind is None:
            return
        for name in (*COUNTS, "yuan"):
            rule, field = kind.rule(name), self.fields[name]
            field.setVisible(rule is not None)
            if rule is not None:
                field.rename(f"{rule.word}（{rule.unit}）", required=rule.required)
        self.fields["last"].setVisible(kind.days > 1)
        self.fields["first"].rename("日期" if kind.days == 1 else "自", required=True)
        self.fields["category"].setVisible(kind.by_category)
        self._told.setText(f"{kind.definition}。" if kind.definition else "")

    def _touch(self) -> None:
        if self._filling:
            return
        self._dirty = True
        self._offer.hide()
        self._say("")
        self._keeper.note()

    def _words(self) -> Words:
        return {name: read_words(field.editor) for name, field in self.fields.items()}

    def _clear(self, keep: tuple[str, ...] = ()) -> None:
        self._filling = True
        for name, field in self.fields.items():
            field.set_error("")
            if name not in keep and isinstance(field.editor, QLineEdit):
                field.editor.setText("")
        self._filling = self._dirty = False
        self._operation = uuid4().hex
        self._say("")

    def _on_kept(self, entry: WorkEntry) -> None:
        self.submit.set_busy(False)
        self._keeper.drop()
        self._clear(keep=("unit", "first", "last"))
        kind = self.kind.value()
        self._context.say(
            f"已记第{entry.id}条：{entry.unit_name}，{kind.name if kind else ''}。可以接着记下一条。",
            Kind.SUCCESS,
        )
        self.kind.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_failed(self, error: BaseException) -> bool:
        self.submit.set_busy(False)
        if isinstance(error, InputError) and (field := self.fields.get(error.field)) is not None:
            field.set_error(error.message)
            self._lead_to(field)
            return True
        if isinstance(error, InputError | RuleError):
            self._say(error.message)
            return True
        return False

    def _lead_to(self, field: Field[Any]) -> None:
        field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(field)

    def _say(self, sentence: str) -> None:
        self._notice.setText(sentence)
        self._notice.setVisible(bool(sentence))

    def _on_words(self, words: Words) -> None:
        if not self._dirty:
            self._kept = words
            self._offer.show()

    def _on_again(self) -> None:
        self._offer.hide()
        self._filling = True
        for name, kept in self._kept.items():
            if name in self.fields:
                put_words(self.fields[name].editor, kept)
        self._filling = False
        self._dirty = True
        self._settle()

    def _on_not_wanted(self) -> None:
        self._offer.hide()
        self._keeper.drop()

    def _offer_strip(self) -> QWidget:
        words = PlainLabel("上次没写完的内容还留着。", tone=Tone.SOON)
        again = button("接着写", self._on_again)
        again.setObjectName("work.restore")
        strip = boxed(row(words, None, link("不要了", self._on_not_wanted), again), parent=self)
        strip.hide()
        return strip

    def _lay_out(self) -> None:
        self.add(self._offer)
        line = WrappingRow(gap=12, line_gap=8)
        rows: tuple[tuple[str, str, Any, bool, int, int], ...] = (
            ("种类", "kind", self.kind, True, 190, 0),
            ("单位", "unit", self.unit, True, 230, 1),
            ("自", "first", self.since, True, 176, 0),
            ("至", "last", self.until, False, 176, 0),
            *((name, name, editor, False, 120, 0) for name, editor in self._counts.items()),
            ("金额（元）", "yuan", self.yuan, False, 140, 0),
            ("综治类别", "category", self.category, False, 150, 0),
            ("备注", "note", self.note, False, 220, 1),
        )
        for word, name, editor, required, width, stretch in rows:
            field: Field[Any] = Field(word, editor, name=name, required=required, parent=self)
            editor.setObjectName(f"work.{name}")
            editor.edited.connect(self._touch)
            if isinstance(editor, QLineEdit):
                editor.installEventFilter(self)
            self.fields[name] = field
            line.add(field, width, stretch)
        self.add(line)
        self.add(self._told)
        self.add(self._notice)
        away = button("收起", self.leave)
        away.setObjectName("work.leave")
        self.add(row(None, away, self.submit))
        QWidget.setTabOrder(self.submit, away)
