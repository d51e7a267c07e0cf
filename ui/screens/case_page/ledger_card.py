"""What the old register says of a case, word for word: the only witness of how it ended."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from mediation_desk.cases.ledger import LedgerEntry
from ui.screens.case_page.words import day, money, tops_aligned
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.text import small

_OLD = "这件案件来自旧台账，下面是台账的原文。系统里没有调解记录、协议和签名，所以不计入结案统计。"
_OPEN = "这件案件来自旧台账，登记时还在办；下面是台账的原文。"


class LedgerCard(Card):
    """Hidden for a case that was registered here."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("台账记载", parent=parent)
        self.setObjectName("overview.ledger")
        self._told = small("", Tone.QUIET, wrap=True)
        self._ended = FactGrid(columns=2)
        self._cells = FactGrid(columns=2)
        for part in (self._told, self._ended, self._cells):
            self.add(part)
        self.hide()

    def show_entry(self, entry: LedgerEntry | None) -> None:
        """The line of the register, or nothing."""
        self.setVisible(entry is not None)
        if entry is None:
            return
        self._told.setText(_OLD if entry.closed else _OPEN)
        self._ended.clear()
        self._ended.setVisible(entry.closed)
        if entry.closed:
            form = f"，{entry.form}协议" if entry.form else ""
            self._ended.add("结果", f"{entry.result or '没有写明'}{form}")
            self._ended.add("结案日期", day(entry.concluded_on) if entry.concluded_on else "没有写明")
            self._ended.add("金额", f"{money(entry.amount)} 元" if entry.amount is not None else "没有写明")
            who = f"{entry.mediator}（{entry.mediator_no}）" if entry.mediator_no else entry.mediator
            self._ended.add("调解员", who or "没有写明")
        tops_aligned(self._ended)
        self._cells.clear()
        self._cells.add("出处", f"{entry.file}，工作表“{entry.sheet}”第{entry.row}行")
        for title, text in entry.cells.items():
            self._cells.add(title, text)
        tops_aligned(self._cells)
