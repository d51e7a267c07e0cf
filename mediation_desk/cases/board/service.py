"""``BoardService``: the session board, written by several people at once; every line is a transaction of its own."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.board import guards
from mediation_desk.cases.board.merging import merged
from mediation_desk.cases.board.offering import offers_on
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork
from mediation_desk.cases.service import demand_reach, found
from mediation_desk.hearings.board.notes import Note, Release, Struck, Withdrawn
from mediation_desk.hearings.board.offers import Offer
from mediation_desk.hearings.board.opening import Opened, Present
from mediation_desk.hearings.board.walls import shared
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError, InputError
from mediation_desk.shared.record import record

MOVED_ON = "这一行刚刚被另一位工作人员改动，没有保存。请看过新的内容再做。"


@record
class Board:
    """What a window knows of a board: its lines (or those changed since), the opening and who is there."""

    case_key: str
    session_no: int
    revision: int
    notes: tuple[Note, ...]
    opened: tuple[Opened, ...]
    present: tuple[Present, ...]


@record
class Written:
    """A line as stored; ``kept`` is the line that holds the caller's words where somebody had changed the same."""

    note: Note
    kept: Note | None = None


class BoardService:
    """Lines, offers, opening and attendance of the sessions of a case."""

    def __init__(self, storage: CaseStorage, clock: Clock) -> None:
        self._storage = storage
        self._clock = clock

    # Reading

    def board(self, actor: Actor, key: str, session_no: int, *, since: int = 0) -> Board:
        """Everything on the board, private talks included: for the mediators' own screen only (LR-22).

        With ``since`` only lines changed after that revision; lines of earlier sessions belong to it too.
        """
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.read(actor) as work:
            if work.cases.reached(key):
                demand_reach(work, key, Permission.CASE_MEDIATE)
            return Board(
                case_key=key,
                session_no=session_no,
                revision=work.boards.revision(key),
                notes=work.boards.notes(key, since),
                opened=work.boards.opened(key, session_no),
                present=work.boards.present(key, session_no),
            )

    def shared(self, actor: Actor, key: str) -> tuple[Note, ...]:
        """The lines every party may see: for second screen, papers and whatever else leaves the mediators."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            return shared(work.boards.notes(key))

    def offers(self, actor: Actor, key: str) -> tuple[Offer, ...]:
        """Every offer of the case that was not struck and is known to all.

        A counter-offer made in private is not told either: the offer it answers stands as it was made.
        """
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            return offers_on(file, shared(work.boards.notes(file.case_key)))

    # Lines

    def write(self, actor: Actor, key: str, note: Note) -> Note:
        """Add a line; written again under the same ``note.key`` it is the line that stands already.

        Raises ``InputError`` naming the field at fault, ``RuleError`` where a rule forbids it.
        """
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.live(found(work, key, Permission.CASE_MEDIATE), note.session_no)
            known = work.boards.written(file.case_key, note.key)
            if known is not None:
                return known
            note = guards.plain_note(note)
            guards.check(work.boards, file, note)
            fresh = replace(note, at=self._clock(), account=actor.account, accepted_by=(), accepted_on=None)
            fresh = replace(fresh, release=None, withdrawn=None, struck=None)
            kept = work.boards.add(file.case_key, fresh)
            self._tell(work, actor, file, "board.write", kept.no)
            return kept

    def rewrite(self, actor: Actor, key: str, base: Note, wanted: Note) -> Written:
        """Change a line the caller last saw as ``base`` into ``wanted``.

        What somebody else changed meanwhile stays; where both changed the words, the caller's become a line of
        their own beside it. Nothing typed is lost.
        """
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.live(found(work, key, Permission.CASE_MEDIATE), base.session_no)
            current = _line(work, file, base.no)
            wanted = guards.plain_note(wanted)
            both = merged(base, wanted, current)
            guards.check(work.boards, file, both.note, before=current)
            saved = _saved(work, file, both.note) if both.note != current else current
            self._tell(work, actor, file, "board.rewrite", base.no)
            if not both.collided:
                return Written(note=saved)
            mine = replace(
                wanted,
                key=f"{wanted.key}/{base.version}",
                beside=base.no,
                at=self._clock(),
                account=actor.account,
            )
            kept = work.boards.written(file.case_key, mine.key) or work.boards.add(file.case_key, mine)
            return Written(note=saved, kept=kept)

    def strike(self, actor: Actor, key: str, no: int, reason: str) -> Note:
        """Cross a line out; it stays legible and counts no more. An offer that was accepted is withdrawn instead."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file, note = self._to_change(work, key, no)
            guards.may_strike(work.boards, file, note)
            if not reason.strip():
                raise InputError("请写明划去的原因。", field="reason")
            reason = guards.plain(reason, "划去的原因", "reason")
            struck = Struck(at=self._clock(), by=actor.display_name, reason=reason)
            saved = _saved(work, file, replace(note, struck=struck))
            self._tell(work, actor, file, "board.strike", no)
            return saved

    def restore(self, actor: Actor, key: str, no: int) -> Note:
        """Take the crossing-out back."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file, note = self._to_change(work, key, no)
            saved = _saved(work, file, replace(note, struck=None))
            self._tell(work, actor, file, "board.restore", no)
            return saved

    def release(self, actor: Actor, key: str, no: int, release: Release) -> Note:
        """Let a private line out with the recorded consent of the party whose talk it was (LR-22)."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file, note = self._to_change(work, key, no)
            release = replace(release, how=guards.plain(release.how, "怎样同意的", "how"))
            guards.may_release(note, release, self.today)
            saved = _saved(work, file, replace(note, release=release))
            self._tell(work, actor, file, "board.release", no)
            return saved

    # Offers

    def accept(self, actor: Actor, key: str, no: int, by: tuple[str, ...], on: date) -> Note:
        """Note the yes of parties to an offer; with the last one missing it is accepted."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.bargaining(found(work, key, Permission.CASE_MEDIATE))
            note = _line(work, file, no)
            guards.may_accept(file, note, by, on, self.today)
            agreed = tuple(dict.fromkeys((*note.accepted_by, *by)))
            saved = _saved(work, file, replace(note, accepted_by=agreed, accepted_on=on))
            self._tell(work, actor, file, "board.accept", no)
            return saved

    def withdraw(self, actor: Actor, key: str, no: int, withdrawn: Withdrawn) -> Note:
        """Take an offer back, an accepted one too: a clause that rests on it is marked until it is redrawn.

        Raises ``RuleError`` once somebody has signed.
        """
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.bargaining(found(work, key, Permission.CASE_MEDIATE))
            note = _line(work, file, no)
            withdrawn = replace(withdrawn, reason=guards.plain(withdrawn.reason, "撤回的原因", "reason"))
            guards.may_withdraw(file, note, withdrawn, self.today)
            saved = _saved(work, file, replace(note, withdrawn=withdrawn))
            self._tell(work, actor, file, "board.withdraw", no)
            return saved

    # Opening and attendance

    def open(
        self, actor: Actor, key: str, session_no: int, code: str, *, answer: str = "", done: bool = True
    ) -> None:
        """Note an item of the opening as done, or take it back."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.live(found(work, key, Permission.CASE_MEDIATE), session_no)
            guards.known_item(code)
            answer = guards.plain(answer, "回答", "answer")
            item = Opened(
                session_no=session_no, code=code, at=self._clock(), account=actor.account, answer=answer
            )
            work.boards.open(file.case_key, item, done=done)
            self._tell(work, actor, file, "board.open", session_no)

    def attend(self, actor: Actor, key: str, session_no: int, ref: str, how: str) -> None:
        """Note how somebody attends; an empty ``how`` means not there."""
        actor.require(Permission.CASE_MEDIATE)
        with self._storage.write(actor) as work:
            file = guards.live(found(work, key, Permission.CASE_MEDIATE), session_no)
            ref = guards.plain(ref, "姓名", "ref", guards.LONGEST_NAME)
            how = guards.plain(how, "怎样到场", "how", guards.LONGEST_NAME)
            guards.known_speaker(file, ref, "ref")
            present = Present(session_no=session_no, ref=ref, how=how, at=self._clock())
            work.boards.attend(file.case_key, present)
            self._tell(work, actor, file, "board.attend", session_no)

    @property
    def today(self) -> date:
        """The local day."""
        return local_day(self._clock())

    # Inside a transaction

    def _to_change(self, work: CaseWork, key: str, no: int) -> tuple[CaseFile, Note]:
        file = found(work, key, Permission.CASE_MEDIATE)
        note = _line(work, file, no)
        return guards.live(file, note.session_no), note

    def _tell(self, work: CaseWork, actor: Actor, file: CaseFile, action: str, no: int) -> None:
        details: dict[str, object] = {"no": no}
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=file.case_key, details=details
        )


def _line(work: CaseWork, file: CaseFile, no: int) -> Note:
    note = work.boards.note(file.case_key, no)
    if note is None:
        raise InputError(f"板上没有第{no}行。", field="no")
    return note


def _saved(work: CaseWork, file: CaseFile, note: Note) -> Note:
    saved = work.boards.save(file.case_key, note)
    if saved is None:
        raise ConflictError(MOVED_ON)
    return saved
