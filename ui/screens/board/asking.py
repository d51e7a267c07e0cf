"""What a deed on a line still needs to know, asked in place above the line being typed; never a dialog."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QSizePolicy, QWidget

from mediation_desk.shared.errors import DeskError, InputError
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel, plain_caption
from ui.widgets.wrapping import Wrapping

_WORDS = 230
_RETURN = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Asking(Card):
    """One question at a time: `ask` shows it (``shown``), ``closed`` when it is answered or given up."""

    shown = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent=parent)
        self.setObjectName("board.asking")
        self._sentence = PlainLabel()
        self._said = PlainLabel(role="small", tone=Tone.SEAL, wrap=True)
        self._said.setObjectName("board.asking.said")
        self._fields = Wrapping(gap=12)
        self._named: dict[str, Field[QWidget]] = {}
        self._boxes: list[tuple[QCheckBox, str]] = []
        self._do: Callable[[], object] = lambda: None
        self._yes = primary("好", self.submit)
        self._yes.setObjectName("board.asking.submit")
        no = button("收起  Esc", self.close_up)
        no.setObjectName("board.asking.cancel")
        self.add(self._sentence)
        holder = QWidget(self)
        holder.setLayout(self._fields)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        holder.setSizePolicy(policy)
        self.add(holder)
        self.add(row(self._said, None, no, self._yes))
        self.body.setContentsMargins(*(theme().px(one) for one in (12, 8, 12, 8)))
        self.hide()

    def ask(self, sentence: str, verb: str, fields: Sequence[QWidget], do: Callable[[], object]) -> None:
        """Show ``sentence`` with ``fields``; Enter or the button calls ``do``."""
        self._clear()
        self._sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._yes.set_caption(verb)
        self._do = do
        for one in fields:
            is_words = isinstance(one, Field) and isinstance(one.editor, TextField)
            self._fields.add(one, _WORDS if is_words else 0, 1 if is_words else 0)
            one.show()
            target = one.editor if isinstance(one, Field) else one
            target.installEventFilter(self)
            if isinstance(one, Field):
                self._named[one.name] = one
        self.show()
        self.shown.emit()
        first = fields[0].editor if isinstance(fields[0], Field) else fields[0]
        first.setFocus(Qt.FocusReason.TabFocusReason)

    def submit(self) -> None:
        """Check what can be checked here, then do it."""
        self._say("")
        wrong = [field for field in self._named.values() if not field.check()]
        if wrong:
            wrong[0].editor.setFocus()
        else:
            self._do()

    def close_up(self) -> None:
        """Ask no more."""
        if not self.isHidden():
            self.hide()
            self._clear()
            self.closed.emit()

    def on_refused(self, error: BaseException) -> bool:
        """Show why a deed was refused, at its field where it names one."""
        if not self.isVisible() or not isinstance(error, DeskError):
            return False
        if isinstance(error, InputError) and error.field in self._named:
            self._named[error.field].set_error(error.message)
            self._named[error.field].editor.setFocus()
        else:
            rule = getattr(error, "rule", "")
            self._say(f"{error.message}（{rule}）" if rule and rule not in error.message else error.message)
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter goes on or does it; Esc gives up."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and not event.modifiers():
            if event.key() in _RETURN:
                self._go_on(watched)
                return True
            if event.key() == Qt.Key.Key_Escape:
                self.close_up()
                return True
        return super().eventFilter(watched, event)

    def _go_on(self, watched: QObject) -> None:
        fields = list(self._named.values())
        place = next((n for n, field in enumerate(fields) if field.editor is watched), len(fields))
        later = [
            field
            for field in fields[place + 1 :]
            if isinstance(field.editor, TextField) and not field.editor.value()
        ]
        if later:
            later[0].editor.setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.submit()

    def _clear(self) -> None:
        self._named.clear()
        clear(self._fields)
        self._say("")

    def _say(self, sentence: str) -> None:
        self._said.setText(sentence)
        self._said.setVisible(bool(sentence))


def text_field(word: str, name: str, placeholder: str, kept: str = "") -> Field[TextField]:
    """A required line of words."""
    made = Field(word, TextField(placeholder, longest=200), name=name, required=True)
    made.editor.setObjectName(f"board.asking.{name}")
    made.editor.set_value(kept)
    return made


def day_field(word: str, today: date) -> Field[DateField]:
    """A day, today unless changed."""
    made = Field(word, DateField(today=lambda: today), name="on", required=True)
    made.editor.setObjectName("board.asking.on")
    made.editor.set_value(today)
    return made


def choice_field(
    word: str, name: str, values: Sequence[tuple[str, str]], chosen: str = ""
) -> Field[ChoiceField[tuple[str, str]]]:
    """One of a few, as (value, words)."""
    editor: ChoiceField[tuple[str, str]] = ChoiceField(values, word=lambda one: one[1])
    made = Field(word, editor, name=name)
    editor.setObjectName(f"board.asking.{name}")
    editor.set_value(next((one for one in values if one[0] == chosen), values[0]))
    return made


def ticks(
    word: str, values: Sequence[tuple[str, str]], ticked: Sequence[str]
) -> tuple[QWidget, list[QCheckBox]]:
    """Several of a few; the boxes carry their value as property ``value``."""
    boxes = []
    line = column(PlainLabel(word, role="label"), gap=2)
    for value, words in values:
        box = QCheckBox(plain_caption(words))
        box.setAccessibleName(f"{word}：{words}")
        box.setObjectName(f"board.asking.by.{value}")
        box.setProperty("value", value)
        box.setChecked(value in ticked)
        line.addWidget(box)
        boxes.append(box)
    holder = boxed(line)
    holder.setFocusProxy(boxes[0])
    return holder, boxes
