"""The chosen line beneath the list: what it is about, what can be done, and the form that does it."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPushButton, QSizePolicy

from mediation_desk.cases.beside import OrderKind
from ui.screens.base import Context
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.routing.answering import REPLY, TELL, Deed, DeedForm, deeds_for
from ui.screens.case_page.routing.giving import RouteForm
from ui.screens.case_page.routing.reporting import ReportForm
from ui.screens.case_page.routing.telling import ReplyForm
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day
from ui.screens.routing.line_page import LinePage, read_line
from ui.screens.routing.rows import TaskRow
from ui.widgets.buttons import DeskButton, button, link
from ui.widgets.card import Card
from ui.widgets.layout import clear, column
from ui.widgets.plain import PlainLabel
from ui.widgets.wrapping import WrappingRow


class LineDetail(Card):
    """``routing.deed.<code>`` are the buttons; ``routing.open`` leads to the case."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setObjectName("routing.detail")
        self._context = context
        self._row: TaskRow | None = None
        self._page: LinePage | None = None
        self._form: StepForm | None = None
        self._title = PlainLabel(role="heading")
        self._words = PlainLabel(wrap=True)
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._deeds = column(gap=0)
        self._place = column(gap=0)
        for item in (self._title, self._words):
            self.add(item)
        self.add(self._deeds)
        self.add(self._place)
        self.hide()

    def show_row(self, row: TaskRow | None) -> None:
        """Read the case behind the line; a form with words in it stays until it is done with."""
        other = row is None or self._row is None or row.key != self._row.key
        if other and self.is_busy():
            self._context.say("正在填的这一张还留着，办完或者收起以后再看别的。")
            return
        if other:
            self._drop_form()
        self._row = row
        self.setVisible(row is not None)
        if row is not None:
            self._read(row)

    def primary(self) -> QPushButton | None:
        """The form that is open."""
        return self._form.primary() if self._form is not None else None

    def row(self) -> TaskRow | None:
        """The line shown."""
        return self._row

    def is_busy(self) -> bool:
        """Whether somebody has typed here."""
        return self._form is not None and self._form.is_dirty()

    def focus_first(self) -> None:
        """Into the first button."""
        first = next((one for one in self.findChildren(DeskButton) if one.isVisible()), None)
        if first is not None:
            first.setFocus()

    def _read(self, row: TaskRow) -> None:
        services, key = self._context.services, row.case_key
        self._context.desk.query(
            lambda: read_line(services, key), partial(self._show, row), owner=self, slot="line"
        )

    def _show(self, row: TaskRow, view: CaseView) -> None:
        if self._row is None or row.key != self._row.key:
            return
        page = LinePage(self._context, self, view, lambda: self._read(row))
        if self._page is None or self._page.view.file.case_key != row.case_key:
            self._page = page
        self._page.view = view
        self._title.setText(row.title)
        self._words.setText(_told(row, view))
        self._show_deeds(row, view)
        if self._form is not None:
            self._form.settle(view)

    def _show_deeds(self, row: TaskRow, view: CaseView) -> None:
        clear(self._deeds)
        line = WrappingRow(gap=8)
        for place, (code, word) in enumerate(_offers(row, view)):
            made = (button if place == 0 else link)(word, partial(self._open, code))
            made.setObjectName(f"routing.deed.{code}")
            made.setAccessibleName(f"{word}　{row.title}")
            line.add(made)
        open_case = link("打开案件", lambda: self._context.open_case(row.case_key, "overview"))
        open_case.setObjectName("routing.open")
        line.add(open_case)
        self._deeds.addWidget(line)

    def _open(self, code: str) -> None:
        row, page = self._row, self._page
        if row is None or page is None:
            return
        self._drop_form()
        form = self._made(code, row, page)
        form.given_up.connect(self._drop_form)
        form.done.connect(self._drop_form)
        form.settle(page.view)
        self._form = form
        self._place.addWidget(form)
        form.show()
        form.focus_first()

    def _made(self, code: str, row: TaskRow, page: LinePage) -> StepForm:
        if code == "assign":
            return RouteForm(page, OrderKind.ASSIGN, "assign")
        if code == "report":
            return ReportForm(page)
        if code == "feedback":
            return ReplyForm(page)
        deed = next(deed for deed in (*_deeds(row, page.view), TELL) if deed.code == code)
        return DeedForm(page, row.no, deed, row.who)

    def _drop_form(self) -> None:
        old, self._form = self._form, None
        if old is not None:
            old.hide()
            self._place.removeWidget(old)
            old.deleteLater()


def _deeds(row: TaskRow, view: CaseView) -> tuple[Deed, ...]:
    order = view.file.beside.order(row.no)
    return deeds_for(order, view.state) if order is not None else ()


def _offers(row: TaskRow, view: CaseView) -> list[tuple[str, str]]:
    """Codes and words of what can be done, the wanted one first."""
    if row.wants == "report":
        return [("report", "上报")]
    if row.wants == "assign":
        return [("assign", "决定交办")] if view.file.beside.undecided_order is not None else []
    if row.wants == REPLY.code and not row.no:
        return [("feedback", "反馈")]
    if row.wants == TELL.code:
        return [(TELL.code, TELL.word)]
    found = [(deed.code, deed.word) for deed in _deeds(row, view)]
    return sorted(found, key=lambda one: one[0] != row.wants) if row.wants else found


def _told(row: TaskRow, view: CaseView) -> str:
    number = view.file.intake.number or view.file.case_key
    order = view.file.beside.order(row.no)
    if order is None:
        return f"{number}　{view.state}　{row.what}"
    taken = f"，{day(order.received_on)} {order.received_by}签收" if order.received_on else ""
    return f"{number}　第{order.no}号，{day(order.given_on)} {order.given_by}交{order.to}{taken}。{row.what}"
