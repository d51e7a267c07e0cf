"""What the parties see on the second screen: joint content only."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.cases.board.offering import offers_on
from mediation_desk.cases.board.speakers import speaker_of
from mediation_desk.cases.lifecycle import IN_ROOM, State, state_of
from mediation_desk.cases.minutes.private import quoted
from mediation_desk.cases.minutes.sentences import offer_words, one_line
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind
from mediation_desk.hearings.board.offers import Offer, OfferStatus
from mediation_desk.hearings.board.walls import shared
from mediation_desk.parties.masks import without_numbers
from mediation_desk.shared.record import record

_OPEN = IN_ROOM | {State.AGREED_UNSIGNED}


@record
class ShownIssue:
    """An issue and what was agreed about it; without words it gathers what belongs to no issue."""

    text: str
    accepted: tuple[str, ...]


@record
class Shown:
    """``record`` is the text in work by paragraphs; ``held_back`` where it cannot be shown yet.

    ``is_open`` turns False when the talks are over: then nothing is shown any more. ``stamp`` changes with the
    board, the record and the case.
    """

    issues: tuple[ShownIssue, ...]
    record: tuple[str, ...]
    held_back: bool = False
    is_open: bool = True
    stamp: tuple[int, int, int] = (0, 0, 0)


def shown(file: CaseFile, notes: tuple[Note, ...], text: str) -> Shown:
    """What of the board and of the record in work the parties may see.

    They check what they said, so names stand there in full; numbers are for nobody else in the room to copy.
    """
    joint = shared(notes)
    accepted = [one for one in offers_on(file, joint) if one.status is OfferStatus.ACCEPTED]
    issues = {note.no: note for note in joint if note.kind is NoteKind.ISSUE}
    found = [
        ShownIssue(text=one_line(note.text), accepted=_of(file, accepted, no)) for no, note in issues.items()
    ]
    loose = tuple(word for one in accepted if one.issue not in issues for word in _of(file, [one], one.issue))
    if loose:
        found.append(ShownIssue(text="", accepted=loose))
    walled = bool(quoted(text, notes))
    lines = () if walled else tuple(line for line in text.split("\n") if line.strip())
    is_open = file.beside.binned is None and state_of(file) in _OPEN
    bare = tuple(replace(one, text=without_numbers(one.text)) for one in found)
    return Shown(issues=bare, record=tuple(map(without_numbers, lines)), held_back=walled, is_open=is_open)


def _of(file: CaseFile, accepted: list[Offer], issue: int | None) -> tuple[str, ...]:
    def name_of(refs: str) -> str:
        return "、".join(file.name_of(ref) for ref in refs.split("+"))

    return tuple(
        f"{speaker_of(file, one.by).title}提出：{offer_words(one, name_of)}"
        for one in accepted
        if one.issue == issue
    )
