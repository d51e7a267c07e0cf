"""Sessions planned, moved, adjourned and cancelled; guests by consent (LR-7); closed by default (LR-8)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from db.tables.bookings import booking_overrides
from db.tables.centre import audit
from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.hearing import PlanSession
from mediation_desk.cases.steps.inviting import InviteGuests, RecordConsents
from mediation_desk.cases.steps.rearranging import AdjournSession, CancelSession, MoveSession
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.taking import room_key
from mediation_desk.cases.vocabulary import Category
from mediation_desk.hearings.arrangement import ChangeKind, Consent, Guest, Subject
from mediation_desk.hearings.model import SessionResult
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.errors import BookedError, DeskError, InputError, RuleError
from tests.persistence import lifecycle_stories as told
from tests.persistence.lifecycle_stories import MET, brought
from tests.persistence.test_case_steps import CHOICE, REGISTER, cases, recorded
from tests.shared_cases import FILES, needs_cases

__all__ = ["cases"]

T1, T2 = "多元化解中心第一调解室", "多元化解中心第二调解室"
READY: tuple[Step, ...] = (told.ACCEPT, CHOICE)
FIRST = PlanSession(date=MET, start=time(9, 30), until=time(11), room="T1")
SECOND = PlanSession(date=date(2026, 3, 20), start=time(14), room="T2")
EXPERT = Guest(session_no=0, name="顾凡", capacity="青石镇自然资源所", relation="有专门知识的人")
AGREED = replace(recorded(SessionResult.AGREED), invited=(EXPERT.called,))
DIVORCE = replace(REGISTER, category=Category.FAMILY)


def consents(about: Subject, *by: str, guest: str = "", agreed: bool = True) -> tuple[Consent, ...]:
    return tuple(Consent(about=about, guest=guest, by=ref, agreed=agreed, on=MET) for ref in by)


def take(cases: CaseService, file: CaseFile, step: Step) -> CaseFile:
    return cases.perform(COUNTER, file.case_key, step, version=file.version)


def refused(cases: CaseService, file: CaseFile, step: Step, kind: type[DeskError] = RuleError) -> DeskError:
    """The refusal; nothing is stored by halves."""
    with pytest.raises(kind) as found:
        take(cases, file, step)
    assert cases.file(COUNTER, file.case_key) == file
    return found.value


class TestPlanning:
    """Several planned sessions, rooms of the centre, places elsewhere."""

    def test_a_room_gives_the_place_and_is_kept_with_the_end_beside_the_file(
        self, cases: CaseService
    ) -> None:
        file = brought(cases, (*READY, FIRST))
        [kept] = file.beside.arrangements
        assert (file.sessions[0].place, kept.room, kept.until) == (T1, "T1", time(11))
        assert cases.file(COUNTER, file.case_key) == file

    def test_a_room_nobody_knows_and_no_place_at_all_are_refused(self, cases: CaseService) -> None:
        file = brought(cases, READY)
        assert "T9" in refused(cases, file, replace(FIRST, room="T9"), InputError).message
        assert "地点" in refused(cases, file, replace(FIRST, room="", place=" "), InputError).message
        assert "结束" in refused(cases, file, replace(FIRST, until=time(9)), InputError).message

    def test_several_are_numbered_by_their_time_with_all_that_belongs_to_them(
        self, cases: CaseService
    ) -> None:
        file = brought(cases, (*READY, replace(SECOND, guests=(EXPERT,)), FIRST))
        assert [(s.no, s.date) for s in file.sessions] == [(1, MET), (2, SECOND.date)]
        assert [(a.session_no, a.room) for a in file.beside.arrangements] == [(1, "T1"), (2, "T2")]
        assert [guest.session_no for guest in file.beside.guests] == [2]
        file = take(cases, file, CancelSession(no=1, reason="不必了"))
        assert [(a.session_no, a.room) for a in file.beside.arrangements] == [(1, "T2")]
        assert [guest.session_no for guest in file.beside.guests] == [1]
        assert cases.file(COUNTER, file.case_key) == file

    def test_a_later_one_is_not_recorded_before_an_earlier_one(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST, SECOND))
        assert "第1次" in refused(cases, file, replace(told.NEXT_TIME, no=2)).message
        take(cases, take(cases, file, told.NEXT_TIME), replace(told.NEXT_TIME, no=2, end=time(16)))

    def test_another_case_in_the_same_room_is_refused_and_let_through_with_a_reason(
        self, cases: CaseService, storage: Storage
    ) -> None:
        brought(cases, (*READY, FIRST))
        other = brought(cases, (told.ACCEPT, replace(CHOICE, marks={"A1": ("M03",), "B1": ("M03",)})))
        clash = replace(FIRST, start=time(10), until=None)
        assert T1 in refused(cases, other, clash, BookedError).message
        forced = take(cases, other, replace(clash, override_reason="两案同时听取"))
        assert forced.sessions[0].place == T1
        with storage.read() as work:
            noted = work.connection.execute(select(booking_overrides)).mappings().one()
            entries = work.connection.execute(select(audit.c.action)).scalars().all()
        assert noted["reason"] == "两案同时听取"
        assert "booking.override" in entries
        assert "两案同时听取" in cases.history(COUNTER, other.case_key)[-1].sentence


class TestMoving:
    """改期: from when to when, and why, stays beside the file."""

    def test_the_room_is_free_again_and_the_story_is_kept(self, cases: CaseService, storage: Storage) -> None:
        file = brought(cases, (*READY, FIRST))
        moved = take(
            cases, file, MoveSession(no=1, reason="出差", date=date(2026, 3, 18), start=time(15), room="T2")
        )
        [story] = moved.beside.rearrangements
        assert (story.kind, story.reason, story.by) == (ChangeKind.MOVED, "出差", COUNTER.display_name)
        assert (story.from_date, story.from_start, story.from_place) == (MET, time(9, 30), T1)
        assert (story.to_date, story.to_start, story.to_place) == (date(2026, 3, 18), time(15), T2)
        assert moved.beside.arrangements[0].until is None, "the planned end belonged to the other time"
        said = cases.history(COUNTER, moved.case_key)[-1].sentence
        assert "2026年3月16日09:30" in said
        assert "出差" in said
        with storage.read() as work:
            span = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)
            assert work.bookings.takings(*span, [room_key("T1")]) == ()
        assert cases.take_back(COUNTER, moved.case_key, version=moved.version) == replace(
            file, version=moved.version + 1
        )

    def test_without_a_change_or_a_reason_it_is_refused(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST))
        refused(cases, file, MoveSession(no=1, reason="x", date=MET), InputError)
        refused(cases, file, MoveSession(no=1, reason=" ", start=time(15)), InputError)
        refused(cases, file, MoveSession(no=7, reason="x", start=time(15)), InputError)

    def test_moved_past_the_next_one_they_change_numbers(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST, SECOND))
        moved = take(cases, file, MoveSession(no=1, reason="改", date=date(2026, 3, 23)))
        assert [s.place for s in moved.sessions] == [T2, T1]
        assert [s.no for s in moved.sessions] == [1, 2]

    def test_a_cancelled_one_is_told_beside_the_file(self, cases: CaseService) -> None:
        gone = brought(cases, (*READY, FIRST, CancelSession(no=1, reason="对方出差")))
        [story] = gone.beside.rearrangements
        assert (story.kind, story.reason, story.to_date) == (ChangeKind.CANCELLED, "对方出差", None)
        assert (gone.sessions, gone.beside.arrangements) == ((), ())


class TestAdjourning:
    """休会: what has begun goes on another time; its record says so."""

    STOP = AdjournSession(no=1, at=time(10, 15), reason="补充证据", date=date(2026, 3, 20), start=time(9))

    def test_it_goes_on_in_a_session_of_its_own(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, replace(FIRST, guests=(EXPERT,)), self.STOP))
        first, second = file.sessions
        assert (first.held, second.date, second.place) == (False, date(2026, 3, 20), T1)
        assert file.beside.arrangement(1).adjourned_at == time(10, 15)
        assert [guest.session_no for guest in file.beside.guests] == [1, 2]
        assert file.beside.rearrangements[0].kind is ChangeKind.ADJOURNED
        message = refused(cases, file, recorded(SessionResult.AGREED)).message
        assert "有待继续" in message
        file = take(cases, file, told.NEXT_TIME)
        assert file.sessions[0].result is SessionResult.TO_CONTINUE
        take(cases, file, replace(recorded(SessionResult.AGREED), no=2))

    def test_what_has_begun_is_neither_moved_nor_cancelled(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST, replace(self.STOP, date=None, start=None)))
        assert len(file.sessions) == 1
        assert "已经休会" in refused(cases, file, CancelSession(no=1, reason="x")).message
        assert "已经休会" in refused(cases, file, MoveSession(no=1, reason="x", start=time(15))).message
        assert "已经休会" in refused(cases, file, self.STOP).message

    def test_what_has_not_begun_cannot_be_adjourned(self, cases: CaseService) -> None:
        late = replace(REGISTER, received_on=date(2026, 6, 20))
        steps = (replace(told.ACCEPT, on=date(2026, 6, 20)), replace(CHOICE, on=date(2026, 6, 22)))
        file = brought(cases, (*steps, replace(FIRST, date=date(2026, 7, 2))), late)
        assert "还没有到" in refused(cases, file, replace(self.STOP, date=None, start=None)).message

    def test_times_must_follow_each_other(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST))
        refused(cases, file, replace(self.STOP, at=time(9)), InputError)
        refused(cases, file, replace(self.STOP, date=MET, start=time(10)), InputError)
        refused(cases, file, replace(self.STOP, start=None), InputError)


class TestGuests:
    """LR-7: nobody takes part whom a party has not agreed to."""

    def test_with_everybodys_consent_on_record_a_guest_takes_part(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, replace(FIRST, guests=(EXPERT,))))
        file = take(
            cases, file, RecordConsents(about=Subject.GUEST, guest=EXPERT.called, on=MET, agreed=("A1", "B1"))
        )
        file = take(cases, file, AGREED)
        assert file.sessions[0].invited == ("青石镇自然资源所 顾凡",)
        assert file.beside.guests[0].attended is True
        assert cases.file(COUNTER, file.case_key) == file

    def test_without_consent_the_record_is_refused_naming_who_is_missing(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, replace(FIRST, guests=(EXPERT,))))
        file = take(
            cases, file, RecordConsents(about=Subject.GUEST, guest=EXPERT.called, on=MET, agreed=("A1",))
        )
        error = refused(cases, file, AGREED)
        assert isinstance(error, RuleError)
        assert error.rule == "LR-7"
        assert "贾讲理" in error.message
        assert "甄有理" not in error.message
        assert "第二十条" in error.message

    def test_a_refusal_keeps_the_guest_out_until_the_party_thinks_better_of_it(
        self, cases: CaseService
    ) -> None:
        asked = RecordConsents(
            about=Subject.GUEST, guest=EXPERT.called, on=MET, agreed=("A1",), refused=("B1",)
        )
        file = brought(cases, (*READY, replace(FIRST, guests=(EXPERT,)), asked))
        assert "贾讲理不同意" in refused(cases, file, AGREED).message
        file = take(cases, file, replace(asked, agreed=("B1",), refused=(), how="书面"))
        assert len(file.beside.consents) == 3, "the earlier word stays"
        take(cases, file, AGREED)

    def test_somebody_who_just_came_along_needs_the_same(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST))
        assert getattr(refused(cases, file, AGREED), "rule", "") == "LR-7"
        said = consents(Subject.GUEST, "A1", "B1", guest=EXPERT.called)
        file = take(cases, file, replace(AGREED, consents=said))
        assert [(g.name, g.capacity, g.attended) for g in file.beside.guests] == [
            ("顾凡", "青石镇自然资源所", True)
        ]

    def test_who_did_not_come_needs_nothing(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, replace(FIRST, guests=(EXPERT,)), recorded(SessionResult.AGREED)))
        assert (file.sessions[0].invited, file.beside.guests[0].attended) == ((), False)

    def test_guests_have_names_and_stand_once(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, FIRST))
        refused(cases, file, InviteGuests(no=1, guests=(EXPERT, EXPERT)), InputError)
        refused(cases, file, InviteGuests(no=1, guests=(replace(EXPERT, name=" "),)), InputError)
        ask = RecordConsents(about=Subject.GUEST, on=MET, agreed=("A1",))
        refused(cases, file, ask, InputError)
        refused(cases, file, replace(ask, guest="顾凡", agreed=("Z9",)), InputError)
        refused(cases, file, replace(ask, guest="顾凡", refused=("A1",)), InputError)


class TestOpenness:
    """LR-8: closed by default for what is private; elsewhere open unless a party objects."""

    OPEN = replace(FIRST, public=True)

    def test_a_family_case_is_opened_only_by_everybody(self, cases: CaseService) -> None:
        file = brought(cases, READY, DIVORCE)
        error = refused(cases, file, self.OPEN)
        assert isinstance(error, RuleError)
        assert (error.rule, "第二十九条" in error.message) == ("LR-8", True)
        half = replace(self.OPEN, consents=consents(Subject.OPEN, "A1"))
        assert "贾讲理" in refused(cases, file, half).message
        file = take(cases, file, replace(self.OPEN, consents=consents(Subject.OPEN, "A1", "B1")))
        assert file.sessions[0].public

    def test_whoever_objects_before_it_is_held_closes_it(self, cases: CaseService) -> None:
        file = brought(cases, (*READY, self.OPEN))
        file = take(cases, file, RecordConsents(about=Subject.OPEN, on=MET, refused=("B1",)))
        error = refused(cases, file, recorded(SessionResult.AGREED))
        assert getattr(error, "rule", "") == "LR-8"
        assert "反对公开" in error.message

    def test_trade_secrets_close_it(self, cases: CaseService) -> None:
        secret = replace(REGISTER, facts="涉及客户名单和商业秘密。")
        file = brought(cases, READY, secret)
        assert "商业秘密" in refused(cases, file, self.OPEN).message


def _before_the_sessions(file: CaseFile) -> CaseFile:
    """The case as it stood when its mediators had been chosen."""
    fresh = CaseFile.__dataclass_fields__
    later = (
        "sessions", "undisputed_facts", "undisputed_facts_consent", "agreement", "copies_note", "not_signed",
        "unresolved", "recurring", "outcome", "ending", "performance", "followups", "judicial_confirmation",
        "feedback_to_source", "archive", "closed_loop", "prevented", "arithmetic", "parameters", "recusals",
    )  # fmt: skip
    return replace(file, **{name: fresh[name].default for name in later})


@needs_cases
def test_a_file_imported_with_a_session_in_a_taken_room_is_refused_whole(
    cases: CaseService, storage: Storage
) -> None:
    whole = next(read_case(path.read_bytes()) for path in FILES if path.name.startswith("C01"))
    ahead = replace(whole.sessions[1], end=None, attendees=(), record="", result=None)
    theirs = replace(_before_the_sessions(whole), sessions=(whole.sessions[0], ahead))
    brought(cases, (*READY, replace(FIRST, date=ahead.date, room="T2")))
    with pytest.raises(BookedError, match=T2):
        cases.take_over(COUNTER, theirs)
    with storage.read() as work:
        assert work.cases.find(whole.case_key) is None
