"""远程调解邀请卡 and calendar file: what brings one person in, and nothing a stranger should see."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from icalendar import Calendar

from mediation_desk.cases.meetings import Invitation
from mediation_desk.documents.content import Card, Clause, Code, Paper
from mediation_desk.documents.forms.invitation import compose
from mediation_desk.documents.service import render
from mediation_desk.hearings.remote.rules import RemoteRules, remote_rules
from mediation_desk.hearings.remote.server import Guest, Hours
from mediation_desk.interchange.invitations import calendar_of
from tests.documents.reading import docx_text, pdf_text

PAGE = "https://meet.example.cn/k7mp-x2qe-9abc-defg-hjkm"
TOKEN = "e" * 420  # as long as a real one
BEGINS = datetime(2026, 3, 16, 9, 30).astimezone()
SECRETS = ("甄有理", "贾讲理", "排水", "AJ2026", "邻里")


@pytest.fixture
def rules() -> RemoteRules:
    from dataclasses import replace

    return replace(remote_rules(), phone="0579-12345678")


def invitation(link: str = f"{PAGE}?jwt={TOKEN}", ref: str = "A1") -> Invitation:
    return Invitation(
        session_no=1,
        guest=Guest(ref=ref, name="申请人"),
        addressee="申请人　甄＊",
        link=link,
        page=PAGE,
        day=date(2026, 3, 16),
        start=time(9, 30),
        until=time(11, 30),
        hours=Hours(opens=BEGINS - timedelta(minutes=30), closes=BEGINS + timedelta(hours=4)),
    )


def card(one: Invitation, rules: RemoteRules) -> Paper:
    (paper,) = compose("清平区矛盾纠纷多元化解中心", [one], rules)
    return paper


def test_the_card_says_when_where_and_how_in_four_short_lines(rules: RemoteRules) -> None:
    text = "".join(pdf_text(render(card(invitation(), rules), "pdf")).split())

    for words in (
        "远程调解邀请卡", "2026年3月16日", "星期一", "9时30分至11时30分", "申请人甄＊", "0579-12345678", "请准备",
        "https://meet.example.cn", "会议号：k7mp-x2qe-9abc-defg-hjkm", "不要转给别人",
    ):  # fmt: skip
        assert words in text
    steps = [block.text for block in card(invitation(), rules).blocks if isinstance(block, Clause)]
    assert len(steps) == 4
    assert all(len(step) <= 20 for step in steps)


def test_the_code_leads_straight_in_and_the_token_is_not_written_out(rules: RemoteRules) -> None:
    paper = card(invitation(), rules)
    [block] = [block for block in paper.blocks if isinstance(block, Card)]
    assert isinstance(block.picture, Code)
    assert block.picture.text == invitation().link

    for text in (pdf_text(render(paper, "pdf")), docx_text(render(paper, "docx"))):
        assert "jwt=" not in text
        assert "eeee" not in text


def test_a_stranger_learns_nothing_of_the_case(rules: RemoteRules) -> None:
    paper = card(invitation(), rules)
    for text in (pdf_text(render(paper, "pdf")), docx_text(render(paper, "docx")), repr(paper.heading)):
        assert not [secret for secret in SECRETS if secret in text]


def test_a_link_for_everybody_asks_nobody_to_keep_it(rules: RemoteRules) -> None:
    text = pdf_text(render(card(invitation(link=PAGE), rules), "pdf"))
    assert "不要转给别人" not in text


def test_the_card_fits_one_page(rules: RemoteRules) -> None:
    from pypdfium2 import PdfDocument

    assert len(PdfDocument(render(card(invitation(), rules), "pdf"))) == 1


def test_the_calendar_file_holds_hours_link_and_reminder() -> None:
    whole = Calendar.from_ical(calendar_of(invitation()))
    [event] = whole.walk("VEVENT")

    assert event.decoded("dtstart") == BEGINS.astimezone(UTC)
    assert event.decoded("dtend") == (BEGINS + timedelta(hours=2)).astimezone(UTC)
    assert str(event["url"]) == invitation().link
    assert event["class"] == "PRIVATE"
    [alarm] = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(minutes=-30)
    assert not [secret for secret in SECRETS if secret in calendar_of(invitation()).decode()]


def test_the_same_invitation_keeps_its_name_and_another_person_has_another() -> None:
    def uid(one: Invitation) -> str:
        return str(Calendar.from_ical(calendar_of(one)).walk("VEVENT")[0]["uid"])

    assert calendar_of(invitation()) == calendar_of(invitation())
    assert uid(invitation()) == uid(invitation(link=f"{PAGE}?jwt=later"))
    assert uid(invitation()) != uid(invitation(ref="B1"))
