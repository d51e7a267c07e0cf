"""What a partial agreement leaves open: claims, sums, and the remedies told (LR-10)."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QGridLayout, QWidget

from mediation_desk.agreements.model import Unresolved
from mediation_desk.cases.endings import remedies
from mediation_desk.cases.model import CaseFile
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.layout import clear
from ui.widgets.plain import PlainLabel, plain_caption


class UnresolvedRows(QWidget):
    """One box and one sum for each claim; the remedies are the same for all."""

    edited = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: dict[str, tuple[QCheckBox, MoneyField]] = {}
        self._by_hand: set[str] = set()
        self._told_on = date.min
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setVerticalSpacing(theme().px(6))
        self._grid.setHorizontalSpacing(theme().px(12))
        self._remedies = TextField(parent=self)
        self._remedies.hide()

    def show_case(self, file: CaseFile, today: date) -> None:
        """Offer the claims; those already left open are marked."""
        self._told_on = file.sessions[-1].date if file.sessions else today
        self._remedies = TextField("几项用分号隔开")
        self._remedies.setObjectName("unresolved.remedies")
        self._remedies.setAccessibleName("已告知的救济途径")
        clear(self._grid)
        self._grid.addWidget(PlainLabel("没有谈拢的请求", role="label"), 0, 0)
        before = {entry.claim: entry for entry in file.unresolved}
        self._rows = {}
        self._by_hand = set(before)
        for line, claim in enumerate(file.claims, start=1):
            box = QCheckBox(plain_caption(claim.item[:24]))
            box.setObjectName(f"unresolved.{claim.ref}")
            box.setAccessibleName(claim.item)
            amount = MoneyField()
            amount.setObjectName(f"unresolved.{claim.ref}.amount")
            amount.setAccessibleName(f"{claim.item}没有谈拢的金额")
            amount.setMaximumWidth(theme().px(150))
            known = before.get(claim.ref)
            box.setChecked(known is not None)
            amount.set_value(known.amount if known else claim.amount)
            self._grid.addWidget(box, line, 0)
            self._grid.addWidget(amount, line, 1)
            box.clicked.connect(lambda _checked=False, ref=claim.ref: self._on_ticked(ref))
            amount.edited.connect(self.edited)
            self._rows[claim.ref] = (box, amount)
        told = next((entry.told_remedies for entry in file.unresolved), remedies(file))
        self._remedies.set_value("；".join(told))
        self._remedies.edited.connect(self.edited)
        place = len(file.claims) + 1
        self._grid.addWidget(PlainLabel("已告知的救济途径", role="label", tone=Tone.QUIET), place, 0)
        self._grid.addWidget(self._remedies, place, 1, 1, 2)
        self._grid.setColumnStretch(2, 1)

    def follow(self, covered: set[str]) -> None:
        """Claims no clause settles stay open, once clauses say what they settle; a box ticked by hand stays."""
        for ref, (box, _amount) in self._rows.items():
            if covered and ref not in self._by_hand:
                box.setChecked(ref not in covered)

    def rows(self) -> tuple[Unresolved, ...]:
        """The claims marked."""
        told = tuple(word.strip() for word in self._remedies.value().split("；") if word.strip())
        return tuple(
            Unresolved(claim=ref, amount=amount.value(), told_remedies=told, told_on=self._told_on)
            for ref, (box, amount) in self._rows.items()
            if box.isChecked()
        )

    def _on_ticked(self, ref: str) -> None:
        self._by_hand.add(ref)
        self.edited.emit()
