"""Who mediates and why: the winner with the marks that decided, earlier rounds and recusals."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from mediation_desk.experts.choice_rule import decide
from mediation_desk.experts.model import CaseMediator, Choice, Role
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import cut, day, names, with_names
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.card import Card
from ui.widgets.chip import Chip
from ui.widgets.layout import clear, row
from ui.widgets.plain import PlainLabel
from ui.widgets.text import heading, paragraph, small


class ResultCard(Card):
    """Mediators, recorder, and the table of marks with the sentence of the rule."""

    def __init__(self) -> None:
        super().__init__("调解员")
        self.setObjectName("choice.result")

    def show_case(self, view: CaseView) -> None:
        """Show the appointment and the last round."""
        clear(self.body)
        file = view.file
        for mediator in file.mediators:
            _add_mediator(self, mediator, view)
        if file.recorder is not None:
            self.add(
                row(
                    Chip("记录", Tone.QUIET),
                    PlainLabel(file.recorder.name),
                    small(file.recorder.organisation),
                    None,
                )
            )
        if file.selection is None:
            return
        if not file.mediators:
            self.add(paragraph("这一轮没有选出共同的人选，可以再选一轮，或者由中心指派。", Tone.SOON))
        self.add(small(f"方式：{file.selection.mode}"))
        if file.selection.choices:
            self.add(marks_table(file.selection, view))
            self.add(paragraph(why(file.selection, view), Tone.QUIET))


class RoundsCard(Card):
    """What came before: overtaken rounds and requests for recusal."""

    def __init__(self) -> None:
        super().__init__("以前的选择和回避")

    def show_case(self, view: CaseView) -> None:
        """List them in order."""
        clear(self.body)
        for past in view.file.selection_history:
            self.add(
                paragraph(
                    f"第{past.round}轮　{day(past.on)}　{past.mode}　{day(past.ended_on)}因{past.ended_by}结束"
                )
            )
            if past.choices:
                self.add(marks_table(past, view))
        for recusal in view.file.recusals:
            name = view.card_name(recusal.mediator)
            by = view.file.name_of(recusal.by)
            instead = f"，由{view.card_name(recusal.replaced_by)}接替" if recusal.replaced_by else ""
            sentence = (
                f"{day(recusal.on)} {by}申请{name}回避：{recusal.ground}，{recusal.detail}。"
                f"{day(recusal.decided_on)} {recusal.result}{instead}。"
            )
            self.add(paragraph(sentence))


def why(choice: Choice, view: CaseView) -> str:
    """The sentence of the published rule about these marks, with names."""
    if not choice.candidates or not all(choice.choices.values()):
        return ""
    decision = decide(choice.candidates, choice.choices)
    sentence = with_names(decision.why, view.file.name_of)
    if decision.winner is None:
        return f"{sentence}。"
    return f"为什么是{view.card_name(decision.winner)}：{sentence}。"


def marks_table(choice: Choice, view: CaseView) -> QWidget:
    """Candidates in the order shown, one column of ranks for each party."""
    ground = QWidget()
    grid = QGridLayout(ground)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(6))
    parties = tuple(choice.choices)
    for column, party in enumerate(parties, start=1):
        grid.addWidget(_head(view.file.name_of(party)), 0, column)
    for line, pool_no in enumerate(choice.candidates, start=1):
        won = pool_no in choice.result
        name = view.card_name(pool_no)
        grid.addWidget(PlainLabel(name, tone=Tone.ACCENT if won else Tone.INK), line, 0)
        ranks = [
            choice.choices[party].index(pool_no) + 1 if pool_no in choice.choices[party] else 0
            for party in parties
        ]
        for column, rank in enumerate(ranks, start=1):
            grid.addWidget(
                PlainLabel(f"第 {rank}" if rank else "未列", tone=Tone.INK if rank else Tone.QUIET),
                line,
                column,
            )
        grid.addWidget(_sum(ranks, won), line, len(parties) + 1)
    grid.setColumnStretch(len(parties) + 1, 1)
    return ground


def _head(name: str) -> QWidget:
    label = PlainLabel(cut(name), role="small")
    label.setAccessibleName(name)
    return label


def _sum(ranks: list[int], won: bool) -> QWidget:
    if not all(ranks):
        return PlainLabel("不是各方都列", tone=Tone.QUIET)
    words = f"名次之和 {sum(ranks)}"
    return PlainLabel(f"{words}　选定" if won else words, tone=Tone.ACCENT if won else Tone.INK)


def _add_mediator(card: Card, mediator: CaseMediator, view: CaseView) -> None:
    presiding = mediator.role is Role.PRESIDING
    name = heading(mediator.name) if presiding else PlainLabel(mediator.name)
    about = "，".join(
        part for part in (mediator.grade or "", mediator.employment, mediator.organisation) if part
    )
    chip = Chip(mediator.role.value, Tone.ACCENT if presiding else Tone.QUIET)
    line = row(chip, name, small(about), None)
    line.setAlignment(Qt.AlignmentFlag.AlignVCenter)
    card.add(line)
    by = f"（{names(mediator.selected_by, view.file.name_of)}）" if mediator.selected_by else ""
    told = f"　披露：{mediator.disclosure}" if mediator.disclosure else "　还没有披露"
    card.add(small(f"{day(mediator.selected_on)} {mediator.selection}{by}{told}", wrap=True))
