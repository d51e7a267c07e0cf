"""The record as the board tells it, in the order of the official form (domain.md §2.2, F-10); joint lines only."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from mediation_desk.cases.board.offering import offers_on
from mediation_desk.cases.board.service import Board
from mediation_desk.cases.board.speakers import GUEST, Speaker, speaker_of
from mediation_desk.cases.minutes.attending import attendance
from mediation_desk.cases.minutes.model import Composed
from mediation_desk.cases.minutes.sentences import closed, offer_sentence, one_line, sentence
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind
from mediation_desk.hearings.board.offers import Offer, OfferStatus
from mediation_desk.hearings.board.opening import Opened, OpeningItem, opening_items
from mediation_desk.hearings.board.walls import shared, undisputed
from mediation_desk.hearings.model import Session, SessionMode, SessionResult

OPENING = "【开场】"
READ_BACK = "【核对】"
RIGHTS = "rights"
_CAUCUS = (
    "本次调解采用背对背方式，调解员分别听取各方意见；单方谈话的内容，未经谈话的这一方同意，不写入本记录。"
)
_PLAIN = (
    ("【各方陈述】", NoteKind.STATEMENT),
    ("【证据核对】", NoteKind.EVIDENCE),
    ("【认可的事实】", NoteKind.FACT),
    ("【争议焦点】", NoteKind.ISSUE),
)
_DEBATED = (NoteKind.QUESTION, NoteKind.CONCESSION, NoteKind.COURSE)


@dataclass(frozen=True)
class _Told:
    """The joint lines of a case, and what is looked up again and again."""

    file: CaseFile
    session: Session
    notes: tuple[Note, ...]
    offers: tuple[Offer, ...]
    people: dict[str, Speaker]
    issues: dict[int, Note]
    here: tuple[Note, ...]

    def name_of(self, refs: str) -> str:
        return "、".join(self.file.name_of(ref) for ref in refs.split("+"))

    def said(self, note: Note) -> str:
        return sentence(note, self.people[note.speaker])


def composed(file: CaseFile, session: Session, board: Board) -> Composed:
    """The record of ``session`` as its board stands; lines behind a wall are not looked at."""
    notes = shared(board.notes)
    people = {ref: speaker_of(file, ref) for ref in {note.speaker for note in notes}}
    issues = {note.no: note for note in notes if note.kind is NoteKind.ISSUE}
    here = tuple(note for note in notes if note.session_no == session.no)
    told = _Told(file, session, notes, offers_on(file, notes), people, issues, here)
    there = tuple(one for one in board.present if one.how)
    attendees, absent = attendance(file, there)
    return Composed(
        session_no=session.no,
        revision=board.revision,
        text="\n".join(_paragraphs(told, board.opened)),
        attendees=attendees,
        absent=absent,
        invited=tuple(one.ref.removeprefix(GUEST) for one in there if one.ref.startswith(GUEST)),
        rights_told=any(one.code == RIGHTS for one in board.opened),
        result=_result(told),
        missing=missing(file, session, board.opened),
    )


def missing(file: CaseFile, session: Session, opened: tuple[Opened, ...]) -> tuple[OpeningItem, ...]:
    """Items of the opening without which there is no record (LR-16, LR-17)."""
    done = {one.code for one in opened}
    first = not any(one.held for one in file.sessions if one.no < session.no)
    return tuple(
        item
        for item in opening_items()
        if item.demanded and item.code not in done and (first or not item.first_only)
    )


def open_facts(file: CaseFile, notes: tuple[Note, ...]) -> tuple[str, ...]:
    """Facts admitted before all that the file does not hold yet: suggestions for its undisputed facts (§1.7).

    Whether they may be recorded is for the parties to say; offers and concessions are never among them.
    """
    known = {one_line(fact).rstrip("。") for fact in file.undisputed_facts}
    found = dict.fromkeys(one_line(fact) for fact in undisputed(notes))
    return tuple(fact for fact in found if fact.rstrip("。") not in known)


def _paragraphs(told: _Told, opened: tuple[Opened, ...]) -> Iterator[str]:
    yield from _section(OPENING, _opening(opened))
    if told.session.mode is SessionMode.CAUCUS:
        yield _CAUCUS
    loose = [note for note in told.here if note.issue not in told.issues]
    for head, kind in _PLAIN:
        lines = told.here if kind is not NoteKind.STATEMENT else loose
        yield from _section(head, [told.said(note) for note in lines if note.kind is kind])
    yield from _section("【辩论与协商】", list(_debate(told)))
    law = [told.said(note) for note in told.here if note.kind in (NoteKind.LAW, NoteKind.RISK)]
    yield from _section("【释明法律、告知风险】", law)
    yield from _section("【方案与结果】", list(_offers(told)))


def _section(head: str, lines: list[str]) -> Iterator[str]:
    if lines:
        yield head
        yield from lines


def _opening(opened: tuple[Opened, ...]) -> list[str]:
    done = {one.code: one_line(one.answer) for one in opened}
    return [
        f"{item.title}：{item.say}" + (f"各方答：{closed(done[item.code])}" if done[item.code] else "")
        for item in opening_items()
        if item.code in done
    ]


def _debate(told: _Told) -> Iterator[str]:
    """Issue by issue, then what belongs to none, each in the order it was said."""
    kinds = (*_DEBATED, NoteKind.STATEMENT)
    bound: dict[int, list[Note]] = {no: [] for no in told.issues}
    for note in told.here:
        if note.issue in bound and note.kind in kinds:
            bound[note.issue].append(note)
    for no, lines in bound.items():
        if lines:
            yield f"关于“{one_line(told.issues[no].text).rstrip('。')}”："
            yield from map(told.said, lines)
    loose = (note for note in told.here if note.issue not in told.issues)
    yield from (told.said(note) for note in loose if note.kind in _DEBATED)


def _offers(told: _Told) -> Iterator[str]:
    here = {note.no for note in told.here}
    moved = {note.no for note in told.notes if _moved_on(note, told.session.date)}
    for offer in told.offers:
        if offer.no in here or offer.no in moved:
            yield offer_sentence(offer, told.people[offer.by], told.name_of)


def _moved_on(note: Note, day: date) -> bool:
    """Whether an offer of an earlier session was accepted or withdrawn on this day."""
    return note.accepted_on == day or (note.withdrawn is not None and note.withdrawn.on == day)


def _result(told: _Told) -> SessionResult:
    """What the offers suggest; that mediation failed is for people to say."""
    accepted = {one.issue for one in told.offers if one.status is OfferStatus.ACCEPTED}
    if not accepted:
        return SessionResult.TO_CONTINUE
    open_offers = {
        one.issue for one in told.offers if one.status is OfferStatus.PROPOSED and one.issue not in accepted
    }
    unsettled = set() if None in accepted else told.issues.keys() - accepted
    return SessionResult.PARTLY if open_offers or unsettled else SessionResult.AGREED
