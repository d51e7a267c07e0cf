"""What the list of cases is narrowed by: words, state, track at once, the rest behind one button."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.summary import CaseQuery
from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.shared.track import Track
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.text_field import TextField
from ui.screens.cases.words import GROUPS, due_told, people_told, states_told
from ui.widgets.buttons import link
from ui.widgets.wrapping import WrappingRow

_DAYS = (0, 3, 7, 15, 30)
_PEOPLE = (2, 5, 10, 30, 100)

Due = tuple[int | None, bool]
"""Due within so many days, or overdue."""

_DUES: tuple[Due, ...] = ((None, True), *((days, False) for days in _DAYS))


class CaseFilters(QWidget):
    """``typed`` with every keystroke in the search, ``edited`` with every other choice."""

    typed = Signal()
    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.search = TextField("编号、姓名、拼音、尾号或案卷里的词", longest=100)
        self.states: ChoiceField[str] = ChoiceField(GROUPS, empty="全部状态")
        self.tracks: ChoiceField[Track] = ChoiceField(Track, empty="三种调解")
        self.body: ChoiceField[str] = ChoiceField((), empty="全部调解组织")
        self.category: ChoiceField[Category] = ChoiceField(Category, empty="全部种类")
        self.mediator = TextField("调解员姓名", longest=50)
        self.difficulty: ChoiceField[Difficulty] = ChoiceField(Difficulty, empty="不分难易")
        self.due: ChoiceField[Due] = ChoiceField(_DUES, word=_due_word, empty="不看期限")
        self.people: ChoiceField[int] = ChoiceField(_PEOPLE, word=people_told, empty="不看人数")
        self.first_day = DateField(today=today)
        self.last_day = DateField(today=today)
        self.fold = link("更多条件", self._on_fold_clicked, symbol="filter")
        self._states: dict[str, tuple[State, ...]] = dict(GROUPS)
        self._name()
        self._lay_out()
        self._connect()
        self._show_more(False)

    def offer(self, bodies: Iterable[str]) -> None:
        """The mediation bodies there are."""
        self.body.set_values(bodies)

    def query(self) -> CaseQuery:
        """What is asked for now; a day that cannot be read does not count."""
        within, overdue = self.due.value() or (None, False)
        return CaseQuery(
            search=self.search.value(),
            states=self._states.get(self.states.value() or "", ()),
            track=self.tracks.value(),
            body=self.body.value() or "",
            category=self.category.value(),
            mediator=self.mediator.value(),
            difficulty=self.difficulty.value(),
            received_from=self.first_day.value(),
            received_to=self.last_day.value(),
            due_within=within,
            overdue=overdue,
            people_from=self.people.value() or 0,
        )

    def show_query(self, query: CaseQuery) -> None:
        """Show another one; the button says how many conditions lie behind it."""
        self.search.set_value(query.search)
        word = states_told(query.states) if query.states else None
        self._states = GROUPS | ({word: query.states} if word else {})
        self.states.set_values(self._states)
        self.states.set_value(word)
        self.tracks.set_value(query.track)
        if query.body:
            self.body.set_values(dict.fromkeys((*self._offered_bodies(), query.body)))
        self.body.set_value(query.body or None)
        self.category.set_value(query.category)
        self.mediator.set_value(query.mediator)
        self.difficulty.set_value(query.difficulty)
        self.first_day.set_value(query.received_from)
        self.last_day.set_value(query.received_to)
        due: Due | None = (query.due_within, query.overdue)
        due = None if due == (None, False) else due
        self.due.set_values(dict.fromkeys((*_DUES, *([due] if due else []))))
        self.due.set_value(due)
        self.people.set_values(dict.fromkeys((*_PEOPLE, *([query.people_from] if query.people_from else []))))
        self.people.set_value(query.people_from or None)
        self._caption()

    def _offered_bodies(self) -> tuple[str, ...]:
        return tuple(self.body.itemText(place) for place in range(1, self.body.count()))

    def _on_fold_clicked(self) -> None:
        self._show_more(self.body.isHidden())

    def _show_more(self, shown: bool) -> None:
        self._more.setVisible(shown)
        for widget in self._folded():
            widget.setVisible(shown)
        self._caption()

    def _caption(self) -> None:
        asked = sum(bool(widget.value()) for widget in self._folded())
        more = f"更多条件（{asked}）" if asked else "更多条件"
        self.fold.set_caption(more if self.body.isHidden() else "收起条件")

    def _folded(self) -> tuple[ChoiceField[Any] | TextField | DateField, ...]:
        return (
            self.body,
            self.category,
            self.mediator,
            self.difficulty,
            self.first_day,
            self.last_day,
            self.due,
            self.people,
        )

    def _name(self) -> None:
        for code, widget, words in (
            ("search", self.search, "查找案件"),
            ("states", self.states, "按状态筛选"),
            ("tracks", self.tracks, "按调解种类筛选"),
            ("body", self.body, "按调解组织筛选"),
            ("category", self.category, "按纠纷种类筛选"),
            ("mediator", self.mediator, "按主持的调解员筛选"),
            ("difficulty", self.difficulty, "按难易筛选"),
            ("from", self.first_day, "收案日期从"),
            ("to", self.last_day, "收案日期到"),
            ("due", self.due, "按期限筛选"),
            ("people", self.people, "按人数筛选"),
            ("more", self.fold, "其他筛选条件"),
        ):
            widget.setObjectName(f"cases.{code}")
            widget.setAccessibleName(words)
        self.first_day.setPlaceholderText("收案从")
        self.last_day.setPlaceholderText("收案到")

    def _lay_out(self) -> None:
        always, self._more = WrappingRow(), WrappingRow()
        for choice in (self.states, self.tracks):
            choice.setMinimumWidth(0)
            choice.setMinimumContentsLength(3)
        always.add(self.search, 196, 2)
        always.add(self.states, 104)
        always.add(self.tracks, 104)
        always.add(self.fold)
        for widget, width in zip(self._folded(), (150, 128, 100, 104, 144, 144, 112, 108), strict=True):
            widget.setMinimumWidth(0)
            self._more.add(widget, width, 1)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(6)
        stack.addWidget(always)
        stack.addWidget(self._more)

    def _connect(self) -> None:
        for text in (self.search, self.mediator):
            text.edited.connect(self.typed)
        for choice in (
            self.states,
            self.tracks,
            self.body,
            self.category,
            self.difficulty,
            self.due,
            self.people,
        ):
            choice.edited.connect(self.edited)
        for day in (self.first_day, self.last_day):
            day.edited.connect(self.typed)


def _due_word(due: Due) -> str:
    within, overdue = due
    return due_told(CaseQuery(due_within=within, overdue=overdue))
