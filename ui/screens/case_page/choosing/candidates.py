"""One candidate as a row: name, why listed, when free, what must be told; and the list shown before choosing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from mediation_desk.cases.choosing.paper import PaperCard
from mediation_desk.cases.choosing.shortlist import Candidate
from mediation_desk.experts.choice.ballot import Shown
from ui.screens.case_page.words import clauses, short
from ui.theme import theme
from ui.tokens import Tone
from ui.widgets.layout import clear, column, row
from ui.widgets.picture import Picture
from ui.widgets.text import heading, small

_WEEKDAYS = "一二三四五六日"
_NEAR = ("今天", "明天", "后天")


@dataclass(frozen=True, slots=True)
class Described:
    """A candidate in the words of the screen; ``told`` is what must be disclosed beforehand."""

    pool_no: str
    name: str
    about: str
    reasons: str
    free: str
    tongues: str
    told: tuple[str, ...] = ()


def of_candidate(one: Candidate, today: date) -> Described:
    """As the counter reads it before the list is shown."""
    card = one.mediator.card
    return Described(
        pool_no=card.pool_no,
        name=card.name,
        about=_joined(card.grade, card.employment, card.organisation),
        reasons=clauses(one.reasons),
        free=free_words(one.next_free, today),
        tongues="、".join(card.languages) or "普通话",
        told=tuple(hit.sentence for hit in one.hits),
    )


def of_paper(card: PaperCard, shown: Shown, today: date) -> Described:
    """As a party reads it: the public card only."""
    public = card.public
    years = f"从事调解{public.years}年" if public.years else ""
    handled = f"处理过{card.handled}起这类纠纷" if card.handled else ""
    return Described(
        pool_no=public.pool_no,
        name=public.name,
        about=_joined(public.grade, years, handled, public.organisation),
        reasons=clauses(shown.reasons),
        free=free_words(card.next_free, today),
        tongues="、".join(public.languages),
        told=card.told,
    )


def free_words(moment: datetime | None, today: date) -> str:
    """``最早 5月7日 周四 09:30``; near days by their word."""
    if moment is None:
        return "近期没有空"
    on = moment.date()
    near = (on - today) // timedelta(days=1)
    word = _NEAR[near] if 0 <= near < len(_NEAR) else f"{short(on)} 周{_WEEKDAYS[on.weekday()]}"
    return f"最早 {word} {moment:%H:%M}"


class CandidateRow(QFrame):
    """Who it is and why; buttons stand left and right of it where somebody marks."""

    def __init__(self, one: Described, *, left: QWidget | None = None, right: QWidget | None = None) -> None:
        super().__init__()
        self.pool_no = one.pool_no
        self.setAccessibleName(one.name)
        self.name = heading(one.name)
        self.name.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        facts = small("　".join(part for part in (one.reasons, one.tongues) if part))
        free = small(one.free, Tone.ACCENT)
        free.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        words = column(row(self.name, small(one.about), gap=10), row(facts, free, gap=10), gap=0)
        for sentence in one.told:
            words.addLayout(told_line(sentence))
        grid = QGridLayout(self)
        px = theme().px
        grid.setContentsMargins(0, px(5), 0, px(5))
        grid.setHorizontalSpacing(px(12))
        grid.setColumnStretch(1, 1)
        if left is not None:
            grid.addWidget(left, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addLayout(words, 0, 1)
        if right is not None:
            grid.addWidget(right, 0, 2, Qt.AlignmentFlag.AlignVCenter)


class CandidateRows(QWidget):
    """The shortlist in its neutral order, for reading."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._stack = QVBoxLayout(self)
        self._stack.setContentsMargins(0, 0, 0, 0)
        self._stack.setSpacing(0)

    def show_rows(self, rows: Sequence[CandidateRow]) -> None:
        """Replace all rows."""
        clear(self._stack)
        for place, one in enumerate(rows):
            if place:
                self._stack.addWidget(hairline())
            self._stack.addWidget(one)


def told_line(sentence: str) -> QVBoxLayout:
    """What must be disclosed, in amber."""
    words = small(f"须披露：{clauses((sentence,))}", Tone.SOON, wrap=True)
    words.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    line = row(Picture("warn", 14, Tone.SOON), words, gap=6)
    line.setAlignment(Qt.AlignmentFlag.AlignTop)
    return column(line)


def hairline() -> QFrame:
    """A thin line between rows."""
    made = QFrame()
    made.setProperty("hairline", "true")
    made.setFrameShape(QFrame.Shape.HLine)
    made.setFixedHeight(1)
    return made


def _joined(*parts: str | None) -> str:
    return " · ".join(part for part in parts if part)
