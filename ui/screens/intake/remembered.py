"""认出来访人: who on the sheet came before, and earlier cases that look like this one; hidden until there are any."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QPushButton, QWidget

from mediation_desk.cases.counter.alike import Alike, ElsewhereDraft, Relation
from mediation_desk.cases.counter.people import MOST, Acquaintance
from mediation_desk.cases.counter.service import Resemblance
from mediation_desk.parties.model import age_on
from ui.screens.intake.drafts import saved_words
from ui.screens.intake.prompting import capacity_words
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import boxed, clear, column, scrolling
from ui.widgets.plain import PlainLabel
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_PEOPLE_SHOWN = 4
_ROW, _ROWS_SHOWN, _NARROWEST = 36, 3, 200
_TOLD = 300


class Remembered(QFrame):
    """``opened(case_key)``; ``linked(alike, wanted)``; ``insisted`` when it is to be registered all the same."""

    opened = Signal(str)
    linked = Signal(object, bool)
    insisted = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setObjectName("intake.remembered")
        self.setAccessibleName("认出来访人")
        self._found = Resemblance()
        self._links: Mapping[str, str] = {}
        self._refused: frozenset[str] = frozenset()
        self._body = column(gap=0)
        inner = boxed(self._body)
        self._area = scrolling(inner, name="认出来访人")
        holder = column(self._area, gap=0)
        holder.setContentsMargins(theme().px(14), theme().px(4), theme().px(6), theme().px(4))
        self.setLayout(holder)
        self.hide()

    def show_found(self, found: Resemblance, links: Mapping[str, str], today: date) -> None:
        """Who and what was recognised; ``links`` are the relations already chosen by case."""
        refused = self._refused & {one.case.case_key for one in found.cases}
        if (found, links, refused) == (self._found, self._links, self._refused) and self._body.count():
            return
        self._found, self._links, self._refused = found, dict(links), refused
        self._build(today)

    def refuse(self, keys: tuple[str, ...], today: date) -> None:
        """These cases have to be looked at before this is registered: offer to link, and to register all the same."""
        self._refused = frozenset(keys)
        self._build(today)

    def first_button(self) -> QWidget | None:
        """Where the keyboard goes on after a refusal."""
        return self.findChild(QWidget, "intake.alike.0.link")

    def found(self) -> Resemblance:
        """What is shown."""
        return self._found

    def _build(self, today: date) -> None:
        clear(self._body)
        found = self._found
        lines = [self._case(number, one) for number, one in enumerate(found.cases)]
        lines += [_line(small(_elsewhere(draft, today), tone=Tone.SOON, wrap=True)) for draft in found.drafts]
        told = {one.case.case_key for one in found.cases}
        lines += [
            self._person(number, person, today, told)
            for number, person in enumerate(found.people[:_PEOPLE_SHOWN])
        ]
        if self._refused:
            again = link("都看过了，仍然登记", self.insisted.emit)
            again.setObjectName("intake.alike.anyway")
            lines.insert(len(found.cases), _line(again))
        for one in lines:
            self._body.addWidget(one)
            one.show()
        self.setVisible(bool(lines))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lines break when the window is narrow or the text large."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """As high as what it says, up to a few lines; the rest is scrolled to."""
        width = max(self._area.viewport().width(), theme().px(_NARROWEST))
        wanted = self._body.heightForWidth(width) if self._body.hasHeightForWidth() else 0
        wanted = max(wanted, self._body.minimumSize().height())
        most = min(theme().px(_ROW) * _ROWS_SHOWN, max(self.window().height() // 5, theme().px(_ROW)))
        self._area.setFixedHeight(min(wanted, most))

    def _person(self, number: int, person: Acquaintance, today: date, told: set[str]) -> QWidget:
        known = [f"认出：{person.name}"]
        if person.gender is not None:
            known.append(person.gender.value)
        if person.birth_date is not None:
            known.append(f"{age_on(person.birth_date, today)}岁")
        times = f"{MOST}次以上" if person.times >= MOST else f"{person.times}次"
        known.append(f"来过{times}，上次是{capacity_words(person)}")
        case = person.case
        if case.case_key in told:
            return _line(small("　".join(known), tone=Tone.INK, wrap=True))
        look = link(
            f"{case.number or case.case_key}　{case.title}　{case.state}",
            lambda: self.opened.emit(case.case_key),
        )
        look.setObjectName(f"intake.met.{number}")
        look.setAccessibleName(f"{'，'.join(known)}。打开案件{case.number or case.case_key}")
        return _line(small("　".join(known), tone=Tone.INK, wrap=True), look)

    def _case(self, number: int, one: Alike) -> QWidget:
        case = one.case
        key, chosen = case.case_key, self._links.get(case.case_key)
        look = link(f"{case.number or key}　{case.title}", lambda: self.opened.emit(key))
        look.setObjectName(f"intake.alike.{number}")
        word = f"已关联为{chosen}，取消" if chosen else f"关联为{one.relation}"
        tie = link(word, lambda: self.linked.emit(one, not chosen))
        tie.setObjectName(f"intake.alike.{number}.link")
        weight = "复发" if one.relation is Relation.RELAPSE else one.weight.value
        tone = Tone.SEAL if one.strong else Tone.SOON
        return _line(small(f"{weight}：{one.reason}", tone=tone, wrap=True), tie, look)


def _line(*parts: PlainLabel | QPushButton) -> WrappingRow:
    """Words first, with what is left of the line; then what can be pressed."""
    made = WrappingRow(gap=4, line_gap=0)
    for part in parts:
        is_words = not isinstance(part, QPushButton)
        if isinstance(part, PlainLabel):  # on one level with what can be pressed
            part.setMinimumHeight(theme().px(_ROW))
            part.setAlignment(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft)
        made.add(part, _TOLD if is_words else 0, 1 if is_words else 0)
    return made


def _elsewhere(draft: ElsewhereDraft, today: date) -> str:
    return (
        f"另一窗口正在登记同样的人：{'、'.join(draft.names)}（草稿存于{saved_words(draft.saved_at, today)}）"
    )
