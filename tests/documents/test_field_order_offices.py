"""Notices, administrative and court-side papers hold their fields in the official order, with signers and seal."""

from __future__ import annotations

import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents import service
from mediation_desk.documents.content import Paper as Printed
from mediation_desk.documents.content import Perforation, SealPlace
from mediation_desk.documents.flow import plain_text
from mediation_desk.interchange.reader import read_case
from mediation_desk.shared.text import folded
from tests.documents.field_order_offices import PAPERS, Paper
from tests.documents.reading import docx_text, pdf_text
from tests.shared_cases import FILES, needs_cases

NAMED = pytest.mark.parametrize("wanted", PAPERS, ids=lambda one: f"{one.form}-{one.title}")
SHARED = pytest.mark.parametrize(
    "wanted", [one for one in PAPERS if one.shared], ids=lambda one: f"{one.form}-{one.shared}"
)


_ITS_OWN = ("孟兰", "周敬", "测试物业", "第二调解室", "姓名")
"""What stands in the own example alone; 姓名 is 名称 where the applicant is a company."""


def printed(file: CaseFile, wanted: Paper) -> Printed:
    return service.compose(file, wanted.form)[0]


def in_order(text: str, fields: tuple[str, ...]) -> None:
    place = 0
    for field in fields:
        found = text.find(folded(field), place)
        assert found >= 0, f"{field!r} is not behind {text[:place][-20:]!r}"
        place = found + len(folded(field))


@NAMED
def test_fields_signers_and_seal_are_those_of_the_table(wanted: Paper) -> None:
    paper = printed(wanted.example(), wanted)
    text = folded(plain_text(paper))
    assert text.startswith(folded(wanted.title))
    in_order(text, wanted.fields)
    for who in wanted.signs:
        assert folded(who) in text, who
    assert any(isinstance(block, SealPlace) for block in paper.blocks) is wanted.seal
    assert any(isinstance(block, Perforation) for block in paper.blocks) >= wanted.stub


@needs_cases
@SHARED
def test_the_acceptance_cases_print_them_alike(wanted: Paper) -> None:
    path = next(path for path in FILES if path.stem.startswith(wanted.shared))
    text = folded(plain_text(printed(read_case(path.read_bytes()), wanted)))
    own = folded(plain_text(printed(wanted.example(), wanted)))
    captions = tuple(field for field in wanted.fields if not any(word in field for word in _ITS_OWN))
    assert len(captions) > 1
    in_order(text, captions)
    assert text[:2] == own[:2]


@pytest.mark.parametrize(
    "wanted", [one for one in PAPERS if not one.shared], ids=lambda one: f"{one.form}-{one.title}"
)
def test_both_formats_say_the_same(wanted: Paper) -> None:
    """Papers of the acceptance cases are compared in test_same_text.py."""
    paper = printed(wanted.example(), wanted)
    said = folded(plain_text(paper))
    assert docx_text(service.render(paper, "docx")) == said
    assert pdf_text(service.render(paper, "pdf")) == said


@NAMED
def test_private_talk_is_on_none_of_them(wanted: Paper) -> None:
    """LR-22: the sessions of the examples hold a note of a caucus."""
    assert all("四万五千" not in repr(paper) for paper in service.compose(wanted.example(), wanted.form))
