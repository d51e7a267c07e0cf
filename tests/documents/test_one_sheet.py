"""What is torn off or sent back stands on the sheet it belongs to; names and brackets read as a clerk writes them."""

from __future__ import annotations

from dataclasses import replace

import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Profile
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.forms.acceptance import in_brackets
from mediation_desk.documents.service import compose, page_count, render
from mediation_desk.interchange.reader import read_case
from tests.documents.dispute import case
from tests.documents.promised import promised
from tests.shared_cases import FOLDER, needs_cases


def shared(name: str) -> CaseFile:
    return read_case(next(FOLDER.glob(f"{name}_*.json")).read_text("utf-8"))


@needs_cases
@pytest.mark.parametrize(
    ("name", "form"), [("C04", "accepted"), ("C07", "consent_request"), ("C08", "accepted")]
)
def test_the_stub_stays_on_the_sheet_it_is_torn_from(name: str, form: str) -> None:
    for paper in compose(shared(name), form):
        assert page_count(render(paper, "pdf")) == 1


@needs_cases
@pytest.mark.parametrize("name", ["C04", "C08"])
def test_a_short_letter_leaves_no_remark_alone_on_a_second_page(name: str) -> None:
    (paper,) = compose(shared(name), "reply")
    assert page_count(render(paper, "pdf")) == 1


def test_a_notice_that_fits_keeps_its_size() -> None:
    assert {paper.profile for paper in compose(case(), "accepted")} == {Profile.SMALL}


def test_the_return_of_service_goes_with_the_notice_that_urges() -> None:
    assert [page_count(render(paper, "pdf")) for paper in compose(promised(), "urging")] == [1]


def test_brackets_do_not_nest() -> None:
    assert in_brackets("30日（委派调解，自签收材料之日起）") == "（30日，委派调解，自签收材料之日起）"
    assert (in_brackets("30日"), in_brackets(None)) == ("（30日）", "")


def test_the_long_name_of_a_committee_turns_where_a_reader_pauses() -> None:
    file = case()
    body = replace(file.organisation, name="安和区道路交通事故纠纷人民调解委员会")
    (paper,) = compose(replace(file, organisation=body), "cover")
    assert plain_text(paper).startswith("安和区道路交通事故纠纷\n人民调解委员会\n")
