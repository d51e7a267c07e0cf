"""Records of investigation: who may make one, what must be in it, and that it was signed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from mediation_desk.access.actor import COUNTER
from mediation_desk.cases.model import CaseFile
from mediation_desk.cases.service import CaseService
from mediation_desk.cases.steps.intake import Accept
from mediation_desk.cases.steps.investigating import Investigate, SignInvestigation
from mediation_desk.documents.flow import plain_text
from mediation_desk.documents.service import compose
from mediation_desk.shared.assets import read_text, use_rules_in
from mediation_desk.shared.errors import InputError, RuleError
from tests.persistence.test_case_steps import CHOICE, REGISTER, cases

__all__ = ["cases"]
on_sqlite = pytest.mark.parametrize("backend", ["sqlite"], indirect=True)

ASKED = Investigate(
    on=date(2026, 3, 11),
    place=" 院墙边 ",
    by=("M01",),
    of=("A1", "B1"),
    content="查看院墙。\n问：什么时候倒的？\n答：下雨那天夜里。",
)


def prepared(cases: CaseService) -> CaseFile:
    """A case whose mediators are chosen."""
    file = cases.register(COUNTER, REGISTER)
    file = cases.perform(COUNTER, file.case_key, Accept(on=date(2026, 3, 11)), version=file.version)
    return cases.perform(COUNTER, file.case_key, CHOICE, version=file.version)


def test_what_was_asked_is_on_file_and_on_paper_and_signed_later(cases: CaseService) -> None:
    file = prepared(cases)
    cases.perform(COUNTER, file.case_key, ASKED)
    file = cases.perform(COUNTER, file.case_key, replace(ASKED, place="村委会", signed=True))
    first, second = file.investigations
    assert (first.place, first.by, first.of, first.signed) == ("院墙边", ("M01",), ("A1", "B1"), False)
    assert second.signed
    papers = compose(file, "investigation")
    assert [paper.heading.part for paper in papers] == ["第一次", "第二次"]
    assert "问：什么时候倒的？\n答：下雨那天夜里。" in plain_text(papers[0])

    file = cases.perform(COUNTER, file.case_key, SignInvestigation(no=1))
    assert [talk.signed for talk in cases.file(COUNTER, file.case_key).investigations] == [True, True]
    assert compose(file, "investigation")[0].mark == papers[0].mark, "signing changes no word"


@on_sqlite
@pytest.mark.parametrize(
    ("step", "field"),
    [
        (replace(ASKED, place=" "), "place"),
        (replace(ASKED, content="\n"), "content"),
        (replace(ASKED, on=date(2026, 3, 1)), "on"),
        (replace(ASKED, on=date(2099, 1, 1)), "on"),
        (replace(ASKED, by=()), "by"),
        (replace(ASKED, by=("A1",)), "by"),
        (replace(ASKED, of=()), "of"),
        (replace(ASKED, of=("M01",)), "of"),
        (SignInvestigation(no=1), "no"),
    ],
    ids=[
        "place",
        "content",
        "early",
        "late",
        "nobody",
        "a party",
        "of nobody",
        "of an official",
        "no record",
    ],
)
def test_a_record_that_makes_no_sense_is_refused(
    cases: CaseService, step: Investigate | SignInvestigation, field: str
) -> None:
    file = prepared(cases)
    with pytest.raises(InputError) as refused:
        cases.perform(COUNTER, file.case_key, step)
    assert refused.value.field == field
    assert cases.file(COUNTER, file.case_key) == file, "nothing was stored"


@pytest.fixture
def two_needed(tmp_path: Path) -> Iterator[None]:
    """A district that asks for two investigators."""
    shipped = read_text("rules/papers.toml")
    assert "investigators = 1" in shipped
    (tmp_path / "papers.toml").write_text(shipped.replace("investigators = 1", "investigators = 2"), "utf-8")
    use_rules_in(tmp_path)
    yield
    use_rules_in(Path("/nowhere"))


@on_sqlite
@pytest.mark.usefixtures("two_needed")
def test_a_district_may_ask_for_two_investigators(cases: CaseService) -> None:
    file = prepared(cases)
    with pytest.raises(RuleError, match="2名以上") as refused:
        cases.perform(COUNTER, file.case_key, ASKED)
    assert refused.value.rule == "F-08"
