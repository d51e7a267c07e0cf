"""签收, 退回, 反馈, 督办, 作废, 告知 of one order: a day and at most one sentence each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.lifecycle import State
from mediation_desk.cases.steps.orders import Receive, RefuseOrder, ReplyOrder, TellUnit, VoidOrder
from mediation_desk.cases.steps.routing import Supervise
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.errors import InputError
from ui.fields.date_field import DateField
from ui.fields.text_field import NoteField
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView


@dataclass(frozen=True, slots=True)
class Deed:
    """What may be done with an order: ``asks`` is the word over the text, ``field`` its name in the step."""

    code: str
    word: str
    asks: str
    field: str
    make: Callable[[int, date, str], Step]
    needs_words: bool = True


RECEIVE = Deed(
    "receive", "签收", "签收人（不写为责任人）", "by", lambda no, on, by: Receive(no=no, on=on, by=by), False
)
REPLY = Deed(
    "reply",
    "反馈销号",
    "办理结果",
    "reply",
    lambda no, on, words: ReplyOrder(no=no, on=on, reply=words),
)
REFUSE = Deed(
    "refuse", "退回", "退回的理由", "reason", lambda no, on, why: RefuseOrder(no=no, on=on, reason=why)
)
SUPERVISE = Deed(
    "supervise",
    "督办",
    "督办事由（没有逾期的须写）",
    "reason",
    lambda no, on, why: Supervise(about=no or None, on=on, reason=why),
    False,
)
VOID = Deed("void", "作废", "作废的理由", "reason", lambda no, on, why: VoidOrder(no=no, on=on, reason=why))
TELL = Deed("tell", "告知结果", "", "", lambda no, on, _words: TellUnit(no=no, on=on), False)
DEEDS = {deed.code: deed for deed in (RECEIVE, REPLY, REFUSE, SUPERVISE, VOID, TELL)}


def deeds_for(order: Order, state: State) -> tuple[Deed, ...]:
    """What can be done with this order now, the usual thing first."""
    if not order.is_open:
        return ()
    hurry = order.kind is OrderKind.SUPERVISE
    waits = order.status is OrderStatus.WAITING
    found = [RECEIVE] if waits else [REPLY]
    found += [REPLY] if hurry and waits else []
    found += [] if hurry else [REFUSE]
    found += [] if hurry or state is State.ARCHIVED else [SUPERVISE]
    return (*found, VOID)


class DeedForm(StepForm):
    """``order.<no>.<deed>``; number 0 hurries the mediation itself."""

    def __init__(self, page: Page, no: int, deed: Deed, heading: str) -> None:
        self.code = f"order.{no}.{deed.code}"
        super().__init__(page, f"{deed.word}　{heading}", deed.word)
        self.no, self.deed = no, deed
        self._on = self.field("日期", "on", DateField(), required=True)
        self._words = self.field(
            deed.asks, deed.field or "words", NoteField(lines=2, longest=2000), required=deed.needs_words
        )
        self.line(self._on, None)
        self.add(self._words)
        self._words.setVisible(bool(deed.asks))
        self.finish()

    def subject(self, view: CaseView) -> object:
        """One order, one deed."""
        return view.file.case_key, self.no, self.deed.code

    def prefill(self, view: CaseView) -> None:
        """Today."""
        self._on.editor.set_value(view.today)
        self._words.editor.set_value("")

    def steps(self) -> Sequence[Step]:
        """The one step."""
        on = self._on.editor.value()
        if on is None:
            raise InputError("请填写日期。", field="on")
        return (self.deed.make(self.no, on, self._words.editor.value()),)
