"""Where papers wait for hands: derived from the shared disputes; names drawn on a screen, in PDF and DOCX."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx import Document

from mediation_desk.cases.ink.binding import (
    NOT_RELIABLE,
    Point,
    bind,
    bound,
    read_strokes,
    strokes_json,
)
from mediation_desk.cases.ink.mark import Handwriting
from mediation_desk.cases.ink.place import InkKind, InkPlace
from mediation_desk.cases.ink.tray import TrayState, tasks, trays
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.signing.places import no_electronic
from mediation_desk.cases.summary import PrintedPaper
from mediation_desk.documents.content import DrawnHand, Heading, Label, Paper, SignatureArea, SignaturePlace
from mediation_desk.documents.handwriting import picture_of
from mediation_desk.documents.inking import places_of, with_hands
from mediation_desk.documents.mark import version_of
from mediation_desk.documents.service import compose, page_count, render
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.errors import InputError
from tests.documents.reading import pdf_pages, pdf_text
from tests.shared_cases import FOLDER, needs_cases

AT = datetime(2026, 3, 20, 2, 0, tzinfo=UTC)
STROKES = (
    (Point(t=0, x=10, y=12, p=0.3), Point(t=30, x=80, y=60, p=0.8)),
    (Point(t=200, x=90, y=10, p=0.5),),
)


def case(code: str) -> CaseFile:
    return read_case(next(FOLDER.glob(f"{code}*.json")).read_bytes())


def printed(code: str, form: str = "agreement") -> tuple[CaseFile, Paper, bytes, tuple[InkPlace, ...]]:
    file = case(code)
    paper = compose(file, form)[-1]
    pdf = render(paper, "pdf")
    return file, paper, pdf, places_of(paper, pdf)


def told(places: tuple[InkPlace, ...]) -> list[tuple[int, str, str, str]]:
    return [(one.page, one.kind.value, one.hand, one.ref) for one in places]


@needs_cases
def test_three_sides_sign_as_the_table_of_signers_says() -> None:
    _file, _paper, pdf, places = printed("C01")
    last = page_count(pdf)
    assert told(places) == [
        (last, "签名", "孟庆兰", "A1"),
        (last, "指印", "孟庆兰", "A1"),
        (last, "签名", "田志远", "B1"),
        (last, "指印", "田志远", "B1"),
        (last, "签名", "戴国兴或卢倩", "B2"),
        (last, "盖章", "云川安居物业服务有限公司", "B2"),
        (last, "签名", "周敬安", "M01"),
        (last, "签名", "黎秋霞", "M08"),
        (last, "签名", "赵书宁", "R01"),
        (last, "盖章", "安和区人民调解委员会", "ORG"),
        (0, "骑缝章", "安和区人民调解委员会", "ORG"),
    ]


@needs_cases
def test_every_member_of_a_group_signs_on_the_page_of_the_roll_where_the_name_stands() -> None:
    file, _paper, pdf, places = printed("C02")
    members = {one.ref: one.name for one in file.group_members}
    pages = ["".join(text.split()) for text in pdf_pages(pdf)]
    roll = [one for one in places if one.ref in members and one.page > 4]
    assert [one.ref for one in roll if one.kind is InkKind.SIGNATURE] == list(members)
    assert not any(one.drawable for one in roll), "a row has no room for a drawn name"
    assert len({one.page for one in roll}) > 1, "the roll runs over a page"
    for one in places:
        if one.page:
            assert one.hands[0] in pages[one.page - 1], (one.hand, one.page)


@needs_cases
def test_representatives_sign_once_where_the_members_gave_a_mandate() -> None:
    file, _paper, _pdf, places = printed("C07")
    signing = [one.ref for one in places if one.kind is InkKind.SIGNATURE and one.ref.startswith("B1-")]
    assert signing == list(file.parties[1].representatives)


@needs_cases
def test_whoever_puts_a_fingerprint_instead_owes_no_signature() -> None:
    file, paper, _pdf, places = printed("C06")
    record = PrintedPaper(
        at=AT, account="窗口", form="agreement", title="人民调解协议书", file_name="a.pdf", pages=3,
        sha256="0" * 64, version=version_of(paper), copies=3, places=places,
    )  # fmt: skip
    (tray,) = trays(file, (record,))
    by_ref = {ref: [one.kind.value for one in tray.places if one.ref == ref] for ref in ("A1", "B1")}
    assert by_ref == {"A1": ["签名", "指印"], "B1": ["指印"]}
    assert tray.state is TrayState.OPEN
    assert [task.words for task in tasks(tray)][1] == "马占祥：1 处已签 0 处"


@needs_cases
@pytest.mark.parametrize("code", ["C01", "C02", "C06", "C07"])
def test_every_place_of_a_paper_lies_on_the_page_where_its_line_is_printed(code: str) -> None:
    file = case(code)
    for form in ("rights", "record", "acceptance"):
        for paper in compose(file, form):
            pdf = render(paper, "pdf")
            pages = ["".join(text.split()) for text in pdf_pages(pdf)]
            for one in places_of(paper, pdf):
                assert "".join(one.hands[0].split()) in pages[one.page - 1]


def test_a_page_record_is_signed_on_each_page_by_the_person_asked() -> None:
    """F-08 is declared by its number: the rule table says who signs each page."""
    words = tuple(Label(text=f"问：第{number}个问题？答：是。") for number in range(60))
    area = SignatureArea(places=(SignaturePlace(by="被调查人张三"), SignaturePlace(by="记录人李四")))
    paper = Paper(heading=Heading(form="F-08", title="调查记录"), blocks=(*words, area))
    pdf = render(paper, "pdf")
    last = page_count(pdf)
    each = [one for one in places_of(paper, pdf) if one.kind is InkKind.EACH_PAGE]
    assert [(one.page, one.hand) for one in each] == [(page, "被调查人张三") for page in range(1, last)]


def test_a_paper_nobody_signs_has_no_places() -> None:
    paper = Paper(heading=Heading(form="X", title="名单"), blocks=(Label(text="名单"),))
    assert places_of(paper, render(paper, "pdf")) == ()


# Names drawn on a screen


def written(**other: object) -> Handwriting:
    import hashlib

    made = Handwriting(
        no=1, form="agreement", paper_no=1, version="AAAA", place="1", name="孟庆兰", at=AT,
        strokes=hashlib.sha256(strokes_json(STROKES)).hexdigest(),
        picture=hashlib.sha256(picture_of(STROKES)).hexdigest(), bound="", noted_by="窗口",
    )  # fmt: skip
    return replace(replace(made, bound=bind("AJ1", made)), **other)  # type: ignore[arg-type]


def test_strokes_paper_and_hash_agree_until_one_of_them_changes() -> None:
    strokes, picture = strokes_json(STROKES), picture_of(STROKES)
    assert bound("AJ1", written(), "AAAA", strokes, picture).holds
    assert "文字" in bound("AJ1", written(), "AAAB", strokes, picture).why
    assert "笔迹" in bound("AJ1", written(), "AAAA", strokes + b" ", picture).why
    assert "图片" in bound("AJ1", written(), "AAAA", strokes, picture + b"\0").why
    for changed in (
        {"name": "田志远"},
        {"at": AT.replace(minute=1)},
        {"place": "2"},
        {"paper_no": 2},
    ):
        assert not bound("AJ1", written(**changed), "AAAA", strokes, picture).holds
    assert not bound("AJ2", written(), "AAAA", strokes, picture).holds, "of another case"


def test_strokes_come_back_as_they_were_written() -> None:
    assert read_strokes(strokes_json(STROKES)) == STROKES
    for broken in (b"", b"{", b'[[{"x":1}]]', b"[3]"):
        with pytest.raises(InputError, match="读不出来"):
            read_strokes(broken)
    with pytest.raises(InputError, match="还没有写字"):
        strokes_json(())


@needs_cases
def test_both_files_show_the_hand_and_what_it_is_not_and_the_version_stays() -> None:
    _file, paper, pdf, places = printed("C01")
    said = f"孟庆兰，2026年3月20日10:00。{NOT_RELIABLE}。校验码0123456789ab"
    signed = with_hands(paper, {places[0].key: DrawnHand(png=picture_of(STROKES), said=said)})
    assert signed.mark == paper.mark
    text = "".join(pdf_text(render(signed, "pdf")).split())
    assert NOT_RELIABLE in text
    assert NOT_RELIABLE not in "".join(pdf_text(pdf).split())
    document = Document(io.BytesIO(render(signed, "docx")))
    assert len(document.inline_shapes) == 1
    assert any(NOT_RELIABLE in paragraph.text for paragraph in document.paragraphs)
    assert render(signed, "pdf") == render(signed, "pdf")


@needs_cases
def test_the_law_excludes_the_divorce() -> None:
    assert "电子签名法第三条" in no_electronic(case("C03"))
    assert no_electronic(case("C01")) == ""
