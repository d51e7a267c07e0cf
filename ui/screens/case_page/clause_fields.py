"""The fields of one clause: how they are laid out, in which order, filled and fitted to the kind of clause."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.agreements.library import Entry, entries_for
from mediation_desk.agreements.model import Clause
from mediation_desk.agreements.terms import Term
from mediation_desk.cases.model import CaseFile
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.money_field import MoneyField
from ui.fields.text_field import NoteField, TextField
from ui.screens.base import Context
from ui.screens.case_page.clause_more import ClauseMore, sharers
from ui.screens.case_page.clauses import Drafted
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.instalments import InstalmentRows
from ui.screens.case_page.wishes import Wish, wish_of
from ui.tokens import Tone
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow

E = TypeVar("E", bound=QWidget)
_LONGEST_PLAN = 36
_USUAL_DAYS = 30
_HALF = 22
MANNER, PURPOSE = "银行转账", "款项"


class ClauseFields(Card):
    """Base of the editor: the fields and nothing that happens by itself."""

    given_up = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__("写一条")
        self._today = date.min
        self._by_hand = False
        self._offer: int | None = None
        self._fields: dict[str, Field[QWidget]] = {}
        self.setObjectName("clause.form")
        self._build(context)

    def clause(self) -> Clause:
        """What the fields say now."""
        wish = self._wish()
        pays = wish is Wish.PAY
        parts = self._rows.parts() if pays else ()
        return Clause(
            no=0,
            kind=wish.kind,
            text=self._text.editor.value(),
            payer="+".join(self._payer.editor.value()) or None,
            payee=("+".join(self._payee.editor.value()) or None) if pays else None,
            amount=self._amount.editor.value() if pays else None,
            due_on=None if parts else self._due.editor.value(),
            instalments=parts,
        )

    # Building

    def _build(self, context: Context) -> None:
        ways = tuple(range(1, _LONGEST_PLAN + 1))
        entry: ChoiceField[Entry] = ChoiceField((), word=lambda one: one.title, empty="自己写")
        self._entry = self._field("从条款库选", "entry", entry)
        self._kind = self._field("种类", "kind", ChoiceField(Wish))
        self._payer = self._field("谁", "payer", PartyPick(needed="请选付款的一方。", room=_HALF))
        self._payee = self._field("付给谁", "payee", PartyPick(needed="请选收款的一方。", room=_HALF))
        self._amount = self._field("金额（元）", "amount", MoneyField(), required=True)
        self._purpose = self._field("什么款", "purpose", TextField("赔偿款"))
        self._manner = self._field("怎么付", "manner", TextField(MANNER))
        self._parts = self._field(
            "分几期", "parts", ChoiceField(ways, word=lambda n: "一次付清" if n == 1 else f"分 {n} 期")
        )
        self._due = self._field("付款日期", "due_on", DateField())
        self._rows = InstalmentRows()
        self._what = self._field("做什么", "what", NoteField(lines=2))
        self._more = ClauseMore(context)
        self._text = self._field("条文（可以改）", "text", NoteField(lines=3), required=True)
        self._source = PlainLabel(tone=Tone.ACCENT)
        self._source.setObjectName("clause.source")
        self._drop = link("改为自己写")
        self._drop.setObjectName("clause.offer.drop")
        self._why = PlainLabel(role="small", tone=Tone.QUIET, wrap=True)
        self._change = PlainLabel(role="small", tone=Tone.SOON, wrap=True)
        self._change.setObjectName("clause.change")
        self._rewrite = link("恢复为按内容生成", symbol="refresh")
        self._rewrite.setObjectName("clause.rewrite")
        self._save = primary("放进协议", symbol="check")
        self._save.setObjectName("clause.save")
        self._leave = button("不写了", self.given_up.emit)
        self._leave.setObjectName("clause.cancel")
        self.add(row(self._source, self._drop, None, gap=12))
        head = WrappingRow(gap=12)  # a sum is never shown in part
        for field, width in ((self._entry, 130), (self._kind, 104), (self._amount, 150), (self._due, 176)):
            head.add(field, width, 1)
        self.add(head)
        self.add(self._why)
        self.add(row(self._payer, self._payee, gap=12))
        self.add(row(self._parts, self._purpose, self._manner, gap=12))
        self.add(self._rows)
        self.add(self._what)
        self.add(self._more)
        self.add(self._text)
        self.add(self._change)
        self.add(row(self._rewrite, None, self._leave, self._save))

    def _field(self, word: str, name: str, editor: E, *, required: bool = False) -> Field[E]:
        made: Field[E] = Field(word, editor, name=f"clause.{name}", required=required)
        editor.setObjectName(f"clause.{name}")
        self._fields[name] = cast("Field[QWidget]", made)
        return made

    def _set_order(self) -> None:
        chain: list[QWidget] = [self._entry.editor, self._kind.editor, self._amount.editor, self._due.editor]
        chain += [*self._payer.editor.boxes(), *self._payee.editor.boxes()]
        chain += [
            self._parts.editor,
            self._purpose.editor,
            self._manner.editor,
            *self._rows.editors(),
            self._what.editor,
            *self._more.editors(),
        ]
        chain += [self._text.editor, self._save, self._leave, self._rewrite]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # Filling

    def _begin(self, file: CaseFile, others: tuple[Clause, ...]) -> None:
        self._kind.editor.set_value(Wish.PAY)
        claimed = file.claims[0] if file.claims else None
        self._entry.editor.set_value(None)
        self._offer = None
        self._payer.editor.set_value(claimed.against[:1] if claimed else ())
        self._payee.editor.set_value((claimed.by,) if claimed else ())
        self._amount.editor.set_value(None)
        self._purpose.editor.set_value(PURPOSE)
        self._manner.editor.set_value(MANNER)
        self._parts.editor.set_value(1)
        self._due.editor.set_value(self._today + timedelta(days=_USUAL_DAYS))
        self._rows.set_parts(())
        self._what.editor.set_value("")
        only = file.claims[0].ref if len(file.claims) == 1 and not others else ""
        self._more.load(file, Term(clause=0, covers=(only,) if only else ()), others)
        self._by_hand = False

    def _load(self, file: CaseFile, chosen: Drafted, others: tuple[Clause, ...]) -> None:
        clause, term = chosen.clause, chosen.term
        known = [one for one in entries_for(file.dispute.category) if one.key == term.entry]
        self._kind.editor.set_value(wish_of(clause.kind, refrain=term.refrain))
        self._entry.editor.set_value(known[0] if known else None)
        self._offer = term.offer
        self._payer.editor.set_value(clause.payer.split("+") if clause.payer else ())
        self._payee.editor.set_value(clause.payee.split("+") if clause.payee else ())
        self._amount.editor.set_value(clause.amount)
        self._purpose.editor.set_value(term.purpose)
        self._manner.editor.set_value(term.manner)
        self._parts.editor.set_value(max(len(clause.instalments), 1))
        self._due.editor.set_value(clause.instalments[0].due_on if clause.instalments else clause.due_on)
        self._rows.set_parts(clause.instalments)
        self._what.editor.set_value(term.what)
        self._more.load(file, term, others)
        self._by_hand = term.edited
        self._put_text(clause.text)

    def _wish(self) -> Wish:
        return self._kind.editor.value() or Wish.PAY

    def _fit(self) -> None:
        wish = self._wish()
        pays = wish is Wish.PAY
        for field in (self._amount, self._payee, self._purpose, self._manner, self._parts):
            field.setVisible(pays)
        self._rows.setVisible(pays and self._rows.count() > 0)
        self._what.setVisible(not pays)
        _name(self._what, wish.asks)
        _name(self._due, "付款日期" if pays else "期限（可以不填）")
        if pays and self._rows.count():
            _name(self._due, "第一期")
        self._fit_more()
        entry = self._entry.editor.value()
        self._why.setText(f"{entry.why}依据：{entry.source}。" if entry else "")
        self._why.setVisible(entry is not None)
        self._source.setText(f"出自方案{self._offer}" if self._offer is not None else "")
        for widget in (self._source, self._drop):
            widget.setVisible(self._offer is not None)

    def _fit_more(self) -> None:
        several = bool(sharers(self.clause()))
        self._more.fit(pays=self._wish() is Wish.PAY, several=several, parts=self._rows.count() > 0)

    def _put_text(self, text: str) -> None:
        editor = self._text.editor
        if editor.toPlainText() == text:
            return
        editor.blockSignals(True)
        editor.setPlainText(text)
        editor.blockSignals(False)
        self._text.set_error("")


def _name(field: Field[E], word: str) -> None:
    field.label.setText(word)
    field.editor.setAccessibleName(word)
