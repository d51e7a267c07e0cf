"""The one head of all statistics: period, day, unit and filters; every page beneath answers to it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.bodies import body_register
from mediation_desk.cases.routing.reading import unit_tree
from mediation_desk.cases.routing.units import UnitKind
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.record import record
from mediation_desk.statistics.units import reporting_units, unit_filter
from ui.fields.choice_field import ChoiceField
from ui.screens.statistics.asked import Asked, remarks
from ui.screens.statistics.filters import FilterChips, FilterFields, Offer
from ui.screens.statistics.period_bar import PeriodBar
from ui.screens.statistics.periods import called
from ui.services import Services
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.text import small
from ui.widgets.wrapping import WrappingRow

_PLACES = (UnitKind.TOWNSHIP, UnitKind.VILLAGE)
_INDENT = "　"


@record
class Ground:
    """What the head offers, read off the GUI thread: units as code and words, and choices of the filters."""

    units: tuple[tuple[str, str], ...]
    offer: Offer


def read_ground(services: Services) -> Ground:
    """Units, bodies, mediators, areas. Raises ``InputError`` for a faulty register."""
    tree, actor = unit_tree(), services.actor
    entries = services.experts.pool(actor) if actor.can(Permission.EXPERT_READ) else ()
    return Ground(
        units=tuple(
            (unit.code, _INDENT * depth + unit.short) for depth, unit in reporting_units() if unit.parent
        ),
        offer=Offer(
            bodies=tuple(body.name for body in body_register().bodies),
            mediators={
                one.card.pool_no: f"{one.card.name}（{one.card.pool_no}）"
                for one in sorted(entries, key=lambda entry: entry.card.pool_no)
            },
            areas={unit.code: unit.short for unit in tree.units if unit.kind in _PLACES},
        ),
    )


class StatHead(QWidget):
    """``changed()`` when something else is asked; `asked` says what, None while a field is wrong."""

    changed = Signal()

    def __init__(self, today: Callable[[], date], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._today = today
        self._units: dict[str, str] = {}
        self._ground: Ground | None = None
        self._unfolded = False
        self.period = PeriodBar(today, self)
        self.unit: ChoiceField[str] = ChoiceField((), word=lambda code: self._units[code], empty="全部单位")
        self.filters = FilterFields(self)
        self.chips = FilterChips(gap=6, parent=self)
        self.fold = link("筛选", self._on_fold, symbol="filter")
        self.everything = link("清除", self.filters.clear)
        self.remark = small(tone=Tone.SOON, wrap=True)
        self._lay_out()
        self._name()
        self.period.changed.connect(self._on_edited)
        self.unit.edited.connect(self._on_edited)
        self.filters.changed.connect(self._on_edited)
        self.chips.removed.connect(self.filters.take_away)
        self._show_conditions()

    def asked(self) -> Asked | None:
        """What is asked for now; None where a field says what is wrong with it."""
        period, as_of = self.period.period(), self.period.as_of.value()
        if period is None or as_of is None:
            return None
        unit = self.unit.value() or ""
        try:
            among = unit_filter(unit, period, self.filters.value())
        except InputError as error:
            self._say(error.message, Tone.SEAL)
            return None
        return Asked(period=period, as_of=as_of, unit=unit, among=among)

    def told(self) -> str:
        """Period, unit and conditions in one line, for a heading or a file."""
        asked = self.asked()
        if asked is None:
            return ""
        unit = self._units.get(asked.unit, "").strip()
        return "　".join(part for part in (called(asked.period), unit, *self.filters.told().values()) if part)

    def show_ground(self, ground: Ground) -> None:
        """Offer what was read; what is chosen stays chosen."""
        self._ground = ground
        self._units = dict(ground.units)
        self.unit.set_values(self._units)
        self.filters.offer(ground.offer)
        self._show_conditions()

    def heed(self, *, period: bool, filters: bool) -> None:
        """Show only what the page beneath answers to; what was chosen stays chosen."""
        self.setVisible(period or filters)
        self._days.setVisible(period)
        self._conditions.setVisible(filters)
        self.filters.setVisible(filters and self._unfolded)

    def _on_fold(self) -> None:
        self._unfolded = not self._unfolded
        self.filters.setVisible(self._unfolded)
        self._show_conditions()

    def _on_edited(self) -> None:
        self._show_conditions()
        self.changed.emit()

    def _show_conditions(self) -> None:
        told = self.filters.told()
        self.chips.show_conditions(told)
        self.everything.setVisible(bool(told))
        count = f"（{len(told)}）" if told else ""
        self.fold.set_caption(f"收起筛选{count}" if self._unfolded else f"筛选{count}")
        asked = self.asked()
        if asked is not None:
            self._say("".join(remarks(asked, self._today())), Tone.SOON)

    def _say(self, words: str, tone: Tone) -> None:
        self.remark.set_tone(tone)
        self.remark.setText(words)
        self.remark.setVisible(bool(words))

    def _lay_out(self) -> None:
        line = WrappingRow(gap=10, parent=self)
        self.period.place_in(line)
        below = WrappingRow(gap=8, parent=self)
        below.add(self.unit, 190)
        for widget in (self.fold, self.everything, self.chips):
            below.add(widget)
        below.add(self.remark, 300, 1)
        self._days, self._conditions = line, below
        self.filters.hide()
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.setSpacing(theme().px(6))
        for part in (line, below, self.filters):
            stack.addWidget(part)

    def _name(self) -> None:
        bar = self.period
        for code, widget, words in (
            ("period", bar.choice, "统计期间"),
            ("earlier", bar.earlier, "前一期"),
            ("later", bar.later, "后一期"),
            ("from", bar.since, "起始日"),
            ("to", bar.until, "截止日"),
            ("as_of", bar.as_of, "履行和司法确认截至哪一天"),
            ("unit", self.unit, "填报单位"),
            ("filter", self.fold, "筛选条件"),
            ("everything", self.everything, "清除全部筛选条件"),
            ("remark", self.remark, "关于期间"),
        ):
            widget.setObjectName(f"stats.{code}")
            widget.setAccessibleName(words)
