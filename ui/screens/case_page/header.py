"""The head of the case page: what it is, who, where it stands, what is next and by when."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QWidget

from mediation_desk.cases.lifecycle import OPEN, UNDECIDED
from mediation_desk.cases.own import own_sentence
from mediation_desk.cases.vocabulary import Difficulty
from ui.screens.case_page.choosing.conflict_alert import alert_sentence
from ui.screens.case_page.course import deadline, steps
from ui.screens.case_page.next_step import NextStep, next_step
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import sides
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.buttons import IconButton, link, primary
from ui.widgets.card import Card
from ui.widgets.chip import ChipRow
from ui.widgets.layout import boxed, column, row
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel
from ui.widgets.stepper import Stepper
from ui.widgets.text import title
from ui.widgets.why_line import WhyLine

NEXT = "case.next"


class CaseHeader(QWidget):
    """``next_wanted`` carries the `NextStep`, ``stage_wanted`` the title of a step, ``why_wanted`` a sentence.

    ``alert_wanted`` when somebody wants to deal with a conflict found later.
    """

    next_wanted = Signal(object)
    stage_wanted = Signal(str)
    why_wanted = Signal(str)
    end_wanted = Signal()
    alert_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._next: NextStep | None = None
        self._title = title("")
        self._number = PlainLabel(role="quiet")
        self._parties = PlainLabel()
        self._chips = ChipRow()
        self.next = primary("下一步", self._on_next_clicked)
        self.next.setObjectName(NEXT)
        self.end = link("结束调解", self.end_wanted.emit)
        self.end.setObjectName("case.end")
        self.stepper = Stepper()
        self.stepper.setObjectName("case.stepper")
        self.due = WhyLine()
        self._why = IconButton("why", "为什么是这天")
        self._why.setObjectName("case.why")
        self._reason = ""
        self._conflict = PlainLabel(tone=Tone.SOON)
        self._conflict.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._conflict.setObjectName("case.alert")
        deal = link("去办", self.alert_wanted.emit)
        deal.setObjectName("case.alert.act")
        self._alert = boxed(row(Picture("warn", 16, Tone.SOON), self._conflict, deal, gap=6))
        self._own = PlainLabel(tone=Tone.SEAL, wrap=True)
        self._own.setObjectName("case.own")
        self._own_alert = boxed(row(Picture("warn", 16, Tone.SEAL), self._own, gap=6))
        self._lay_out()
        self.stepper.chosen.connect(self.stage_wanted)
        self._why.clicked.connect(lambda: self.why_wanted.emit(self._reason))

    def show_case(self, view: CaseView) -> None:
        """Show the case as it stands."""
        file = view.file
        self._title.setText(file.title)
        self._number.setText(file.intake.number or f"代码 {file.case_key}")
        self._parties.setText(sides(file))
        self._chips.show_chips(*_chips(view))
        self.stepper.set_steps(steps(view))
        self._show_next(next_step(view))
        self.end.setVisible(view.state in OPEN and file.beside.binned is None)
        self.end.set_caption("不予受理、撤回" if view.state in UNDECIDED else "结束调解")
        self._conflict.setText(alert_sentence(view))
        self._alert.setVisible(bool(view.alerts))
        own = view.footing.own
        self._own.setText(own_sentence(own, file) if own else "")
        self._own_alert.setVisible(own is not None)
        self._show_deadline(view)

    def next_form(self) -> str:
        """The form the next step opens."""
        return self._next.form if self._next is not None else ""

    def _show_next(self, step: NextStep | None) -> None:
        self._next = step
        self.next.setVisible(step is not None)
        if step is not None:
            self.next.set_caption(f"下一步：{step.caption}")

    def _show_deadline(self, view: CaseView) -> None:
        due = deadline(view)
        basis = f"（{due.basis}）" if due.basis else ""
        if due.day is None:
            self.due.show_sentence(due.what, reason=due.reason, tone=due.tone)
            self._reason = f"{due.what}：{due.reason}。"
        else:
            self.due.show_due(due.what, due.day, view.today, reason=due.reason, basis=due.basis)
            self._reason = f"{due.what}到{due.day.isoformat()}：{due.reason}{basis}。"

    def _on_next_clicked(self) -> None:
        if self._next is not None:
            self.next_wanted.emit(self._next)

    def _lay_out(self) -> None:
        self._title.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._number.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._parties.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        card = Card()
        card.add(self.stepper)
        card.add(row(self.due, self._why, gap=4))
        card.body.setContentsMargins(theme().px(14), theme().px(10), theme().px(10), theme().px(6))
        card.body.setSpacing(theme().px(4))
        stack = column(
            row(self._title, self.end, self.next, gap=8),
            row(self._number, self._chips, None, gap=12),
            self._parties,
            self._own_alert,
            self._alert,
            2,
            card,
            gap=5,
        )
        self.setLayout(stack)


def _chips(view: CaseView) -> tuple[tuple[str, Tone], ...]:
    file = view.file
    tone = Tone.ACCENT
    if file.ending is not None:
        tone = Tone.QUIET
    elif file.effective_on is not None:
        tone = Tone.DONE
    hard = file.dispute.difficulty is Difficulty.DIFFICULT
    chips = (
        (file.track.value, Tone.ACCENT),
        (file.dispute.category.value, Tone.QUIET),
        (file.dispute.difficulty.value, Tone.SOON if hard else Tone.QUIET),
        (view.state.value, tone),
    )
    away = (("回收站", Tone.SEAL),) if file.beside.binned is not None else ()
    return (*away, *chips, *((("演练", Tone.QUIET),) if file.fictitious else ()))
