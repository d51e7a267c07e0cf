"""分流与督办: open orders with their lights, who sponsors the case, who has not heard; and what can be done."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout

from mediation_desk.cases.beside import Order, OrderKind, OrderStatus
from mediation_desk.cases.feedback import result_day
from mediation_desk.cases.lifecycle import OPEN, UNDECIDED, State
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.routing.answering import DEEDS, SUPERVISE, TELL, Deed, DeedForm, deeds_for
from ui.screens.case_page.routing.giving import RouteForm, SponsorForm
from ui.screens.case_page.routing.lights import due_words
from ui.screens.case_page.routing.reporting import ReportForm
from ui.screens.case_page.routing.rules import sender_rule, waiting
from ui.screens.case_page.routing.telling import ReplyForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.buttons import button, link
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow

_SHOWN = 8
_WAYS = (
    ("handover", OrderKind.HAND_OVER),
    ("assign", OrderKind.ASSIGN),
    ("assist", OrderKind.ASSIST),
)


class RoutingCard(Card):
    """``routing.<way>`` opens a form; ``order.<no>.<deed>.open`` that of one order."""

    def __init__(self, page: Page) -> None:
        super().__init__("分流与督办")
        self.setObjectName("routing.card")
        self._page = page
        self._form: DeedForm | None = None
        self._forms: dict[str, StepForm] = {
            **{code: RouteForm(page, kind, code) for code, kind in _WAYS},
            "sponsor": SponsorForm(page),
            "reply": ReplyForm(page),
            "report": ReportForm(page),
        }
        self._words = {
            **{code: kind.value for code, kind in _WAYS},
            "supervise": "督办",
            "sponsor": "包案",
            "reply": "反馈",
            "report": "上报",
        }
        self._buttons: dict[str, QPushButton] = {}
        ways = WrappingRow(gap=8)
        for code, word in self._words.items():
            made = button(word, partial(self.start, code))
            made.setObjectName(f"routing.{code}")
            self._buttons[code] = made
            ways.add(made)
        self._note = PlainLabel(wrap=True)
        self._note.setObjectName("routing.note")
        self._lines = column(gap=8)
        self.add(self._note)
        self.add(self._lines)
        for form in self._forms.values():
            form.hide()
            form.given_up.connect(form.hide)
            form.done.connect(form.hide)
            self.add(form)
        self.add(ways)

    def show_case(self, view: CaseView) -> None:
        """Orders, newest state first; a form that is open stays with its words."""
        for form in self._forms.values():
            form.settle(view)
        for code, made in self._buttons.items():
            made.setVisible(self._may(code, view))
            if code in self._forms and not self._may(code, view):
                self._forms[code].hide()
        self._show_note(view)
        kept = self._form
        if kept is not None:
            kept.setParent(self)
            kept.hide()
        clear(self._lines)
        self._form = None
        for order in _in_order(view.file.beside.orders):
            self._lines.addLayout(self._line(view, order))
            self._put_back(kept, order.no, view)
        self._put_back(kept, 0, view)
        if kept is not None and self._form is None:
            kept.deleteLater()

    def start(self, what: str) -> None:
        """Open a form: ``handover``, ``reply``, … or ``order`` for what the open moving order waits for."""
        view = self._page.view
        if what == "order":
            order = view.file.beside.moving_order
            deeds = deeds_for(order, view.state) if order is not None else ()
            if order is not None and deeds:
                self._open(order.no, deeds[0], _named(order))
            return
        if not self._may(what, view):
            return
        if what == "supervise":
            self._open(0, SUPERVISE, view.file.organisation.name)
            return
        for code, form in self._forms.items():
            form.setVisible(code == what)
        self._close()
        self._forms[what].focus_first()

    def knows(self, what: str) -> bool:
        """Whether ``what`` is one of this card's forms."""
        return what in self._words or what == "order"

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        every: list[StepForm] = [*self._forms.values(), *([self._form] if self._form else [])]
        return next((found for form in every if (found := form.primary()) is not None), None)

    def _may(self, code: str, view: CaseView) -> bool:
        match code:
            case "handover":
                twice = view.file.beside.undecided_order is not None
                return view.state is State.REGISTERED and not twice
            case "assign":
                return view.state is State.REGISTERED
            case "assist" | "report":
                return view.state is not State.ARCHIVED
            case "supervise":
                return view.state in OPEN - UNDECIDED
            case "sponsor":
                return view.state in OPEN
        told = sender_rule(view.file) is not None or view.file.intake.source_org is not None
        return told and view.state is not State.ARCHIVED

    def _show_note(self, view: CaseView) -> None:
        told = []
        if (sponsor := view.file.beside.sponsor) is not None:
            told.append(f"{sponsor.post}{sponsor.name}包案（{day(sponsor.since)}起）。")
        for risk in view.file.beside.risks:
            if risk.reported_on is None:
                told.append(f"{day(risk.noted_on)} 发现“{risk.kind}”，还没有上报（人民调解法第二十五条）。")
            else:
                told.append(f"“{risk.kind}”已于 {day(risk.reported_on)} 向{risk.reported_to}上报。")
        if view.file.beside.undecided_order is not None:
            told.append("两次被退回，等值班长决定交办哪个单位。")
        if still := waiting(view.file):
            names = "、".join(one.name for one in still)
            told.append(f"还没有反馈：{names}，最迟 {day(min(one.due_on for one in still))}。")
        elif result_day(view.file) is not None and view.file.feedback_to_source is not None:
            told.append(f"{day(view.file.feedback_to_source.on)} 已向{view.file.feedback_to_source.to}反馈。")
        if not told and not view.file.beside.orders:
            told.append("没有交给别的单位。")
        self._note.setText("".join(told))
        self._note.setVisible(bool(told))
        self._note.set_tone(_tone(view))

    def _line(self, view: CaseView, order: Order) -> QVBoxLayout:
        head = PlainLabel(_named(order))
        head.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        words, tone = due_words(order.due_on, view.today) if order.is_open else (order.status, Tone.QUIET)
        when = PlainLabel(words, tone=tone)
        when.setMinimumWidth(when.sizeHint().width())
        made = column(row(head, when, gap=12), PlainLabel(_told(order), role="small", wrap=True), gap=2)
        deeds = deeds_for(order, view.state)
        if any(one.order == order.no for one in waiting(view.file)):
            deeds = (*deeds, TELL)
        if deeds:
            made.addLayout(self._deed_row(order, deeds))
        return made

    def _deed_row(self, order: Order, deeds: tuple[Deed, ...]) -> QHBoxLayout:
        buttons = []
        for place, deed in enumerate(deeds):
            make = button if place == 0 else link
            one = make(deed.word, partial(self._open, order.no, deed, _named(order)))
            one.setObjectName(f"order.{order.no}.{deed.code}.open")
            one.setAccessibleName(f"{deed.word}　{_named(order)}")
            buttons.append(one)
        return row(*buttons, None, gap=4)

    def _open(self, no: int, deed: Deed, heading: str) -> None:
        for form in self._forms.values():
            form.hide()
        old, view = self._form, self._page.view
        self._form = DeedForm(self._page, no, deed, heading)
        self._form.given_up.connect(self._close)
        self._form.done.connect(self._close)
        self._form.settle(view)
        if old is not None:
            old.hide()
            old.deleteLater()
        self.show_case(view)
        self._form.focus_first()

    def _close(self) -> None:
        old, self._form = self._form, None
        if old is not None:
            old.hide()
            old.deleteLater()
            self.show_case(self._page.view)

    def _put_back(self, kept: DeedForm | None, no: int, view: CaseView) -> None:
        if kept is None or kept.no != no or kept.deed not in DEEDS.values():
            return
        order = view.file.beside.order(no)
        still = (
            (SUPERVISE,) if no == 0 else (*deeds_for(order, view.state), TELL) if order is not None else ()
        )
        if kept.deed in still:
            self._lines.addWidget(kept)
            kept.show()
            self._form = kept


def _tone(view: CaseView) -> Tone:
    if any(risk.reported_on is None for risk in view.file.beside.risks):
        return Tone.SEAL
    waits = view.file.beside.undecided_order is not None or bool(waiting(view.file))
    return Tone.SOON if waits else Tone.QUIET


def _in_order(orders: tuple[Order, ...]) -> tuple[Order, ...]:
    """Open ones first, then the latest that are over; a case sent around for years stays short."""
    still = [order for order in orders if order.is_open]
    over = [order for order in reversed(orders) if not order.is_open]
    return tuple((still + over)[:_SHOWN])


def _named(order: Order) -> str:
    """``第2号 交办 柳湾镇人民政府（祝桂芳）``."""
    who = f"（{order.person}）" if order.person else ""
    return f"第{order.no}号 {order.kind} {order.to}{who}"


def _told(order: Order) -> str:
    parts = [order.task]
    if order.received_on is not None:
        parts.append(f"{day(order.received_on)} {order.received_by}签收")
    elif order.status is OrderStatus.WAITING:
        parts.append("还没有签收")
    if order.refused_on is not None:
        parts.append(f"{day(order.refused_on)} 退回：{order.refusal}")
    if order.replied_on is not None:
        parts.append(f"{day(order.replied_on)} 反馈：{order.reply}")
    if order.voided_on is not None:
        parts.append(f"{day(order.voided_on)} 作废：{order.void_reason}")
    return "；".join(part.rstrip("。；") for part in parts if part) + "。"
