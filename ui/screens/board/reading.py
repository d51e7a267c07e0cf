"""One reading of a board with its case, done on the worker, and the calls bound to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.board.cast import Cast
from mediation_desk.cases.board.guards import live
from mediation_desk.cases.board.service import Board, Written
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.summary import Draft
from mediation_desk.hearings.board.notes import Note, Release, Withdrawn
from mediation_desk.hearings.board.opening import OpeningItem, opening_items
from mediation_desk.hearings.model import Session
from mediation_desk.shared.errors import DeskError, InputError
from ui.services import Services


@dataclass(frozen=True, slots=True)
class BoardReading:
    """``why_closed`` is the sentence why nothing can be written any more; "" while the session is on."""

    file: CaseFile
    session: Session
    board: Board
    items: tuple[OpeningItem, ...]
    why_closed: str
    draft: Draft | None


class BoardPlace:
    """The service bound to one actor, case and session; every call runs on the worker, but for ``today``."""

    def __init__(self, services: Services, key: str, session_no: int) -> None:
        self._services, self.key, self.session_no = services, key, session_no

    @property
    def today(self) -> date:
        """The local day."""
        return self._services.cases.local_today

    def read(self, draft_key: str) -> BoardReading:
        """Everything. Raises ``InputError`` where there is no such session."""
        services = self._services
        file = services.cases.view(services.actor, self.key)
        session = next((one for one in file.sessions if one.no == self.session_no), None)
        if session is None:
            raise InputError(f"没有第{self.session_no}次调解会，请先安排。", field="session_no")
        try:
            live(file, session.no)
            why = ""
        except DeskError as error:
            why = error.message
        Cast(file).warm_up()
        held_before = any(
            one.held and one.rights_notice_given for one in file.sessions if one.no != session.no
        )
        items = tuple(item for item in opening_items() if not (item.first_only and held_before))
        drafts = services.cases.drafts(services.actor)
        return BoardReading(
            file=file,
            session=session,
            board=services.boards.board(services.actor, self.key, session.no),
            items=items,
            why_closed=why,
            draft=next((one for one in drafts if one.key == draft_key), None),
        )

    def news(self, since: int) -> Board:
        """What has changed after a revision."""
        return self._services.boards.board(self._services.actor, self.key, self.session_no, since=since)

    def write(self, note: Note) -> Note:
        """A new line."""
        return self._services.boards.write(self._services.actor, self.key, note)

    def rewrite(self, base: Note, wanted: Note) -> Written:
        """A changed line."""
        return self._services.boards.rewrite(self._services.actor, self.key, base, wanted)

    def strike(self, no: int, reason: str) -> Note:
        """Cross out."""
        return self._services.boards.strike(self._services.actor, self.key, no, reason)

    def restore(self, no: int) -> Note:
        """Take the crossing-out back."""
        return self._services.boards.restore(self._services.actor, self.key, no)

    def accept(self, no: int, by: tuple[str, ...], on: date) -> Note:
        """Note who agrees."""
        return self._services.boards.accept(self._services.actor, self.key, no, by, on)

    def withdraw(self, no: int, withdrawn: Withdrawn) -> Note:
        """Take an offer back."""
        return self._services.boards.withdraw(self._services.actor, self.key, no, withdrawn)

    def release(self, no: int, release: Release) -> Note:
        """Let a private line out."""
        return self._services.boards.release(self._services.actor, self.key, no, release)

    def open(self, code: str, answer: str, *, done: bool) -> None:
        """Note an item of the opening."""
        self._services.boards.open(
            self._services.actor, self.key, self.session_no, code, answer=answer, done=done
        )

    def attend(self, ref: str, how: str) -> None:
        """Note how somebody attends."""
        self._services.boards.attend(self._services.actor, self.key, self.session_no, ref, how)
