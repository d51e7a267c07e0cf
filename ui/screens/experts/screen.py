"""专家库: the register in front; a record, its form and the lists beside it take its place when wanted."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QStackedWidget, QWidget

from mediation_desk.experts.mediator import Mediator
from mediation_desk.experts.searching import Entry, PoolFilter, narrow
from mediation_desk.shared.changes import Topic
from ui.screens.base import Context, Screen
from ui.screens.experts.card_view import CardView
from ui.screens.experts.exporting import export_pool
from ui.screens.experts.importing import ImportPage
from ui.screens.experts.pages import Pages
from ui.screens.experts.photos import PhotoShelf
from ui.screens.experts.pool_papers import PoolPapers
from ui.screens.experts.record.form import RecordForm
from ui.screens.experts.record.page import RecordPage
from ui.screens.experts.register.view import Register
from ui.screens.experts.toolbar import Toolbar
from ui.widgets.layout import scrolling

FORM = "form:"
"""Begins what `ExpertsScreen.open` is given for the form: the number behind it, nothing for a new record."""
_ANY_LETTER = PoolFilter(words="a")


class ExpertsScreen(Screen):
    """Fewest open cases first, then by number: the order itself recommends nobody.

    `open` takes a pool number and shows its record.
    """

    code = "experts"
    caption = "专家库"
    topics = frozenset((Topic.EXPERTS, Topic.CASES, Topic.SESSIONS))

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._organisations: tuple[str, ...] = ()
        self.photos = PhotoShelf(context, self)
        self.register = Register(self.photos, lambda: context.services.cases.local_today)
        self.table, self.search = self.register.table, self.register.filters.search
        self._view = CardView(self.photos)
        self._view.setObjectName("experts.card")
        self._pane = scrolling(self._view, name="公示卡")
        self.papers = PoolPapers(context, self)
        self.toolbar = Toolbar(context)
        self.top.addWidget(self.toolbar, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.register)
        self.body.addWidget(self._stack, 1)
        self.pages = Pages(context, self.photos, self._stack)
        self._connect()
        self.register.set_view(context.preferences.experts_view)
        self.toolbar.show_view(self.register.view())

    # What the window asks

    def refresh(self) -> None:
        """Read the register, those who left included; and the record in front."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.experts.register(services.actor, left=True), self._show, owner=self
        )
        page = self._stack.currentWidget()
        if isinstance(page, RecordPage) and page.mediator is not None:
            self.show_record(page.mediator.pool_no)

    def open(self, argument: str) -> None:
        """Show the record with this number, or the form on it after ``FORM``."""
        if not argument.startswith(FORM):
            self.show_record(argument)
        elif argument == FORM:
            self.edit()
        else:
            services, pool_no = self.context.services, argument.removeprefix(FORM)
            self.context.desk.query(
                lambda: services.experts.mediator(services.actor, pool_no),
                self.edit,
                owner=self,
                slot="record",
            )

    def where(self) -> str:
        """The record in front, or the form on one."""
        page = self._stack.currentWidget()
        if isinstance(page, RecordForm):
            return f"{FORM}{page.pool_no()}"
        if isinstance(page, RecordPage) and page.mediator is not None:
            return page.mediator.pool_no
        return ""

    def about(self) -> str:
        """Words of the form belong to its record; those of the register to nobody."""
        return self.where() if isinstance(self._stack.currentWidget(), RecordForm) else ""

    def pane(self) -> tuple[str, QWidget] | None:
        """The public card of the current mediator beside the register; other pages need the width."""
        return ("公示卡", self._pane) if self._stack.currentWidget() is self.register else None

    @property
    def primary(self) -> QPushButton | None:
        """What Ctrl+Enter presses: save in the form, change on a record, else engage."""
        page = self._stack.currentWidget() if hasattr(self, "_stack") else None
        if isinstance(page, RecordForm):
            return page.submit
        if isinstance(page, RecordPage):
            return page.standing.submit if page.standing.is_open() else page.edit
        if isinstance(page, ImportPage):
            return page.primary
        return self.toolbar.engage if page is self.register else None

    @primary.setter
    def primary(self, button: QPushButton | None) -> None:
        """The base class sets it once; here it follows from what is in front."""

    @property
    def first(self) -> QWidget | None:
        """The search, while the register is in front; pages that took its place keep the focus they had."""
        ready = hasattr(self, "_stack") and self._stack.currentWidget() is self.register
        return self.search if ready else None

    @first.setter
    def first(self, widget: QWidget | None) -> None:
        """The base class sets it once; here it follows from what is in front."""

    def print_preview(self) -> None:
        """Ctrl+P: the notice card of the record in front, else the roster as it is narrowed."""
        page = self._stack.currentWidget()
        if isinstance(page, RecordPage) and page.mediator is not None:
            self.papers.notice_cards((page.mediator.pool_no,))
        else:
            self.papers.roster(self._shown_numbers())

    def may_leave(self) -> bool:
        """Words in the form and rows looked at are kept, so that anybody may go."""
        page = self._stack.currentWidget()
        if isinstance(page, ImportPage) or (isinstance(page, RecordForm) and page.is_dirty()):
            page.keep()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape leads from a record back to the register, wherever the focus is."""
        at_record = isinstance(self._stack.currentWidget(), RecordPage)
        if at_record and event.key() == Qt.Key.Key_Escape and not event.modifiers():
            self.show_register()
        else:
            super().keyPressEvent(event)

    # Pages

    def show_register(self) -> None:
        """Back to the list, on the person it was on."""
        self._front(self.register)
        self.register.list_in_front().setFocus()

    def show_record(self, pool_no: str) -> None:
        """Read a record and bring it to the front."""
        services = self.context.services
        self.context.desk.query(
            lambda: services.experts.mediator(services.actor, pool_no),
            self._show_record,
            owner=self,
            slot="record",
        )

    def edit(self, mediator: Mediator | None = None, section: str = "") -> None:
        """Open the form on a record, or an empty one."""
        form = self.pages.form()
        self._front(form)
        form.begin(mediator, self._organisations)
        if section:
            form.go(section)

    def show_duplicates(self) -> None:
        """Pairs that may be one person."""
        page = self.pages.duplicates()
        self._front(page)
        page.refresh()

    def show_composition(self) -> None:
        """What the bodies lack."""
        page = self.pages.composition()
        self._front(page)
        page.refresh()

    def show_importing(self) -> None:
        """Take in a roster."""
        page = self.pages.importing()
        self._front(page)
        page.refresh()
        page.start.choose.setFocus()

    # Inside

    def _front(self, page: QWidget) -> None:
        self._stack.setCurrentWidget(page)
        self.toolbar.setVisible(page is self.register)
        record = self.pages.opened_record()
        if record is not None:
            record.bar.setVisible(page is record)
        if self.isVisible():
            self.context.settle_pane()

    def _on_built(self, page: object) -> None:
        if isinstance(page, RecordForm):
            page.saved.connect(self._on_form_saved)
            page.left.connect(self._on_form_left)
        elif isinstance(page, RecordPage):
            page.left.connect(self.show_register)
            page.edit_wanted.connect(self._on_edit_wanted)
            page.card_wanted.connect(self.print_preview)
            self.top.addWidget(page.bar, 1)

    def _show(self, entries: tuple[Entry, ...]) -> None:
        self._organisations = tuple(
            {
                *(entry.mediator.card.organisation for entry in entries),
                *(body.name for _track, body in self.context.services.centre.bodies),
            }
        )
        self.register.show_entries(entries)
        # Readings of names are prepared once, beside the work: the first letter typed must not wait for them.
        self.context.desk.render(
            lambda: narrow(entries, _ANY_LETTER), lambda _found: None, owner=self, slot="readings"
        )

    def _show_record(self, mediator: Mediator) -> None:
        page = self.pages.record()
        entry = self.register.entry(mediator.pool_no)
        page.show_mediator(mediator, entry, self.context.services.cases.local_today)
        if self._stack.currentWidget() is not page and not isinstance(
            self._stack.currentWidget(), RecordForm
        ):
            self._front(page)
            page.edit.setFocus()
        self._view.show_mediator(mediator, self.context.services.cases.local_today)

    def _shown_numbers(self) -> tuple[str, ...] | None:
        """Numbers in the order shown; None for the whole register."""
        shown = tuple(entry.mediator.pool_no for entry in self.register.shown())
        return shown if self.register.filters.sentence() else None

    def _connect(self) -> None:
        self.register.moved.connect(self._on_moved)
        self.register.opened.connect(lambda entry: self.show_record(entry.mediator.pool_no))
        self.pages.left.connect(self.show_register)
        self.pages.built.connect(self._on_built)
        bar = self.toolbar
        bar.view_wanted.connect(self._on_view_wanted)
        bar.engage_wanted.connect(self.edit)
        bar.roster_wanted.connect(lambda: self.papers.roster(self._shown_numbers()))
        bar.cards_wanted.connect(
            lambda: self.papers.notice_cards(tuple(one.mediator.pool_no for one in self.register.shown()))
        )
        bar.import_wanted.connect(self.show_importing)
        bar.export_wanted.connect(lambda: self._export(public_only=False))
        bar.public_export_wanted.connect(lambda: self._export(public_only=True))
        bar.duplicates_wanted.connect(self.show_duplicates)
        bar.composition_wanted.connect(self.show_composition)

    def _export(self, *, public_only: bool) -> None:
        export_pool(self.context, self, self._shown_numbers(), public_only=public_only)

    def _on_view_wanted(self, code: str) -> None:
        self.register.set_view(code)
        self.context.preferences.experts_view = code
        self.register.list_in_front().setFocus()

    def _on_moved(self, entry: object) -> None:
        if isinstance(entry, Entry):
            if self.papers.isVisible():
                self.context.show_pane(self._pane, "公示卡")
            self._view.show_entry(entry, self.context.services.cases.local_today)

    def _on_edit_wanted(self, section: str) -> None:
        page = self.pages.record()
        if page.mediator is not None:
            self.edit(page.mediator, section)

    def _on_form_saved(self, pool_no: str) -> None:
        page = self.pages.record()
        if page.mediator is not None and page.mediator.pool_no == pool_no:
            self._front(page)
            self.show_record(pool_no)
        else:
            self.show_register()
            self.register.choose(pool_no)

    def _on_form_left(self) -> None:
        page, form = self.pages.opened_record(), self.pages.form()
        if page is not None and page.mediator is not None and form.is_about(page.mediator.pool_no):
            self._front(page)
            page.edit.setFocus()
        else:
            self.show_register()
