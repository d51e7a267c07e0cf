"""The choice sheet with its rounds, the slip of disclosure and the designation: what stands on them, and where."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper, Table
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms.background import Background
from mediation_desk.experts.choice.ballot import Answer, Disclosure
from mediation_desk.experts.choice.published import published_rule
from mediation_desk.experts.model import Role, Selection, SelectionMode
from mediation_desk.shared.dates import BLANK_DATE
from mediation_desk.shared.errors import RuleError
from mediation_desk.shared.text import folded
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, company, group, mediator, person
from tests.documents.pool import LONG_NAME, held, knowing, mark, plain_round, three_parties
from tests.documents.reading import docx_text, pdf_pages, pdf_text

OBJECTS = Answer(party="B2", on=date(2026, 3, 12), accepts=False, ground="利害关系", detail="与对方合伙经商")
TOLD = Disclosure(
    case_key="T01",
    pool_no="M01",
    on=date(2026, 3, 11),
    text="与温墨同住一个小区。",
    hits=("曾代理过测试物业有限公司。",),
    answers=(Answer(party="A1", on=date(2026, 3, 11), accepts=True), OBJECTS),
)


def choice(file: CaseFile, background: Background) -> Paper:
    (paper,) = service.compose(file, "choice", background)
    return paper


def rows(paper: Paper, place: int) -> tuple[tuple[str, ...], ...]:
    return [block for block in paper.blocks if isinstance(block, Table)][place].rows


def test_without_a_closed_round_the_sheet_is_the_old_one() -> None:
    going_on = replace(plain_round(), closed_at=None, result=(), why="", ended_by="")
    broken_off = replace(plain_round(), result=(), why="", ended_by="当事人要求改日再选")
    old = choice(three_parties(), knowing())
    assert choice(three_parties(), knowing(going_on)) == old
    assert choice(three_parties(), knowing(broken_off)) == old
    assert not any(isinstance(block, Table) for block in old.blocks)


def test_a_round_overtaken_since_is_not_printed_as_the_result() -> None:
    later = replace(case().selection, result=("M02",))  # type: ignore[type-var]  # the case has a selection
    file = three_parties(selection=later)
    assert choice(file, knowing(plain_round())) == choice(file, knowing())


def test_the_sheet_says_who_was_shown_and_what_everybody_marked() -> None:
    paper = choice(three_parties(), knowing(plain_round()))
    assert [row[:3] for row in rows(paper, 0)] == [
        ("1", "M01", "周敬"),
        ("2", "M02", "苏红"),
        ("3", "M08", "黎秋霞"),
    ]
    marks = [row[:3] for row in rows(paper, 1)]
    assert marks == [
        ("申请人孟兰", "1．周敬、2．黎秋霞", "苏红"),
        ("被申请人测试物业有限公司", "1．周敬、2．苏红", "无"),
        ("被申请人温墨", "1．苏红、2．周敬", "无"),
    ]
    assert all("32分，窗口" in row[3] for row in rows(paper, 1))


def test_the_explanation_names_people_not_references() -> None:
    text = plain_text(choice(three_parties(), knowing(plain_round())))
    assert "各方都列入的只有周敬一位，孟兰列第1、测试物业有限公司列第1、温墨列第2" in text
    assert not any(ref in text for ref in ("A1", "B1", "B2"))


def test_the_rule_is_named_and_printed_in_full() -> None:
    text = plain_text(choice(three_parties(), knowing(plain_round())))
    rule = published_rule()
    assert f"《{rule.title}》（{rule.version}版），全文附后。" in text
    assert all(sentence in text for sentence in rule.sentences)


def test_an_older_version_of_the_rule_is_named_without_a_text_that_may_be_another() -> None:
    text = plain_text(choice(three_parties(), knowing(replace(plain_round(), rule="2025-01"))))
    assert "（2025-01版）。" in text
    assert published_rule().sentences[0] not in text


def test_a_run_off_shows_both_rounds_and_says_so() -> None:
    first = held(
        ("M01", "M02", "M08"), mark("A1", ("M01",), ("M02",)), mark("B1", ("M08",)), mark("B2", (), ("M02",))
    )
    second = held(
        ("M01", "M08"),
        mark("A1", ("M01",)),
        mark("B1", ("M08", "M01")),
        mark("B2", ("M01",)),
        no=2,
        run_off=True,
    )
    paper = choice(three_parties(), knowing(first, second))
    text = plain_text(paper)
    assert "第二轮各方选择" in text
    assert "再次展示未被任何一方排除的周敬、黎秋霞" in text
    assert rows(paper, 1)[2][1:3] == ("未作选择", "苏红")
    assert rows(paper, 2)[1][1] == "1．黎秋霞、2．周敬"


def test_assistants_and_candidates_of_one_name_are_told_apart() -> None:
    ballot = plain_round()
    twins = replace(ballot, shown=(*ballot.shown[:2], replace(ballot.shown[2], name="周敬")))
    file = three_parties(mediators=(mediator(), mediator("M02", "苏红", Role.ASSISTING)))
    background = Background(ballots=(twins,))
    assert rows(choice(file, background), 1)[0][1] == "1．周敬（M01）、2．周敬（M08）"
    assert "苏红（协助）" in plain_text(choice(file, background))


def test_what_was_disclosed_before_the_choice_is_on_the_sheet() -> None:
    ballot = plain_round()
    shown = (replace(ballot.shown[0], disclose=("曾代理过测试物业有限公司",)), *ballot.shown[1:])
    text = plain_text(choice(three_parties(), knowing(replace(ballot, shown=shown))))
    assert "选择前已向各方披露：周敬：曾代理过测试物业有限公司。" in text


def test_a_group_marks_and_signs_through_its_representatives() -> None:
    party, members = group("A1", 41)
    file = three_parties(parties=(party, company("B1", "测试物业有限公司")), group_members=members)
    ballot = held(("M01", "M02"), mark("A1", ("M01",), by="A1-01"), mark("B1", ("M01",)))
    paper = choice(file, knowing(ballot))
    who, _, _, when = rows(paper, 1)[0]
    assert who == "申请人组员1等41人（代表人组员1、组员2）"
    assert when.endswith("组员1经手")
    assert plain_text(paper).count("代表人组员2（签名并按指印）") == 1
    assert len(pdf_pages(service.render(paper, "pdf"))) == 1


def test_three_parties_sign_on_the_first_page() -> None:
    (page,) = pdf_pages(service.render(choice(three_parties(), knowing(plain_round())), "pdf"))
    assert page.index("（盖章）") > page.index("当事人已知悉")
    eight = ("M01", "M02", "M08", "M11", "M05", "M21", "M22", "M23")
    first, *_ = pdf_pages(service.render(choice(three_parties(), knowing(plain_round(*eight))), "pdf"))
    assert "测试人民调解委员会（盖章）2026年3月10日" in first


@pytest.mark.parametrize("count", [5, 7, 9, 12])
def test_signatures_stay_together_and_with_the_result(count: int) -> None:
    parties = tuple(person(f"A{place}", f"当事人{place:02d}号") for place in range(1, count + 1))
    ballot = held(("M01", "M02"), *(mark(party.ref, ("M01", "M02")) for party in parties))
    pages = pdf_pages(service.render(choice(three_parties(parties=parties), knowing(ballot)), "pdf"))
    (signing,) = (page for page in pages if "（签名并按指印）" in page)
    assert signing.count("（签名并按指印）") == count
    assert signing.index("选定结果：人民调解员周敬") < signing.index("（签名并按指印）")
    assert "测试人民调解委员会（盖章）" in signing


def test_more_signatures_than_a_page_holds_still_print() -> None:
    parties = tuple(person(f"A{place}", f"当事人{place:02d}号") for place in range(1, 61))
    ballot = held(("M01",), *(mark(party.ref, ("M01",)) for party in parties))
    pages = pdf_pages(service.render(choice(three_parties(parties=parties), knowing(ballot)), "pdf"))
    assert "".join(pages).count("（签名并按指印）") == 60
    assert all(len(page) > 20 for page in pages)


@pytest.mark.parametrize("name", [LONG_NAME, "很长的名字" * 60, "<b>粗</b>&amp;", "𬱖㛃䶮"])
@pytest.mark.parametrize("form", ["choice", "disclosure", "designation"])
def test_both_formats_say_the_same_whatever_the_names(name: str, form: str) -> None:
    designated = replace(mediator("M01", name[:50]), selection=Selection.DESIGNATED)
    parties = (person("A1", name), company("B1", f"{name}有限公司"), person("B2", "温墨"))
    file = three_parties(parties=parties, mediators=(designated,))
    for paper in service.compose(file, form, knowing(plain_round(), disclosures=(TOLD,))):
        said = folded(plain_text(paper))
        assert docx_text(service.render(paper, "docx")) == said
        assert pdf_text(service.render(paper, "pdf")) == said


def slip(background: Background, **more: Any) -> Paper:
    (paper,) = service.compose(three_parties(**more), "disclosure", background)
    return paper


def test_a_slip_for_every_mediator() -> None:
    file = three_parties(mediators=(mediator(), mediator("M02", "苏红", Role.ASSISTING)))
    papers = service.compose(file, "disclosure")
    assert [paper.heading.part for paper in papers] == ["M01", "M02"]
    assert "苏红（测试人民调解委员会，协助）" in plain_text(papers[1])
    with pytest.raises(RuleError, match="还没有调解员"):
        service.compose(three_parties(mediators=()), "disclosure")


def test_the_slip_is_open_for_the_pen_where_nothing_is_on_file() -> None:
    paper = slip(Background(), mediators=(replace(mediator(), disclosure=""),))
    assert "没有上述情形的，写“无”" in plain_text(paper)
    assert all(row[1:] == ("□", "□", "理由：", "签名：", BLANK_DATE) for row in rows(paper, 0))
    assert "处理" not in plain_text(paper)


def test_answers_on_file_are_filled_in_and_an_objection_waits_for_its_ruling() -> None:
    paper = slip(Background(disclosures=(TOLD,)))
    agreed, silent, objecting = rows(paper, 0)
    assert agreed[1:3] == ("■", "□")
    assert agreed[5] == "2026年3月11日"
    assert silent[1:3] == ("□", "□")
    assert objecting[1:4] == ("□", "■", "利害关系：与对方合伙经商")
    assert "（由法定代表人戴国或委托代理人卢一帆签）" in silent[0]
    text = plain_text(paper)
    assert "与温墨同住一个小区。\n（1）曾代理过测试物业有限公司。" in text
    assert "对回避申请的处理：" in text


def test_the_ruling_is_printed_with_who_when_and_why() -> None:
    ruled = replace(
        TOLD, ruling="准许回避。", ruled_by="测试法院", ruled_on=date(2026, 3, 13), basis="某规定第一条"
    )
    text = plain_text(slip(Background(disclosures=(ruled,))))
    assert "处理结果：准许回避（测试法院，2026年3月13日）。依据：某规定第一条。" in text
    assert "对回避申请的处理" not in text


@pytest.mark.parametrize(
    ("track", "effect"),
    [
        (Track.PEOPLES, "任何一方要求更换的，调解员即更换"),
        (Track.JUDICIAL, "由特邀调解组织或者人民法院决定；有上述情形，但各方知情后都同意"),
    ],
)
def test_the_effect_of_an_objection_follows_the_track(track: Track, effect: str) -> None:
    assert effect in plain_text(slip(Background(), track=track))


def designated_case(selection: Selection, **more: Any) -> CaseFile:
    chosen = replace(mediator(), selection=selection, selected_by=("A1",))
    base = case().selection
    assert base is not None
    return three_parties(mediators=(chosen,), selection=replace(base, mode=SelectionMode.DESIGNATION), **more)


def test_a_designation_asks_everybody_and_fills_in_who_accepted() -> None:
    (paper,) = service.compose(designated_case(Selection.ACCEPTED), "designation")
    assert [row[1:3] for row in rows(paper, 0)] == [("■", "□"), ("□", "□"), ("□", "□")]
    (paper,) = service.compose(designated_case(Selection.DESIGNATED), "designation")
    assert all(row[1:3] == ("□", "□") for row in rows(paper, 0))
    with pytest.raises(RuleError, match="没有指派"):
        service.compose(three_parties(), "designation")


def test_refusing_a_designation_from_a_court_roster_is_refusing_mediation() -> None:
    (paper,) = service.compose(designated_case(Selection.DESIGNATED, track=Track.JUDICIAL), "designation")
    assert "不同意指定的，视为不同意调解" in plain_text(paper)


def test_a_designation_says_why_the_choice_led_to_nobody() -> None:
    ballot = held(("M01",), mark("A1", ("M01",)), mark("B1"), mark("B2", (), ("M01",)))
    assert ballot.result == ()
    (paper,) = service.compose(designated_case(Selection.DESIGNATED), "designation", knowing(ballot))
    assert "没有一位候选人被各方都列入；测试物业有限公司没有选" in plain_text(paper)
