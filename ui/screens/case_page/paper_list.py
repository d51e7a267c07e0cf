"""The forms of a case in the order of its course: what can be printed, what was, and why the rest cannot yet."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from mediation_desk.documents.form import Stage
from mediation_desk.documents.printing import FormChoice
from ui.fields.check_field import CheckField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, link
from ui.widgets.layout import boxed, clear, row
from ui.widgets.plain import PlainLabel, plain_tooltip

Deed = Callable[[str], object]
_FEW = 14  # forms that are all shown


class PaperList(QWidget):
    """Ticks choose what is printed together; each line shows, saves or prints its own form.

    Where there are many, only the stages the case is at stand open. What is ticked stays ticked when its stage is
    folded. Signal ``ticked()`` when the choice has changed.
    """

    ticked = Signal()

    def __init__(self, show: Deed, write: Deed, print_: Deed, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._deeds = (
            ("看", "show", "paper", show),
            ("存", "write", "export", write),
            ("印", "print", "print", print_),
        )
        self._choices: tuple[FormChoice, ...] = ()
        self._chosen: set[str] = set()
        self._ticks: dict[str, CheckField] = {}
        self._front: frozenset[Stage] = frozenset()
        self._turned: dict[Stage, bool] = {}  # by hand
        self._heads: dict[Stage, DeskButton] = {}
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(theme().px(10))
        self._grid.setVerticalSpacing(theme().px(2))
        self._grid.setColumnStretch(1, 1)
        self._more = link("", self._on_more)
        self._more.setObjectName("papers.more")
        self._missing = QVBoxLayout()
        self._missing.setSpacing(theme().px(2))
        self._why = boxed(self._missing, parent=self)
        self._why.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        stack.addWidget(boxed(self._grid, parent=self))
        stack.addLayout(row(self._more, None))
        stack.addWidget(self._why)

    def show_choices(self, choices: Sequence[FormChoice], front: frozenset[Stage] = frozenset()) -> None:
        """These forms, ``front`` the stages the case is at; ticks stay where the form can still be printed."""
        if (tuple(choices), front) == (self._choices, self._front):
            return
        if front != self._front:
            self._turned = {}
        self._choices, self._front = tuple(choices), front
        self._chosen &= {choice.key for choice in choices if choice.reason is None}
        self._fill()
        missing = sum(choice.reason is not None for choice in choices)
        self._more.setVisible(missing > 0)
        self._settle_more()
        if self._why.isVisibleTo(self):
            self._fill_why()
        self.ticked.emit()

    def chosen(self) -> tuple[str, ...]:
        """Keys of the ticked forms, in order."""
        return tuple(choice.key for choice in self._choices if choice.key in self._chosen)

    def tick(self, wanted: Callable[[FormChoice], bool]) -> None:
        """Tick those forms and no others."""
        self._chosen = {choice.key for choice in self._printable() if wanted(choice)}
        for key, tick in self._ticks.items():
            tick.set_value(key in self._chosen)
        self._name_heads()
        self.ticked.emit()

    def unfold(self, form: str) -> None:
        """Open the stage this form belongs to."""
        for choice in self._printable():
            if choice.key == form and not self._is_open(choice.stage):
                self._turn(choice.stage)

    def _printable(self) -> tuple[FormChoice, ...]:
        return tuple(choice for choice in self._choices if choice.reason is None)

    def _is_open(self, stage: Stage) -> bool:
        if stage in self._turned:
            return self._turned[stage]
        of_stage = [choice for choice in self._printable() if choice.stage is stage]
        few = len(self._printable()) <= _FEW
        return few or stage in self._front or any(choice.changed for choice in of_stage)

    def _turn(self, stage: Stage) -> None:
        self._turned[stage] = not self._is_open(stage)
        self._fill()
        self._heads[stage].setFocus()

    def _fill(self) -> None:
        clear(self._grid)
        self._ticks, self._heads = {}, {}
        line, stage = 0, None
        for choice in self._printable():
            if choice.stage is not stage:
                stage = choice.stage
                self._add_head(line, stage)
                line += 1
            if self._is_open(stage):
                self._add(line, choice)
                line += 1
        self._name_heads()

    def _add_head(self, line: int, stage: Stage) -> None:
        head = link("", partial(self._turn, stage), symbol="down" if self._is_open(stage) else "right")
        head.setObjectName(f"papers.fold.{stage.name.lower()}")
        self._heads[stage] = head
        self._grid.addLayout(row(head, None), line, 0, 1, 3)

    def _name_heads(self) -> None:
        """How many there are in each stage, and how many are ticked and printed."""
        for stage, head in self._heads.items():
            of_stage = [choice for choice in self._printable() if choice.stage is stage]
            ticked = sum(choice.key in self._chosen for choice in of_stage)
            printed = sum(choice.printed > 0 for choice in of_stage)
            more = "".join(
                f"，{word} {count}" for word, count in (("已选", ticked), ("印过", printed)) if count
            )
            head.set_caption(f"{stage} {len(of_stage)} 种{more}")
            head.setAccessibleName(f"{'收起' if self._is_open(stage) else '展开'}{head.text()}")

    def _on_edited(self, form: str) -> None:
        self._chosen ^= {form}
        self._name_heads()
        self.ticked.emit()

    def _add(self, line: int, choice: FormChoice) -> None:
        tick = CheckField(choice.title, self)
        tick.setObjectName(f"papers.{choice.key}.tick")
        tick.set_value(choice.key in self._chosen)
        tick.edited.connect(partial(self._on_edited, choice.key))
        self._ticks[choice.key] = tick
        self._grid.addWidget(tick, line, 0)
        said = PlainLabel(_said(choice), role="small", wrap=True)
        if choice.changed:
            said.set_tone(Tone.SOON)
        self._grid.addWidget(said, line, 1)
        buttons = row(gap=2)
        for word, name, symbol, deed in self._deeds:
            made: DeskButton = link(word, partial(deed, choice.key), symbol=symbol)
            made.setObjectName(f"papers.{choice.key}.{name}")
            made.setAccessibleName(f"{_ALOUD[word]}{choice.title}")
            plain_tooltip(made, _ALOUD[word])
            buttons.addWidget(made)
        self._grid.addLayout(buttons, line, 2)

    def _on_more(self) -> None:
        self._why.setVisible(not self._why.isVisibleTo(self))
        if self._why.isVisibleTo(self):
            self._fill_why()
        self._settle_more()

    def _settle_more(self) -> None:
        missing = sum(choice.reason is not None for choice in self._choices)
        opened = self._why.isVisibleTo(self)
        self._more.setText(f"{'收起' if opened else '看看'}还不能打印的 {missing} 种和原因")

    def _fill_why(self) -> None:
        clear(self._missing)
        for choice in self._choices:
            if choice.reason is not None:
                words = f"{choice.title}：{choice.reason}"
                label = PlainLabel(words, role="small", wrap=True)
                label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
                self._missing.addWidget(label)


_ALOUD = {"看": "看", "存": "存成文件", "印": "打印"}


def _said(choice: FormChoice) -> str:
    copies = f"每件 {choice.copies} 份" if choice.copies > 1 else ""
    before = "印过，内容后来改了" if choice.changed else "印过" if choice.printed else ""
    return " · ".join(word for word in (copies, before) if word)
