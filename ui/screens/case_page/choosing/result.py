"""Who mediates and why: the winner with the marks that decided."""

from __future__ import annotations

from PySide6.QtCore import Qt

from mediation_desk.experts.choice.rule import decide
from mediation_desk.experts.model import CaseMediator, Choice, Role
from ui.screens.case_page.choosing.fold import Fold
from ui.screens.case_page.choosing.overlap import Overlap, of_ballot, of_choice, overlap_table
from ui.screens.case_page.choosing.reading import ChoiceReading, behind, gone_from, names_in, told
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import day, names, with_names
from ui.tokens import Tone
from ui.widgets.buttons import link
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
        self.sheet = link("看选定书", symbol="paper")
        self.sheet.setObjectName("choice.sheet")
        self.header.addWidget(self.sheet)

    def show_case(self, view: CaseView, reading: ChoiceReading) -> None:
        """Show the appointment and the last round."""
        clear(self.body)
        file = view.file
        for mediator in file.mediators:
            _add_mediator(self, mediator, view)
        if file.recorder is not None and file.mediators:
            words = PlainLabel(file.recorder.name)
            self.add(row(Chip("记录", Tone.QUIET), words, small(file.recorder.organisation), None))
        self.sheet.setVisible(bool(file.selection))
        if file.selection is None:
            return
        if not file.mediators and reading.round is None:
            self.add(paragraph("这一轮没有选出共同的人选，可以再选一轮，或者由中心指派。", Tone.SOON))
        self.add(small(f"方式：{file.selection.mode}"))
        ballot = behind(file.selection, reading.ballots)
        if ballot is not None:
            overlap = of_ballot(ballot, ballot.result, gone_from(file.selection, ballot))
            self.add(paragraph(f"{told(ballot.why, names_in(file, ballot.shown))}。", Tone.QUIET))
        elif file.selection.choices:
            overlap = of_choice(file.selection, view)
            self.add(paragraph(why(file.selection, view), Tone.QUIET))
        else:
            return
        self.add(_folded(overlap, view) if file.mediators else overlap_table(overlap, view))


def _folded(overlap: Overlap, view: CaseView) -> Fold:
    """Once somebody mediates, the marks are there for whoever wants to read them."""
    fold = Fold("各方的选择", "choice.marks")
    fold.body.addWidget(overlap_table(overlap, view))
    return fold


def why(choice: Choice, view: CaseView) -> str:
    """The sentence of the published rule about marks on file without their round, with names."""
    if not choice.candidates or not all(choice.choices.values()):
        return ""
    decision = decide(choice.candidates, choice.choices)
    sentence = with_names(decision.why, view.card_name)
    if decision.winner is None:
        return f"{sentence}。"
    return f"为什么是{view.card_name(decision.winner)}：{sentence}。"


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
    card.add(small(f"{day(mediator.selected_on)} {mediator.selection}{by}", wrap=True))
