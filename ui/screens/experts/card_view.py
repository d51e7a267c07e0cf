"""The public card of a mediator; identity number, telephone and birth date are not on it (domain.md §5.1)."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.experts.service import PoolEntry
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.chip import ChipRow
from ui.widgets.facts import FactGrid
from ui.widgets.text import small, title


class CardView(QWidget):
    """Facts of one mediator as a party may see them."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._name = title("")
        self._chips = ChipRow()
        self._facts = FactGrid()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(12))
        for widget in (self._name, self._chips, self._facts):
            stack.addWidget(widget)
        stack.addWidget(small("卡片上没有证件号、电话和出生日期，可以给当事人看。", wrap=True))
        stack.addStretch(1)

    def show_entry(self, entry: PoolEntry) -> None:
        """Show this mediator."""
        card = entry.card
        self._name.setText(card.name)
        grade = ((card.grade, Tone.QUIET),) if card.grade else ()
        self._chips.show_chips((card.employment.value, Tone.ACCENT), *grade)
        self._facts.clear()
        years = f"{card.years_mediating} 年" if card.years_mediating is not None else ""
        for word, fact in (
            ("编号", card.pool_no),
            ("单位", card.organisation),
            ("职业", card.occupation or ""),
            ("从事调解", years),
            ("擅长", "、".join(card.specialties)),
            ("语言", "、".join(card.languages)),
            ("手头案件", f"{entry.running} 件"),
        ):
            if fact:
                self._facts.add(word, fact)
