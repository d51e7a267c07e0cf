"""What each form says, word for word. After an intended change: ``UPDATE_GOLDEN=1 pytest tests/documents``."""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from mediation_desk.cases.model import Body, CaseFile
from mediation_desk.cases.vocabulary import BodyType
from mediation_desk.documents import service
from mediation_desk.documents.flow import plain_text
from mediation_desk.shared.track import Track
from tests.documents.dispute import case, ended_case, group, oral_case
from tests.documents.filed import shelved
from tests.documents.meeting import planned_case
from tests.documents.promised import promised
from tests.documents.sent import each_kind, referred

GOLDEN = Path(__file__).with_name("golden")


def _wages(copies: int) -> CaseFile:
    party, members = group("A1", 12)
    base = case()
    assert base.agreement is not None
    return replace(
        base,
        parties=(party, base.parties[1]),
        group_members=members,
        agreement=replace(base.agreement, copies=copies),
    )


def _administrative() -> CaseFile:
    agency = Body(name="测试区住房和城乡建设局", short="测住建", type=BodyType.AGENCY)
    return case(track=Track.ADMINISTRATIVE, organisation=agency)


CASES: dict[str, tuple[Callable[[], CaseFile], str]] = {
    "application": (case, "application"),
    "acceptance": (case, "acceptance"),
    "rights": (case, "rights"),
    "choice": (case, "choice"),
    "summons": (planned_case, "summons"),
    "summons_told": (lambda: planned_case(told=True), "summons"),
    "record": (case, "record"),
    "agreement": (case, "agreement"),
    "agreement_administrative": (_administrative, "agreement"),
    "agreement_members_sign": (lambda: _wages(15), "agreement"),
    "agreement_representatives_sign": (lambda: _wages(4), "agreement"),
    "oral": (oral_case, "oral"),
    "notice": (ended_case, "notice"),
    "handover": (each_kind, "handover"),
    "assignment": (each_kind, "assignment"),
    "assistance": (each_kind, "assistance"),
    "supervision": (each_kind, "supervision"),
    "urging": (promised, "urging"),
    "visit": (promised, "visit"),
    "account": (promised, "account"),
    "evidence_bag": (shelved, "evidence_bag"),
    "score_sheet": (shelved, "score_sheet"),
    "score_sheet_empty": (case, "score_sheet"),
    "spine": (shelved, "spine"),
    "borrow_slip": (shelved, "borrow_slip"),
    "reply": (referred, "reply"),
    "reply_told": (lambda: referred(told=True), "reply"),
}


@pytest.mark.parametrize("name", CASES)
def test_the_paper_says_what_it_said(name: str) -> None:
    make, form = CASES[name]
    text = "\f\n".join(plain_text(paper) for paper in service.compose(make(), form))
    expected = GOLDEN / f"{name}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        expected.write_text(text, encoding="utf-8")
    assert text == expected.read_text(encoding="utf-8")
