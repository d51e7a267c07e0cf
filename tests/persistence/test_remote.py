"""Sessions over the network and files behind evidence, through the service, on both databases."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest

from db.unit_of_work import Storage
from mediation_desk.access.actor import COUNTER, Actor
from mediation_desk.access.roles import Role
from mediation_desk.cases.meetings import MeetingService, guests
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.binning import PutInBin
from mediation_desk.cases.steps.evidence import AddEvidence
from mediation_desk.cases.steps.rearranging import CancelSession
from mediation_desk.cases.steps.remote import ArrangeRemote, ConsentRemote, NoteJoined
from mediation_desk.cases.steps.step import Step
from mediation_desk.cases.vocabulary import EvidenceKind
from mediation_desk.hearings.model import SessionResult
from mediation_desk.hearings.remote.meeting import IdentityCheck, ServerKind
from mediation_desk.interchange.reader import read_case
from mediation_desk.interchange.writer import dump_case
from mediation_desk.shared.errors import InputError, PermissionDenied, RuleError
from mediation_desk.shared.track import Track
from tests.persistence.lifecycle_stories import ACCEPT, brought
from tests.persistence.remote_acts import (
    AGREED,
    ARRANGED,
    JOINED,
    LINK,
    MIXED_PLAN,
    PAPER,
    RECORDING,
    REMOTE_PLAN,
    held,
)
from tests.persistence.test_case_steps import CHOICE, PLAN, REGISTER, cases
from tests.shared_cases import FILES, needs_cases
from tests.unit.video_server import APP, SECRET, opened, video_server

__all__ = ["cases"]

REMOTE = (ACCEPT, CHOICE, REMOTE_PLAN)
MIXED = (ACCEPT, CHOICE, MIXED_PLAN)
REMOTELY = (("A1", "远程视频"), ("B1", "代理人远程视频"))


def refused(cases: CaseService, file: CaseFile, step: Step) -> Any:
    with pytest.raises((RuleError, InputError)) as caught:
        cases.perform(COUNTER, file.case_key, step, version=file.version)
    assert cases.file(COUNTER, file.case_key) == file, "nothing was stored"
    return caught.value


# What is kept


def test_everything_of_a_remote_session_comes_back(cases: CaseService) -> None:
    file = brought(
        cases, (*REMOTE, ARRANGED, AGREED, JOINED, replace(JOINED, left_at=time(11, 0)), RECORDING)
    )

    read = cases.file(COUNTER, file.case_key)
    assert read == file
    meeting = read.beside.meeting(1)
    assert meeting is not None
    assert (meeting.link, meeting.made_by) == (LINK, "窗口")
    assert [(word.ref, word.agreed) for word in read.beside.remote_consents] == [("A1", True), ("B1", True)]
    [joined] = read.beside.joinings
    assert (joined.joined_at, joined.left_at) == (time(9, 25), time(11, 0))
    attachment = read.beside.attachment("E1")
    assert attachment is not None
    assert (attachment.size, attachment.taken_at) == (5_000_000_000, datetime(2026, 3, 16, 1, 30, tzinfo=UTC))
    assert attachment.consents == ("A1", "B1")


def test_the_address_stands_in_no_diary_and_in_no_exported_file(cases: CaseService) -> None:
    file = brought(cases, (*REMOTE, ARRANGED, AGREED))
    told = " ".join(entry.sentence for entry in cases.history(COUNTER, file.case_key))
    written = dump_case(cases.export(COUNTER, file.case_key))

    assert "安排远程会议" in told
    for text in (told, written):
        assert "k7mp" not in text
        assert "meet.example.cn" not in text


def test_a_new_room_takes_the_place_of_the_old_one_which_stays(cases: CaseService) -> None:
    again = replace(ARRANGED, link="https://meet.example.cn/new")
    file = brought(cases, (*REMOTE, ARRANGED, again))

    meeting = file.beside.meeting(1)
    assert meeting is not None
    assert meeting.link == again.link
    assert len(file.beside.meetings) == 2


def test_a_room_is_taken_back_like_every_step(cases: CaseService) -> None:
    file = brought(cases, (*REMOTE, ARRANGED))
    back = cases.take_back(COUNTER, file.case_key, version=file.version)
    assert back.beside.meetings == ()


def test_what_belonged_to_a_cancelled_session_does_not_count_for_the_next(cases: CaseService) -> None:
    file = brought(cases, (*REMOTE, ARRANGED, AGREED, CancelSession(no=1, reason="改期"), REMOTE_PLAN))

    assert file.beside.meeting(1) is None
    assert file.beside.remote_consents == ()


# What is refused


@pytest.mark.parametrize("way", [REMOTE, MIXED])
def test_nobody_is_recorded_as_remote_who_did_not_agree(cases: CaseService, way: tuple[Step, ...]) -> None:
    file = brought(cases, (*way, replace(AGREED, by=("A1",))))
    error = refused(cases, file, held(SessionResult.TO_CONTINUE, *REMOTELY))

    assert error.rule == "在线调解规则第四条"
    assert "贾讲理" in error.message
    assert "甄有理" not in error.message
    assert "参照人民法院在线调解规则第四条" in error.message


@pytest.mark.parametrize("way", [REMOTE, MIXED])
def test_with_everybodys_consent_it_is_recorded(cases: CaseService, way: tuple[Step, ...]) -> None:
    file = brought(cases, (*way, AGREED, held(SessionResult.TO_CONTINUE, *REMOTELY)))
    assert file.sessions[0].held


def test_who_comes_in_person_need_not_agree(cases: CaseService) -> None:
    here = (("A1", "远程视频"), ("B1", "到场"))
    file = brought(cases, (*MIXED, replace(AGREED, by=("A1",)), held(SessionResult.TO_CONTINUE, *here)))
    assert file.sessions[0].held


def test_the_last_word_counts(cases: CaseService) -> None:
    changed = replace(AGREED, by=(), refused_by=("B1",), how="当面")
    file = brought(cases, (*REMOTE, AGREED, changed))
    assert refused(cases, file, held(SessionResult.TO_CONTINUE, *REMOTELY)).rule == "在线调解规则第四条"
    assert len(file.beside.remote_consents) == 3, "the first word stays on record"


def test_a_session_on_site_asks_nobody(cases: CaseService) -> None:
    file = brought(
        cases, (ACCEPT, CHOICE, PLAN, held(SessionResult.TO_CONTINUE, ("A1", "到场"), ("B1", "到场")))
    )
    assert file.sessions[0].held


@needs_cases
def test_an_imported_file_is_not_judged_afterwards(cases: CaseService) -> None:
    """C08 was mediated remotely before it came here; the next step on it goes through."""
    source = read_case(next(path.read_bytes() for path in FILES if path.name.startswith("C08")))
    file, _new = cases.take_over(COUNTER, source)
    assert any(session.mode.value == "远程" for session in file.sessions)

    assert cases.perform(COUNTER, file.case_key, PutInBin(reason="重复导入")).beside.binned


@pytest.mark.parametrize(
    ("way", "step", "rule", "field", "words"),
    [
        ((ACCEPT, CHOICE, PLAN), ARRANGED, "T-8", "", "不是远程或者混合"),
        (REMOTE, replace(ARRANGED, session_no=2), "", "session_no", "没有第2次"),
        (REMOTE, replace(ARRANGED, link="http://meet.example.cn/x"), "", "link", "https://"),
        (REMOTE, replace(AGREED, by=("M01",)), "", "by", "哪一方"),
        (REMOTE, replace(AGREED, by=(), refused_by=()), "", "by", "哪一方"),
        (REMOTE, replace(AGREED, refused_by=("A1",)), "", "by", "不能既同意"),
        (REMOTE, replace(AGREED, how=" "), "", "how", "怎样表示"),
        (REMOTE, JOINED, "在线调解规则第四条", "", "还没有同意"),
        ((*REMOTE, AGREED), replace(JOINED, identity=None), "", "identity", "第十七条"),
        ((*REMOTE, AGREED), replace(JOINED, left_at=time(9, 25)), "", "left_at", "之后"),
        ((*REMOTE, AGREED), replace(JOINED, ref="X9"), "", "ref", "不属于"),
        ((*REMOTE, AGREED), replace(JOINED, name=" "), "", "name", "姓名"),
    ],
)
def test_what_does_not_hold_is_refused(
    cases: CaseService, way: tuple[Step, ...], step: Step, rule: str, field: str, words: str
) -> None:
    error = refused(cases, brought(cases, way), step)
    assert getattr(error, "rule", "") == rule
    assert getattr(error, "field", "") == field
    assert words in error.message


def test_a_recorded_session_gets_no_room_any_more(cases: CaseService) -> None:
    file = brought(cases, (*REMOTE, AGREED, held(SessionResult.TO_CONTINUE, *REMOTELY)))
    assert refused(cases, file, ARRANGED).rule == "T-9"


# Evidence


def test_evidence_is_numbered_behind_what_is_there(cases: CaseService) -> None:
    file = brought(cases, (ACCEPT, PAPER, replace(PAPER, name="合同")))

    assert [(one.ref, one.name, one.pages, one.original) for one in file.evidence] == [
        ("E1", "转账记录", 3, False),
        ("E2", "合同", 3, False),
    ]
    assert file.beside.attachments == ()
    assert file.evidence[0].kind is EvidenceKind.DOCUMENT


def test_a_recording_without_everybodys_consent_is_refused(cases: CaseService) -> None:
    file = brought(cases, REMOTE)
    assert RECORDING.file is not None
    silent = replace(RECORDING, file=replace(RECORDING.file, consents=("A1",)))
    error = refused(cases, file, silent)

    assert error.rule == "在线调解规则第二十二条"
    assert "贾讲理" in error.message
    assert "个人信息保护法第十三条" in error.message
    with pytest.raises(RuleError):
        silent.demand_consent(file)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        (replace(PAPER, name="  "), "name"),
        (replace(PAPER, provided_by="Z9"), "provided_by"),
        (replace(PAPER, copies=0), "copies"),
        (replace(PAPER, pages=10_000), "pages"),
        (replace(PAPER, on=date(2026, 7, 2)), "on"),
        (replace(PAPER, name="a\u202eb"), "name"),
    ],
)
def test_evidence_that_makes_no_sense_is_refused(cases: CaseService, step: AddEvidence, field: str) -> None:
    assert refused(cases, brought(cases, (ACCEPT,)), step).field == field


# Invitations


@pytest.fixture
def meetings(storage: Storage) -> MeetingService:
    return MeetingService(storage, lambda: datetime(2026, 7, 1, 2, 0, tzinfo=UTC), lambda _name: None)


def test_with_no_server_set_nothing_can_be_proposed_or_asked(meetings: MeetingService) -> None:
    assert meetings.setting().place.kind is None
    with pytest.raises(RuleError, match="还没有设置会议服务器"):
        meetings.proposal(COUNTER, 1)
    assert not meetings.check(COUNTER).good


def test_by_default_nothing_connects_and_a_control_shows_it_would_be_seen(
    cases: CaseService, meetings: MeetingService
) -> None:
    """S14: only pressing a button on a desk with a server opens a connection."""
    with video_server() as video:
        file = brought(cases, (*REMOTE, replace(ARRANGED, link=f"{video.url}/k7mp-x2qe"), AGREED, JOINED))
        meetings.invitations(COUNTER, file.case_key, 1)
        assert meetings.present(COUNTER, file.case_key, 1) is None
        meetings.check(COUNTER)
        assert video.connections == 0

        meetings.set_server(COUNTER, ServerKind.JITSI, video.url, APP)
        meetings.set_secret(COUNTER, SECRET)
        meetings.proposal(COUNTER, 1)
        meetings.invitations(COUNTER, file.case_key, 1)
        assert video.connections == 0, "making addresses needs no network"
        assert meetings.check(COUNTER).good
        assert video.connections == 1, "the control"


def test_everybody_gets_an_own_address_for_the_hours_of_the_session(
    cases: CaseService, meetings: MeetingService
) -> None:
    meetings.set_server(COUNTER, ServerKind.JITSI, "https://meet.example.cn", APP)
    meetings.set_secret(COUNTER, SECRET)
    step = meetings.proposal(COUNTER, 1)
    file = brought(cases, (*REMOTE, step))

    invited = meetings.invitations(COUNTER, file.case_key, 1)
    assert [one.guest.ref for one in invited] == ["A1", "B1", "M01"]
    assert len({one.link for one in invited}) == 3
    for one in invited:
        assert one.page == step.link
        begins = datetime(2026, 3, 16, 9, 30).astimezone()
        claims = opened(
            one.link.partition("?jwt=")[2], step.room, at=begins.timestamp(), domain="meet.example.cn"
        )
        assert claims["nbf"] == int((begins - timedelta(minutes=30)).timestamp())
        assert claims["exp"] == int((begins + timedelta(hours=4)).timestamp())
        assert claims["moderator"] is (one.guest.ref == "M01")
        assert "甄有理" not in str(claims)
        assert "贾讲理" not in str(claims)


def test_another_kind_of_server_leaves_the_kept_address_as_it_is(
    cases: CaseService, meetings: MeetingService
) -> None:
    file = brought(cases, (*REMOTE, ARRANGED))
    meetings.set_server(COUNTER, ServerKind.LINK, "https://other.example.cn/{room}")
    assert {one.link for one in meetings.invitations(COUNTER, file.case_key, 1)} == {LINK}


def test_the_secret_goes_in_and_never_comes_out(storage: Storage, meetings: MeetingService) -> None:
    meetings.set_secret(COUNTER, SECRET)

    setting = meetings.setting()
    assert setting.has_secret
    assert SECRET not in repr(setting)
    with storage.read() as work:
        from sqlalchemy import select

        from db.tables.centre import audit

        rows = work.connection.execute(select(audit)).mappings().all()
    assert rows
    assert SECRET not in str([dict(row) for row in rows])
    meetings.set_secret(COUNTER, "")
    assert not meetings.setting().has_secret


def test_the_environment_goes_before_what_is_stored(storage: Storage) -> None:
    service = MeetingService(storage, lambda: datetime(2026, 7, 1, tzinfo=UTC), lambda _name: "e" * 40)
    assert service.setting().from_environment
    assert service.setting().has_secret


def test_a_mediator_may_not_change_the_server(meetings: MeetingService) -> None:
    mediator = Actor(account="m", display_name="调解员", roles=(Role.MEDIATOR,))
    with pytest.raises(PermissionDenied):
        meetings.set_secret(mediator, SECRET)
    with pytest.raises(PermissionDenied):
        meetings.set_server(mediator, None, "")


@pytest.mark.parametrize(
    ("kind", "address", "app", "field"),
    [
        (ServerKind.JITSI, "meet.example.cn", APP, "url"),
        (ServerKind.JITSI, "https://meet.example.cn", " ", "app_id"),
        (ServerKind.LINK, "http://meet.example.cn", "", "url"),
    ],
)
def test_a_server_half_described_is_not_kept(
    meetings: MeetingService, kind: ServerKind, address: str, app: str, field: str
) -> None:
    with pytest.raises(InputError) as told:
        meetings.set_server(COUNTER, kind, address, app)
    assert told.value.field == field
    assert meetings.setting().place.kind is None


def test_guests_are_called_by_their_side_unless_the_centre_wants_names(cases: CaseService) -> None:
    file = brought(cases, (ACCEPT, CHOICE))
    assert [guest.name for guest, _ in guests(file, show_names=False)] == ["申请人", "被申请人", "调解员"]
    assert [guest.name for guest, _ in guests(file, show_names=True)] == ["甄有理", "贾讲理", "钱和"]
    assert next(words for _, words in guests(file, show_names=False)) == "申请人　甄＊"


def test_a_court_case_cites_the_rule_itself(cases: CaseService) -> None:
    from mediation_desk.hearings.remote.rules import remote_rules

    assert remote_rules().consent[Track.JUDICIAL] == "人民法院在线调解规则第四条"
    assert REGISTER.track is Track.PEOPLES
    assert isinstance(IdentityCheck.COMPARED, str)
    assert ArrangeRemote.transition.no == "T-8"
    assert ConsentRemote.transition is NoteJoined.transition
