"""Notices of a session, the sheet for the door and the calendar file: what they say, and what they must not."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest
from icalendar import Calendar

from mediation_desk.cases.calendar.rooms import CalendarRoom
from mediation_desk.documents import service
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms import day_sheet, summons
from mediation_desk.hearings.model import SessionMode
from mediation_desk.hearings.summons import NoticeWay, way_rules
from mediation_desk.interchange.session_events import session_events
from mediation_desk.parties.masking import masked_name
from mediation_desk.parties.model import PartyKind
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.track import Track
from tests.documents.dispute import DAY, case
from tests.documents.meeting import line, notice, planned_case
from tests.documents.reading import pdf_pages, pdf_text

ROOMS = (CalendarRoom(code="R2", name="第二调解室"),)


def texts(**more: Any) -> list[str]:
    return [plain_text(paper) for paper in service.compose(planned_case(**more), "summons")]


def event_of(data: bytes) -> Any:
    """The one event of a calendar file."""
    whole: Any = Calendar.from_ical(data)
    (event,) = whole.walk("VEVENT")
    return event


def test_each_party_has_a_notice_that_says_what_the_law_wants_said() -> None:
    child, firm = texts()
    assert "温墨（法定代理人" in child
    assert "测试物业有限公司（法定代表人戴国、委托代理人卢一帆）" in firm
    for text in (child, firm):
        assert "2026年3月24日（星期二）9时30分" in text
        assert "第二调解室" in text
        assert "不收取任何费用" in text  # LR-2
        assert "拒绝" in text  # LR-1
        assert "不影响" in text
        assert "特别授权" in text  # LR-18
        assert "回避" in text
        assert "送达回证" in text


def test_a_notice_names_no_number_but_that_of_the_case_and_no_identity() -> None:
    for text in texts():
        assert "（2026）测人调字第31号" in text
        assert not re.search(r"\d{17}[\dX]", text)
        assert "13800000101" not in text


@pytest.mark.parametrize(
    ("mode", "words"),
    [
        (SessionMode.REMOTE, "通过网络进行"),
        (SessionMode.MIXED, "也可以通过网络"),
        (SessionMode.CAUCUS, "分别与各方谈话"),
    ],
)
def test_a_notice_says_how_one_meets(mode: SessionMode, words: str) -> None:
    assert all(words in text for text in texts(mode=mode))
    assert ("第二调解室" in texts(mode=mode)[0]) is (mode is not SessionMode.REMOTE)


@pytest.mark.parametrize("track", list(Track))
def test_the_title_follows_the_track(track: Track) -> None:
    assert texts(track=track)[0].startswith(summons.TITLES[track])


def test_the_receipt_shows_what_is_on_file_of_the_session_as_it_stands() -> None:
    assert "母亲" in texts(told=True)[0]
    file = planned_case()
    (session,) = file.sessions
    stale = replace(file.beside, summonses=(notice(session, start=time(14, 0)),))
    assert "母亲" not in plain_text(service.compose(replace(file, beside=stale), "summons")[0])


def test_without_a_session_to_come_there_is_no_notice() -> None:
    with pytest.raises(RuleError, match="不用通知"):
        service.compose(case(), "summons")


def test_the_notice_fits_on_one_page() -> None:
    for paper in service.compose(planned_case(told=True), "summons"):
        assert len(pdf_pages(service.render(paper, "pdf"))) == 1


class TestDoor:
    def test_the_door_shows_no_full_name_number_title_or_strange_place(self) -> None:
        outside = line(2, place="云川市锦园小区3号楼401室")
        text = plain_text(day_sheet.compose("测试中心", DAY, (line(), outside), ROOMS, public=True))
        for secret in ("若兰", "测试物业", "孔令全", "31号", "渗水", "锦园", "邻里"):
            assert secret not in text, secret
        assert "欧阳某、某单位、某等23人" in text
        assert "09:30—11:30" in text
        assert "第二调解室" in text
        assert "外出" in text
        assert "共2场" in text

    def test_the_desk_has_everything(self) -> None:
        text = plain_text(day_sheet.compose("测试中心", DAY, (line(),), ROOMS, public=False))
        for word in ("欧阳若兰", "（2026）测人调字第31号", "傅和；记录赵宁", "1方没有通知"):
            assert word in text

    def test_an_empty_day_prints_too(self) -> None:
        paper = day_sheet.compose("测试中心", DAY, (), ROOMS, public=True)
        assert "没有安排调解" in pdf_text(service.render(paper, "pdf"))

    @pytest.mark.parametrize(
        ("name", "kind", "shown"),
        [
            ("欧阳若兰", PartyKind.PERSON, "欧阳某"),
            ("欧阳", PartyKind.PERSON, "欧某"),
            ("田志远", PartyKind.PERSON, "田某"),
            ("阿依古丽·买买提", PartyKind.PERSON, "某人"),
            ("John Smith", PartyKind.PERSON, "某人"),
            ("", PartyKind.PERSON, "某人"),
            ("老田小吃店", PartyKind.SOLE_TRADER, "某个体工商户"),
        ],
    )
    def test_a_masked_name_gives_away_one_surname_at_most(
        self, name: str, kind: PartyKind, shown: str
    ) -> None:
        assert masked_name(name, kind, 1, frozenset({"欧阳"})) == shown


class TestCalendarFile:
    def test_it_names_nobody_and_keeps_its_identity_when_moved(self) -> None:
        first = session_events((line(),), for_parties=True)
        moved = session_events((line(date=date(2026, 3, 26), start=time(14)),), for_parties=True)
        for data in (first, moved):
            assert "欧阳" not in data.decode("utf-8")
            assert "渗水" not in data.decode("utf-8")
        uids = {str(event_of(data)["uid"]) for data in (first, moved)}
        assert uids == {"T01.session1@mediation-desk"}

    def test_it_has_time_place_and_a_reminder_for_each_kind_of_reader(self) -> None:
        event = event_of(session_events((line(),), for_parties=False))
        assert event["dtstart"].dt.astimezone().time() == time(9, 30)
        assert event["dtend"].dt.astimezone().time() == time(11, 30)
        assert str(event["location"]) == "第二调解室"
        assert "T01" in str(event["description"])
        party = event_of(session_events((line(),), for_parties=True))
        assert "不收取" in str(party["description"])
        assert party.walk("VALARM")[0]["trigger"].dt < event.walk("VALARM")[0]["trigger"].dt

    def test_a_remote_session_tells_no_address(self) -> None:
        data = session_events(
            (line(mode=SessionMode.REMOTE, place="https://meet.example/x"),), for_parties=True
        )
        assert "meet.example" not in data.decode("utf-8")


def test_every_way_of_telling_has_a_rule_with_source_and_mark() -> None:
    rules = way_rules()
    assert set(rules) == set(NoticeWay)
    assert all(rule.source and rule.mark in "SKI" for rule in rules.values())
    assert rules[NoticeWay.PUBLISHED].mark == "K"
