"""What few clauses need and none should be without a place for: shares, set-off, interest, lateness, articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import TypeVar, cast

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from mediation_desk.agreements.laws import cited
from mediation_desk.agreements.model import Clause, ClauseKind
from mediation_desk.agreements.recurring import due_days, recurring_of
from mediation_desk.agreements.sums import BY_WEIGHT, by_weights
from mediation_desk.agreements.terms import Share, Term
from mediation_desk.cases.model import CaseFile
from mediation_desk.shared.errors import InputError
from mediation_desk.shared.money import figures
from mediation_desk.shared.text import fold_width
from ui.fields.choice_field import ChoiceField
from ui.fields.date_field import DateField
from ui.fields.field import Field
from ui.fields.money_field import MoneyField
from ui.fields.text_field import TextField
from ui.screens.base import Context
from ui.screens.case_page.clauses import numeral
from ui.screens.case_page.editors import NumberField, PartyPick
from ui.screens.case_page.law_picker import LawPicker
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import link
from ui.widgets.layout import row
from ui.widgets.plain import PlainLabel

E = TypeVar("E", bound=QWidget)
_MAIN = ("place", "covers")


def read_ratio(text: str) -> tuple[Decimal, ...]:
    """``6:3:1``, ``1950、1650``, ``60% 30% 10%``. Raises ``InputError`` for anything else."""
    plain = fold_width(text).replace("%", " ")
    for mark in ":：、，,;；+":
        plain = plain.replace(mark, " ")
    try:
        found = tuple(Decimal(word) for word in plain.split())
    except InvalidOperation:
        raise InputError(f"“{text}”不是比例，请写成 6:3:1。", field="ratio") from None
    if any(not one.is_finite() or one < 0 for one in found) or (found and not any(found)):
        raise InputError(f"“{text}”不是比例，请写成 6:3:1。", field="ratio")
    return found


class ClauseMore(QWidget):
    """``edited`` while typing. `load`, `fit`, `term`; folded away until somebody wants it or it holds something."""

    edited = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Field[QWidget]] = {}
        self._pays = True
        self._name_of: Callable[[str], str] = str
        self._against: dict[str, str] = {}
        self._panel = QWidget(self)
        self._build(context)

    def load(self, file: CaseFile, term: Term, others: tuple[Clause, ...]) -> None:
        """Show what ``term`` says; ``others`` are the clauses a sum could be set off against."""
        self._name_of = file.name_of
        self._covers.editor.offer([(claim.ref, claim.item) for claim in file.claims])
        self._covers.editor.set_value(term.covers)
        against = [(claim.ref, f"请求：{claim.item[:16]}") for claim in file.claims if claim.amount]
        paid = [one for one in others if one.kind is ClauseKind.PAY]
        against += [(str(one.no), f"第{numeral(one.no)}条") for one in paid]
        self._against = dict(against)
        self._set_off.editor.set_values([ref for ref, _word in against])
        self._set_off.editor.set_value(term.set_off or None)
        self._set_off_amount.editor.set_value(term.set_off_amount)
        self._place.editor.set_value(term.place)
        self._ratio.editor.set_value(" : ".join(figures(one.amount).replace(",", "") for one in term.shares))
        self._interest.editor.set_value(term.interest)
        self._since.editor.set_value(term.interest_from)
        self._base.editor.set_value(term.interest_base)
        self._lent.editor.set_value(term.lent_on)
        self._grace.editor.set_value(term.grace_days)
        self._penalty.editor.set_value(term.penalty)
        self._monthly.editor.set_value(term.monthly)
        self._first_month.editor.set_value(term.first_month)
        self._months.editor.set_value(term.months)
        self._pay_day.editor.set_value(term.pay_day)
        self._articles.editor.set_value("、".join(term.articles))
        self._law.clear()
        for field in self.fields.values():
            field.set_error("")
        self._unfold(_says_more(term))

    def fit(self, *, pays: bool, several: bool, parts: bool) -> None:
        """Show what this kind of clause can have."""
        self._pays = pays
        self._ratio.setVisible(pays and several)
        self._shared.setVisible(pays and several)
        for field in (
            self._set_off,
            self._set_off_amount,
            self._interest,
            self._since,
            self._base,
            self._lent,
            self._monthly,
            self._first_month,
            self._months,
            self._pay_day,
        ):
            field.setVisible(pays)
        self._penalty.setVisible(pays)
        self._grace.setVisible(pays and parts)
        self._covers.setVisible(bool(self._covers.editor.boxes()))

    def term(self, clause: Clause, term: Term) -> Term:
        """``term`` with what stands here for ``clause``."""
        pays = self._pays
        words = self._articles.editor.value().replace("，", "、").split("、")
        return replace(
            term,
            covers=self._covers.editor.value(),
            place=self._place.editor.value(),
            set_off=(self._set_off.editor.value() or "") if pays else "",
            set_off_amount=self._set_off_amount.editor.value() if pays else None,
            interest=self._interest.editor.value() if pays else None,
            interest_from=self._since.editor.value() if pays else None,
            interest_base=self._base.editor.value() if pays else "",
            lent_on=self._lent.editor.value() if pays else None,
            grace_days=self._grace.editor.value() if pays and clause.instalments else None,
            penalty=self._penalty.editor.value() if pays else None,
            monthly=self._monthly.editor.value() if pays else None,
            first_month=self._first_month.editor.value() if pays else "",
            months=self._months.editor.value() if pays else None,
            pay_day=self._pay_day.editor.value() if pays else None,
            articles=tuple(word.strip() for word in words if word.strip()),
            shares=self._shares(clause) if pays else (),
        )

    def by_month(self) -> tuple[Decimal, date] | None:
        """What all months come to and the day of the last one, once month, number and day are there."""
        term = Term(
            clause=0,
            monthly=self._monthly.editor.value(),
            first_month=self._first_month.editor.value(),
            months=self._months.editor.value(),
            pay_day=self._pay_day.editor.value(),
        )
        try:
            found = recurring_of((term,)) if self._pays else ()
        except InputError:
            return None
        days = due_days(found[0]) if found else {}
        return (found[0].monthly * found[0].months, max(days.values())) if days else None

    def problem(self, clause: Clause) -> Field[QWidget] | None:
        """The first field with something wrong, its sentence shown."""
        shown = [field for field in self.fields.values() if not field.isHidden()]
        wrong = [field for field in shown if not field.check()]
        try:
            self._shares(clause, strict=True)
        except InputError as error:
            self._ratio.set_error(error.message)
            wrong.append(self.fields["ratio"])
        try:
            recurring_of((self.term(clause, Term(clause=clause.no)),))
        except InputError as error:
            self.fields[error.field].set_error(error.message)
            wrong.append(self.fields[error.field])
        if self._set_off_amount.editor.value() and not self._set_off.editor.value():
            self._set_off.set_error("请选与哪一项抵销。")
            wrong.append(self.fields["set_off"])
        if wrong:
            self._unfold(True)
        return wrong[0] if wrong else None

    def editors(self) -> tuple[QWidget, ...]:
        """In reading order."""
        order = ["place", "covers", "ratio", "set_off", "set_off_amount", "interest", "interest_from"]
        order += ["interest_base", "lent_on", "grace_days", "penalty"]
        order += ["monthly", "first_month", "months", "pay_day"]
        found: list[QWidget] = [self._toggle]
        for name in order:
            editor = self.fields[name].editor
            found += editor.boxes() if isinstance(editor, PartyPick) else (editor,)
        return (*found, *self._law.editors(), self._articles.editor)

    def add_article(self, citation: str) -> None:
        """Cite one more article."""
        now = tuple(word for word in self._articles.editor.value().split("、") if word)
        self._articles.editor.set_value("、".join(cited(now, citation)))
        self.edited.emit()

    # Inside

    def _shares(self, clause: Clause, *, strict: bool = False) -> tuple[Share, ...]:
        refs = sharers(clause)
        try:
            amounts = divided(clause.amount, refs, self._ratio.editor.value())
        except InputError:
            if strict:
                raise
            amounts = ()
        if not amounts:
            self._shared.setText("")
            return ()
        told = "、".join(
            f"{self._name_of(ref)} {figures(one)}" for ref, one in zip(refs, amounts, strict=True)
        )
        self._shared.setText(f"{told}。{BY_WEIGHT}。")
        return tuple(Share(ref=ref, amount=one) for ref, one in zip(refs, amounts, strict=True))

    def _unfold(self, wanted: bool) -> None:
        self._panel.setVisible(wanted)
        self._toggle.set_caption(
            "收起更多约定" if wanted else "更多约定：份额、抵销、利息、违约、按月支付、法条、解决的请求"
        )

    def _build(self, context: Context) -> None:
        self._toggle = link("", lambda: self._unfold(self._panel.isHidden()), symbol="down")
        self._toggle.setObjectName("clause.more")
        self._place = self._field("在哪里履行", "place", TextField("不写就不印"))
        self._covers = self._field("这一条解决哪些请求", "covers", PartyPick(room=40))
        self._ratio = self._field("各人怎么分", "ratio", TextField("6:3:1，或者各人金额"))
        self._shared = PlainLabel(role="small", tone=Tone.DONE, wrap=True)
        against: ChoiceField[str] = ChoiceField(
            (), word=lambda ref: self._against.get(ref, ref), empty="不抵销"
        )
        self._set_off = self._field("与哪一项抵销", "set_off", against)
        self._set_off_amount = self._field("抵销多少（元）", "set_off_amount", MoneyField())
        self._interest = self._field("年利率（%）", "interest", MoneyField("不计息"))
        self._since = self._field("从哪天起", "interest_from", DateField())
        self._base = self._field("以什么为基数", "interest_base", TextField("未付款项"))
        self._lent = self._field("借款合同日期", "lent_on", DateField())
        self._grace = self._field("逾期几天全部到期", "grace_days", NumberField())
        self._penalty = self._field("违约金（每日万分之）", "penalty", MoneyField("不另写"))
        self._monthly = self._field("按月支付，每月（元）", "monthly", MoneyField("不按月"))
        self._first_month = self._field("从哪个月起", "first_month", TextField("2026-07"))
        self._months = self._field("共几个月", "months", NumberField())
        self._pay_day = self._field("每月几日前", "pay_day", NumberField())
        self._law = LawPicker(context)
        self._law.picked.connect(self.add_article)
        self._articles = self._field("引用的法条", "articles", TextField("《…》第…条，几条用顿号隔开"))
        inner = QVBoxLayout()
        inner.setSpacing(theme().px(8))
        inner.addLayout(row(self._place, gap=12))
        inner.addWidget(self._covers)
        inner.addWidget(self._ratio)
        inner.addWidget(self._shared)
        inner.addLayout(row(self._set_off, self._set_off_amount, None, gap=12))
        inner.addLayout(row(self._interest, self._since, self._base, gap=12))
        inner.addLayout(row(self._lent, self._grace, self._penalty, None, gap=12))
        inner.addLayout(row(self._monthly, self._first_month, self._months, self._pay_day, None, gap=12))
        inner.addWidget(self._law)
        inner.addWidget(self._articles)
        inner.setContentsMargins(0, 0, 0, 0)
        self._panel.setLayout(inner)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(theme().px(6))
        outer.addLayout(row(self._toggle, None))
        outer.addWidget(self._panel)
        self._unfold(False)

    def _field(self, word: str, name: str, editor: E) -> Field[E]:
        made: Field[E] = Field(word, editor, name=f"clause.{name}")
        editor.setObjectName(f"clause.{name}")
        editor.edited.connect(self.edited)  # type: ignore[attr-defined]  # every editor has it
        self.fields[name] = cast("Field[QWidget]", made)
        return made


def divided(amount: Decimal | None, refs: tuple[str, ...], ratio: str) -> tuple[Decimal, ...]:
    """``amount`` by the typed ratio; () while there is nothing to divide. Raises ``InputError`` for a wrong ratio."""
    numbers = read_ratio(ratio) if refs else ()
    if not numbers or amount is None:
        return ()
    if len(numbers) != len(refs):
        raise InputError(f"有{len(refs)}人分，写了{len(numbers)}个数。", field="ratio")
    return by_weights(amount, numbers)


def sharers(clause: Clause) -> tuple[str, ...]:
    """Who shares the sum: several payees, else several payers."""
    payees = tuple((clause.payee or "").split("+"))
    payers = tuple((clause.payer or "").split("+"))
    return payees if len(payees) > 1 else payers if len(payers) > 1 else ()


def _says_more(term: Term) -> bool:
    """Whether something beyond the main fields is agreed."""
    return bool(
        term.place
        or term.shares
        or term.set_off_amount
        or term.interest
        or term.penalty
        or term.monthly
        or term.grace_days is not None
        or term.articles
    )
