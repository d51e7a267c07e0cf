"""别人也改过: what I wrote, what is on file now and what stood there before, place by place, to choose from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QDialog, QRadioButton, QVBoxLayout, QWidget

from mediation_desk.cases.comparing import Choice, Line
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, primary
from ui.widgets.card import Card
from ui.widgets.layout import boxed, column, row, scroll_to, scrolling
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading, paragraph, small

_WIDE, _HIGH, _BESIDE = 960, 640, 700
"""Size of the dialog, and from which width on the three readings stand side by side, in desk pixels."""
_EMPTY = "（空）"
_TOLD = {
    Choice.MINE: "用我写的",
    Choice.THEIRS: "用现在的",
    Choice.BOTH: "两段都留：我写的接在现在的后面",
}


class SideBySide(QDialog):
    """``settled(choices)`` when every overlapping place was chosen; given up, nothing is saved and nothing lost.

    A ``refusal`` says why it cannot be saved any more: then there is nothing to choose, only to read.
    """

    settled = Signal(object)

    def __init__(
        self, lines: Sequence[Line], parent: QWidget, *, by: str = "", at: datetime | None = None, refusal: str = ""
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setObjectName("merge")
        self.setWindowTitle("别人刚刚也改过")
        self._who = by or "另一位工作人员"
        moment = f"，{at.astimezone():%H:%M}" if at is not None else ""
        self._now = f"现在的（{self._who}{moment}）"
        self._refusal = refusal
        self._open = tuple(line for line in lines if line.overlapping and not refusal)
        self._rest = tuple(line for line in lines if line not in self._open)
        self._groups: dict[str, QButtonGroup] = {}
        self._beside = True
        self._notice = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._notice.setObjectName("merge.notice")
        self._notice.hide()
        self.later = button("先不保存  Esc", self.reject)
        self.later.setObjectName("merge.cancel")
        self.save = primary("按选好的保存  Ctrl+Enter", self.finish)
        self.save.setObjectName("merge.submit")
        self._fit()
        self._lay_out()
        QShortcut(QKeySequence("Ctrl+Return"), self).activated.connect(self.finish)
        QShortcut(QKeySequence("Ctrl+Enter"), self).activated.connect(self.finish)
        self.finished.connect(self.deleteLater)

    def choices(self) -> Mapping[str, Choice]:
        """What was chosen so far, by place."""
        return {
            place: Choice(one.property("choice"))
            for place, group in self._groups.items()
            for one in group.buttons()
            if one.isChecked()
        }

    def choose(self, place: str, choice: Choice) -> None:
        """As a click on it."""
        for one in self._groups[place].buttons():
            if one.property("choice") == choice.value:
                one.setChecked(True)

    def finish(self) -> None:
        """Hand the choices on, or lead to the first place that was not chosen."""
        if self._refusal:
            return
        chosen = self.choices()
        left = [line for line in self._open if line.place not in chosen]
        if left:
            self._notice.setText(f"还有{len(left)}项没有选，先选“{left[0].name}”用哪一个。")
            self._notice.show()
            first = self._groups[left[0].place].buttons()[0]
            first.setFocus(Qt.FocusReason.TabFocusReason)
            scroll_to(first)
            return
        self.accept()
        self.settled.emit(chosen)

    # Building

    def _fit(self) -> None:
        """As large as the screen lets it be; in a narrow one the readings stand one under the other."""
        px, room = theme().px, self.screen().availableGeometry()
        width = min(px(_WIDE), room.width() - px(40))
        self.resize(width, min(px(_HIGH), room.height() - px(60)))
        self._beside = width >= px(_BESIDE)

    def _lay_out(self) -> None:
        px = theme().px
        stack = QVBoxLayout(self)
        stack.setContentsMargins(px(20), px(16), px(20), px(14))
        stack.setSpacing(px(10))
        stack.addWidget(heading(self._heading()))
        stack.addWidget(paragraph(self._sentence()))
        body = column(gap=12)
        for line in self._open:
            body.addWidget(self._place(line, choose=True))
        if self._rest:
            body.addWidget(
                heading("这件案件里两边不同的地方" if self._refusal else "不冲突的改动，两边的都会留下")
            )
            for line in self._rest:
                body.addWidget(self._place(line, choose=False))
        body.addStretch(1)
        stack.addWidget(scrolling(boxed(body), name="两边不同的地方"), 1)
        stack.addWidget(self._notice)
        self.save.setVisible(not self._refusal)
        if self._refusal:
            self.later.set_caption("知道了  Esc")
        stack.addLayout(row(None, self.later, self.save, gap=10))
        if self._groups:
            next(iter(self._groups.values())).buttons()[0].setFocus()

    def _heading(self) -> str:
        return "这一步现在不能办了" if self._refusal else "别人刚刚也改过，请选用哪一个"

    def _sentence(self) -> str:
        if self._refusal:
            return f"{self._who}刚刚保存了本案。{self._refusal}您写的都还在表上，下面是两边的内容。"
        return (
            f"您写的时候，{self._who}也改了下面{len(self._open)}项。每一项都要选；"
            "没有选用的文字会留在案件“概况”的“没有采用的文字”里。"
        )

    def _place(self, line: Line, *, choose: bool) -> Card:
        card = Card(line.name)
        texts = (("我写的", line.mine), (self._now, line.theirs), ("原来的", line.before))
        across = row(gap=16) if self._beside else column(gap=10)
        for caption, text in texts:
            shown = paragraph(text or _EMPTY)
            shown.setAccessibleName(f"{line.name}，{caption}：{text or _EMPTY}")
            shown.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            across.addWidget(boxed(_stacked(small(caption, wrap=True), shown)), 1)
        card.add(across)
        if choose:
            card.add(self._ways(line))
        return card

    def _ways(self, line: Line) -> QBoxLayout:
        group = QButtonGroup(self)
        self._groups[line.place] = group
        ways: QBoxLayout = row(gap=20) if self._beside else column(gap=6)
        texts = {Choice.MINE: line.mine, Choice.THEIRS: line.theirs, Choice.BOTH: ""}
        for choice in Choice:
            if choice is Choice.BOTH and not line.joins:
                continue
            way = QRadioButton(_TOLD[choice])
            way.setObjectName(f"merge.{line.place}.{choice.value}")
            way.setProperty("choice", choice.value)
            said = texts[choice]
            way.setAccessibleName(f"{line.name}：{_TOLD[choice]}{f'，{said}' if said else ''}")
            group.addButton(way)
            ways.addWidget(way)
        ways.addStretch(1)
        return ways


def _stacked(*widgets: QWidget) -> QVBoxLayout:
    made = column(gap=4)
    for one in widgets:
        made.addWidget(one)
    made.addStretch(1)
    return made
