"""档案: where the volume stands, who has it, how long it is kept, how good it was found; and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QPushButton, QWidget

from mediation_desk.cases.archiving.filing import filing_deadline
from mediation_desk.cases.archiving.model import Loan
from mediation_desk.cases.archiving.quality import concern
from mediation_desk.cases.archiving.retention import kept, proposed
from mediation_desk.cases.archiving.rules import archive_rules
from mediation_desk.cases.lifecycle import State
from ui.screens.case_page.review_form import ReviewForm
from ui.screens.case_page.tab import Page
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.volume_forms import (
    AppraiseForm,
    DestroyForm,
    LendForm,
    ReturnForm,
    ShelfForm,
    VolumeForm,
)
from ui.screens.case_page.words import day
from ui.tokens import Tone
from ui.widgets.buttons import DeskButton, link
from ui.widgets.card import Card
from ui.widgets.facts import FactGrid
from ui.widgets.layout import column

_FORMS: tuple[tuple[str, type[VolumeForm]], ...] = (
    ("案卷评查", ReviewForm),
    ("上架", ShelfForm),
    ("借出", LendForm),
    ("归还", ReturnForm),
    ("到期鉴定", AppraiseForm),
    ("登记销毁", DestroyForm),
)


_MAKERS: dict[str, Callable[[Page], VolumeForm]] = {
    "review": ReviewForm,
    "shelf": ShelfForm,
    "lend": LendForm,
    "return": ReturnForm,
    "appraise": AppraiseForm,
    "destroy": DestroyForm,
}


class VolumeCard(QWidget):
    """One card with its forms above it. Hooked into a tab by `show_case`, `start` and `primary`."""

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._forms: dict[str, VolumeForm] = {}
        self._ways: dict[str, DeskButton] = {}
        self._card = Card("档案")
        self._card.setObjectName("volume.card")
        self._facts = FactGrid()
        self._card.add(self._facts)
        self._stack = column(gap=12)
        self.setLayout(self._stack)
        for word, kind in _FORMS:
            way = link(word, partial(self.start, kind.code))
            way.setObjectName(f"{kind.code}.way")
            self._ways[kind.code] = way
            self._card.header.addWidget(way)
        self._stack.addWidget(self._card)

    def show_case(self, view: CaseView) -> None:
        """Everything the archive room knows; hidden until there is something to review or to keep."""
        possible = self._possible(view)
        for code, way in self._ways.items():
            way.setVisible(code in possible)
        for code, form in self._forms.items():
            form.settle(view)
            if code not in possible:
                form.hide()
        self._tell(view)
        self.setVisible(bool(possible))

    def start(self, form: str) -> bool:
        """Open the form called ``form``; whether there is one that may be opened now."""
        if form not in self._possible(self._page.view):
            return False
        for code, other in self._forms.items():
            other.setVisible(code == form)
        made = self._form(form)
        made.settle(self._page.view)
        made.show()
        made.focus_first()
        return True

    def primary(self) -> QPushButton | None:
        """The button of the open form."""
        return next((found for form in self._forms.values() if (found := form.primary()) is not None), None)

    def _form(self, code: str) -> VolumeForm:
        """Made when it is first wanted: most cases never see one."""
        if code not in self._forms:
            made = _MAKERS[code](self._page)
            made.hide()
            made.given_up.connect(made.hide)
            made.done.connect(made.hide)
            self._forms[code] = made
            self._stack.insertWidget(0, made)
        return self._forms[code]

    def _possible(self, view: CaseView) -> frozenset[str]:
        kept_here = view.file.beside
        found = {kind.code for _word, kind in _FORMS if view.state in kind.allowed}
        gone = any(one.destroyed_on is not None for one in kept_here.appraisals)
        waits = any(one.waits for one in kept_here.appraisals)
        period = kept(view.file)
        ended = period is not None and period.ended(view.today) and not waits
        hidden = {
            "shelf": gone,
            "lend": gone or kept_here.open_loan is not None,
            "return": kept_here.open_loan is None,
            "appraise": gone or not ended,
            "destroy": not waits,
        }
        return frozenset(code for code in found if not hidden.get(code, False))

    def _tell(self, view: CaseView) -> None:
        self._facts.clear()
        file = view.file
        if view.state is State.ARCHIVED:
            shelf = file.beside.shelf
            self._facts.add("架号", f"{shelf.place}（{day(shelf.on)}上架）" if shelf else "还没有上架")
        else:
            due = filing_deadline(file)
            self._facts.add("归档", due.why if due is not None else "履行完毕或者回访以后再归档")
            wish = proposed(file)
            name = archive_rules().kept(wish.retention).name
            self._facts.add("建议保管", f"{name}：{wish.why}")
        period = kept(file)
        if period is not None:
            late = period.ended(view.today)
            self._facts.add("保管期限", period.why, Tone.SEAL if late else Tone.INK)
        for one in file.beside.appraisals:
            done = f"，{day(one.destroyed_on)}已销毁（监销{one.witness}）" if one.destroyed_on else ""
            self._facts.add(
                f"第{one.no}次鉴定",
                f"{day(one.on)}{one.verdict}，{one.decided_by}、{one.second}：{one.reason}{done}",
            )
        for loan in reversed(file.beside.loans):
            late = loan.overdue(view.today)
            self._facts.add(f"第{loan.no}次借阅", _lent(loan), Tone.SEAL if late else Tone.INK)
        if file.beside.reviews:
            last = file.beside.reviews[-1]
            self._facts.add(
                "评查", f"{day(last.on)} {last.by}：{last.score}分（满分{last.full}），{last.grade}"
            )
        else:
            self._facts.add("评查", concern(file) or "—", Tone.SOON)


def _lent(loan: Loan) -> str:
    who = "，".join(part for part in (loan.who, loan.unit) if part)
    words = f"{who}，{day(loan.on)}借出：{loan.why}"
    if loan.returned_on is not None:
        return f"{words}；{day(loan.returned_on)}归还，{loan.condition}"
    return f"{words}；应在{day(loan.due_on)}归还，还没有归还"
