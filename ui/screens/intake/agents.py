"""Who speaks for a party: up to two agents, each in a row of its own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.counter.people import By
from mediation_desk.parties.model import Authority, Gender
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.intake.panel import Found, Panel
from ui.screens.intake.people import AGENT_KINDS
from ui.screens.intake.words import Words, text
from ui.theme import theme
from ui.widgets.buttons import IconButton, link
from ui.widgets.layout import row

MOST = 2


class Agents(QWidget):
    """Rows appear by pressing 加代理人 and go with their cross."""

    edited = Signal()

    def __init__(self, today: Callable[[], date]) -> None:
        super().__init__()
        self._today = today
        self._prefix, self._who = "", ""
        self._rows: list[Panel] = []
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(theme().px(6))
        self._add = link("加代理人", self._on_add, symbol="add")
        self._stack.addLayout(row(self._add, None))

    def words(self) -> list[dict[str, object]]:
        """The agents in order."""
        return [panel.words() for panel in self._rows]

    def show_words(self, agents: tuple[Words, ...]) -> None:
        """Show these agents and no others."""
        for panel in tuple(self._rows):
            self._drop(panel)
        for words in agents[:MOST]:
            self._append().show_words(words)

    def found(self, place: str) -> Found:
        """Fields by place."""
        for number, panel in enumerate(self._rows):
            yield from panel.found(f"{place}/agents/{number}")

    def any(self) -> bool:
        """Whether there is an agent."""
        return any(text(panel.words(), "name") for panel in self._rows)

    def name_as(self, prefix: str, who: str) -> None:
        """Stable and accessible names."""
        self._prefix, self._who = prefix, who
        self._add.setObjectName(f"{prefix}.add_agent")
        self._add.setAccessibleName(f"{who}加代理人")
        for number, panel in enumerate(self._rows):
            panel.name_as(f"{prefix}.agent.{number}", f"{who}代理人{number + 1}")

    def _append(self) -> Panel:
        panel = Panel()
        panel.put("name", "代理人", TextField(longest=50), width=110, offers=By.ANY)
        panel.put("gender", "性别", ChoiceField(Gender, empty="—"), width=96)
        panel.put("kind", "身份", ChoiceField(AGENT_KINDS), width=140, passed_by=True)
        # The narrower power is the safe default: only 特别授权 may settle, and that has to be on paper.
        powers = ChoiceField(tuple(reversed(Authority)))
        panel.put("authority", "权限", powers, width=110, passed_by=True)
        panel.put("poa_on", "授权日期", DateField(today=self._today), width=176)
        panel.put("phone", "电话", TextField(longest=20), width=132, offers=By.PHONE)
        panel.put("position", "单位职务", TextField(longest=60), width=130, stretch=1)
        cross = IconButton("close", "去掉这位代理人")
        cross.clicked.connect(lambda: self._on_cross(panel))
        panel.put_button(cross)
        panel.edited.connect(self.edited)
        self._rows.append(panel)
        self._stack.insertWidget(len(self._rows) - 1, panel)
        panel.setVisible(True)
        self._add.setVisible(len(self._rows) < MOST)
        self.name_as(self._prefix, self._who)
        return panel

    def _on_add(self) -> None:
        panel = self._append()
        panel.editor("name").setFocus()
        self.edited.emit()

    def _on_cross(self, panel: Panel) -> None:
        self._drop(panel)
        self._add.setFocus()
        self.edited.emit()

    def _drop(self, panel: Panel) -> None:
        self._rows.remove(panel)
        self._stack.removeWidget(panel)
        panel.hide()
        panel.setParent(None)
        panel.deleteLater()
        self._add.setVisible(True)
        self.name_as(self._prefix, self._who)
