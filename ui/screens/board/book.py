"""What a window knows of a board: its lines, those on their way to storage, and what follows from them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from mediation_desk.cases.board.cast import Cast
from mediation_desk.cases.board.offering import offers_on
from mediation_desk.cases.board.speakers import GUEST
from mediation_desk.cases.board.understanding import Scene
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind, Wall
from mediation_desk.hearings.board.offers import Offer, OfferStatus
from mediation_desk.hearings.board.opening import Opened, Present
from mediation_desk.hearings.model import Session

_BRIEF = 8


class Book:
    """``notes`` by number, and ``waiting``: lines written here that storage has not confirmed yet."""

    def __init__(self, file: CaseFile, session: Session, why_closed: str) -> None:
        self.file, self.session, self.why_closed = file, session, why_closed
        self.revision = 0
        self.notes: dict[int, Note] = {}
        self.waiting: list[Note] = []
        self.written_here: set[str] = set()
        """Keys of lines this window wrote."""
        self.opened: dict[str, Opened] = {}
        self.present: dict[str, Present] = {}
        self.issues: tuple[Note, ...] = ()
        self.offers: dict[int, Offer] = {}
        self.under: Counter[int] = Counter()
        self.guests: tuple[str, ...] = ()
        self.cast = Cast(file, session.invited)
        self.touched: set[int] = set()
        """Lines that look different since the last `take` because of other lines."""
        self._standing_offers: tuple[Note, ...] = ()

    def take(self, notes: Iterable[Note]) -> tuple[Note, ...]:
        """Take in lines as stored; those that are new or newer than what was known."""
        fresh = tuple(note for note in notes if self._is_news(note))
        if not fresh:
            return ()
        for note in fresh:
            self.notes[note.no] = note
        keys = {note.key for note in fresh}
        self.waiting = [one for one in self.waiting if one.key not in keys]
        if any(note.no > 1 and note.no - 1 not in self.notes for note in fresh) or len(fresh) > 1:
            self.notes = dict(sorted(self.notes.items()))
        self._work_out(fresh)
        return fresh

    def take_room(self, opened: Iterable[Opened], present: Iterable[Present]) -> bool:
        """The opening and who is there; whether anything changed."""
        found = {one.code: one for one in opened}, {one.ref: one for one in present}
        changed = found != (self.opened, self.present)
        self.opened, self.present = found
        if changed:
            self._settle_guests()
        return changed

    def shown(self) -> tuple[Note, ...]:
        """Every line in its order, those on their way last."""
        return (*self.notes.values(), *self.waiting)

    def scene(self) -> Scene:
        """What a line being typed can refer to."""
        return Scene(
            file=self.file,
            cast=self.cast,
            session_no=self.session.no,
            today=self.session.date,
            issues=self.issues,
            offers=self._standing_offers,
        )

    def issue_number(self, no: int | None) -> int:
        """How the board counts an issue: first, second …; 0 where the line belongs to none."""
        return next((place for place, one in enumerate(self.issues, start=1) if one.no == no), 0)

    def last_own(self) -> Note | None:
        """The last line written here that can still be changed; before anything was written here, the last of all."""
        lines = (
            one for one in reversed(self.notes.values()) if one.session_no == self.session.no and one.counts
        )
        last: Note | None = None
        for note in lines:
            last = last or note
            if not self.written_here or note.key in self.written_here:
                return note
        return last

    def names(self, joined: str | None) -> str:
        """Names of parties joined by ``+``."""
        return "、".join(self.file.name_of(ref) for ref in joined.split("+")) if joined else ""

    def brief(self, joined: str | None) -> str:
        """Names for a narrow place; long ones of companies are cut."""
        names = self.names(joined).split("、") if joined else []
        return "、".join(name if len(name) <= _BRIEF else f"{name[: _BRIEF - 1]}…" for name in names)

    def wall_words(self, note: Note) -> str:
        """In whose hearing a private line was said; "" for joint ones."""
        if note.wall is Wall.JOINT:
            return ""
        return f"单方谈话：{self.names(note.side)}" if note.wall is Wall.SIDE else "仅调解员"

    def _is_news(self, note: Note) -> bool:
        known = self.notes.get(note.no)
        return known is None or note.revision > known.revision

    def _work_out(self, fresh: tuple[Note, ...]) -> None:
        notes = self.notes.values()
        self.under = Counter(one.issue for one in notes if one.issue is not None and one.counts)
        self.touched = set()
        if any(note.kind in (NoteKind.ISSUE, NoteKind.OFFER) or note.no in self.offers for note in fresh):
            issues, offers = self.issues, self.offers
            self.issues = tuple(one for one in notes if one.kind is NoteKind.ISSUE and one.counts)
            lines = tuple(one for one in notes if one.kind is NoteKind.OFFER)
            self.offers = {one.no: one for one in offers_on(self.file, lines)}
            stands = (OfferStatus.PROPOSED, OfferStatus.COUNTERED, OfferStatus.ACCEPTED)
            self._standing_offers = tuple(
                one for one in lines if one.no in self.offers and self.offers[one.no].status in stands
            )
            self.touched = {no for no, offer in offers.items() if self.offers.get(no) != offer}
            numbers = [one.no for one in issues]
            if numbers != [one.no for one in self.issues[: len(numbers)]]:  # counted anew
                self.touched |= {
                    one.no for one in notes if one.kind is NoteKind.ISSUE or one.issue is not None
                }
        if any(note.speaker.startswith(GUEST) for note in fresh):
            self._settle_guests()

    def _settle_guests(self) -> None:
        """Guests invited, present or heard can be picked again."""
        refs = (*self.present, *(note.speaker for note in self.notes.values()))
        named = (ref.removeprefix(GUEST) for ref in refs if ref.startswith(GUEST))
        invited = (guest.name for guest in self.file.beside.guests_of(self.session.no))
        guests = tuple(dict.fromkeys((*self.session.invited, *invited, *named)))
        if guests != self.guests:
            self.guests = guests
            self.cast = Cast(self.file, guests)
