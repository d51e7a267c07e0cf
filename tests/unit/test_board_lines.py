"""What a typed line means in a case: the speaker found, the wall kept, the offer put into its chain."""

from __future__ import annotations

import datetime
from dataclasses import replace
from datetime import UTC, date
from decimal import Decimal

import pytest

from mediation_desk.cases.board.cast import Cast
from mediation_desk.cases.board.phrases import board_phrases, phrases_for
from mediation_desk.cases.board.typed_line import read_line, written
from mediation_desk.cases.board.understanding import Meaning, Scene, Standing, first_speaker, understand
from mediation_desk.cases.model import CaseFile
from mediation_desk.hearings.board.notes import Note, NoteKind, Terms, Wall
from mediation_desk.hearings.board.opening import opening_items
from mediation_desk.parties.model import Agent, Gender, GroupMember, Party, PartyKind, Side
from tests.unit.finding_material import dispute

TODAY = date(2026, 3, 16)
NOW = datetime.datetime(2026, 3, 16, 2, 0, tzinfo=UTC)


def party(ref: str, side: Side, name: str, *agents: str) -> Party:
    kind = PartyKind.COMPANY if "公司" in name else PartyKind.PERSON
    return Party(ref=ref, side=side, kind=kind, name=name, agents=tuple(map(agent, agents)))


def agent(name: str) -> Agent:
    return Agent(name=name, gender=Gender.FEMALE, phone="", poa_on=TODAY)


def member(number: int) -> GroupMember:
    return GroupMember(
        ref=f"B1-{number:02}",
        name=f"户主{number}号",
        gender=Gender.MALE,
        birth_date=date(1980, 1, 1),
        id_no="",
        phone="",
        gross=Decimal("100.00"),
    )


def file_of(*parties: Party) -> CaseFile:
    return replace(dispute(), parties=parties)


LEAK = file_of(
    party("A1", Side.APPLICANT, "孟庆兰"),
    party("B1", Side.RESPONDENT, "田志远"),
    party("B2", Side.RESPONDENT, "云川安居物业有限公司", "卢倩"),
)
ISSUE = Note(no=3, key="i", session_no=1, speaker="A1", kind=NoteKind.ISSUE, text="漏水的原因", at=NOW)
ASKED = Note(
    no=4,
    key="o",
    session_no=1,
    speaker="A1",
    kind=NoteKind.OFFER,
    text="要一万二",
    at=NOW,
    issue=3,
    terms=Terms(payer="B1", payee="A1", amount=Decimal("12000.00")),
)


def scene(file: CaseFile = LEAK, *offers: Note) -> Scene:
    return Scene(
        file=file, cast=Cast(file, ("王科长",)), session_no=1, today=TODAY, issues=(ISSUE,), offers=offers
    )


def meant(raw: str, standing: Standing | None = None, there: Scene | None = None) -> Meaning:
    return understand(read_line(raw, TODAY), standing or Standing(speaker="A1"), there or scene())


@pytest.mark.parametrize(
    ("word", "ref"),
    [
        ("田", "B1"),
        ("tian", "B1"),
        ("tzy", "B1"),
        ("志远", "B1"),
        ("物业", "B2"),
        ("lq", "B2/agent1"),
        ("2", "B1"),
        ("王", "邀请:王科长"),
        ("+李主任", "邀请:李主任"),
    ],
)
def test_a_speaker_is_found_by_character_pinyin_initials_or_number(word: str, ref: str) -> None:
    found = meant(f"@{word} 说话")
    assert (found.speaker.ref, found.problem, found.standing.speaker) == (ref, "", ref)


@pytest.mark.parametrize("raw", ["@ 说话", "@赵 说话", "@99 说话", "@+ 说话"])
def test_a_speaker_nobody_knows_is_asked_for_and_the_last_one_stays(raw: str) -> None:
    found = meant(raw)
    assert found.problem
    assert found.standing.speaker == "A1"


def test_of_several_the_sentence_names_them() -> None:
    both = file_of(party("A1", Side.APPLICANT, "田一"), party("B1", Side.RESPONDENT, "田二"))
    assert "田一、田二" in meant("@田 说", Standing(speaker="A1"), scene(both)).problem
    assert meant("@田二 说", Standing(speaker="A1"), scene(both)).speaker.ref == "B1"


def test_the_speaker_and_the_issue_stay_until_they_change() -> None:
    found = meant("@田 #1 是我家的水管")
    assert (found.issue, found.standing) == (3, Standing(speaker="B1", issue=3))
    assert meant("#漏水 再说", found.standing).issue == 3
    assert meant("#0 说别的", found.standing).standing.issue is None
    assert meant("#7 说别的", found.standing).problem


def test_a_private_line_is_walled_off_with_the_side_that_speaks() -> None:
    assert (meant("~@田 底线一万").wall, meant("~@田 底线一万").side) == (Wall.SIDE, "B1")
    assert meant("@田 底线一万").wall is Wall.JOINT
    alone = meant("~两边都想和", Standing(speaker="M1"))
    assert (alone.wall, alone.side) == (Wall.MEDIATORS, None)
    assert meant("~~@田 他在说谎").wall is Wall.MEDIATORS


def test_in_a_private_talk_every_line_is_private_and_the_other_side_is_not_there() -> None:
    talk = Standing(speaker="B1", wall=Wall.SIDE, side="B1")
    assert (meant("最多出九千", talk).wall, meant("最多出九千", talk).side) == (Wall.SIDE, "B1")
    refused = meant("@孟 我不同意", talk)
    assert "LR-22" in refused.problem


def test_an_offer_knows_who_would_pay_whom() -> None:
    found = meant("@田 !8000 7-15")
    assert found.terms == Terms(payer="B1", payee="A1", amount=Decimal("8000.00"), due_on=date(2026, 7, 15))
    assert meant("!12000").terms == Terms(amount=Decimal("12000.00"))  # two could pay: not guessed
    joint = meant("!田+物业>孟 12000").terms
    assert joint is not None
    assert (joint.payer, joint.payee) == ("B1+B2", "A1")
    assert "LR-12" in meant("!赵>孟 12000").problem
    assert meant("!先修吊顶").terms is None


def test_an_offer_answers_the_last_one_between_the_same_people() -> None:
    there = scene(LEAK, ASKED)
    assert meant("@田 #1 !8000", None, there).answers == 4
    assert meant("@田 #1 !+ 8000", None, there).answers is None
    assert meant("@田 !8000", None, there).answers is None
    assert meant("@物业 #1 !3000", None, there).answers is None
    agreed = replace(ASKED, accepted_by=("B1",))
    assert meant("@田 #1 !8000", None, scene(LEAK, agreed)).answers is None


def test_a_joint_offer_never_points_behind_a_wall() -> None:
    hidden = replace(ASKED, wall=Wall.SIDE, side="A1")
    assert meant("@田 #1 !8000", None, scene(LEAK, hidden)).answers is None
    talk = Standing(speaker="A1", wall=Wall.SIDE, side="A1")
    assert meant("#1 !11000", talk, scene(LEAK, hidden)).answers == 4


def test_a_line_of_marks_alone_only_changes_what_holds() -> None:
    found = meant("@田 #1")
    assert (found.text, found.standing) == ("", Standing(speaker="B1", issue=3))


def test_a_line_taken_up_again_means_the_same() -> None:
    first = meant("@田 #1 !8000 7-15 分两次付")
    raw = written(first.kind, first.text, first.terms, payer="田志远", payee="孟庆兰")
    again = meant(raw, Standing(speaker="B1", issue=3))
    assert again.note("k", 1, NOW) == first.note("k", 1, NOW)


def test_without_a_mediator_the_first_party_begins() -> None:
    assert first_speaker(Cast(LEAK)) == "A1"


def test_phrases_belong_to_their_kind_of_line() -> None:
    assert phrases_for(NoteKind.RISK, "")
    assert all("鉴定" in words for words in phrases_for(NoteKind.RISK, "鉴定"))
    assert not set(phrases_for(NoteKind.RISK, "")) & set(phrases_for(NoteKind.COURSE, ""))
    assert all("\n" not in one.words for one in board_phrases())


def test_every_item_of_the_opening_has_words_to_say_and_an_article() -> None:
    items = opening_items()
    assert all(item.say and item.article for item in items)
    assert {item.rule for item in items} >= {"LR-7", "LR-8", "LR-16", "LR-17"}


def test_members_of_a_group_are_found_by_name_and_speak_for_it() -> None:
    owners = replace(
        file_of(party("A1", Side.APPLICANT, "碧湖物业公司"), party("B1", Side.RESPONDENT, "陶静等41户业主")),
        group_members=tuple(member(n) for n in range(1, 42)),
    )
    found = meant("@户主7号 不是不交", Standing(speaker="A1"), scene(owners))
    assert (found.speaker.ref, found.speaker.side, found.problem) == ("B1-07", "B1", "")
    many = meant("@户主 不是不交", Standing(speaker="A1"), scene(owners))
    assert "可能是" in many.problem
    private = meant("@户主7号 ~我愿意先交", Standing(speaker="A1"), scene(owners))
    assert (private.wall, private.side) == (Wall.SIDE, "B1")
