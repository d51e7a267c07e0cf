"""A desk with other cases on it, and the public window open over it."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from PySide6.QtWidgets import QApplication

from mediation_desk.app import Desk as Services
from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.cases.counter.alike import ANYWAY
from mediation_desk.cases.registering import registration_of
from tests.gui.storm import Storm
from tests.gui.visitor import Visitor, case_data, choosing_case, settle
from ui.main_window import MainWindow
from ui.window.opening import open_window
from ui.window.window import PublicWindow

PIN = "975310864209"
"""As long as may be: no storm comes upon it."""

OTHER = "另一案的秘密"


@dataclass
class Room:
    """``others`` are words of other cases and parties, ``party`` those of the one at the window, ``label`` its name.

    The sheet itself is not kept: nothing but the window may hold it."""

    services: Services
    main: MainWindow
    key: str
    label: str
    others: Collection[str]
    party: Collection[str]
    visitor: Visitor

    @classmethod
    def furnish(cls, services: Services, main: MainWindow) -> Room:
        """Two cases; the first is open on the desk, and its applicant stands at the window."""
        file = choosing_case(services)
        services.window.set_pin(services.actor, PIN)
        other = replace(registration_of(file), title=OTHER, facts=f"{OTHER}，院墙")
        services.cases.register(services.actor, other, despite=ANYWAY)
        paper = services.choosing.ballot_paper(services.actor, file.case_key, "A1")
        party = {paper.party_label, "甄有理", *(card.public.name for card in paper.cards)}
        others = case_data(file, paper) | {OTHER}
        main.open_case(file.case_key)
        _wait_until(main.context.desk.idle)
        visitor = _let_in(main, file.case_key)
        return cls(services, main, file.case_key, paper.party_label, others, party, visitor)

    def storm(self, seed: int) -> Storm:
        """A storm over the window as it stands."""
        return Storm(self.visitor, self.others, self.party, seed, self.again)

    def again(self) -> BallotPaper:
        """The sheet as the staff would open it anew."""
        return self.services.choosing.ballot_paper(self.services.actor, self.key, "A1")

    def open(self) -> Visitor:
        """The staff lets the party in once more."""
        self.visitor = _let_in(self.main, self.key)
        return self.visitor

    @staticmethod
    def clear() -> None:
        """Give the desk back."""
        for one in QApplication.topLevelWidgets():
            if isinstance(one, PublicWindow):
                one.leave()
        settle()


def _let_in(main: MainWindow, key: str) -> Visitor:
    """The staff opens the window; with the pools of the real program that takes a moment."""
    open_window(main.context, key, "A1")
    _wait_until(lambda: bool(_shown()))
    return Visitor(_shown()[0])


def _shown() -> list[PublicWindow]:
    tops = QApplication.topLevelWidgets()
    return [one for one in tops if isinstance(one, PublicWindow) and one.isVisible()]


def _wait_until(done: Callable[[], bool]) -> None:
    until = time.monotonic() + 120
    while not done():
        settle()
        assert time.monotonic() < until
    settle()
