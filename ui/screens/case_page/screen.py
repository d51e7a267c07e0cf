"""The case page: head, tabs and the paper beside them. It alone talks to the services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from PySide6.QtCore import QCoreApplication, QEvent, QSignalBlocker, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeySequence, QResizeEvent, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QPushButton, QWidget

from mediation_desk.cases.colliding import UNADOPTED
from mediation_desk.cases.lifecycle import Stage
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.steps.step import Step
from mediation_desk.shared.changes import Changes, Topic
from ui.screens.base import Context, Screen
from ui.screens.case_page.asks import asked_by, asked_by_form, refused
from ui.screens.case_page.company import CompanyBand
from ui.screens.case_page.course import TAB_OF_STAGE
from ui.screens.case_page.form import StepForm
from ui.screens.case_page.header import NEXT, CaseHeader
from ui.screens.case_page.next_step import NextStep
from ui.screens.case_page.paper_pane import PaperPane
from ui.screens.case_page.tab import Tab
from ui.screens.case_page.tabs import TABS, CaseTabs
from ui.screens.case_page.view import CaseView, read_view
from ui.screens.case_page.words import told_by
from ui.screens.meeting_others import take_steps
from ui.screens.taking_back import TOUCHED
from ui.second.faces import Face
from ui.theme import theme
from ui.widgets.layout import boxed, column, scrolling
from ui.widgets.message_bar import Kind

T = TypeVar("T")
_LEVELS = 4
_NEXT_KEYS = ("Ctrl+Tab", "Ctrl+PgDown", "Alt+Right")
_BACK_KEYS = ("Ctrl+Shift+Tab", "Ctrl+PgUp", "Alt+Left")


class CasePage(Screen):
    """Opened with ``key``, ``key#tab`` or ``key#tab.form``.

    The head stands still while there is room, else it scrolls away.
    """

    code = "case"
    topics = frozenset((Topic.CASES, Topic.SESSIONS, Topic.DOCUMENTS))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.setAccessibleName("案件")
        self._key = ""
        self._view: CaseView | None = None
        self._wanted: tuple[str, str] = ("", "")
        self._goes_on = False
        self._tabs: dict[str, Tab] = {}
        self._offsets: dict[str, int] = {}
        self.header = CaseHeader()
        self.company = CompanyBand(context, self._is_typing, self)
        self.tab_bar = CaseTabs()
        self.paper = PaperPane(context)
        self._fixed = column(gap=8)
        self._moving = column(gap=12)
        self._area = scrolling(boxed(self._moving), name="案件内容")
        self._lay_out()
        self._connect()
        self.setEnabled(False)

    # What the window asks

    def open(self, argument: str) -> None:
        """Show the case, the tab and the form that ``argument`` names: ``key#tab.form``."""
        key, _, part = argument.partition("#")
        part, _, form = part.partition(".")
        if key != self._key:
            self._key, self._view = key, None
            self._offsets.clear()
            self.setEnabled(False)
        self._wanted = (part, form)
        self._stale = True

    def refresh(self) -> None:
        """Read everything about the case."""
        if not self._key:
            return
        services, key = self.context.services, self._key
        self.context.desk.query(lambda: read_view(services, key), self._show, owner=self, slot="case")

    def notice(self, changes: Changes) -> None:
        """Only what concerns this case is read again."""
        if changes.case_key is None or self._view is None or changes.case_key == self._view.file.case_key:
            super().notice(changes)

    def hear(self, kind: str, case_key: str) -> None:
        """News of a server."""
        if case_key in ("", self._key):
            super().hear(kind, case_key)
            self.company.hear(case_key)

    def showEvent(self, event: QShowEvent) -> None:
        """In front again: it stands open here."""
        super().showEvent(event)
        self.company.begin()

    def hideEvent(self, event: QHideEvent) -> None:
        """No longer in front."""
        super().hideEvent(event)
        self.company.end()

    def pane(self) -> tuple[str, QWidget] | None:
        """The paper of the tab in front."""
        return "预览", self.paper

    def where(self) -> str:
        """The case and the tab in front."""
        return f"{self._key}#{self.tab_bar.code()}" if self._key else ""

    def about(self) -> str:
        """The case."""
        return self._key

    def second(self) -> tuple[str, Face]:
        """The record while it is being made, otherwise the issues."""
        recording = self._view is not None and self._view.minutes is not None
        face = Face.RECORD if recording and self.tab_bar.code() == "sessions" else Face.ISSUES
        return (self._view.file.case_key if self._view is not None else self._key), face

    @property
    def primary(self) -> QPushButton | None:
        """What Ctrl+Enter presses: the button of the open form, otherwise the next step."""
        tab = self._tabs.get(self.tab_bar.code())
        return (tab.primary() if tab is not None else None) or self.header.next

    @primary.setter
    def primary(self, button: QPushButton | None) -> None:
        """The base class sets it once; here it follows from what is open."""

    def refusal(self, name: str) -> str:
        """What this account may not do with this case, in the words of a tool tip."""
        if self._view is None:
            return ""
        asked = asked_by_form(self.header.next_form()) if name == NEXT else asked_by(name)
        return refused(self.context.services.actor, self._view, asked)

    def print_preview(self) -> None:
        """Ctrl+P: the papers, with the one of this tab chosen."""
        shown = self.paper.form()
        self.go("papers", shown)
        self.open_pane()

    # What tabs ask (`Page`)

    @property
    def view(self) -> CaseView:
        """The last reading."""
        if self._view is None:
            raise RuntimeError("no case has been read yet")
        return self._view

    def take(
        self,
        steps: Sequence[Step],
        on_done: Callable[[CaseFile], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[CaseFile], str] | None = None,
        *,
        base: CaseFile | None = None,
    ) -> None:
        """Take steps in order on ``base``, by default on the version just seen."""

        def done(file: CaseFile) -> None:
            on_done(file)
            self._goes_on = told is None

        def failed(error: BaseException) -> bool:
            shown = on_error(error)
            if len(steps) > 1:
                self.read_again()
            return shown

        take_steps(self.context, self, base or self.view.file, steps, done, failed, told or told_by(steps))

    def call(
        self,
        do: Callable[[], T],
        on_done: Callable[[T], object],
        on_error: Callable[[BaseException], bool],
        told: Callable[[T], str],
        *,
        goes_on: bool = False,
    ) -> None:
        """Change something about this case that is no step of its file."""

        def done(result: T) -> None:
            on_done(result)
            self._goes_on = goes_on
            if sentence := told(result):
                self.context.say(sentence, Kind.SUCCESS)

        touched = Changes.of(*TOUCHED, case_key=self.view.file.case_key)
        self.context.desk.command(do, done, on_error, touches=touched, owner=self)

    def read_again(self) -> None:
        """Read anew; words in forms stay."""
        self.bring_up_to_date(force=True)

    def go(self, tab: str, form: str = "") -> None:
        """Bring a tab to the front and open a form on it."""
        self._show_tab(tab)
        if form and self._view is not None:
            QTimer.singleShot(0, self, lambda: self._tab(tab).start(form))

    def show_stored(self, form: str, part: int | None = -1) -> None:
        """A paper of the stored case; all of a form where ``part`` is None."""
        self.paper.show_stored(self.view, form, part)

    def show_signed(self, form: str, part: int) -> None:
        """The variant that shows the names drawn on a screen."""
        self.paper.show_signed(self.view, form, part)

    def show_draft(self, file: CaseFile, form: str, part: int = -1) -> None:
        """What an unsaved file would print."""
        self.paper.show_draft(self.view, file, form, part)

    def show_made(self, heading: str, make: Callable[[], bytes]) -> None:
        """A PDF of several papers."""
        self.paper.show_made(heading, make)

    def open_pane(self) -> None:
        """Open the side pane with the paper."""
        self.context.show_pane(self.paper, "预览")

    def bring_into_view(self, widget: QWidget) -> None:
        """Scroll until ``widget`` is seen, once the layout has settled."""
        QTimer.singleShot(0, widget, lambda: self._scroll_to(widget))

    # Inside

    def _lay_out(self) -> None:
        self.body.addLayout(self._fixed)
        self.body.addWidget(self._area, 1)
        self.body.setSpacing(theme().px(8))
        self.body.insertWidget(0, self.company)
        self._fixed.addWidget(self.header)
        self._fixed.addWidget(self.tab_bar)
        self.first = self.header.next

    def _connect(self) -> None:
        self.company.moved.connect(self.read_again)
        self.header.next_wanted.connect(self._on_next_wanted)
        self.header.stage_wanted.connect(lambda stage: self.go(TAB_OF_STAGE[Stage(stage)]))
        self.header.why_wanted.connect(self._on_why_wanted)
        self.header.end_wanted.connect(lambda: self.go("overview", "end"))
        self.header.alert_wanted.connect(lambda: self.go("choice", "disclose"))
        self.tab_bar.chosen.connect(self._show_tab)
        self.context.theme.changed.connect(self.settle_head)
        for keys, step in ((_NEXT_KEYS, 1), (_BACK_KEYS, -1)):
            for key in keys:
                shortcut = QShortcut(
                    QKeySequence(key), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut
                )
                shortcut.activated.connect(lambda step=step: self.tab_bar.move_by(step))
        correct = QShortcut(QKeySequence("F2"), self, context=Qt.ShortcutContext.WidgetWithChildrenShortcut)
        correct.activated.connect(lambda: self.go("overview", "correct"))

    def _show(self, view: CaseView) -> None:
        fresh = self._view is None or self._view.file.case_key != view.file.case_key
        if not fresh and self._view is not None:
            view = _keeping_drafts(view, self._view)
        self._view = view
        self._key = view.file.case_key
        self.set_sensitive(view.file.beside.lock is not None)
        if fresh:
            self._close_forms()
        self.setEnabled(True)
        self.company.follow(view)
        self.header.show_case(view)
        self.tab_bar.show_counts(view)
        part, form = self._wanted
        self._wanted = ("", "")
        wanted = part or ("overview" if fresh else self.tab_bar.code())
        for code, tab in self._tabs.items():
            if code != wanted:
                tab.setProperty("stale", True)
        self._show_tab(wanted, again=True)
        if form:
            self.go(wanted, form)
        if fresh or self._goes_on:
            (self.header.next if self.header.next.isVisible() else self.tab_bar).setFocus()
        self.judge_buttons()
        if self._goes_on:
            QTimer.singleShot(0, self, lambda: self._area.verticalScrollBar().setValue(self._top_of_tab()))
        self._goes_on = False
        self.settle_head()

    def _show_tab(self, code: str, *, again: bool = False) -> None:
        if self._view is None or code not in TABS:
            return
        bar = self._area.verticalScrollBar()
        before = self.tab_bar.code()
        front = self._tab(code)
        if code != before and before in self._tabs:
            self._offsets[before] = bar.value()
        with QSignalBlocker(self.tab_bar):
            self.tab_bar.choose(code)
        if again or front.property("stale") is not False:
            front.show_case(self._view)
            front.setProperty("stale", False)
        for tab in self._tabs.values():
            tab.setVisible(tab is front)
        self.settle_head()
        if code != before or again:
            front.show_paper()
        if code != before:
            QTimer.singleShot(0, self, lambda: bar.setValue(self._offsets.get(code, self._top_of_tab())))

    def _is_typing(self) -> bool:
        """Whether a form here holds words that are not saved."""
        return any(form.is_dirty() for tab in self._tabs.values() for form in tab.findChildren(StepForm))

    def _close_forms(self) -> None:
        """Another case begins with nothing open."""
        for tab in self._tabs.values():
            for form in tab.findChildren(StepForm):
                form.hide()

    def _tab(self, code: str) -> Tab:
        if code not in self._tabs:
            made = TABS[code].factory(self)
            made.hide()
            made.setProperty("stale", True)
            self._tabs[code] = made
            self._moving.insertWidget(self._moving.count(), made, 1)
        if self._tabs[code].property("stale") and self._view is not None:
            self._tabs[code].show_case(self._view)
            self._tabs[code].setProperty("stale", False)
        return self._tabs[code]

    def _on_why_wanted(self, sentence: str) -> None:
        self.context.say(sentence)

    def _on_next_wanted(self, step: NextStep) -> None:
        self.go(step.tab, step.form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A low window lets the head scroll away."""
        super().resizeEvent(event)
        self.settle_head()

    def _scroll_to_tab(self) -> None:
        _settle_layouts()
        self._area.verticalScrollBar().setValue(self._top_of_tab())

    def _scroll_to(self, widget: QWidget) -> None:
        _settle_layouts()
        ground, bar = self._area.widget(), self._area.verticalScrollBar()
        if not ground.isAncestorOf(widget) or not widget.isVisible():
            return
        room, gap = self._area.viewport().height(), theme().px(6)
        top = widget.mapTo(ground, widget.rect().topLeft()).y() - gap
        bottom = top + widget.height() + 2 * gap
        if top < bar.value() or bottom - top > room:
            bar.setValue(top)
        elif bottom > bar.value() + room:
            bar.setValue(bottom - room)

    def _top_of_tab(self) -> int:
        """Where a tab begins: below the head when the head scrolls."""
        return self.tab_bar.y() if self._moving.indexOf(self.tab_bar) >= 0 else 0

    def settle_head(self) -> None:
        """The head stands still while the tab in front has room enough beneath it."""
        head = self.header.sizeHint().height() + self.tab_bar.sizeHint().height()
        front = self._tabs.get(self.tab_bar.code())
        fits = self.height() - head > theme().px(front.room if front is not None else Tab.room)
        home = self._fixed if fits else self._moving
        if home.indexOf(self.header) >= 0:
            return
        focused = QApplication.focusWidget()
        for place, widget in enumerate((self.header, self.tab_bar)):
            (self._moving if fits else self._fixed).removeWidget(widget)
            home.insertWidget(place, widget)
            widget.show()  # a widget moved to another ground is hidden until asked for
        if focused is not None and (focused is self.tab_bar or self.header.isAncestorOf(focused)):
            focused.setFocus()
        QTimer.singleShot(0, self, self._scroll_to_tab)


def _settle_layouts() -> None:
    """What was shown or hidden a moment ago takes its place now, so that positions can be trusted."""
    for _level in range(_LEVELS):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def _keeping_drafts(view: CaseView, before: CaseView) -> CaseView:
    """Drafts are offered once, when a case is opened: what was typed since is still in its form."""
    fresh = {key: draft for key, draft in view.drafts.items() if key == UNADOPTED}
    return replace(view, drafts={key: one for key, one in before.drafts.items() if key != UNADOPTED} | fresh)
