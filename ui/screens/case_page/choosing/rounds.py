"""What came before: rounds, designations, disclosures and recusals in the order in which they happened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from mediation_desk.experts.choice.ballot import Ballot, Disclosure
from mediation_desk.experts.choice.rule import Step as Following
from mediation_desk.experts.model import Recusal
from ui.screens.case_page.choosing.fold import Fold
from ui.screens.case_page.choosing.overlap import Overlap, of_ballot, of_choice, overlap_table
from ui.screens.case_page.choosing.reading import ChoiceReading, behind, gone_from, names_in, told
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import clauses, day
from ui.widgets.card import Card
from ui.widgets.layout import clear, column, row
from ui.widgets.text import paragraph, small


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: the day, what happened, and the marks behind it if they may be read."""

    on: date
    sentence: str
    overlap: Overlap | None = None


class RoundsCard(Card):
    """A diary of the choosing; the table of each round is folded."""

    def __init__(self) -> None:
        super().__init__("以前的选择和回避")
        self.setObjectName("choice.rounds")
        self._entries: tuple[Entry, ...] = ()

    def show_case(self, view: CaseView, reading: ChoiceReading) -> None:
        """Write the diary; hidden while it is empty."""
        entries = tuple(sorted(_entries(view, reading), key=lambda one: one.on))
        self.setVisible(bool(entries))
        if entries == self._entries:
            return
        self._entries = entries
        clear(self.body)
        for number, one in enumerate(entries):
            self.add(_written(one, f"choice.rounds.{number}", view))


def _written(entry: Entry, name: str, view: CaseView) -> QWidget:
    ground = QWidget()
    when = small(day(entry.on))
    words = column(paragraph(entry.sentence), gap=2)
    if entry.overlap is not None:
        overlap, fold = entry.overlap, Fold("各方的选择", name)
        fold.opened.connect(partial(_unfold, fold, overlap, view))
        words.addWidget(fold)
    line = row(when, words, gap=16)
    line.setAlignment(when, Qt.AlignmentFlag.AlignTop)
    line.setStretch(1, 1)
    ground.setLayout(line)
    return ground


def _unfold(fold: Fold, overlap: Overlap, view: CaseView) -> None:
    if not fold.body.count():
        fold.body.addWidget(overlap_table(overlap, view))


def _entries(view: CaseView, reading: ChoiceReading) -> Iterator[Entry]:
    file = view.file
    current = behind(file.selection, reading.ballots) if reading.round is None else None
    for ballot in reading.ballots:
        if not ballot.is_open and ballot is not current:
            yield _round(ballot, view)
    for past in file.selection_history:
        if behind(past, reading.ballots) is not None:
            continue
        sentence = f"{past.mode}，{day(past.ended_on)}因{past.ended_by}结束。"
        yield Entry(past.on, sentence, of_choice(past, view) if past.choices and past.candidates else None)
    serving = {one.pool_no for one in file.mediators}
    for disclosure in reading.disclosures:
        if disclosure.pool_no not in serving:
            yield Entry(disclosure.on, _disclosed(disclosure, view))
    for recusal in file.recusals:
        yield Entry(recusal.decided_on, _recused(recusal, view))


def _round(ballot: Ballot, view: CaseView) -> Entry:
    closed = (ballot.closed_at or ballot.opened_at).astimezone()
    which = f"第{ballot.no}轮" + ("（没有共同人选以后的第二轮）" if ballot.run_off else "")
    shown = f"{which}展示 {len(ballot.shown)} 位"
    silent = ballot.silent(tuple(party.ref for party in view.file.parties))
    if silent or ballot.ended_by not in tuple(Following):
        # What was marked in a round broken off stays unread: the parties choose again.
        return Entry(closed.date(), f"{shown}，中止：{ballot.ended_by}。")
    sentence = told(ballot.why, names_in(view.file, ballot.shown))
    choices = (view.file.selection, *view.file.selection_history)
    came = next((one for one in choices if one is not None and behind(one, (ballot,)) is ballot), None)
    gone = gone_from(came, ballot) if came else {}
    return Entry(closed.date(), f"{shown}。{sentence}。", of_ballot(ballot, ballot.result, gone))


def _disclosed(disclosure: Disclosure, view: CaseView) -> str:
    name_of = view.card_name
    said = [f"{name_of(disclosure.pool_no)}披露：{disclosure.text}"]
    for answer in disclosure.answers:
        word = "无异议" if answer.accepts else f"要求更换（{answer.ground}，{answer.detail}）"
        said.append(f"{name_of(answer.party)}{word}")
    if disclosure.ruling:
        said.append(f"{disclosure.ruled_by}{disclosure.ruling}")
    return f"{clauses(said)}。"


def _recused(recusal: Recusal, view: CaseView) -> str:
    instead = f"，由{view.card_name(recusal.replaced_by)}接替" if recusal.replaced_by else ""
    return (
        f"{view.file.name_of(recusal.by)}申请{view.card_name(recusal.mediator)}回避：{recusal.ground}，"
        f"{recusal.detail}。{recusal.decided_by}{recusal.result}{instead}。"
    )
