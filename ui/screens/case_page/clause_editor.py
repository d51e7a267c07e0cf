"""One clause in the making: what is typed in the fields is a sentence of the agreement at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.agreements.differences import change_words
from mediation_desk.agreements.library import entries_for, usual_text, usual_texts
from mediation_desk.agreements.model import Clause
from mediation_desk.agreements.terms import Term
from mediation_desk.agreements.wording import composed
from mediation_desk.cases.model import CaseFile
from ui.fields.field import Field
from ui.screens.base import Context
from ui.screens.case_page.clause_fields import MANNER, PURPOSE, ClauseFields
from ui.screens.case_page.clauses import Drafted
from ui.screens.case_page.wishes import Wish, wish_of


class ClauseEditor(ClauseFields):
    """``finished(Drafted)`` with number 0; ``edited`` while typing; ``given_up`` on the way out."""

    finished = Signal(object)
    edited = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._file: CaseFile | None = None
        self._connect()

    def open(
        self, file: CaseFile, today: date, chosen: Drafted | None, others: tuple[Clause, ...] = ()
    ) -> None:
        """Begin a new clause, or change one; ``others`` are the clauses beside it."""
        self._file, self._today = file, today
        people = [(party.ref, party.name) for party in file.parties]
        self._payer.editor.offer(people)
        self._payee.editor.offer(people)
        self._entry.editor.set_values(entries_for(file.dispute.category))
        for field in self._fields.values():
            field.set_error("")
        if chosen is None:
            self._begin(file, others)
        else:
            self._load(file, chosen, others)
        self._save.set_caption("改好了" if chosen is not None and chosen.clause.no else "放进协议")
        self._fit()
        self._recompose()
        self._set_order()
        self._kind.editor.setFocus()

    def drafted(self) -> Drafted:
        """The clause with what it is made of."""
        clause = self.clause()
        pays = self._wish() is Wish.PAY
        entry = self._entry.editor.value()
        term = Term(
            clause=0,
            offer=self._offer,
            entry=entry.key if entry else "",
            what="" if pays else self._what.editor.value(),
            refrain=self._wish() is Wish.REFRAIN,
            purpose=self._purpose.editor.value() if pays else "",
            manner=self._manner.editor.value() if pays else "",
        )
        term = self._more.term(clause, term)
        by_hand = self._by_hand and clause.text != self._composed(clause, term)
        return Drafted(clause, replace(term, edited=by_hand))

    def primary(self) -> QPushButton:
        """放进协议."""
        return self._save

    def _connect(self) -> None:
        self._entry.editor.edited.connect(self._on_entry_picked)
        self._kind.editor.currentIndexChanged.connect(lambda _place: self._on_kind_changed())
        self._parts.editor.edited.connect(self._share_out)
        self._amount.editor.edited.connect(self._share_out)
        self._due.editor.edited.connect(self._share_out)
        self._due.editor.editingFinished.connect(self._share_out)
        for name in ("payer", "payee", "purpose", "manner", "what"):
            self._fields[name].editor.edited.connect(self._on_edited)  # type: ignore[attr-defined]
        self._more.edited.connect(self._on_edited)
        self._rows.edited.connect(self._recompose)
        self._text.editor.textChanged.connect(self._on_text_changed)
        self._drop.clicked.connect(lambda _checked=False: self._on_offer_dropped())
        self._rewrite.clicked.connect(lambda _checked=False: self._on_rewrite_clicked())
        self._save.clicked.connect(lambda _checked=False: self._on_save_clicked())

    def _on_entry_picked(self) -> None:
        """A pattern fills what it knows; what it cannot know stays a named blank."""
        entry, file = self._entry.editor.value(), self._file
        if entry is None or file is None:
            self._fit()
            return
        self._by_hand = False
        self._kind.editor.set_value(wish_of(entry.kind, refrain=False))
        if entry.kind.value == Wish.PAY.value:
            self._purpose.editor.set_value(entry.purpose or PURPOSE)
            self._manner.editor.set_value(entry.manner or MANNER)
        else:
            self._what.editor.set_value(entry.filled(_known(file)))
        for citation in entry.articles:
            self._more.add_article(citation)
        self._fit()
        self._recompose()

    def _on_kind_changed(self) -> None:
        wish = self._wish()
        self._fit()
        if wish is not Wish.PAY:
            self._due.editor.set_value(None)
            self._payer.editor.set_value(())
            if not self._what.editor.value() or self._what.editor.value() in usual_texts():
                category = self._file.dispute.category if self._file else ""
                self._what.editor.set_value(usual_text(wish.kind, category))
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

    def _on_edited(self) -> None:
        if (months := self._more.by_month()) is not None:
            self._amount.editor.set_value(months[0])
            self._due.editor.set_value(months[1])
        self._fit_more()
        self._recompose()

    def _recompose(self) -> None:
        self._rows.show_sum(self._amount.editor.value())
        now = self.drafted()
        text = self._composed(now.clause, now.term)
        if not self._by_hand:
            self._put_text(text)
        self._show_change(text)
        self.edited.emit()

    def _composed(self, clause: Clause, term: Term) -> str:
        return composed(clause, term, self._file.name_of) if self._file is not None else ""

    def _show_change(self, text: str) -> None:
        """What was changed by hand, in words."""
        now = self._text.editor.value()
        differs = self._by_hand and bool(text) and now != text
        self._change.setText(f"与内容不同：{change_words(text, now)}。" if differs else "")
        self._change.setVisible(differs)
        self._rewrite.setVisible(differs)

    def _on_text_changed(self) -> None:
        self._by_hand = True
        now = self.drafted()
        self._show_change(self._composed(now.clause, now.term))
        self.edited.emit()

    def _on_offer_dropped(self) -> None:
        """The clause stands on its own from now on, as the parties say it now."""
        self._offer = None
        self._fit()
        self._kind.editor.setFocus()
        self.edited.emit()

    def _on_rewrite_clicked(self) -> None:
        self._by_hand = False
        self._recompose()
        self._text.editor.setFocus()

    def _on_save_clicked(self) -> None:
        wrong = self._wrong() or self._more.problem(self.clause())
        if wrong is not None:
            wrong.editor.setFocus()
            return
        self.finished.emit(self.drafted())

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


def _known(file: CaseFile) -> dict[str, str]:
    """What the fields of a pattern can be filled with."""
    sides = {"甲": "申请人", "乙": "被申请人"}
    return {
        word: "、".join(party.name for party in file.parties if party.side == side)
        for word, side in sides.items()
    }
