"""One mediator's record to be read: photo and name, what is to be noticed, then everything by section."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.searching import Entry
from ui.screens.base import Context
from ui.screens.experts.card_view import CardView
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.record import sections
from ui.screens.experts.record.photo_box import PhotoBox
from ui.screens.experts.record.standing_form import StandingForm
from ui.screens.experts.words import STANDING_TONES, earliest, languages
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.chip import ChipRow
from ui.widgets.layout import boxed, clear, row
from ui.widgets.plain import PlainLabel
from ui.widgets.sectioned import Sectioned
from ui.widgets.text import line, title

_SECTIONS: tuple[tuple[str, str], ...] = (
    ("basics", "基本"),
    ("post", "任职"),
    ("ability", "能力"),
    ("honours", "荣誉"),
    ("time", "排班"),
    ("training", "培训"),
    ("discipline", "奖惩"),
    ("ties", "关系"),
    ("card", "公示卡"),
    ("figures", "指标"),
    ("standing", "生涯"),
)
_LONG_NAME = 16
_FIGURES_HEIGHT = 520
_NOT_EDITED = ("card", "figures")


class RecordPage(QWidget):
    """``edit_wanted(section)``, ``card_wanted`` (print the notice card), ``left`` back to the register.

    ``bar`` holds the way back and the deeds; the screen puts it beside its title.
    """

    edit_wanted = Signal(str)
    card_wanted = Signal()
    left = Signal()

    def __init__(
        self,
        context: Context,
        photos: PhotoShelf,
        figures: Callable[[Context], QWidget] | None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._context = context
        self.mediator: Mediator | None = None
        self._may_edit = context.services.actor.can(Permission.EXPERT_ENGAGE)
        self._photo = PhotoBox(context, photos)
        self._name = title("")
        self._chips = ChipRow()
        self._line = line("", Tone.QUIET)
        self._notices = PlainLabel(tone=Tone.SOON, wrap=True)
        self._notices.setObjectName("experts.notices")
        self.edit = primary("修改", lambda: self.edit_wanted.emit("basics"), symbol="edit")
        self.edit.setObjectName("experts.edit")
        self.print_card = button("打印公示卡", self.card_wanted.emit, symbol="print")
        self.print_card.setObjectName("experts.print_card")
        self._back = link("名册", self.left.emit, symbol="left")
        self._back.setObjectName("experts.back")
        self.bar = boxed(row(None, self._back, self.print_card, self.edit))
        self.pages = Sectioned("档案")
        self._bodies: dict[str, Card] = {}
        self.standing = StandingForm(context)
        self._public = CardView(photos)
        self.standing.opened.connect(lambda: self.pages.bring_into_view(self.standing))
        self.figures = figures(context) if figures is not None else None
        if self.figures is not None:
            self.figures.setMinimumHeight(theme().px(_FIGURES_HEIGHT))
        for code, word in _SECTIONS:
            self._add_section(code, word)
        self._lay_out()
        shortcut = QShortcut(QKeySequence(Qt.Key.Key_F2), self)
        shortcut.activated.connect(self.edit.click)

    def show_mediator(self, mediator: Mediator, entry: Entry | None, today: date) -> None:
        """Show another reading of a record."""
        fresh = self.mediator is None or self.mediator.pool_no != mediator.pool_no
        self.mediator = mediator
        if not fresh:
            self.pages.stay()
        self._show_head(mediator, entry, today)
        made = {
            "basics": sections.basics(mediator),
            "post": sections.post(mediator),
            "ability": sections.ability(mediator),
            "honours": sections.honours(mediator),
            "time": sections.schedule(mediator),
            "training": sections.training(mediator, today),
            "discipline": sections.discipline(mediator),
            "ties": sections.ties(mediator),
            "standing": sections.standing(mediator),
        }
        for code, shown in made.items():
            self._replace(self._bodies[code], shown)
        self._public.show_mediator(mediator, today)
        self.standing.show_mediator(mediator, allowed=self._may_edit)
        show = getattr(self.figures, "show_mediator", None)
        if show is not None:
            show(mediator.pool_no)
        if fresh:
            self.pages.to_top()

    def _show_head(self, mediator: Mediator, entry: Entry | None, today: date) -> None:
        card = mediator.card
        self._photo.show_mediator(mediator, allowed=self._may_edit)
        self._name.setWordWrap(len(card.name) > _LONG_NAME)
        self._name.setText(card.name)
        grade = ((card.grade, Tone.QUIET),) if card.grade else ()
        layer = ((mediator.layer.value, Tone.QUIET),) if mediator.layer else ()
        self._chips.show_chips(
            (mediator.standing.value, STANDING_TONES[mediator.standing]),
            *((track.value, Tone.ACCENT) for track in mediator.tracks),
            *layer,
            *grade,
        )
        busy = (f"在办 {entry.running} 件", earliest(mediator, entry.next_free, today)) if entry else ()
        self._line.setText(
            "　".join((card.pool_no, card.organisation, "、".join(languages(mediator)), *busy))
        )
        self._notices.setText("；".join(entry.notices) if entry else "")
        self._notices.setVisible(bool(entry and entry.notices))
        self.edit.setVisible(self._may_edit)

    def _add_section(self, code: str, word: str) -> None:
        card = Card(word)
        card.setObjectName(f"record.{code}")
        if self._may_edit and code not in _NOT_EDITED:
            changer = link("修改", partial(self.edit_wanted.emit, code))
            changer.setAccessibleName(f"修改{word}")
            changer.setObjectName(f"record.{code}.edit")
            card.header.addWidget(changer)
        if code == "card":
            card.add(self._public)
        elif code == "figures":
            card.add(self.figures if self.figures is not None else PlainLabel("还没有指标。", role="quiet"))
        else:
            holder = QVBoxLayout()
            holder.setObjectName("holder")
            card.add(holder)
        if code == "standing":
            card.add(self.standing)
        self._bodies[code] = card
        self.pages.add(code, word, card)

    def _replace(self, card: Card, shown: QWidget) -> None:
        holder = card.body.itemAt(0).layout()
        if isinstance(holder, QVBoxLayout):
            clear(holder)
            holder.addWidget(shown)

    def _lay_out(self) -> None:
        px = theme().px
        words = QVBoxLayout()
        words.setSpacing(px(6))
        words.addWidget(self._name)
        words.addWidget(self._chips)
        words.addWidget(self._line)
        words.addWidget(self._notices)
        words.addStretch(1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(px(8))
        head = row(self._photo, 8)
        head.addLayout(words, 1)
        stack.addLayout(head)
        stack.addWidget(self.pages, 1)
