"""F-10 of a record made from a board: its paragraphs and headings, who found it right, what was added later."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Label, Paper, Paragraph, SealPlace, SignatureArea
from mediation_desk.documents.forms.record import compose
from mediation_desk.documents.service import render
from mediation_desk.hearings.addition import Addition
from tests.documents.dispute import case
from tests.documents.reading import docx_text, pdf_text

CHECKED = "以上记录由何笔录宣读。甲核对无误。乙有异议：不是我家的水。"
TEXT = f"【开场】\n告知权利义务：调解不收费。\n【各方陈述】\n甲：漏水。\n【核对】\n{CHECKED}"
USUAL = "核对无误。"


def paper_of(record: str, *additions: Addition) -> Paper:
    """The paper of the first session with this record."""
    file: CaseFile = case()
    first, *others = file.sessions
    sessions = (replace(first, record=record, rights_notice_given=True), *others)
    return compose(replace(file, sessions=sessions, beside=replace(file.beside, additions=additions)))[0]


def words(paper: Paper) -> list[str]:
    """Paragraphs and labels in order."""
    found = []
    for block in paper.blocks:
        if isinstance(block, Paragraph):
            found.append("".join(run.text for run in block.runs))
        elif isinstance(block, Label):
            found.append(block.text)
    return found


def test_a_record_from_a_board_stands_by_paragraphs_under_its_headings() -> None:
    told = words(paper_of(TEXT))
    assert (
        told.index("开场")
        < told.index("告知权利义务：调解不收费。")
        < told.index("各方陈述")
        < told.index("甲：漏水。")
    )
    assert not any("【" in text for text in told)
    assert not any("调解开始前" in text for text in told), "the opening is told once"


def test_who_objects_stands_where_others_find_everything_right() -> None:
    told = words(paper_of(TEXT))
    assert told[-1] == CHECKED
    assert not any("已由当事人和参加人阅读" in text for text in told)


def test_a_record_typed_by_hand_keeps_the_usual_sentences() -> None:
    told = words(paper_of("双方陈述并协商。"))
    assert "双方陈述并协商。" in told
    assert any("调解开始前" in text for text in told)
    assert told[-1].endswith(USUAL)


def test_additions_follow_the_signatures_with_day_and_author_in_both_formats() -> None:
    added = Addition(no=1, session_no=1, on=date(2026, 7, 2), by="窗口", text="补交照片两张。")
    other = replace(added, session_no=2, text="第二次的。")
    paper = paper_of(TEXT, added, other)
    kinds = [type(block) for block in paper.blocks]
    seal, last = kinds.index(SealPlace), len(kinds) - 1
    assert kinds[seal + 1 :] == [Label, Paragraph, SignatureArea]
    assert kinds[last] is SignatureArea
    for text in (docx_text(render(paper, "docx")), pdf_text(render(paper, "pdf"))):
        assert "2026年7月2日窗口：补交照片两张。" in text
        assert "第二次的" not in text
    assert len(paper_of(TEXT).blocks) == seal + 1
