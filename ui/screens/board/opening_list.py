"""开场: the hearing script item by item, the one at hand in large words to be read out; a tick notes it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCheckBox, QFrame, QWidget

from mediation_desk.hearings.board.opening import Opened, OpeningItem
from ui.fields.text_field import TextField
from ui.screens.board.chips import compact
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column, row
from ui.widgets.plain import PlainLabel, plain_caption
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class OpeningList(QWidget):
    """``noted(code, answer, done)`` when an item was ticked, answered or taken back."""

    noted = Signal(str, str, bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._body = column(gap=2)
        self.setLayout(self._body)
        self._lines: dict[str, _Line] = {}
        self._opened: dict[str, Opened] = {}
        self._at = ""

    def show_items(self, items: Sequence[OpeningItem], *, closed: bool) -> None:
        """Another session."""
        clear(self._body)
        self._lines.clear()
        for item in items:
            line = _Line(item, self)
            line.setEnabled(not closed)
            line.noted.connect(self.noted)
            line.wanted.connect(self._unfold)
            self._lines[item.code] = line
            self._body.addWidget(line)
        self._at = ""
        self.show_opened({})

    def show_opened(self, opened: dict[str, Opened]) -> None:
        """What has been done; the first that has not is unfolded."""
        self._opened = opened
        for code, line in self._lines.items():
            line.show_done(opened.get(code))
        if not self._at or self._at in opened:
            self._unfold(self.next_code())

    def next_code(self) -> str:
        """The first item that has not been done; "" when all are."""
        return next((code for code in self._lines if code not in self._opened), "")

    def count(self) -> tuple[int, int]:
        """How many are done, of how many."""
        return sum(code in self._opened for code in self._lines), len(self._lines)

    def do_next(self) -> str:
        """Note the item at hand as done; what was typed or is usual is its answer. The item that comes next."""
        code = self.next_code()
        if code:
            line = self._lines[code]
            self.noted.emit(code, line.answer.value() or line.usual(), True)
        return code

    def _unfold(self, code: str) -> None:
        self._at = code
        for name, line in self._lines.items():
            line.unfold(name == code)


class _Line(QFrame):
    noted = Signal(str, str, bool)
    wanted = Signal(str)

    def __init__(self, item: OpeningItem, parent: QWidget) -> None:
        super().__init__(parent)
        self._item = item
        px = theme().px
        self.box = QCheckBox(plain_caption(item.title))
        self.box.setObjectName(f"opening.{item.code}")
        demanded = "，没有做记录不能定稿" if item.demanded else ""
        self.box.setAccessibleName(f"{item.title}{demanded}")
        self.box.clicked.connect(self._on_clicked)
        law = "　".join(part for part in (item.rule, item.article) if part)
        self._open = link("看", lambda: self.wanted.emit(item.code))
        self._open.setAccessibleName(f"展开“{item.title}”")
        self._open.setProperty("compact", "true")
        self._given = small("", wrap=True)
        say = PlainLabel(item.say, wrap=True)
        say.setProperty("role", "heading")
        self.answer = TextField("怎样回答的", longest=200)
        self.answer.setObjectName(f"opening.{item.code}.answer")
        self.answer.setAccessibleName(f"“{item.title}”怎样回答的")
        self.answer.installEventFilter(self)
        ways = WrappingRow(gap=2, line_gap=0)
        for words in item.answers:
            way = link(words, partial(self._note, words))
            ways.add(compact(way, Qt.FocusPolicy.TabFocus))
        needed = "　必须做" if item.demanded else ""
        self._more = boxed(column(say, ways, self.answer, small(f"{law}{needed}", wrap=True), gap=6))
        body = column(row(self.box, None, self._open), self._given, self._more, gap=2)
        body.setContentsMargins(0, px(2), 0, px(6))
        self.setLayout(body)
        self._given.hide()

    def usual(self) -> str:
        """The usual answer."""
        return self._item.answers[0] if self._item.answers else ""

    def show_done(self, opened: Opened | None) -> None:
        self.box.setChecked(opened is not None)
        at = f"{opened.at.astimezone():%H:%M}　{opened.answer}".strip() if opened is not None else ""
        self._given.setText(at)
        self._given.setVisible(bool(at))

    def unfold(self, wanted: bool) -> None:
        self._more.setVisible(wanted)
        self._open.setVisible(not wanted)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the answer notes the item."""
        if (
            event.type() == QEvent.Type.KeyPress
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and not event.modifiers()
        ):
            self._note(self.answer.value() or self.usual())
            return True
        return super().eventFilter(watched, event)

    def _on_clicked(self, checked: bool) -> None:
        self.noted.emit(self._item.code, self.answer.value() or (self.usual() if checked else ""), checked)

    def _note(self, answer: str) -> None:
        self.noted.emit(self._item.code, answer, True)
