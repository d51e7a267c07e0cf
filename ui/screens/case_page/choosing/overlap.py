"""The marks of all parties side by side, once all have sealed: ranks, strikes, sums, who was chosen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from mediation_desk.experts.choice.ballot import Ballot
from mediation_desk.experts.model import Choice
from ui.screens.case_page.view import CaseView
from ui.screens.case_page.words import clauses, cut
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.plain import PlainLabel

Marks = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Overlap:
    """Candidates by number in the order shown; ``withdrawn`` gives the reason against each who may not serve."""

    candidates: Mapping[str, str]
    ranks: Marks
    strikes: Marks = field(default_factory=dict)
    result: tuple[str, ...] = ()
    withdrawn: Mapping[str, str] = field(default_factory=dict)


def of_ballot(ballot: Ballot, result: tuple[str, ...], withdrawn: Mapping[str, str]) -> Overlap:
    """A round with every mark in it."""
    return Overlap(
        candidates={one.pool_no: one.name for one in ballot.shown},
        ranks=ballot.ranks,
        strikes=ballot.strikes,
        result=result,
        withdrawn=withdrawn,
    )


def of_choice(choice: Choice, view: CaseView) -> Overlap:
    """A choice on file without its round, for instance an imported one."""
    return Overlap(
        candidates={pool_no: view.card_name(pool_no) for pool_no in choice.candidates},
        ranks=choice.choices,
        result=choice.result,
    )


def overlap_table(overlap: Overlap, view: CaseView) -> QWidget:
    """Candidates in the order shown, one column for each party, the sum and the result at the right."""
    ground = QWidget()
    ground.setObjectName("choice.overlap")
    grid = QGridLayout(ground)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(theme().px(16))
    grid.setVerticalSpacing(theme().px(6))
    parties = tuple(overlap.ranks)
    for column, party in enumerate(parties, start=1):
        grid.addWidget(_head(view.file.name_of(party)), 0, column)
    for line, (pool_no, name) in enumerate(overlap.candidates.items(), start=1):
        won = pool_no in overlap.result
        gone = overlap.withdrawn.get(pool_no)
        tone = Tone.ACCENT if won else Tone.QUIET if gone else Tone.INK
        grid.addWidget(PlainLabel(name, tone=tone), line, 0)
        for column, party in enumerate(parties, start=1):
            grid.addWidget(_mark(overlap, party, pool_no), line, column)
        last = (
            PlainLabel(f"不能再任：{clauses((gone,))}", tone=Tone.SOON, wrap=True)
            if gone
            else _sum(overlap, pool_no)
        )
        grid.addWidget(last, line, len(parties) + 1)
    grid.setColumnStretch(len(parties) + 1, 1)
    return ground


def _head(name: str) -> QWidget:
    label = PlainLabel(cut(name), role="small")
    label.setAccessibleName(name)
    return label


def _mark(overlap: Overlap, party: str, pool_no: str) -> QWidget:
    ranks = _counted(overlap, party)
    if pool_no in ranks:
        return PlainLabel(f"第 {ranks.index(pool_no) + 1}")
    struck = pool_no in overlap.strikes.get(party, ())
    return PlainLabel("划去" if struck else "未列", tone=Tone.SOON if struck else Tone.QUIET)


def _counted(overlap: Overlap, party: str) -> tuple[str, ...]:
    """Ranks close up where somebody withdrawn stood."""
    return tuple(one for one in overlap.ranks[party] if one not in overlap.withdrawn)


def _sum(overlap: Overlap, pool_no: str) -> QWidget:
    listed = [_counted(overlap, party) for party in overlap.ranks]
    if not all(pool_no in ranks for ranks in listed):
        return _whole("不是各方都列", Tone.QUIET)
    words = f"名次之和 {sum(ranks.index(pool_no) + 1 for ranks in listed)}"
    if pool_no not in overlap.result:
        return _whole(words, Tone.INK)
    part = "选定" if overlap.result[0] == pool_no else "协助"
    return _whole(f"{words}　{part}", Tone.ACCENT)


def _whole(words: str, tone: Tone) -> QWidget:
    """The result is never cut short; a long name is."""
    label = PlainLabel(words, tone=tone)
    label.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return label
