"""The words of an intake become a registration, or sentences at their places."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from mediation_desk.cases.centre import Centre, read_centre
from mediation_desk.cases.counter.screening import screened
from mediation_desk.cases.reception import channels, guess, kind_by_name, zz_codes, zz_in_order, zz_of
from mediation_desk.cases.vocabulary import Category, CourtMode, SourceStat
from mediation_desk.parties.model import Gender, PartyKind, Side
from mediation_desk.shared.track import Track
from ui.screens.intake.assemble import assemble
from ui.screens.intake.suggest import seen, suggested_title
from ui.screens.intake.words import Words

TODAY = date(2026, 3, 24)
ID_WOMAN, ID_CHILD = "110101196805172024", "110101201303021115"


@pytest.fixture
def centre() -> Centre:
    return read_centre()


def party(name: str, side: Side = Side.APPLICANT, **more: object) -> dict[str, object]:
    return {"side": side.value, "kind": PartyKind.PERSON.value, "name": name, **more}


def sheet(**more: object) -> Words:
    plain: dict[str, object] = {
        "track": "人民调解",
        "channel": "窗口来访",
        "received_on": "2026-03-24",
        "parties": [party("孟庆兰", id_no=ID_WOMAN), party("田志远", Side.RESPONDENT)],
        "facts": "楼上漏水，吊顶泡坏。",
        "occurred_on": "3-8",
        "category": "邻里纠纷",
        "title": "孟庆兰与田志远邻里纠纷",
        "claims": [{"item": "吊顶", "amount": "1.5万"}],
    }
    return plain | more


def test_a_plain_case_is_read_whole(centre: Centre) -> None:
    command, problems = assemble(sheet(), centre, TODAY)

    assert problems == {}
    assert [one.ref for one in command.parties] == ["A1", "B1"]
    assert command.occurred_on == date(2026, 3, 8)
    assert command.category_zz == zz_of(Category.NEIGHBOUR)
    assert (command.claims[0].by, command.claims[0].against) == ("A1", ("B1",))
    assert command.claims[0].amount == Decimal("15000.00")
    assert command.source_stat is SourceStat.APPLICATION


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"parties": [party("孟庆兰")]}, "/parties"),
        ({"parties": [party("孟庆兰"), party("", Side.RESPONDENT)]}, "/parties/1/name"),
        ({"parties": [party("孟庆兰", id_no=ID_WOMAN[:-1] + "5"), party("田志远")]}, "/parties/0/id_no"),
        ({"parties": [party("孟庆兰", phone="123"), party("田志远")]}, "/parties/0/phone"),
        ({"parties": [party("杜一诺", id_no=ID_CHILD, birth_date="2013-03-02"), party("甲乙")]},
         "/parties/0/guardian"),
        ({"parties": [party("孟庆兰", agents=[{"name": "卢倩", "poa_on": "2026-03-20"}]), party("田志远")]},
         "/parties/0/agents/0/gender"),
        ({"facts": " "}, "/facts"),
        ({"occurred_on": "2026-02-30"}, "/dispute/occurred_on"),
        ({"occurred_on": "2026-03-25"}, "/dispute/occurred_on"),
        ({"claims": [{"item": "吊顶", "amount": "很多"}]}, "/claims/0/amount"),
        ({"channel": "派出所移送"}, "/intake/source_org"),
        ({"category": ""}, "/dispute/category"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_told_at_its_place(change: dict[str, object], place: str, centre: Centre) -> None:
    _command, problems = assemble(sheet(**change), centre, TODAY)

    assert place in problems
    assert problems[place].endswith("。")


def test_a_court_sends_its_letter_along(centre: Centre) -> None:
    court = {"filed_on": "2026-03-01", "referred_on": "2026-03-10", "received_signed_on": "2026-03-12"}
    words = sheet(channel="法院委派", source_org="安和区人民法院", referral_no="（2026）委派1号", court=court)
    command, problems = assemble(words, centre, TODAY)

    assert problems == {}
    assert command.court_referral is not None
    assert command.court_referral.mode is CourtMode.BEFORE_FILING
    assert command.court_referral.letter == "委派调解函"
    assert command.referral_no == "（2026）委派1号"
    assert command.court_referral.court == "安和区人民法院"
    assert command.source_stat is SourceStat.REFERRED


def test_a_group_is_counted_by_its_members(centre: Centre) -> None:
    members = [
        {"name": "梁大川", "id_no": "110101197403110116", "amount": "27403.90", "representative": True},
        {"name": "何顺平", "id_no": "110101197908250130", "amount": "100", "representative": True},
        {"name": "蒋永强", "id_no": "110101198312060154"},
    ]
    group = {"side": "申请人", "kind": "自然人群体", "name": "三名农民工", "members": members}
    group |= {"letter_on": "2026-03-20"}
    command, problems = assemble(
        sheet(parties=[group, party("云川建工集团有限公司", Side.RESPONDENT, kind="法人")]), centre, TODAY
    )

    assert problems == {}
    assert command.parties[0].headcount == 3
    assert command.parties[0].representatives == ("A1-01", "A1-02")
    assert command.group_members[0].gender is Gender.MALE
    assert [one.gross for one in command.group_members] == [
        Decimal("27403.90"),
        Decimal("100.00"),
        Decimal("0.00"),
    ]


def test_a_member_without_a_number_is_found_by_its_line(centre: Centre) -> None:
    group = {
        "side": "申请人",
        "kind": "自然人群体",
        "name": "两名工人",
        "members": [{"name": "甲乙"}, {"name": "丙丁"}],
    }
    _command, problems = assemble(sheet(parties=[group, party("田志远", Side.RESPONDENT)]), centre, TODAY)

    assert {"/group_members/0/id_no", "/group_members/1/id_no"} <= set(problems)


@pytest.mark.parametrize(
    ("facts", "category", "code"),
    [
        ("楼上漏水，吊顶泡坏", Category.NEIGHBOUR, "0201"),
        ("工地拖欠工资，包工头跑了", Category.WAGES, "0703"),
        ("借款三万元，有借条，一直不还", Category.CONTRACT, "0804"),
        ("术后感染，医院不认", Category.MEDICAL, "0502"),
        ("物业公司收物业费不维修电梯", Category.PROPERTY, "0402"),
    ],
)
def test_the_kind_follows_from_the_words(facts: str, category: Category, code: str) -> None:
    found = guess(facts)

    assert found is not None
    assert (found.category, found.zz.code) == (category, code)
    assert all(word in facts for word in found.because)


def test_words_that_say_nothing_suggest_nothing() -> None:
    assert guess("双方有些误会") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("孟庆兰", PartyKind.PERSON),
        ("欧阳小店", PartyKind.SOLE_TRADER),
        ("李店", PartyKind.PERSON),
        ("云川安居物业服务有限公司", PartyKind.COMPANY),
        ("人民保险云川分公司", PartyKind.UNINCORPORATED),
        ("兴和雅苑项目23名农民工", PartyKind.GROUP),
    ],
)
def test_the_kind_of_party_is_guessed_from_the_name(name: str, kind: PartyKind) -> None:
    assert kind_by_name(name) is kind


def test_every_kind_has_its_place_in_the_other_list() -> None:
    codes = {entry.code for entry in zz_codes()}
    for category in Category:
        assert zz_of(category).code in codes
        assert zz_in_order(category)[0].code[:2] in {entry.code[:2] for entry in zz_codes()}
        assert set(zz_in_order(category)) == set(zz_codes())


def test_every_channel_knows_how_it_is_counted() -> None:
    assert {channel.source_stat for channel in channels()} == set(SourceStat)
    complaint = next(one for one in channels() if one.name == "12315平台转办")
    assert complaint.source_for(Track.ADMINISTRATIVE) is SourceStat.APPLICATION
    assert complaint.source_for(Track.PEOPLES) is SourceStat.REFERRED


def test_the_title_counts_from_the_third_name_on() -> None:
    names = [party("甲甲"), party("乙乙"), party("丙丙"), party("丁丁", Side.RESPONDENT)]

    assert suggested_title({"parties": names}, Category.NEIGHBOUR) == "甲甲等3方与丁丁邻里纠纷"
    assert suggested_title({"parties": names[:1]}, Category.NEIGHBOUR) == ""


def test_care_is_asked_for_with_its_reason() -> None:
    group = {"side": "申请人", "kind": "自然人群体", "name": "业主", "headcount": "41人"}
    words = sheet(parties=[group, party("杜一诺", Side.RESPONDENT, id_no=ID_CHILD)], facts="有人扬言跳楼")

    found = {one.danger.kind: one.because for one in screened(seen(words, None, TODAY))}
    assert found == {
        "暴力或者威胁": "扬言",
        "自伤自杀": "跳楼",
        "涉未成年人": "杜一诺",
        "十人以上": "42人",
    }
    assert screened(seen(sheet(), None, TODAY)) == ()
