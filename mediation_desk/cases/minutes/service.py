"""``MinutesService``: the record of a session from the board to the frozen text."""

from __future__ import annotations

from dataclasses import replace

from mediation_desk.access.actor import Actor
from mediation_desk.access.permissions import Permission
from mediation_desk.cases.board import guards
from mediation_desk.cases.board.service import Board
from mediation_desk.cases.minutes import freezing
from mediation_desk.cases.minutes.composing import composed, open_facts
from mediation_desk.cases.minutes.merging import merged
from mediation_desk.cases.minutes.model import (
    Answer,
    Composed,
    Minutes,
    ReadBack,
    Reading,
    ReadMark,
    WorkingRecord,
    digest,
)
from mediation_desk.cases.minutes.private import demand_walls, private_notes
from mediation_desk.cases.minutes.showing import Shown, shown
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.ports import CaseStorage, CaseWork
from mediation_desk.cases.service import CaseService, found
from mediation_desk.cases.steps.hearing import RecordSession
from mediation_desk.cases.texts import kept, kept_text
from mediation_desk.hearings.model import Session
from mediation_desk.shared.clock import Clock, local_day
from mediation_desk.shared.errors import ConflictError, InputError
from mediation_desk.shared.record import record

MOVED_ON = "记录刚刚被另一位工作人员改动，没有保存。请再存一次，两个人写的都会留下。"


@record
class Saved:
    """The record as stored; ``collided`` where somebody else's words and the caller's both stand in it."""

    working: WorkingRecord
    collided: bool = False


class MinutesService:
    """Composes, keeps, reads back and freezes the record of one session at a time."""

    def __init__(self, storage: CaseStorage, cases: CaseService, clock: Clock) -> None:
        self._storage = storage
        self._cases = cases
        self._clock = clock

    # Reading

    def minutes(self, actor: Actor, key: str, session_no: int) -> Minutes | None:
        """The record in work of a planned session; None where nothing stands on its board."""
        actor.require(Permission.SESSION_RECORD)
        with self._storage.read(actor) as work:
            file = found(work, key, Permission.SESSION_RECORD)
            board = _board(work, file, session_no)
            if board is None:
                return None
            made = composed(file, _session(file, session_no), board)
            return Minutes(
                composed=made,
                working=work.minutes.find(file.case_key, session_no) or _begun(made),
                answers=work.minutes.answers(file.case_key, session_no),
            )

    def for_parties(self, actor: Actor, key: str) -> Shown:
        """What the second screen may show: issues and accepted offers, and the record in work.

        The record is held back where it quotes a talk with one side alone (LR-22).
        """
        actor.require(Permission.SESSION_RECORD)
        with self._storage.read(actor) as work:
            file = found(work, key, Permission.SESSION_RECORD)
            notes = work.boards.notes(file.case_key)
            session = next((one for one in file.sessions if not one.held), None)
            text = ""
            if session is not None and _board(work, file, session.no) is not None:
                text = _working(work, file, session.no).text
            return replace(shown(file, notes, text), stamp=_stamp(work, file))

    def changed(self, actor: Actor, key: str, stamp: tuple[int, int, int] | None) -> bool:
        """Whether what :meth:`for_parties` told with ``stamp`` is out of date; cheap enough to ask often."""
        actor.require(Permission.SESSION_RECORD)
        with self._storage.read(actor) as work:
            return stamp != _stamp(work, found(work, key, Permission.SESSION_RECORD))

    def undisputed(self, actor: Actor, key: str) -> tuple[str, ...]:
        """Facts admitted before all that the file does not hold yet; offers and concessions are never among them."""
        actor.require(Permission.CASE_READ)
        with self._storage.read(actor) as work:
            file = found(work, key)
            return open_facts(file, work.boards.notes(file.case_key))

    # Writing

    def save(self, actor: Actor, key: str, base: WorkingRecord, text: str) -> Saved:
        """Keep ``text``, which the caller made of ``base``. What somebody else wrote meanwhile stays too."""
        actor.require(Permission.SESSION_RECORD)
        text = kept(text, "record")
        with self._storage.write(actor) as work:
            file, now = self._now(work, key, base.session_no)
            both = merged(base.text, now.text, text)
            if both.text == now.text:
                return Saved(working=now, collided=both.collided)
            return Saved(working=_kept(work, file, replace(now, text=both.text)), collided=both.collided)

    def take_in(self, actor: Actor, key: str, base: WorkingRecord, text: str) -> Saved:
        """Take what the board says since into the edited ``text``; edits stay, of two words both are kept."""
        actor.require(Permission.SESSION_RECORD)
        text = kept(text, "record")
        with self._storage.write(actor) as work:
            file, now = self._now(work, key, base.session_no)
            made = _composed(work, file, base.session_no)
            mine = merged(base.text, now.text, text)
            both = merged(now.composed, mine.text, made.text)
            mixed = replace(now, text=both.text, composed=made.text, revision=made.revision)
            return Saved(working=_kept(work, file, mixed), collided=mine.collided or both.collided)

    def read_out(
        self, actor: Actor, key: str, session_no: int, how: Reading, *, by: str, text: str
    ) -> WorkingRecord:
        """Note that ``text`` was read to the parties, or shown to them, and by whom; it must be the text on record."""
        actor.require(Permission.SESSION_RECORD)
        with self._storage.write(actor) as work:
            file, now = self._now(work, key, session_no)
            freezing.demand_same(now, text)
            demand_walls(now.text, work.boards.notes(file.case_key))
            if not by.strip():
                raise InputError("请写明谁宣读的。", field="by")
            mark = ReadMark(by=kept_text(by, "by"), at=self._clock(), how=how, digest=digest(now.text))
            kept = _kept(work, file, replace(now, read=mark))
            self._tell(work, actor, file, "record.read", session_no)
            return kept

    def answer(
        self,
        actor: Actor,
        key: str,
        session_no: int,
        ref: str,
        answer: Answer,
        *,
        remark: str = "",
        text: str,
    ) -> ReadBack:
        """Note what a party says of the text that was read to it."""
        actor.require(Permission.SESSION_RECORD)
        with self._storage.write(actor) as work:
            file, now = self._now(work, key, session_no)
            freezing.demand_same(now, text)
            freezing.demand_read(now)
            if file.party(ref) is None:
                raise InputError(f"“{ref[:20]}”不是本案当事人。", field="ref")
            if answer is Answer.OBJECTS and not remark.strip():
                raise InputError("请写明对记录有什么异议。", field="remark")
            given = ReadBack(
                session_no=session_no,
                ref=ref,
                answer=answer,
                remark=kept_text(remark, "remark"),
                at=self._clock(),
                account=actor.account,
                digest=digest(now.text),
            )
            work.minutes.answer(file.case_key, given)
            self._tell(work, actor, file, "record.answer", session_no)
            return given

    def freeze(
        self, actor: Actor, key: str, wanted: RecordSession, *, version: int | None = None
    ) -> CaseFile:
        """Make the record final: opening complete, read back, every party there has answered.

        ``wanted.record`` is the text on screen. From here on it cannot change; later facts are additions.
        """
        actor.require(Permission.SESSION_RECORD)
        with self._storage.write(actor) as work:
            file, now = self._now(work, key, wanted.no)
            session = _session(file, wanted.no)
            board = _board(work, file, wanted.no)
            notes = work.boards.notes(file.case_key)
            answers = work.minutes.answers(file.case_key, wanted.no)
            freezing.demand_opened(file, session, board.opened if board else ())
            freezing.demand_same(now, wanted.record)
            demand_walls(now.text, notes)
            freezing.demand_read(now)
            here = tuple(seat.ref for seat in wanted.attendees)
            read_back = freezing.read_back(file, now, here, answers)
            step = replace(
                wanted,
                record=f"{now.text.strip()}\n{read_back}",
                private_notes=private_notes(file, session, notes),
            )
            saved = self._cases.perform_within(work, actor, file.case_key, step, version=version)
            _kept(work, file, replace(now, frozen_at=self._clock()))
            return saved

    # Inside a transaction

    def _now(self, work: CaseWork, key: str, session_no: int) -> tuple[CaseFile, WorkingRecord]:
        file = guards.live(found(work, key, Permission.SESSION_RECORD), session_no)
        return file, _working(work, file, session_no)

    def _tell(self, work: CaseWork, actor: Actor, file: CaseFile, action: str, session_no: int) -> None:
        details: dict[str, object] = {"session": session_no, "on": local_day(self._clock()).isoformat()}
        work.audit.write(
            at=self._clock(), account=actor.account, action=action, case_key=file.case_key, details=details
        )


def _board(work: CaseWork, file: CaseFile, session_no: int) -> Board | None:
    """The board with the lines of all sessions; None where this session has nothing on it."""
    notes = work.boards.notes(file.case_key)
    opened = work.boards.opened(file.case_key, session_no)
    present = work.boards.present(file.case_key, session_no)
    if not opened and not present and all(note.session_no != session_no for note in notes):
        return None
    return Board(
        case_key=file.case_key,
        session_no=session_no,
        revision=work.boards.revision(file.case_key),
        notes=notes,
        opened=opened,
        present=present,
    )


def _stamp(work: CaseWork, file: CaseFile) -> tuple[int, int, int]:
    planned = next((one for one in file.sessions if not one.held), None)
    working = work.minutes.find(file.case_key, planned.no) if planned is not None else None
    return file.version, work.boards.revision(file.case_key), working.version if working is not None else 0


def _session(file: CaseFile, session_no: int) -> Session:
    found_one = next((one for one in file.sessions if one.no == session_no), None)
    if found_one is None:
        raise InputError(f"没有第{session_no}次调解会，请先安排。", field="session_no")
    return found_one


def _composed(work: CaseWork, file: CaseFile, session_no: int) -> Composed:
    board = _board(work, file, session_no)
    if board is None:
        raise InputError("这次调解会的板上还没有内容。", field="session_no")
    return composed(file, _session(file, session_no), board)


def _working(work: CaseWork, file: CaseFile, session_no: int) -> WorkingRecord:
    return work.minutes.find(file.case_key, session_no) or _begun(_composed(work, file, session_no))


def _begun(made: Composed) -> WorkingRecord:
    """Nobody has edited it yet: it is what the board says, and follows it."""
    return WorkingRecord(
        session_no=made.session_no, text=made.text, composed=made.text, revision=made.revision
    )


def _kept(work: CaseWork, file: CaseFile, working: WorkingRecord) -> WorkingRecord:
    saved = work.minutes.save(file.case_key, working)
    if saved is None:
        raise ConflictError(MOVED_ON)
    return saved
