"""The offers of a case, read from its board."""

from __future__ import annotations

from functools import partial

from mediation_desk.cases.board.ports import Boards
from mediation_desk.cases.board.speakers import side_of
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note
from mediation_desk.hearings.board.offers import Offer, offers


def offers_of(boards: Boards, file: CaseFile) -> tuple[Offer, ...]:
    """Every offer that was not struck, those behind a wall included."""
    return offers_on(file, boards.notes(file.case_key))


def offers_on(file: CaseFile, notes: tuple[Note, ...]) -> tuple[Offer, ...]:
    """The offers among ``notes`` of this case."""
    return offers(notes, (party.ref for party in file.parties), partial(side_of, file))
