"""What is wanted: one line per claim, a blank line for the next, the total beneath."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.cases.counter.phrases import Phrase
from mediation_desk.shared.money import figures
from ui.fields.choice_field import ChoiceField
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.screens.intake.assemble import OTHER_SIDE, total_of
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.words import Words, text
from ui.widgets.buttons import IconButton
from ui.widgets.layout import column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small

_SEVERAL = 3


class Claims(QWidget):
    """Who claims from whom is asked only when there are more than two parties.

    ``taken_out`` tells what was asked in a line that was removed, and how to put it back.
    """

    edited = Signal()
    taken_out = Signal(str, object)

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._names: tuple[str, ...] = ()
        self._rows: list[Panel] = []
        self._stack = column(gap=6)
        self._total = small()
        label = PlainLabel("想要什么", role="label")
        self.setLayout(column(label, self._stack, row(None, self._total), None, gap=3))

    def clear(self) -> None:
        """One blank line."""
        self.show_words(())

    def words(self) -> list[dict[str, object]]:
        """The claims in order, without blank lines."""
        return [panel.words() for panel in self._rows if not _is_blank(panel)]

    def show_words(self, claims: tuple[Words, ...]) -> None:
        """Show these claims and a blank line."""
        for panel in tuple(self._rows):
            self._take_out(panel)
        for words in claims:
            self._append().show_words(words)
        self._append()
        self._rename()

    def found(self) -> Found:
        """Fields by place."""
        filled = [panel for panel in self._rows if not _is_blank(panel)]
        for number, panel in enumerate(filled):
            yield from panel.found(f"/claims/{number}")

    def follow(self, names: tuple[str, ...]) -> None:
        """The parties have other names now."""
        if names == self._names:
            return
        self._names = names
        for panel in self._rows:
            self._offer(panel)

    def _append(self) -> Panel:
        panel = Panel()
        item = TextField("例如：吊顶维修费", longest=100)
        panel.put("item", "", item, width=150, stretch=3, offers=Phrase.CLAIM)
        panel.put("amount", "", MoneyField("金额（元）"), width=128)
        cross = IconButton("close", "去掉这一项")
        policy = cross.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        cross.setSizePolicy(policy)
        panel.add(cross, 34)
        panel.put("by", "", ChoiceField((), empty="申请人"), width=108, stretch=1, passed_by=True)
        panel.put("against", "", ChoiceField((), empty=OTHER_SIDE), width=108, stretch=1, passed_by=True)
        for key in ("item", "amount", "by", "against"):
            panel.field(key).label.hide()
        cross.clicked.connect(lambda: self._on_cross(panel))
        panel.edited.connect(self._on_edited)
        self._rows.append(panel)
        self._stack.addWidget(panel)
        panel.setVisible(True)
        self._offer(panel)
        return panel

    def _offer(self, panel: Panel) -> None:
        several = len(self._names) >= _SEVERAL
        for key in ("by", "against"):
            editor = panel.editor(key)
            if isinstance(editor, ChoiceField):
                with QSignalBlocker(editor):
                    editor.set_values(self._names)
            panel.field(key).setVisible(several)

    def _on_edited(self) -> None:
        if not _is_blank(self._rows[-1]):
            self._append()
            self._rename()
        self._show_total()
        self.edited.emit()

    def _on_cross(self, panel: Panel) -> None:
        place, words = self._rows.index(panel), panel.words()
        self._take_out(panel)
        self._rename()
        self._rows[-1].editor("item").setFocus()
        self.edited.emit()
        self.taken_out.emit(text(words, "item") or "这一项", lambda: self._put_back(place, words))

    def _put_back(self, place: int, words: Words) -> None:
        """Where it stood; what was typed in the other lines since stays."""
        lines: list[Words] = list(self.words())
        lines.insert(min(place, len(lines)), words)
        self.show_words(tuple(lines))
        self.edited.emit()

    def _take_out(self, panel: Panel) -> None:
        self._rows.remove(panel)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.setParent(None)
        panel.deleteLater()

    def _rename(self) -> None:
        for number, panel in enumerate(self._rows):
            panel.name_as(f"intake.claim.{number}")
            for cross in panel.findChildren(IconButton):
                cross.setVisible(panel is not self._rows[-1])
                cross.setObjectName(f"intake.claim.{number}.remove")
            for key, word in (("item", "要什么"), ("amount", "金额"), ("by", "谁提出"), ("against", "向谁")):
                panel.editor(key).setAccessibleName(f"第{number + 1}项请求 {word}")
        self._show_total()

    def _show_total(self) -> None:
        lines = tuple(self.words())
        total = total_of(lines, self._today())
        self._total.setText(f"合计 {figures(total)} 元" if lines else "没有写就是不涉及金额")


def _is_blank(panel: Panel) -> bool:
    words = panel.words()
    return not text(words, "item") and not text(words, "amount")
