"""当心: the dangers to watch for, suggested with a reason, confirmed by a tick; what to do now is told at once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.counter.screening import Danger, Suggestion, dangers
from ui.fields.check_field import CheckField
from ui.fields.date_field import DateField, show_day
from ui.fields.text_field import TextField
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.words import Words, part, ticked
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.layout import boxed, column
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow


class Cares(QWidget):
    """A box for each danger of the rule file; a ticked one asks to whom it was reported."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._boxes: dict[str, CheckField] = {}
        self._reports: dict[str, Panel] = {}
        self._holders: dict[str, QWidget] = {}
        self._why = small(tone=Tone.SOON, wrap=True)
        self._why.setObjectName("intake.cares")
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(6))
        row = WrappingRow(gap=14)
        row.add(small("当心"))
        for number, danger in enumerate(dangers()):
            row.add(self._box(number, danger))
        self._stack.addWidget(row)
        self._stack.addWidget(self._why)
        self.suggest(())

    def clear(self) -> None:
        """Nothing ticked."""
        self.show_words({})

    def words(self) -> dict[str, object]:
        """The dangers ticked, each with what was reported."""
        return {
            kind: {"ticked": True, **(self._reports[kind].words() if kind in self._reports else {})}
            for kind, box in self._boxes.items()
            if box.value()
        }

    def show_words(self, words: Words) -> None:
        """Show what was kept."""
        for number, danger in enumerate(dangers()):
            kept = part(words, danger.kind)
            self._boxes[danger.kind].set_value(ticked(kept, "ticked"))
            self._follow(number, danger)
            if danger.kind in self._reports:
                self._reports[danger.kind].show_words(kept or {"to": "", "note": "", "on": ""})

    def suggest(self, found: tuple[Suggestion, ...]) -> None:
        """Say which dangers the words point to; ticking is for the clerk."""
        open_ = [one for one in found if not self._boxes[one.danger.kind].value()]
        pieces = "；".join(f"{one.danger.kind}（依据：{one.because}）" for one in open_)
        self._why.setText(f"看一看：{pieces}。确有的请勾选。" if pieces else "")
        self._why.setVisible(bool(pieces))

    def found(self) -> Found:
        """Fields by place."""
        for number, kind in enumerate(self.words()):
            yield from self._reports[kind].found(f"/risks/{number}")

    def why(self) -> str:
        """What is suggested, as shown."""
        return self._why.text()

    def _box(self, number: int, danger: Danger) -> CheckField:
        box = CheckField(danger.kind)
        box.setObjectName(f"intake.risk.{number}")
        box.edited.connect(lambda: self._on_ticked(number, danger))
        self._boxes[danger.kind] = box
        return box

    def _on_ticked(self, number: int, danger: Danger) -> None:
        self._follow(number, danger)
        self.edited.emit()

    def _follow(self, number: int, danger: Danger) -> None:
        """A ticked danger shows what is to be done; built when it is first needed."""
        wanted = self._boxes[danger.kind].value()
        if wanted and danger.kind not in self._holders:
            self._holders[danger.kind] = self._report(number, danger)
            self._stack.addWidget(self._holders[danger.kind])
        if danger.kind in self._holders:
            self._holders[danger.kind].setVisible(wanted)

    def _report(self, number: int, danger: Danger) -> QWidget:
        panel = Panel()
        panel.put("to", "报给了谁", TextField(danger.to, longest=80), width=220, stretch=2)
        panel.put("on", "哪天报的", DateField(today=self._today), width=176, passed_by=True)
        panel.put("note", "说明", TextField(longest=200), width=200, stretch=3, passed_by=True)
        panel.show_words({"on": show_day(self._today())})
        panel.name_as(f"intake.risk.{number}", danger.kind)
        panel.edited.connect(self.edited)
        self._reports[danger.kind] = panel
        now = small(f"{danger.kind}，现在要做：{danger.now}（{danger.article}）", tone=Tone.SEAL, wrap=True)
        return boxed(column(now, panel, gap=4))
