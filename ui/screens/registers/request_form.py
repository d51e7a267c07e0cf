"""记请求: the form of a new request, and what it has in common with the form of the answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.privacy.requests import NewRequest, PersonRequest, RequestKind
from mediation_desk.shared.changes import Changes
from mediation_desk.shared.dates import cn_date
from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import NoteField, TextField
from ui.screens.base import Context
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, button, primary
from ui.widgets.card import Card
from ui.widgets.layout import row, scroll_to
from ui.widgets.message_bar import Kind
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow

TOPIC = "requests"


class RequestForm(Card):
    """What both forms do: check, run, tell at the field, Escape. ``left()`` when done or put away."""

    left = Signal()

    def __init__(self, context: Context, title: str, verb: str, name: str) -> None:
        super().__init__(title)
        self.setObjectName(f"requests.{name}")
        self._context, self._name = context, name
        self.fields: dict[str, Field[Any]] = {}
        self.first: QWidget = self
        self.notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self.submit: DeskButton = primary(verb, self.save)
        self.submit.setObjectName(f"requests.{name}.submit")

    def save(self) -> None:
        """Check every field, then keep."""
        raise NotImplementedError

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape puts the form away."""
        if event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def field(self, word: str, name: str, editor: Any, *, required: bool = False) -> Field[Any]:
        """A field of the form, found by the name the service complains of."""
        made: Field[Any] = Field(word, editor, name=name, required=required, parent=self)
        editor.setObjectName(f"requests.{self._name}.{name}")
        self.fields[name] = made
        return made

    def finish(self) -> None:
        """The last rows: what was refused, and the buttons."""
        away = button("收起", self.left.emit)
        away.setObjectName(f"requests.{self._name}.leave")
        self.add(self.notice)
        self.add(row(None, away, self.submit))
        self.say("")

    def say(self, sentence: str) -> None:
        """What was refused."""
        self.notice.setText(sentence)
        self.notice.setVisible(bool(sentence))

    def clear(self, first: QWidget, seen: QWidget) -> None:
        """Nothing wrong; ``first`` has the cursor, and ``seen`` is in sight however large the text."""
        self.say("")
        for one in self.fields.values():
            one.set_error("")
        self.first = first
        first.setFocus(Qt.FocusReason.OtherFocusReason)
        scroll_to(seen)

    def run(self, do: Callable[[], PersonRequest], done: Callable[[PersonRequest], str]) -> None:
        """Keep on the worker, unless a field says no; ``done`` makes the sentence of it."""
        self.say("")
        wrong = [one for one in self.fields.values() if not one.check()]
        if wrong:
            wrong[0].editor.setFocus(Qt.FocusReason.OtherFocusReason)
            return

        def kept(request: PersonRequest) -> None:
            self.submit.set_busy(False)
            self._context.say(done(request), Kind.SUCCESS)
            self.left.emit()

        self.submit.set_busy(True)
        self._context.desk.command(do, kept, self._on_refused, touches=Changes.of(TOPIC), owner=self)

    def _on_refused(self, error: BaseException) -> bool:
        self.submit.set_busy(False)
        if not isinstance(error, DeskError):
            return False
        field = self.fields.get(error.field) if isinstance(error, InputError) else None
        if field is None:
            self.say(error.message)
        else:
            field.set_error(error.message)
            field.editor.setFocus(Qt.FocusReason.OtherFocusReason)
        return True


class NewRequestForm(RequestForm):
    """Who asks for what, and since when."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, "记请求", "记下", "new")
        today = context.services.requests.local_today
        self.kind: ChoiceField[RequestKind] = ChoiceField(RequestKind)
        self.asker = TextField("本人姓名", longest=120)
        self.id_no = TextField("用来找到他的案件", longest=40)
        self.agent = TextField("例如 周敬（父亲）", longest=120)
        self.on = DateField(today=lambda: today)
        self.what = NoteField("照当事人的话写", lines=2, longest=2000)
        line = WrappingRow(gap=12, line_gap=8)
        for made, width, stretch in (
            (self.field("请求什么", "kind", self.kind), 120, 0),
            (self.field("谁提出的", "name", self.asker, required=True), 150, 0),
            (self.field("证件号码", "id_no", self.id_no), 220, 1),
            (self.field("代为提出的人", "agent", self.agent), 180, 1),
            (self.field("提出的日期", "on", self.on, required=True), 176, 0),
        ):
            line.add(made, width, stretch)
        self.add(line)
        self.add(self.field("请求的内容", "what", self.what, required=True))
        self.finish()

    def begin(self) -> None:
        """Empty fields for the next one."""
        for one in (self.asker, self.id_no, self.agent, self.what):
            one.set_value("")
        self.kind.set_value(RequestKind.READ)
        self.on.set_value(self._context.services.requests.local_today)
        self.clear(self.kind, self.fields["kind"])

    def save(self) -> None:
        """Keep the request."""
        services = self._context.services
        new = NewRequest(
            kind=self.kind.value() or RequestKind.READ,
            name=self.asker.value(),
            id_no=self.id_no.value(),
            agent=self.agent.value(),
            what=self.what.value(),
            on=self.on.value(),
        )
        self.run(
            lambda: services.requests.add(services.actor, new),
            lambda made: f"已记第{made.id}号请求，最迟{cn_date(made.due_on)}答复。",
        )
