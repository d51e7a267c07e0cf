"""Which cases are counted: fields that unfold, and a chip for each condition in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import field, fields, replace
from typing import Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.cases.vocabulary import Category, Difficulty
from mediation_desk.shared.money import figures
from mediation_desk.shared.record import record
from mediation_desk.shared.track import Track
from mediation_desk.statistics.facts import SOURCES
from mediation_desk.statistics.ports import EVERYTHING, Filter
from ui.fields.choice_field import ChoiceField
from ui.fields.count_field import CountField
from ui.fields.money_field import MoneyField
from ui.tokens import Tone
from ui.widgets.chip import Chip
from ui.widgets.layout import clear
from ui.widgets.plain import plain_tooltip
from ui.widgets.wrapping import WrappingRow

_SETTLE_MS = 400


@record
class Offer:
    """What can be chosen besides the closed lists: bodies, mediators and areas by their code."""

    bodies: tuple[str, ...] = ()
    mediators: Mapping[str, str] = field(default_factory=dict)
    areas: Mapping[str, str] = field(default_factory=dict)


class FilterFields(QWidget):
    """``changed()`` when another condition is in force; typed numbers wait until the typing pauses."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: dict[str, Mapping[str, str]] = {"mediator": {}, "area": {}}
        self.editors: dict[str, Any] = {
            "bodies": ChoiceField((), empty="全部调解组织"),
            "mediator": ChoiceField(
                (), word=lambda code: self._names["mediator"].get(code, code), empty="全部调解员"
            ),
            "track": ChoiceField([one.value for one in Track], empty="三种调解"),
            "category": ChoiceField([one.value for one in Category], empty="全部纠纷类型"),
            "source": ChoiceField(SOURCES, empty="全部来源"),
            "difficulty": ChoiceField([one.value for one in Difficulty], empty="不分难易"),
            "area": ChoiceField((), word=lambda code: self._names["area"].get(code, code), empty="全部地区"),
            "people_from": CountField("人数从"),
            "people_to": CountField("人数到"),
            "yuan_from": MoneyField("请求金额从"),
            "yuan_to": MoneyField("请求金额到"),
        }
        self._settle = QTimer(self, singleShot=True, interval=_SETTLE_MS)
        self._settle.timeout.connect(self.changed)
        line = WrappingRow(parent=self)
        for code, editor in self.editors.items():
            editor.setObjectName(f"stats.filter.{code}")
            editor.setAccessibleName(f"只看：{WORDS[code]}")
            editor.setMinimumWidth(0)
            plain_tooltip(editor, WORDS[code])
            typed = not isinstance(editor, ChoiceField)
            line.add(editor, 124 if typed else 138, 0 if typed else 1)
            editor.edited.connect(self._settle.start if typed else self.changed)
            if typed:
                editor.editingFinished.connect(self._on_finished)
        stack = QVBoxLayout(self)
        stack.setContentsMargins(0, 0, 0, 0)
        stack.addWidget(line)

    def offer(self, offer: Offer) -> None:
        """Offer other bodies, mediators and areas; what is chosen stays where it is still offered."""
        self._names = {"mediator": offer.mediators, "area": offer.areas}
        self.editors["bodies"].set_values(offer.bodies)
        self.editors["mediator"].set_values(offer.mediators)
        self.editors["mediator"].setEnabled(bool(offer.mediators))
        self.editors["area"].set_values(offer.areas)

    def value(self) -> Filter:
        """What is asked for; an amount that cannot be read does not count."""
        found: dict[str, Any] = {code: editor.value() for code, editor in self.editors.items()}
        bodies = found.pop("bodies")
        words = {code: value for code, value in found.items() if value is not None}
        return replace(EVERYTHING, bodies=(bodies,) if bodies else (), **words)

    def take_away(self, code: str) -> None:
        """Ask for one condition less."""
        self.editors[code].set_value(None)
        self.changed.emit()

    def clear(self) -> None:
        """Ask for everything again."""
        for editor in self.editors.values():
            editor.set_value(None)
        self.changed.emit()

    def told(self) -> dict[str, str]:
        """Each condition in force, in words, by the field it stands in."""
        return conditions(self.value(), self._names)

    def _on_finished(self) -> None:
        if self._settle.isActive():
            self._settle.stop()
            self.changed.emit()


class FilterChips(WrappingRow):
    """The conditions in force; ``removed(code)`` with the one the user takes away."""

    removed = Signal(str)

    def show_conditions(self, told: Mapping[str, str]) -> None:
        """Replace all chips."""
        layout = self.layout()
        if layout is not None:
            clear(layout)
        for code, words in told.items():
            chip = Chip(words, Tone.ACCENT, removable=True, parent=self)
            chip.setObjectName(f"stats.chip.{code}")
            chip.removed.connect(lambda code=code: self.removed.emit(code))
            self.add(chip)
            chip.show()
        self.setVisible(bool(told))


WORDS = {
    "bodies": "调解组织",
    "mediator": "主持调解员",
    "track": "调解种类",
    "category": "纠纷类型",
    "source": "来源",
    "difficulty": "难易",
    "area": "地区",
    "people_from": "人数从",
    "people_to": "人数到",
    "yuan_from": "请求金额从",
    "yuan_to": "请求金额到",
}


def conditions(among: Filter, names: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """Each condition of a filter as ``词：值``."""
    found: dict[str, str] = {}
    for one in fields(Filter):
        value = getattr(among, one.name)
        if one.name not in WORDS or value in ("", (), None):
            continue
        found[one.name] = f"{WORDS[one.name]}：{_shown(one.name, value, names)}"
    return found


def _shown(name: str, value: Any, names: Mapping[str, Mapping[str, str]]) -> str:
    if name == "bodies":
        return "、".join(value)
    if name.startswith("yuan"):
        return f"{figures(value)}元"
    if name.startswith("people"):
        return f"{value}人"
    return names.get(name, {}).get(value, str(value))
