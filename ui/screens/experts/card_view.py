"""The public card of a mediator; identity number, telephone and address are not on it (domain.md §5.1)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.experts.mediator import Mediator, public_card
from mediation_desk.experts.searching import Entry
from ui.screens.experts.person_portrait import PersonPortrait
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.words import earliest
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.chip import ChipRow
from ui.widgets.facts import FactGrid
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small, title

_PHOTO = QSize(120, 160)
_LONG_NAME = 10


class CardView(QWidget):
    """What a party may see of one mediator; nothing else is read from the record."""

    def __init__(self, photos: PhotoShelf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._photo = PersonPortrait(photos, _PHOTO)
        self._name = title("")
        self._chips = ChipRow()
        self._facts = FactGrid()
        self._about = PlainLabel(wrap=True)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(12))
        for widget in (self._photo, self._name, self._chips, self._facts, self._about):
            stack.addWidget(widget)
        self._remark = small("选中一位调解员，这里是可以给当事人看的公示卡。", wrap=True)
        stack.addWidget(self._remark)
        stack.addStretch(1)
        self._photo.hide()

    def show_entry(self, entry: Entry, today: date) -> None:
        """Show an entry of the register with its next free time."""
        free = earliest(entry.mediator, entry.next_free, today).removeprefix("最早 ")
        self._show(entry.mediator, today, (("最早有空", free), ("手头案件", f"{entry.running} 件")))

    def show_mediator(self, mediator: Mediator, today: date) -> None:
        """Show the bare card, as it would be posted on the wall."""
        self._show(mediator, today, ())

    def _show(self, mediator: Mediator, today: date, beside: tuple[tuple[str, str], ...]) -> None:
        card = public_card(mediator, today)
        self._name.setWordWrap(len(card.name) > _LONG_NAME)
        self._name.setText(card.name)
        grade = ((card.grade, Tone.QUIET),) if card.grade else ()
        self._chips.show_chips((mediator.card.employment.value, Tone.ACCENT), *grade)
        self._facts.clear()
        years = f"{card.years} 年" if card.years is not None else ""
        for word, fact in (
            ("编号", card.pool_no),
            ("单位", card.organisation),
            ("从事调解", years),
            ("擅长", "、".join(card.specialties)),
            ("语言", "、".join(card.languages)),
            *beside,
        ):
            if fact:
                self._facts.add(word, fact)
        self._about.setText(card.introduction)
        self._about.setVisible(bool(card.introduction))
        self._photo.show_person(card.pool_no, card.name, has_photo=card.has_photo)
        self._photo.show()
        self._remark.setText("卡片上没有证件号、电话和住址，可以给当事人看。")
