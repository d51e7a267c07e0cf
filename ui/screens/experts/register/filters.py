"""What the register is narrowed by: words, field, language, grade, layer, track, gender, standing, free today."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from mediation_desk.experts.mediator import Layer, Standing
from mediation_desk.experts.searching import Entry, PoolFilter, narrow
from mediation_desk.parties.model import Gender
from mediation_desk.shared.track import Track
from ui.fields.check_field import CheckField
from ui.fields.choice_field import ChoiceField
from ui.fields.text_field import TextField
from ui.screens.experts.words import languages, sentence
from ui.theme import theme
from ui.widgets.buttons import link
from ui.widgets.wrapping import WrappingRow

_MOST_OFFERED = 60


class FilterBar(QWidget):
    """``edited`` with every keystroke and choice; ``narrowed`` gives the entries that fit."""

    edited = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self.search = TextField("姓名、拼音、首字母、单位、擅长", longest=60)
        self.field: ChoiceField[str] = ChoiceField((), empty="全部擅长")
        self.language: ChoiceField[str] = ChoiceField((), empty="全部语言")
        self.grade: ChoiceField[str] = ChoiceField((), empty="全部等级")
        self.layer: ChoiceField[Layer] = ChoiceField(Layer, empty="全部层级")
        self.track: ChoiceField[Track] = ChoiceField(Track, empty="三种调解")
        self.gender: ChoiceField[Gender] = ChoiceField(Gender, empty="男女")
        self.standing: ChoiceField[Standing] = ChoiceField(Standing, empty="在册")
        self.free_today = CheckField("今天有空")
        self.fold = link("更多条件", self._on_fold_clicked, symbol="filter")
        self._name()
        row = WrappingRow(gap=8, line_gap=6)
        row.add(self.search, 240, 2)
        for choice, width in (
            (self.field, 118),
            (self.language, 112),
            (self.grade, 112),
            (self.layer, 112),
            (self.track, 112),
            (self.gender, 84),
            (self.standing, 88),
        ):
            choice.setMinimumWidth(0)
            choice.setMinimumContentsLength(3)
            row.add(choice, width)
            choice.edited.connect(self.edited)
        row.add(self.free_today)
        row.add(self.fold)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(row)
        self.search.edited.connect(self.edited)
        self.free_today.edited.connect(self.edited)

    def offer(self, entries: Iterable[Entry]) -> None:
        """Fields, languages and grades that somebody in the register has, the usual ones first."""
        fields: Counter[str] = Counter()
        spoken: Counter[str] = Counter()
        grades: set[str] = set()
        for entry in entries:
            fields.update(entry.mediator.card.specialties)
            spoken.update(languages(entry.mediator))
            if entry.mediator.card.grade:
                grades.add(entry.mediator.card.grade)
        self.field.set_values([word for word, _count in fields.most_common(_MOST_OFFERED)])
        self.language.set_values([word for word, _count in spoken.most_common(_MOST_OFFERED)])
        self.grade.set_values(sorted(grades))

    def wanted(self) -> PoolFilter:
        """What is looked for now."""
        return PoolFilter(
            words=self.search.value(),
            field=self.field.value() or "",
            language=self.language.value() or "",
            grade=self.grade.value() or "",
            layer=self.layer.value(),
            track=self.track.value(),
            gender=self.gender.value(),
            free_on=self._today() if self.free_today.value() else None,
        )

    def narrowed(self, entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
        """Those that fit; who has left only when asked for."""
        standing = self.standing.value()
        staff = tuple(
            entry
            for entry in entries
            if (
                entry.mediator.standing is standing
                if standing
                else entry.mediator.standing is not Standing.LEFT
            )
        )
        return narrow(staff, self.wanted())

    def sentence(self) -> str:
        """The same in words; "" when nothing is narrowed."""
        standing = self.standing.value()
        parts = (standing.value if standing else "", sentence(self.wanted(), self._today()))
        return "，".join(part for part in parts if part)

    def set_folded(self, folded: bool) -> None:
        """On a low screen only the search stands here, and a button that brings the rest."""
        self.fold.setVisible(folded)
        self._show_choices(not folded)

    def clear(self) -> None:
        """Everybody again."""
        self.search.set_value("")
        for choice in self._choices():
            choice.setCurrentIndex(0)
        self.free_today.set_value(False)
        self.edited.emit()

    def _on_fold_clicked(self) -> None:
        self._show_choices(self.field.isHidden())

    def _show_choices(self, shown: bool) -> None:
        for widget in (*self._choices(), self.free_today):
            widget.setVisible(shown)

    def _choices(self) -> tuple[QComboBox, ...]:
        return (self.field, self.language, self.grade, self.layer, self.track, self.gender, self.standing)

    def _name(self) -> None:
        for code, widget, words in (
            ("search", self.search, "查找专家"),
            ("field", self.field, "按擅长筛选"),
            ("language", self.language, "按语言筛选"),
            ("grade", self.grade, "按等级筛选"),
            ("layer", self.layer, "按层级筛选"),
            ("track", self.track, "按调解种类筛选"),
            ("gender", self.gender, "按性别筛选"),
            ("standing", self.standing, "按在聘状态筛选"),
            ("fold", self.fold, "其他筛选条件"),
            ("free", self.free_today, "只看今天有空的"),
        ):
            widget.setObjectName(f"experts.{code}")
            widget.setAccessibleName(words)
        self.search.setMinimumWidth(theme().px(160))
