"""One clause in the making: what is typed in the fields is a sentence of the agreement at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from enum import StrEnum
from itertools import pairwise
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.wording import clause_text, refrain_text
from mediation_desk.cases.model import CaseFile
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.money_field import MoneyField
from ui.fields.text_field import NoteField, TextField
from ui.screens.case_page.editors import PartyPick
from ui.screens.case_page.instalments import InstalmentRows
from ui.widgets.buttons import button, link, primary
from ui.widgets.card import Card
from ui.widgets.layout import row

E = TypeVar("E", bound=QWidget)
_LONGEST_PLAN = 36
_USUAL_DAYS = 30
_HALF = 22


class Wish(StrEnum):
    """What a clause does, as people say it; each becomes one of the kinds of the exchange format."""

    PAY = "支付"
    ACT = "行为"
    REFRAIN = "不再做"
    CONFIRM = "确认"
    TRANSFER = "拨付"
    GUARANTEE = "保证"
    DEFAULT = "违约"
    WAIVE = "放弃"

    @property
    def kind(self) -> ClauseKind:
        """The kind on file."""
        return ClauseKind.ACT if self is Wish.REFRAIN else ClauseKind(self.value)


_WORDS = {
    Wish.ACT: "做什么",
    Wish.REFRAIN: "不再做什么",
    Wish.CONFIRM: "确认什么",
    Wish.TRANSFER: "怎样拨付",
    Wish.GUARANTEE: "保证什么",
    Wish.DEFAULT: "违约怎么办",
    Wish.WAIVE: "放弃什么",
}
_START = {
    Wish.DEFAULT: "任何一方逾期付款的，自逾期之日起按未付款项每日万分之二支付违约金。",
    Wish.WAIVE: "上述款项付清后，各方就本次纠纷再无其他争议。",
}


class ClauseEditor(Card):
    """``finished(Clause)`` with number 0; ``edited`` while typing; ``given_up`` on the way out."""

    finished = Signal(object)
    edited = Signal()
    given_up = Signal()

    def __init__(self) -> None:
        super().__init__("写一条")
        self._file: CaseFile | None = None
        self._today = date.min
        self._by_hand = False
        self._fields: dict[str, Field[QWidget]] = {}
        self.setObjectName("clause.form")
        self._build()
        self._connect()

    def open(self, file: CaseFile, today: date, clause: Clause | None) -> None:
        """Begin a new clause, or change one."""
        self._file, self._today = file, today
        people = [(party.ref, party.name) for party in file.parties]
        self._payer.editor.offer(people)
        self._payee.editor.offer(people)
        for field in self._fields.values():
            field.set_error("")
        if clause is None:
            self._begin(file)
        else:
            self._load(clause)
        self._save.set_caption("放进协议" if clause is None else "改好了")
        self._fit()
        self._recompose()
        self._set_order()
        self._kind.editor.setFocus()

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

    def primary(self) -> QPushButton:
        """放进协议."""
        return self._save

    # Building

    def _build(self) -> None:
        ways = tuple(range(1, _LONGEST_PLAN + 1))
        self._kind = self._field("种类", "kind", ChoiceField(Wish))
        self._payer = self._field("谁", "payer", PartyPick(needed="请选付款的一方。", room=_HALF))
        self._payee = self._field("付给谁", "payee", PartyPick(needed="请选收款的一方。", room=_HALF))
        self._amount = self._field("金额（元）", "amount", MoneyField(), required=True)
        self._purpose = self._field("什么款", "purpose", TextField("赔偿款"))
        self._manner = self._field("怎么付", "manner", TextField("银行转账"))
        self._parts = self._field(
            "分几期", "parts", ChoiceField(ways, word=lambda n: "一次付清" if n == 1 else f"分 {n} 期")
        )
        self._due = self._field("付款日期", "due_on", DateField())
        self._rows = InstalmentRows()
        self._what = self._field("做什么", "what", NoteField(lines=2))
        self._text = self._field("条文（可以改）", "text", NoteField(lines=3), required=True)
        self._rewrite = link("按上面重写", self._on_rewrite_clicked, symbol="refresh")
        self._rewrite.setObjectName("clause.rewrite")
        self._save = primary("放进协议", self._on_save_clicked, symbol="check")
        self._save.setObjectName("clause.save")
        self._leave = button("不写了", self.given_up.emit)
        self._leave.setObjectName("clause.cancel")
        self.add(row(self._kind, self._amount, self._due, gap=12))
        self.add(row(self._payer, self._payee, gap=12))
        self.add(row(self._parts, self._purpose, self._manner, gap=12))
        self.add(self._rows)
        self.add(self._what)
        self.add(self._text)
        self.add(row(self._rewrite, None, self._leave, self._save))

    def _field(self, word: str, name: str, editor: E, *, required: bool = False) -> Field[E]:
        made: Field[E] = Field(word, editor, name=f"clause.{name}", required=required)
        editor.setObjectName(f"clause.{name}")
        self._fields[name] = cast("Field[QWidget]", made)
        return made

    def _connect(self) -> None:
        self._kind.editor.currentIndexChanged.connect(lambda _place: self._on_kind_changed())
        self._parts.editor.edited.connect(self._share_out)
        self._amount.editor.edited.connect(self._share_out)
        self._due.editor.edited.connect(self._share_out)
        self._due.editor.editingFinished.connect(self._share_out)
        for name in ("payer", "payee", "purpose", "manner", "what"):
            self._fields[name].editor.edited.connect(self._recompose)  # type: ignore[attr-defined]
        self._rows.edited.connect(self._recompose)
        self._text.editor.textChanged.connect(self._on_text_changed)

    def _set_order(self) -> None:
        chain: list[QWidget] = [self._kind.editor, self._amount.editor, self._due.editor]
        chain += [*self._payer.editor.boxes(), *self._payee.editor.boxes()]
        chain += [
            self._parts.editor,
            self._purpose.editor,
            self._manner.editor,
            *self._rows.editors(),
            self._what.editor,
        ]
        chain += [self._text.editor, self._save, self._leave, self._rewrite]
        for before, after in pairwise(chain):
            QWidget.setTabOrder(before, after)

    # Filling

    def _begin(self, file: CaseFile) -> None:
        self._kind.editor.set_value(Wish.PAY)
        claimed = file.claims[0] if file.claims else None
        self._payer.editor.set_value(claimed.against[:1] if claimed else ())
        self._payee.editor.set_value((claimed.by,) if claimed else ())
        self._amount.editor.set_value(None)
        self._purpose.editor.set_value("款项")
        self._manner.editor.set_value("银行转账")
        self._parts.editor.set_value(1)
        self._due.editor.set_value(self._today + timedelta(days=_USUAL_DAYS))
        self._rows.set_parts(())
        self._what.editor.set_value("")
        self._by_hand = False

    def _load(self, clause: Clause) -> None:
        self._kind.editor.set_value(Wish(clause.kind.value))
        self._payer.editor.set_value(clause.payer.split("+") if clause.payer else ())
        self._payee.editor.set_value(clause.payee.split("+") if clause.payee else ())
        self._amount.editor.set_value(clause.amount)
        self._parts.editor.set_value(max(len(clause.instalments), 1))
        self._due.editor.set_value(clause.instalments[0].due_on if clause.instalments else clause.due_on)
        self._rows.set_parts(clause.instalments)
        self._what.editor.set_value("")
        self._by_hand = True
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
        _name(self._what, _WORDS.get(wish, ""))
        _name(self._due, "付款日期" if pays else "期限（可以不填）")
        if pays and self._rows.count():
            _name(self._due, "第一期")

    # Handlers

    def _on_kind_changed(self) -> None:
        wish = self._wish()
        self._fit()
        if wish is not Wish.PAY:
            self._due.editor.set_value(None)
            self._payer.editor.set_value(())
            if not self._what.editor.value() or self._what.editor.value() in _START.values():
                self._what.editor.set_value(_START.get(wish, ""))
        self._recompose()

    def _share_out(self) -> None:
        number, first = self._parts.editor.value() or 1, self._due.editor.value()
        if self._wish() is Wish.PAY and number > 1 and first is not None:
            self._rows.share_out(self._amount.editor.value(), number, first)
        elif number == 1:
            self._rows.set_parts(())
        self._fit()
        self._set_order()
        self._recompose()

    def _recompose(self) -> None:
        self._rows.show_sum(self._amount.editor.value())
        if not self._by_hand:
            self._put_text(self._composed())
        self.edited.emit()

    def _composed(self) -> str:
        if self._file is None:
            return ""
        wish, draft = self._wish(), self.clause()
        name_of = self._file.name_of
        if wish is Wish.PAY:
            if not (draft.payer and draft.payee and draft.amount):
                return ""
            purpose = self._purpose.editor.value() or "款项"
            return clause_text(draft, name_of, purpose=purpose, manner=self._manner.editor.value())
        what = self._what.editor.value()
        if not what:
            return ""
        if wish is Wish.REFRAIN and draft.payer:
            return refrain_text(draft.payer, what, name_of)
        return clause_text(replace(draft, text=what), name_of)

    def _put_text(self, text: str) -> None:
        editor = self._text.editor
        if editor.toPlainText() == text:
            return
        editor.blockSignals(True)
        editor.setPlainText(text)
        editor.blockSignals(False)
        self._text.set_error("")
        self.edited.emit()

    def _on_text_changed(self) -> None:
        self._by_hand = True
        self.edited.emit()

    def _on_rewrite_clicked(self) -> None:
        self._by_hand = False
        self._recompose()

    def _on_save_clicked(self) -> None:
        wrong = self._wrong()
        if wrong is not None:
            wrong.editor.setFocus()
            return
        self.finished.emit(self.clause())

    def _wrong(self) -> Field[QWidget] | None:
        """The first field with something wrong, its sentence shown."""
        pays = self._wish() is Wish.PAY
        wanted = ["text", *(("payer", "payee", "amount") if pays else ()), "due_on"]
        wrong = [name for name in wanted if not self._fields[name].check()]
        if pays and (trouble := self._rows.problem(self._amount.editor.value())):
            self._parts.set_error(trouble)
            wrong.append("parts")
        if pays and self._due.editor.value() is None and not self._rows.count() and "due_on" not in wrong:
            self._due.set_error("请填写付款日期。")
            wrong.append("due_on")
        return next((self._fields[name] for name in self._fields if name in wrong), None)


def _name(field: Field[E], word: str) -> None:
    field.label.setText(word)
    field.editor.setAccessibleName(word)
