"""Over a case: who else has it open, and that somebody saved it meanwhile. What is being typed stays as it is."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from mediation_desk.access.permissions import Permission
from mediation_desk.cases.presence import Company
from ui.screens.base import Context
from ui.screens.case_page.view import CaseView
from ui.screens.company import in_full
from ui.tokens import Tone
from ui.widgets.layout import boxed, column, row
from ui.widgets.picture import Picture
from ui.widgets.plain import PlainLabel

_MINUTE_MS, _POLL_MS = 60_000, 5_000
"""How often a desk says that it is still there; how often a database without a server is asked what is on file."""


class CompanyBand(QWidget):
    """``moved`` when a newer version is on file and nothing is being typed here; else the band says so."""

    moved = Signal()

    def __init__(self, context: Context, typing: Callable[[], bool], parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._typing = context, typing
        self._view: CaseView | None = None
        self._others = PlainLabel(tone=Tone.QUIET, wrap=True)
        self._others.setObjectName("case.company")
        self._newer = PlainLabel(tone=Tone.SOON, wrap=True)
        self._newer.setObjectName("case.newer")
        self._newer_row = boxed(row(Picture("refresh", 16, Tone.SOON), self._newer, gap=6))
        self.setLayout(column(self._newer_row, self._others, gap=4))
        self._minute = QTimer(self, interval=_MINUTE_MS)
        self._minute.timeout.connect(lambda: self._ask(sit=True))
        self._poll = QTimer(self, interval=_POLL_MS)
        self._poll.timeout.connect(self.look)
        self._clear()

    def follow(self, view: CaseView) -> None:
        """Another reading: the newest there is."""
        other = self._view is None or self._view.file.case_key != view.file.case_key
        self._view = view
        self._newer_row.hide()
        if other:
            self._others.hide()
            self._settle()
        if other or not self._minute.isActive():
            self.begin()

    def begin(self) -> None:
        """The page is in front."""
        ground = self.parentWidget()
        if self._view is None or ground is None or not ground.isVisible():
            return
        self._minute.start()
        if not self._context.frame.hears_news():
            self._poll.start()
        self._ask(sit=True)

    def end(self) -> None:
        """Another page is in front: the case does not stand open here any more."""
        if self._minute.isActive():
            self._minute.stop()
            self._poll.stop()
            services = self._context.services
            self._context.desk.query(
                services.presence.leave,
                lambda _left: None,
                lambda _error: True,
                owner=self,
                slot="leave",
            )

    def hear(self, case_key: str) -> None:
        """News of a server; without a key it may be about any case."""
        if self._minute.isActive() and self._view is not None and case_key in ("", self._view.file.case_key):
            self.look()

    def look(self) -> None:
        """What is on file now, and who is there."""
        self._ask(sit=False)

    # Inside

    def _ask(self, *, sit: bool) -> None:
        view, services = self._view, self._context.services
        if view is None:
            return
        key, works = view.file.case_key, bool(view.footing.may - {Permission.CASE_READ})
        actor = services.actor
        self._context.desk.query(
            lambda: (
                services.presence.sit(actor, key, works=works) if sit else services.presence.look(actor, key)
            ),
            lambda found: self._show(key, found),
            lambda _error: True,  # a server that is away is told of by whatever the user does next
            owner=self,
            slot="sit" if sit else "look",
        )

    def _show(self, key: str, found: Company | None) -> None:
        view = self._view
        if view is None or found is None or view.file.case_key != key:
            return
        self._others.setText(in_full(found.others))
        self._others.setVisible(bool(found.others))
        if found.version > view.file.version:
            if self._typing():
                by = found.by or "另一位工作人员"
                self._newer.setText(f"本案已由{by}更新，按F5看新的；您写的都在，保存时会放在一起比。")
                self._newer_row.show()
            else:
                self.moved.emit()
        self._settle()

    def _clear(self) -> None:
        self._newer_row.hide()
        self._others.hide()
        self.hide()

    def _settle(self) -> None:
        self.setVisible(not (self._newer_row.isHidden() and self._others.isHidden()))
