"""The few things the public window may ask for; its pages are given nothing else to ask."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Protocol

from PySide6.QtCore import QObject, QSize
from PySide6.QtGui import QImage

from mediation_desk.cases.choosing.paper import BallotPaper
from mediation_desk.experts.choice.ballot import MarkedAt
from mediation_desk.shared.changes import Changes, Topic
from mediation_desk.shared.errors import RuleError
from ui.services import Services
from ui.tasks.desk import Desk
from ui.widgets.message_bar import Action, Kind
from ui.widgets.portrait import cropped
from ui.window.choice import Choice

NOT_KEPT = "刚才这一下没有存好，请再点一次。还不行，就请工作人员来看。"
OVER = "这一轮选择已经不能再改，请找工作人员。"


class Opener(Protocol):
    """What opening the window needs of the desk around it; every screen's context has it."""

    @property
    def services(self) -> Services:
        """The services of the open desk."""
        ...

    @property
    def desk(self) -> Desk:
        """The worker."""
        ...

    def say(self, sentence: str, kind: Kind = Kind.INFO, action: Action | None = None) -> None:
        """One sentence to the staff."""
        ...


class NarrowService(QObject):
    """One party's sheet of one case. No answer of it, good or bad, holds a case datum beyond `BallotPaper`.

    Errors never reach the boxes of the desk, which would open on top of the window: each becomes one of our
    own sentences.
    """

    def __init__(self, opener: Opener, case_key: str, party: str, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._desk = opener.services, opener.desk
        self._case, self._party = case_key, party

    @property
    def today(self) -> date:
        """The day at the counter."""
        return self._services.cases.local_today

    def read(self, show: Callable[[BallotPaper], object], failed: Callable[[str], object]) -> None:
        """The sheet with what this party marked so far."""
        services = self._services
        self._desk.query(
            lambda: services.choosing.ballot_paper(services.actor, self._case, self._party),
            show,
            lambda error: _told(failed, OVER if isinstance(error, RuleError) else NOT_KEPT),
            owner=self,
            slot="paper",
        )

    def photo(
        self, pool_no: str, size: QSize, show: Callable[[QImage | None], object], owner: QObject
    ) -> None:
        """The photo of a mediator, cut to ``size``; None when there is none. Dropped when ``owner`` is gone."""
        services = self._services
        self._desk.render(
            lambda: cropped(services.experts.photo(services.actor, pool_no), size),
            show,
            lambda _error: True,
            owner=owner,
            slot=pool_no,
        )

    def keep(self, choice: Choice, failed: Callable[[str], object]) -> None:
        """Store what is marked now, unsealed, so that a power cut loses nothing."""
        self._mark(choice, failed, None)

    def seal(self, choice: Choice, done: Callable[[], object], failed: Callable[[str], object]) -> None:
        """Store it as this party's last word."""
        self._mark(choice, failed, done)

    def unlock(self, pin: str, answer: Callable[[bool], object], wait: Callable[[str], object]) -> None:
        """Ask whether ``pin`` is the staff's; ``wait`` is told when it must not be tried just now."""
        services = self._services
        self._desk.command(
            lambda: services.window.may_leave(services.actor, pin),
            answer,
            lambda error: _told(wait, _why_not(error)),
            owner=self,
        )

    def _mark(
        self, choice: Choice, failed: Callable[[str], object], sealed: Callable[[], object] | None
    ) -> None:
        services, case, party = self._services, self._case, self._party
        self._desk.command(
            lambda: services.choosing.mark(
                services.actor,
                case,
                party,
                ranks=choice.ranks,
                strikes=choice.strikes,
                sealed=sealed is not None,
                place=MarkedAt.WINDOW,
            ),
            (lambda _none: sealed()) if sealed else None,
            lambda error: _told(failed, OVER if isinstance(error, RuleError) else NOT_KEPT),
            touches=Changes.of(Topic.CASES, case_key=case) if sealed else None,
            owner=self,
        )


def _why_not(error: BaseException) -> str:
    if isinstance(error, RuleError) and error.rule == "PIN":
        return error.message  # how long to wait
    return "口令没有核对成，请再试一次。"


def _told(tell: Callable[[str], object], sentence: str) -> bool:
    tell(sentence)
    return True
