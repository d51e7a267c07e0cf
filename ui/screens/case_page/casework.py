"""What is done to a case as a whole: 更正, 转换调解种类, 移入回收站; and the record of what was corrected and moved."""

from __future__ import annotations

import re

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.beside import Change, Correction
from mediation_desk.cases.model import CaseFile
from mediation_desk.parties.masks import mask_id, mask_phone
from ui.screens.case_page.binning import BinForm, RestoreForm
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.moving import MoveForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tables.record_model import Column
from ui.tables.record_table import RecordTable
from ui.widgets.buttons import link
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import column

CORRECTING = "correcting"
"""The screen on which the registration is put right."""
_MOST_ROWS = 8
_ID, _PHONE = re.compile(r"\d{17}[\dX]|\d{15}"), re.compile(r"1\d{10}")


class Casework(QWidget):
    """The forms are hidden until asked for by one of the ``ways``, buttons for the tab to place.

    The records are there only when something was corrected or moved.
    """

    def __init__(self, page: Page) -> None:
        super().__init__()
        self.page = page
        self.move_form, self.bin_form, self.restore_form = MoveForm(page), BinForm(page), RestoreForm(page)
        self._forms: dict[str, StepForm] = {
            form.code: form for form in (self.move_form, self.bin_form, self.restore_form)
        }
        self._correct = self._way("更正登记内容  F2", "correct", "edit")
        self._move = self._way("转换调解种类", "move", "")
        self._bin = self._way("移入回收站", "bin", "remove")
        self._moves_card = Card("转换记录")
        self._moves = FactGrid()
        self._moves_card.add(self._moves)
        self._record = Card("更正记录", flush=True)
        self._changes: RecordTable[tuple[Correction, Change]] = RecordTable(
            "更正记录", _COLUMNS, empty="没有更正过。", sortable=False
        )
        self._changes.setObjectName("casework.corrections")
        self._record.add(self._changes)
        self.ways = (self._correct, self._move, self._bin)
        self.setLayout(column(*self._forms.values(), self._moves_card, self._record, gap=12))
        for form in self._forms.values():
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)

    def show_case(self, view: CaseView) -> None:
        """Offer what can be done now, and show what was done."""
        binned = view.file.beside.binned is not None
        may_move = view.state in self.move_form.allowed and not binned
        self._correct.setVisible(not binned and view.file.archive is None)
        self._move.setVisible(may_move)
        self._bin.setVisible(not binned)
        if not may_move:
            self.move_form.hide()
        self.bin_form.setVisible(self.bin_form.isVisibleTo(self) and not binned)
        self.restore_form.setVisible(binned)
        for form in self._forms.values():
            form.settle(view)
        _show_moves(self._moves, view.file)
        self._moves_card.setVisible(bool(view.file.beside.moves))
        changed = tuple((one, change) for one in view.file.beside.corrections for change in one.changes)
        self._record.setVisible(bool(changed))
        self._changes.show_records(tuple(reversed(changed)))
        self._changes.setFixedHeight(self._changes.content_height(min(max(len(changed), 2), _MOST_ROWS)))

    def start(self, form: str) -> None:
        """``correct``, ``move``, ``bin`` or ``restore``."""
        if form == "correct":
            self.page.context.open_screen(CORRECTING, self.page.view.file.case_key)
        elif form in self._forms:
            self._forms[form].show()
            self._forms[form].focus_first()

    def primary(self) -> QPushButton | None:
        """The form somebody works in."""
        return next((found for form in self._forms.values() if (found := form.primary())), None)

    def _way(self, word: str, form: str, symbol: str) -> QPushButton:
        made = (
            link(word, lambda: self.start(form), symbol=symbol)
            if symbol
            else link(word, lambda: self.start(form))
        )
        made.setObjectName(f"{form}.way")
        return made


def _show_moves(facts: FactGrid, file: CaseFile) -> None:
    facts.clear()
    for move in file.beside.moves:
        number = f"，原编号 {move.number} 作废" if move.number else ""
        due = f"，原期限到 {day(move.due_on)}" if move.due_on else ""
        facts.add(day(move.on), f"由{move.track}（{move.body}）转出{number}{due}：{move.reason}（{move.by}）")


def _masked(words: str) -> str:
    """What stood there, with the numbers of people as the whole page shows them."""
    without_ids = _ID.sub(lambda found: mask_id(found[0]), words)
    return _PHONE.sub(lambda found: mask_phone(found[0]), without_ids) or "（空）"


_COLUMNS: tuple[Column[tuple[Correction, Change]], ...] = (
    Column("日期", lambda one: one[0].on.isoformat(), width=104),
    Column("哪一项", lambda one: one[1].name, width=140),
    Column("原来", lambda one: _masked(one[1].before)),
    Column("改为", lambda one: _masked(one[1].after)),
    Column("理由", lambda one: one[0].reason, width=120),
    Column("经办", lambda one: one[0].by, width=72),
)
