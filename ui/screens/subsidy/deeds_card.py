"""What can be done with the line in front: not approve it, void it, give the whole list back; each with a reason."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.fields.check_field import CheckField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.text_field import TextField
from ui.widgets.buttons import button
from ui.widgets.card import Card
from ui.widgets.layout import boxed, row
from ui.widgets.wrapping import Wrapping


class DeedsCard(Card):
    """``refuse_wanted``, ``void_wanted`` and ``withdraw_wanted`` when a button is pressed."""

    refuse_wanted = Signal()
    void_wanted = Signal()
    withdraw_wanted = Signal()

    def __init__(self, today: date, parent: QWidget | None = None) -> None:
        super().__init__("处理选中的案件", parent=parent)
        self.setObjectName("subsidy.deeds")
        self.reason = TextField("例如 卷宗不全", longest=200)
        self.again = CheckField("作废后按现在的情况重新列入", self)
        self.day = DateField(today=lambda: today)
        self.day.set_value(today)
        self.reason_field = Field("理由", self.reason, name="reason", required=True)
        self.day_field = Field("发放日期", self.day, name="on")
        self.refuse = button("不予批准", self.refuse_wanted.emit)
        self.void = button("作废", self.void_wanted.emit)
        self.withdraw = button("撤回清单", self.withdraw_wanted.emit)
        for name, made in (
            ("reason", self.reason),
            ("again", self.again),
            ("on", self.day),
            ("refuse", self.refuse),
            ("void", self.void),
            ("withdraw", self.withdraw),
        ):
            made.setObjectName(f"subsidy.{name}")
        fields = Wrapping(gap=12)
        fields.add(self.reason_field, 420, 1)
        fields.add(self.day_field, 150)
        self.add(boxed(fields))
        self.add(row(self.again, None, self.withdraw, self.refuse, self.void))

    def allow(self, *, refuse: bool, void: bool, withdraw: bool, pay: bool) -> None:
        """Show what the list in front allows; nothing at all hides the card."""
        self.refuse.setVisible(refuse)
        self.void.setVisible(void)
        self.again.setVisible(void)
        self.withdraw.setVisible(withdraw)
        self.reason_field.setVisible(refuse or void or withdraw)
        self.day_field.setVisible(pay)
        self.setVisible(refuse or void or withdraw or pay)

    def clear(self) -> None:
        """Nothing is written."""
        self.reason.set_value("")
        self.again.set_value(False)
        self.reason_field.set_error("")
