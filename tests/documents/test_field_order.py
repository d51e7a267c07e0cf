"""Order of the fields, who signs and whether there is a seal, against the table of the official forms."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mediation_desk.cases.model import CaseFile
from mediation_desk.documents.content import Paper
from mediation_desk.documents.flow import Line, flow, plain_text
from mediation_desk.documents.forms.background import NOTHING
from mediation_desk.documents.registry import FORMS, form
from mediation_desk.documents.styles import Role
from mediation_desk.interchange.reader import read_case
from tests.documents.dispute import case, ended_case, oral_case
from tests.documents.field_order import TABLE, Official
from tests.documents.promised import promised
from tests.documents.proved import proved
from tests.shared_cases import FILES, needs_cases

OWN = (proved, promised, case, oral_case, ended_case)
NOT_OUR_OWN = {"court"}  # needs an application to a court, which only the shared cases have


def out_of_order(text: str, fields: tuple[str, ...]) -> str:
    """The first field that does not follow those before it."""
    place = 0
    for word in fields:
        found = text.find(word, place)
        if found < 0:
            return word
        place = found + len(word)
    return ""


def papers_of(file: CaseFile, entry: Official) -> tuple[Paper, ...]:
    """Papers of this code: for an oral agreement the form F-11 writes F-12."""
    wanted = form(entry.key)
    papers = wanted.compose(file, NOTHING) if wanted.applies(file) is None else ()
    return tuple(paper for paper in papers if paper.heading.form == entry.code)


def faults(paper: Paper, entry: Official) -> Iterator[str]:
    text = plain_text(paper)
    wrong = out_of_order(text, entry.fields)
    if wrong:
        yield f"{entry.code} {entry.key}: {wrong} is missing or out of order\n{text}"
    lines = [item for item in flow(paper) if isinstance(item, Line)]
    signing = "\n".join(line.text for line in lines if line.role in (Role.PLACE, Role.SIGN))
    for signer in entry.signers:
        if signer not in signing:
            yield f"{entry.code} {entry.key}: no place for {signer}\n{signing}"
    for act in entry.acts:
        if act not in text and "（盖章）" not in signing:  # an organisation seals
            yield f"{entry.code} {entry.key}: nobody is asked for {act}"
    sealed = any(line.role is Role.SEAL for line in lines) or "（盖章）　签名" in text
    if entry.seal is not None and sealed is not entry.seal:
        yield f"{entry.code} {entry.key}: seal {sealed}"


@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: f"{entry.code}-{entry.key}")
def test_our_own_example_follows_the_table(entry: Official) -> None:
    papers = [paper for make in OWN for paper in papers_of(make(), entry)]
    assert papers or entry.key in NOT_OUR_OWN
    assert [fault for paper in papers for fault in faults(paper, entry)] == []


@needs_cases
@pytest.mark.parametrize("entry", TABLE, ids=lambda entry: f"{entry.code}-{entry.key}")
def test_the_papers_of_the_shared_cases_follow_the_table(entry: Official) -> None:
    papers = [paper for path in FILES for paper in papers_of(_read(path), entry)]
    assert papers, "no shared case has this form"
    assert [fault for paper in papers for fault in faults(paper, entry)] == []


@needs_cases
def test_each_form_of_the_national_set_prints_for_a_shared_case() -> None:
    files = [_read(path) for path in FILES]
    national = [one for one in FORMS if one.code.startswith("F-")]
    assert [one.key for one in national if all(one.applies(file) for file in files)] == []


def test_the_person_asked_signs_every_page() -> None:
    (paper,) = form("investigation").compose(proved(), NOTHING)
    assert paper.each_page.startswith("被调查人")


def test_a_paper_with_two_fields_swapped_would_be_noticed() -> None:
    assert out_of_order("时间：今天\n地点：这里", ("地点", "时间")) == "时间"


def _read(path: Path) -> CaseFile:
    return read_case(path.read_bytes())
