"""The tabs in their order, each built when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QTabBar, QWidget

from mediation_desk.cases.ink.tray import TrayState
from ui.screens.case_page.tab import Page, Tab
from ui.screens.case_page.view import CaseView
from ui.widgets.plain import plain_caption, restyle


@dataclass(frozen=True, slots=True)
class TabSpec:
    """One tab: its word, what is counted beside it, and how it is built."""

    word: str
    factory: Callable[[Page], Tab]
    count: Callable[[CaseView], int] = lambda _view: 0


def _overview(page: Page) -> Tab:
    from ui.screens.case_page.overview import OverviewTab

    return OverviewTab(page)


def _people(page: Page) -> Tab:
    from ui.screens.case_page.people import PeopleTab

    return PeopleTab(page)


def _evidence(page: Page) -> Tab:
    from ui.screens.case_page.evidence import EvidenceTab

    return EvidenceTab(page)


def _choice(page: Page) -> Tab:
    from ui.screens.case_page.choosing.tab import ChoiceTab

    return ChoiceTab(page)


def _sessions(page: Page) -> Tab:
    from ui.screens.case_page.sessions import SessionsTab

    return SessionsTab(page)


def _agreement(page: Page) -> Tab:
    from ui.screens.case_page.agreement import AgreementTab

    return AgreementTab(page)


def _performance(page: Page) -> Tab:
    from ui.screens.case_page.performance import PerformanceTab

    return PerformanceTab(page)


def _papers(page: Page) -> Tab:
    from ui.screens.case_page.papers import PapersTab

    return PapersTab(page)


def _ink(page: Page) -> Tab:
    from ui.screens.case_page.ink.tab import InkTab

    return InkTab(page)


def _volume(page: Page) -> Tab:
    from ui.screens.case_page.volume import VolumeTab

    return VolumeTab(page)


def _history(page: Page) -> Tab:
    from ui.screens.case_page.diary import DiaryTab

    return DiaryTab(page)


TABS: dict[str, TabSpec] = {
    "overview": TabSpec("概况", _overview),
    "people": TabSpec("当事人", _people, lambda view: len(view.file.parties)),
    "evidence": TabSpec("证据", _evidence, lambda view: len(view.file.evidence)),
    "choice": TabSpec("选择", _choice),
    "sessions": TabSpec("调解", _sessions, lambda view: len(view.file.sessions)),
    "agreement": TabSpec("协议", _agreement),
    "performance": TabSpec(
        "履行", _performance, lambda view: len(view.standing.pending) if view.standing else 0
    ),
    "papers": TabSpec("文书", _papers, lambda view: sum(form.reason is None for form in view.forms)),
    "ink": TabSpec("待签", _ink, lambda view: sum(one.state is TrayState.OPEN for one in view.trays)),
    "volume": TabSpec("卷宗", _volume),
    "history": TabSpec("历史", _history),
}


class CaseTabs(QTabBar):
    """``chosen(code)`` when the user takes another tab; arrow keys move inside the bar."""

    chosen = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("case.tabs")
        self.setAccessibleName("案件各部分")
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(True)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._codes = tuple(TABS)
        self._numbers = (0,) * len(TABS)
        for spec in TABS.values():
            self.addTab(spec.word)
        self.currentChanged.connect(lambda place: self.chosen.emit(self._codes[place]))

    def code(self) -> str:
        """The tab in front."""
        return self._codes[self.currentIndex()]

    def choose(self, code: str) -> None:
        """Bring a tab to the front."""
        self.setCurrentIndex(self._codes.index(code))

    def move_by(self, step: int) -> None:
        """The next tab or the one before, around the end."""
        self.setCurrentIndex((self.currentIndex() + step) % self.count())

    def show_counts(self, view: CaseView) -> None:
        """Numbers beside the words."""
        self._numbers = tuple(spec.count(view) for spec in TABS.values())
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Numbers go before words do."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Numbers go first, then white; arrows to scroll with come last."""
        bare = (0,) * len(self._numbers)
        for numbers, tight in ((self._numbers, False), (bare, False), (bare, True)):
            self._set_tight(tight)
            self._write(numbers)
            if sum(self.tabSizeHint(place).width() for place in range(self.count())) <= self.width():
                return

    def _set_tight(self, tight: bool) -> None:
        if bool(self.property("tight")) is not tight:
            self.setProperty("tight", tight)
            restyle(self)

    def _write(self, numbers: tuple[int, ...]) -> None:
        for place, (spec, number) in enumerate(zip(TABS.values(), numbers, strict=True)):
            words = plain_caption(f"{spec.word} {number}" if number else spec.word)
            if self.tabText(place) != words:
                self.setTabText(place, words)
